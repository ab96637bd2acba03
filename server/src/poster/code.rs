//! The printed code: which text it holds, its modules, and how they become a picture.
//!
//! Error correction Q survives a patch of 12 % of its area; the quiet zone is four modules.

use std::fmt::Write as _;

use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder as _};
use kaishi_domain::Refusal;
use qrcode::{Color, EcLevel, QrCode, Version};

/// White modules on every side.
pub const QUIET: usize = 4;
/// Pixels a module in PNG: 37 modules and their quiet zone become 720 pixels, 61 mm at 300 dpi.
const PIXELS: usize = 16;

/// A QR code as a square of modules.
pub struct Code {
    dark: Vec<bool>,
    side: usize,
    version: i16,
}

/// The text that a poster's code holds.
pub fn text(public_url: &str, token: &str) -> String {
    address(public_url, "s", token)
}

/// An address as a code holds it: all upper case where the host allows, because letters then cost 5.5 bits
/// instead of 8. Schemes and hosts mean the same in either case, and the router knows `/S/` and `/A/`.
pub fn address(public_url: &str, first: &str, token: &str) -> String {
    let upper = public_url.to_ascii_uppercase();
    let host = upper.split_once("://").map_or(upper.as_str(), |(_, host)| host);
    let compact = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || ".-:".contains(c);
    if host.chars().all(compact) {
        format!("{upper}/{}/{}", first.to_ascii_uppercase(), token.to_ascii_uppercase())
    } else {
        format!("{public_url}/{first}/{token}")
    }
}

impl Code {
    /// The code of a text.
    pub fn of(text: &str) -> Result<Self, Refusal> {
        let code = QrCode::with_error_correction_level(text, EcLevel::Q)
            .map_err(|_| Refusal::TooLong("printed address"))?;
        let version = match code.version() {
            Version::Normal(number) | Version::Micro(number) => number,
        };
        let side = code.width();
        let dark = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
        Ok(Self { dark, side, version })
    }

    /// Its version, 1 to 40: the higher, the finer the modules.
    pub const fn version(&self) -> i16 {
        self.version
    }

    /// Modules on a side, quiet zone included.
    pub const fn width(&self) -> usize {
        self.side + 2 * QUIET
    }

    fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| (QUIET..QUIET + self.side).contains(&at);
        inside(x) && inside(y) && self.dark[(y - QUIET) * self.side + x - QUIET]
    }

    /// The dark modules as one SVG path in module units, quiet zone included: one flat box a run.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in 0..self.width() {
            let mut x = 0;
            while x < self.width() {
                let run = (x..self.width()).take_while(|at| self.is_dark(*at, y)).count();
                if run > 0 {
                    let _ = write!(path, "M{x} {y}h{run}v1h-{run}z");
                }
                x += run.max(1);
            }
        }
        path
    }

    /// A grey PNG in which every module is a square of whole pixels.
    pub fn png(&self) -> Result<Vec<u8>, image::ImageError> {
        let side = self.width() * PIXELS;
        let grey: Vec<u8> = (0..side * side)
            .map(|at| if self.is_dark(at % side / PIXELS, at / side / PIXELS) { 0 } else { 255 })
            .collect();
        let mut file = Vec::new();
        let edge = u32::try_from(side).unwrap_or(u32::MAX);
        PngEncoder::new(&mut file).write_image(&grey, edge, edge, ExtendedColorType::L8)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "4G41040M2GC1R40000000000000000000000000Z";

    /// Reads a picture as a phone would.
    fn read(side: usize, grey: impl FnMut(usize, usize) -> u8) -> String {
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side, side, grey);
        let grids = picture.detect_grids();
        assert_eq!(grids.len(), 1, "one code a picture");
        grids[0].decode().unwrap().1
    }

    /// Draws the path again, box by box, and nothing but the path.
    fn rasterized(path: &str, width: usize) -> Vec<bool> {
        let mut dark = vec![false; width * width];
        for run in path.split('M').skip(1) {
            let (at, rest) = run.split_once('h').unwrap();
            let (x, y) = at.split_once(' ').unwrap();
            let (length, close) = rest.split_once('v').unwrap();
            assert_eq!(close, format!("1h-{length}z"));
            let (x, y): (usize, usize) = (x.parse().unwrap(), y.parse().unwrap());
            let length: usize = length.parse().unwrap();
            dark[y * width + x..y * width + x + length].fill(true);
        }
        dark
    }

    #[test]
    fn hosts_of_every_length_are_read_back_from_picture_and_path() {
        let table = [
            ("https://ks.example.cn", "HTTPS://KS.EXAMPLE.CN/S/", 4),
            ("https://market.example.gov.cn", "HTTPS://MARKET.EXAMPLE.GOV.CN/S/", 5),
            ("http://127.0.0.1:3000", "HTTP://127.0.0.1:3000/S/", 5),
            ("https://example.cn/kaishi", "https://example.cn/kaishi/s/", 6),
        ];
        for (url, begins, most) in table {
            let text = text(url, TOKEN);
            assert_eq!(text, format!("{begins}{TOKEN}"));
            let code = Code::of(&text).unwrap();
            assert!(code.version() <= most, "{url} is version {}", code.version());

            let png = image::load_from_memory(&code.png().unwrap()).unwrap().into_luma8();
            assert_eq!(png.width() as usize, code.width() * PIXELS);
            assert_eq!(read(png.width() as usize, |x, y| png.get_pixel(x as u32, y as u32).0[0]), text);

            let dark = rasterized(&code.path(), code.width());
            let big = code.width() * 6;
            let grey = |x: usize, y: usize| if dark[y / 6 * code.width() + x / 6] { 0 } else { 255 };
            assert_eq!(read(big, grey), text);
        }
    }

    #[test]
    fn the_quiet_zone_is_quiet() {
        let code = Code::of(&text("https://ks.example.cn", TOKEN)).unwrap();
        let dark = rasterized(&code.path(), code.width());
        for (at, dark) in dark.into_iter().enumerate() {
            let (x, y) = (at % code.width(), at / code.width());
            let margin = [x, y].into_iter().any(|at| at < QUIET || at >= code.width() - QUIET);
            assert!(!(margin && dark), "dark at {x} {y}");
        }
    }
}
