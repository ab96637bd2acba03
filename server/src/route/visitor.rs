//! The visitor cookies: 128 random bits for one market day, so that one phone counts once at a stall; and other bits
//! for bookings, set only when somebody is about to book, which live as long as a rule must remember them.
//! The database keeps a keyed hash and never the cookie itself.

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

/// What a cookie is for. Browsers drop `__Host-` and `Secure` over plain http, as on a developer's own machine.
#[derive(Clone, Copy)]
enum Use {
    Day,
    Booking,
}

impl Use {
    fn name(self, state: &State) -> &'static str {
        match (self, state.is_https()) {
            (Self::Day, true) => "__Host-v",
            (Self::Day, false) => "v",
            (Self::Booking, true) => "__Host-b",
            (Self::Booking, false) => "b",
        }
    }

    fn sent(self, state: &State, jar: &CookieJar) -> Option<Visitor> {
        let value = jar.get(self.name(state))?.value();
        let ours = value.len() == LENGTH && value.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        ours.then(|| Visitor(value.to_owned()))
    }

    fn set(self, state: &State, jar: CookieJar, value: &str, lives: i64) -> CookieJar {
        let cookie = Cookie::build((self.name(state), value.to_owned()))
            .path("/")
            .http_only(true)
            .same_site(SameSite::Lax)
            .secure(state.is_https())
            .max_age(time::Duration::seconds((lives / SECOND).max(0)));
        jar.add(cookie)
    }
}

impl Visitor {
    /// The visitor whose cookie of the day came with the request.
    pub fn sent(state: &State, jar: &CookieJar) -> Option<Self> {
        Use::Day.sent(state, jar)
    }

    /// The visitor whose cookie of bookings came with the request.
    pub fn booked(state: &State, jar: &CookieJar) -> Option<Self> {
        Use::Booking.sent(state, jar)
    }

    /// What the database keeps.
    pub fn tag(&self, key: &[u8; 32]) -> [u8; 16] {
        Keys::visitor_tag(key, &self.0)
    }
}

/// The visitor of the request; who has no cookie gets one that ends some hours after closing.
pub fn known_or_new(state: &State, jar: CookieJar, closes_at: Moment, now: Moment) -> (Visitor, CookieJar) {
    if let Some(visitor) = Visitor::sent(state, &jar) {
        return (visitor, jar);
    }
    let value = hex(&state.random::<16>());
    let jar = Use::Day.set(state, jar, &value, closes_at.plus(AFTER_CLOSE).since(now));
    (Visitor(value), jar)
}

/// Whoever is about to book, known for so many milliseconds from now on.
pub fn booker(state: &State, jar: CookieJar, lives: i64) -> (Visitor, CookieJar) {
    let value = Visitor::booked(state, &jar).map_or_else(|| hex(&state.random::<16>()), |known| known.0);
    let jar = Use::Booking.set(state, jar, &value, lives);
    (Visitor(value), jar)
}
