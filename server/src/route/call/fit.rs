//! The stalls as one unit finds them: which are open, why one would not do or is gone, and which open one is nearest.

use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::board::block;
use kaishi_app::words::call::{Answer as Words, Call};
use kaishi_domain::StallId;
use kaishi_domain::assignment::rule::lacks;
use kaishi_domain::assignment::{Block, Board, Spot, Weights, spots};
use kaishi_domain::entry::Entry;
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Plan;
use kaishi_store::Result;

use super::caller::Caller;

/// Why a unit cannot have what it asks for, and which open stall would do instead.
#[derive(Debug)]
pub(super) struct No {
    pub(super) why: String,
    pub(super) instead: Option<(StallId, String)>,
}

impl No {
    pub(super) fn because(why: impl Into<String>) -> Self {
        Self { why: why.into(), instead: None }
    }
}

/// Why a stall does not do for an entry, in words; empty where it does.
pub(super) fn unfit(lang: Lang, entry: &Entry, spot: &Spot, rain: bool) -> Vec<String> {
    let blocks: Vec<Block> = lacks(entry, spot, rain, &Weights::default());
    // What a stall itself lacks names nobody else, so no board is looked at.
    blocks.iter().map(|one| block(lang, one, &Board::default())).collect()
}

/// The stalls as they stand now for one unit.
pub(super) struct Square {
    pub(super) layout: Layout,
    spots: Vec<Spot>,
    rain: bool,
    /// Somebody stands there.
    taken: Vec<StallId>,
    /// The organizers keep it free.
    reserved: Vec<StallId>,
    /// Another unit is looking at it.
    busy: Vec<StallId>,
}

impl Square {
    /// As the caller finds it.
    pub(super) async fn of(state: &State, caller: &Caller) -> Result<Self> {
        let at = caller.at();
        let (_, layout) = state.store.layout(at, caller.market.plan).await?;
        let ground = state.store.ground_of(at).await?;
        let assigned = state.store.assignments(at).await?;
        let reserved = state.store.reserved(at).await?;
        let holds = state.store.stall_holds(at, state.now()).await?;
        let others = holds.into_iter().filter(|(_, unit, _)| *unit != caller.guest.unit);
        Ok(Self {
            spots: spots(&ground, &layout),
            rain: caller.market.plan == Plan::Rain,
            taken: assigned.into_iter().map(|one| one.held.stall).collect(),
            reserved: reserved.into_iter().map(|kept| kept.stall).collect(),
            busy: others.map(|(stall, ..)| stall).collect(),
            layout,
        })
    }

    /// The stalls that nobody has and that are not kept free, and whether another unit is looking at each.
    pub(super) fn open(&self) -> impl Iterator<Item = (&Spot, bool)> {
        self.spots
            .iter()
            .filter(|spot| !spot.closed)
            .filter(move |spot| !self.taken.contains(&spot.stall) && !self.reserved.contains(&spot.stall))
            .map(move |spot| (spot, self.busy.contains(&spot.stall)))
    }

    /// The open stall nearest to one that the unit cannot have, among those that would do and that nobody else is
    /// looking at.
    fn nearest(&self, lang: Lang, from: StallId, entry: &Entry) -> Option<&Spot> {
        let centre = self.layout.stall(from)?.centre();
        let far = |stall: StallId| {
            let there = self.layout.stall(stall);
            there.map_or(f64::MAX, |stall| stall.centre().minus(centre).length())
        };
        self.open()
            .filter(|(spot, busy)| spot.stall != from && !busy)
            .map(|(spot, _)| spot)
            .filter(|spot| unfit(lang, entry, spot, self.rain).is_empty())
            .min_by(|a, b| far(a.stall).total_cmp(&far(b.stall)))
    }

    fn no(&self, lang: Lang, stall: StallId, entry: &Entry, why: &str) -> No {
        let (words, next) = (Words(lang), self.nearest(lang, stall, entry));
        let then = next.map_or_else(|| words.none_fits().to_owned(), |spot| words.nearest_is(&spot.no));
        No { why: format!("{why} {then}"), instead: next.map(|spot| (spot.stall, spot.no.clone())) }
    }

    /// Why a stall would not do for what is brought, if it would not.
    pub(super) fn refuses(&self, lang: Lang, stall: StallId, entry: &Entry) -> Option<No> {
        let Some(spot) = self.spots.iter().find(|spot| spot.stall == stall) else {
            return Some(self.no(lang, stall, entry, Words(lang).closed_stall()));
        };
        let why = unfit(lang, entry, spot, self.rain);
        if why.is_empty() {
            return None;
        }
        let why = Call(lang).ill_placed(&spot.no, &why.join(lang.pick("；", "; ")));
        Some(self.no(lang, stall, entry, &format!("{why}{}", lang.pick("。", "."))))
    }

    /// Why a stall that was open could not be had any more.
    pub(super) fn gone(&self, lang: Lang, stall: StallId, entry: &Entry) -> No {
        let words = Words(lang);
        let why = if self.taken.contains(&stall) {
            words.lost()
        } else if self.busy.contains(&stall) {
            words.held()
        } else {
            words.closed_stall()
        };
        self.no(lang, stall, entry, why)
    }
}
