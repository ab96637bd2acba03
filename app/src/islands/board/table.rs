//! The board's memory: what was loaded, who stands where, what is chosen, and the way back.

use std::collections::{BTreeMap, VecDeque};

use kaishi_domain::assignment::fill::shown;
use kaishi_domain::assignment::{Act, Block, Board, Change, Filled, Held, Reserved, change};
use kaishi_domain::layout::drawing::{self, Drawing, Labels};
use kaishi_domain::market::Plan;
use kaishi_domain::{EntryId, MarketRef, StallId};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::calls::board::{Arranged, Filling, Scene, board_arrange, board_fill, board_load, board_reserve};
use crate::fault::Fault;
use crate::islands::board::drag::Drag;
use crate::islands::board::verdict::{Verdict, best, broken, refusals, verdicts};
use crate::words::Lang;
use crate::words::board::{Board as Words, lost};
use crate::words::common::Faults;

/// How far the board is with opening.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Status {
    Loading,
    Failed(Fault),
    Ready,
}

/// What is sent, in the order in which it was done.
#[derive(Clone, Debug)]
enum Deed {
    /// Who stands where.
    Arrange(Plan, Act, Vec<Change>),
    /// A stall is kept free with what for, or let go.
    Reserve(StallId, Option<String>),
}

/// Handles to everything that moves; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Table {
    pub(super) lang: Lang,
    pub(super) market: MarketRef,
    pub(super) status: RwSignal<Status>,
    pub(super) scene: RwSignal<Option<Scene>>,
    pub(super) plan: RwSignal<Plan>,
    pub(super) board: Memo<Board>,
    pub(super) drawing: Memo<Option<Drawing>>,
    pub(super) picked: RwSignal<Option<EntryId>>,
    pub(super) asked: RwSignal<Option<StallId>>,
    pub(super) drag: RwSignal<Option<Drag>>,
    pub(super) verdicts: Memo<BTreeMap<StallId, Verdict>>,
    /// The stall that the answer is about; with nobody chosen, the one that was asked for.
    pub(super) question: Memo<Option<StallId>>,
    /// Who stands against a rule, in the order of the stalls, with the first one.
    pub(super) broken: Memo<Vec<(EntryId, Block)>>,
    pub(super) preview: RwSignal<Option<Filled<String>>>,
    /// The server is looking for a better plan.
    pub(super) searching: RwSignal<bool>,
    pub(super) message: RwSignal<Option<String>>,
    /// A press that may become a drag: whose, and where in the window.
    pub(super) pressed: StoredValue<Option<(EntryId, i32, i32)>>,
    /// The press was a drag: the click that follows it means nothing.
    pub(super) spent: StoredValue<bool>,
    held: RwSignal<Vec<Held>>,
    reserved: RwSignal<Vec<Reserved>>,
    past: RwSignal<Vec<Vec<Held>>>,
    future: RwSignal<Vec<Vec<Held>>>,
    unsent: StoredValue<VecDeque<Deed>>,
    sending: StoredValue<bool>,
}

impl Table {
    pub(super) fn new(market: MarketRef, lang: Lang) -> Self {
        let scene = RwSignal::new(None::<Scene>);
        let plan = RwSignal::new(Plan::Fair);
        let (held, reserved) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
        let (picked, drag) = (RwSignal::new(None), RwSignal::new(None::<Drag>));
        let base = Memo::new(move |_| {
            scene.with(|scene| scene.as_ref().map(|scene| scene.board(plan.get())).unwrap_or_default())
        });
        let board = Memo::new(move |_| Board { held: held.get(), reserved: reserved.get(), ..base.get() });
        let drawing = Memo::new(move |_| {
            let labels = Labels { english: lang == Lang::En, ..Labels::default() };
            scene.with(|scene| {
                let scene = scene.as_ref()?;
                Some(drawing::draw(&scene.ground, scene.layout(plan.get()), &labels))
            })
        });
        let dragged = Memo::new(move |_| drag.with(|drag| drag.as_ref().map(|drag| drag.entry)));
        let verdicts = Memo::new(move |_| {
            let subject = dragged.get().or_else(|| picked.get());
            subject.map(|entry| board.with(|board| verdicts(board, entry))).unwrap_or_default()
        });
        let asked = RwSignal::new(None);
        let question = Memo::new(move |_| {
            let asked = asked.get();
            let Some(subject) = dragged.get().or_else(|| picked.get()) else { return asked };
            asked.or_else(|| board.with(|board| verdicts.with(|known| best(board, known, subject))))
        });
        Self {
            lang,
            market,
            status: RwSignal::new(Status::Loading),
            scene,
            plan,
            board,
            drawing,
            picked,
            asked,
            drag,
            verdicts,
            question,
            broken: Memo::new(move |_| board.with(broken)),
            preview: RwSignal::new(None),
            searching: RwSignal::new(false),
            message: RwSignal::new(None),
            pressed: StoredValue::new(None),
            spent: StoredValue::new(false),
            held,
            reserved,
            past: RwSignal::new(Vec::new()),
            future: RwSignal::new(Vec::new()),
            unsent: StoredValue::new(VecDeque::new()),
            sending: StoredValue::new(false),
        }
    }

    pub(super) const fn words(self) -> Words {
        Words(self.lang)
    }

    /// Opens the board, or opens it again after somebody else was first.
    pub(super) fn load(self) {
        spawn_local(async move {
            match board_load(self.market).await {
                Ok(scene) => {
                    self.held.set(scene.held.clone());
                    self.reserved.set(scene.reserved.clone());
                    if self.scene.with_untracked(Option::is_none) {
                        self.plan.set(scene.plan);
                    }
                    self.scene.set(Some(scene));
                    self.past.set(Vec::new());
                    self.future.set(Vec::new());
                    self.status.set(Status::Ready);
                }
                Err(fault) => self.status.set(Status::Failed(fault)),
            }
        });
    }

    pub(super) fn may_change(self) -> bool {
        self.scene.with(|scene| scene.as_ref().is_some_and(|scene| scene.may_change))
    }

    /// The unit that is dragged, else the one that is chosen.
    pub(super) fn subject(self) -> Option<EntryId> {
        self.drag.with(|drag| drag.as_ref().map(|drag| drag.entry)).or_else(|| self.picked.get())
    }

    /// Chooses a unit, or lets it go when it is chosen already.
    pub(super) fn pick(self, entry: EntryId) {
        let again = self.picked.get_untracked() == Some(entry);
        self.picked.set((!again).then_some(entry));
        self.asked.set(None);
        self.message.set(None);
        self.preview.set(None);
    }

    /// Puts a unit on a stall or back into the tray; says why not where a rule forbids it.
    pub(super) fn put(self, entry: EntryId, to: Option<StallId>) {
        let board = self.board.get_untracked();
        if let Some(block) = to.and_then(|stall| refusals(&board, entry, stall).into_iter().next()) {
            let text = crate::words::board::block(self.lang, &block, &board);
            self.message.set(Some(text));
            self.asked.set(to);
            return;
        }
        self.message.set(None);
        self.apply(change::put(&board, entry, to), Act::Hand);
    }

    /// Puts a unit where a rule says no, on the organizer's word: pinned, and written down as such.
    pub(super) fn put_anyway(self, entry: EntryId, stall: StallId) {
        let board = self.board.get_untracked();
        let mut after = change::put(&board, entry, Some(stall));
        for held in after.iter_mut().filter(|held| held.entry == entry) {
            held.pinned = true;
        }
        self.apply(after, Act::Hand);
    }

    pub(super) fn pin(self, entry: EntryId, pinned: bool) {
        let mut after = self.held.get_untracked();
        for held in after.iter_mut().filter(|held| held.entry == entry) {
            held.pinned = pinned;
        }
        self.apply(after, Act::Hand);
    }

    pub(super) fn propose(self) {
        self.picked.set(None);
        self.asked.set(None);
        self.message.set(None);
        let (plan, held) = (self.plan.get_untracked(), self.held.get_untracked());
        self.searching.set(true);
        spawn_local(async move {
            let found = board_fill(self.market, plan, held.clone(), self.lang).await;
            self.searching.set(false);
            // Whoever went on in the meantime is not shown what would have been.
            if self.plan.get_untracked() != plan || self.held.get_untracked() != held {
                return;
            }
            match found {
                Ok(Filling { held, left, optimal }) => {
                    self.preview.set(Some(shown(&self.board.get_untracked(), &held, left, optimal)));
                }
                Err(fault) => self.message.set(Some(Faults(self.lang).sentence(&fault).to_owned())),
            }
        });
    }

    pub(super) fn accept(self) {
        if let Some(filled) = self.preview.get_untracked() {
            self.apply(filled.held(), Act::Fill);
        }
    }

    /// How many of those who stand break a rule in the weather of `plan`.
    pub(super) fn trouble(self, plan: Plan) -> usize {
        if self.plan.get() == plan {
            return self.broken.with(Vec::len);
        }
        let (held, reserved) = (self.held.get(), self.reserved.get());
        self.scene.with(|scene| {
            let board = scene.as_ref().map(|scene| scene.board(plan)).unwrap_or_default();
            broken(&Board { held, reserved, ..board }).len()
        })
    }

    /// Keeps an empty stall free with what for, or lets go of it.
    pub(super) fn reserve(self, stall: StallId, why: Option<String>) {
        self.reserved.update(|all| {
            all.retain(|kept| kept.stall != stall);
            all.extend(why.clone().map(|why| Reserved { stall, why }));
        });
        // No step back puts somebody there.
        let empty = |held: &Vec<Held>| held.iter().all(|held| held.stall != stall);
        self.past.update(|past| past.retain(empty));
        self.future.update(|future| future.retain(empty));
        self.message.set(None);
        self.preview.set(None);
        self.submit(Deed::Reserve(stall, why));
    }

    pub(super) fn can_undo(self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    pub(super) fn can_redo(self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    pub(super) fn undo(self) {
        if let Some(before) = self.past.try_update(Vec::pop).flatten() {
            self.future.update(|future| future.push(self.held.get_untracked()));
            self.become_(before, Act::Undo);
        }
    }

    pub(super) fn redo(self) {
        if let Some(after) = self.future.try_update(Vec::pop).flatten() {
            self.past.update(|past| past.push(self.held.get_untracked()));
            self.become_(after, Act::Redo);
        }
    }

    fn apply(self, after: Vec<Held>, act: Act) {
        let before = self.held.get_untracked();
        if change::between(&before, &after).is_empty() {
            self.preview.set(None);
            return;
        }
        self.past.update(|past| past.push(before));
        self.future.set(Vec::new());
        self.become_(after, act);
    }

    /// Shows the new board at once and sends the changes, one after the other.
    fn become_(self, after: Vec<Held>, act: Act) {
        let changes = change::between(&self.held.get_untracked(), &after);
        self.held.set(after);
        self.preview.set(None);
        self.asked.set(None);
        let plan = self.plan.get_untracked();
        self.submit(Deed::Arrange(plan, act, changes));
    }

    fn submit(self, deed: Deed) {
        self.unsent.update_value(|unsent| unsent.push_back(deed));
        if !self.sending.get_value() {
            self.sending.set_value(true);
            spawn_local(self.send());
        }
    }

    async fn send(self) {
        while let Some(deed) = self.unsent.try_update_value(VecDeque::pop_front).flatten() {
            let sent = match deed {
                Deed::Arrange(plan, act, changes) => board_arrange(self.market, plan, act, changes).await,
                Deed::Reserve(stall, why) => board_reserve(self.market, stall, why).await,
            };
            let text = match sent {
                Ok(Arranged::Done) => continue,
                Ok(Arranged::Lost(now)) => lost(self.lang, &now),
                Err(fault) => Faults(self.lang).sentence(&fault).to_owned(),
            };
            self.unsent.update_value(VecDeque::clear);
            self.message.set(Some(text));
            self.load();
        }
        self.sending.set_value(false);
    }
}
