//! What the editor knows: the layout, what is chosen, what can be undone. What changes it is in `change` and `check`.

use std::cell::{Cell, RefCell};
use std::ops::Deref;

use kaishi_domain::geometry::Point;
use kaishi_domain::ground::Ground;
use kaishi_domain::layout::drawing::{self, Label, Labels, Shape};
use kaishi_domain::layout::place::Hand;
use kaishi_domain::layout::snap::Guide;
use kaishi_domain::layout::{Breach, History, Layout, Load, Site, Stall, Uses};
use kaishi_domain::map::{Map, Set};
use kaishi_domain::market::{Plan, Zone};
use kaishi_domain::{MarketRef, StallId};

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
use crate::islands::live::{Live, watch};
use crate::words::Lang;
use crate::words::layout::Editor as Words;

/// What a press on the canvas does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Select,
    Place,
    Row,
    Fill,
    Measure,
    Pan,
}

/// What hangs over the map or beside it on a phone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Leaf {
    Figures,
    List,
    Checks,
}

/// The one editor of a page: it stays as long as the page does, and everybody has it by hand.
#[derive(Clone, Copy)]
pub(super) struct Model(&'static State);

impl Deref for Model {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

/// What it knows.
pub(super) struct State {
    pub(super) words: Words,
    pub(super) market: MarketRef,
    pub(super) plan: Plan,
    /// Whether the market goes by the other plan.
    pub(super) aside: bool,
    pub(super) may_change: bool,
    pub(super) ground: Ground,
    pub(super) zones: Vec<Zone>,
    pub(super) labels: Labels,
    /// The areas on which the other plan's stalls stand.
    pub(super) areas: Map<StallId, String>,
    /// What will stand at each stall.
    pub(super) uses: Uses,
    pub(super) layout: Live<Layout>,
    pub(super) selected: Live<Set<StallId>>,
    pub(super) history: Live<History>,
    pub(super) breaches: Live<Vec<Breach>>,
    /// The layout has been looked through for the first time.
    pub(super) checked: Live<bool>,
    pub(super) wires: Live<Vec<Shape>>,
    pub(super) sheet: RefCell<Sheet>,
    pub(super) rows: RefCell<Rows>,
    pub(super) camera: Live<Option<Camera>>,
    pub(super) tool: Live<Tool>,
    pub(super) snap: Live<bool>,
    pub(super) held: Live<Held>,
    pub(super) hint: Live<Option<Hint>>,
    /// Lines that show why a dragged stall comes to rest where it does.
    pub(super) guides: Live<Vec<Guide>>,
    /// Round what is chosen, where it stands.
    pub(super) frame: Live<Option<Frame>>,
    /// How new stalls are set.
    pub(super) brush: RefCell<Brush>,
    /// Counts how often the hand came to rest after changes.
    pub(super) rested: Live<u32>,
    pub(super) cursor: Live<Option<Point>>,
    /// Fingers, not a mouse: handles stand apart from their stall.
    pub(super) touch: Live<bool>,
    pub(super) menu: Live<Option<Menu>>,
    pub(super) leaf: Live<Option<Leaf>>,
    /// The panel that arranges is open.
    pub(super) arranging: Live<bool>,
    /// What it would do.
    pub(super) offer: Live<Option<Offer>>,
    /// How much is drawn on each fuse, the fullest first.
    pub(super) loads: Live<Vec<Load>>,
    /// What has just been done, for those who cannot see it.
    pub(super) said: Live<String>,
    /// Why something was not done.
    pub(super) notice: Live<Option<String>>,
    /// The last undo was blocked by somebody else's change.
    pub(super) blocked: Live<bool>,
    pub(super) keeping: Live<Keeping>,
    /// Who else has this map open, and what they have chosen.
    pub(super) others: Live<Vec<Other>>,
    /// Stalls that somebody else has changed as well.
    pub(super) torn: Live<Option<Torn>>,
    pub(super) keeper: RefCell<Keeper>,
    /// Counts the changes.
    pub(super) changes: Cell<u32>,
    /// The index of the checks, with the layout that it knows. Made when the hand first rests.
    pub(super) site: RefCell<Option<(Site, Layout)>>,
}

impl Model {
    /// Lends what does not change for as long as the page lasts.
    pub(super) fn known(self) -> &'static State {
        self.0
    }

    pub(super) fn new(opened: Opened, market: MarketRef, plan: Plan, lang: Lang) -> Self {
        let Opened { ground, layout, revision, elsewhere, areas, aside, zones, signs, uses, may_change } =
            opened;
        let layout = layout.with_elsewhere(elsewhere);
        let label = |sign: Sign| (sign.stall, Label { name: sign.name, unit: sign.unit });
        let labels = Labels::of(signs.into_iter().map(label), lang == Lang::En);
        let wires = drawing::wires(&ground, &layout);
        let zone = zones.first().map(|zone| zone.letter.clone()).unwrap_or_default();
        let brush = Brush { zone, gap: 0.5, facing: 270.0, hand: Hand::Right, paired: false };
        let model = Self(Box::leak(Box::new(State {
            words: Words(lang),
            market,
            plan,
            aside,
            may_change,
            ground,
            zones,
            labels,
            areas,
            uses,
            layout: Live::new(layout),
            selected: Live::default(),
            history: Live::default(),
            breaches: Live::default(),
            checked: Live::default(),
            wires: Live::new(wires),
            sheet: RefCell::default(),
            rows: RefCell::default(),
            camera: Live::default(),
            tool: Live::new(Tool::Select),
            snap: Live::new(true),
            held: Live::default(),
            hint: Live::default(),
            guides: Live::default(),
            frame: Live::default(),
            brush: RefCell::new(brush),
            rested: Live::default(),
            cursor: Live::default(),
            touch: Live::default(),
            menu: Live::default(),
            leaf: Live::default(),
            arranging: Live::default(),
            offer: Live::default(),
            loads: Live::default(),
            said: Live::default(),
            notice: Live::default(),
            blocked: Live::default(),
            keeping: Live::new(Keeping::Still),
            others: Live::default(),
            torn: Live::default(),
            keeper: RefCell::new(Keeper::at(revision)),
            changes: Cell::default(),
            site: RefCell::default(),
        })));
        watch(move || {
            let frame = model.selected.with(|chosen| model.layout.with(|layout| frame(layout, chosen)));
            model.frame.renew(frame);
        });
        model
    }

    /// The stall when exactly one is chosen.
    pub(super) fn only(self) -> Option<Stall> {
        let id = self.selected.with(|all| if all.len() == 1 { all.first().copied() } else { None })?;
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

    /// Shows another part of the map, once it has its place.
    pub(super) fn look(self, turn: impl FnOnce(Camera) -> Camera) {
        if let Some(camera) = self.camera.get_untracked() {
            self.camera.set(Some(turn(camera)));
        }
    }

    /// Nearer by a factor.
    pub(super) fn zoom(self, factor: f64) {
        self.look(|camera| camera.stepped(factor));
    }

    /// The whole layout as large as it fits.
    pub(super) fn fit(self) {
        let view = self.whole();
        self.look(|camera| Camera::fit(view, camera.size()));
    }

    /// What is to be seen at first, in map units.
    pub(super) fn whole(self) -> [f64; 4] {
        let layout = self.layout.read_untracked();
        let focus = drawing::focus(&self.ground, &layout);
        // The rulers lie over the map: a long street needs more metres beside it than a small square.
        let margin = (focus.width() + focus.height()) * 0.035;
        drawing::view(focus.grown(margin.max(2.5)))
    }
}

fn frame(layout: &Layout, chosen: &Set<StallId>) -> Option<Frame> {
    let mut stalls = chosen.iter().filter_map(|id| layout.stall(*id));
    match chosen.len() {
        0 => None,
        1 => stalls.next().map(Frame::of),
        _ => Frame::round(stalls),
    }
}
