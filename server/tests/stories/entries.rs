//! The roster of a Saturday over HTTP: added, refused without loss, corrected, withdrawn.

use crate::house::on_both;
use axum::http::StatusCode;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

#[tokio::test]
async fn an_entry_is_added_refused_without_loss_corrected_and_withdrawn() {
    on_both(|house| async move {
        let base = format!("/o/m/{}/entries", house.at());
        let mut organizer = house.signed_in(ORGANIZER).await;
        let before = house.state.store.entries(house.at()).await.unwrap().len();
        let mut fields = vec![
            ("name", "健康义诊"),
            ("unit", ""),
            ("zone", "A"),
            ("way", "bid"),
            ("services", "量血压、测血糖"),
            ("wishes", "3，7"),
            ("power", "三百"),
            ("width", "2.5"),
            ("waiting", "12"),
            ("step_free", "yes"),
        ];
        let wrong = organizer.post(&base, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("只写数字") && wrong.body.contains("量血压、测血糖"));
        assert_eq!(wrong.field("width").unwrap(), "2.5");
        fields[6].1 = "300";
        assert_eq!(organizer.post(&base, &fields).await.status, StatusCode::SEE_OTHER);
        let entries = house.state.store.entries(house.at()).await.unwrap();
        let entry = entries.iter().find(|entry| entry.name == "健康义诊").unwrap();
        let needs = &entry.needs;
        assert_eq!((needs.power_w, needs.width_cm, needs.waiting), (300, 250, 12));
        assert!(needs.step_free && needs.queue && !needs.water);
        assert_eq!((entry.wishes.join(" "), entry.services.len()), ("3 7".to_owned(), 2));

        let one = format!("{base}/{}", entry.id);
        assert_eq!(organizer.get(&one).await.field("power").unwrap(), "300");
        fields[0].1 = "";
        let refused = organizer.post(&one, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        fields[0].1 = "名医义诊";
        assert_eq!(organizer.post(&one, &fields).await.status, StatusCode::SEE_OTHER);
        assert!(organizer.get(&base).await.body.contains("名医义诊"));
        let gone = organizer.post(&format!("{one}/withdraw"), &[]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER);
        assert_eq!(house.state.store.entries(house.at()).await.unwrap().len(), before);
        assert_eq!(organizer.get(&one).await.status, StatusCode::NOT_FOUND);
    })
    .await;
}

#[tokio::test]
async fn who_stands_is_not_withdrawn_and_a_committee_only_looks() {
    on_both(|house| async move {
        let base = format!("/o/m/{}/entries", house.at());
        let assigned = house.state.store.assignments(house.at()).await.unwrap();
        let one = format!("{base}/{}", assigned[0].held.entry);
        let mut organizer = house.signed_in(ORGANIZER).await;
        let held = organizer.post(&format!("{one}/withdraw"), &[]).await;
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(held.body.contains("先在排摊里撤下"));
        let mut committee = house.signed_in(COMMITTEE).await;
        let list = committee.get(&base).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("书记有约") && !list.body.contains("entry-name"));
        assert_eq!(committee.get(&one).await.status, StatusCode::FORBIDDEN);
        assert_eq!(committee.post(&format!("{one}/withdraw"), &[]).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
