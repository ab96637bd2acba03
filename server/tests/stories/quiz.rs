//! Stories of the quiz and the stamp card: answered without script, redeemed once, nothing kept before.

use crate::house::{Answer, Browser, House, on_both};
use axum::http::StatusCode;
use kaishi_domain::quiz::Question;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

async fn bank(house: &House) -> Vec<Question> {
    house.state.store.questions(house.market.org).await.unwrap()
}

/// Answers the questions of a page, rightly or each with another option.
async fn answer(house: &House, phone: &mut Browser, page: &Answer, rightly: bool) -> Answer {
    let mut form = vec![("ticket".to_owned(), page.field("ticket").unwrap())];
    for question in bank(house).await {
        let name = format!("q-{}", question.id());
        if page.body.contains(&name) {
            let wrong = (question.answer() + 1) % question.options().len();
            form.push((name, if rightly { question.answer() } else { wrong }.to_string()));
        }
    }
    assert_eq!(form.len(), 3, "two questions are asked");
    let form: Vec<_> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    phone.post(&format!("{}/quiz", house.stall("10")), &form).await
}

fn code(pass: &str) -> &str {
    pass.rsplit('/').next().unwrap()
}

#[tokio::test]
async fn a_wrong_answer_is_explained_and_a_right_one_is_redeemed_once() {
    on_both(|house| async move {
        let (mut phone, mut staff) = (house.browser(), house.browser());
        let quiz = format!("{}/quiz", house.stall("10"));
        assert!(phone.get(&house.stall("10")).await.body.contains("答题换奖品"));
        assert!(!phone.get(&house.stall("2")).await.body.contains("答题换奖品"));
        let page = phone.get(&quiz).await;
        assert!(!page.body.contains("<script") && page.body.contains("一杯咖啡"), "{}", page.body);
        let missing = phone.post(&quiz, &[("ticket", &page.field("ticket").unwrap())]).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let wrong = answer(&house, &mut phone, &page, false).await;
        assert!(wrong.body.contains("看看说明再试一次"), "{}", wrong.body);
        let passed = answer(&house, &mut phone, &wrong, true).await;
        assert_eq!(passed.status, StatusCode::SEE_OTHER, "{}", passed.body);
        let slip = plain(&phone.get(passed.location()).await);
        assert!(slip.contains("通过了") && slip.contains(code(passed.location())), "{slip}");
        assert_eq!(phone.get(&quiz).await.location(), passed.location(), "one a phone and day");

        let redeem = format!("{}/redeem", house.pad("10"));
        let typed = code(passed.location()).to_lowercase();
        let elsewhere = staff.post(&format!("{}/redeem", house.pad("2")), &[("code", &typed)]).await;
        assert_eq!(elsewhere.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = staff.post(&redeem, &[("code", &typed)]).await;
        assert!(staff.get(done.location()).await.body.contains("核销好了：一杯咖啡"));
        let forged = plain(&staff.get(&format!("{redeem}?prize=1000&code=AAAAAA")).await);
        assert!(!forged.contains("核销好了") && !forged.contains("1000"), "only what its row says: {forged}");
        let twice = staff.post(&redeem, &[("code", &typed)]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.body.contains("这个码已经领过了") && twice.field("code") == Some(typed));
        let unknown = staff.post(&redeem, &[("code", "诉求")]).await;
        assert!(unknown.body.contains("没有这个码"), "{}", unknown.body);
        assert!(phone.get(passed.location()).await.body.contains("已领取"));
        assert!(staff.get(&house.pad("10")).await.body.contains("核销"));
    })
    .await;
}

#[tokio::test]
async fn when_all_are_given_the_page_says_so_kindly() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let visit = format!("/o/m/{}/visit", house.at());
        let page = desk.get(&visit).await;
        assert!(page.status == StatusCode::OK && page.body.contains("已开"), "{}", page.body);
        let signs = house.state.store.signs(house.at(), house.state.now()).await.unwrap();
        let stall = signs.iter().find(|sign| sign.no == "10").unwrap().stall.to_string();
        let form = |needs: &'static str, most: &'static str| {
            [
                ("cause", "quiz"),
                ("needs", needs),
                ("most", most),
                ("prize", "一杯茶"),
                ("turn", "on"),
                ("stall", ""),
            ]
        };
        let with = |mut form: [(&'static str, &'static str); 6], stall: &'static str| {
            form[5].1 = stall;
            form
        };
        let stall: &'static str = stall.leak();
        let refused = desk.post(&format!("{visit}/reward"), &with(form("9", "1"), stall)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("value=\"一杯茶\""), "what was typed stays");
        let set = desk.post(&format!("{visit}/reward"), &with(form("2", "1"), stall)).await;
        assert_eq!(set.status, StatusCode::SEE_OTHER);
        let quiz = format!("{}/quiz", house.stall("10"));
        let (mut first, mut second) = (house.browser(), house.browser());
        second.keeps_cookies = false;
        let pages = (first.get(&quiz).await, second.get(&quiz).await);
        assert_eq!(answer(&house, &mut second, &pages.1, true).await.status, StatusCode::SEE_OTHER);
        let late = answer(&house, &mut first, &pages.0, true).await;
        assert!(late.body.contains("今天的已经送完了"), "{}", late.body);
        let mut committee = house.signed_in(COMMITTEE).await;
        let sent = committee.post(&format!("{visit}/reward"), &with(form("2", "1"), stall)).await;
        assert_eq!(sent.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn questions_are_pasted_from_a_table_all_or_none() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let before = bank(&house).await.len();
        let rows = "垃圾电池放哪里？\t有害垃圾\t厨余垃圾\t\t\t1\t电池属于有害垃圾。";
        let wrong = desk.post("/o/quiz", &[("rows", &format!("{rows}\n少一列\t甲\t乙"))]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(plain(&wrong).contains("第 2 行不对") && wrong.body.contains("少一列"), "{}", wrong.body);
        assert_eq!(bank(&house).await.len(), before);
        assert_eq!(desk.post("/o/quiz", &[("rows", rows)]).await.status, StatusCode::SEE_OTHER);
        let added = bank(&house).await.into_iter().find(|one| one.text().contains("电池")).unwrap();
        assert_eq!((added.options().len(), added.answer()), (2, 0));
        desk.post(&format!("/o/quiz/{}/drop", added.id()), &[]).await;
        assert_eq!(bank(&house).await.len(), before);
    })
    .await;
}

async fn tap(phone: &mut Browser, path: &str) -> Answer {
    let ticket = phone.get(path).await.field("ticket").unwrap();
    phone.post(path, &[("ticket", &ticket), ("n", "1")]).await
}

#[tokio::test]
async fn stamps_are_off_by_default_and_rewarded_once_a_phone() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let card = format!("/m/{}/stamps", house.at());
        assert!(phone.get(&card).await.body.contains("这场没有集章"));
        let signs = house.state.store.signs(house.at(), house.state.now()).await.unwrap();
        let stall = signs.iter().find(|sign| sign.no == "10").unwrap().stall.to_string();
        let mut desk = house.signed_in(ORGANIZER).await;
        let form = [
            ("cause", "stamps"),
            ("stall", stall.as_str()),
            ("needs", "3"),
            ("most", "5"),
            ("prize", "一个帆布袋"),
            ("turn", "on"),
        ];
        desk.post(&format!("/o/m/{}/visit/reward", house.at()), &form).await;
        assert!(phone.get(&card).await.body.contains("章记不住"), "no cookie yet");
        for (no, text) in [("2", "再到 2 个摊位"), ("3", "再到 1 个摊位")] {
            let done = tap(&mut phone, &house.stall(no)).await;
            let done = plain(&phone.get(done.location()).await);
            assert!(done.contains("个摊位") && done.contains("集章卡"), "{done}");
            let page = plain(&phone.get(&card).await);
            assert!(page.contains(text), "{page}");
        }
        let path = house.stall("4");
        let ticket = phone.get(&path).await.field("ticket").unwrap();
        phone.post(&path, &[("ticket", &ticket), ("n", "1")]).await;
        phone.post(&format!("{path}/undo"), &[("ticket", &ticket)]).await;
        assert_eq!(phone.post(&card, &[]).await.location(), card, "a stamp taken back is none");
        tap(&mut phone, &house.stall("5")).await;
        let taken = phone.post(&card, &[]).await;
        assert!(taken.location().contains("/pass/"), "{}", taken.location());
        assert_eq!(phone.post(&card, &[]).await.location(), taken.location());
        assert_eq!(house.browser().post(&card, &[]).await.location(), card, "nothing without a cookie");
        let mut staff = house.browser();
        let redeem = format!("{}/redeem", house.pad("10"));
        let done = staff.post(&redeem, &[("code", code(taken.location()))]).await;
        assert!(staff.get(done.location()).await.body.contains("一个帆布袋"));
    })
    .await;
}
