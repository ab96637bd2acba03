//! The bulletin: signed as the ledger was, corrected in the open, never more than anybody entered.

use kaishi_domain::bulletin::{Change, Figure, FigureKey, changes, figures};
use kaishi_domain::chain::Head;
use kaishi_domain::count::{Appeals, Encounters, Snapshot};
use kaishi_domain::device::Missing;
use kaishi_domain::encounter::{Confidence, Kind, Source};

use super::book::counted;
use super::world::World;

/// What was printed, and what the ledger was then.
pub(crate) struct Signed {
    pub(crate) figures: Vec<Figure>,
    pub(crate) rows: usize,
    pub(crate) head: Head,
    pub(crate) entered: i64,
    /// What it corrects.
    pub(crate) corrects: Vec<Change>,
}

impl World {
    fn snapshot(&self) -> Snapshot {
        let of = |source| self.book.sum(|row| row.source == source && counted(row));
        let appeals = |is: fn(&kaishi_domain::appeal::State) -> bool| {
            self.files.iter().filter(|file| is(&file.now.state)).count() as i64
        };
        Snapshot {
            market: self.market,
            as_of: self.now,
            version: self.book.rows().len() as i64,
            map: format!("{}-{}", self.square.plan.code(), self.square.in_force().revision),
            encounters: Encounters {
                total: self.book.total(self.book.rows().len()),
                scan: of(Source::Scan),
                staff: of(Source::Staff),
                paper: of(Source::Paper),
                pending_review: self.book.sum(|row| row.confidence == Confidence::Low),
                late: self.book.sum(|row| counted(row) && row.is_late()),
                corrected: -self.book.sum(|row| counted(row) && row.n < 0),
            },
            talks: self.book.sum(|row| row.kind == Kind::Talk && row.confidence == Confidence::Normal),
            devices_about: 0,
            appeals: Appeals {
                raised: self.files.len() as i64,
                settled_on_spot: appeals(|state| state.resolution().is_some_and(|done| done.on_the_spot)),
                settled_by_unit: appeals(kaishi_domain::appeal::State::settled_by_unit),
                confirmed: appeals(kaishi_domain::appeal::State::confirmed),
                overdue: self.files.iter().filter(|file| file.now.is_overdue(self.now)).count() as i64,
            },
            stalls: Vec::new(),
            curve: Vec::new(),
            announcements: Vec::new(),
            devices_missing: Missing::default(),
            crowd: None,
            open: true,
            gauge: None,
        }
    }

    /// The first time it is signed; from then on only what has changed is corrected.
    pub(crate) fn sign(&mut self) -> &'static str {
        let figures = figures(&self.snapshot());
        let corrects = match self.signed.last() {
            Some(before) => {
                let corrects = changes(&before.figures, &figures);
                if corrects.is_empty() {
                    return "nothing to correct";
                }
                self.deeds.note("corrections");
                corrects
            }
            None => Vec::new(),
        };
        let (rows, head, entered) = (self.book.rows().len(), self.book.head(), self.book.entered());
        self.signed.push(Signed { figures, rows, head, entered, corrects });
        self.deeds.note("signatures");
        "a signature"
    }

    pub(crate) fn check_bulletin(&self) -> Result<(), String> {
        for (at, signed) in self.signed.iter().enumerate() {
            let figure = |key| {
                signed.figures.iter().find(|figure| figure.key == key).map_or(-1, |figure| figure.exact)
            };
            let total = figure(FigureKey::Encounters);
            if total != self.book.total(signed.rows) || total > signed.entered {
                return Err(format!(
                    "the bulletin says {total}, the ledger {}",
                    self.book.total(signed.rows)
                ));
            }
            let parts = [FigureKey::Scan, FigureKey::Staff, FigureKey::Paper].map(figure);
            if parts.iter().sum::<i64>() != total {
                return Err(format!("the parts of the bulletin are {parts:?}, the whole is {total}"));
            }
            for change in &signed.corrects {
                let before = self.signed[at - 1].figures.iter().find(|figure| figure.key == change.key);
                if before.map(|figure| figure.exact) != Some(change.before)
                    || figure(change.key) != change.after
                {
                    return Err(format!("a correction that corrects something else: {change:?}"));
                }
            }
        }
        // Only the last one anew: the others were looked at when they were.
        let last = self.signed.last().filter(|signed| self.book.head_anew(signed.rows) != signed.head);
        last.map_or(Ok(()), |_| Err("the printed head is not the ledger's".into()))
    }
}
