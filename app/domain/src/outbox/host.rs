//! Which addresses an operator lets messages go to. A name stands for https at its usual port and for public addresses;
//! only a name with its port may be plain http or lie in a private network.

use core::net::{IpAddr, Ipv4Addr};
use std::fmt;
use std::str::FromStr;

use crate::Refusal;

/// A host on the operator's list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Host {
    /// Lower case: `hooks.example.cn`, `127.0.0.1`.
    name: String,
    /// The port that was written; with it the operator vouches for the address.
    port: Option<u16>,
}

impl FromStr for Host {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (name, port) = parted(text.trim())?;
        Ok(Self { name, port })
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// A name and its port, if there is one.
fn parted(text: &str) -> Result<(String, Option<u16>), Refusal> {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) => (name, Some(port.parse().map_err(|_| Refusal::Malformed("host"))?)),
        None => (text, None),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let sound = !name.is_empty() && name.len() <= 253 && name.chars().all(plain) && port != Some(0);
    if sound { Ok((name.to_ascii_lowercase(), port)) } else { Err(Refusal::Malformed("host")) }
}

/// An address that messages may go to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The whole address.
    pub url: String,
    /// The operator has listed it with its port: it may lie in a private network.
    pub vouched: bool,
}

/// The longest address.
const MOST: usize = 300;

impl Target {
    /// Reads an address and looks for its host on the list. What is not listed is [`Refusal::NotAllowed`].
    pub fn read(url: &str, hosts: &[Host]) -> Result<Self, Refusal> {
        const WHAT: Refusal = Refusal::Malformed("address");
        let url = url.trim();
        if url.len() > MOST || !url.is_ascii() || url.contains(|c: char| c.is_ascii_control() || c == ' ') {
            return Err(WHAT);
        }
        let (secure, rest) = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(WHAT),
        };
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (host, path) = rest.split_at(end);
        // No name before the host, nothing behind the path, no second way to write a slash.
        if host.contains('@') || path.contains(['#', '\\']) {
            return Err(WHAT);
        }
        let (name, port) = parted(host)?;
        let reached = port.unwrap_or(if secure { 443 } else { 80 });
        let vouched = hosts.iter().any(|host| host.name == name && host.port == Some(reached));
        let listed = hosts.iter().any(|host| host.name == name && host.port.is_none());
        let public = secure && reached == 443 && name.parse::<IpAddr>().is_err() && !is_number(&name);
        if vouched || (listed && public) {
            Ok(Self { url: url.to_owned(), vouched })
        } else {
            Err(Refusal::NotAllowed)
        }
    }
}

/// Whether a name is another way to write an address: the last part of a name is never a number.
fn is_number(name: &str) -> bool {
    let last = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
    last.starts_with("0x") || last.chars().all(|c| c.is_ascii_digit())
}

/// Whether an address lies in a network of its own: never reached from a name on the list.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_multicast()
                || v4.is_broadcast()
                || v4.is_documentation()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && (b == 18 || b == 19))
                || (a == 192 && b == 0 && c == 0)
        }
        IpAddr::V6(v6) => {
            let inner = v6.to_ipv4_mapped().or_else(|| match v6.segments() {
                // 6to4 and the translation prefix carry an address of the older kind.
                [0x2002, high, low, ..] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
                    Some(Ipv4Addr::from(u32::from(high) << 16 | u32::from(low)))
                }
                _ => None,
            });
            let first = v6.segments()[0];
            inner.is_some_and(|v4| is_private(IpAddr::V4(v4)))
                || v6.is_loopback()
                || v6.is_unspecified()
                || v6.is_multicast()
                || first & 0xfe00 == 0xfc00
                || first & 0xffc0 == 0xfe80
                || (first == 0x2001 && v6.segments()[1] == 0xdb8)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts() -> Vec<Host> {
        ["Hooks.example.cn", "127.0.0.1:4010", "10.0.0.8"].map(|text| text.parse().unwrap()).to_vec()
    }

    #[test]
    fn only_what_the_operator_lists_is_told() {
        let table = [
            ("https://hooks.example.cn/kaishi?x=1", Some(false)),
            ("https://HOOKS.example.cn:443", Some(false)),
            ("http://127.0.0.1:4010/in", Some(true)),
            ("http://hooks.example.cn/kaishi", None),
            ("https://hooks.example.cn:8443/", None),
            ("https://hooks.example.cn.evil.cn/", None),
            ("https://evil.cn/hooks.example.cn", None),
            ("http://127.0.0.1:4011/in", None),
            ("https://127.0.0.1/", None),
            // An address without its port is not vouched for.
            ("https://10.0.0.8/", None),
        ];
        for (url, want) in table {
            let read = Target::read(url, &hosts());
            assert_eq!(read.as_ref().ok().map(|target| target.vouched), want, "{url}: {read:?}");
        }
        assert_eq!(
            Target::read("https://hooks.example.cn/", &[]),
            Err(Refusal::NotAllowed),
            "off by default"
        );
    }

    #[test]
    fn addresses_that_are_read_in_two_ways_are_refused() {
        for url in [
            "ftp://hooks.example.cn/",
            "https://hooks.example.cn@evil.cn/",
            "https://evil.cn\\@hooks.example.cn/",
            "https://hooks.example.cn\\.evil.cn/",
            "https://hooks.example.cn/a b",
            "https://hooks.example.cn/#x",
            "https://[::1]/",
            "https:///x",
            "https://hooks.例.cn/",
        ] {
            assert!(matches!(Target::read(url, &hosts()), Err(Refusal::Malformed(_))), "{url}");
        }
        let numbers = ["2130706433", "0x7f000001"].map(|text| text.parse().unwrap());
        for url in ["https://2130706433/", "https://0x7f000001/"] {
            assert_eq!(Target::read(url, &numbers), Err(Refusal::NotAllowed), "{url}");
        }
    }

    #[test]
    fn private_networks_are_known_in_both_kinds() {
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "255.255.255.255",
            "224.0.0.1",
            "::1",
            "::",
            "fd00::1",
            "fe80::1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "ff02::1",
        ] {
            assert!(is_private(text.parse().unwrap()), "{text}");
        }
        for text in ["114.114.114.114", "8.8.8.8", "2400:3200::1", "::ffff:8.8.8.8", "172.32.0.1"] {
            assert!(!is_private(text.parse().unwrap()), "{text}");
        }
    }
}
