//! The bulletin in its table: edited on what was seen, signed once as it was seen, corrected in order.

use kaishi_domain::bulletin::{FigureKey, Letter, Part, changes, draft, figures};
use kaishi_domain::chain::Head;
use kaishi_domain::market::Stage;
use kaishi_store::{Error, Slice};

use crate::house::{NOW, on_both};
use crate::ledger::{Street, plus};

fn letter(next: &str) -> Letter {
    let texts = [(Part::Served, "服务{服务人次|余}。".to_owned()), (Part::Next, next.to_owned())];
    Letter::parse(&texts, "居民代表：办得快", |_| String::new()).unwrap()
}

#[tokio::test]
async fn an_edit_on_an_old_revision_overwrites_nothing() {
    on_both(|store| async move {
        let street = Street::build(store, 1).await;
        let (store, by, at) = (&street.house.store, &street.house.by, street.house.market);
        assert_eq!(store.letter(at).await.unwrap(), (Letter::default(), 0));
        store.letter_set(by, at.market, 0, &letter("一"), NOW).await.unwrap();
        for old in [0, 2, 7] {
            let taken = store.letter_set(by, at.market, old, &letter("二"), NOW).await;
            assert!(matches!(taken, Err(Error::Taken(_))), "revision {old}");
        }
        store.letter_set(by, at.market, 1, &letter("三"), NOW).await.unwrap();
        assert_eq!(store.letter(at).await.unwrap(), (letter("三"), 2));
        store.stage(by, at.market, Stage::Filed, NOW).await.unwrap();
        let filed = store.letter_set(by, at.market, 2, &letter("四"), NOW).await;
        assert!(matches!(filed, Err(Error::Taken(_))), "what is signed is not edited");
    })
    .await;
}

#[tokio::test]
async fn a_bulletin_is_signed_once_as_it_was_seen_and_corrected_in_order() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let (store, by, at) = (&street.house.store, &street.house.by, street.house.market);
        store.append(street.scan(0, 1, Some(1))).await.unwrap();
        store.append(street.scan(1, 2, None)).await.unwrap();
        let market = store.market(at).await.unwrap();
        let early = store.basis(at, NOW).await.unwrap();
        let text = draft(&market, &early.seen, &Letter::default()).unwrap();
        let open = store.bulletin_sign(by, &text, &early, NOW).await;
        assert!(matches!(open, Err(Error::Taken(_))), "an open market is not signed");
        let before = store.bulletin_correct(by, 1, "早了", &early, NOW).await;
        assert!(before.is_err(), "there is nothing to correct");

        store.stage(by, at.market, Stage::Closed, NOW).await.unwrap();
        let old = store.bulletin_sign(by, &text, &early, NOW).await;
        assert!(matches!(old, Err(Error::Taken(_))), "the counts have moved since they were seen");
        let basis = store.basis(at, NOW).await.unwrap();
        assert_eq!(basis.seq, 2);
        store.bulletin_sign(by, &text, &basis, NOW).await.unwrap();
        let twice = store.bulletin_sign(by, &text, &basis, NOW).await;
        assert!(matches!(twice, Err(Error::Taken(_))));

        store.tap_batch(&street.device(0), &[plus("t", 1, 5, NOW)], NOW).await.unwrap();
        let later = store.basis(at, NOW).await.unwrap();
        let skipped = store.bulletin_correct(by, 2, "跳号", &later, NOW).await;
        assert!(matches!(skipped, Err(Error::Taken(_))), "no number is left out");
        let (one, other) = tokio::join!(
            store.bulletin_correct(by, 1, "晚到", &later, NOW),
            store.bulletin_correct(by, 1, "晚到", &later, NOW)
        );
        assert!(one.is_ok() != other.is_ok(), "two hands, one correction");
        let (kept, issues) = store.bulletin(at).await.unwrap().unwrap();
        assert_eq!(kept, text);
        assert_eq!(issues.iter().map(|issue| (issue.n, issue.seq)).collect::<Vec<_>>(), [(0, 2), (1, 3)]);
        assert_eq!(issues[0].head, Some(basis.head));
        let change = changes(&issues[0].figures, &issues[1].figures).remove(0);
        assert_eq!((change.key, change.before, change.after), (FigureKey::Encounters, 1, 6));
    })
    .await;
}

#[tokio::test]
async fn a_figure_opens_to_rows_that_add_up_to_it_and_the_head_covers_them() {
    on_both(|store| async move {
        let street = Street::build(store, 2).await;
        let (store, by, at) = (&street.house.store, &street.house.by, street.house.market);
        assert_eq!(store.ledger_head(at, 0).await.unwrap(), Head::of(at));
        for nth in 0..9 {
            store
                .append(street.scan(nth % 2, nth as u64, (nth % 3 != 0).then_some(nth as u64)))
                .await
                .unwrap();
        }
        store.tap_batch(&street.device(1), &[plus("a", 1, 4, NOW), plus("b", 2, 6, NOW)], NOW).await.unwrap();
        let basis = store.basis(at, NOW).await.unwrap();
        for figure in figures(&basis.seen) {
            let all = Slice { key: Some(figure.key), after: 0, upto: basis.seq, most: 1_000 };
            if figure.key.kept_in() != kaishi_domain::bulletin::KeptIn::Ledger {
                continue;
            }
            let rows = store.ledger_lines(&by.reader(), at.market, all).await.unwrap();
            let parts = store.figure_parts(&by.reader(), at.market, all).await.unwrap();
            assert_eq!(rows.iter().map(|row| row.n).sum::<i64>(), figure.exact, "{:?}", figure.key);
            assert_eq!(parts.iter().map(|part| part.n).sum::<i64>(), figure.exact);
            assert_eq!(parts.iter().map(|part| part.rows).sum::<i64>(), rows.len() as i64);
        }
        let page = Slice { key: None, after: 3, upto: 8, most: 4 };
        let rows = store.ledger_lines(&by.reader(), at.market, page).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [4, 5, 6, 7]);
        assert_eq!(store.ledger_head(at, basis.seq).await.unwrap(), basis.head);
        assert_ne!(store.ledger_head(at, basis.seq - 1).await.unwrap(), basis.head);
        assert!(store.ledger_head(at, basis.seq + 1).await.is_err(), "a cut tail is noticed");
    })
    .await;
}
