//! What breaks on a market day: a node dies, the line to the database is cut, an answer is lost after its commit, the
//! bus goes away. Nothing that was acknowledged is lost, nothing is counted twice, and everybody is served in the end.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::cluster::{Cluster, Database, free_port, nats};
use super::line::{Line, Mood};
use super::phone::Resident;
use super::screen::{Screen, counted, ready};
use super::{ONE_AT_A_TIME, everybody_everywhere};

/// Residents who come one after the other while something breaks.
pub struct Crowd {
    done: Arc<AtomicUsize>,
    tasks: Vec<JoinHandle<usize>>,
}

impl Crowd {
    /// So many, some milliseconds apart, each beginning at another node.
    pub fn comes(cluster: &Cluster, people: usize, apart: u64) -> Self {
        let (bases, stalls) = (cluster.bases(), cluster.stalls());
        let done = Arc::new(AtomicUsize::new(0));
        let tasks = (0..people).map(|n| {
            let (bases, path, done) = (bases.clone(), stalls[n % stalls.len()].clone(), done.clone());
            tokio::spawn(async move {
                sleep(Duration::from_millis(apart * n as u64)).await;
                let mut resident = Resident::before(&bases, &path, n).await;
                let tries = resident.insist(&bases, n).await;
                done.fetch_add(1, Ordering::SeqCst);
                tries
            })
        });
        Self { done: done.clone(), tasks: tasks.collect() }
    }

    /// Until so many were acknowledged.
    pub async fn until(&self, people: usize) {
        while self.done.load(Ordering::SeqCst) < people {
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// Until everybody was; answers how many had to send their form again.
    pub async fn end(self) -> usize {
        let mut again = 0;
        for task in self.tasks {
            again += usize::from(task.await.unwrap() > 1);
        }
        again
    }
}

#[tokio::test]
async fn a_node_that_is_killed_loses_nothing_and_the_others_go_on() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let mut cluster = Cluster::start(&[&database.url; 3], "postgres").await;
        let crowd = Crowd::comes(&cluster, 150, 10);
        crowd.until(40).await;
        cluster.nodes[1].kill();
        let again = crowd.end().await;
        println!("{again} of 150 had to send their form again");
        for base in [&cluster.nodes[0].base, &cluster.nodes[2].base] {
            assert_eq!(counted(base, &cluster.path("counts")).await, 150);
        }
    }
    database.drop().await;
}

#[tokio::test]
async fn a_line_to_the_database_that_breaks_in_every_way_costs_no_visit() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let line = Line::to(database.port()).await;
        let cluster = Cluster::start(&[&database.url, &database.through(line.port)], "postgres").await;
        let bases = cluster.bases();
        let crowd = Crowd::comes(&cluster, 300, 30);
        for (step, mood) in [
            Mood::Slow(Duration::from_millis(100)),
            Mood::Good,
            Mood::Mute,
            Mood::Cut,
            Mood::Good,
            Mood::Silent,
            Mood::Good,
            Mood::Mute,
            Mood::Good,
        ]
        .into_iter()
        .enumerate()
        {
            crowd.until(10 + 20 * step).await;
            line.is(mood);
        }
        let again = crowd.end().await;
        println!("{again} of 300 had to send their form again");
        ready(&bases[1], true).await;
        for base in &bases {
            assert_eq!(counted(base, &cluster.path("counts")).await, 300);
        }
    }
    database.drop().await;
}

#[tokio::test]
async fn a_node_without_its_database_says_so_and_comes_back() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let line = Line::to(database.port()).await;
        let cluster = Cluster::start(&[&database.url, &database.through(line.port)], "postgres").await;
        let bases = cluster.bases();
        for gone in [Mood::Cut, Mood::Silent] {
            line.is(gone);
            ready(&bases[1], false).await;
            ready(&bases[0], true).await;
            line.is(Mood::Good);
            ready(&bases[1], true).await;
        }
        everybody_everywhere(&cluster, 10).await;
        assert_eq!(counted(&bases[1], &cluster.path("counts")).await, 10);
    }
    database.drop().await;
}

#[tokio::test]
async fn screens_agree_over_nats_and_without_it() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let program = nats();
    let port = free_port();
    let mut server = Command::new(program)
        .args(["-a", "127.0.0.1", "-p", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let database = Database::fresh().await;
    {
        let cluster = Cluster::start(&[&database.url; 3], &format!("nats://127.0.0.1:{port}")).await;
        let mut people = 0;
        for bus in ["there", "gone"] {
            people += 12;
            let mut watching = Vec::new();
            for base in cluster.bases() {
                let screen = Screen::open(&base, &cluster.path("screen")).await;
                watching.push(tokio::spawn(screen.shows(people)));
            }
            everybody_everywhere(&cluster, 12).await;
            let quiet = std::time::Instant::now();
            for watched in watching {
                let seen = watched.await.unwrap().saturating_duration_since(quiet);
                println!("NATS is {bus}: a screen agreed {} ms after the last answer", seen.as_millis());
            }
            let _ = server.kill();
            let _ = server.wait();
        }
    }
    database.drop().await;
}
