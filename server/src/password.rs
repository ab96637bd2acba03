//! Passwords: hashed slowly, checked before they are taken. Nothing leaves the server for it.

use kaishi_app::fault::Fault;
use tokio::sync::Semaphore;

/// Slow by design, so at most two at once on a small machine.
static HASHERS: Semaphore = Semaphore::const_new(2);

/// The least letters of a password.
pub const LEAST: usize = 10;
/// The most: more would only keep the machine busy.
pub const MOST: usize = 256;
/// From this strength on, of 0 to 4, guessing takes longer than anybody has.
const STRONG: u8 = 3;
/// Words that everybody here thinks of first.
const OURS: [&str; 6] = ["kaishi", "market", "shiji", "dangyuan", "shequ", "fuwu"];

/// Why a password is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weak {
    /// Fewer letters than the least, or more than the most.
    Length,
    /// On the lists of passwords that were stolen before, or soon guessed from names and keyboards.
    Guessable,
}

/// Whether a password may be taken; `names` are what a guesser would try first: login and organization.
pub fn check(password: &str, names: &[&str]) -> Result<(), Weak> {
    if !(LEAST..=MOST).contains(&password.chars().count()) {
        return Err(Weak::Length);
    }
    let known: Vec<&str> = names.iter().copied().chain(OURS).filter(|name| !name.is_empty()).collect();
    let strength = zxcvbn::zxcvbn(password, &known).score();
    if u8::from(strength) < STRONG { Err(Weak::Guessable) } else { Ok(()) }
}

/// Hashes a password with argon2id, off the threads that serve.
pub async fn hash(password: String) -> Result<String, Fault> {
    let _turn = HASHERS.acquire().await.map_err(|_| Fault::Unavailable)?;
    tokio::task::spawn_blocking(move || password_auth::generate_hash(password))
        .await
        .map_err(|_| Fault::Broken)
}

/// `None` when the password is wrong; else whether the hash wants renewing.
pub async fn verify(password: String, stored: String) -> Result<Option<bool>, Fault> {
    let _turn = HASHERS.acquire().await.map_err(|_| Fault::Unavailable)?;
    tokio::task::spawn_blocking(move || {
        password_auth::verify_password(password, &stored)
            .ok()
            .map(|()| password_auth::is_hash_obsolete(&stored).unwrap_or(false))
    })
    .await
    .map_err(|_| Fault::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_soon_guessed_is_not_taken() {
        let names = ["organizer", "福中社区党委"];
        for short in ["", "short", "一二三四五六七八九"] {
            assert_eq!(check(short, &names), Err(Weak::Length), "{short}");
        }
        assert_eq!(check(&"长".repeat(257), &names), Err(Weak::Length));
        for known in
            ["password123", "1234567890", "qwertyuiop", "iloveyou1314", "organizer2023", "kaishikaishi"]
        {
            assert_eq!(check(known, &names), Err(Weak::Guessable), "{known}");
        }
        for good in ["long enough to keep", "梧桐树下的第三张桌子", "vN4-pq8-Lx2"] {
            assert_eq!(check(good, &names), Ok(()), "{good}");
        }
    }
}
