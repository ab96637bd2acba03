//! Chains: whatever somebody does to the rows behind the program's back, `verify` names the first bad one.

use kaishi_domain::bulletin::{Letter, draft};
use kaishi_domain::market::Stage;
use kaishi_domain::seal::Chain;
use kaishi_store::{Anchored, Flaw, Pool, What};

use crate::house::{House, NOW, behind_both, on_both};
use crate::ledger::{Street, plus};

/// Does something to the database that the program would never do.
async fn behind(pool: &Pool, text: &str) {
    let statement = sqlx::AssertSqlSafe(text.to_owned());
    match pool {
        Pool::Sqlite(db) => drop(sqlx::query(statement).execute(db).await.unwrap()),
        Pool::Postgres(db) => drop(sqlx::query(statement).execute(db).await.unwrap()),
    }
}

/// Six taps on two stalls, and the acts that built the house.
async fn street(store: kaishi_store::Store) -> Street {
    let street = Street::build(store, 2).await;
    for nth in 1..=6 {
        let records = [plus(&format!("r{nth}"), nth, nth, NOW)];
        street.house.store.tap_batch(&street.device(0), &records, NOW).await.unwrap();
    }
    street
}

async fn flaws(house: &House, anchored: &[Anchored]) -> Vec<(i64, What)> {
    let proofs = house.store.verify(anchored).await.unwrap();
    let own = proofs.into_iter().find(|proof| proof.org == house.org).unwrap();
    own.flaws.into_iter().map(|flaw: Flaw| (flaw.row, flaw.what)).collect()
}

/// Does it, looks, and says what was found with no help from outside, and with the heads as they were before.
async fn told(text: &'static str, alone: Vec<(i64, What)>, anchored: Vec<(i64, What)>) {
    let (alone, anchored) = (&alone, &anchored);
    behind_both(|store, pool| async move {
        let street = street(store).await;
        let house = &street.house;
        let heads = house.store.heads().await.unwrap();
        assert_eq!(flaws(house, &heads).await, [], "before {text}");
        behind(&pool, text).await;
        assert_eq!(&flaws(house, &[]).await, alone, "after {text}");
        assert_eq!(&flaws(house, &heads).await, anchored, "after {text}, with the heads of before");
    })
    .await;
}

/// Found alike with and without the heads of before.
async fn seen(text: &'static str, row: i64, what: What) {
    told(text, vec![(row, what)], vec![(row, what)]).await;
}

#[tokio::test]
async fn a_ledger_that_nobody_touched_is_sound() {
    on_both(|store| async move {
        let street = street(store).await;
        let house = &street.house;
        let proofs = house.store.verify(&house.store.heads().await.unwrap()).await.unwrap();
        let proof = proofs.iter().find(|proof| proof.org == house.org).unwrap();
        assert_eq!((proof.rows(), proof.flaws.as_slice()), (6, &[][..]));
        assert_eq!(proof.audit.rows, 4, "the house, its organizer, its ground and its Saturday");
        assert_eq!(proof.ledgers[&house.market.market].rows, 6);
    })
    .await;
}

#[tokio::test]
async fn a_ledger_row_that_was_changed_is_named() {
    seen("update encounter set n = n + 1 where seq = 3", 3, What::Changed).await;
    seen("update encounter set visitor = '' where seq = 4", 4, What::Changed).await;
    seen("update encounter set arrived_at = arrived_at + 1 where seq = 1", 1, What::Changed).await;
    seen("update encounter set link = null where seq = 2", 2, What::Changed).await;
}

#[tokio::test]
async fn a_ledger_row_that_was_taken_away_is_named() {
    seen("delete from encounter where seq = 3", 3, What::Missing).await;
    seen("delete from encounter", 1, What::Missing).await;
}

#[tokio::test]
async fn two_ledger_rows_that_changed_places_are_named() {
    let swap = "update encounter set n = (select o.n from encounter o where o.market_id = encounter.market_id
                  and o.seq = 7 - encounter.seq) where seq in (3, 4)";
    seen(swap, 3, What::Changed).await;
}

#[tokio::test]
async fn a_ledger_row_from_outside_is_named() {
    let put =
        "insert into encounter (org_id, market_id, seq, encounter_id, stall_id, source, kind, n, confidence,
                 labels, nonce, at, arrived_at, link)
               select org_id, market_id, 7, 'x', stall_id, source, kind, 500, confidence, labels, 'x', at,
                 arrived_at, link from encounter where seq = 6";
    seen(put, 7, What::Foreign).await;
}

#[tokio::test]
async fn a_ledger_whose_tail_was_cut_is_named() {
    seen("delete from encounter where seq > 4", 5, What::Missing).await;
    // Whoever also moves the head has no mark for it.
    behind_both(|store, pool| async move {
        let street = street(store).await;
        let house = &street.house;
        let heads = house.store.heads().await.unwrap();
        behind(&pool, "delete from encounter where seq > 4").await;
        behind(
            &pool,
            "update ledger_head set seq = 4, link = (select e.link from encounter e
               where e.market_id = ledger_head.market_id and e.seq = 4)",
        )
        .await;
        assert_eq!(flaws(house, &[]).await, [(4, What::Head)]);
        assert_eq!(flaws(house, &heads).await, [(5, What::Missing)]);
        // Counting goes on, and it shows for ever.
        let records = [plus("later", 9, 1, NOW)];
        house.store.tap_batch(&street.device(1), &records, NOW).await.unwrap();
        assert_eq!(flaws(house, &[]).await, [(5, What::Head)]);
    })
    .await;
}

#[tokio::test]
async fn a_head_that_was_changed_or_taken_away_is_named() {
    seen("update ledger_head set mark = 'x'", 6, What::Head).await;
    seen("update ledger_head set seq = 7", 7, What::Missing).await;
    seen("update ledger_head set seq = 5", 6, What::Foreign).await;
    seen("delete from ledger_head", 6, What::NoHead).await;
}

#[tokio::test]
async fn a_row_of_the_trail_that_was_changed_is_named() {
    seen("update audit set actor = 'somebody' where seq = 2", 2, What::Changed).await;
    seen("update audit set detail = '' where seq = 1", 1, What::Changed).await;
    seen("update audit set seq = null where seq = 1", 1, What::Missing).await;
}

#[tokio::test]
async fn a_row_of_the_trail_that_was_taken_away_swapped_or_put_in_is_named() {
    seen("delete from audit where seq = 2", 2, What::Missing).await;
    seen("update audit set seq = 3 - seq where seq in (1, 2)", 1, What::Changed).await;
    seen(
        "insert into audit (org_id, audit_id, at, actor, verb, object, detail, seq, link)
         select org_id, 'x', at, actor, verb, object, detail, 2, link from audit where seq = 2",
        2,
        What::Foreign,
    )
    .await;
    seen(
        "insert into audit (org_id, audit_id, at, actor, verb, object, detail)
         select org_id, 'x', at, actor, verb, object, detail from audit where seq = 1",
        5,
        What::Foreign,
    )
    .await;
}

#[tokio::test]
async fn a_trail_whose_tail_was_cut_is_named() {
    let cut = "delete from audit where seq > 1";
    seen(cut, 2, What::Missing).await;
    behind_both(|store, pool| async move {
        let street = street(store).await;
        let house = &street.house;
        behind(&pool, "delete from audit").await;
        behind(&pool, "delete from audit_head").await;
        assert_eq!(flaws(house, &[]).await, [(0, What::NoHead)]);
        house.store.feed_make(&house.by, NOW).await.unwrap();
        assert_eq!(flaws(house, &[]).await, [(1, What::Head)], "a trail that begins anew shows for ever");
    })
    .await;
}

#[tokio::test]
async fn an_older_copy_of_everything_is_seen_by_the_heads_outside() {
    behind_both(|store, pool| async move {
        let street = street(store).await;
        let house = &street.house;
        let before = house.store.heads().await.unwrap();
        house.store.tap_batch(&street.device(0), &[plus("r7", 7, 1, NOW)], NOW).await.unwrap();
        let after = house.store.heads().await.unwrap();
        assert_eq!(house.store.turned_back(&before, &after).await.unwrap(), []);
        let old = &before[0].ledgers[&house.market.market];
        let (link, chain) = (old.link.clone(), Chain::Ledger(house.market));
        // The last row goes, and the head is what it had been: to the database alone that is a whole chain.
        behind(&pool, "delete from encounter where seq = 7").await;
        behind(&pool, &format!("update ledger_head set seq = 6, link = '{link}'")).await;
        let now = house.store.heads().await.unwrap();
        assert_eq!(house.store.turned_back(&after, &now).await.unwrap(), [chain]);
        assert!(flaws(house, &after).await.contains(&(7, What::Missing)));
    })
    .await;
}

#[tokio::test]
async fn a_bulletin_whose_ledger_was_changed_is_named() {
    behind_both(|store, pool| async move {
        let street = street(store).await;
        let house = &street.house;
        house.store.stage(&house.by, house.market.market, Stage::Closed, NOW).await.unwrap();
        let basis = house.store.basis(house.market, NOW).await.unwrap();
        let market = house.store.market(house.market).await.unwrap();
        let text = draft(&market, &basis.seen, &Letter::default()).unwrap();
        house.store.bulletin_sign(&house.by, &text, &basis, NOW).await.unwrap();
        let proofs = house.store.verify(&[]).await.unwrap();
        let proof = proofs.iter().find(|proof| proof.org == house.org).unwrap();
        assert_eq!((proof.bulletins, proof.flaws.len()), (1, 0));
        behind(&pool, "update encounter set n = n + 1 where seq = 6").await;
        assert_eq!(flaws(house, &[]).await, [(6, What::Changed), (6, What::Printed(0))]);
    })
    .await;
}
