//! Places are never given twice, windows hold whatever the wall clock and the calendar do, and not coming pauses what
//! it says.

use proptest::prelude::*;

use super::*;
use crate::Moment;
use crate::moment::{Day, HOUR, MINUTE};
use crate::queue::Mark;
use crate::season::{Special, Table, Year};

const WEEK: i64 = 7 * 24 * HOUR;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn lines(all: &str) -> [String; 7] {
    std::array::from_fn(|_| all.to_owned())
}

fn resource(zone: &str, minutes: i64, capacity: i64, week: Week) -> Resource {
    let no_show = Some(NoShow::new(2, 4, 2).unwrap());
    Resource {
        id: ResourceId::new(Moment::from_millis(0), [1; 10]),
        kind: Kind::Pitch,
        name: "禾花共享足球场".into(),
        place: String::new(),
        standing: Standing::Open,
        terms: Terms { capacity, minutes, ahead: 14, each: 2, cutoff: 2, no_show },
        opening: Opening { week, ..Opening::default() },
        zone: Place::named(zone).unwrap(),
        steps: 0,
    }
}

fn pitch(minutes: i64, capacity: i64) -> Resource {
    resource("Asia/Shanghai", minutes, capacity, Week::parse(&lines("9:00-12:00 14:00-18:00")).unwrap())
}

fn booking(resource: &Resource, number: i64, slot: Slot) -> Booking {
    let code = SlipCode::new([number.to_be_bytes()[6], number.to_be_bytes()[7], 1, 2]);
    Booking { resource: resource.id, number, code, slot, state: Booking::begin(number) }
}

fn clocks(resource: &Resource, on: &str) -> Vec<String> {
    let slots = resource.slots(day(on), &Table::default()).unwrap();
    slots.iter().map(|slot| resource.zone.clock(slot.from)).collect()
}

fn may() -> Table {
    let special = |on: &str, off| Special { day: day(on), name: "劳动节".into(), off };
    let days = [("2023-04-23", false), ("2023-05-01", true), ("2023-05-06", false)];
    Table::of([Year { year: 2023, papers: Vec::new(), days: days.map(|(on, off)| special(on, off)).into() }])
}

#[test]
fn windows_are_read_as_people_type_them() {
    let week = Week::parse(&lines(" 9：00－12:00，14:00 - 18:00；19:30至24:00 ")).unwrap();
    assert_eq!(week.lines()[0], "9:00-12:00 14:00-18:00 19:30-24:00");
    assert_eq!(Week::parse(&week.lines()).unwrap(), week);
    for wrong in
        ["9-12", "12:00-9:00", "9:00-12:00 11:00-13:00", "9:00-24:30", "9:60-12:00", "+9:00-12:00", "x"]
    {
        assert!(Week::parse(&lines(wrong)).is_err(), "{wrong}");
    }
    assert!(Week::parse(&lines("")).unwrap().is_empty());
    let read: Result<Week, _> = serde_json::from_str("[[[600,540]],[],[],[],[],[],[]]");
    assert!(read.is_err(), "a stored window is checked too");
}

#[test]
fn a_window_holds_whole_slots_only() {
    assert_eq!(clocks(&pitch(90, 1), "2023-05-13"), ["09:00", "10:30", "14:00", "15:30"]);
    assert_eq!(clocks(&pitch(120, 1), "2023-05-13"), ["09:00", "14:00", "16:00"]);
    let night = resource("Asia/Shanghai", 60, 1, Week::parse(&lines("22:30-24:00")).unwrap());
    assert_eq!(clocks(&night, "2023-05-13"), ["22:30"], "the half hour before midnight is no slot");
}

#[test]
fn where_the_wall_clock_jumps_no_slot_is_shorter_or_twice_there() {
    let early = || Week::parse(&lines("0:00-4:00")).unwrap();
    let berlin = resource("Europe/Berlin", 60, 1, early());
    assert_eq!(clocks(&berlin, "2023-03-26"), ["00:00", "01:00", "03:00"], "two o'clock is left out");
    assert_eq!(
        clocks(&berlin, "2023-10-29"),
        ["00:00", "01:00", "02:00", "02:00", "03:00"],
        "two o'clock comes twice"
    );
    let lost = resource("Europe/Berlin", 30, 1, Week::parse(&lines("2:00-3:00")).unwrap());
    assert_eq!(clocks(&lost, "2023-03-26"), [""; 0], "the window fell out");
    assert_eq!(clocks(&resource("Asia/Shanghai", 60, 1, early()), "2023-03-26").len(), 4);
}

#[test]
fn a_worked_saturday_is_a_working_day_only_for_whoever_follows_the_calendar() {
    let mut week = lines("9:00-10:00");
    week[4] = "10:00-11:00".into();
    week[5] = "20:00-21:00".into();
    week[6] = String::new();
    let mut room = resource("Asia/Shanghai", 60, 1, Week::parse(&week).unwrap());
    let begins = |room: &Resource, on: &str| {
        let slots = room.slots(day(on), &may()).unwrap();
        slots.iter().map(|slot| room.zone.clock(slot.from)).collect::<Vec<_>>()
    };
    assert_eq!(begins(&room, "2023-05-01"), ["09:00"], "a holiday is a Monday");
    assert_eq!(begins(&room, "2023-05-06"), ["20:00"], "a worked Saturday is a Saturday");
    room.opening.follows = Follows::Work;
    assert_eq!(begins(&room, "2023-05-01"), [""; 0], "a public holiday");
    assert_eq!(begins(&room, "2023-05-06"), ["10:00"], "worked like a Friday");
    assert_eq!(begins(&room, "2023-04-23"), ["09:00"], "a worked Sunday like a Monday");
    assert_eq!(begins(&room, "2023-05-13"), ["20:00"], "a plain Saturday stays one");
    room.opening.shut = Opening::days("2023-05-06，2023-05-13").unwrap();
    assert_eq!((begins(&room, "2023-05-06").len(), begins(&room, "2023-05-13").len()), (0, 0));
    assert!(Opening::days("6 May").is_err());
}

#[test]
fn who_has_enough_or_comes_too_early_or_too_late_is_told_which() {
    let pitch = pitch(60, 1);
    let slots = pitch.slots(day("2023-05-13"), &Table::default()).unwrap();
    let now = slots[0].from.plus(-HOUR);
    assert_eq!(pitch.admit(slots[0], Booker::Phone(&[]), now), Ok(()));
    assert_eq!(pitch.admit(slots[0], Booker::Phone(&[]), slots[0].from), Err(Bar::Past));
    assert_eq!(pitch.admit(slots[0], Booker::Desk, slots[0].from), Ok(()), "whoever stands there goes in");
    assert_eq!(pitch.admit(slots[0], Booker::Desk, slots[0].to), Err(Bar::Past));
    let later = |days: i64| Slot {
        from: slots[0].from.plus(days * 24 * HOUR),
        to: slots[0].to.plus(days * 24 * HOUR),
    };
    assert_eq!(pitch.admit(later(14), Booker::Phone(&[]), now), Ok(()));
    assert_eq!(pitch.admit(later(15), Booker::Phone(&[]), now), Err(Bar::TooFar));
    let mut two = [booking(&pitch, 1, slots[1]), booking(&pitch, 2, slots[2])];
    assert_eq!(pitch.admit(slots[3], Booker::Phone(&two), now), Err(Bar::TooMany(2)));
    two[0].state = two[0].cancel(None, now).unwrap();
    assert_eq!(pitch.admit(slots[3], Booker::Phone(&two), now), Ok(()));
    two[0].state = State::Lapsed { at: now };
    two[1].state = State::Lapsed { at: now };
    let until = slots[2].from.plus(2 * WEEK);
    assert_eq!(pitch.admit(later(14), Booker::Phone(&two), slots[4].from), Err(Bar::Paused(until)));
    assert_eq!(pitch.slot(slots[1].from, &Table::default()), Ok(Some(slots[1])));
    assert_eq!(pitch.slot(slots[1].from.plus(MINUTE), &Table::default()), Ok(None));
}

#[test]
fn the_clock_calls_once_and_the_desk_may_take_back_what_it_said() {
    let pitch = pitch(60, 1);
    let slot = pitch.slots(day("2023-05-13"), &Table::default()).unwrap()[0];
    let one = booking(&pitch, 7, slot);
    assert!(one.mark(Mark::Served, slot.from.plus(-HOUR)).is_err(), "an hour before");
    assert!(one.mark(Mark::Missed, slot.from.plus(-MINUTE)).is_err(), "nobody is late yet");
    let came = Booking { state: one.mark(Mark::Served, slot.from.plus(-20 * MINUTE)).unwrap(), ..one };
    assert!(came.holds() && came.missed().is_none() && came.mark(Mark::Missed, slot.to).is_err());
    let missed = Booking { state: one.mark(Mark::Missed, slot.from).unwrap(), ..one };
    assert_eq!((missed.missed(), missed.holds()), (Some(slot.from), false), "its place is free at once");
    assert_eq!((came.unmark(), missed.unmark()), (Ok(one.state), Ok(one.state)));
    assert!(one.unmark().is_err());
    let until = Some(pitch.cancel_until(slot));
    assert_eq!(one.cancel(until, slot.from.plus(-HOUR)), Err(Refusal::Expired));
    assert!(one.cancel(until, slot.from.plus(-2 * HOUR)).is_ok() && one.cancel(None, slot.from).is_ok());
    assert!(came.cancel(None, slot.to).is_err() && missed.cancel(None, slot.to).is_err());
}

proptest! {
    #[test]
    fn slots_lie_in_their_windows_and_never_over_each_other(
        zone in prop::sample::select(vec!["Asia/Shanghai", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"]),
        days in 0_i32..1500,
        minutes in 10_i64..200,
        edges in prop::collection::btree_set(0_i64..=96, 2..8),
    ) {
        let edges: Vec<i64> = edges.into_iter().map(|edge| edge * 15).collect();
        let clock = |at: i64| format!("{}:{:02}", at / 60, at % 60);
        let windows: Vec<String> = edges.chunks_exact(2).map(|two| format!("{}-{}", clock(two[0]), clock(two[1]))).collect();
        let resource = resource(zone, minutes, 1, Week::parse(&lines(&windows.join(" "))).unwrap());
        let on = day("2022-01-01").plus_days(days);
        let slots = resource.slots(on, &Table::default()).unwrap();
        for slot in &slots {
            prop_assert_eq!(slot.to.since(slot.from), minutes * MINUTE);
            prop_assert_eq!(resource.zone.day(slot.from), on);
            let wall = resource.zone.clock(slot.from);
            let (hour, minute) = wall.split_once(':').unwrap();
            let at = 60 * hour.parse::<i64>().unwrap() + minute.parse::<i64>().unwrap();
            prop_assert!(edges.chunks_exact(2).any(|two| two[0] <= at && at < two[1]), "{wall} in {windows:?}");
        }
        prop_assert!(slots.windows(2).all(|two| two[0].to <= two[1].from));
    }

    #[test]
    fn no_moment_ever_has_more_people_than_room(
        capacity in 1_i64..4,
        acts in prop::collection::vec((0_usize..8, 0_u8..10, prop::sample::select(vec![30_i64, 60, 90])), 1..60),
    ) {
        let mut pitch = pitch(60, capacity);
        let mut held: Vec<Booking> = Vec::new();
        for (nth, act, minutes) in acts {
            // Now and then an organizer divides the day anew, and what was booked before stays.
            if act == 9 {
                pitch.terms.minutes = minutes;
            }
            let slots = pitch.slots(day("2023-05-13"), &Table::default()).unwrap();
            let slot = slots[nth % slots.len()];
            if act < 7 {
                if pitch.left(slot, &held) > 0 {
                    held.push(booking(&pitch, held.len() as i64 + 1, slot));
                }
            } else if let Some(one) = held.get_mut(nth) {
                let next = if act == 7 { one.cancel(None, one.slot.from) } else { one.mark(Mark::Missed, one.slot.from) };
                one.state = next.unwrap_or(one.state);
            }
            let edges = held.iter().map(|one| one.slot.from);
            for at in edges {
                let there = held.iter().filter(|one| one.holds() && one.slot.from <= at && at < one.slot.to).count();
                prop_assert!(there as i64 <= capacity);
            }
        }
    }

    #[test]
    fn booking_pauses_only_after_enough_misses_and_never_for_longer(
        times in 1_i64..5,
        within in 1_i64..9,
        pause in 1_i64..9,
        hours in prop::collection::vec(0_i64..4000, 0..12),
        now in 0_i64..6000,
    ) {
        let rule = NoShow::new(times, within, pause).unwrap();
        let at = |hour: i64| Moment::from_millis(hour * HOUR);
        let missed: Vec<Moment> = hours.iter().map(|hour| at(*hour)).collect();
        let until = rule.paused_until(&missed, at(now));
        let near = |end: &Moment| {
            missed.iter().filter(|one| *one <= end && end.since(**one) < within * WEEK).count() as i64 >= times
        };
        if let Some(until) = until {
            let end = until.plus(-pause * WEEK);
            prop_assert!(until > at(now) && missed.contains(&end) && near(&end));
        }
        prop_assert!(until.is_some() || times > 1 || missed.iter().all(|one| one.plus(pause * WEEK) <= at(now)));
        let reversed: Vec<Moment> = missed.iter().rev().copied().collect();
        prop_assert_eq!(rule.paused_until(&reversed, at(now)), until);
        let forgotten: Vec<Moment> =
            missed.iter().filter(|one| at(now).since(**one) < rule.memory()).copied().collect();
        prop_assert_eq!(rule.paused_until(&forgotten, at(now)), until, "what is forgotten no longer mattered");
        let later = at(now).plus(rule.memory());
        if missed.iter().all(|one| one <= &at(now)) {
            prop_assert_eq!(rule.paused_until(&missed, later), None);
        }
    }
}

#[test]
fn a_pause_begins_with_the_one_too_many_and_ends_by_itself() {
    let rule = NoShow::new(2, 4, 1).unwrap();
    let at = |days: i64| Moment::from_millis(days * 24 * HOUR);
    assert_eq!(rule.paused_until(&[at(0)], at(1)), None);
    assert_eq!(rule.paused_until(&[at(0), at(3)], at(4)), Some(at(10)));
    assert_eq!(rule.paused_until(&[at(0), at(3)], at(10)), None);
    assert_eq!(rule.paused_until(&[at(0), at(3), at(11)], at(12)), Some(at(18)), "two in four weeks again");
    assert_eq!(rule.paused_until(&[at(0), at(28)], at(28)), None, "four weeks apart");
    assert!(NoShow::new(0, 4, 1).is_err() && NoShow::new(2, 27, 1).is_err());
}
