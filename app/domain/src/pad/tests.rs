//! The journal: nothing lost, nothing twice, and always what will be counted.

use super::*;
use proptest::prelude::*;

const AT: Moment = Moment::from_millis(1_683_945_720_000);

fn receipt(record: &Record, result: Outcome) -> Receipt {
    let why = (result == Outcome::Refused).then_some(Why::Malformed);
    Receipt { id: record.id.clone(), result, why }
}

#[test]
fn undo_names_the_latest_tap_that_stands_and_not_an_old_one() {
    let mut journal = Journal::default();
    journal.tap("a".into(), Kind::Consult, 1, AT);
    journal.tap("b".into(), Kind::Talk, 10, AT.plus(1));
    assert_eq!(journal.undoable(AT.plus(2)).map(|tap| tap.n), Some(10));
    assert!(journal.undo("c".into(), AT.plus(2)));
    assert_eq!(journal.undoable(AT.plus(3)).map(|tap| tap.id.as_str()), Some("a"));
    assert_eq!(journal.today(), Today { served: 1, talks: 0 });
    assert!(!journal.undo("d".into(), AT.plus(UNDO_FOR + 1)), "too late");
    assert_eq!(journal.waiting(), 3, "what was taken back is still sent: it is recorded, not erased");
}

#[test]
fn only_a_receipt_empties_the_journal_and_the_refused_goes_to_the_tray() {
    let mut journal = Journal::default();
    for id in ["a", "b", "c"] {
        journal.tap(id.into(), Kind::Consult, 1, AT);
    }
    let sent = journal.batch().to_vec();
    let answers = [receipt(&sent[0], Outcome::New), receipt(&sent[1], Outcome::Refused)];
    journal.receive(&answers, Today { served: 41, talks: 0 });
    assert_eq!(journal.waiting(), 1);
    assert_eq!(journal.tray().len(), 1);
    assert_eq!(journal.today().served, 42);
    assert_eq!(journal.last().iter().filter(|tap| tap.undone).count(), 1);
    journal.receive(&[receipt(&sent[2], Outcome::Duplicate)], Today { served: 42, talks: 0 });
    assert_eq!((journal.waiting(), journal.today().served), (0, 42));
}

#[test]
fn a_new_page_goes_on_where_the_old_one_stopped() {
    let mut earlier = Journal::default();
    earlier.tap("a".into(), Kind::Consult, 1, AT);
    earlier.tap("b".into(), Kind::Consult, 5, AT.plus(1));
    earlier.undo("c".into(), AT.plus(2));
    let seen = Tap { id: "a".into(), at: AT, n: 1, kind: Kind::Consult, undone: false };
    let text = serde_json::to_string(&earlier).unwrap();
    let resumed = Journal::new(Today { served: 9, talks: 0 }, vec![seen], AT)
        .join(serde_json::from_str(&text).unwrap());
    assert_eq!(resumed.waiting(), 3);
    assert_eq!(resumed.undoable(AT.plus(3)).map(|tap| tap.id.as_str()), Some("a"));
    assert_eq!(resumed.last().len(), 2);
}

proptest! {
    /// Whatever is tapped, taken back, sent twice or lost on the way: the figure shown is always what the
    /// server will count, and nothing is forgotten without a receipt.
    #[test]
    fn the_figure_on_the_pad_is_what_will_be_counted(acts in proptest::collection::vec((0_u8..4, 1_i64..11), 0..80)) {
        let mut journal = Journal::default();
        let mut ledger: Vec<Record> = Vec::new();
        let count = |ledger: &[Record]| {
            let mut today = Today::default();
            for record in ledger {
                today.add(record.encounter, if record.kind == RecordKind::Plus { record.n } else { -record.n });
            }
            today
        };
        for (step, (act, n)) in acts.into_iter().enumerate() {
            let at = AT.plus(i64::try_from(step).unwrap());
            match act {
                0 => journal.tap(format!("t{step}"), Kind::ALL[step % 4], n, at),
                1 => drop(journal.undo(format!("u{step}"), at)),
                _ => {
                    let batch = journal.batch().to_vec();
                    let mut receipts = Vec::new();
                    for record in batch {
                        let known = ledger.iter().any(|row| row.id == record.id);
                        receipts.push(receipt(&record, if known { Outcome::Duplicate } else { Outcome::New }));
                        if !known {
                            ledger.push(record);
                        }
                    }
                    // The answer of every second upload is lost on the way.
                    if act == 2 {
                        journal.receive(&receipts, count(&ledger));
                    }
                }
            }
            let unsent: Vec<Record> = journal.batch().to_vec();
            let mut all = ledger.clone();
            all.extend(unsent.into_iter().filter(|record| ledger.iter().all(|row| row.id != record.id)));
            prop_assert!(journal.today().served >= 0);
            let after: Vec<Receipt> = journal.batch().iter().map(|record| receipt(record, Outcome::New)).collect();
            let mut settled = journal.clone();
            settled.receive(&after, count(&all));
            prop_assert_eq!(settled.waiting(), 0);
            prop_assert_eq!(settled.today(), count(&all));
        }
    }
}

#[test]
fn two_pages_of_one_phone_lose_no_number_and_count_nothing_twice() {
    let mut kept = Journal::default();
    kept.apply(&Act::Name("d1".into()));
    kept.tap("a".into(), Kind::Consult, 1, AT);
    // A page that could not keep what it was told goes on in memory; the other one keeps on.
    let mut apart = kept.clone();
    apart.tap("b".into(), Kind::Consult, 2, AT.plus(1));
    kept.tap("c".into(), Kind::Consult, 3, AT.plus(2));
    kept.apply(&Act::Join(Box::new(apart.clone())));
    assert_eq!((kept.waiting(), kept.today().served), (3, 6));
    kept.apply(&Act::Join(Box::new(apart)));
    assert_eq!((kept.waiting(), kept.today().served), (3, 6), "joined again it is the same");
    assert_eq!(kept.next(), 3);
}

#[test]
fn a_page_out_of_the_cache_does_not_turn_the_figures_back() {
    let old = Journal::new(Today { served: 3, talks: 0 }, Vec::new(), AT);
    let mut kept = Journal::default();
    let (receipts, told) = (Vec::new(), Vec::new());
    let answer =
        Answer { receipts, today: Today { served: 9, talks: 1 }, now: AT.plus(60_000), here: AT, told };
    kept.apply(&Act::Receive(answer));
    let woken = old.join(kept);
    assert_eq!((woken.today().served, woken.ahead()), (9, Some(60_000)));
}

#[test]
fn what_was_refused_is_sent_again_or_put_away_with_a_reason() {
    let mut journal = Journal::default();
    for id in ["a", "b"] {
        journal.tap(id.into(), Kind::Consult, 1, AT);
    }
    let sent = journal.batch().to_vec();
    let refused: Vec<Receipt> = sent.iter().map(|record| receipt(record, Outcome::Refused)).collect();
    journal.receive(&refused, Today::default());
    assert_eq!((journal.waiting(), journal.tray().len(), journal.today().served), (0, 2, 0));
    assert!(journal.text(|_| "10:42".into()).starts_with("#1 10:42 consult +1 !\n#2"));
    journal.apply(&Act::Again("a".into()));
    assert_eq!((journal.waiting(), journal.today().served, journal.batch()[0].seq), (1, 1, 1));
    assert_eq!(journal.undoable(AT).map(|tap| tap.id.as_str()), Some("a"));
    journal.apply(&Act::Clear("b".into(), "按错了".into()));
    assert_eq!((journal.tray().len(), journal.cleared().len()), (0, 1));
    let told = vec!["b".to_owned()];
    let answer = Answer { receipts: Vec::new(), today: Today::default(), now: AT, here: AT, told };
    journal.apply(&Act::Receive(answer));
    assert!(journal.cleared().is_empty());
}

#[test]
fn under_a_new_name_what_waits_is_numbered_from_one() {
    let mut journal = Journal::default();
    journal.apply(&Act::Name("d1".into()));
    for id in ["a", "b", "c"] {
        journal.tap(id.into(), Kind::Consult, 1, AT);
    }
    let first = receipt(&journal.batch()[0].clone(), Outcome::New);
    journal.receive(&[first], Today::default());
    journal.apply(&Act::Name("d2".into()));
    assert_eq!(journal.batch().iter().map(|record| record.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((journal.device(), journal.next()), ("d2", 3));
}
