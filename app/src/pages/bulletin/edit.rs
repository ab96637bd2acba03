//! The prose of a bulletin as a form: one field a part, quotes, and the references that may stand in it.

use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::{Fact, FigureKey, MOST_PROSE, Part};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::parts::{Area, textarea};
use crate::words::bulletin::Bulletin as Words;

/// What stands in the form.
#[derive(Clone, Debug, Default)]
pub struct Written {
    /// Each part's text, and whether somebody wrote it anew.
    pub parts: Vec<(Part, String, bool)>,
    /// Quotes, one a line.
    pub quotes: String,
    /// The revision that it was made on.
    pub revision: i64,
}

/// The form with what is wrong.
#[derive(Clone, Debug)]
pub struct EditView {
    /// Market.
    pub market: MarketRef,
    /// What stands in it.
    pub written: Written,
    /// What is wrong, and with which part; `None` for the quotes or the whole.
    pub wrong: Option<(Option<Part>, String)>,
}

/// The form.
pub fn edit(desk: &Desk, rail: &Rail, view: EditView) -> Page {
    let words = Words(desk.lang);
    step(desk, rail, Step::Bulletin, None, move || {
        let back = format!("/o/m/{}/bulletin", view.market);
        let place = view.wrong.as_ref().map(|(part, _)| *part);
        let complaint =
            view.wrong.map(|(_, text)| view! { <p class="complaint" id="wrong" role="alert">{text}</p> });
        let fields = view.written.parts.into_iter().map(|(part, text, own)| {
            let wrong = (place == Some(Some(part))).then_some("wrong");
            let area = Area {
                name: part.code(),
                id: Some(part.code()),
                text,
                rows: 3,
                most: MOST_PROSE,
                wrong,
                ..Area::default()
            };
            let own = own.then(|| view! { <small class="chip">{words.own()}</small> });
            view! {
                <div class="field">
                    <label for=part.code()>{words.part(part)}</label>
                    {own}
                    {textarea(area)}
                </div>
            }
        });
        let quotes = Area {
            name: "quotes",
            id: Some("quotes"),
            text: view.written.quotes,
            rows: 3,
            most: 1_600,
            wrong: (place == Some(None)).then_some("wrong"),
            ..Area::default()
        };
        let names = Fact::ALL.map(Fact::name).into_iter().chain(FigureKey::ALL.map(FigureKey::name));
        let names = names.map(|name| view! { <code>{format!("{{{name}}}")}</code>" " }).collect_view();
        view! {
            <div class="bulletin">
                <div class="head">
                    <h1>{words.edit()}</h1>
                    <a href=back.clone()>{words.back()}</a>
                </div>
                <p class="note">{words.edit_why()}</p>
                {complaint}
                <form class="sheet prose" method="post" action=format!("{back}/edit")>
                    <input type="hidden" name="revision" value=view.written.revision.to_string()/>
                    {fields.collect_view()}
                    <div class="field">
                        <label for="quotes">{words.quotes()}</label>
                        {textarea(quotes)}
                        <p class="note">{words.quotes_why()}</p>
                    </div>
                    <div class="actions"><button type="submit" class="primary">{words.save()}</button></div>
                </form>
                <section class="references">
                    <h2>{words.references()}</h2>
                    <p class="note">{words.references_why()}</p>
                    <p lang="zh-CN">{names}</p>
                </section>
            </div>
        }
    })
}
