//! Telephone numbers where only a name or a role belongs.

/// More digits in a row are no year, no house number and no hotline.
const MOST_IN_A_ROW: usize = 7;

/// A digit, narrow or full-width.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{ff10}'..='\u{ff19}' => char::from_u32(c as u32 - 0xfee0),
        _ => None,
    }
}

/// Whether the digits are those of a mobile number of the mainland, with or without the code of the country.
fn is_mobile(digits: &str) -> bool {
    let own = if digits.len() == 13 { digits.strip_prefix("86").unwrap_or(digits) } else { digits };
    let mut signs = own.chars();
    own.len() == 11 && signs.next() == Some('1') && signs.next().is_some_and(|second| second >= '3')
}

/// Whether a text holds a telephone number: many digits in a row, or those of a mobile number however they are parted.
pub(super) fn is_told(text: &str) -> bool {
    let (mut digits, mut in_a_row) = (String::new(), 0);
    for c in text.chars() {
        match digit(c) {
            Some(digit) => {
                digits.push(digit);
                in_a_row += 1;
                if in_a_row > MOST_IN_A_ROW {
                    return true;
                }
            }
            None if matches!(c, ' ' | '\u{3000}' | '-' | '－' | '—' | '.') => in_a_row = 0,
            None => {
                if is_mobile(&digits) {
                    return true;
                }
                digits.clear();
                in_a_row = 0;
            }
        }
    }
    is_mobile(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_is_told_from_other_figures() {
        for text in [
            "张三13800138000",
            "138 0013 8000",
            "店长 138-0013-8000（老板）",
            "＋86 138 0013 8000",
            "１３８００１３８０００",
            "0755-83701234",
            "微信12345678",
        ] {
            assert!(is_told(text), "{text}");
        }
        for text in
            ["支部书记", "12345热线联络人", "2023-05-13 小组", "8号楼 1203 室", "1998-2023", "1234567", ""]
        {
            assert!(!is_told(text), "{text}");
        }
    }
}
