//! What a market knows of its day, its hours and its stage.

use super::*;

fn planned() -> Planned {
    Planned {
        held_on: "2023-05-20".into(),
        opens: "08:30".into(),
        closes: "12:00".into(),
        name: "党员服务市集".into(),
        theme: "党群开市".into(),
        host: "街道党工委".into(),
        organizer: "社区党委".into(),
        zones: "民有所呼\n\n民有所需\n".into(),
        ..Planned::default()
    }
}

fn market(planned: &Planned) -> Result<Market, Refusal> {
    let at = Moment::from_millis(0);
    let ids = (MarketId::new(at, [1; 10]), GroundId::new(at, [2; 10]));
    planned.market(OrgId::from_bytes([1, 2, 3]), ids.0, ids.1, 15)
}

#[test]
fn a_planned_saturday_becomes_a_draft_and_the_next_one_follows_it() {
    let first = market(&planned()).unwrap();
    assert_eq!(first.stage, Stage::Draft);
    assert_eq!(first.closes_at.since(first.opens_at), 210 * MINUTE);
    let letters: Vec<_> = first.zones.iter().map(|zone| zone.letter.as_str()).collect();
    assert_eq!(letters, ["A", "B"]);
    let next = Planned::after(&first);
    assert_eq!(next.held_on, "2023-05-27");
    assert_eq!(market(&next).unwrap().zones, first.zones);
}

#[test]
fn hours_past_midnight_are_not_handed_on_and_what_is_handed_on_is_taken() {
    let after = |opens: i64, closes: i64| {
        let mut last = market(&planned()).unwrap();
        // Minutes from the midnight that its day begins with.
        let midnight = last.opens_at.plus(-(8 * 60 + 30) * MINUTE);
        (last.opens_at, last.closes_at) = (midnight.plus(opens * MINUTE), midnight.plus(closes * MINUTE));
        let next = Planned::after(&last);
        assert!(market(&next).is_ok(), "{opens} to {closes} gave {} to {}", next.opens, next.closes);
        (next.opens, next.closes)
    };
    let usual = (USUAL_HOURS.0.to_owned(), USUAL_HOURS.1.to_owned());
    assert_eq!(after(23 * 60, 33 * 60), usual);
    assert_eq!(after(9 * 60, 33 * 60 + 30), usual, "a day and a half is no Saturday either");
    assert_eq!(after(14 * 60, 24 * 60), usual);
    assert_eq!(after(9 * 60, 11 * 60 + 30), ("09:00".into(), "11:30".into()));
}

#[test]
fn nonsense_is_refused_by_name() {
    let with = |change: fn(&mut Planned)| {
        let mut planned = planned();
        change(&mut planned);
        market(&planned).unwrap_err()
    };
    assert_eq!(with(|p| p.held_on = "soon".into()), Refusal::Malformed("day"));
    assert_eq!(with(|p| p.opens = "25:00".into()), Refusal::Malformed("time of day"));
    assert_eq!(with(|p| p.closes = "08:00".into()), Refusal::Malformed("hours"));
    assert_eq!(with(|p| p.theme = " ".into()), Refusal::Missing("theme"));
    assert_eq!(with(|p| p.name = "市".repeat(121)), Refusal::TooLong("name"));
    assert_eq!(with(|p| p.zones = "a\n".repeat(9)), Refusal::TooLong("zones"));
}

#[test]
fn scans_count_from_half_an_hour_before_to_half_an_hour_after() {
    let market = market(&planned()).unwrap();
    let at = |minutes: i64| market.window(market.opens_at.plus(minutes * MINUTE));
    assert_eq!(at(-31), Window::NotYet(market.opens_at.plus(-30 * MINUTE)));
    assert_eq!(at(-30), Window::Open);
    assert_eq!(at(240), Window::Open);
    assert_eq!(at(241), Window::Over);
}
