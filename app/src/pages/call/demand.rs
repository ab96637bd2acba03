//! What the last Saturdays left undone, above the wants of a call: each with a button that posts it, and one that puts
//! it aside with a reason.

use kaishi_domain::demand::{Demand, Verdict};
use leptos::prelude::*;

use super::desk::View;
use crate::words::Lang;
use crate::words::demand::Demands as Words;

/// The suggestions; nothing where there are none, or where the Saturday is past calling.
pub(super) fn demands(lang: Lang, view: &View) -> impl IntoView + use<> {
    let (words, action) = (Words(lang), format!("{}/demand", view.base()));
    let aside = |demand: &&Demand| matches!(demand.verdict, Some(Verdict::Dismissed { .. }));
    let open = view.demands.iter().filter(|demand| !aside(demand)).map(|demand| line(words, &action, demand));
    let open = open.collect_view();
    let put = view.demands.iter().filter(aside).map(|demand| line(words, &action, demand)).collect_view();
    let many = view.demands.iter().filter(aside).count();
    let put = (many > 0).then(|| {
        view! {
            <details class="reasoned">
                <summary>{format!("{} {many}", words.dismissed())}</summary>
                <ul class="demands">{put}</ul>
            </details>
        }
    });
    (!view.demands.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words.title()}</h2>
                <p class="note">{words.why()}</p>
                <ul class="demands">{open}</ul>
                {put}
            </section>
        }
    })
}

fn line(words: Words, action: &str, demand: &Demand) -> AnyView {
    let source = &demand.source;
    let (title, because, key) = (words.want_title(source), words.because(source), source.key());
    let form = |verb: &'static str, name: &'static str| {
        view! {
            <form method="post" action=action.to_owned()>
                <input type="hidden" name="source" value=key.clone()/>
                <button type="submit" class="small" name="verb" value=verb>{name}</button>
            </form>
        }
    };
    let acts = match &demand.verdict {
        Some(Verdict::Wanted(_)) => view! { <span class="chip on">{words.wanted()}</span> }.into_any(),
        Some(Verdict::Dismissed { reason }) => {
            view! { <span class="what">{reason.clone()}</span>{form("reopen", words.reopen())} }.into_any()
        }
        None => view! {
            {form("want", words.want())}
            <details class="reasoned">
                <summary>{words.dismiss()}</summary>
                <form method="post" action=action.to_owned()>
                    <input type="hidden" name="source" value=key.clone()/>
                    <label>{words.reason()}<input name="reason" maxlength="120" autocomplete="off"/></label>
                    <button type="submit" class="small" name="verb" value="dismiss">{words.dismiss()}</button>
                </form>
            </details>
        }
        .into_any(),
    };
    view! {
        <li>
            <span class="about"><strong>{title}</strong><span class="what">{because}</span></span>
            <div class="acts">{acts}</div>
        </li>
    }
    .into_any()
}
