//! The addresses of what a stall has besides its tap: a number to wait with, the quiz, the stamp card.

use axum::Router;
use axum::routing::{get, post};
use kaishi_app::state::State;

use super::{bank, counter, queue, quiz, stamps, visit};

/// For residents.
pub fn residents() -> Router<State> {
    Router::new()
        .route("/s/{token}/queue", get(queue::page).post(queue::take))
        .route("/s/{token}/queue/{code}", get(queue::number))
        .route("/s/{token}/queue/{code}/leave", post(queue::leave))
        .route("/s/{token}/quiz", get(quiz::page).post(quiz::answer))
        .route("/m/{market}/stamps", get(stamps::page).post(stamps::take))
        .route("/m/{market}/pass/{code}", get(stamps::pass))
}

/// For organizers.
pub fn desk() -> Router<State> {
    Router::new()
        .route("/o/m/{market}/visit", get(visit::page))
        .route("/o/m/{market}/visit/reward", post(visit::reward))
        .route("/o/quiz", get(bank::page).post(bank::add))
        .route("/o/quiz/{question}/drop", post(bank::remove))
        .route("/o/m/{market}/visit/queue", post(visit::queue_on))
        .route("/o/m/{market}/visit/queue/off", post(visit::queue_off))
}

/// For staff.
pub fn counter() -> Router<State> {
    Router::new()
        .route("/staff/{token}/queue", get(counter::page).post(counter::act))
        .route("/staff/{token}/redeem", get(counter::redeem_page).post(counter::redeem))
}
