//! The register of units over HTTP: found, corrected, vetted, delisted, and who may do what.

use crate::house::{House, on_both};
use axum::http::StatusCode;
use kaishi_domain::UnitId;
use kaishi_domain::unit::Unit;
use kaishi_server::demo::{AUDITOR, COMMITTEE, ORGANIZER};

async fn units(house: &House) -> Vec<Unit> {
    house.state.store.units(&house.by.viewer()).await.unwrap()
}

pub async fn named(house: &House, name: &str) -> Unit {
    units(house).await.into_iter().find(|unit| unit.name == name).unwrap()
}

async fn one(house: &House, id: UnitId) -> Unit {
    house.state.store.unit(&house.by.viewer(), id).await.unwrap()
}

pub const COFFEE: &str = "爱心企业（未具名）";

#[tokio::test]
async fn a_unit_is_found_by_sound_by_kind_and_by_papers_that_end() {
    on_both(|house| async move {
        let mut auditor = house.signed_in(AUDITOR).await;
        let all = auditor.get("/o/units").await.body;
        assert!(all.contains("莲花街道党工委") && all.contains("还有 21 天"));
        for (query, found, other) in [
            ("q=lnxh", "福中社区老年协会党支部", "参办企业"),
            ("q=%E4%B9%A6%E7%94%BB", "福中社区老年协会党支部", "参办企业"),
            ("q=&kind=company&standing=candidate", "参办企业", COFFEE),
            ("ending=1", COFFEE, "参办企业"),
        ] {
            let page = auditor.get(&format!("/o/units?{query}")).await.body;
            assert!(page.contains(found) && !page.contains(other), "{query}");
        }
        assert!(auditor.get("/o/units?q=zzzz").await.body.contains("没有找到这样的单位"));
    })
    .await;
}

#[tokio::test]
async fn a_service_that_goes_on_after_hours_says_so_in_the_register_and_to_residents() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let id = named(&house, "福中社区老年协会党支部").await.id;
        let base = format!("/o/units/{id}");
        assert!(!organizer.get(&base).await.body.contains("<span class=\"chip\">不打烊"));
        let service = [("name", "书画"), ("category", "culture"), ("audience", "elders"), ("off_hours", "1")];
        organizer.post(&format!("{base}/services"), &service).await;
        assert!(organizer.get(&base).await.body.contains("<span class=\"chip\">不打烊"));
        assert!(organizer.get("/o/units/export.csv").await.body.contains("书画｜文化联谊｜老人｜不打烊"));
        let mut browser = house.browser();
        house.clock.turn(3_000);
        assert!(browser.get(&format!("/m/{}", house.at())).await.body.contains("书画（不打烊）"));
        let found = browser.get(&format!("/m/{}?q=%E4%B8%8D%E6%89%93%E7%83%8A", house.at())).await.body;
        assert!(found.contains("id=\"stall-7\"") && !found.contains("id=\"stall-5\""));
        assert!(browser.get(&house.stall("7")).await.body.contains("class=\"open-late\">不打烊"));
        assert!(!browser.get(&house.stall("5")).await.body.contains("不打烊"));
    })
    .await;
}

#[tokio::test]
async fn where_visitors_go_on_to_is_noted_on_either_unit_and_forgotten_again() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let (one, other) = (named(&house, "参办企业").await.id, named(&house, COFFEE).await.id);
        let (base, there) = (format!("/o/units/{one}"), format!("/o/units/{other}"));
        let itself = [("other", one.to_string()), ("flow", "many".to_owned())];
        let itself: Vec<(&str, &str)> = itself.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let refused = organizer.post(&format!("{base}/ties"), &itself).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("不能选自己"));
        let id = other.to_string();
        let done = organizer.post(&format!("{base}/ties"), &[("other", &id), ("flow", "many")]).await;
        assert_eq!(done.location(), format!("{base}#ties"));
        let chip = "<span class=\"chip\">很多";
        assert!(
            organizer.get(&base).await.body.contains(chip) && organizer.get(&there).await.body.contains(chip)
        );
        let mut committee = house.signed_in(COMMITTEE).await;
        let denied = committee.post(&format!("{base}/ties/drop"), &[("other", &id)]).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        organizer.post(&format!("{there}/ties/drop"), &[("other", &one.to_string())]).await;
        assert!(!organizer.get(&base).await.body.contains(chip));
    })
    .await;
}

#[tokio::test]
async fn a_catalogue_a_card_and_papers_are_kept_and_mistakes_lose_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let id = named(&house, "参办企业").await.id;
        let base = format!("/o/units/{id}");
        let service =
            [("name", "健康义诊"), ("category", ""), ("audience", "elders"), ("audience", "riders")];
        let done = organizer.post(&format!("{base}/services"), &service).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, &*format!("{base}#services")));
        let page = organizer.get(&base).await.body;
        assert!(page.contains("“健康义诊”要有义诊备案，这家还没有登记。") && page.contains("骑手快递员"));

        let paper =
            [("kind", "free_clinic"), ("number", "备-1"), ("issued_by", "区卫健局"), ("valid_until", "明年")];
        let wrong = organizer.post(&format!("{base}/papers"), &paper).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(wrong.field("issued_by").unwrap(), "区卫健局");
        let paper = [paper[0], paper[1], paper[2], ("valid_until", "2023-05-20")];
        assert_eq!(organizer.post(&format!("{base}/papers"), &paper).await.status, StatusCode::SEE_OTHER);
        let unit = one(&house, id).await;
        assert_eq!((unit.credentials.len(), unit.services.len()), (1, 2));

        let basics =
            [("name", "参办企业"), ("kind", "expert"), ("contact_role", "宣讲人"), ("pledge", "不推销")];
        assert_eq!(organizer.post(&base, &basics).await.status, StatusCode::SEE_OTHER);
        let long = "长".repeat(201);
        let wrong = organizer.post(&base, &[basics[0], basics[1], basics[2], ("pledge", &long)]).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("承诺 200 字以内"));
        assert_eq!(wrong.field("pledge").unwrap(), long);
        assert_eq!(one(&house, id).await.card.pledge, "不推销");

        for (path, fields) in [("services/drop", &[("name", "健康义诊")][..]), ("papers/drop", &paper[..2])]
        {
            assert_eq!(organizer.post(&format!("{base}/{path}"), fields).await.status, StatusCode::SEE_OTHER);
        }
        let unit = one(&house, id).await;
        assert_eq!((unit.credentials.len(), unit.services.len()), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn residents_read_who_serves_and_what_is_promised() {
    on_both(|house| async move {
        let id = named(&house, "福中社区老年协会党支部").await.id;
        let mut resident = house.browser();
        let page = resident.get(&house.stall("7")).await.body;
        assert!(page.contains("亮承诺") && page.contains("来了就教，不收费"), "{page}");
        let mut organizer = house.signed_in(ORGANIZER).await;
        let bare =
            [("name", "福中社区老年协会党支部"), ("kind", "branch"), ("contact_role", "长青老龄大学老师")];
        assert_eq!(organizer.post(&format!("/o/units/{id}"), &bare).await.status, StatusCode::SEE_OTHER);
        assert!(!resident.get(&house.stall("7")).await.body.contains("亮承诺"));
    })
    .await;
}

#[tokio::test]
async fn an_entry_whose_unit_lacks_a_paper_is_told_on_the_roster() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let roster = format!("/o/m/{}/entries", house.at());
        assert!(!organizer.get(&roster).await.body.contains("class=\"warn\""));
        let id = named(&house, COFFEE).await.id;
        let gone = [("kind", "food"), ("number", "")];
        organizer.post(&format!("/o/units/{id}/papers/drop"), &gone).await;
        let told = organizer.get(&roster).await.body;
        assert!(told.contains("“答题换饮品美食”要有食品经营许可，这家还没有登记。"));
        let late = [("kind", "food"), ("issued_by", "区市场监管局"), ("valid_until", "2023-05-12")];
        organizer.post(&format!("/o/units/{id}/papers"), &late).await;
        assert!(organizer.get(&roster).await.body.contains("这家的只到 2023-05-12，开市那天已过期。"));
    })
    .await;
}

#[tokio::test]
async fn history_and_notes_stand_on_the_page_of_the_unit() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let id = named(&house, "莲花街道企服部").await.id;
        let base = format!("/o/units/{id}");
        let page = organizer.get(&base).await.body;
        assert!(page.contains("准时 1 次，迟到 1 次，未到 0 次") && page.contains("迟到 12 分钟"), "{page}");
        let note = organizer.post(&format!("{base}/notes"), &[("words", "要两张桌子")]).await;
        assert_eq!(note.status, StatusCode::SEE_OTHER);
        let page = organizer.get(&base).await;
        assert!(page.body.contains("要两张桌子"));
        let note = page.field("note").unwrap();
        assert_eq!(
            organizer.post(&format!("{base}/notes/drop"), &[("note", &note)]).await.status,
            StatusCode::SEE_OTHER
        );
        assert!(!organizer.get(&base).await.body.contains("要两张桌子"));
        let empty = organizer.post(&format!("{base}/notes"), &[("words", "")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    })
    .await;
}

/// Every address of the register with the least that a role must be: `false` for organizers only.
const GETS: [(&str, bool); 5] = [
    ("/o/units", true),
    ("/o/units/{unit}", true),
    ("/o/units/import", false),
    ("/o/units/export.csv", true),
    ("/o/units/export.xlsx", true),
];
const POSTS: [&str; 15] = [
    "/o/units/import/check",
    "/o/units/import/apply",
    "/o/units/import/wrong.csv",
    "/o/units",
    "/o/units/{unit}",
    "/o/units/{unit}/services",
    "/o/units/{unit}/services/drop",
    "/o/units/{unit}/papers",
    "/o/units/{unit}/papers/drop",
    "/o/units/{unit}/vetting",
    "/o/units/{unit}/vetting/undo",
    "/o/units/{unit}/archive",
    "/o/units/{unit}/restore",
    "/o/units/{unit}/notes",
    "/o/units/{unit}/notes/drop",
];

#[tokio::test]
async fn an_auditor_looks_and_a_stranger_signs_in() {
    on_both(|house| async move {
        let before = units(&house).await;
        let unit = before[0].id.to_string();
        let note = "0189000000007000800000000000abcd";
        let form = [
            ("name", "x"),
            ("kind", "food"),
            ("contact_role", "x"),
            ("verb", "vet"),
            ("words", "x"),
            ("note", note),
            ("issued_by", "x"),
            ("valid_until", "2030-01-01"),
        ];
        let mut auditor = house.signed_in(AUDITOR).await;
        let mut stranger = house.browser();
        for (path, may_look) in GETS {
            let path = path.replace("{unit}", &unit);
            let want = if may_look { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(auditor.get(&path).await.status, want, "{path}");
            assert_eq!(stranger.get(&path).await.location(), "/login", "{path}");
        }
        for path in POSTS {
            let path = path.replace("{unit}", &unit);
            assert_eq!(auditor.post(&path, &form).await.status, StatusCode::FORBIDDEN, "{path}");
            assert_eq!(stranger.post(&path, &form).await.location(), "/login", "{path}");
        }
        let page = auditor.get("/o/units").await.body;
        assert!(!page.contains("unit-name") && !page.contains("/o/units/import"));
        assert_eq!(units(&house).await, before);
    })
    .await;
}
