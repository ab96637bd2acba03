//! What a person has to see: records that the server would not take, taps that the phone could not keep, and all that
//! is not in, as text.

use kaishi_domain::Moment;
use kaishi_domain::device::Cleared;
use kaishi_domain::encounter::RecordKind;
use kaishi_domain::pad::Journal;

use super::face::{Face, Line, clock};
use crate::islands::told::Teller;
use crate::parts::Markup;
use crate::words::staff::{Pad as Words, Tray};

/// What has to be seen now; most of the time nothing.
pub(super) fn tell(told: &mut Teller, face: &Face) {
    told.seen("unkept", !face.kept);
    let refused = face.journal.tray();
    told.seen("tray", !refused.is_empty());
    let mut rows = Markup::default();
    for one in refused {
        row(&mut rows, face, one);
    }
    told.markup("tray.rows", rows);
    let stuck = !matches!(face.line, None | Some(Line::Online | Line::Sending)) || !face.kept;
    let left = stuck && face.journal.waiting() + refused.len() > 0;
    told.seen("text", left);
    let lines = left.then(|| lines(face.journal, |at| clock(face.midnight, at)));
    told.text("text.lines", lines.unwrap_or_default());
}

/// What to do with a refused record, as a button says it in its `name`.
pub(super) const DO: [&str; 3] = ["again", "mistake", "on_paper"];

fn row(rows: &mut Markup, face: &Face, refused: &Cleared) {
    let (record, words) = (&refused.record, Tray(face.lang));
    let sign = if record.kind == RecordKind::Plus { "+" } else { "−" };
    let (at, kind) = (clock(face.midnight, record.at), Words(face.lang).kind(record.encounter));
    rows.open("div", &[("class", &"refused")]).open("p", &[]);
    rows.say("b", &[], &format_args!("{at} {kind} {sign}{}", record.n));
    rows.text(&format_args!(" {}", words.why(refused.why))).close("p");
    for (does, name) in DO.into_iter().zip([words.again(), words.mistake(), words.on_paper()]) {
        rows.say("button", &[("type", &"button"), ("name", &does), ("value", &record.id)], &name);
    }
    rows.close("div");
}

/// Everything without a receipt, a line each.
pub(super) fn lines(journal: &Journal, clock: impl Fn(Moment) -> String) -> String {
    format!("{}\n{}", journal.device(), journal.text(clock))
}
