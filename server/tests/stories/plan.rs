//! Planning a new Saturday.

use crate::house::on_both;
use axum::http::StatusCode;
use kaishi_server::demo::{COMMITTEE, ORGANIZER};

const SATURDAY: [(&str, &str); 7] = [
    ("opens", "08:30"),
    ("closes", "12:00"),
    ("name", "党员服务市集"),
    ("theme", "便民就在家门口"),
    ("host", "街道党工委"),
    ("organizer", "社区党委"),
    ("zone", "民有所呼"),
];

#[tokio::test]
async fn the_next_saturday_comes_from_the_last_one() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let form = organizer.get("/o/new").await;
        assert_eq!(form.field("held_on").unwrap(), "2023-05-20");
        assert!(form.body.contains("民有所呼，我有所应"));
        let ground = house.market.ground.to_string();
        let mut fields = SATURDAY.to_vec();
        fields.extend([("held_on", "2023-05-20"), ("ground", ground.as_str())]);
        let made = organizer.post("/o/new", &fields).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert!(made.location().ends_with("/layout"));
        let season = house.state.store.season(&house.by.viewer()).await.unwrap();
        assert_eq!((season.len(), season[0].market.ordinal), (2, 15));
        assert_eq!(season[0].market.ground, house.market.ground);
    })
    .await;
}

#[tokio::test]
async fn a_new_ground_is_measured_and_a_mistake_loses_nothing() {
    on_both(|house| async move {
        let mut organizer = house.signed_in(ORGANIZER).await;
        let mut fields = SATURDAY.to_vec();
        fields.extend([
            ("held_on", "2023-05-27"),
            ("ground", ""),
            ("ground_title", "新雪广场"),
            ("width", "4"),
        ]);
        let wrong = organizer.post("/o/new", &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("5 到 500 米") && wrong.body.contains("新雪广场"));
        assert_eq!(wrong.field("theme").unwrap(), "便民就在家门口");
        assert_eq!(house.state.store.season(&house.by.viewer()).await.unwrap().len(), 1);
        fields.retain(|field| field.0 != "width");
        fields.extend([("width", "40"), ("depth", "25")]);
        assert_eq!(organizer.post("/o/new", &fields).await.status, StatusCode::SEE_OTHER);
        assert_eq!(house.state.store.grounds(&house.by.viewer()).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_committee_plans_nothing() {
    on_both(|house| async move {
        let mut committee = house.signed_in(COMMITTEE).await;
        assert_eq!(committee.get("/o/new").await.status, StatusCode::FORBIDDEN);
        assert_eq!(committee.post("/o/new", &SATURDAY).await.status, StatusCode::FORBIDDEN);
    })
    .await;
}
