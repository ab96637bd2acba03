//! A pen on paper, in millimetres: words that are fitted into their room, boxes, lines and codes, as SVG.

use std::fmt::Write as _;

use kaishi_app::pages::poster::Sheet;
use kaishi_domain::layout::svg::{FONT, escaped};

/// Black.
pub const INK: &str = "#1c1b19";
/// Grey, for what is second.
pub const QUIET: &str = "#56534d";
/// Fine lines.
pub const LINE: &str = "#cbc7bc";
/// Party red, on paper.
pub const RED: &str = "#c7161e";
/// White.
pub const WHITE: &str = "#ffffff";
/// From one line to the next, in sizes.
const PITCH: f64 = 1.28;
/// From the top of a line to its baseline, in sizes.
const RISE: f64 = 0.96;

/// One printed page.
#[derive(Clone, PartialEq, Debug)]
pub struct Leaf {
    /// Millimetres across.
    pub width: f64,
    /// Millimetres down.
    pub height: f64,
    /// What stands on it, as SVG in millimetres.
    pub body: String,
}

impl Leaf {
    /// The page as a file of its own.
    pub fn svg(&self) -> String {
        let Self { width, height, body } = self;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}mm\" \
             height=\"{height}mm\" font-family=\"{FONT}\">{body}</svg>"
        )
    }

    /// The same page on paper of half the size.
    #[must_use]
    pub fn halved(self) -> Self {
        let scale = std::f64::consts::FRAC_1_SQRT_2;
        let (width, height) = ((self.width * scale).round(), (self.height * scale).round());
        let (x, y) = (width / self.width, height / self.height);
        Self { width, height, body: format!("<g transform=\"scale({:.4})\">{}</g>", x.min(y), self.body) }
    }
}

/// A box to write in.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

/// A room by left, top, width and height.
pub const fn room(x: f64, y: f64, w: f64, h: f64) -> Room {
    Room { x, y, w, h }
}

/// How words look.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    /// Largest height of the letters.
    pub size: f64,
    /// Smallest, before words are cut.
    pub least: f64,
    /// Colour.
    pub fill: &'static str,
    /// Heavy.
    pub bold: bool,
    /// `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// Plain words between two sizes.
pub const fn plain(size: f64, least: f64) -> Hand {
    Hand { size, least, fill: INK, bold: false, anchor: "start" }
}

/// Heavy words between two sizes.
pub const fn heavy(size: f64, least: f64) -> Hand {
    Hand { bold: true, ..plain(size, least) }
}

/// Grey words between two sizes.
pub const fn quiet(size: f64, least: f64) -> Hand {
    Hand { fill: QUIET, ..plain(size, least) }
}

/// How wide a letter is at most, in sizes.
fn breadth(letter: char) -> f64 {
    match letter {
        '0'..='9' => 0.56,
        ' ' | '.' | ',' | ':' | ';' | '|' | '!' | '\'' | 'i' | 'l' | 'I' | 'j' => 0.34,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' | '&' => 0.74,
        letter if letter.is_ascii() => 0.62,
        _ => 1.0,
    }
}

/// How wide a text is at most, in sizes.
pub fn span(text: &str) -> f64 {
    text.chars().map(breadth).sum()
}

/// What never begins a line.
const CLOSING: &str = "，。、；：！？）》”’」』…%·";

/// The text in lines of at most so many sizes. Latin words and numbers stay whole unless a line is too short for one.
pub fn wrap(text: &str, width: f64) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in words(paragraph) {
            if !line.is_empty() && span(&line) + span(word.trim_end()) > width {
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            let word = if line.is_empty() { word.trim_start() } else { word };
            for letter in word.chars() {
                if !line.is_empty() && span(&line) + breadth(letter) > width && letter != ' ' {
                    lines.push(std::mem::take(&mut line).trim_end().to_owned());
                }
                line.push(letter);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Pieces between which a line may end: a wide letter with the signs that close it, or a run of narrow ones.
fn words(text: &str) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut before: Option<char> = None;
    for (at, letter) in text.char_indices() {
        let narrow = |c: char| c.is_ascii() && c != ' ';
        let joined = match before {
            None => false,
            Some(last) => {
                CLOSING.contains(letter)
                    || "（《“‘「『".contains(last)
                    || (narrow(last) && narrow(letter))
                    || letter == ' '
            }
        };
        if !joined {
            starts.push(at);
        }
        before = Some(letter);
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().zip(ends).map(|(from, to)| &text[*from..to]).collect()
}

/// Draws a page.
#[derive(Default)]
pub struct Pen {
    out: String,
}

impl Pen {
    /// What was drawn, as a page.
    pub fn leaf(self, width: f64, height: f64) -> Leaf {
        Leaf { width, height, body: self.out }
    }

    /// What was drawn.
    pub fn drawn(self) -> String {
        self.out
    }

    /// SVG as it is.
    pub fn raw(&mut self, svg: &str) {
        self.out.push_str(svg);
    }

    /// One line of words on a baseline, in its largest size.
    pub fn line(&mut self, x: f64, y: f64, text: &str, hand: Hand) {
        let Hand { size, fill, bold, anchor, .. } = hand;
        // One cut of the font is enough: heavy is a border of the same colour.
        let thick = if bold {
            format!(" stroke=\"{fill}\" stroke-width=\"{:.3}\" stroke-linejoin=\"round\"", size * 0.04)
        } else {
            String::new()
        };
        let _ = write!(
            self.out,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size:.2}\" text-anchor=\"{anchor}\" \
             fill=\"{fill}\"{thick}>{}</text>",
            escaped(text)
        );
    }

    /// Words in a room: as large as fits, in as many lines as needed; what does not fit in the smallest size is cut
    /// with an ellipsis. Answers where the words end.
    pub fn write(&mut self, room: Room, text: &str, hand: Hand) -> f64 {
        let mut size = hand.size;
        let lines = loop {
            let lines = wrap(text, room.w / size);
            if lines.len() as f64 * PITCH * size <= room.h + 0.01 || size <= hand.least {
                break lines;
            }
            size = (size * 0.96).max(hand.least);
        };
        let most = ((room.h + 0.01) / (PITCH * size)).floor().max(1.0) as usize;
        let cut = lines.len() > most;
        let x = match hand.anchor {
            "middle" => room.x + room.w / 2.0,
            "end" => room.x + room.w,
            _ => room.x,
        };
        for (at, line) in lines.iter().take(most).enumerate() {
            let y = room.y + size * (RISE + PITCH * at as f64);
            let line = if cut && at + 1 == most { shortened(line, room.w / size) } else { line.clone() };
            self.line(x, y, &line, Hand { size, ..hand });
        }
        room.y + lines.len().min(most) as f64 * PITCH * size
    }

    /// A filled box.
    pub fn fill(&mut self, Room { x, y, w, h }: Room, colour: &str, round: f64) {
        let _ = write!(
            self.out,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" rx=\"{round}\" fill=\"{colour}\"/>"
        );
    }

    /// A box of lines.
    pub fn frame(&mut self, Room { x, y, w, h }: Room, thick: f64) {
        let _ = write!(
            self.out,
            "<rect x=\"{x:.2}\" y=\"{y:.2}\" width=\"{w:.2}\" height=\"{h:.2}\" fill=\"none\" stroke=\"{INK}\" \
             stroke-width=\"{thick}\"/>"
        );
    }

    /// A line from one point to another; broken where it is to be cut or folded.
    pub fn rule(&mut self, from: (f64, f64), to: (f64, f64), (colour, thick, broken): (&str, f64, bool)) {
        let dash = if broken { " stroke-dasharray=\"2 2\"" } else { "" };
        let _ = write!(
            self.out,
            "<path d=\"M{:.2} {:.2}L{:.2} {:.2}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"{thick}\"{dash}/>",
            from.0, from.1, to.0, to.1
        );
    }

    /// A code with its quiet zone on white, so many millimetres a side.
    pub fn code(&mut self, (x, y): (f64, f64), side: f64, path: &str, modules: usize) {
        let scale = side / modules as f64;
        let _ = write!(
            self.out,
            "<g transform=\"translate({x:.2} {y:.2}) scale({scale:.5})\">\
             <path fill=\"#ffffff\" d=\"M0 0h{modules}v{modules}h-{modules}z\"/><path fill=\"#000000\" d=\"{path}\"/></g>"
        );
    }

    /// The code of a poster.
    pub fn scan(&mut self, at: (f64, f64), side: f64, sheet: &Sheet) {
        self.code(at, side, &sheet.code, sheet.width);
    }
}

fn shortened(line: &str, width: f64) -> String {
    let mut kept = line.to_owned();
    while span(&kept) + 1.0 > width && kept.pop().is_some() {}
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_a_reader_expects_it() {
        let table = [
            ("听得懂、答得清，转得出", 4.5, vec!["听得懂、", "答得清，", "转得出"]),
            ("打开 ks.example.cn/s 输号", 10.0, vec!["打开", "ks.example.cn/s", "输号"]),
            ("集， 、", 2.0, vec!["集，", "、"]),
            ("一\n二", 9.0, vec!["一", "二"]),
            ("", 9.0, vec![""]),
        ];
        for (text, width, lines) in table {
            assert_eq!(wrap(text, width), lines, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_line_is_too_long_and_nothing_is_lost(text in "[市集，。、（）a-cW 0-9]{0,60}", width in 2.0_f64..20.0) {
            let lines = wrap(&text, width);
            for line in &lines {
                proptest::prop_assert!(span(line) <= width + 1e-6, "{line}");
            }
            let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
            proptest::prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
