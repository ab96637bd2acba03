//! The opening checklist of a cell: what its head looks at before residents come, and signs.

use serde::{Deserialize, Serialize};

use crate::text::short_or_empty;
use crate::unit::codes;
use crate::{Moment, Refusal, StallId};

codes! {
    /// One point of the checklist.
    Point "checklist point" {
        /// 消防通道
        FireLane "fire_lane",
        /// 灭火器
        Extinguisher "extinguisher",
        /// 电线
        Cable "cable",
        /// 篷架压重
        Canopy "canopy",
        /// AED
        Aed "aed",
        /// 燃气明火
        Gas "gas",
        /// 施工装修
        Building "building",
        /// 游乐、大型器材
        Ride "ride",
    }
}

/// How a point was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// As it should be, or not there at all.
    Met,
    /// Something has to be done.
    Unmet,
}

impl Answer {
    /// Reads what a form sent.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "met" => Ok(Self::Met),
            "unmet" => Ok(Self::Unmet),
            _ => Err(Refusal::Malformed("answer")),
        }
    }
}

/// A whole checklist: every point is answered, so that nothing is signed that nobody looked at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Check {
    answers: Vec<(Point, Answer)>,
    remark: String,
}

impl Check {
    /// From an answer to each point; the first without one is named. What is not in order needs a remark.
    pub fn of(answer: impl Fn(Point) -> Option<Answer>, remark: &str) -> Result<Self, Refusal> {
        let remark = short_or_empty(remark, 200, "remark")?;
        let answers = Point::ALL
            .iter()
            .map(|point| answer(*point).map(|answer| (*point, answer)).ok_or(Refusal::Missing(point.code())))
            .collect::<Result<Vec<_>, _>>()?;
        let check = Self { answers, remark };
        if check.remark.is_empty() && check.unmet().next().is_some() {
            return Err(Refusal::Missing("remark"));
        }
        Ok(check)
    }

    /// Every point with its answer.
    pub fn answers(&self) -> &[(Point, Answer)] {
        &self.answers
    }

    /// What is not in order.
    pub fn unmet(&self) -> impl Iterator<Item = Point> + '_ {
        self.answers.iter().filter(|(_, answer)| *answer == Answer::Unmet).map(|(point, _)| *point)
    }

    /// What was written besides.
    pub fn remark(&self) -> &str {
        &self.remark
    }
}

/// A signed checklist.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// What was found.
    pub check: Check,
    /// The role of who signed; empty is the head.
    pub signer: String,
    /// The stalls that were in the cell then.
    pub stalls: Vec<StallId>,
    /// When.
    pub at: Moment,
}

impl Signature {
    /// Whether a stall was in the cell when it was signed.
    pub fn covers(&self, stall: StallId) -> bool {
        self.stalls.contains(&stall)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::{Cell, Lead};
    use crate::layout::tests::stall;
    use crate::{CellId, LinkId, OrgId};

    #[test]
    fn every_point_is_answered_and_what_is_wrong_is_told() {
        let met = |_| Some(Answer::Met);
        let check = Check::of(met, " ").unwrap();
        assert_eq!((check.answers().len(), check.unmet().count(), check.remark()), (Point::ALL.len(), 0, ""));
        let without_cable = |point| (point != Point::Cable).then_some(Answer::Met);
        assert_eq!(Check::of(without_cable, ""), Err(Refusal::Missing("cable")));
        let gas = |point| Some(if point == Point::Gas { Answer::Unmet } else { Answer::Met });
        assert_eq!(Check::of(gas, ""), Err(Refusal::Missing("remark")));
        let told = Check::of(gas, "8号有卡式炉").unwrap();
        assert_eq!(told.unmet().collect::<Vec<_>>(), [Point::Gas]);
        assert_eq!(Check::of(met, &"字".repeat(201)), Err(Refusal::TooLong("remark")));
    }

    #[test]
    fn a_signature_covers_the_stalls_of_its_time_only() {
        let (one, two) = (stall(1, 0.0, 0.0).id, stall(2, 0.0, 0.0).id);
        let at = Moment::from_millis(1);
        let mut cell = Cell {
            id: CellId::new(at, [1; 10]),
            no: 1,
            name: "第1邻".into(),
            lead: Lead::Open,
            lead_unit: String::new(),
            partners: Vec::new(),
            link: LinkId::new(OrgId::from_bytes([1, 2, 3]), [0; 5]),
            stalls: vec![one],
            signed: None,
        };
        assert!(!cell.is_signed());
        let check = Check::of(|_| Some(Answer::Met), "").unwrap();
        cell.signed = Some(Signature { check, signer: String::new(), stalls: vec![one], at });
        assert!(cell.is_signed());
        cell.stalls.push(two);
        assert!(!cell.is_signed(), "a stall came that nobody looked at");
        cell.stalls.clear();
        assert!(cell.is_signed(), "an empty cell has nothing to sign anew");
    }
}
