//! Looks host names up and lets no address of a private network through, so that a name on the list that is pointed
//! elsewhere later still leads nowhere inside.

use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use std::sync::Arc;

use kaishi_domain::outbox::is_private;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The name leads into a private network.
#[derive(Debug)]
struct Private;

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an address of a private network")
    }
}

impl Error for Private {}

/// Whether a request was refused here.
pub(super) fn is_refused(error: &(dyn Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| (*error).source()).any(<dyn Error>::is::<Private>)
}

/// Asks the system, and refuses a name of which one address is private: an honest one has none.
pub(super) struct Resolver;

impl Resolver {
    pub(super) fn shared() -> Arc<Self> {
        Arc::new(Self)
    }
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            if found.iter().any(|at| is_private(at.ip())) {
                return Err(Private.into());
            }
            let addresses: Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_that_leads_inside_is_refused_and_known_as_such() {
        let name = "localhost".parse().unwrap();
        let refused = Resolver.resolve(name).await.err().unwrap();
        assert!(is_refused(&*refused), "{refused}");
    }
}
