//! `kaishi check-config` and `kaishi healthcheck`.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use kaishi_app::state::{Clock as _, Provider, SystemClock};
use serde_json::Value;

use crate::oidc::Outside;
use crate::setting::Setting;

/// Prints every setting as it is in force, secrets masked, and whether the identity provider answers. Unknown keys and
/// variables have been refused before; what is wrong with the rest is said here as it would be when serving.
pub async fn config(setting: &Setting) -> Result<()> {
    let limits = setting.limits()?;
    let effective = Setting {
        address: Some(setting.listen()),
        data_dir: Some(setting.folder()),
        public_url: Some(setting.public()?),
        database_url: Some(masked(&setting.database()?)),
        metrics_token: setting.token()?.map(|_| "***".to_owned()),
        secret_file: Some(setting.key_file()),
        oidc_secret: limits.provider.as_ref().map(|_| "***".to_owned()),
        ..setting.clone()
    };
    if let Value::Object(keys) = serde_json::to_value(effective)? {
        for (key, value) in keys.iter().filter(|(_, value)| !value.is_null()) {
            println!("{key} = {value}");
        }
    }
    if let Some(provider) = &limits.provider {
        println!("# {}", answers(provider).await?);
    }
    Ok(())
}

/// Whether the identity provider answers, in a sentence. That it does not is no fault of the settings alone.
async fn answers(provider: &Provider) -> Result<String> {
    let now = SystemClock { offset: 0 }.now();
    let name = &provider.issuer;
    Ok(match Outside::new(provider)?.look(now).await {
        Ok(0) => format!("{name} answers, but signs with no key"),
        Ok(keys) => format!("{name} answers and signs with {keys} keys"),
        Err(_) => format!("{name} does not answer as an OpenID provider of that name does"),
    })
}

/// The address of a database without its password.
pub fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    match rest.rsplit_once('@') {
        Some((who, host)) => {
            let name = who.split_once(':').map_or(who, |(name, _)| name);
            let stars = if who.contains(':') { ":***" } else { "" };
            format!("{scheme}://{name}{stars}@{host}")
        }
        None => url.to_owned(),
    }
}

/// Asks a running server whether it is ready.
pub async fn health(setting: &Setting) -> Result<ExitCode> {
    let mut address = setting.listen();
    if address.ip().is_unspecified() {
        address.set_ip(if address.is_ipv6() {
            [0, 0, 0, 0, 0, 0, 0, 1].into()
        } else {
            [127, 0, 0, 1].into()
        });
    }
    let client = reqwest::Client::builder().timeout(Duration::from_secs(5)).no_proxy().build()?;
    let answer = match client.get(format!("http://{address}/readyz")).send().await {
        Ok(answer) => answer,
        Err(error) => {
            eprintln!("{address} does not answer: {error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let (status, body) = (answer.status(), answer.text().await.unwrap_or_default());
    println!("{body}");
    Ok(if status.is_success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn a_password_is_never_printed() {
        assert_eq!(masked("postgres://kaishi:geheim@db/kaishi"), "postgres://kaishi:***@db/kaishi");
        assert_eq!(masked("postgres://kaishi:a@b@db/kaishi"), "postgres://kaishi:***@db/kaishi");
        assert_eq!(masked("postgres://kaishi@db/kaishi"), "postgres://kaishi@db/kaishi");
        assert_eq!(masked("sqlite:data/kaishi.db"), "sqlite:data/kaishi.db");
    }
}
