//! The rules of a Saturday service market.
//!
//! Types and transitions only: no I/O, no clock, no randomness, no framework. Runs the same on the server
//! and in the browser. Time and randomness come in as arguments.

pub mod actor;
pub mod appeal;
pub mod arrange;
pub mod assignment;
pub mod batch;
pub mod bulletin;
pub mod call;
pub mod chance;
pub mod count;
mod digits;
pub mod encounter;
pub mod entry;
pub mod geometry;
pub mod ground;
pub mod id;
pub mod layout;
pub mod map;
pub mod market;
pub mod moment;
pub mod order;
pub mod pad;
pub mod poster;
pub mod rain;
pub mod refusal;
pub mod season;
mod text;
pub mod token;
pub mod unit;

pub use id::{
    AccountId, AppealId, ClaimId, EncounterId, EntryId, GroundId, LinkId, MarketId, MarketRef, NoteId, OrgId,
    PosterId, StallId, UnitId, WantId,
};
pub use moment::Moment;
pub use refusal::Refusal;
