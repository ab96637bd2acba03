//! `kaishi retention`: what is past its time is deleted, or only counted. A running server does the same among its
//! chores.

use anyhow::Result;
use kaishi_app::state::State;
use kaishi_domain::Moment;
use kaishi_domain::moment::HOUR;
use kaishi_store::{Retained, Store};

use crate::setting::Setting;

/// Delete what is past its time.
#[derive(clap::Args)]
pub struct Retention {
    /// Only say how many of what would be deleted
    #[arg(long)]
    pub dry_run: bool,
}

impl Retention {
    /// Does it once and says how much that was.
    pub async fn run(self, setting: &Setting) -> Result<()> {
        let state = crate::serve::state(setting, None).await?;
        let keep = keep(&state);
        let found = if self.dry_run {
            state.store.overstayed(keep, state.now()).await?
        } else {
            state.store.retain(keep, state.now()).await?
        };
        println!("{}", sentence(found, self.dry_run));
        state.store.close().await;
        Ok(())
    }
}

/// Milliseconds for which a contact is kept after closing.
pub fn keep(state: &State) -> i64 {
    state.limits.contact_days * 24 * HOUR
}

/// One line for the terminal.
pub fn sentence(found: Retained, dry: bool) -> String {
    let Retained { contacts, reporters, day_keys, holders, texts } = found;
    let (zh, en) = if dry { ("将删除", "would delete") } else { ("已删除", "deleted") };
    format!(
        "{zh}：联系方式 {contacts}，提诉求人的痕迹 {reporters}，市集日密钥 {day_keys}，预约的手机标记 {holders}，\
         办理文字里的号码 {texts}。 \
         {en}: contacts {contacts}, traces of reporters {reporters}, keys of market days {day_keys}, \
         marks of phones that booked {holders}, texts of handling with numbers {texts}."
    )
}

/// What an older version left in the database is put right before anything is served from it.
pub async fn mend(store: &Store, now: Moment) -> Result<()> {
    let (sealed, given) = (store.contacts_seal(now).await?, store.appeals_give_units().await?);
    if sealed + given > 0 {
        tracing::info!(sealed, given, "contacts were sealed, appeals were given their unit");
    }
    Ok(())
}
