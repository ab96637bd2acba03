//! The organizer's page of what stalls have besides their tap: queues, the quiz, the stamp card.

use kaishi_domain::poster::Sign;
use kaishi_domain::queue::Queue;
use kaishi_domain::reward::Cause;
use kaishi_domain::{MarketRef, StallId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::queue::Visit as Words;
use crate::words::quiz::Bank;

/// What was typed for a queue.
#[derive(Clone, Debug)]
pub struct Typed {
    /// The stall's id.
    pub stall: String,
    /// Served at once.
    pub capacity: String,
    /// Minutes each.
    pub minutes: String,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

impl Default for Typed {
    fn default() -> Self {
        Self { stall: String::new(), capacity: "1".into(), minutes: String::new(), wrong: None }
    }
}

/// A reward as it stands in its form.
#[derive(Clone, Debug)]
pub struct Given {
    /// For what.
    pub cause: Cause,
    /// The stall's id.
    pub stall: String,
    /// Questions or stamps.
    pub needs: String,
    /// What is given.
    pub prize: String,
    /// How many.
    pub most: String,
    /// It is switched on.
    pub on: bool,
    /// Given, of how many, redeemed; `None` while there was none.
    pub figures: Option<(i64, i64, i64)>,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// The stalls.
    pub signs: Vec<Sign>,
    /// The queues that are switched on.
    pub queues: Vec<Queue>,
    /// The form of another queue.
    pub typed: Typed,
    /// The rewards for answers and for stamps.
    pub rewards: Vec<Given>,
}

impl View {
    /// `12 急救课堂`
    fn stall(&self, id: StallId) -> String {
        let sign = self.signs.iter().find(|sign| sign.stall == id);
        sign.map(|sign| format!("{} {}", sign.no, sign.name)).unwrap_or_default()
    }

    fn base(&self) -> String {
        format!("/o/m/{}/visit", self.market)
    }
}

/// The page.
pub fn visit(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Live, None, move || {
        let words = Words(lang);
        view! {
            <div class="roster visit labelled">
                <div class="head"><h1>{words.title()}</h1></div>
                <p class="note">{words.why()}</p>
                {queues(lang, may_change, &view)}
                {view.rewards.iter().map(|given| reward(lang, may_change, &view, given)).collect_view()}
            </div>
        }
    })
}

fn queues(lang: Lang, may_change: bool, view: &View) -> impl IntoView + use<> {
    let words = Words(lang);
    let none = view.queues.is_empty().then(|| view! { <p class="note">{words.none()}</p> });
    let rows = view.queues.iter().map(|queue| row(lang, may_change, view, queue)).collect_view();
    let table = (!view.queues.is_empty()).then(|| {
        view! {
            <table class="season units entries">
                <thead><tr>
                    <th scope="col">{words.stall()}</th>
                    <th scope="col">{words.standing()}</th>
                    <th scope="col">{words.capacity()}</th>
                    <th scope="col">{words.minutes()}</th>
                    <th scope="col">{words.away()}</th>
                    {may_change.then(|| view! { <th scope="col"><span class="hidden">{words.off()}</span></th> })}
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    });
    view! {
        <section>
            <h2>{words.queues()}</h2>
            <p class="note">{words.queues_why()}</p>
            {none}
            {table}
            {may_change.then(|| add(words, view))}
        </section>
    }
}

fn row(lang: Lang, may_change: bool, view: &View, queue: &Queue) -> impl IntoView + use<> {
    let words = Words(lang);
    let off = may_change.then(|| {
        let action = format!("{}/queue/off", view.base());
        view! {
            <td>
                <form method="post" action=action class="quiet">
                    <input type="hidden" name="stall" value=queue.stall.to_string()/>
                    <button type="submit" class="small">{words.off()}</button>
                </form>
            </td>
        }
    });
    let minutes = queue.terms.minutes.map_or_else(|| "—".to_owned(), |minutes| minutes.to_string());
    view! {
        <tr>
            <th scope="row">{view.stall(queue.stall)}</th>
            <td><span class="chip">{words.state(queue.standing)}</span></td>
            <td data-label=words.capacity()>{queue.terms.capacity}</td>
            <td data-label=words.minutes()>{minutes}</td>
            <td data-label=words.away()>{queue.turned_away}</td>
            {off}
        </tr>
    }
}

/// The choice of a stall, for every form of this page.
fn stalls(view: &View, id: &'static str, label: &'static str, chosen: &str) -> impl IntoView + use<> {
    let options = view
        .signs
        .iter()
        .filter(|sign| !sign.withdrawn)
        .map(|sign| {
            let (value, text) = (sign.stall.to_string(), format!("{} {}", sign.no, sign.name));
            let selected = value == chosen;
            view! { <option value=value selected=selected>{text}</option> }
        })
        .collect_view();
    view! { <div><label for=id>{label}</label><select id=id name="stall">{options}</select></div> }
}

/// A figure to type.
fn figure(
    id: &'static str,
    name: &'static str,
    label: &'static str,
    value: &str,
    hint: &'static str,
) -> impl IntoView + use<> {
    let value = value.to_owned();
    view! { <div><label for=id>{label}</label><input id=id name=name value=value inputmode="numeric" placeholder=hint/></div> }
}

fn add(words: Words, view: &View) -> impl IntoView + use<> {
    let typed = &view.typed;
    let wrong = typed.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    view! {
        <form method="post" action=format!("{}/queue", view.base()) class="finder">
            {wrong}
            {stalls(view, "queue-stall", words.stall(), &typed.stall)}
            {figure("capacity", "capacity", words.capacity(), &typed.capacity, "")}
            {figure("minutes", "minutes", words.minutes(), &typed.minutes, words.minutes_hint())}
            <div class="verbs"><button type="submit">{words.on()}</button></div>
        </form>
    }
}

fn reward(lang: Lang, may_change: bool, view: &View, given: &Given) -> impl IntoView + use<> {
    let words = Bank(lang);
    let (title, needs, ids) = match given.cause {
        Cause::Quiz => {
            (words.quiz(), words.quiz_needs(), ["quiz-stall", "quiz-needs", "quiz-most", "quiz-prize"])
        }
        Cause::Stamps => (
            words.stamps(),
            words.stamps_needs(),
            ["stamp-stall", "stamp-needs", "stamp-most", "stamp-prize"],
        ),
    };
    let standing = if given.on { words.is_on() } else { words.is_off() };
    let figures = given
        .figures
        .map(|(n, most, redeemed)| view! { <p class="note">{words.given(n, most, redeemed)}</p> });
    let bank = (given.cause == Cause::Quiz).then(|| view! { <p><a href="/o/quiz">{words.title()}</a></p> });
    let form = may_change.then(|| {
        let wrong = given.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let (label, value) = if given.on { (words.off(), "off") } else { (words.on(), "on") };
        view! {
            <form method="post" action=format!("{}/reward", view.base()) class="finder">
                {wrong}
                <input type="hidden" name="cause" value=given.cause.code()/>
                {stalls(view, ids[0], Words(lang).stall(), &given.stall)}
                {figure(ids[1], "needs", needs, &given.needs, "")}
                {figure(ids[2], "most", words.most(), &given.most, "")}
                <div><label for=ids[3]>{words.prize()}</label><input id=ids[3] name="prize" value=given.prize.clone() maxlength="20"/></div>
                <div class="verbs"><button type="submit" name="turn" value=value>{label}</button></div>
            </form>
        }
    });
    view! {
        <section>
            <h2>{title}" "<span class="chip" class:on=given.on>{standing}</span></h2>
            {figures}
            {bank}
            {form}
        </section>
    }
}
