//! A new Saturday: one plain form, filled in from the last one.

use kaishi_domain::market::Planned;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Section, section};
use crate::pages::series;
use crate::words::common::Common;
use crate::words::season::Series;
use crate::words::words;

words! {
    /// The form for a new Saturday.
    Plan {
        title "新建一个周六" "A new Saturday";
        day "日期" "Day";
        opens "开市" "Opens";
        closes "收市" "Closes";
        name "名称" "Name";
        theme "主题" "Theme";
        tagline "口号" "Tagline";
        weather "天气" "Weather";
        host "主办" "Host";
        organizer "承办" "Organizer";
        participants "参办" "Participants";
        zones "专区（一行一个，最多 8 个）" "Zones (one a line, at most eight)";
        ground "场地" "Ground";
        new_ground "新场地" "A new ground";
        new_ground_why "先填大小，摊位在摊位图里摆。" "Give its size; stalls are placed on the layout.";
        ground_title "场地名称" "Name of the ground";
        width "长（米）" "Width (m)";
        depth "宽（米）" "Depth (m)";
        draw_ground "先画一块场地" "Draw a ground first";
        create "建好，去摆摊位" "Create, then place the stalls";
        copy "带上什么" "Take over";
        copy_map "那一场的晴雨两张摊位图（场地相同时）" "The maps of both weathers of the last one, if the ground is the same";
        copy_roster "那一场的参市单位名单" "The roster of the last one";
        twice "这天已经有一场市集。" "The day has a market already.";
        again "还是要建在这天，就再点一次“建好，去摆摊位”。" "To make it on this day all the same, press the button again.";
        day_wrong "日期不对，请按日历选。" "The day is not a date.";
        hours_wrong "收市时间要晚于开市时间。" "It must close after it opens.";
        missing "名称、主题、主办、承办都要填。" "Name, theme, host and organizer are needed.";
        too_long "有一项写得太长了。" "One of the texts is too long.";
        ground_wrong "新场地要有名称，长和宽在 5 到 500 米之间。" "A new ground needs a name and 5 to 500 metres each way.";
    }
}

impl Plan {
    /// From which Saturday the form was filled in.
    fn filled_from(self, day: &str) -> String {
        self.0.pick(
            format!("已照 {day} 那一场填好，改日期和天气就行。"),
            format!("Filled in from {day}: change the day and the weather."),
        )
    }
}

/// What was typed about the ground.
#[derive(Clone, Debug, Default)]
pub struct GroundChoice {
    /// Id of a known ground; empty for a new one.
    pub known: String,
    /// Name of the new one.
    pub title: String,
    /// Metres.
    pub width: String,
    /// Metres.
    pub depth: String,
}

/// What is taken over from the last Saturday.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Copy {
    /// Its maps.
    pub map: bool,
    /// Its roster.
    pub roster: bool,
}

/// What speaks against the day.
#[derive(Clone, Debug)]
pub struct Warning {
    /// Why, in sentences.
    pub text: String,
    /// The address of the form for the nearest plain day off, and what it says.
    pub instead: Option<(String, String)>,
}

/// What the form shows.
#[derive(Clone, Debug)]
pub struct View {
    /// There is a last Saturday, and this of it is wanted.
    pub copy: Option<Copy>,
    /// What speaks against the day, if something does: sent again with this day it is made.
    pub warning: Option<Warning>,
    /// The warning is news to whoever sent the form.
    pub ask_again: bool,
    /// From which day on several Saturdays are offered, and how many.
    pub series: (String, String),
    /// The Saturday as typed or taken from the last one.
    pub planned: Planned,
    /// The Saturday from which it was taken, as `5月13日（星期六）`, if it was.
    pub from_last: Option<String>,
    /// The ground.
    pub choice: GroundChoice,
    /// Known grounds, id and title.
    pub grounds: Vec<(String, String)>,
    /// Why it did not work.
    pub wrong: Option<&'static str>,
}

fn field(
    id: &'static str,
    label: &'static str,
    kind: &'static str,
    value: String,
    needed: bool,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input id=id name=id type=kind value=value required=needed maxlength="120"/>
        </div>
    }
}

/// The form.
pub fn plan(desk: &Desk, view: View) -> Page {
    let lang = desk.lang;
    section(desk, Section::Season, Plan(lang).title(), move || {
        let words = Plan(lang);
        let planned = view.planned;
        let known = view.warning.is_some().then(|| planned.held_on.clone());
        let grounds = view
            .grounds
            .into_iter()
            .map(|(id, title)| {
                let chosen = id == view.choice.known;
                view! { <option value=id selected=chosen>{title}</option> }
            })
            .collect_view();
        let zones = planned.zones.lines().map(str::to_owned).chain(std::iter::repeat(String::new())).take(8);
        let zones = zones
            .enumerate()
            .map(|(at, name)| {
                let label = format!("{} {}", words.zones(), at + 1);
                view! { <input name="zone" value=name aria-label=label maxlength="120"/> }
            })
            .collect_view();
        view! {
            <h1>{words.title()}</h1>
            {view.from_last.map(|day| view! { <p class="note">{words.filled_from(&day)}</p> })}
            {view.warning.map(|warning| warned(words, warning, view.ask_again))}
            {view.wrong.map(|text| view! { <p class="complaint" role="alert">{text}</p> })}
            <form method="post" action="/o/new" class="sheet">
                {known.map(|day| view! { <input type="hidden" name="known" value=day/> })}
                <div class="row">
                    {field("held_on", words.day(), "date", planned.held_on, true)}
                    {field("opens", words.opens(), "time", planned.opens, true)}
                    {field("closes", words.closes(), "time", planned.closes, true)}
                    {field("weather", words.weather(), "text", planned.weather, false)}
                </div>
                {field("name", words.name(), "text", planned.name, true)}
                {field("theme", words.theme(), "text", planned.theme, true)}
                {field("tagline", words.tagline(), "text", planned.tagline, false)}
                <div class="row">
                    {field("host", words.host(), "text", planned.host, true)}
                    {field("organizer", words.organizer(), "text", planned.organizer, true)}
                    {field("participants", words.participants(), "text", planned.participants, false)}
                </div>
                <fieldset><legend>{words.zones()}</legend><div class="zones">{zones}</div></fieldset>
                <fieldset>
                    <legend>{words.ground()}</legend>
                    <div class="field">
                        <label for="ground">{words.ground()}</label>
                        <select id="ground" name="ground">{grounds}<option value="">{words.new_ground()}</option></select>
                    </div>
                    <p class="note">{words.new_ground_why()}" "<a href="/o/grounds/new">{words.draw_ground()}</a></p>
                    <div class="row">
                        {field("ground_title", words.ground_title(), "text", view.choice.title, false)}
                        {field("width", words.width(), "number", view.choice.width, false)}
                        {field("depth", words.depth(), "number", view.choice.depth, false)}
                    </div>
                </fieldset>
                {view.copy.map(|copy| taken_over(words, copy))}
                <p class="actions">
                    <button type="submit" class="primary">{words.create()}</button>
                    <a class="button" href="/o/">{Common(lang).back()}</a>
                </p>
            </form>
            {view.copy.is_some().then(|| view! {
                <section class="add">
                    <h2>{Series(lang).title()}</h2>
                    <p class="note">{Series(lang).why()}</p>
                    {series::ask(lang, view.series.0, view.series.1)}
                </section>
            })}
        }
    })
}

fn warned(words: Plan, warning: Warning, ask_again: bool) -> impl IntoView {
    let instead = warning.instead.map(|(href, text)| view! { " "<a href=href>{text}</a> });
    let again = ask_again.then(|| view! { " "{words.again()} });
    view! { <p class="told caution" role="status">{warning.text}{instead}{again}</p> }
}

fn taken_over(words: Plan, copy: Copy) -> impl IntoView {
    view! {
        <fieldset class="ticks">
            <legend>{words.copy()}</legend>
            <label class="tick"><input type="checkbox" name="copy_map" value="1" checked=copy.map/>{words.copy_map()}</label>
            <label class="tick"><input type="checkbox" name="copy_roster" value="1" checked=copy.roster/>{words.copy_roster()}</label>
        </fieldset>
    }
}
