//! A unit at the door of the call, with what its pages need.

use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::call::{AnswerView as View, Filled, Mine, Open};
use kaishi_app::pages::resident::community;
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_app::words::call::Answer as Words;
use kaishi_app::words::unit::Units;
use kaishi_domain::actor::Guest;
use kaishi_domain::assignment::Spot;
use kaishi_domain::call::{Ask, Pitch};
use kaishi_domain::entry::{Entry, Way};
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Market;
use kaishi_domain::moment::Day;
use kaishi_domain::token::Purpose;
use kaishi_domain::unit::{Unit, gate};
use kaishi_domain::{EntryId, MarketRef, Moment, Refusal, StallId, WantId};
use kaishi_store::Result;

use super::answer::Look;
use super::fit::{No, Square};
use super::{about, until, when, zone};

/// The unit's catalogue as one line.
fn names(unit: &Unit) -> String {
    unit.services.iter().map(|service| service.name.as_str()).collect::<Vec<_>>().join("、")
}

/// A unit at the door, with what its page needs.
pub(super) struct Caller {
    pub(super) guest: Guest,
    pub(super) market: Market,
    unit: Unit,
    pub(super) base: String,
    pub(super) lang: Lang,
}

impl Caller {
    pub(super) async fn of(state: &State, lang: Lang, token: &str) -> Result<Self> {
        let link = state.keys.read(Purpose::Unit, token)?;
        let guest = state.store.guest(link, state.now()).await?;
        let market = state.store.market(MarketRef { org: guest.org, market: guest.market }).await?;
        let unit = state.store.unit(&guest.viewer(), guest.unit).await?;
        Ok(Self { guest, market, unit, base: state.path(Purpose::Unit, link), lang })
    }

    pub(super) const fn at(&self) -> MarketRef {
        MarketRef { org: self.guest.org, market: self.guest.market }
    }

    pub(super) fn back(&self, more: &str) -> Response {
        Redirect::to(&format!("{}/call{more}", self.base)).into_response()
    }

    pub(super) fn home(&self) -> Response {
        Redirect::to(&self.base).into_response()
    }

    pub(super) async fn view(&self, state: &State, square: &Square) -> Result<View> {
        let (at, lang, now) = (self.at(), self.lang, state.now());
        let call = state.store.call(at).await?.filter(|call| call.listed);
        let (wants, claims) = (state.store.wants(at).await?, state.store.claims(at).await?);
        let layout = &square.layout;
        let own = || claims.iter().filter(|claim| claim.unit == self.guest.unit);
        let bidden = |want: WantId| own().any(|claim| claim.state.is_living() && claim.ask == Ask::Bid(want));
        let open = |(spot, busy): (&Spot, bool)| Open {
            id: spot.stall,
            no: spot.no.clone(),
            facts: self.facts(spot, layout),
            busy,
        };
        let stalls: Vec<Open> = square.open().map(open).collect();
        let organization = state.store.organization(at.org).await?;
        let wishes = state.store.wishes(&self.guest).await?;
        Ok(View {
            lang,
            base: self.base.clone(),
            title: format!("{} {}", community(&organization.name), self.market.name),
            unit: self.unit.name.clone(),
            when: when(&self.market, lang)?,
            until: call.as_ref().map(|call| until(&self.market, call, lang)).transpose()?.unwrap_or_default(),
            open: call.as_ref().is_some_and(|call| call.is_open(now)),
            letter: call.map(|call| (call.intro, call.rules)),
            mine: own()
                .map(|claim| Mine {
                    about: about(lang, claim, &wants, layout),
                    lacks: if claim.state.is_living() { self.lacks(&claim.pitch) } else { Vec::new() },
                    claim: claim.clone(),
                })
                .collect(),
            wants: wants
                .into_iter()
                .map(|want| {
                    let (zone, bidden) = (zone(&self.market, &want.zone), bidden(want.id));
                    (want, zone, bidden)
                })
                .collect(),
            stalls,
            wishes: wishes.into_iter().map(|appeal| (appeal.reference(), appeal.words)).collect(),
            stays_out: self.stays_out(),
            filled: None,
            done: None,
            wrong: None,
            instead: None,
        })
    }

    /// `A 民有所呼，我有所应 · 3.0 × 3.0 m · 有电`
    fn facts(&self, spot: &Spot, layout: &Layout) -> String {
        let mut facts = vec![zone(&self.market, &spot.zone)];
        facts.extend(layout.stall(spot.stall).map(|stall| format!("{:.1} × {:.1} m", stall.w, stall.d)));
        if spot.feed(1).is_some() {
            facts.push(Words(self.lang).outlet().to_owned());
        }
        facts.retain(|fact| !fact.is_empty());
        facts.join(" · ")
    }

    /// Why the unit may not answer at all, if it may not.
    pub(super) const fn stays_out(&self) -> Option<&'static str> {
        Words(self.lang).stays_out(&self.unit)
    }

    /// The papers that the unit lacks for what it would do on that day.
    fn lacks(&self, pitch: &Pitch) -> Vec<String> {
        let day = Day::parse(&self.market.held_on).ok();
        let lacks = day.map(|day| gate(&self.unit, &pitch.services, day)).unwrap_or_default();
        lacks.iter().map(|lack| Units(self.lang).lack(lack)).collect()
    }

    /// What would stand on a stall that the unit takes.
    pub(super) fn entry(&self, pitch: &Pitch) -> std::result::Result<Entry, Refusal> {
        pitch.entry(EntryId::new(Moment::from_millis(0), [0; 10]), self.guest.unit, Way::Take, Vec::new())
    }

    /// Why the unit cannot stand there with what it brings. A taken stall is nobody's decision but its own, so its
    /// papers have to be in order and the stall has to do.
    pub(super) fn refused(&self, square: &Square, stall: StallId, pitch: &Pitch) -> Option<No> {
        let lack = self.lacks(pitch).into_iter().next().map(No::because);
        lack.or_else(|| square.refuses(self.lang, stall, &self.entry(pitch).ok()?))
    }

    /// The form for what has been chosen.
    pub(super) fn form(&self, view: &View, look: &Look, kept: Option<String>) -> Option<Filled> {
        let blank = Filled { services: names(&self.unit), ..Filled::default() };
        if let Some(want) = look.want.as_deref().and_then(|id| id.parse().ok()) {
            let (want, ..) = view.wants.iter().find(|(known, _, bidden)| known.id == want && !bidden)?;
            return Some(Filled {
                want: Some(want.id),
                about: want.title.clone(),
                name: want.title.clone(),
                ..blank
            });
        }
        if let Some(stall) = look.stall.as_deref().and_then(|id| id.parse().ok()) {
            let open = view.stalls.iter().find(|open| open.id == stall && !open.busy)?;
            return Some(Filled { stall: Some(open.id), about: open.no.clone(), kept, ..blank });
        }
        look.offer.as_ref().map(|_| blank)
    }
}
