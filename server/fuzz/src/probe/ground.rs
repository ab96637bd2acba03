//! A ground that comes as a file, up to the map that is drawn of it.

use kaishi_domain::ground::{Diff, Flaw, Ground, flaws, read};

use super::bend::document;
use super::layout::{self, show};

pub(super) const IN_ORDER: &str = include_str!("../../../demo/ground.json");

pub(super) fn run(bytes: &[u8]) -> bool {
    let Ok(ground) = read(&document(bytes, IN_ORDER)) else { return false };
    assert!(!flaws(&ground).iter().any(Flaw::is_error));
    let text = serde_json::to_string(&ground).unwrap();
    let again = Ground::parse(&text).unwrap();
    assert_eq!(again, ground, "a ground is kept without loss");
    let (mut drawn, before) = (layout::ground(), layout::ground());
    let diff = Diff::between(&drawn, &ground);
    diff.apply(&mut drawn).unwrap();
    assert!(Diff::between(&drawn, &ground).is_empty(), "what differs is all in the difference");
    diff.inverse().apply(&mut drawn).unwrap();
    assert!(Diff::between(&drawn, &before).is_empty(), "a change of the ground can be undone");
    show(&ground, &layout::layout());
    true
}
