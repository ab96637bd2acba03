//! The rail of a Saturday: its steps in order, how far each is, and one line of why.

use kaishi_domain::market::Market;
use leptos::prelude::*;

use crate::words::Lang;
use crate::words::organizer::Frame;

/// The steps of a Saturday, in order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// 摊位图
    Layout,
    /// 揭榜
    Call,
    /// 排摊
    Board,
    /// 海报
    Posters,
    /// 开市前
    Preflight,
    /// 现场
    Live,
    /// 诉求
    Appeals,
    /// 简报
    Bulletin,
}

impl Step {
    /// Every step, in the order of the rail.
    pub const ALL: [Self; 8] = [
        Self::Layout,
        Self::Call,
        Self::Board,
        Self::Posters,
        Self::Preflight,
        Self::Live,
        Self::Appeals,
        Self::Bulletin,
    ];

    /// Its last part of the path.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Call => "call",
            Self::Board => "board",
            Self::Posters => "posters",
            Self::Preflight => "preflight",
            Self::Live => "live",
            Self::Appeals => "appeals",
            Self::Bulletin => "bulletin",
        }
    }

    pub(super) const fn name(self, words: Frame) -> &'static str {
        match self {
            Self::Layout => words.layout(),
            Self::Call => words.call(),
            Self::Board => words.board(),
            Self::Posters => words.posters(),
            Self::Preflight => words.preflight(),
            Self::Live => words.live(),
            Self::Appeals => words.appeals(),
            Self::Bulletin => words.bulletin(),
        }
    }
}

/// How far a step is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Finished.
    Done,
    /// Begun.
    Partial,
    /// Cannot go on before something is solved.
    Blocked,
    /// Not yet.
    Later,
}

impl Progress {
    const fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Partial => "partial",
            Self::Blocked => "blocked",
            Self::Later => "later",
        }
    }

    const fn name(self, words: Frame) -> &'static str {
        match self {
            Self::Done => words.done(),
            Self::Partial => words.partial(),
            Self::Blocked => words.blocked(),
            Self::Later => words.later(),
        }
    }
}

/// A step of the rail with one line of why.
#[derive(Clone, Debug)]
pub struct RailStep {
    /// Which.
    pub step: Step,
    /// How far.
    pub progress: Progress,
    /// `12／12 已定`
    pub why: String,
}

/// The rail of one Saturday.
#[derive(Clone, Debug)]
pub struct Rail {
    /// The Saturday.
    pub market: Market,
    /// `5月13日（星期六）`
    pub day: String,
    /// Its steps, as far as they are open to whoever looks.
    pub steps: Vec<RailStep>,
    /// The last parts of the paths of what stands beside them and is closed to whoever looks.
    pub closed: Vec<&'static str>,
}

impl RailStep {
    /// What stands beside a step: the last part of its path.
    pub const fn twins(step: Step) -> &'static [&'static str] {
        match step {
            Step::Layout => &["rain"],
            Step::Board => &["entries"],
            Step::Preflight => &["cells"],
            Step::Live => &["incidents", "visit"],
            _ => &[],
        }
    }
}

pub(super) fn rail_view(lang: Lang, rail: &Rail, current: Step) -> impl IntoView + use<> {
    let words = Frame(lang);
    let reference = kaishi_domain::MarketRef { org: rail.market.org, market: rail.market.id };
    let steps = rail
        .steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let href = format!("/o/m/{reference}/{}", step.step.path());
            let class = step.progress.class();
            let disc = match step.progress {
                Progress::Done => "✓".to_owned(),
                Progress::Blocked => "!".to_owned(),
                _ => (at + 1).to_string(),
            };
            let (name, state, why) = (step.step.name(words), step.progress.name(words), step.why.clone());
            let mark = (step.step == current).then_some("step");
            let open = |path: &&&str| !rail.closed.contains(*path);
            let twins = RailStep::twins(step.step).iter().filter(open).map(|path| {
                let name = match *path {
                    "rain" => words.rain(),
                    "entries" => words.entries(),
                    "cells" => words.cells(),
                    "incidents" => words.incidents(),
                    _ => words.visit(),
                };
                let href = format!("/o/m/{reference}/{path}");
                view! { <a class="twin" href=href>{name}</a> }
            });
            let twins = twins.collect_view();
            view! {
                <li class=class>
                    <a href=href aria-current=mark>
                        <span class="disc" aria-hidden="true">{disc}</span>
                        <span class="name">{name}<span class="hidden">{format!("（{state}）")}</span></span>
                        <span class="why">{why}</span>
                    </a>
                    {twins}
                </li>
            }
        })
        .collect_view();
    let theme = rail.market.theme.clone();
    view! {
        <nav class="rail" aria-label=words.rail()>
            <ol>{steps}</ol>
            <p class="theme">{theme}</p>
        </nav>
    }
}
