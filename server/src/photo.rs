//! Makes a photo of our own from whatever came in: bounded before it is opened, turned upright, written anew.
//! Nothing of the file that came in is ever served.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageFormat, Limits};
use kaishi_domain::id::hex;
use kaishi_store::Photo;
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

/// Bytes that may come in.
pub const MOST_BYTES: usize = 5 * 1024 * 1024;
/// Pixels that may be unfolded.
const MOST_PIXELS: u64 = 24_000_000;
/// Memory for one decoder: 24 million pixels of four bytes, and its own work.
const MOST_MEMORY: u64 = 112 * 1024 * 1024;
/// Longer sides are made shorter: a square of 100 m keeps 2.5 cm to a pixel.
const LONGEST: u32 = 4096;

/// So many are opened at the same time.
static DECODERS: Semaphore = Semaphore::const_new(2);

/// Why a file is no photo for us.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unfit {
    /// Nothing came.
    Empty,
    /// More than 5 MB.
    Heavy,
    /// Neither PNG nor JPEG nor WebP.
    Foreign,
    /// More than 24 million pixels, or a side that is out of all proportion.
    Large,
    /// Cut off or damaged.
    Damaged,
}

/// Makes the photo, at most two at a time and never on a thread that serves.
pub async fn make(bytes: Vec<u8>) -> Result<Photo, Unfit> {
    let _turn = DECODERS.acquire().await.map_err(|_| Unfit::Damaged)?;
    tokio::task::spawn_blocking(move || develop(&bytes)).await.unwrap_or(Err(Unfit::Damaged))
}

/// Makes the photo of a file. Takes its time: see [`make`].
pub fn develop(bytes: &[u8]) -> Result<Photo, Unfit> {
    if bytes.is_empty() {
        return Err(Unfit::Empty);
    }
    if bytes.len() > MOST_BYTES {
        return Err(Unfit::Heavy);
    }
    let file = Cursor::new(bytes);
    let (picture, format) = match image::guess_format(bytes) {
        Ok(format @ ImageFormat::Png) => {
            (open(PngDecoder::with_limits(file, limits()).map_err(|_| Unfit::Damaged)?)?, format)
        }
        Ok(format @ ImageFormat::Jpeg) if is_whole(bytes) => {
            (open(JpegDecoder::new(file).map_err(|_| Unfit::Damaged)?)?, format)
        }
        Ok(ImageFormat::Jpeg) => return Err(Unfit::Damaged),
        Ok(format @ ImageFormat::WebP) => {
            (open(WebPDecoder::new(file).map_err(|_| Unfit::Damaged)?)?, format)
        }
        _ => return Err(Unfit::Foreign),
    };
    write(picture, format)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    limits
}

/// The header says how large it is; only then it is unfolded, and turned as the camera was held.
fn open(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Unfit> {
    let (w, h) = decoder.dimensions();
    let long = u64::from(w.max(h)) > 40 * u64::from(w.min(h).max(1));
    if u64::from(w) * u64::from(h) > MOST_PIXELS || w == 0 || h == 0 || long {
        return Err(Unfit::Large);
    }
    let mut limits = limits();
    limits.reserve(decoder.total_bytes()).map_err(|_| Unfit::Large)?;
    decoder.set_limits(limits).map_err(|_| Unfit::Large)?;
    let turn = decoder.orientation().map_err(|_| Unfit::Damaged)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|_| Unfit::Damaged)?;
    picture.apply_orientation(turn);
    Ok(picture)
}

/// A decoder of JPEG fills what is missing with grey; the end mark tells whether anything is.
fn is_whole(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, mark]) = bytes.get(at..at + 2) {
        if mark == 0xda {
            return bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]);
        }
        let length =
            |at: usize| Some(usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
        // Filling bytes before a mark carry no length.
        at += if mark == 0xff { 1 } else { 2 + length(at + 2).unwrap_or(2).max(2) };
    }
    false
}

/// A drawing stays exact as PNG while that is small; photos, and what would be too heavy, become JPEG.
fn write(picture: DynamicImage, came_as: ImageFormat) -> Result<Photo, Unfit> {
    let picture = if picture.width().max(picture.height()) > LONGEST {
        picture.resize(LONGEST, LONGEST, FilterType::Triangle)
    } else {
        picture
    };
    let (w, h) = (picture.width(), picture.height());
    let mut bytes = Vec::new();
    let mut kind = "image/png";
    if came_as != ImageFormat::Jpeg {
        let flat = if picture.color().has_alpha() {
            DynamicImage::ImageRgba8(picture.to_rgba8())
        } else {
            DynamicImage::ImageRgb8(picture.to_rgb8())
        };
        flat.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(|_| Unfit::Damaged)?;
    }
    if bytes.is_empty() || bytes.len() > MOST_BYTES {
        bytes.clear();
        kind = "image/jpeg";
        let encoder = JpegEncoder::new_with_quality(&mut bytes, 84);
        on_paper(&picture).write_with_encoder(encoder).map_err(|_| Unfit::Damaged)?;
    }
    let hash = hex(&Sha256::digest(&bytes));
    Ok(Photo { hash, kind: kind.to_owned(), w, h, bytes })
}

/// What is transparent becomes white.
fn on_paper(picture: &DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.to_rgb8());
    }
    let rgba = picture.to_rgba8();
    let mut paper = image::RgbImage::new(rgba.width(), rgba.height());
    for (from, to) in rgba.pixels().zip(paper.pixels_mut()) {
        let share = u32::from(from.0[3]);
        for channel in 0..3 {
            to.0[channel] = ((u32::from(from.0[channel]) * share + 255 * (255 - share)) / 255) as u8;
        }
    }
    DynamicImage::ImageRgb8(paper)
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;

    /// Left half red, right half blue.
    fn two_halves(w: u32, h: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(w, h, |x, _| {
            if x < w / 2 { Rgb([200, 20, 20]) } else { Rgb([20, 20, 200]) }
        }))
    }

    fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    /// A JPEG with a camera's notes: held sideways, and a place that nobody needs to know.
    fn with_notes(jpeg: &[u8], orientation: u8) -> Vec<u8> {
        let mut notes = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        notes.extend([orientation, 0, 0, 0, 0, 0, 0]);
        notes.extend(b"GPS 22.5431N 114.0579E");
        let length = u16::try_from(notes.len() + 2).unwrap().to_be_bytes();
        let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1, length[0], length[1]];
        bytes.extend(notes);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    #[tokio::test]
    async fn the_three_kinds_are_made_anew() {
        for (format, kind) in [
            (ImageFormat::Png, "image/png"),
            (ImageFormat::WebP, "image/png"),
            (ImageFormat::Jpeg, "image/jpeg"),
        ] {
            let photo = make(file(&two_halves(64, 32), format)).await.unwrap();
            assert_eq!((photo.w, photo.h, photo.kind.as_str()), (64, 32, kind), "{format:?}");
            let back = image::load_from_memory(&photo.bytes).unwrap().to_rgb8();
            let Rgb([red, _, blue]) = *back.get_pixel(4, 4);
            assert!(red > 150 && blue < 80, "{format:?}");
            assert_eq!(photo.hash.len(), 64);
        }
    }

    #[tokio::test]
    async fn a_photo_stands_upright_and_its_notes_are_gone() {
        let sideways = with_notes(&file(&two_halves(64, 32), ImageFormat::Jpeg), 6);
        let photo = make(sideways.clone()).await.unwrap();
        assert_eq!((photo.w, photo.h), (32, 64));
        let back = image::load_from_memory(&photo.bytes).unwrap().to_rgb8();
        let (above, below) = (back.get_pixel(16, 8), back.get_pixel(16, 56));
        assert!(above.0[0] > 150 && below.0[2] > 150, "{above:?} {below:?}");
        let holds = |bytes: &[u8], word: &[u8]| bytes.windows(word.len()).any(|part| part == word);
        assert!(holds(&sideways, b"GPS") && !holds(&photo.bytes, b"GPS") && !holds(&photo.bytes, b"Exif"));
    }

    #[tokio::test]
    async fn bad_files_are_each_known_for_what_they_are() {
        let png = file(&two_halves(300, 200), ImageFormat::Png);
        let jpeg = file(&two_halves(300, 200), ImageFormat::Jpeg);
        let webp = file(&two_halves(300, 200), ImageFormat::WebP);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>".to_vec();
        let html = b"<!DOCTYPE html><html><body>hello</body></html>".to_vec();
        let gif = b"GIF89a\x01\0\x01\0\0\0\0;".to_vec();
        let mut disguised = b"\x89PNG\r\n\x1a\n".to_vec();
        disguised.extend(&html);
        let cases = [
            (Vec::new(), Unfit::Empty),
            (vec![0; MOST_BYTES + 1], Unfit::Heavy),
            (svg, Unfit::Foreign),
            (html, Unfit::Foreign),
            (gif, Unfit::Foreign),
            (disguised, Unfit::Damaged),
            (png[..png.len() / 2].to_vec(), Unfit::Damaged),
            (jpeg[..jpeg.len() / 2].to_vec(), Unfit::Damaged),
            (webp[..webp.len() / 2].to_vec(), Unfit::Damaged),
            (jpeg[..3].to_vec(), Unfit::Damaged),
            (bomb(30_000, 30_000), Unfit::Large),
            (bomb(2_000_000, 2), Unfit::Large),
            (bomb(0, 7), Unfit::Damaged),
        ];
        for (at, (bytes, unfit)) in cases.into_iter().enumerate() {
            assert_eq!(make(bytes).await.unwrap_err(), unfit, "case {at}");
        }
    }

    /// A PNG of a few bytes whose header promises so many pixels.
    fn bomb(w: u32, h: u32) -> Vec<u8> {
        let mut bytes = file(&two_halves(8, 8), ImageFormat::Png);
        bytes[16..20].copy_from_slice(&w.to_be_bytes());
        bytes[20..24].copy_from_slice(&h.to_be_bytes());
        let sum = crc(&bytes[12..29]);
        bytes[29..33].copy_from_slice(&sum.to_be_bytes());
        bytes
    }

    /// The check sum of a PNG's chunk.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1))
            })
        })
    }

    #[tokio::test]
    async fn a_plan_with_clear_ground_keeps_it_and_a_long_side_is_shortened() {
        let clear = DynamicImage::ImageRgba8(image::RgbaImage::from_pixel(9, 9, image::Rgba([9, 9, 9, 0])));
        let photo = make(file(&clear, ImageFormat::Png)).await.unwrap();
        let back = image::load_from_memory(&photo.bytes).unwrap();
        assert_eq!(back.to_rgba8().get_pixel(1, 1).0[3], 0);
        assert_eq!(on_paper(&clear).to_rgb8().get_pixel(1, 1).0, [255, 255, 255]);
        let photo = make(file(&two_halves(5000, 400), ImageFormat::Png)).await.unwrap();
        assert_eq!((photo.w, photo.h), (4096, 328));
    }
}
