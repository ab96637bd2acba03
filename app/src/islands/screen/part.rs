//! The blocks of the screen above its map: people served, appeals, who has come, how full it is.

use kaishi_domain::Moment;
use leptos::prelude::*;

use super::chart::Hours;
use super::figure::{self, BAR};
use super::live::{Live, bar, settled};

/// The moment of the figures; red words when they are no longer fresh.
pub(super) fn as_of(live: Live, stale: RwSignal<bool>, midnight: Moment) -> impl IntoView {
    let words = live.words;
    let class = move || if stale.get() { "as-of stale" } else { "as-of" };
    let word = move || if stale.get() { words.stuck() } else { words.as_of() };
    let clock = move || figure::clock(midnight, live.seen.with(|seen| seen.as_of));
    view! {
        <p class=class role="status" aria-live="off">
            <span class="dot" aria-hidden="true"></span>
            <span>{word}</span>
            <strong>{clock}</strong>
        </p>
    }
}

fn split(class: &'static str, name: &'static str, n: impl IntoView) -> impl IntoView {
    view! {
        <div class="source">
            <dt><span class=format!("key {class}") aria-hidden="true"></span>{name}</dt>
            <dd>{n}</dd>
        </div>
    }
}

/// The headline, what it is made of, and what belongs to it; talks stand below a line, outside.
pub(super) fn served(live: Live, hours: Hours) -> impl IntoView {
    let words = live.words;
    let opens = figure::clock(hours.midnight, hours.opens_at);
    let stands = move || {
        let (open, early) = live.seen.with(|seen| (seen.open, seen.as_of < hours.opens_at));
        match (open, early) {
            (true, _) => String::new(),
            (false, true) => format!("{opens} {}", words.opens()),
            (false, false) => words.over().to_owned(),
        }
    };
    let crowd =
        live.text(|words, seen| seen.crowd.map(|told| figure::crowd(words, &told)).unwrap_or_default());
    view! {
        <section class="served">
            <h2>{words.served()}<small>{words.person_times()}</small><span class="stands">{stands}</span></h2>
            <p class=move || live.seen.with(|seen| figure::size(seen.encounters.total))>{live.n(|seen| seen.encounters.total)}</p>
            {bar(view! {
                {live.piece("scan", |seen| figure::pieces(figure::sources(&seen.encounters), seen.encounters.total)[0])}
                {live.piece("staff", |seen| figure::pieces(figure::sources(&seen.encounters), seen.encounters.total)[1])}
                {live.piece("paper", |seen| figure::pieces(figure::sources(&seen.encounters), seen.encounters.total)[2])}
            })}
            <dl class="sources">
                {split("scan", words.scan(), live.n(|seen| seen.encounters.scan))}
                {split("staff", words.staff(), live.n(|seen| seen.encounters.staff))}
                {split("paper", words.paper(), live.n(|seen| seen.encounters.paper))}
            </dl>
            <p class="asides">
                {live.note(words.late(), "", |seen| seen.encounters.late)}
                {live.note(words.corrected(), "−", |seen| seen.encounters.corrected)}
                {live.note(words.pending(), "", |seen| seen.encounters.pending_review)}
            </p>
            <p class="talks">
                <span>{words.talks()}</span>
                <strong>{live.n(|seen| seen.talks)}</strong>
                <small>{words.apart()}</small>
            </p>
            <p class="crowd" hidden=live.is(|seen| seen.crowd.is_none())>{crowd}</p>
        </section>
    }
}

/// Appeals by how far they are: confirmed inside said inside all.
pub(super) fn appeals(live: Live) -> impl IntoView {
    let words = live.words;
    view! {
        <section class="appeals">
            <h2>{words.appeals()}<small>{words.cases()}</small></h2>
            <p class="raised">{live.n(|seen| seen.appeals.raised)}</p>
            <p class="says">
                <span><span class="key said" aria-hidden="true"></span>{words.unit_says()}</span>
                <strong>{live.n(|seen| seen.appeals.settled_by_unit)}</strong>
            </p>
            {bar(view! {
                <rect class="all" width=BAR.to_string() height="20"/>
                {live.piece("confirmed", |seen| settled(seen)[0])}
                {live.piece("said", |seen| settled(seen)[1])}
            })}
            <p class="spot">{words.on_spot()}" "<strong>{live.n(|seen| seen.appeals.settled_on_spot)}</strong></p>
            <dl class="fates">
                <div>
                    <dd>{live.n(|seen| seen.appeals.confirmed)}</dd>
                    <dt><span class="key confirmed" aria-hidden="true"></span>{words.confirmed()}</dt>
                </div>
                <div>
                    <dd>{live.n(|seen| seen.appeals.raised - seen.appeals.settled_by_unit)}</dd>
                    <dt>{words.open()}</dt>
                </div>
                <div class:late=live.is(|seen| seen.appeals.overdue > 0)>
                    <dd>{live.n(|seen| seen.appeals.overdue)}</dd>
                    <dt><span class="mark" aria-hidden="true">"▲"</span>{words.overdue()}</dt>
                </div>
            </dl>
        </section>
    }
}

/// What everybody is told now, over the foot of the stage.
pub(super) fn told(live: Live) -> impl IntoView {
    view! {
        <p class="told" class:none=live.is(|seen| seen.announcements.is_empty()) aria-live="polite">
            <b>{live.text(|_, seen| seen.announcements.join("　"))}</b>
        </p>
    }
}

/// Units that have come, of all that have a stall, and phones whose records have not.
pub(super) fn arrivals(live: Live) -> impl IntoView {
    let words = live.words;
    view! {
        <p class="row arrivals">
            <span>{words.arrived()}</span>
            <strong>{live.n(|seen| figure::arrivals(seen).0)}</strong>
            <span class="of">"／"{live.n(|seen| figure::arrivals(seen).1)}" "{words.stalls()}</span>
            {bar(view! {
                <rect class="all" width=BAR.to_string() height="20"/>
                {live.piece("come", |seen| {
                    let (come, all) = figure::arrivals(seen);
                    figure::pieces([come], all)[0]
                })}
            })}
        </p>
        <p class="missing" hidden=live.is(|seen| seen.devices_missing.devices == 0)>
            <span class="sign" aria-hidden="true">"◆"</span>
            {live.text(|words, seen| words.missing(seen.devices_missing))}
        </p>
    }
}

/// How full it is, beside what is approved; there only where gates are counted.
pub(super) fn gauge(live: Live, midnight: Moment) -> impl IntoView {
    let words = live.words;
    let class = move || live.seen.with(|seen| figure::gauge(words, seen.gauge.as_ref()).0);
    let until = move || {
        live.seen
            .with(|seen| seen.gauge.map(|gauge| figure::clock(midnight, gauge.until)).unwrap_or_default())
    };
    let approved = live.text(|words, seen| match seen.gauge.and_then(|gauge| gauge.capacity) {
        Some(most) => format!("／{} {most}", words.approved()),
        None => format!("／{}", words.not_approved()),
    });
    view! {
        <div class=class hidden=live.is(|seen| seen.gauge.is_none())>
            <p class="row">
                <span>{words.inside()}</span>
                <strong>{live.n(|seen| seen.gauge.map_or(0, |gauge| gauge.inside))}</strong>
                <span class="of">{approved}</span>
                {bar(view! {
                    <rect class="all" width=BAR.to_string() height="20"/>
                    {live.piece("within", |seen| {
                        let gauge = seen.gauge.map_or((0, 0), |gauge| (gauge.inside, gauge.capacity.unwrap_or(0)));
                        figure::pieces([gauge.0.min(gauge.1)], gauge.1)[0]
                    })}
                })}
            </p>
            <p class="says-gauge">
                <b role="status" aria-live="polite">{live.text(|words, seen| figure::gauge(words, seen.gauge.as_ref()).1.to_owned())}</b>
                <span>{words.by_gates()}" "{until}</span>
            </p>
        </div>
    }
}
