//! The roster of one Saturday: who comes, with what, and what their stall must have. Plain forms, no script.

use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::market::Zone;
use kaishi_domain::moment::Day;
use kaishi_domain::unit::{Unit, gate_entry};
use kaishi_domain::{EntryId, MarketRef, UnitId};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::entry::Roster as Words;
use crate::words::unit::Units;
use crate::words::vetting::Vetting;

/// What somebody typed, shown again when it was not right.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// What stands on the sign.
    pub name: String,
    /// The unit's id; empty while it is to be found.
    pub unit: String,
    /// The zone's letter; empty for any.
    pub zone: String,
    /// Code of the way in.
    pub way: String,
    /// Services, parted by 、.
    pub services: String,
    /// Stall numbers, parted by 、.
    pub wishes: String,
    /// Watts.
    pub power: String,
    /// Metres.
    pub width: String,
    /// People.
    pub waiting: String,
    /// People over the day.
    pub visitors: String,
    /// The demands that are either there or not.
    pub flags: Needs,
    /// What is wrong.
    pub wrong: Option<&'static str>,
}

impl Typed {
    /// An entry as it stands in the form.
    pub fn of(entry: &Entry) -> Self {
        let figure = |value: i64| if value == 0 { String::new() } else { value.to_string() };
        let needs = &entry.needs;
        let width = format!("{}.{:02}", needs.width_cm / 100, needs.width_cm % 100);
        Self {
            name: entry.name.clone(),
            unit: entry.unit.map(|id| id.to_string()).unwrap_or_default(),
            zone: entry.zone.clone(),
            way: entry.way.code().to_owned(),
            services: entry.services.join("、"),
            wishes: entry.wishes.join("、"),
            power: figure(needs.power_w),
            width: if needs.width_cm == 0 { String::new() } else { width },
            waiting: figure(needs.waiting),
            visitors: figure(needs.visitors),
            flags: needs.clone(),
            wrong: None,
        }
    }
}

/// What both pages need to know.
#[derive(Clone, Debug)]
pub struct View {
    /// The Saturday.
    pub market: MarketRef,
    /// Its slogan zones.
    pub zones: Vec<Zone>,
    /// The register.
    pub units: Vec<Unit>,
    /// Who came in by the call, and whether it has said since that it comes.
    pub said: Vec<(EntryId, bool)>,
    /// The day on which papers must be good.
    pub day: Option<Day>,
    /// The form.
    pub typed: Typed,
}

impl View {
    fn base(&self) -> String {
        format!("/o/m/{}/entries", self.market)
    }

    /// What keeps an entry from its services or from the market, each in one sentence.
    fn warnings(&self, lang: Lang, entry: &Entry) -> Vec<String> {
        let unit = self.units.iter().find(|unit| Some(unit.id) == entry.unit);
        let out = unit.is_some_and(|unit| !unit.may_enter()).then(|| Vetting(lang).stays_out().to_owned());
        let lacks = self.day.map(|day| gate_entry(entry, &self.units, day)).unwrap_or_default();
        out.into_iter().chain(lacks.iter().map(|lack| Units(lang).lack(lack))).collect()
    }
}

/// The list, each with the number of its stall, and a form below for those who may add.
pub fn roster(desk: &Desk, rail: &Rail, view: View, entries: Vec<(Entry, Option<String>)>) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Board, None, move || {
        let words = Words(lang);
        let count = entries.len();
        let rows = entries
            .into_iter()
            .map(|(entry, stall)| row(lang, may_change, &view, entry, stall))
            .collect_view();
        let table = (count > 0).then(|| {
            view! {
                <table class="season units entries">
                    <thead>
                        <tr>
                            <th scope="col">{words.sign()}</th>
                            <th scope="col">{words.unit()}</th>
                            <th scope="col">{words.zone()}</th>
                            <th scope="col">{words.way()}</th>
                            <th scope="col">{words.needs()}</th>
                            <th scope="col">{words.stall()}</th>
                            {may_change.then(|| view! { <th scope="col"><span class="hidden">{words.edit()}</span></th> })}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        });
        let board = format!("/o/m/{}/board", view.market);
        let add = may_change.then(|| {
            view! {
                <section class="add">
                    <h2>{words.add()}</h2>
                    {form(lang, view.base(), &view, words.add())}
                </section>
            }
        });
        view! {
            <div class="roster">
                <div class="head">
                    <h1>{words.title()}</h1>
                    <span class="chip">{count}</span>
                    <a class="button" href=board>{words.to_board()}</a>
                </div>
                <p class="note">{words.why()}</p>
                {(count == 0).then(|| view! { <p class="note">{words.none()}</p> })}
                {table}
                {add}
            </div>
        }
    })
}

fn row(
    lang: Lang,
    may_change: bool,
    view: &View,
    entry: Entry,
    stall: Option<String>,
) -> impl IntoView + use<> {
    let words = Words(lang);
    let href = format!("{}/{}", view.base(), entry.id);
    let label = format!("{} {}", words.edit(), entry.name);
    let warnings = view.warnings(lang, &entry);
    let unit = if entry.unit_name.is_empty() { words.unit_open().to_owned() } else { entry.unit_name };
    let zone = if entry.zone.is_empty() { words.zone_any().to_owned() } else { entry.zone };
    let demands = words.demands(&entry.needs);
    let services = entry.services.join(lang.pick("、", ", "));
    let warnings = warnings.into_iter().map(|text| view! { <span class="warn">{text}</span> }).collect_view();
    let stall = stall.map_or_else(
        || view! { <span class="chip">{words.not_yet()}</span> }.into_any(),
        |no| view! { <strong>{no}</strong> }.into_any(),
    );
    let said = view.said.iter().find(|(id, _)| *id == entry.id).map(|(_, said)| *said);
    let confirm = said.map(|said| {
        let asks = (!said && may_change).then(|| {
            let action = format!("{href}/confirm");
            view! { <form method="post" action=action><button type="submit" class="small">{words.by_phone()}</button></form> }
        });
        let state = if said { words.confirmed() } else { words.unconfirmed() };
        view! { <span class="chip">{state}</span> {asks} }
    });
    view! {
        <tr>
            <th scope="row">{entry.name}<span class="what">{services}</span>{warnings}</th>
            <td>{unit}</td>
            <td><span class="lead">{words.zone()}</span>{zone}</td>
            <td><span class="chip">{words.way_name(entry.way)}</span> {confirm}</td>
            <td>{demands}</td>
            <td><span class="lead">{words.stall()}</span>{stall}</td>
            {may_change.then(|| view! { <td class="edit"><a href=href aria-label=label>{words.edit()}</a></td> })}
        </tr>
    }
}

/// The page on which one entry is corrected or withdrawn.
pub fn edit(desk: &Desk, rail: &Rail, view: View, entry: &Entry) -> Page {
    let lang = desk.lang;
    let (name, action) = (entry.name.clone(), format!("{}/{}", view.base(), entry.id));
    let warnings = view.warnings(lang, entry);
    step(desk, rail, Step::Board, None, move || {
        let words = Words(lang);
        let withdraw = format!("{action}/withdraw");
        view! {
            <div class="roster">
                <p><a href=view.base()>{words.back()}</a></p>
                <div class="head"><h1>{name}</h1></div>
                {warnings.into_iter().map(|text| view! { <p class="warn">{text}</p> }).collect_view()}
                {form(lang, action, &view, words.save())}
                <section class="add">
                    <form method="post" action=withdraw>
                        <button type="submit">{words.withdraw()}</button>
                        <p class="note">{words.withdraw_why()}</p>
                    </form>
                </section>
            </div>
        }
    })
}

fn option(value: String, name: String, chosen: &str) -> impl IntoView + use<> {
    let selected = value == chosen;
    view! { <option value=value selected=selected>{name}</option> }
}

fn form(lang: Lang, action: String, view: &View, submit: &'static str) -> impl IntoView + use<> {
    let (words, typed) = (Words(lang), view.typed.clone());
    let units = view
        .units
        .iter()
        .filter(|unit| unit.may_enter() || unit.id.to_string() == typed.unit)
        .map(|unit| option(unit.id.to_string(), unit.name.clone(), &typed.unit))
        .collect_view();
    let zone =
        |zone: &Zone| option(zone.letter.clone(), format!("{} {}", zone.letter, zone.name), &typed.zone);
    let zones = view.zones.iter().map(zone).collect_view();
    let way = |way: Way| option(way.code().to_owned(), words.way_name(way).to_owned(), &typed.way);
    let ways = [Way::Take, Way::Bid, Way::Offer].into_iter().map(way).collect_view();
    let wrong = typed.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
    let check = |name: &'static str, label: &'static str, on: bool| {
        view! { <label class="check"><input type="checkbox" name=name value="yes" checked=on/>{label}</label> }
    };
    let flags = &typed.flags;
    view! {
        <form method="post" action=action class="unit-form">
            {wrong}
            <label for="entry-name">{words.sign()}</label>
            <input id="entry-name" name="name" value=typed.name required maxlength="40" autocomplete="off" aria-describedby="entry-name-why"/>
            <p class="note" id="entry-name-why">{words.sign_why()}</p>
            <label for="entry-unit">{words.unit()}</label>
            <select id="entry-unit" name="unit"><option value="">{words.unit_open()}</option>{units}</select>
            <label for="entry-services">{words.services()}</label>
            <input id="entry-services" name="services" value=typed.services maxlength="900" autocomplete="off" aria-describedby="entry-services-why"/>
            <p class="note" id="entry-services-why">{words.services_why()}</p>
            <div class="pair">
                <div><label for="entry-zone">{words.zone()}</label><select id="entry-zone" name="zone"><option value="">{words.zone_any()}</option>{zones}</select></div>
                <div><label for="entry-way">{words.way()}</label><select id="entry-way" name="way">{ways}</select></div>
            </div>
            <label for="entry-wishes">{words.wishes()}</label>
            <input id="entry-wishes" name="wishes" value=typed.wishes maxlength="200" autocomplete="off" aria-describedby="entry-wishes-why"/>
            <p class="note" id="entry-wishes-why">{words.wishes_why()}</p>
            <fieldset>
                <legend>{words.needs()}</legend>
                <div class="pair">
                    <div><label for="entry-power">{words.power()}</label><input id="entry-power" name="power" value=typed.power inputmode="numeric" maxlength="6" autocomplete="off"/></div>
                    <div><label for="entry-width">{words.width()}</label><input id="entry-width" name="width" value=typed.width inputmode="decimal" maxlength="6" autocomplete="off"/></div>
                    <div><label for="entry-visitors">{words.visitors()}</label><input id="entry-visitors" name="visitors" value=typed.visitors inputmode="numeric" maxlength="6" autocomplete="off" aria-describedby="entry-visitors-why"/></div>
                    <div><label for="entry-waiting">{words.waiting()}</label><input id="entry-waiting" name="waiting" value=typed.waiting inputmode="numeric" maxlength="4" autocomplete="off"/></div>
                </div>
                <p class="note" id="entry-visitors-why">{words.visitors_why()}</p>
                <div class="checks">
                    {check("water", words.water(), flags.water)}
                    {check("shelter", words.shelter(), flags.shelter)}
                    {check("quiet", words.quiet(), flags.quiet)}
                    {check("loud", words.loud(), flags.loud)}
                    {check("queue", words.queue(), flags.queue)}
                    {check("step_free", words.step_free(), flags.step_free)}
                </div>
            </fieldset>
            <button type="submit" class="primary">{submit}</button>
        </form>
    }
}

/// The unit that a form names, if it names one.
pub fn unit_of(typed: &str) -> Option<Option<UnitId>> {
    if typed.is_empty() { Some(None) } else { typed.parse().ok().map(Some) }
}
