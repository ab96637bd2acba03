//! Photos of an appeal: pictures for whoever handles it; links and a form for whoever raised it.

use leptos::prelude::*;

use crate::words::Lang;
use crate::words::desk::{MyPhotos, Photos};

/// Pictures below the address of an appeal.
pub(super) fn photos(lang: Lang, base: &str, numbers: &[i64]) -> Option<impl IntoView + use<>> {
    let words = Photos(lang);
    let pictures = numbers
        .iter()
        .map(|n| {
            let (src, alt) = (format!("{base}/photo/{n}"), format!("{} {n}", words.look()));
            let href = src.clone();
            view! { <a href=href><img src=src alt=alt loading="lazy"/></a> }
        })
        .collect_view();
    (!numbers.is_empty()).then(|| view! { <h2>{words.title()}</h2><p class="photos">{pictures}</p> })
}

/// What the resident has of photos.
#[derive(Clone, Debug, Default)]
pub struct Mine {
    /// Which there are.
    pub numbers: Vec<i64>,
    /// They are told of and not shown: of a quarrel, to whoever holds the slip.
    pub hidden: bool,
    /// Whether another may be added.
    pub open: bool,
    /// Why the last one was not taken.
    pub wrong: Option<&'static str>,
}

/// Links to the photos, and the form for another. The page itself asks for no picture.
pub fn my_photos(lang: Lang, action: &str, mine: &Mine) -> Option<impl IntoView + use<>> {
    let words = MyPhotos(lang);
    if mine.numbers.is_empty() && !mine.open {
        return None;
    }
    let rows = mine
        .numbers
        .iter()
        .map(|n| {
            let (look, drop) = (format!("{action}/{n}"), format!("{action}/{n}/drop"));
            let name = if mine.hidden {
                view! { <span class="note left">{words.kept()}" "{*n}</span> }.into_any()
            } else {
                view! { <a class="more" href=look>{words.look()}" "{*n}</a> }.into_any()
            };
            view! {
                <li>
                    {name}
                    <form method="post" action=drop><button class="go calm" type="submit">{words.drop()}" "{*n}</button></form>
                </li>
            }
        })
        .collect_view();
    let wrong = mine.wrong.map(|text| view! { <p class="wrong" id="photo-wrong" role="alert">{text}</p> });
    let about = mine.wrong.map_or("photo-why", |_| "photo-wrong photo-why");
    let form = mine.open.then(|| {
        view! {
            <form method="post" action=action.to_owned() enctype="multipart/form-data">
                <p class="field"><label for="photo">{words.pick()}</label>
                    <input id="photo" name="photo" type="file" accept="image/jpeg,image/png,image/webp" aria-describedby=about/>
                    <small id="photo-why">{words.why()}</small></p>
                <button class="go calm" type="submit">{words.send()}</button>
            </form>
        }
    });
    Some(view! { <h2 id="photos">{words.title()}</h2>{wrong}<ul class="my-photos">{rows}</ul>{form} })
}
