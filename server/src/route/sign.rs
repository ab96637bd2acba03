//! From a resident's form to the signs beside its row: what is known of it, told to the watch. Costs no query.

use kaishi_domain::id::hex;
use kaishi_domain::token::Ticket;
use kaishi_domain::trust::{Answer, Pace, Tap, Typed};

use crate::route::door::Door;
use crate::route::scan::Sent;

/// How fast the stall serves. A tap is taken without it.
pub async fn pace(door: &Door) -> Pace {
    let paces = door.state.store.paces(door.market(), door.now).await;
    paces.ok().and_then(|paces| paces.get(&door.scan.sign.stall).copied()).unwrap_or_default()
}

/// What becomes of the tap.
pub fn judge(
    door: &Door,
    sent: &Sent,
    (people, ticket, visitor): (i64, &Ticket, Option<[u8; 16]>),
    pace: Pace,
    network: Option<u64>,
) -> Answer {
    let (stall, now) = (door.scan.sign.stall, door.now);
    let code = sent.code.trim();
    let typed = match pace.code && !code.is_empty() {
        false => Typed::Nothing,
        true if door.state.keys.is_stall_code(stall, code, now) => Typed::Right,
        true => Typed::Wrong,
    };
    let tap = Tap {
        poster: ticket.poster,
        stall,
        nonce: ticket.nonce,
        visitor,
        network,
        people,
        looked: now.since(ticket.issued_at),
        capacity: pace.capacity(),
        typed,
        trap: !sent.memo.is_empty(),
    };
    door.state.watch().judge(&tap, &door.state.limits.rules, now)
}

/// Whether the ledger has a row of this form, or of this visitor at this stall, so that asking again changes nothing.
/// Asked only of who would be told to wait.
pub async fn is_known(door: &Door, ticket: &Ticket, visitor: Option<[u8; 16]>) -> bool {
    let visitor = visitor.map(|tag| hex(&tag)).unwrap_or_default();
    let found =
        door.state.store.visit(door.market(), door.scan.sign.stall, &hex(&ticket.nonce), &visitor).await;
    matches!(found, Ok(Some(_)))
}
