//! What became of a unit's Saturdays (B9): derived from entries, arrivals and appeals, kept nowhere twice.

use crate::market::Stage;
use crate::moment::MINUTE;
use crate::{MarketId, Moment};

/// One Saturday of a unit under one sign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appearance {
    /// Which Saturday.
    pub market: MarketId,
    /// Its number in the series.
    pub ordinal: i64,
    /// Its day: `2023-05-13`.
    pub held_on: String,
    /// How far it is.
    pub stage: Stage,
    /// When it opens.
    pub opens_at: Moment,
    /// When it closes.
    pub closes_at: Moment,
    /// What stood on the sign.
    pub sign: String,
    /// When the unit was noted as there.
    pub arrived_at: Option<Moment>,
    /// Complaints that residents raised at its stall.
    pub complaints: i64,
    /// Answers of its that residents were content with.
    pub content: i64,
    /// Answers of its that residents were not content with.
    pub discontent: i64,
}

/// Whether a unit came.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coming {
    /// The day is not over, and it is not there.
    Ahead,
    /// There when it opened.
    OnTime,
    /// There after it had opened.
    Late {
        /// So many minutes after.
        minutes: i64,
    },
    /// 未到
    Absent,
}

impl Appearance {
    /// Whether it came, as it is known now.
    pub fn coming(&self, now: Moment) -> Coming {
        coming(self.arrived_at, self.stage, (self.opens_at, self.closes_at), now)
    }
}

/// Whether a unit came to a Saturday that opens and closes then, as it is known now.
pub fn coming(
    arrived: Option<Moment>,
    stage: Stage,
    (opens_at, closes_at): (Moment, Moment),
    now: Moment,
) -> Coming {
    let over = matches!(stage, Stage::Closed | Stage::Filed) || now >= closes_at;
    match arrived {
        Some(at) if at.since(opens_at) < MINUTE => Coming::OnTime,
        Some(at) => Coming::Late { minutes: at.since(opens_at) / MINUTE },
        None if over => Coming::Absent,
        None => Coming::Ahead,
    }
}

/// All Saturdays together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    /// There when it opened.
    pub on_time: i64,
    /// There later.
    pub late: i64,
    /// Not there.
    pub absent: i64,
    /// Complaints.
    pub complaints: i64,
    /// Content.
    pub content: i64,
    /// Not content.
    pub discontent: i64,
}

/// Adds the Saturdays up.
pub fn sum(appearances: &[Appearance], now: Moment) -> Summary {
    appearances.iter().fold(Summary::default(), |mut sum, one| {
        match one.coming(now) {
            Coming::Ahead => {}
            Coming::OnTime => sum.on_time += 1,
            Coming::Late { .. } => sum.late += 1,
            Coming::Absent => sum.absent += 1,
        }
        sum.complaints += one.complaints;
        sum.content += one.content;
        sum.discontent += one.discontent;
        sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::HOUR;

    const OPENS: Moment = Moment::from_millis(1_683_945_720_000);

    fn appearance(arrived: Option<i64>, stage: Stage) -> Appearance {
        Appearance {
            market: MarketId::new(OPENS, [1; 10]),
            ordinal: 14,
            held_on: "2023-05-13".into(),
            stage,
            opens_at: OPENS,
            closes_at: OPENS.plus(3 * HOUR),
            sign: "书画".into(),
            arrived_at: arrived.map(|minutes| OPENS.plus(minutes * MINUTE)),
            complaints: 1,
            content: 2,
            discontent: 0,
        }
    }

    #[test]
    fn on_time_late_and_absent_are_told_apart() {
        let cases = [
            (Some(-20), Stage::Open, 0, Coming::OnTime),
            (Some(0), Stage::Open, 0, Coming::OnTime),
            (Some(12), Stage::Filed, 0, Coming::Late { minutes: 12 }),
            (None, Stage::Open, 1, Coming::Ahead),
            (None, Stage::Open, 4, Coming::Absent),
            (None, Stage::Closed, 1, Coming::Absent),
            (None, Stage::Calling, -100, Coming::Ahead),
        ];
        for (arrived, stage, hours, coming) in cases {
            let now = OPENS.plus(hours * HOUR);
            assert_eq!(appearance(arrived, stage).coming(now), coming, "{arrived:?} {stage:?} {hours}");
        }
        let all: Vec<_> = cases.into_iter().map(|(arrived, stage, ..)| appearance(arrived, stage)).collect();
        let sum = sum(&all, OPENS.plus(HOUR));
        assert_eq!((sum.on_time, sum.late, sum.absent, sum.complaints, sum.content), (2, 1, 1, 7, 14));
    }
}
