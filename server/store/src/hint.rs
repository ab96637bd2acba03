//! Hints: "this market's counts have moved". They only make screens fast; whoever misses one asks for the version.
//!
//! Here is also the way of hints through PostgreSQL. Committing a NOTIFY takes a lock of the whole server, so what
//! was gathered leaves in one statement, never once an encounter, and on a connection of its own.

use std::str::FromStr;
use std::time::Duration;

use kaishi_domain::{MarketRef, Refusal};
use sqlx::postgres::{PgListener, PgPool, PgPoolOptions};
use tokio::time::timeout;

use crate::{Error, Pool, Result, Store};

/// A line that has been silent for so long is opened anew: a cut that nobody told us of looks like silence.
const QUIET: Duration = Duration::from_mins(1);
/// What is to leave waits so long for the engine.
const PATIENCE: Duration = Duration::from_secs(5);

/// Which node a hint comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whence {
    /// This one: the others have to be told.
    Here,
    /// Another one.
    Elsewhere,
}

/// A market whose counts have moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hint {
    /// Which.
    pub market: MarketRef,
    /// To which version, if that is known.
    pub version: Option<i64>,
    /// Who says so.
    pub whence: Whence,
}

impl Hint {
    /// `ORG-MARKET VERSION`, as it travels.
    pub fn line(&self) -> String {
        format!("{} {}", self.market, self.version.unwrap_or(0))
    }

    /// Reads a line of another node.
    pub fn read(line: &str) -> std::result::Result<Self, Refusal> {
        let (market, version) = line.trim().split_once(' ').ok_or(Refusal::Malformed("hint"))?;
        let version = i64::from_str(version).map_err(|_| Refusal::Malformed("hint"))?;
        let version = (version > 0).then_some(version);
        Ok(Self { market: market.parse()?, version, whence: Whence::Elsewhere })
    }
}

/// The way of hints through PostgreSQL: one channel of an installation.
pub struct Wire {
    pool: PgPool,
    channel: String,
}

impl Wire {
    /// Hands lines to every node that listens, in one statement.
    pub async fn send(&self, lines: &[String]) -> Result<()> {
        let said = sqlx::query("select pg_notify($1, line) from unnest($2::text[]) as line")
            .bind(&self.channel)
            .bind(lines)
            .execute(&self.pool);
        match timeout(PATIENCE, said).await {
            Ok(said) => Ok(said.map(drop)?),
            Err(_) => Err(Error::Unavailable("no hint leaves".into())),
        }
    }

    /// Calls `heard` with each line until the connection is lost or silent; then it is to be called again.
    pub async fn listen(&self, mut heard: impl FnMut(&str)) -> Result<()> {
        let mut listener = PgListener::connect_with(&self.pool).await?;
        listener.eager_reconnect(false);
        listener.listen(&self.channel).await?;
        while let Ok(Some(said)) = timeout(QUIET, listener.try_recv()).await.unwrap_or(Ok(None)) {
            heard(said.payload());
        }
        Ok(())
    }
}

impl Store {
    /// A way for hints through PostgreSQL on connections of its own; at `url`, or where the store itself is. LISTEN
    /// needs a session: a pooler of transactions in between hears nothing.
    pub fn wire(&self, url: Option<&str>, channel: &str) -> Result<Wire> {
        let lines = PgPoolOptions::new().max_connections(2).acquire_timeout(PATIENCE);
        let options = match (url, self.read_pool()) {
            (Some(url), _) => url.parse()?,
            (None, Pool::Postgres(pool)) => (*pool.connect_options()).clone(),
            (None, Pool::Sqlite(_)) => {
                return Err(Error::Broken("a bus through PostgreSQL needs a PostgreSQL".into()));
            }
        };
        Ok(Wire { pool: lines.connect_lazy_with(options), channel: channel.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use kaishi_domain::{MarketId, Moment, OrgId};

    use super::*;

    #[test]
    fn a_hint_travels_as_one_line() {
        let market = MarketRef {
            org: OrgId::from_bytes([1, 2, 3]),
            market: MarketId::new(Moment::from_millis(1), [4; 10]),
        };
        for version in [None, Some(7)] {
            let hint = Hint { market, version, whence: Whence::Here };
            assert_eq!(Hint::read(&hint.line()), Ok(Hint { whence: Whence::Elsewhere, ..hint }));
        }
        assert!(Hint::read("").is_err() && Hint::read("x 1").is_err() && Hint::read("a-b c").is_err());
    }
}
