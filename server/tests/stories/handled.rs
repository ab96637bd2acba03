//! Stories of an appeal that closes: the unit's side behind its link, the resident's word, the desk's filters.

use crate::house::{Browser, House, on_both, plead};
use axum::http::StatusCode;
use kaishi_domain::UnitId;
use kaishi_domain::appeal::{Appeal, Category};
use kaishi_domain::moment::HOUR;
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::link::LinkBook;

async fn raised(house: &House, nonce: &str, category: Category) -> Appeal {
    plead::noted(house, nonce, category, "三栋门口的路灯不亮").await
}

/// Two units with their pages.
async fn units(house: &House) -> [(UnitId, String); 2] {
    let names = house.state.store.unit_names(house.market.org).await.unwrap();
    let ids: Vec<UnitId> = names.into_keys().take(2).collect();
    let book = LinkBook::invite(&house.state, &house.by, &house.market, ids.iter().copied()).await.unwrap();
    let page = |id: UnitId| (id, house.state.path(Purpose::Unit, book.unit(id).unwrap()));
    [page(ids[0]), page(ids[1])]
}

async fn done(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn a_unit_takes_begins_tells_and_settles_and_the_resident_sends_it_back_twice() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let (mut phone, mut resident) = (house.browser(), house.browser());
        let [(unit, home), (_, strange)] = units(&house).await;
        let appeal = raised(&house, "n1", Category::Help).await;
        let (slip, name) = (appeal.code.slip.to_string(), appeal.reference().to_string());
        let one = format!("/o/m/{}/appeals/{slip}", house.at());
        done(&mut desk, &one, &[("verb", "accept")]).await;
        done(&mut desk, &one, &[("verb", "dispatch"), ("unit", &unit.to_string())]).await;

        let front = phone.get(&home).await.body.replace("<!>", "");
        assert!(
            front.contains(&format!("{home}/appeals")) && front.contains("派来的诉求 <b>1</b>"),
            "{front}"
        );
        let list = phone.get(&format!("{home}/appeals")).await;
        assert!(list.body.contains(&name) && list.body.contains("我们主办"), "{}", list.body);
        let theirs = format!("{home}/appeals/{name}");
        assert!(phone.get(&theirs).await.body.contains("三栋门口的路灯不亮"));
        let elsewhere = phone.get(&format!("{strange}/appeals/{name}")).await;
        assert!(!elsewhere.body.contains("路灯") && !elsewhere.status.is_success());
        assert!(
            !phone
                .post(&format!("{strange}/appeals/{name}"), &[("verb", "take")])
                .await
                .status
                .is_redirection()
        );

        done(&mut phone, &theirs, &[("verb", "take")]).await;
        done(&mut phone, &theirs, &[("verb", "handle")]).await;
        done(&mut phone, &theirs, &[("verb", "inform"), ("words", "灯具已下单")]).await;
        let path = format!("/a/{}", appeal.code);
        assert!(resident.get(&path).await.body.contains("灯具已下单"));
        let empty = phone.post(&theirs, &[("verb", "resolve"), ("words", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("请写几个字"));
        for (round, standing) in [("unsatisfied", "正在办"), ("very_unsatisfied", "党委在盯着办")] {
            done(&mut phone, &theirs, &[("verb", "resolve"), ("words", "换了灯泡")]).await;
            let silent = resident.post(&format!("{path}/rate"), &[("said", "还是不亮")]).await;
            assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(silent.body.contains("请选一档") && silent.body.contains("还是不亮</textarea>"));
            let counts = house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap();
            assert_eq!(
                (counts.settled_by_unit, counts.confirmed),
                (1, 0),
                "the unit says so, nobody has agreed"
            );
            done(&mut resident, &format!("{path}/rate"), &[("rating", round)]).await;
            assert!(resident.get(&path).await.body.contains(standing), "{standing}");
        }
        let watched = desk.get(&format!("/o/m/{}/appeals?heap=watched", house.at())).await;
        assert!(watched.body.contains(&slip));
        done(&mut phone, &theirs, &[("verb", "resolve"), ("words", "换了线路")]).await;
        let word = [("rating", "fair"), ("manner", "very_satisfied"), ("speed", ""), ("said", "总算亮了")];
        done(&mut resident, &format!("{path}/rate"), &word).await;
        let told = resident.get(&path).await.body.replace("<!>", "");
        assert!(told.contains("评价：基本满意（态度：很满意）：总算亮了"), "{told}");
        let counts = house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap();
        assert_eq!((counts.settled_by_unit, counts.settled_on_spot, counts.confirmed), (1, 0, 1));
        assert!(phone.get(&theirs).await.body.contains("总算亮了"), "the unit reads what came of it");
    })
    .await;
}

#[tokio::test]
async fn a_unit_hands_back_and_loses_it_and_whoever_helps_only_tells() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let mut phone = house.browser();
        let [(lead, home), (helper, help)] = units(&house).await;
        let name = raised(&house, "n1", Category::Help).await.reference();
        let one = format!("/o/m/{}/appeals/{name}", house.at());
        done(&mut desk, &one, &[("verb", "accept")]).await;
        done(&mut desk, &one, &[("verb", "dispatch"), ("unit", &lead.to_string())]).await;
        done(&mut desk, &one, &[("verb", "join"), ("unit", &helper.to_string())]).await;
        let page = phone.get(&format!("{help}/appeals/{name}")).await.body;
        assert!(
            page.contains("我们协办")
                && page.contains("value=\"inform\"")
                && !page.contains("value=\"resolve\"")
        );
        let refused = phone.post(&format!("{help}/appeals/{name}"), &[("verb", "take")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let back = phone
            .post(&format!("{home}/appeals/{name}"), &[("verb", "return"), ("words", "不归我们管")])
            .await;
        assert_eq!(back.location(), format!("{home}/appeals"));
        assert!(!phone.get(&format!("{home}/appeals/{name}")).await.status.is_success());
        assert!(desk.get(&one).await.body.contains("不归我们管"));
    })
    .await;
}

#[tokio::test]
async fn the_list_shows_lights_and_is_asked_for_what_is_late() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let danger = raised(&house, "n1", Category::Danger).await;
        let help = raised(&house, "n2", Category::Help).await;
        let base = format!("/o/m/{}/appeals", house.at());
        house.clock.turn(2 * HOUR);
        let has = |body: &str, appeal: &Appeal| body.contains(&format!("id=\"{}\"", appeal.code.slip));
        let all = desk.get(&base).await.body;
        assert!(
            has(&all, &danger)
                && has(&all, &help)
                && all.contains("light red")
                && all.contains("light green")
        );
        for (query, late, fine) in [
            ("light=red", true, false),
            ("light=green", false, true),
            ("category=help", false, true),
            ("heap=running", false, false),
            ("q=路灯", true, true),
            ("q=没有这句", false, false),
        ] {
            let body = desk.get(&format!("{base}?{query}")).await.body;
            assert_eq!((has(&body, &danger), has(&body, &help)), (late, fine), "{query}");
        }
        let path = format!("/a/{}", danger.code);
        let mut resident = house.browser();
        assert!(resident.get(&path).await.body.contains("催一下"));
        done(&mut resident, &format!("{path}/urge"), &[]).await;
        assert!(!resident.get(&path).await.body.contains("催一下"), "once a day");
        assert!(desk.get(&format!("{base}/{}", danger.code.slip)).await.body.contains("催办"));
        assert!(!resident.get(&format!("/a/{}", help.code)).await.body.contains("催一下"), "in time");
    })
    .await;
}

#[tokio::test]
async fn the_desk_writes_down_what_the_secretary_hears_and_what_comes_on_paper() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}/appeals", house.at());
        assert!(desk.get(&base).await.body.contains(&format!("{base}/new")));
        let nonce = desk.get(&format!("{base}/new")).await.field("nonce").unwrap();
        let sent = |how: &'static str, kind: &'static str, words: &'static str| {
            [
                ("nonce", nonce.clone()),
                ("how", how.into()),
                ("category", kind.into()),
                ("words", words.into()),
            ]
        };
        let post = async |desk: &mut Browser, fields: [(&'static str, String); 4]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk.post(&format!("{base}/new"), &fields).await
        };
        let wrong = post(&mut desk, sent("secretary", "", "想加装电梯")).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("请选类别") && wrong.body.contains("想加装电梯</textarea>"));
        let heard = post(&mut desk, sent("secretary", "help", "想加装电梯")).await;
        assert_eq!(heard.status, StatusCode::SEE_OTHER, "{}", heard.body);
        let again = post(&mut desk, sent("secretary", "help", "想加装电梯")).await;
        assert_eq!(again.location(), heard.location(), "sent again it is the same appeal");
        let one = desk.get(heard.location()).await.body;
        assert!(one.contains("书记正在办理") && one.contains("?new=1"), "{one}");
        let other = desk.get(&format!("{base}/new")).await.field("nonce").unwrap();
        let fields = [
            ("nonce", other.as_str()),
            ("how", "paper"),
            ("category", "consult"),
            ("words", "医保怎么转"),
            ("settled", "yes"),
            ("done", "给了清单"),
        ];
        done(&mut desk, &format!("{base}/new"), &fields).await;
        let counts = house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap();
        assert_eq!((counts.raised, counts.settled_on_spot, counts.settled_by_unit), (2, 1, 1));
    })
    .await;
}

#[tokio::test]
async fn the_same_matter_is_suggested_merged_and_counted() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let mut resident = house.browser();
        let first = raised(&house, "n1", Category::Help).await;
        let second = raised(&house, "n2", Category::Help).await;
        let quarrel = raised(&house, "n3", Category::Mediation).await;
        let one = format!("/o/m/{}/appeals/{}", house.at(), second.code.slip);
        let page = desk.get(&one).await.body;
        assert!(page.contains("可能是同一件事") && page.contains(&first.code.slip.to_string()));
        assert!(!page.contains(&quarrel.code.slip.to_string()), "a quarrel is nobody else's");
        let into = first.code.slip.to_string();
        done(&mut desk, &one, &[("verb", "merge"), ("words", &into)]).await;
        let told = resident.get(&format!("/a/{}", first.code)).await.body.replace("<!>", "");
        assert!(told.contains("提过同一件事的还有 <b>1</b>"), "{told}");
        let main = format!("/o/m/{}/appeals/{into}", house.at());
        done(&mut desk, &main, &[("verb", "accept")]).await;
        let told = resident.get(&format!("/a/{}", second.code)).await.body.replace("<!>", "");
        assert!(told.contains("合在一起办，现在：<b>社区接下了，正在安排谁来办</b>"), "{told}");
    })
    .await;
}

#[tokio::test]
async fn the_file_for_the_hotline_has_a_row_each_and_keeps_quarrels_and_contacts() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let help = raised(&house, "n1", Category::Help).await;
        let quarrel = raised(&house, "n2", Category::Mediation).await;
        let path = format!("/o/m/{}/appeals/handover.csv", house.at());
        let file = desk.get(&path).await;
        assert!(file.headers["content-disposition"].to_str().unwrap().contains("appeals.csv"));
        let line = |appeal: &Appeal| {
            let code = appeal.code.to_string();
            file.body.lines().find(|line| line.contains(&code)).unwrap().to_owned()
        };
        assert!(line(&help).contains("路灯") && !line(&quarrel).contains("路灯"), "{}", file.body);
        assert_eq!(file.body.lines().count(), 3, "a title and two rows");
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get(&path).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}

#[tokio::test]
async fn a_mediator_goes_through_a_quarrel_in_steps_and_nothing_that_was_written_leaves_the_room() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let mut resident = house.browser();
        let quarrel = raised(&house, "n1", Category::Mediation).await;
        let one = format!("/o/m/{}/appeals/{}", house.at(), quarrel.code.slip);
        let slip = format!("/a/{}", quarrel.code);
        done(&mut desk, &one, &[("verb", "accept")]).await;
        done(&mut desk, &one, &[("verb", "handle")]).await;
        let form = desk.get(&one).await.body;
        assert!(
            form.contains("定调解人和步骤") && form.contains("人民调解员"),
            "begins with the usual steps: {form}"
        );
        let plan = [("verb", "plan"), ("agent", "人民调解员"), ("words", "分别听双方说\n写下协议")];
        done(&mut desk, &one, &plan).await;
        done(&mut desk, &one, &[("verb", "tick"), ("step", "0")]).await;
        assert!(desk.get(&one).await.body.contains("写下协议"));
        let told = resident.get(&slip).await.body.replace("<!>", "");
        assert!(told.contains("调解到哪一步了") && told.contains("替您调解的"), "{told}");
        assert!(told.contains("第 1 步") && !told.contains("双方") && !told.contains("写下协议"), "{told}");
        done(&mut desk, &one, &[("verb", "pause"), ("words", "等王家从外地回来")]).await;
        let told = resident.get(&slip).await.body;
        assert!(told.contains("暂停计时") && !told.contains("王家"), "{told}");
        assert!(desk.get(&one).await.body.contains("王家"));
        done(&mut desk, &one, &[("verb", "resume")]).await;
        done(&mut desk, &one, &[("verb", "inform"), ("words", "约在周三下午")]).await;
        done(&mut desk, &one, &[("verb", "resolve"), ("words", "两家商量好了修水管")]).await;
        let told = resident.get(&slip).await.body;
        assert!(told.contains("周三"), "what was written for the resident: {told}");
        assert!(!told.contains("修水管"), "{told}");
        let file = desk.get(&format!("/o/m/{}/appeals/handover.csv", house.at())).await.body;
        assert!(file.contains(&quarrel.code.to_string()) && !file.contains("修水管"), "{file}");
    })
    .await;
}

#[tokio::test]
async fn danger_is_told_whom_to_call_before_anything_is_written() {
    on_both(|house| async move {
        let mut phone = house.browser();
        let path = format!("{}/appeal", house.stall("2"));
        let ticket = phone.get(&path).await.field("ticket").unwrap();
        let fields = [
            ("ticket", ticket.as_str()),
            ("category", "danger"),
            ("words", "五楼起火了"),
            ("contact", ""),
            ("website", ""),
        ];
        let page = phone.post(&path, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("tel:119") && page.body.contains("五楼起火了</textarea>"));
        let told = page.field("told").unwrap();
        let mut again = fields.to_vec();
        again.push(("told", &told));
        done(&mut phone, &path, &again).await;
        let counts = house.state.store.appeal_counts(house.at(), None, house.state.now()).await.unwrap();
        assert_eq!(counts.raised, 1);
    })
    .await;
}
