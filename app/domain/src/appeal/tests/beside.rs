//! What goes on beside the state: pauses, help, urging, watching.

use super::*;

/// An appeal that unit 1 has taken, an hour after it was raised.
fn taken(category: Category) -> Appeal {
    let verbs = [Verb::Accept, Verb::Dispatch { to: unit(1) }, Verb::Take];
    verbs.into_iter().fold(fresh(category), |appeal, verb| does(appeal, verb, desk(), HOUR))
}

fn does(appeal: Appeal, verb: Verb, by: By, after: i64) -> Appeal {
    appeal.step(verb, by, AT.plus(after), &days()).unwrap().0
}

#[test]
fn a_pause_gives_back_the_time_and_ends_with_its_part_of_the_way() {
    let why = words();
    let appeal = taken(Category::Help);
    let due = appeal.due_at.unwrap();
    let paused = does(appeal, Verb::Pause { why: why.clone() }, desk(), 2 * HOUR);
    assert_eq!((paused.due_at, paused.light(AT.plus(900 * HOUR))), (None, None), "no clock, no alarm");
    assert!(
        paused.clone().step(Verb::Pause { why: why.clone() }, desk(), AT.plus(3 * HOUR), &days()).is_err()
    );
    let again = does(paused.clone(), Verb::Resume, desk(), 50 * HOUR);
    assert_eq!(again.due_at, Some(due.plus(48 * HOUR)));
    let until = due.plus(100 * HOUR);
    let longer = does(again, Verb::Extend { until, why }, desk(), 51 * HOUR);
    assert_eq!(longer.due_at, Some(until));
    let done = does(longer, Verb::Resolve { how: words() }, By::Unit(unit(1)), 52 * HOUR);
    let redone = does(done, Verb::Rate(Rating::Unsatisfied.into()), By::Resident, 53 * HOUR);
    assert_eq!((redone.care.stood, redone.care.extended), (0, None), "a new round has its own clock");
    let done = does(paused, Verb::Resolve { how: words() }, By::Unit(unit(1)), 4 * HOUR);
    assert!(done.care.pause.is_none(), "what is settled waits for nobody");
}

#[test]
fn one_leads_others_help_and_the_second_dispatch_is_watched() {
    let helper = By::Unit(unit(2));
    let appeal = taken(Category::Help);
    let tell = || Verb::Inform { words: words() };
    assert!(appeal.clone().step(tell(), helper, AT.plus(2 * HOUR), &days()).is_err());
    assert!(
        appeal.clone().step(Verb::Join { unit: unit(1) }, desk(), AT, &days()).is_err(),
        "it leads already"
    );
    let appeal = does(appeal, Verb::Join { unit: unit(2) }, desk(), 2 * HOUR);
    let appeal = does(appeal, tell(), helper, 3 * HOUR);
    for verb in [Verb::Resolve { how: words() }, Verb::Return { why: words() }, Verb::Handle] {
        assert_eq!(
            appeal.clone().step(verb, helper, AT.plus(4 * HOUR), &days()).unwrap_err(),
            Refusal::NotAllowed
        );
    }
    let back = does(appeal, Verb::Return { why: words() }, By::Unit(unit(1)), 5 * HOUR);
    assert!(!back.is_watched());
    let to_helper = does(back, Verb::Dispatch { to: unit(2) }, desk(), 6 * HOUR);
    assert!(to_helper.care.helpers.is_empty(), "who leads does not help");
    assert!(to_helper.is_watched(), "sent a second time");
    let back = does(to_helper, Verb::Return { why: words() }, helper, 7 * HOUR);
    assert!(back.is_watched());
}

#[test]
fn a_resident_urges_what_is_late_once_a_day() {
    let urge = || Verb::Urge { words: Words::default() };
    let appeal = fresh(Category::Help);
    assert!(appeal.clone().step(urge(), By::Resident, AT.plus(23 * HOUR), &days()).is_err(), "in time");
    let urged = does(appeal, urge(), By::Resident, 25 * HOUR);
    assert!(urged.clone().step(urge(), By::Resident, AT.plus(26 * HOUR), &days()).is_err());
    assert_eq!(does(urged, urge(), By::Resident, 50 * HOUR).care.asked_at, Some(AT.plus(50 * HOUR)));
}

#[test]
fn whoever_is_told_nothing_for_a_day_is_unanswered_even_while_the_work_is_in_time() {
    let appeal = taken(Category::Help);
    assert!(!appeal.is_unanswered(AT.plus(25 * HOUR), &days()), "taking it is an answer");
    let waiting = does(fresh(Category::Help), Verb::Accept, desk(), HOUR);
    assert!(waiting.is_unanswered(AT.plus(25 * HOUR), &days()));
    let told = does(waiting, Verb::Inform { words: words() }, desk(), 2 * HOUR);
    assert!(!told.is_unanswered(AT.plus(25 * HOUR), &days()));
}

#[test]
fn what_goes_in_steps_is_planned_and_ticked_by_whoever_leads_it() {
    let (lead, step) = (By::Unit(unit(1)), |n| Words::parse(n).unwrap());
    let plan =
        || Verb::Plan { agent: step("社区代办员"), steps: vec![step("取材料"), step("交窗口")] };
    let sent = [Verb::Accept, Verb::Dispatch { to: unit(1) }]
        .into_iter()
        .fold(fresh(Category::Agent), |appeal, verb| does(appeal, verb, desk(), HOUR));
    assert!(sent.clone().step(plan(), lead, AT.plus(2 * HOUR), &days()).is_err(), "not taken yet");
    assert!(taken(Category::Help).step(plan(), desk(), AT.plus(2 * HOUR), &days()).is_err(), "no agency");
    let mediated = does(taken(Category::Mediation), plan(), lead, 3 * HOUR);
    assert!(mediated.unit_verbs(unit(1)).contains(&"tick"), "a mediator goes through it in steps too");
    let appeal = does(sent, Verb::Take, lead, 2 * HOUR);
    assert!(appeal.clone().step(Verb::Tick { step: 0 }, lead, AT.plus(3 * HOUR), &days()).is_err());
    assert_eq!(appeal.unit_verbs(unit(1)).last(), Some(&"plan"));
    let appeal = does(does(appeal, plan(), lead, 3 * HOUR), Verb::Tick { step: 0 }, desk(), 4 * HOUR);
    assert_eq!(appeal.care.agency.as_ref().unwrap().next().unwrap().0, 1);
    assert!(appeal.clone().step(Verb::Tick { step: 0 }, lead, AT.plus(5 * HOUR), &days()).is_err(), "once");
    let done = does(appeal, Verb::Tick { step: 1 }, lead, 6 * HOUR);
    assert!(!done.unit_verbs(unit(1)).contains(&"tick"), "all done");
}

#[test]
fn a_wish_is_taken_from_the_pool_and_nothing_else_is() {
    let wish = does(fresh(Category::Wish), Verb::Accept, desk(), HOUR);
    assert_eq!(wish.unit_verbs(unit(2)), ["claim"]);
    let taken = does(wish, Verb::Claim, By::Unit(unit(2)), 2 * HOUR);
    assert_eq!((taken.state.code(), taken.state.unit()), ("taken", Some(unit(2))));
    assert!(
        taken.clone().step(Verb::Claim, By::Unit(unit(1)), AT.plus(3 * HOUR), &days()).is_err(),
        "too late"
    );
    let help = does(fresh(Category::Help), Verb::Accept, desk(), HOUR);
    assert!(help.clone().step(Verb::Claim, By::Unit(unit(1)), AT.plus(2 * HOUR), &days()).is_err());
    assert!(help.unit_verbs(unit(1)).is_empty());
    let raised = fresh(Category::Wish);
    assert!(
        raised.step(Verb::Claim, By::Unit(unit(1)), AT.plus(HOUR), &days()).is_err(),
        "nobody has read it"
    );
}
