//! The addresses that the simulated people hold in their hands: posters and staff links.

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;

use crate::demo::Addresses;

/// One stall's address.
#[derive(Clone, Debug, Deserialize)]
pub struct Door {
    /// Printed number of the stall.
    pub no: String,
    /// Address.
    pub url: String,
}

/// Every address that a morning needs.
#[derive(Clone, Debug, Deserialize)]
pub struct Book {
    /// Where the server is reached, without a slash at the end.
    pub base: String,
    /// The residents' page.
    pub market: String,
    /// Posters.
    pub stalls: Vec<Door>,
    /// Staff pads.
    pub staff: Vec<Door>,
}

impl From<&Addresses> for Book {
    fn from(all: &Addresses) -> Self {
        Self {
            base: all.base.clone(),
            market: all.market.clone(),
            stalls: all.stalls.iter().map(|s| Door { no: s.no.clone(), url: s.url.clone() }).collect(),
            staff: all.staff.iter().map(|s| Door { no: s.no.clone(), url: s.url.clone() }).collect(),
        }
    }
}

impl Book {
    /// Reads the JSON of `kaishi demo --addresses`, for one market, as reached under `base`.
    pub fn read(text: &str, base: &str, market: &str) -> Result<Self> {
        let book: Self =
            serde_json::from_str(text).context("the addresses are not those of `kaishi demo`")?;
        ensure!(
            book.market.rsplit('/').next() == Some(market),
            "the addresses belong to another market than {market}"
        );
        book.reached_under(base)
    }

    /// The same addresses on another host: a printed name may not lead here.
    pub fn reached_under(self, base: &str) -> Result<Self> {
        ensure!(base.starts_with("http://"), "only http:// can be simulated; {base} is something else");
        let base = base.trim_end_matches('/').to_owned();
        let old = self.base.clone();
        let moved = |doors: Vec<Door>| -> Vec<Door> {
            doors
                .into_iter()
                .map(|door| {
                    let path = door.url.strip_prefix(&old).unwrap_or(&door.url);
                    Door { url: format!("{base}{path}"), no: door.no }
                })
                .collect()
        };
        Ok(Self { stalls: moved(self.stalls), staff: moved(self.staff), market: self.market, base })
    }

    /// The poster of a stall.
    pub fn stall(&self, no: &str) -> Result<&str> {
        address(&self.stalls, no)
    }

    /// The staff pad of a stall.
    pub fn pad(&self, no: &str) -> Result<&str> {
        address(&self.staff, no)
    }
}

fn address<'a>(doors: &'a [Door], no: &str) -> Result<&'a str> {
    match doors.iter().find(|door| door.no == no) {
        Some(door) => Ok(&door.url),
        None => bail!("no address for stall {no}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"{"base":"https://ks.example.cn","market":"https://ks.example.cn/m/AB-1","screen":"x",
        "stalls":[{"no":"1","name":"书记有约","url":"https://ks.example.cn/s/T"}],"staff":[]}"#;

    #[test]
    fn addresses_are_those_of_one_market_and_move_to_where_it_runs() {
        let book = Book::read(FILE, "http://127.0.0.1:3000/", "AB-1").unwrap();
        assert_eq!(book.stall("1").unwrap(), "http://127.0.0.1:3000/s/T");
        assert!(book.stall("2").is_err() && book.pad("1").is_err());
        assert!(Book::read(FILE, "http://127.0.0.1:3000", "AB-2").is_err());
        assert!(Book::read(FILE, "ftp://127.0.0.1", "AB-1").is_err());
        assert!(Book::read("{}", "http://127.0.0.1:3000", "AB-1").is_err());
    }
}
