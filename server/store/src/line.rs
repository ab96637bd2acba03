//! What the queue of a stall and the bookings of a resource have in common: one row that gives numbers, and numbers
//! that each go their way. A number is given by one conditional statement on that row; a number moves on only from
//! where it stood, so that of two people who do something at once the second does nothing.

use std::collections::BTreeMap;

use kaishi_domain::appeal::SlipCode;
use kaishi_domain::booking::Slot;
use kaishi_domain::queue::State;
use kaishi_domain::{Moment, OrgId};
use sqlx::AssertSqlSafe;

use crate::audit::{Act, note, told};
use crate::pool::{Conn, Step, via};
use crate::{Error, Store};

/// So many codes are drawn before it is a mistake that all of them are taken.
const DRAWS: usize = 8;

/// The two tables of a kind of line.
pub(crate) struct Kind {
    /// The rows that give numbers.
    pub giver: &'static str,
    /// The numbers.
    pub number: &'static str,
    /// What their keys have beside the organization.
    pub key: &'static [&'static str],
}

/// The queues of stalls.
pub(crate) const QUEUE: Kind =
    Kind { giver: "queue", number: "queue_number", key: &["market_id", "stall_id"] };
/// The bookings of resources.
pub(crate) const BOOKING: Kind = Kind { giver: "resource", number: "booking", key: &["resource_id"] };

/// A number that is about to be given.
pub(crate) struct New<'a> {
    pub number: i64,
    pub place: i64,
    pub state: State,
    pub code: SlipCode,
    pub nonce: &'a str,
    pub holder: Option<String>,
    /// When it is for; it is given only while a place is left then.
    pub slot: Option<Slot>,
}

/// One transaction on one line.
pub(crate) struct Line<'s, 'c> {
    pub store: &'s Store,
    pub conn: Conn<'c>,
    pub kind: &'static Kind,
    pub org: OrgId,
    /// Beside the organization, in the order of the kind.
    pub key: Vec<String>,
    pub now: Moment,
    /// Who acts, as the trail names it.
    pub actor: String,
}

/// A statement with its organization and the rest of its key as the first parameters.
macro_rules! keyed {
    ($line:expr, $query:expr) => {{
        let mut query = $query.bind($line.org.number());
        for part in &$line.key {
            query = query.bind(part.clone());
        }
        query
    }};
}
pub(crate) use keyed;

/// Codes to try one after the other: one that another has is drawn anew.
pub(crate) fn codes(store: &Store) -> impl Iterator<Item = SlipCode> + '_ {
    (0..DRAWS).map(|_| SlipCode::new(store.random()))
}

/// That so many codes in a row are taken does not happen by chance.
pub(crate) fn no_code() -> Error {
    Error::Broken("every code that was drawn is taken".into())
}

impl Line<'_, '_> {
    /// ` and market_id = $2 and stall_id = $3`
    fn at(&self) -> String {
        let column = |(nth, column): (usize, &&str)| format!(" and {column} = ${nth}");
        (2..).zip(self.kind.key).map(column).collect::<Vec<_>>().concat()
    }

    /// The number of the first parameter after the key.
    const fn next(&self) -> usize {
        2 + self.kind.key.len()
    }

    /// The names of the parameters after the key.
    fn parameters<const N: usize>(&self) -> [String; N] {
        std::array::from_fn(|nth| format!("${}", self.next() + nth))
    }

    /// Gives the next number and the last place, if the line is open and, where that matters, as it was `seen`. Its row
    /// stays locked until the commit: whoever asks at the same time comes after.
    pub(crate) async fn give(&mut self, seen: Option<i64>) -> Step<Option<(i64, i64)>> {
        let (giver, at, [steps]) = (self.kind.giver, self.at(), self.parameters());
        let text = format!(
            "update {giver} set given = given + 1, place = place + 1 where org_id = $1{at} and state = 'open'
             and (cast({steps} as bigint) is null or steps = {steps}) returning given, place"
        );
        Ok(via!(&mut self.conn, db => {
            keyed!(self, sqlx::query_as(AssertSqlSafe(text))).bind(seen).fetch_optional(db).await
        })?)
    }

    /// Moves the row on that gives numbers, if nobody has done so since it was `seen`, and answers its last place.
    pub(crate) async fn step(&mut self, seen: i64) -> Step<i64> {
        let (giver, at, [steps]) = (self.kind.giver, self.at(), self.parameters());
        let text = format!(
            "update {giver} set steps = steps + 1, place = place + 1
             where org_id = $1{at} and steps = {steps} returning place"
        );
        let place: Option<i64> = via!(&mut self.conn, db => {
            keyed!(self, sqlx::query_scalar(AssertSqlSafe(text))).bind(seen).fetch_optional(db).await
        })?;
        Ok(place.ok_or_else(|| Error::Taken(giver.into()))?)
    }

    /// Locks the row that gives numbers until the commit.
    pub(crate) async fn lock(&mut self) -> Step<()> {
        let (giver, at) = (self.kind.giver, self.at());
        let text = format!("update {giver} set place = place where org_id = $1{at}");
        let known = via!(&mut self.conn, db => {
            keyed!(self, sqlx::query(AssertSqlSafe(text))).execute(db).await.map(|done| done.rows_affected())
        })?;
        if known == 0 { Err(Error::Missing(giver).into()) } else { Ok(()) }
    }

    /// Writes a number that [`Self::give`] gave. It is not written where its code, its form or its holder has one, or
    /// where every place of its slot is taken: that is one statement, and it comes after the lock.
    pub(crate) async fn add(&mut self, new: New<'_>) -> Step<bool> {
        let (giver, table, at) = (self.kind.giver, self.kind.number, self.at());
        let [number, code, state, place, detail, holder, nonce, now, from, to] = self.parameters();
        let key = self.kind.key.join(", ");
        let held = (2..self.next()).map(|nth| format!("${nth}")).collect::<Vec<_>>().join(", ");
        let (columns, hours, is_free) = match new.slot {
            None => ("", String::new(), "1 = 1".to_owned()),
            Some(_) => (
                ", starts_at, ends_at",
                format!(", {from}, {to}"),
                format!(
                    "(select count(*) from {table} where org_id = $1{at} and starts_at < {to} and ends_at > {from}
                       and state in ('waiting', 'called', 'served'))
                     < (select capacity from {giver} where org_id = $1{at})"
                ),
            ),
        };
        let text = format!(
            "insert into {table} (org_id, {key}, number, code, state, place, detail, holder, nonce, taken_at,
               changed_at{columns})
             select $1, {held}, {number}, {code}, {state}, {place}, {detail}, {holder}, {nonce}, {now}, {now}{hours}
             where {is_free} on conflict do nothing"
        );
        let stands = serde_json::to_string(&new.state)?;
        let added = via!(&mut self.conn, db => {
            let query = keyed!(self, sqlx::query(AssertSqlSafe(text)))
                .bind(new.number)
                .bind(new.code.to_string())
                .bind(new.state.code())
                .bind(new.place)
                .bind(stands)
                .bind(new.holder)
                .bind(new.nonce)
                .bind(self.now.millis());
            let query = match new.slot {
                Some(slot) => query.bind(slot.from.millis()).bind(slot.to.millis()),
                None => query,
            };
            query.execute(db).await.map(|done| done.rows_affected())
        })?;
        Ok(added > 0)
    }

    /// Writes the next state of a number that stands in `was`; of two at once the second changes nothing. Whose it is
    /// is forgotten, unless it is to be `kept`.
    pub(crate) async fn write(
        &mut self,
        number: i64,
        (was, next): (State, State),
        kept: bool,
        verb: &str,
    ) -> Step<()> {
        let (table, at) = (self.kind.number, self.at());
        let [which, stood, state, place, detail, now, keep] = self.parameters();
        let text = format!(
            "update {table} set state = {state}, place = {place}, detail = {detail}, changed_at = {now},
               holder = case when cast({keep} as bigint) = 1 then holder else null end
             where org_id = $1{at} and number = {which} and detail = {stood}"
        );
        let (before, after) = (serde_json::to_string(&was)?, serde_json::to_string(&next)?);
        let moved = via!(&mut self.conn, db => {
            keyed!(self, sqlx::query(AssertSqlSafe(text)))
                .bind(number)
                .bind(before)
                .bind(next.code())
                .bind(next.place())
                .bind(after)
                .bind(self.now.millis())
                .bind(i64::from(kept))
                .execute(db)
                .await
                .map(|done| done.rows_affected())
        })?;
        if moved == 0 {
            return Err(Error::Taken("number".into()).into());
        }
        let of = self.key.last().map_or("", String::as_str);
        let object = format!("{of}/{number}");
        let detail =
            told(&BTreeMap::from([("state", was.code())]), &BTreeMap::from([("state", next.code())]));
        self.note(verb, &object, &detail).await
    }

    /// Writes what was done into the trail.
    pub(crate) async fn note(&mut self, verb: &str, object: &str, detail: &str) -> Step<()> {
        let act = Act { org: self.org, at: self.now, actor: &self.actor, verb, object, detail };
        note(&mut self.conn, &self.store.fresh_text(), act).await
    }
}
