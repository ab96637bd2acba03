//! The visitor cookie: 128 random bits for one market day, so that one phone counts once at a stall.
//! The ledger keeps a keyed hash of it and never the cookie itself.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use kaishi_app::state::State;
use kaishi_domain::Moment;
use kaishi_domain::id::hex;
use kaishi_domain::moment::{HOUR, SECOND};
use kaishi_domain::token::Keys;

/// Lives so long after closing.
const AFTER_CLOSE: i64 = 6 * HOUR;
/// Hexadecimal digits of a cookie.
const LENGTH: usize = 32;

/// A phone that sent our cookie back, or one that gets it now.
pub struct Visitor(String);

/// Browsers drop `__Host-` and `Secure` over plain http, as on a developer's own machine.
fn name(state: &State) -> &'static str {
    if state.is_https() { "__Host-v" } else { "v" }
}

impl Visitor {
    /// The visitor whose cookie came with the request.
    pub fn sent(state: &State, jar: &CookieJar) -> Option<Self> {
        let value = jar.get(name(state))?.value();
        let ours = value.len() == LENGTH && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ours.then(|| Self(value.to_owned()))
    }

    /// What the ledger keeps.
    pub fn tag(&self, day_key: &[u8; 32]) -> [u8; 16] {
        Keys::visitor_tag(day_key, &self.0)
    }
}

/// The visitor of the request; who has no cookie gets one that ends some hours after closing.
pub fn known_or_new(state: &State, jar: CookieJar, closes_at: Moment, now: Moment) -> (Visitor, CookieJar) {
    if let Some(visitor) = Visitor::sent(state, &jar) {
        return (visitor, jar);
    }
    let value = hex(&state.random::<16>());
    let seconds = (closes_at.plus(AFTER_CLOSE).since(now) / SECOND).max(0);
    let cookie = Cookie::build((name(state), value.clone()))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(state.is_https())
        .max_age(time::Duration::seconds(seconds));
    (Visitor(value), jar.add(cookie))
}
