//! Appeals through their whole life: every role tries every verb at any time, forms are sent again, units hand back,
//! residents are not content.

use kaishi_domain::Moment;
use kaishi_domain::appeal::{
    Appeal, By, Category, Handler, NewAppeal, Outcome, RATE_FOR, Rating, Review, SlipCode, State, Step, Verb,
    Words,
};
use kaishi_domain::encounter::Source;

use super::world::World;

/// An appeal with its history.
pub(crate) struct File {
    pub(crate) now: Appeal,
    pub(crate) past: Vec<Step>,
    pub(crate) states: Vec<&'static str>,
}

fn words() -> Words {
    Words::parse("楼道灯不亮").expect("words")
}

impl World {
    pub(crate) fn raise(&mut self) -> &'static str {
        if self.files.len() > 12 {
            return "enough appeals";
        }
        let new = NewAppeal {
            org: self.market.org,
            market: self.market.market,
            stall: (self.below(4) > 0).then(|| self.any_stall()),
            channel: Source::Scan,
            category: Category::ALL[self.index(Category::ALL.len())],
            words: words(),
            grid: None,
            contact: None,
            code: None,
            nonce: format!("a{}", self.next()),
        };
        let (id, code) = (self.id(), SlipCode::new(self.bytes()));
        let now = Appeal::raise(id, code, new, self.now, &self.days);
        self.files.push(File { states: vec![now.state.code()], now, past: Vec::new() });
        self.deeds.note("appeals");
        "an appeal"
    }

    /// What usually comes next in a state.
    fn usual(&mut self, at: usize) -> Verb {
        let to = self.units[self.index(self.units.len())];
        let (how, why) = (words(), words());
        match (self.files[at].now.state.code(), self.below(4)) {
            ("raised", 0) => Verb::SettleOnSpot { how },
            ("raised", _) => Verb::Accept,
            ("accepted" | "returned", _) => Verb::Dispatch { to },
            ("dispatched" | "reassigned", 0) => Verb::Return { why },
            ("dispatched" | "reassigned", _) => Verb::Take,
            ("taken", 0) => Verb::Reassign { to, why },
            ("taken", 1) => Verb::Handle,
            ("taken" | "handling", _) => Verb::Resolve { how },
            ("resolved", _) => Verb::Rate(Review::from(Rating::ALL[self.index(5)])),
            _ => Verb::File,
        }
    }

    /// Anything at all.
    fn any_verb(&mut self) -> Verb {
        let to = self.units[self.index(self.units.len())];
        let (how, why) = (words(), words());
        match self.below(22) {
            0 | 1 => Verb::Accept,
            2 => Verb::SettleOnSpot { how },
            3 => Verb::Hear,
            4 | 5 => Verb::Dispatch { to },
            6 => Verb::Reassign { to, why },
            7 | 8 => Verb::Take,
            9 => Verb::Return { why },
            10 => Verb::Handle,
            11 | 12 => Verb::Resolve { how },
            13 | 14 => Verb::Rate(Review::from(Rating::ALL[self.index(5)])),
            15 => {
                let into = self.index(self.files.len());
                Verb::Merge { into: self.files[into].now.code.slip }
            }
            16 if self.below(3) == 0 => Verb::Refer { to: words() },
            16 => Verb::Inform { words: words() },
            17 if self.below(4) == 0 => Verb::GiveUp { why },
            17 => Verb::Join { unit: to },
            18 if self.below(4) == 0 => Verb::Exclude { why },
            18 => Verb::Pause { why },
            19 if self.below(4) == 0 => Verb::Withdraw,
            19 => Verb::Extend { until: self.now.plus(RATE_FOR), why },
            20 => Verb::Urge { words: words() },
            _ => Verb::File,
        }
    }

    /// Whoever a verb is usually for, or anybody.
    fn by(&mut self, at: usize, verb: &Verb) -> By {
        let appeal = &self.files[at].now;
        let (unit, stall) = (appeal.state.unit(), appeal.stall);
        let by = match verb {
            Verb::Rate(_) | Verb::Withdraw | Verb::Urge { .. } => By::Resident,
            Verb::Take | Verb::Return { .. } | Verb::Handle | Verb::Resolve { .. } => {
                unit.map_or(By::Desk(self.desk), By::Unit)
            }
            Verb::SettleOnSpot { .. } => stall.map_or(By::Desk(self.desk), By::Stall),
            _ => By::Desk(self.desk),
        };
        let stranger = self.units[self.index(self.units.len())];
        match self.below(12) {
            0 => By::Unit(stranger),
            1 => By::Resident,
            2 => By::Desk(self.desk),
            _ => by,
        }
    }

    pub(crate) fn handle(&mut self) -> &'static str {
        if self.files.is_empty() {
            return "no appeal";
        }
        let at = self.index(self.files.len());
        let verb = if self.below(3) > 0 { self.usual(at) } else { self.any_verb() };
        let by = self.by(at, &verb);
        if let Verb::Merge { into } = verb
            && !self.may_merge(at, into)
        {
            return "merged into nothing";
        }
        // Somebody's form is as old as when they opened it: only against that version it counts.
        let seen = self.files[at].now.changed_at;
        for _ in 0..=self.below(2) {
            let file = &mut self.files[at];
            if file.now.changed_at != seen {
                self.deeds.note("stale forms");
                break;
            }
            match file.now.clone().step(verb.clone(), by, self.now, &self.days) {
                Ok((next, step)) => {
                    self.deeds.note(step.verb.code());
                    file.states.push(next.state.code());
                    file.past.push(step);
                    file.now = next;
                }
                Err(_) => self.deeds.note("verbs refused"),
            }
        }
        "a verb"
    }

    /// The store's rule: into another one that goes on.
    fn may_merge(&self, at: usize, into: SlipCode) -> bool {
        let other = self.files.iter().position(|file| file.now.code.slip == into);
        other.is_some_and(|other| other != at && self.files[other].now.state.is_open())
    }

    pub(crate) fn check_appeals(&self) -> Result<(), String> {
        for file in &self.files {
            let code = file.now.code.slip;
            if let Some(pair) = file.states.windows(2).next_back()
                && !is_way(pair[0], pair[1])
            {
                return Err(format!("appeal {code} went from {} to {}", pair[0], pair[1]));
            }
            let times = file.past.iter().map(|step| step.at).chain([file.now.changed_at]);
            let times: Vec<Moment> = times.collect();
            if !times.is_sorted() || times.first().is_some_and(|first| *first < file.now.raised_at) {
                return Err(format!("the steps of appeal {code} are not in order"));
            }
            self.check_end(file).map_err(|broken| format!("appeal {code}: {broken}"))?;
        }
        Ok(())
    }

    /// What is closed has somebody who answers for it and a time; only the resident can confirm.
    fn check_end(&self, file: &File) -> Result<(), String> {
        let did = |code: &str| file.past.iter().any(|step| step.verb.code() == code);
        let state = &file.now.state;
        if let Some(done) = state.resolution() {
            if done.at < file.now.raised_at || done.at > file.now.changed_at {
                return Err("settled at another time".into());
            }
            let known = match done.by {
                Handler::Unit(unit) => file.past.iter().any(|step| {
                    matches!(step.verb, Verb::Dispatch { to } | Verb::Reassign { to, .. } if to == unit)
                }),
                Handler::Stall(stall) => file.past.iter().any(|step| step.by == By::Stall(stall)),
                Handler::Secretary => did("hear"),
                Handler::Desk => file.past.iter().any(|step| matches!(step.by, By::Desk(_))),
            };
            if !known {
                return Err(format!("settled by {:?}, who never had it", done.by));
            }
        }
        let residents = file.past.iter().filter(|step| matches!(step.verb, Verb::Rate(_)));
        if residents.clone().any(|step| step.by != By::Resident) || (state.confirmed() && !did("rate")) {
            return Err("confirmed, and not by the resident".into());
        }
        if let State::Filed { outcome: Outcome::Settled { resolution, rated: None }, at } = state
            && at.since(resolution.at) < RATE_FOR
        {
            return Err("filed before the resident had a say".into());
        }
        let closed = !state.is_open();
        if closed && (state.leg(file.now.category, file.now.raised_at).is_some() || file.now.due_at.is_some())
        {
            return Err("closed, and its clock runs".into());
        }
        let mut seen = vec![file.now.code.slip];
        let mut next = state.merged_into();
        while let Some(into) = next {
            if seen.contains(&into) {
                return Err("merged in a circle".into());
            }
            seen.push(into);
            let other = self.files.iter().find(|file| file.now.code.slip == into);
            next = other.ok_or("merged into nothing")?.now.state.merged_into();
        }
        Ok(())
    }
}

/// 提交 -> 受理 -> 派单 -> 接单 -> 办理 -> 办结 -> 评单 -> 归档, with handing back and doing again; written down here
/// once more, apart from the rules.
fn is_way(from: &str, to: &str) -> bool {
    let ways: &[&str] = match from {
        "raised" => &["accepted", "resolved", "handling", "referred", "out_of_scope"],
        "accepted" => &["dispatched", "resolved", "handling", "referred", "out_of_scope"],
        "dispatched" | "reassigned" => &["taken", "returned", "reassigned"],
        "returned" => &["dispatched", "handling", "referred", "out_of_scope"],
        "taken" => &["handling", "resolved", "returned", "reassigned"],
        "handling" => &["resolved", "reassigned"],
        "resolved" => &["rated", "handling", "accepted", "filed"],
        "rated" | "merged" | "referred" | "unsolvable" | "out_of_scope" | "withdrawn" => &["filed"],
        _ => &[],
    };
    let open =
        ["raised", "accepted", "dispatched", "reassigned", "returned", "taken", "handling"].contains(&from);
    ways.contains(&to) || (open && (from == to || ["merged", "unsolvable", "withdrawn"].contains(&to)))
}
