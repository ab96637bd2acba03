//! The resident's word on an appeal, behind its code: how it was, that it is late, that it is not needed any more.

use axum::extract::Form;
use axum::response::Response;
use kaishi_app::pages::resident::RateForm;
use kaishi_app::words::Lang;
use kaishi_app::words::appeal::Slip as SlipWords;
use kaishi_domain::appeal::{Marks, Rating, Review, Verb, Words};
use serde::Deserialize;

use crate::route::slip::Found;

/// What the rating form sends.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Rate {
    rating: String,
    speed: String,
    manner: String,
    outcome: String,
    telling: String,
    said: String,
}

impl Rate {
    /// What is meant, or the form as it was sent with what is wrong with it.
    fn review(self, lang: Lang) -> Result<Review, RateForm> {
        let words = SlipWords(lang);
        let mark = |code: &str| Rating::from_code(code).ok();
        let [speed, manner, outcome, telling] =
            [&self.speed, &self.manner, &self.outcome, &self.telling].map(|code| mark(code));
        let wrong = |text| RateForm {
            rating: mark(&self.rating),
            marks: [speed, manner, outcome, telling],
            said: self.said.clone(),
            wrong: Some(text),
        };
        let rating = mark(&self.rating).ok_or_else(|| wrong(words.pick_rating()))?;
        let said = Words::parse(&self.said).map_err(|_| wrong(words.words_long()))?;
        Ok(Review { rating, marks: Marks { speed, manner, outcome, telling }, said })
    }
}

/// Satisfied, or do it again.
pub async fn rate(found: Found, Form(form): Form<Rate>) -> Response {
    let review = match form.review(found.top.lang) {
        Ok(review) => review,
        Err(form) => {
            return found.progress(None, form, None, None).await.unwrap_or_else(|error| found.busy(&error));
        }
    };
    let told = if review.rating.is_content() { "thanks" } else { "redone" };
    found.act(Verb::Rate(review), told).await
}

/// It is late, and the resident says so.
pub async fn urge(found: Found) -> Response {
    found.act(Verb::Urge { words: Words::default() }, "urged").await
}

/// Not needed any more.
pub async fn withdraw(found: Found) -> Response {
    found.act(Verb::Withdraw, "withdrawn").await
}
