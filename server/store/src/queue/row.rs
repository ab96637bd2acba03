//! How queues and their numbers stand in their tables.

use kaishi_domain::Moment;
use kaishi_domain::queue::{Number, Queue, Standing, State, Terms};
use sqlx::FromRow;

use crate::Error;

/// The columns of a queue, with how many were turned away.
pub(super) const QUEUE: &str = "select q.stall_id, q.state, q.capacity, q.minutes, q.steps, q.called_at,
    (select count(*) from turned_away t where t.org_id = q.org_id and t.market_id = q.market_id
      and t.stall_id = q.stall_id) as turned_away
    from queue q";

/// The columns of a number.
pub(super) const NUMBER: &str = "select number, code, state, detail from queue_number";

/// The same with whose it is.
pub(super) const HELD: &str = "select number, code, state, detail, holder from queue_number";

#[derive(FromRow)]
pub(super) struct QueueRow {
    stall_id: String,
    state: String,
    capacity: i64,
    minutes: Option<i64>,
    steps: i64,
    called_at: Option<i64>,
    turned_away: i64,
}

#[derive(FromRow)]
pub(super) struct NumberRow {
    number: i64,
    code: String,
    state: String,
    detail: String,
}

#[derive(FromRow)]
pub(super) struct HeldRow {
    #[sqlx(flatten)]
    number: NumberRow,
    holder: Option<String>,
}

impl HeldRow {
    /// The number, and the tag of the phone that has it.
    pub(super) fn read(self) -> Result<(Number, Option<String>), Error> {
        Ok((self.number.try_into()?, self.holder))
    }
}

impl TryFrom<QueueRow> for Queue {
    type Error = Error;
    fn try_from(row: QueueRow) -> Result<Self, Error> {
        Ok(Self {
            stall: row.stall_id.parse()?,
            standing: Standing::from_code(&row.state)?,
            terms: Terms::new(row.capacity, row.minutes)?,
            steps: row.steps,
            called_at: row.called_at.map(Moment::from_millis),
            turned_away: row.turned_away,
        })
    }
}

impl TryFrom<NumberRow> for Number {
    type Error = Error;
    fn try_from(row: NumberRow) -> Result<Self, Error> {
        let state: State = serde_json::from_str(&row.detail)?;
        if state.code() != row.state {
            return Err(Error::Broken(format!("number {} in two states", row.number)));
        }
        Ok(Self { number: row.number, code: row.code.parse()?, state })
    }
}
