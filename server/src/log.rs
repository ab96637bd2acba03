//! The log: for people, or one JSON object a line for machines. Requests are named by an id and their route's pattern;
//! what people send, and the tokens in addresses, are never written down.

use std::io::stderr;

use serde::{Deserialize, Serialize};
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
