//! The addresses of appeals: at the desk, behind the link of a unit, behind the code of a slip.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use kaishi_app::state::State;

use super::{
    answers, appeal, bulk, clerk, contact, duty, handed, handover, keys, slip, slips, snap, voices, wish,
    word,
};

/// The desk: the list, one appeal, paper, and what is kept for all of them.
pub fn desk() -> Router<State> {
    Router::new()
        .route("/o/m/{market}/appeals", get(appeal::page))
        .route("/o/m/{market}/appeals/bulk", post(bulk::act))
        .route("/o/m/{market}/appeals/slips", get(slips::page).post(slips::make))
        .route("/o/m/{market}/appeals/slips/print", get(slips::print))
        .route("/o/m/{market}/appeals/new", get(clerk::page).post(clerk::write))
        .route("/o/m/{market}/appeals/handover.csv", get(handover::as_csv))
        .route("/o/m/{market}/appeals/{slip}", get(appeal::one).post(appeal::act))
        .route("/o/m/{market}/appeals/{slip}/photo/{n}", get(snap::at_the_desk))
        .route("/o/m/{market}/appeals/{slip}/public", post(voices::write))
        .route("/o/m/{market}/appeals/{slip}/contact", post(contact::at_the_desk))
        .route("/o/open311", get(keys::page).post(keys::make))
        .route("/o/open311/{key}/revoke", post(keys::revoke))
        .route("/o/answers", get(answers::page).post(answers::write))
        .route("/o/answers/{text}/drop", post(answers::remove))
        .route("/o/duty", get(duty::page))
        .route("/o/duty/rules", post(duty::rule))
        .route("/o/duty/rules/drop", post(duty::rule_drop))
        .route("/o/duty/grids", post(duty::grid))
        .route("/o/duty/grids/{grid}/retire", post(duty::retire))
        .route("/o/duty/grids/{grid}/receivers", post(duty::receive))
        .route("/o/duty/grids/{grid}/receivers/drop", post(duty::receive_no_more))
}

/// What was sent to a unit, and what it may take.
pub fn units() -> Router<State> {
    Router::new()
        .route("/u/{token}/appeals", get(handed::page))
        .route("/u/{token}/appeals/{reference}", get(handed::one).post(handed::act))
        .route("/u/{token}/appeals/{reference}/photo/{n}", get(snap::at_the_unit))
        .route("/u/{token}/appeals/{reference}/contact", post(contact::at_the_unit))
        .route("/u/{token}/wishes", get(wish::page))
        .route("/u/{token}/wishes/{reference}", post(wish::claim))
}

/// The page behind a code, and the resident's word.
pub fn residents() -> Router<State> {
    Router::new()
        .route("/a", get(slip::ask))
        .route("/a/{code}", get(slip::page))
        .route("/A/{code}", get(slip::page))
        .route("/a/{code}/rate", post(word::rate))
        .route("/a/{code}/urge", post(word::urge))
        .route("/a/{code}/photo", post(snap::add).layer(DefaultBodyLimit::disable()))
        .route("/a/{code}/photo/{n}", get(snap::mine))
        .route("/a/{code}/photo/{n}/drop", post(snap::remove))
        .route("/a/{code}/contact", post(contact::by_the_resident))
        .route("/a/{code}/withdraw", post(word::withdraw))
}
