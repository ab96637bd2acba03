//! A month of the season: a calendar of whole weeks; on a phone the days that have something to show, as a list.

use kaishi_domain::MarketRef;
use kaishi_domain::market::Stage;
use kaishi_domain::moment::Day;
use kaishi_domain::season::todo::Todo;
use kaishi_domain::season::{Concern, Month};
use leptos::prelude::*;

use super::season::{stage_name, views};
use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::words::Lang;
use crate::words::organizer::Season;
use crate::words::season::{Holidays, Month as Words};

/// A Saturday on the calendar.
#[derive(Clone, Debug)]
pub struct Held {
    /// Which.
    pub market: MarketRef,
    /// How far it is.
    pub stage: Stage,
    /// Its theme.
    pub theme: String,
    /// Stalls with a unit, of all stalls.
    pub filled: (i64, i64),
    /// What comes next.
    pub todo: Option<Todo>,
}

/// A day of the calendar.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Which.
    pub day: Day,
    /// What is special about it.
    pub concern: Option<Concern>,
    /// Its markets.
    pub held: Vec<Held>,
}

impl Cell {
    fn is_saturday(&self) -> bool {
        self.day.weekday() == 6
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Which month.
    pub month: Month,
    /// Today at the square.
    pub today: Day,
    /// Its weeks.
    pub weeks: Vec<[Cell; 7]>,
    /// Nobody has told which days of its year are special.
    pub untold: bool,
}

/// The page.
pub fn month(desk: &Desk, view: View) -> Page {
    let (lang, may_change, reads) = (desk.lang, desk.may_change, desk.reads_rows);
    let words = Words(lang);
    let name = words.name(view.month);
    section(desk, Section::Season, &name.clone(), move || {
        let (before, after) = (view.month.before(), view.month.after());
        let holidays = reads.then(|| {
            let href = format!("/o/holidays/{}", view.month.year());
            view! { <a class="button" href=href>{Holidays(lang).title()}</a> }
        });
        let shown = Shown { lang, may_change, month: view.month, today: view.today };
        let head = words
            .weekdays()
            .into_iter()
            .enumerate()
            .map(|(at, day)| view! { <th scope="col" class:sat=at == 5>{day}</th> })
            .collect_view();
        let weeks = view
            .weeks
            .iter()
            .map(|week| view! { <tr>{week.iter().map(|cell| shown.cell(cell)).collect_view()}</tr> })
            .collect_view();
        let of_month = view.weeks.iter().flatten().filter(|cell| view.month.holds(cell.day));
        let lines: Vec<_> =
            of_month.filter(|cell| Shown::says_something(cell)).map(|cell| shown.line(cell)).collect();
        let list = if lines.is_empty() {
            view! { <p class="note month-list">{words.none()}</p> }.into_any()
        } else {
            view! { <ul class="month-list">{lines}</ul> }.into_any()
        };
        view! {
            <div class="head month-head">
                <h1>{name}</h1>
                <nav class="turn" aria-label=words.title()>
                    <a class="button" rel="prev" href=format!("/o/month/{before}") aria-label=format!("{}：{}", words.before(), words.name(before))>"‹"</a>
                    <a class="button" href=format!("/o/month/{}", Month::of(view.today))>{words.today()}</a>
                    <a class="button" rel="next" href=format!("/o/month/{after}") aria-label=format!("{}：{}", words.after(), words.name(after))>"›"</a>
                </nav>
                <div class="doors">{views(lang, true)}{holidays}</div>
            </div>
            {(view.untold && may_change).then(|| view! { <p class="told">{words.untold()}" "<a href="/o/holidays">{words.import()}</a></p> })}
            <table class="month"><thead><tr>{head}</tr></thead><tbody>{weeks}</tbody></table>
            {list}
        }
    })
}

/// What every cell needs to know.
#[derive(Clone, Copy)]
struct Shown {
    lang: Lang,
    may_change: bool,
    month: Month,
    today: Day,
}

impl Shown {
    /// A Saturday, a market, or a day that is not what it seems.
    fn says_something(cell: &Cell) -> bool {
        cell.is_saturday() || !cell.held.is_empty() || cell.concern.is_some()
    }

    fn may_make(self, cell: &Cell) -> bool {
        self.may_change && cell.held.is_empty() && cell.is_saturday() && cell.day >= self.today
    }

    fn sign(self, concern: &Concern) -> impl IntoView + use<> {
        let words = Words(self.lang);
        let (class, short) = match concern {
            Concern::Worked(_) => ("mark worked", words.worked()),
            Concern::Holiday(_) => ("mark holiday", words.holiday()),
        };
        let long = words.concern(concern);
        view! { <span class=class><span aria-hidden="true">{short}</span><span class="hidden">{long}</span></span> }
    }

    fn make(self, cell: &Cell) -> impl IntoView + use<> {
        let words = Words(self.lang);
        self.may_make(cell).then(|| {
            let label = format!("{} {}", words.make(), self.lang.pick(cell.day.zh(), cell.day.en()));
            view! { <a class="make" href=format!("/o/new?day={}", cell.day) aria-label=label>{words.make()}</a> }
        })
    }

    fn held(self, held: &Held) -> impl IntoView + use<> {
        let words = Words(self.lang);
        let (stage, class) = stage_name(Season(self.lang), held.stage);
        let base = format!("/o/m/{}", held.market);
        let todo = held.todo.map(|todo| {
            view! { <a class="todo" href=format!("{base}/{}", todo.path())>{words.todo(todo)}</a> }
        });
        let filled = format!("{}／{}", held.filled.0, held.filled.1);
        view! {
            <div class="held">
                <p><span class=format!("chip {class}")>{stage}</span>" "<span class="filled">{filled}" "{words.stalls()}</span></p>
                <a class="theme" href=base.clone()>{held.theme.clone()}</a>
                {todo}
            </div>
        }
    }

    fn cell(self, cell: &Cell) -> impl IntoView + use<> {
        let outside = !self.month.holds(cell.day);
        let number = cell.day.month_day().1;
        let current = (cell.day == self.today).then_some("date");
        let date = self.lang.pick(cell.day.zh(), cell.day.en());
        view! {
            <td class:sat=cell.is_saturday() class:outside=outside aria-current=current>
                <p class="date"><time datetime=cell.day.to_string() aria-label=date>{number}</time>{cell.concern.as_ref().map(|concern| self.sign(concern))}</p>
                {cell.held.iter().map(|held| self.held(held)).collect_view()}
                {self.make(cell)}
            </td>
        }
    }

    fn line(self, cell: &Cell) -> impl IntoView + use<> {
        let words = Words(self.lang);
        let weekday = self.lang.pick(cell.day.weekday_zh().to_owned(), cell.day.weekday_en());
        let date =
            self.lang.pick(format!("{} {weekday}", cell.day.zh()), format!("{}, {weekday}", cell.day.en()));
        let why = cell.concern.as_ref().map(|concern| {
            let text = words.concern(concern);
            view! { <span class="warn">{text}</span> }
        });
        let current = (cell.day == self.today).then_some("date");
        view! {
            <li aria-current=current>
                <p class="date"><b>{date}</b>{why}</p>
                {cell.held.iter().map(|held| self.held(held)).collect_view()}
                {self.make(cell)}
            </li>
        }
    }
}
