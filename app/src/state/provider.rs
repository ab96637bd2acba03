//! The identity provider that accounts may sign in by, as the operator names it.

use std::fmt;

/// An `OpenID` provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Provider {
    /// Where it is found, as it writes itself: `https://id.example.cn`.
    pub issuer: String,
    /// The name by which it knows this server.
    pub client: String,
    /// What proves to it that this is the server; never shown.
    pub secret: String,
    /// What people call it: `政务统一身份`.
    pub name: String,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider")
            .field("issuer", &self.issuer)
            .field("client", &self.client)
            .finish_non_exhaustive()
    }
}
