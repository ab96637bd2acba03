//! The Saturdays that a unit comes to, for its calendar.

use std::collections::BTreeMap;

use kaishi_domain::actor::Guest;
use kaishi_domain::call::State;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::{EntryId, LinkId, MarketId, Moment};
use sqlx::FromRow;

use crate::market::Row;
use crate::pool::on;
use crate::{Result, Store};

/// A Saturday that a unit comes to under one sign.
#[derive(Clone, PartialEq, Debug)]
pub struct UnitDate {
    /// The Saturday itself.
    pub market: Market,
    /// Its presence there.
    pub entry: EntryId,
    /// What stands on the sign.
    pub sign: String,
    /// The number of its stall, once people may see it.
    pub stall: Option<String>,
    /// Whether it has said that it comes.
    pub confirmed: bool,
}

#[derive(FromRow)]
struct DateRow {
    entry_id: String,
    sign: String,
    no: Option<String>,
    #[sqlx(flatten)]
    market: Row,
}

impl Store {
    /// The Saturdays that a unit comes to. It is on the roster of a draft before anybody has asked it: of those
    /// only what it was accepted for.
    pub async fn unit_dates(&self, by: &Guest) -> Result<Vec<UnitDate>> {
        let (org, unit) = (by.org.number(), by.unit.to_string());
        let rows: Vec<DateRow> = on!(self.read_pool(), db => sqlx::query_as(
            "select e.entry_id, e.name as sign, s.no, m.org_id, m.market_id, m.ordinal, m.name, m.theme, m.tagline,
               m.held_on, m.opens_at, m.closes_at, m.time_zone, m.stage, m.plan, m.weather, m.ground_id, m.host,
               m.organizer, m.participants, m.zones
             from entry e
             join market m on m.org_id = e.org_id and m.market_id = e.market_id
             left join assignment a on a.org_id = e.org_id and a.market_id = e.market_id and a.entry_id = e.entry_id
             left join stall s on s.org_id = a.org_id and s.market_id = a.market_id and s.stall_id = a.stall_id
               and s.published_at is not null
             where e.org_id = $1 and e.unit_id = $2
             order by m.held_on desc, m.opens_at desc, e.entry_id limit 200",
        ).bind(org).bind(&unit).fetch_all(db).await)?;
        let answers: Vec<(String,)> = on!(self.read_pool(), db => sqlx::query_as(
            "select detail from claim where org_id = $1 and unit_id = $2 and living = 1",
        ).bind(org).bind(&unit).fetch_all(db).await)?;
        let mut told: BTreeMap<EntryId, bool> = BTreeMap::new();
        for (detail,) in answers {
            let state: State = serde_json::from_str(&detail)?;
            if let Some(entry) = state.entry() {
                told.insert(entry, matches!(state, State::Confirmed { .. }));
            }
        }
        let mut dates = Vec::with_capacity(rows.len());
        for DateRow { entry_id, sign, no, market } in rows {
            let (entry, market): (EntryId, Market) = (entry_id.parse()?, market.try_into()?);
            let answered = told.get(&entry).copied();
            if answered.is_some() || market.stage != Stage::Draft {
                let confirmed = answered.unwrap_or(false);
                dates.push(UnitDate { market, entry, sign, stall: no, confirmed });
            }
        }
        Ok(dates)
    }

    /// The living links of a unit, by Saturday.
    pub async fn unit_links(&self, by: &Guest, now: Moment) -> Result<BTreeMap<MarketId, LinkId>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select market_id, link_id from link where org_id = $1 and unit_id = $2 and purpose = 'unit'
               and market_id is not null and revoked_at is null and expires_at > $3
             order by created_at desc, link_id desc",
        ).bind(by.org.number()).bind(by.unit.to_string()).bind(now.millis()).fetch_all(db).await)?;
        rows.into_iter().map(|(market, link)| Ok((market.parse()?, link.parse()?))).collect()
    }
}
