//! The bus: how a node hears that a market's counts have moved on another one.
//!
//! A hint makes a screen fast and nothing else. Every feed asks for the version once a second whatever the bus says,
//! so that a bus that loses all of them, or none at all, is as correct; only then a screen is up to a second behind.

mod gather;
mod nats;
mod packet;
mod postgres;

use std::str::FromStr;

use anyhow::{Context as _, Result, bail};
use kaishi_app::state::State;
use kaishi_domain::id::hex;
use kaishi_store::Store;
use tokio_util::sync::CancellationToken;

use gather::Gather;
use packet::Packet;

/// Which way hints travel.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Bus {
    /// Nowhere: there is one node.
    #[default]
    Local,
    /// LISTEN and NOTIFY, where the store is, or at a PostgreSQL that all nodes name alike. On Citus a worker's NOTIFY
    /// is not heard elsewhere; a pooler of transactions hears nothing at all.
    Postgres(Option<String>),
    /// A subject of NATS.
    Nats(String),
}

impl FromStr for Bus {
    type Err = anyhow::Error;
    fn from_str(text: &str) -> Result<Self> {
        Ok(match text.split_once("://").map_or(text, |(scheme, _)| scheme) {
            "local" => Self::Local,
            "postgres" if text == "postgres" => Self::Postgres(None),
            "postgres" | "postgresql" => Self::Postgres(Some(text.to_owned())),
            "nats" | "tls" => Self::Nats(text.to_owned()),
            _ => bail!("the bus is local, postgres, postgres://… or nats://…, not {text}"),
        })
    }
}

impl Bus {
    /// What suits a database when nobody says otherwise.
    pub fn of(store: &Store) -> Self {
        if store.is_shared() { Self::Postgres(None) } else { Self::Local }
    }

    /// Carries hints until `stop`. A bus that is away is tried again for ever and stops nothing.
    pub fn start(self, state: &State, stop: &CancellationToken) -> Result<()> {
        let line = Line {
            store: state.store.clone(),
            packet: Packet::of(hex(&state.random::<8>())),
            // Several installations may share a server of messages: the key tells them apart.
            channel: format!("kaishi-{}", state.keys.check()),
            stop: stop.clone(),
        };
        match self {
            Self::Local => {}
            Self::Postgres(url) => {
                let wire = line.store.wire(url.as_deref(), &line.channel).context("opening the bus")?;
                postgres::start(&line, wire);
            }
            Self::Nats(url) => nats::start(line, url),
        }
        Ok(())
    }
}

/// One node's end of the bus.
#[derive(Clone)]
struct Line {
    store: Store,
    packet: Packet,
    channel: String,
    stop: CancellationToken,
}

impl Line {
    fn gather(&self) -> Gather {
        Gather::new(self.store.hints())
    }

    /// The next messages that are to leave; `None` at the end.
    async fn next(&self, gather: &mut Gather) -> Option<Vec<String>> {
        tokio::select! {
            () = self.stop.cancelled() => None,
            hints = gather.next() => hints.map(|hints| self.packet.write(&hints)),
        }
    }

    /// Hands on what another node says.
    fn heard(&self, text: &str) {
        for hint in self.packet.read(text) {
            self.store.pass_on(hint);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Bus;

    #[test]
    fn a_bus_is_named_by_a_word_or_an_address() {
        let read = |text: &str| text.parse::<Bus>().ok();
        assert_eq!(read("local"), Some(Bus::Local));
        assert_eq!(read("postgres"), Some(Bus::Postgres(None)));
        let there = "postgres://db/kaishi";
        assert_eq!(read(there), Some(Bus::Postgres(Some(there.into()))));
        assert_eq!(read("nats://127.0.0.1:4222"), Some(Bus::Nats("nats://127.0.0.1:4222".into())));
        assert_eq!(read("redis://x"), None);
        assert_eq!(read(""), None);
    }
}
