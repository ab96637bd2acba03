//! The register of partner units.

mod archive;
mod history;
mod import;
mod note;
mod tie;
mod vetting;

use std::collections::BTreeMap;

use kaishi_domain::actor::{Organizer, Viewer};
use kaishi_domain::unit::{Archive, Edit, Unit, UnitKind};
use kaishi_domain::{Moment, OrgId, UnitId};
use sqlx::FromRow;

use crate::audit::{self, Act, Spot};
use crate::pool::{Attempt, Conn, Step, on, transact, via};
use crate::{Error, Result, Store};

pub use import::Imported;
pub use note::Note;
pub use vetting::Vetted;
pub(crate) use vetting::barred;

/// A unit's row, word for word: a change says which words it was made on.
#[derive(FromRow, Clone)]
struct Row {
    unit_id: String,
    name: String,
    kind: String,
    contact_role: String,
    services: String,
    card: String,
    credentials: String,
    vetting_state: String,
    archived_at: Option<i64>,
    archived_why: String,
}

const COLUMNS: &str =
    "unit_id, name, kind, contact_role, services, card, credentials, vetting_state, archived_at,
  archived_why";

impl TryFrom<Row> for Unit {
    type Error = Error;
    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.unit_id.parse()?,
            name: row.name,
            kind: UnitKind::from_code(&row.kind)?,
            contact_role: row.contact_role,
            services: serde_json::from_str(&row.services)?,
            card: serde_json::from_str(&row.card)?,
            credentials: serde_json::from_str(&row.credentials)?,
            standing: serde_json::from_str(&row.vetting_state)?,
            archived: row
                .archived_at
                .map(|at| Archive { at: Moment::from_millis(at), why: row.archived_why }),
        })
    }
}

/// One unit's row as the transaction sees it.
async fn read(conn: &mut Conn<'_>, org: OrgId, id: UnitId) -> Step<Row> {
    let row: Option<Row> = via!(conn, db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
        "select {COLUMNS} from unit where org_id = $1 and unit_id = $2",
    ))).bind(org.number()).bind(id.to_string()).fetch_optional(db).await)?;
    row.ok_or_else(|| Error::Missing("unit").into())
}

/// One unit as the transaction sees it.
pub(crate) async fn registered(conn: &mut Conn<'_>, org: OrgId, id: UnitId) -> Step<Unit> {
    Ok(read(conn, org, id).await?.try_into()?)
}

/// Adds a unit's row; it begins as a candidate whatever it says of itself.
async fn insert(conn: &mut Conn<'_>, org: OrgId, unit: &Unit, now: Moment) -> Step<()> {
    let services = serde_json::to_string(&unit.services)?;
    let card = serde_json::to_string(&unit.card)?;
    let credentials = serde_json::to_string(&unit.credentials)?;
    let added = via!(conn, db => sqlx::query(
        "insert into unit (org_id, unit_id, name, kind, contact_role, services, created_at, card, credentials)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(org.number())
    .bind(unit.id.to_string())
    .bind(&unit.name)
    .bind(unit.kind.code())
    .bind(&unit.contact_role)
    .bind(&services)
    .bind(now.millis())
    .bind(&card)
    .bind(&credentials)
    .execute(db)
    .await
    .map(drop));
    taken(added, unit)
}

/// Puts a unit in the place of the row it was made from. Another change in between starts the transaction again.
async fn replace(conn: &mut Conn<'_>, org: OrgId, before: &Row, unit: &Unit) -> Step<()> {
    let services = serde_json::to_string(&unit.services)?;
    let card = serde_json::to_string(&unit.card)?;
    let credentials = serde_json::to_string(&unit.credentials)?;
    let edited = via!(conn, db => sqlx::query(
        "update unit set name = $3, kind = $4, contact_role = $5, services = $6, card = $7, credentials = $8
         where org_id = $1 and unit_id = $2 and name = $9 and kind = $10 and contact_role = $11
           and services = $12 and card = $13 and credentials = $14",
    )
    .bind(org.number())
    .bind(unit.id.to_string())
    .bind(&unit.name)
    .bind(unit.kind.code())
    .bind(&unit.contact_role)
    .bind(&services)
    .bind(&card)
    .bind(&credentials)
    .bind(&before.name)
    .bind(&before.kind)
    .bind(&before.contact_role)
    .bind(&before.services)
    .bind(&before.card)
    .bind(&before.credentials)
    .execute(db)
    .await
    .map(|done| done.rows_affected()));
    if taken(edited, unit)? == 0 {
        return Err(Attempt::Again(Error::Taken(unit.name.clone())));
    }
    Ok(())
}

/// Says which name was taken.
fn taken<T>(done: std::result::Result<T, sqlx::Error>, unit: &Unit) -> Step<T> {
    done.map_err(|error| match error {
        error if Error::is_taken(&error) => Error::Taken(unit.name.clone()).into(),
        error => error.into(),
    })
}

/// What the trail tells of a unit.
const TOLD: [&str; 6] = ["name", "kind", "contact_role", "services", "card", "credentials"];

/// The verb of the audit trail.
const fn verb(edit: &Edit) -> &'static str {
    match edit {
        Edit::Basics { .. } => "unit.edit",
        Edit::Service(_) => "unit.service",
        Edit::DropService(_) => "unit.service_drop",
        Edit::Credential(_) => "unit.credential",
        Edit::DropCredential { .. } => "unit.credential_drop",
    }
}

impl Store {
    /// Every unit of an organization, oldest first.
    pub async fn units(&self, by: &Viewer) -> Result<Vec<Unit>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from unit where org_id = $1 order by created_at, name, unit_id",
        ))).bind(by.org().number()).fetch_all(db).await)?;
        rows.into_iter().map(Unit::try_from).collect()
    }

    /// One unit.
    pub async fn unit(&self, by: &Viewer, id: UnitId) -> Result<Unit> {
        let row: Option<Row> = on!(self.read_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "select {COLUMNS} from unit where org_id = $1 and unit_id = $2",
        ))).bind(by.org().number()).bind(id.to_string()).fetch_optional(db).await)?;
        row.ok_or(Error::Missing("unit"))?.try_into()
    }

    /// The names of an organization's units. They stand on signs and slips, so everybody may read them.
    pub async fn unit_names(&self, org: OrgId) -> Result<BTreeMap<UnitId, String>> {
        let rows: Vec<(String, String)> = on!(self.read_pool(), db => sqlx::query_as(
            "select unit_id, name from unit where org_id = $1",
        ).bind(org.number()).fetch_all(db).await)?;
        rows.into_iter().map(|(id, name)| Ok((id.parse()?, name))).collect()
    }

    /// Adds a unit as a candidate. A name that exists is [`Error::Taken`].
    pub async fn unit_add(&self, by: &Organizer, unit: &Unit, now: Moment) -> Result<()> {
        let unit = unit.clone().sound()?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            insert(&mut (&mut *tx).into(), by.org(), &unit, now).await?;
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.add",
                object: &unit.id.to_string(),
                detail: &unit.name,
            });
            Ok(())
        })
    }

    /// Changes what is known of a unit and answers it. A name that another unit has is [`Error::Taken`].
    pub async fn unit_edit(&self, by: &Organizer, id: UnitId, edit: &Edit, now: Moment) -> Result<Unit> {
        let fresh = self.fresh_text();
        let key = [("unit_id", id.to_string())];
        let spot = Spot { table: "unit", columns: &TOLD, org: by.org(), key: &key };
        let unit = transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let before = read(&mut (&mut *tx).into(), by.org(), id).await?;
            let unit = Unit::try_from(before.clone())?.edited(edit)?;
            replace(&mut (&mut *tx).into(), by.org(), &before, &unit).await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            let verb = verb(edit);
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb,
                object: &id.to_string(),
                detail: &told,
            });
            Ok(unit)
        })?;
        // Its name and its card stand on pages that residents look at.
        self.scans.clear();
        Ok(unit)
    }
}
