//! Bookings by the hour: the last place goes to one, one phone has no more than it may, not coming pauses booking, and
//! whose a booking was is forgotten.

use kaishi_domain::appeal::SlipCode;
use kaishi_domain::booking::{
    Bar, Described, Follows, Kind, NoShow, Opening, Resource, Slot, Terms, Week, Window,
};
use kaishi_domain::moment::HOUR;
use kaishi_domain::queue::{Mark, Standing, State};
use kaishi_domain::season::Table;
use kaishi_domain::{Moment, Refusal, ResourceId};
use kaishi_store::{Booked, Error, Retained, Said, Whose};

use crate::house::{House, NOW, on_both};

const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

fn described(capacity: i64, each: i64) -> Described {
    let no_show = Some(NoShow::new(2, 4, 2).unwrap());
    Described {
        kind: Kind::Pitch,
        name: "共享足球场".into(),
        place: "北门".into(),
        terms: Terms { capacity, minutes: 60, ahead: 30, each, cutoff: 2, no_show },
        opening: Opening {
            week: Week::daily(Window::new(8 * 60, 22 * 60).unwrap()),
            shut: [].into(),
            follows: Follows::Weekday,
        },
    }
}

async fn resource(house: &House, capacity: i64, each: i64) -> Resource {
    let id = ResourceId::new(NOW, house.random());
    let new = (described(capacity, each), "Asia/Shanghai");
    house.store.resource_add(&house.by, id, new, NOW).await.unwrap();
    house.store.resource(house.org, id).await.unwrap()
}

/// The slots of the day of `NOW` that have not begun, in order.
fn slots(resource: &Resource) -> Vec<Slot> {
    let all = resource.slots(resource.zone.day(NOW), &Table::default()).unwrap();
    all.into_iter().filter(|slot| slot.from > NOW).collect()
}

fn later(slot: Slot, by: i64) -> Slot {
    Slot { from: slot.from.plus(by), to: slot.to.plus(by) }
}

async fn take(house: &House, of: &Resource, slot: Slot, tag: Option<[u8; 16]>, now: Moment) -> Booked {
    let whose = (Whose::Phone(tag), house.random());
    house.store.booking_take(house.org, (of, slot), whose, now).await.unwrap()
}

fn given(booked: Booked) -> SlipCode {
    match booked {
        Booked::Given(code) => code,
        Booked::Barred(bar) => panic!("{bar:?}"),
    }
}

async fn state(house: &House, code: SlipCode) -> State {
    house.store.booking(house.org, code).await.unwrap().state
}

#[tokio::test]
async fn the_last_places_of_a_slot_go_to_as_many_as_there_are_whoever_is_fastest() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let pitch = resource(&house, 3, 1).await;
        let slot = slots(&pitch)[0];
        let tries: Vec<_> = (0..24_u8)
            .map(|nth| {
                let (store, org, pitch) = (house.store.clone(), house.org, pitch.clone());
                let tag = (nth % 2 == 0).then_some([nth; 16]);
                tokio::spawn(async move {
                    let whose = (Whose::Phone(tag), [nth; 16]);
                    store.booking_take(org, (&pitch, slot), whose, NOW).await.unwrap()
                })
            })
            .collect();
        let (mut codes, mut full) = (Vec::new(), 0);
        for one in tries {
            match one.await.unwrap() {
                Booked::Given(code) => codes.push(code),
                Booked::Barred(bar) => {
                    assert_eq!(bar, Bar::Full);
                    full += 1;
                }
            }
        }
        codes.sort();
        codes.dedup();
        assert_eq!((codes.len(), full), (3, 21));
        let held = house.store.bookings(house.org, pitch.id, slot).await.unwrap();
        assert_eq!((held.len(), pitch.left(slot, &held)), (3, 0));
        house.store.booking_cancel(house.org, codes[0], None, NOW.plus(-3 * HOUR)).await.unwrap();
        assert!(
            matches!(take(&house, &pitch, slot, None, NOW).await, Booked::Given(_)),
            "its place is free again"
        );
        assert_eq!(take(&house, &pitch, slot, None, NOW).await, Booked::Barred(Bar::Full));
    })
    .await;
}

#[tokio::test]
async fn one_phone_has_no_more_than_it_may_however_many_forms_it_sends_at_once() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let pitch = resource(&house, 9, 2).await;
        let free = slots(&pitch);
        let tries: Vec<_> = (0..8_u8)
            .map(|nth| {
                let (store, org, pitch) = (house.store.clone(), house.org, pitch.clone());
                let slot = free[usize::from(nth)];
                tokio::spawn(async move {
                    let whose = (Whose::Phone(Some([7; 16])), [nth; 16]);
                    store.booking_take(org, (&pitch, slot), whose, NOW).await.unwrap()
                })
            })
            .collect();
        let mut codes = Vec::new();
        for one in tries {
            match one.await.unwrap() {
                Booked::Given(code) => codes.push(code),
                Booked::Barred(bar) => assert_eq!(bar, Bar::TooMany(2)),
            }
        }
        assert_eq!(codes.len(), 2);
        let mine = house.store.bookings_of(house.org, pitch.id, [7; 16], NOW).await.unwrap();
        assert_eq!(mine.len(), 2);
        let same = take(&house, &pitch, mine[0].slot, Some([7; 16]), NOW).await;
        assert_eq!(same, Booked::Given(mine[0].code), "another form for the same slot is the same booking");
        let after = mine[1].slot.to;
        let next = later(free[0], DAY);
        assert!(
            matches!(take(&house, &pitch, next, Some([7; 16]), after).await, Booked::Given(_)),
            "those are past"
        );
        let nonce = [42; 16];
        let mut codes = Vec::new();
        for _ in 0..3 {
            let whose = (Whose::Phone(None), nonce);
            codes.push(given(
                house.store.booking_take(house.org, (&pitch, free[9]), whose, NOW).await.unwrap(),
            ));
        }
        codes.dedup();
        assert_eq!(codes.len(), 1, "a form that is sent again is the same booking");
    })
    .await;
}

#[tokio::test]
async fn a_form_of_other_hours_books_nothing_and_older_bookings_keep_their_place() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let old = resource(&house, 1, 5).await;
        let slot = slots(&old)[0];
        let code = given(take(&house, &old, slot, None, NOW).await);
        let mut half = described(1, 5);
        half.terms.minutes = 30;
        house.store.resource_edit(&house.by, old.id, (half.clone(), old.steps), NOW).await.unwrap();
        let again = house.store.resource_edit(&house.by, old.id, (half, old.steps), NOW).await;
        assert!(matches!(again, Err(Error::Taken(_))), "somebody changed it meanwhile");
        assert_eq!(take(&house, &old, slots(&old)[1], None, NOW).await, Booked::Barred(Bar::NoSlot));
        let new = house.store.resource(house.org, old.id).await.unwrap();
        let halves: Vec<Slot> = slots(&new).into_iter().filter(|half| half.meets(slot)).collect();
        assert_eq!(halves.len(), 2);
        for half in halves {
            assert_eq!(
                take(&house, &new, half, None, NOW).await,
                Booked::Barred(Bar::Full),
                "the hour is taken"
            );
        }
        house.store.resource_turn(&house.by, old.id, Standing::Closed, NOW).await.unwrap();
        let closed = house.store.resource(house.org, old.id).await.unwrap();
        assert_eq!(take(&house, &closed, slots(&closed)[4], None, NOW).await, Booked::Barred(Bar::Closed));
        let unseen = take(&house, &new, slots(&new)[4], None, NOW).await;
        assert_eq!(unseen, Booked::Barred(Bar::NoSlot), "whoever had not seen it books nothing either");
        assert!(state(&house, code).await.is_living(), "what is booked stays booked");
    })
    .await;
}

#[tokio::test]
async fn the_desk_marks_once_takes_back_and_gives_a_free_place_away() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let pitch = resource(&house, 1, 5).await;
        let slot = slots(&pitch)[0];
        let (missed, came) = (Said::Mark(Mark::Missed), Said::Mark(Mark::Served));
        let code = given(take(&house, &pitch, slot, Some([1; 16]), NOW).await);
        let early = house.store.booking_mark(&house.by, code, missed, slot.from.plus(-1)).await;
        assert!(matches!(early, Err(Error::Refused(Refusal::WrongState(_)))));
        let late = house.store.booking_cancel(house.org, code, None, slot.from.plus(-HOUR)).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::Expired))));
        let presses: Vec<_> = [missed, came, missed, came]
            .map(|said| {
                let (store, by) = (house.store.clone(), house.by);
                tokio::spawn(async move { store.booking_mark(&by, code, said, slot.from).await.is_ok() })
            })
            .into();
        let mut done = 0;
        for press in presses {
            done += i64::from(press.await.unwrap());
        }
        assert_eq!(done, 1, "two people at the desk say one thing");
        house.store.booking_mark(&house.by, code, Said::Unmark, slot.from).await.unwrap();
        house.store.booking_mark(&house.by, code, missed, slot.from).await.unwrap();
        let whose = (Whose::Desk(&house.by), house.random());
        let walked_in =
            house.store.booking_take(house.org, (&pitch, slot), whose, slot.from.plus(1)).await.unwrap();
        let back = house.store.booking_mark(&house.by, code, Said::Unmark, slot.from).await;
        assert!(matches!(back, Err(Error::Refused(Refusal::WrongState(why))) if why == "full"));
        house.store.booking_cancel(house.org, given(walked_in), Some(&house.by), slot.from).await.unwrap();
        house.store.booking_mark(&house.by, code, Said::Unmark, slot.from).await.unwrap();
        house.store.booking_mark(&house.by, code, came, slot.from).await.unwrap();
        assert!(matches!(state(&house, code).await, State::Served { .. }));
    })
    .await;
}

#[tokio::test]
async fn who_did_not_come_twice_waits_and_is_forgotten_when_it_no_longer_matters() {
    on_both(|store| async move {
        let house = House::build(store).await;
        let pitch = resource(&house, 5, 5).await;
        let (one, two) = (slots(&pitch)[0], slots(&pitch)[1]);
        let phone = Some([3; 16]);
        for slot in [one, two] {
            let code = given(take(&house, &pitch, slot, phone, NOW).await);
            house.store.booking_mark(&house.by, code, Said::Mark(Mark::Missed), slot.from).await.unwrap();
        }
        let until = two.from.plus(2 * WEEK);
        let tomorrow = later(one, DAY);
        assert_eq!(take(&house, &pitch, tomorrow, phone, two.to).await, Booked::Barred(Bar::Paused(until)));
        let other = resource(&house, 5, 5).await;
        assert!(
            matches!(take(&house, &other, tomorrow, phone, two.to).await, Booked::Given(_)),
            "elsewhere it may"
        );
        assert!(
            matches!(take(&house, &pitch, tomorrow, None, two.to).await, Booked::Given(_)),
            "nothing is known of it"
        );
        assert!(matches!(take(&house, &pitch, later(one, 15 * DAY), phone, until).await, Booked::Given(_)));

        let holders = async |at: Moment| house.store.overstayed(30 * DAY, at).await.unwrap().holders;
        assert_eq!(holders(two.to).await, 0);
        assert_eq!(
            holders(tomorrow.to.plus(7 * DAY)).await,
            1,
            "who came or was not looked for, after a week"
        );
        let memory = two.to.plus(6 * WEEK);
        assert_eq!(holders(memory).await, 4);
        let gone: Retained = house.store.retain(30 * DAY, memory).await.unwrap();
        assert_eq!((gone.holders, holders(memory).await), (4, 0));
        assert!(house.store.bookings_of(house.org, pitch.id, [3; 16], NOW).await.unwrap().is_empty());
    })
    .await;
}
