//! Paper sheets: from the form to a batch, and from the batches to the page.

use kaishi_app::pages::paper::{Filled, Line, Standing, View};
use kaishi_app::words::tally::Paper;
use kaishi_domain::actor::Organizer;
use kaishi_domain::moment::HOUR;
use kaishi_domain::paper::{Counts, Sheet};
use kaishi_domain::{BatchId, Refusal};
use kaishi_store::{Batch, Error, Result};
use serde::Deserialize;

use super::room::{Room, people};

/// What the form sends.
#[derive(Deserialize)]
pub struct Keyed {
    id: String,
    #[serde(default)]
    stall: String,
    #[serde(default)]
    consult: String,
    #[serde(default)]
    handle: String,
    #[serde(default, rename = "try")]
    try_out: String,
    #[serde(default)]
    talk: String,
    #[serde(default)]
    counted_by: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    remark: String,
}

/// What a batch's buttons send.
#[derive(Deserialize)]
pub struct Ruled {
    verb: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    again: String,
}

impl Ruled {
    /// Whether it lets a batch in, which takes a second pair of eyes.
    pub fn lets_in(&self) -> bool {
        self.verb == "let_in"
    }
}

impl Keyed {
    fn counts(&self) -> [&String; 4] {
        [&self.consult, &self.handle, &self.try_out, &self.talk]
    }

    fn sheet(&self, room: &Room<'_>) -> std::result::Result<Sheet, Refusal> {
        let mut counts = Counts::default();
        for (n, text) in counts.0.iter_mut().zip(self.counts()) {
            *n = people(text)?;
        }
        Ok(Sheet {
            id: self.id.parse()?,
            stall: self.stall.parse()?,
            counts,
            counted_by: self.counted_by.clone(),
            from: room.moment(&self.from)?,
            to: room.moment(&self.to)?,
            remark: self.remark.clone(),
        })
    }

    fn filled(&self) -> Filled {
        Filled {
            id: self.id.clone(),
            stall: self.stall.clone(),
            counts: self.counts().map(Clone::clone),
            counted_by: self.counted_by.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            remark: self.remark.clone(),
        }
    }
}

/// Keys a sheet in; answers the page again when the form was not right.
pub async fn enter(room: &Room<'_>, form: &Keyed) -> Result<Option<View>> {
    let clerk = room.clerk()?;
    let done = match form.sheet(room) {
        Ok(sheet) => room.state.store.paper_enter(&clerk, &sheet, room.state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(None),
        Err(Error::Refused(_) | Error::Missing(_)) => {
            Ok(Some(view(room, Some(form.filled()), Some(Paper(room.lang).wrong())).await?))
        }
        Err(error) => Err(error),
    }
}

/// Lets a batch in or not, or takes one back; answers the page again when that was not possible.
pub async fn rule(
    room: &Room<'_>,
    desk: Option<&Organizer>,
    batch: &str,
    form: &Ruled,
) -> Result<Option<View>> {
    let (batch, now): (BatchId, _) = (batch.parse()?, room.state.now());
    let words = Paper(room.lang);
    let (done, complaint) = if form.verb == "take_back" {
        let again = form.again.parse()?;
        let done = room.state.store.paper_take_back(&room.clerk()?, batch, again, &form.reason, now).await;
        (done, words.reason_wrong())
    } else {
        let by = desk.ok_or(Refusal::NotAllowed)?;
        let let_in = form.lets_in();
        (room.state.store.paper_rule(by, room.market.id, batch, let_in, now).await, words.own())
    };
    match done {
        // What somebody else has decided in the meantime is to be seen on the page.
        Ok(()) => Ok(None),
        Err(Error::Taken(_)) if form.verb != "take_back" => Ok(None),
        Err(Error::Refused(_) | Error::Taken(_)) => Ok(Some(view(room, None, Some(complaint)).await?)),
        Err(error) => Err(error),
    }
}

fn fresh(room: &Room<'_>) -> String {
    BatchId::new(room.state.now(), room.state.random()).to_string()
}

/// The page's view.
pub async fn view(room: &Room<'_>, filled: Option<Filled>, complaint: Option<&'static str>) -> Result<View> {
    let stalls = room.stalls().await?;
    let batches = room.state.store.papers(&room.viewer, room.market.id).await?;
    let me = room.clerk.map(|clerk| clerk.hand().name());
    let name = |batch: &Batch| {
        let found = stalls.iter().find(|(id, _)| *id == batch.sheet.stall);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    };
    let lines = batches
        .iter()
        .map(|batch| {
            let sheet = &batch.sheet;
            Ok(Line {
                id: sheet.id.to_string(),
                stall: name(batch),
                counts: sheet.counts.0,
                time: format!("{}–{}", room.clock(sheet.from)?, room.clock(sheet.to)?),
                counted_by: sheet.counted_by.clone(),
                by_account: batch.entered_by.starts_with("account:"),
                remark: sheet.remark.clone(),
                takes_back: batch.takes_back.is_some(),
                standing: standing(batch, me.as_deref(), room),
                again: fresh(room),
            })
        })
        .collect::<std::result::Result<_, Refusal>>()?;
    let now = room.state.now().min(room.market.closes_at);
    let blank = Filled {
        id: fresh(room),
        from: room.clock(now.plus(-HOUR).max(room.market.opens_at))?,
        to: room.clock(now)?,
        ..Filled::default()
    };
    Ok(View {
        action: format!("{}/paper", room.base),
        print: (room.is_desk && room.clerk.is_some()).then(|| format!("{}/tally", room.base)),
        stalls: stalls.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        filled: filled.unwrap_or(blank),
        complaint,
        may_change: room.clerk.is_some(),
        lines,
    })
}

fn standing(batch: &Batch, me: Option<&str>, room: &Room<'_>) -> Standing {
    if batch.waits() {
        let own = me == Some(&batch.entered_by);
        return if own { Standing::WaitsOwn(room.is_desk) } else { Standing::Waits(room.lets_in) };
    }
    match batch.counted_at {
        None => Standing::Refused,
        Some(_) if batch.taken_back => Standing::TakenBack,
        Some(_) => Standing::Counted,
    }
}
