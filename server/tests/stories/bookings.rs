//! Stories of booking by the hour: without script, account or cookie; the desk; the no-show rule; an organizer's form.

use crate::house::{Answer, Browser, House, on_both};
use axum::http::{StatusCode, header};
use kaishi_domain::booking::Resource;
use kaishi_domain::moment::MINUTE;
use kaishi_server::demo::{AUDITOR, COMMITTEE, ORGANIZER};

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

async fn named(house: &House, name: &str) -> Resource {
    let all = house.state.store.resources(house.market.org).await.unwrap();
    all.into_iter().find(|one| one.name == name).unwrap()
}

/// The public path of a resource.
async fn path(house: &House, name: &str) -> String {
    format!("/b/{}/{}", house.market.org, named(house, name).await.id)
}

/// The links to free slots on a page.
fn slots(page: &Answer, path: &str) -> Vec<String> {
    let links = page.body.split("href=\"").skip(1).filter_map(|part| part.split('"').next());
    links.filter(|link| link.starts_with(&format!("{path}/"))).map(str::to_owned).collect()
}

/// Books a free slot of a day; answers what came back.
async fn book(phone: &mut Browser, path: &str, day: &str, nth: usize) -> Answer {
    let page = phone.get(&format!("{path}?day={day}")).await;
    let slot = slots(&page, path)[nth].clone();
    let ticket = phone.get(&slot).await.field("ticket").unwrap();
    phone.post(&slot, &[("ticket", &ticket)]).await
}

#[tokio::test]
async fn a_slot_is_booked_with_a_code_and_cancelled_without_script_or_cookie() {
    on_both(|house| async move {
        let mut phone = house.browser();
        phone.keeps_cookies = false;
        let base = format!("/b/{}", house.market.org);
        let market = phone.get(&format!("/m/{}", house.at())).await;
        assert!(market.body.contains(&format!("href=\"{base}\"")), "the way there");
        let list = plain(&phone.get(&base).await);
        assert!(
            list.contains("共享会客厅") && list.contains("共享足球场") && list.contains("今天"),
            "{list}"
        );
        assert!(!list.contains("<script") && !list.contains("style=\""));

        let room = path(&house, "共享会客厅").await;
        let page = phone.get(&format!("{room}?day=2023-05-14")).await;
        let body = plain(&page);
        assert!(body.contains("5月14日 星期日") && body.contains("还有 4 个"), "{body}");
        let slot = slots(&page, &room)[0].clone();
        let look = phone.get(&slot).await;
        assert!(plain(&look).contains("5月14日 星期日\n09:00–10:00"), "{}", look.body);
        let ticket = look.field("ticket").unwrap();
        let done = phone.post(&slot, &[("ticket", &ticket)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let own = done.location().to_owned();
        assert_eq!(phone.post(&slot, &[("ticket", &ticket)]).await.location(), own, "sent twice it is one");
        let slip = plain(&phone.get(&own).await);
        let code = own.rsplit('/').next().unwrap();
        assert!(code.len() == 6 && slip.contains(code) && slip.contains("class=\"qr\""), "{slip}");
        assert!(slip.contains("要取消，请在 5月14日 07:00 前"), "{slip}");
        assert!(plain(&phone.get(&format!("{room}?day=2023-05-14")).await).contains("还有 3 个"));

        let typed = format!("{base}/code?code={}", code.to_lowercase());
        assert_eq!(phone.get(&typed).await.location(), own);
        let wrong = phone.get(&format!("{base}/code?code=XXXXXX")).await;
        assert_eq!(wrong.status, StatusCode::NOT_FOUND);
        assert_eq!(wrong.field("code").as_deref(), Some("XXXXXX"), "what was typed stays");
        for _ in 0..2 {
            assert_eq!(phone.post(&format!("{own}/cancel"), &[]).await.location(), own);
        }
        assert!(phone.get(&own).await.body.contains("已经取消"));
        assert!(plain(&phone.get(&format!("{room}?day=2023-05-14")).await).contains("还有 4 个"));
    })
    .await;
}

#[tokio::test]
async fn the_cookie_is_set_only_before_booking_and_limits_one_phone() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let pitch = path(&house, "共享足球场").await;
        let page = phone.get(&pitch).await;
        assert!(!page.headers.contains_key(header::SET_COOKIE), "looking leaves no mark");
        let body = plain(&page);
        assert!(body.contains("8 周里 2 次没来，停约 2 周") && body.contains("手机里的记号"), "{body}");
        let look = phone.get(&slots(&page, &pitch)[0]).await;
        let cookie = look.headers[header::SET_COOKIE].to_str().unwrap();
        assert!(cookie.starts_with("b=") && cookie.contains("HttpOnly"), "{cookie}");
        let first = book(&mut phone, &pitch, "2023-05-14", 0).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER);
        let second = book(&mut phone, &pitch, "2023-05-14", 1).await;
        assert_eq!(second.status, StatusCode::CONFLICT);
        assert!(plain(&second).contains("这部手机已经约了 1 个"), "{}", second.body);
        let mine = plain(&phone.get(&pitch).await);
        assert!(mine.contains("这部手机约好的") && mine.contains(first.location()), "{mine}");
        let other = book(&mut house.browser(), &pitch, "2023-05-14", 0).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "another phone");
        let full = phone.get(&format!("{pitch}?day=2023-05-14")).await;
        assert!(full.body.contains("约满"), "{}", full.body);
        let room = path(&house, "共享会客厅").await;
        assert_eq!(book(&mut phone, &room, "2023-05-14", 0).await.status, StatusCode::SEE_OTHER, "elsewhere");
    })
    .await;
}

#[tokio::test]
async fn without_a_cookie_one_minute_takes_so_many_and_no_more() {
    on_both(|house| async move {
        let mut phone = house.browser();
        phone.keeps_cookies = false;
        let room = path(&house, "共享会客厅").await;
        let mut seen = Vec::new();
        for day in ["2023-05-14", "2023-05-15", "2023-05-16"] {
            for _ in 0..4 {
                seen.push(book(&mut phone, &room, day, 0).await.status);
            }
        }
        assert!(seen[..10].iter().all(|status| *status == StatusCode::SEE_OTHER), "{seen:?}");
        assert!(seen[10..].iter().all(|status| *status == StatusCode::CONFLICT), "{seen:?}");
        let marked = book(&mut house.browser(), &room, "2023-05-16", 1).await;
        assert_eq!(marked.status, StatusCode::SEE_OTHER, "a phone with a cookie goes on");
    })
    .await;
}

#[tokio::test]
async fn the_desk_says_who_came_and_who_did_not_and_a_phone_that_often_does_not_waits() {
    on_both(|house| async move {
        let (mut phone, mut desk) = (house.browser(), house.signed_in(ORGANIZER).await);
        let pitch = path(&house, "共享足球场").await;
        for day in ["2023-05-14", "2023-05-15"] {
            let own = book(&mut phone, &pitch, day, 0).await;
            let code = own.location().rsplit('/').next().unwrap().to_owned();
            let act = |act: &str| format!("{act}:{code}");
            let early = desk.post("/o/bookings", &[("day", day), ("act", &act("missed"))]).await;
            assert_eq!(early.status, StatusCode::CONFLICT);
            assert!(early.body.contains("还没到时间"), "{}", early.body);
            let begins =
                house.state.store.booking(house.market.org, code.parse().unwrap()).await.unwrap().slot.from;
            house.clock.turn(begins.since(house.state.now()) + MINUTE);
            let page = plain(&desk.get(&format!("/o/bookings?day={day}")).await);
            assert!(page.contains(&code) && page.contains("等着"), "{page}");
            for said in ["came", "undo", "missed"] {
                let done = desk.post("/o/bookings", &[("day", day), ("act", &act(said))]).await;
                assert_eq!(done.location(), format!("/o/bookings?day={day}"), "{said}: {}", done.body);
            }
            assert!(phone.get(own.location()).await.body.contains("没等到您"));
        }
        let waits = book(&mut phone, &pitch, "2023-05-20", 0).await;
        assert_eq!(waits.status, StatusCode::CONFLICT);
        assert!(plain(&waits).contains("5月29日 18:00 起可以再约"), "{}", waits.body);
        assert_eq!(book(&mut house.browser(), &pitch, "2023-05-20", 0).await.status, StatusCode::SEE_OTHER);

        let form = desk.get("/o/bookings?day=2023-05-20").await;
        let pitch = named(&house, "共享足球场").await;
        let section = &form.body[form.body.find("共享足球场").unwrap()..];
        let slot = section.split("<option value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let nonce = form.field("nonce").unwrap();
        let id = pitch.id.to_string();
        let sent = [
            ("day", "2023-05-20"),
            ("act", "book"),
            ("resource", id.as_str()),
            ("slot", &slot),
            ("nonce", &nonce),
        ];
        let made = desk.post("/o/bookings", &sent).await.location().to_owned();
        assert_eq!(desk.post("/o/bookings", &sent).await.location(), made, "sent twice it is one");
        let code = made.rsplit('=').next().unwrap().to_owned();
        assert!(desk.get(&made).await.body.contains("请把码写给对方"));
        let cancel = format!("cancel:{code}");
        desk.post("/o/bookings", &[("day", "2023-05-20"), ("act", cancel.as_str())]).await;
        let page = house.browser().get(&format!("/b/{}/code/{code}", house.market.org)).await;
        assert!(page.body.contains("已经取消"), "{}", page.body);
    })
    .await;
}

/// The fields of the form as they stand on a page, with some of them changed.
fn filled(page: &Answer, change: &[(&str, &str)]) -> Vec<(String, String)> {
    let names = [
        "seen", "name", "place", "capacity", "minutes", "ahead", "each", "cutoff", "day0", "day1", "day2",
        "day3", "day4", "day5", "day6", "times", "within", "pause",
    ];
    let known = names.map(|name| (name.to_owned(), page.field(name).unwrap_or_default()));
    let mut fields: Vec<(String, String)> = known.into();
    fields.extend(
        [("kind", "printer"), ("follows", "weekday"), ("shut", "")].map(|(a, b)| (a.into(), b.into())),
    );
    for (name, value) in change {
        let field = fields.iter_mut().find(|field| field.0 == *name).unwrap();
        (*value).clone_into(&mut field.1);
    }
    fields
}

async fn send(desk: &mut Browser, to: &str, fields: &[(String, String)]) -> Answer {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    desk.post(to, &fields).await
}

#[tokio::test]
async fn an_organizer_adds_changes_pauses_and_takes_away_and_others_only_look() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let blank = desk.get("/o/resources/new").await;
        for (change, why) in [
            ([("name", ""), ("minutes", "30")], "写上名称"),
            ([("name", "自助打印"), ("minutes", "5")], "数字不对"),
            ([("name", "自助打印"), ("day0", "9-12")], "开放时间看不懂"),
            ([("name", "自助打印"), ("times", "")], "爽约规则"),
            ([("name", "自助打印"), ("shut", "五一")], "日子写成"),
        ] {
            let answer = send(&mut desk, "/o/resources/new", &filled(&blank, &change)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
            assert!(answer.body.contains(why), "{why}: {}", answer.body);
            assert_eq!(answer.field("name").as_deref(), Some(change[0].1), "what was typed stays");
        }
        let right = filled(&blank, &[("name", "自助打印"), ("minutes", "20"), ("shut", "2023-05-15")]);
        assert_eq!(send(&mut desk, "/o/resources/new", &right).await.location(), "/o/resources");
        let printer = named(&house, "自助打印").await;
        let public = path(&house, "自助打印").await;
        let shut = plain(&house.browser().get(&format!("{public}?day=2023-05-15")).await);
        assert!(shut.contains("不开放"), "{shut}");

        let own = format!("/o/resources/{}", printer.id);
        let form = desk.get(&own).await;
        let longer = filled(&form, &[("minutes", "60")]);
        assert_eq!(send(&mut desk, &own, &longer).await.location(), "/o/resources");
        let stale = send(&mut desk, &own, &longer).await;
        assert!(stale.status == StatusCode::UNPROCESSABLE_ENTITY && stale.body.contains("别人刚刚改过"));
        assert_eq!(named(&house, "自助打印").await.terms.minutes, 60);

        let mut auditor = house.signed_in(AUDITOR).await;
        for page in ["/o/resources", "/o/bookings"] {
            let looked = auditor.get(page).await;
            assert!(looked.status == StatusCode::OK && looked.body.contains("自助打印"), "{}", looked.body);
            assert!(
                !looked.body.contains("action=\"/o/resources")
                    && !looked.body.contains("action=\"/o/bookings")
            );
            assert_eq!(house.signed_in(COMMITTEE).await.get(page).await.status, StatusCode::FORBIDDEN);
        }
        let turn = format!("{own}/turn");
        assert_eq!(auditor.post(&turn, &[("to", "closed")]).await.status, StatusCode::FORBIDDEN);
        let booked = book(&mut house.browser(), &public, "2023-05-16", 0).await;
        desk.post(&turn, &[("to", "closed")]).await;
        assert!(plain(&house.browser().get(&public).await).contains("暂时不能约"));
        assert!(house.browser().get(booked.location()).await.body.contains("等您来"), "what is booked stays");
        desk.post(&turn, &[("to", "off")]).await;
        assert_eq!(house.browser().get(&public).await.status, StatusCode::NOT_FOUND);
        let day = desk.get("/o/bookings?day=2023-05-16").await;
        assert!(day.body.contains("自助打印"), "the desk still sees who comes");
    })
    .await;
}
