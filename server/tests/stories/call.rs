//! The call over HTTP: an organizer lists it and decides, units answer behind their link without an account.

use crate::house::{Answer, Browser, House, on_both};
use axum::http::StatusCode;
use kaishi_domain::call::Want;
use kaishi_domain::moment::MINUTE;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

pub const RULES: &str = "不占消防通道，散场带走垃圾。";

/// The call of the demo's market, listed an hour before closing.
pub async fn listed(house: &House, organizer: &mut Browser, rules: &str) -> String {
    let base = format!("/o/m/{}/call", house.at());
    let letter = [
        ("intro", "诚邀各单位"),
        ("rules", rules),
        ("deadline", "2023-05-13T11:30"),
        ("policy", "free"),
        ("listed", "yes"),
    ];
    assert_eq!(organizer.post(&base, &letter).await.status, StatusCode::SEE_OTHER);
    base
}

pub async fn posted(house: &House, organizer: &mut Browser, base: &str, seats: &str) -> Want {
    let want = [("title", "健康义诊"), ("seats", seats), ("zone", "B"), ("detail", "会量血压")];
    assert_eq!(organizer.post(&format!("{base}/want"), &want).await.status, StatusCode::SEE_OTHER);
    let wants = house.state.store.wants(house.at()).await.unwrap();
    wants.into_iter().find(|want| want.title == "健康义诊").unwrap()
}

/// The paths of the units' pages, as the organizer's page lists them.
pub async fn links(organizer: &mut Browser, base: &str) -> Vec<String> {
    assert_eq!(organizer.post(&format!("{base}/links"), &[]).await.status, StatusCode::SEE_OTHER);
    let page = organizer.get(base).await.body;
    let found = page.split("href=\"").filter_map(|part| {
        let address = part.split('"').next()?;
        Some(address.split_once("/u/").filter(|_| address.starts_with("http"))?.1.to_owned())
    });
    found.map(|token| format!("/u/{token}/call")).collect()
}

pub fn pitch<'a>(name: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = vec![("name", name), ("services", "写春联"), ("agree", "yes")];
    form.extend_from_slice(more);
    form
}

pub async fn claims(house: &House) -> Vec<kaishi_domain::call::Claim> {
    house.state.store.claims(house.at()).await.unwrap()
}

#[tokio::test]
async fn a_unit_that_has_not_joined_yet_reads_its_own_name_on_its_page() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let fresh = [("name", "书法协会"), ("kind", "association"), ("contact_role", "会长")];
        organizer.post("/o/units", &fresh).await;
        let base = listed(&house, &mut organizer, "").await;
        let mut phone = house.browser();
        let mut named = 0;
        for link in links(&mut organizer, &base).await {
            let page = phone.get(link.strip_suffix("/call").unwrap()).await.body;
            assert!(!page.contains("<h1> "), "every unit has its name");
            named += usize::from(page.contains("<h1>书法协会"));
        }
        assert_eq!(named, 1);
    })
    .await;
}

#[tokio::test]
async fn a_unit_bids_by_its_link_is_told_and_confirms() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let mut phone = house.browser();
        let public = format!("/m/{}/call", house.at());
        let before = phone.get(&public).await.body;
        assert!(before.contains("急救课堂") && before.contains("报名已经截止"), "the demo's call is over");
        let base = listed(&house, &mut organizer, RULES).await;
        let want = posted(&house, &mut organizer, &base, "1").await;
        let units = links(&mut organizer, &base).await;
        assert!(units.len() > 3);
        let read = phone.get(&public).await.body;
        assert!(read.contains("健康义诊") && read.contains("诚邀各单位") && read.contains(RULES));

        let board = phone.get(&units[0]).await;
        assert!(board.body.contains("健康义诊") && board.body.contains("5月13日 11:30"));
        let id = want.id.to_string();
        let form = phone.get(&format!("{}?want={id}", units[0])).await;
        assert_eq!(form.field("want").unwrap(), id);
        let mut fields = pitch("名医义诊", &[("want", &id), ("power", "三百")]);
        let wrong = phone.post(&units[0], &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(
            wrong.body.contains("用电写 0 到 20000") && wrong.body.contains("名医义诊"),
            "nothing is lost"
        );
        fields[4].1 = "300";
        let without: Vec<_> = fields.iter().copied().filter(|(name, _)| *name != "agree").collect();
        assert!(phone.post(&units[0], &without).await.body.contains("要先同意参市公约"));
        let sent = phone.post(&units[0], &fields).await;
        assert!(sent.location().ends_with("/call?done=sent"));
        assert_eq!(phone.post(&units[0], &fields).await.status, StatusCode::CONFLICT, "one bid a want");
        house.clock.turn(1_000);
        phone.post(&units[1], &fields).await;

        let [first, second] = &claims(&house).await[..] else { panic!("two bids") };
        assert_eq!((first.pitch.needs.power_w, first.pitch.zone.as_str()), (300, "B"));
        for claim in [first, second] {
            let act = format!("{base}/claim/{}", claim.id);
            assert_eq!(organizer.post(&act, &[("verb", "accept")]).await.status, StatusCode::SEE_OTHER);
        }
        assert!(phone.get(&units[0]).await.body.contains("等社区定"), "prepared is not told");
        let none = organizer.post(&format!("{base}/claim/{}", first.id), &[("verb", "decline")]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(none.body.contains("要写理由"));
        // A service that needs a paper which the unit does not have is not accepted.
        let clinic = [("want", id.as_str()), ("name", "义诊"), ("services", "测血糖"), ("agree", "yes")];
        house.clock.turn(1_000);
        phone.post(&units[2], &clinic).await;
        let third = claims(&house).await.pop().unwrap();
        let ungated = organizer.post(&format!("{base}/claim/{}", third.id), &[("verb", "accept")]).await;
        assert_eq!(ungated.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(ungated.body.contains("“测血糖”要有"));
        organizer.post(&format!("{base}/tell"), &[]).await;
        let page = organizer.get(&base).await.body;
        assert!(page.contains("已录用，等确认") && page.contains("收到，我们来"), "with a message to paste");
        let reminder = format!("{}：", first.unit_name);
        assert!(page.contains(&reminder) && page.contains("好让候补的单位来"), "who is silent is reminded");
        assert!(phone.get(&units[1]).await.body.contains("候补"));

        let reply = format!("{}/{}", units[0], first.id);
        phone.post(&reply, &[("verb", "confirm")]).await;
        assert_eq!(claims(&house).await[0].state.code(), "confirmed");
        assert!(phone.get(&public).await.body.contains(&first.unit_name));
        // Somebody else's answer is not theirs to take back.
        phone.post(&format!("{}/{}", units[1], first.id), &[("verb", "leave")]).await;
        assert_eq!(claims(&house).await[0].state.code(), "confirmed");
        phone.post(&reply, &[("verb", "leave"), ("reason", "有会")]).await;
        let now: Vec<_> = claims(&house).await.iter().map(|claim| claim.state.code()).collect();
        assert_eq!(now, ["withdrawn", "accepted", "new"], "the waitlist moves up by itself");
    })
    .await;
}

#[tokio::test]
async fn two_units_want_one_stall_and_the_second_is_offered_the_nearest() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = listed(&house, &mut organizer, "").await;
        let units = links(&mut organizer, &base).await;
        let (one, other) = (house.vacate("11").await, house.vacate("12").await);
        let (mut phone, mut second) = (house.browser(), house.browser());
        let hold = |unit: &str| format!("{unit}/hold");
        let stall = one.to_string();
        let kept = phone.post(&hold(&units[0]), &[("stall", &stall)]).await;
        let form = phone.get(kept.location()).await;
        assert!(form.body.contains("这个摊位替您留到"));
        let late = second.post(&hold(&units[1]), &[("stall", &stall)]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("别的单位正在看这个摊位，请稍后再试。"), "it may be free again");
        assert!(late.body.contains("离它最近、也合适的是 12 号"), "not the lost one: {}", excerpt(&late));
        let clinic = [("stall", stall.as_str()), ("name", "义诊"), ("services", "测血糖")];
        let ungated = phone.post(&units[0], &clinic).await;
        assert_eq!(ungated.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(ungated.body.contains("“测血糖”要有") && ungated.body.contains("义诊"));
        let taken = phone.post(&units[0], &pitch("磨刀修伞", &[("stall", &stall)])).await;
        assert!(taken.location().ends_with("?done=taken"));
        // It was asked by telephone: the organizer notes that it comes.
        let roster = format!("/o/m/{}/entries", house.at());
        let claim = claims(&house).await.into_iter().find(|claim| claim.pitch.name == "磨刀修伞").unwrap();
        let entry = claim.state.entry().unwrap();
        assert!(organizer.get(&roster).await.body.contains(&format!("{entry}/confirm")));
        house.clock.turn(MINUTE);
        let said = organizer.post(&format!("{roster}/{entry}/confirm"), &[]).await;
        assert_eq!(said.location(), roster);
        assert!(!organizer.get(&roster).await.body.contains(&format!("{entry}/confirm")));
        assert!(organizer.get("/o/audit").await.body.contains("claim.phone"), "noted as done at the desk");
        let nobody = organizer.post(&format!("{roster}/{}/confirm", house.at().market), &[]).await;
        assert_eq!(nobody.status, StatusCode::NOT_FOUND);
        let lost = second.post(&units[1], &pitch("磨刀修伞", &[("stall", &stall)])).await;
        assert_eq!(lost.status, StatusCode::CONFLICT);
        assert!(lost.body.contains("刚被别的单位认领了"));
        let assigned = house.state.store.assignments(house.at()).await.unwrap();
        assert_eq!(assigned.iter().filter(|at| at.held.stall == one).count(), 1);
        assert!(assigned.iter().all(|at| at.held.stall != other), "the other is still open");
        let open = other.to_string();
        assert!(second.get(&units[1]).await.body.contains(&open));
        let (store, market) = (&house.state.store, house.at().market);
        store.stall_reserve(&house.by, market, other, "留给街道", house.state.now()).await.unwrap();
        assert!(!second.get(&units[1]).await.body.contains(&open), "what is kept free is not offered");
        store.stall_release(&house.by, market, other, house.state.now()).await.unwrap();
        house.clock.turn(2 * 3_600_000);
        let over = second.post(&units[1], &pitch("磨刀修伞", &[("stall", &other.to_string())])).await;
        assert!(over.body.contains("报名已经截止"));
    })
    .await;
}

fn excerpt(answer: &Answer) -> String {
    answer.body.chars().take(4_000).collect()
}

#[tokio::test]
async fn wrong_letters_and_wants_are_told_and_lose_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = format!("/o/m/{}/call", house.at());
        let bad = [("intro", "诚邀"), ("rules", ""), ("deadline", "明天"), ("policy", "free")];
        let wrong = organizer.post(&base, &bad).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("截止时间要写成") && wrong.body.contains("诚邀"));
        for (title, seats) in [("", "1"), ("义诊", "0"), ("义诊", "many"), ("义诊", "41")] {
            let want = [("title", title), ("seats", seats), ("zone", "")];
            let wrong = organizer.post(&format!("{base}/want"), &want).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{title} {seats}");
        }
        assert_eq!(house.state.store.wants(house.at()).await.unwrap().len(), 4, "as before");
        let want = posted(&house, &mut organizer, &base, "2").await;
        let gone = organizer.post(&format!("{base}/want/{}", want.id), &[]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER);
        assert_eq!(house.state.store.wants(house.at()).await.unwrap().len(), 4);
    })
    .await;
}

#[tokio::test]
async fn a_committee_looks_and_decides_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = listed(&house, &mut organizer, "").await;
        links(&mut organizer, &base).await;
        let mut committee = house.signed_in(COMMITTEE).await;
        let page = committee.get(&base).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.body.contains("/u/"), "no link that answers for a unit");
        for path in ["", "/want", "/tell", "/links"] {
            let form = [("deadline", "2023-05-13T11:30"), ("policy", "free"), ("title", "x"), ("seats", "1")];
            let no = committee.post(&format!("{base}{path}"), &form).await;
            assert_eq!(no.status, StatusCode::FORBIDDEN, "{path}");
        }
        let mut nobody = house.browser();
        assert_eq!(nobody.get(&base).await.status, StatusCode::SEE_OTHER);
        assert_eq!(nobody.get("/u/AAAA/call").await.status, StatusCode::NOT_FOUND);
        assert_eq!(nobody.get("/m/nothing/call").await.status, StatusCode::NOT_FOUND);
    })
    .await;
}
