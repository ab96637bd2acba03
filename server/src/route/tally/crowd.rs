//! The crowd: from the form to a look, and from the looks to the page.

use kaishi_app::pages::crowd::{Filled, Line, View};
use kaishi_domain::actor::Organizer;
use kaishi_domain::crowd::{Look, Method, estimate, inside};
use kaishi_domain::moment::MINUTE;
use kaishi_domain::safety::capacity;
use kaishi_domain::{CountId, Refusal};
use kaishi_store::{Error, Result};
use serde::Deserialize;

use super::room::{Room, people};

/// The length of a sample that the blank form proposes.
const SAMPLE: i64 = 20 * MINUTE;

/// What the form sends.
#[derive(Deserialize)]
pub struct Keyed {
    id: String,
    #[serde(default)]
    method: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    came: String,
    #[serde(default)]
    went: String,
}

impl Keyed {
    fn look(&self, room: &Room<'_>) -> std::result::Result<Look, Refusal> {
        Ok(Look {
            id: self.id.parse()?,
            method: Method::from_code(&self.method)?,
            place: self.place.clone(),
            from: room.moment(&self.from)?,
            to: room.moment(&self.to)?,
            came: people(&self.came)?,
            went: people(&self.went)?,
        })
    }

    fn filled(&self) -> Filled {
        Filled {
            id: self.id.clone(),
            method: Method::from_code(&self.method).unwrap_or(Method::Sample),
            place: self.place.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            came: self.came.clone(),
            went: self.went.clone(),
        }
    }
}

/// Keys a look in; answers the page again when the form was not right.
pub async fn enter(room: &Room<'_>, form: &Keyed) -> Result<Option<View>> {
    let clerk = room.clerk()?;
    let done = match form.look(room) {
        Ok(look) => room.state.store.crowd_enter(&clerk, &look, room.state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(None),
        Err(Error::Refused(_)) => Ok(Some(view(room, Some(form.filled())).await?)),
        Err(error) => Err(error),
    }
}

/// What the form of the approved number sends.
#[derive(Deserialize)]
pub struct Approved {
    capacity: String,
}

/// Notes how many may be inside; answers the page again when it was not a number.
pub async fn approve(room: &Room<'_>, by: &Organizer, form: Approved) -> Result<Option<View>> {
    let Ok(people) = capacity(&form.capacity) else {
        let view = view(room, None).await?;
        return Ok(Some(View { capacity: form.capacity, wrong_capacity: true, ..view }));
    };
    room.state.store.capacity_set(by, room.market.id, people, room.state.now()).await.map(|()| None)
}

/// Takes a look out.
pub async fn drop_look(room: &Room<'_>, look: &str) -> Result<()> {
    room.state.store.crowd_drop(&room.clerk()?, look.parse()?, room.state.now()).await
}

/// The page's view; `wrong` is the form that was not right.
pub async fn view(room: &Room<'_>, wrong: Option<Filled>) -> Result<View> {
    let looks = room.state.store.crowd(&room.viewer, room.market.id).await?;
    let (opens, closes) = (room.market.opens_at, room.market.closes_at);
    let estimates =
        Method::ALL.into_iter().filter_map(|method| estimate(method, &looks, opens, closes)).collect();
    let approved = room.state.store.safety(room.at()).await?.capacity;
    let gates = looks.iter().any(|look| look.method == Method::Gate);
    let lines = looks
        .iter()
        .map(|look| {
            Ok(Line {
                id: look.id.to_string(),
                method: look.method,
                place: look.place.clone(),
                time: format!("{}–{}", room.clock(look.from)?, room.clock(look.to)?),
                came: look.came,
                went: look.went,
            })
        })
        .collect::<std::result::Result<_, Refusal>>()?;
    let now = room.state.now().clamp(opens, closes);
    let blank = Filled {
        id: CountId::new(room.state.now(), room.state.random()).to_string(),
        method: Method::Sample,
        place: String::new(),
        from: room.clock(now.plus(-SAMPLE))?,
        to: room.clock(now)?,
        came: String::new(),
        went: String::new(),
    };
    Ok(View {
        action: format!("{}/crowd", room.base),
        estimates,
        inside: gates.then(|| inside(&looks)),
        capacity: approved.map(|people| people.to_string()).unwrap_or_default(),
        wrong_capacity: false,
        wrong: wrong.is_some(),
        filled: wrong.unwrap_or(blank),
        may_change: room.clerk.is_some(),
        lines,
    })
}
