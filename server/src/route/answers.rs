//! Texts for answers: the page on which the desk keeps them, and what a link puts into a field.

use axum::extract::{Form, Path, Query, State as Shared};
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::document::Page;
use kaishi_app::pages::appeals::{self, Typed, Written};
use kaishi_app::state::State;
use kaishi_app::words::desk::Answers as Words;
use kaishi_domain::appeal::{Category, Template};
use kaishi_domain::{OrgId, Refusal, TemplateId};
use kaishi_store::{Error, Result as Done};
use serde::Deserialize;

use crate::route::caller::{No, SignedIn};

/// Which text an address puts into which field.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Offer {
    verb: String,
    text: String,
}

impl Offer {
    /// The form of the verb with the text in it; without a known text, an empty form.
    pub(super) async fn typed(self, state: &State, org: OrgId) -> Done<Typed> {
        let Ok(id) = self.text.parse::<TemplateId>() else { return Ok(Typed::default()) };
        let found = state.store.templates(org).await?.into_iter().find(|text| text.id == id);
        Ok(match found {
            Some(text) if text.verb == self.verb => {
                Typed { verb: self.verb, words: text.body.as_str().to_owned(), ..Typed::default() }
            }
            _ => Typed::default(),
        })
    }
}

/// Which text is to be edited.
#[derive(Deserialize, Default)]
pub struct Look {
    edit: Option<TemplateId>,
}

/// What the form sends.
#[derive(Deserialize, Clone)]
pub struct Sent {
    #[serde(default)]
    id: String,
    #[serde(default)]
    category: String,
    verb: String,
    title: String,
    body: String,
}

impl Sent {
    fn read(&self, state: &State) -> Result<Template, Refusal> {
        let id = if self.id.is_empty() {
            TemplateId::new(state.now(), state.random())
        } else {
            self.id.parse()?
        };
        let kind = (!self.category.is_empty()).then(|| Category::from_code(&self.category)).transpose()?;
        Template::new(id, kind, &self.verb, &self.title, &self.body)
    }
}

async fn show(state: &State, who: &SignedIn, form: Written, wrong: Option<&'static str>) -> Result<Page, No> {
    let by = who.organizer()?;
    let texts = state.store.templates(by.org()).await.map_err(who.no())?;
    Ok(appeals::answers(&who.desk, &texts, form, wrong))
}

/// The page; with one text in its form, where that is to be edited.
pub async fn page(Shared(state): Shared<State>, who: SignedIn, Query(look): Query<Look>) -> Result<Page, No> {
    let by = who.organizer()?;
    let texts = state.store.templates(by.org()).await.map_err(who.no())?;
    let known = texts.iter().find(|text| Some(text.id) == look.edit);
    let form = known.map_or_else(Written::default, |text| Written {
        id: text.id.to_string(),
        category: text.category.map_or("", Category::code).to_owned(),
        verb: text.verb.to_owned(),
        title: text.title.clone(),
        body: text.body.as_str().to_owned(),
    });
    Ok(appeals::answers(&who.desk, &texts, form, None))
}

/// Keeps a text.
pub async fn write(
    Shared(state): Shared<State>,
    who: SignedIn,
    Form(sent): Form<Sent>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    let done = match sent.read(&state) {
        Ok(text) => state.store.template_put(&by, &text, state.now()).await,
        Err(refusal) => Err(refusal.into()),
    };
    match done {
        Ok(()) => Ok(Redirect::to("/o/answers").into_response()),
        Err(Error::Refused(_)) => {
            let Sent { id, category, verb, title, body } = sent;
            let form = Written { id, category, verb, title, body };
            let wrong = Words(who.desk.lang).wrong();
            Ok(show(&state, &who, form, Some(wrong)).await?.into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}

/// Takes a text out.
pub async fn remove(
    Shared(state): Shared<State>,
    who: SignedIn,
    Path(id): Path<TemplateId>,
) -> Result<Response, No> {
    let by = who.organizer()?;
    match state.store.template_drop(&by, id, state.now()).await {
        Ok(()) => Ok(Redirect::to("/o/answers").into_response()),
        Err(Error::Missing(_)) => {
            let wrong = Words(who.desk.lang).gone();
            Ok(show(&state, &who, Written::default(), Some(wrong)).await?.into_response())
        }
        Err(error) => Err(who.no()(error)),
    }
}
