//! What there is to book, its free hours, and booking one.

use axum::extract::{Extension, Form, Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kaishi_app::pages::resident::booking::{
    self as pages, Choice, Confirm, DayChoice, Fill, Find, Offer, SlotChoice,
};
use kaishi_domain::booking::{Bar, Booking, Resource, Slot};
use kaishi_domain::moment::Day;
use kaishi_domain::queue::Standing;
use kaishi_domain::season::Table;
use kaishi_domain::token::Ticket;
use kaishi_domain::{Moment, ResourceId};
use kaishi_store::{Booked, Error, Result, Whose};
use serde::Deserialize;

use super::{Office, Rush, ahead, day_name, hours, when, when_large};
use crate::route::visitor::{self, Visitor};

/// What the address may add.
#[derive(Deserialize)]
pub struct Look {
    day: Option<String>,
}

/// What the form sends.
#[derive(Deserialize)]
pub struct Sent {
    ticket: String,
}

/// A page with the cookies that it sets.
type Answer = std::result::Result<Response, Error>;

/// What there is.
pub async fn list(office: Office) -> Response {
    office.list(Find::default()).await.unwrap_or_else(|error| office.away(&error))
}

/// The free hours of one.
pub async fn choose(
    office: Office,
    Path((_, resource)): Path<(String, String)>,
    Query(look): Query<Look>,
    jar: CookieJar,
) -> Response {
    let shown = async {
        let resource = office.resource(&resource).await?;
        let day = look.day.and_then(|day| Day::parse(&day).ok());
        office.choice(&resource, day, &jar, None).await
    };
    shown.await.unwrap_or_else(|error| office.away(&error))
}

/// One look before it is booked.
pub async fn confirm(
    office: Office,
    Path((_, resource, hour)): Path<(String, String, String)>,
    jar: CookieJar,
) -> Response {
    let shown = async {
        let resource = office.resource(&resource).await?;
        office.confirm(&resource, office.slot(&resource, &hour).await?, jar, false).await
    };
    shown.await.unwrap_or_else(|error| office.away(&error))
}

/// Books it.
pub async fn book(
    office: Office,
    Path((_, resource, hour)): Path<(String, String, String)>,
    jar: CookieJar,
    Extension(rush): Extension<Rush>,
    Form(sent): Form<Sent>,
) -> Response {
    let done = async {
        let resource = office.resource(&resource).await?;
        let slot = office.slot(&resource, &hour).await?;
        office.book(&resource, slot, (jar, &sent.ticket), &rush).await
    };
    done.await.unwrap_or_else(|error| office.away(&error))
}

impl Office {
    /// A resource that residents see.
    pub(super) async fn resource(&self, id: &str) -> Result<Resource> {
        let id: ResourceId = id.parse().map_err(|_| Error::Missing("resource"))?;
        let resource = self.state.store.resource(self.org(), id).await?;
        if resource.standing == Standing::Off { Err(Error::Missing("resource")) } else { Ok(resource) }
    }

    fn path(&self, resource: &Resource) -> String {
        format!("{}/{}", self.base(), resource.id)
    }

    /// The slot that begins at an hour of an address, in milliseconds.
    async fn slot(&self, resource: &Resource, hour: &str) -> Result<Option<Slot>> {
        let Ok(from) = hour.parse().map(Moment::from_millis) else { return Ok(None) };
        Ok(resource.slot(from, &self.table().await?)?)
    }

    /// The list, with the form that finds a booking.
    pub(super) async fn list(&self, find: Find) -> Answer {
        let (table, mut offers) = (self.table().await?, Vec::new());
        for resource in self.state.store.resources(self.org()).await? {
            if resource.standing == Standing::Off {
                continue;
            }
            let held = ahead(&self.state, self.org(), &resource, self.now).await?;
            let next = self.free(&resource, &table, &held)?.map(|slot| {
                let day = resource.zone.day(slot.from);
                let today = day == resource.zone.day(self.now);
                let day = if today { self.words().today().to_owned() } else { day_name(self.lang, day) };
                format!("{day} {}", resource.zone.clock(slot.from))
            });
            offers.push(Offer { path: self.path(&resource), resource, next });
        }
        Ok(pages::offers(&self.state.site, &self.top(&self.base()), offers, find).into_response())
    }

    /// The slots of a day that have not begun.
    fn coming(&self, resource: &Resource, day: Day, table: &Table) -> Result<Vec<Slot>> {
        Ok(resource.slots(day, table)?.into_iter().filter(|slot| slot.from > self.now).collect())
    }

    /// The next slot with a place left.
    fn free(&self, resource: &Resource, table: &Table, held: &[Booking]) -> Result<Option<Slot>> {
        for day in resource.days(self.now) {
            let coming = self.coming(resource, day, table)?;
            if let Some(slot) = coming.into_iter().find(|slot| resource.left(*slot, held) > 0) {
                return Ok(Some(slot));
            }
        }
        Ok(None)
    }

    /// The page of a resource on a day; without one, on the first that has a place left.
    async fn choice(
        &self,
        resource: &Resource,
        asked: Option<Day>,
        jar: &CookieJar,
        wrong: Option<String>,
    ) -> Answer {
        let (table, mut days, mut here) = (self.table().await?, Vec::new(), None);
        let held = ahead(&self.state, self.org(), resource, self.now).await?;
        for day in resource.days(self.now) {
            let slots = self.coming(resource, day, &table)?;
            let fill = if slots.is_empty() {
                Fill::Shut
            } else if slots.iter().any(|slot| resource.left(*slot, &held) > 0) {
                Fill::Free
            } else {
                Fill::Full
            };
            if asked.map_or(fill == Fill::Free && here.is_none(), |asked| asked == day) {
                here = Some((day, slots));
            }
            days.push((day, fill));
        }
        let (shown, slots) = here.unwrap_or_else(|| (resource.zone.day(self.now), Vec::new()));
        let path = self.path(resource);
        let choice = Choice {
            days: days.into_iter().map(|(day, fill)| self.day_choice(&path, (day, fill), shown)).collect(),
            day: day_name(self.lang, shown),
            slots: slots
                .into_iter()
                .map(|slot| SlotChoice {
                    label: hours(resource, slot),
                    path: format!("{path}/{}", slot.from.millis()),
                    left: resource.left(slot, &held),
                })
                .collect(),
            mine: self.mine(resource, jar).await?,
            wrong,
            resource: resource.clone(),
        };
        Ok(pages::choice(&self.state.site, &self.top(&path), choice).into_response())
    }

    fn day_choice(&self, path: &str, (day, fill): (Day, Fill), shown: Day) -> DayChoice {
        DayChoice {
            label: self.lang.pick(day.zh(), day.en()),
            weekday: self.lang.pick(day.weekday_zh().to_owned(), day.weekday_en()),
            path: format!("{path}?day={day}"),
            fill,
            here: day == shown,
        }
    }

    /// What this phone has booked of a resource.
    async fn mine(&self, resource: &Resource, jar: &CookieJar) -> Result<Vec<(String, String)>> {
        let Some(visitor) = Visitor::booked(&self.state, jar) else { return Ok(Vec::new()) };
        let tag = visitor.tag(&self.state.store.resource_key(self.org(), resource.id).await?);
        let mine = self.state.store.bookings_of(self.org(), resource.id, tag, self.now).await?;
        let line = |one: &Booking| {
            (when(self.lang, resource, one.slot), format!("{}/code/{}", self.base(), one.code))
        };
        Ok(mine.iter().map(line).collect())
    }

    /// Why there is no booking, as residents read it.
    fn told(&self, resource: &Resource, bar: Bar) -> String {
        let until = match bar {
            Bar::Paused(until) => {
                let day = resource.zone.day(until);
                format!("{} {}", self.lang.pick(day.zh(), day.en()), resource.zone.clock(until))
            }
            _ => String::new(),
        };
        self.words().bar(bar, &until)
    }

    /// The page of a resource whose hours are others than somebody saw.
    async fn no_slot(&self, resource: &Resource, jar: &CookieJar) -> Answer {
        self.choice(resource, None, jar, Some(self.told(resource, Bar::NoSlot))).await
    }

    /// The page before booking, or that of the resource where nothing can be booked then.
    async fn confirm(&self, resource: &Resource, slot: Option<Slot>, jar: CookieJar, stale: bool) -> Answer {
        let Some(slot) = slot else { return self.no_slot(resource, &jar).await };
        let day = Some(resource.zone.day(slot.from));
        let bar = match resource.standing {
            Standing::Open if slot.from > self.now => None,
            Standing::Open => Some(Bar::Past),
            _ => Some(Bar::Closed),
        };
        let held = self.state.store.bookings(self.org(), resource.id, slot).await?;
        let bar = bar.or((resource.left(slot, &held) == 0).then_some(Bar::Full));
        if let Some(bar) = bar {
            return self.choice(resource, day, &jar, Some(self.told(resource, bar))).await;
        }
        let (visitor, jar) = visitor::booker(&self.state, jar, resource.remembers());
        let tag = visitor.tag(&self.state.store.resource_key(self.org(), resource.id).await?);
        let ticket = Ticket::mint(resource.id.short(self.org()), self.now, self.state.random(), tag);
        let path = format!("{}/{}", self.path(resource), slot.from.millis());
        let confirm = Confirm {
            when: when_large(self.lang, resource, slot),
            ticket: self.state.keys.seal(&ticket),
            back: format!("{}?day={}", self.path(resource), resource.zone.day(slot.from)),
            stale,
            resource: resource.clone(),
            path: path.clone(),
        };
        Ok((jar, pages::confirm(&self.state.site, &self.top(&path), confirm)).into_response())
    }

    async fn book(
        &self,
        resource: &Resource,
        slot: Option<Slot>,
        (jar, sealed): (CookieJar, &str),
        rush: &Rush,
    ) -> Answer {
        let Some(slot) = slot else { return self.no_slot(resource, &jar).await };
        let (short, age) = (resource.id.short(self.org()), self.state.limits.ticket_age);
        let Ok(ticket) = self.state.keys.open(sealed, short, self.now, age) else {
            return self.confirm(resource, Some(slot), jar, true).await;
        };
        let key = self.state.store.resource_key(self.org(), resource.id).await?;
        let tag = Visitor::booked(&self.state, &jar).map(|visitor| visitor.tag(&key));
        let tag = tag.filter(|tag| *tag == ticket.visitor);
        let whose = (Whose::Phone(tag), ticket.nonce);
        if tag.is_none() && rush.0.wait(&resource.id.to_string()) {
            return self.choice(resource, None, &jar, Some(self.words().bar_rush().to_owned())).await;
        }
        match self.state.store.booking_take(self.org(), (resource, slot), whose, self.now).await? {
            Booked::Given(code) => {
                let own = format!("{}/code/{code}", self.base());
                Ok(Redirect::to(&self.top(&own).sized(&own)).into_response())
            }
            Booked::Barred(bar) => {
                let (day, why) = (resource.zone.day(slot.from), self.told(resource, bar));
                self.choice(resource, Some(day), &jar, Some(why)).await
            }
        }
    }
}
