//! What is in order, or nearly: where the bending of bytes begins. Made here, so that it is never older than what reads it.

use std::io::Cursor;

use encoding_rs::GB18030;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use kaishi_domain::token::Purpose;
use kaishi_server::sheet::{csv, xlsx};

use super::{Target, batch, ground, import, layout, token};

impl Target {
    /// Its seeds. Each gets past the door.
    pub fn seeds(self) -> Vec<Vec<u8>> {
        match self {
            Self::Token => tokens(),
            Self::Batch => batches(),
            Self::Import => tables(),
            Self::Layout => bent(&layout::in_order()),
            Self::Ground => bent(ground::IN_ORDER),
            Self::Image => pictures(),
        }
    }
}

/// A first byte before a text.
fn marked(mark: u8, text: &str) -> Vec<u8> {
    [&[mark], text.as_bytes()].concat()
}

fn tokens() -> Vec<Vec<u8>> {
    let genuine = token::keys().token(Purpose::Staff, token::poster());
    // The first character of each, as it is: still genuine.
    let same =
        [vec![0, 0, genuine.as_bytes()[0]], vec![1, 0, token::keys().seal(&token::ticket()).as_bytes()[0]]];
    let typed = [
        "0513-02-K7QM",
        "2 k7qm",
        "K7Q2M-4X9T2B",
        "4x01tb",
        "K7QM2-X3R8T",
        "04106",
        "0188127ac81070008000000000000000",
        "04106-0188127ac81070008000000000000000",
        "0102030405060708",
    ];
    same.into_iter().chain(typed.map(|text| marked(2, text))).collect()
}

fn batches() -> Vec<Vec<u8>> {
    let short = r#"{"records":[{"id":"7c0e","seq":17,"at":1683945700000,"kind":"plus","n":1,"encounter":"consult"}]}"#;
    let twice = r#"{"records":[{"id":"1","at":1,"kind":"plus"},{"id":"1","seq":9,"at":2,"kind":"plus","encounter":"try"}],"next":-1}"#;
    let mut seeds = bent(batch::IN_ORDER);
    seeds.extend([short, twice].map(|text| text.as_bytes().to_vec()));
    seeds
}

fn tables() -> Vec<Vec<u8>> {
    let rows = import::register();
    let text = String::from_utf8(csv::write(&rows)).unwrap();
    let plain = text.trim_start_matches('\u{feff}');
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(plain.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let holidays = r#"{"year":2026,"papers":["https://example.cn/1"],"days":[{"name":"元旦","date":"2026-01-01","isOffDay":true},{"name":"春节","date":"2026-02-14","isOffDay":false}]}"#;
    let mut seeds = vec![
        text.clone().into_bytes(),
        plain.replace("\",\"", "\";\"").into_bytes(),
        GB18030.encode(plain).0.into_owned(),
        wide,
        xlsx::write("名册", &rows).unwrap(),
        holidays.into(),
    ];
    for ((_, part), nth) in import::parts().into_iter().zip(0..) {
        seeds.push([&[import::PART, nth], &part[..]].concat());
    }
    seeds
}

/// A document in order, and bends that leave it so.
fn bent(document: &str) -> Vec<Vec<u8>> {
    vec![document.as_bytes().to_vec(), vec![0, 0, 11, 0], vec![0; 3]]
}

fn pictures() -> Vec<Vec<u8>> {
    let picture = RgbaImage::from_fn(9, 7, |x, y| Rgba([x as u8 * 20, y as u8 * 30, 99, 255 - x as u8]));
    let clear = DynamicImage::ImageRgba8(picture);
    let kinds = [clear.clone(), clear.to_rgb8().into(), clear.to_luma16().into(), clear.to_luma8().into()];
    let mut seeds: Vec<Vec<u8>> = kinds.iter().map(|kind| file(kind, ImageFormat::Png)).collect();
    seeds.extend([ImageFormat::Jpeg, ImageFormat::WebP].map(|format| file(&clear.to_rgb8().into(), format)));
    seeds.push(file(&clear, ImageFormat::WebP));
    seeds.push(file(&clear.to_luma8().into(), ImageFormat::Jpeg));
    seeds
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}
