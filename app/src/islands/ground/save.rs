//! Saving: which markets a change touches is shown before it is stored, and nobody's drawing is lost.

use kaishi_domain::ground::{Clash, Diff, Flaw, Ground, History};
use kaishi_domain::market::Stage;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::Model;
use crate::calls::ground::{Kept, Touched, save};
use crate::fault::Fault;
use crate::words::common::Faults;
use crate::words::ground::full_name;

/// How the last save stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Keeping {
    Still,
    Saving,
    Saved,
    /// These markets have to be seen first.
    Touches(Vec<Touched>),
    /// Others changed the same parts: theirs and mine wait for a choice.
    Stale {
        revision: i64,
        theirs: Box<Ground>,
        clashes: Vec<Clash>,
    },
    Failed(Fault),
}

impl Keeping {
    /// The drawing has changed: what was said about the last save no longer holds.
    pub(super) fn touch(&mut self) {
        if !matches!(self, Self::Saving | Self::Stale { .. }) {
            *self = Self::Still;
        }
    }
}

impl Model {
    fn diff(self) -> Diff {
        self.base.with_untracked(|(_, base)| self.ground.with_untracked(|ground| Diff::between(base, ground)))
    }

    /// Asks the server to save; it first tells which markets that touches.
    pub(super) fn save(self) {
        self.send(Vec::new());
    }

    fn send(self, seen: Vec<Touched>) {
        let ready = self.may_change && self.dirty.get_untracked();
        let wrong = self.flaws.with_untracked(|flaws| flaws.iter().any(Flaw::is_error));
        let waiting = self.keeping.with_untracked(|k| matches!(k, Keeping::Saving | Keeping::Stale { .. }));
        if !ready || wrong || waiting {
            return;
        }
        self.stop();
        self.keeping.set(Keeping::Saving);
        let (base, diff) = (self.base.with_untracked(|(revision, _)| *revision), self.diff());
        let seen = seen.into_iter().map(|one| (one.market, one.wrong.len())).collect();
        spawn_local(async move {
            let answer = save(self.id, base, diff, seen, self.lang()).await;
            self.learn(answer);
        });
    }

    fn learn(self, answer: Result<Kept, Fault>) {
        self.keeping.set(match answer {
            Ok(Kept::Done { revision, merged }) => {
                let stands = merged.map_or_else(|| self.ground.get_untracked(), |merged| *merged);
                self.base.set((revision, stands.clone()));
                self.ground.set(stands);
                self.forget_gone();
                Keeping::Saved
            }
            Ok(Kept::Touches(touched)) => Keeping::Touches(touched),
            Ok(Kept::Stale { revision, ground, clashes }) => {
                Keeping::Stale { revision, theirs: ground, clashes }
            }
            Err(fault) => Keeping::Failed(fault),
        });
    }

    /// Gives way: theirs stands where it clashes, and my undo begins anew.
    fn take_theirs(self) {
        if let Keeping::Stale { revision, theirs, clashes } = self.keeping.get_untracked() {
            let steps: Vec<_> = Vec::from(self.diff());
            let mine = steps
                .into_iter()
                .filter(|step| !clashes.iter().any(|clash| clash.was == step.was && clash.mine == step.is));
            let mine = Diff::try_from(mine.collect::<Vec<_>>()).unwrap_or_default();
            self.put(revision, *theirs, &mine);
        }
    }

    /// Puts my version of the parts on top of theirs.
    fn put_mine(self) {
        if let Keeping::Stale { revision, theirs, clashes } = self.keeping.get_untracked() {
            let mine = self.diff().over(&clashes);
            self.put(revision, *theirs, &mine);
            self.save();
        }
    }

    fn put(self, revision: i64, theirs: Ground, mine: &Diff) {
        let mut next = theirs.clone();
        let _ = mine.apply(&mut next);
        self.base.set((revision, theirs));
        self.ground.set(next);
        self.history.set(History::default());
        self.forget_gone();
        self.keeping.set(Keeping::Still);
    }
}

/// How the save stands, and the button.
pub(super) fn standing(model: Model) -> impl IntoView {
    let words = model.words;
    let line = move || match model.keeping.get() {
        _ if !model.may_change => view! { <span>{words.view_only()}</span> }.into_any(),
        Keeping::Saving => view! { <span>{words.saving()}</span> }.into_any(),
        Keeping::Saved if !model.dirty.get() => view! { <span>{words.saved()}</span> }.into_any(),
        Keeping::Failed(Fault::Unavailable | Fault::Unreachable(_) | Fault::Broken) => {
            view! { <span class="amber">{words.unsent()}</span> }.into_any()
        }
        Keeping::Failed(fault) => {
            view! { <span class="alarm">{Faults(words.0).sentence(&fault)}</span> }.into_any()
        }
        _ if model.dirty.get() && wrong(model) => {
            view! { <span class="alarm">{words.errors_first()}</span> }.into_any()
        }
        _ if model.dirty.get() => view! { <span class="amber">{words.unsaved()}</span> }.into_any(),
        _ => ().into_any(),
    };
    let off = move || !model.dirty.get() || wrong(model) || model.keeping.with(|k| *k == Keeping::Saving);
    let button = model.may_change.then(|| {
        view! { <button type="button" class="primary" title="Ctrl S" disabled=off on:click=move |_| model.save()>{words.save()}</button> }
    });
    view! { <p class="keeping" role="status">{line}</p> {button} }
}

fn wrong(model: Model) -> bool {
    model.flaws.with(|flaws| flaws.iter().any(Flaw::is_error))
}

/// What a person has to see or decide before going on.
pub(super) fn question(model: Model) -> Option<AnyView> {
    let words = model.words;
    match model.keeping.get() {
        Keeping::Touches(touched) => {
            let rows = touched.iter().map(|one| view! { <li>{sentence(model, one)}</li> }).collect_view();
            let seen = touched.clone();
            Some(
                view! {
                    <div class="question touches" role="alert">
                        <div>
                            <p><strong>{words.touches()}</strong></p>
                            <ul>{rows}</ul>
                            <p class="note">{words.closed_keep()}</p>
                        </div>
                        <button type="button" class="primary" on:click=move |_| model.send(seen.clone())>{words.go_on()}</button>
                        <button type="button" on:click=move |_| model.keeping.set(Keeping::Still)>{words.stay()}</button>
                    </div>
                }
                .into_any(),
            )
        }
        Keeping::Stale { clashes, .. } => {
            let rows = clashes.iter().map(|clash| view! { <li>{both(model, clash)}</li> }).collect_view();
            Some(
                view! {
                    <div class="question touches" role="alert">
                        <div><p><strong>{words.stale()}</strong></p><ul>{rows}</ul></div>
                        <button type="button" on:click=move |_| model.take_theirs()>{words.theirs()}</button>
                        <button type="button" on:click=move |_| model.put_mine()>{words.mine()}</button>
                    </div>
                }
                .into_any(),
            )
        }
        _ => None,
    }
}

/// `5月13日 党员服务市集（开市中）：改后 2 个摊位出错：4、12（现在 0 个）`
fn sentence(model: Model, one: &Touched) -> String {
    let lang = model.lang();
    let stage = match one.stage {
        Stage::Draft => lang.pick("草稿", "draft"),
        Stage::Calling => lang.pick("揭榜中", "calling"),
        Stage::Open => lang.pick("开市中", "open"),
        Stage::Closed | Stage::Filed => lang.pick("已收市", "over"),
    };
    let numbers = one.wrong.join(lang.pick("、", ", "));
    let count = one.wrong.len();
    let what = match (count, one.before) {
        (0, _) => model.words.no_errors().to_owned(),
        (_, before) => lang.pick(
            format!("改后 {count} 个摊位出错：{numbers}（现在 {before} 个）"),
            format!("{count} stalls in error after it: {numbers} (now {before})"),
        ),
    };
    lang.pick(
        format!("{} {}（{stage}）：{what}", one.day, one.name),
        format!("{} {} ({stage}): {what}", one.day, one.name),
    )
}

/// `障碍 树：对方 (34.0, 6.0) · 我 (33.0, 7.0)`
fn both(model: Model, clash: &Clash) -> String {
    let lang = model.lang();
    let named = clash.was.as_ref().or(clash.mine.as_ref()).or(clash.theirs.as_ref());
    let name = named.map(|part| full_name(lang, part)).unwrap_or_default();
    let version = |part: Option<&kaishi_domain::ground::Part>| {
        part.map_or_else(
            || model.words.gone().to_owned(),
            |part| {
                let at = part.middle();
                let size = part.polygon().map(|polygon| format!(" {:.1} m²", polygon.area()));
                format!("({:.1}, {:.1}){}", at.x, at.y, size.unwrap_or_default())
            },
        )
    };
    let (theirs, mine) = (version(clash.theirs.as_ref()), version(clash.mine.as_ref()));
    lang.pick(format!("{name}：对方 {theirs} · 我 {mine}"), format!("{name}: theirs {theirs} · mine {mine}"))
}
