//! An appeal told to whoever raised it: what the desk calls accepted and dispatched, in words one says aloud.

use kaishi_domain::appeal::{Outcome, Resolution, Round, State, Verb};

use super::story::Story;

/// A story in the words of a resident's page.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a>(pub Story<'a>);

impl Told<'_> {
    fn say(self, zh: &str, en: &str) -> String {
        self.0.lang.pick(zh, en).to_owned()
    }

    fn settled(self, done: &Resolution) -> String {
        let who = self.0.handler(done.by);
        let head = if done.on_the_spot {
            self.0.lang.pick(format!("{who}已当场办好"), format!("{who} settled it on the spot"))
        } else {
            self.0.lang.pick(format!("{who}已办好"), format!("{who} settled it"))
        };
        self.0.with(head, &done.how)
    }

    /// Where it stands, as one sentence.
    pub fn standing(self, state: &State) -> String {
        let about = |zh: String, en: String| self.0.lang.pick(zh, en);
        match state {
            State::Raised => self.say("已收到，等社区来看", "Received; the community will read it"),
            State::Accepted { round: Round::First, .. } => {
                self.say("社区接下了，正在安排谁来办", "The community has it and is finding who does it")
            }
            State::Accepted { .. } => self
                .say("社区又接下了，正在安排谁来办", "The community has it again and is finding who does it"),
            State::Dispatched { to, .. } | State::Reassigned { to, .. } => {
                let unit = self.0.unit(*to);
                about(format!("已交给{unit}，等他们接手"), format!("Sent to {unit}, to be taken"))
            }
            State::Returned { by, why, .. } => {
                let unit = self.0.unit(*by);
                let head = about(
                    format!("{unit}办不了，正在换一家"),
                    format!("{unit} cannot do it; another is being found"),
                );
                self.0.with(head, why)
            }
            State::Taken { by, .. } => {
                let unit = self.0.unit(*by);
                about(format!("{unit}已接手"), format!("{unit} has taken it"))
            }
            State::Handling { by, .. } => {
                let who = self.0.handler(*by);
                about(format!("{who}正在办"), format!("{who} is working on it"))
            }
            State::Resolved { resolution, .. } => self.settled(resolution),
            State::Rated { rating, .. } => {
                let rating = self.0.rating(*rating);
                about(format!("已办好，评价：{rating}"), format!("Settled; rated: {rating}"))
            }
            State::Merged { into, .. } => self.0.merged(*into),
            State::Referred { to, .. } => self.0.with(self.say("已转给别处", "Passed on"), to),
            State::Unsolvable { why, .. } => {
                self.0.with(self.say("现在解决不了", "It cannot be solved now"), why)
            }
            State::OutOfScope { why, .. } => {
                self.0.with(self.say("市集办不了这件事", "Not for this market to take on"), why)
            }
            State::Withdrawn { .. } => self.say("已撤回", "Withdrawn"),
            State::Filed { outcome, .. } => self.closed(outcome),
        }
    }

    /// Where it stands in a few words, without anything that anybody wrote.
    pub fn heading(self, state: &State) -> String {
        match state {
            State::Resolved { .. } | State::Filed { outcome: Outcome::Settled { .. }, .. } => {
                self.say("已办好", "settled")
            }
            State::Returned { .. } => self.say("正在换一家来办", "another unit is being found"),
            State::Referred { .. } => self.say("已转给别处", "passed on"),
            State::Unsolvable { .. } => self.say("现在解决不了", "cannot be solved now"),
            State::OutOfScope { .. } => self.say("市集办不了", "not for this market"),
            State::Filed { .. } => self.say("已了结", "closed"),
            state => self.standing(state),
        }
    }

    fn closed(self, outcome: &Outcome) -> String {
        let what = match outcome {
            Outcome::Settled { resolution, .. } => self.settled(resolution),
            Outcome::Merged { .. } => self.say("和另一件一起办", "Handled together with another"),
            Outcome::Referred { to } => self.0.with(self.say("已转给别处", "Passed on"), to),
            Outcome::Unsolvable { why } => {
                self.0.with(self.say("现在解决不了", "It cannot be solved now"), why)
            }
            Outcome::OutOfScope { why } => {
                self.0.with(self.say("市集办不了这件事", "Not for this market to take on"), why)
            }
            Outcome::Withdrawn => self.say("已撤回", "Withdrawn"),
        };
        self.0.lang.pick(format!("已了结。{what}"), format!("Closed. {what}"))
    }

    /// What a step did, without who.
    pub fn step(self, verb: &Verb) -> String {
        let to = |zh: &str, en: &str, id| {
            let unit = self.0.unit(id);
            self.0.lang.pick(format!("{zh}{unit}"), format!("{en} {unit}"))
        };
        let with = |zh: &str, en: &str, words| self.0.with(self.say(zh, en), words);
        match verb {
            Verb::Accept => self.say("接下了", "accepted"),
            Verb::SettleOnSpot { how } => with("当场办好", "settled on the spot", how),
            Verb::Hear => self.say("书记当面听了，由书记来办", "heard by the secretary, who leads it"),
            Verb::Dispatch { to: id } => to("交给", "sent to", *id),
            Verb::Reassign { to: id, why } => self.0.with(to("改交给", "sent on to", *id), why),
            Verb::Take => self.say("接手了", "taken"),
            Verb::Claim => self.say("认领了", "taken on"),
            Verb::Locate { grid: Some(grid) } => {
                let grid = self.0.grid(*grid);
                self.0.lang.pick(format!("归到{grid}"), format!("put into {grid}"))
            }
            Verb::Locate { grid: None } => self.say("不归哪个网格", "put into no grid"),
            Verb::Plan { agent, .. } => with("定了专人来办", "somebody was named for it", agent),
            Verb::Tick { step } => {
                let n = step + 1;
                self.0.lang.pick(format!("第 {n} 步办好了"), format!("step {n} is done"))
            }
            Verb::Return { why } => with("办不了，退了回来", "handed back", why),
            Verb::Handle => self.say("开始办", "work began"),
            Verb::Resolve { how } => with("办好了", "settled", how),
            Verb::Rate(review) => self.0.review(review),
            Verb::Merge { .. } => self.say("和另一件一起办", "handled together with another"),
            Verb::Refer { to } => with("转给别处", "passed on", to),
            Verb::GiveUp { why } => with("现在解决不了", "cannot be solved now", why),
            Verb::Exclude { why } => with("市集办不了这件事", "not for this market", why),
            Verb::Withdraw => self.say("撤回了", "withdrawn"),
            Verb::File => self.say("了结了", "closed"),
            Verb::Join { unit } => to("请来帮忙：", "helped by", *unit),
            // Written for the resident, to be read here.
            Verb::Inform { words } => {
                Story { discreet: false, ..self.0 }.with(self.say("进展", "progress"), words)
            }
            Verb::Pause { why } => with("暂停计时", "the clock stands still", why),
            Verb::Resume => self.say("接着计时", "the clock runs again"),
            Verb::Extend { why, .. } => with("要多等几天", "it takes longer", why),
            Verb::Urge { words } => with("催了一下", "urged", words),
            Verb::Supervise { why } => with("党委盯着办", "watched by the Party committee", why),
        }
    }
}
