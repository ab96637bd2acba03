//! Publishing from the editor: how the draft stands to what residents see, the button, and the answer.

use js_sys::futures::spawn_local;

use super::model::Model;
use super::save::Keeping;
use crate::calls::publish::{Publish, Published, Put, Seen};
use crate::fault::Fault;
use crate::islands::live::{Live, watch};
use crate::islands::node::{Node, button, of, text};
use crate::islands::wire::call;
use crate::words::common::Faults;
use crate::words::publish::Publish as Words;

/// What is published, and how a publish goes. There is one on the page.
#[derive(Default)]
struct Desk {
    /// What residents see, once it is known.
    seen: Live<Option<Seen>>,
    /// What the last publish led to; none while nobody has asked.
    told: Live<Option<Result<Put, Fault>>>,
    busy: Live<bool>,
    /// A press that waits until everything is saved.
    waiting: Live<bool>,
}

#[derive(Clone, Copy)]
struct Publishing {
    model: Model,
    words: Words,
    desk: &'static Desk,
}

/// How the draft stands, and the button.
pub(super) fn publish(model: Model) -> Node {
    let words = Words(model.words.0);
    let this = Publishing { model, words, desk: Box::leak(Box::default()) };
    this.read();
    watch(move || this.go_on());
    let versions = format!("/o/m/{}/layout/versions?plan={}", model.market, model.plan.code());
    of("div", "publish")
        .hole(move || this.standing().into_iter().collect())
        .child(of("a", "button").attr("href", &versions).text(words.versions()))
        .children(model.may_change.then(|| this.button()))
        .hole(move || this.notice().into_iter().collect())
}

impl Publishing {
    /// Asks what residents see.
    fn read(self) {
        spawn_local(async move {
            if let Ok(now) = call(Published { market: self.model.market, plan: self.model.plan }).await {
                self.desk.seen.set(Some(now));
            }
        });
    }

    /// Whether the draft is another one than what residents see, once that is known.
    fn changed(self) -> Option<bool> {
        let (seen, layout) = (self.desk.seen.read(), self.model.layout.read());
        seen.as_ref().map(|seen| *layout != seen.layout)
    }

    fn standing(self) -> Option<Node> {
        let changed = self.changed()?;
        let version = self.desk.seen.with(|seen| seen.as_ref().map(|seen| seen.version))?;
        let class = if changed || version == 0 { "standing" } else { "standing seen" };
        Some(of("span", class).text(&self.words.standing(version, changed)))
    }

    fn button(self) -> Node {
        let (model, words, desk) = (self.model, self.words, self.desk);
        let name = move || {
            if desk.busy.get() { words.publishing().to_owned() } else { words.button(model.errors()) }
        };
        button("primary go", move || self.press())
            .live_class("wrong", move || model.errors() > 0)
            .live_flag("disabled", move || desk.busy.get() || self.changed() == Some(false))
            .live_text(name)
    }

    fn press(self) {
        if self.desk.busy.get_untracked() {
            return;
        }
        self.desk.busy.set(true);
        if let Some(revision) = self.model.settled() {
            self.out(revision);
        } else {
            self.desk.waiting.set(true);
            self.model.send();
        }
    }

    fn out(self, revision: i64) {
        spawn_local(async move {
            let model = self.model;
            let (market, plan, lang) = (model.market, model.plan, model.words.0);
            let answer = call(Publish { market, plan, revision, lang }).await;
            self.desk.busy.set(false);
            self.desk.told.set(Some(answer));
            self.read();
        });
    }

    /// What is not saved yet goes first, and the press is not lost; a save that did not go through ends it.
    fn go_on(self) {
        let (model, desk) = (self.model, self.desk);
        let keeping = model.keeping.get();
        if !desk.waiting.get() {
            return;
        }
        let stopped = match (keeping, model.settled()) {
            (Keeping::Failed(fault), _) => Some(Err(fault)),
            (Keeping::Held(_), _) => None,
            _ if model.torn.with_untracked(Option::is_some) => Some(Ok(Put::Stale)),
            (_, Some(revision)) => {
                desk.waiting.set(false);
                return self.out(revision);
            }
            (_, None) => return,
        };
        desk.waiting.set(false);
        desk.busy.set(false);
        desk.told.set(stopped);
    }

    /// What became of it, below the button, until it is put away.
    fn notice(self) -> Option<Node> {
        let (words, desk) = (self.words, self.desk);
        let told = desk.told.read();
        let answer = told.as_ref()?;
        let good = matches!(answer, Ok(Put::Done { .. }));
        let said = match answer {
            Ok(put) => put.sentence(words),
            Err(fault) => Faults(words.0).sentence(fault).to_owned(),
        };
        let (class, role) = if good { ("notice good", "status") } else { ("notice", "alert") };
        let close = button("small", move || desk.told.set(None)).text(words.close());
        Some(of("div", class).attr("role", role).child(text("p", &said)).child(close))
    }
}
