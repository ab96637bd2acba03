//! A campaign: a name that several Saturdays carry, so that they can be counted together. A Saturday may carry several.

use crate::text::short;
use crate::{CampaignId, MarketId, Refusal};

/// 六大行动, which many districts run beside each other.
pub const SIX: [&str; 6] = ["亮家底", "干部帮扶", "专题培训", "政策入企", "融资对接", "铸诚信"];

/// The longest name, in letters.
pub const MOST_NAME: usize = 20;

/// A campaign with its Saturdays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Campaign {
    /// Which.
    pub id: CampaignId,
    /// `铸诚信`
    pub name: String,
    /// The Saturdays that carry it.
    pub markets: Vec<MarketId>,
}

/// A name for a campaign.
pub fn name(text: &str) -> Result<String, Refusal> {
    short(text, MOST_NAME, "name")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_six_are_names_and_an_empty_one_is_none() {
        for six in SIX {
            assert_eq!(name(&format!(" {six} ")).unwrap(), six);
        }
        assert!(name(" ").is_err() && name(&"长".repeat(MOST_NAME + 1)).is_err());
    }
}
