//! A photo, as it came and with the sums of its chunks put right: a bent PNG would never get past them.

use image::ImageReader;
use kaishi_server::photo::{MOST_BYTES, develop};

/// The longest side of what is kept.
const LONGEST: u32 = 4096;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub(super) fn run(bytes: &[u8]) -> bool {
    let kept = keep(bytes);
    if bytes.starts_with(PNG) { keep(&summed(bytes)) || kept } else { kept }
}

fn keep(bytes: &[u8]) -> bool {
    let Ok(photo) = develop(bytes) else { return false };
    assert!(photo.w.max(photo.h) <= LONGEST && photo.w > 0 && photo.h > 0);
    assert!(photo.bytes.len() <= 2 * MOST_BYTES);
    let reader = ImageReader::new(std::io::Cursor::new(&photo.bytes)).with_guessed_format().unwrap();
    assert_eq!(reader.into_dimensions().unwrap(), (photo.w, photo.h));
    assert!(!photo.bytes.windows(4).any(|part| part == b"Exif"), "notes of a camera are kept");
    true
}

/// The same file with every sum as it has to be.
fn summed(bytes: &[u8]) -> Vec<u8> {
    let mut file = bytes.to_vec();
    let mut at = PNG.len();
    while let Some(head) = file.get(at..at + 4) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (from, to) = (at + 4, at.saturating_add(8).saturating_add(length));
        let Some(chunk) = file.get(from..to) else { break };
        let sum = crc(chunk).to_be_bytes();
        let Some(place) = file.get_mut(to..to + 4) else { break };
        place.copy_from_slice(&sum);
        at = to + 4;
    }
    file
}

/// The sum of a PNG's chunk.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & 0_u32.wrapping_sub(sum & 1)))
    })
}
