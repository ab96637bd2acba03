//! The page behind a booking's code. The code is the right to see it and to cancel it; who tries codes at random soon
//! waits, together with everybody else, for the rest of a minute.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kaishi_app::pages::resident::Qr;
use kaishi_app::pages::resident::booking::{self as pages, Find, Slip};
use kaishi_domain::appeal::SlipCode;
use kaishi_domain::booking::{Booking, Resource};
use kaishi_domain::{Moment, Refusal};
use kaishi_store::{Error, Result};
use serde::Deserialize;

use super::{Office, when_large};
use crate::poster::Code;
use crate::route::tries;

/// What the address may add.
#[derive(Deserialize)]
pub struct Look {
    code: Option<String>,
}

/// From six characters to the page behind them.
pub async fn find(office: Office, Query(look): Query<Look>) -> Response {
    let typed: String = look.code.unwrap_or_default().chars().take(24).collect();
    let base = office.base();
    if typed.trim().is_empty() {
        return Redirect::to(&office.top(&base).sized(&base)).into_response();
    }
    match office.known(&typed).await {
        Ok(booking) => office.own(booking.code),
        Err(error) => office.lost(typed, &error).await,
    }
}

/// The page.
pub async fn page(office: Office, Path((_, code)): Path<(String, String)>) -> Response {
    let shown = async {
        let booking = office.known(&code).await?;
        let resource = office.state.store.resource(office.org(), booking.resource).await?;
        office.slip(&booking, &resource)
    };
    match shown.await {
        Ok(page) => page,
        Err(error) => office.lost(code, &error).await,
    }
}

/// Cancels it.
pub async fn cancel(office: Office, Path((_, code)): Path<(String, String)>) -> Response {
    let done = async {
        let booking = office.known(&code).await?;
        let cancelled = office.state.store.booking_cancel(office.org(), booking.code, None, office.now);
        match cancelled.await {
            // Its page says what became of it, also when it is too late or was over already.
            Ok(()) | Err(Error::Refused(_) | Error::Taken(_)) => Ok(office.own(booking.code)),
            Err(error) => Err(error),
        }
    };
    match done.await {
        Ok(answer) => answer,
        Err(error) => office.lost(code, &error).await,
    }
}

impl Office {
    /// The booking that a code means. A wrong one is noted; after too many of them nobody finds any.
    async fn known(&self, typed: &str) -> Result<Booking> {
        if tries::codes_are_too_many(&self.state, self.org()).await {
            return Err(Refusal::Expired.into());
        }
        let found = match typed.parse::<SlipCode>() {
            Ok(code) => self.state.store.booking(self.org(), code).await,
            Err(_) => Err(Error::Missing("booking")),
        };
        if let Err(Error::Missing(_)) = found {
            tries::code_was_wrong(&self.state, self.org()).await;
        }
        found
    }

    fn own(&self, code: SlipCode) -> Response {
        let own = format!("{}/code/{code}", self.base());
        Redirect::to(&self.top(&own).sized(&own)).into_response()
    }

    /// The list with what was typed, and why that found nothing.
    async fn lost(&self, typed: String, error: &Error) -> Response {
        let words = self.words();
        let wrong = match error {
            Error::Missing(_) => (StatusCode::NOT_FOUND, words.not_found()),
            Error::Refused(_) => (StatusCode::TOO_MANY_REQUESTS, words.slow()),
            _ => return self.away(error),
        };
        let find = Find { typed: typed.chars().take(12).collect(), wrong: Some(wrong) };
        self.list(find).await.unwrap_or_else(|error| self.away(&error))
    }

    fn slip(&self, booking: &Booking, resource: &Resource) -> Result<Response> {
        let (own, now) = (format!("{}/code/{}", self.base(), booking.code), self.now);
        let picture = Code::of(&format!("{}{own}", self.state.public_url))?;
        let until = resource.cancel_until(booking.slot);
        let tell = |at: Moment| {
            let day = resource.zone.day(at);
            format!("{} {}", self.lang.pick(day.zh(), day.en()), resource.zone.clock(at))
        };
        let slip = Slip {
            code: booking.code,
            qr: Qr { side: picture.width(), path: picture.path() },
            name: resource.name.clone(),
            place: resource.place.clone(),
            when: when_large(self.lang, resource, booking.slot),
            state: booking.state,
            past: booking.slot.to <= now,
            until: (now <= until).then(|| tell(until)),
            address: format!(
                "{}{}",
                self.state.public_url.split("://").last().unwrap_or_default(),
                self.base()
            ),
            again: format!("{}/{}", self.base(), resource.id),
        };
        Ok(pages::slip(&self.state.site, &self.top(&own), slip).into_response())
    }
}
