//! A figure opened to its rows: those of the ledger page by page, appeals and stalls whole.

use axum::extract::{Path, Query, State as Shared};
use kaishi_app::document::Page;
use kaishi_app::fault::Fault;
use kaishi_app::pages::bulletin::{self as pages, FigureView, Table};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::bulletin::Rows as Words;
use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::{FigureKey, KeptIn, figures};
use kaishi_domain::moment::Place;
use kaishi_store::{LedgerLine, Lines, Slice, StallPart};
use serde::Deserialize;

use super::file::{appeal_rows, ledger_row};
use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// Rows of one page.
const PAGE: i64 = 200;

/// Which page.
#[derive(Deserialize)]
pub struct From {
    #[serde(default)]
    after: i64,
}

/// The page of a figure.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, figure)): Path<(MarketRef, String)>,
    Query(from): Query<From>,
) -> Result<Page, No> {
    let by = who.reader()?;
    let market = market_of(&state, &who, at).await?;
    let key = FigureKey::from_code(&figure).map_err(|_| No::new(&who.desk, Fault::Missing))?;
    let rail = rail(&state, &who, &market).await?;
    let place = market.place().map_err(who.no())?;
    let signed = state.store.bulletin(at).await.map_err(who.no())?;
    let frozen = signed.is_some();
    let first = signed.and_then(|(_, issues)| issues.into_iter().next());
    let (figures, upto, lines) = if let Some(issue) = first {
        (issue.figures, issue.seq, issue.lines)
    } else {
        let (seen, seq) = state.store.seen_with_seq(at, state.now()).await.map_err(who.no())?;
        let lines = state.store.lines(&who.actor.viewer(), market.id, state.now()).await;
        (figures(&seen), seq, lines.map_err(who.no())?)
    };
    let exact = figures.iter().find(|figure| figure.key == key).map_or(0, |figure| figure.exact);
    let lang = who.desk.lang;
    let mut view = FigureView {
        market: at,
        key,
        exact,
        sum: 0,
        frozen,
        parts: Table::default(),
        rows: Table::default(),
        next: None,
    };
    match key.kept_in() {
        KeptIn::Ledger => {
            let all = Slice { key: Some(key), after: 0, upto, most: PAGE };
            let parts = state.store.figure_parts(&by, market.id, all).await.map_err(who.no())?;
            let slice = Slice { after: from.after, ..all };
            let rows = state.store.ledger_lines(&by, market.id, slice).await.map_err(who.no())?;
            view.sum = parts.iter().map(|part| part.n).sum();
            view.next = rows.last().filter(|_| rows.len() as i64 == PAGE).map(|row| row.seq);
            view.parts = part_table(Words(lang), parts);
            view.rows = ledger_table(lang, &rows, &place);
        }
        KeptIn::Appeals => {
            view.rows = appeal_table(lang, key, &lines, &place);
            view.sum = view.rows.rows.len() as i64;
        }
        KeptIn::Stalls => {
            view.rows = stall_table(Words(lang), key, &lines);
            view.sum = view.rows.rows.len() as i64;
        }
    }
    Ok(pages::figure(&who.desk, &rail, view))
}

fn part_table(words: Words, parts: Vec<StallPart>) -> Table {
    let row = |part: StallPart| {
        vec![format!("{} {}", part.no, part.name), part.rows.to_string(), part.n.to_string()]
    };
    Table {
        head: vec![words.stall(), words.many(), words.people()],
        rows: parts.into_iter().map(row).collect(),
        numbers: vec![1, 2],
    }
}

fn ledger_table(lang: Lang, rows: &[LedgerLine], place: &Place) -> Table {
    let words = Words(lang);
    Table {
        head: vec![
            words.no(),
            words.stall(),
            words.source(),
            words.kind(),
            words.people(),
            words.at(),
            words.arrived(),
            words.note(),
        ],
        rows: rows.iter().map(|row| ledger_row(lang, row, place)).collect(),
        numbers: vec![0, 4],
    }
}

fn appeal_table(lang: Lang, key: FigureKey, lines: &Lines, place: &Place) -> Table {
    let words = Words(lang);
    let counted = lines.appeals.iter().filter(|line| line.counts_in(key));
    Table {
        head: vec![
            words.reference(),
            words.at(),
            words.stall(),
            words.source(),
            words.category(),
            words.state(),
        ],
        rows: counted.map(|line| appeal_rows(lang, line, place)).collect(),
        numbers: Vec::new(),
    }
}

fn stall_table(words: Words, key: FigureKey, lines: &Lines) -> Table {
    let counted = lines.stalls.iter().filter(|stall| !stall.name.is_empty());
    let counted = counted.filter(|stall| key != FigureKey::Arrived || stall.arrived);
    let row = |stall: &kaishi_domain::count::StallCount| {
        let here = if stall.arrived { words.here() } else { words.not_here() };
        vec![format!("{} {}", stall.no, stall.name), stall.unit.clone(), here.to_owned()]
    };
    Table {
        head: vec![words.stall(), words.unit(), words.state()],
        rows: counted.map(row).collect(),
        numbers: Vec::new(),
    }
}
