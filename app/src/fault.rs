//! What the wire says when something does not happen. A person reads `words`, the log reads `Display`.

use serde::{Deserialize, Serialize};
use server_fn::codec::JsonEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};

/// Why a call failed, as the browser learns it. Holds nothing that only the server may know.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The session is over.
    SignedOut,
    /// The role has no such verb.
    NotAllowed,
    /// No such thing here.
    Missing,
    /// Somebody else was first; what stands there now.
    Taken(String),
    /// A rule said no; which.
    Refused(String),
    /// Nothing was written; trying again may work.
    Unavailable,
    /// A mistake of ours; the log knows more.
    Broken,
    /// The network or the encoding between browser and server.
    Unreachable(String),
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::SignedOut => f.write_str("signed out"),
            Self::NotAllowed => f.write_str("not allowed"),
            Self::Missing => f.write_str("missing"),
            Self::Taken(what) => write!(f, "taken: {what}"),
            Self::Refused(why) => write!(f, "refused: {why}"),
            Self::Unavailable => f.write_str("unavailable"),
            Self::Broken => f.write_str("broken"),
            Self::Unreachable(why) => write!(f, "unreachable: {why}"),
        }
    }
}

impl std::error::Error for Fault {}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        Self::Unreachable(error.to_string())
    }
}

impl From<kaishi_domain::Refusal> for Fault {
    fn from(refusal: kaishi_domain::Refusal) -> Self {
        match refusal {
            kaishi_domain::Refusal::NotAllowed => Self::NotAllowed,
            other => Self::Refused(other.to_string()),
        }
    }
}

#[cfg(feature = "ssr")]
impl From<kaishi_store::Error> for Fault {
    fn from(error: kaishi_store::Error) -> Self {
        use kaishi_store::Error;
        match error {
            Error::Refused(refusal) => refusal.into(),
            Error::Missing(_) => Self::Missing,
            Error::Taken(what) => Self::Taken(what),
            Error::Unavailable(why) => {
                tracing::warn!(%why, "the database does not answer");
                Self::Unavailable
            }
            Error::Schema(why) => {
                tracing::error!(%why, "a verb failed");
                Self::Broken
            }
            Error::Broken(why) => {
                tracing::error!(%why, "a verb failed");
                Self::Broken
            }
        }
    }
}
