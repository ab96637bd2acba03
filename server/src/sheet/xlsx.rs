//! XLSX: read cell by cell so that no file makes more of itself than it weighs, written as plain texts.

use std::io::{Cursor, Read as _};

use calamine::{DataRef, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use zip::ZipArchive;

use super::{MOST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, PREAMBLE, Rows, Unread, guard};

/// So many bytes may be inside a file of at most a megabyte.
const MOST_INSIDE: u64 = 32 * 1024 * 1024;
/// A workbook has a dozen parts; a trap has thousands.
const MOST_PARTS: usize = 500;

/// Unpacks everything once and counts: sizes that a file states of itself are not believed.
fn weigh(bytes: &[u8]) -> Result<(), Unread> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unread::Damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(Unread::Heavy);
    }
    let mut left = MOST_INSIDE;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| Unread::Damaged)?;
        let read =
            std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| Unread::Damaged)?;
        left = left.checked_sub(read).ok_or(Unread::Heavy)?;
    }
    Ok(())
}

/// A cell as a person would read it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => yes.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTimeIso(text) => text.chars().take(10).collect(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Reads the first sheet.
pub fn read(bytes: &[u8]) -> Result<Rows, Unread> {
    weigh(bytes)?;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|_| Unread::Damaged)?;
    let name = book.sheet_names().into_iter().next().ok_or(Unread::Damaged)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(|_| Unread::Damaged)?;
    let mut rows = Rows::new();
    // One long text may stand behind every cell, so what is taken out is counted and not what is inside.
    let mut taken = 0;
    while let Some(cell) = cells.next_cell().map_err(|_| Unread::Damaged)? {
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        let text = text(cell.get_value());
        if text.trim().is_empty() {
            continue;
        }
        taken += text.len();
        let wide = row > MOST_ROWS + PREAMBLE || column >= MOST_COLUMNS;
        if wide || taken > MOST_TEXT || text.chars().count() > MOST_CELL {
            return Err(Unread::Large);
        }
        if rows.len() <= row {
            rows.resize(row + 1, Vec::new());
        }
        if rows[row].len() <= column {
            rows[row].resize(column + 1, String::new());
        }
        rows[row][column] = text;
    }
    Ok(rows)
}

/// Writes one sheet of texts with its headings held in sight. Cells are guarded as in CSV, because a sheet may be
/// saved as one.
pub fn write(title: &str, rows: &Rows) -> Result<Vec<u8>, XlsxError> {
    let (head, body) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name(title)?.set_freeze_panes(1, 1)?;
    for (cells, row) in rows.iter().zip(0..) {
        for (cell, column) in cells.iter().zip(0..) {
            let format = if row == 0 { &head } else { &body };
            sheet.write_string_with_format(row, column, guard::on(cell), format)?;
            if row == 0 {
                sheet.set_column_width(column, 24)?;
            }
        }
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn a_sheet_comes_back_as_it_was() {
        let rows: Rows = vec![
            vec!["单位名称".into(), "亮承诺".into()],
            vec![],
            vec!["=1+1".into(), String::new(), "'＝两行\n第二行".into()],
        ];
        let back = super::super::read(&write("名册", &rows).unwrap()).unwrap();
        assert_eq!(back, rows);
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("xl/sharedStrings.xml", SimpleFileOptions::default()).unwrap();
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..64 {
            zip.write_all(&zeros).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        assert!(bytes.len() < super::super::MOST_BYTES);
        assert_eq!(super::super::read(&bytes), Err(Unread::Heavy));
    }

    #[test]
    fn a_cell_at_the_far_corner_costs_no_room() {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
        assert_eq!(super::super::read(&book.save_to_buffer().unwrap()), Err(Unread::Large));
    }

    #[test]
    fn one_long_text_behind_every_cell_is_too_much() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let long = "长".repeat(MOST_CELL);
        for row in 0..MOST_ROWS as u32 {
            sheet.write_string(row, 0, &long).unwrap();
        }
        let bytes = book.save_to_buffer().unwrap();
        assert!(bytes.len() < super::super::MOST_BYTES);
        assert_eq!(super::super::read(&bytes), Err(Unread::Large));
    }

    #[test]
    fn numbers_and_dates_read_as_people_write_them() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_number(0, 0, 2023.0).unwrap();
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2027, 5, 1).unwrap();
        sheet.write_datetime_with_format(0, 1, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
        assert_eq!(super::super::read(&book.save_to_buffer().unwrap()).unwrap(), [["2023", "2027-05-01"]]);
    }
}
