//! Who has which map open on this node, for as long as their browsers keep saying so. In memory only: after
//! a restart it fills up again within one beat.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use kaishi_domain::market::Plan;
use kaishi_domain::moment::SECOND;
use kaishi_domain::{MarketRef, Moment, StallId};

/// Whoever has not been heard of for so long has left, in milliseconds.
pub const AWAY: i64 = 15 * SECOND;
/// More browsers than this on one map are not told of each other.
const MOST: usize = 64;

/// One open map in one browser tab.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// Chosen by the browser, one a tab.
    pub id: String,
    /// The login name of who sits there.
    pub name: String,
    /// The stalls that are selected there.
    pub selected: Vec<StallId>,
}

/// The map of one weather of one market.
type Room = (MarketRef, Plan);

/// Everybody's seats, each with when it was last heard of.
#[derive(Debug, Default)]
pub struct Presence(Mutex<HashMap<Room, Vec<(Seat, Moment)>>>);

impl Presence {
    /// Notes that a seat is taken now and answers the others on the same map, longest there first.
    pub fn beat(&self, room: Room, seat: Seat, now: Moment) -> Vec<Seat> {
        let mut rooms = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.retain(|_, seats| {
            seats.retain(|(_, seen)| now.since(*seen) < AWAY);
            !seats.is_empty()
        });
        let seats = rooms.entry(room).or_default();
        if let Some(mine) = seats.iter_mut().find(|(other, _)| other.id == seat.id) {
            *mine = (seat.clone(), now);
        } else if seats.len() < MOST {
            seats.push((seat.clone(), now));
        }
        seats.iter().filter(|(other, _)| other.id != seat.id).map(|(other, _)| other.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(plan: Plan) -> Room {
        let org = kaishi_domain::OrgId::from_bytes([1, 2, 3]);
        (MarketRef { org, market: kaishi_domain::MarketId::new(Moment::from_millis(0), [1; 10]) }, plan)
    }

    fn seat(id: &str) -> Seat {
        Seat { id: id.into(), name: id.to_uppercase(), selected: Vec::new() }
    }

    #[test]
    fn whoever_is_on_the_same_map_is_seen_until_fifteen_seconds_of_silence() {
        let presence = Presence::default();
        let at = |seconds: i64| Moment::from_millis(seconds * SECOND);
        assert_eq!(presence.beat(room(Plan::Fair), seat("a"), at(0)), []);
        assert_eq!(presence.beat(room(Plan::Fair), seat("b"), at(5)), [seat("a")]);
        assert_eq!(presence.beat(room(Plan::Rain), seat("c"), at(5)), [], "another map");
        assert_eq!(presence.beat(room(Plan::Fair), seat("b"), at(14)), [seat("a")]);
        assert_eq!(presence.beat(room(Plan::Fair), seat("b"), at(15)), []);
    }

    #[test]
    fn what_a_seat_selects_is_what_it_said_last() {
        let presence = Presence::default();
        let now = Moment::from_millis(0);
        presence.beat(room(Plan::Fair), seat("a"), now);
        let chosen = Seat { selected: vec![StallId::new(now, [7; 10])], ..seat("a") };
        presence.beat(room(Plan::Fair), chosen.clone(), now);
        assert_eq!(presence.beat(room(Plan::Fair), seat("b"), now), [chosen]);
    }

    #[test]
    fn a_crowd_does_not_fill_the_memory() {
        let presence = Presence::default();
        for n in 0..200 {
            presence.beat(room(Plan::Fair), seat(&n.to_string()), Moment::from_millis(0));
        }
        assert_eq!(presence.0.lock().unwrap()[&room(Plan::Fair)].len(), MOST);
    }
}
