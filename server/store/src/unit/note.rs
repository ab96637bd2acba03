//! What organizers tell each other of a unit. There is no verb for anybody else.

use kaishi_domain::actor::Organizer;
use kaishi_domain::unit::note;
use kaishi_domain::{Moment, NoteId, UnitId};
use sqlx::FromRow;

use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

/// One note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Which.
    pub id: NoteId,
    /// What.
    pub words: String,
    /// The login of its writer.
    pub writer: String,
    /// When.
    pub at: Moment,
}

#[derive(FromRow)]
struct Row {
    note_id: String,
    words: String,
    login: Option<String>,
    at: i64,
}

impl Store {
    /// The notes on a unit, latest first.
    pub async fn unit_notes(&self, by: &Organizer, unit: UnitId) -> Result<Vec<Note>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select n.note_id, n.words, a.login, n.at from unit_note n
             left join member a on a.org_id = n.org_id and a.account_id = n.account_id
             where n.org_id = $1 and n.unit_id = $2 order by n.at desc, n.note_id desc",
        ).bind(by.org().number()).bind(unit.to_string()).fetch_all(db).await)?;
        let read = |row: Row| {
            Ok(Note {
                id: row.note_id.parse()?,
                words: row.words,
                writer: row.login.unwrap_or_default(),
                at: Moment::from_millis(row.at),
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Writes a note. The trail says that it was written, not what it says.
    pub async fn unit_note_add(
        &self,
        by: &Organizer,
        unit: UnitId,
        words: &str,
        now: Moment,
    ) -> Result<NoteId> {
        let words = note(words)?;
        let id = NoteId::new(now, self.random());
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let done = sqlx::query(
                "insert into unit_note (org_id, unit_id, note_id, words, account_id, at)
                 select org_id, unit_id, $3, $4, $5, $6 from unit where org_id = $1 and unit_id = $2",
            )
            .bind(by.org().number())
            .bind(unit.to_string())
            .bind(id.to_string())
            .bind(&words)
            .bind(by.account().to_string())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("unit").into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.note",
                object: &unit.to_string(),
                detail: &id.to_string(),
            });
            Ok(id)
        })
    }

    /// Takes a note away.
    pub async fn unit_note_drop(
        &self,
        by: &Organizer,
        unit: UnitId,
        note: NoteId,
        now: Moment,
    ) -> Result<()> {
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let done = sqlx::query("delete from unit_note where org_id = $1 and unit_id = $2 and note_id = $3")
                .bind(by.org().number())
                .bind(unit.to_string())
                .bind(note.to_string())
                .execute(&mut *tx)
                .await?;
            if done.rows_affected() == 0 {
                return Err(Error::Missing("note").into());
            }
            audit::record!(tx, &fresh, Act {
                org: by.org(),
                at: now,
                actor: &by.account().to_string(),
                verb: "unit.note_drop",
                object: &unit.to_string(),
                detail: &note.to_string(),
            });
            Ok(())
        })
    }
}
