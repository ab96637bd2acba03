//! Walking a chain that several keys have written, one after the other: a row may be of the key of the row before it or
//! of a later one, never of an earlier one. Whoever has an old key can therefore put nothing behind the row at which
//! the next one began.

use super::{Chain, Link, PURPOSE, Seal, bytes};

/// How far a walk has come.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The links that the last row may have, each with the age of the key that wrote it. Only before the first row is
    /// there more than one.
    tips: Vec<(usize, Link)>,
}

impl Trace {
    /// Before the first row.
    pub fn start(seal: &Seal, chain: Chain) -> Self {
        let start = |key| bytes(key, &[], [PURPOSE, &chain.to_string()]);
        Self { tips: seal.ages().map(start).enumerate().collect() }
    }

    /// Goes on by a row that carries `link`; answers whether one of the keys wrote it.
    pub fn push(&mut self, seal: &Seal, columns: &[&str], link: &str) -> bool {
        for (age, tip) in &self.tips {
            for (later, key) in seal.ages().enumerate().skip(*age) {
                let next = bytes(key, &tip.0, columns.iter().copied());
                if next.to_string() == link {
                    self.tips = vec![(later, next)];
                    return true;
                }
            }
        }
        false
    }

    /// The last link, if it is this one.
    pub fn stands_at(&self, link: &str) -> Option<Link> {
        self.tips.iter().map(|(_, tip)| *tip).find(|tip| tip.to_string() == link)
    }

    /// The last link; before the first row, that of the key that writes now.
    pub fn link(&self) -> Link {
        match self.tips.last() {
            Some((_, link)) => *link,
            None => unreachable!("there is always a key"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::OrgId;
    use crate::seal::Tip;

    const CHAIN: Chain = Chain::Audit(OrgId::from_bytes([1; 3]));

    fn keys() -> [Seal; 3] {
        let old = Seal::new([1; 32]);
        [old, Seal::new([2; 32]).after_others([[1; 32]]), Seal::new([3; 32]).after_others([[2; 32], [1; 32]])]
    }

    /// Rows that are written with these keys, in this order: each with its link.
    fn written(by: &[&Seal]) -> Vec<([String; 1], String)> {
        let mut tip = Tip::start(by[0], CHAIN);
        let row = |(nth, seal): (usize, &&Seal)| {
            let columns = [nth.to_string()];
            let link = tip.push(seal, [columns[0].as_str()]);
            (columns, link.to_string())
        };
        by.iter().enumerate().map(row).collect()
    }

    fn is_sound(seal: &Seal, rows: &[([String; 1], String)]) -> bool {
        let mut trace = Trace::start(seal, CHAIN);
        rows.iter().all(|(columns, link)| trace.push(seal, &[columns[0].as_str()], link))
    }

    #[test]
    fn rows_of_older_keys_are_proved_as_long_as_those_are_honoured() {
        let [one, two, three] = keys();
        let rows = written(&[&one, &one, &two, &three, &three]);
        assert!(is_sound(&three, &rows));
        assert!(!is_sound(&two, &rows), "a key that it does not know");
        assert!(!is_sound(&Seal::new([3; 32]), &rows), "without the older ones");
        assert!(is_sound(&three, &written(&[&two, &three])), "a chain that began later");
    }

    #[test]
    fn an_older_key_writes_nothing_behind_a_newer_one() {
        let [one, two, three] = keys();
        for rows in [[&one, &two, &one], [&two, &three, &two], [&three, &one, &one]] {
            assert!(!is_sound(&three, &written(&rows)));
        }
    }

    #[test]
    fn an_empty_chain_stands_at_the_start_of_any_of_its_keys() {
        let [one, _, three] = keys();
        let trace = Trace::start(&three, CHAIN);
        assert_eq!(trace.stands_at(&one.start(CHAIN).to_string()), Some(one.start(CHAIN)));
        assert_eq!(trace.link(), three.start(CHAIN));
        assert_eq!(trace.stands_at(&Seal::new([9; 32]).start(CHAIN).to_string()), None);
    }
}
