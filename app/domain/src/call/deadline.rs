//! Until when a call takes answers: a sensible time to begin with, and which times make no sense.

use super::Call;
use crate::moment::{MINUTE, Place};
use crate::{Moment, Refusal};

/// So many days before it opens the answers of a Saturday end, unless an organizer says otherwise.
const AHEAD: i32 = 3;
/// And at this hour.
const EVENING: i8 = 18;

impl Call {
    /// A call that nobody has written yet, for a market that opens and closes then. Answers end on the evening three
    /// days before; where that is over, at the opening; and on the day itself at the closing.
    pub fn proposed(
        place: &Place,
        (opens_at, closes_at): (Moment, Moment),
        now: Moment,
    ) -> Result<Self, Refusal> {
        let evening = place.at(place.day(opens_at).plus_days(-AHEAD), EVENING, 0)?;
        let deadline = [evening, opens_at].into_iter().find(|at| now < *at).unwrap_or(closes_at);
        Ok(Self::blank(deadline))
    }

    /// This call, if its answers end in time: not in the past, and not after the opening, or after the closing once the
    /// market is open. A deadline that `stood` before is not asked again.
    pub fn timely(
        self,
        stood: Option<Moment>,
        (opens_at, closes_at): (Moment, Moment),
        now: Moment,
    ) -> Result<Self, Refusal> {
        // A form tells minutes.
        if stood.is_some_and(|stood| stood.bucket(MINUTE) == self.deadline.bucket(MINUTE)) {
            return Ok(self);
        }
        if self.deadline <= now {
            return Err(Refusal::Malformed("deadline in the past"));
        }
        if now < opens_at && self.deadline > opens_at {
            return Err(Refusal::Malformed("deadline after opening"));
        }
        if self.deadline > closes_at {
            return Err(Refusal::Malformed("deadline after closing"));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::{Day, HOUR};

    /// 8:30 and 12:00 on a Saturday in Shenzhen.
    const OPENS: Moment = Moment::from_millis(1_683_937_800_000);
    const CLOSES: Moment = OPENS.plus(210 * MINUTE);

    #[test]
    fn answers_end_three_days_before_or_at_the_opening_where_that_is_nearer() {
        let place = Place::named("Asia/Shanghai").unwrap();
        let evening = place.at(Day::parse("2023-05-10").unwrap(), 18, 0).unwrap();
        let table = [
            (OPENS.plus(-20 * 24 * HOUR), evening),
            (evening.plus(-1), evening),
            (evening, OPENS),
            (OPENS.plus(-1), OPENS),
            (OPENS, CLOSES),
            (CLOSES.plus(HOUR), CLOSES),
        ];
        for (now, deadline) in table {
            let call = Call::proposed(&place, (OPENS, CLOSES), now).unwrap();
            assert_eq!((call.deadline, call.listed), (deadline, false), "{now:?}");
        }
    }

    #[test]
    fn no_deadline_lies_in_the_past_or_after_the_opening() {
        let early = OPENS.plus(-24 * HOUR);
        let table = [
            (early, OPENS, None),
            (early, OPENS.plus(1), Some("deadline after opening")),
            (early, early, Some("deadline in the past")),
            (OPENS.plus(HOUR), OPENS.plus(2 * HOUR), None),
            (OPENS.plus(HOUR), CLOSES.plus(1), Some("deadline after closing")),
            (OPENS.plus(HOUR), OPENS, Some("deadline in the past")),
        ];
        for (now, deadline, wrong) in table {
            let call = Call::blank(deadline);
            let wanted = wrong.map_or(Ok(call.clone()), |wrong| Err(Refusal::Malformed(wrong)));
            assert_eq!(call.clone().timely(None, (OPENS, CLOSES), now), wanted);
            assert_eq!(call.clone().timely(Some(deadline), (OPENS, CLOSES), now), Ok(call), "as it stood");
        }
    }
}
