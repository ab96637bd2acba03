//! Texts of incidents: what may go wrong, what went wrong, what was done, who looks again.

use kaishi_domain::Refusal;
use kaishi_domain::incident::{Figures, Help, Kind, Severity, State};

use crate::words::{Lang, words};

words! {
    /// The log.
    Incidents {
        title "隐患和事件" "Hazards and incidents";
        why "事前预警、事中处置、事后回访，一条线走到底。" "Warned of, handled, looked at again: one loop.";
        no_names "不写伤者、帮忙的人和当事人的姓名、电话、病情；写角色、位置和做了什么就够了。" "No names, numbers or diagnoses of anybody: roles, places and what was done suffice.";
        none "还没有记录。" "Nothing written down yet.";
        add "记一条" "Write one down";
        kind "是什么" "What";
        stage "现在" "Now";
        is_hazard "还没出事（预警）" "Nothing has happened (a hazard)";
        is_incident "正在发生或已发生" "It is happening or has happened";
        severity "轻重" "Severity";
        place_stall "哪个摊位" "Which stall";
        place_cell "或哪一邻" "Or which cell";
        place_words "或别的地方" "Or elsewhere";
        place_hint "例如：北门台阶" "For example: steps at the north gate";
        place_none "—" "—";
        words "情况" "What was seen";
        words_hint "例如：8号摊旁电线拖地，有人差点绊倒" "For example: a cable lies in the way beside 8";
        happened "发生时间" "When";
        save "记下" "Write down";
        written "记于" "written";
        handle "开始处置" "Handle it";
        deal "处置完" "It is dealt with";
        done "做了什么" "What was done";
        helped "到场的" "Who came";
        visit_due "回访期限" "Look again by";
        visit_by "谁去回访（角色）" "Who looks (a role)";
        visit_note "轻微的可以不回访，两格都空着。" "A minor one may do without: leave both empty.";
        look "回访" "Look again";
        found "看到什么" "What was found";
        well "已好，销号" "Well: settle it";
        not_well "没好，再处置" "Not well: handle again";
        open "没处置完" "Open";
        visits "待回访" "To be looked at again";
        settled "已销号" "Settled";
        rescues "协助救援" "Help given";
        wrong "地点选一处或写一处（最多 40 字），情况要写（最多 200 字），时间不能在以后。" "One place (up to 40 characters), what was seen (up to 200), and no time to come.";
        wrong_done "做了什么要写，最多 200 字。" "What was done is needed, up to 200 characters.";
        wrong_visit "不是轻微的，要定回访期限和谁去。" "What is not minor needs a day and a role for the second look.";
        wrong_found "看到什么要写，最多 200 字。" "What was found is needed, up to 200 characters.";
        moved_on "刚才有人先动了，请看现在的样子。" "Somebody was first; this is how it stands now.";
        from_check "来自开市检查" "from the opening checklist";
        overdue "已过期" "overdue";
    }
}

impl Incidents {
    /// `跌倒受伤`
    pub const fn kind_name(self, kind: Kind) -> &'static str {
        let (zh, en) = match kind {
            Kind::Passage => ("通道堵塞", "Blocked passage"),
            Kind::Electric => ("用电", "Electricity"),
            Kind::Gas => ("燃气明火", "Gas, open flame"),
            Kind::Structure => ("篷架器材", "Canopy, equipment"),
            Kind::Building => ("施工装修", "Building work"),
            Kind::Ride => ("游乐设施", "Rides"),
            Kind::Injury => ("跌倒受伤", "Injury"),
            Kind::Illness => ("身体不适", "Unwell"),
            Kind::Lost => ("走失", "Somebody lost"),
            Kind::Crowd => ("拥挤", "Crowd"),
            Kind::Dispute => ("纠纷", "Dispute"),
            Kind::Weather => ("天气", "Weather"),
            Kind::Rescue => ("协助救援", "Help given"),
            Kind::Other => ("其他", "Other"),
        };
        match self.0 {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// `一般`
    pub const fn severity_name(self, severity: Severity) -> &'static str {
        match (self.0, severity) {
            (Lang::Zh, Severity::Minor) => "轻微",
            (Lang::Zh, Severity::Serious) => "一般",
            (Lang::Zh, Severity::Grave) => "严重",
            (Lang::En, Severity::Minor) => "minor",
            (Lang::En, Severity::Serious) => "serious",
            (Lang::En, Severity::Grave) => "grave",
        }
    }

    /// `待回访`
    pub const fn state_name(self, state: &State) -> &'static str {
        match (self.0, state) {
            (Lang::Zh, State::Warned) => "预警",
            (Lang::Zh, State::Handling) => "处置中",
            (Lang::Zh, State::Visit { .. }) => "待回访",
            (Lang::Zh, State::Settled { .. }) => "已销号",
            (Lang::En, State::Warned) => "warned",
            (Lang::En, State::Handling) => "being handled",
            (Lang::En, State::Visit { .. }) => "to be looked at again",
            (Lang::En, State::Settled { .. }) => "settled",
        }
    }

    /// `120`, with its name.
    pub const fn help_name(self, help: Help) -> &'static str {
        match (self.0, help) {
            (Lang::Zh, Help::Police) => "110 公安",
            (Lang::Zh, Help::Fire) => "119 消防",
            (Lang::Zh, Help::Ambulance) => "120 急救",
            (Lang::En, Help::Police) => "110 police",
            (Lang::En, Help::Fire) => "119 fire",
            (Lang::En, Help::Ambulance) => "120 ambulance",
        }
    }

    /// `没处置完 1 · 待回访 2 · 已销号 3 · 协助救援 1`
    pub fn figures(self, sum: Figures) -> [(&'static str, i64); 4] {
        [
            (self.open(), sum.open),
            (self.visits(), sum.visits),
            (self.settled(), sum.settled),
            (self.rescues(), sum.rescues),
        ]
    }

    /// `最迟 11月30日 社区网格员`
    pub fn visit_by_day(self, day: &str) -> String {
        self.0.pick(format!("最迟 {day}"), format!("by {day}"))
    }

    /// Why a step was refused.
    pub fn refused(self, refusal: &Refusal) -> &'static str {
        match refusal {
            Refusal::Missing("visit" | "by") | Refusal::Malformed("day") | Refusal::TooLong("by") => {
                self.wrong_visit()
            }
            Refusal::Missing("found") | Refusal::TooLong("found") => self.wrong_found(),
            Refusal::WrongState(_) => self.moved_on(),
            _ => self.wrong_done(),
        }
    }
}
