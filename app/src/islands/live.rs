//! Values that a page follows: whoever reads one while something is shown is asked again when it has changed.
//!
//! The same idea as the framework's signals, for one thread and for an island whose every kind of value would else
//! bring the framework's code for signals once more: here a value carries no more than the list of who reads it.

use std::cell::{Cell, Ref, RefCell};
use std::rc::{Rc, Weak};

use kaishi_domain::order::Order as _;

/// Something that is done again whenever what it has read has changed.
struct Watch {
    /// Those that were made first are asked first: what stands within something may go with it.
    nth: u32,
    act: RefCell<Box<dyn FnMut()>>,
    /// Counts how often it was done, so that what it has read once and reads no more is forgotten.
    turn: Cell<u32>,
    over: Cell<bool>,
    /// What was made within it, which ends when it is done again.
    within: RefCell<Vec<Rc<Self>>>,
    ends: RefCell<Vec<Box<dyn FnOnce()>>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Watch>>> = const { RefCell::new(None) };
    static WAITING: RefCell<Vec<Rc<Watch>>> = const { RefCell::new(Vec::new()) };
    static MADE: Cell<u32> = const { Cell::new(0) };
}

impl Watch {
    /// Does it, and notes what it reads.
    fn turn(self: &Rc<Self>) {
        self.clear();
        self.turn.set(self.turn.get().wrapping_add(1));
        let before = CURRENT.replace(Some(self.clone()));
        (self.act.borrow_mut())();
        CURRENT.set(before);
    }

    /// Ends what was made within it.
    fn clear(&self) {
        for watch in self.within.take() {
            watch.over.set(true);
            watch.clear();
        }
        for end in self.ends.take() {
            end();
        }
    }
}

/// Does something now and whenever what it has read has changed, until what it was made within ends.
pub(super) fn watch(act: impl FnMut() + 'static) {
    begin(Box::new(act));
}

fn begin(act: Box<dyn FnMut()>) {
    let watch = Rc::new(Watch {
        nth: MADE.replace(MADE.get().wrapping_add(1)),
        act: RefCell::new(act),
        turn: Cell::new(0),
        over: Cell::new(false),
        within: RefCell::default(),
        ends: RefCell::default(),
    });
    match CURRENT.with_borrow(Clone::clone) {
        Some(outer) => outer.within.borrow_mut().push(watch.clone()),
        // Nothing holds it but itself: it lasts as long as the page.
        None => std::mem::forget(watch.clone()),
    }
    watch.turn();
}

/// Does something when what is being made now ends.
pub(super) fn at_end(act: impl FnOnce() + 'static) {
    CURRENT.with_borrow(|current| {
        if let Some(watch) = current {
            watch.ends.borrow_mut().push(Box::new(act));
        }
    });
}

/// Reads without being asked again.
pub(super) fn aside<T>(read: impl FnOnce() -> T) -> T {
    let before = CURRENT.take();
    let read = read();
    CURRENT.set(before);
    read
}

/// Asks everyone again who has read what has changed.
pub(super) fn settle() {
    loop {
        let mut next = WAITING.take();
        if next.is_empty() {
            return;
        }
        next.order_by_key(|watch| std::cmp::Reverse(watch.nth));
        while let Some(watch) = next.pop() {
            if !watch.over.get() {
                watch.turn();
            }
        }
    }
}

/// Who reads a value.
#[derive(Default)]
struct Readers(RefCell<Vec<(Weak<Watch>, u32)>>);

impl Readers {
    fn note(&self) {
        CURRENT.with_borrow(|current| {
            let Some(watch) = current else { return };
            let (this, turn) = (Rc::downgrade(watch), watch.turn.get());
            let mut known = self.0.borrow_mut();
            if let Some((_, last)) = known.iter_mut().find(|(other, _)| other.ptr_eq(&this)) {
                *last = turn;
                return;
            }
            // Those that are no more make room before more room is taken.
            if known.len() == known.capacity() {
                known.retain(|(other, _)| other.strong_count() > 0);
            }
            known.push((this, turn));
        });
    }

    fn tell(&self) {
        let was_empty = WAITING.with_borrow_mut(|waiting| {
            let before = waiting.len();
            for (watch, turn) in self.0.take() {
                if let Some(watch) = watch.upgrade().filter(|it| it.turn.get() == turn && !it.over.get())
                    && !waiting.iter().any(|other| Rc::ptr_eq(other, &watch))
                {
                    waiting.push(watch);
                }
            }
            before == 0 && !waiting.is_empty()
        });
        #[cfg(not(test))]
        if was_empty {
            leptos::prelude::queue_microtask(settle);
        }
        #[cfg(test)]
        let _ = was_empty;
    }
}

/// A value that is followed.
#[derive(Default)]
pub(super) struct Live<T> {
    value: RefCell<T>,
    readers: Readers,
}

#[allow(dead_code, reason = "a bundle holds one family of islands, and not every family asks for everything")]
impl<T> Live<T> {
    pub(super) fn new(value: T) -> Self {
        Self { value: RefCell::new(value), readers: Readers::default() }
    }

    /// Reads it where it lies and follows it.
    pub(super) fn with<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.read())
    }

    /// Reads it where it lies.
    pub(super) fn with_untracked<U>(&self, read: impl FnOnce(&T) -> U) -> U {
        read(&self.value.borrow())
    }

    /// Lends it and follows it.
    pub(super) fn read(&self) -> Ref<'_, T> {
        self.readers.note();
        self.value.borrow()
    }

    /// Lends it.
    pub(super) fn read_untracked(&self) -> Ref<'_, T> {
        self.value.borrow()
    }

    /// Another value from now on.
    pub(super) fn set(&self, value: T) {
        self.value.replace(value);
        self.readers.tell();
    }

    /// Changes it.
    pub(super) fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.value.borrow_mut());
        self.readers.tell();
    }

    /// Changes it, perhaps: `change` says whether it did.
    pub(super) fn maybe_update(&self, change: impl FnOnce(&mut T) -> bool) {
        let changed = change(&mut self.value.borrow_mut());
        if changed {
            self.readers.tell();
        }
    }
}

#[allow(dead_code, reason = "a bundle holds one family of islands, and not every family asks for everything")]
impl<T: Clone> Live<T> {
    /// A copy, followed.
    pub(super) fn get(&self) -> T {
        self.read().clone()
    }

    /// A copy.
    pub(super) fn get_untracked(&self) -> T {
        self.value.borrow().clone()
    }
}

impl<T: PartialEq> Live<T> {
    /// Another value, unless it is the same one: then nobody is asked again.
    pub(super) fn renew(&self, value: T) {
        if *self.value.borrow() != value {
            self.set(value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written down by watches that are asked.
    fn log() -> (Rc<RefCell<Vec<String>>>, impl Fn(String) + Clone) {
        let log = Rc::new(RefCell::new(Vec::new()));
        let write = {
            let log = log.clone();
            move |line| log.borrow_mut().push(line)
        };
        (log, write)
    }

    #[test]
    fn whoever_read_a_value_is_asked_again_once() {
        let (log, write) = log();
        let (one, other) = (Rc::new(Live::new(1)), Rc::new(Live::new(10)));
        let (a, b) = (one.clone(), other.clone());
        watch(move || write(format!("{}", a.get() + b.get())));
        one.set(2);
        other.set(20);
        settle();
        one.renew(2);
        settle();
        assert_eq!(*log.borrow(), ["11", "22"]);
    }

    #[test]
    fn what_is_read_no_more_asks_no_more() {
        let (log, write) = log();
        let (which, one) = (Rc::new(Live::new(true)), Rc::new(Live::new(1)));
        let (a, b) = (which.clone(), one.clone());
        watch(move || write(if a.get() { format!("{}", b.get()) } else { "none".to_owned() }));
        which.set(false);
        settle();
        one.set(2);
        settle();
        assert_eq!(aside(|| one.get()), 2);
        assert_eq!(*log.borrow(), ["1", "none"]);
    }

    #[test]
    fn those_that_are_no_more_are_forgotten() {
        let (outer, inner) = (Rc::new(Live::new(0)), Rc::new(Live::new(())));
        let (a, b) = (outer.clone(), inner.clone());
        watch(move || {
            let (_, b) = (a.get(), b.clone());
            watch(move || b.get());
        });
        for nth in 0..100 {
            outer.set(nth);
            settle();
        }
        assert!(inner.readers.0.borrow().len() < 10);
    }

    #[test]
    fn what_was_made_within_ends_with_it() {
        let (log, write) = log();
        let (outer, inner) = (Rc::new(Live::new(1)), Rc::new(Live::new('a')));
        let (a, b, tell) = (outer.clone(), inner.clone(), write.clone());
        watch(move || {
            let (nth, b, write, tell) = (a.get(), b.clone(), write.clone(), tell.clone());
            at_end(move || tell(format!("end {nth}")));
            watch(move || write(format!("{nth}{}", b.get())));
        });
        inner.set('b');
        outer.set(2);
        settle();
        inner.set('c');
        settle();
        assert_eq!(*log.borrow(), ["1a", "end 1", "2b", "2c"]);
    }
}
