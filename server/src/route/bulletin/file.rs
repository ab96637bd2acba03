//! What a bulletin rests on, to be taken away: the ledger row by row, and the appeals without their words.

use axum::extract::{Path, State as Shared};
use axum::response::Response;
use kaishi_app::fault::Fault;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::appeal::Categories;
use kaishi_app::words::bulletin::{Bulletin, Rows as Words};
use kaishi_app::words::staff::Pad;
use kaishi_domain::MarketRef;
use kaishi_domain::appeal::Category;
use kaishi_domain::bulletin::FigureKey;
use kaishi_domain::encounter::{Confidence, Source};
use kaishi_domain::moment::Place;
use kaishi_domain::{Moment, Refusal};
use kaishi_store::{AppealLine, LedgerLine, Slice};

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::unit::export::attachment;
use crate::sheet::{Rows, csv, xlsx};

/// Rows read at a time.
const PAGE: i64 = 2_000;

const fn source(words: Words, source: Source) -> &'static str {
    match source {
        Source::Scan => words.scan(),
        Source::Staff => words.staff(),
        Source::Paper => words.paper(),
    }
}

/// A row of the ledger as texts: number, stall, source, kind, people, when, arrived, remark.
pub(super) fn ledger_row(lang: Lang, row: &LedgerLine, place: &Place) -> Vec<String> {
    let words = Words(lang);
    let mut notes = Vec::new();
    if let Some(seq) = row.takes_back {
        notes.push(format!("{} {seq}", words.takes_back()));
    }
    if row.confidence == Confidence::Low {
        notes.push(words.low().to_owned());
    }
    if row.late {
        notes.push(words.late().to_owned());
    }
    vec![
        row.seq.to_string(),
        format!("{} {}", row.stall, row.name),
        source(words, row.source).to_owned(),
        Pad(lang).kind(row.kind).to_owned(),
        row.n.to_string(),
        place.clock_seconds(row.at),
        place.clock_seconds(row.arrived_at),
        notes.join("，"),
    ]
}

/// An appeal as texts: code, when, stall, source, category, state.
pub(super) fn appeal_rows(lang: Lang, line: &AppealLine, place: &Place) -> Vec<String> {
    let words = Words(lang);
    let channel = Source::from_code(&line.channel).map(|found| source(words, found));
    let category = Category::from_code(&line.category).map(|found| Categories(lang).name(found));
    let state = match (line.settled.as_deref(), line.confirmed_at) {
        (_, Some(_)) => Fate::Confirmed,
        (Some("spot"), None) => Fate::Spot,
        (Some(_), None) => Fate::Unit,
        (None, None) => Fate::Open,
    };
    vec![
        line.code.clone(),
        place.clock(Moment::from_millis(line.raised_at)),
        line.stall.clone(),
        channel.unwrap_or_default().to_owned(),
        category.unwrap_or_default().to_owned(),
        state.of(lang).to_owned(),
    ]
}

/// How far an appeal is, in the words of the figures.
enum Fate {
    Confirmed,
    Spot,
    Unit,
    Open,
}

impl Fate {
    const fn of(&self, lang: Lang) -> &'static str {
        let key = match self {
            Self::Confirmed => FigureKey::Confirmed,
            Self::Spot => FigureKey::SettledOnSpot,
            Self::Unit => FigureKey::SettledByUnit,
            Self::Open => FigureKey::Open,
        };
        Bulletin(lang).explain(key).0
    }
}

/// The ledger as the columns of a computer: codes and numbers, one row a row.
async fn ledger(state: &State, who: &SignedIn, at: MarketRef) -> Result<Rows, No> {
    let by = who.organizer()?;
    let upto = state.store.ledger_rows(at).await.map_err(who.no())?;
    let head = [
        "seq",
        "stall",
        "name",
        "source",
        "kind",
        "n",
        "confidence",
        "takes_back",
        "at",
        "arrived_at",
        "late",
    ];
    let mut rows: Rows = vec![head.map(str::to_owned).to_vec()];
    let mut after = 0;
    loop {
        let slice = Slice { key: None, after, upto, most: PAGE };
        let lines = state.store.ledger_lines(&by, at.market, slice).await.map_err(who.no())?;
        let Some(last) = lines.last() else { return Ok(rows) };
        after = last.seq;
        rows.extend(lines.into_iter().map(|line| {
            vec![
                line.seq.to_string(),
                line.stall,
                line.name,
                line.source.code().to_owned(),
                line.kind.code().to_owned(),
                line.n.to_string(),
                line.confidence.code().to_owned(),
                line.takes_back.map(|seq| seq.to_string()).unwrap_or_default(),
                line.at.utc(),
                line.arrived_at.utc(),
                i64::from(line.late).to_string(),
            ]
        }));
    }
}

/// The appeals: when, where, what about, how far; never what was said.
async fn appeals(state: &State, who: &SignedIn, at: MarketRef) -> Result<Rows, No> {
    who.organizer()?;
    let lines = state.store.lines(&who.actor.viewer(), at.market, state.now()).await.map_err(who.no())?;
    let head = ["code", "raised_at", "stall", "channel", "category", "state", "settled", "confirmed_at"];
    let utc = |millis: i64| Moment::from_millis(millis).utc();
    let row = |line: AppealLine| {
        vec![
            line.code,
            utc(line.raised_at),
            line.stall,
            line.channel,
            line.category,
            line.state,
            line.settled.unwrap_or_default(),
            line.confirmed_at.map(utc).unwrap_or_default(),
        ]
    };
    let head = vec![head.map(str::to_owned).to_vec()];
    Ok(head.into_iter().chain(lines.appeals.into_iter().map(row)).collect())
}

/// `ledger.csv`, `ledger.xlsx`, `appeals.csv`.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, name)): Path<(MarketRef, String)>,
) -> Result<Response, No> {
    const CSV: &str = "text/csv; charset=utf-8";
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let market = market_of(&state, &who, at).await?;
    let file = format!("{}-{name}", market.held_on);
    match name.as_str() {
        "ledger.csv" => Ok(attachment(CSV, &file, csv::write(&ledger(&state, &who, at).await?))),
        "appeals.csv" => Ok(attachment(CSV, &file, csv::write(&appeals(&state, &who, at).await?))),
        "ledger.xlsx" => {
            let rows = ledger(&state, &who, at).await?;
            let bytes = xlsx::write(&market.held_on, &rows)
                .map_err(|_| No::new(&who.desk, Fault::from(Refusal::TooLong("ledger"))))?;
            Ok(attachment(XLSX, &file, bytes))
        }
        _ => Err(No::new(&who.desk, Fault::Missing)),
    }
}
