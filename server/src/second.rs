//! The second factor: six digits of a phone, each good once, or a recovery code.

use anyhow::{Context as _, Result};
use kaishi_app::fault::Fault;
use kaishi_app::state::State;
use kaishi_domain::token::second::{CODES, Owner, recovery_code};
use kaishi_store::Second;
use totp_rs::{Builder, Totp};

use crate::poster::Code;

/// What stands above the digits on the phone.
const ISSUER: &str = "Kaishi";

/// What is shown to whoever begins: a code to scan, the same to type.
pub struct Shown {
    /// The dark modules as an SVG path.
    pub path: String,
    /// Modules on a side.
    pub width: usize,
    /// The secret in groups of four, for a phone that cannot scan.
    pub typed: String,
}

fn totp(state: &State, owner: &Owner, login: &str, second: &Second) -> Result<Totp> {
    let secret = state.keys.second(second.key, owner, &second.salt)?;
    Builder::new()
        .with_secret(secret.to_vec())
        .with_account_name(login)
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|error| anyhow::anyhow!("{error:?}"))
}

fn broken(error: &anyhow::Error) -> Fault {
    tracing::error!(%error, "a second factor makes no sense");
    Fault::Broken
}

/// What a phone scans.
pub fn shown(state: &State, owner: &Owner, login: &str, second: &Second) -> Result<Shown, Fault> {
    let show = || -> Result<Shown> {
        let totp = totp(state, owner, login, second)?;
        let url = totp.to_url().map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let code = Code::of(&url)?;
        let secret = url.split("secret=").nth(1).and_then(|rest| rest.split('&').next()).context("secret")?;
        let groups: Vec<&str> =
            (0..secret.len()).step_by(4).map(|at| &secret[at..(at + 4).min(secret.len())]).collect();
        Ok(Shown { path: code.path(), width: code.width(), typed: groups.join(" ") })
    };
    show().map_err(|error| broken(&error))
}

/// The half minute whose code this is, if it is one of now.
pub fn step(state: &State, owner: &Owner, second: &Second, typed: &str) -> Result<Option<u64>, Fault> {
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    let seconds = u64::try_from(state.now().millis() / 1000).map_err(|_| Fault::Broken)?;
    if digits.len() != 6 {
        return Ok(None);
    }
    let totp = totp(state, owner, "account", second).map_err(|error| broken(&error))?;
    Ok(totp.check(&digits, seconds))
}

/// Whether what was typed opens: digits of now that were not used yet, or a recovery code. It is used up.
pub async fn opens(state: &State, owner: &Owner, typed: &str) -> Result<bool, Fault> {
    let Some(second) = state.store.second(owner).await?.filter(|second| second.confirmed) else {
        return Ok(false);
    };
    if let Some(step) = step(state, owner, &second, typed)? {
        return Ok(state.store.second_use(owner, step).await?);
    }
    match state.keys.recovery(owner, typed) {
        Some(digests) => Ok(state.store.recovery_use(owner, &digests, state.now()).await?),
        None => Ok(false),
    }
}

/// Fresh recovery codes and what is kept of each.
pub fn recovery(state: &State, owner: &Owner) -> (Vec<String>, Vec<String>) {
    let codes: Vec<String> = (0..CODES).map(|_| recovery_code(state.random())).collect();
    let kept = codes.iter().filter_map(|code| state.keys.recovery(owner, code)?.into_iter().next());
    let kept = kept.collect();
    (codes, kept)
}
