//! The way of a booking: taken, cancelled, kept or not. Taking locks the resource's own row first, so that the last
//! place of a slot goes to one, and one phone never has more than it may.

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::booking::{Bar, Booker, Booking, Resource, Slot};
use kaishi_domain::id::hex;
use kaishi_domain::queue::{Mark, Standing, State};
use kaishi_domain::{Moment, OrgId, Refusal, ResourceId};

use super::row::{BOOKING, BookingRow};
use super::{Booked, Whose};
use crate::line::{self, Line, New};
use crate::pool::{Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

/// What the desk says of a booking.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Said {
    /// Came, or did not.
    Mark(Mark),
    /// What was said before was wrong.
    Unmark,
}

fn line<'s, 'c>(
    store: &'s Store,
    conn: Conn<'c>,
    (org, resource): (OrgId, ResourceId),
    actor: String,
    now: Moment,
) -> Line<'s, 'c> {
    Line { store, conn, kind: &line::BOOKING, org, key: vec![resource.to_string()], now, actor }
}

/// Runs a statement that finds bookings of the resource of a line; its own parameters begin with `$3`.
macro_rules! find {
    ($line:expr, $condition:literal, $($value:expr),+) => {{
        let text = format!("{BOOKING} where org_id = $1 and resource_id = $2 and {}", $condition);
        let rows: Vec<BookingRow> = via!(&mut $line.conn, db => {
            line::keyed!($line, sqlx::query_as(sqlx::AssertSqlSafe(text)))$(.bind($value))+.fetch_all(db).await
        })?;
        rows.into_iter().map(Booking::try_from).collect::<Result<Vec<_>>>()?
    }};
}

/// What may take a place in a slot, as it stands under the lock.
async fn meeting(line: &mut Line<'_, '_>, slot: Slot) -> Step<Vec<Booking>> {
    Ok(find!(line, "starts_at < $3 and ends_at > $4", slot.to.millis(), slot.from.millis()))
}

/// What a phone has booked, as far as it is remembered.
async fn of_phone(line: &mut Line<'_, '_>, tag: &str) -> Step<Vec<Booking>> {
    Ok(find!(line, "holder = $3", tag))
}

impl Store {
    /// Books a slot of a resource as it was read. The same form is one booking, and so is the same phone in one slot.
    pub async fn booking_take(
        &self,
        org: OrgId,
        (resource, slot): (&Resource, Slot),
        (whose, nonce): (Whose<'_>, [u8; 16]),
        now: Moment,
    ) -> Result<Booked> {
        if resource.standing != Standing::Open {
            return Ok(Booked::Barred(Bar::Closed));
        }
        let nonce = hex(&nonce);
        for code in line::codes(self) {
            if let Some(code) = self.booking_known(org, resource.id, &nonce).await? {
                return Ok(Booked::Given(code));
            }
            let new = (code, nonce.as_str());
            match self.booking_add(org, (resource, slot), (whose, new), now).await {
                Err(Error::Taken(_)) => {}
                other => return other,
            }
        }
        Err(line::no_code())
    }

    /// The booking that was made by a form.
    async fn booking_known(&self, org: OrgId, id: ResourceId, nonce: &str) -> Result<Option<SlipCode>> {
        let code: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select code from booking where org_id = $1 and resource_id = $2 and nonce = $3",
        ).bind(org.number()).bind(id.to_string()).bind(nonce).fetch_optional(db).await)?;
        Ok(code.map(|code| code.parse()).transpose()?)
    }

    async fn booking_add(
        &self,
        org: OrgId,
        (resource, slot): (&Resource, Slot),
        (whose, (code, nonce)): (Whose<'_>, (SlipCode, &str)),
        now: Moment,
    ) -> Result<Booked> {
        let (actor, holder) = match whose {
            Whose::Phone(tag) => ("resident".to_owned(), tag.map(|tag| hex(&tag))),
            Whose::Desk(by) => (by.account().to_string(), None),
        };
        transact!(self, tx => {
            let mut line = line(self, (&mut *tx).into(), (org, resource.id), actor.clone(), now);
            let Some((number, place)) = line.give(Some(resource.steps)).await? else {
                return Ok(Booked::Barred(Bar::NoSlot));
            };
            let known = match &holder {
                None => Vec::new(),
                Some(tag) => of_phone(&mut line, tag).await?,
            };
            if let Some(same) = known.iter().find(|one| one.slot.from == slot.from) {
                return Ok(Booked::Given(same.code));
            }
            let booker = if matches!(whose, Whose::Desk(_)) { Booker::Desk } else { Booker::Phone(&known) };
            if let Err(bar) = resource.admit(slot, booker, now) {
                return Ok(Booked::Barred(bar));
            }
            let state = Booking::begin(place);
            let new = New { number, place, state, code, nonce, holder: holder.clone(), slot: Some(slot) };
            if line.add(new).await? {
                let object = format!("{}/{number}", resource.id);
                line.note("booking.add", &object, &slot.from.iso()).await?;
                return Ok(Booked::Given(code));
            }
            let held = meeting(&mut line, slot).await?;
            if resource.left(slot, &held) == 0 {
                return Ok(Booked::Barred(Bar::Full));
            }
            Err(Error::Taken("booking".into()).into())
        })
    }

    /// Cancels a booking. Whoever booked does so until some hours before; `desk` may at any time.
    pub async fn booking_cancel(
        &self,
        org: OrgId,
        code: SlipCode,
        desk: Option<&Organizer>,
        now: Moment,
    ) -> Result<()> {
        let booking = self.booking(org, code).await?;
        let resource = self.resource(org, booking.resource).await?;
        let until = desk.is_none().then(|| resource.cancel_until(booking.slot));
        let next = booking.cancel(until, now)?;
        if next == booking.state {
            return Ok(());
        }
        let actor = desk.map_or_else(|| "resident".to_owned(), |by| by.account().to_string());
        transact!(self, tx => {
            let mut line = line(self, (&mut *tx).into(), (org, resource.id), actor.clone(), now);
            line.write(booking.number, (booking.state, next), false, "booking.cancel").await
        })
    }

    /// The desk says whether somebody came, or takes that back. Whoever is said to be there again needs a place: one
    /// that was given away meanwhile is gone.
    pub async fn booking_mark(&self, by: &Organizer, code: SlipCode, said: Said, now: Moment) -> Result<()> {
        let org = by.org();
        let booking = self.booking(org, code).await?;
        let resource = self.resource(org, booking.resource).await?;
        let (next, verb) = match said {
            Said::Mark(Mark::Served) => (booking.mark(Mark::Served, now)?, "booking.came"),
            Said::Mark(Mark::Missed) => (booking.mark(Mark::Missed, now)?, "booking.missed"),
            Said::Unmark => (booking.unmark()?, "booking.undo"),
        };
        let returns = said == Said::Unmark && matches!(booking.state, State::Lapsed { .. });
        transact!(self, tx => {
            let mut line = line(self, (&mut *tx).into(), (org, resource.id), by.account().to_string(), now);
            line.lock().await?;
            if returns {
                let held = meeting(&mut line, booking.slot).await?;
                if resource.left(booking.slot, &held) == 0 {
                    return Err(Refusal::WrongState("full".into()).into());
                }
            }
            line.write(booking.number, (booking.state, next), true, verb).await
        })
    }
}
