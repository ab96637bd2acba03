//! Many units at once, as a preview showed them: all of it happens, or nothing.

use kaishi_domain::Moment;
use kaishi_domain::actor::Organizer;
use kaishi_domain::unit::Unit;

use super::{insert, read, replace};
use crate::audit::{self, Act, Fresh};
use crate::pool::transact;
use crate::{Error, Result, Store};

/// One line of what was previewed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Imported {
    /// The unit as the preview saw it; none: the register does not have it.
    pub before: Option<Unit>,
    /// What it becomes. Its standing stays as it is.
    pub after: Unit,
}

impl Store {
    /// Adds and changes units in one transaction. A unit that is not as the preview saw it any more, or a name that
    /// has come in between, is [`Error::Taken`] and nothing happens.
    pub async fn unit_import(&self, by: &Organizer, lines: &[Imported], now: Moment) -> Result<()> {
        let fresh: Vec<Fresh> = lines.iter().map(|_| self.fresh_text()).collect();
        transact!(self, tx => {
            for ((line, fresh), later) in lines.iter().zip(&fresh).zip(0..) {
                let (verb, unit) = match &line.before {
                    None => {
                        let unit = line.after.clone().sound()?;
                        // Times grow with each line, so that the register keeps the order of the file.
                        insert(&mut (&mut *tx).into(), by.org(), &unit, now.plus(later)).await?;
                        ("unit.add", unit)
                    }
                    Some(before) => {
                        let row = read(&mut (&mut *tx).into(), by.org(), before.id).await?;
                        let mut stands = Unit::try_from(row.clone())?;
                        stands.standing = before.standing.clone();
                        if stands != *before {
                            return Err(Error::Taken(before.name.clone()).into());
                        }
                        let unit = Unit { id: before.id, ..line.after.clone() }.sound()?;
                        replace(&mut (&mut *tx).into(), by.org(), &row, &unit).await?;
                        ("unit.edit", unit)
                    }
                };
                audit::record!(tx, fresh, Act {
                    org: by.org(),
                    at: now,
                    actor: &by.account().to_string(),
                    verb,
                    object: &unit.id.to_string(),
                    detail: &format!("import: {}", unit.name),
                });
            }
            Ok(())
        })
    }
}
