//! The plain shapes of a picture, in map units. A shape says what it is, never which colour it has.

/// What a shape is; its name is its class in the style sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// An area in which stalls may stand.
    Zone,
    /// Ground for walking.
    Walk,
    /// A solid thing.
    Obstacle,
    /// A tree's trunk.
    Tree,
    /// The room round an obstacle.
    Clearance,
    /// A part to keep free.
    KeepClear,
    /// The fire brigade's way.
    FireLane,
    /// The side of a fire lane along which stalls stand.
    LaneEdge,
    /// How far a cable reaches.
    Reach,
    /// A cable.
    Cable,
    /// Where people come in.
    Entrance,
    /// The name of something.
    Sign,
    /// The name of something to keep free.
    KeepSign,
    /// The name of a fire lane.
    LaneSign,
    /// An outlet's name and figure.
    OutletSign,
}

impl Look {
    /// The class in the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Zone => "zone",
            Self::Walk => "walk",
            Self::Obstacle => "obstacle",
            Self::Tree => "tree",
            Self::Clearance => "clearance",
            Self::KeepClear => "keep",
            Self::FireLane => "lane",
            Self::LaneEdge => "lane-edge",
            Self::Reach => "reach",
            Self::Cable => "cable",
            Self::Entrance => "entrance",
            Self::Sign => "sign",
            Self::KeepSign => "sign keep-sign",
            Self::LaneSign => "sign lane-sign",
            Self::OutletSign => "sign outlet-sign",
        }
    }
}

/// One plain shape in map units.
#[derive(Clone, PartialEq, Debug)]
pub enum Shape {
    /// A filled outline: `x,y x,y …`
    Area(Look, String),
    /// A line: `x,y x,y …`
    Line(Look, String),
    /// A circle.
    Ring {
        /// What it is.
        look: Look,
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
        /// Radius.
        r: f64,
    },
    /// Words, centred on a point.
    Words {
        /// What they are.
        look: Look,
        /// Middle.
        x: f64,
        /// Middle.
        y: f64,
        /// Degrees clockwise.
        turn: f64,
        /// The words.
        text: String,
    },
    /// A socket box.
    Socket {
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
    },
    /// A tap.
    Tap {
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
    },
}
