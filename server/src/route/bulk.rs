//! Several appeals at once: each is a step of its own, and what was not possible is said by its code.

use std::collections::BTreeSet;

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::appeals::Bulk;
use kaishi_app::state::State;
use kaishi_app::words::desk::Bulk as Words;
use kaishi_app::words::handle::Handle;
use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Appeal, Verb, Words as Said, propose, returned_by};
use kaishi_domain::market::Market;
use kaishi_domain::{MarketRef, Refusal, UnitId};
use kaishi_store::{Error, Hand};

use crate::route::appeal::{self, Look, found, sentence};
use crate::route::caller::{No, SignedIn};
use crate::route::dispatch::route;
use crate::route::organizer::market_of;
use crate::route::unit::one::Fields;

/// The most appeals at once.
const MOST: usize = 200;

/// One thing that is done with each.
enum Deed {
    /// By the map of duties.
    Route,
    /// To one unit.
    Dispatch(UnitId),
    Urge,
    File,
}

impl Deed {
    fn read(fields: &Fields) -> Result<Self, Refusal> {
        Ok(match fields.one("do").as_str() {
            "route" => Self::Route,
            "dispatch" => Self::Dispatch(fields.one("unit").parse()?),
            "urge" => Self::Urge,
            "file" => Self::File,
            _ => return Err(Refusal::Malformed("verb")),
        })
    }

    async fn each(
        &self,
        state: &State,
        by: &Organizer,
        market: &Market,
        slip: &str,
    ) -> Result<Appeal, Error> {
        let appeal = found(state, market, slip, true).await?;
        let code = appeal.code;
        let step = async |verb| state.store.appeal_step(Hand::Organizer(by), code, verb, state.now()).await;
        match self {
            Self::Urge => step(Verb::Urge { words: Said::default() }).await,
            Self::File => step(Verb::File).await,
            Self::Dispatch(unit) => route(state, by, code, &unit.to_string(), &[]).await,
            Self::Route => {
                let steps = state.store.appeal_steps(&appeal).await?;
                let grids = state.store.grids(by.org()).await?;
                let grid = appeal.care.grid.and_then(|id| grids.iter().find(|grid| grid.id == id));
                let duties = state.store.duties(&by.reader()).await?;
                let plan = propose(&duties, appeal.category, grid, &returned_by(&steps))
                    .ok_or(Error::Missing("rule"))?;
                let helpers: Vec<String> = plan.helpers.iter().map(ToString::to_string).collect();
                route(state, by, code, &plan.lead.to_string(), &helpers).await
            }
        }
    }
}

/// Does it with each that is ticked, then the list again.
pub async fn act(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, No> {
    let market = market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let fields = Fields(fields);
    let picked: BTreeSet<String> = fields.all("pick").into_iter().take(MOST).collect();
    let mut bulk = Bulk { unit: fields.one("unit"), nothing: picked.is_empty(), ..Bulk::default() };
    let (words, handle) = (Words(who.desk.lang), Handle(who.desk.lang));
    let mut done = 0;
    if !picked.is_empty() {
        let deed = Deed::read(&fields).map_err(who.no())?;
        for slip in picked {
            match deed.each(&state, &by, &market, &slip).await {
                Ok(_) => done += 1,
                Err(error) => {
                    let why = match &error {
                        Error::Missing("rule") => words.no_rule(),
                        other => match sentence(handle, other) {
                            Some(text) => text,
                            None => return Err(who.no()(error)),
                        },
                    };
                    bulk.failed.push((slip.clone(), why));
                    bulk.picked.insert(slip);
                }
            }
        }
    }
    if !bulk.is_wrong() {
        return Ok(Redirect::to(&format!("/o/m/{at}/appeals?done={done}")).into_response());
    }
    bulk.done = (done > 0).then_some(done);
    Ok(appeal::list(&state, &who, &market, Look::default(), bulk).await?.into_response())
}
