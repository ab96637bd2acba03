//! A supervisor's pages: every stall's pad, and the rooms where paper sheets and the crowd are keyed in.

use leptos::prelude::*;

use super::head;
use crate::document::{Page, document};
use crate::state::Site;
use crate::words::Lang;
use crate::words::staff::{Enrol, Pad};

/// What a supervisor chooses from.
#[derive(Clone, Debug)]
pub struct Stalls {
    /// `/staff/TOKEN`
    pub base: String,
    /// Address of the pad, number and name of each stall.
    pub stalls: Vec<(String, String, String)>,
}

/// A room beside the pads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Room {
    /// Paper sheets.
    Paper,
    /// The crowd.
    Crowd,
}

/// Every stall of the market, and the rooms.
pub fn stalls(site: &Site, lang: Lang, view: Stalls) -> Page {
    let words = Enrol(lang);
    document(site, &head(lang, words.supervisor().into(), None, "staff clerk"), || {
        let rows = view
            .stalls
            .into_iter()
            .map(|(href, no, name)| view! { <li><a href=href><b>{no}</b><span>{name}</span></a></li> })
            .collect_view();
        let (paper, crowd) = (format!("{}/paper", view.base), format!("{}/crowd", view.base));
        view! {
            <main>
                <h1>{words.stalls()}</h1>
                <p class="note">{words.stalls_why()}</p>
                <ul class="stalls">{rows}</ul>
                <p class="rooms"><a href=paper>{words.paper()}</a><a href=crowd>{words.crowd()}</a></p>
            </main>
        }
    })
}

/// A room, with the way back to the stalls.
pub fn clerk<V: IntoView + 'static>(
    site: &Site,
    lang: Lang,
    room: Room,
    base: String,
    body: impl FnOnce() -> V,
) -> Page {
    let words = Enrol(lang);
    let title = match room {
        Room::Paper => words.paper(),
        Room::Crowd => words.crowd(),
    };
    document(site, &head(lang, title.into(), None, "staff clerk"), || {
        view! {
            <main>
                <p class="all"><a href=base>{Pad(lang).all_stalls()}</a></p>
                <h1>{title}</h1>
                {body()}
            </main>
        }
    })
}
