//! Everybody who works at an organization, and where somebody works.

use kaishi_domain::actor::{Admin, Auditor, Role, Roles};
use kaishi_domain::{AccountId, LinkId, Moment, OrgId};

use crate::pool::on;
use crate::{Error, Organization, Result, Store};

/// Somebody who works or worked at an organization.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    /// Which account.
    pub id: AccountId,
    /// The organization that keeps the account.
    pub home: OrgId,
    /// The name typed at login.
    pub login: String,
    /// What it may do here.
    pub roles: Roles,
    /// Since when it is here.
    pub joined_at: Moment,
    /// Since when it is here no more.
    pub left_at: Option<Moment>,
}

/// An invitation that nobody has used yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Invited {
    /// Its link.
    pub link: LinkId,
    /// For which roles; none when it is for a new password.
    pub roles: Roles,
    /// Whose new password, if it is for one.
    pub login: Option<String>,
    /// Until when it opens.
    pub until: Moment,
}

type Row = (String, i64, String, i64, Option<i64>, Option<String>);

impl Store {
    /// Everybody, those who left last.
    pub async fn people(&self, by: &Auditor) -> Result<Vec<Person>> {
        let rows: Vec<Row> = on!(self.read_pool(), db => sqlx::query_as(
            "select m.account_id, m.home, m.login, m.joined_at, m.left_at, s.role from member m
             left join membership s on s.org_id = m.org_id and s.account_id = m.account_id
             where m.org_id = $1
             order by case when m.left_at is null then 0 else 1 end, m.joined_at, m.account_id",
        ).bind(by.org().number()).fetch_all(db).await)?;
        let mut people: Vec<Person> = Vec::new();
        for (id, home, login, joined_at, left_at, role) in rows {
            let id: AccountId = id.parse()?;
            if people.last().is_none_or(|last| last.id != id) {
                people.push(Person {
                    id,
                    home: OrgId::from_number(home)?,
                    login,
                    roles: Roles::default(),
                    joined_at: Moment::from_millis(joined_at),
                    left_at: left_at.map(Moment::from_millis),
                });
            }
            if let (Some(person), Some(role)) = (people.last_mut(), role) {
                person.roles = person.roles.with(Role::from_code(&role)?);
            }
        }
        Ok(people)
    }

    /// One of them.
    pub async fn person(&self, by: &Auditor, who: AccountId) -> Result<Person> {
        let people = self.people(by).await?;
        people.into_iter().find(|person| person.id == who).ok_or(Error::Missing("account"))
    }

    /// The invitations that still open.
    pub async fn invitations(&self, by: &Admin, now: Moment) -> Result<Vec<Invited>> {
        let rows: Vec<(String, String, Option<String>, i64)> = on!(self.read_pool(), db => sqlx::query_as(
            "select i.link_id, i.roles, m.login, l.expires_at from invitation i
             join link l on l.org_id = i.org_id and l.link_id = i.link_id
             left join member m on m.org_id = i.org_id and m.account_id = i.account_id
             where i.org_id = $1 and l.used_at is null and l.revoked_at is null and l.expires_at > $2
             order by i.made_at, i.link_id",
        ).bind(by.org().number()).bind(now.millis()).fetch_all(db).await)?;
        rows.into_iter()
            .map(|(link, roles, login, until)| {
                let (link, roles) = (link.parse()?, Roles::parse(&roles)?);
                Ok(Invited { link, roles, login, until: Moment::from_millis(until) })
            })
            .collect()
    }

    /// Where an account works now, oldest first.
    pub async fn postings(&self, home: OrgId, account: AccountId) -> Result<Vec<Organization>> {
        let rows: Vec<i64> = on!(self.read_pool(), db => sqlx::query_scalar(
            "select at_org from posting where org_id = $1 and account_id = $2 order by since, at_org",
        ).bind(home.number()).bind(account.to_string()).fetch_all(db).await)?;
        let mut places = Vec::new();
        for number in rows {
            let org = OrgId::from_number(number)?;
            if self.seat(org, account).await?.is_some_and(|seat| !seat.roles.is_empty()) {
                places.push(self.organization(org).await?);
            }
        }
        Ok(places)
    }
}
