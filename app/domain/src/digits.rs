//! Bytes as digits that people and addresses carry: base 16 and Crockford's base 32.
//!
//! Written out here because every bundle holds it: a general encoder is fifty thousand bytes of wasm.

/// Crockford's alphabet has no I, L, O, U; upper case keeps a QR code in its compact alphanumeric mode.
const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE16: &[u8; 16] = b"0123456789abcdef";

/// What a symbol stands for that stands for nothing.
const NOTHING: u8 = u8::MAX;
/// What every symbol stands for. Looked up, because each check-in reads two hundred.
const VALUES32: [u8; 256] = {
    let mut values = values(BASE32);
    let mut at = b'A' as usize;
    while at <= b'Z' as usize {
        values[at + 32] = values[at];
        at += 1;
    }
    let bent = [(b'O', 0), (b'o', 0), (b'I', 1), (b'i', 1), (b'L', 1), (b'l', 1)];
    let mut at = 0;
    while at < bent.len() {
        values[bent[at].0 as usize] = bent[at].1;
        at += 1;
    }
    values
};
const VALUES16: [u8; 256] = values(BASE16);

const fn values<const N: usize>(alphabet: &[u8; N]) -> [u8; 256] {
    let mut values = [NOTHING; 256];
    let mut at = 0;
    while at < N {
        values[alphabet[at] as usize] = at as u8;
        at += 1;
    }
    values
}

/// Two lower-case hexadecimal digits a byte: how nonces, visitor tags and cookies are written.
pub fn hex(bytes: &[u8]) -> String {
    write(bytes, BASE16)
}

/// Reads what [`hex`] writes, and nothing else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len().is_multiple_of(2) { read(text, &VALUES16, 4) } else { None }
}

/// Five bits a digit, the last one filled with zeros.
pub(crate) fn base32(bytes: &[u8]) -> String {
    write(bytes, BASE32)
}

/// Reads base 32 as people write it: either case, O for 0, I and L for 1. Bits that fill no byte are dropped.
pub(crate) fn unbase32(text: &str) -> Option<Vec<u8>> {
    // One, three or six digits more would begin a byte and not end it.
    if matches!(text.len() % 8, 1 | 3 | 6) { None } else { read(text, &VALUES32, 5) }
}

/// `N` is a power of two.
fn write<const N: usize>(bytes: &[u8], alphabet: &[u8; N]) -> String {
    let width = N.ilog2();
    let mut text = String::with_capacity(bytes.len() * 2);
    let (mut held, mut bits) = (0u32, 0);
    let mut digit = |held: u32| text.push(char::from(alphabet[held as usize % N]));
    for &byte in bytes {
        held = held << 8 | u32::from(byte);
        bits += 8;
        while bits >= width {
            bits -= width;
            digit(held >> bits);
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        digit(held << (width - bits));
    }
    text
}

fn read(text: &str, values: &[u8; 256], width: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut held, mut bits) = (0u32, 0);
    for symbol in text.bytes() {
        let value = values[usize::from(symbol)];
        if value == NOTHING {
            return None;
        }
        held = held << width | u32::from(value);
        bits += width;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use data_encoding::{Encoding, HEXLOWER, Specification};
    use proptest::prelude::*;

    use super::*;

    /// What posters were printed with.
    fn printed() -> Encoding {
        let mut spec = Specification::new();
        spec.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
        spec.check_trailing_bits = false;
        spec.translate.from.push_str("abcdefghjkmnpqrstvwxyzOoIiLl");
        spec.translate.to.push_str("ABCDEFGHJKMNPQRSTVWXYZ001111");
        spec.encoding().unwrap()
    }

    proptest! {
        #[test]
        fn bytes_are_written_and_read_as_on_printed_posters(bytes: Vec<u8>) {
            prop_assert_eq!(base32(&bytes), printed().encode(&bytes));
            prop_assert_eq!(unbase32(&base32(&bytes)), Some(bytes.clone()));
            prop_assert_eq!(hex(&bytes), HEXLOWER.encode(&bytes));
            prop_assert_eq!(unhex(&hex(&bytes)), Some(bytes));
        }

        #[test]
        fn any_text_is_read_as_it_was(text in "[0-9A-Za-z]{0,20}|[0-9a-f]{0,20}|.{0,20}") {
            prop_assert_eq!(unbase32(&text), printed().decode(text.as_bytes()).ok());
            prop_assert_eq!(unhex(&text), HEXLOWER.decode(text.as_bytes()).ok());
        }
    }
}
