//! Hints through LISTEN and NOTIFY: one task speaks, one hears, each on a connection of its own.

use std::sync::Arc;
use std::time::Duration;

use kaishi_store::Wire;
use tokio::time::sleep;

use super::Line;

/// A line that was lost is opened again after so long.
const AGAIN: Duration = Duration::from_secs(1);

/// Speaks and hears until the line's end.
pub(super) fn start(line: &Line, wire: Wire) {
    let wire = Arc::new(wire);
    let (mouth, ear) = (line.clone(), line.clone());
    tokio::spawn(speak(mouth, wire.clone()));
    tokio::spawn(hear(ear, wire));
}

async fn speak(line: Line, wire: Arc<Wire>) {
    let mut gather = line.gather();
    while let Some(messages) = line.next(&mut gather).await {
        if let Err(error) = wire.send(&messages).await {
            tracing::warn!(%error, "a hint was lost; screens of other nodes ask by themselves");
            sleep(AGAIN).await;
        }
    }
}

async fn hear(line: Line, wire: Arc<Wire>) {
    loop {
        tokio::select! {
            () = line.stop.cancelled() => return,
            ended = wire.listen(|message| line.heard(message)) => if let Err(error) = ended {
                tracing::warn!(%error, "the bus cannot be heard; screens ask by themselves");
            },
        }
        tokio::select! {
            () = line.stop.cancelled() => return,
            () = sleep(AGAIN) => {}
        }
    }
}
