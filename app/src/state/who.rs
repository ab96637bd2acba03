//! Who is signed in: what a session says, and what the database says of it at this request.

use kaishi_domain::actor::{Actor, Seat};
use kaishi_domain::moment::HOUR;
use kaishi_domain::{AccountId, Moment, OrgId};
use kaishi_store::session::{ACCOUNT, AT, BEGAN, HALF, ORG};
use tower_sessions::Session;

use super::State;
use crate::fault::Fault;

/// However busy a session is, after so long it signs in again.
const LONGEST: i64 = 7 * 24 * HOUR;

impl State {
    /// The account of a session at the organization where it works now, with its roles of this moment.
    pub async fn seat(&self, session: &Session) -> Result<Option<Seat>, Fault> {
        let read = |error| {
            tracing::warn!(%error, "a session could not be read");
            Fault::Unavailable
        };
        let home: Option<OrgId> = session.get(ORG).await.map_err(read)?;
        let account: Option<String> = session.get(ACCOUNT).await.map_err(read)?;
        let half: Option<bool> = session.get(HALF).await.map_err(read)?;
        let began: Option<i64> = session.get(BEGAN).await.map_err(read)?;
        let (Some(home), Some(account), None) = (home, account, half) else { return Ok(None) };
        if began.is_some_and(|began| self.now().since(Moment::from_millis(began)) > LONGEST) {
            return Ok(None);
        }
        let Ok(account) = account.parse::<AccountId>() else { return Ok(None) };
        let at: Option<OrgId> = session.get(AT).await.map_err(read)?;
        if let Some(at) = at
            && let Some(seat) = self.store.seat(at, account).await?
        {
            return Ok(Some(seat));
        }
        // Whoever works there no more is at home again.
        Ok(self.store.seat(home, account).await?)
    }

    /// Whether a seat lacks the second factor that this server asks for.
    pub fn is_bare(&self, seat: &Seat) -> bool {
        self.limits.second && !seat.second
    }

    /// Whoever reads there, with the roles that the database says now.
    pub async fn actor(&self, session: &Session) -> Result<Option<Actor>, Fault> {
        let seat = self.seat(session).await?.filter(|seat| !self.is_bare(seat));
        Ok(seat.and_then(|seat| seat.actor().ok()))
    }
}
