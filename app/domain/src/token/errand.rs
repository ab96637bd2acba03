//! What a browser carries while its owner is away at an identity provider: signed, short-lived, and good for one return.
//! The nonce and the verifier of the exchange follow from it and from our key, so that nothing is kept before it is used.

use hmac::Mac as _;

use super::second::Owner;
use super::{Key, Keys, TAG};
use crate::digits::{hex, unhex};
use crate::moment::MINUTE;
use crate::{Moment, Refusal};

/// Bytes of the state.
pub const STATE: usize = 16;
/// Whoever has not come back by then begins anew; in milliseconds.
pub const AWAY_FOR: i64 = 10 * MINUTE;

/// What somebody went to the provider for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Errand {
    /// The number of the key that everything follows from.
    key: u8,
    state: [u8; STATE],
    began: Moment,
    /// Whose account is to be linked; nobody's: to sign in.
    pub links: Option<Owner>,
}

impl Errand {
    /// What goes out with the browser and has to come back with it.
    pub fn state(&self) -> String {
        hex(&self.state)
    }

    /// `3.0123….1683945720000.04106-0188127a…`
    fn written(&self) -> String {
        let links = self.links.map(|owner| format!("{}-{}", owner.home, owner.account)).unwrap_or_default();
        format!("{}.{}.{}.{links}", self.key, self.state(), self.began.millis())
    }

    fn read(text: &str) -> Option<Self> {
        let [key, state, began, links] = text.split('.').collect::<Vec<_>>().try_into().ok()?;
        let owner = |(home, account): (&str, &str)| {
            Some(Owner { home: home.parse().ok()?, account: account.parse().ok()? })
        };
        let links = if links.is_empty() { None } else { Some(links.split_once('-').and_then(owner)?) };
        let (key, began) = (key.parse().ok()?, Moment::from_millis(began.parse().ok()?));
        Some(Self { key, state: unhex(state)?.try_into().ok()?, began, links })
    }
}

impl Keys {
    /// Somebody goes.
    pub const fn errand(&self, state: [u8; STATE], began: Moment, links: Option<Owner>) -> Errand {
        Errand { key: self.current(), state, began, links }
    }

    /// The errand as a cookie carries it.
    pub fn carried(&self, errand: &Errand) -> Result<String, Refusal> {
        let text = errand.written();
        let tag = Self::tag(self.of(errand)?, "errand", text.as_bytes());
        Ok(format!("{text}.{}", hex(&tag[..TAG])))
    }

    /// The errand of a cookie that is ours and not too old.
    pub fn returned(&self, cookie: &str, now: Moment) -> Result<Errand, Refusal> {
        let (text, tag) = cookie.rsplit_once('.').ok_or(Refusal::NotGenuine)?;
        let errand = Errand::read(text).ok_or(Refusal::NotGenuine)?;
        let tag = unhex(tag).filter(|tag| tag.len() == TAG).ok_or(Refusal::NotGenuine)?;
        let mac = Self::mac(self.of(&errand)?, "errand", text.as_bytes());
        mac.verify_truncated_left(&tag).map_err(|_| Refusal::NotGenuine)?;
        if now.since(errand.began) > AWAY_FOR { Err(Refusal::Expired) } else { Ok(errand) }
    }

    /// What the provider puts into its answer, so that no other answer passes for it.
    pub fn nonce(&self, errand: &Errand) -> Result<String, Refusal> {
        Ok(hex(&Self::tag(self.of(errand)?, "errand/nonce", &errand.state)))
    }

    /// What proves to the provider that whoever fetches the answer is who asked (PKCE).
    pub fn verifier(&self, errand: &Errand) -> Result<String, Refusal> {
        Ok(hex(&Self::tag(self.of(errand)?, "errand/verifier", &errand.state)))
    }

    fn of(&self, errand: &Errand) -> Result<&Key, Refusal> {
        self.find(errand.key).ok_or(Refusal::NotGenuine)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{AccountId, OrgId};

    const NOW: Moment = Moment::from_millis(1_683_945_720_000);

    fn keys() -> Keys {
        Keys::new(Key { id: 3, secret: [9; 32] }, vec![Key { id: 2, secret: [8; 32] }])
    }

    fn owner() -> Owner {
        Owner { home: OrgId::from_bytes([1, 2, 3]), account: AccountId::new(NOW, [4; 10]) }
    }

    #[test]
    fn an_errand_comes_back_as_it_went_and_not_too_late() {
        for links in [None, Some(owner())] {
            let errand = keys().errand([5; STATE], NOW, links);
            let cookie = keys().carried(&errand).unwrap();
            assert_eq!(keys().returned(&cookie, NOW.plus(AWAY_FOR)), Ok(errand));
            assert_eq!(keys().returned(&cookie, NOW.plus(AWAY_FOR + 1)), Err(Refusal::Expired));
        }
    }

    #[test]
    fn another_state_has_another_nonce_and_another_verifier() {
        let (one, two) = (keys().errand([5; STATE], NOW, None), keys().errand([6; STATE], NOW, None));
        let all =
            [&one, &two].map(|errand| [keys().nonce(errand).unwrap(), keys().verifier(errand).unwrap()]);
        let mut texts = all.concat();
        texts.push(one.state());
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), 5);
        assert!((43..=128).contains(&keys().verifier(&one).unwrap().len()), "as RFC 7636 asks");
    }

    #[test]
    fn a_key_that_was_rotated_meanwhile_still_knows_it_and_a_void_one_does_not() {
        let old = Keys::new(Key { id: 2, secret: [8; 32] }, Vec::new());
        let errand = old.errand([5; STATE], NOW, None);
        let cookie = old.carried(&errand).unwrap();
        assert_eq!(keys().returned(&cookie, NOW), Ok(errand));
        assert_eq!(keys().verifier(&errand), old.verifier(&errand));
        let fresh = Keys::new(Key { id: 4, secret: [1; 32] }, Vec::new());
        assert_eq!(fresh.returned(&cookie, NOW), Err(Refusal::NotGenuine));
    }

    proptest! {
        #[test]
        fn one_changed_character_is_noticed(at in 0_usize..200, with in "[0-9a-fA-Z.-]") {
            let cookie = keys().carried(&keys().errand([5; STATE], NOW, Some(owner()))).unwrap();
            let at = at % cookie.len();
            let mut forged = cookie.clone();
            forged.replace_range(at..=at, &with);
            prop_assume!(forged != cookie);
            prop_assert_eq!(keys().returned(&forged, NOW), Err(Refusal::NotGenuine));
        }

        #[test]
        fn any_text_is_survived(text in ".{0,120}") {
            prop_assert!(keys().returned(&text, NOW).is_err());
        }
    }
}
