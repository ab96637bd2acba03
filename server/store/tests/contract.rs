//! Every verb of the store as a story, told to SQLite and to PostgreSQL. Fails where PostgreSQL is missing.
#![allow(clippy::unwrap_used, reason = "a story that cannot go on fails")]
#![allow(unreachable_pub, reason = "the stories of one binary share their house")]

#[path = "contract/accounts.rs"]
mod accounts;
#[path = "contract/after.rs"]
mod after;
#[path = "contract/appeals.rs"]
mod appeals;
#[path = "contract/board.rs"]
mod board;
#[path = "contract/bookings.rs"]
mod bookings;
#[path = "contract/bulletins.rs"]
mod bulletins;
#[path = "contract/call.rs"]
mod call;
#[path = "contract/chains.rs"]
mod chains;
#[path = "contract/contacts.rs"]
mod contacts;
#[path = "contract/day.rs"]
mod day;
#[path = "contract/devices.rs"]
mod devices;
#[path = "contract/duties.rs"]
mod duties;
#[path = "contract/grounds.rs"]
mod grounds;
#[path = "contract/house.rs"]
mod house;
#[path = "contract/keys.rs"]
mod keys;
#[path = "contract/layouts.rs"]
mod layouts;
#[path = "contract/ledger.rs"]
mod ledger;
#[path = "contract/nodes.rs"]
mod nodes;
#[path = "contract/operations.rs"]
mod operations;
#[path = "contract/outbox.rs"]
mod outbox;
#[path = "contract/papers.rs"]
mod papers;
#[path = "contract/people.rs"]
mod people;
#[path = "contract/posters.rs"]
mod posters;
#[path = "contract/queues.rs"]
mod queues;
#[path = "contract/rain.rs"]
mod rain;
#[path = "contract/reserved.rs"]
mod reserved;
#[path = "contract/rewards.rs"]
mod rewards;
#[path = "contract/schema.rs"]
mod schema;
#[path = "contract/screen.rs"]
mod screen;
#[path = "contract/season.rs"]
mod season;
#[path = "contract/trail.rs"]
mod trail;
#[path = "contract/trust.rs"]
mod trust;
#[path = "contract/units.rs"]
mod units;
#[path = "contract/versions.rs"]
mod versions;
#[path = "contract/waitlist.rs"]
mod waitlist;
