//! Appeals through every state, by the forms that residents, units and the desk use.

use axum::http::StatusCode;
use kaishi_domain::UnitId;
use kaishi_domain::appeal::{Appeal, Category, NewAppeal, Reference, Words};
use kaishi_domain::encounter::Source;
use kaishi_domain::token::Purpose;
use kaishi_server::demo::ORGANIZER;
use kaishi_server::link::LinkBook;

use super::{Browser, House};

/// An appeal that a scan brought, at no stall.
pub async fn noted(house: &House, nonce: &str, category: Category, words: &str) -> Appeal {
    let new = NewAppeal {
        org: house.market.org,
        market: house.market.id,
        stall: None,
        channel: Source::Scan,
        category,
        words: Words::parse(words).unwrap(),
        grid: None,
        contact: None,
        code: None,
        nonce: nonce.into(),
    };
    house.state.store.appeal_raise(&new, None, house.state.now()).await.unwrap()
}

/// What staff call the appeal whose slip has this path.
pub async fn reference(house: &House, slip: &str) -> Reference {
    let code = slip.trim_start_matches("/a/").parse().unwrap();
    house.state.store.appeal(code).await.unwrap().reference()
}

/// Who has to do with the appeals of the day.
pub struct Hands<'a> {
    house: &'a House,
    desk: Browser,
    units: Vec<(UnitId, String)>,
}

impl<'a> Hands<'a> {
    pub async fn of(house: &'a House) -> Self {
        let names = house.state.store.unit_names(house.market.org).await.unwrap();
        let ids: Vec<UnitId> = names.into_keys().take(2).collect();
        let book =
            LinkBook::invite(&house.state, &house.by, &house.market, ids.iter().copied()).await.unwrap();
        let page = |id: &UnitId| (*id, house.state.path(Purpose::Unit, book.unit(*id).unwrap()));
        Self { house, desk: house.signed_in(ORGANIZER).await, units: ids.iter().map(page).collect() }
    }

    /// Raised by a resident at a stall: the path of its slip.
    pub async fn raise(&self, words: &str) -> String {
        let (mut phone, path) = (self.house.browser(), format!("{}/appeal", self.house.stall("2")));
        let ticket = phone.get(&path).await.field("ticket").unwrap();
        let form =
            [("ticket", &*ticket), ("category", "help"), ("words", words), ("contact", ""), ("website", "")];
        let done = phone.post(&path, &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        done.location().trim_end_matches("?new=1").to_owned()
    }

    pub async fn at_desk(&mut self, slip: &str, verb: &str, unit: usize, words: &str) {
        let (at, short) = (self.house.at(), slip.rsplit('-').next().unwrap());
        let unit = self.units[unit].0.to_string();
        let form = [("verb", verb), ("unit", &*unit), ("words", words)];
        let done = self.desk.post(&format!("/o/m/{at}/appeals/{short}"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{verb}: {}", done.body);
    }

    pub async fn at_unit(&self, slip: &str, verb: &str) {
        let path = format!("{}/appeals/{}", self.units[0].1, reference(self.house, slip).await);
        let done = self.house.browser().post(&path, &[("verb", verb), ("words", "换了线路")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{verb}: {}", done.body);
    }

    pub async fn resident(&self, slip: &str, what: &str, rating: &str) {
        let form = [("rating", rating), ("said", "说两句")];
        let done = self.house.browser().post(&format!("{slip}/{what}"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{what}: {}", done.body);
    }

    /// Sent to a unit, taken, and settled.
    pub async fn settled(&mut self, words: &str) -> String {
        let slip = self.raise(words).await;
        self.at_desk(&slip, "accept", 0, "").await;
        self.at_desk(&slip, "dispatch", 0, "").await;
        for verb in ["take", "handle", "resolve"] {
            self.at_unit(&slip, verb).await;
        }
        slip
    }
}

/// Appeals through every state, some of them back and forth.
pub async fn plead(house: &House) {
    let mut hands = Hands::of(house).await;
    let first = hands.raise("三栋门口的路灯不亮").await;
    // Verbs at the desk, each list one appeal.
    let ways: [&[&str]; 10] = [
        &["accept"],
        &["accept", "dispatch"],
        &["accept", "dispatch", "reassign"],
        &["accept", "handle"],
        &["settle_on_spot"],
        &["hear"],
        &["refer"],
        &["exclude"],
        &["accept", "handle", "give_up"],
        &["merge"],
    ];
    for (nth, verbs) in ways.into_iter().enumerate() {
        let slip = hands.raise(&format!("第{nth}件")).await;
        for verb in verbs {
            let short = first.rsplit('-').next().unwrap();
            let (unit, words) =
                if *verb == "merge" { (0, short) } else { (usize::from(*verb == "reassign"), "说明") };
            hands.at_desk(&slip, verb, unit, words).await;
        }
    }
    for verbs in [&["return"][..], &["take"], &["take", "handle"]] {
        let slip = hands.raise("派下去的").await;
        hands.at_desk(&slip, "accept", 0, "").await;
        hands.at_desk(&slip, "dispatch", 0, "").await;
        for verb in verbs {
            hands.at_unit(&slip, verb).await;
        }
    }
    hands.settled("办好了，没有评").await;
    let content = hands.settled("办好了，满意").await;
    hands.resident(&content, "rate", "satisfied").await;
    let filed = hands.settled("办好了，满意，归档").await;
    hands.resident(&filed, "rate", "fair").await;
    hands.at_desk(&filed, "file", 0, "").await;
    let again = hands.settled("不满意，重办").await;
    hands.resident(&again, "rate", "unsatisfied").await;
    let spot = hands.raise("当场答复，满意").await;
    hands.at_desk(&spot, "settle_on_spot", 0, "当场说清了").await;
    hands.resident(&spot, "rate", "very_satisfied").await;
    let withdrawn = hands.raise("不用办了").await;
    hands.resident(&withdrawn, "withdraw", "").await;
}

/// The states that an appeal can stand in, as the files name them.
pub const STATES: [&str; 15] = [
    "raised",
    "accepted",
    "dispatched",
    "reassigned",
    "returned",
    "taken",
    "handling",
    "resolved",
    "rated",
    "merged",
    "referred",
    "unsolvable",
    "out_of_scope",
    "withdrawn",
    "filed",
];
