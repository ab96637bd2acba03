//! Stories of the desk's further work: the map of duties, errands, wishes, several at once, texts, public copies, paper.

mod abroad;

use crate::house::{Answer, Browser, House, on_both, plead};
use axum::http::StatusCode;
use kaishi_domain::UnitId;
use kaishi_domain::appeal::{Appeal, Category, GridKind};
use kaishi_domain::token::Purpose;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};
use kaishi_server::link::LinkBook;

fn plain(answer: &Answer) -> String {
    answer.body.replace("<!>", "")
}

async fn raised(house: &House, nonce: &str, category: Category) -> Appeal {
    plead::noted(house, nonce, category, "三栋门口的路灯不亮，13800138000").await
}

async fn units(house: &House) -> [(UnitId, String, String); 2] {
    let names = house.state.store.unit_names(house.market.org).await.unwrap();
    let ids: Vec<UnitId> = names.keys().copied().take(2).collect();
    let book = LinkBook::invite(&house.state, &house.by, &house.market, ids.iter().copied()).await.unwrap();
    let page = |id: UnitId| (id, names[&id].clone(), house.state.path(Purpose::Unit, book.unit(id).unwrap()));
    [page(ids[0]), page(ids[1])]
}

async fn done(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = browser.post(path, fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer
}

#[tokio::test]
async fn the_map_proposes_one_click_sends_and_the_second_time_the_committee_watches() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let [(lead, lead_name, lead_home), (helper, helper_name, _)] = units(&house).await;
        assert!(desk.get(&format!("/o/m/{}/appeals", house.at())).await.body.contains("href=\"/o/duty\""));
        let wrong = desk.post("/o/duty/grids", &[("name", " "), ("covers", "1–4 栋")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.field("covers").as_deref() == Some("1–4 栋"), "nothing typed is lost");
        done(&mut desk, "/o/duty/grids", &[("name", "第一网格"), ("covers", "1–4 栋")]).await;
        let grid = house.state.store.grids(house.market.org).await.unwrap()[0].id.to_string();
        let receiver = [("role", "楼长"), ("unit", "")];
        done(&mut desk, &format!("/o/duty/grids/{grid}/receivers"), &receiver).await;
        let (lead, helper) = (lead.to_string(), helper.to_string());
        let rule = [
            ("category", "help"),
            ("grid", grid.as_str()),
            ("lead", lead.as_str()),
            ("helper", helper.as_str()),
        ];
        done(&mut desk, "/o/duty/rules", &rule).await;
        let nobody = desk.post("/o/duty/rules", &[("category", ""), ("grid", ""), ("lead", "")]).await;
        assert!(nobody.status == StatusCode::UNPROCESSABLE_ENTITY && nobody.body.contains("请选主办单位"));
        let page = plain(&desk.get("/o/duty").await);
        assert!(page.contains("第一网格") && page.contains("楼长") && page.contains(&lead_name), "{page}");

        let appeal = raised(&house, "n1", Category::Help).await;
        let one = format!("/o/m/{}/appeals/{}", house.at(), appeal.code.slip);
        assert!(desk.get(&one).await.body.contains("责任田里没有对应的规则"), "no grid yet");
        let nowhere = desk.post(&one, &[("verb", "locate"), ("grid", &lead)]).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "no such grid");
        done(&mut desk, &one, &[("verb", "locate"), ("grid", &grid)]).await;
        let page = plain(&desk.get(&one).await);
        assert!(
            page.contains("按责任田：这一类、这个网格") && page.contains("这个网格的接单人：楼长"),
            "{page}"
        );
        assert!(page.contains(&format!("主办 <b>{lead_name}</b>")) && page.contains(&helper_name));
        done(&mut desk, &one, &[("verb", "route"), ("unit", &lead), ("helper", &helper)]).await;
        let sent = house.state.store.appeal(appeal.code).await.unwrap();
        assert_eq!(
            (sent.state.code(), sent.care.helpers.len()),
            ("dispatched", 1),
            "accepted, sent and joined"
        );

        let mut phone = house.browser();
        let theirs = format!("{lead_home}/appeals/{}", appeal.reference());
        done(&mut phone, &theirs, &[("verb", "return"), ("words", "不归我们管")]).await;
        let page = plain(&desk.get(&one).await);
        assert!(page.contains("原主办已退单，由协办接上") && page.contains("二次派单，党委督办"), "{page}");
        done(&mut desk, &one, &[("verb", "route"), ("unit", &helper)]).await;
        let again = house.state.store.appeal(appeal.code).await.unwrap();
        assert!(again.is_watched() && again.care.helpers.is_empty());
        let told = plain(&house.browser().get(&format!("/a/{}", appeal.code)).await);
        assert!(told.contains("党委在盯着办") && told.contains("归到第一网格"), "{told}");

        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get("/o/duty").await.status, StatusCode::FORBIDDEN);
        assert_eq!(
            committee.post("/o/duty/grids", &[("name", "x"), ("covers", "")]).await.status,
            StatusCode::FORBIDDEN
        );
    })
    .await;
}

#[tokio::test]
async fn a_resident_chooses_a_grid_and_it_may_be_left_open() {
    on_both(|house| async move {
        let now = house.state.now();
        let mut phone = house.browser();
        let path = format!("{}/appeal", house.stall("2"));
        assert!(!phone.get(&path).await.body.contains("name=\"grid\""), "no grids, no question");
        let grid = house
            .state
            .store
            .grid_add(&house.by, GridKind::Area, ("第一网格", "1–4 栋"), now)
            .await
            .unwrap()
            .to_string();
        let page = phone.get(&path).await;
        assert!(page.body.contains("第一网格 · 1–4 栋"), "{}", page.body);
        let ticket = page.field("ticket").unwrap();
        let form = [
            ("ticket", ticket.as_str()),
            ("category", "help"),
            ("words", "路灯不亮"),
            ("grid", grid.as_str()),
            ("contact", ""),
            ("website", ""),
        ];
        done(&mut phone, &path, &form).await;
        let appeals = house.state.store.appeals(&house.by.reader(), house.market.id).await.unwrap();
        assert_eq!(appeals[0].care.grid.unwrap().to_string(), grid);
    })
    .await;
}

#[tokio::test]
async fn an_errand_goes_step_by_step_and_its_resident_sees_each() {
    on_both(|house| async move {
        let (mut desk, mut phone) = (house.signed_in(ORGANIZER).await, house.browser());
        let [(unit, _, home), _] = units(&house).await;
        let appeal = raised(&house, "n1", Category::Agent).await;
        let one = format!("/o/m/{}/appeals/{}", house.at(), appeal.code.slip);
        done(&mut desk, &one, &[("verb", "accept")]).await;
        done(&mut desk, &one, &[("verb", "dispatch"), ("unit", &unit.to_string())]).await;
        let theirs = format!("{home}/appeals/{}", appeal.reference());
        assert!(!phone.get(&theirs).await.body.contains("value=\"plan\""), "not taken yet");
        done(&mut phone, &theirs, &[("verb", "take")]).await;
        let wrong = phone.post(&theirs, &[("verb", "plan"), ("agent", "社区代办员"), ("words", " ")]).await;
        assert!(
            wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("一步"),
            "{}",
            wrong.body
        );
        assert_eq!(wrong.field("agent").as_deref(), Some("社区代办员"));
        done(&mut phone, &theirs, &[("verb", "plan"), ("agent", "社区代办员"), ("words", "取材料\n交窗口")])
            .await;
        let page = plain(&phone.get(&theirs).await);
        assert!(page.contains("办好这一步：取材料"), "{page}");
        done(&mut phone, &theirs, &[("verb", "tick"), ("step", "0")]).await;
        let twice = phone.post(&theirs, &[("verb", "tick"), ("step", "0")]).await;
        assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
        let mine = plain(&house.browser().get(&format!("/a/{}", appeal.code)).await);
        assert!(
            mine.contains("代办到哪一步了")
                && mine.contains("社区代办员")
                && mine.contains("○ </span><b>交窗口"),
            "{mine}"
        );
        done(&mut desk, &one, &[("verb", "tick"), ("step", "1")]).await;
        assert!(plain(&desk.get(&one).await).contains("✓ </span><b>交窗口"));
    })
    .await;
}

#[tokio::test]
async fn units_take_wishes_and_whoever_is_late_is_told() {
    on_both(|house| async move {
        let (mut desk, mut one, mut other) =
            (house.signed_in(ORGANIZER).await, house.browser(), house.browser());
        let [(_, _, first), (_, _, second)] = units(&house).await;
        let wish = raised(&house, "n1", Category::Wish).await;
        let (slip, name) = (wish.code.slip.to_string(), wish.reference().to_string());
        assert!(one.get(&format!("{first}/wishes")).await.body.contains("现在没有等人认领的心愿"));
        done(&mut desk, &format!("/o/m/{}/appeals/{slip}", house.at()), &[("verb", "accept")]).await;
        assert!(plain(&one.get(&first).await).contains("微心愿 <b>1</b>"), "from the unit's own page");
        let call = one.get(&format!("{first}/call")).await.body;
        assert!(call.contains(&format!("action=\"{first}/wishes/{name}\"")), "to be taken there too: {call}");
        assert!(!call.contains(&slip), "a code is the right to rate: {call}");
        assert!(call.contains("138********") && !call.contains("13800138000"), "{call}");
        let (at, mut anyone) = (house.at(), house.browser());
        let public = plain(&anyone.get(&format!("/m/{at}/call")).await);
        assert!(public.contains("1 个心愿等人认领") && !public.contains("138"), "no words yet: {public}");
        let copy = [("seen", "0"), ("body", "想要一副老花镜"), ("shown", "on")];
        done(&mut desk, &format!("/o/m/{at}/appeals/{slip}/public"), &copy).await;
        assert!(anyone.get(&format!("/m/{at}/call")).await.body.contains("想要一副老花镜"));
        let page = one.get(&format!("{first}/wishes")).await.body;
        assert!(page.contains("138********") && !page.contains("13800138000"), "{page}");
        assert!(page.contains(&name) && !page.contains(&slip), "{page}");
        let by_code = one.post(&format!("{first}/wishes/{slip}"), &[]).await;
        assert_eq!(by_code.status, StatusCode::GONE, "as what never was");
        let taken = done(&mut one, &format!("{first}/wishes/{name}"), &[]).await;
        assert_eq!(taken.location(), format!("{first}/appeals/{name}"));
        let late = other.post(&format!("{second}/wishes/{name}"), &[]).await;
        assert!(
            late.status == StatusCode::CONFLICT && late.body.contains("刚被别的单位认领了"),
            "{}",
            late.body
        );
        let public = plain(&anyone.get(&format!("/m/{at}/call")).await);
        assert!(!public.contains("心愿"), "it is taken: {public}");
    })
    .await;
}

#[tokio::test]
async fn several_are_done_at_once_and_what_was_not_is_said_by_its_code() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let [(unit, ..), _] = units(&house).await;
        let (one, two) =
            (raised(&house, "n1", Category::Help).await, raised(&house, "n2", Category::Help).await);
        let (first, second) = (one.code.slip.to_string(), two.code.slip.to_string());
        let list = format!("/o/m/{}/appeals", house.at());
        assert!(desk.get(&list).await.body.contains("form=\"bulk\""));
        let none = desk.post(&format!("{list}/bulk"), &[("do", "urge")]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("请先勾选"));
        let unit = unit.to_string();
        let send = [
            ("do", "dispatch"),
            ("unit", unit.as_str()),
            ("pick", first.as_str()),
            ("pick", second.as_str()),
        ];
        let sent = done(&mut desk, &format!("{list}/bulk"), &send).await;
        assert!(plain(&desk.get(sent.location()).await).contains("办好 2 件"));
        let file = [("do", "file"), ("pick", first.as_str())];
        let early = desk.post(&format!("{list}/bulk"), &file).await;
        assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(early.body.contains("没办成") && early.body.contains("checked"), "{}", early.body);
        let rule = [("do", "route"), ("pick", first.as_str())];
        let no_rule = desk.post(&format!("{list}/bulk"), &rule).await;
        assert!(no_rule.body.contains("责任田里没有对应的规则"), "{}", no_rule.body);
        done(&mut desk, &format!("{list}/bulk"), &[("do", "urge"), ("pick", &second)]).await;
        assert!(house.state.store.appeal(two.code).await.unwrap().care.urged_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_text_is_put_into_the_field_by_a_link() {
    on_both(|house| async move {
        let mut desk = house.signed_in(ORGANIZER).await;
        let wrong = desk
            .post("/o/answers", &[("verb", "exclude"), ("category", ""), ("title", ""), ("body", "找街道")])
            .await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("找街道</textarea>"));
        let text =
            [("verb", "exclude"), ("category", "help"), ("title", "归街道管"), ("body", "请到街道服务中心")];
        done(&mut desk, "/o/answers", &text).await;
        let slip = raised(&house, "n1", Category::Help).await.code.slip;
        let one = format!("/o/m/{}/appeals/{slip}", house.at());
        let page = desk.get(&one).await.body;
        let from = page.find("?verb=exclude").unwrap();
        let query = page[from..].split(['"', '#']).next().unwrap().replace("&amp;", "&");
        let open = plain(&desk.get(&format!("{one}{query}")).await);
        assert!(open.contains("请到街道服务中心</textarea>"), "{open}");
        let id = house.state.store.templates(house.market.org).await.unwrap()[0].id;
        assert!(
            desk.get(&format!("/o/answers?edit={id}")).await.field("title").as_deref() == Some("归街道管")
        );
        done(&mut desk, &format!("/o/answers/{id}/drop"), &[]).await;
    })
    .await;
}
