//! A unit leaves and comes back: delisted and heard, a step taken back, put aside for good.

use axum::http::StatusCode;
use kaishi_domain::moment::MINUTE;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

use crate::house::on_both;
use crate::units::{COFFEE, named};

#[tokio::test]
async fn a_delisted_unit_joins_nothing_until_it_was_heard() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let id = named(&house, COFFEE).await.id;
        let base = format!("/o/units/{id}");
        let vetting = format!("{base}/vetting");
        let market = house.market.id.to_string();
        let mut delist =
            vec![("verb", "delist"), ("cause", "complaints"), ("market", &market), ("words", " ")];
        let wrong = organizer.post(&vetting, &delist).await;
        assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("依据要写"));
        delist[3].1 = "5月13日两次投诉推销";
        assert_eq!(organizer.post(&vetting, &delist).await.status, StatusCode::SEE_OTHER);
        let page = organizer.get(&base).await.body;
        assert!(
            page.contains("已摘牌") && page.contains("5月13日两次投诉推销") && page.contains("年内被投诉")
        );

        let roster = format!("/o/m/{}/entries", house.at());
        let unit = id.to_string();
        let entry = [("name", "再来一摊"), ("unit", unit.as_str()), ("way", "take")];
        let refused = organizer.post(&roster, &entry).await;
        assert!(
            refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("这家单位不能再参市")
        );
        assert_eq!(refused.field("name").unwrap(), "再来一摊");

        let late = organizer.post(&vetting, &[("verb", "uphold"), ("words", "维持")]).await;
        assert!(late.status == StatusCode::UNPROCESSABLE_ENTITY && late.body.contains("别人先了一步"));
        for (verb, words) in [("appeal", "已经整改"), ("readmit", "复核通过")] {
            let done = organizer.post(&vetting, &[("verb", verb), ("words", words)]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{verb}");
        }
        assert_eq!(organizer.post(&roster, &entry).await.status, StatusCode::SEE_OTHER);
    })
    .await;
}

#[tokio::test]
async fn a_step_that_was_a_slip_is_taken_back_on_the_page() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let base = format!("/o/units/{}", named(&house, COFFEE).await.id);
        let delist = [("verb", "delist"), ("cause", "complaints"), ("words", "点错了")];
        organizer.post(&format!("{base}/vetting"), &delist).await;
        let page = organizer.get(&base).await.body;
        assert!(page.contains("已摘牌") && page.contains("撤销这一步：摘牌"), "{page}");
        let mut committee = house.signed_in(COMMITTEE).await;
        let denied = committee.post(&format!("{base}/vetting/undo"), &[]).await;
        assert_eq!(denied.status, StatusCode::FORBIDDEN);
        let done = organizer.post(&format!("{base}/vetting/undo"), &[]).await;
        assert_eq!(done.location(), format!("{base}#vetting"));
        let page = organizer.get(&base).await.body;
        assert!(!page.contains("这家单位不能再参市") && page.contains("点错了"), "{page}");
        assert!(page.contains("已撤销 · "), "{page}");
        organizer.post(&format!("{base}/vetting"), &delist).await;
        house.clock.turn(11 * 60_000);
        let late = organizer.post(&format!("{base}/vetting/undo"), &[]).await;
        assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(late.body.contains("不能撤销了") && !late.body.contains("撤销这一步"), "{}", late.body);
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_is_put_aside_leaves_the_lists_and_comes_back() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let add =
            [("name", "已搬走的店"), ("kind", "merchant"), ("contact_role", "店长"), ("services", "义诊")];
        organizer.post("/o/units", &add).await;
        assert!(
            organizer.get("/o/units").await.body.contains("缺义诊备案"),
            "what it lacks is told in the list"
        );
        let base = format!("/o/units/{}", named(&house, "已搬走的店").await.id);
        let none = organizer.post(&format!("{base}/archive"), &[("why", " ")]).await;
        assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.body.contains("理由要写"));
        let here = format!("/o/units/{}", named(&house, COFFEE).await.id);
        let coming = organizer.post(&format!("{here}/archive"), &[("why", "不来了")]).await;
        assert_eq!(coming.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(coming.body.contains("没开完的市集名单上"), "{}", coming.body);
        house.clock.turn(MINUTE);
        let done = organizer.post(&format!("{base}/archive"), &[("why", "搬走了")]).await;
        assert_eq!(done.location(), format!("{base}#archive"));
        let page = organizer.get(&base).await.body;
        assert!(page.contains("已归档") && page.contains("搬走了"), "{page}");
        let entries = format!("/o/m/{}/entries", house.at());
        for path in ["/o/units", "/o/units/export.csv", "/o/units/season", entries.as_str()] {
            assert!(!organizer.get(path).await.body.contains("已搬走的店"), "{path}");
        }
        assert!(organizer.get("/o/units?archived=1").await.body.contains("已搬走的店"));
        organizer.post(&format!("{base}/restore"), &[("why", "又回来了")]).await;
        assert!(organizer.get("/o/units").await.body.contains("已搬走的店"));
        let trail = organizer.get("/o/audit").await.body;
        assert!(trail.contains("单位：归档") && trail.contains("单位：恢复"), "{trail}");
    })
    .await;
}
