//! Tokens, tickets, and what people type instead of scanning.

use std::fmt::Display;
use std::str::FromStr;

use kaishi_domain::appeal::{AppealCode, SlipCode};
use kaishi_domain::id::ShortId;
use kaishi_domain::poster::Typed;
use kaishi_domain::token::second::Owner;
use kaishi_domain::token::{Key, Keys, Purpose, Ticket};
use kaishi_domain::{AccountId, AppealId, DeviceId, LinkId, MarketRef, Moment, OrgId, PosterId, StallId};

const PURPOSES: [Purpose; 8] = [
    Purpose::Poster,
    Purpose::Staff,
    Purpose::Screen,
    Purpose::Unit,
    Purpose::Setup,
    Purpose::Feed,
    Purpose::Cell,
    Purpose::Open,
];

pub(super) fn keys() -> Keys {
    Keys::new(Key { id: 3, secret: [9; 32] }, vec![Key { id: 2, secret: [8; 32] }])
}

pub(super) fn poster() -> ShortId {
    ShortId::new(OrgId::from_bytes([1, 2, 3]), [4, 5, 6, 7, 8])
}

pub(super) fn ticket() -> Ticket {
    Ticket {
        poster: poster(),
        issued_at: Moment::from_millis(1_683_945_720_000),
        nonce: [5; 16],
        visitor: [6; 16],
    }
}

/// The first byte says what the rest is: a text as it stands, or changes to what is genuine.
pub(super) fn run(bytes: &[u8]) -> bool {
    let Some((first, rest)) = bytes.split_first() else { return false };
    match first % 4 {
        0 => forged_token(rest),
        1 => forged_ticket(rest),
        _ => typed(&String::from_utf8_lossy(rest)),
    }
}

/// What is genuine with some of its characters changed: a pair of bytes is one change.
fn changed(genuine: &str, pairs: &[u8]) -> String {
    let mut text = genuine.as_bytes().to_vec();
    for pair in pairs.chunks_exact(2) {
        let at = usize::from(pair[0]) % text.len();
        text[at] = pair[1];
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn forged_token(pairs: &[u8]) -> bool {
    let genuine = keys().token(Purpose::Staff, poster());
    let text = changed(&genuine, pairs);
    let read = keys().read(Purpose::Staff, &text);
    assert_eq!(read.is_ok(), text.eq_ignore_ascii_case(&genuine), "{text}");
    assert!(PURPOSES.iter().all(|other| *other == Purpose::Staff || keys().read(*other, &text).is_err()));
    read.is_ok()
}

fn forged_ticket(pairs: &[u8]) -> bool {
    let genuine = keys().seal(&ticket());
    let text = changed(&genuine, pairs);
    let read = keys().open(&text, poster(), ticket().issued_at, 1);
    assert_eq!(read.is_ok(), text == genuine, "{text}");
    read.is_ok()
}

/// What is read is written as it would be read again.
fn same<T: FromStr + Display + PartialEq>(text: &str) -> bool {
    let Ok(read) = text.parse::<T>() else { return false };
    let written = read.to_string();
    assert!(written.parse::<T>().is_ok_and(|again| again == read), "{text:?} was written as {written:?}");
    true
}

fn typed(text: &str) -> bool {
    for purpose in PURPOSES {
        assert!(keys().read(purpose, text).is_err(), "nobody has signed {text:?}");
    }
    assert!(keys().open(text, poster(), Moment::from_millis(0), 1).is_err());
    let owner = Owner {
        home: OrgId::from_bytes([1, 2, 3]),
        account: AccountId::new(Moment::from_millis(0), [1; 10]),
    };
    let recovery = keys().recovery(&owner, text).is_some();
    let number = Typed::parse(text).is_ok();
    let codes = [same::<AppealCode>(text), same::<SlipCode>(text)];
    let ids = [
        same::<OrgId>(text),
        same::<StallId>(text),
        same::<MarketRef>(text),
        same::<LinkId>(text),
        same::<PosterId>(text),
        same::<DeviceId>(text),
        same::<AppealId>(text),
    ];
    recovery || number || codes.into_iter().chain(ids).any(|is| is)
}
