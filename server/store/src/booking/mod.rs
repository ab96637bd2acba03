//! Resources that are booked by the hour: described by an organizer, read by everybody.

mod flow;
mod forget;
mod row;

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::booking::{Bar, Booking, Described, Resource, Slot};
use kaishi_domain::id::hex;
use kaishi_domain::queue::Standing;
use kaishi_domain::season::Table;
use kaishi_domain::{Moment, OrgId, ResourceId};

use crate::audit::{self, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};
pub use flow::Said;
use row::{BOOKING, BookingRow, RESOURCE, ResourceRow};

/// What of a resource is told in the trail.
const TOLD: &[&str] = &["state", "kind", "name", "whereabouts", "capacity", "terms", "opening"];

/// What became of asking for a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Booked {
    /// A booking, or the one that was there already.
    Given(SlipCode),
    /// Why there is none.
    Barred(Bar),
}

/// Who books.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose<'a> {
    /// A phone with its tag; one that keeps no cookie has none.
    Phone(Option<[u8; 16]>),
    /// Somebody who stands at the desk.
    Desk(&'a Organizer),
}

impl Store {
    /// Adds a resource that takes bookings at once. `zone` names the time zone of its wall clock.
    pub async fn resource_add(
        &self,
        by: &Organizer,
        id: ResourceId,
        (described, zone): (Described, &str),
        now: Moment,
    ) -> Result<()> {
        let (described, fresh, secret) = (described.sound()?, self.fresh_text(), hex(&self.random::<32>()));
        let (terms, opening) =
            (serde_json::to_string(&described.terms)?, serde_json::to_string(&described.opening)?);
        let key = [("resource_id", id.to_string())];
        let spot = Spot { table: "resource", columns: TOLD, org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            sqlx::query(
                "insert into resource (org_id, resource_id, state, kind, name, whereabouts, time_zone, capacity,
                   terms, opening, visitor_key, given, place, steps)
                 values ($1, $2, 'open', $3, $4, $5, $6, $7, $8, $9, $10, 0, 0, 0)",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(described.kind.code())
            .bind(&described.name)
            .bind(&described.place)
            .bind(zone)
            .bind(described.terms.capacity)
            .bind(&terms)
            .bind(&opening)
            .bind(&secret)
            .execute(&mut *tx)
            .await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "resource.add", &id.to_string(), &told);
            Ok(())
        })
    }

    /// Describes it anew, if nobody has since it was `seen`. What is booked stays booked.
    pub async fn resource_edit(
        &self,
        by: &Organizer,
        id: ResourceId,
        (described, seen): (Described, i64),
        now: Moment,
    ) -> Result<()> {
        let (described, fresh) = (described.sound()?, self.fresh_text());
        let (terms, opening) =
            (serde_json::to_string(&described.terms)?, serde_json::to_string(&described.opening)?);
        let key = [("resource_id", id.to_string())];
        let spot = Spot { table: "resource", columns: TOLD, org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "update resource set kind = $3, name = $4, whereabouts = $5, capacity = $6, terms = $7,
                   opening = $8, steps = steps + 1
                 where org_id = $1 and resource_id = $2 and steps = $9",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(described.kind.code())
            .bind(&described.name)
            .bind(&described.place)
            .bind(described.terms.capacity)
            .bind(&terms)
            .bind(&opening)
            .bind(seen)
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                let gone = if stood.is_empty() { Error::Missing("resource") } else { Error::Taken("resource".into()) };
                return Err(gone.into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "resource.edit", &id.to_string(), &told);
            Ok(())
        })
    }

    /// Takes no more bookings, takes them again, or takes it from the list. What is booked stays booked.
    pub async fn resource_turn(
        &self,
        by: &Organizer,
        id: ResourceId,
        standing: Standing,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("resource_id", id.to_string())];
        let spot = Spot { table: "resource", columns: TOLD, org: by.org(), key: &key };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let done = sqlx::query(
                "update resource set state = $3, steps = steps + 1
                 where org_id = $1 and resource_id = $2 and state <> $3",
            )
            .bind(by.org().number())
            .bind(id.to_string())
            .bind(standing.code())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return if stood.is_empty() { Err(Error::Missing("resource").into()) } else { Ok(()) };
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "resource.set", &id.to_string(), &told);
            Ok(())
        })
    }

    /// Every resource, in the order in which they were added; those that were taken from the list too.
    pub async fn resources(&self, org: OrgId) -> Result<Vec<Resource>> {
        let text = format!("{RESOURCE} where org_id = $1 order by resource_id");
        let rows: Vec<ResourceRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(org.number()).fetch_all(db).await)?;
        rows.into_iter().map(Resource::try_from).collect()
    }

    /// One resource.
    pub async fn resource(&self, org: OrgId, id: ResourceId) -> Result<Resource> {
        let text = format!("{RESOURCE} where org_id = $1 and resource_id = $2");
        let row: Option<ResourceRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(org.number()).bind(id.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("resource"))?.try_into()
    }

    /// The secret behind the tags of its bookings.
    pub async fn resource_key(&self, org: OrgId, id: ResourceId) -> Result<[u8; 32]> {
        let key: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select visitor_key from resource where org_id = $1 and resource_id = $2",
        ).bind(org.number()).bind(id.to_string()).fetch_optional(db).await)?;
        crate::market::day_key(&key.ok_or(Error::Missing("resource"))?)
    }

    /// The days that are not what their weekday says, as an organization knows them.
    pub async fn special_days(&self, org: OrgId) -> Result<Table> {
        let imported = self.holidays_of(org).await?;
        Ok(Table::of(self.special_years().iter().cloned().chain(imported)))
    }

    /// The bookings of a resource that have a moment in common with a stretch of time, the earliest first.
    pub async fn bookings(&self, org: OrgId, id: ResourceId, within: Slot) -> Result<Vec<Booking>> {
        let text = format!(
            "{BOOKING} where org_id = $1 and resource_id = $2 and ends_at > $3 and starts_at < $4
             order by starts_at, number"
        );
        let rows: Vec<BookingRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(org.number()).bind(id.to_string()).bind(within.from.millis()).bind(within.to.millis())
            .fetch_all(db).await)?;
        rows.into_iter().map(Booking::try_from).collect()
    }

    /// The booking behind a code.
    pub async fn booking(&self, org: OrgId, code: SlipCode) -> Result<Booking> {
        let text = format!("{BOOKING} where org_id = $1 and code = $2");
        let row: Option<BookingRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(org.number()).bind(code.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("booking"))?.try_into()
    }

    /// What a phone has booked of a resource and is still to come.
    pub async fn bookings_of(
        &self,
        org: OrgId,
        id: ResourceId,
        visitor: [u8; 16],
        now: Moment,
    ) -> Result<Vec<Booking>> {
        let text = format!(
            "{BOOKING} where org_id = $1 and resource_id = $2 and holder = $3 and ends_at > $4 and state = 'waiting'
             order by starts_at"
        );
        let rows: Vec<BookingRow> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(text))
            .bind(org.number()).bind(id.to_string()).bind(hex(&visitor)).bind(now.millis())
            .fetch_all(db).await)?;
        rows.into_iter().map(Booking::try_from).collect()
    }
}
