//! Tables that people bring and take away: CSV in UTF-8 or GB18030, and XLSX. A table is rows of texts, nothing else.

pub mod column;
pub mod csv;
pub mod guard;
pub mod plan;
pub mod row;
pub mod xlsx;

/// Rows of cells; rows may differ in length.
pub type Rows = Vec<Vec<String>>;
/// Rows with the numbers that people see, from 1.
pub type Numbered = Vec<(usize, Vec<String>)>;

/// The largest file, in bytes.
pub const MOST_BYTES: usize = 1024 * 1024;
/// The most rows, headings not counted.
pub const MOST_ROWS: usize = 1000;
/// Columns beyond this are no register any more.
pub const MOST_COLUMNS: usize = 40;
/// A longer cell holds no name, service or paper.
pub const MOST_CELL: usize = 4000;
/// All cells together, in bytes: a preview's form carries them, three times as long, within the limit of a file.
pub const MOST_TEXT: usize = 2 * 1024 * 1024;
/// Rows above the headings: a title, a line of advice.
const PREAMBLE: usize = 10;

/// Why a file could not be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unread {
    /// There is nothing in it.
    Empty,
    /// More bytes, or more inside than outside.
    Heavy,
    /// More rows, columns or longer cells.
    Large,
    /// Excel before 2007.
    Old,
    /// Neither UTF-8 nor GB18030, or no text at all.
    Foreign,
    /// An XLSX that is broken or has no sheet.
    Damaged,
}

/// Reads a file by what is in it, never by its name. Empty rows at the end of the table go; `'` before a formula
/// is taken off as [`guard`] put it on.
pub fn read(bytes: &[u8]) -> Result<Rows, Unread> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    if bytes.len() > MOST_BYTES {
        return Err(Unread::Heavy);
    }
    let rows = match bytes {
        b"" => return Err(Unread::Empty),
        xlsx if xlsx.starts_with(ZIP) => xlsx::read(xlsx)?,
        old if old.starts_with(OLE) => return Err(Unread::Old),
        text => csv::read(text)?,
    };
    tidy(rows)
}

/// Cells without blanks around them and without guards; no empty rows at the end.
fn tidy(rows: Rows) -> Result<Rows, Unread> {
    let mut rows: Rows = rows
        .into_iter()
        .map(|row| {
            let mut row: Vec<String> =
                row.iter().map(|cell| guard::off(&cell.replace("\r\n", "\n")).trim().to_owned()).collect();
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
            row
        })
        .collect();
    while rows.last().is_some_and(Vec::is_empty) {
        rows.pop();
    }
    let large = rows.len() > MOST_ROWS + PREAMBLE
        || rows.iter().any(|row| row.len() > MOST_COLUMNS)
        || rows.iter().flatten().any(|cell| cell.chars().count() > MOST_CELL);
    match large {
        _ if rows.is_empty() => Err(Unread::Empty),
        true => Err(Unread::Large),
        false => Ok(rows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_told_by_what_is_in_it() {
        assert_eq!(read(b""), Err(Unread::Empty));
        assert_eq!(read("\u{feff}\r\n , \r\n".as_bytes()), Err(Unread::Empty));
        assert_eq!(read(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1]), Err(Unread::Old));
        assert_eq!(read(&vec![b'a'; MOST_BYTES + 1]), Err(Unread::Heavy));
        assert_eq!(read(&[0x89, b'P', b'N', b'G', 0, 1, 2, 255]), Err(Unread::Foreign));
        assert_eq!(read(b"PK\x03\x04 and no more"), Err(Unread::Damaged));
        assert_eq!(read("a,b\n".repeat(MOST_ROWS + PREAMBLE + 1).as_bytes()), Err(Unread::Large));
        assert_eq!(read(",".repeat(MOST_COLUMNS).replace(',', "x,").as_bytes()).unwrap()[0].len(), 40);
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
            let _ = read(&bytes);
            let mut zip = b"PK\x03\x04".to_vec();
            zip.extend(&bytes);
            let _ = read(&zip);
        }

        #[test]
        fn what_was_written_is_read_again(cells in proptest::collection::vec(proptest::collection::vec("['＝=+＠@\\-a中\"，,;；\t\n]{1,9}", 1..5), 1..8)) {
            // Blanks round a cell and guards are all that a table may lose, and a written table has none of the former.
            let rows: Rows = cells.iter().map(|row| row.iter().map(|cell| format!("{}.", cell.trim())).collect()).collect();
            proptest::prop_assert_eq!(&read(&csv::write(&rows)).unwrap(), &rows);
            proptest::prop_assert_eq!(&read(&xlsx::write("名册", &rows).unwrap()).unwrap(), &rows);
        }
    }
}
