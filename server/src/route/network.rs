//! Which network a request comes from, as a number that says nothing about it. Only ever a sign, never a ban.
//!
//! A header counts only from a proxy that the operator named, and of it only the last address that is no such proxy.
//! Behind the machine itself the network is unknown: there stands a proxy that nobody named, or a test.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::request::Parts;
use kaishi_app::state::State;

/// The network, if it is known.
pub struct Network(pub Option<u64>);

impl<S: Send + Sync> FromRequestParts<S> for Network
where
    State: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, inner: &S) -> Result<Self, Infallible> {
        let state = State::from_ref(inner);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let headers = parts.headers.get_all("x-forwarded-for");
        let hops: Vec<&str> = headers.iter().filter_map(|value| value.to_str().ok()).collect();
        let address = peer.and_then(|peer| origin(peer, &hops.join(","), &state.limits.proxies));
        Ok(Self(address.map(|address| state.watch().network(address))))
    }
}

/// Where a request comes from: the peer, or what the last named proxy says of it.
fn origin(peer: IpAddr, hops: &str, proxies: &[IpAddr]) -> Option<IpAddr> {
    let named = |address: &IpAddr| proxies.contains(&address.to_canonical());
    if !named(&peer) {
        return (!peer.to_canonical().is_loopback()).then_some(peer);
    }
    let hops: Option<Vec<IpAddr>> = hops.rsplit(',').map(|hop| hop.trim().parse().ok()).collect();
    hops?.into_iter().find(|hop| !named(hop))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_believed_from_a_named_proxy_alone() {
        let at = |text: &str| text.parse::<IpAddr>().unwrap();
        let proxies = [at("10.0.0.1"), at("127.0.0.1")];
        let table = [
            ("192.0.2.7", "198.51.100.1", Some("192.0.2.7")),
            ("10.0.0.1", "198.51.100.1", Some("198.51.100.1")),
            ("10.0.0.1", "203.0.113.9, 198.51.100.1", Some("198.51.100.1")),
            ("10.0.0.1", "198.51.100.1, 127.0.0.1", Some("198.51.100.1")),
            ("10.0.0.1", "198.51.100.1, rubbish", None),
            ("10.0.0.1", "", None),
            ("::ffff:10.0.0.1", "2001:db8::1", Some("2001:db8::1")),
            ("::1", "198.51.100.1", None),
        ];
        for (peer, hops, from) in table {
            assert_eq!(origin(at(peer), hops, &proxies), from.map(at), "{peer} {hops}");
        }
        assert_eq!(origin(at("127.0.0.1"), "198.51.100.1", &[]), None, "nobody named a proxy");
    }
}
