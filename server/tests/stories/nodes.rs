//! Several nodes on one PostgreSQL, as an operator runs them: processes of the program, no stickiness anywhere.

mod cluster;
mod fault;
mod line;
mod phone;
mod screen;
mod standby;
mod start;

use std::sync::Arc;
use std::time::{Duration, Instant};

use cluster::{Cluster, Database};
use kaishi_domain::actor::Organizer;
use kaishi_domain::announcement::{Announcement, Topic};
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::{Keys, Purpose};
use kaishi_domain::{AccountId, AnnouncementId, MarketRef, Moment};
use kaishi_server::chance::SystemChance;
use kaishi_server::demo::ORGANIZER;
use kaishi_server::secret::Secret;
use kaishi_store::Store;
use phone::{Browser, Resident};
use reqwest::StatusCode;
use screen::{Screen, counted};
use tokio::sync::Mutex;
use tokio::time::sleep;

/// Three servers at once are enough for a small machine.
pub static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());
/// So long after a change a page of any node shows it.
const PAGES: Duration = Duration::from_secs(2);

/// What all nodes of a cluster know.
fn secret(cluster: &Cluster) -> Secret {
    kaishi_server::secret::read(&cluster.folder.path.join("secret.key"), &SystemChance).unwrap()
}

/// The keys of a cluster.
fn keys(cluster: &Cluster) -> Keys {
    secret(cluster).keys
}

/// So many residents, each sending the same form to every node at once.
pub(crate) async fn everybody_everywhere(cluster: &Cluster, residents: usize) {
    let (bases, stalls) = (cluster.bases(), cluster.stalls());
    let tasks = (0..residents).map(|n| {
        let (bases, path) = (bases.clone(), stalls[n % stalls.len()].clone());
        tokio::spawn(async move {
            let resident = Resident::before(&bases, &path, n).await;
            let taps = bases.iter().map(|base| {
                let mut same = resident.clone();
                async move { same.tap(base).await }
            });
            let acknowledged = futures::future::join_all(taps).await;
            assert!(acknowledged.iter().all(|yes| *yes), "{acknowledged:?}");
        })
    });
    for task in tasks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

#[tokio::test]
async fn a_form_that_reaches_every_node_counts_once_and_all_screens_agree() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let cluster = Cluster::start(&[&database.url; 3], "postgres").await;
        let mut screens = Vec::new();
        for base in cluster.bases() {
            screens.push(Screen::open(&base, &cluster.path("screen")).await);
        }
        let residents = 60;
        let watching: Vec<_> =
            screens.into_iter().map(|screen| tokio::spawn(screen.shows(residents as i64))).collect();
        everybody_everywhere(&cluster, residents).await;
        let quiet = Instant::now();
        for (n, watched) in watching.into_iter().enumerate() {
            let seen = watched.await.unwrap().saturating_duration_since(quiet);
            println!("the screen of node {n} agreed {} ms after the last answer", seen.as_millis());
        }
        for base in cluster.bases() {
            assert_eq!(counted(&base, &cluster.path("counts")).await, residents as i64);
        }
    }
    database.drop().await;
}

#[tokio::test]
async fn a_session_made_at_one_node_is_known_and_ended_at_all() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let cluster = Cluster::start(&[&database.url; 3], "postgres").await;
        let bases = cluster.bases();
        let mut browser = Browser::new();
        browser.sign_in(&bases[0], ORGANIZER).await;
        for base in &bases {
            assert_eq!(browser.get(base, "/o/").await.unwrap().status, StatusCode::OK);
        }
        let kept = browser.clone();
        browser.post(&bases[1], "/logout", &[]).await.unwrap();
        for base in &bases {
            assert_eq!(
                kept.clone().get(base, "/o/").await.unwrap().location(),
                "/login",
                "the old cookie opens nothing"
            );
        }

        // Eleven in one minute are one too many; of twenty-two, one minute has at least eleven.
        let mut slowed = 0;
        for n in 0..22 {
            let form = [("login", "organizer"), ("password", "a guess")];
            let answer = Browser::new().post(&bases[n % 3], "/login", &form).await.unwrap();
            slowed += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert!(slowed > 0, "every node gave tries of its own");
    }
    database.drop().await;
}

#[tokio::test]
async fn what_is_called_back_or_told_at_one_node_is_so_at_all() {
    let _turn = ONE_AT_A_TIME.lock().await;
    let database = Database::fresh().await;
    {
        let cluster = Cluster::start(&[&database.url; 3], "postgres").await;
        let (bases, stalls, market) = (cluster.bases(), cluster.stalls(), cluster.market());
        let (others, keys) = (&bases[1..], keys(&cluster));
        let mut organizer = Browser::new();
        organizer.sign_in(&bases[0], ORGANIZER).await;

        // Every node has just shown what is about to change.
        for base in others {
            for stall in &stalls[..2] {
                assert_eq!(Browser::new().get(base, stall).await.unwrap().status, StatusCode::OK);
            }
        }
        let poster = keys.read(Purpose::Poster, &stalls[0][3..]).unwrap().to_string();
        organizer
            .post(&bases[0], &format!("/o/m/{market}/posters/revoke"), &[("poster", &poster)])
            .await
            .unwrap();
        // A fourth node, without doors.
        let store = Store::open(&database.url, Arc::new(SystemChance), secret(&cluster).seal).await.unwrap();
        let at: MarketRef = market.parse().unwrap();
        let by = Organizer::operator(at.org, AccountId::new(Moment::from_millis(0), [0; 10]));
        let now = Moment::from_millis(wall_clock());
        let line = Announcement {
            id: AnnouncementId::new(now, [7; 10]),
            topic: Topic::Other,
            words: "西门临时封闭，请走南门".into(),
            from: now,
            until: now.plus(HOUR),
        };
        store.announce(&by, at.market, &line, now).await.unwrap();
        sleep(PAGES).await;
        for base in others {
            assert_eq!(Browser::new().get(base, &stalls[0]).await.unwrap().status, StatusCode::GONE);
            assert!(Browser::new().get(base, &stalls[1]).await.unwrap().body.contains(&line.words));
        }

        let twelve =
            cluster.addresses["stalls"].as_array().unwrap().iter().position(|stall| stall["no"] == "12");
        let twelve = &stalls[twelve.unwrap()];
        for plan in ["fair", "rain"] {
            let form = [("plan", plan), ("cover", "rain")];
            organizer.post(&bases[0], &format!("/o/m/{market}/plan"), &form).await.unwrap();
            sleep(PAGES).await;
            for base in others {
                let page = Browser::new().get(base, twelve).await.unwrap().body;
                assert_eq!(page.contains("12号摊移到了连廊"), plan == "rain", "{plan}");
            }
        }

        // Links: a phone's and a screen's, the latter while its streams are open.
        let pad =
            cluster.addresses["staff"][0]["url"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let screen = cluster.path("screen");
        let mut open = Vec::new();
        for base in others {
            assert_eq!(
                Browser::new().get(base, &format!("/staff/{pad}")).await.unwrap().status,
                StatusCode::OK
            );
            open.push(Screen::open(base, &screen).await);
        }
        let phone = keys.read(Purpose::Staff, &pad).unwrap();
        store.link_revoke(&by, phone, now).await.unwrap();
        let link = keys.read(Purpose::Screen, screen.rsplit('/').next().unwrap()).unwrap();
        store.link_revoke(&by, link, now).await.unwrap();
        let revoked = Instant::now();
        for base in others {
            let shown = Browser::new().get(base, &format!("/staff/{pad}")).await.unwrap().status;
            assert!(shown.is_client_error(), "{shown}");
        }
        for mut stream in open {
            while stream.next().await.is_some() {}
        }
        println!(
            "both screens went dark {} ms after their link was called back",
            revoked.elapsed().as_millis()
        );
        store.close().await;
    }
    database.drop().await;
}

fn wall_clock() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis() as i64
}
