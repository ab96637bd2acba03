//! The two ways out of the hub: a stream of events that ends with the server, and the same as JSON.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt as _};
use kaishi_app::state::State as AppState;
use kaishi_domain::actor::Watcher;
use kaishi_domain::token::Purpose;
use kaishi_domain::{LinkId, MarketRef};
use kaishi_store::Error;
use tokio::sync::watch;
use tokio::time::{Instant, timeout};

use super::feed::Frame;
use super::hub::{Hub, Seat};

/// Keeps the connection open through proxies; no data, so a screen does not take it for news.
const COMMENT: Bytes = Bytes::from_static(b": here\n\n");
/// Nothing to say for so long is filled with a comment.
const SILENCE: Duration = Duration::from_secs(15);
/// A link that is asked for on its own goes dark after so long at the latest.
const RECHECK: Duration = Duration::from_secs(3);
/// Counts wait so long for the feed to catch up with the ledger.
const CATCH_UP: Duration = Duration::from_secs(2);

/// The screen behind a token.
async fn watcher(state: &AppState, token: &str) -> Result<(LinkId, Watcher), Response> {
    let link = state.keys.read(Purpose::Screen, token).map_err(|_| no_screen())?;
    let watcher = state.store.watcher(link, state.now()).await.map_err(|error| refuse(&error))?;
    Ok((link, watcher))
}

fn no_screen() -> Response {
    (StatusCode::NOT_FOUND, "There is no such screen.").into_response()
}

fn later() -> Response {
    let wait = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
    (StatusCode::SERVICE_UNAVAILABLE, wait, "Please try again in some seconds.").into_response()
}

fn refuse(error: &Error) -> Response {
    match error {
        Error::Missing(_) | Error::Refused(_) | Error::Taken(_) => no_screen(),
        Error::Unavailable(_) | Error::Schema(_) | Error::Broken(_) => {
            tracing::warn!(%error, "a screen could not be opened");
            later()
        }
    }
}

/// `GET /screen/{token}/counts.json`
pub async fn counts(
    State(state): State<AppState>,
    Extension(hub): Extension<Hub>,
    Path(token): Path<String>,
) -> Response {
    let market = match watcher(&state, &token).await {
        Ok((_, watcher)) => MarketRef { org: watcher.org, market: watcher.market },
        Err(refused) => return refused,
    };
    let version = match state.store.version(market).await {
        Ok(version) => version,
        Err(error) => return refuse(&error),
    };
    let mut feed = hub.watch(market);
    let fresh = |frame: &Option<Frame>| frame.as_ref().is_some_and(|frame| frame.version >= version);
    let Ok(Ok(frame)) = timeout(CATCH_UP, feed.wait_for(fresh)).await else { return later() };
    let Some(frame) = frame.clone() else { return later() };
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (headers, frame.json).into_response()
}

/// `GET /screen/{token}/events`
pub async fn events(
    State(state): State<AppState>,
    Extension(hub): Extension<Hub>,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let (link, watcher) = watcher(&state, &token).await?;
    Ok(open(&state, hub, link, &[MarketRef { org: watcher.org, market: watcher.market }]))
}

/// `GET /screen/{token}/street/events`: the same frames of every market of the day, on one line.
pub async fn street(
    State(state): State<AppState>,
    Extension(hub): Extension<Hub>,
    Path(token): Path<String>,
) -> Result<Response, Response> {
    let (link, watcher) = watcher(&state, &token).await?;
    let markets = state.store.same_day(&watcher).await.map_err(|error| refuse(&error))?;
    Ok(open(&state, hub, link, &markets))
}

/// A stream of all these markets, if there is a place for it.
fn open(state: &AppState, hub: Hub, link: LinkId, markets: &[MarketRef]) -> Response {
    let Some(place) = hub.place(link) else { return later() };
    let place = Arc::new(place);
    let [high, low] = state.random::<2>();
    let retry = 2_000 + u32::from(u16::from_be_bytes([high, low])) % 4_001;
    let hello = Bytes::from(format!("retry: {retry}\n\n"));
    let each = markets.iter().map(|market| {
        let (hub, feed) = (hub.clone(), hub.watch(*market));
        Watching { hub, link, feed, asked: None, _place: place.clone() }.stream().boxed()
    });
    let frames = futures::stream::once(async { Ok(hello) }).chain(futures::stream::select_all(each));
    let headers = [
        (header::CONTENT_TYPE.as_str(), "text/event-stream"),
        (header::CACHE_CONTROL.as_str(), "no-store"),
        // Tells nginx not to gather the events.
        ("x-accel-buffering", "no"),
    ];
    (headers, Body::from_stream(frames)).into_response()
}

/// One market on an open stream.
struct Watching {
    hub: Hub,
    link: LinkId,
    feed: watch::Receiver<Option<Frame>>,
    /// When the link was last found to be good, on its own.
    asked: Option<Instant>,
    _place: Arc<Seat>,
}

impl Watching {
    /// A snapshot at once, then one for each change.
    fn stream(mut self) -> impl Stream<Item = Result<Bytes, Infallible>> {
        self.feed.mark_changed();
        futures::stream::unfold(self, |mut watching| async move {
            let bytes = watching.next().await?;
            Some((Ok(bytes), watching))
        })
    }

    /// The next bytes; `None` when the server stops or the link was revoked.
    async fn next(&mut self) -> Option<Bytes> {
        let stop = self.hub.stop().clone();
        loop {
            tokio::select! {
                () = stop.cancelled() => return None,
                changed = timeout(SILENCE, self.feed.changed()) => match changed {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) => return None,
                    Err(_) => return Some(COMMENT),
                },
            }
            let Some(frame) = self.feed.borrow_and_update().clone() else { continue };
            let stands = frame.open.contains(&self.link) || self.may_go_on().await;
            return stands.then_some(frame.event);
        }
    }

    /// Asked only of a link that was not there when all of a market were asked for: a new one, one that was called
    /// back, or the link of another market of the street.
    async fn may_go_on(&mut self) -> bool {
        if self.asked.is_some_and(|at| at.elapsed() < RECHECK) {
            return true;
        }
        self.asked = Some(Instant::now());
        let state = self.hub.state();
        match state.store.watcher(self.link, state.now()).await {
            Ok(_) => true,
            // A database that is away revokes nothing.
            Err(error) => matches!(error, Error::Unavailable(_) | Error::Broken(_)),
        }
    }
}
