//! The pictures beside a bulletin, and the form that adds one with its warning.

use kaishi_domain::bulletin::{MOST_CAPTION, MOST_PICTURES, Picture};
use leptos::prelude::*;

use crate::words::picture::Pictures as Words;

/// The pictures as the page shows them.
#[derive(Clone, Debug, Default)]
pub struct Album {
    /// The pictures.
    pub pictures: Vec<Picture>,
    /// May be added to and taken from.
    pub open: bool,
    /// The line that was typed already.
    pub typed: String,
    /// Why none was added.
    pub complaint: Option<&'static str>,
}

/// The section; nothing where there are no pictures and none can be added.
pub(super) fn album(words: Words, base: &str, album: Album) -> Option<impl IntoView + use<>> {
    let Album { pictures, open, typed, complaint } = album;
    if pictures.is_empty() && !open {
        return None;
    }
    let room = (pictures.len() as i64) < MOST_PICTURES;
    let list = pictures.into_iter().map(|picture| one(words, base, open, picture)).collect_view();
    let form = (open && room).then(|| form(words, base, typed));
    let complaint =
        complaint.map(|text| view! { <p class="complaint" id="pictures-wrong" role="alert">{text}</p> });
    let why = open.then(|| view! { <p class="note">{words.why()}</p> });
    Some(view! {
        <section class="pictures no-print" id="pictures">
            <h2>{words.title()}</h2>
            {why}
            {complaint}
            <div class="album">{list}</div>
            {form}
        </section>
    })
}

fn one(words: Words, base: &str, open: bool, picture: Picture) -> impl IntoView + use<> {
    let (src, (w, h)) = (format!("{base}/pictures/{}", picture.hash), picture.size);
    let alt = if picture.caption.is_empty() { words.unnamed().to_owned() } else { picture.caption.clone() };
    let drop = open.then(|| {
        view! {
            <form method="post" action=format!("{src}/drop")>
                <button type="submit" class="small">{words.drop()}</button>
            </form>
        }
    });
    let caption = (!picture.caption.is_empty()).then(|| view! { <figcaption>{picture.caption}</figcaption> });
    view! { <figure><img src=src alt=alt width=w height=h loading="lazy"/>{caption}{drop}</figure> }
}

fn form(words: Words, base: &str, typed: String) -> impl IntoView + use<> {
    view! {
        <form class="sheet" method="post" enctype="multipart/form-data" action=format!("{base}/pictures")>
            <p class="faces">{words.faces()}</p>
            <label>{words.file()}<input type="file" name="file" accept="image/jpeg,image/png,image/webp"/></label>
            <label>{words.caption()}<input name="caption" maxlength=MOST_CAPTION.to_string() value=typed autocomplete="off"/></label>
            <label class="tick"><input type="checkbox" name="looked" value="on"/>{words.looked()}</label>
            <p><button type="submit">{words.add()}</button></p>
        </form>
    }
}
