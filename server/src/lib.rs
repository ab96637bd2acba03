//! What people do not see: settings, sessions, routes, posters, the live hub, the command line.

#![recursion_limit = "256"]

pub mod accept;
pub mod asset;
pub mod calendar;
pub mod chance;
pub mod demo;
pub mod holiday;
pub mod link;
pub mod live;
pub mod pack;
pub mod paper;
pub mod password;
pub mod photo;
pub mod plan;
pub mod poster;
pub mod route;
pub mod second;
pub mod secret;
pub mod secure;
pub mod serve;
pub mod setting;
pub mod sheet;
pub mod simulate;
