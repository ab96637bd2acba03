//! The rules of a Saturday service market.
//!
//! Types and transitions only: no I/O, no clock, no randomness, no framework. Runs the same on the server
//! and in the browser. Time and randomness come in as arguments.

pub mod actor;
pub mod announcement;
pub mod appeal;
pub mod arrange;
pub mod assignment;
pub mod batch;
pub mod booking;
pub mod bulletin;
pub mod call;
pub mod cell;
pub mod chain;
pub mod chance;
pub mod count;
pub mod course;
pub mod crowd;
pub mod demand;
pub mod device;
mod digits;
pub mod encounter;
pub mod entry;
pub mod geometry;
pub mod ground;
pub mod id;
pub mod incident;
pub mod layout;
pub mod map;
pub mod market;
pub mod moment;
pub mod order;
pub mod organization;
pub mod outbox;
pub mod pad;
pub mod paper;
pub mod poster;
pub mod preflight;
pub mod queue;
pub mod quiz;
pub mod rain;
pub mod refusal;
pub mod reward;
pub mod safety;
pub mod seal;
pub mod season;
mod text;
pub mod token;
pub mod trust;
pub mod unit;

pub use id::{
    AccountId, AnnouncementId, AppealId, BatchId, CampaignId, CellId, ClaimId, CountId, DeviceId,
    EncounterId, EntryId, GridId, GroundId, IncidentId, LinkId, MarketId, MarketRef, NoteId, OrgId, PosterId,
    QuestionId, ResourceId, ReviewId, StallId, TemplateId, UnitId, WantId,
};
pub use moment::Moment;
pub use refusal::Refusal;
