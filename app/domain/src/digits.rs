//! Bytes as digits that people and addresses carry: base 16 and Crockford's base 32.
//!
//! Written out here because every bundle holds it: a general encoder is fifty thousand bytes of wasm.

/// Crockford's alphabet has no I, L, O, U; upper case keeps a QR code in its compact alphanumeric mode.
const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE16: &[u8; 16] = b"0123456789abcdef";

/// Two lower-case hexadecimal digits a byte: how nonces, visitor tags and cookies are written.
pub fn hex(bytes: &[u8]) -> String {
    write(bytes, BASE16, 4)
}

/// Reads what [`hex`] writes, and nothing else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |symbol: u8| BASE16.iter().position(|&known| known == symbol);
    if text.len().is_multiple_of(2) { read(text, digit, 4) } else { None }
}

/// Five bits a digit, the last one filled with zeros.
pub(crate) fn base32(bytes: &[u8]) -> String {
    write(bytes, BASE32, 5)
}

/// Reads base 32 as people write it: either case, O for 0, I and L for 1. Bits that fill no byte are dropped.
pub(crate) fn unbase32(text: &str) -> Option<Vec<u8>> {
    let digit = |symbol: u8| {
        let meant = match symbol.to_ascii_uppercase() {
            b'O' => b'0',
            b'I' | b'L' => b'1',
            upper => upper,
        };
        BASE32.iter().position(|&known| known == meant)
    };
    // One, three or six digits more would begin a byte and not end it.
    if matches!(text.len() % 8, 1 | 3 | 6) { None } else { read(text, digit, 5) }
}

fn write(bytes: &[u8], alphabet: &[u8], width: u32) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let (mut held, mut bits) = (0u32, 0);
    let mut digit = |held: u32| text.push(char::from(alphabet[held as usize % alphabet.len()]));
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

fn read(text: &str, digit: impl Fn(u8) -> Option<usize>, width: u32) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    let (mut held, mut bits) = (0u32, 0);
    for symbol in text.bytes() {
        held = held << width | digit(symbol)? as u32;
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
