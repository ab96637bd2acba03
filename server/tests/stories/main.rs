//! Every story of the server in one program: linking one is minutes quicker than linking fifty.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(unreachable_pub, reason = "stories share their helpers")]

mod after;
mod appeals;
mod arrows;
mod audit;
mod bent;
mod bulletin;
mod calendars;
mod call;
mod checkin;
mod contacts;
mod day;
mod desks;
mod devices;
mod door;
mod entries;
mod evidence;
mod exactly_once;
mod faults;
mod grounds;
mod handled;
mod hostile;
mod house;
mod keys;
mod large;
mod live;
mod nodes;
mod open311;
mod operate;
mod operations;
mod outbox;
mod outside;
mod pack;
mod people;
mod plan;
mod posters;
#[path = "../../fuzz/src/probe/mod.rs"]
mod probe;
mod program;
mod publish;
mod queues;
mod quiz;
mod rain;
mod rights;
mod screens;
mod season;
mod settings;
mod sheets;
mod square;
mod staff;
mod supply;
mod trust;
mod units;
mod watched;
