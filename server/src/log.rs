//! The log: for people, or one JSON object a line for machines. Requests are named by an id and their route's pattern,
//! accounts by a mark; what people send, and the tokens in addresses, are never written down.

use std::io::stderr;

use kaishi_domain::AccountId;
use kaishi_domain::id::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use tracing_subscriber::EnvFilter;

use crate::setting::Setting;

/// How a line looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For machines.
    Json,
}

/// An account as the log names it: the same each time, so that its lines are found together, and nobody without the
/// database.
pub fn account_mark(account: AccountId) -> String {
    hex(&Sha256::digest(format!("kaishi/log/1/{account}").as_bytes())[..6])
}

/// Begins to log, on the standard error.
pub fn begin(setting: &Setting) -> anyhow::Result<()> {
    let filter = match &setting.log {
        Some(text) => EnvFilter::try_new(text)?,
        None => EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn,kaishi=info")),
    };
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr);
    match setting.log_format.unwrap_or_default() {
        Format::Text => log.init(),
        Format::Json => log.json().init(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kaishi_domain::Moment;

    use super::*;

    #[test]
    fn an_account_has_one_mark_that_is_not_its_id() {
        let [one, other] = [1, 2].map(|n| AccountId::new(Moment::from_millis(0), [n; 10]));
        assert_eq!(account_mark(one), account_mark(one));
        assert_ne!(account_mark(one), account_mark(other));
        assert!(account_mark(one).len() == 12 && !one.to_string().contains(&account_mark(one)));
    }
}
