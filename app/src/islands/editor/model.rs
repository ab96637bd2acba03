//! What the editor knows: the layout, what is chosen, what can be undone. Every change goes through here.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kaishi_domain::geometry::Point;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::drawing::{self, Label, Labels, Shape};
use kaishi_domain::layout::place::Hand;
use kaishi_domain::layout::snap::Guide;
use kaishi_domain::layout::{Breach, Diff, Edit, History, Layout, Load, Severity, Site, Stall, Uses};
use kaishi_domain::market::{Plan, Zone};
use kaishi_domain::{MarketRef, StallId};
use leptos::prelude::*;

use super::arrange::Offer;
use super::draw::Brush;
use super::held::{Frame, Held, Hint};
use super::list::Rows;
use super::menu::Menu;
use super::save::{Keeper, Keeping, Torn};
use super::sheet::Sheet;
use crate::calls::layout::{Opened, Sign};
use crate::calls::presence::Other;
use crate::islands::canvas::Camera;
use crate::words::Lang;
use crate::words::layout::Editor as Words;

/// What a press on the canvas does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tool {
    Select,
    Place,
    Row,
    Fill,
    Measure,
    Pan,
}

/// What hangs over the map or beside it on a phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Leaf {
    Figures,
    List,
    Checks,
}

#[derive(Clone, Copy)]
pub(super) struct Model {
    pub(super) words: Words,
    pub(super) market: MarketRef,
    pub(super) plan: Plan,
    /// Whether the market goes by the other plan.
    pub(super) aside: bool,
    pub(super) may_change: bool,
    pub(super) ground: StoredValue<Ground>,
    pub(super) zones: StoredValue<Vec<Zone>>,
    pub(super) labels: StoredValue<Labels>,
    /// The areas on which the other plan's stalls stand.
    pub(super) areas: StoredValue<BTreeMap<StallId, String>>,
    /// What will stand at each stall.
    pub(super) uses: StoredValue<Uses>,
    pub(super) layout: RwSignal<Layout>,
    pub(super) selected: RwSignal<BTreeSet<StallId>>,
    pub(super) history: RwSignal<History>,
    pub(super) breaches: RwSignal<Vec<Breach>>,
    /// The layout has been looked through for the first time.
    pub(super) checked: RwSignal<bool>,
    pub(super) wires: RwSignal<Vec<Shape>>,
    pub(super) sheet: StoredValue<Sheet, LocalStorage>,
    pub(super) rows: StoredValue<Rows, LocalStorage>,
    pub(super) camera: RwSignal<Option<Camera>>,
    pub(super) tool: RwSignal<Tool>,
    pub(super) snap: RwSignal<bool>,
    pub(super) held: RwSignal<Held>,
    pub(super) hint: RwSignal<Option<Hint>>,
    /// Lines that show why a dragged stall comes to rest where it does.
    pub(super) guides: RwSignal<Vec<Guide>>,
    /// Round what is chosen, where it stands.
    pub(super) frame: Memo<Option<Frame>>,
    /// How new stalls are set.
    pub(super) brush: RwSignal<Brush>,
    /// Counts how often the hand came to rest after changes.
    pub(super) rested: RwSignal<u32>,
    pub(super) cursor: RwSignal<Option<Point>>,
    /// Fingers, not a mouse: handles stand apart from their stall.
    pub(super) touch: RwSignal<bool>,
    pub(super) menu: RwSignal<Option<Menu>>,
    pub(super) leaf: RwSignal<Option<Leaf>>,
    /// The panel that arranges is open.
    pub(super) arranging: RwSignal<bool>,
    /// What it would do.
    pub(super) offer: RwSignal<Option<Offer>>,
    /// How much is drawn on each fuse, the fullest first.
    pub(super) loads: RwSignal<Vec<Load>>,
    /// What has just been done, for those who cannot see it.
    pub(super) said: RwSignal<String>,
    /// Why something was not done.
    pub(super) notice: RwSignal<Option<String>>,
    /// The last undo was blocked by somebody else's change.
    pub(super) blocked: RwSignal<bool>,
    pub(super) keeping: RwSignal<Keeping>,
    /// Who else has this map open, and what they have chosen.
    pub(super) others: RwSignal<Vec<Other>>,
    /// Stalls that somebody else has changed as well.
    pub(super) torn: RwSignal<Option<Torn>>,
    pub(super) keeper: StoredValue<Keeper>,
    changes: StoredValue<u32>,
    /// The index of the checks, with the layout that it knows. Made when the hand first rests.
    site: StoredValue<Option<(Site, Layout)>>,
}

/// A layout is looked through when nothing has changed for so long.
const REST: Duration = Duration::from_millis(60);

impl Model {
    pub(super) fn new(opened: Opened, market: MarketRef, plan: Plan, lang: Lang) -> Self {
        let Opened { ground, layout, revision, elsewhere, areas, aside, zones, signs, uses, may_change } =
            opened;
        let layout = layout.with_elsewhere(elsewhere);
        let label = |sign: Sign| (sign.stall, Label { name: sign.name, unit: sign.unit });
        let labels = Labels::of(signs.into_iter().map(label), lang == Lang::En);
        let wires = drawing::wires(&ground, &layout);
        let zone = zones.first().map(|zone| zone.letter.clone()).unwrap_or_default();
        let brush = Brush { zone, gap: 0.5, facing: 270.0, hand: Hand::Right, paired: false };
        let (layout, selected) = (RwSignal::new(layout), RwSignal::new(BTreeSet::new()));
        Self {
            words: Words(lang),
            market,
            plan,
            aside,
            may_change,
            ground: StoredValue::new(ground),
            zones: StoredValue::new(zones),
            labels: StoredValue::new(labels),
            site: StoredValue::new(None),
            areas: StoredValue::new(areas),
            uses: StoredValue::new(uses),
            layout,
            selected,
            history: RwSignal::new(History::default()),
            breaches: RwSignal::new(Vec::new()),
            checked: RwSignal::new(false),
            wires: RwSignal::new(wires),
            sheet: StoredValue::new_local(Sheet::default()),
            rows: StoredValue::new_local(Rows::default()),
            camera: RwSignal::new(None),
            tool: RwSignal::new(Tool::Select),
            snap: RwSignal::new(true),
            held: RwSignal::new(Held::Nothing),
            hint: RwSignal::new(None),
            guides: RwSignal::new(Vec::new()),
            frame: Memo::new(move |_| selected.with(|chosen| layout.with(|layout| frame(layout, chosen)))),
            brush: RwSignal::new(brush),
            rested: RwSignal::new(0),
            cursor: RwSignal::new(None),
            touch: RwSignal::new(false),
            menu: RwSignal::new(None),
            leaf: RwSignal::new(None),
            arranging: RwSignal::new(false),
            offer: RwSignal::new(None),
            loads: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            blocked: RwSignal::new(false),
            keeping: RwSignal::new(Keeping::Still),
            others: RwSignal::new(Vec::new()),
            torn: RwSignal::new(None),
            keeper: StoredValue::new(Keeper::at(revision)),
            changes: StoredValue::new(0),
        }
    }

    /// Does one edit as one mark and saves it. A refused edit changes nothing and says why.
    pub(super) fn edit(self, edit: Edit) -> bool {
        self.edits(vec![edit])
    }

    /// Does several edits as one mark, or none of them.
    pub(super) fn edits(self, edits: Vec<Edit>) -> bool {
        if !self.may_change {
            return false;
        }
        self.notice.set(None);
        let mut mark = Ok(Diff::default());
        self.layout.maybe_update(|layout| {
            mark = together(layout, edits);
            mark.as_ref().is_ok_and(|diff| !diff.is_empty())
        });
        match mark {
            Ok(diff) if !diff.is_empty() => {
                self.follow(&diff);
                self.keep(&diff);
                self.history.update(|history| history.mark(diff));
                true
            }
            Ok(_) => false,
            Err(refusal) => {
                self.notice.set(Some(self.words.refused(&refusal)));
                false
            }
        }
    }

    /// Everything that is shown follows a change of the layout.
    pub(super) fn follow(self, diff: &Diff) {
        self.labels.with_value(|labels| {
            self.sheet.update_value(|sheet| sheet.follow(diff, labels));
        });
        self.layout.with_untracked(|layout| {
            self.rows.update_value(|rows| rows.follow(diff, layout));
        });
        let wired = |stall: Option<&Stall>| stall.is_some_and(|stall| stall.outlet.is_some());
        if diff.steps().any(|(_, was, is)| wired(was) || wired(is)) {
            self.draw_wires();
        }
        if !diff.removed.is_empty() {
            self.forget_gone();
        }
        // It was worked out for another layout.
        if self.offer.with_untracked(Option::is_some) {
            self.offer.set(None);
        }
        self.check_soon();
    }

    /// Another layout stands: shows it and what is different in it.
    pub(super) fn put(self, next: Layout) {
        let (next, diff) = self.against(next);
        if !diff.is_empty() {
            self.layout.set(next);
            self.follow(&diff);
        }
    }

    /// Another layout as one mark of my own.
    pub(super) fn mark(self, next: Layout) {
        let (next, diff) = self.against(next);
        if self.may_change && !diff.is_empty() {
            self.layout.set(next);
            self.follow(&diff);
            self.keep(&diff);
            self.history.update(|history| history.mark(diff));
        }
    }

    /// Another layout beside the same other plan, and what is different in it.
    fn against(self, next: Layout) -> (Layout, Diff) {
        self.layout.with_untracked(|layout| {
            let diff = Diff::between(layout, &next);
            (next.with_elsewhere(layout.elsewhere().clone()), diff)
        })
    }

    fn draw_wires(self) {
        let wires = self
            .layout
            .with_untracked(|layout| self.ground.with_value(|ground| drawing::wires(ground, layout)));
        self.wires.set(wires);
    }

    /// Looks the layout through when the hand rests.
    pub(super) fn check_soon(self) {
        self.changes.update_value(|count| *count += 1);
        let at = self.changes.get_value();
        self.check_later(at);
    }

    fn check_later(self, at: u32) {
        let look = move || {
            if self.changes.try_get_value() != Some(at) {
                return;
            }
            if self.held.with_untracked(|held| *held != Held::Nothing) {
                return self.check_later(at);
            }
            let found = self.with_site(Site::check).unwrap_or_default();
            self.layout.with_untracked(|layout| self.rows.update_value(|rows| rows.catch_up(layout)));
            self.rested.update(|count| *count += 1);
            if self.breaches.with_untracked(|known| *known != found) {
                self.breaches.set(found);
            }
            let loads = self.with_site(Site::loads).unwrap_or_default();
            if self.loads.with_untracked(|known| *known != loads) {
                self.loads.set(loads);
            }
            if !self.checked.get_untracked() {
                self.checked.set(true);
            }
        };
        set_timeout(look, REST);
    }

    /// Asks the index of the checks, which is brought up to the layout first.
    pub(super) fn with_site<T>(self, ask: impl FnOnce(&Site) -> T) -> Option<T> {
        self.layout.with_untracked(|layout| {
            self.site.try_update_value(|known| {
                let (site, seen) = known.get_or_insert_with(|| {
                    let site = self
                        .ground
                        .with_value(|ground| self.uses.with_value(|uses| Site::new(ground, layout, uses)));
                    (site, layout.clone())
                });
                if *seen != *layout {
                    site.follow(&Diff::between(seen, layout));
                    seen.clone_from(layout);
                }
                ask(site)
            })
        })
    }

    /// Chosen stalls that are no longer there are no longer chosen.
    pub(super) fn forget_gone(self) {
        self.layout.with_untracked(|layout| {
            self.selected.maybe_update(|selected| {
                let before = selected.len();
                selected.retain(|id| layout.stall(*id).is_some());
                selected.len() != before
            });
        });
    }

    /// The stall when exactly one is chosen.
    pub(super) fn only(self) -> Option<Stall> {
        let id =
            self.selected.with(|selected| (selected.len() == 1).then(|| selected.first().copied()))??;
        self.layout.with(|layout| layout.stall(id).cloned())
    }

    /// To the tenth of a metre while snapping is on.
    pub(super) fn snapped(self, metres: f64) -> f64 {
        let step = if self.snap.get_untracked() { 10.0 } else { 100.0 };
        (metres * step).round() / step
    }

    /// A place, snapped.
    pub(super) fn snapped_at(self, at: Point) -> Point {
        Point::new(self.snapped(at.x), self.snapped(at.y))
    }

    pub(super) fn errors(self) -> usize {
        self.breaches.with(|all| all.iter().filter(|breach| breach.severity == Severity::Error).count())
    }

    /// The whole layout as large as it fits.
    pub(super) fn fit(self) {
        let view = self.whole();
        self.camera.update(|camera| *camera = camera.map(|camera| Camera::fit(view, camera.size())));
    }

    /// What is to be seen at first, in map units.
    pub(super) fn whole(self) -> [f64; 4] {
        self.layout.with_untracked(|layout| {
            self.ground.with_value(|ground| drawing::view(drawing::focus(ground, layout).grown(2.5)))
        })
    }
}

fn frame(layout: &Layout, chosen: &BTreeSet<StallId>) -> Option<Frame> {
    let mut stalls = chosen.iter().filter_map(|id| layout.stall(*id));
    match chosen.len() {
        0 => None,
        1 => stalls.next().map(Frame::of),
        _ => Frame::round(stalls),
    }
}

/// Does edits one after another; a refused one takes all back.
fn together(layout: &mut Layout, edits: Vec<Edit>) -> Result<Diff, kaishi_domain::Refusal> {
    let before = (edits.len() > 1).then(|| layout.clone());
    let mut all: Option<Diff> = None;
    for edit in edits {
        match layout.apply(edit) {
            Ok(diff) => {
                all = Some(match all {
                    Some(so_far) => so_far.compose(&diff),
                    None => diff,
                });
            }
            Err(refusal) => {
                if let Some(before) = before {
                    *layout = before;
                }
                return Err(refusal);
            }
        }
    }
    Ok(all.unwrap_or_default())
}
