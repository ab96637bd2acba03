//! Texts that the desk keeps for answers.

use kaishi_domain::actor::Organizer;
use kaishi_domain::appeal::{Category, Template};
use kaishi_domain::{Moment, OrgId, TemplateId};
use sqlx::FromRow;

use crate::audit::{self, Spot};
use crate::pool::{on, transact};
use crate::{Error, Result, Store};

#[derive(FromRow)]
struct Row {
    template_id: String,
    category: String,
    verb: String,
    title: String,
    body: String,
}

impl Row {
    fn template(self) -> Result<Template> {
        let kind = (!self.category.is_empty()).then(|| Category::from_code(&self.category)).transpose()?;
        Ok(Template::new(self.template_id.parse()?, kind, &self.verb, &self.title, &self.body)?)
    }
}

impl Store {
    /// Every text of an organization, in the order in which they were written.
    pub async fn templates(&self, org: OrgId) -> Result<Vec<Template>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select template_id, category, verb, title, body from appeal_template
             where org_id = $1 order by verb, at, template_id",
        ).bind(org.number()).fetch_all(db).await)?;
        rows.into_iter().map(Row::template).collect()
    }

    /// Writes a text; one with its id makes way.
    pub async fn template_put(&self, by: &Organizer, text: &Template, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("template_id", text.id.to_string())];
        let spot = Spot {
            table: "appeal_template",
            columns: &["category", "verb", "title", "body"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            sqlx::query(
                "insert into appeal_template (org_id, template_id, category, verb, title, body, at)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (org_id, template_id) do update set category = excluded.category,
                   verb = excluded.verb, title = excluded.title, body = excluded.body",
            )
            .bind(by.org().number())
            .bind(text.id.to_string())
            .bind(text.category.map_or("", Category::code))
            .bind(text.verb)
            .bind(&text.title)
            .bind(text.body.as_str())
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "template.put", &text.id.to_string(), &told);
            Ok(())
        })
    }

    /// Takes a text out.
    pub async fn template_drop(&self, by: &Organizer, id: TemplateId, now: Moment) -> Result<()> {
        let fresh = self.fresh_text();
        let key = [("template_id", id.to_string())];
        let spot = Spot {
            table: "appeal_template",
            columns: &["category", "verb", "title", "body"],
            org: by.org(),
            key: &key,
        };
        transact!(self, tx => {
            let stood = spot.look(&mut (&mut *tx).into()).await?;
            let gone = sqlx::query("delete from appeal_template where org_id = $1 and template_id = $2")
                .bind(by.org().number())
                .bind(id.to_string())
                .execute(&mut *tx)
                .await?
                .rows_affected();
            if gone == 0 {
                return Err(Error::Missing("template").into());
            }
            let told = spot.change(&mut (&mut *tx).into(), &stood).await?;
            audit::signed!(tx, &fresh, (by, now), "template.drop", &id.to_string(), &told);
            Ok(())
        })
    }
}
