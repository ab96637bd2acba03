//! Years of holidays and worked days off that an organization has imported.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::moment::Day;
use kaishi_domain::season::{Special, Year};
use kaishi_domain::{Moment, OrgId};

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

impl Store {
    /// The years that were imported, in order.
    pub async fn holidays(&self, by: &Viewer) -> Result<Vec<Year>> {
        self.holidays_of(by.org()).await
    }

    /// The same, for clocks that run in an organization whoever looks.
    pub(crate) async fn holidays_of(&self, org: OrgId) -> Result<Vec<Year>> {
        let years: Vec<(i64, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select of_year, papers from holiday_year where org_id = $1 order by of_year",
        ).bind(org.number()).fetch_all(db).await)?;
        let days: Vec<(i64, String, String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select of_year, on_day, name, is_off from holiday where org_id = $1 order by of_year, on_day",
        ).bind(org.number()).fetch_all(db).await)?;
        years
            .into_iter()
            .map(|(year, papers)| {
                let own = days.iter().filter(|(of, ..)| *of == year).map(|(_, day, name, off)| {
                    Ok(Special { day: Day::parse(day)?, name: name.clone(), off: *off == 1 })
                });
                Ok(Year {
                    year: i16::try_from(year).map_err(|_| Error::Broken("year of holidays".into()))?,
                    papers: serde_json::from_str(&papers)?,
                    days: own.collect::<Result<_>>()?,
                })
            })
            .collect()
    }

    /// Puts a year in the place of what was known of it, all of it or nothing.
    pub async fn holidays_set(&self, by: &Organizer, year: &Year, now: Moment) -> Result<()> {
        let year = year.clone().sound()?;
        let (org, number) = (by.org().number(), i64::from(year.year));
        let papers = serde_json::to_string(&year.papers)?;
        let fresh = self.fresh_text();
        let after: BTreeMap<String, String> =
            year.days.iter().map(|one| (one.day.to_string(), word(one.off, &one.name))).collect();
        transact!(self, tx => {
            let known: Vec<(String, String, i64)> = sqlx::query_as(
                "select on_day, name, is_off from holiday where org_id = $1 and of_year = $2",
            ).bind(org).bind(number).fetch_all(&mut *tx).await?;
            let before: BTreeMap<String, String> =
                known.into_iter().map(|(on, name, off)| (on, word(off == 1, &name))).collect();
            sqlx::query(
                "insert into holiday_year (org_id, of_year, papers, account_id, at) values ($1, $2, $3, $4, $5)
                 on conflict (org_id, of_year) do update set papers = excluded.papers,
                   account_id = excluded.account_id, at = excluded.at",
            )
            .bind(org).bind(number).bind(&papers).bind(by.account().to_string()).bind(now.millis())
            .execute(&mut *tx).await?;
            sqlx::query("delete from holiday where org_id = $1 and of_year = $2")
                .bind(org).bind(number).execute(&mut *tx).await?;
            for special in &year.days {
                sqlx::query(
                    "insert into holiday (org_id, of_year, on_day, name, is_off) values ($1, $2, $3, $4, $5)",
                )
                .bind(org).bind(number).bind(special.day.to_string()).bind(&special.name)
                .bind(i64::from(special.off)).execute(&mut *tx).await?;
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "holiday.set",
                object: &number.to_string(),
                detail: &audit::told(&before, &after),
            });
            Ok(())
        })
    }

    /// Forgets what was imported of a year, so that what the program brings along counts again.
    pub async fn holidays_restore(&self, by: &Organizer, year: i16, now: Moment) -> Result<()> {
        let (org, number) = (by.org().number(), i64::from(year));
        let fresh = self.fresh_text();
        let none: BTreeMap<String, String> = BTreeMap::new();
        transact!(self, tx => {
            let known: Vec<(String, String, i64)> = sqlx::query_as(
                "select on_day, name, is_off from holiday where org_id = $1 and of_year = $2",
            ).bind(org).bind(number).fetch_all(&mut *tx).await?;
            let before: BTreeMap<String, String> =
                known.into_iter().map(|(on, name, off)| (on, word(off == 1, &name))).collect();
            sqlx::query("delete from holiday where org_id = $1 and of_year = $2")
                .bind(org).bind(number).execute(&mut *tx).await?;
            let gone = sqlx::query("delete from holiday_year where org_id = $1 and of_year = $2")
                .bind(org).bind(number).execute(&mut *tx).await?;
            if gone.rows_affected() == 0 {
                return Err(Error::Missing("year of holidays").into());
            }
            let told = audit::told(&before, &none);
            audit::signed!(tx, &fresh, (by, now), "holiday.restore", &number.to_string(), &told);
            Ok(())
        })
    }
}

/// A day as the trail tells it: `off 春节`.
fn word(off: bool, name: &str) -> String {
    format!("{} {name}", if off { "off" } else { "on" })
}
