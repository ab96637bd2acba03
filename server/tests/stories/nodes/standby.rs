//! A primary that dies and is replaced by its standby, while people check in. Takes most of a minute: `make soak`.

use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::{Connection as _, PgConnection};

use super::ONE_AT_A_TIME;
use super::cluster::{Cluster, free_port};
use super::fault::Crowd;
use super::line::{Line, Mood};
use super::screen::{counted, ready};

/// A primary and its standby; both end with it.
struct Pair(PathBuf);

impl Pair {
    fn up(primary: u16, standby: u16) -> Self {
        let pair = Self(PathBuf::from(format!("/var/tmp/kaishi-pair-{primary}")));
        pair.run(&["up"], &[&primary.to_string(), &standby.to_string()]);
        pair
    }

    fn run(&self, verb: &[&str], ports: &[&str]) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("store/pair");
        let out = Command::new(script).args(verb).arg(&self.0).args(ports).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        self.run(&["down"], &[]);
    }
}

#[tokio::test]
#[ignore = "make soak"]
async fn a_standby_takes_over_and_nothing_that_was_acknowledged_is_lost() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let (primary, standby) = (free_port(), free_port());
    let pair = Pair::up(primary, standby);
    let url = |port: u16, name: &str| format!("postgres://postgres@127.0.0.1:{port}/{name}");
    let mut connection = PgConnection::connect(&url(primary, "postgres")).await.unwrap();
    sqlx::query("create database market").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();

    let line = Line::to(primary).await;
    let through = url(line.port, "market");
    let cluster = Cluster::start(&[&through; 3], "postgres").await;
    let crowd = Crowd::comes(&cluster, 400, 8);
    crowd.until(80).await;
    pair.run(&["over"], &[]);
    line.is(Mood::Cut);
    line.leads_to(standby);
    line.is(Mood::Good);
    let again = crowd.end().await;
    println!("{again} of 400 had to send their form again");
    for base in cluster.bases() {
        ready(&base, true).await;
        assert_eq!(counted(&base, &cluster.path("counts")).await, 400);
    }
}
