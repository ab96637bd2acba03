//! The layout is looked through when the hand rests.

use std::time::Duration;

use kaishi_domain::layout::{Diff, Severity, Site};
use leptos::prelude::set_timeout;

use super::held::Held;
use super::model::Model;

/// A layout is looked through when nothing has changed for so long.
const REST: Duration = Duration::from_millis(60);

impl Model {
    /// Looks the layout through when the hand rests.
    pub(super) fn check_soon(self) {
        let at = self.changes.get() + 1;
        self.changes.set(at);
        self.check_later(at);
    }

    fn check_later(self, at: u32) {
        set_timeout(move || self.check(at), REST);
    }

    fn check(self, at: u32) {
        if self.changes.get() != at {
            return;
        }
        if self.held.with_untracked(|held| *held != Held::Nothing) {
            return self.check_later(at);
        }
        let (found, loads) = self.with_site(|site| (site.check(), site.loads()));
        self.rows.borrow_mut().catch_up(&self.layout.read_untracked());
        self.rested.update(|count| *count += 1);
        self.breaches.renew(found);
        self.loads.renew(loads);
        self.checked.renew(true);
    }

    /// Asks the index of the checks, which is brought up to the layout first.
    pub(super) fn with_site<T>(self, ask: impl FnOnce(&Site) -> T) -> T {
        let layout = self.layout.read_untracked();
        let mut known = self.site.borrow_mut();
        let (site, seen) =
            known.get_or_insert_with(|| (Site::new(&self.ground, &layout, &self.uses), layout.clone()));
        if *seen != *layout {
            site.follow(&Diff::between(seen, &layout));
            seen.clone_from(&layout);
        }
        ask(site)
    }

    pub(super) fn errors(self) -> usize {
        self.breaches.with(|all| all.iter().filter(|breach| breach.severity == Severity::Error).count())
    }
}
