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
    /// Where people only get out.
    Exit,
    /// The edge of the whole place.
    Outline,
    /// The edge of an area over a photo.
    ZoneEdge,
    /// A part in the shade.
    Shade,
    /// A part without steps.
    StepFree,
    /// Steps.
    Steps,
    /// The name of something.
    Sign,
    /// The name of something to keep free.
    KeepSign,
    /// The name of a fire lane.
    LaneSign,
    /// An outlet's name and figure.
    OutletSign,
    /// The name of a thing that people look for.
    MarkSign,
    /// What the floor is like.
    PatchSign,
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
            Self::Exit => "exit",
            Self::Outline => "outline",
            Self::ZoneEdge => "zone-edge",
            Self::Shade => "patch shade",
            Self::StepFree => "patch step-free",
            Self::Steps => "patch steps",
            Self::Sign => "sign",
            Self::KeepSign => "sign keep-sign",
            Self::LaneSign => "sign lane-sign",
            Self::OutletSign => "sign outlet-sign",
            Self::MarkSign => "sign mark-sign",
            Self::PatchSign => "sign patch-sign",
        }
    }
}

/// A thing that people look for, by its picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is called what it is")]
pub enum Mark {
    Aed,
    FirstAid,
    Toilet,
    Hydrant,
    Seat,
    DrinkingWater,
    Charging,
    Assembly,
    Parking,
    Service,
    /// Anything without a picture of its own.
    Other,
}

impl Mark {
    /// Of a facility's kind.
    pub fn of(kind: &str) -> Self {
        match kind {
            "aed" => Self::Aed,
            "first_aid" => Self::FirstAid,
            "toilet" => Self::Toilet,
            "hydrant" => Self::Hydrant,
            "seat" => Self::Seat,
            "drinking_water" => Self::DrinkingWater,
            "charging" => Self::Charging,
            "assembly" => Self::Assembly,
            "parking" => Self::Parking,
            "service" => Self::Service,
            _ => Self::Other,
        }
    }

    /// The class in the style sheet: how urgent it is.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Aed | Self::FirstAid | Self::Assembly => "mark help",
            Self::Hydrant => "mark fire",
            Self::DrinkingWater => "mark wet",
            _ => "mark",
        }
    }

    /// Its lines in a square of 18 map units round the middle.
    pub const fn lines(self) -> &'static str {
        match self {
            Self::Aed => "M0 5L-5 0A2.8 2.8 0 0 1 0 -3.6A2.8 2.8 0 0 1 5 0ZM.8 -3.4L-1.4 .4H1.2L-.8 3.6",
            Self::FirstAid => "M0 -5.5V5.5M-5.5 0H5.5",
            Self::Toilet => "M-3.4 -6V-5.6M-5.6 -3.4H-1.2M-3.4 -3.4V6M3.4 -6V-5.6M3.4 -3.6L1 2H5.8ZM3.4 2V6",
            Self::Hydrant => "M-3 6V-2A3 3 0 0 1 3 -2V6M-4.5 6H4.5M-5.5 1H-3M3 1H5.5M0 -5V-6",
            Self::Seat => "M-5.5 0H5.5M-4.5 0V5M4.5 0V5M-5 -4H5",
            Self::DrinkingWater => "M-3.5 -5H3.5L2.5 5.5H-2.5ZM-3 -1H3",
            Self::Charging => "M1.5 -6L-3 1H0L-1.5 6L3 -1H0Z",
            Self::Assembly => {
                "M0 0V0M-6 -6L-2 -2M-2 -4.5V-2H-4.5M6 -6L2 -2M2 -4.5V-2H4.5M-6 6L-2 2M-2 4.5V2H-4.5M6 6L2 2M2 4.5V2H4.5"
            }
            Self::Parking => "M-2.5 6V-5.5H1A3.2 3.2 0 0 1 1 1H-2.5",
            Self::Service => "M-1.8 -2.6A2 2 0 1 1 .8 -1C.2 -.6 0 -.2 0 1M0 4.6V5",
            Self::Other => "M0 -2V2M-2 0H2",
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
    /// A thing that people look for.
    Mark {
        /// Which.
        mark: Mark,
        /// Centre.
        x: f64,
        /// Centre.
        y: f64,
        /// Its kind in the reader's language.
        name: String,
    },
    /// A photo or a plan; where it is kept is the page's business.
    Photo {
        /// Hexadecimal digits of its hash.
        image: String,
        /// Left, before turning.
        x: f64,
        /// Top, before turning.
        y: f64,
        /// Width.
        w: f64,
        /// Height.
        h: f64,
        /// Degrees clockwise about its lower left corner.
        turn: f64,
        /// 0 to 1.
        opacity: f64,
    },
}
