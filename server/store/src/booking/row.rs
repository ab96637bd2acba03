//! How resources and bookings stand in their tables.

use kaishi_domain::Moment;
use kaishi_domain::booking::{Booking, Kind, Resource, Slot};
use kaishi_domain::moment::Place;
use kaishi_domain::queue::{Standing, State};
use sqlx::FromRow;

use crate::Error;

/// The columns of a resource.
pub(super) const RESOURCE: &str =
    "select resource_id, state, kind, name, whereabouts, time_zone, terms, opening, steps from resource";

/// The columns of a booking.
pub(super) const BOOKING: &str =
    "select resource_id, number, code, starts_at, ends_at, state, detail from booking";

#[derive(FromRow)]
pub(super) struct ResourceRow {
    resource_id: String,
    state: String,
    kind: String,
    name: String,
    whereabouts: String,
    time_zone: String,
    terms: String,
    opening: String,
    steps: i64,
}

#[derive(FromRow)]
pub(super) struct BookingRow {
    resource_id: String,
    number: i64,
    code: String,
    starts_at: i64,
    ends_at: i64,
    state: String,
    detail: String,
}

impl TryFrom<ResourceRow> for Resource {
    type Error = Error;
    fn try_from(row: ResourceRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.resource_id.parse()?,
            kind: Kind::from_code(&row.kind)?,
            name: row.name,
            place: row.whereabouts,
            standing: Standing::from_code(&row.state)?,
            terms: serde_json::from_str(&row.terms)?,
            opening: serde_json::from_str(&row.opening)?,
            zone: Place::named(&row.time_zone)?,
            steps: row.steps,
        })
    }
}

impl TryFrom<BookingRow> for Booking {
    type Error = Error;
    fn try_from(row: BookingRow) -> Result<Self, Error> {
        let state: State = serde_json::from_str(&row.detail)?;
        if state.code() != row.state {
            return Err(Error::Broken(format!("booking {} in two states", row.number)));
        }
        Ok(Self {
            resource: row.resource_id.parse()?,
            number: row.number,
            code: row.code.parse()?,
            slot: Slot { from: Moment::from_millis(row.starts_at), to: Moment::from_millis(row.ends_at) },
            state,
        })
    }
}
