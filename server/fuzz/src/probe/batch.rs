//! What a staff phone uploads, up to the rows that the ledger would get.

use std::collections::BTreeMap;

use kaishi_domain::actor::Device;
use kaishi_domain::batch::{Outcome, Record, Upload};
use kaishi_domain::device::Received;
use kaishi_domain::encounter::{Encounter, MAX_TAP, RecordKind};
use kaishi_domain::{EncounterId, LinkId, MarketId, Moment, OrgId, StallId};

use super::bend::document;

const NOW: Moment = Moment::from_millis(1_683_945_720_000);

fn device() -> Device {
    let org = OrgId::from_bytes([1, 2, 3]);
    Device {
        org,
        market: MarketId::new(NOW, [1; 10]),
        stall: StallId::new(NOW, [2; 10]),
        link: LinkId::new(org, [3; 5]),
    }
}

/// A batch in order: a tap, the same taken back, one that cannot be read, and what a phone says of itself.
pub(super) const IN_ORDER: &str = r#"{"records":[
    {"id":"a-1","seq":1,"at":1683945700000,"kind":"plus","n":20,"encounter":"talk"},
    {"id":"a-2","seq":2,"at":1683945710000,"kind":"undo","of":"a-1"},
    {"id":7}],
  "device":"0102030405060708","next":3,"waiting":0,"tray":1,"clock":1683945720000,
  "cleared":[{"record":{"id":"x","at":0,"kind":"plus"},"why":"malformed","reason":"twice"}]}"#;

pub(super) fn run(bytes: &[u8]) -> bool {
    let Some(upload) = Upload::parse(document(bytes, IN_ORDER).as_bytes()) else { return false };
    let (mut received, mut rows) = (Received::default(), BTreeMap::new());
    let mut readable = 0;
    for record in &upload.records {
        match record {
            Ok(record) => {
                readable += 1;
                received.take(record.seq);
                keep(record, &mut rows);
            }
            Err(receipt) => assert_eq!(receipt.result, Outcome::Refused),
        }
    }
    let n: i64 = rows.values().map(|row: &Encounter| row.n).sum();
    assert!((0..=MAX_TAP * readable).contains(&n), "{n} people in {readable} records");
    let (high, missing) = (received.high(), received.missing(&upload.about));
    assert!((0..=1_000_000).contains(&missing), "{missing} records are missing");
    assert!(received.gaps() <= high);
    let _ = (upload.about.name(), upload.about.clock_error(NOW));
    readable > 0
}

/// As the ledger does it: what is there already stays, only a row that is there is taken back, and once.
fn keep(record: &Record, rows: &mut BTreeMap<String, Encounter>) {
    let (device, id) = (device(), EncounterId::new(NOW, [4; 10]));
    let again: Record =
        serde_json::to_string(record).ok().and_then(|text| serde_json::from_str(&text).ok()).unwrap();
    assert_eq!(&again, record);
    let row = match record.kind {
        RecordKind::Plus => {
            Encounter::tap(id, &device, &record.id, record.encounter, record.n, record.at, NOW).ok()
        }
        RecordKind::Undo => {
            let of = record.of.as_ref().map(|of| Encounter::record_nonce(device.link, of));
            of.and_then(|of| rows.get(&of)).and_then(|row| row.counter(id, record.at, NOW).ok())
        }
    };
    if let Some(row) = row {
        assert!(row.at <= NOW && row.n.abs() <= MAX_TAP);
        rows.entry(row.nonce.clone()).or_insert(row);
    }
}
