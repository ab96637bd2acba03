//! The call as everybody may read it.

use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use kaishi_app::document::Page;
use kaishi_app::pages::call::{self as pages, Poster};
use kaishi_app::pages::resident::community;
use kaishi_app::pages::staff::{self, Gone};
use kaishi_app::state::State;
use kaishi_app::words::Lang;
use kaishi_domain::MarketRef;
use kaishi_store::Result;

use super::{until, when, zone};
use crate::route::caller::Tongue;

/// The page.
pub async fn page(Shared(state): Shared<State>, Tongue(lang): Tongue, Path(at): Path<String>) -> Page {
    let read = async {
        let at: MarketRef = at.parse()?;
        view(&state, lang, at).await
    };
    match read.await {
        Ok(view) => pages::public(&state.site, view),
        Err(kaishi_store::Error::Missing(_)) => {
            staff::gone(&state.site, lang, Gone::NotOurs).status(StatusCode::NOT_FOUND)
        }
        Err(error) => staff::gone(&state.site, lang, Gone::because(&error)),
    }
}

async fn view(state: &State, lang: Lang, at: MarketRef) -> Result<Poster> {
    let (market, organization) = (state.store.market(at).await?, state.store.organization(at.org).await?);
    let call = state.store.call(at).await?.filter(|call| call.listed);
    let mut units: Vec<String> = Vec::new();
    for claim in state.store.claims(at).await? {
        if claim.state.entry().is_some() && !units.contains(&claim.unit_name) {
            units.push(claim.unit_name);
        }
    }
    let wants = state.store.wants(at).await?.into_iter();
    let (waiting, told) = state.store.wishes_told(at.org).await?;
    Ok(Poster {
        lang,
        title: format!("{} {}", community(&organization.name), market.name),
        when: when(&market, lang)?,
        map: format!("/m/{at}"),
        until: call.as_ref().map(|call| until(&market, call, lang)).transpose()?.unwrap_or_default(),
        open: call.as_ref().is_some_and(|call| call.is_open(state.now())),
        letter: call.map(|call| (call.intro, call.rules)),
        wants: wants.map(|want| (want.clone(), zone(&market, &want.zone))).collect(),
        units,
        wishes: (waiting, told.iter().map(|words| words.as_str().to_owned()).collect()),
    })
}
