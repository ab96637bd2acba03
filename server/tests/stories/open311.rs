//! Open311 `GeoReport` v2, held against the field names of its specification.

use crate::house::{Answer, Browser, House, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::appeal::{GridKind, Verb};
use kaishi_domain::token::Purpose;
use kaishi_server::demo::ORGANIZER;
use kaishi_store::Hand;
use serde_json::Value;

const BASE: &str = "/api/v1/open311";
/// <https://wiki.open311.org/GeoReport_v2/>: the fields of a service, of an attribute and of a request.
const SERVICE: [&str; 7] =
    ["service_code", "service_name", "description", "metadata", "type", "keywords", "group"];
const ATTRIBUTE: [&str; 8] =
    ["variable", "code", "datatype", "required", "datatype_description", "order", "description", "values"];
const REQUEST: [&str; 17] = [
    "service_request_id",
    "status",
    "status_notes",
    "service_name",
    "service_code",
    "description",
    "agency_responsible",
    "service_notice",
    "requested_datetime",
    "updated_datetime",
    "expected_datetime",
    "address",
    "address_id",
    "zipcode",
    "lat",
    "long",
    "media_url",
];

fn json(answer: &Answer) -> Value {
    assert!(answer.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("application/json"));
    serde_json::from_str(&answer.body).unwrap()
}

fn has(value: &Value, names: &[&str]) {
    let object = value.as_object().unwrap();
    let mut known: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut names = names.to_vec();
    known.sort_unstable();
    names.sort_unstable();
    assert_eq!(known, names);
}

/// A program: no browser, so no word of where a form comes from.
async fn post(browser: &mut Browser, path: &str, key: Option<&str>, form: &str) -> Answer {
    let mut request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    browser.send(request, Body::from(form.to_owned())).await
}

async fn key(house: &House) -> String {
    let id = house.state.store.open_key_make(&house.by, "街道平台", house.state.now()).await.unwrap();
    house.state.keys.token(Purpose::Open, id)
}

#[tokio::test]
async fn services_and_their_attributes_are_told_in_both_forms() {
    on_both(|house| async move {
        let mut program = house.browser();
        let services = json(&program.get(&format!("{BASE}/services.json")).await);
        let services = services.as_array().unwrap();
        assert_eq!(services.len(), 9);
        for service in services {
            has(service, &SERVICE);
        }
        let kinds: Vec<&str> = services.iter().map(|service| service["type"].as_str().unwrap()).collect();
        for kind in ["realtime", "batch", "blackbox"] {
            assert!(kinds.contains(&kind));
        }
        let xml = program.get(&format!("{BASE}/services.xml?jurisdiction_id={}", house.market.org)).await;
        assert!(xml.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/xml"));
        assert_eq!(xml.body.matches("<service>").count(), 9, "{}", xml.body);
        house
            .state
            .store
            .grid_add(&house.by, GridKind::Area, ("第一网格", ""), house.state.now())
            .await
            .unwrap();
        let definition = json(&program.get(&format!("{BASE}/services/help.json")).await);
        has(&definition, &["service_code", "attributes"]);
        has(&definition["attributes"][0], &ATTRIBUTE);
        assert_eq!(definition["attributes"][0]["values"][0]["name"], "第一网格");
        for (path, code) in [
            ("services/gossip.json", 404),
            ("services.pdf", 404),
            ("services.json?jurisdiction_id=ZZZZZ", 404),
            ("requests.json?status=lost", 400),
            ("requests.json?start_date=yesterday", 400),
            ("requests/1.json", 404),
        ] {
            let no = program.get(&format!("{BASE}/{path}")).await;
            assert_eq!(no.status.as_u16(), code, "{path}");
            has(&json(&no)[0], &["code", "description"]);
        }
        let no = program.get(&format!("{BASE}/services/gossip.xml")).await;
        assert!(no.body.contains("<errors><error><code>404</code><description>"), "{}", no.body);
    })
    .await;
}

#[tokio::test]
async fn a_program_raises_with_its_key_and_reads_what_becomes_of_it() {
    on_both(|house| async move {
        let mut program = house.browser();
        let (path, key) = (format!("{BASE}/requests.json"), key(&house).await);
        let form = |code: &str| {
            format!("api_key={key}&service_code={code}&description=%E8%B7%AF%E7%81%AF&phone=13800138000&lat=22.5431&long=114.0579")
        };
        let no = post(&mut program, &path, None, "service_code=help&description=x").await;
        assert_eq!(no.status, StatusCode::FORBIDDEN);
        let no = post(&mut program, &path, None, &format!("api_key={key}&service_code=help")).await;
        assert_eq!(no.status, StatusCode::BAD_REQUEST);

        let made = post(&mut program, &path, Some("one-and-only"), &form("danger")).await;
        let record = &json(&made)[0];
        has(record, &["service_request_id", "service_notice", "account_id"]);
        assert!(record["service_notice"].as_str().unwrap().contains("110"));
        let again = json(&post(&mut program, &path, Some("one-and-only"), &form("danger")).await);
        assert_eq!(again[0]["service_request_id"], record["service_request_id"], "sent again it is the same");
        let id = record["service_request_id"].as_str().unwrap().to_owned();
        let one = json(&program.get(&format!("{BASE}/requests/{id}.json")).await);
        has(&one[0], &REQUEST);
        assert_eq!(one[0]["status"], "open");
        assert!(one[0]["description"].is_null(), "what was said is public only once somebody ticked it");
        let xml = program.get(&format!("{BASE}/requests/{id}.xml")).await.body;
        assert!(xml.contains("<service_requests><request><service_request_id>"), "{xml}");
        for name in REQUEST {
            assert!(xml.contains(&format!("<{name}>")) || xml.contains(&format!("<{name}/>")), "{name}");
        }
        assert!(!xml.contains("13800138000"));

        let batch = json(&post(&mut program, &path, None, &form("suggestion")).await);
        has(&batch[0], &["token", "service_notice", "account_id"]);
        let token = format!("{BASE}/tokens/{}.json", batch[0]["token"].as_str().unwrap());
        let waits = json(&program.get(&token).await);
        has(&waits[0], &["service_request_id", "token"]);
        assert!(waits[0]["service_request_id"].is_null());
        let appeals = house.state.store.appeals(&house.by.reader(), house.market.id).await.unwrap();
        let suggestion = appeals.iter().find(|appeal| appeal.category.code() == "suggestion").unwrap();
        let accept = Verb::Accept;
        let by = Hand::Organizer(&house.by);
        house.state.store.appeal_step(by, suggestion.code, accept, house.state.now()).await.unwrap();
        let known = json(&program.get(&token).await);
        assert_eq!(known[0]["service_request_id"], suggestion.id.to_string());
        assert_ne!(known[0]["service_request_id"], suggestion.code.to_string(), "not the code of the slip");

        let quarrel = json(&post(&mut program, &path, None, &form("mediation")).await);
        has(&quarrel[0], &["service_notice", "account_id"]);
        let all = json(&program.get(&format!("{BASE}/requests.json?status=open")).await);
        let codes: Vec<&str> =
            all.as_array().unwrap().iter().map(|one| one["service_code"].as_str().unwrap()).collect();
        assert!(codes.contains(&"danger") && !codes.contains(&"mediation"));
        let some = json(&program.get(&format!("{BASE}/requests.json?service_code=danger&service_request_id={id}")).await);
        assert_eq!(some.as_array().unwrap().len(), 1);
        let old = program.get(&format!("{BASE}/requests.json?end_date=2020-01-01T00:00:00Z")).await;
        assert_eq!(old.body, "[]");
        let mut desk = house.signed_in(ORGANIZER).await;
        let page = desk.get("/o/open311").await.body;
        assert!(page.contains("街道平台") && !page.contains(&key), "a key is shown once");
        let from = page.find("/o/open311/").unwrap();
        let revoke = page[from..].split('"').next().unwrap();
        assert_eq!(desk.post(revoke, &[]).await.location(), "/o/open311");
        assert_eq!(post(&mut program, &path, None, &form("help")).await.status, StatusCode::FORBIDDEN);
        let shown = desk.post("/o/open311", &[("name", "区平台")]).await;
        assert!(shown.body.contains("<code>") && shown.body.contains("区平台"));
    })
    .await;
}

#[tokio::test]
async fn a_place_is_named_by_the_id_with_which_requests_are_listed() {
    on_both(|house| async move {
        let mut program = house.browser();
        let (path, key) = (format!("{BASE}/requests.json"), key(&house).await);
        let now = house.state.now();
        let area = ("第一网格", "1–4 栋");
        let grid =
            house.state.store.grid_add(&house.by, GridKind::Area, area, now).await.unwrap().to_string();
        let nowhere = "00000000000070008000000000000000";
        for (field, id, known) in [
            ("attribute%5Bgrid%5D", grid.as_str(), true),
            ("address_id", grid.as_str(), true),
            ("address_id", nowhere, false),
            ("address_id", "12-34", false),
        ] {
            let form = format!("api_key={key}&service_code=help&description=x&{field}={id}");
            let made = json(&post(&mut program, &path, None, &form).await);
            let request = made[0]["service_request_id"].as_str().unwrap().to_owned();
            let one = json(&program.get(&format!("{BASE}/requests/{request}.json")).await);
            assert_eq!(one[0]["address_id"].as_str(), known.then_some(grid.as_str()), "{field}={id}");
            assert_eq!(one[0]["address"].as_str(), known.then_some("第一网格"));
        }
    })
    .await;
}
