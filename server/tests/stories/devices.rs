//! Stories of the counting phones: who is let in, what is seen of them, who is put out; sheets and the crowd.

use crate::house::{Answer, BASE, Browser, House, NOW, on_both};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use kaishi_domain::LinkId;
use kaishi_domain::moment::MINUTE;
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{AUDITOR, ORGANIZER};
use kaishi_store::Guarded;
use serde_json::{Value, json};

fn desk(house: &House, part: &str) -> String {
    format!("/o/m/{}/{part}", house.at())
}

fn link_of(house: &House, path: &str) -> LinkId {
    house.state.keys.read(Purpose::Staff, path.rsplit('/').next().unwrap()).unwrap()
}

/// What is handed out with a link.
async fn guard(house: &House, link: LinkId) -> Guarded {
    let guards = house.state.store.guards(&house.by, house.market.id, NOW).await.unwrap();
    guards.into_iter().find(|guard| guard.link == link).unwrap()
}

/// Uploads as a machine does, with whatever the phone says of itself.
async fn upload(house: &House, bearer: &str, body: &Value) -> StatusCode {
    let request = Request::post("/api/v1/devices/batch")
        .header(header::AUTHORIZATION, format!("Bearer {bearer}"))
        .header(header::CONTENT_TYPE, "application/json");
    house.browser().send(request, Body::from(body.to_string())).await.status
}

fn plus(id: &str, seq: i64) -> Value {
    json!({"id": id, "seq": seq, "at": NOW, "kind": "plus", "n": 1, "encounter": "consult"})
}

async fn taps(house: &House) -> i64 {
    house.state.store.snapshot(house.at(), house.state.now()).await.unwrap().encounters.staff
}

async fn enrolled(house: &House, path: &str, pin: &str) -> Browser {
    let mut phone = house.browser();
    let done = phone.post(&format!("{path}/pin"), &[("pin", pin)]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, path), "{}", done.body);
    phone
}

#[tokio::test]
async fn a_phone_says_what_it_holds_and_the_organizer_sees_what_is_missing() {
    on_both(|house| async move {
        let pad = house.pad("2");
        let token = pad.rsplit('/').next().unwrap();
        let name = "0".repeat(31) + "7";
        let body = json!({"records": [plus("aaaaaaaa", 1), plus("bbbbbbbb", 4)], "device": name, "next": 9,
            "waiting": 4, "clock": NOW.plus(7 * MINUTE)});
        assert_eq!(upload(&house, token, &body).await, StatusCode::OK);
        let strange = json!({"records": [plus("cccccccc", 1)], "device": ["odd"], "next": "x"});
        assert_eq!(
            upload(&house, token, &strange).await,
            StatusCode::OK,
            "records never fail for what is beside them"
        );
        assert_eq!(taps(&house).await, 3);
        let mut organizer = house.signed_in(ORGANIZER).await;
        let page = organizer.get(&desk(&house, "devices")).await;
        assert_eq!(page.status, StatusCode::OK);
        // Two gaps, and four above the highest.
        for expected in ["1 台手机、最多 6 条还没收到", "快 7 分", "0007"] {
            assert!(page.body.contains(expected), "{expected} is not in {}", page.body);
        }
        let live = organizer.get(&desk(&house, "live")).await;
        assert_eq!(
            live.body.matches("1 台手机、最多 6 条还没收到").count(),
            2,
            "a tile, and where the market closes"
        );
        let asked = organizer.post(&desk(&house, "stage"), &[("stage", "closed")]).await;
        assert!(asked.body.contains("1 台手机、最多 6 条还没收到"), "closing asks: {}", asked.body);
        let bulletin = organizer.get(&desk(&house, "bulletin")).await;
        assert!(bulletin.body.contains("尚有1台计数手机、最多6条登记未收到"), "{}", bulletin.body);
        let counts = house.state.store.snapshot(house.at(), NOW).await.unwrap();
        assert_eq!(
            serde_json::to_value(&counts).unwrap()["devices_missing"],
            json!({"devices": 1, "records": 6})
        );
        let mut auditor = house.signed_in(AUDITOR).await;
        let page = auditor.get(&desk(&house, "devices")).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("PIN"), "it looks, and is told no PIN");
    })
    .await;
}

#[tokio::test]
async fn a_link_with_a_pin_lets_in_who_was_told_it_and_a_revoked_phone_no_more() {
    on_both(|house| async move {
        let pad = house.pad("2");
        let link = link_of(&house, &pad);
        let mut organizer = house.signed_in(ORGANIZER).await;
        let form = [("verb", "pin"), ("link", &*link.to_string())];
        let done = organizer.post(&desk(&house, "devices"), &form).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let Guarded { pin, code, .. } = guard(&house, link).await;
        let (pin, code) = (pin.unwrap(), code.unwrap());
        let shown = organizer.get(&desk(&house, &format!("devices/{link}"))).await;
        assert!(shown.body.contains(&pin) && shown.body.contains(&code) && shown.body.contains("<svg"));

        let mut stranger = house.browser();
        let asked = stranger.get(&pad).await;
        assert!(asked.body.contains("输入 PIN") && !asked.body.contains("<script"), "{}", asked.body);
        let wrong = if pin == "0000" { "0001" } else { "0000" };
        let refused = stranger.post(&format!("{pad}/pin"), &[("pin", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("PIN 不对"));
        let token = pad.rsplit('/').next().unwrap();
        let bare = json!({"records": [plus("aaaaaaaa", 1)]});
        assert_eq!(upload(&house, token, &bare).await, StatusCode::UNAUTHORIZED);

        let mut phone = enrolled(&house, &pad, &pin).await;
        let page = phone.get(&pad).await;
        assert!(page.body.contains("服务一位，按一下"), "{}", page.body);
        let tap = [("nonce", "bbbbbbbb"), ("kind", "consult"), ("n", "5")];
        assert_eq!(phone.post(&format!("{pad}/tap"), &tap).await.status, StatusCode::SEE_OTHER);
        let mut typed = house.browser();
        let by_code = typed.post("/staff", &[("code", &*code.to_ascii_lowercase()), ("pin", &*pin)]).await;
        assert_eq!((by_code.status, by_code.location()), (StatusCode::SEE_OTHER, &*pad));
        assert!(typed.get(&pad).await.body.contains("服务一位，按一下"));
        let guessed = typed.post("/staff", &[("code", "nonsense"), ("pin", &*pin)]).await;
        assert_eq!(guessed.status, StatusCode::UNPROCESSABLE_ENTITY);

        let name = phone.jar["pad"].clone();
        let named = json!({"records": [plus("dddddddd", 1)], "device": name});
        assert_eq!(upload(&house, token, &named).await, StatusCode::OK);
        let form = [("verb", "revoke"), ("link", &*link.to_string()), ("device", &*name)];
        assert_eq!(organizer.post(&desk(&house, "devices"), &form).await.status, StatusCode::SEE_OTHER);
        assert_eq!(phone.get(&pad).await.status, StatusCode::GONE);
        assert_eq!(upload(&house, token, &named).await, StatusCode::UNAUTHORIZED);
        assert!(typed.get(&pad).await.body.contains("服务一位，按一下"), "its neighbour goes on");
        assert_eq!(taps(&house).await, 6, "what it has sent stays");
    })
    .await;
}

#[tokio::test]
async fn a_supervisor_opens_every_pad_keys_sheets_in_and_counts_the_crowd() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let made = organizer.post(&desk(&house, "devices"), &[("verb", "supervisor")]).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER);
        let guards = house.state.store.guards(&house.by, house.market.id, NOW).await.unwrap();
        let own = guards.into_iter().find(|guard| guard.stall.is_none()).unwrap();
        let path = house.state.path(Purpose::Staff, own.link);
        assert!(house.browser().get(&format!("{path}/paper")).await.body.contains("输入 PIN"));
        let mut phone = enrolled(&house, &path, &own.pin.unwrap()).await;
        let stalls = phone.get(&path).await;
        assert!(stalls.body.contains("各摊计数") && stalls.body.contains("网格有约"), "{}", stalls.body);
        let at = stalls.body.find(&format!("href=\"{path}~")).unwrap() + 6;
        let pad = stalls.body[at..at + stalls.body[at..].find('"').unwrap()].to_owned();
        assert!(phone.get(&pad).await.body.contains("全部摊位"));
        let tap = [("nonce", "aaaaaaaa"), ("kind", "consult"), ("n", "1")];
        assert_eq!(phone.post(&format!("{pad}/tap"), &tap).await.status, StatusCode::SEE_OTHER);
        assert_eq!(taps(&house).await, 1);

        let stall = pad.rsplit('~').next().unwrap().to_owned();
        let id = phone.get(&format!("{path}/paper")).await.field("id").unwrap();
        let sheet = |consult: &'static str, to: &'static str| {
            let (id, stall) = (id.clone(), stall.clone());
            [
                ("id", id),
                ("stall", stall),
                ("consult", consult.into()),
                ("from", "09:00".into()),
                ("to", to.into()),
                ("counted_by", "摊位志愿者".into()),
            ]
        };
        let wrong = sheet("30", "08:00");
        let form: Vec<_> = wrong.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let again = phone.post(&format!("{path}/paper"), &form).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            again.body.contains("没有记入") && again.body.contains("value=\"摊位志愿者\""),
            "nothing is lost"
        );
        let right = sheet("30", "10:00");
        let form: Vec<_> = right.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for _ in 0..2 {
            assert_eq!(phone.post(&format!("{path}/paper"), &form).await.status, StatusCode::SEE_OTHER);
        }
        let look =
            [("method", "sample"), ("place", "东门"), ("from", "09:00"), ("to", "09:20"), ("came", "40")];
        let id = phone.get(&format!("{path}/crowd")).await.field("id").unwrap();
        let form: Vec<_> = look.into_iter().chain([("id", &*id)]).collect();
        assert_eq!(phone.post(&format!("{path}/crowd"), &form).await.status, StatusCode::SEE_OTHER);
        let counts = house.state.store.snapshot(house.at(), NOW).await.unwrap();
        assert_eq!(counts.encounters.paper, 30);
        assert_eq!(counts.crowd.unwrap().seen, 40);
        let live = organizer.get(&desk(&house, "live")).await;
        assert!(
            live.body.contains("到场人数（估算）") && live.body.contains("抽样推算 1 次"),
            "{}",
            live.body
        );
        let bulletin = organizer.get(&desk(&house, "bulletin")).await;
        assert!(bulletin.body.contains("与服务人次分别统计"), "{}", bulletin.body);
    })
    .await;
}

#[tokio::test]
async fn a_large_sheet_is_listed_as_waiting_and_its_writer_cannot_let_it_in() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let page = organizer.get(&desk(&house, "paper")).await;
        let id = page.field("id").unwrap();
        let at = page.body.find("<option value=\"").unwrap() + 15;
        let stall = page.body[at..at + page.body[at..].find('"').unwrap()].to_owned();
        let form = [
            ("id", &*id),
            ("stall", &*stall),
            ("handle", "51"),
            ("from", "09:00"),
            ("to", "10:00"),
            ("counted_by", "摊位志愿者"),
        ];
        assert_eq!(organizer.post(&desk(&house, "paper"), &form).await.status, StatusCode::SEE_OTHER);
        let page = organizer.get(&desk(&house, "paper")).await;
        assert!(
            page.body.contains("等另一位管理员看") && !page.body.contains("看过了，计入"),
            "{}",
            page.body
        );
        let own = organizer.post(&desk(&house, &format!("paper/{id}")), &[("verb", "let_in")]).await;
        assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(own.body.contains("不能批自己录入的"));
        let total = house.state.store.snapshot(house.at(), NOW).await.unwrap().encounters.total;
        assert_eq!(total, 0);
        let sheets = organizer.get(&desk(&house, "tally")).await;
        assert!(sheets.body.contains("class=\"tally\"") && sheets.body.contains("登记人职务"));
        let mut auditor = house.signed_in(AUDITOR).await;
        assert_eq!(auditor.post(&desk(&house, "paper"), &form).await.status, StatusCode::FORBIDDEN);
        assert!(!auditor.get(&desk(&house, "paper")).await.body.contains("记入台账"));
    })
    .await;
}

#[tokio::test]
async fn only_the_pad_may_have_a_worker_and_the_worker_may_only_fetch_from_here() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let pad = phone.get(&house.pad("2")).await;
        let policy = |answer: &Answer| {
            answer.headers.get("content-security-policy").unwrap().to_str().unwrap().to_owned()
        };
        assert!(policy(&pad).contains("worker-src 'self'"), "{}", policy(&pad));
        let screen = phone.get(house.addresses.screen.strip_prefix(BASE).unwrap()).await;
        assert!(policy(&screen).contains("worker-src 'none'"), "{}", policy(&screen));
        let worker = phone.get("/staff/worker.js").await;
        assert_eq!(worker.status, StatusCode::OK);
        assert_eq!(policy(&worker), "default-src 'none'; connect-src 'self'; frame-ancestors 'none'");
        assert!(worker.headers[header::CONTENT_TYPE].to_str().unwrap().contains("javascript"));
    })
    .await;
}
