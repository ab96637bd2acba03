//! What the staff pad's calls and its plain forms have in common: the phone behind a link, and the appeal
//! that it raises.

use kaishi_domain::Refusal;
use kaishi_domain::actor::Device;
use kaishi_domain::appeal::{Appeal, Category, NewAppeal, Verb, Words};
use kaishi_domain::encounter::Source;
use kaishi_domain::token::Purpose;
use kaishi_store::Hand;

use super::State;

/// Characters of a nonce that a pad may choose.
const NONCE: std::ops::RangeInclusive<usize> = 8..=64;

impl State {
    /// The staff phone behind the token of a link.
    pub async fn device(&self, token: &str) -> kaishi_store::Result<Device> {
        let link = self.keys.read(Purpose::Staff, token)?;
        self.store.device(link, self.now()).await
    }

    /// Raises an appeal for a resident who stands at the stall, settled at once if the stall says so.
    pub async fn raise_at(
        &self,
        device: &Device,
        category: Category,
        words: &str,
        settled: bool,
        nonce: &str,
    ) -> kaishi_store::Result<Appeal> {
        if !NONCE.contains(&nonce.len()) {
            return Err(Refusal::Malformed("nonce").into());
        }
        let new = NewAppeal {
            org: device.org,
            market: device.market,
            stall: Some(device.stall),
            channel: Source::Staff,
            category,
            words: Words::parse(words)?,
            contact: None,
            nonce: format!("{}:{nonce}", device.link),
        };
        let at_once = settled.then(|| (Hand::Device(device), Verb::SettleOnSpot { how: Words::default() }));
        self.store.appeal_raise(&new, at_once, self.now()).await
    }
}
