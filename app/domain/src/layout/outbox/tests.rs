//! Several organizers on one map, over a line that loses answers.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::super::tests::stall;
use super::super::{Edit, History};
use super::*;
use crate::map::Map;

fn id(n: u8) -> StallId {
    stall(n, 0.0, 0.0).id
}

/// The server: merges what fits, says what does not.
struct Server {
    revision: i64,
    layout: Layout,
    /// Every version that each stall ever had here.
    seen: Vec<(StallId, Option<Stall>)>,
}

enum Answer {
    Done(i64, Option<Layout>),
    Stale(i64, Layout),
}

impl Server {
    fn save(&mut self, base: i64, diff: &Diff) -> Answer {
        let merged = |server: &Self| (base < server.revision).then(|| server.layout.clone());
        if base < self.revision && diff.is_done(&self.layout) {
            return Answer::Done(self.revision, merged(self));
        }
        if diff.apply(&mut self.layout).is_err() {
            return Answer::Stale(self.revision, self.layout.clone());
        }
        self.seen.extend(diff.steps().map(|(id, _, is)| (id, is.cloned())));
        let merged = merged(self);
        self.revision += 1;
        Answer::Done(self.revision, merged)
    }
}

/// One organizer's browser.
struct Browser {
    layout: Layout,
    outbox: Outbox,
    history: History,
    /// The last version of each stall that this person wanted.
    wanted: BTreeMap<StallId, Option<Stall>>,
    /// Stalls about which this person was asked, with the version that is theirs.
    asked: Vec<(StallId, Option<Stall>)>,
    /// Every version that this person has had on the screen.
    shown: Vec<(StallId, Option<Stall>)>,
}

impl Browser {
    fn open(server: &Server) -> Self {
        let mut browser = Self {
            layout: server.layout.clone(),
            outbox: Outbox::at(server.revision),
            history: History::default(),
            wanted: BTreeMap::new(),
            asked: Vec::new(),
            shown: Vec::new(),
        };
        browser.show();
        browser
    }

    fn show(&mut self) {
        self.shown.extend((1..=6).map(|n| (id(n), self.layout.stall(id(n)).cloned())));
    }

    fn keep(&mut self, diff: &Diff) {
        self.show();
        self.wanted.extend(diff.steps().map(|(id, _, is)| (id, is.cloned())));
        self.outbox.note(diff);
    }

    fn edit(&mut self, edit: Edit) {
        if let Ok(diff) = self.layout.apply(edit) {
            self.keep(&diff);
            self.history.mark(diff);
        }
    }

    fn undo(&mut self) {
        let before = self.layout.clone();
        match self.history.undo(&mut self.layout) {
            Ok(Some(diff)) => self.keep(&diff),
            Ok(None) => {}
            Err(_) => assert_eq!(self.layout, before),
        }
    }

    /// Sends once; the answer may get lost on the way.
    fn send(&mut self, server: &mut Server, lost: bool) {
        let Some((base, diff)) = self.outbox.outgoing() else { return };
        // Nobody overwrites what they have never seen.
        for (id, was, _) in diff.steps() {
            assert!(self.shown.contains(&(id, was.cloned())), "{id}");
        }
        let answer = server.save(base, &diff);
        if lost {
            return;
        }
        let merged = match answer {
            Answer::Done(revision, theirs) => self.outbox.saved(revision, theirs),
            Answer::Stale(revision, theirs) => Some(self.outbox.stale(revision, theirs)),
        };
        self.take(merged);
    }

    /// Looks at what the others have saved.
    fn look(&mut self, server: &Server) {
        let merged = self.outbox.heard(server.revision, server.layout.clone());
        self.take(merged);
    }

    fn take(&mut self, merged: Option<Merged>) {
        if let Some(Merged { layout, mine, clashes }) = merged {
            assert_eq!(mine.steps().count(), clashes.len());
            self.asked.extend(clashes.into_iter().map(|clash| (clash.stall, clash.mine)));
            self.layout = layout;
            self.show();
        }
    }
}

/// What happens: who, and an edit, an undo or a save that may get lost.
#[derive(Clone, Debug)]
enum Deed {
    Edit(Edit),
    Undo,
    Send(bool),
    Look,
}

fn deed() -> impl Strategy<Value = Deed> {
    let edit = (1u8..=5, -9.0..9.0f64, 1u8..=8, 0u8..5).prop_map(|(n, dx, no, what)| match what {
        0 => Edit::Renumber { stall: id(n), no: no.to_string() },
        1 => Edit::Remove { stalls: vec![id(n)] },
        2 => Edit::Move { stalls: vec![id(n), id(n % 5 + 1)], dx, dy: 0.0 },
        3 => Edit::Add(Stall { no: no.to_string(), ..stall(n, dx, 0.0) }),
        _ => Edit::Move { stalls: vec![id(n)], dx: 0.0, dy: dx },
    });
    prop_oneof![3 => edit.prop_map(Deed::Edit), 1 => Just(Deed::Undo), 3 => any::<bool>().prop_map(Deed::Send), 1 => Just(Deed::Look)]
}

fn five() -> Layout {
    Layout::of((1..=5).map(|n| stall(n, f64::from(n) * 4.0, 0.0))).unwrap()
}

#[test]
fn only_the_stall_that_both_changed_is_asked_about() {
    let mut server = Server { revision: 1, layout: five(), seen: Vec::new() };
    let (mut one, mut other) = (Browser::open(&server), Browser::open(&server));
    one.edit(Edit::Move { stalls: vec![id(1)], dx: 1.0, dy: 0.0 });
    one.send(&mut server, false);
    other.edit(Edit::Move { stalls: vec![id(1)], dx: 0.0, dy: 2.0 });
    other.edit(Edit::Move { stalls: vec![id(2)], dx: 0.0, dy: 2.0 });
    let Some((base, diff)) = other.outbox.outgoing() else { panic!("nothing to send") };
    let Answer::Stale(revision, theirs) = server.save(base, &diff) else { panic!("merged") };
    let merged = other.outbox.stale(revision, theirs);
    assert_eq!(merged.clashes.iter().map(|clash| clash.stall).collect::<Vec<_>>(), [id(1)]);
    other.take(Some(merged.clone()));
    other.send(&mut server, false);
    assert_eq!(server.layout.stall(id(2)).unwrap().y.to_string(), "2");
    assert_eq!(server.layout.stall(id(1)).unwrap().x.to_string(), "5");
    // Mine on top, when that is what the person wants.
    let mine = merged.mine.over(&other.layout);
    mine.apply(&mut other.layout).unwrap();
    other.keep(&mine);
    other.send(&mut server, false);
    assert_eq!(server.layout.stall(id(1)).unwrap().y.to_string(), "2");
}

#[test]
fn a_save_that_is_refused_for_good_leaves_what_was_saved_before() {
    let mut server = Server { revision: 1, layout: five(), seen: Vec::new() };
    let mut one = Browser::open(&server);
    one.edit(Edit::Move { stalls: vec![id(1)], dx: 1.0, dy: 0.0 });
    one.send(&mut server, false);
    one.edit(Edit::Remove { stalls: vec![id(2)] });
    one.outbox.outgoing();
    one.edit(Edit::Move { stalls: vec![id(3)], dx: 1.0, dy: 0.0 });
    assert_eq!(one.outbox.count(), 2);
    one.layout = one.outbox.refused(&one.layout);
    assert_eq!(one.layout, server.layout);
    assert!(one.outbox.is_empty());
    one.history.rebase(&one.layout);
    one.undo();
    assert_eq!(one.layout, five());
}

#[test]
fn a_refused_number_goes_back_alone_and_the_rest_is_sent() {
    let renumber = |n: u8, no: &str| Edit::Renumber { stall: id(n), no: no.into() };
    let mut server = Server { revision: 1, layout: five(), seen: Vec::new() };
    let mut one = Browser::open(&server);
    // 3 becomes 9, its number goes to 4 and that one's to a new stall; 1 is moved, and 3 as well.
    one.edit(renumber(3, "9"));
    one.edit(renumber(4, "3"));
    one.edit(Edit::Add(Stall { no: "4".into(), ..stall(6, 30.0, 0.0) }));
    one.edit(Edit::Move { stalls: vec![id(1), id(3)], dx: 1.0, dy: 0.0 });
    one.outbox.outgoing();
    one.edit(Edit::Move { stalls: vec![id(2)], dx: 1.0, dy: 0.0 });

    let elsewhere: Map<StallId, String> =
        [(id(7), "9".to_owned()), (id(8), "10".to_owned())].into_iter().collect();
    let shown = one.layout.clone().with_elsewhere(elsewhere);
    let back = one.outbox.renumbered(&shown, &[id(3)]);
    back.apply(&mut one.layout).unwrap();
    let numbers = [3, 4, 6].map(|n| one.layout.stall(id(n)).unwrap().no.clone());
    assert_eq!(numbers, ["3", "4", "11"]);
    one.show();
    one.send(&mut server, false);
    assert!(one.outbox.is_empty());
    assert_eq!(server.layout, one.layout);
    assert_eq!([1, 2, 3].map(|n| server.layout.stall(id(n)).unwrap().x.to_string()), ["5", "9", "13"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn nothing_is_lost_between_organizers_and_all_see_the_same_in_the_end(
        deeds in prop::collection::vec((0usize..3, deed()), 1..60),
    ) {
        let mut server = Server { revision: 0, layout: five(), seen: Vec::new() };
        let mut browsers: Vec<Browser> = (0..3).map(|_| Browser::open(&server)).collect();
        for (who, deed) in deeds {
            match deed {
                Deed::Edit(edit) => browsers[who].edit(edit),
                Deed::Undo => browsers[who].undo(),
                Deed::Send(lost) => browsers[who].send(&mut server, lost),
                Deed::Look => browsers[who].look(&server),
            }
        }
        // The line holds: everything goes through, then everybody looks once more.
        for browser in &mut browsers {
            for _ in 0..3 {
                browser.send(&mut server, false);
            }
            prop_assert!(browser.outbox.is_empty());
        }
        prop_assert_eq!(&Layout::of(server.layout.stalls().values().cloned()).unwrap(), &server.layout);
        for browser in &mut browsers {
            browser.look(&server);
            prop_assert_eq!(&browser.layout, &server.layout);
            for (id, wanted) in &browser.wanted {
                let step = (*id, wanted.clone());
                // What was undone before it was sent is what stood at first.
                let unchanged = five().stall(*id) == wanted.as_ref();
                let reached = server.seen.contains(&step) || browser.asked.contains(&step);
                prop_assert!(reached || unchanged, "{id} {wanted:?}");
            }
        }
    }
}
