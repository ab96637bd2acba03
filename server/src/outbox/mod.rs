//! Sends what waits in the outbox: one task, each message until its address has it or its tries are over.
//!
//! Only to hosts on the operator's list, never along a redirect, never into a private network unless the operator
//! vouches for it by name and port. Signed as Standard Webhooks asks, so that the other side knows who speaks.

mod guard;

use std::time::Duration;

use data_encoding::BASE64;
use futures::StreamExt as _;
use kaishi_app::state::State;
use kaishi_domain::moment::SECOND;
use kaishi_domain::outbox::{Miss, Target, signature};
use kaishi_domain::{Moment, OrgId};
use kaishi_store::{Due, Outcome, Result, Webhook};
use reqwest::Client;
use reqwest::redirect::Policy;
use tokio_util::sync::CancellationToken;

/// Between two looks at what waits.
const PAUSE: Duration = Duration::from_secs(2);
/// So long an address may take for all it has to do.
const PATIENCE: Duration = Duration::from_secs(10);
/// Messages on their way at once.
const AT_ONCE: usize = 8;

/// What sends.
#[derive(Clone)]
pub struct Postman {
    state: State,
    /// Refuses private networks.
    guarded: Client,
    /// Goes where the operator vouches for the address.
    vouched: Client,
}

/// `whsec_…`: what the other side checks signatures with.
pub fn written(secret: &[u8; 32]) -> String {
    format!("whsec_{}", BASE64.encode(secret))
}

impl Postman {
    /// Makes the two clients.
    pub fn new(state: &State) -> reqwest::Result<Self> {
        let client =
            || Client::builder().redirect(Policy::none()).timeout(PATIENCE).no_proxy().user_agent("kaishi");
        Ok(Self {
            state: state.clone(),
            guarded: client().https_only(true).dns_resolver(guard::Resolver::shared()).build()?,
            vouched: client().build()?,
        })
    }

    /// Sends until the server ends.
    pub async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.deliver().await {
                tracing::warn!(%error, "the outbox was not read");
            }
            tokio::select! {
                () = tokio::time::sleep(PAUSE) => {}
                () = stop.cancelled() => {}
            }
        }
    }

    /// Sends once what is due everywhere, and says how many tries that were.
    pub async fn deliver(&self) -> Result<usize> {
        let mut tries = 0;
        for organization in self.state.store.organizations().await? {
            let Some(hook) = self.state.store.webhook(organization.id).await? else { continue };
            let due = self.state.store.outbox_take(organization.id, self.state.now()).await?;
            tries += due.len();
            let ways = due.into_iter().map(|due| self.one(organization.id, &hook, due));
            futures::stream::iter(ways).for_each_concurrent(AT_ONCE, |way| way).await;
        }
        Ok(tries)
    }

    async fn one(&self, org: OrgId, hook: &Webhook, due: Due) {
        let now = self.state.now();
        let outcome = self.send(org, hook, &due, now).await;
        if let Err(error) = self.state.store.outbox_settle(org, &due, outcome, self.state.now()).await {
            tracing::warn!(%error, "a try was not noted; it comes again");
        }
    }

    async fn send(&self, org: OrgId, hook: &Webhook, due: &Due, now: Moment) -> Outcome {
        let Ok(target) = Target::read(&hook.url, &self.state.limits.hosts) else {
            return Outcome::Missed(Miss::Host, None);
        };
        let body = envelope(due);
        // One for each key that is honoured: whoever copied the secret of before goes on with it.
        let secrets = self.state.keys.message_secrets(org, hook.turn);
        let signed =
            |secret: &[u8; 32]| format!("v1,{}", BASE64.encode(&signature(secret, &due.id, now, &body)));
        let tags: Vec<String> = secrets.iter().map(signed).collect();
        let client = if target.vouched { &self.vouched } else { &self.guarded };
        let sent = client
            .post(&target.url)
            .header("content-type", "application/json")
            .header("webhook-id", &due.id)
            .header("webhook-timestamp", (now.millis() / SECOND).to_string())
            .header("webhook-signature", tags.join(" "))
            .body(body)
            .send()
            .await;
        // What it says beside its status is nobody's business, and may be endless: it is not read.
        match sent {
            Ok(answer) => match answer.status() {
                status if status.is_success() => Outcome::Sent(status.as_u16()),
                status if status.is_redirection() => Outcome::Missed(Miss::Redirect, Some(status.as_u16())),
                status => Outcome::Missed(Miss::Status, Some(status.as_u16())),
            },
            Err(error) if guard::is_refused(&error) => Outcome::Missed(Miss::Private, None),
            Err(error) if error.is_timeout() => Outcome::Missed(Miss::Slow, None),
            Err(_) => Outcome::Missed(Miss::Connect, None),
        }
    }
}

/// What is sent: the kind, when it came up, and what it tells.
fn envelope(due: &Due) -> String {
    let data: serde_json::Value = serde_json::from_str(&due.body).unwrap_or_default();
    serde_json::json!({ "type": due.kind, "timestamp": due.made.millis(), "data": data }).to_string()
}
