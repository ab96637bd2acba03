//! The program itself in a test: started as an operator starts it, in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use kaishi_domain::chance;
use kaishi_domain::id::hex;
use kaishi_server::chance::SystemChance;
use serde_json::Value;
use tokio::time::sleep;

/// A folder with nothing in it, gone after the test.
pub struct Place {
    pub folder: PathBuf,
    pub name: String,
}

impl Place {
    pub fn new() -> Self {
        let name = format!("p{}", hex(&chance::bytes::<8>(&SystemChance)));
        let folder = std::env::temp_dir().join(format!("kaishi-{name}"));
        std::fs::create_dir_all(&folder).unwrap();
        Self { folder, name }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where the demo keeps its data.
    pub fn database(&self) -> PathBuf {
        self.file("data/demo/kaishi.db")
    }

    /// The program in this folder, with an environment that sets nothing.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("sh");
        // A file that may not grow answers with an error and does not end the process.
        command
            .args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_kaishi")])
            .args(arguments)
            .current_dir(&self.folder)
            .stdin(Stdio::null());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KAISHI_")) {
            command.env_remove(name);
        }
        command
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().unwrap())
    }

    /// Runs it to its end with something to read.
    pub fn tell(&self, arguments: &[&str], text: &str) -> Said {
        use std::io::Write as _;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        Said::of(child.wait_with_output().unwrap())
    }

    /// The same on the demo's data.
    pub fn demo(&self, arguments: &[&str]) -> Said {
        let mut all = arguments.to_vec();
        all.extend(["--data-dir", "data/demo"]);
        self.run(&all)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What it said and how it ended.
#[derive(Debug)]
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// It did what it was asked.
    #[track_caller]
    pub fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.out
    }

    /// It said no, in these words among others, and in one line.
    #[track_caller]
    pub fn no(self, words: &str) {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert!(self.err.contains(words), "{words} is missing in {self:?}");
        assert!(!self.err.contains("panicked"), "{self:?}");
    }
}

/// A server that runs; it is killed with the test.
pub struct Serving {
    child: Child,
    pub base: String,
    pub addresses: Value,
}

impl Serving {
    /// Serves the demo without playing it, on a port of its own.
    pub async fn demo(place: &Place, more: &[&str]) -> Self {
        let file = place.file("addresses.json");
        let _ = std::fs::remove_file(&file);
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let mut arguments = vec!["demo", "--still", "--addresses", "addresses.json", "--address", &address];
        arguments.extend(more);
        let mut command = place.command(&arguments);
        let log = std::fs::File::options().create(true).append(true).open(place.file("log")).unwrap();
        let mut child = command.stdout(Stdio::null()).stderr(log).spawn().unwrap();
        let base = format!("http://{address}");
        loop {
            if let Some(ended) = child.try_wait().unwrap() {
                panic!("it ended with {ended}: {}", std::fs::read_to_string(place.file("log")).unwrap());
            }
            let up = reqwest::get(format!("{base}/healthz")).await.is_ok_and(|answer| answer.status() == 200);
            if up && file.exists() {
                break;
            }
            sleep(Duration::from_millis(50)).await;
        }
        let addresses = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        Self { child, base, addresses }
    }

    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The address of a stall's page.
    pub fn stall(&self, nth: usize) -> String {
        self.addresses["stalls"][nth]["url"].as_str().unwrap().to_owned()
    }

    /// Asks it to end, and waits until it has.
    pub async fn stop(mut self) -> bool {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(asked.success());
        for _ in 0..200 {
            if let Some(ended) = self.child.try_wait().unwrap() {
                return ended.success();
            }
            sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// Takes the power away.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A phone before a poster, over real HTTP, without cookies.
#[derive(Clone)]
pub struct Phone(reqwest::Client);

/// What became of a tap.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tapped {
    /// The person was told that it counts.
    Acknowledged,
    /// The person was told to try again, and when.
    Later(Option<String>),
    /// Nothing came back.
    Nothing,
}

impl Phone {
    pub fn new() -> Self {
        let none = reqwest::redirect::Policy::none();
        Self(reqwest::Client::builder().redirect(none).no_proxy().build().unwrap())
    }

    /// The ticket of a stall's page; `None` when it could not be had.
    pub async fn look(&self, stall: &str) -> Option<String> {
        let answer = self.0.get(stall).send().await.ok()?;
        assert_eq!(answer.status(), 200, "reading goes on");
        let page = answer.text().await.ok()?;
        let at = page.find("name=\"ticket\"")?;
        let from = page[..at].rfind('<')?;
        let value = page[from..].split("value=\"").nth(1)?;
        Some(value[..value.find('"')?].to_owned())
    }

    /// Sends the form once.
    pub async fn send(&self, stall: &str, ticket: &str) -> Tapped {
        let form = [("ticket", ticket), ("n", "1")];
        let body: String = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self
            .0
            .post(stall)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        match request.send().await {
            Err(_) => Tapped::Nothing,
            Ok(answer) if answer.status() == 303 => Tapped::Acknowledged,
            Ok(answer) if answer.status() == 503 => {
                let wait =
                    answer.headers().get("retry-after").map(|value| value.to_str().unwrap().to_owned());
                Tapped::Later(wait)
            }
            Ok(answer) => panic!("{} is neither yes nor later", answer.status()),
        }
    }
}

/// Does something to a database file behind the program's back.
pub async fn behind(file: &Path, statement: &'static str) -> u64 {
    let db = open(file).await;
    let done = sqlx::query(statement).execute(&db).await.unwrap().rows_affected();
    db.close().await;
    done
}

/// A number out of a database file.
pub async fn number(file: &Path, question: &'static str) -> i64 {
    let db = open(file).await;
    let found: i64 = sqlx::query_scalar(question).fetch_one(&db).await.unwrap();
    db.close().await;
    found
}

/// The file without the program's guards.
pub async fn open(file: &Path) -> sqlx::SqlitePool {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(false)
        .busy_timeout(Duration::from_secs(20));
    sqlx::sqlite::SqlitePoolOptions::new().max_connections(1).connect_with(options).await.unwrap()
}
