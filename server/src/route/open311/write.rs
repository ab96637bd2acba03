//! What a program raises, with its key. Sent again under the same `Idempotency-Key` it is the same request.

use axum::http::HeaderMap;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::GridId;
use kaishi_domain::appeal::{Category, Contact, NewAppeal, Words};
use kaishi_domain::encounter::Source;
use kaishi_domain::id::hex;
use kaishi_domain::token::Purpose;

use super::No;
use super::form::{Record, Wire};
use super::paper::{self, Kind};

struct Sent<'a>(&'a [(String, String)]);

impl Sent<'_> {
    fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim()).unwrap_or_default()
    }

    /// What was said, with the place that was named: the protocol has a field for it and we have none.
    fn words(&self) -> Result<Words, No> {
        let (said, place) = (self.one("description"), self.one("address_string"));
        let place = if place.is_empty() { self.point() } else { place.to_owned() };
        let text = if place.is_empty() { said.to_owned() } else { format!("{said}\n{place}") };
        if said.is_empty() {
            return Err(No::Bad("description was not provided"));
        }
        Words::some(&text).map_err(|_| No::Bad("description is too long"))
    }

    /// `22.54310, 114.05790`, if both are numbers.
    fn point(&self) -> String {
        match (self.one("lat").parse::<f64>(), self.one("long").parse::<f64>()) {
            (Ok(lat), Ok(long)) if lat.abs() <= 90.0 && long.abs() <= 180.0 => format!("{lat:.5}, {long:.5}"),
            _ => String::new(),
        }
    }

    /// The grid: as the attribute of the service, or as the `address_id` by which requests are listed.
    fn grid(&self) -> Option<GridId> {
        ["attribute[grid]", "address_id"].into_iter().find_map(|name| self.one(name).parse().ok())
    }

    fn contact(&self) -> Result<Option<Contact>, No> {
        let text = [self.one("phone"), self.one("email")].into_iter().find(|text| !text.is_empty());
        Contact::parse(text.unwrap_or_default()).map_err(|_| No::Bad("phone is too long"))
    }
}

/// Raises it and answers with the id, or with a token where the desk reads it first.
pub(super) async fn raise(state: &State, headers: &HeaderMap, sent: &[(String, String)]) -> Result<Wire, No> {
    let sent = Sent(sent);
    let key = state.keys.read(Purpose::Open, sent.one("api_key")).map_err(|_| No::Key)?;
    let org = state.store.open_key(key).await.map_err(|error| match error {
        kaishi_store::Error::Missing(_) => No::Key,
        error => error.into(),
    })?;
    let named = sent.one("jurisdiction_id");
    if !named.is_empty() && named.parse() != Ok(org) {
        return Err(No::Missing("jurisdiction_id"));
    }
    let code = sent.one("service_code");
    if code.is_empty() {
        return Err(No::Bad("service_code was not provided"));
    }
    let category = Category::from_code(code).map_err(|_| No::Missing("service_code"))?;
    let at = state.store.market_at_hand(org, state.now()).await?;
    let grid = match sent.grid() {
        Some(id) => state.store.grids(org).await?.iter().any(|grid| grid.id == id).then_some(id),
        None => None,
    };
    let token = match headers.get("idempotency-key").and_then(|value| value.to_str().ok()) {
        Some(text)
            if (8..=64).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
        {
            format!("{key}-{text}")
        }
        Some(_) => return Err(No::Bad("Idempotency-Key has 8 to 64 letters, digits and dashes")),
        None => hex(&state.random::<16>()),
    };
    let new = NewAppeal {
        org,
        market: at.market,
        stall: None,
        channel: Source::Scan,
        category,
        words: sent.words()?,
        grid,
        contact: sent.contact()?,
        code: None,
        nonce: format!("open311:{token}"),
    };
    let appeal = state.store.appeal_raise(&new, None, state.now()).await?;
    let notice = paper::notice(Lang::Zh, category);
    let mut record = match Kind::of(category) {
        Kind::Realtime => vec![("service_request_id", appeal.id.to_string().into())],
        Kind::Batch => vec![("token", token.into())],
        Kind::Blackbox => Vec::new(),
    };
    record.extend([("service_notice", notice.into()), ("account_id", super::form::Field::Null)]);
    Ok(Wire::List("service_requests", "request", vec![Record(record)]))
}
