//! What a page offers is what whoever looks may do: every link and every button of every page, for every role, is
//! looked up in the table.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use kaishi_domain::actor::{Role, Roles};
use kaishi_server::route::right::Who;
use kaishi_server::route::right::table::TABLE;

use super::world::World;
use crate::house::plead::plead;
use crate::house::{House, on_both};

/// Whether a path is one of a pattern, and how many of its parts are the pattern's own.
fn fits(pattern: &str, path: &str) -> Option<usize> {
    let (mut own, mut parts) = (0, path.split('/'));
    for wanted in pattern.split('/') {
        let part = parts.next()?;
        if wanted.starts_with('{') {
            if part.is_empty() {
                return None;
            }
        } else if wanted == part {
            own += 1;
        } else {
            return None;
        }
    }
    parts.next().is_none().then_some(own)
}

/// The roles that may open an address with a session; `None` where none is asked for.
fn roles(method: &str, path: &str) -> Option<Roles> {
    let path = path.split(['?', '#']).next().unwrap();
    let found = TABLE.iter().filter(|row| row.0 == method);
    let found = found.filter_map(|row| Some((fits(row.1, path)?, row.2)));
    match found.max_by_key(|(own, _)| *own)?.1 {
        Who::Roles(roles) => Some(roles),
        _ => None,
    }
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    rest.split('"').next()
}

/// What a page offers: method and address of each link, picture and form.
fn offered(body: &str) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    for tag in body.split('<').skip(1).filter_map(|part| part.split('>').next()) {
        let name = tag.split([' ', '/']).next().unwrap();
        let offer = match name {
            "a" => attribute(tag, "href").map(|to| ("GET", to)),
            "img" => attribute(tag, "src").map(|to| ("GET", to)),
            "form" => {
                let method = if attribute(tag, "method") == Some("post") { "POST" } else { "GET" };
                attribute(tag, "action").map(|to| (method, to))
            }
            "button" => attribute(tag, "formaction").map(|to| ("POST", to)),
            _ => None,
        };
        found.extend(
            offer.filter(|(_, to)| to.starts_with('/')).map(|(how, to)| (how, to.replace("&amp;", "&"))),
        );
    }
    found
}

/// Pages of things that only this Saturday has.
async fn further(house: &House) -> Vec<String> {
    let (at, by) = (house.at(), house.by.reader());
    let appeals = house.state.store.appeals(&by, at.market).await.unwrap();
    appeals.iter().map(|appeal| format!("/o/m/{at}/appeals/{}", appeal.reference())).collect()
}

#[tokio::test]
async fn no_page_offers_what_would_be_refused() {
    on_both(|house| async move {
        plead(&house).await;
        let world = World::build(&house).await;
        let mut pages: BTreeSet<String> = TABLE
            .iter()
            .filter(|(method, _, who)| *method == "GET" && matches!(who, Who::Roles(_)))
            .map(|(_, path, _)| world.own.fill(path))
            .collect();
        pages.extend(further(&house).await);
        let (mut wrong, mut seen) = (BTreeSet::new(), 0);
        for role in Role::ALL {
            let mut browser = world.browser(&house, role);
            for page in &pages {
                let answer = browser.get(page).await;
                if answer.status != StatusCode::OK || !answer.body.starts_with("<!") {
                    continue;
                }
                seen += 1;
                for (method, to) in offered(&answer.body) {
                    // Whoever runs the server has a beginning of its own, to which that address leads.
                    let begins = role == Role::Operator && to == "/o/";
                    if !begins && roles(method, &to).is_some_and(|roles| !roles.holds(role)) {
                        wrong.insert(format!("{role:?} on {page}: {method} {to}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(seen > 100, "only {seen} pages were looked at");
    })
    .await;
}

#[tokio::test]
async fn an_auditor_reads_units_words_and_rows_and_changes_nothing() {
    on_both(|house| async move {
        plead(&house).await;
        let world = World::build(&house).await;
        let mut auditor = world.browser(&house, Role::Auditor);
        let (at, by) = (house.at(), house.by.reader());
        let unit = auditor.get(&world.own.fill("/o/units/{unit}")).await;
        assert_eq!(unit.status, StatusCode::OK);
        assert!(!unit.body.contains("/o/units/") || !unit.body.contains("class=\"unit-form\""));
        for file in ["ledger.csv", "appeals.csv", "stalls.csv", "units.csv"] {
            let file = auditor.get(&format!("/o/m/{at}/bulletin/{file}")).await;
            assert_eq!(file.status, StatusCode::OK);
        }
        let appeals = house.state.store.appeals(&by, at.market).await.unwrap();
        let said = appeals.iter().find(|appeal| !appeal.words.is_empty()).unwrap();
        let page = format!("/o/m/{at}/appeals/{}", said.reference());
        let one = auditor.get(&page).await;
        assert!(one.body.contains(said.words.as_str()), "{}", one.body);
        assert!(!one.body.contains("action=\"/o/m/"), "no form of the desk");
        let asked = auditor.post(&format!("{page}/contact"), &[]).await;
        assert_eq!(asked.status, StatusCode::FORBIDDEN);
        let list = auditor.get(&format!("/o/m/{at}/appeals")).await.body;
        assert!(list.contains(&page) && !list.contains("handover.csv"));
        let committee = world.browser(&house, Role::Committee).get(&page).await;
        assert_eq!(committee.status, StatusCode::FORBIDDEN, "totals only");
    })
    .await;
}

#[tokio::test]
async fn an_admin_publishes_and_switches_to_rain_and_an_organizer_reads_what_it_did() {
    on_both(|house| async move {
        let world = World::build(&house).await;
        let at = house.at();
        let mut admin = world.browser(&house, Role::Admin);
        let page = admin.get(&format!("/o/m/{at}/rain")).await.body;
        assert!(page.contains(&format!("action=\"/o/m/{at}/plan\"")), "the switch is there");
        let switched = admin.post(&format!("/o/m/{at}/plan"), &[("plan", "rain")]).await;
        assert_eq!(switched.status, StatusCode::SEE_OTHER, "{}", switched.body);
        let whole = admin.get("/o/audit").await.body;
        assert!(whole.contains("xadmin") && whole.contains("organizer"));

        let mut organizer = world.browser(&house, Role::Organizer);
        let none = organizer.get("/o/audit").await.body;
        assert!(!none.contains("xadmin") && !none.contains("plan.switch"), "{none}");
        let grids = [("name", "第一网格"), ("covers", "")];
        assert_eq!(organizer.post("/o/duty/grids", &grids).await.status, StatusCode::SEE_OTHER);
        let own = organizer.get("/o/audit").await.body;
        assert!(own.contains("grid.add") && own.contains("xorganizer") && !own.contains("xadmin"));
        assert!(organizer.get("/o/self").await.body.contains("href=\"/o/audit\""));
    })
    .await;
}
