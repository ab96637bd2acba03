//! Posters: the organizer's list of them, and the sheets themselves, one A4 a stall.

use kaishi_domain::MarketRef;
use kaishi_domain::poster::Sign;
use leptos::prelude::*;

use crate::document::{Head, Manner, Page, document};
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::{Icon, icon};
use crate::state::Site;
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::pack::Pack;
use crate::words::poster::{Printed, Prints};
use crate::words::rain::Rain;
use crate::words::resident::Resident;

/// One poster as the list and the sheet show it.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Its id, for the forms.
    pub poster: String,
    /// 第几版
    pub revision: i64,
    /// `0513-02-K7QM`
    pub number: String,
    /// Path of the page that the code opens.
    pub opens: String,
    /// The code's dark modules as an SVG path, in modules, quiet zone included.
    pub code: String,
    /// Modules on a side, quiet zone included.
    pub width: usize,
}

/// A stall, with its poster if it has one.
#[derive(Clone, Debug)]
pub struct Row {
    /// The stall's sign.
    pub sign: Sign,
    /// Name of its slogan zone.
    pub zone_name: String,
    /// Its poster.
    pub sheet: Option<Sheet>,
}

/// What stands on every sheet of a market.
#[derive(Clone, Debug)]
pub struct Brand {
    /// `福中社区 党员服务市集`
    pub title: String,
    /// `党群开市“服”满园，不拘一“格”应民声`
    pub theme: String,
    /// `5月13日`
    pub day: String,
    /// `星期六`
    pub weekday: String,
    /// 主办
    pub host: String,
    /// 承办
    pub organizer: String,
    /// `ks.example.cn`: the only genuine host.
    pub domain: String,
    /// `5月12日`, when it is printed.
    pub printed: String,
    /// It hangs there every Saturday.
    pub standing: bool,
}

/// A standing poster as the list shows it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its id, for the form.
    pub poster: String,
    /// The number of its place.
    pub no: String,
    /// `02-K7QM`
    pub number: String,
    /// Path of the page that the code opens.
    pub opens: String,
}

/// The organizer's list of posters.
pub fn list(desk: &Desk, rail: &Rail, market: MarketRef, rows: Vec<Row>, places: Vec<Place>) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Posters, None, move || {
        let words = Prints(lang);
        let base = format!("/o/m/{market}/posters");
        let (any, lacking) = (
            rows.iter().any(|row| row.sheet.is_some()),
            rows.iter().any(|row| row.sheet.is_none() && !row.sign.withdrawn),
        );
        let none = rows.is_empty();
        let lines = rows.into_iter().map(|row| line(lang, &base, may_change, row)).collect_view();
        let (print, pack) = (format!("{base}/print"), format!("/o/m/{market}/pack"));
        view! {
            <div class="head">
                <h1>{words.title()}</h1>
                <span class="verbs">
                    <a class="button primary" href=pack>{icon(Icon::Print)}" "{Pack(lang).title()}</a>
                    {any.then(|| view! { <a class="button" href=print>{words.preview()}</a> })}
                </span>
            </div>
            <p class="note">{words.why()}</p>
            {none.then(|| view! { <p>{words.none()}</p> })}
            {(lacking && may_change).then(|| view! {
                <form method="post" action=base.clone() class="quiet">
                    <p>{words.make_why()}" "<button type="submit">{words.make()}</button></p>
                </form>
            })}
            {(!none).then(|| view! {
                <table class="season posters">
                    <thead><tr>
                        <th scope="col">{Common(lang).stall()}</th>
                        <th scope="col">{words.check()}</th>
                        <th scope="col">{words.revision()}</th>
                        <td></td>
                    </tr></thead>
                    <tbody>{lines}</tbody>
                </table>
            })}
            {(!none).then(|| standing(lang, &base, may_change, places))}
        }
    })
}

/// Codes that are printed once for a place: they open whoever stands there on the day.
fn standing(lang: Lang, base: &str, may_change: bool, places: Vec<Place>) -> impl IntoView + use<> {
    let words = Prints(lang);
    let (make, revoke) = (format!("{base}/standing"), format!("{base}/standing/revoke"));
    let print = (!places.is_empty()).then(|| {
        let href = format!("{base}/standing/print");
        view! { <a class="button" href=href>{icon(Icon::Print)}" "{words.preview()}</a> }
    });
    let rows = places
        .into_iter()
        .map(|place| {
            let form = may_change.then(|| {
                view! {
                    <form method="post" action=revoke.clone() class="quiet">
                        <input type="hidden" name="poster" value=place.poster/>
                        <button type="submit" class="small">{words.revoke()}</button>
                    </form>
                }
            });
            view! {
                <tr>
                    <th scope="row"><span class="no">{place.no}</span></th>
                    <td><code>{place.number}</code></td>
                    <td><span class="verbs"><a href=place.opens>{words.open()}</a>{form}</span></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="hanging" aria-labelledby="standing">
            <div class="head"><h2 id="standing">{words.standing()}</h2>{print}</div>
            <p class="note">{words.standing_why()}</p>
            <table class="season posters"><tbody>{rows}</tbody></table>
            {may_change.then(|| view! {
                <form method="post" action=make><button type="submit">{words.standing_make()}</button></form>
            })}
        </section>
    }
}

fn line(lang: Lang, base: &str, may_change: bool, row: Row) -> impl IntoView + use<> {
    let words = Prints(lang);
    let no = row.sign.no;
    let (number, revision, verbs) = match row.sheet {
        None => (words.no_poster().to_owned(), String::new(), None),
        Some(sheet) => {
            let (print, picture) = (format!("{base}/print?no={no}"), format!("{base}/{no}.png"));
            let (opens, poster) = (sheet.opens, sheet.poster);
            let form = |verb: &str, label, why: &'static str| {
                view! {
                    <form method="post" action=format!("{base}/{verb}") class="quiet">
                        <input type="hidden" name="poster" value=poster.clone()/>
                        <button type="submit" class="small" title=why>{label}</button>
                    </form>
                }
            };
            let forms = may_change.then(|| {
                view! {
                    {form("rotate", words.rotate(), words.rotate_why())}
                    {form("revoke", words.revoke(), words.revoked_why())}
                }
            });
            let links = view! {
                <span class="verbs">
                    <a href=print>{words.preview()}</a>
                    <a href=picture>{words.picture()}</a>
                    <a href=opens>{words.open()}</a>
                    {forms}
                </span>
            };
            (sheet.number, sheet.revision.to_string(), Some(links))
        }
    };
    view! {
        <tr>
            <th scope="row"><span class="no">{no}</span>" "{row.sign.name}</th>
            <td><code>{number}</code></td>
            <td>{revision}</td>
            <td>{verbs}</td>
        </tr>
    }
}

/// The sheets, one A4 a page.
pub fn sheets(site: &Site, lang: Lang, market: MarketRef, brand: &Brand, rows: Vec<Row>) -> Page {
    let head = Head {
        lang: Lang::Zh,
        title: format!("{} {}", Prints(lang).title(), brand.day),
        manner: Manner::Print,
        islands: None,
        class: "print",
    };
    document(site, &head, || {
        let back = format!("/o/m/{market}/posters");
        let words = Prints(lang);
        let printed: Vec<String> =
            rows.iter().filter(|row| row.sheet.is_some()).map(|row| row.sign.no.clone()).collect();
        let none = printed.is_empty();
        let noted = (!none && !brand.standing).then(|| {
            view! {
                <form method="post" action=format!("{back}/printed")>
                    <input type="hidden" name="stalls" value=printed.join(",")/>
                    <button type="submit" class="calm">{Rain(lang).print_note()}</button>
                </form>
            }
        });
        let sheets = rows
            .into_iter()
            .filter_map(|row| row.sheet.map(|sheet| poster(brand, &row.sign, row.zone_name, sheet)))
            .collect_view();
        view! {
            <nav class="desk" lang=lang.tag()>
                <a href=back>{Common(lang).back()}</a>
                <span>{if none { Rain(lang).posters_same() } else { words.why() }}</span>
                {noted}
                <button type="button" data-print hidden>{words.print()}</button>
            </nav>
            <main>{sheets}</main>
        }
    })
}

/// How large a text may be so that it fits: by its number of wide characters.
fn fit(text: &str) -> &'static str {
    let halves: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    match halves {
        0..=8 => "s",
        9..=12 => "m",
        _ => "l",
    }
}

/// One poster. It hangs on a Chinese square, so it is in Chinese whoever prints it.
fn poster(brand: &Brand, sign: &Sign, zone_name: String, sheet: Sheet) -> impl IntoView + use<> {
    let words = Printed(Lang::Zh);
    let name = if sign.name.is_empty() { Common(Lang::Zh).stall().to_owned() } else { sign.name.clone() };
    let unit =
        if sign.unit.is_empty() { Resident(Lang::Zh).unit_open().to_owned() } else { sign.unit.clone() };
    let services = sign.services.iter().take(6).cloned().map(|text| view! { <li>{text}</li> }).collect_view();
    let zone = format!("zone zone-{}", sign.zone.to_ascii_lowercase());
    let (number_class, name_class) =
        (format!("no no-{}", sign.no.chars().count().min(3)), format!("name {}", fit(&name)));
    let pledge = |head, text: &'static str| {
        let lines = text.split('，').map(|line| view! { <span>{line}</span> }).collect_view();
        view! { <li><b>{head}</b>{lines}</li> }
    };
    let area = format!("0 0 {0} {0}", sheet.width);
    let label = format!("{} {}", words.number(), sheet.number);
    let edition = format!(" · {}", words.edition(sheet.revision, &brand.printed));
    view! {
        <article class="poster" lang="zh-CN">
            <header>
                <span class="seal" aria-hidden="true">{Common(Lang::Zh).seal()}</span>
                <p><b>{brand.title.clone()}</b><span>{brand.theme.clone()}</span></p>
                <p class="day"><b>{brand.day.clone()}</b><span>{brand.weekday.clone()}</span></p>
            </header>
            <section class="sign">
                <p class=number_class>{sign.no.clone()}</p>
                <div>
                    <p class=zone><b>{sign.zone.clone()}</b>{zone_name}</p>
                    <h1 class=name_class>{name}</h1>
                    <p class="unit">{unit}</p>
                </div>
            </section>
            <ul class="services">{services}</ul>
            <section class="scan">
                <figure>
                    <svg viewBox=area shape-rendering="crispEdges" role="img" aria-label=label>
                        <path fill="#fff" d=format!("M0 0h{0}v{0}h-{0}z", sheet.width)/>
                        <path fill="#000" d=sheet.code/>
                    </svg>
                </figure>
                <div>
                    <h2>{words.call_one()}<br/>{words.call_two()}</h2>
                    <p>{words.what()}<br/>{words.how()}</p>
                    <p class="ask"><b>{words.no_phone()}</b><br/>{words.typed(&brand.domain)}<br/>{words.ask()}</p>
                    <p class="small">{words.privacy()}<br/>{words.privacy_day()}</p>
                </div>
            </section>
            <p class="genuine">{words.genuine()}" "<b>{brand.domain.clone()}</b>"　"{words.number()}" "<b>{sheet.number.clone()}</b><br/>
                <span>{words.genuine_why()}</span></p>
            <ul class="pledge">
                {pledge(words.who(), words.who_text())}
                {pledge(words.duty(), words.duty_text())}
                {pledge(words.promise(), words.promise_text())}
            </ul>
            <footer>
                <span>{words.host()}" "{brand.host.clone()}"　"{words.organizer()}" "{brand.organizer.clone()}</span>
                <span>{words.number()}" "<b>{sheet.number}</b>{edition}</span>
            </footer>
        </article>
    }
}
