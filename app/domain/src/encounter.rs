//! Encounters (人次): one person served at one stall on one market day, and how we know.
//!
//! The ledger only grows. A correction is a further row that refers to the first.

use serde::{Deserialize, Serialize};

use crate::id::hex;
use crate::moment::MINUTE;
use crate::paper::Sheet;
use crate::trust::{Label, Labels};
use crate::{EncounterId, LinkId, MarketId, MarketRef, Moment, OrgId, PosterId, Refusal, StallId};

/// Which way a row came into the ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A resident scanned a poster.
    Scan,
    /// Staff tapped +1.
    Staff,
    /// Keyed in from a paper sheet.
    Paper,
}

impl Source {
    /// The value of the `source` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Scan => "scan",
            Self::Staff => "staff",
            Self::Paper => "paper",
        }
    }

    /// Reads the `source` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "scan" => Ok(Self::Scan),
            "staff" => Ok(Self::Staff),
            "paper" => Ok(Self::Paper),
            _ => Err(Refusal::Malformed("source")),
        }
    }
}

/// What happened at the stall.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 咨询
    #[default]
    Consult,
    /// 办事
    Handle,
    /// 体验
    Try,
    /// 宣讲: counted as heads at a talk, a line of its own outside the total.
    Talk,
}

impl Kind {
    /// Every kind, in the order of the pad.
    pub const ALL: [Self; 4] = [Self::Consult, Self::Handle, Self::Try, Self::Talk];

    /// The value of the `kind` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Consult => "consult",
            Self::Handle => "handle",
            Self::Try => "try",
            Self::Talk => "talk",
        }
    }

    /// Reads the `kind` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        Self::ALL.into_iter().find(|kind| kind.code() == code).ok_or(Refusal::Malformed("kind"))
    }
}

/// How far a row is believed without a second look.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// In the headline.
    Normal,
    /// 待核: kept in the ledger, outside the headline until reviewed.
    Low,
}

impl Confidence {
    /// The value of the `confidence` column.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Low => "low",
        }
    }

    /// Reads the `confidence` column.
    pub fn from_code(code: &str) -> Result<Self, Refusal> {
        match code {
            "normal" => Ok(Self::Normal),
            "low" => Ok(Self::Low),
            _ => Err(Refusal::Malformed("confidence")),
        }
    }
}

/// The most people one scan can stand for.
pub const MAX_GROUP: i64 = 9;
/// The most people one tap on the pad can stand for.
pub const MAX_TAP: i64 = 20;
/// A tap may be taken back by its own device for so long.
pub const UNDO_FOR: i64 = 10 * MINUTE;
/// A row that arrives so much later than it happened is marked late.
pub const LATE_AFTER: i64 = 2 * MINUTE;

/// One row of the ledger. Built only by [`Encounter::scan`], [`Encounter::tap`],
/// [`Encounter::paper`], their counter-entries and those of a review.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Encounter {
    /// Which.
    pub id: EncounterId,
    /// Whose.
    pub org: OrgId,
    /// At which market.
    pub market: MarketId,
    /// At which stall.
    pub stall: StallId,
    /// How it came in.
    pub source: Source,
    /// What happened.
    pub kind: Kind,
    /// How many people; negative in a counter-entry.
    pub n: i64,
    /// How far it is believed.
    pub confidence: Confidence,
    /// What was noted when it came.
    pub labels: Labels,
    /// Unique in its market: a resent form or record lands on the same row.
    pub nonce: String,
    /// Unique in market and stall: one visit a day.
    pub visitor: Option<String>,
    /// The poster that was scanned.
    pub poster: Option<PosterId>,
    /// The device that tapped.
    pub device: Option<LinkId>,
    /// The row that this one takes back.
    pub refers_to: Option<EncounterId>,
    /// When it happened.
    pub at: Moment,
    /// When it arrived here.
    pub arrived_at: Moment,
}

/// A record that a staff phone sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// `n` people were served.
    Plus,
    /// Takes an earlier record back, named by its id.
    Undo,
}

impl Encounter {
    /// A resident's scan. Without a cookie that came back (`visitor` is `None`) it is counted by its nonce
    /// alone and waits for review.
    pub fn scan(
        id: EncounterId,
        resident: &crate::actor::Resident,
        n: i64,
        nonce: [u8; 16],
        visitor: Option<[u8; 16]>,
        now: Moment,
    ) -> Result<Self, Refusal> {
        if !(1..=MAX_GROUP).contains(&n) {
            return Err(Refusal::Malformed("number of people"));
        }
        let labels = Labels::NONE.when(visitor.is_none(), Label::NoCookie);
        Ok(Self {
            id,
            org: resident.org,
            market: resident.market,
            stall: resident.stall,
            source: Source::Scan,
            kind: Kind::Consult,
            n,
            confidence: labels.confidence(),
            labels,
            nonce: hex(&nonce),
            visitor: visitor.map(|tag| hex(&tag)),
            poster: Some(resident.poster),
            device: None,
            refers_to: None,
            at: now,
            arrived_at: now,
        })
    }

    /// The same scan with all that was noted of it, which decides how far it is believed.
    #[must_use]
    pub fn labelled(self, labels: Labels) -> Self {
        Self { confidence: labels.confidence(), labels, ..self }
    }

    /// A tap on a staff pad. `record` is the id that the device gave it; `at` is the device's time, never
    /// later than now.
    pub fn tap(
        id: EncounterId,
        device: &crate::actor::Device,
        record: &str,
        kind: Kind,
        n: i64,
        at: Moment,
        now: Moment,
    ) -> Result<Self, Refusal> {
        if !(1..=MAX_TAP).contains(&n) {
            return Err(Refusal::Malformed("number of people"));
        }
        if record.is_empty()
            || record.len() > 64
            || !record.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            return Err(Refusal::Malformed("record id"));
        }
        Ok(Self {
            id,
            org: device.org,
            market: device.market,
            stall: device.stall,
            source: Source::Staff,
            kind,
            n,
            confidence: Confidence::Normal,
            labels: Labels::NONE,
            nonce: Self::record_nonce(device.link, record),
            visitor: None,
            poster: None,
            device: Some(device.link),
            refers_to: None,
            at: at.min(now),
            arrived_at: now,
        })
    }

    /// A kind of people on a paper sheet, `at` the middle of its time.
    pub fn paper(
        id: EncounterId,
        market: MarketRef,
        sheet: &Sheet,
        kind: Kind,
        n: i64,
        at: Moment,
        now: Moment,
    ) -> Self {
        Self {
            id,
            org: market.org,
            market: market.market,
            stall: sheet.stall,
            source: Source::Paper,
            kind,
            n,
            confidence: Confidence::Normal,
            labels: Labels::NONE,
            nonce: Sheet::nonce(sheet.id, kind),
            visitor: None,
            poster: None,
            device: None,
            refers_to: None,
            at,
            arrived_at: now,
        }
    }

    /// The nonce of the one row that can take this row back.
    pub fn counter_nonce(&self) -> String {
        format!("undo:{}", self.id)
    }

    /// The counter-entry that takes this row back: same stall, source, kind and bucket, opposite number.
    /// `at` is when the device took it back; a phone without a network may tell us later than that.
    pub fn counter(&self, id: EncounterId, at: Moment, now: Moment) -> Result<Self, Refusal> {
        if self.refers_to.is_some() {
            return Err(Refusal::WrongState("taken back already".into()));
        }
        // A tap is its own phone's to take back, and soon; a sheet is taken back by a person, with a reason.
        let paper = self.source == Source::Paper;
        if !paper && now.since(self.arrived_at) > UNDO_FOR && at.min(now).since(self.at) > UNDO_FOR {
            return Err(Refusal::Expired);
        }
        Ok(Self {
            id,
            n: -self.n,
            nonce: self.counter_nonce(),
            visitor: None,
            refers_to: Some(self.id),
            arrived_at: now,
            ..self.clone()
        })
    }

    /// The nonce under which a device's record stands in the ledger.
    pub fn record_nonce(device: LinkId, record: &str) -> String {
        format!("{device}:{record}")
    }

    /// Arrived so long after it happened that the curve would lie without a mark.
    pub const fn is_late(&self) -> bool {
        self.arrived_at.since(self.at) > LATE_AFTER
    }
}

#[cfg(test)]
mod tests;
