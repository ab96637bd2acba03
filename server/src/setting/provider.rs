//! The identity provider among the settings: all of it or nothing, and one sentence for each thing that is wrong.

use anyhow::{Result, bail};
use kaishi_app::state::Provider;

use super::{Setting, secret};

/// Names of this machine, where no TLS is needed.
const HERE: [&str; 3] = ["127.0.0.1", "localhost", "[::1]"];
/// The longest name on a button.
const LONGEST: usize = 30;

/// The host of an address, with its port; nothing where it is no address that we would go to.
fn host(url: &str) -> Option<&str> {
    let (secure, rest) = match url.strip_prefix("https://") {
        Some(rest) => (true, rest),
        None => (false, url.strip_prefix("http://")?),
    };
    let host = rest.split('/').next().unwrap_or_default();
    let plain = |c: char| c.is_ascii_graphic() && !"?#@\\".contains(c);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    (!host.is_empty() && rest.chars().all(plain) && (secure || HERE.contains(&name))).then_some(host)
}

impl Setting {
    /// The identity provider, if one is named.
    pub fn provider(&self) -> Result<Option<Provider>> {
        let secret = match (&self.oidc_secret_file, &self.oidc_secret) {
            (Some(_), Some(_)) => {
                bail!("oidc-secret and oidc-secret-file are one and the same: give one of them")
            }
            (Some(file), None) => Some(secret(file)?),
            (None, known) => known.clone(),
        };
        let Some(issuer) = self.oidc_issuer.clone() else {
            if self.oidc_client.is_some() || secret.is_some() || self.oidc_name.is_some() {
                bail!("oidc-client, oidc-secret and oidc-name mean nothing without oidc-issuer");
            }
            return Ok(None);
        };
        let Some(host) = host(&issuer) else {
            bail!(
                "oidc-issuer must look like https://id.example.cn, as the provider writes itself, not {issuer}"
            );
        };
        let Some(client) = self.oidc_client.clone().filter(|client| !client.trim().is_empty()) else {
            bail!("oidc-issuer needs oidc-client, the name by which the provider knows this server");
        };
        let Some(secret) = secret.filter(|secret| !secret.is_empty()) else {
            bail!("oidc-issuer needs the secret that the provider gave, in oidc-secret-file or oidc-secret");
        };
        let name = self.oidc_name.clone().unwrap_or_else(|| host.to_owned());
        if name.trim().is_empty() || name.chars().count() > LONGEST {
            bail!("oidc-name stands on a button: 1 to {LONGEST} characters");
        }
        let public = self.public()?;
        if self::host(&public).is_none() {
            bail!(
                "the provider sends people back to public-url, which has to be https outside this machine, not {public}"
            );
        }
        Ok(Some(Provider { issuer, client, secret, name }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting() -> Setting {
        Setting {
            public_url: Some("https://ks.example.cn".into()),
            oidc_issuer: Some("https://id.example.cn/realms/one".into()),
            oidc_client: Some("kaishi".into()),
            oidc_secret: Some("told by the provider".into()),
            ..Setting::default()
        }
    }

    /// What is said of a setting that is wrong.
    fn said(change: impl FnOnce(&mut Setting)) -> String {
        let mut setting = setting();
        change(&mut setting);
        setting.provider().unwrap_err().to_string()
    }

    #[test]
    fn all_of_it_or_nothing() {
        assert_eq!(Setting::default().provider().unwrap(), None);
        let provider = setting().provider().unwrap().unwrap();
        assert_eq!((provider.name.as_str(), provider.client.as_str()), ("id.example.cn", "kaishi"));
        let here = Setting {
            public_url: None,
            oidc_issuer: Some("http://127.0.0.1:9000".into()),
            oidc_name: Some("统一身份".into()),
            ..setting()
        };
        assert_eq!(here.provider().unwrap().unwrap().name, "统一身份");
    }

    #[test]
    fn each_thing_that_is_wrong_is_named() {
        assert!(said(|s| s.oidc_issuer = None).contains("without oidc-issuer"));
        assert!(said(|s| s.oidc_client = None).contains("oidc-client"));
        assert!(said(|s| s.oidc_secret = None).contains("oidc-secret-file"));
        assert!(said(|s| s.oidc_secret = Some(String::new())).contains("oidc-secret-file"));
        assert!(said(|s| s.oidc_secret_file = Some("/run/secret".into())).contains("one of them"));
        assert!(said(|s| s.oidc_name = Some(" ".into())).contains("oidc-name"));
        for wrong in
            ["id.example.cn", "http://id.example.cn", "https://", "https://a@b.cn", "https://b.cn/?x"]
        {
            assert!(said(|s| s.oidc_issuer = Some(wrong.into())).contains("oidc-issuer must"), "{wrong}");
        }
        assert!(said(|s| s.public_url = Some("http://ks.example.cn".into())).contains("public-url"));
    }

    #[test]
    fn a_secret_comes_from_a_file_and_is_never_shown() {
        let file = std::env::temp_dir().join(format!("kaishi-oidc-{}", std::process::id()));
        std::fs::write(&file, "from a file\n").unwrap();
        let setting = Setting { oidc_secret: None, oidc_secret_file: Some(file.clone()), ..setting() };
        let provider = setting.provider();
        std::fs::remove_file(&file).unwrap();
        let provider = provider.unwrap().unwrap();
        assert_eq!(provider.secret, "from a file");
        assert!(!format!("{provider:?}").contains("from a file"));
    }
}
