//! What the staff pad's calls and its plain forms have in common: the phone behind a link, and the appeal
//! that it raises.

use kaishi_domain::actor::{Device, Phone};
use kaishi_domain::appeal::{Appeal, Category, NewAppeal, Verb, Words};
use kaishi_domain::batch::{Receipt, Record};
use kaishi_domain::device::About;
use kaishi_domain::encounter::Source;
use kaishi_domain::token::Purpose;
use kaishi_domain::{DeviceId, Refusal};
use kaishi_store::Hand;

use super::State;

/// Characters of a nonce that a pad may choose.
const NONCE: std::ops::RangeInclusive<usize> = 8..=64;

impl State {
    /// The staff phone behind the key of a pad: the token of a link, for a supervisor's with the stall, `TOKEN~STALL`.
    pub async fn phone(&self, key: &str, device: Option<DeviceId>) -> kaishi_store::Result<Phone> {
        let (token, stall) = match key.split_once('~') {
            Some((token, stall)) => (token, Some(stall.parse()?)),
            None => (key, None),
        };
        let link = self.keys.read(Purpose::Staff, token)?;
        self.store.phone(link, stall, device, self.now()).await
    }

    /// Writes what a phone sends and notes what it says of itself.
    pub async fn receive(
        &self,
        phone: &Phone,
        records: &[Record],
        about: &About,
    ) -> kaishi_store::Result<Vec<Receipt>> {
        let receipts = self.store.tap_batch(&phone.at, records, self.now()).await?;
        let seqs: Vec<i64> = records.iter().map(|record| record.seq).collect();
        self.store.heard(phone, about, &seqs, self.now()).await?;
        Ok(receipts)
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
            grid: None,
            code: None,
            contact: None,
            nonce: format!("{}:{nonce}", device.link),
        };
        let at_once = settled.then(|| (Hand::Device(device), Verb::SettleOnSpot { how: Words::default() }));
        self.store.appeal_raise(&new, at_once, self.now()).await
    }
}
