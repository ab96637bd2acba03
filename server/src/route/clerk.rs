//! The desk writes an appeal down: told to it, keyed in from paper, or heard by the secretary (书记有约).

use axum::extract::{Form, Path, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Clerk};
use kaishi_app::state::State;
use kaishi_app::words::desk::Slips;
use kaishi_app::words::handle::Clerk as Texts;
use kaishi_domain::appeal::{AppealCode, Category, Contact, Grid, NewAppeal, SlipCode, Verb, Words};
use kaishi_domain::encounter::Source;
use kaishi_domain::{MarketRef, Refusal};
use kaishi_store::{Error, Hand};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};
use crate::route::organizer::market_of;
use crate::route::rail::rail;

/// What the form sends.
#[derive(Deserialize, Default, Clone)]
#[serde(default)]
pub struct Sent {
    nonce: String,
    how: String,
    code: String,
    category: String,
    words: String,
    grid: String,
    contact: String,
    settled: Option<String>,
    done: String,
}

impl Sent {
    /// What is raised, and what happens with it at once.
    fn read(&self, at: MarketRef) -> Result<(NewAppeal, Option<Verb>), Refusal> {
        let channel = if self.how == "paper" { Source::Paper } else { Source::Staff };
        let settled = self.settled.is_some();
        let at_once = match self.how.as_str() {
            _ if settled => Some(Verb::SettleOnSpot { how: Words::parse(&self.done)? }),
            "secretary" => Some(Verb::Hear),
            _ => None,
        };
        if !(8..=64).contains(&self.nonce.len()) {
            return Err(Refusal::Malformed("nonce"));
        }
        let new = NewAppeal {
            org: at.org,
            market: at.market,
            stall: None,
            channel,
            category: Category::from_code(&self.category)?,
            words: Words::some(&self.words)?,
            grid: (!self.grid.is_empty()).then(|| self.grid.parse()).transpose()?,
            contact: Contact::parse(&self.contact)?,
            code: self.code()?,
            nonce: format!("desk:{}", self.nonce),
        };
        Ok((new, at_once))
    }

    /// The code on the paper, where one is printed on it.
    fn code(&self) -> Result<Option<SlipCode>, Refusal> {
        let typed = self.code.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let whole = typed.parse::<AppealCode>().map(|code| code.slip);
        Ok(Some(whole.or_else(|_| typed.parse())?))
    }

    fn form(self, at: MarketRef, grids: Vec<Grid>, wrong: Option<&'static str>) -> Clerk {
        let Self { nonce, how, code, category, words, grid, contact, settled, done } = self;
        let (base, settled) = (format!("/o/m/{at}/appeals"), settled.is_some());
        Clerk { base, nonce, how, code, category, words, grid, grids, contact, settled, done, wrong }
    }
}

async fn show(
    state: &State,
    who: &SignedIn,
    at: MarketRef,
    sent: Sent,
    wrong: Option<&'static str>,
) -> Result<Page, No> {
    let market = market_of(state, who, at).await?;
    who.organizer()?;
    let rail = rail(state, who, &market).await?;
    let grids = state.store.grids(at.org).await.map_err(who.no())?;
    Ok(appeals::clerk(&who.desk, &rail, sent.form(at, grids, wrong)))
}

/// The form.
pub async fn page(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
) -> Result<Page, No> {
    let nonce = kaishi_domain::id::hex(&state.random::<16>());
    show(&state, &who, at, Sent { nonce, ..Sent::default() }, None).await
}

/// Writes it down and leads to it.
pub async fn write(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(at): Path<MarketRef>,
    Form(sent): Form<Sent>,
) -> Result<Response, No> {
    market_of(&state, &who, at).await?;
    let by = who.organizer()?;
    let done = match sent.read(at) {
        Ok((new, verb)) => {
            let at_once = verb.map(|verb| (Hand::Organizer(&by), verb));
            state.store.appeal_raise(&new, at_once, state.now()).await
        }
        Err(refusal) => Err(refusal.into()),
    };
    let words = Texts(who.desk.lang);
    let wrong = match done {
        Ok(appeal) => {
            return Ok(Redirect::to(&format!("/o/m/{at}/appeals/{}", appeal.code.slip)).into_response());
        }
        Err(Error::Refused(Refusal::Malformed("category"))) => words.wrong_kind(),
        Err(Error::Refused(Refusal::TooLong("contact"))) => words.wrong_contact(),
        Err(Error::Refused(Refusal::Malformed("code")) | Error::Missing("slip")) => {
            Slips(who.desk.lang).code_wrong()
        }
        Err(Error::Taken(_)) => Slips(who.desk.lang).code_used(),
        Err(Error::Refused(_)) => words.wrong_words(),
        Err(error) => return Err(who.no()(error)),
    };
    Ok(show(&state, &who, at, sent, Some(wrong)).await?.into_response())
}
