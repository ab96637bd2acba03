//! The organizer's view of the counting phones, and how another one is let in.

use kaishi_domain::MarketRef;
use kaishi_domain::device::{CLOCK_OFF, Missing, Role};
use kaishi_domain::moment::MINUTE;
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::Lang;
use crate::words::common::Common;
use crate::words::tally::{Devices, Paper};

/// One phone.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its link, for the button.
    pub link: String,
    /// Its name, for the button.
    pub device: String,
    /// Enough of its name to tell it apart.
    pub mark: String,
    /// Number of its stall; `None` for a supervisor's own page.
    pub stall: Option<String>,
    /// Role.
    pub role: Role,
    /// `10:42`
    pub seen: String,
    /// The highest number that came in.
    pub high: i64,
    /// Numbers below it that did not.
    pub gaps: i64,
    /// Records that it still held.
    pub unsent: i64,
    /// Refused ones that nobody has looked at.
    pub tray: i64,
    /// Milliseconds that its clock runs ahead.
    pub clock_error: i64,
    /// Out of service.
    pub revoked: bool,
}

/// One link that phones come in by.
#[derive(Clone, Debug)]
pub struct Door {
    /// The link.
    pub link: String,
    /// Number of its stall; a supervisor's has none.
    pub stall: Option<String>,
    /// The PIN, if it asks for one.
    pub pin: Option<String>,
    /// The short code that goes with it.
    pub code: Option<String>,
    /// Too many wrong PINs.
    pub shut: bool,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// What is not in.
    pub missing: Missing,
    /// The phones.
    pub lines: Vec<Line>,
    /// The links; none for those who only look.
    pub doors: Vec<Door>,
    /// `https://ks.example.cn/staff`
    pub address: String,
}

/// A link as a picture to be scanned.
#[derive(Clone, Debug)]
pub struct Code {
    /// Which link.
    pub door: Door,
    /// The dark modules as a path.
    pub path: String,
    /// Modules on a side.
    pub width: usize,
}

/// The phones of a market day.
pub fn devices(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (lang, may_change) = (desk.lang, desk.may_change);
    step(desk, rail, Step::Live, None, move || {
        let words = Devices(lang);
        let action = format!("/o/m/{}/devices", view.market);
        let none = view.lines.is_empty();
        let count = words.missing(view.missing);
        let class = if view.missing.devices > 0 { "not-in amber" } else { "not-in" };
        let rows = view.lines.into_iter().map(|line| row(lang, &action, may_change, line)).collect_view();
        view! {
            <div class="head"><h1>{words.title()}</h1></div>
            <p class="note">{words.why()}</p>
            {if none {
                view! { <p>{words.none()}</p> }.into_any()
            } else {
                view! {
                    <p class=class><strong>{count}</strong></p>
                    <div class="wide" tabindex="0" role="region" aria-label=words.title()>
                    <table class="season devices">
                        <thead><tr>
                            <th scope="col">{words.phone()}</th>
                            <th scope="col">{words.where_()}</th>
                            <th scope="col">{words.seen()}</th>
                            <th scope="col" class="figure">{words.received()}</th>
                            <th scope="col" class="figure">{words.unsent()}</th>
                            <th scope="col" class="figure">{words.gaps()}</th>
                            <th scope="col">{words.clock()}</th>
                            <td></td>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                    </div>
                }.into_any()
            }}
            {may_change.then(|| doors(lang, &action, view.address, view.doors))}
        }
    })
}

fn clock(words: Devices, error: i64) -> String {
    if error.abs() <= CLOCK_OFF {
        return words.right().to_owned();
    }
    let way = if error > 0 { words.ahead() } else { words.behind() };
    format!("{way} {} {}", error.abs() / MINUTE, words.minutes())
}

fn place(lang: Lang, stall: Option<String>) -> String {
    match stall {
        Some(no) => format!("{} {no}", Common(lang).stall()),
        None => Devices(lang).everywhere().to_owned(),
    }
}

fn row(lang: Lang, action: &str, may_change: bool, line: Line) -> impl IntoView + use<> {
    let words = Devices(lang);
    let role = match line.role {
        Role::Steward => words.steward(),
        Role::Supervisor => words.supervisor(),
    };
    let tray = (line.tray > 0).then(|| format!("{} {}", line.tray, words.refused()));
    let verb = if line.revoked {
        Some(view! { <span class="chip">{words.revoked()}</span> }.into_any())
    } else {
        may_change.then(|| {
            view! {
                <form method="post" action=action.to_owned() class="quiet">
                    <input type="hidden" name="link" value=line.link/>
                    <input type="hidden" name="device" value=line.device/>
                    <button type="submit" class="small" name="verb" value="revoke">
                        {words.revoke()}<span class="hidden">" "{line.mark.clone()}</span>
                    </button>
                </form>
            }
            .into_any()
        })
    };
    let mark = |n: i64| if n > 0 { "figure amber" } else { "figure" };
    let off = if line.clock_error.abs() > CLOCK_OFF { "amber" } else { "" };
    view! {
        <tr class:gone=line.revoked>
            <th scope="row"><code>{line.mark}</code>" "{role}</th>
            <td>{place(lang, line.stall)}</td>
            <td>{line.seen}</td>
            <td class="figure">{line.high}</td>
            <td class=mark(line.unsent)>{line.unsent}</td>
            <td class=mark(line.gaps)>{line.gaps}</td>
            <td class=off>{clock(words, line.clock_error)}</td>
            <td>{verb}{tray.map(|text| view! { <p class="amber">{text}</p> })}</td>
        </tr>
    }
}

fn doors(lang: Lang, action: &str, address: String, doors: Vec<Door>) -> impl IntoView + use<> {
    let words = Devices(lang);
    let rows = doors.into_iter().map(|door| door_row(lang, action, door)).collect_view();
    view! {
        <h2>{words.let_in()}</h2>
        <p class="note">{words.let_in_why()}</p>
        <p>{words.address()}" "<code>{address}</code></p>
        <div class="wide" tabindex="0" role="region" aria-label=words.let_in()>
        <table class="season">
            <thead><tr>
                <th scope="col">{words.where_()}</th>
                <th scope="col">{words.code()}</th>
                <th scope="col">{words.pin()}</th>
                <td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
        <form method="post" action=action.to_owned()>
            <button type="submit" name="verb" value="supervisor">{words.add_supervisor()}</button>
        </form>
    }
}

fn door_row(lang: Lang, action: &str, door: Door) -> impl IntoView + use<> {
    let words = Devices(lang);
    let supervisor = door.stall.is_none();
    let where_ = match &door.stall {
        Some(_) => place(lang, door.stall.clone()),
        None => words.supervisor().to_owned(),
    };
    let show = format!("{action}/{}", door.link);
    let (new, drop) = match &door.pin {
        Some(_) => (words.new_pin(), !supervisor),
        None => (words.ask_pin(), false),
    };
    let drop = drop.then(|| {
        view! {
            <button type="submit" class="small" name="verb" value="open">
                {words.drop_pin()}<span class="hidden">" "{where_.clone()}</span>
            </button>
        }
    });
    let pin = match door.pin {
        Some(_) if door.shut => view! { <span class="amber">{words.shut()}</span> }.into_any(),
        Some(pin) => view! { <strong class="pin">{pin}</strong> }.into_any(),
        None => view! { <span class="note">{words.no_pin()}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">{where_.clone()}</th>
            <td><code>{door.code.unwrap_or_else(|| "—".into())}</code></td>
            <td>{pin}</td>
            <td>
                <form method="post" action=action.to_owned() class="quiet verbs">
                    <input type="hidden" name="link" value=door.link/>
                    <a href=show>{words.show()}<span class="hidden">" "{where_.clone()}</span></a>
                    <button type="submit" class="small" name="verb" value="pin">
                        {new}<span class="hidden">" "{where_}</span>
                    </button>
                    {drop}
                </form>
            </td>
        </tr>
    }
}

/// One link, large enough to be scanned from a screen.
pub fn code(desk: &Desk, rail: &Rail, market: MarketRef, code: Code) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Live, None, move || {
        let words = Devices(lang);
        let title = match &code.door.stall {
            Some(_) => place(lang, code.door.stall.clone()),
            None => words.supervisor().to_owned(),
        };
        let back = format!("/o/m/{market}/devices");
        let area = format!("0 0 {0} {0}", code.width);
        let pin = match code.door.pin {
            Some(pin) if !code.door.shut => {
                view! { <p class="pin">{words.pin()}" "<strong>{pin}</strong></p> }.into_any()
            }
            Some(_) => view! { <p class="amber">{words.shut()}</p> }.into_any(),
            None => view! { <p class="note">{words.no_pin()}</p> }.into_any(),
        };
        let typed = code.door.code.map(|text| view! { <p>{words.code()}" "<code>{text}</code></p> });
        view! {
            <p><a href=back>{words.title()}</a></p>
            <div class="head"><h1>{title.clone()}</h1></div>
            <figure class="enrol">
                <svg viewBox=area shape-rendering="crispEdges" role="img" aria-label=format!("{} {title}", words.show())>
                    <path fill="#fff" d=format!("M0 0h{0}v{0}h-{0}z", code.width)/>
                    <path fill="#000" d=code.path/>
                </svg>
                <figcaption>{pin}{typed}</figcaption>
            </figure>
            <p class="note">{words.let_in_why()}</p>
        }
    })
}

/// The tile on the live desk: what is not in, and the way to the phones and the paper sheets.
pub fn tile(lang: Lang, market: MarketRef, missing: Missing) -> impl IntoView {
    let words = Devices(lang);
    let href = format!("/o/m/{market}/devices");
    let paper = format!("/o/m/{market}/paper");
    let class = if missing.devices > 0 { "amber" } else { "" };
    view! {
        <section class="tile">
            <h2>{words.title()}</h2>
            <p class=class><strong>{words.missing(missing)}</strong></p>
            <p class="verbs"><a href=href>{words.more()}</a><a href=paper>{Paper(lang).title()}</a></p>
        </section>
    }
}
