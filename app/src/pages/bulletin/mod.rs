//! The bulletin of a Saturday: the text with figures that open, where each comes from, signature and corrections.

mod edit;
mod figure;
mod picture;
mod take;
mod thanks;

use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::{Bulletin, Change, Figure, Paragraph, Run};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::bulletin::Bulletin as Words;
use crate::words::copy::Copies;
use crate::words::picture::Pictures;
use picture::album;
use take::{copies, files, rows_of};

pub use edit::{EditView, Written, edit};
pub use figure::{FigureView, Table, figure};
pub use picture::Album;
pub use take::COPIES;
pub use thanks::{Line, Shared, ThanksView, lines, places, thanks};

/// A signature or a correction as the page shows it.
#[derive(Clone, Debug)]
pub struct Issued {
    /// 0 for the signature.
    pub n: i64,
    /// Why it was corrected.
    pub why: String,
    /// What it changed.
    pub changes: Vec<Change>,
    /// `organizer，5月13日 13:05`
    pub by: String,
    /// The ledger's last row then.
    pub seq: i64,
    /// The hash over its rows.
    pub head: Option<String>,
}

/// What may be done next.
#[derive(Clone, Debug)]
pub enum Next {
    /// Nothing, by this account or for now.
    Nothing,
    /// Sign it, as of this version of the counts.
    Sign(i64),
    /// Correct it: these figures changed, as of this version of the counts.
    Correct {
        /// What changed since.
        changes: Vec<Change>,
        /// The version that was looked at.
        version: i64,
        /// A reason that was typed already.
        why: String,
    },
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// Text and figures.
    pub bulletin: Bulletin,
    /// `11:42`, the moment up to which the figures are true.
    pub as_of: String,
    /// Rows of the ledger behind them.
    pub ledger_rows: i64,
    /// The signature and the corrections after it; none while it is a draft.
    pub issued: Vec<Issued>,
    /// Figures and files open to whoever may read rows.
    pub opens: bool,
    /// What may be done.
    pub next: Next,
    /// Its pictures.
    pub album: Album,
    /// What went wrong.
    pub complaint: Option<&'static str>,
}

/// The page of somebody who may read it only once it is signed.
pub fn waits(desk: &Desk, rail: &Rail) -> Page {
    let words = Words(desk.lang);
    step(desk, rail, Step::Bulletin, None, move || {
        view! { <div class="bulletin"><h1>{words.title()}</h1><p class="note">{words.waits()}</p></div> }
    })
}

/// The bulletin page.
pub fn bulletin(desk: &Desk, rail: &Rail, view: View) -> Page {
    let (words, may_edit) = (Words(desk.lang), desk.may_change && view.issued.is_empty());
    step(desk, rail, Step::Bulletin, None, move || {
        let (class, state) = if view.issued.is_empty() {
            ("chip closed", words.draft())
        } else {
            ("chip filed", words.signed())
        };
        let base = format!("/o/m/{}/bulletin", view.market);
        let edit =
            may_edit.then(|| view! { <a class="button" href=format!("{base}/edit")>{words.edit()}</a> });
        let complaint = view.complaint.map(|text| view! { <p class="complaint" role="alert">{text}</p> });
        let heading = view.bulletin.title.clone();
        let (signature, opens) = (view.bulletin.signature.clone(), view.opens);
        let paragraphs = view
            .bulletin
            .paragraphs
            .iter()
            .map(|paragraph| prose(paragraph, opens.then_some(base.as_str())))
            .collect_view();
        let thanks = opens && !view.issued.is_empty();
        let (copies, files) = (copies(Copies(words.0), &base, thanks), opens.then(|| files(words, &base)));
        view! {
            <div class="bulletin">
                <div class="head no-print">
                    <h1>{words.title()}</h1>
                    <span class=class>{state}</span>
                    {edit}
                </div>
                {complaint}
                <article lang="zh-CN">
                    <h2>{heading}</h2>
                    {paragraphs}
                    <p class="signature">{signature}</p>
                </article>
                {issued(words, &view)}
                {next(words, &base, view.next)}
                {album(Pictures(words.0), &base, view.album)}
                {copies}
                <section class="no-print">
                    <h2>{words.figures()}</h2>
                    <p class="note">
                        {format!("{} {} · {} {}。", words.as_of(), view.as_of, words.ledger_rows(), view.ledger_rows)}
                        {opens.then(|| words.open_why())}
                    </p>
                    {table(words, opens.then_some(base.as_str()), view.bulletin.figures)}
                </section>
                {files}
            </div>
        }
    })
}

/// A paragraph; its figures are links where the rows may be read.
fn prose(paragraph: &Paragraph, base: Option<&str>) -> AnyView {
    let Paragraph::Runs(runs) = paragraph else {
        return view! { <p>{paragraph.text()}</p> }.into_any();
    };
    let runs = runs.iter().map(|run| match (run, base) {
        (Run::Figure { key, text }, Some(base)) => {
            let href = format!("{base}/figures/{}", key.code());
            view! { <a class="rows" href=href>{text.clone()}</a> }.into_any()
        }
        (run, _) => run.text().to_owned().into_any(),
    });
    view! { <p>{runs.collect_view()}</p> }.into_any()
}

fn table(words: Words, base: Option<&str>, figures: Vec<Figure>) -> impl IntoView + use<> {
    let rows = figures
        .into_iter()
        .map(|figure| {
            let (name, meaning) = words.explain(figure.key);
            let exact = match base {
                Some(base) => {
                    let href = format!("{base}/figures/{}", figure.key.code());
                    view! { <a href=href>{figure.exact}</a> }.into_any()
                }
                None => figure.exact.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td class="figure strong">{exact}</td>
                    <td>{figure.written}</td>
                    <td class="meaning">{meaning}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="season">
            <thead>
                <tr>
                    <th scope="col">{words.figure()}</th>
                    <th scope="col" class="figure">{words.exact()}</th>
                    <th scope="col">{words.written()}</th>
                    <th scope="col">{words.meaning()}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn changed(words: Words, changes: &[Change]) -> impl IntoView + use<> {
    let lines = changes.iter().map(|change| view! { <li>{words.change(change)}</li> });
    view! { <ul class="changes">{lines.collect_view()}</ul> }
}

/// The signature with its fingerprint, and the corrections in order.
fn issued(words: Words, view: &View) -> impl IntoView + use<> {
    let base = format!("/o/m/{}/bulletin", view.market);
    let line = |issue: &Issued| {
        let head = issue.head.clone().unwrap_or_else(|| words.no_head().to_owned());
        let name = if issue.n == 0 { words.by().to_owned() } else { words.correction(issue.n) };
        let why = (issue.n > 0).then(|| view! { <p>{issue.why.clone()}</p> });
        view! {
            <li>
                <h3>{name}<small>{issue.by.clone()}</small></h3>
                {why}
                {(issue.n > 0).then(|| changed(words, &issue.changes))}
                <p class="note">
                    {format!("{} {} · {} ", words.ledger_rows(), issue.seq, words.head())}
                    <code class="fingerprint">{head}</code>
                </p>
                {view.opens.then(|| rows_of(words, &base, issue.n))}
            </li>
        }
    };
    let lines = view.issued.iter().map(line).collect_view();
    (!view.issued.is_empty()).then(|| view! { <ol class="issued">{lines}</ol> })
}

fn next(words: Words, base: &str, next: Next) -> Option<AnyView> {
    let action = base.to_owned();
    let stamp = |version: i64| view! { <input type="hidden" name="version" value=version.to_string()/> };
    match next {
        Next::Nothing => None,
        Next::Sign(version) => Some(
            view! {
                <form method="post" action=action class="no-print sign">
                    {stamp(version)}
                    <button type="submit" class="primary">{words.sign()}</button>
                    <p class="note">{words.sign_why()}</p>
                </form>
            }
            .into_any(),
        ),
        Next::Correct { changes, .. } if changes.is_empty() => {
            Some(view! { <p class="note no-print">{words.none_needed()}</p> }.into_any())
        }
        Next::Correct { changes, version, why } => Some(
            view! {
                <section class="no-print correct">
                    <h2>{words.corrections()}</h2>
                    <p>{words.differs()}</p>
                    {changed(words, &changes)}
                    <form method="post" action=format!("{action}/correct")>
                        {stamp(version)}
                        <label>
                            {words.reason()}
                            <input name="why" value=why maxlength="200" placeholder=words.reason_hint() required/>
                        </label>
                        <button type="submit">{words.correct()}</button>
                    </form>
                </section>
            }
            .into_any(),
        ),
    }
}
