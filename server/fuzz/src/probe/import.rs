//! A register that comes as a table, up to what it would change; holidays that come as JSON.

use std::io::{Cursor, Read as _, Write as _};

use kaishi_app::words::Lang;
use kaishi_domain::season::Year;
use kaishi_domain::unit::Unit;
use kaishi_domain::{Moment, UnitId};
use kaishi_server::sheet::column::Head;
use kaishi_server::sheet::plan::{Plan, Verdict, plan, table};
use kaishi_server::sheet::{self, MOST_CELL, MOST_COLUMNS, Rows, csv, xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What begins with this is one part of a workbook, the others are in order: no bent ZIP gets past its sums.
pub(super) const PART: u8 = 1;
/// So many cells are also written as a workbook, which takes a while.
const MOST_WRITTEN: usize = 60;

/// A register in order.
pub(super) fn register() -> Rows {
    let rows = [
        ["单位名称", "性质", "联系人角色", "服务", "亮身份", "亮职责", "亮承诺", "资质"],
        [
            "莲花街道党工委",
            "机关",
            "党建办联络人",
            "听取诉求心声；现场排忧解难",
            "街道党工委",
            "听取诉求",
            "三天内回话",
            "",
        ],
        [
            "老年协会",
            "协会",
            "会长",
            "书画｜文化联谊｜老人\n量血压",
            "",
            "",
            "=1+1",
            "食品经营许可｜JY1｜市监局｜2027-05-01",
        ],
    ];
    rows.map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

/// The parts of a workbook in order, by name.
pub(super) fn parts() -> Vec<(String, Vec<u8>)> {
    let book = xlsx::write("名册", &register()).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let many = archive.len();
    let part = |at| {
        let mut part = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..many).map(part).collect()
}

/// A workbook with one of its parts replaced.
fn book(part: usize, bytes: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let known = parts();
    let part = part % known.len();
    for (at, (name, own)) in known.iter().enumerate() {
        zip.start_file(name.as_str(), plain).unwrap();
        zip.write_all(if at == part { bytes } else { own }).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(super) fn run(bytes: &[u8]) -> bool {
    let read = match bytes {
        [PART, part, rest @ ..] => sheet::read(&book(usize::from(*part), rest)),
        _ => sheet::read(bytes),
    };
    let holidays = std::str::from_utf8(bytes).is_ok_and(|text| Year::parse(text).is_ok());
    let Ok(rows) = read else { return holidays };
    assert!(
        rows.iter().all(|row| row.len() <= MOST_COLUMNS && row.last().is_none_or(|cell| !cell.is_empty()))
    );
    assert!(rows.iter().flatten().all(|cell| cell.chars().count() <= MOST_CELL && cell.trim() == cell));
    goes_out_and_comes_back(&rows);
    let register =
        Head::find(rows).is_some_and(|(head, body)| changes(plan(head, body, &[], fresh()).ok().as_ref()));
    register || holidays
}

/// What was read is written as it would be read again, and no program calculates it.
fn goes_out_and_comes_back(rows: &Rows) {
    let text = csv::write(rows);
    assert_eq!(sheet::read(&text).as_ref(), Ok(rows));
    if rows.iter().map(Vec::len).sum::<usize>() <= MOST_WRITTEN {
        assert_eq!(sheet::read(&xlsx::write("名册", rows).unwrap()).as_ref(), Ok(rows));
    }
}

fn fresh() -> impl FnMut() -> UnitId {
    let mut next = 0;
    move || {
        next += 1;
        UnitId::new(Moment::from_millis(next), [0; 10])
    }
}

/// What was imported, and is then exported and imported, changes nothing.
fn changes(plan: Option<&Plan>) -> bool {
    let Some(plan) = plan else { return false };
    let units: Vec<Unit> = plan.imports().into_iter().map(|import| import.after).collect();
    if units.is_empty() {
        return false;
    }
    for lang in [Lang::Zh, Lang::En] {
        let (head, body) = Head::find(sheet::read(&csv::write(&table(lang, &units))).unwrap()).unwrap();
        let again = self::plan(head, body, &units, fresh()).unwrap();
        for line in &again.lines {
            assert_eq!(line.verdict, Verdict::Same, "{:?} of {units:?}", line.cells);
        }
    }
    true
}
