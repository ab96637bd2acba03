//! What a stall has besides its tap: the links of its page. The page stands without them.

use kaishi_app::pages::resident::Extra;
use kaishi_app::words::queue::Queue;

use crate::route::door::Door;

/// The links of a stall's page.
pub async fn of_stall(door: &Door) -> Vec<Extra> {
    let Ok(extras) = door.state.store.extras(door.market(), door.now).await else { return Vec::new() };
    let (lang, stall) = (door.top().lang, door.scan.sign.stall);
    let queue = extras.queues.contains(&stall);
    let links = [(queue, "queue", Queue(lang).take())];
    links
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, path, label)| (format!("{}/{path}", door.path), label.to_owned()))
        .collect()
}
