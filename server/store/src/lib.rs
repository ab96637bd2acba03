//! The only crate that knows SQL: SQLite and PostgreSQL, every statement written once.
//!
//! A verb takes who acts (a handle from `kaishi_domain::actor`), what is meant, and the moment; it answers
//! what happened. Races are decided by constraints and conditional statements, never by look-then-write.

mod account;
mod appeal;
mod assignment;
mod audit;
mod bulletin;
mod cache;
mod call;
mod course;
mod crowd;
mod day;
mod device;
mod entry;
pub mod error;
mod extra;
mod feed;
mod ground;
mod guard;
mod holiday;
mod layout;
mod ledger;
mod link;
mod market;
mod open;
mod pad;
mod paper;
mod past;
mod photo;
mod pool;
mod poster;
mod printed;
mod queue;
mod rain;
mod reward;
mod scan;
mod season;
pub mod session;
mod snapshot;
mod stall;
mod standing_poster;
mod trust;
mod unit;
mod weather;

pub use account::{Account, Login};
pub use appeal::Hand;
pub use assignment::{Assigned, Step};
pub use bulletin::{AppealLine, Basis, Issue, LedgerLine, Lines, Slice, StallPart};
pub use call::{Reply, Ruling};
pub use day::{Because, StageStep};
pub use device::Seen;
pub use error::Error;
pub use extra::Extras;
pub use ground::{Drawn, Follower, GroundRow};
pub use guard::Guarded;
pub use layout::{InUse, Published, Saved, Version};
pub use ledger::{Recorded, Recount};
pub use link::{Link, NewLink};
pub use market::{Organization, SeasonRow};
pub use paper::Batch;
pub use past::Stood;
pub use photo::Photo;
pub use pool::{Pool, Store};
pub use printed::Sheet;
pub use queue::Asked;
pub use rain::{Standing, Standings, Switched};
pub use scan::{NOBODY_TODAY, Places, Scan, Visit};
pub use season::{Copied, MonthRow, Saturday, UnitDate};
pub use standing_poster::StandingPoster;
pub use trust::{Decided, Group, Paces, Review};
pub use unit::{Imported, Note, Vetted};
pub use weather::Watched;

/// What every verb answers with.
pub type Result<T> = std::result::Result<T, Error>;
