//! What a stall has besides its tap: the links of its page. The page stands without them.

use kaishi_app::pages::resident::Extra;
use kaishi_app::words::queue::Queue;
use kaishi_app::words::quiz::Quiz;

use crate::route::door::Door;

/// The links of a stall's page.
pub async fn of_stall(door: &Door) -> Vec<Extra> {
    let Ok(extras) = door.state.store.extras(door.market(), door.now).await else { return Vec::new() };
    let (lang, stall) = (door.lang, door.scan.sign.stall);
    let queue = extras.queues.contains(&stall);
    let quiz = extras.quiz == Some(stall);
    let links = [(queue, "queue", Queue(lang).take()), (quiz, "quiz", Quiz(lang).open())];
    links
        .into_iter()
        .filter(|(on, ..)| *on)
        .map(|(_, path, label)| (format!("{}/{path}", door.path), label.to_owned()))
        .collect()
}

/// The link from the page after the tap to the stamp card, where there is one.
pub async fn of_visit(door: &Door) -> Vec<Extra> {
    let Ok(extras) = door.state.store.extras(door.market(), door.now).await else { return Vec::new() };
    let card = (format!("/m/{}/stamps", door.market()), Quiz(door.lang).stamps().to_owned());
    extras.stamps.map(|_| card).into_iter().collect()
}
