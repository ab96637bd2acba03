//! The machine as tables (who may do what in which state) and as a walk that never leaves it.

mod beside;

use proptest::prelude::*;

use super::*;
use crate::AccountId;
use crate::moment::{HOUR, MINUTE, Place};
use crate::season::Table;

const AT: Moment = Moment::from_millis(1_683_945_720_000);
const LONG: i64 = 8 * 24 * HOUR;

fn unit(n: u8) -> UnitId {
    UnitId::new(AT, [n; 10])
}

fn stall() -> StallId {
    StallId::new(AT, [3; 10])
}

fn desk() -> By {
    By::Desk(AccountId::new(AT, [1; 10]))
}

fn words() -> Words {
    Words::parse("换了灯泡").unwrap()
}

fn resolution(by: Handler, on_the_spot: bool) -> Resolution {
    Resolution { by, at: AT, how: words(), on_the_spot }
}

/// Every verb, with units 1 and 2 to send to.
fn verbs() -> Vec<Verb> {
    vec![
        Verb::Accept,
        Verb::SettleOnSpot { how: words() },
        Verb::Hear,
        Verb::Dispatch { to: unit(1) },
        Verb::Reassign { to: unit(2), why: words() },
        Verb::Take,
        Verb::Return { why: words() },
        Verb::Handle,
        Verb::Resolve { how: words() },
        Verb::Rate(Rating::Satisfied.into()),
        Verb::Rate(Rating::Unsatisfied.into()),
        Verb::Merge { into: SlipCode::new([9; 4]) },
        Verb::Refer { to: words() },
        Verb::GiveUp { why: words() },
        Verb::Exclude { why: words() },
        Verb::Withdraw,
        Verb::File,
    ]
}

/// Everything that can be done beside the state.
fn beside() -> Vec<Verb> {
    vec![
        Verb::Join { unit: unit(2) },
        Verb::Inform { words: words() },
        Verb::Pause { why: words() },
        Verb::Resume,
        Verb::Extend { until: AT.plus(40 * 24 * HOUR), why: words() },
        Verb::Urge { words: words() },
        Verb::Supervise { why: words() },
        Verb::Locate { grid: Some(GridId::new(AT, [8; 10])) },
        Verb::Plan { agent: words(), steps: vec![words()] },
        Verb::Tick { step: 0 },
        Verb::Claim,
    ]
}

/// Nothing special is known: weekends are off.
fn days() -> Workdays {
    Workdays::new(Place::named("Asia/Shanghai").unwrap(), Table::default())
}

/// Every state with the verbs that are possible in it eight days later: by the desk, by unit 1, by the
/// stall, by the resident.
fn table() -> Vec<(State, &'static str, &'static str, &'static str, &'static str)> {
    let round = Round::First;
    let at = AT;
    let aside = ("file", "", "", "");
    let open = "dispatch handle refer exclude merge give_up";
    let mut rows = vec![
        (
            State::Raised,
            "accept settle_on_spot hear refer exclude merge give_up",
            "",
            "settle_on_spot",
            "withdraw",
        ),
        (
            State::Accepted { at, round },
            "dispatch settle_on_spot handle hear refer exclude merge give_up",
            "",
            "",
            "withdraw",
        ),
        (State::Accepted { at, round: Round::Redone }, open, "", "", "withdraw"),
        (State::Returned { by: unit(1), why: words(), at, round }, open, "", "", "withdraw"),
        (
            State::Dispatched { to: unit(1), at, round },
            "take return reassign merge give_up",
            "take return",
            "",
            "withdraw",
        ),
        (
            State::Reassigned { from: unit(2), to: unit(1), why: words(), at, round },
            "take return reassign merge give_up",
            "take return",
            "",
            "withdraw",
        ),
        (
            State::Taken { by: unit(1), at, round },
            "resolve handle return reassign merge give_up",
            "return handle resolve",
            "",
            "withdraw",
        ),
        (
            State::Handling { by: Handler::Unit(unit(1)), since: at, round },
            "resolve reassign merge give_up",
            "resolve",
            "",
            "withdraw",
        ),
        (
            State::Handling { by: Handler::Desk, since: at, round },
            "resolve merge give_up",
            "",
            "",
            "withdraw",
        ),
        (
            State::Resolved { resolution: resolution(Handler::Desk, false), round },
            "file",
            "",
            "",
            "rate rate",
        ),
    ];
    let settled = resolution(Handler::Stall(stall()), true);
    let done = [
        State::Rated { resolution: settled, rating: Rating::Satisfied, at },
        State::Merged { into: SlipCode::new([9; 4]), at },
        State::Referred { to: words(), at },
        State::Unsolvable { why: words(), at },
        State::OutOfScope { why: words(), at },
        State::Withdrawn { at },
    ];
    rows.extend(done.into_iter().map(|state| (state, aside.0, aside.1, aside.2, aside.3)));
    rows.push((State::Filed { outcome: Outcome::Withdrawn, at }, "", "", "", ""));
    rows
}

fn possible(state: &State, by: By, at: Moment) -> Vec<&'static str> {
    let fits = |verb: &Verb| state.clone().step(verb, by, at).is_ok();
    verbs().iter().filter(|verb| fits(verb)).map(Verb::code).collect()
}

fn sorted(mut codes: Vec<&str>) -> Vec<&str> {
    codes.sort_unstable();
    codes
}

#[test]
fn each_state_allows_exactly_what_the_table_says() {
    for (state, by_desk, by_unit, by_stall, by_resident) in table() {
        let later = AT.plus(LONG);
        let expected = [
            (desk(), by_desk),
            (By::Unit(unit(1)), by_unit),
            (By::Unit(unit(7)), ""),
            (By::Stall(stall()), by_stall),
            (By::Resident, by_resident),
        ];
        for (by, codes) in expected {
            assert_eq!(
                sorted(possible(&state, by, later)),
                sorted(codes.split_whitespace().collect()),
                "{} by {by:?}",
                state.code()
            );
        }
        assert_eq!(sorted(possible(&state, desk(), later)), sorted(state.desk_verbs(later).to_vec()));
    }
}

#[test]
fn a_resolved_appeal_waits_a_week_for_the_residents_word() {
    let state = State::Resolved { resolution: resolution(Handler::Desk, false), round: Round::First };
    let soon = AT.plus(HOUR);
    assert!(state.desk_verbs(soon).is_empty());
    assert!(matches!(state.file(soon), Err(Refusal::WrongState(_))));
}

#[test]
fn not_satisfied_is_done_again_and_the_second_time_watched() {
    let round = Round::First;
    let mut state = State::Resolved { resolution: resolution(Handler::Unit(unit(1)), false), round };
    for expected in [Round::Redone, Round::Supervised, Round::Supervised] {
        state = state.rate(Rating::Unsatisfied, AT).unwrap();
        assert_eq!(state, State::Handling { by: Handler::Unit(unit(1)), since: AT, round: expected });
        assert!(!state.settled_by_unit() && !state.confirmed());
        state = state.resolve(words(), AT).unwrap();
    }
    let state = state.rate(Rating::VerySatisfied, AT).unwrap();
    assert!(state.confirmed() && state.settled_by_unit());
    let spot = State::Resolved { resolution: resolution(Handler::Stall(stall()), true), round };
    let again = spot.rate(Rating::VeryUnsatisfied, AT).unwrap();
    assert_eq!(again, State::Accepted { at: AT, round: Round::Redone }, "the desk sends it on");
}

#[test]
fn the_clock_runs_while_somebody_should_act() {
    let leg = |state: State, category: Category| {
        state.leg(category, AT).map(|(since, span)| (since.since(AT) / HOUR, span))
    };
    let round = Round::First;
    let later = AT.plus(2 * HOUR);
    let by = Handler::Unit(unit(1));
    let day = Span::Hours(24);
    let cases = [
        (State::Raised, Category::Help, Some((0, day))),
        (State::Raised, Category::Danger, Some((0, Span::Hours(1)))),
        (State::Raised, Category::Utility, Some((0, Span::Hours(2)))),
        (State::Raised, Category::Suggestion, None),
        (State::Accepted { at: later, round }, Category::Help, Some((0, day))),
        (State::Accepted { at: later, round: Round::Redone }, Category::Help, Some((2, day))),
        (State::Dispatched { to: unit(1), at: later, round }, Category::Help, Some((2, day))),
        (State::Taken { by: unit(1), at: later, round }, Category::Help, Some((2, Span::Days(15)))),
        (
            State::Handling { by, since: later, round: Round::Redone },
            Category::Help,
            Some((2, Span::Days(5))),
        ),
        (State::Resolved { resolution: resolution(by, false), round }, Category::Help, None),
        (State::Withdrawn { at: later }, Category::Help, None),
    ];
    for (state, category, expected) in cases {
        assert_eq!(leg(state.clone(), category), expected, "{} {}", state.code(), category.code());
    }
    let begun = State::Taken { by: unit(1), at: AT, round }.begin(later).unwrap();
    assert_eq!(leg(begun, Category::Help), Some((0, Span::Days(15))), "beginning work does not buy time");
}

#[test]
fn actors_and_states_read_back_what_they_write() {
    for by in [By::Resident, By::Stall(stall()), By::Unit(unit(1)), desk()] {
        assert_eq!(By::from_code(&by.code()), Ok(by));
    }
    assert!(By::from_code("mayor").is_err());
    for (state, ..) in table() {
        let text = serde_json::to_string(&state).unwrap();
        assert!(text.contains(&format!("\"state\":\"{}\"", state.code())), "{text}");
        assert_eq!(serde_json::from_str::<State>(&text).unwrap(), state);
    }
    for verb in verbs().into_iter().chain(beside()) {
        let text = serde_json::to_string(&verb).unwrap();
        assert_eq!(serde_json::from_str::<Verb>(&text).unwrap(), verb);
    }
}

fn fresh(category: Category) -> Appeal {
    let new = NewAppeal {
        org: OrgId::from_bytes([1, 2, 3]),
        market: MarketId::new(AT, [4; 10]),
        stall: Some(stall()),
        channel: Source::Scan,
        category,
        words: words(),
        grid: None,
        contact: None,
        code: None,
        nonce: "n".into(),
    };
    Appeal::raise(AppealId::new(AT, [5; 10]), SlipCode::new([6; 4]), new, AT, &days())
}

#[test]
fn a_clock_that_runs_backwards_keeps_the_order_of_steps() {
    let (appeal, _) = fresh(Category::Help).step(Verb::Accept, desk(), AT.plus(-HOUR), &days()).unwrap();
    assert_eq!(appeal.changed_at, AT.plus(1));
    assert!(!appeal.is_overdue(AT.plus(24 * HOUR)));
    assert!(appeal.is_overdue(AT.plus(24 * HOUR + 1)));
}

proptest! {
    /// Whatever anybody tries, in whatever order, the appeal stays inside the machine.
    #[test]
    fn a_random_walk_never_leaves_the_machine(
        category in 0..Category::ALL.len(),
        tries in proptest::collection::vec((0_usize..28, 0_usize..5, -HOUR..LONG), 0..60),
    ) {
        let actors = [desk(), By::Unit(unit(1)), By::Unit(unit(2)), By::Stall(stall()), By::Resident];
        let (mut appeal, days) = (fresh(Category::ALL[category]), days());
        let everything: Vec<Verb> = verbs().into_iter().chain(beside()).collect();
        let mut history: Vec<Step> = Vec::new();
        let mut now = AT;
        for (verb, by, pause) in tries {
            now = now.plus(pause);
            let before = appeal.clone();
            let offered = before.desk_verbs(now);
            match appeal.step(everything[verb].clone(), actors[by], now, &days) {
                Ok((after, step)) => {
                    prop_assert!(after.changed_at > before.changed_at);
                    prop_assert_eq!(step.at, after.changed_at);
                    prop_assert!(!matches!(before.state, State::Filed { .. }), "filed is the end");
                    if let By::Unit(unit) = step.by {
                        prop_assert!(before.unit_verbs(unit).contains(&step.verb.code()), "{} is offered", step.verb.code());
                    }
                    if matches!(step.by, By::Desk(_)) {
                        prop_assert!(offered.contains(&step.verb.code()), "{} is offered", step.verb.code());
                    }
                    history.push(step);
                    appeal = after;
                }
                Err(_) => appeal = before,
            }
            if appeal.state.settled_by_unit() {
                let done = appeal.state.resolution().unwrap();
                prop_assert!(done.at >= appeal.raised_at && done.at <= appeal.changed_at);
                let last = history.iter().rfind(|s| matches!(s.verb, Verb::Resolve { .. } | Verb::SettleOnSpot { .. }));
                prop_assert_eq!(last.unwrap().at, done.at, "settled by a step that is in the history");
            }
            prop_assert!(!appeal.state.confirmed() || appeal.state.settled_by_unit());
            prop_assert!(history.is_sorted_by(|a, b| a.at < b.at));
            prop_assert!(appeal.due_at.is_none_or(|due| due >= appeal.raised_at.plus(MINUTE)));
            prop_assert!(appeal.care.pause.is_none() || appeal.state.is_open(), "what rests waits for nobody");
            let leads = appeal.state.unit();
            prop_assert!(leads.is_none_or(|lead| !appeal.care.helpers.contains(&lead)), "one leads, others help");
        }
    }
}
