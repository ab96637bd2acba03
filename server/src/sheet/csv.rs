//! CSV as Excel in China writes and reads it: UTF-8 with a mark, or GB18030; parted by comma, semicolon or tab.

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{MOST_ROWS, PREAMBLE, Rows, Unread, guard};

const MARK: &str = "\u{feff}";

/// The text of a file. GB18030 takes nearly everything, so what is no text is told by its control characters.
fn decode(bytes: &[u8]) -> Result<String, Unread> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => UTF_16LE.decode_without_bom_handling_and_without_replacement(rest),
        [0xfe, 0xff, rest @ ..] => UTF_16BE.decode_without_bom_handling_and_without_replacement(rest),
        _ => std::str::from_utf8(bytes)
            .ok()
            .map(Into::into)
            .or_else(|| GB18030.decode_without_bom_handling_and_without_replacement(bytes)),
    };
    let text = text.ok_or(Unread::Foreign)?;
    let text = text.strip_prefix(MARK).unwrap_or(&text);
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(odd) { Err(Unread::Foreign) } else { Ok(text.to_owned()) }
}

/// What parts the cells: what the first lines hold most of, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b';', 0), (b'\t', 0), (b',', 0)];
    for byte in text.lines().take(PREAMBLE).flat_map(str::bytes) {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == *sign);
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

/// Reads a table. The reader leaves empty lines out; they are put back, so that rows have the numbers that people see.
pub fn read(bytes: &[u8]) -> Result<Rows, Unread> {
    let text = decode(bytes)?;
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&text))
        .from_reader(text.as_bytes());
    let mut rows = Rows::new();
    let breaks = |text: &str| text.matches('\n').count();
    // Line breaks so far: of the text, and of those the ones inside cells.
    let (mut at, mut passed, mut inside) = (0, 0, 0);
    for record in reader.records() {
        let record = record.map_err(|_| Unread::Foreign)?;
        let began = record.position().map_or(at, |position| position.byte() as usize);
        let blank = text[began..].len() - text[began..].trim_start_matches(['\r', '\n']).len();
        passed += breaks(&text[at..began + blank]);
        at = began + blank;
        let row = (passed - inside).min(MOST_ROWS + PREAMBLE);
        rows.resize(rows.len().max(row), Vec::new());
        inside += record.iter().map(breaks).sum::<usize>();
        rows.push(record.iter().map(str::to_owned).collect());
        if rows.len() > MOST_ROWS + PREAMBLE {
            return Err(Unread::Large);
        }
    }
    Ok(rows)
}

/// Writes a table with a mark, every cell quoted and guarded.
pub fn write(rows: &Rows) -> Vec<u8> {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .flexible(true)
        .from_writer(MARK.as_bytes().to_vec());
    for row in rows {
        // Writing into memory fails for no reason that a caller could meet.
        let _ = writer.write_record(row.iter().map(|cell| guard::on(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_and_every_delimiter_are_read() {
        let (gb, ..) = GB18030.encode("单位名称,服务\n老年协会,书画");
        let want = [["单位名称", "服务"], ["老年协会", "书画"]];
        for bytes in [
            gb.to_vec(),
            "单位名称,服务\n老年协会,书画".into(),
            "\u{feff}单位名称;服务\r\n老年协会;书画\r\n".into(),
            "单位名称\t服务\n老年协会\t书画".into(),
            [
                &[0xff, 0xfe][..],
                &"单位名称\t服务\n老年协会\t书画"
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<_>>(),
            ]
            .concat(),
        ] {
            assert_eq!(read(&bytes).unwrap(), want);
        }
    }

    #[test]
    fn an_empty_line_counts_as_a_row() {
        let want = [vec![], vec!["a\nb", "c"], vec![], vec![], vec!["d", "e"]];
        assert_eq!(read(b"\r\n\"a\nb\",c\n\n\r\nd,e\n").unwrap(), want);
    }

    #[test]
    fn a_written_file_has_a_mark_and_no_formula() {
        let text = String::from_utf8(write(&vec![vec!["=cmd".into(), "a\"b".into()]])).unwrap();
        assert_eq!(text, "\u{feff}\"'=cmd\",\"a\"\"b\"\r\n");
    }
}
