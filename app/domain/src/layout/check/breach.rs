//! What can be wrong: the rule, how much, how bad, where, and a way out.

use super::super::Edit;
use crate::StallId;
use crate::geometry::{Point, centroid};

/// How bad a breach is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Must be cured before the layout is published.
    Error,
    /// Worth a look.
    Warning,
}

/// What ends the room before a counter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Barrier {
    /// Another stall.
    Stall,
    /// An obstacle; `ground::label` names it.
    Obstacle(String),
    /// The floor ends.
    Edge,
}

/// Why no wheelchair gets to a counter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Steps {
    /// The stall or the room before it lies on steps.
    On,
    /// Every way there goes over steps.
    Behind,
}

/// Which rule is broken. Amounts are metres unless they say watts.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// On the fire brigade's way. Amount: how far onto it.
    OnFireLane {
        /// Metres that are still clear where it stands.
        clear: f64,
        /// Metres that must be clear.
        required: f64,
    },
    /// Two stalls on one spot. Amount: the shortest shift that parts them.
    Overlap,
    /// Not wholly within one area of the ground. Amount: how far outside.
    OutOfZone,
    /// On another part that must stay free; `ground::label` names it. Amount: how far onto it.
    Blocks(String),
    /// On an obstacle or within its clearance; `ground::label` names it. Amount: how far in.
    OnObstacle {
        /// Of the obstacle.
        kind: String,
        /// Metres that must stay free round it.
        clear: f64,
    },
    /// In the mouth of an entrance or exit. Amount: how far in.
    InMouth {
        /// The width of the way that must stay free through it, in metres.
        required: f64,
    },
    /// No way of the least width leads from the market to an entrance or exit. Amount: that width.
    ExitBlocked {
        /// Metres.
        required: f64,
    },
    /// Nobody gets from an entrance to this counter on a way of the least width. Amount: that width.
    Unreachable {
        /// Metres.
        required: f64,
    },
    /// Too little room before a counter. Amount: metres that lack.
    AisleNarrow {
        /// Metres that are left.
        clear: f64,
        /// Metres there must be.
        required: f64,
        /// What stands in it.
        by: Barrier,
    },
    /// The stalls on a fuse draw more than it carries (an error), or more than four fifths (a warning).
    /// Amount: watts too many.
    Overload {
        /// The circuit, or the outlet that is its own.
        fuse: String,
        /// Watts drawn.
        load_w: u32,
        /// Watts it carries.
        cap_w: u32,
    },
    /// The cable does not get there. Amount: metres that lack.
    CableShort {
        /// From this outlet.
        outlet: String,
        /// In a straight line, in metres.
        distance: f64,
        /// Of its cable, in metres.
        reach: f64,
    },
    /// Power is needed and the ground has no outlet. Amount: watts.
    NoPower,
    /// The cable lies where people walk. Amount: metres of it.
    CableAcross {
        /// From this outlet.
        outlet: String,
        /// The part it crosses, as `ground::label` names it; `aisle`: the room before a counter.
        over: String,
    },
    /// It rains here and this stall must stay dry. Amount: 0.
    NoShelter,
    /// No wheelchair gets to the counter. Amount: 0.
    NotStepFree(Steps),
    /// A loud stall beside a quiet one. Amount: metres that lack.
    Noise {
        /// From middle to middle, in metres.
        distance: f64,
        /// Metres there should be.
        required: f64,
    },
    /// The people who wait have no room. Amount: metres that lack.
    QueueShort {
        /// How many wait.
        people: u32,
        /// Metres there are, round a corner if need be.
        room: f64,
        /// Metres they take.
        required: f64,
    },
    /// Water has to be carried far. Amount: metres too many, 0 where there is no tap.
    WaterFar {
        /// To the nearest tap, in metres; `None`: the ground has none.
        distance: Option<f64>,
        /// Metres that are no trouble.
        limit: f64,
    },
}

impl Kind {
    /// The rule's place in the list: what hurts people first.
    pub(super) const fn order(&self) -> u8 {
        match self {
            Self::OnFireLane { .. } => 0,
            Self::ExitBlocked { .. } => 1,
            Self::InMouth { .. } => 2,
            Self::Overlap => 3,
            Self::OutOfZone => 4,
            Self::Blocks(_) => 5,
            Self::OnObstacle { .. } => 6,
            Self::AisleNarrow { .. } => 7,
            Self::Unreachable { .. } => 8,
            Self::NotStepFree(_) => 9,
            Self::NoShelter => 10,
            Self::Overload { .. } => 11,
            Self::NoPower => 12,
            Self::CableShort { .. } => 13,
            Self::CableAcross { .. } => 14,
            Self::WaterFar { .. } => 15,
            Self::Noise { .. } => 16,
            Self::QueueShort { .. } => 17,
        }
    }

    /// Whether one stall and what stands near it decide it, so that [`super::Site::check_stall`] tells it too.
    /// The other kinds look at the whole layout: ways and loads.
    pub const fn is_local(&self) -> bool {
        !matches!(
            self,
            Self::ExitBlocked { .. }
                | Self::Unreachable { .. }
                | Self::Overload { .. }
                | Self::NotStepFree(Steps::Behind)
        )
    }
}

/// One thing that is wrong.
#[derive(Clone, PartialEq, Debug)]
pub struct Breach {
    /// Which rule.
    pub kind: Kind,
    /// Which stalls, in the order of their numbers.
    pub stalls: Vec<StallId>,
    /// Where on the ground, in metres.
    pub at: Point,
    /// How much, as its kind says: metres or watts.
    pub amount: f64,
    /// The outline of what lies there and must not, in metres: what two things share, or what of a stall is outside
    /// its area. It runs counter-clockwise, and clockwise round holes; empty where nothing can be drawn.
    pub shared: Vec<Point>,
    /// How bad.
    pub severity: Severity,
    /// A smallest step after which this breach is gone, if a short one was found.
    pub remedy: Option<Edit>,
}

impl Breach {
    pub(super) fn error(kind: Kind, stalls: Vec<StallId>, at: Point, amount: f64) -> Self {
        Self { kind, stalls, at, amount, shared: Vec::new(), severity: Severity::Error, remedy: None }
    }

    /// An error where two things lie on one spot, which is `shared`.
    pub(super) fn on_spot(kind: Kind, stalls: Vec<StallId>, shared: Vec<Point>, amount: f64) -> Self {
        Self { at: centroid(&shared), shared, ..Self::error(kind, stalls, Point::default(), amount) }
    }

    pub(super) fn warning(kind: Kind, stalls: Vec<StallId>, at: Point, amount: f64) -> Self {
        Self { severity: Severity::Warning, ..Self::error(kind, stalls, at, amount) }
    }
}
