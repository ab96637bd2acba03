//! Where everything of the demo is: printed on the terminal, and as JSON for other programs.

use anyhow::Result;
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::Market;
use kaishi_domain::token::Purpose;
use kaishi_domain::{LinkId, MarketRef};
use serde::Serialize;

use super::account;
use crate::link::{Guard, LinkBook};

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
        for (name, (user, password)) in [
            ("审计 auditor", account::AUDITOR),
            ("街道党工委 street", account::STREET),
            ("平台运维 operator", account::OPERATOR),
        ] {
            println!("  {name}: {}/login  {user} / {password}", self.base);
        }
        for stall in &self.stalls {
            println!("  {}号 {}: {}", stall.no, stall.name, stall.url);
        }
        for pad in &self.staff {
            println!("  {}号 加一页 staff: {}", pad.no, pad.url);
        }
    }
}

/// Finds or makes every link of the market.
pub async fn addresses(state: &State, by: &Organizer, market: &Market) -> Result<Addresses> {
    let at = MarketRef { org: by.org(), market: market.id };
    let links = LinkBook::complete(state, by, market, Guard::Open).await?;
    let address = |purpose, id: Option<LinkId>| id.map(|id| state.address(purpose, id)).unwrap_or_default();
    let screen = address(Purpose::Screen, links.screen());
    let (_, layout) = state.store.published(at, market.plan).await?;
    let entries = state.store.entries(at).await?;
    let held = state.store.assignments(at).await?;
    let posters = state.store.posters(by, market.id).await?;
    let (mut stalls, mut staff, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for stall in layout.in_order() {
        let entry = held
            .iter()
            .find(|assigned| assigned.held.stall == stall.id)
            .and_then(|assigned| entries.iter().find(|entry| entry.id == assigned.held.entry));
        if let Some(poster) = posters.iter().find(|poster| poster.stall == stall.id) {
            stalls.push(StallAddress {
                no: stall.no.clone(),
                name: entry.map(|entry| entry.name.clone()).unwrap_or_default(),
                url: state.address(Purpose::Poster, poster.id),
            });
        }
        staff
            .push(StaffAddress { no: stall.no.clone(), url: address(Purpose::Staff, links.staff(stall.id)) });
        if let Some(unit) = entry.and_then(|entry| entry.unit) {
            let url = address(Purpose::Unit, links.unit(unit));
            units.push(StaffAddress { no: stall.no.clone(), url });
        }
    }
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
        stalls,
        staff,
        units,
        base,
    })
}
