//! The list and its days.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

const HELD: &str = "2023-05-13";

fn standing(facts: &Facts, marks: &[(Item, Mark)], item: Item) -> Standing {
    let lines = judge(facts, marks, day(HELD), day("2023-04-01"));
    lines.into_iter().find(|line| line.item == item).unwrap().standing
}

fn done() -> Mark {
    Mark::Done {
        by: "社区党群岗".into(), on: day("2023-04-20"), note: "莲公许〔2023〕18号".into()
    }
}

#[test]
fn the_permit_follows_the_number_of_people() {
    let with = |attendance| Facts { attendance, ..Facts::default() };
    let cases = [
        (None, Standing::Open(Why::NoAttendance)),
        (Some(999), Standing::Idle(Why::Few(999))),
        (Some(1_000), Standing::Open(Why::County(1_000))),
        (Some(4_999), Standing::Open(Why::County(4_999))),
        (Some(5_000), Standing::Open(Why::City(5_000))),
    ];
    for (attendance, expected) in cases {
        assert_eq!(standing(&with(attendance), &[], Item::Permit), expected);
    }
    let marked = standing(&with(Some(5_000)), &[(Item::Permit, done())], Item::Permit);
    assert_eq!(marked, Standing::Marked(done(), Why::City(5_000)));
    let unknown = standing(&with(None), &[(Item::Permit, done())], Item::Permit);
    assert_eq!(unknown, Standing::Open(Why::NoAttendance), "for how many?");
    let few = standing(&with(Some(20)), &[(Item::Permit, done())], Item::Permit);
    assert_eq!(few, Standing::Idle(Why::Few(20)));
}

#[test]
fn what_the_market_holds_decides_itself_and_says_why() {
    let lacking = vec!["健康义诊".to_owned()];
    let facts = Facts {
        clinics: Papers { needed: 2, lacking: lacking.clone() },
        food: Papers { needed: 1, lacking: Vec::new() },
        powered: 3,
        layout: Layout::Broken(2),
        rain: true,
        ..Facts::default()
    };
    let of = |item| standing(&facts, &[], item);
    assert_eq!(of(Item::Clinic), Standing::Open(Why::Lacking(lacking)));
    assert_eq!(of(Item::Food), Standing::Met(Why::AllHold(1)));
    assert_eq!(of(Item::Papers), Standing::Idle(Why::Nobody));
    assert_eq!(of(Item::Power), Standing::Open(Why::Powered(3)));
    assert_eq!(of(Item::Layout), Standing::Open(Why::Broken(2)));
    assert_eq!(of(Item::Rain), Standing::Met(Why::Planned));
    assert_eq!(of(Item::Weather), Standing::Open(Why::Unplanned));
    let nothing = standing(&Facts::default(), &[], Item::Power);
    assert_eq!(nothing, Standing::Idle(Why::NoPower));
    assert_eq!(
        standing(&Facts { layout: Layout::Sound, ..facts }, &[], Item::Layout),
        Standing::Met(Why::Sound)
    );
}

#[test]
fn days_are_counted_from_the_market_and_what_is_late_is_marked() {
    let permit = Item::Permit.due(day(HELD));
    assert_eq!(permit, day("2023-04-23"));
    let at = |today: &str| {
        let lines = judge(&Facts::default(), &[], day(HELD), day(today));
        lines.into_iter().find(|line| line.item == Item::Permit).unwrap().overdue
    };
    assert!(!at("2023-04-23"), "the last day is in time");
    assert!(at("2023-04-24"));
    let exempt = [(Item::Permit, Mark::Exempt { reason: "街道统一报批".into() })];
    let lines = judge(&Facts::default(), &exempt, day(HELD), day(HELD));
    assert!(!lines.iter().any(|line| line.item == Item::Permit && line.overdue));
}

#[test]
fn what_decides_itself_cannot_be_called_done() {
    assert_eq!(done().sound(Item::Layout), Err(Refusal::NotAllowed));
    assert!(done().sound(Item::Venue).is_ok());
    let exempt = |reason: &str| Mark::Exempt { reason: reason.into() };
    assert_eq!(exempt(" ").sound(Item::Rain), Err(Refusal::Missing("reason")));
    assert_eq!(exempt(" 在室内 ").sound(Item::Rain), Ok(exempt("在室内")));
}

proptest! {
    #[test]
    fn a_mark_never_opens_an_item_and_only_open_ones_are_late(
        attendance in prop::option::of(1_i64..9_000), powered in 0_usize..4, rain in any::<bool>(), today in -40_i32..5,
    ) {
        let facts = Facts { attendance, powered, rain, ..Facts::default() };
        let today = day(HELD).plus_days(today);
        let bare = judge(&facts, &[], day(HELD), today);
        let marks: Vec<_> = Item::ALL.iter().map(|item| (*item, Mark::Exempt { reason: "不需要".into() })).collect();
        let marked = judge(&facts, &marks, day(HELD), today);
        for (bare, marked) in bare.iter().zip(&marked) {
            prop_assert!(bare.is_open() || !marked.is_open());
            prop_assert!(!marked.is_open(), "a reason closes it");
            prop_assert!(bare.is_open() || !bare.overdue);
        }
        prop_assert_eq!(open_musts(&marked).count(), 0);
    }
}
