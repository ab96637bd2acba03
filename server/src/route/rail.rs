//! The rail of a Saturday: how far each step is, and why.

use axum::http::Method;
use kaishi_app::pages::frame::{Progress, Rail, RailStep, Step};
use kaishi_app::state::State;
use kaishi_domain::market::{Market, Stage};
use kaishi_domain::preflight::open_musts;
use kaishi_domain::{MarketRef, call, layout};
use kaishi_store::SeasonRow;

use crate::route::caller::{No, SignedIn};
use crate::route::day::preflight;
use crate::route::organizer::day_title;
use crate::route::right;

/// Reads how far this Saturday is.
pub async fn rail(state: &State, who: &SignedIn, market: &Market) -> Result<Rail, No> {
    let row = state.store.saturday(&who.actor.viewer(), market.id).await.map_err(who.no())?;
    let lang = who.desk.lang;
    let (wrong, seen) = layout_state(state, market).await.map_err(who.no())?;
    let calling = calling(state, market).await.map_err(who.no())?;
    let ahead = ahead(state, who, market).await.map_err(who.no())?;
    let posters = posters(state, market, row.filled).await.map_err(who.no())?;
    let open =
        |path: &str| right::roles(&Method::GET, &format!("/o/m/{{market}}/{path}")).meets(who.actor.roles());
    let closed = Step::ALL.into_iter().flat_map(RailStep::twins).copied().filter(|path| !open(path));
    let closed = closed.collect();
    let steps = Step::ALL
        .into_iter()
        .filter(|step| open(step.path()))
        .map(|step| {
            let (progress, zh, en) = match step {
                Step::Layout if wrong > 0 => {
                    (Progress::Blocked, format!("{wrong} 处必须先改"), format!("{wrong} to put right"))
                }
                Step::Layout if seen == Seen::Never && row.stalls > 0 => {
                    (Progress::Partial, "还没发布".into(), "not published".into())
                }
                Step::Layout if seen == Seen::Other => {
                    (Progress::Partial, "有改动没发布".into(), "changes to publish".into())
                }
                Step::Call => calling.clone(),
                Step::Preflight => ahead.clone(),
                Step::Posters => posters.clone(),
                _ => standing(step, &row),
            };
            RailStep { step, progress, why: lang.pick(zh, en) }
        })
        .collect();
    Ok(Rail { market: market.clone(), day: day_title(market, lang), steps, closed })
}

/// How the draft of the plan in force stands to what residents see.
#[derive(PartialEq, Eq)]
enum Seen {
    Never,
    Other,
    Same,
}

/// How many rules that draft breaks, and whether residents see it.
async fn layout_state(state: &State, market: &Market) -> Result<(usize, Seen), kaishi_store::Error> {
    let at = MarketRef { org: market.org, market: market.id };
    let (_, layout) = state.store.layout(at, market.plan).await?;
    let seen = match state.store.published(at, market.plan).await? {
        (0, _) => Seen::Never,
        (_, seen) if seen == layout => Seen::Same,
        _ => Seen::Other,
    };
    if layout.stalls().is_empty() {
        return Ok((0, seen));
    }
    let ground = state.store.ground_of(at).await?;
    let uses = state.store.uses(at, market.plan).await?;
    let found = layout::check(&ground, &layout, &uses);
    Ok((found.iter().filter(|breach| breach.severity == layout::Severity::Error).count(), seen))
}

/// How far the call is: what has to be decided comes first.
async fn calling(state: &State, market: &Market) -> Result<(Progress, String, String), kaishi_store::Error> {
    let at = MarketRef { org: market.org, market: market.id };
    let Some(call) = state.store.call(at).await?.filter(|call| call.listed) else {
        return Ok((Progress::Later, "还没张榜".into(), "not listed".into()));
    };
    let claims = state.store.claims(at).await?;
    let open = claims.iter().filter(|claim| undecided(&claim.state)).count();
    let left: i64 = state.store.wants(at).await?.iter().map(call::Want::left).sum();
    Ok(match (open, left) {
        (0, 0) => (Progress::Done, "都有人揭榜".into(), "all answered".into()),
        (0, left) if call.is_open(state.now()) => {
            (Progress::Partial, format!("还缺 {left} 家"), format!("{left} still wanted"))
        }
        (0, left) => {
            (Progress::Partial, format!("已截止，还缺 {left} 家"), format!("closed, {left} still wanted"))
        }
        (open, _) => (Progress::Partial, format!("{open} 家待定"), format!("{open} to decide")),
    })
}

/// How far the list before opening is; what is late blocks while the market is not open.
async fn ahead(
    state: &State,
    who: &SignedIn,
    market: &Market,
) -> Result<(Progress, String, String), kaishi_store::Error> {
    let lines = preflight::lines(state, &who.actor.viewer(), market).await?;
    let open = open_musts(&lines).count();
    let late = open_musts(&lines).filter(|line| line.overdue).count();
    Ok(match (open, late, market.stage) {
        (0, ..) => (Progress::Done, "都办好了".into(), "all in order".into()),
        (_, late, Stage::Draft | Stage::Calling) if late > 0 => {
            (Progress::Blocked, format!("{late} 项已过期"), format!("{late} overdue"))
        }
        (open, ..) => (Progress::Partial, format!("还有 {open} 项"), format!("{open} to do")),
    })
}

/// How far the posters are: every stall that has a unit needs one that opens.
async fn posters(
    state: &State,
    market: &Market,
    filled: i64,
) -> Result<(Progress, String, String), kaishi_store::Error> {
    let missing = state.store.posters_missing(MarketRef { org: market.org, market: market.id }).await?;
    Ok(match (filled, missing) {
        (0, _) => (Progress::Later, "每摊一张".into(), "one a stall".into()),
        (_, 0) => (Progress::Done, "每摊一张".into(), "one a stall".into()),
        (_, missing) => (Progress::Partial, format!("还缺 {missing} 张"), format!("{missing} to make")),
    })
}

/// Whether an organizer still has something to say about an answer.
const fn undecided(state: &call::State) -> bool {
    matches!(state, call::State::New | call::State::Prepared { .. } | call::State::Leaving { .. })
}

fn standing(step: Step, row: &SeasonRow) -> (Progress, String, String) {
    let SeasonRow { stalls, filled, encounters, appeals, .. } = *row;
    let stage = row.market.stage;
    let begun = matches!(stage, Stage::Open | Stage::Closed | Stage::Filed);
    let count = |done: bool, some: bool| match (done, some) {
        (true, _) => Progress::Done,
        (false, true) => Progress::Partial,
        (false, false) => Progress::Later,
    };
    match step {
        Step::Layout => (count(stalls > 0, false), format!("{stalls} 个摊位"), format!("{stalls} stalls")),
        Step::Call | Step::Preflight | Step::Posters => (Progress::Later, String::new(), String::new()),
        Step::Board => (
            count(stalls > 0 && filled == stalls, filled > 0),
            format!("{filled}／{stalls} 已定"),
            format!("{filled} of {stalls} set"),
        ),
        Step::Live => (
            match stage {
                Stage::Open => Progress::Partial,
                _ if begun => Progress::Done,
                _ => Progress::Later,
            },
            format!("{encounters} 人次"),
            format!("{encounters} served"),
        ),
        Step::Appeals => {
            (count(stage == Stage::Filed, appeals > 0), format!("{appeals} 件"), format!("{appeals} raised"))
        }
        Step::Bulletin => match stage {
            Stage::Filed => (Progress::Done, "已归档".into(), "filed".into()),
            Stage::Closed => (Progress::Partial, "待签".into(), "to be signed".into()),
            _ => (Progress::Later, "收市后签发".into(), "after closing".into()),
        },
    }
}
