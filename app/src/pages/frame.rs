//! The frame round every organizer page: the bar on top, the rail of a Saturday's steps at the left.

mod rail;

use leptos::prelude::*;

use crate::document::{Family, Head, Manner, Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::organizer::{Door, Frame};
use rail::rail_view;
pub use rail::{Progress, Rail, RailStep, Step};

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
    /// May open drafts, single rows and words.
    pub reads_rows: bool,
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
