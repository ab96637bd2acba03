//! Rooms and pitches by the hour.

use super::super::Who::{Anyone, Roles as Of};
use super::{READ, RUN, Row};

/// Method, path as the router writes it, who.
pub(super) const ROWS: &[Row] = &[
    ("GET", "/b/{org}", Anyone),
    ("GET", "/b/{org}/code", Anyone),
    ("GET", "/b/{org}/code/{code}", Anyone),
    ("POST", "/b/{org}/code/{code}/cancel", Anyone),
    ("GET", "/b/{org}/{resource}", Anyone),
    ("GET", "/b/{org}/{resource}/{hour}", Anyone),
    ("POST", "/b/{org}/{resource}/{hour}", Anyone),
    ("GET", "/o/bookings", Of(READ)),
    ("POST", "/o/bookings", Of(RUN)),
    ("GET", "/o/resources", Of(READ)),
    ("GET", "/o/resources/new", Of(RUN)),
    ("POST", "/o/resources/new", Of(RUN)),
    ("GET", "/o/resources/{resource}", Of(RUN)),
    ("POST", "/o/resources/{resource}", Of(RUN)),
    ("POST", "/o/resources/{resource}/turn", Of(RUN)),
];
