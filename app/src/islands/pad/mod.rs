//! The +1 pad of a staff phone. It counts on pointer-down, keeps every tap until its receipt, and is a plain form for a
//! browser without script: the server draws it (`pages::staff`), and the phone takes over what stands there.

#[cfg(feature = "browser")]
mod browser;
pub(crate) mod face;
#[cfg(feature = "browser")]
mod hand;
#[cfg(feature = "browser")]
mod left;
#[cfg(feature = "browser")]
mod lines;
#[cfg(feature = "browser")]
mod phone;
#[cfg(feature = "browser")]
mod plea;
mod tray;

use kaishi_domain::Moment;
use kaishi_domain::encounter::Kind;
use kaishi_domain::pad::Journal;
use serde::{Deserialize, Serialize};

use crate::words::Lang;

/// What the pad stands for and starts from.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Setup {
    /// The signed link; for a supervisor's phone with the stall, `TOKEN~STALL`.
    pub token: String,
    /// What the server calls this phone, if it was enrolled with a PIN.
    pub device: Option<String>,
    /// Language.
    pub lang: Lang,
    /// Number of the stall.
    pub no: String,
    /// Name on its sign.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The kind that is chosen at first.
    pub kind: Kind,
    /// The stall's figures and this phone's last taps.
    pub journal: Journal,
    /// Appeals raised at this stall, and how many of them are settled.
    pub appeals: (i64, i64),
    /// The server's time.
    pub now: Moment,
    /// The beginning of the market's day.
    pub midnight: Moment,
    /// Makes a resent form the same tap or appeal.
    pub nonce: String,
    /// The code of the appeal that a plain form has just raised, and whether it is settled.
    pub raised: Option<(String, bool)>,
}

/// On the page of a link that opens nothing: for what this phone may still hold, so that nothing goes unseen.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(crate) struct Shut {
    /// The link.
    pub token: String,
    /// The beginning of the day.
    pub midnight: Moment,
}

/// Takes over what the page has of these.
#[cfg(feature = "browser")]
pub(crate) fn wake() {
    use super::page::said;
    if let Some(setup) = said("pad", "data-setup") {
        hand::take(phone::Phone::open(setup));
    }
    if let Some(market) = said("told", "data-market") {
        lines::follow(market);
    }
    if let Some(shut) = said("left", "data-shut") {
        left::look(shut);
    }
}
