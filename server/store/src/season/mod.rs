//! The season as a whole: Saturdays made from the last one, a month at a glance, units over several Saturdays.

mod campaign;
mod copy;
mod dates;
mod month;
mod reach;
mod trend;

pub use copy::{Copied, Saturday};
pub use dates::UnitDate;
pub use month::MonthRow;
