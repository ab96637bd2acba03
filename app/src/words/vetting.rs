//! Texts of vetting: standings, steps, reasons of delisting.

use kaishi_domain::unit::Standing;
use kaishi_domain::unit::vetting::{Cause, Verb};

use crate::words::{Lang, words};

words! {
    /// Vetting of a unit.
    Vetting {
        title "诚信遴选" "Vetting";
        why "理由" "Reason";
        why_vet "例如：服务质量、群众口碑、参加党建和公益的情况" "Quality of service, public word, Party and charity work";
        cause "摘牌原因" "Reason for delisting";
        evidence "依据" "Evidence";
        evidence_why "写清哪一天、什么事；不写个人信息。" "Which day, what happened; no personal data.";
        markets "有关的周六" "The Saturdays concerned";
        words "单位的申诉" "The unit's appeal";
        words_why "照单位自己的话记。" "In the unit's own words.";
        record "经过" "Record";
        no_record "还没有遴选记录。" "Nothing has been decided yet.";
        stays_out "这家单位不能再参市：先在名册里走完遴选或申诉。" "This unit may not join: its vetting or appeal comes first.";
        wrong "理由要写，最多 500 字。" "A reason is needed, up to 500 characters.";
        moved "别人先了一步，现在的状态已经变了，请再看一遍。" "Somebody else was first: the standing has changed. Please look again.";
    }
}

impl Vetting {
    /// `已摘牌`, from the value of the `standing` column.
    pub fn standing_code(self, code: &str) -> &'static str {
        let (zh, en) = match code {
            "candidate" => ("候选", "Candidate"),
            "vetted" => ("已遴选", "Vetted"),
            "refused" => ("未入选", "Not chosen"),
            "delisted" => ("已摘牌", "Delisted"),
            "appealed" => ("申诉中", "Under appeal"),
            "upheld" => ("维持摘牌", "Delisting upheld"),
            _ => ("重新入选", "Readmitted"),
        };
        self.0.pick(zh, en)
    }

    /// `已摘牌`
    pub fn standing(self, standing: &Standing) -> &'static str {
        self.standing_code(standing.code())
    }

    /// `摘牌`
    pub const fn verb(self, verb: Verb) -> &'static str {
        let (zh, en) = match verb {
            Verb::Vet => ("入选", "Choose"),
            Verb::Refuse => ("不入选", "Do not choose"),
            Verb::Delist => ("摘牌", "Delist"),
            Verb::Appeal => ("记下申诉", "Take down the appeal"),
            Verb::Readmit => ("重新入选", "Readmit"),
            Verb::Uphold => ("维持摘牌", "Uphold the delisting"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What was done, in the record: `摘牌`
    pub const fn done(self, verb: Verb) -> &'static str {
        let (zh, en) = match verb {
            Verb::Vet => ("入选", "Chosen"),
            Verb::Refuse => ("未入选", "Not chosen"),
            Verb::Delist => ("摘牌", "Delisted"),
            Verb::Appeal => ("申诉", "Appealed"),
            Verb::Readmit => ("重新入选", "Readmitted"),
            Verb::Uphold => ("维持摘牌", "Delisting upheld"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// `年终测评不满意`
    pub const fn cause_name(self, cause: Cause) -> &'static str {
        let (zh, en) = match cause {
            Cause::YearEnd => ("年终测评不满意", "Year-end survey: not satisfied"),
            Cause::Complaints => ("年内被投诉", "Complaints during the year"),
            Cause::Absence => ("多次未到", "Repeated absence"),
            Cause::Credentials => ("资质失效或不实", "Credentials ended or untrue"),
            Cause::Pledge => ("违反承诺", "Broken pledge"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_standing_has_its_own_name() {
        let mut names: Vec<_> =
            Standing::CODES.iter().map(|code| Vetting(Lang::Zh).standing_code(code)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Standing::CODES.len());
    }
}
