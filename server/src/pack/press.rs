//! Many pages in one PDF with one set of fonts. All pages are drawn as one tall picture in which each is a form of
//! its own, so the converter meets every letter once; then each form becomes a page.

use std::fmt::Write as _;
use std::num::NonZeroI32;

use anyhow::{Context as _, Result, ensure};
use kaishi_domain::layout::svg::FONT;
use svg2pdf::ConversionOptions;

use super::pen::Leaf;
use crate::paper;

use pdf_writer::{Chunk, Content, Finish as _, Name, Pdf, Rect, Ref, TextStr};

/// CSS pixels in a millimetre.
const PIXELS: f64 = 96.0 / 25.4;
/// Points in a pixel.
const POINTS: f32 = 0.75;

/// One file: its title, its pages, and its bookmarks as a name and the page's index.
pub fn bind(title: &str, leaves: &[Leaf], marks: &[(String, usize)]) -> Result<Vec<u8>> {
    let (tall, tops) = stacked(leaves);
    let (chunk, whole) = svg2pdf::to_chunk(&paper::tree(&tall)?, ConversionOptions::default())
        .map_err(|error| anyhow::anyhow!("no PDF: {error}"))?;
    let forms = forms(&chunk, whole).context("the pages are not in the PDF")?;
    ensure!(forms.len() == leaves.len(), "{} pages, {} drawn", leaves.len(), forms.len());

    let last = chunk.refs().map(Ref::get).max().unwrap_or(1);
    let mut next = Ref::new(last + 1);
    let mut pdf = Pdf::new();
    let (catalog, tree) = (next.bump(), next.bump());
    let pages: Vec<Ref> = leaves.iter().map(|_| next.bump()).collect();
    for (((leaf, top), form), page) in leaves.iter().zip(tops).zip(forms).zip(&pages) {
        let points = |mm: f64| (mm * PIXELS) as f32 * POINTS;
        let (width, height) = (points(leaf.width), points(leaf.height));
        let mut content = Content::new();
        content.transform([POINTS, 0.0, 0.0, -POINTS, 0.0, height + top as f32 * POINTS]);
        content.x_object(Name(b"p"));
        let text = next.bump();
        pdf.stream(text, &content.finish());
        let mut made = pdf.page(*page);
        made.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(text);
        made.resources().x_objects().pair(Name(b"p"), form);
    }
    pdf.pages(tree).count(pages.len() as i32).kids(pages.iter().copied());
    let outline = bookmarks(&mut pdf, &mut next, &pages, marks);
    let mut root = pdf.catalog(catalog);
    root.pages(tree).lang(TextStr("zh-CN"));
    if let Some(outline) = outline {
        root.outlines(outline);
    }
    root.finish();
    pdf.document_info(next.bump()).title(TextStr(title)).producer(TextStr("kaishi"));
    pdf.extend(&chunk);
    Ok(pdf.finish())
}

/// The tall picture in pixels, and where each page begins.
fn stacked(leaves: &[Leaf]) -> (String, Vec<f64>) {
    let width = leaves.iter().map(|leaf| leaf.width).fold(1.0, f64::max) * PIXELS;
    let mut top = 0.0;
    let mut tops = Vec::new();
    let mut body = String::new();
    for Leaf { width, height, body: page } in leaves {
        let _ = write!(
            body,
            "<g style=\"isolation:isolate\" transform=\"translate(0 {top:.3}) scale({PIXELS:.6})\">\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{page}</g>"
        );
        tops.push(top);
        top += height * PIXELS;
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.3}\" height=\"{:.3}\" font-family=\"{FONT}\">\
         {body}</svg>",
        top.max(1.0)
    );
    (svg, tops)
}

/// The forms that the whole picture is made of, in the order of the pages: the converter numbers them as it goes.
fn forms(chunk: &Chunk, whole: Ref) -> Option<Vec<Ref>> {
    let bytes = chunk.as_bytes();
    let begin = find(bytes, format!("\n{} 0 obj", whole.get()).as_bytes())
        .or_else(|| bytes.starts_with(format!("{} 0 obj", whole.get()).as_bytes()).then_some(0))?;
    let object = &bytes[begin..];
    let head = std::str::from_utf8(&object[..find(object, b"stream")?]).ok()?;
    let list = head.split("/XObject <<").nth(1)?.split(">>").next()?;
    let words: Vec<&str> = list.split_whitespace().collect();
    let number = |at: &[&str]| match at {
        [number, "0", "R"] => number.parse::<NonZeroI32>().ok(),
        _ => None,
    };
    let mut found: Vec<i32> = words.windows(3).filter_map(number).map(NonZeroI32::get).collect();
    found.sort_unstable();
    Some(found.into_iter().map(Ref::new).collect())
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|part| part == what)
}

/// A bookmark for each part.
fn bookmarks(pdf: &mut Pdf, next: &mut Ref, pages: &[Ref], marks: &[(String, usize)]) -> Option<Ref> {
    let marks: Vec<(&str, Ref, Ref)> =
        marks.iter().filter_map(|(name, at)| Some((name.as_str(), *pages.get(*at)?, next.bump()))).collect();
    let (first, last) = (marks.first()?.2, marks.last()?.2);
    let outline = next.bump();
    pdf.outline(outline).first(first).last(last).count(marks.len() as i32);
    for (at, (name, page, mark)) in marks.iter().enumerate() {
        let mut item = pdf.outline_item(*mark);
        item.parent(outline).title(TextStr(name));
        if let Some((.., before)) = at.checked_sub(1).and_then(|at| marks.get(at)) {
            item.prev(*before);
        }
        if let Some((.., after)) = marks.get(at + 1) {
            item.next(*after);
        }
        item.dest().page(*page).fit();
    }
    Some(outline)
}
