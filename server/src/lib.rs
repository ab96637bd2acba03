//! What people do not see: settings, sessions, routes, posters, the live hub, the command line.
//!
//! # What lives in one process, and why that is right with several
//!
//! Any node answers any request; nothing in front has to be sticky. What a node keeps is therefore one of these:
//!
//! | what | where | with several nodes |
//! |---|---|---|
//! | what scans read: posters, signs, places, announcements, paces | `store/src/scan.rs` | each keeps a row for 1.5 s, so that a poster called back is refused and a switch to rain is shown everywhere within 2 s |
//! | stall pages as they were last rendered | `app/src/state/face.rs` | each its own; rendered again when its poster was read again |
//! | the feed of a watched market, its snapshot | [`live`] | each reads the same rows; hints travel on the [`bus`], a look each second is always on |
//! | which links still open a screen | [`live`] | asked for every 3 s by each feed; one that was called back ends its streams |
//! | open screens | [`live`] | a bound of each node: it protects the machine |
//! | the queue of the ledger | `store/src/ledger` | each commits its own batches; the market's head row puts them in order, unique keys decide what is new |
//! | sessions, roles, links, enrolled phones | nowhere | read from the database with every request |
//! | tickets of forms | nowhere | sealed into the form; the ledger's keys know the ones that were used |
//! | tries of passwords and of codes | nowhere | counted in the database by the minute (`route/tries.rs`) |
//! | who has which map open | nowhere | in the database (`store/src/seat.rs`) |
//! | what the identity provider says of itself | [`oidc`] | each asks for itself, again after ten minutes; who has come back is in the database |
//! | photos, maps, print packs | nowhere | in the database; a pack is made while one waits and kept by nobody |
//! | the master key | a file | compared with the check in the database when a node starts |
//! | chores | [`chore`] | a lease in the database: one node at a time |
//! | what the page of operations began | [`works`] | of each node: backups lie in its own folder |
//! | what taps looked like: pace, rounds, networks, buckets | `app/src/state/watch.rs` | of each node, see there |
//! | turns of argon2, of pictures and of print packs | [`route`], [`photo`], [`paper`] | a bound of each node: it protects the machine |
//! | calendars of holidays that are built in | [`holiday`] | the same in every process of a version |

#![recursion_limit = "256"]

/// Every page and every batch is many small texts; the system's own allocator took a third of a stall page's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod accept;
pub mod anchor;
pub mod asset;
pub mod bulletin;
pub mod bus;
pub mod calendar;
pub mod chance;
pub mod chore;
pub mod demo;
pub mod health;
pub mod holiday;
pub mod link;
pub mod live;
pub mod log;
pub mod metrics;
pub mod oidc;
pub mod operate;
pub mod outbox;
pub mod pack;
pub mod paper;
pub mod password;
pub mod photo;
pub mod plan;
pub mod poster;
pub mod retention;
pub mod route;
pub mod second;
pub mod secret;
pub mod secure;
pub mod serve;
pub mod setting;
pub mod sheet;
pub mod simulate;
pub mod works;
