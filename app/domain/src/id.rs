//! Identifiers. Each is its own type, so that a stall can never be passed where a market is meant.
//!
//! Everything lives inside an organization: an id alone never finds a row, the organization goes with it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::digits::hex;
use crate::digits::{base32, unbase32, unhex};
use crate::{Moment, Refusal};

/// An organization (a community Party committee): 24 bits, so that it fits into every printed code.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct OrgId(u32);

impl OrgId {
    /// No organization: the key of rows that belong to the installation as a whole.
    pub const INSTALLATION: Self = Self(0);

    /// From three random bytes.
    pub const fn from_bytes(bytes: [u8; 3]) -> Self {
        Self((bytes[0] as u32) << 16 | (bytes[1] as u32) << 8 | bytes[2] as u32)
    }

    /// The three bytes that stand in tokens.
    pub const fn bytes(self) -> [u8; 3] {
        [(self.0 >> 16) as u8, (self.0 >> 8) as u8, self.0 as u8]
    }

    /// The value of the `org_id` column.
    pub const fn number(self) -> i64 {
        self.0 as i64
    }

    /// Reads the `org_id` column.
    pub fn from_number(number: i64) -> Result<Self, Refusal> {
        u32::try_from(number)
            .ok()
            .filter(|n| *n < 1 << 24)
            .map(Self)
            .ok_or(Refusal::Malformed("organization"))
    }
}

impl fmt::Display for OrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32(&self.bytes()))
    }
}

impl fmt::Debug for OrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for OrgId {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let bytes = unbase32(text).ok_or(Refusal::Malformed("organization"))?;
        bytes.try_into().map(Self::from_bytes).map_err(|_| Refusal::Malformed("organization"))
    }
}

impl From<OrgId> for String {
    fn from(id: OrgId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for OrgId {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id: time-ordered (UUID version 7), from the moment and ten random bytes.
            pub fn new(now: Moment, random: [u8; 10]) -> Self {
                Self(uuid::Builder::from_unix_timestamp_millis(now.millis().unsigned_abs(), &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.as_simple().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = Refusal;
            fn from_str(text: &str) -> Result<Self, Refusal> {
                Uuid::try_parse(text).map(Self).map_err(|_| Refusal::Malformed(stringify!($name)))
            }
        }
    )+};
}

ids! {
    /// A person's account with a password.
    AccountId,
    /// One Saturday of one organization.
    MarketId,
    /// A place in metres that is used again every Saturday.
    GroundId,
    /// A numbered place on the map; its number may change, its id never.
    StallId,
    /// A partner unit (共建单位).
    UnitId,
    /// What organizers wrote down about a unit.
    NoteId,
    /// A unit's presence at one market (参市).
    EntryId,
    /// A part of the neighbourhood with people who answer for it (网格).
    GridId,
    /// A text that the desk keeps for answers.
    TemplateId,
    /// Something that a Saturday wants from units (榜上的需求).
    WantId,
    /// A unit's answer to a call.
    ClaimId,
    /// A name that several Saturdays carry (行动).
    CampaignId,
    /// One row of the ledger.
    EncounterId,
    /// A decision about rows that waited.
    ReviewId,
    /// A question of the quiz.
    QuestionId,
    /// Something that is booked by the hour: a room, a pitch.
    ResourceId,
    /// What a resident wants fixed (诉求).
    AppealId,
    /// About ten stalls that look after each other (十邻铺).
    CellId,
    /// Something that may go wrong or has gone wrong.
    IncidentId,
    /// A line that everybody is told.
    AnnouncementId,
    /// A staff phone, by the name that it made for itself.
    DeviceId,
    /// A paper sheet that was keyed in.
    BatchId,
    /// One look at the crowd.
    CountId,
}

impl ResourceId {
    /// What stands in the tickets of its forms.
    pub fn short(self, org: OrgId) -> ShortId {
        let bytes = self.0.as_bytes();
        ShortId::new(org, [bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]])
    }
}

impl AppealId {
    /// Its last five bytes, all of them random.
    pub const fn tail(self) -> [u8; 5] {
        let bytes = self.0.as_bytes();
        [bytes[11], bytes[12], bytes[13], bytes[14], bytes[15]]
    }
}

impl DeviceId {
    /// The phones of a link that say no name: all of them are one.
    pub fn unnamed(link: LinkId) -> Self {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&link.bytes());
        Self(Uuid::from_bytes(bytes))
    }

    /// Enough of it to tell it from its neighbours.
    pub fn mark(self) -> String {
        self.to_string()[28..].to_ascii_uppercase()
    }
}

/// Eight bytes that come back from paper or a link: three of the organization, five random.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShortId([u8; 8]);

impl ShortId {
    /// From the organization and five random bytes.
    pub fn new(org: OrgId, random: [u8; 5]) -> Self {
        let mut bytes = [0; 8];
        bytes[..3].copy_from_slice(&org.bytes());
        bytes[3..].copy_from_slice(&random);
        Self(bytes)
    }

    /// From the eight bytes themselves.
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(bytes)
    }

    /// The eight bytes.
    pub const fn bytes(self) -> [u8; 8] {
        self.0
    }

    /// The organization it belongs to: a lookup goes to one shard.
    pub const fn org(self) -> OrgId {
        OrgId::from_bytes([self.0[0], self.0[1], self.0[2]])
    }
}

impl fmt::Display for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for ShortId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ShortId {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let bytes = unhex(text).ok_or(Refusal::Malformed("short id"))?;
        bytes.try_into().map(Self).map_err(|_| Refusal::Malformed("short id"))
    }
}

/// A printed poster.
pub type PosterId = ShortId;
/// A signed link: staff pad, screen, unit page, set-up.
pub type LinkId = ShortId;

/// A market with its organization, as it stands in addresses: `{org}-{market}`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct MarketRef {
    /// Whose Saturday it is.
    pub org: OrgId,
    /// Which Saturday.
    pub market: MarketId,
}

impl fmt::Display for MarketRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.org, self.market)
    }
}

impl FromStr for MarketRef {
    type Err = Refusal;
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (org, market) = text.split_once('-').ok_or(Refusal::Malformed("market"))?;
        Ok(Self { org: org.parse()?, market: market.parse()? })
    }
}

impl From<MarketRef> for String {
    fn from(id: MarketRef) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for MarketRef {
    type Error = Refusal;
    fn try_from(text: String) -> Result<Self, Refusal> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_write() {
        let org = OrgId::from_bytes([0xff, 0x00, 0x7a]);
        assert_eq!(org.to_string().parse::<OrgId>().unwrap(), org);
        assert_eq!(OrgId::from_number(org.number()).unwrap(), org);
        let market = MarketId::new(Moment::from_millis(1_684_030_920_000), [7; 10]);
        let reference = MarketRef { org, market };
        assert_eq!(reference.to_string().parse::<MarketRef>().unwrap(), reference);
        let short = ShortId::new(org, [1, 2, 3, 4, 5]);
        assert_eq!(short.org(), org);
        assert_eq!(short.to_string().parse::<ShortId>().unwrap(), short);
    }

    #[test]
    fn nonsense_is_refused() {
        assert!(OrgId::from_number(1 << 24).is_err());
        assert!(OrgId::from_number(-1).is_err());
        assert!("".parse::<OrgId>().is_err());
        assert!("ABCDE-".parse::<MarketRef>().is_err());
        assert!("zz".parse::<StallId>().is_err());
    }
}
