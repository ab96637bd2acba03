//! The signed links of a market: one screen, one pad a stall, one page a unit.

use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::Market;
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_domain::{LinkId, MarketRef, StallId, UnitId};
use kaishi_store::{Link, NewLink, Result};

/// A staff phone may still send so long after closing.
const STAFF_AFTER: i64 = 6 * HOUR;
/// Screens and unit pages stay readable so long.
const READ_AFTER: i64 = 30 * 24 * HOUR;

/// How staff links that are made come into the world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Guard {
    /// With a PIN, which each phone needs once.
    Pin,
    /// Whoever has the link is in: for the demo, whose links are printed for everybody.
    Open,
}

/// The living links of one market.
pub struct LinkBook(Vec<Link>);

impl LinkBook {
    /// Those that exist.
    pub async fn read(state: &State, by: &Organizer, market: &Market) -> Result<Self> {
        Ok(Self(state.store.links(by, market.id, state.now()).await?))
    }

    /// Makes whatever is missing for the stalls and units of today.
    pub async fn complete(state: &State, by: &Organizer, market: &Market, guard: Guard) -> Result<Self> {
        let at = MarketRef { org: by.org(), market: market.id };
        let mut book = Self::read(state, by, market).await?;
        book.make((state, by), market, Purpose::Screen, None, None).await?;
        let (_, layout) = state.store.published(at, market.plan).await?;
        for stall in layout.stalls().keys() {
            if let Some(new) = book.make((state, by), market, Purpose::Staff, Some(*stall), None).await?
                && guard == Guard::Pin
            {
                state.store.pin_set(by, market.id, new, true, state.now()).await?;
            }
        }
        for unit in state.store.entries(at).await?.into_iter().filter_map(|entry| entry.unit) {
            book.make((state, by), market, Purpose::Unit, None, Some(unit)).await?;
        }
        Ok(book)
    }

    /// Makes what is missing for units that are asked to come.
    pub async fn invite(
        state: &State,
        by: &Organizer,
        market: &Market,
        units: impl Iterator<Item = UnitId>,
    ) -> Result<Self> {
        let mut book = Self::read(state, by, market).await?;
        for unit in units {
            book.make((state, by), market, Purpose::Unit, None, Some(unit)).await?;
        }
        Ok(book)
    }

    /// Makes what is missing and answers it if it is new.
    async fn make(
        &mut self,
        (state, by): (&State, &Organizer),
        market: &Market,
        purpose: Purpose,
        stall: Option<StallId>,
        unit: Option<UnitId>,
    ) -> Result<Option<LinkId>> {
        if self.find(purpose, stall, unit).is_some() {
            return Ok(None);
        }
        let after = if purpose == Purpose::Staff { STAFF_AFTER } else { READ_AFTER };
        let expires_at = market.closes_at.plus(after);
        let what = NewLink { purpose, org: market.org, market: Some(market.id), stall, unit, expires_at };
        let id = state.store.link_make(by, &what, state.now()).await?;
        self.0.push(Link { id, what });
        Ok(Some(id))
    }

    /// A supervisor's link, which always asks for its PIN.
    pub async fn supervisor(state: &State, by: &Organizer, market: &Market) -> Result<LinkId> {
        let expires_at = market.closes_at.plus(STAFF_AFTER);
        let (purpose, org, market) = (Purpose::Staff, market.org, market.id);
        let what = NewLink { purpose, org, market: Some(market), stall: None, unit: None, expires_at };
        let id = state.store.link_make(by, &what, state.now()).await?;
        state.store.pin_set(by, market, id, true, state.now()).await?;
        Ok(id)
    }

    fn find(&self, purpose: Purpose, stall: Option<StallId>, unit: Option<UnitId>) -> Option<LinkId> {
        let fits =
            |link: &&Link| link.what.purpose == purpose && link.what.stall == stall && link.what.unit == unit;
        self.0.iter().find(fits).map(|link| link.id)
    }

    /// The big screen.
    pub fn screen(&self) -> Option<LinkId> {
        self.find(Purpose::Screen, None, None)
    }

    /// The pad of a stall.
    pub fn staff(&self, stall: StallId) -> Option<LinkId> {
        self.find(Purpose::Staff, Some(stall), None)
    }

    /// The page of a unit.
    pub fn unit(&self, unit: UnitId) -> Option<LinkId> {
        self.find(Purpose::Unit, None, Some(unit))
    }
}
