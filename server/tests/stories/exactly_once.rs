//! The Fuzhong morning over real HTTP, a tenth of it sent twice: 5037 in the ledger, in the counts and on
//! the screen, on both engines.

use std::time::Duration;

use crate::house::{BASE, House, on_both};
use kaishi_domain::count::Snapshot;
use kaishi_server::simulate::{Book, Mix, Pace, Script, play};

/// Opens the doors of a house on a port of its own.
async fn open(house: &House) -> (String, tokio::task::JoinHandle<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = house.router.clone();
    (base, tokio::spawn(async move { axum::serve(listener, router).await.unwrap() }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_thousand_and_thirty_seven_people_count_exactly_once() {
    on_both(|house| async move {
        let (base, server) = open(&house).await;
        let book = Book::from(&house.addresses).reached_under(&base).unwrap();
        let script = Script::write(&Mix::fuzhong(), &book, Duration::ZERO, 7).unwrap();
        let report = play(&book, script, Pace::rush()).await.unwrap();
        assert_eq!((report.acknowledged, report.refused, report.talks), (5037, 0, 618), "{report:?}");
        assert_eq!((report.appeals, report.settled), (63, 42), "{report:?}");
        assert!(report.twice > 380, "a tenth was sent twice: {report:?}");

        let ledger = house.state.store.recount(house.at()).await.unwrap();
        assert_eq!((ledger.encounters.scan, ledger.encounters.staff), (3435, 1602));
        assert_eq!((ledger.encounters.total, ledger.talks), (5037, 618));
        assert_eq!(ledger.rows, ledger.last, "numbers without a gap");

        let counts = house.addresses.counts.strip_prefix(BASE).unwrap();
        let text = reqwest::get(format!("{base}{counts}")).await.unwrap().text().await.unwrap();
        let seen: Snapshot = serde_json::from_str(&text).unwrap();
        assert_eq!(seen.encounters, ledger.encounters);
        assert_eq!((seen.talks, seen.devices_about), (618, ledger.visitors));
        assert_eq!((seen.appeals.raised, seen.appeals.settled_on_spot), (63, 42));
        assert_eq!(seen.stalls.iter().map(|stall| stall.encounters).sum::<i64>(), 5037);
        assert_eq!(seen.curve.iter().map(|point| point.n).sum::<i64>(), 5037);
        server.abort();
    })
    .await;
}
