//! Two-part slips that are printed with their codes before the market and keyed in afterwards.

use super::SlipCode;
use crate::Moment;

/// The most slips that are printed at once: twenty sheets of three.
pub const MOST_SLIPS: usize = 60;

/// A code that waits on paper.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PaperSlip {
    /// The code.
    pub code: SlipCode,
    /// When it was printed.
    pub made_at: Moment,
    /// When it was keyed in.
    pub used_at: Option<Moment>,
}
