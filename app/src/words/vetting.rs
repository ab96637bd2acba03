//! Texts of vetting: standings, steps, reasons of delisting.

use kaishi_domain::Refusal;
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
        wrong_evidence "依据要写，最多 500 字；有关的周六最多选 20 个。" "Evidence is needed, up to 500 characters, with up to 20 Saturdays.";
        wrong_words "单位的申诉要写，最多 500 字。" "The unit's appeal is needed, up to 500 characters.";
        undo "撤销这一步" "Take this step back";
        undo_why "点错了，10 分钟里可以撤销。经过里会留着。" "A slip can be taken back for ten minutes. It stays in the record.";
        undone "已撤销" "Taken back";
        too_late "过了 10 分钟，不能撤销了。" "Ten minutes are over: it cannot be taken back any more.";
        moved "别人先了一步，现在的状态已经变了，请再看一遍。" "Somebody else was first: the standing has changed. Please look again.";
    }
}

words! {
    /// Putting a unit aside.
    Archiving {
        title "归档" "Archive";
        archived "已归档" "archived";
        since "已归档：" "Archived: ";
        show "看已归档的" "Show archived units";
        hint "这家已归档，导入后还在归档里。" "This unit is archived, and stays so.";
        archive "归档" "Archive";
        archive_why "不再来往的单位可以归档：名册、揭榜、链接和选单里不再有它，经过都留着，以后可以恢复。" "A unit that comes no more can be archived: it leaves the register, calls, links and choices. Its record stays, and it can be brought back.";
        restore "恢复" "Bring back";
        restore_why "恢复后，它又回到名册和选单里。" "It stands in the register and in choices again.";
        why "理由" "Reason";
        wrong "理由要写，最多 200 字。" "A reason is needed, up to 200 characters.";
        coming "它还在没开完的市集名单上，或报了名。先在那一场里撤下，再归档。" "It is on the roster of a market that is not over, or has answered its call. Withdraw it there first.";
        moved "别人先了一步，请再看一遍。" "Somebody else was first. Please look again.";
    }
}

impl Vetting {
    /// What is wrong with a step, by the name of its own field.
    pub fn complaint(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::WrongState(_) => self.moved(),
            Refusal::Expired => self.too_late(),
            Refusal::Missing("evidence") | Refusal::TooLong("evidence") | Refusal::Malformed("evidence") => {
                self.wrong_evidence()
            }
            Refusal::Missing("words") | Refusal::TooLong("words") | Refusal::Malformed("words") => {
                self.wrong_words()
            }
            _ => self.wrong(),
        }
    }

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
    fn a_field_that_is_empty_is_named_by_its_own_name() {
        let told = |what| Vetting(Lang::Zh).complaint(&Refusal::Missing(what));
        assert!(told("evidence").starts_with("依据"));
        assert!(told("words").starts_with("单位的申诉"));
        assert!(told("reason").starts_with("理由"));
    }

    #[test]
    fn every_standing_has_its_own_name() {
        let mut names: Vec<_> =
            Standing::CODES.iter().map(|code| Vetting(Lang::Zh).standing_code(code)).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Standing::CODES.len());
    }
}
