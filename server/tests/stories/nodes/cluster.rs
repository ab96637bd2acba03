//! So many processes of the built program on one PostgreSQL: what an operator runs, without a proxy in front.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use kaishi_domain::chance;
use kaishi_domain::id::hex;
use kaishi_server::chance::SystemChance;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use crate::house::Folder;

/// A node has so long to come up; a busy machine is slow.
const PATIENCE: Duration = Duration::from_mins(1);
/// How the outside would reach all of them.
pub const PUBLIC: &str = "http://market.test";

/// A database of one story, gone with it.
pub struct Database {
    server: String,
    name: String,
    /// Its address.
    pub url: String,
}

impl Database {
    pub async fn fresh() -> Self {
        let server = std::env::var("KAISHI_TEST_POSTGRES")
            .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
        let name = format!("nodes{}", hex(&chance::bytes::<8>(&SystemChance)));
        let mut connection = PgConnection::connect(&server).await.unwrap();
        sqlx::query(AssertSqlSafe(format!("create database {name}"))).execute(&mut connection).await.unwrap();
        let url = format!("{}/{name}", server.rsplit_once('/').unwrap().0);
        Self { server, name, url }
    }

    pub async fn drop(self) {
        let mut connection = PgConnection::connect(&self.server).await.unwrap();
        let gone = format!("drop database {} with (force)", self.name);
        sqlx::query(AssertSqlSafe(gone)).execute(&mut connection).await.unwrap();
    }

    /// The same database at another port: through something in between.
    pub fn through(&self, port: u16) -> String {
        format!("postgres://postgres@127.0.0.1:{port}/{}", self.name)
    }

    /// The port of the server.
    pub fn port(&self) -> u16 {
        let host = self.url.rsplit('/').nth(1).unwrap();
        host.rsplit_once(':').unwrap().1.parse().unwrap()
    }
}

/// One process.
pub struct Node {
    child: Child,
    /// Where it listens.
    pub base: String,
}

impl Node {
    fn spawn(verb: &[&str], options: &[(&str, &str)]) -> Self {
        let port = free_port();
        let mut command = Command::new(env!("CARGO_BIN_EXE_kaishi"));
        command.args(verb).arg("--config").arg("no-such-file.toml").arg("--public-url").arg(PUBLIC);
        command.arg("--address").arg(format!("127.0.0.1:{port}"));
        for (name, value) in options {
            command.arg(name).arg(value);
        }
        let child = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn().unwrap();
        Self { child, base: format!("http://127.0.0.1:{port}") }
    }

    /// Until it says that it is ready.
    async fn up(&mut self) {
        let http = reqwest::Client::new();
        let begun = std::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("a node ended at once: {status}");
            }
            let asked = http.get(format!("{}/readyz", self.base)).send().await;
            if asked.is_ok_and(|answer| answer.status().is_success()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} did not come up", self.base);
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Nodes that share a database and a key, with the demo's market in it. They end before their folder goes.
pub struct Cluster {
    pub nodes: Vec<Node>,
    pub folder: Folder,
    /// What `kaishi demo --addresses` wrote.
    pub addresses: Value,
    bus: String,
}

impl Cluster {
    /// A node for each address of the database; the first seeds it.
    pub async fn start<S: AsRef<str>>(databases: &[S], bus: &str) -> Self {
        let folder = Folder::new();
        let mut cluster = Self { nodes: Vec::new(), folder, addresses: Value::Null, bus: bus.to_owned() };
        let list = cluster.folder.path.join("addresses.json");
        let seed = ["demo", "--still", "--addresses", list.to_str().unwrap()];
        cluster.join(&seed, databases[0].as_ref()).await;
        for database in &databases[1..] {
            cluster.join(&["serve"], database.as_ref()).await;
        }
        cluster.addresses = serde_json::from_str(&std::fs::read_to_string(&list).unwrap()).unwrap();
        cluster
    }

    async fn join(&mut self, verb: &[&str], database: &str) {
        let data = self.folder.path.join(format!("node{}", self.nodes.len()));
        let key = self.folder.path.join("secret.key");
        let options = [
            ("--database-url", database),
            ("--data-dir", data.to_str().unwrap()),
            ("--secret-file", key.to_str().unwrap()),
            ("--bus", &self.bus),
        ];
        let mut node = Node::spawn(verb, &options);
        node.up().await;
        self.nodes.push(node);
    }

    /// Where each node listens.
    pub fn bases(&self) -> Vec<String> {
        self.nodes.iter().map(|node| node.base.clone()).collect()
    }

    /// The path of an address of the demo.
    pub fn path(&self, name: &str) -> String {
        path_of(self.addresses[name].as_str().unwrap())
    }

    /// The paths of all stalls.
    pub fn stalls(&self) -> Vec<String> {
        let stalls = self.addresses["stalls"].as_array().unwrap();
        stalls.iter().map(|stall| path_of(stall["url"].as_str().unwrap())).collect()
    }

    /// `ORG-MARKET`.
    pub fn market(&self) -> String {
        self.addresses["market_id"].as_str().unwrap().to_owned()
    }
}

fn path_of(url: &str) -> String {
    url.strip_prefix(PUBLIC).unwrap().to_owned()
}

/// Starts a node that is meant to end by itself; answers whether it did well, and what it said.
pub fn refused(options: &[(&str, &str)]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaishi"));
    command.args(["serve", "--config", "no-such-file.toml", "--address", "127.0.0.1:0"]);
    for (name, value) in options {
        command.arg(name).arg(value);
    }
    let out = command.output().unwrap();
    (out.status.success(), String::from_utf8_lossy(&out.stderr).into_owned())
}

/// The program of NATS, installed where it is missing.
pub fn nats() -> PathBuf {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("store/nats");
    let out = Command::new(script).arg("path").output().unwrap();
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    assert!(out.status.success(), "the bus of NATS cannot be tried: {said}");
    PathBuf::from(String::from_utf8_lossy(&out.stdout).trim())
}
