//! Hints through NATS: a subject that all nodes hear. Nothing is kept; who is away has missed nothing that a look at
//! the version does not tell.

use std::time::Duration;

use async_nats::{Client, ConnectOptions};
use futures::StreamExt as _;
use tokio::time::sleep;

use super::Line;

/// A server that refuses us is asked again after so long.
const AGAIN: Duration = Duration::from_secs(1);

/// Speaks and hears until the line's end. The client itself comes back after a lost connection.
pub(super) fn start(line: Line, url: String) {
    tokio::spawn(async move {
        let stop = line.stop.clone();
        let client = tokio::select! {
            () = stop.cancelled() => return,
            client = connect(&url) => client,
        };
        tokio::join!(speak(&line, &client), hear(&line, &client));
    });
}

async fn connect(url: &str) -> Client {
    loop {
        match ConnectOptions::new().name("kaishi").retry_on_initial_connect().connect(url).await {
            Ok(client) => return client,
            Err(error) => tracing::warn!(%error, "NATS does not answer; screens ask by themselves"),
        }
        sleep(AGAIN).await;
    }
}

async fn speak(line: &Line, client: &Client) {
    let mut gather = line.gather();
    while let Some(messages) = line.next(&mut gather).await {
        for message in messages {
            if let Err(error) = client.publish(line.channel.clone(), message.into()).await {
                tracing::warn!(%error, "a hint was lost; screens of other nodes ask by themselves");
            }
        }
    }
}

async fn hear(line: &Line, client: &Client) {
    while !line.stop.is_cancelled() {
        match client.subscribe(line.channel.clone()).await {
            Ok(mut messages) => loop {
                let message = tokio::select! {
                    () = line.stop.cancelled() => return,
                    message = messages.next() => message,
                };
                let Some(message) = message else { break };
                line.heard(&String::from_utf8_lossy(&message.payload));
            },
            Err(error) => tracing::warn!(%error, "the bus cannot be heard; screens ask by themselves"),
        }
        sleep(AGAIN).await;
    }
}
