//! What a staff phone uploads and what it gets back: a batch of records, one receipt each, in order.
//! A phone forgets a record only on its receipt. The shapes are a promise to the outside.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::device::About;
use crate::encounter::{Kind, RecordKind};
use crate::{Moment, Refusal};

/// The most records in one batch.
pub const MAX_RECORDS: usize = 500;

const fn one() -> i64 {
    1
}

/// One act on a staff phone, numbered and timed there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Record {
    /// Made on the phone; a record that is sent twice is the same record.
    pub id: String,
    /// The phone's own order: a batch is read by it, whatever order it arrives in.
    #[serde(default)]
    pub seq: i64,
    /// The phone's clock.
    pub at: Moment,
    /// What the phone did.
    pub kind: RecordKind,
    /// How many people (of a plus).
    #[serde(default = "one")]
    pub n: i64,
    /// What happened at the stall (of a plus).
    #[serde(default)]
    pub encounter: Kind,
    /// The id of the record that an undo takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// What became of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is in the ledger now.
    New,
    /// It was in the ledger before.
    Duplicate,
    /// It will never be; a person should look at it.
    Refused,
}

/// Why a record was refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Not a record that this server can read.
    Malformed,
    /// Takes back a record that this phone never sent.
    Unknown,
    /// Taken back too late.
    Expired,
    /// Not possible here.
    NotPossible,
}

impl From<&Refusal> for Why {
    fn from(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Malformed(_) | Refusal::Missing(_) | Refusal::TooLong(_) => Self::Malformed,
            Refusal::Expired => Self::Expired,
            Refusal::NotGenuine
            | Refusal::NotAllowed
            | Refusal::WrongState(_)
            | Refusal::Taken(_)
            | Refusal::Locked(_) => Self::NotPossible,
        }
    }
}

/// A batch as it came in: what cannot be read does not fail its neighbours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Upload {
    /// Each record in its place, or the receipt that says no.
    pub records: Vec<Result<Record, Receipt>>,
    /// What the phone says of itself; whatever of it cannot be read is passed over, never the records.
    pub about: About,
}

impl Upload {
    /// Reads `{"records":[…]}` with what stands beside it.
    pub fn parse(body: &[u8]) -> Option<Self> {
        #[derive(Deserialize)]
        struct Written {
            records: Vec<Value>,
            #[serde(flatten)]
            about: Value,
        }
        let Written { records, about } = serde_json::from_slice(body).ok()?;
        let record = |value: Value| {
            let id = value.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            serde_json::from_value(value).map_err(|_| Receipt::refused(id, Why::Malformed))
        };
        let records = records.into_iter().map(record).collect();
        Some(Self { records, about: serde_json::from_value(about).unwrap_or_default() })
    }
}

/// The answer to one record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Receipt {
    /// The record's id, as the phone named it.
    pub id: String,
    /// What became of it.
    pub result: Outcome,
    /// The reason, if it was refused.
    pub why: Option<Why>,
}

impl Receipt {
    /// The receipt of a record that will never be in the ledger.
    pub const fn refused(id: String, why: Why) -> Self {
        Self { id, result: Outcome::Refused, why: Some(why) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_are_those_of_the_contract() {
        let text = r#"{"id":"7c0e","seq":17,"at":1684030920000,"kind":"plus","n":1,"encounter":"consult"}"#;
        let record: Record = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::to_string(&record).unwrap(), text);
        let undo: Record =
            serde_json::from_str(r#"{"id":"8d","at":1684030920000,"kind":"undo","of":"7c0e"}"#).unwrap();
        assert_eq!((undo.kind, undo.of.as_deref(), undo.n), (RecordKind::Undo, Some("7c0e"), 1));
        let receipt = Receipt { id: "7c0e".into(), result: Outcome::New, why: None };
        assert_eq!(serde_json::to_string(&receipt).unwrap(), r#"{"id":"7c0e","result":"new","why":null}"#);
        let refused = Receipt::refused("8d".into(), Why::Unknown);
        assert_eq!(
            serde_json::to_string(&refused).unwrap(),
            r#"{"id":"8d","result":"refused","why":"unknown"}"#
        );
    }
}
