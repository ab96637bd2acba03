//! Appeals: raised once whatever is resent, moved along their machine one step at a time.
//!
//! Each step is one conditional update beside its entry in the history, and moves the version of its
//! market's counts, so that every screen notices.

mod contact;
mod forget;
mod history;
mod list;
mod paper;
mod photo;
mod public;
mod row;
mod step;
mod template;
mod upgrade;

use kaishi_domain::actor::{Device, Guest, Organizer};
use kaishi_domain::appeal::{
    Appeal, AppealCode, By, Consent, Contact, NewAppeal, Settled, SlipCode, Step, Verb, Workdays,
};
use kaishi_domain::encounter::Source;
use kaishi_domain::moment::Place;
use kaishi_domain::season::Table;
use kaishi_domain::{AppealId, MarketRef, Moment};

use crate::audit::{self, Act};
use crate::ledger;
use crate::pool::{on, transact};
use crate::{Error, Result, Store};
pub(crate) use contact::contact_place;
use contact::place;
pub(crate) use row::{COLUMNS, Row};

pub use contact::Reading;

/// Whoever does something with an appeal, by the handle that gives the right to.
#[derive(Clone, Copy, Debug)]
pub enum Hand<'a> {
    /// Whoever holds the slip.
    Resident,
    /// A phone at the stall where it was raised.
    Device(&'a Device),
    /// The unit to which it was sent.
    Guest(&'a Guest),
    /// The desk.
    Organizer(&'a Organizer),
}

impl Hand<'_> {
    /// The actor that stands in the history. An appeal out of reach looks the same as none.
    fn by(self, appeal: &Appeal) -> Result<By> {
        let org = appeal.code.org;
        let (reached, by) = match self {
            Self::Resident => (true, By::Resident),
            Self::Device(device) => (
                device.org == org && device.market == appeal.market && appeal.stall == Some(device.stall),
                By::Stall(device.stall),
            ),
            Self::Guest(guest) => (guest.org == org, By::Unit(guest.unit)),
            Self::Organizer(by) => (by.org() == org, By::Desk(by.account())),
        };
        if reached { Ok(by) } else { Err(Error::Missing("appeal")) }
    }
}

/// Adds an entry to the history inside the transaction `$tx`.
macro_rules! record {
    ($tx:ident, $appeal:expr, $step:expr, $detail:expr) => {
        sqlx::query(
            "insert into appeal_step (org_id, appeal_id, step, verb, actor, detail, at)
             select $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5, $6 from appeal_step
             where org_id = $1 and appeal_id = $2",
        )
        .bind($appeal.code.org.number())
        .bind($appeal.id.to_string())
        .bind($step.verb.code())
        .bind($step.by.code())
        .bind($detail)
        .bind($step.at.millis())
        .execute(&mut *$tx)
        .await?
    };
}

pub(crate) use record;

impl Store {
    /// Which days are worked, for the clocks of a market's appeals: what the program brings along, and over it
    /// what the organization has imported.
    pub async fn workdays(&self, at: MarketRef) -> Result<Workdays> {
        let imported = self.holidays_of(at.org).await?;
        let zone: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select time_zone from market where org_id = $1 and market_id = $2",
        ).bind(at.org.number()).bind(at.market.to_string()).fetch_optional(db).await)?;
        let place = Place::named(&zone.ok_or(Error::Missing("market"))?)?;
        Ok(Workdays::new(place, Table::of(self.special_years().iter().cloned().chain(imported))))
    }

    /// Raises an appeal; sent again with the same nonce it is the same appeal with the same code.
    /// `hand` settles it at once with the words given (现场办结), if the stall says so.
    pub async fn appeal_raise(
        &self,
        new: &NewAppeal,
        settled: Option<(Hand<'_>, Verb)>,
        now: Moment,
    ) -> Result<Appeal> {
        let id = AppealId::new(now, self.random());
        let days = self.workdays(MarketRef { org: new.org, market: new.market }).await?;
        for _ in 0..8 {
            let code = new.code.unwrap_or_else(|| SlipCode::new(self.random()));
            let raised = Appeal::raise(id, code, new.clone(), now, &days);
            let (appeal, step) = match &settled {
                None => (raised, None),
                Some((hand, verb)) => {
                    let by = hand.by(&raised)?;
                    let (appeal, step) = raised.step(verb.clone(), by, now, &days)?;
                    (appeal, Some(step))
                }
            };
            match self.appeal_insert(&appeal, step.as_ref(), new).await {
                Ok(true) => {
                    self.hint(appeal.at());
                    return Ok(appeal);
                }
                Ok(false) => return self.appeal_by_nonce(new).await,
                Err(Error::Taken(_)) if new.code.is_none() => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Broken("eight codes in a row are taken".into()))
    }

    /// Whether it was new; `Taken` when the code belongs to another.
    async fn appeal_insert(&self, appeal: &Appeal, step: Option<&Step>, new: &NewAppeal) -> Result<bool> {
        let (detail, care) = (serde_json::to_string(&appeal.state)?, serde_json::to_string(&appeal.care)?);
        let done = step.map(|step| serde_json::to_string(&step.verb)).transpose()?;
        let seal = |contact: &Contact| self.vault()?.seal(contact.as_str(), &place(appeal), self.random());
        let sealed = new.contact.as_ref().map(seal).transpose()?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let inserted = sqlx::query(
                "insert into appeal (org_id, appeal_id, code, market_id, stall_id, channel, category, words,
                   state, detail, settled, confirmed_at, nonce, raised_at, due_at, changed_at, care, closed_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
                 on conflict (org_id, nonce) do nothing",
            )
            .bind(appeal.code.org.number())
            .bind(appeal.id.to_string())
            .bind(appeal.code.slip.to_string())
            .bind(appeal.market.to_string())
            .bind(appeal.stall.map(|id| id.to_string()))
            .bind(appeal.channel.code())
            .bind(appeal.category.code())
            .bind(appeal.words.as_str())
            .bind(appeal.state.code())
            .bind(&detail)
            .bind(appeal.state.settled().map(Settled::code))
            .bind(appeal.state.confirmed_at().map(Moment::millis))
            .bind(&new.nonce)
            .bind(appeal.raised_at.millis())
            .bind(appeal.due_at.map(Moment::millis))
            .bind(appeal.changed_at.millis())
            .bind(&care)
            .bind(appeal.state.closed_at().map(Moment::millis))
            .execute(&mut *tx)
            .await
            .map_err(|error| {
                if Error::is_taken(&error) { Error::Taken("code".into()).into() } else { crate::pool::Attempt::from(error) }
            })?
            .rows_affected();
            if inserted == 1 {
                ledger::touch(&mut (&mut *tx).into(), appeal.at()).await?;
                paper::claim(&mut (&mut *tx).into(), appeal, new.code.is_some()).await?;
                audit::record!(tx, &fresh, Act {
                    org: appeal.code.org,
                    at: appeal.raised_at,
                    actor: &match (appeal.channel, appeal.stall) {
                        (Source::Scan, _) => By::Resident.code(),
                        (_, Some(stall)) => By::Stall(stall).code(),
                        (channel, None) => channel.code().to_owned(),
                    },
                    verb: "appeal.raise",
                    object: &appeal.id.to_string(),
                    detail: &format!("{} {}", appeal.category.code(), appeal.state.code()),
                });
                if let Some(sealed) = &sealed {
                    sqlx::query(
                        "insert into appeal_contact (org_id, appeal_id, sealed, consent, at)
                         values ($1, $2, $3, $4, $5)",
                    )
                    .bind(appeal.code.org.number())
                    .bind(appeal.id.to_string())
                    .bind(sealed)
                    .bind(Consent::of(appeal.channel).code())
                    .bind(appeal.raised_at.millis())
                    .execute(&mut *tx)
                    .await?;
                }
                if let (Some(step), Some(done)) = (step, &done) {
                    record!(tx, appeal, step, done);
                }
            }
            Ok(inserted == 1)
        })
    }

    async fn appeal_by_nonce(&self, new: &NewAppeal) -> Result<Appeal> {
        let row: Option<Row> = on!(self.write_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and nonce = $2",
        ))).bind(new.org.number()).bind(&new.nonce).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }

    /// The appeal behind a slip's code.
    pub async fn appeal(&self, code: AppealCode) -> Result<Appeal> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from appeal where org_id = $1 and code = $2",
        ))).bind(code.org.number()).bind(code.slip.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("appeal"))?.appeal()
    }
}
