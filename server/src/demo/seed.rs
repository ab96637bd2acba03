//! Places the Fuzhong market of 13 May 2023 on today. Roles only, no names of persons.
//! Everything goes through the verbs that people use; what it places stands in the files of `server/demo`.

use anyhow::{Context as _, Result, ensure};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::assignment::{Act, Board, Change, fill, spots};
use kaishi_domain::call::{Call, Policy, Want};
use kaishi_domain::entry::EntryLine;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::{Diff, Layout, Spot};
use kaishi_domain::market::{Market, Plan, Stage, Zone};
use kaishi_domain::moment::{HOUR, MINUTE, Place};
use kaishi_domain::unit::vetting::Step as Vetting;
use kaishi_domain::unit::{Unit, UnitLine};
use kaishi_domain::{EntryId, GroundId, MarketId, Moment, OrgId, StallId, UnitId, WantId};
use kaishi_store::{Organization, Published, SeasonRow, Step};
use serde::Deserialize;

use super::{account, booking, day, visit};

pub(super) const TIME_ZONE: &str = "Asia/Shanghai";
const GROUND: &str = include_str!("../../demo/ground.json");
const FAIR: &str = include_str!("../../demo/layout-fair.json");
const RAIN: &str = include_str!("../../demo/layout-rain.json");
const UNITS: &str = include_str!("../../demo/units.json");
const ENTRIES: &str = include_str!("../../demo/entries.json");
const CALL: &str = include_str!("../../demo/call.json");
/// Answers to the call came in until the evening before.
const CALL_BEFORE: i64 = 14 * HOUR;

/// When the demo's market opens and closes.
#[derive(Clone, Copy, Debug)]
pub struct Hours {
    /// Opening.
    pub opens_at: Moment,
    /// Closing.
    pub closes_at: Moment,
}

impl Hours {
    /// Open since an hour, for nine more: whoever tries the demo finds it open.
    /// A market is held on one day, so that soon after midnight it has opened then.
    pub fn around(now: Moment) -> Result<Self> {
        let place = Place::named(TIME_ZONE)?;
        let midnight = place.at(place.day(now), 0, 0)?;
        let half = now.bucket(30 * MINUTE);
        Ok(Self { opens_at: half.plus(-HOUR).max(midnight), closes_at: half.plus(9 * HOUR) })
    }

    /// The morning of the day: from half past eight until noon, and an afternoon to look around in.
    pub fn morning(now: Moment) -> Result<Self> {
        let place = Place::named(TIME_ZONE)?;
        let day = place.day(now);
        Ok(Self { opens_at: place.at(day, 8, 30)?, closes_at: place.at(day, 20, 0)? })
    }
}

/// Seeds an empty database; in a seeded one it only finds the market again.
pub async fn seed(state: &State, hours: Hours) -> Result<(Organizer, Market)> {
    let org = match state.store.organizations().await?.first() {
        Some(known) => known.id,
        None => found(state, hours).await?,
    };
    let account = state.store.first_organizer(org).await?.context("the demo has lost its organizer")?;
    let by = Organizer::operator(org, account);
    let rows = state.store.season(&by.viewer()).await?;
    let row = first(rows).context("the demo has no market")?;
    Ok((by, row.market))
}

/// The demo's own Saturday: those that somebody made from it come later in the series.
pub(super) fn first(rows: Vec<SeasonRow>) -> Option<SeasonRow> {
    rows.into_iter().min_by_key(|row| row.market.ordinal)
}

async fn found(state: &State, hours: Hours) -> Result<OrgId> {
    let now = state.now();
    let org = OrgId::from_bytes(state.random());
    let organization = Organization {
        id: org,
        name: "福中社区党委".into(),
        district: "深圳市福田区莲花街道福中社区".into(),
    };
    state.store.found(&organization, now).await?;
    let by = Organizer::operator(org, account::add(state, org).await?);
    let ground = GroundId::new(now, state.random());
    let plan = Ground::parse(GROUND)?;
    state.store.ground_add(&by, ground, (&plan.title, GROUND), state.now()).await?;
    let market = market(state, org, ground, hours)?;
    state.store.market_add(&by, &market, state.random(), now).await?;
    let rain = layouts(state, &by, &market).await?;
    people(state, &by, &market, &plan, &rain).await?;
    call(state, &by, &market).await?;
    day::day(state, &by, &market, &rain).await?;
    visit::seed(state, &by, &market).await?;
    booking::seed(state, &by).await?;
    Ok(org)
}

fn market(state: &State, org: OrgId, ground: GroundId, hours: Hours) -> Result<Market> {
    let now = state.now();
    let zone = |letter: &str, name: &str| Zone { letter: letter.into(), name: name.into() };
    Ok(Market {
        org,
        id: MarketId::new(now, state.random()),
        ordinal: 14,
        name: "党员服务市集".into(),
        theme: "党群开市“服”满园，不拘一“格”应民声".into(),
        tagline: "党员摆摊，群众赶集".into(),
        held_on: Place::named(TIME_ZONE)?.day(hours.opens_at).to_string(),
        opens_at: hours.opens_at,
        closes_at: hours.closes_at,
        time_zone: TIME_ZONE.into(),
        stage: Stage::Open,
        plan: Plan::Rain,
        weather: "雨 22℃".into(),
        ground,
        host: "莲花街道党工委".into(),
        organizer: "福中社区党委".into(),
        participants: "福中社区党委所辖企、事业共建共治单位党支部".into(),
        zones: vec![
            zone("A", "民有所呼，我有所应"),
            zone("B", "民有所需，我有所集"),
            zone("C", "民有所惑，我有所答"),
            zone("D", "流动摊位"),
        ],
    })
}

/// Saves and publishes both plans; a stall has the same id in both. Answers the rain plan.
async fn layouts(state: &State, by: &Organizer, market: &Market) -> Result<Layout> {
    let now = state.now();
    let rain = Spot::parse_all(RAIN)?;
    let ids: Vec<(String, StallId)> =
        rain.iter().map(|spot| (spot.no().to_owned(), StallId::new(now, state.random()))).collect();
    let placed = |spots: Vec<Spot>| -> Result<Layout> {
        let stalls = spots.into_iter().map(|spot| {
            let id = ids.iter().find(|(no, _)| no == spot.no()).map(|(_, id)| *id);
            Ok(spot.stall(id.context("a stall stands in only one plan")?)?)
        });
        Ok(Layout::of(stalls.collect::<Result<Vec<_>>>()?)?)
    };
    let (fair, rain) = (placed(Spot::parse_all(FAIR)?)?, placed(rain)?);
    for (plan, layout) in [(Plan::Fair, &fair), (Plan::Rain, &rain)] {
        let diff = Diff::between(&Layout::default(), layout);
        state.store.layout_save(by, market.id, plan, 0, &diff, now).await?;
        let published = state.store.layout_publish(by, market.id, plan, 1, now).await?;
        ensure!(matches!(published, Published::Done { .. }), "the demo's map breaks a rule: {published:?}");
    }
    Ok(rain)
}

/// The letter and the wants of `server/demo/call.json`.
#[derive(Deserialize)]
struct Letter {
    intro: String,
    rules: String,
    wants: Vec<Wanted>,
}

#[derive(Deserialize)]
struct Wanted {
    title: String,
    zone: String,
    detail: String,
    seats: i64,
}

/// The call as it stood: over since the evening before.
async fn call(state: &State, by: &Organizer, market: &Market) -> Result<()> {
    let now = state.now();
    let Letter { intro, rules, wants } = serde_json::from_str(CALL)?;
    let deadline = market.opens_at.plus(-CALL_BEFORE);
    let call = Call { intro, rules, deadline, listed: true, policy: Policy::Booked };
    state.store.call_set(by, market.id, &call, now).await?;
    for (wanted, at) in wants.into_iter().zip(1..) {
        let Wanted { title, zone, detail, seats } = wanted;
        let want =
            Want { id: WantId::new(now.plus(at), state.random()), title, zone, detail, seats, taken: 0 };
        state.store.want_put(by, market.id, &want, now).await?;
    }
    Ok(())
}

/// Units, their entries, and the stalls that fill-in finds for them.
async fn people(
    state: &State,
    by: &Organizer,
    market: &Market,
    ground: &Ground,
    rain: &Layout,
) -> Result<()> {
    let now = state.now();
    let mut units: Vec<Unit> = Vec::new();
    // Ids and times grow with each line, so that lists keep the order of the files.
    let today = Place::named(TIME_ZONE)?.day(market.opens_at);
    for (line, at) in UnitLine::parse_all(UNITS)?.into_iter().zip(1..) {
        let (vetted, credentials) = (line.vetted().map(str::to_owned), line.credentials(today));
        let unit = Unit { credentials, ..line.unit(UnitId::new(now.plus(at), state.random()))? };
        state.store.unit_add(by, &unit, now.plus(at)).await?;
        if let Some(why) = vetted {
            state.store.unit_vet(by, unit.id, &Vetting::Vet { why }, now.plus(at)).await?;
        }
        units.push(unit);
    }
    let mut entries = Vec::new();
    for (line, at) in EntryLine::parse_all(ENTRIES)?.into_iter().zip(1..) {
        let entry = line.entry(EntryId::new(now.plus(at), state.random()), &units)?;
        state.store.entry_add(by, market.id, &entry, now).await?;
        // Most were there while stalls were set up; the fifth came when the market had begun.
        let came = market.opens_at.plus(if at == 5 { 12 * MINUTE } else { -25 * MINUTE });
        state.store.entry_arrived(by, market.id, entry.id, true, came).await?;
        entries.push(entry);
    }
    let spots = spots(ground, rain);
    let filled = fill(&Board { entries, spots, rain: true, ..Board::default() });
    let steps: Vec<Step> = filled
        .placements
        .iter()
        .map(|placed| {
            let change = Change { entry: placed.entry, from: None, to: Some(placed.stall), pinned: false };
            Ok(Step { change, reason: serde_json::to_string(&placed.terms)? })
        })
        .collect::<Result<_>>()?;
    state.store.arrange(by, market.id, Act::Fill, &steps, now).await?;
    for stall in rain.stalls().keys() {
        state.store.poster_make(by, market.id, *stall, now).await?;
    }
    Ok(())
}
