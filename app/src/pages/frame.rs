//! The frame round every organizer page: the bar on top, the rail of a Saturday's steps at the left.

use kaishi_domain::market::Market;
use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::organizer::{Door, Frame};

/// Who looks and in which language.
#[derive(Clone, Debug)]
pub struct Desk {
    /// The browser half.
    pub site: Site,
    /// Language.
    pub lang: Lang,
    /// `福中社区党委`
    pub organization: String,
    /// The name that whoever looks signs in with.
    pub login: String,
    /// The parts of the product that are open to it.
    pub tabs: Vec<Section>,
    /// May change things, not only look.
    pub may_change: bool,
    /// Has the square in hand: publishes maps, switches to rain.
    pub conducts: bool,
    /// Signs bulletins, and lets in what needs a second pair of eyes.
    pub signs: bool,
}

/// The part of the product that the bar on top marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// The Saturdays.
    Season,
    /// The register of units.
    Units,
    /// The places in metres.
    Grounds,
    /// The organizations below.
    Street,
    /// Who works here, and what was done.
    People,
    /// The organizations of the server.
    Platform,
    /// One's own account.
    Own,
}

impl Section {
    const fn path(self) -> &'static str {
        match self {
            Self::Season => "/o/",
            Self::Units => "/o/units",
            Self::Grounds => "/o/grounds",
            Self::Street => "/o/street",
            Self::People => "/o/people",
            Self::Platform => "/o/platform",
            Self::Own => "/o/self",
        }
    }

    const fn name(self, words: Frame) -> &'static str {
        match self {
            Self::Season => words.season(),
            Self::Units => words.units(),
            Self::Grounds => words.grounds(),
            Self::Street => words.street(),
            Self::People => words.people(),
            Self::Platform => words.platform(),
            Self::Own => words.own(),
        }
    }
}

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

    const fn name(self, words: Frame) -> &'static str {
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

/// A page of a section, without a rail.
pub fn section<V: IntoView + 'static>(
    desk: &Desk,
    section: Section,
    title: &str,
    body: impl FnOnce() -> V,
) -> Page {
    let head = organizer_head(desk, title, None);
    document(&desk.site, &head, || {
        view! { {bar(desk, Some(section), None)} <main id="main" class="section">{body()}</main> }
    })
}

/// A page of a section that is one workshop: an island that fills the window.
pub fn workshop<V: IntoView + 'static>(
    desk: &Desk,
    section: Section,
    title: &str,
    islands: Family,
    body: impl FnOnce() -> V,
) -> Page {
    let head = organizer_head(desk, title, Some(islands));
    document(&desk.site, &head, || {
        view! { {bar(desk, Some(section), None)} <main id="main" class="workshop">{body()}</main> }
    })
}

/// A page of one Saturday, beside its rail. `islands` are those that it has.
pub fn step<V: IntoView + 'static>(
    desk: &Desk,
    rail: &Rail,
    current: Step,
    islands: Option<Family>,
    body: impl FnOnce() -> V,
) -> Page {
    let title = format!("{} · {}", current.name(Frame(desk.lang)), rail.day);
    let head = organizer_head(desk, &title, islands);
    document(&desk.site, &head, || {
        view! {
            {bar(desk, None, Some(rail))}
            <div class="saturday">
                {rail_view(desk.lang, rail, current)}
                <main id="main" class=format!("step step-{}", current.path())>{body()}</main>
            </div>
        }
    })
}

fn organizer_head(desk: &Desk, title: &str, islands: Option<Family>) -> Head {
    Head {
        lang: desk.lang,
        title: format!("{title} · {}", Common(desk.lang).product()),
        manner: Manner::Organizer,
        islands,
        class: "organizer",
    }
}

fn bar(desk: &Desk, current: Option<Section>, rail: Option<&Rail>) -> impl IntoView + use<> {
    let (common, words, door) = (Common(desk.lang), Frame(desk.lang), Door(desk.lang));
    let other = desk.lang.pick("en", "zh");
    let trail = rail.map(|rail| {
        let day = rail.day.clone();
        view! { <span class="slash" aria-hidden="true">"／"</span><strong class="day">{day}</strong> }
    });
    let tab = move |this: Section| {
        let mark = (current == Some(this)).then_some("page");
        view! { <a href=this.path() aria-current=mark>{this.name(words)}</a> }
    };
    let organization = desk.organization.clone();
    let tabs = desk.tabs.clone();
    let sections = current.is_some().then(|| {
        view! { <nav class="sections">{tabs.into_iter().map(tab).collect_view()}</nav> }
    });
    let (login, own) = (desk.login.clone(), (current == Some(Section::Own)).then_some("page"));
    view! {
        <a class="skip" href="#main">{words.skip()}</a>
        <header class="bar">
            <a class="brand" href="/o/">
                <span class="seal" aria-hidden="true">{common.seal()}</span>
                <span class="organization">{organization}</span>
            </a>
            {trail}
            {sections}
            <span class="gap"></span>
            <form method="post" action="/lang" class="quiet">
                <input type="hidden" name="lang" value=other/>
                <button type="submit" class="plain" lang=desk.lang.pick("en", "zh-CN")>{common.other_language()}</button>
            </form>
            <a class="own" href=Section::Own.path() aria-current=own title=words.own()>{login}</a>
            <form method="post" action="/logout" class="quiet">
                <button type="submit" class="plain">{door.sign_out()}</button>
            </form>
        </header>
    }
}

fn rail_view(lang: Lang, rail: &Rail, current: Step) -> impl IntoView + use<> {
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
