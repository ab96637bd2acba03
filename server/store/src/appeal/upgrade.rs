//! What older versions left behind and SQL alone cannot mend: contacts in plain text, appeals without their unit.
//! Run at each start; finds nothing once it has run.

use kaishi_domain::appeal::{Appeal, AppealCode, Consent, Contact};
use kaishi_domain::{Moment, OrgId};
use sqlx::FromRow;

use super::place;
use super::row::{COLUMNS, Row};
use crate::audit::{self, Act};
use crate::pool::{on, transact};
use crate::{Result, Store};

/// Rows that are looked at together.
const BATCH: i64 = 200;

#[derive(FromRow)]
struct Plain {
    code: String,
    contact: String,
}

impl Store {
    /// Seals every contact that still stands in plain text beside its appeal, and empties the old column.
    pub async fn contacts_seal(&self, now: Moment) -> Result<u64> {
        let mut sealed = 0;
        for org in self.organizations().await?.into_iter().map(|organization| organization.id) {
            let mut last = String::new();
            loop {
                let rows: Vec<Plain> = on!(self.write_pool(), db => sqlx::query_as(
                    "select code, contact from appeal where org_id = $1 and contact is not null and code > $3
                     order by code limit $2",
                ).bind(org.number()).bind(BATCH).bind(&last).fetch_all(db).await)?;
                let Some(end) = rows.last() else { break };
                last.clone_from(&end.code);
                for Plain { code, contact } in rows {
                    let appeal = self.appeal(AppealCode { org, slip: code.parse()? }).await?;
                    sealed += self.contact_move(&appeal, &contact, now).await?;
                }
            }
        }
        Ok(sealed)
    }

    /// Of two nodes that start at once, the one that empties the column has sealed it.
    async fn contact_move(&self, appeal: &Appeal, plain: &str, now: Moment) -> Result<u64> {
        let kept = Contact::parse(plain)?;
        let seal = |contact: &Contact| self.vault()?.seal(contact.as_str(), &place(appeal), self.random());
        let sealed = kept.as_ref().map(seal).transpose()?;
        let fresh = self.fresh_text();
        transact!(self, tx => {
            let emptied = sqlx::query(
                "update appeal set contact = null where org_id = $1 and appeal_id = $2 and contact = $3",
            )
            .bind(appeal.code.org.number())
            .bind(appeal.id.to_string())
            .bind(plain)
            .execute(&mut *tx)
            .await?
            .rows_affected();
            if let (1, Some(sealed)) = (emptied, &sealed) {
                sqlx::query(
                    "insert into appeal_contact (org_id, appeal_id, sealed, consent, at)
                     values ($1, $2, $3, $4, $5) on conflict (org_id, appeal_id) do nothing",
                )
                .bind(appeal.code.org.number())
                .bind(appeal.id.to_string())
                .bind(sealed)
                .bind(Consent::Before.code())
                .bind(appeal.raised_at.millis())
                .execute(&mut *tx)
                .await?;
                audit::record!(tx, &fresh, Act {
                    org: appeal.code.org,
                    at: now,
                    actor: "system",
                    verb: "appeal.contact.seal",
                    object: &appeal.id.to_string(),
                    detail: "",
                });
            }
            Ok(emptied)
        })
    }

    /// Gives every appeal that was sent before units were kept beside it the unit that its state names.
    pub async fn appeals_give_units(&self) -> Result<u64> {
        let mut given = 0;
        for org in self.organizations().await?.into_iter().map(|organization| organization.id) {
            let mut last = String::new();
            loop {
                // A row that has been stepped since carries more than empty braces.
                let rows: Vec<Row> = on!(self.write_pool(), db => sqlx::query_as(sqlx::AssertSqlSafe(format!(
                    "select {COLUMNS} from appeal where org_id = $1 and care = '{{}}' and code > $3
                     order by code limit $2",
                ))).bind(org.number()).bind(BATCH).bind(&last).fetch_all(db).await)?;
                if rows.is_empty() {
                    break;
                }
                for row in rows {
                    let appeal = row.appeal()?;
                    last = appeal.code.slip.to_string();
                    given += self.unit_give(org, &appeal).await?;
                }
            }
        }
        Ok(given)
    }

    async fn unit_give(&self, org: OrgId, appeal: &Appeal) -> Result<u64> {
        let (care, unit) = (serde_json::to_string(&appeal.care)?, appeal.state.answers());
        let into = appeal.state.merged_into();
        let given = transact!(self, tx => {
            Ok(sqlx::query(
                "update appeal set care = $3, unit_id = $4, merged_into = $5
                 where org_id = $1 and appeal_id = $2 and care = '{}' and changed_at = $6",
            )
            .bind(org.number())
            .bind(appeal.id.to_string())
            .bind(&care)
            .bind(unit.map(|unit| unit.to_string()))
            .bind(into.map(|into| into.to_string()))
            .bind(appeal.changed_at.millis())
            .execute(&mut *tx)
            .await?
            .rows_affected())
        })?;
        Ok(if unit.is_some() { given } else { 0 })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kaishi_domain::appeal::SlipCode;
    use kaishi_domain::chance::{self, Chance, Seeded};
    use kaishi_domain::id::hex;
    use kaishi_domain::seal::Seal;

    use super::*;
    use crate::{Hand, Vault};

    const AT: Moment = Moment::from_millis(1_683_945_720_000);

    /// A database as the version before this one left it: a contact in plain text, an appeal that was sent to a unit.
    async fn left_behind(store: &Store, org: OrgId) {
        let unit = "0188127a6a4073038303030303030303";
        let sent = format!(r#"{{"state":"dispatched","to":"{unit}","at":{},"round":"first"}}"#, AT.millis());
        for statement in [
            "insert into organization (org_id, name, district, created_at) values ($1, '', '', 0)".to_owned(),
            "insert into ground (org_id, ground_id, title, body) values ($1, 'g', '', '{}')".to_owned(),
            "insert into market (org_id, market_id, ordinal, name, theme, tagline, held_on, opens_at, closes_at, time_zone,
               stage, plan, weather, ground_id, host, organizer, participants, zones)
             values ($1, '0188127a6a4071018101010101010101', 1, '', '', '', '2023-05-13', 0, 0, 'Asia/Shanghai',
               'open', 'fair', '', 'g', '', '', '', '[]')"
                .to_owned(),
            format!(
                "insert into appeal (org_id, appeal_id, code, market_id, channel, category, words, contact, state,
                   detail, nonce, raised_at, changed_at)
                 values ($1, '0188127a6a4072028202020202020202', 'K7Q2M4',
                   '0188127a6a4071018101010101010101', 'scan', 'help', '路灯', ' 13800138000 ', 'dispatched',
                   '{sent}', 'n', 0, 0)"
            ),
        ] {
            on!(store.write_pool(), db => sqlx::query(sqlx::AssertSqlSafe(statement))
                .bind(org.number()).execute(db).await.map(drop))
            .unwrap();
        }
    }

    async fn mended(store: Store) {
        let org = OrgId::from_bytes([1, 2, 3]);
        left_behind(&store, org).await;
        let code = AppealCode { org, slip: "K7Q2M4".parse::<SlipCode>().unwrap() };
        assert!(store.contacts_seal(AT).await.is_err(), "without a key nothing is lost");
        let store = store.keeping(Vault::new([4; 32]));
        let both = tokio::join!(store.contacts_seal(AT), store.contacts_seal(AT));
        assert_eq!(both.0.unwrap() + both.1.unwrap(), 1);
        assert_eq!(store.contacts_seal(AT).await.unwrap(), 0, "found once");
        let appeal = store.appeal(code).await.unwrap();
        assert_eq!(store.contact_kept(&appeal).await.unwrap(), Some(Consent::Before));
        let plain: Option<String> = on!(store.write_pool(), db => sqlx::query_scalar(
            "select contact from appeal where org_id = $1",
        ).bind(org.number()).fetch_one(db).await)
        .unwrap();
        assert_eq!(plain, None, "the old column is empty");
        assert_eq!(store.contact_read(Hand::Resident, code, AT).await.unwrap().as_str(), "13800138000");

        assert_eq!(store.appeals_give_units().await.unwrap(), 1);
        assert_eq!(store.appeals_give_units().await.unwrap(), 0);
        let unit: Option<String> = on!(store.write_pool(), db => sqlx::query_scalar(
            "select unit_id from appeal where org_id = $1",
        ).bind(org.number()).fetch_one(db).await)
        .unwrap();
        assert_eq!(unit, appeal.state.answers().map(|unit| unit.to_string()));
        store.close().await;
    }

    #[tokio::test]
    async fn plain_contacts_are_sealed_and_old_appeals_get_their_unit() {
        let seed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
        let chance: Arc<dyn Chance> = Arc::new(Seeded::new(seed as u64));
        let name = hex(&chance::bytes::<8>(&*chance));
        mended(Store::open("sqlite::memory:", chance.clone(), Seal::new([7; 32])).await.unwrap()).await;
        let url = std::env::var("KAISHI_TEST_POSTGRES")
            .expect("KAISHI_TEST_POSTGRES names no PostgreSQL; `make test` starts one");
        mended(
            Store::open_postgres_schema(&url, &format!("u{name}"), chance, Seal::new([7; 32])).await.unwrap(),
        )
        .await;
    }
}
