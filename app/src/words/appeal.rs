//! Texts of appeals: the form, the slip, the progress page, the desk's board.

use kaishi_domain::appeal::Category;

use crate::words::words;

words! {
    /// Kinds of appeal, with a few words on each.
    Categories {
        consult "咨询" "Question";
        consult_why "想问清楚" "to know more";
        help "求助" "Help";
        help_why "需要帮忙" "I need a hand";
        complaint "投诉" "Complaint";
        complaint_why "有事不对" "something is wrong";
        suggestion "建议" "Suggestion";
        suggestion_why "出个主意" "an idea";
        agent "代办" "Errand";
        agent_why "请人跑腿" "done for me";
        mediation "调解" "Mediation";
        mediation_why "内容保密" "kept private";
        utility "水电气热" "Utilities";
        utility_why "停了、坏了" "cut or broken";
        danger "险情" "Danger";
        danger_why "人身、财产" "life, property";
    }
}

impl Categories {
    /// `咨询`
    pub const fn name(self, category: Category) -> &'static str {
        match category {
            Category::Consult => self.consult(),
            Category::Help => self.help(),
            Category::Complaint => self.complaint(),
            Category::Suggestion => self.suggestion(),
            Category::Agent => self.agent(),
            Category::Mediation => self.mediation(),
            Category::Utility => self.utility(),
            Category::Danger => self.danger(),
        }
    }

    /// `想问清楚`
    pub const fn why(self, category: Category) -> &'static str {
        match category {
            Category::Consult => self.consult_why(),
            Category::Help => self.help_why(),
            Category::Complaint => self.complaint_why(),
            Category::Suggestion => self.suggestion_why(),
            Category::Agent => self.agent_why(),
            Category::Mediation => self.mediation_why(),
            Category::Utility => self.utility_why(),
            Category::Danger => self.danger_why(),
        }
    }
}
