//! What can be booked at the demo's community: the shared sitting room and the shared pitch.

use anyhow::Result;
use kaishi_app::state::State;
use kaishi_domain::ResourceId;
use kaishi_domain::actor::Organizer;
use kaishi_domain::booking::{Described, Follows, Kind, NoShow, Opening, Terms, Week};

use super::seed::TIME_ZONE;

fn week(working: &str, weekend: &str) -> Result<Week> {
    Ok(Week::parse(&std::array::from_fn(
        |day| if day < 5 { working.to_owned() } else { weekend.to_owned() },
    ))?)
}

fn places() -> Result<[Described; 2]> {
    let room = Described {
        kind: Kind::Room,
        name: "共享会客厅".into(),
        place: "党群服务中心一楼".into(),
        terms: Terms { capacity: 4, minutes: 60, ahead: 14, each: 2, cutoff: 2, no_show: None },
        opening: Opening {
            week: week("9:00-12:00 14:00-21:00", "9:00-21:00")?,
            shut: [].into(),
            follows: Follows::Weekday,
        },
    };
    let pitch = Described {
        kind: Kind::Pitch,
        name: "共享足球场".into(),
        place: "社区公园北门".into(),
        terms: Terms {
            capacity: 2,
            minutes: 90,
            ahead: 14,
            each: 1,
            cutoff: 4,
            no_show: Some(NoShow::new(2, 8, 2)?),
        },
        opening: Opening {
            week: week("18:00-21:00", "8:00-21:00")?,
            shut: [].into(),
            follows: Follows::Work,
        },
    };
    Ok([room, pitch])
}

/// Adds both.
pub(super) async fn seed(state: &State, by: &Organizer) -> Result<()> {
    for (described, nth) in places()?.into_iter().zip(0..) {
        let id = ResourceId::new(state.now().plus(nth), state.random());
        state.store.resource_add(by, id, (described, TIME_ZONE), state.now()).await?;
    }
    Ok(())
}
