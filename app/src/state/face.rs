//! The stall pages that this node has rendered: thousands look at the same one, and only the ticket differs.

use std::sync::Arc;

use kaishi_store::Scan;

use crate::mould::Moulds;
use crate::words::Lang;

/// By path, language and size of text.
pub type Faces = Moulds<(String, Lang, bool), Face>;

/// All that a stall page shows besides its ticket.
pub struct Face {
    /// The poster with its stall, as it was last read.
    pub scan: Arc<Scan>,
    /// The form has a field for the stall's code.
    pub asks_code: bool,
    /// Where the stall went.
    pub moved: Option<String>,
    /// What everybody is told now.
    pub told: Vec<String>,
    /// What else the stall has: paths and labels.
    pub extra: Vec<(String, String)>,
}

impl PartialEq for Face {
    /// A poster that was read again is another one: what is compared costs less than what would be rendered.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scan, &other.scan)
            && self.asks_code == other.asks_code
            && self.moved == other.moved
            && self.told == other.told
            && self.extra == other.extra
    }
}
