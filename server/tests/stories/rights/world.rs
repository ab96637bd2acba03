//! Two organizations with people of every role, and ids of everything that an address may name: here, there, nowhere.

use std::collections::BTreeMap;

use kaishi_domain::actor::{Admin, Organizer, Role, Roles};
use kaishi_domain::booking::{Described, Kind, Opening, Terms, Week, Window};
use kaishi_domain::entry::{Entry, Needs, Way};
use kaishi_domain::ground::{self, Ground};
use kaishi_domain::id::ShortId;
use kaishi_domain::layout;
use kaishi_domain::market::Market;
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::Unit;
use kaishi_domain::{AccountId, EntryId, GroundId, MarketId, MarketRef, OrgId, ResourceId, UnitId};
use kaishi_store::{Account, NewLink, Organization};
use serde_json::json;

use crate::house::{Browser, House, NOW};

const PASSWORD: &str = "long enough to keep";

/// A text for each name in braces.
#[derive(Clone, Default)]
pub struct Ids(BTreeMap<&'static str, String>);

impl Ids {
    /// A path with every name filled in; what has no id of its own gets one that nothing has.
    pub fn fill(&self, path: &str) -> String {
        let mut full = String::new();
        let mut parts = path.split('{');
        full.push_str(parts.next().unwrap());
        for part in parts {
            let (name, rest) = part.split_once('}').unwrap();
            full.push_str(self.0.get(name).map_or(nothing(name), String::as_str));
            full.push_str(rest);
        }
        full
    }

    /// Every id, longest first.
    pub fn all(&self) -> Vec<String> {
        let mut all: Vec<String> = self.0.values().cloned().collect();
        all.extend(
            self.0.get("market").and_then(|market| market.split_once('-')).map(|(_, id)| id.to_owned()),
        );
        all.sort_by_key(|id| std::cmp::Reverse(id.len()));
        all
    }

    fn with(&self, name: &'static str, id: &str) -> Self {
        let mut other = self.clone();
        other.0.insert(name, id.to_owned());
        other
    }

    /// What a call sends that means these.
    pub fn call(&self, path: &str) -> String {
        let (market, ground) = (&self.0["market"], &self.0["ground"]);
        let diff = serde_json::to_value(layout::Diff::default()).unwrap();
        let drawn = serde_json::to_value(ground::Diff::default()).unwrap();
        let body = match path.trim_start_matches("/api/call/") {
            "layout/publish" => json!({"market": market, "plan": "fair", "revision": 1, "lang": "zh"}),
            "layout/save" => json!({"market": market, "plan": "fair", "base": 1, "diff": diff}),
            "layout/presence" => {
                json!({"market": market, "plan": "fair", "seat": "seat-one", "selected": []})
            }
            "board/fill" => json!({"market": market, "plan": "fair", "held": [], "lang": "zh"}),
            "board/arrange" => json!({"market": market, "plan": "fair", "act": "hand", "changes": []}),
            "board/reserve" => json!({"market": market, "stall": nothing(""), "why": null}),
            "ground/load" => json!({"ground": ground}),
            "ground/save" => json!({"ground": ground, "base": 1, "diff": drawn, "seen": [], "lang": "zh"}),
            "rain/propose" => json!({"market": market, "cover": "rain"}),
            _ => json!({"market": market, "plan": "fair", "lang": "zh"}),
        };
        body.to_string()
    }
}

/// An id in the shape that a name has, of nothing.
fn nothing(name: &str) -> &'static str {
    match name {
        "year" => "2023",
        "month" => "2023-05",
        "market" => "AAAAA-00000000000070008000000000000000",
        "org" => "AAAAA",
        "link" => "0000000000000000",
        "slip" | "code" => "K7QM2X",
        "file" => "nothing.txt",
        "figure" => "encounters",
        "item" => "fire",
        "n" => "1",
        "hash" => "0000000000000000000000000000000000000000000000000000000000000000",
        _ => "00000000000070008000000000000000",
    }
}

/// The world.
pub struct World {
    /// Of the organization whose people ask.
    pub own: Ids,
    foreign: Ids,
    jars: Vec<(Role, BTreeMap<String, String>)>,
}

impl World {
    /// Builds the second organization and gives everybody an account.
    pub async fn build(house: &House) -> Self {
        let hash = kaishi_server::password::hash(PASSWORD.into()).await.unwrap();
        let org = house.market.org;
        let mut jars = Vec::new();
        for role in Role::ALL {
            let login = format!("x{}", role.code());
            add(house, org, &login, role, &hash).await;
            jars.push((role, house.signed_in((&login, PASSWORD)).await.jar));
        }
        let entries = house.state.store.entries(house.at()).await.unwrap();
        let entry = entries.iter().find(|entry| entry.unit.is_some()).unwrap();
        let own = ids(house, &house.by, house.market.id, (house.market.ground, entry), &hash).await;
        let there = OrgId::from_number(org.number() ^ 8).unwrap();
        let foreign = foreign(house, there, &hash).await;
        Self { own, foreign, jars }
    }

    /// A browser in which somebody with this role alone is signed in.
    pub fn browser(&self, house: &House, role: Role) -> Browser {
        let mut browser = house.browser();
        let (_, jar) = self.jars.iter().find(|(of, _)| *of == role).unwrap();
        browser.jar.clone_from(jar);
        browser
    }

    /// Everybody who has no session: strangers, and what holders of links send along.
    pub fn without_session(house: &House) -> Vec<(&'static str, Browser)> {
        let with = |name: &str, value: &str| {
            let mut browser = house.browser();
            browser.jar.insert(name.to_owned(), value.to_owned());
            browser
        };
        vec![
            ("stranger", house.browser()),
            ("forged session", with("sid", "AAAAAAAAAAAAAAAAAAAAAA")),
            ("staff phone", with("phone", &house.pad("1"))),
        ]
    }

    /// A token for each kind of link, all of them good.
    pub fn tokens(house: &House) -> Vec<(Purpose, String)> {
        let last = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        let nobody = ShortId::new(house.market.org, [0; 5]);
        vec![
            (Purpose::Poster, last(&house.stall("1"))),
            (Purpose::Staff, last(&house.pad("1"))),
            (Purpose::Screen, last(&house.addresses.screen)),
            (Purpose::Unit, last(&house.addresses.units[0].url)),
            (Purpose::Feed, house.state.keys.token(Purpose::Feed, nobody)),
        ]
    }

    /// Ways to name what is not one's own, each beside the same of what is nowhere.
    pub fn strange(&self, path: &str) -> Vec<(Ids, Ids)> {
        let named = |name: &&str| path.contains(&format!("{{{name}}}"));
        let names: Vec<&'static str> = ["market", "unit", "ground", "entry", "account", "link", "resource"]
            .into_iter()
            .filter(named)
            .collect();
        let mut pairs = Vec::new();
        for name in &names {
            let there = self.own.with(name, &self.foreign.0[name]);
            let own = self.own.0["market"].split_once('-').unwrap().0;
            let none =
                if *name == "market" { format!("{own}-{}", nothing("")) } else { nothing(name).to_owned() };
            pairs.push((there, self.own.with(name, &none)));
        }
        pairs
    }
}

async fn add(house: &House, org: OrgId, login: &str, role: Role, hash: &str) -> AccountId {
    let id = AccountId::new(NOW, house.state.random());
    let account = Account { org, id, login: login.into(), role };
    house.state.store.account_add(&account, hash, NOW).await.unwrap();
    id
}

/// The ids of an organization, with an account and an invitation that anything may happen to.
async fn ids(
    house: &House,
    by: &Organizer,
    market: MarketId,
    (ground, entry): (GroundId, &Entry),
    hash: &str,
) -> Ids {
    let (org, store) = (by.org(), &house.state.store);
    let account = add(house, org, "whoever", Role::Organizer, hash).await;
    let admin = Admin::operator(org, by.account());
    let link = store.invite(&admin, Roles::only(Role::Auditor), NOW.plus(HOUR), NOW).await.unwrap();
    let resource = ResourceId::new(NOW, house.state.random());
    store.resource_add(by, resource, (somewhere(), "Asia/Shanghai"), NOW).await.unwrap();
    Ids(BTreeMap::from([
        ("resource", resource.to_string()),
        ("market", MarketRef { org, market }.to_string()),
        ("unit", entry.unit.unwrap().to_string()),
        ("ground", ground.to_string()),
        ("entry", entry.id.to_string()),
        ("account", account.to_string()),
        ("link", link.to_string()),
        ("org", org.to_string()),
    ]))
}

/// Something to book.
fn somewhere() -> Described {
    let week = Week::daily(Window::new(9 * 60, 18 * 60).unwrap());
    Described {
        kind: Kind::Room,
        name: "会客厅".into(),
        place: String::new(),
        terms: Terms { capacity: 1, minutes: 60, ahead: 14, each: 1, cutoff: 2, no_show: None },
        opening: Opening { week, ..Opening::default() },
    }
}

async fn foreign(house: &House, org: OrgId, hash: &str) -> Ids {
    let store = &house.state.store;
    let new = Organization { id: org, name: "景华社区党委".into(), district: "莲花街道".into() };
    store.found(&new, NOW).await.unwrap();
    let by = Organizer::operator(org, add(house, org, "far", Role::Organizer, hash).await);
    let (_, body) = store.ground(house.market.org, house.market.ground).await.unwrap();
    let ground = GroundId::new(NOW, house.state.random());
    store.ground_add(&by, ground, (&Ground::parse(&body).unwrap().title, &body), NOW).await.unwrap();
    let market = Market { org, id: MarketId::new(NOW, house.state.random()), ground, ..house.market.clone() };
    store.market_add(&by, &market, [7; 32], NOW).await.unwrap();
    let unit = Unit { id: UnitId::new(NOW, house.state.random()), ..some_unit(house).await };
    store.unit_add(&by, &unit, NOW).await.unwrap();
    let entry = Entry {
        id: EntryId::new(NOW, house.state.random()),
        unit: Some(unit.id),
        unit_name: unit.name.clone(),
        name: "远方有约".into(),
        zone: "A".into(),
        services: vec!["咨询".into()],
        needs: Needs::default(),
        wishes: Vec::new(),
        way: Way::Take,
        arrived: false,
    };
    store.entry_add(&by, market.id, &entry, NOW).await.unwrap();
    let screen = NewLink {
        purpose: Purpose::Screen,
        org,
        market: Some(market.id),
        stall: None,
        unit: None,
        expires_at: NOW.plus(HOUR),
    };
    store.link_add(&screen, NOW).await.unwrap();
    ids(house, &by, market.id, (ground, &entry), hash).await
}

async fn some_unit(house: &House) -> Unit {
    house.state.store.units(&house.by.viewer()).await.unwrap().remove(0)
}
