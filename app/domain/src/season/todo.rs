//! What a Saturday waits for: the one thing that comes next.

use crate::market::Stage;

/// What is open at a Saturday, counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Open {
    /// Published versions of the map in force.
    pub maps: i64,
    /// Answers that wait for a decision, and units that ask to be let go.
    pub undecided: i64,
    /// Decisions that nobody has been told.
    pub untold: i64,
    /// Units on the roster without a stall.
    pub unplaced: i64,
}

/// The next step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Todo {
    /// Publish the map.
    Map,
    /// Decide about so many answers.
    Decide(i64),
    /// Tell so many decisions.
    Tell(i64),
    /// Give so many units a stall.
    Place(i64),
    /// Sign the bulletin.
    Sign,
}

impl Todo {
    /// The part of the Saturday's address where it is done.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Map => "layout",
            Self::Decide(_) | Self::Tell(_) => "call",
            Self::Place(_) => "board",
            Self::Sign => "bulletin",
        }
    }
}

/// What comes next; nothing on a filed Saturday.
pub const fn todo(stage: Stage, open: &Open) -> Option<Todo> {
    match stage {
        Stage::Filed => None,
        Stage::Closed => Some(Todo::Sign),
        Stage::Draft | Stage::Calling | Stage::Open => match open {
            Open { maps: 0, .. } => Some(Todo::Map),
            Open { undecided, .. } if *undecided > 0 => Some(Todo::Decide(*undecided)),
            Open { untold, .. } if *untold > 0 => Some(Todo::Tell(*untold)),
            Open { unplaced, .. } if *unplaced > 0 => Some(Todo::Place(*unplaced)),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_comes_next() {
        let all = Open { maps: 0, undecided: 1, untold: 2, unplaced: 3 };
        assert_eq!(todo(Stage::Draft, &all), Some(Todo::Map));
        let all = Open { maps: 1, ..all };
        assert_eq!(todo(Stage::Calling, &all), Some(Todo::Decide(1)));
        assert_eq!(todo(Stage::Calling, &Open { undecided: 0, ..all }), Some(Todo::Tell(2)));
        let placed = Open { undecided: 0, untold: 0, ..all };
        assert_eq!(todo(Stage::Open, &placed), Some(Todo::Place(3)));
        assert_eq!(todo(Stage::Open, &Open { unplaced: 0, ..placed }), None);
        assert_eq!((todo(Stage::Closed, &all), todo(Stage::Filed, &all)), (Some(Todo::Sign), None));
    }
}
