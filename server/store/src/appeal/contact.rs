//! How a resident wants to be reached: sealed in a table of its own, and every reading of it is in the audit trail.

use kaishi_domain::actor::Reader;
use kaishi_domain::appeal::{Appeal, AppealCode, By, Consent, Contact};
use kaishi_domain::{Moment, OrgId, Refusal};

use super::Hand;
use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// The verb in the audit trail for a reading.
const READ: &str = "appeal.contact.read";

/// One reading of a contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reading {
    /// In which role.
    pub by: By,
    /// When.
    pub at: Moment,
}

/// What a sealed contact is bound to.
pub(super) fn place(appeal: &Appeal) -> String {
    contact_place(appeal.code.org, &appeal.id.to_string())
}

/// The same by the appeal's id.
pub(crate) fn contact_place(org: OrgId, appeal: &str) -> String {
    format!("kaishi/contact/1/{org}/{appeal}")
}

impl Store {
    /// Whether there is a contact, and under which line it was left. Nothing is opened.
    pub async fn contact_kept(&self, appeal: &Appeal) -> Result<Option<Consent>> {
        let line: Option<String> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select consent from appeal_contact where org_id = $1 and appeal_id = $2",
        ).bind(appeal.code.org.number()).bind(appeal.id.to_string()).fetch_optional(db).await)?;
        Ok(line.map(|line| Consent::from_code(&line)).transpose()?)
    }

    /// Opens a contact for whoever may read it, after it stands in the audit trail that they did.
    pub async fn contact_read(&self, hand: Hand<'_>, code: AppealCode, now: Moment) -> Result<Contact> {
        let appeal = self.appeal(code).await?;
        let by = hand.by(&appeal)?;
        if !appeal.shows_contact(by) {
            return Err(Refusal::NotAllowed.into());
        }
        let fresh = self.fresh_text();
        let sealed: Option<String> = transact!(self, tx => {
            let sealed: Option<String> = sqlx::query_scalar(
                "select sealed from appeal_contact where org_id = $1 and appeal_id = $2",
            )
            .bind(code.org.number())
            .bind(appeal.id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
            if sealed.is_some() {
                audit::record!(tx, &fresh, Act {
                    org: code.org,
                    at: now,
                    actor: &by.code(),
                    verb: READ,
                    object: &appeal.id.to_string(),
                    detail: appeal.state.code(),
                });
            }
            Ok(sealed)
        })?;
        let text = self.vault()?.open(&sealed.ok_or(Error::Missing("contact"))?, &place(&appeal))?;
        Contact::parse(&text)?.ok_or(Error::Missing("contact"))
    }

    /// Who has read it, the latest first.
    pub async fn contact_readings(&self, by: &Reader, appeal: &Appeal) -> Result<Vec<Reading>> {
        let rows: Vec<(String, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select actor, at from audit where org_id = $1 and object = $2 and verb = $3
             order by at desc, audit_id limit 20",
        ).bind(by.org().number()).bind(appeal.id.to_string()).bind(READ).fetch_all(db).await)?;
        let read = |(actor, at): (String, i64)| {
            Ok(Reading { by: By::from_code(&actor)?, at: Moment::from_millis(at) })
        };
        rows.into_iter().map(read).collect()
    }

    /// The resident takes it back.
    pub async fn contact_drop(&self, code: AppealCode, now: Moment) -> Result<()> {
        let appeal = self.appeal(code).await?;
        let fresh = self.fresh_text();
        let gone = transact!(self, tx => {
            let gone = sqlx::query("delete from appeal_contact where org_id = $1 and appeal_id = $2")
                .bind(code.org.number())
                .bind(appeal.id.to_string())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone == 1 {
                audit::record!(tx, &fresh, Act {
                    org: code.org,
                    at: now,
                    actor: &By::Resident.code(),
                    verb: "appeal.contact.drop",
                    object: &appeal.id.to_string(),
                    detail: appeal.state.code(),
                });
            }
            Ok(gone)
        })?;
        if gone == 1 { Ok(()) } else { Err(Error::Missing("contact")) }
    }
}
