//! What a market day does to a server: it is asked to end, it is killed, its file is locked, its disk is full. What was
//! acknowledged stands in the ledger, once, and nothing is acknowledged that does not.

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::program::{Phone, Place, Serving, Tapped, number, open};
use tokio::time::{sleep, timeout};

const ROWS: &str =
    "select count(*) from encounter where market_id in (select market_id from market where stage = 'open')";

/// Tickets that people hold, and whether they were told that it counts.
type Held = BTreeMap<String, (String, bool)>;

/// People who tap at four stalls until they are told to stop.
async fn crowd(stalls: Vec<String>, stop: Arc<AtomicBool>) -> Held {
    let mut people = Vec::new();
    for stall in stalls.into_iter().cycle().take(8) {
        let stop = stop.clone();
        people.push(tokio::spawn(async move {
            let phone = Phone::new();
            let mut held = Held::new();
            while !stop.load(Ordering::Relaxed) {
                let Some(ticket) = phone.look(&stall).await else { break };
                let told = phone.send(&stall, &ticket).await == Tapped::Acknowledged;
                held.insert(ticket, (stall.clone(), told));
                if !told {
                    break;
                }
            }
            held
        }));
    }
    let mut all = Held::new();
    for person in people {
        all.extend(person.await.unwrap());
    }
    all
}

fn stalls(serving: &Serving) -> Vec<String> {
    (0..4).map(|nth| serving.stall(nth)).collect()
}

/// Sends every form again, to wherever the server is by now: each counts exactly once in the end.
async fn again(held: &Held, serving: &Serving) {
    let phone = Phone::new();
    for (ticket, (stall, _)) in held {
        let path = stall.splitn(4, '/').nth(3).unwrap();
        let here = format!("{}/{path}", serving.base);
        assert_eq!(phone.send(&here, ticket).await, Tapped::Acknowledged);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn asked_to_end_under_load_it_ends_within_ten_seconds_and_keeps_what_it_acknowledged() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let events = format!("{}/events", serving.addresses["screen"].as_str().unwrap());
    let mut screens = Vec::new();
    for _ in 0..5 {
        let mut screen = reqwest::get(&events).await.unwrap();
        assert!(screen.chunk().await.unwrap().is_some(), "a screen is open");
        screens.push(screen);
    }
    let stop = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn(crowd(stalls(&serving), stop.clone()));
    sleep(Duration::from_secs(1)).await;
    assert!(serving.stop().await, "open screens and people who tap do not keep it");
    stop.store(true, Ordering::Relaxed);
    let held = load.await.unwrap();
    for mut screen in screens {
        let rest = async { while let Ok(Some(_)) = screen.chunk().await {} };
        timeout(Duration::from_secs(5), rest).await.expect("a screen was told that it is over");
    }
    let told = held.values().filter(|(_, told)| *told).count() as i64;
    let rows = number(&place.database(), ROWS).await;
    assert!(
        told > 0 && rows >= told && rows <= held.len() as i64,
        "{told} told, {rows} rows, {}",
        held.len()
    );
    assert!(place.demo(&["verify"]).well().contains("OK"));
}

/// Kills it so often, each time under load; counts once what was acknowledged and what was not.
async fn killed(times: usize) {
    let place = Place::new();
    let mut all = Held::new();
    for _ in 0..times {
        let serving = Serving::demo(&place, &[]).await;
        let stop = Arc::new(AtomicBool::new(false));
        let load = tokio::spawn(crowd(stalls(&serving), stop.clone()));
        sleep(Duration::from_millis(700)).await;
        serving.kill();
        stop.store(true, Ordering::Relaxed);
        let held = load.await.unwrap();
        let told = held.values().filter(|(_, told)| *told).count() as i64;
        assert!(told > 0, "people were counted before the power went");
        all.extend(held);
        let rows = number(&place.database(), ROWS).await;
        let told = all.values().filter(|(_, told)| *told).count() as i64;
        assert!(rows >= told && rows <= all.len() as i64, "{told} told, {rows} rows, {} sent", all.len());
        assert!(place.demo(&["verify"]).well().contains("OK"));
    }
    let serving = Serving::demo(&place, &[]).await;
    again(&all, &serving).await;
    assert!(serving.stop().await);
    assert_eq!(number(&place.database(), ROWS).await, all.len() as i64, "each exactly once");
    assert!(place.demo(&["verify"]).well().contains("OK"));
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_under_load_it_loses_nothing_that_it_acknowledged() {
    killed(2).await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "minutes long: make soak"]
async fn killed_fifty_times_it_loses_nothing_that_it_acknowledged() {
    killed(50).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_another_program_locks_the_file_people_are_told_to_wait_and_reading_goes_on() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let (phone, stall) = (Phone::new(), serving.stall(0));
    let ticket = phone.look(&stall).await.unwrap();
    assert_eq!(phone.send(&stall, &ticket).await, Tapped::Acknowledged);

    let other = open(&place.database()).await;
    let mut lock = other.acquire().await.unwrap();
    sqlx::query("begin immediate").execute(&mut *lock).await.unwrap();
    let waits = phone.look(&stall).await.unwrap();
    let Tapped::Later(Some(wait)) = phone.send(&stall, &waits).await else {
        panic!("a tap is neither lost nor acknowledged while the file is locked")
    };
    assert!(wait.parse::<u64>().unwrap() > 0);
    assert!(phone.look(&stall).await.is_some(), "pages are read meanwhile");
    assert_eq!(number(&place.database(), ROWS).await, 1);

    // A lock that goes in time is waited for.
    let patient = phone.look(&stall).await.unwrap();
    let (sender, path) = (phone.clone(), stall.clone());
    let tap = tokio::spawn(async move { sender.send(&path, &patient).await });
    sleep(Duration::from_millis(800)).await;
    sqlx::query("rollback").execute(&mut *lock).await.unwrap();
    assert_eq!(tap.await.unwrap(), Tapped::Acknowledged);
    assert_eq!(phone.send(&stall, &waits).await, Tapped::Acknowledged, "the one that was told to wait");
    assert_eq!(number(&place.database(), ROWS).await, 3);
    assert!(serving.stop().await);
}

/// Lets no file of the process grow beyond so many bytes.
fn most(process: u32, bytes: &str) {
    let done = Command::new("prlimit")
        .args(["--pid", &process.to_string(), &format!("--fsize={bytes}:")])
        .status()
        .expect("prlimit is part of util-linux");
    assert!(done.success());
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_full_disk_people_are_told_to_wait_and_it_recovers_by_itself() {
    let place = Place::new();
    let serving = Serving::demo(&place, &[]).await;
    let (phone, stall) = (Phone::new(), serving.stall(0));
    let log = place.file("data/demo/kaishi.db-wal");
    let now = std::fs::metadata(&log).unwrap().len();
    most(serving.process(), &(now + 40 * 1024).to_string());
    let (mut told, mut refused) = (0, None);
    for _ in 0..200 {
        let ticket = phone.look(&stall).await.unwrap();
        match phone.send(&stall, &ticket).await {
            Tapped::Acknowledged => told += 1,
            Tapped::Later(wait) => {
                assert!(wait.is_some(), "it is said when to try again");
                refused = Some(ticket);
                break;
            }
            Tapped::Nothing => panic!("the server is gone"),
        }
    }
    let refused = refused.expect("the disk was never full");
    assert!(phone.look(&stall).await.is_some(), "pages are read meanwhile");
    assert_eq!(number(&place.database(), ROWS).await, told, "nothing was acknowledged that is not there");

    most(serving.process(), "unlimited");
    assert_eq!(phone.send(&stall, &refused).await, Tapped::Acknowledged);
    assert_eq!(number(&place.database(), ROWS).await, told + 1);
    assert!(serving.stop().await);
    assert!(place.demo(&["verify"]).well().contains("OK"));
}
