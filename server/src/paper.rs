//! From an SVG sheet to PNG and PDF, with a font inside: the same picture on every machine, and no box where
//! a Chinese letter should be. Knows nothing of maps.

use std::sync::{Arc, OnceLock};

use anyhow::{Context as _, Result};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use tokio::sync::Semaphore;

/// Noto Sans CJK SC, regular: the letters of GB 2312 and GBK and the signs that documents use.
const FONT: &[u8] = include_bytes!("../font/NotoSansCJKsc-subset.otf");
/// Its family.
const FAMILY: &str = "Noto Sans CJK SC";
/// Dots in an inch of paper: an A3 sheet has 2,481 by 1,754 of them and is sharp at arm's length.
const DPI: f32 = 150.0;
/// CSS pixels in an inch, which is what a size in millimetres is read as.
const CSS_DPI: f32 = 96.0;
/// So many sheets at a time: each costs a second of one core and up to 30 MB.
static TURN: Semaphore = Semaphore::const_new(2);

/// What is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// A picture.
    Png,
    /// For print; its text stays text.
    Pdf,
}

impl Kind {
    /// Media type and extension.
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Png => ("image/png", "png"),
            Self::Pdf => ("application/pdf", "pdf"),
        }
    }
}

/// Makes a file from a sheet, off the threads that answer.
pub async fn make(kind: Kind, svg: String) -> Result<Vec<u8>> {
    in_turn(move || match kind {
        Kind::Png => png(&svg),
        Kind::Pdf => pdf(&svg),
    })
    .await
}

/// Does heavy work when it is its turn, off the threads that answer.
pub async fn in_turn(work: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Result<Vec<u8>> {
    let _turn = TURN.acquire().await?;
    tokio::task::spawn_blocking(work).await?
}

/// Fonts are read once: our own first, then those of the machine for rare letters.
fn options() -> &'static Options<'static> {
    static OPTIONS: OnceLock<Options<'static>> = OnceLock::new();
    OPTIONS.get_or_init(|| {
        let mut options = Options { font_family: FAMILY.into(), dpi: CSS_DPI, ..Options::default() };
        let fonts = Arc::make_mut(&mut options.fontdb);
        fonts.load_font_data(FONT.to_vec());
        fonts.load_system_fonts();
        fonts.set_sans_serif_family(FAMILY);
        options
    })
}

/// An SVG as it will be drawn, its letters already set.
pub fn tree(svg: &str) -> Result<Tree> {
    Tree::from_str(svg, options()).context("the sheet is no SVG")
}

/// A picture on white, as sharp as paper.
pub fn png(svg: &str) -> Result<Vec<u8>> {
    dotted(svg, DPI / CSS_DPI)
}

/// A picture with a dot for each pixel of the drawing, for screens.
pub fn picture(svg: &str) -> Result<Vec<u8>> {
    dotted(svg, 1.0)
}

fn dotted(svg: &str, zoom: f32) -> Result<Vec<u8>> {
    let tree = tree(svg)?;
    let size = tree.size();
    let dots = |side: f32| (side * zoom).ceil() as u32;
    let mut dots = Pixmap::new(dots(size.width()), dots(size.height())).context("the sheet has no size")?;
    dots.fill(resvg::tiny_skia::Color::WHITE);
    resvg::render(&tree, Transform::from_scale(zoom, zoom), &mut dots.as_mut());
    Ok(dots.encode_png()?)
}

/// A page of the sheet's own size.
pub fn pdf(svg: &str) -> Result<Vec<u8>> {
    let page = svg2pdf::PageOptions { dpi: CSS_DPI };
    svg2pdf::to_pdf(&tree(svg)?, svg2pdf::ConversionOptions::default(), page)
        .map_err(|error| anyhow::anyhow!("no PDF: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"420mm\" height=\"297mm\" viewBox=\"0 0 420 297\">\
             <text x=\"20\" y=\"100\" font-size=\"20\" font-family=\"Noto Sans SC, {FAMILY}\">{text}</text></svg>"
        )
    }

    /// The ids of the glyphs that a text is set in; 0 is the box for a letter that the font lacks.
    fn glyphs(text: &str) -> Vec<u16> {
        let tree = tree(&words(text)).unwrap();
        let mut found = Vec::new();
        walk(tree.root(), &mut found);
        found
    }

    fn walk(group: &resvg::usvg::Group, found: &mut Vec<u16>) {
        for node in group.children() {
            match node {
                resvg::usvg::Node::Group(inner) => walk(inner, found),
                resvg::usvg::Node::Text(text) => {
                    for span in text.layouted() {
                        found.extend(span.positioned_glyphs.iter().map(|glyph| glyph.id.0));
                    }
                }
                _ => {}
            }
        }
    }

    #[test]
    fn every_letter_of_a_sheet_has_a_shape() {
        let text = "市集 ④ “满园” 福中社区 ≥ 4.00 m · 第 3 版 ↑ × → — … 喆堃";
        let found = glyphs(text);
        assert_eq!(found.len(), text.chars().count());
        assert!(!found.contains(&0), "{found:?}");
    }

    #[test]
    fn the_built_in_font_needs_no_other_for_its_letters() {
        let mut alone = Options { font_family: FAMILY.into(), ..Options::default() };
        Arc::make_mut(&mut alone.fontdb).load_font_data(FONT.to_vec());
        let tree = Tree::from_str(&words("市集④“”"), &alone).unwrap();
        let mut found = Vec::new();
        walk(tree.root(), &mut found);
        assert_eq!(found.len(), 5, "{found:?}");
        assert!(!found.contains(&0), "{found:?}");
    }

    #[test]
    fn a_picture_is_a3_and_not_empty() {
        let made = image::load_from_memory(&png(&words("市集")).unwrap()).unwrap().to_luma8();
        assert_eq!(made.dimensions(), (2481, 1754));
        let dark = made.pixels().filter(|dot| dot.0[0] < 100).count();
        assert!(dark > 1_000, "{dark} dark dots");
    }

    #[test]
    fn a_pdf_is_a3_with_its_font_inside() {
        let made = pdf(&words("市集")).unwrap();
        assert!(made.starts_with(b"%PDF-"));
        let text = String::from_utf8_lossy(&made);
        let page = text.split("/MediaBox [0 0 ").nth(1).unwrap();
        let sides: Vec<f64> = page.split([' ', ']']).take(2).map(|side| side.parse().unwrap()).collect();
        assert!((sides[0] - 1190.55).abs() < 1.0 && (sides[1] - 841.89).abs() < 1.0, "{sides:?}");
        assert!(text.contains("NotoSansCJKsc"), "the font's name is not in the file");
        assert!(made.len() < 200_000, "{} bytes", made.len());
    }
}
