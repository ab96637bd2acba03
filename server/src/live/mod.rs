//! The live hub: what screens receive, as states, never as events.

mod feed;
mod hub;
mod stream;

pub use feed::Frame;
pub use hub::Hub;
pub use stream::{counts, events, street};
