//! What is wrong with a chain, and from which row on.

use std::fmt;

use kaishi_domain::seal::Chain;

/// The first bad row of a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flaw {
    /// Which chain.
    pub chain: Chain,
    /// The number of the row.
    pub row: i64,
    /// The row's id, where there is one.
    pub id: Option<String>,
    /// What is wrong.
    pub what: What,
}

/// What can be wrong with a row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// It does not say what was written, or stands where another one stood.
    Changed,
    /// It is gone.
    Missing,
    /// This program did not write it.
    Foreign,
    /// The head after it is not the one that was written.
    Head,
    /// There is no head.
    NoHead,
    /// The head that was written down outside the database is another one.
    Anchor,
    /// The head that was printed in this bulletin is another one.
    Printed(i64),
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, row {}", self.chain, self.row)?;
        if let Some(id) = &self.id {
            write!(f, " ({id})")?;
        }
        match self.what {
            What::Changed => f.write_str(": changed, or not in its place"),
            What::Missing => f.write_str(": missing"),
            What::Foreign => f.write_str(": put in from outside"),
            What::Head => f.write_str(": the head after it was changed"),
            What::NoHead => f.write_str(": the head after it is missing"),
            What::Anchor => f.write_str(": another one than when its head was written down"),
            What::Printed(n) => write!(f, ": not the ledger whose head is printed in bulletin {n}"),
        }
    }
}
