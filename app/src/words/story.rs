//! An appeal told in sentences: where it stands, and what was done by whom. Units and stalls, never persons.

use std::collections::BTreeMap;

use kaishi_domain::appeal::{
    Aspect, By, Category, Handler, Outcome, Rating, Resolution, Review, Round, SlipCode, State, Verb, Words,
};
use kaishi_domain::{GridId, StallId, UnitId};

use crate::words::Lang;

/// The names behind the ids of an appeal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// `福中物业`
    pub units: BTreeMap<UnitId, String>,
    /// `2号摊 网格有约`
    pub stalls: BTreeMap<StallId, String>,
    /// `第一网格`
    pub grids: BTreeMap<GridId, String>,
}

/// Tells an appeal in a language.
#[derive(Clone, Copy, Debug)]
pub struct Story<'a> {
    /// The language.
    pub lang: Lang,
    /// Names.
    pub names: &'a Names,
    /// What somebody wrote is left out: of a mediation, outside the room.
    pub discreet: bool,
    /// The appeal into which one was merged is named by the code of its slip, which is a right: for the desk alone.
    pub coded: bool,
}

impl<'a> Story<'a> {
    /// With everything that was written.
    pub const fn whole(lang: Lang, names: &'a Names) -> Self {
        Self { lang, names, discreet: false, coded: false }
    }

    /// For whoever holds a slip or a file: a mediation without what was written.
    pub const fn outside(lang: Lang, names: &'a Names, kind: Category) -> Self {
        Self { lang, names, discreet: kind.is_private(), coded: false }
    }

    /// For whoever may hold codes, if `may` says so.
    #[must_use]
    pub const fn coded(self, may: bool) -> Self {
        Self { coded: may, ..self }
    }
}

impl Story<'_> {
    /// The name of a unit.
    pub fn unit(self, id: UnitId) -> String {
        self.names.units.get(&id).cloned().unwrap_or_else(|| self.lang.pick("单位", "a unit").into())
    }

    /// The name of a stall.
    pub fn stall(self, id: StallId) -> String {
        self.names.stalls.get(&id).cloned().unwrap_or_else(|| self.lang.pick("摊位", "a stall").into())
    }

    /// The name of a grid; one that was taken out is still a grid.
    pub fn grid(self, id: GridId) -> String {
        self.names.grids.get(&id).cloned().unwrap_or_else(|| self.lang.pick("原网格", "a former grid").into())
    }

    /// The appeal into which one was merged, between other words.
    fn other(self, into: SlipCode) -> String {
        match (self.coded, self.lang) {
            (false, lang) => lang.pick("另一件", "another").to_owned(),
            (true, Lang::Zh) => format!(" {into} "),
            (true, Lang::En) => into.to_string(),
        }
    }

    /// `和另一件是同一件事，一起办`
    pub(super) fn merged(self, into: SlipCode) -> String {
        let other = self.other(into);
        self.lang.pick(format!("和{other}是同一件事，一起办"), format!("The same matter as {other}"))
    }

    pub(super) fn handler(self, by: Handler) -> String {
        match by {
            Handler::Desk => self.lang.pick("社区", "The community").into(),
            Handler::Secretary => self.lang.pick("书记", "The secretary").into(),
            Handler::Stall(id) => self.stall(id),
            Handler::Unit(id) => self.unit(id),
        }
    }

    /// Who did a step.
    pub fn actor(self, by: By) -> String {
        match by {
            By::Resident => self.lang.pick("居民", "The resident").into(),
            By::Stall(id) => self.stall(id),
            By::Unit(id) => self.unit(id),
            By::Desk(_) => self.lang.pick("社区", "The community").into(),
        }
    }

    /// `满意`
    pub const fn rating(self, rating: Rating) -> &'static str {
        let (zh, en) = match rating {
            Rating::VerySatisfied => ("很满意", "very satisfied"),
            Rating::Satisfied => ("满意", "satisfied"),
            Rating::Fair => ("基本满意", "fairly satisfied"),
            Rating::Unsatisfied => ("不满意", "not satisfied"),
            Rating::VeryUnsatisfied => ("很不满意", "not satisfied at all"),
        };
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    pub(super) fn with(self, head: String, words: &Words) -> String {
        if words.is_empty() || self.discreet {
            head
        } else {
            format!("{head}{}{}", self.lang.pick("：", ": "), words.as_str())
        }
    }

    fn resolved(self, done: &Resolution) -> String {
        let who = self.handler(done.by);
        let head = if done.on_the_spot {
            self.lang.pick(format!("{who}已现场办结"), format!("{who} settled it on the spot"))
        } else {
            self.lang.pick(format!("{who}已办结"), format!("{who} settled it"))
        };
        self.with(head, &done.how)
    }

    /// Where it stands, as one sentence.
    pub fn standing(self, state: &State) -> String {
        let say = |zh: &str, en: &str| self.lang.pick(zh, en).to_owned();
        let about = |zh: String, en: String| self.lang.pick(zh, en);
        match state {
            State::Raised => say("已收到，等社区受理", "Received; the community will read it"),
            State::Accepted { round: Round::First, .. } => {
                say("社区已受理，正在派单", "Accepted; being dispatched")
            }
            State::Accepted { .. } => say("已重新受理，正在派单", "Accepted again; being dispatched"),
            State::Dispatched { to, .. } | State::Reassigned { to, .. } => {
                let unit = self.unit(*to);
                about(format!("已派给{unit}，等接单"), format!("Sent to {unit}, to be taken"))
            }
            State::Returned { by, why, .. } => {
                let unit = self.unit(*by);
                self.with(about(format!("{unit}退单，正在改派"), format!("{unit} returned it")), why)
            }
            State::Taken { by, .. } => {
                let unit = self.unit(*by);
                about(format!("{unit}已接单"), format!("{unit} has taken it"))
            }
            State::Handling { by, .. } => {
                let who = self.handler(*by);
                about(format!("{who}正在办理"), format!("{who} is working on it"))
            }
            State::Resolved { resolution, .. } => self.resolved(resolution),
            State::Rated { rating, .. } => {
                let rating = self.rating(*rating);
                about(format!("已办结，评价：{rating}"), format!("Settled; rated: {rating}"))
            }
            State::Merged { into, .. } => self.merged(*into),
            State::Referred { to, .. } => self.with(say("已转办", "Referred"), to),
            State::Unsolvable { why, .. } => self.with(say("现在解决不了", "It cannot be solved now"), why),
            State::OutOfScope { why, .. } => {
                self.with(say("不在市集受理范围", "Not for this market to take on"), why)
            }
            State::Withdrawn { .. } => say("已撤回", "Withdrawn"),
            State::Filed { outcome, .. } => self.filed(outcome),
        }
    }

    /// Where it stands in a few words, without anything that anybody wrote.
    pub fn heading(self, state: &State) -> String {
        match state {
            State::Resolved { .. } | State::Filed { outcome: Outcome::Settled { .. }, .. } => {
                self.lang.pick("已办结", "settled").into()
            }
            State::Returned { .. } => self.lang.pick("正在改派", "being sent elsewhere").into(),
            State::Referred { .. } => self.lang.pick("已转办", "referred").into(),
            State::Unsolvable { .. } => self.lang.pick("现在解决不了", "cannot be solved now").into(),
            State::OutOfScope { .. } => self.lang.pick("不属受理", "not in scope").into(),
            State::Filed { .. } => self.lang.pick("已归档", "filed").into(),
            state => self.standing(state),
        }
    }

    fn filed(self, outcome: &Outcome) -> String {
        let what = match outcome {
            Outcome::Settled { resolution, .. } => self.resolved(resolution),
            Outcome::Merged { into } => {
                let other = self.other(*into);
                self.lang.pick(format!("并入{}", other.trim_end()), format!("Merged into {other}"))
            }
            Outcome::Referred { to } => self.with(self.lang.pick("已转办", "Referred").into(), to),
            Outcome::Unsolvable { why } => {
                self.with(self.lang.pick("现在解决不了", "It cannot be solved now").into(), why)
            }
            Outcome::OutOfScope { why } => {
                self.with(self.lang.pick("不在受理范围", "Not in scope").into(), why)
            }
            Outcome::Withdrawn => self.lang.pick("已撤回", "Withdrawn").into(),
        };
        self.lang.pick(format!("已归档。{what}"), format!("Filed. {what}"))
    }

    /// What a step did, without who.
    pub fn step(self, verb: &Verb) -> String {
        let say = |zh: &str, en: &str| self.lang.pick(zh, en).to_owned();
        let to = |zh: &str, en: &str, id: UnitId| {
            let unit = self.unit(id);
            self.lang.pick(format!("{zh}{unit}"), format!("{en} {unit}"))
        };
        match verb {
            Verb::Accept => say("受理", "accepted"),
            Verb::SettleOnSpot { how } => self.with(say("现场办结", "settled on the spot"), how),
            Verb::Hear => say("书记当面听取，由书记主办", "heard by the secretary, who leads it"),
            Verb::Dispatch { to: id } => to("派单给", "dispatched to", *id),
            Verb::Reassign { to: id, why } => self.with(to("改派给", "reassigned to", *id), why),
            Verb::Take => say("接单", "taken"),
            Verb::Claim => say("认领", "taken from the pool"),
            Verb::Locate { grid: Some(grid) } => {
                let grid = self.grid(*grid);
                self.lang.pick(format!("归入{grid}"), format!("put into {grid}"))
            }
            Verb::Locate { grid: None } => say("取消网格", "put into no grid"),
            Verb::Plan { agent, .. } => {
                self.with(say("定了专人和步骤", "somebody was named, with steps"), agent)
            }
            Verb::Tick { step } => {
                let n = step + 1;
                self.lang.pick(format!("办好第 {n} 步"), format!("step {n} is done"))
            }
            Verb::Return { why } => self.with(say("退单", "returned"), why),
            Verb::Handle => say("开始办理", "work began"),
            Verb::Resolve { how } => self.with(say("办结", "resolved"), how),
            Verb::Rate(review) => self.review(review),
            Verb::Merge { into } => {
                let other = self.other(*into);
                self.lang.pick(format!("并入{}", other.trim_end()), format!("merged into {other}"))
            }
            Verb::Refer { to } => self.with(say("转办", "referred"), to),
            Verb::GiveUp { why } => self.with(say("无法解决", "cannot be solved"), why),
            Verb::Exclude { why } => self.with(say("不属受理", "not in scope"), why),
            Verb::Withdraw => say("撤回", "withdrawn"),
            Verb::File => say("归档", "filed"),
            Verb::Join { unit } => to("请来协办：", "helped by", *unit),
            Verb::Inform { words } => self.with(say("进展", "progress"), words),
            Verb::Pause { why } => self.with(say("暂停计时", "the clock stands still"), why),
            Verb::Resume => say("恢复计时", "the clock runs again"),
            Verb::Extend { why, .. } => self.with(say("延期", "extended"), why),
            Verb::Urge { words } => self.with(say("催办", "urged"), words),
            Verb::Supervise { why } => self.with(say("党委督办", "watched by the Party committee"), why),
        }
    }

    /// `评价：满意（态度：很满意）：下次再快些`
    pub(super) fn review(self, review: &Review) -> String {
        let rating = self.rating(review.rating);
        let marks: Vec<String> = Aspect::ALL
            .into_iter()
            .filter_map(|aspect| {
                let mark = self.rating(review.marks.of(aspect)?);
                let name = self.aspect(aspect);
                Some(self.lang.pick(format!("{name}：{mark}"), format!("{name}: {mark}")))
            })
            .collect();
        let marks = if marks.is_empty() {
            String::new()
        } else {
            self.lang.pick(format!("（{}）", marks.join("，")), format!(" ({})", marks.join(", ")))
        };
        let head = self.lang.pick(format!("评价：{rating}{marks}"), format!("rated: {rating}{marks}"));
        self.with(head, &review.said)
    }

    /// `态度`
    pub const fn aspect(self, aspect: Aspect) -> &'static str {
        let (zh, en) = match aspect {
            Aspect::Speed => ("快慢", "speed"),
            Aspect::Manner => ("态度", "manner"),
            Aspect::Outcome => ("结果", "outcome"),
            Aspect::Telling => ("沟通", "being told"),
        };
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
