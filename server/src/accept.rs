//! Takes connections: not more than there are places, and none that does not say what it wants.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// What a connection may cost.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// The head of a request has to be there so soon; so long, too, may a connection stay idle.
    pub head: Duration,
    /// As many connections at once.
    pub places: usize,
    /// At the end, answers that are under way have so long.
    pub ending: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(30), places: 16_384, ending: Duration::from_secs(10) }
    }
}

/// Serves until `ending`, then finishes what is under way.
pub async fn accept(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    ending: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(patience.places));
    let stop = CancellationToken::new();
    let mut ending = std::pin::pin!(ending);
    loop {
        let (stream, peer) = tokio::select! {
            taken = listener.accept() => match taken {
                Ok(taken) => taken,
                Err(error) => {
                    // Out of descriptors, most likely: those that close make room.
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            () = &mut ending => break,
        };
        let Ok(place) = places.clone().try_acquire_owned() else {
            tracing::warn!("more connections than places");
            continue;
        };
        let _ = stream.set_nodelay(true);
        let router = router.clone();
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            router.clone().oneshot(request)
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.head)
            .serve_connection(TokioIo::new(stream), service);
        let stop = stop.clone();
        tokio::spawn(async move {
            let mut connection = std::pin::pin!(connection);
            // A connection that breaks off is nobody's fault here.
            tokio::select! {
                _ = connection.as_mut() => {}
                () = stop.cancelled() => {
                    connection.as_mut().graceful_shutdown();
                    drop(connection.await);
                }
            }
            drop(place);
        });
    }
    drop(listener);
    stop.cancel();
    let all = u32::try_from(patience.places).unwrap_or(u32::MAX);
    if tokio::time::timeout(patience.ending, places.acquire_many(all)).await.is_err() {
        tracing::warn!("some answers were cut off at the end");
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpStream;

    use super::*;

    async fn open(patience: Patience) -> (SocketAddr, CancellationToken, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
        let router =
            Router::new().route("/", get(async |peer: ConnectInfo<SocketAddr>| peer.ip().to_string()));
        let ending = stop.clone().cancelled_owned();
        (address, stop, tokio::spawn(accept(listener, router, patience, ending)))
    }

    async fn said(stream: &mut TcpStream, text: &str) -> String {
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        String::from_utf8_lossy(&answer).into_owned()
    }

    const WHOLE: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

    #[tokio::test]
    async fn who_never_says_what_it_wants_is_let_go_and_the_next_is_served() {
        let (address, stop, server) =
            open(Patience { head: Duration::from_millis(200), places: 1, ..Patience::default() }).await;
        let mut slow = TcpStream::connect(address).await.unwrap();
        let answer = said(&mut slow, "GET / HTTP/1.1\r\nhost: ").await;
        assert!(!answer.contains("200 OK"), "{answer}");
        let mut next = TcpStream::connect(address).await.unwrap();
        let answer = said(&mut next, WHOLE).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("127.0.0.1"), "{answer}");
        stop.cancel();
        server.await.unwrap();
    }

    #[tokio::test]
    async fn more_than_there_are_places_are_turned_away() {
        let (address, stop, server) = open(Patience { places: 1, ..Patience::default() }).await;
        let mut first = TcpStream::connect(address).await.unwrap();
        first.write_all(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let mut begun = [0; 15];
        first.read_exact(&mut begun).await.unwrap();
        assert_eq!(&begun, b"HTTP/1.1 200 OK");
        let mut second = TcpStream::connect(address).await.unwrap();
        assert_eq!(said(&mut second, WHOLE).await, "", "no place");
        stop.cancel();
        server.await.unwrap();
    }
}
