//! Places the Fuzhong market of 13 May 2023 on today. Roles only, no names of persons.

use anyhow::{Context as _, Result};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::{Market, Plan, Stage, Zone};
use kaishi_domain::moment::{HOUR, MINUTE, Place};
use kaishi_domain::token::Purpose;
use kaishi_domain::{GroundId, MarketId, MarketRef, OrgId};
use kaishi_store::{NewLink, Organization};
use serde::Serialize;

use super::{account, place};

const TIME_ZONE: &str = "Asia/Shanghai";

/// Where everything of the demo is. The shape is a promise to the outside.
#[derive(Clone, Debug, Serialize)]
pub struct Addresses {
    /// Public URL.
    pub base: String,
    /// The residents' page.
    pub market: String,
    /// The market's id, for `kaishi simulate --market`.
    pub market_id: String,
    /// The big screen.
    pub screen: String,
    /// Its snapshot as JSON.
    pub counts: String,
    /// The bulletin.
    pub bulletin: String,
    /// Demo login.
    pub organizer: SignIn,
    /// Demo login.
    pub committee: SignIn,
    /// Stall pages, as the posters hold them.
    pub stalls: Vec<StallAddress>,
    /// Staff pads.
    pub staff: Vec<StaffAddress>,
    /// Units' own pages.
    pub units: Vec<StaffAddress>,
}

/// A demo login.
#[derive(Clone, Debug, Serialize)]
pub struct SignIn {
    /// Login name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// One stall's page.
#[derive(Clone, Debug, Serialize)]
pub struct StallAddress {
    /// Printed number.
    pub no: String,
    /// Name on the sign.
    pub name: String,
    /// Address in the QR code.
    pub url: String,
}

/// One staff pad or unit page.
#[derive(Clone, Debug, Serialize)]
pub struct StaffAddress {
    /// Printed number of the stall.
    pub no: String,
    /// Address.
    pub url: String,
}

impl Addresses {
    /// For the terminal.
    pub fn print(&self) {
        println!("\n福中社区 党员服务市集 The Fuzhong market is ready:");
        for (name, url) in [
            ("大屏 screen", &self.screen),
            ("居民页 residents", &self.market),
            ("简报 bulletin", &self.bulletin),
            ("数据 counts", &self.counts),
        ] {
            println!("  {name}: {url}");
        }
        println!(
            "  组织者 organizer: {}/login  {} / {}",
            self.base, self.organizer.user, self.organizer.password
        );
        println!(
            "  街道 committee: {}/login  {} / {}",
            self.base, self.committee.user, self.committee.password
        );
        for stall in &self.stalls {
            println!("  {}号 {}: {}", stall.no, stall.name, stall.url);
        }
        for pad in &self.staff {
            println!("  {}号 加一页 staff: {}", pad.no, pad.url);
        }
    }
}

/// Seeds an empty database; a seeded one only gives its addresses again.
pub async fn seed(state: &State) -> Result<Addresses> {
    let org = match state.store.organizations().await?.first() {
        Some(known) => known.id,
        None => found(state).await?,
    };
    let account = state.store.first_organizer(org).await?.context("the demo has lost its organizer")?;
    let by = Organizer::operator(org, account);
    let market =
        state.store.season(&by.viewer()).await?.into_iter().next().context("the demo has no market")?;
    addresses(state, &by, &market.market).await
}

async fn found(state: &State) -> Result<OrgId> {
    let now = state.now();
    let org = OrgId::from_bytes(state.random());
    let organization = Organization {
        id: org,
        name: "福中社区党委".into(),
        district: "深圳市福田区莲花街道福中社区".into(),
    };
    state.store.found(&organization, now).await?;
    let by = Organizer::operator(org, account::add(state, org).await?);
    let ground = place::ground(state, &by).await?;
    let market = market(state, org, ground)?;
    state.store.market_add(&by, &market, state.random(), now).await?;
    place::layouts(state, &by, market.id).await?;
    Ok(org)
}

/// Today's market: open since an hour, until the evening.
fn market(state: &State, org: OrgId, ground: GroundId) -> Result<Market> {
    let now = state.now();
    let place = Place::named(TIME_ZONE)?;
    let zone = |letter: &str, name: &str| Zone { letter: letter.into(), name: name.into() };
    Ok(Market {
        org,
        id: MarketId::new(now, state.random()),
        ordinal: 14,
        name: "党员服务市集".into(),
        theme: "党群开市“服”满园，不拘一“格”应民声".into(),
        tagline: "党员摆摊，群众赶集".into(),
        held_on: place.day(now).to_string(),
        opens_at: now.bucket(30 * MINUTE).plus(-HOUR),
        closes_at: now.bucket(30 * MINUTE).plus(9 * HOUR),
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

async fn addresses(state: &State, by: &Organizer, market: &Market) -> Result<Addresses> {
    let now = state.now();
    let at = MarketRef { org: by.org(), market: market.id };
    let links = state.store.links(by, market.id, now).await?;
    let screen = match links.iter().find(|link| link.what.purpose == Purpose::Screen) {
        Some(link) => link.id,
        None => {
            let link = NewLink {
                purpose: Purpose::Screen,
                org: by.org(),
                market: Some(market.id),
                stall: None,
                unit: None,
                expires_at: market.closes_at.plus(30 * 24 * HOUR),
            };
            state.store.link_add(&link, now).await?
        }
    };
    let screen = state.address(Purpose::Screen, screen);
    let base = state.public_url.clone();
    let sign_in = |(user, password): (&str, &str)| SignIn { user: user.into(), password: password.into() };
    Ok(Addresses {
        market: format!("{base}/m/{at}"),
        market_id: at.to_string(),
        counts: format!("{screen}/counts.json"),
        screen,
        bulletin: format!("{base}/o/m/{at}/bulletin"),
        organizer: sign_in(account::ORGANIZER),
        committee: sign_in(account::COMMITTEE),
        stalls: Vec::new(),
        staff: Vec::new(),
        units: Vec::new(),
        base,
    })
}
