//! On the page of a link that opens nothing: what this phone still holds for it. The server draws the place, empty and
//! hidden; the phone fills it in.

use js_sys::futures::spawn_local;

use super::{Shut, browser, face, tray};
use crate::islands::shown::Shown;
use crate::islands::told::Teller;

/// Shows what is left on the phone. Hidden where nothing is left.
pub(super) fn look(shut: Shut) {
    spawn_local(async move {
        let Some(journal) = browser::look(&shut.token).await else { return };
        let count = journal.waiting() + journal.tray().len();
        let mut told = Teller::default();
        told.text("left.count", count.to_string());
        told.text("left.lines", tray::lines(&journal, |at| face::clock(shut.midnight, at)));
        told.seen("left", count > 0);
        Shown::default().show(told.all());
    });
}
