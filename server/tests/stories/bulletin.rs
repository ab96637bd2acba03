//! The bulletin: what is signed stays, what comes later is a numbered correction, numbers are not typed by hand.

use crate::house::morning::{printed, saturday, tap};
use crate::house::{House, on_both};
use axum::http::StatusCode;
use kaishi_domain::chain::Head;
use kaishi_domain::market::Stage;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

fn path(house: &House, rest: &str) -> String {
    format!("/o/m/{}/bulletin{rest}", house.at())
}

#[tokio::test]
async fn what_is_signed_stays_and_what_comes_later_is_a_numbered_correction() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let store = &house.state.store;
        store.stage(&house.by, house.market.id, Stage::Closed, house.state.now()).await.unwrap();
        let page = desk.get(&path(&house, "")).await;
        let version = page.field("version").unwrap();
        let before = printed(&page.body, "encounters");
        let committee = house.signed_in(COMMITTEE).await.get(&path(&house, "")).await;
        assert!(committee.body.contains("还没有签发") && !committee.body.contains("当天共服务群众"));

        // Something comes in between looking and signing.
        tap(&house, "1", "zzzz-1", "consult", "5").await;
        let moved = desk.post(&path(&house, ""), &[("version", &version)]).await;
        assert_eq!(moved.status, StatusCode::CONFLICT);
        assert!(moved.body.contains("没有签发"), "{}", moved.body);
        let seen = printed(&moved.body, "encounters");
        assert_eq!(seen, before + 5);
        let signed = desk.post(&path(&house, ""), &[("version", &moved.field("version").unwrap())]).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);

        let (bulletin, issues) = store.bulletin(house.at()).await.unwrap().unwrap();
        let head: Head = store.ledger_head(house.at(), issues[0].seq).await.unwrap();
        assert_eq!((issues.len(), issues[0].head), (1, Some(head)));
        let page = desk.get(&path(&house, "")).await;
        assert!(page.body.contains(&head.to_string()) && page.field("version").is_none());

        // A phone that was offline: the text stays, the difference is told.
        tap(&house, "2", "zzzz-2", "consult", "7").await;
        let page = desk.get(&path(&house, "")).await;
        assert_eq!(printed(&page.body, "encounters"), seen, "what was signed does not move");
        assert!(page.body.contains(&format!("{seen} → {}（+7）", seen + 7)), "{}", page.body);
        let opened = desk.get(&path(&house, "/figures/encounters")).await;
        assert!(opened.body.contains("与简报的数字一致"), "the rows behind it are those of then");
        let version = page.field("version").unwrap();
        let correct = path(&house, "/correct");
        let empty = desk.post(&correct, &[("version", &version), ("why", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let done = desk.post(&correct, &[("version", &version), ("why", "2号摊手机断网")]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let again = desk.post(&correct, &[("version", &version), ("why", "2号摊手机断网")]).await;
        assert_eq!(again.status, StatusCode::CONFLICT, "the same form twice is one correction");
        let (still, issues) = store.bulletin(house.at()).await.unwrap().unwrap();
        assert_eq!((still, issues.len(), issues[1].n), (bulletin, 2, 1));
        let page = house.signed_in(COMMITTEE).await.get(&path(&house, "")).await;
        assert!(page.body.contains("第 1 号更正") && page.body.contains("2号摊手机断网"));
        assert!(!page.body.contains("/figures/"), "a committee sees totals");
        for rest in ["/figures/encounters", "/ledger.csv", "/edit"] {
            let mut committee = house.signed_in(COMMITTEE).await;
            assert_eq!(committee.get(&path(&house, rest)).await.status, StatusCode::FORBIDDEN, "{rest}");
        }
    })
    .await;
}

fn fields<'a>(form: &'a [(&'static str, String); 3]) -> Vec<(&'static str, &'a str)> {
    form.iter().map(|(name, text)| (*name, text.as_str())).collect()
}

#[tokio::test]
async fn the_prose_is_edited_and_a_number_typed_by_hand_is_refused() {
    on_both(|house| async move {
        saturday(&house).await;
        let mut desk = house.signed_in(ORGANIZER).await;
        let form = desk.get(&path(&house, "/edit")).await;
        let revision = form.field("revision").unwrap();
        let with = |served: &'static str, quotes: &'static str| {
            [("revision", revision.clone()), ("served", served.into()), ("quotes", quotes.into())]
        };
        let typed = with("服务群众9999人次，{服务人次}。", "");
        let wrong = desk.post(&path(&house, "/edit"), &fields(&typed)).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("9999人次”是手写的数字") && wrong.body.contains("服务群众9999人次"));
        let good = with("热闹的一天，服务{服务人次}。", "居民代表：办得快。");
        let saved = desk.post(&path(&house, "/edit"), &fields(&good)).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        let page = desk.get(&path(&house, "")).await.body;
        assert!(page.contains("热闹的一天，服务") && page.contains("居民代表说：“办得快。”"), "{page}");
        let stale = desk.post(&path(&house, "/edit"), &fields(&good)).await;
        assert_eq!(stale.status, StatusCode::CONFLICT, "an edit on an old revision overwrites nothing");
    })
    .await;
}
