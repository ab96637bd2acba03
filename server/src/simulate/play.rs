//! Plays a script: each act at its time, so many at once, each through the pages that people use.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use kaishi_domain::Moment;
use kaishi_domain::batch::{Outcome, Receipt, Record};
use kaishi_domain::encounter::{Kind, RecordKind};
use serde::Serialize;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until};

use super::book::Book;
use super::form::{self, Form};
use super::phone::Phone;
use super::report::{Report, Tally};
use super::script::{Act, Script, Visit, record_id};
use crate::chance::SystemChance;

/// Requests under way at once.
const AT_ONCE: usize = 32;
/// The record's time on a phone whose clock is ahead: the server takes it as now, whatever clock it goes by.
const AHEAD: Moment = Moment::from_millis(i64::MAX);

/// How long people take.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// From seeing the page to pressing the button.
    look: Duration,
    /// From one stall to the next.
    walk: Duration,
    /// Everybody opens the page that says that it counted; otherwise one in ten.
    reads: bool,
}

impl Pace {
    /// On a real clock.
    pub const fn people() -> Self {
        Self { look: Duration::from_secs(2), walk: Duration::from_secs(3), reads: true }
    }

    /// On the demo's clock, on which a morning takes two minutes.
    pub const fn played() -> Self {
        Self { look: Duration::from_millis(40), walk: Duration::from_millis(800), reads: true }
    }

    /// As fast as it goes.
    pub const fn rush() -> Self {
        Self { look: Duration::ZERO, walk: Duration::ZERO, reads: false }
    }
}

/// Plays a script to its end.
pub async fn play(book: &Book, script: Script, pace: Pace) -> Result<Report> {
    let http = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .timeout(Duration::from_secs(30))
        .pool_max_idle_per_host(AT_ONCE)
        .build()?;
    let stage = Arc::new(Stage { http, book: book.clone(), pace, places: Semaphore::new(AT_ONCE) });
    let begun = Instant::now();
    let mut acts = JoinSet::new();
    for (at, act) in script.acts {
        let stage = stage.clone();
        acts.spawn(async move {
            sleep_until(begun + at).await;
            stage.perform(&act).await
        });
    }
    let mut tally = Tally::default();
    while let Some(done) = acts.join_next().await {
        tally.add(done.context("an act of the simulation broke")?);
    }
    Ok(tally.close(begun.elapsed()))
}

struct Stage {
    http: reqwest::Client,
    book: Book,
    pace: Pace,
    places: Semaphore,
}

#[derive(Serialize)]
struct Upload {
    records: Vec<Record>,
}

impl Stage {
    async fn perform(&self, act: &Act) -> Tally {
        match act {
            Act::Visits(visits) => self.visits(visits).await,
            Act::Taps { stall, heads, twice } => {
                let records = (0..*heads).map(|_| plus(Kind::Consult, 1)).collect();
                self.records(stall, records, *twice).await
            }
            Act::Slip { stall } => {
                let wrong = plus(Kind::Consult, 1);
                let id = record_id(&SystemChance);
                let of = Some(wrong.id.clone());
                let back = Record { id, seq: 1, kind: RecordKind::Undo, of, ..wrong.clone() };
                self.records(stall, vec![wrong, back], false).await
            }
            Act::Talk { stall, heads } => self.records(stall, vec![plus(Kind::Talk, *heads)], false).await,
            Act::Appeal { stall, settled, nth } => self.appeal(stall, *settled, *nth).await,
        }
    }

    /// A phone goes from stall to stall. A share of them taps twice; that counts once.
    async fn visits(&self, visits: &[Visit]) -> Tally {
        let mut phone = Phone::new(&self.http, &self.book.base);
        let mut tally = Tally::default();
        for (nth, visit) in visits.iter().enumerate() {
            if nth > 0 {
                sleep(self.pace.walk).await;
            }
            match self.visit(&mut phone, visit).await {
                Ok(wait) => {
                    tally.report.acknowledged += 1;
                    tally.report.twice += i64::from(visit.twice);
                    tally.waits.push(wait);
                }
                Err(error) => {
                    tracing::warn!(%error, stall = visit.stall, "a simulated visit failed");
                    tally.report.refused += 1;
                }
            }
        }
        tally
    }

    async fn visit(&self, phone: &mut Phone, visit: &Visit) -> Result<Duration> {
        let poster = self.book.stall(&visit.stall)?;
        let form =
            self.open(phone, poster, |form| form.fields.iter().any(|(name, _)| name == "ticket")).await?;
        sleep(self.pace.look).await;
        let _place = self.places.acquire().await?;
        let done = phone.post(&form.action, form.body()).await?;
        let leads = done.leads()?;
        if self.pace.reads || visit.twice {
            let page = phone.get(leads).await?;
            ensure!(page.is_page(), "the done page answered {}", page.status);
        }
        if visit.twice {
            let again = phone.post(&form.action, form.body()).await?;
            again.leads()?;
        }
        Ok(done.wait)
    }

    /// Opens a page and finds the form on it.
    async fn open(&self, phone: &mut Phone, address: &str, ours: impl Fn(&Form) -> bool) -> Result<Form> {
        let _place = self.places.acquire().await?;
        let page = phone.get(address).await?;
        ensure!(page.is_page(), "{address} answered {}", page.status);
        form::forms(&page.body).into_iter().find(ours).with_context(|| format!("no form at {address}"))
    }

    /// A staff phone sends its records, perhaps twice.
    async fn records(&self, stall: &str, records: Vec<Record>, twice: bool) -> Tally {
        let mut tally = Tally::default();
        let (heads, talks) = records.iter().fold((0, 0), |(heads, talks), record| {
            let n = if record.kind == RecordKind::Undo { -record.n } else { record.n };
            if record.encounter == Kind::Talk { (heads, talks + n) } else { (heads + n, talks) }
        });
        let upload = Upload { records };
        for time in 0..=i32::from(twice) {
            match self.upload(stall, &upload).await {
                Ok(_) if time > 0 => tally.report.twice += 1,
                Ok(wait) => {
                    tally.report.acknowledged += heads;
                    tally.report.talks += talks;
                    tally.waits.push(wait);
                }
                Err(error) => {
                    tracing::warn!(%error, stall, "a simulated batch failed");
                    if time == 0 {
                        tally.report.refused += heads + talks;
                    }
                }
            }
        }
        tally
    }

    async fn upload(&self, stall: &str, upload: &Upload) -> Result<Duration> {
        let _place = self.places.acquire().await?;
        let token = self.book.pad(stall)?.rsplit('/').next().unwrap_or_default();
        let mut phone = Phone::new(&self.http, &self.book.base);
        let answer = phone.upload("/api/v1/devices/batch", token, upload).await?;
        ensure!(answer.is_page(), "the batch answered {}", answer.status);
        let receipts: Vec<Receipt> = serde_json::from_str(&answer.body)?;
        let sent = upload.records.iter().map(|record| &record.id);
        ensure!(receipts.iter().map(|receipt| &receipt.id).eq(sent), "a receipt is missing");
        ensure!(receipts.iter().all(|receipt| receipt.result != Outcome::Refused), "a record was refused");
        Ok(answer.wait)
    }

    /// An appeal is raised by the resident's own phone, or settled at once through the staff pad.
    async fn appeal(&self, stall: &str, settled: bool, nth: usize) -> Tally {
        let mut tally = Tally::default();
        match self.raise(stall, settled, nth).await {
            Ok(()) => {
                tally.report.appeals += 1;
                tally.report.settled += i64::from(settled);
            }
            Err(error) => tracing::warn!(%error, stall, "a simulated appeal failed"),
        }
        tally
    }

    async fn raise(&self, stall: &str, settled: bool, nth: usize) -> Result<()> {
        let mut phone = Phone::new(&self.http, &self.book.base);
        let own = if settled { None } else { self.own_form(&mut phone, stall).await? };
        let form = match own {
            Some(form) => form,
            None => self.pad_form(&mut phone, stall, settled, nth).await?,
        };
        let field = form.texts.first().cloned().unwrap_or_default();
        let form = form.with(&field, WORDS[nth % WORDS.len()]);
        let _place = self.places.acquire().await?;
        let answer = phone.post(&form.action, form.body()).await?;
        answer.leads().map(drop)
    }

    /// The form behind the stall page's link, on the resident's own phone; `None` where there is none.
    async fn own_form(&self, phone: &mut Phone, stall: &str) -> Result<Option<Form>> {
        let _place = self.places.acquire().await?;
        let page = phone.get(self.book.stall(stall)?).await?;
        let Some(link) = form::link(&page.body, "appeal") else { return Ok(None) };
        let page = phone.get(&link).await?;
        Ok(form::forms(&page.body).into_iter().find(|form| page.is_page() && !form.texts.is_empty()))
    }

    /// The form on the staff pad: a kind and whether it is settled are one button.
    async fn pad_form(&self, phone: &mut Phone, stall: &str, settled: bool, nth: usize) -> Result<Form> {
        let is_appeal = |form: &Form| form.action.contains("appeal") && !form.texts.is_empty();
        let form = self.open(phone, self.book.pad(stall)?, is_appeal).await?;
        let act = if settled { "settle:" } else { "raise:" };
        let buttons: Vec<&(String, String)> =
            form.buttons.iter().filter(|(_, value)| value.starts_with(act)).collect();
        let (name, value) = *buttons.get(nth % buttons.len().max(1)).context("no button for the appeal")?;
        let (name, value) = (name.clone(), value.clone());
        Ok(form.with(&name, &value))
    }
}

fn plus(encounter: Kind, n: i64) -> Record {
    let id = record_id(&SystemChance);
    Record { id, seq: 0, at: AHEAD, kind: RecordKind::Plus, n, encounter, of: None }
}

/// What people want answered or fixed.
const WORDS: [&str; 9] = [
    "3 栋楼道灯晚上不亮，老人上下楼看不清。",
    "小区门口电动车乱停，婴儿车过不去。",
    "想问居住证续签要带什么材料。",
    "家里老人想申请适老化改造，不知道找谁。",
    "暑假有没有小学生的托管班？",
    "楼上装修周末施工太吵，能不能协调一下？",
    "儿童乐园的滑梯有一处裂了，怕划伤孩子。",
    "个体户想了解创业补贴怎么申请。",
    "希望书城连廊多放几张长椅。",
];
