//! Publishing from the editor: how the draft stands to what residents see, the button, and the answer.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::model::Model;
use super::save::Keeping;
use crate::calls::publish::{Put, Seen, publish as send, published};
use crate::fault::Fault;
use crate::words::common::Faults;
use crate::words::publish::Publish as Words;

/// What the last publish led to; none while nobody has asked.
type Told = RwSignal<Option<Result<Put, Fault>>>;

pub(super) fn publish(model: Model) -> impl IntoView {
    let words = Words(model.words.0);
    let seen: RwSignal<Option<Seen>> = RwSignal::new(None);
    let told: Told = RwSignal::new(None);
    let busy = RwSignal::new(false);
    let waiting = RwSignal::new(false);
    let read = move || {
        spawn_local(async move {
            if let Ok(now) = published(model.market, model.plan).await {
                seen.set(Some(now));
            }
        });
    };
    Effect::new(move |_| read());
    let changed = Memo::new(move |_| {
        seen.with(|seen| seen.as_ref().map(|seen| model.layout.with(|layout| *layout != seen.layout)))
    });
    let standing = move || {
        let version = seen.with(|seen| seen.as_ref().map(|seen| seen.version))?;
        let changed = changed.get()?;
        let class = if changed || version == 0 { "standing" } else { "standing seen" };
        Some(view! { <span class=class>{words.standing(version, changed)}</span> })
    };
    let out = move |revision| {
        spawn_local(async move {
            let answer = send(model.market, model.plan, revision, model.words.0).await;
            busy.set(false);
            told.set(Some(answer));
            read();
        });
    };
    let go = move |_| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        if let Some(revision) = model.settled() {
            out(revision);
        } else {
            waiting.set(true);
            model.send();
        }
    };
    // What is not saved yet goes first, and the press is not lost; a save that did not go through ends it.
    Effect::new(move |_| {
        let keeping = model.keeping.get();
        if !waiting.get() {
            return;
        }
        let stopped = match (keeping, model.settled()) {
            (Keeping::Failed(fault), _) => Some(Err(fault)),
            (Keeping::Held(_), _) => None,
            _ if model.torn.with_untracked(Option::is_some) => Some(Ok(Put::Stale)),
            (_, Some(revision)) => {
                waiting.set(false);
                return out(revision);
            }
            (_, None) => return,
        };
        waiting.set(false);
        busy.set(false);
        told.set(stopped);
    });
    let wrong = move || model.errors() > 0;
    let quiet = move || busy.get() || changed.get() == Some(false);
    let button = model.may_change.then(|| {
        view! {
            <button type="button" class="primary go" class:wrong=wrong disabled=quiet on:click=go>
                {move || if busy.get() { words.publishing().to_owned() } else { words.button(model.errors()) }}
            </button>
        }
    });
    let versions = format!("/o/m/{}/layout/versions?plan={}", model.market, model.plan.code());
    view! {
        <div class="publish">
            {standing}
            <a class="button" href=versions>{words.versions()}</a>
            {button}
            {move || notice(model, told)}
        </div>
    }
}

/// What became of it, below the button, until it is put away.
fn notice(model: Model, told: Told) -> Option<AnyView> {
    let words = Words(model.words.0);
    let answer = told.get()?;
    let good = matches!(answer, Ok(Put::Done { .. }));
    let text = match &answer {
        Ok(put) => put.sentence(words),
        Err(fault) => Faults(words.0).sentence(fault).to_owned(),
    };
    let (class, role) = if good { ("notice good", "status") } else { ("notice", "alert") };
    Some(
        view! {
            <div class=class role=role>
                <p>{text}</p>
                <button type="button" class="small" on:click=move |_| told.set(None)>{words.close()}</button>
            </div>
        }
        .into_any(),
    )
}
