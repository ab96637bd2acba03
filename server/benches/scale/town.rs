//! So many Saturdays of some organizations, with stalls, posters and a screen each, served by one node.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use kaishi_app::state::{Limits, Parts, Site, State, SystemClock};
use kaishi_domain::actor::{Organizer, Role};
use kaishi_domain::chance;
use kaishi_domain::id::hex;
use kaishi_domain::market::{Market, Plan, Stage, Zone};
use kaishi_domain::moment::{HOUR, Place};
use kaishi_domain::seal::Seal;
use kaishi_domain::token::{Key, Keys, Purpose, Ticket};
use kaishi_domain::trust::Rules;
use kaishi_domain::{AccountId, GroundId, MarketId, MarketRef, OrgId, PosterId, StallId};
use kaishi_server::chance::SystemChance;
use kaishi_store::{Account, NewLink, Organization, Store};

use crate::load::{Load, form};

/// Saturdays of one organization.
const EACH: usize = 10;
/// Stalls of one Saturday.
const STALLS: usize = 14;
const GROUND: &str = include_str!("../../demo/ground.json");

/// One Saturday.
pub(crate) struct Saturday {
    pub(crate) at: MarketRef,
    pub(crate) screen: String,
    posters: Vec<(PosterId, String)>,
    day_key: [u8; 32],
}

/// All of them, and the node.
pub(crate) struct Town {
    pub(crate) address: String,
    pub(crate) saturdays: Vec<Saturday>,
    state: State,
}

impl Town {
    /// In a file, or on PostgreSQL in a schema of its own.
    pub(crate) async fn build(url: &str, saturdays: usize) -> Result<Self> {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let (chance, seal) = (Arc::new(SystemChance), Seal::new([7; 32]));
        let store = if url.starts_with("sqlite:") {
            Store::open(url, chance, seal).await?
        } else {
            let schema = format!("bench{}", hex(&chance::bytes::<8>(&SystemChance)));
            Store::open_postgres_schema(url, &schema, chance, seal).await?
        };
        let rules = Rules { poster_rate: 0, surge: 0, ..Rules::default() };
        let state = State::new(Parts {
            store,
            clock: Arc::new(SystemClock { offset: 0 }),
            chance: Arc::new(SystemChance),
            keys: Keys::new(Key { id: 1, secret: [7; 32] }, Vec::new()),
            public_url: format!("http://{address}"),
            site: Site::default(),
            limits: Limits { rules, streams: 10_000, ..Limits::default() },
        });
        let mut town = Self { address, saturdays: Vec::new(), state };
        while town.saturdays.len() < saturdays {
            let (by, ground) = town.organization().await?;
            for ordinal in 0..EACH.min(saturdays - town.saturdays.len()) {
                let saturday = town.saturday(&by, ground, ordinal as i64 + 1).await?;
                town.saturdays.push(saturday);
            }
        }
        let router = kaishi_server::route::router(&town.state);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(town)
    }

    async fn organization(&self) -> Result<(Organizer, GroundId)> {
        let (store, now) = (&self.state.store, self.state.now());
        let org = OrgId::from_bytes(self.state.random());
        store.found(&Organization { id: org, name: "社区党委".into(), district: "街道".into() }, now).await?;
        let id = AccountId::new(now, self.state.random());
        let account = Account { org, id, login: "organizer".into(), role: Role::Organizer };
        store.account_add(&account, "none", now).await?;
        let by = Organizer::operator(org, id);
        let ground = GroundId::new(now, self.state.random());
        store.ground_add(&by, ground, ("广场", GROUND), now).await?;
        Ok((by, ground))
    }

    async fn saturday(&self, by: &Organizer, ground: GroundId, ordinal: i64) -> Result<Saturday> {
        let (store, now) = (&self.state.store, self.state.now());
        let (opens_at, time_zone) = (now.plus(-HOUR), "Asia/Shanghai");
        let market = Market {
            org: by.org(),
            id: MarketId::new(now, self.state.random()),
            ordinal,
            name: "党员服务市集".into(),
            theme: String::new(),
            tagline: String::new(),
            held_on: Place::named(time_zone)?.day(opens_at).to_string(),
            opens_at,
            closes_at: now.plus(4 * HOUR),
            time_zone: time_zone.into(),
            stage: Stage::Open,
            plan: Plan::Fair,
            weather: "晴".into(),
            ground,
            host: String::new(),
            organizer: String::new(),
            participants: String::new(),
            zones: vec![Zone { letter: "A".into(), name: "民有所呼".into() }],
        };
        store.market_add(by, &market, self.state.random(), now).await?;
        let at = MarketRef { org: by.org(), market: market.id };
        let mut posters = Vec::with_capacity(STALLS);
        for no in 1..=STALLS {
            let stall = StallId::new(now, self.state.random());
            store.stall_add(by, market.id, stall, &no.to_string(), "A").await?;
            store.poster_make(by, market.id, stall, now).await?;
        }
        for poster in store.posters(by, market.id).await? {
            posters.push((poster.id, self.state.path(Purpose::Poster, poster.id)));
        }
        let link = NewLink {
            purpose: Purpose::Screen,
            org: at.org,
            market: Some(at.market),
            stall: None,
            unit: None,
            expires_at: now.plus(24 * HOUR),
        };
        let screen = self.state.path(Purpose::Screen, store.link_add(&link, now).await?);
        let day_key = store.day_key(at).await?.context("the market has no key")?;
        Ok(Saturday { at, screen, posters, day_key })
    }

    /// People in the counts of a Saturday.
    pub(crate) async fn counted(&self, nth: usize) -> Result<i64> {
        let at = self.saturdays[nth].at;
        Ok(self.state.store.snapshot(at, self.state.now()).await?.encounters.total)
    }

    /// A form that nobody has sent, at one of a Saturday's stalls.
    pub(crate) fn tap(&self, saturday: &Saturday, stall: usize) -> String {
        let (poster, path) = &saturday.posters[stall % saturday.posters.len()];
        let cookie = hex(&self.state.random::<16>());
        let tag = Keys::visitor_tag(&saturday.day_key, &cookie);
        // Looked at for two seconds, as a person does.
        let looked = self.state.now().plus(-2_000);
        let ticket = Ticket::mint(*poster, looked, self.state.random(), tag);
        let body = format!("ticket={}&n=1", self.state.keys.seal(&ticket));
        form(&self.address, path, &format!("v={cookie}"), &body)
    }
}

/// Taps at one stall alone.
pub(crate) struct Stall<'a> {
    pub(crate) town: &'a Town,
    pub(crate) at: &'a Saturday,
}

impl Load for Stall<'_> {
    fn address(&self) -> String {
        self.town.address.clone()
    }

    fn request(&self) -> String {
        self.town.tap(self.at, 0)
    }

    fn yes(&self) -> u16 {
        303
    }
}

/// The page behind that stall's poster.
pub(crate) struct Page<'a> {
    pub(crate) town: &'a Town,
    pub(crate) at: &'a Saturday,
}

impl Load for Page<'_> {
    fn address(&self) -> String {
        self.town.address.clone()
    }

    fn request(&self) -> String {
        let path = &self.at.posters[0].1;
        format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-language: zh\r\n\r\n", self.town.address)
    }

    fn yes(&self) -> u16 {
        200
    }
}
