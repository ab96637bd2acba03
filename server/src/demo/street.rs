//! The demo's street: above the Fuzhong community and a second one, which held its market a week ago. Only the demo
//! itself has it. Everything goes through the verbs that people use; the second community stands in a file of its own.

use anyhow::{Context as _, Result, ensure};
use kaishi_app::state::State;
use kaishi_domain::actor::{Admin, Operator, Organizer, Role, Roles};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::{Diff, Layout, Spot};
use kaishi_domain::market::{Market, Plan, Stage};
use kaishi_domain::moment::{HOUR, MINUTE};
use kaishi_domain::organization::Kind;
use kaishi_domain::paper::{Counts, Sheet};
use kaishi_domain::{AccountId, BatchId, EntryId, GroundId, MarketId, OrgId, StallId};
use kaishi_store::{Account, Organization, Published};
use serde::Deserialize;

use super::account::{COMMITTEE, OPERATOR, STREET};

const GROUND: &str = include_str!("../../demo/ground.json");
const FAIR: &str = include_str!("../../demo/layout-fair.json");
const SECOND: &str = include_str!("../../demo/second.json");
/// Its market was so many days before.
const DAYS_AGO: i32 = 7;

#[derive(Deserialize)]
struct Second {
    name: String,
    district: String,
    market: String,
    theme: String,
    /// Name on the sign, zone, people served.
    entries: Vec<(String, String, i64)>,
}

/// Seeds the street above a community that is there, once.
pub(super) async fn seed(state: &State, by: &Organizer, market: &Market) -> Result<()> {
    if state.store.organizations().await?.len() > 1 {
        return Ok(());
    }
    let now = state.now();
    let operator = account(state, by.org(), OPERATOR, Role::Operator).await?;
    let operator = Operator::of(by.org(), operator);
    let street = organization(state, "莲花街道党工委", "深圳市福田区莲花街道");
    // Each a little later than the one before: lists keep that order.
    state.store.found_under(&operator, (&street, Kind::Street), None, now.plus(1)).await?;
    state.store.put_under(&operator, by.org(), street.id, now.plus(1)).await?;
    let admin = Admin::operator(street.id, account(state, street.id, STREET, Role::Organizer).await?);
    let committee =
        state.store.login(by.org(), COMMITTEE.0).await?.context("the demo has lost its committee")?;
    let (viewer, until) = (Roles::only(Role::Committee), now.plus(HOUR));
    let link = state.store.invite(&admin, viewer, until, now).await?;
    state.store.invited_join((link, viewer), (by.org(), committee.id, COMMITTEE.0), now).await?;
    second(state, &operator, street.id, market).await
}

fn organization(state: &State, name: &str, district: &str) -> Organization {
    Organization { id: OrgId::from_bytes(state.random()), name: name.into(), district: district.into() }
}

async fn account(
    state: &State,
    org: OrgId,
    (login, password): (&str, &str),
    role: Role,
) -> Result<AccountId> {
    let (now, id) = (state.now(), AccountId::new(state.now(), state.random()));
    let hash = crate::password::hash(password.to_owned()).await?;
    state.store.account_add(&Account { org, id, login: login.to_owned(), role }, &hash, now).await?;
    Ok(id)
}

/// A second community with the market of a week ago, counted on paper.
async fn second(state: &State, operator: &Operator, street: OrgId, like: &Market) -> Result<()> {
    let Second { name, district, market, theme, entries } = serde_json::from_str(SECOND)?;
    let (now, new) = (state.now(), organization(state, &name, &district));
    state.store.found_under(operator, (&new, Kind::Community), Some(street), now.plus(2)).await?;
    let by = Organizer::operator(new.id, AccountId::new(now, state.random()));
    let ground = GroundId::new(now, state.random());
    state.store.ground_add(&by, ground, (&Ground::parse(GROUND)?.title, GROUND), state.now()).await?;
    let back = i64::from(DAYS_AGO) * 24 * HOUR;
    let (opens_at, closes_at) = (like.opens_at.plus(-back), like.opens_at.plus(3 * HOUR - back));
    let market = Market {
        org: new.id,
        id: MarketId::new(now, state.random()),
        ordinal: 3,
        name: market,
        theme,
        held_on: like.place()?.day(opens_at).to_string(),
        opens_at,
        closes_at,
        stage: Stage::Open,
        plan: Plan::Fair,
        weather: "晴 27℃".into(),
        ground,
        organizer: name,
        ..like.clone()
    };
    state.store.market_add(&by, &market, state.random(), now).await?;
    let layout = layout(state, &by, &market).await?;
    for ((name, zone, served), stall) in entries.into_iter().zip(layout.in_order()) {
        let entry = Entry {
            id: EntryId::new(now, state.random()),
            unit: None,
            unit_name: String::new(),
            name,
            zone,
            services: Vec::new(),
            needs: Needs::default(),
            wishes: Vec::new(),
            way: Way::Take,
            arrived: false,
        };
        state.store.entry_add(&by, market.id, &entry, now).await?;
        state.store.entry_arrived(&by, market.id, entry.id, true, opens_at.plus(-20 * MINUTE)).await?;
        let sheet = Sheet {
            id: BatchId::new(now, state.random()),
            stall: stall.id,
            counts: Counts([served, 0, 0, 0]),
            counted_by: "摊位志愿者".into(),
            from: opens_at,
            to: closes_at,
            remark: String::new(),
        };
        state.store.paper_enter(&by.clerk(market.id), &sheet, closes_at).await?;
    }
    state.store.stage(&by, market.id, Stage::Closed, closes_at).await?;
    Ok(())
}

async fn layout(state: &State, by: &Organizer, market: &Market) -> Result<Layout> {
    let stalls = Spot::parse_all(FAIR)?
        .into_iter()
        .map(|spot| Ok(spot.stall(StallId::new(state.now(), state.random()))?))
        .collect::<Result<Vec<_>>>()?;
    let (now, layout) = (state.now(), Layout::of(stalls)?);
    let diff = Diff::between(&Layout::default(), &layout);
    state.store.layout_save(by, market.id, Plan::Fair, 0, &diff, now).await?;
    let published = state.store.layout_publish(by, market.id, Plan::Fair, 1, now).await?;
    ensure!(matches!(published, Published::Done { .. }), "the second map breaks a rule: {published:?}");
    Ok(layout)
}
