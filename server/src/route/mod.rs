//! The table of contents: every address, grouped by who calls.

pub mod account;
pub mod answers;
pub mod appeal;
pub mod appeals;
pub mod bank;
pub mod board;
pub mod booking;
pub mod bulk;
pub mod bulletin;
pub mod calendar;
pub mod call;
pub mod caller;
pub mod campaign;
pub mod clerk;
pub mod contact;
pub mod counter;
pub mod day;
pub mod device;
pub mod devices;
pub mod dispatch;
pub mod done;
pub mod door;
pub mod duty;
pub mod entry;
pub mod extra;
pub mod extras;
pub mod ground;
pub mod guest;
pub mod handed;
pub mod handover;
pub mod holiday;
pub mod keys;
pub mod layout;
pub mod live;
pub mod machine;
pub mod month;
pub mod names;
pub mod network;
pub mod news;
pub mod number;
pub mod oidc;
pub mod open311;
pub mod organizer;
pub mod outbox;
pub mod pack;
pub mod paper;
pub mod patience;
pub mod people;
pub mod plan;
pub mod plea;
pub mod poster;
pub mod printing;
pub mod queue;
pub mod quiz;
pub mod rail;
pub mod rain;
pub mod reach;
pub mod review;
pub mod right;
pub mod say;
pub mod scan;
pub mod screen;
pub mod series;
pub mod setup;
pub mod sign;
pub mod slip;
pub mod slips;
pub mod snap;
pub mod square;
pub mod staff;
pub mod stamps;
pub mod standing;
pub mod street;
pub mod tally;
pub mod trend;
pub mod tries;
pub mod unit;
pub mod upload;
pub mod version;
pub mod visit;
pub mod visitor;
pub mod voices;
pub mod wish;
pub mod word;

use axum::extract::DefaultBodyLimit;
use axum::response::Redirect;
use axum::routing::{get, post};
use axum::{Extension, Router, middleware};
use kaishi_app::state::State;
use tokio_util::sync::CancellationToken;
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, SessionManagerLayer};

use crate::live::{self as feed, Hub};
use crate::metrics::{self, Metrics};

/// Every route with everything that goes round them.
pub fn router(state: &State) -> Router {
    router_until(state, CancellationToken::new())
}

/// Who there is, and who comes to a Saturday.
fn people() -> Router<State> {
    Router::new()
        .merge(unit::routes())
        .route("/o/m/{market}/entries", get(entry::page).post(entry::add))
        .route("/o/m/{market}/entries/{entry}", get(entry::one).post(entry::edit))
        .route("/o/m/{market}/entries/{entry}/confirm", post(entry::confirm))
        .route("/o/m/{market}/entries/{entry}/withdraw", post(entry::withdraw))
        .route("/o/m/{market}/call", get(call::desk::page).post(call::desk::write))
        .route("/o/m/{market}/call/want", post(call::desk::want))
        .route("/o/m/{market}/call/want/{want}", post(call::desk::unwant))
        .route("/o/m/{market}/call/claim/{claim}", post(call::desk::rule))
        .route("/o/m/{market}/call/demand", post(call::demand::decide))
        .route("/o/m/{market}/call/tell", post(call::desk::tell))
        .route("/o/m/{market}/call/remind", post(call::desk::remind))
        .route("/o/m/{market}/call/links", post(call::desk::links))
}

/// What is counted besides the scans: by which phones, on paper, at the gates.
fn counting() -> Router<State> {
    Router::new()
        .route("/o/m/{market}/devices", get(devices::page).post(devices::change))
        .route("/o/m/{market}/devices/{link}", get(devices::show))
        .route("/o/m/{market}/tally", get(tally::print))
        .route("/o/m/{market}/paper", get(tally::paper_page).post(tally::paper_enter))
        .route("/o/m/{market}/paper/{batch}", post(tally::paper_rule))
        .route("/o/m/{market}/review", get(review::page).post(review::decide))
        .route("/o/m/{market}/review/pace", post(review::pace))
        .route("/o/m/{market}/crowd", get(tally::crowd_page).post(tally::crowd_enter))
        .route("/o/m/{market}/crowd/capacity", post(tally::crowd_capacity))
        .route("/o/m/{market}/crowd/{look}", post(tally::crowd_drop))
}

/// What staff open with the link of their stall, and supervisors with theirs.
fn stewards() -> Router<State> {
    Router::new()
        .route("/staff", get(staff::enrol::ask).post(staff::enrol::code))
        .route("/staff/{token}", get(staff::page))
        .route("/staff/{token}/pin", post(staff::enrol::pin))
        .route("/staff/{token}/code", get(staff::code::page))
        .route("/staff/{token}/tap", post(staff::tap))
        .route("/staff/{token}/undo", post(staff::undo))
        .route("/staff/{token}/appeal", post(staff::appeal))
        .route("/staff/{token}/paper", get(staff::clerk::paper).post(staff::clerk::paper_enter))
        .route("/staff/{token}/paper/{batch}", post(staff::clerk::paper_rule))
        .route("/staff/{token}/crowd", get(staff::clerk::crowd).post(staff::clerk::crowd_enter))
        .route("/staff/{token}/crowd/{look}", post(staff::clerk::crowd_drop))
}

/// What units open with their link, and what everybody may read of the call.
fn guests() -> Router<State> {
    Router::new()
        .route("/u/{token}", get(guest::page))
        .route("/u/{token}/thanks", get(bulletin::thanks::guest))
        .route("/u/{token}/thanks.pdf", get(bulletin::thanks::guest_file))
        .merge(appeals::units())
        .route("/u/{token}/call", get(call::answer::page).post(call::answer::send))
        .route("/u/{token}/calendar.ics", get(calendar::unit))
        .route("/feed/{token}/calendar.ics", get(calendar::saturdays))
        .route("/u/{token}/call/hold", post(call::answer::hold))
        .route("/u/{token}/call/{claim}", post(call::answer::reply))
        .route("/m/{market}/call", get(call::public::page))
}

/// What is printed: posters one by one, and everything in one file.
fn printed() -> Router<State> {
    Router::new()
        .route("/o/m/{market}/pack", get(pack::page))
        .route("/o/m/{market}/pack.pdf", get(pack::file))
        .route("/o/m/{market}/posters", get(poster::list).post(poster::make))
        .route("/o/m/{market}/posters/print", get(poster::print))
        .route("/o/m/{market}/posters/printed", post(rain::posters_printed))
        .route("/o/m/{market}/posters/rotate", post(poster::rotate))
        .route("/o/m/{market}/posters/revoke", post(poster::revoke))
        .route("/o/m/{market}/posters/standing", post(standing::make))
        .route("/o/m/{market}/posters/standing/print", get(standing::print))
        .route("/o/m/{market}/posters/standing/revoke", post(standing::revoke))
        .route("/o/m/{market}/posters/{file}", get(poster::picture))
}

/// The Saturdays together: a month, several at once, days that are special.
fn season() -> Router<State> {
    Router::new()
        .route("/o/", get(organizer::season))
        .route("/o/new", get(plan::page).post(plan::create))
        .route("/o/series", get(series::page).post(series::create))
        .route("/o/month", get(month::now))
        .route("/o/month/{month}", get(month::page))
        .route("/o/trend", get(trend::page))
        .route("/o/trend.csv", get(trend::as_csv))
        .route("/o/trend.xlsx", get(trend::as_xlsx))
        .route("/o/reach", get(reach::page).post(reach::save))
        .route("/o/campaigns", get(campaign::page).post(campaign::add))
        .route("/o/campaigns/six", post(campaign::six))
        .route("/o/campaigns/{campaign}", post(campaign::set))
        .route("/o/campaigns/{campaign}/drop", post(campaign::remove))
        .route("/o/holidays/{year}", get(holiday::page).post(holiday::restore))
        .route("/o/feed", get(calendar::page).post(calendar::make))
        .route("/o/feed/revoke", post(calendar::revoke))
}

/// What takes a file. What is too large is told by the outer limit and by each page in its own words.
fn uploads() -> Router<State> {
    Router::new()
        .route("/o/holidays", get(holiday::now).post(holiday::import))
        .route("/o/grounds/new", get(ground::form).post(ground::create))
        .route("/o/grounds/{ground}/photo", post(ground::upload))
        .route("/o/m/{market}/bulletin/pictures", post(bulletin::picture::add))
        .route("/o/m/{market}/layout/import", post(version::import))
        .route("/o/quiz/file", post(bank::add_file))
        .route("/o/units/import", get(unit::import::choose).post(unit::import::look))
        .route("/o/units/import/check", post(unit::import::check))
        .route("/o/units/import/apply", post(unit::import::apply))
        .route("/o/units/import/wrong.csv", post(unit::import::wrong))
        .layer(DefaultBodyLimit::disable())
}

/// The same; streams end when `stop` is cancelled, so that an open screen never blocks the end of the server.
pub fn router_until(state: &State, stop: CancellationToken) -> Router {
    let hub = Hub::new(state.clone(), stop);
    let watch = Metrics::new(&state.store, hub.streams());
    router_watched(state, hub, (watch, metrics::Token::default()))
}

/// The same with the numbers that count it, and the token that they ask for.
pub fn router_watched(state: &State, hub: Hub, (watch, token): (Metrics, metrics::Token)) -> Router {
    let sessions = SessionManagerLayer::new(state.store.clone())
        .with_name(if state.is_https() { "__Host-sid" } else { "sid" })
        .with_secure(state.is_https())
        .with_same_site(SameSite::Lax)
        .with_expiry(Expiry::OnInactivity(time::Duration::hours(12)));

    let accounts = Router::new()
        .route("/login", get(account::login_page).post(account::login))
        .merge(oidc::routes())
        .route("/login/second", get(account::second_page).post(account::second))
        .route("/logout", post(account::logout))
        .route("/setup/{token}", get(setup::page).post(setup::take_up));

    let organizers = Router::new()
        .route("/o/grounds", get(ground::list))
        .route("/o/grounds/{ground}", get(ground::board))
        .route("/o/grounds/{ground}/export", get(ground::export))
        .route("/o/grounds/{ground}/photo/{hash}", get(ground::photo))
        .route("/o/m/{market}", get(organizer::saturday))
        .route("/o/m/{market}/layout", get(layout::editor))
        .route("/o/m/{market}/layout/versions", get(version::page))
        .route("/o/m/{market}/layout/publish", post(version::publish))
        .route("/o/m/{market}/layout/restore", post(version::restore))
        .route("/o/m/{market}/layout/undo", post(version::undo))
        .route("/o/m/{market}/layout/print", get(paper::print))
        .route("/o/m/{market}/layout/{file}", get(paper::file))
        .route("/o/m/{market}/board", get(board::page))
        .route("/o/m/{market}/live", get(live::desk))
        .route("/o/m/{market}/plan", post(rain::switch))
        .route("/o/m/{market}/rain", get(rain::page).post(rain::save))
        .route("/o/m/{market}/weather", post(day::weather::note))
        .route("/o/m/{market}/limits", post(day::weather::limit))
        .route("/o/m/{market}/rain/signs", get(rain::signs).post(rain::signs_printed))
        .route("/o/m/{market}/arrived", post(live::arrived))
        .route("/o/m/{market}/screen", get(live::screen))
        .route("/o/m/{market}/links", post(live::links))
        .merge(appeals::desk())
        .merge(bulletin::routes())
        .merge(printed())
        .merge(season())
        .merge(day::routes())
        .merge(counting())
        .merge(extras::desk())
        .merge(booking::desk())
        .merge(outbox::routes())
        .merge(people())
        .merge(people::routes())
        .layer(Extension(people::own::Tries::default()));

    let calls = Router::new().route("/api/call/{*call}", post(machine::island));

    // A printed code may be upper case throughout: letters are cheaper there.
    let residents = Router::new()
        .route("/s", get(number::nearest))
        .route("/S", get(number::nearest))
        .route("/m/{market}/poster", get(number::page))
        .route("/s/{token}", get(scan::page).post(scan::count))
        .route("/S/{token}", get(scan::page).post(scan::count))
        .route("/s/{token}/done", get(scan::done))
        .route("/s/{token}/undo", post(scan::take_back))
        .route("/s/{token}/appeal", get(plea::page).post(plea::raise))
        .merge(appeals::residents())
        .merge(extras::residents())
        .merge(booking::residents())
        .route("/m/{market}", get(square::market))
        .route("/m/{market}/photo/{hash}", get(ground::public_photo))
        .route("/m/{market}/appeal", get(square::appeal))
        .route("/m/{market}/voices", get(voices::page))
        .route("/m/{market}/say", get(say::page).post(say::raise));

    let staff = stewards()
        .merge(extras::counter())
        .route("/cell/{token}", get(day::head::page).post(day::head::sign))
        .merge(guests());

    let screens = Router::new()
        .route("/screen/{token}", get(screen::page))
        .route("/screen/{token}/events", get(feed::events))
        .route("/screen/{token}/counts.json", get(feed::counts))
        .route("/screen/{token}/street", get(street::page))
        .route("/screen/{token}/street/events", get(feed::street))
        .layer(Extension(hub));

    let devices = Router::new().route("/api/v1/devices/batch", post(device::batch)).merge(open311::routes());

    let router = Router::new()
        .route("/", get(async || Redirect::to("/o/")))
        .route("/o", get(async || Redirect::to("/o/")))
        .route("/lang", post(account::language))
        .merge(accounts)
        .merge(organizers)
        .merge(uploads())
        .merge(calls)
        .layer(sessions)
        .layer(Extension(account::Tries::default()))
        .layer(Extension(oidc::provided(state)))
        .merge(residents)
        .merge(staff)
        .merge(screens)
        .merge(devices)
        .merge(machine::routes(&watch, token))
        .merge(crate::asset::routes())
        .fallback(caller::nothing_here)
        .with_state(state.clone());
    crate::secure::secure(router, state.is_https())
        .layer(middleware::from_fn_with_state(watch, metrics::observe))
}
