//! What a bulletin rests on, to be taken away: the ledger row by row, the appeals without their words, the stalls; as
//! they are now, or as they were signed or corrected.

use axum::extract::{Path, Query, State as Shared};
use axum::response::Response;
use kaishi_app::fault::Fault;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::appeal::Categories;
use kaishi_app::words::bulletin::{Bulletin, Rows as Words};
use kaishi_app::words::staff::Pad;
use kaishi_domain::actor::Reader;
use kaishi_domain::appeal::Category;
use kaishi_domain::bulletin::{FigureKey, Thanks};
use kaishi_domain::count::StallCount;
use kaishi_domain::encounter::{Confidence, Kind, Source};
use kaishi_domain::moment::Place;
use kaishi_domain::{MarketId, MarketRef, Moment, Refusal};
use kaishi_store::{AppealLine, Error, LedgerLine, Lines, Slice};
use serde::Deserialize;

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

/// An appeal as texts: reference, when, stall, source, category, state.
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
        line.reference(),
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

/// As of which issue: 0 for the signature, none for now.
#[derive(Deserialize)]
pub struct AsOf {
    n: Option<i64>,
}

/// What the files hold: the ledger up to a row, and the rows outside it.
struct Held {
    upto: i64,
    lines: Lines,
}

async fn held(state: &State, who: &SignedIn, at: MarketRef, as_of: &AsOf) -> Result<Held, Error> {
    let Some(n) = as_of.n else {
        let upto = state.store.ledger_rows(at).await?;
        return Ok(Held {
            upto,
            lines: state.store.lines(&who.actor.viewer(), at.market, state.now()).await?,
        });
    };
    let (_, issues) = state.store.bulletin(at).await?.ok_or(Error::Missing("bulletin"))?;
    let issue = issues.into_iter().find(|issue| issue.n == n).ok_or(Error::Missing("issue"))?;
    Ok(Held { upto: issue.seq, lines: issue.lines })
}

fn row<const N: usize>(cells: [&str; N]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

/// The ledger as the columns of a computer: codes and numbers, one row a row.
async fn ledger(state: &State, by: &Reader, market: MarketId, upto: i64) -> Result<Rows, Error> {
    let mut rows: Rows = vec![row([
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
    ])];
    let mut after = 0;
    loop {
        let slice = Slice { key: None, after, upto, most: PAGE };
        let lines = state.store.ledger_lines(by, market, slice).await?;
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
fn appeals(lines: Lines) -> Rows {
    let head =
        row(["reference", "raised_at", "stall", "channel", "category", "state", "settled", "confirmed_at"]);
    let utc = |millis: i64| Moment::from_millis(millis).utc();
    let line = |line: AppealLine| {
        vec![
            line.reference(),
            utc(line.raised_at),
            line.stall,
            line.channel,
            line.category,
            line.state,
            line.settled.unwrap_or_default(),
            line.confirmed_at.map(utc).unwrap_or_default(),
        ]
    };
    std::iter::once(head).chain(lines.appeals.into_iter().map(line)).collect()
}

/// The stalls: who stood there, and whether they had come.
fn stalls(lines: Lines) -> Rows {
    let head = row(["stall", "name", "unit", "zone", "arrived"]);
    let line = |stall: StallCount| {
        let arrived = i64::from(stall.arrived).to_string();
        vec![stall.no, stall.name, stall.unit, stall.zone, arrived]
    };
    std::iter::once(head).chain(lines.stalls.into_iter().map(line)).collect()
}

/// The units: what each did, and for how long.
fn units(units: Vec<Thanks>) -> Rows {
    let head = row([
        "unit", "stalls", "served", "consult", "handle", "try", "talk", "settled", "rated", "content",
        "minutes",
    ]);
    let line = |unit: Thanks| {
        let stalls: Vec<&str> = unit.stalls.iter().map(|(no, _)| no.as_str()).collect();
        let mut cells = vec![unit.name.clone(), stalls.join(" "), unit.served().to_string()];
        cells.extend(Kind::ALL.map(|kind| unit.of(kind).to_string()));
        cells.extend([unit.settled, unit.rated, unit.content].map(|n| n.to_string()));
        cells.push(unit.minutes.map(|minutes| minutes.to_string()).unwrap_or_default());
        cells
    };
    std::iter::once(head).chain(units.into_iter().map(line)).collect()
}

/// `ledger`, `appeals`, `stalls` or `units`, as `.csv` or `.xlsx`.
pub async fn file(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path((at, name)): Path<(MarketRef, String)>,
    Query(as_of): Query<AsOf>,
) -> Result<Response, No> {
    const CSV: &str = "text/csv; charset=utf-8";
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let market = market_of(&state, &who, at).await?;
    let by = who.reader()?;
    let missing = || No::new(&who.desk, Fault::Missing);
    let (what, ending) = name.split_once('.').ok_or_else(missing)?;
    let held = held(&state, &who, at, &as_of).await.map_err(who.no())?;
    let rows = match what {
        "ledger" => ledger(&state, &by, at.market, held.upto).await.map_err(who.no())?,
        "appeals" => appeals(held.lines),
        "stalls" => stalls(held.lines),
        "units" => units(state.store.unit_thanks(&market, held.upto).await.map_err(who.no())?),
        _ => return Err(missing()),
    };
    let as_of = as_of.n.map(|n| format!("-{n}")).unwrap_or_default();
    let file = format!("{}{as_of}-{name}", market.held_on);
    match ending {
        "csv" => Ok(attachment(CSV, &file, csv::write(&rows))),
        "xlsx" => {
            let bytes = xlsx::write(&market.held_on, &rows)
                .map_err(|_| No::new(&who.desk, Fault::from(Refusal::TooLong("ledger"))))?;
            Ok(attachment(XLSX, &file, bytes))
        }
        _ => Err(missing()),
    }
}
