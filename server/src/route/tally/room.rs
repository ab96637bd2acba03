//! A room where sheets and looks are keyed in, whoever sits there: an organizer at the desk or a supervisor's phone.

use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::actor::{Clerk, Viewer};
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::{MarketRef, Moment, Refusal, StallId};
use kaishi_store::Result;

/// The room.
pub struct Room<'a> {
    /// Everything.
    pub state: &'a State,
    /// The market.
    pub market: Market,
    /// Language.
    pub lang: Lang,
    /// Who keys in; nobody, if only looking is allowed.
    pub clerk: Option<Clerk>,
    /// Who reads.
    pub viewer: Viewer,
    /// `/o/m/…` or `/staff/…`
    pub base: String,
    /// At the desk, where sheets are printed and a second person looks.
    pub is_desk: bool,
    /// May let in what needs a second pair of eyes.
    pub lets_in: bool,
}

impl Room<'_> {
    /// The market with its organization.
    pub fn at(&self) -> MarketRef {
        MarketRef { org: self.market.org, market: self.market.id }
    }

    /// Who keys in, or no.
    pub fn clerk(&self) -> std::result::Result<Clerk, Refusal> {
        self.clerk.ok_or(Refusal::NotAllowed)
    }

    /// `09:00` on the market's day.
    pub fn moment(&self, clock: &str) -> std::result::Result<Moment, Refusal> {
        // Some browsers send seconds as well.
        let clock: String = clock.chars().take(5).collect();
        self.market.place()?.at_clock(Day::parse(&self.market.held_on)?, &clock)
    }

    /// `09:00`
    pub fn clock(&self, at: Moment) -> std::result::Result<String, Refusal> {
        Ok(self.market.place()?.clock(at))
    }

    /// The stalls that count: id, and `3号 网格有约`.
    pub async fn stalls(&self) -> Result<Vec<(StallId, String)>> {
        let signs = self.state.store.signs(self.at(), self.state.now()).await?;
        let name = |no: &str, name: &str| self.lang.pick(format!("{no}号 {name}"), format!("{no} {name}"));
        Ok(signs
            .iter()
            .filter(|sign| !sign.withdrawn)
            .map(|sign| (sign.stall, name(&sign.no, &sign.name)))
            .collect())
    }
}

/// A number of people as it was typed; nothing is nobody.
pub fn people(text: &str) -> std::result::Result<i64, Refusal> {
    let text = text.trim();
    if text.is_empty() { Ok(0) } else { text.parse().map_err(|_| Refusal::Malformed("number of people")) }
}
