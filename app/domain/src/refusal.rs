//! The rules' own word for no. The store says `store::Error`, the wire says `Fault`.

/// Why a rule said no. Texts for people live with the pages; `Display` is for the log.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// A value that can never be valid; names the kind of thing.
    #[error("malformed {0}")]
    Malformed(&'static str),
    /// A token, ticket or link that this server did not sign.
    #[error("not genuine")]
    NotGenuine,
    /// Signed by us, but its time is over.
    #[error("expired")]
    Expired,
    /// The actor's role has no such verb.
    #[error("not allowed")]
    NotAllowed,
    /// The thing is not in a state in which this can happen.
    #[error("not possible while {0}")]
    WrongState(String),
    /// Longer or larger than the limit.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// Must not be empty.
    #[error("{0} is missing")]
    Missing(&'static str),
    /// Somebody or something else has it already.
    #[error("{0} is taken")]
    Taken(&'static str),
    /// It is locked in its place; names it: a stall's number.
    #[error("{0} is locked")]
    Locked(String),
}
