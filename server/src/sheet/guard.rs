//! A cell that a spreadsheet would take for a formula gets a `'` before it, and loses it when it comes back.

/// What a formula may begin with, full-width forms too.
const SIGNS: [char; 12] = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet might calculate it, quotes before it not counted.
fn calculates(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(SIGNS)
}

/// The cell as it may stand in a file.
pub fn on(cell: &str) -> String {
    if calculates(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell as it was before [`on`].
pub fn off(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if calculates(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_calculates_is_guarded_and_nothing_else() {
        for cell in
            ["=1+1", "+86", "-1", "@x", "\tx", "\rx", "\nx", "\0x", "＝1", "＋1", "－1", "＠x", "'=1", "''@"]
        {
            assert!(on(cell).starts_with('\'') && on(cell).len() == cell.len() + 1, "{cell:?}");
        }
        for cell in ["", "书画", "a=b", "'引号", "1-2", " =1"] {
            assert_eq!(on(cell), cell);
        }
        assert_eq!((off("'引号"), off("'=1"), off("''=1")), ("'引号", "=1", "'=1"));
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(cell in "['=+@\\-＝a中\t]{0,8}") {
            let guarded = on(&cell);
            proptest::prop_assert_eq!(off(&guarded), &cell);
            proptest::prop_assert!(!guarded.starts_with(SIGNS));
        }
    }
}
