//! What a unit and an organizer are told on the way: why a stall does not do, who was first, who must wait, what is late.

use crate::call::{RULES, claims, links, listed, pitch, posted};
use crate::house::{Answer, Browser, House, on_both};
use axum::http::StatusCode;
use kaishi_domain::assignment::{Act, Change};
use kaishi_domain::unit::vetting::{Cause, Step as Vetting};
use kaishi_server::demo::ORGANIZER;
use kaishi_store::Step;

#[track_caller]
fn told(answer: &Answer, texts: &[&str]) {
    for text in texts {
        assert!(answer.body.contains(text), "{text} in {}", answer.body);
    }
}

#[tokio::test]
async fn a_stall_that_cannot_serve_what_is_brought_is_refused_with_the_nearest_that_can() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = listed(&house, &mut organizer, "").await;
        let units = links(&mut organizer, &base).await;
        // No outlet reaches 11; one reaches 12.
        let (dry, wired) = (house.vacate("11").await, house.vacate("12").await);
        let (bad, good) = (dry.to_string(), wired.to_string());
        let mut phone = house.browser();
        let mut form = pitch("磨刀修伞", &[("stall", &bad), ("power", "2200"), ("note", "两张桌子")]);
        let refused = phone.post(&units[0], &form).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        told(&refused, &["11 号摊不合适：要 2.2 kW", "离它最近、也合适的是 12 号", "改认领 12 号"]);
        told(&refused, &["磨刀修伞", "两张桌子"]);
        assert_eq!(refused.field("stall").unwrap(), bad, "it may bring less instead");
        assert!(claims(&house).await.is_empty(), "nothing was given");
        form.push(("instead", &good));
        assert!(phone.post(&units[0], &form).await.location().ends_with("?done=taken"));
        let [claim] = &claims(&house).await[..] else { panic!("one answer") };

        // The text to paste leads to the unit's own page: the button is there.
        let home = units[0].strip_suffix("/call").unwrap();
        told(&phone.get(home).await, &["已录用，等确认", "收到，我们来"]);
        let yes = [("verb", "confirm"), ("page", "own")];
        let said = phone.post(&format!("{}/{}", units[0], claim.id), &yes).await;
        assert!(said.location().ends_with(home), "{}", said.location());
        let own = phone.get(home).await;
        assert!(own.body.contains("已确认") && !own.body.contains("收到，我们来"));

        // The organizers move it to where nothing reaches; the unit has another stall already.
        let entry = claim.state.entry().unwrap();
        let change = Change { entry, from: Some(wired), to: Some(dry), pinned: false };
        let step = Step { change, reason: "{}".into() };
        let now = house.state.now();
        house.state.store.arrange(&house.by, house.market.id, Act::Hand, &[step], now).await.unwrap();
        told(&organizer.get(&base).await, &["11 号摊不合适：要 2.2 kW", "这家占了 2 个摊位："]);
    })
    .await;
}

#[tokio::test]
async fn who_comes_too_late_keeps_what_was_typed() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = listed(&house, &mut organizer, RULES).await;
        let units = links(&mut organizer, &base).await;
        let (one, other) = (house.vacate("11").await, house.vacate("12").await);
        let (stall, next) = (one.to_string(), other.to_string());
        let (mut phone, mut second) = (house.browser(), house.browser());
        phone.post(&format!("{}/hold", units[0]), &[("stall", &stall)]).await;
        let looked = second.post(&format!("{}/hold", units[1]), &[("stall", &stall)]).await;
        assert_eq!(looked.status, StatusCode::CONFLICT);
        told(&looked, &["别的单位正在看这个摊位", "改认领 12 号"]);
        assert!(!looked.body.contains("刚被别的单位认领了"), "nobody has it yet");
        phone.post(&units[0], &pitch("修伞", &[("stall", &stall)])).await;

        let form = pitch("磨刀", &[("stall", &stall), ("note", "自带桌子")]);
        let lost = second.post(&units[1], &form).await;
        assert_eq!(lost.status, StatusCode::CONFLICT);
        told(&lost, &["刚被别的单位认领了", "离它最近、也合适的是 12 号", "这个摊位替您留到", "自带桌子"]);
        assert_eq!(lost.field("stall").unwrap(), next);
        assert_eq!(lost.field("name").unwrap(), "磨刀");
        let taken = second.post(&units[1], &pitch("磨刀", &[("stall", &next)])).await;
        assert!(taken.location().ends_with("?done=taken"));

        let mut third = house.browser();
        let none = third.post(&units[2], &pitch("补鞋", &[("stall", &stall)])).await;
        told(&none, &["现在没有别的空摊位合适"]);
        assert_eq!(none.field("stall").unwrap(), "", "it may offer");
        assert_eq!(none.field("name").unwrap(), "补鞋", "what it typed");
    })
    .await;
}

#[tokio::test]
async fn more_than_there_are_places_is_said_before_and_after_it_is_told() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = listed(&house, &mut organizer, "").await;
        let want = posted(&house, &mut organizer, &base, "1").await.id.to_string();
        let units = links(&mut organizer, &base).await;
        let mut phone = house.browser();
        for unit in &units[..2] {
            phone.post(unit, &pitch("量血压", &[("want", &want)])).await;
            house.clock.turn(1_000);
        }
        for claim in claims(&house).await {
            organizer.post(&format!("{base}/claim/{}", claim.id), &[("verb", "accept")]).await;
        }
        let before = organizer.get(&base).await;
        told(&before, &["“健康义诊”还缺 1 家，拟录用 2 家：先报名的录用，后面的 1 家转为候补。"]);
        let done = organizer.post(&format!("{base}/tell"), &[]).await;
        let after = organizer.get(done.location()).await;
        told(&after, &["已告知 2 家，其中候补 1 家。", "1 家告知不到 6 小时，还没确认。"]);
        assert!(!after.body.contains("录用的都确认了") && !after.body.contains("还缺 1 家，拟录用"));
        // It has no stall yet, and nobody says that it has.
        assert!(after.body.contains("摊位排好就告诉您") && !after.body.contains("摊位已为您留好"));
    })
    .await;
}

/// The path of the page on which a unit answers.
async fn page_of(phone: &mut Browser, units: &[String], name: &str) -> String {
    for unit in units {
        if phone.get(unit).await.body.contains(&format!("<h1>{name}")) {
            return unit.clone();
        }
    }
    panic!("{name} has no page")
}

#[tokio::test]
async fn who_may_not_come_or_lacks_a_paper_reads_why() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = listed(&house, &mut organizer, "").await;
        let units = links(&mut organizer, &base).await;
        house.vacate("12").await;
        let mut phone = house.browser();
        let (store, now) = (&house.state.store, house.state.now());
        let known = store.units(&house.by.viewer()).await.unwrap();
        let [out, lacks, ..] = &known[..] else { panic!("two units") };
        let page = page_of(&mut phone, &units, &out.name).await;
        told(&phone.get(&page).await, &["/hold", "?offer=yes"]);
        let (cause, evidence) = (Cause::Complaints, "三次投诉".to_owned());
        let delist = Vetting::Delist { cause, evidence, markets: Vec::new() };
        store.unit_vet(&house.by, out.id, &delist, now).await.unwrap();
        let shut = phone.get(&page).await;
        told(&shut, &["您单位已摘牌，不能报名。"]);
        assert!(!shut.body.contains("/hold") && !shut.body.contains("?offer=yes"), "{}", shut.body);
        assert!(!phone.get(&format!("{page}?offer=yes")).await.body.contains("招牌上写什么"));

        let page = page_of(&mut phone, &units, &lacks.name).await;
        let sent = phone.post(&page, &[("name", "健康角"), ("services", "测血糖")]).await;
        told(&phone.get(sent.location()).await, &["报上了", "“测血糖”要有", "没有它，不能做这一项"]);
    })
    .await;
}

/// The page of the call of a Saturday.
async fn call_of(house: &House, held_on: &str) -> String {
    let rows = house.state.store.season(&house.by.viewer()).await.unwrap();
    let row = rows.into_iter().find(|row| row.market.held_on == held_on).unwrap();
    let at = kaishi_domain::MarketRef { org: row.market.org, market: row.market.id };
    format!("/o/m/{at}/call")
}

async fn write(organizer: &mut Browser, base: &str, deadline: &str) -> Answer {
    let form = [("intro", "诚邀"), ("deadline", deadline), ("policy", "free"), ("listed", "yes")];
    organizer.post(base, &form).await
}

#[tokio::test]
async fn a_deadline_is_before_the_opening_and_the_rules_of_the_last_time_are_there() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let today = listed(&house, &mut organizer, RULES).await;
        organizer.post("/o/series", &[("day", "2023-05-20")]).await;
        let next = call_of(&house, "2023-05-20").await;
        told(&organizer.get(&next).await, &[RULES, "2023-05-17T18:00"]);
        for (base, deadline, why) in [
            (&today, "2023-05-13T09:00", "截止时间已经过了"),
            (&today, "2023-05-13T20:01", "不能晚于收市时间"),
            (&next, "2023-05-20T08:31", "不能晚于开市时间"),
            (&next, "2023-05-12T18:00", "截止时间已经过了"),
        ] {
            let wrong = write(&mut organizer, base, deadline).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{deadline}");
            told(&wrong, &[why, deadline]);
        }
        let done = write(&mut organizer, &next, "2023-05-20T08:30").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
        // What stood before is not asked again.
        house.clock.turn(2 * 3_600_000);
        let done = write(&mut organizer, &today, "2023-05-13T11:30").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER);
    })
    .await;
}
