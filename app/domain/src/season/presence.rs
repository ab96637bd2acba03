//! How a unit stands to a Saturday (A7): what it asked for, what it was told, whether it came.

use crate::call::{Side, State};
use crate::market::Stage;
use crate::unit::history::{Coming, coming};
use crate::{MarketId, Moment, UnitId};

/// One answer or one entry of a unit at one Saturday.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trace {
    /// Whose.
    pub unit: UnitId,
    /// Where.
    pub market: MarketId,
    /// What it is.
    pub what: What,
}

/// An answer to the call, or a presence on the roster.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// An answer, and how it stands.
    Answer(Status),
    /// On the roster, and since when it is there.
    Entry(Option<Moment>),
}

/// How a unit stands to one Saturday. Of several the greatest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Status {
    /// Gone, by its own wish.
    Withdrawn,
    /// Taken out by an organizer.
    Struck,
    /// Told that it does not come.
    Declined,
    /// Waits for a place.
    Waitlisted,
    /// Has asked; nobody has decided.
    New,
    /// Decided, not told.
    Prepared,
    /// On the roster without having asked.
    Entered,
    /// Told that it comes.
    Accepted,
    /// Has said that it comes.
    Confirmed,
    /// Asks to be let go.
    Leaving,
    /// There when it opened.
    OnTime,
    /// There so many minutes after.
    Late(i64),
    /// Did not come.
    Absent,
}

impl From<&State> for Status {
    fn from(state: &State) -> Self {
        match state {
            State::New => Self::New,
            State::Prepared { .. } => Self::Prepared,
            State::Accepted { .. } => Self::Accepted,
            State::Confirmed { .. } => Self::Confirmed,
            State::Waitlisted { .. } => Self::Waitlisted,
            State::Declined { .. } => Self::Declined,
            State::Leaving { .. } => Self::Leaving,
            State::Withdrawn { by: Side::Unit, .. } => Self::Withdrawn,
            State::Withdrawn { by: Side::Organizer, .. } => Self::Struck,
        }
    }
}

/// When a Saturday is, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Times {
    /// How far it is.
    pub stage: Stage,
    /// When it opens.
    pub opens_at: Moment,
    /// When it closes.
    pub closes_at: Moment,
}

impl What {
    fn status(self, times: Times, now: Moment) -> Status {
        match self {
            Self::Answer(status) => status,
            Self::Entry(arrived) => {
                match coming(arrived, times.stage, (times.opens_at, times.closes_at), now) {
                    Coming::Ahead => Status::Entered,
                    Coming::OnTime => Status::OnTime,
                    Coming::Late { minutes } => Status::Late(minutes),
                    Coming::Absent => Status::Absent,
                }
            }
        }
    }
}

/// How a unit with these traces stands to one Saturday.
pub fn standing(traces: impl IntoIterator<Item = What>, times: Times, now: Moment) -> Option<Status> {
    // Two signs of one unit: that it came with one of them does not hide that it missed the other.
    traces.into_iter().map(|what| what.status(times, now)).max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::{HOUR, MINUTE};

    const OPENS: Moment = Moment::from_millis(1_683_945_720_000);

    fn at(traces: &[What], hours: i64) -> Option<Status> {
        let times = Times { stage: Stage::Calling, opens_at: OPENS, closes_at: OPENS.plus(3 * HOUR) };
        standing(traces.iter().copied(), times, OPENS.plus(hours * HOUR))
    }

    #[test]
    fn before_the_day_the_answer_counts_and_after_it_whether_it_came() {
        let (confirmed, entry) = (What::Answer(Status::Confirmed), What::Entry(None));
        assert_eq!(at(&[], -5), None);
        assert_eq!(at(&[confirmed, entry], -5), Some(Status::Confirmed));
        assert_eq!(at(&[entry], -5), Some(Status::Entered));
        assert_eq!(at(&[confirmed, entry], 4), Some(Status::Absent));
        let late = What::Entry(Some(OPENS.plus(12 * MINUTE)));
        assert_eq!(at(&[confirmed, late], 1), Some(Status::Late(12)));
        assert_eq!(
            at(&[What::Answer(Status::Declined), What::Answer(Status::Waitlisted)], 9),
            Some(Status::Waitlisted)
        );
    }

    #[test]
    fn who_was_taken_out_did_not_leave_by_itself() {
        let gone = |by| Status::from(&State::Withdrawn { reason: "有会".into(), by });
        assert_eq!((gone(Side::Unit), gone(Side::Organizer)), (Status::Withdrawn, Status::Struck));
        let (struck, again) = (What::Answer(Status::Struck), What::Answer(Status::New));
        assert_eq!(at(&[struck, again], -5), Some(Status::New), "it has asked again");
        assert_eq!(at(&[struck, What::Answer(Status::Withdrawn)], -5), Some(Status::Struck));
    }
}
