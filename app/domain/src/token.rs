//! Signed short tokens: what stands in a poster's QR code and in the links for staff, screens and units.
//!
//! `base32( [version:3 | key id:5] ‖ 8 bytes ‖ HMAC-SHA256(key, purpose ‖ first 9 bytes)[..16] )`:
//! 25 bytes, 40 characters. A false token is refused before anything is looked up. The purpose is part of
//! what is signed, so a staff link can never pass for a poster.

pub mod errand;
mod eye;
pub mod second;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::digits::{base32, hex, unbase32};
use crate::id::ShortId;
use crate::moment::MINUTE;
use crate::{Moment, OrgId, Refusal};

type HmacSha256 = Hmac<Sha256>;

const VERSION: u8 = 1;
const HEAD: usize = 9;
const TAG: usize = 16;
/// Characters of a token.
pub const LENGTH: usize = 40;

/// The code of a stall stands for so long, in milliseconds; the one before it is still good.
pub const CODE_FOR: i64 = 5 * MINUTE;

/// What a token is for. A token of one purpose is never genuine for another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// A printed stall poster.
    Poster,
    /// A staff phone's +1 pad.
    Staff,
    /// A big screen.
    Screen,
    /// A unit's own page.
    Unit,
    /// The one-time link that makes the first account.
    Setup,
    /// A calendar of all Saturdays, for whoever subscribed to it.
    Feed,
    /// The opening checklist of a cell of stalls.
    Cell,
    /// A program that raises appeals.
    Open,
}

impl Purpose {
    /// The value of the `purpose` column, and part of what is signed.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Poster => "poster",
            Self::Staff => "staff",
            Self::Screen => "screen",
            Self::Unit => "unit",
            Self::Setup => "setup",
            Self::Feed => "feed",
            Self::Cell => "cell",
            Self::Open => "open",
        }
    }
}

/// One signing key with its number (0 to 31).
#[derive(Clone)]
pub struct Key {
    /// The number that stands in the token.
    pub id: u8,
    /// The secret itself.
    pub secret: [u8; 32],
}

/// The living keys: the first signs, all verify.
#[derive(Clone)]
pub struct Keys {
    sign: Key,
    older: Vec<Key>,
}

impl Keys {
    /// The key that signs, and the older ones that are still honoured.
    pub const fn new(sign: Key, older: Vec<Key>) -> Self {
        Self { sign, older }
    }

    fn find(&self, id: u8) -> Option<&Key> {
        self.honoured().find(|key| key.id == id)
    }

    fn mac(key: &Key, purpose: &str, message: &[u8]) -> HmacSha256 {
        let mut block = [0; 64];
        block[..32].copy_from_slice(&key.secret);
        let mut mac = HmacSha256::new(&block.into());
        mac.update(b"kaishi/");
        mac.update(purpose.as_bytes());
        mac.update(b"/v1");
        mac.update(message);
        mac
    }

    /// A text that says nothing of the signing key and is the same only for the same key: nodes compare it.
    pub fn check(&self) -> String {
        let tag = Self::mac(&self.sign, "check", &[self.sign.id]).finalize().into_bytes();
        hex(&tag[..8])
    }

    /// The token of an id, 40 characters of base 32.
    pub fn token(&self, purpose: Purpose, id: ShortId) -> String {
        let mut bytes = [0; HEAD + TAG];
        bytes[0] = VERSION << 5 | (self.sign.id & 31);
        bytes[1..HEAD].copy_from_slice(&id.bytes());
        let tag = Self::mac(&self.sign, purpose.code(), &bytes[..HEAD]).finalize().into_bytes();
        bytes[HEAD..].copy_from_slice(&tag[..TAG]);
        base32(&bytes)
    }

    /// The id inside a token of ours, or [`Refusal::NotGenuine`]. Upper or lower case, nothing else bent.
    pub fn read(&self, purpose: Purpose, token: &str) -> Result<ShortId, Refusal> {
        if token.len() != LENGTH {
            return Err(Refusal::NotGenuine);
        }
        let token = token.to_ascii_uppercase();
        let bytes = unbase32(&token).ok_or(Refusal::NotGenuine)?;
        if base32(&bytes) != token || bytes[0] >> 5 != VERSION {
            return Err(Refusal::NotGenuine);
        }
        let key = self.find(bytes[0] & 31).ok_or(Refusal::NotGenuine)?;
        let (head, tag) = bytes.split_at(HEAD);
        Self::mac(key, purpose.code(), head).verify_truncated_left(tag).map_err(|_| Refusal::NotGenuine)?;
        head[1..].try_into().map(ShortId::from_bytes).map_err(|_| Refusal::NotGenuine)
    }

    /// The key that signs, and then those that are still honoured.
    fn honoured(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&self.sign).chain(&self.older)
    }

    /// What an organization's messages are signed with; each `turn` has another. One for each key that is honoured,
    /// that of now first: whoever receives them goes on with the one that was copied before.
    pub fn message_secrets(&self, org: OrgId, turn: i64) -> Vec<[u8; 32]> {
        let message = format!("{org}/{turn}");
        let secret = |key| Self::mac(key, "message", message.as_bytes()).finalize().into_bytes().into();
        self.honoured().map(secret).collect()
    }

    /// A visitor's tag for one market: what the ledger keeps instead of the cookie.
    /// `day_key` belongs to the market; when it is destroyed the tags lead nowhere.
    pub fn visitor_tag(day_key: &[u8; 32], cookie: &str) -> [u8; 16] {
        let key = Key { id: 0, secret: *day_key };
        let tag = Self::mac(&key, "visitor", cookie.as_bytes()).finalize().into_bytes();
        let mut short = [0; 16];
        short.copy_from_slice(&tag[..16]);
        short
    }

    /// Signs a form ticket.
    pub fn seal(&self, ticket: &Ticket) -> String {
        let mut bytes = vec![self.sign.id];
        bytes.extend(ticket.poster.bytes());
        bytes.extend(ticket.issued_at.millis().to_be_bytes());
        bytes.extend(ticket.nonce);
        bytes.extend(ticket.visitor);
        let tag = Self::mac(&self.sign, "ticket", &bytes).finalize().into_bytes();
        bytes.extend(&tag[..TAG]);
        base32(&bytes)
    }

    /// The ticket inside a form, if this server wrote it for this poster at most `max_age` milliseconds ago.
    pub fn open(&self, sealed: &str, poster: ShortId, now: Moment, max_age: i64) -> Result<Ticket, Refusal> {
        const BODY: usize = 1 + 8 + 8 + 16 + 16;
        let bytes = unbase32(sealed).ok_or(Refusal::NotGenuine)?;
        if bytes.len() != BODY + TAG || base32(&bytes) != sealed {
            return Err(Refusal::NotGenuine);
        }
        let key = self.find(bytes[0]).ok_or(Refusal::NotGenuine)?;
        let (body, tag) = bytes.split_at(BODY);
        Self::mac(key, "ticket", body).verify_truncated_left(tag).map_err(|_| Refusal::NotGenuine)?;
        let part = |from: usize, to: usize| body.get(from..to).ok_or(Refusal::NotGenuine);
        let ticket = Ticket {
            poster: ShortId::from_bytes(part(1, 9)?.try_into().map_err(|_| Refusal::NotGenuine)?),
            issued_at: Moment::from_millis(i64::from_be_bytes(
                part(9, 17)?.try_into().map_err(|_| Refusal::NotGenuine)?,
            )),
            nonce: part(17, 33)?.try_into().map_err(|_| Refusal::NotGenuine)?,
            visitor: part(33, 49)?.try_into().map_err(|_| Refusal::NotGenuine)?,
        };
        if ticket.poster != poster {
            return Err(Refusal::NotGenuine);
        }
        if now.since(ticket.issued_at) > max_age {
            return Err(Refusal::Expired);
        }
        Ok(ticket)
    }
}

/// What the check-in form carries: minted at GET without writing anything, used up at POST.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ticket {
    /// The poster whose page it stands on.
    pub poster: ShortId,
    /// When the page was served.
    pub issued_at: Moment,
    /// Makes a resent form the same encounter.
    pub nonce: [u8; 16],
    /// The visitor tag that the page's cookie will give, see [`Keys::visitor_tag`].
    pub visitor: [u8; 16],
}

impl Ticket {
    /// A ticket for a page that is served now. Its nonce begins with the time in milliseconds (six bytes), as in
    /// UUID version 7: forms of one hour lie together in the ledger's index, which makes a commit several times
    /// smaller. The ten random bytes make it nobody else's.
    pub fn mint(poster: ShortId, issued_at: Moment, random: [u8; 10], visitor: [u8; 16]) -> Self {
        let mut nonce = [0; 16];
        nonce[..6].copy_from_slice(&issued_at.millis().to_be_bytes()[2..]);
        nonce[6..].copy_from_slice(&random);
        Self { poster, issued_at, nonce, visitor }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::StallId;
    use proptest::prelude::*;

    fn keys() -> Keys {
        Keys::new(Key { id: 3, secret: [9; 32] }, vec![Key { id: 2, secret: [8; 32] }])
    }

    fn poster() -> ShortId {
        ShortId::new(OrgId::from_bytes([1, 2, 3]), [4, 5, 6, 7, 8])
    }

    #[test]
    fn a_token_reads_back_and_serves_one_purpose() {
        let token = keys().token(Purpose::Poster, poster());
        assert_eq!(token.len(), LENGTH);
        assert_eq!(keys().read(Purpose::Poster, &token), Ok(poster()));
        assert_eq!(keys().read(Purpose::Poster, &token.to_lowercase()), Ok(poster()));
        assert_eq!(keys().read(Purpose::Staff, &token), Err(Refusal::NotGenuine));
    }

    #[test]
    fn an_older_key_still_verifies_and_a_dropped_one_does_not() {
        let old = Keys::new(Key { id: 2, secret: [8; 32] }, vec![]);
        let token = old.token(Purpose::Poster, poster());
        assert_eq!(keys().read(Purpose::Poster, &token), Ok(poster()));
        let fresh = Keys::new(Key { id: 4, secret: [1; 32] }, vec![]);
        assert_eq!(fresh.read(Purpose::Poster, &token), Err(Refusal::NotGenuine));
    }

    #[test]
    fn what_was_printed_or_copied_under_an_older_key_still_fits() {
        let (old, now) = (Keys::new(Key { id: 2, secret: [8; 32] }, vec![]), keys());
        let token = old.token(Purpose::Poster, poster());
        assert_ne!(now.eye_code(poster()), old.eye_code(poster()));
        assert_eq!(now.eye_code_of(&token, poster()), old.eye_code(poster()));
        assert_eq!(now.eye_code_of(&now.token(Purpose::Poster, poster()), poster()), now.eye_code(poster()));
        assert!(now.is_eye_code(poster(), |eye| eye == old.eye_code(poster())));
        let (stall, at) =
            (StallId::new(Moment::from_millis(0), [1; 10]), Moment::from_millis(1_683_945_720_000));
        assert!(now.is_stall_code(stall, &old.stall_code(stall, at), at));
        let org = OrgId::from_bytes([1, 2, 3]);
        let secrets = now.message_secrets(org, 1);
        assert_eq!((secrets.len(), secrets[1]), (2, old.message_secrets(org, 1)[0]));
    }

    #[test]
    fn only_nodes_with_the_same_key_agree() {
        let with = |id, secret| Keys::new(Key { id, secret }, Vec::new()).check();
        assert_eq!(with(3, [9; 32]), keys().check());
        assert_ne!(with(3, [8; 32]), keys().check());
        assert_eq!(keys().check().len(), 16);
    }

    #[test]
    fn a_ticket_belongs_to_one_poster_and_grows_old() {
        let issued_at = Moment::from_millis(1_000_000);
        let ticket = Ticket { poster: poster(), issued_at, nonce: [5; 16], visitor: [6; 16] };
        let sealed = keys().seal(&ticket);
        assert_eq!(keys().open(&sealed, poster(), issued_at.plus(7_200_000), 7_200_000), Ok(ticket));
        assert_eq!(
            keys().open(&sealed, poster(), issued_at.plus(7_200_001), 7_200_000),
            Err(Refusal::Expired)
        );
        let other = ShortId::new(OrgId::from_bytes([1, 2, 3]), [0; 5]);
        assert_eq!(keys().open(&sealed, other, issued_at, 7_200_000), Err(Refusal::NotGenuine));
    }

    proptest! {
        #[test]
        fn one_changed_character_is_noticed(at in 0..LENGTH, with in "[0-9A-HJKMNP-TV-Z]") {
            let token = keys().token(Purpose::Poster, poster());
            let mut forged = token.clone();
            forged.replace_range(at..=at, &with);
            prop_assume!(forged != token);
            prop_assert_eq!(keys().read(Purpose::Poster, &forged), Err(Refusal::NotGenuine));
        }

        #[test]
        fn any_text_is_survived(text in ".{0,60}") {
            prop_assert!(keys().read(Purpose::Poster, &text).is_err());
            prop_assert!(keys().open(&text, poster(), Moment::from_millis(0), 1).is_err());
        }
    }
}
