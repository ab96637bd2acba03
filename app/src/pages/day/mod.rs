//! The day itself: the list before opening, cells and their checklists, incidents, the emergency card, and what
//! the live desk shows of all that.

mod cells;
mod emergency;
mod head;
mod incidents;
mod opening;
mod preflight;
mod sheet;
mod tiles;

pub use cells::{Link, Row as CellRow, View as CellsView, cells};
pub use emergency::{Places, View as EmergencyView, card, emergency};
pub use head::{Signed, View as HeadView, head};
pub use incidents::{Line as IncidentLine, Typed as IncidentTyped, View as IncidentsView, incidents};
pub use opening::{Warning, ask};
pub use preflight::{Typed as PreflightTyped, View as PreflightView, preflight};
pub use sheet::sheet;
pub use tiles::{Board, Told, Typed as ToldTyped, board};
