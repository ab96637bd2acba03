//! Stories of an appeal at the door: raised by scan without script, followed by its code, moved at the desk.

use crate::house::{Answer, Browser, House, on_both, plead};
use axum::http::StatusCode;
use kaishi_domain::moment::HOUR;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

/// Raises an appeal and answers the path of its slip.
async fn raise(house: &House, browser: &mut Browser, category: &str, words: &str) -> String {
    let path = format!("{}/appeal", house.stall("2"));
    let ticket = browser.get(&path).await.field("ticket").unwrap();
    let form = [
        ("ticket", ticket.as_str()),
        ("category", category),
        ("words", words),
        ("contact", ""),
        ("website", ""),
    ];
    let done = browser.post(&path, &form).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    done.location().to_owned()
}

fn path_of(slip: &str) -> String {
    slip.trim_end_matches("?new=1").to_owned()
}

async fn raised(house: &House) -> i64 {
    house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap().raised
}

#[tokio::test]
async fn an_appeal_by_scan_gives_a_slip_that_leads_back_to_it() {
    on_both(|house| async move {
        let mut phone = house.browser();
        phone.keeps_cookies = false;
        let path = format!("{}/appeal", house.stall("2"));
        let page = phone.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("<script"), "no script");
        assert_eq!(page.body.matches("type=\"radio\"").count(), 9);
        assert_eq!(raised(&house).await, 0, "looking writes nothing");

        let ticket = page.field("ticket").unwrap();
        let form = [
            ("ticket", ticket.as_str()),
            ("category", "help"),
            ("words", "三栋门口的路灯不亮"),
            ("contact", "13800138000"),
            ("website", ""),
        ];
        let first = phone.post(&path, &form).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = phone.post(&path, &form).await;
        assert_eq!(again.location(), first.location(), "sent again it is the same appeal");
        assert_eq!(raised(&house).await, 1);

        let slip = phone.get(first.location()).await;
        let code = path_of(first.location()).rsplit('/').next().unwrap().to_owned();
        let body = plain(&slip);
        assert!(body.contains(&format!("<b>{}</b>", code.rsplit('-').next().unwrap())), "{body}");
        assert!(body.contains("<svg") && body.contains("2号摊 网格有约"), "{body}");

        let progress = phone.get(&path_of(first.location())).await;
        let body = plain(&progress);
        assert!(body.contains("已收到，等社区来看") && body.contains("三栋门口的路灯不亮"), "{body}");
        assert!(!body.contains("13800138000"), "the contact is never shown");
        assert!(body.contains("最迟"), "{body}");
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_survives_a_mistake_and_cannot_leave_its_field() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let path = format!("{}/appeal", house.stall("2"));
        let ticket = phone.get(&path).await.field("ticket").unwrap();
        let evil = "</textarea><script>alert(1)</script> & \"quotes\"";
        let form = |category: &'static str, words: String, contact: &'static str| {
            let ticket = ticket.clone();
            [
                ("ticket", ticket),
                ("category", category.into()),
                ("words", words),
                ("contact", contact.into()),
                ("website", String::new()),
            ]
        };
        let table = [
            (form("", evil.into(), "138"), "请选一类"),
            (form("help", "  ".into(), "138"), "请写几个字"),
            (form("help", "字".repeat(2001), "138"), "写得太长了"),
        ];
        for (fields, sentence) in table {
            let sent: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let page = phone.post(&path, &sent).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.body.contains(sentence), "{sentence} is not in {}", page.body);
            assert_eq!(page.field("contact").as_deref(), Some("138"));
            assert_eq!(
                page.field("ticket").as_deref(),
                Some(ticket.as_str()),
                "the same form, so still one appeal"
            );
            assert!(!page.body.contains("<script"), "{}", page.body);
            assert_eq!(page.body.matches("</textarea>").count(), 1);
        }
        let kept = [("ticket", ticket.as_str()), ("words", evil), ("contact", ""), ("website", "")];
        let page = phone.post(&path, &kept).await;
        assert!(
            page.body.contains("&lt;/textarea>&lt;script>alert(1)&lt;/script> &amp; \"quotes\"</textarea>"),
            "{}",
            page.body
        );

        house.clock.turn(3 * HOUR);
        let late = [
            ("ticket", ticket.as_str()),
            ("category", "help"),
            ("words", "慢慢写"),
            ("contact", ""),
            ("website", ""),
        ];
        let page = phone.post(&path, &late).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("内容还在") && page.body.contains("慢慢写</textarea>"), "{}", page.body);
        assert_ne!(page.field("ticket").unwrap(), ticket, "a fresh ticket");

        let bot = [
            ("ticket", ticket.as_str()),
            ("category", "help"),
            ("words", "x"),
            ("contact", ""),
            ("website", "http://x"),
        ];
        phone.post(&path, &bot).await;
        assert_eq!(raised(&house).await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_desk_moves_an_appeal_and_the_resident_has_the_last_word() {
    on_both(|house| async move {
        let (mut phone, mut desk) = (house.browser(), house.signed_in(ORGANIZER).await);
        let slip = raise(&house, &mut phone, "complaint", "夜里太吵").await;
        let path = path_of(&slip);
        let six = path.rsplit('-').next().unwrap().to_owned();
        let base = format!("/o/m/{}/appeals", house.at());
        let unit = *house.state.store.unit_names(house.market.org).await.unwrap().keys().next().unwrap();
        let unit = unit.to_string();
        let list = desk.get(&base).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("夜里太吵") && list.body.contains(&six), "{}", list.body);

        let one = format!("{base}/{six}");
        let act = async |desk: &mut Browser, fields: &[(&str, &str)]| {
            let done = desk.post(&one, fields).await;
            assert_eq!(
                (done.status, done.location()),
                (StatusCode::SEE_OTHER, one.as_str()),
                "{}",
                done.body
            );
        };
        let no = async |desk: &mut Browser, fields: &[(&str, &str)], sentence: &str| {
            let page = desk.post(&one, fields).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.body.contains(sentence), "{sentence} is not in {}", page.body);
            page
        };
        no(&mut desk, &[("verb", "resolve"), ("words", "早了")], "这是现在的样子").await;
        act(&mut desk, &[("verb", "accept")]).await;
        no(&mut desk, &[("verb", "dispatch"), ("unit", "nobody")], "请选一个别的单位").await;
        let kept = no(&mut desk, &[("verb", "merge"), ("words", "ZZZZZZ")], "没有这个码").await;
        assert!(kept.body.contains("ZZZZZZ"), "nothing typed is lost");
        act(&mut desk, &[("verb", "dispatch"), ("unit", &unit)]).await;
        act(&mut desk, &[("verb", "take")]).await;
        no(&mut desk, &[("verb", "extend"), ("until", "2023-05-01T10:00"), ("words", "假期")], "延期要晚于")
            .await;
        act(&mut desk, &[("verb", "resolve"), ("words", "已请商户关小音响")]).await;

        let page = plain(&phone.get(&path).await);
        assert!(page.contains("已请商户关小音响") && page.contains("很不满意"), "{page}");
        let back = phone.post(&format!("{path}/rate"), &[("rating", "unsatisfied")]).await;
        assert!(back.location().contains("told=redone"), "{}", back.location());
        let page = plain(&phone.get(back.location()).await);
        assert!(page.contains("已转回重办") && page.contains("正在办"), "{page}");
        act(&mut desk, &[("verb", "resolve"), ("words", "十点后停")]).await;
        phone.post(&format!("{path}/rate"), &[("rating", "satisfied")]).await;
        let twice = phone.post(&format!("{path}/rate"), &[("rating", "unsatisfied")]).await;
        assert!(twice.location().contains("told=moved"), "the last word was said: {}", twice.location());
        let counts = house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap();
        assert_eq!((counts.settled_by_unit, counts.confirmed), (1, 1));
        act(&mut desk, &[("verb", "file")]).await;
        assert!(plain(&phone.get(&path).await).contains("已了结"));
    })
    .await;
}

#[tokio::test]
async fn a_code_is_read_as_people_write_it_and_guessing_soon_waits() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let path = path_of(&raise(&house, &mut phone, "suggestion", "多放几张椅子").await);
        let code = path.rsplit('/').next().unwrap().to_owned();
        let (org, six) = code.split_once('-').unwrap();
        let loose = format!("{} {}", org.to_lowercase(), six.to_lowercase());
        for typed in [six.to_owned(), six.to_lowercase(), loose, format!(" {code} ")] {
            let query = typed.replace(' ', "+");
            let found = phone.get(&format!("/a?code={query}")).await;
            assert_eq!(found.location(), format!("/a/{code}"), "{typed}");
        }
        assert!(
            plain(&phone.get(&path.to_uppercase()).await).contains("建议不限时"),
            "as the printed code has it"
        );

        for _ in 0..30 {
            let miss = phone.get(&format!("/a/{org}-ZZZZZZ")).await;
            assert_eq!(miss.status, StatusCode::NOT_FOUND);
            assert_eq!(
                miss.field("code").as_deref(),
                Some(format!("{org}-ZZZZZZ").as_str()),
                "nothing typed is lost"
            );
        }
        assert_eq!(phone.get(&path).await.status, StatusCode::TOO_MANY_REQUESTS);
        house.clock.turn(60_000);
        assert_eq!(phone.get(&path).await.status, StatusCode::OK, "a minute later all is well");
    })
    .await;
}

#[tokio::test]
async fn a_mediation_is_not_shown_and_a_withdrawn_appeal_rests() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let path = path_of(&raise(&house, &mut phone, "mediation", "楼上漏水的争执").await);
        let page = plain(&phone.get(&path).await);
        assert!(!page.contains("楼上漏水") && page.contains("调解内容不在网上显示"), "{page}");
        let done = phone.post(&format!("{path}/withdraw"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        let page = plain(&phone.get(&path).await);
        assert!(page.contains("已撤回") && !page.contains("/withdraw"), "{page}");

        let mut committee = house.signed_in(COMMITTEE).await;
        let figures = committee.get(&format!("/o/m/{}/appeals", house.at())).await;
        assert_eq!(figures.status, StatusCode::OK);
        assert!(
            !figures.body.contains("楼上漏水") && figures.body.contains("只有组织者看得到"),
            "{}",
            figures.body
        );
        let six = path.rsplit('-').next().unwrap();
        let act = format!("/o/m/{}/appeals/{six}", house.at());
        assert_eq!(committee.post(&act, &[("verb", "file")]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(committee.get(&act).await.status, StatusCode::FORBIDDEN);
        let name = plead::reference(&house, &path).await.to_string();
        assert!(
            figures.body.contains(&name) && !figures.body.contains(six),
            "which there are, without codes"
        );
        let mut nobody = house.browser();
        let list = format!("/o/m/{}/appeals", house.at());
        assert_eq!(nobody.get(&list).await.location(), "/login");
        house.state.store.poster_revoke(&house.by, poster(&house), house.state.now()).await.unwrap();
        assert_eq!(phone.get(&format!("{}/appeal", house.stall("2"))).await.status, StatusCode::GONE);
    })
    .await;
}

fn poster(house: &House) -> kaishi_domain::PosterId {
    let path = house.stall("2");
    let token = path.rsplit('/').next().unwrap();
    house.state.keys.read(kaishi_domain::token::Purpose::Poster, token).unwrap()
}
