//! Hides what identifies somebody in a text that others read: telephone numbers, identity and card numbers.

/// So many digits in a row are a number of a person; with signs between them, [`SPACED`].
const CLOSE: usize = 7;
/// A date has eight digits with signs between them, a number of a person more.
const SPACED: usize = 11;
/// So many digits stay, so that whoever knows the number recognizes it.
const KEPT: usize = 3;

/// A digit, in either width.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// What may stand between the digits of one number.
fn is_between(c: char) -> bool {
    matches!(c, ' ' | '-' | '－' | '—' | '·' | '.' | '\u{3000}' | '\u{a0}')
}

/// Something with words of people in it.
pub trait Mask: Sized {
    /// The same with every number of a person in those words masked; ids and times stay.
    #[must_use]
    fn masked(self) -> Self;
}

/// The text with every such number masked behind its first digits.
pub fn masked(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        if !is_digit(letters[at]) {
            shown.push(letters[at]);
            at += 1;
            continue;
        }
        let end = run(&letters, at);
        let number = &letters[at..end];
        let digits = number.iter().filter(|c| is_digit(**c)).count();
        let close = number.split(|c| is_between(*c)).map(<[char]>::len).max().unwrap_or(0);
        if digits >= SPACED || close >= CLOSE {
            hide(number, &mut shown);
            // The check digit of an identity number may be a letter.
            at = end + usize::from(digits == 17 && matches!(letters.get(end), Some('x' | 'X')));
        } else {
            shown.extend(number);
            at = end;
        }
    }
    shown
}

/// Where a run of digits ends that begins at `from`; single signs between digits belong to it.
fn run(letters: &[char], from: usize) -> usize {
    let mut at = from;
    loop {
        while letters.get(at).is_some_and(|c| is_digit(*c)) {
            at += 1;
        }
        let joined = letters.get(at).is_some_and(|c| is_between(*c))
            && letters.get(at + 1).is_some_and(|c| is_digit(*c));
        if !joined {
            return at;
        }
        at += 1;
    }
}

fn hide(number: &[char], shown: &mut String) {
    let mut seen = 0;
    for c in number {
        if is_digit(*c) {
            seen += 1;
            shown.push(if seen > KEPT { '*' } else { *c });
        } else {
            shown.push(*c);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_of_people_are_hidden_and_others_stay() {
        let table = [
            ("电话13800138000，晚上在", "电话138********，晚上在"),
            ("138-0013-8000", "138-****-****"),
            ("１３８００１３８０００", "１３８********"),
            ("座机 0755-83001234。", "座机 075*-********。"),
            ("身份证11010519491231002X", "身份证110**************"),
            ("110105194912310021", "110***************"),
            ("3栋2单元501，2023-05-13 10:42 起", "3栋2单元501，2023-05-13 10:42 起"),
            ("请打 110、119 或 12345", "请打 110、119 或 12345"),
            ("共 1200000 元", "共 120**** 元"),
            ("", ""),
        ];
        for (text, shown) in table {
            assert_eq!(masked(text), shown);
        }
    }

    proptest! {
        #[test]
        fn no_long_number_is_left_and_nothing_else_is_lost(text in "[0-9０-９ X，栋a-]{0,60}") {
            let once = masked(&text);
            prop_assert_eq!(masked(&once), once.clone(), "masking twice changes nothing");
            let long = once.split(|c: char| !is_digit(c)).any(|run| run.chars().count() >= CLOSE);
            prop_assert!(!long, "{}", once);
            let others = |text: &str| text.chars().filter(|c| !is_digit(*c) && !matches!(c, '*' | 'X')).collect::<String>();
            prop_assert_eq!(others(&once), others(&text));
        }
    }
}
