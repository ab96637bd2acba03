//! How hints are put into messages: the node's name, then a hint a line. One message carries many, and stays below the
//! eight thousand bytes that a NOTIFY may have.

use kaishi_store::Hint;

/// The most bytes of a message.
const MOST: usize = 7_000;

/// Writes this node's messages and leaves them out when they come back.
#[derive(Clone)]
pub(super) struct Packet {
    node: String,
}

impl Packet {
    /// Of the node with this name.
    pub(super) const fn of(node: String) -> Self {
        Self { node }
    }

    /// As few messages as hold all.
    pub(super) fn write(&self, hints: &[Hint]) -> Vec<String> {
        let mut messages: Vec<String> = Vec::new();
        for hint in hints {
            let line = hint.line();
            match messages.last_mut().filter(|message| message.len() + line.len() < MOST) {
                Some(message) => {
                    message.push('\n');
                    message.push_str(&line);
                }
                None => messages.push(format!("{}\n{line}", self.node)),
            }
        }
        messages
    }

    /// The hints of a message, none of one of our own. What cannot be read is left out.
    pub(super) fn read<'a>(&self, message: &'a str) -> impl Iterator<Item = Hint> + use<'a> {
        let (node, lines) = message.split_once('\n').unwrap_or_default();
        let lines = if node == self.node { "" } else { lines };
        lines.lines().filter_map(|line| Hint::read(line).ok())
    }
}

#[cfg(test)]
mod tests {
    use kaishi_domain::{MarketId, MarketRef, Moment, OrgId};
    use kaishi_store::Whence;

    use super::*;

    #[test]
    fn messages_hold_all_hints_and_say_whose_they_are() {
        let (one, other) = (Packet::of("a".into()), Packet::of("b".into()));
        let hints: Vec<Hint> = (0..500_u64)
            .map(|n| {
                let mut random = [0; 10];
                random[2..].copy_from_slice(&n.to_be_bytes());
                let market = MarketId::new(Moment::from_millis(1), random);
                let market = MarketRef { org: OrgId::from_bytes([0, 0, 1]), market };
                Hint { market, version: Some(n as i64 + 1), whence: Whence::Elsewhere }
            })
            .collect();
        let messages = one.write(&hints);
        assert!(messages.len() > 1 && messages.iter().all(|message| message.len() < 8_000));
        let read: Vec<Hint> = messages.iter().flat_map(|message| other.read(message)).collect();
        assert_eq!(read, hints);
        assert_eq!(one.read(&messages[0]).count(), 0, "our own come back and are left out");
        assert_eq!(other.read("").chain(other.read("a\nnonsense")).count(), 0);
    }
}
