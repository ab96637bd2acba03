//! What the ledger holds of one ticket: the page after the tap, and taking it back.

use axum_extra::extract::CookieJar;
use kaishi_app::pages::resident::{Done, Outcome};
use kaishi_domain::Refusal;
use kaishi_domain::encounter::UNDO_FOR;
use kaishi_domain::id::hex;
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Ticket;
use kaishi_store::{Error, Visit};

use crate::route::door::Door;
use crate::route::visitor::Visitor;

/// The page after the tap can be opened again for so long, in milliseconds.
const KEPT_FOR: i64 = 12 * HOUR;
/// So many stalls are shown under "where next".
const NEXT: usize = 3;

/// A genuine ticket, the visitor who proves to be its holder, and what the ledger holds of both.
struct Held {
    nonce: String,
    visitor: Option<String>,
    visit: Visit,
}

impl Held {
    async fn read(door: &Door, sealed: &str, jar: &CookieJar) -> Result<Option<Self>, Error> {
        let ticket: Ticket = door.state.keys.open(sealed, door.scan.poster.id, door.now, KEPT_FOR)?;
        let visitor = Visitor::sent(&door.state, jar)
            .and_then(|visitor| door.proves(&visitor, &ticket))
            .map(|tag| hex(&tag));
        let nonce = hex(&ticket.nonce);
        let of = visitor.as_deref().unwrap_or_default();
        let visit = door.state.store.visit(door.market(), door.scan.sign.stall, &nonce, of).await?;
        Ok(visit.map(|visit| Self { nonce, visitor, visit }))
    }

    /// A row with a visitor belongs to that visitor; one without belongs to whoever holds its form.
    const fn is_ours(&self) -> bool {
        self.visit.own && (self.visitor.is_some() || !self.visit.tagged)
    }
}

/// What the page after the tap shows; nothing when the ledger holds nothing of this ticket.
pub async fn read(door: &Door, sealed: &str, jar: &CookieJar) -> Result<Option<Done>, Error> {
    let held = match Held::read(door, sealed, jar).await {
        Ok(Some(held)) => held,
        Ok(None) | Err(Error::Refused(_)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let (store, market, visit) = (&door.state.store, door.market(), held.visit);
    let been = match &held.visitor {
        Some(visitor) => store.stamps(market, visitor).await?,
        None => Vec::new(),
    };
    let signs = store.signs(market, door.now).await?;
    let number = |stall| signs.iter().find(|sign| sign.stall == stall).map(|sign| sign.no.clone());
    let mut onward = door.onward(&been).await;
    onward.truncate(NEXT);
    let fresh = door.now.since(visit.at) <= UNDO_FOR;
    let may_take_back = held.is_ours() && !visit.taken_back && fresh;
    Ok(Some(Done {
        outcome: match visit {
            Visit { taken_back: true, .. } => Outcome::TakenBack,
            Visit { own: true, .. } => Outcome::Counted,
            Visit { .. } => Outcome::Again,
        },
        sign: door.scan.sign.clone(),
        clock: door.scan.market.place()?.clock(visit.at),
        n: visit.n,
        stamps: been.iter().filter_map(|stall| number(*stall)).collect(),
        stalls: signs.iter().filter(|sign| !sign.withdrawn && !sign.name.is_empty()).count(),
        onward,
        extra: crate::route::extra::of_visit(door).await,
        take_back: may_take_back.then(|| (format!("{}/undo", door.path), sealed.to_owned())),
    }))
}

/// Takes the visit of this ticket back.
pub async fn take_back(door: &Door, sealed: &str, jar: &CookieJar) -> Result<(), Error> {
    let held = Held::read(door, sealed, jar).await?.ok_or(Error::Missing("visit"))?;
    if !held.is_ours() {
        return Err(Refusal::NotAllowed.into());
    }
    door.state.store.take_back(door.market(), &held.nonce, door.now).await.map(drop)
}
