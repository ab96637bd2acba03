//! One transaction of the ledger: what is new, what was there, and the counts that grow with it.
//!
//! The market's head row is locked first, so that numbers are gap-free and what was read stays true. The
//! unique keys remain the judge: if they disagree, the transaction runs again. Nearly every act is new, so a
//! batch may be written without looking first (`Care::Hopeful`); and nearly always nobody else has written since the
//! last batch, so that not even the head has to be read (`swift`).

use std::collections::{BTreeMap, HashMap, HashSet};

use kaishi_domain::encounter::Encounter;
use kaishi_domain::seal::{Link, Seal, Tip};
use kaishi_domain::{EncounterId, MarketRef, Moment, Refusal, StallId};

use super::text::PIECE;
use super::{Recorded, head, row, settle};
use crate::pool::{Attempt, Conn, Step};
use crate::{Error, Result};

/// Whether a batch reads what is there before it writes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Care {
    /// Takes every row for new. Where one was there, the whole transaction is to be run again with care.
    Hopeful,
    /// Looks first.
    Careful,
}

/// What somebody wants of the ledger.
pub(super) enum Act {
    Append(Encounter),
    Undo(Undo),
}

/// Takes back the row whose nonce is `of`.
pub(super) struct Undo {
    pub id: EncounterId,
    pub market: MarketRef,
    pub of: String,
    pub at: Moment,
    pub now: Moment,
}

impl Act {
    pub(super) const fn market(&self) -> MarketRef {
        match self {
            Self::Append(encounter) => MarketRef { org: encounter.org, market: encounter.market },
            Self::Undo(undo) => undo.market,
        }
    }
}

/// A row that is new, with what it adds to the late part of the counts.
pub(super) struct Row {
    pub encounter: Encounter,
    pub late: i64,
}

/// What a transaction came to.
pub(super) struct Written {
    /// Of each act in its place.
    pub verdicts: Vec<Result<Recorded>>,
    /// The markets whose counts have moved, with their new versions.
    pub moved: Vec<(MarketRef, i64)>,
    /// Where the heads of markets stand, once this is committed.
    pub tips: Tips,
}

/// Where heads of markets stood when this writer last committed. Another writer may have moved them since.
pub(super) type Tips = HashMap<MarketRef, Tip>;

/// So many heads are remembered.
const MOST_TIPS: usize = 1_024;

/// What a market's acts came to, with its version and tip where rows were added.
type Answers = (Vec<Result<Recorded>>, Option<(i64, Tip)>);

/// Writes all acts and answers each in its place.
pub(super) async fn write(
    conn: &mut Conn<'_>,
    seal: &Seal,
    acts: &[&Act],
    (care, mut tips): (Care, Tips),
) -> Step<Written> {
    let mut markets: BTreeMap<MarketRef, Vec<usize>> = BTreeMap::new();
    for (at, act) in acts.iter().enumerate() {
        markets.entry(act.market()).or_default().push(at);
    }
    let mut verdicts: Vec<Option<Result<Recorded>>> = acts.iter().map(|_| None).collect();
    let mut moved = Vec::new();
    // In the order of their ids: two nodes that write the same markets never wait for each other in a ring.
    for (market, places) in markets {
        let own: Vec<&Act> = places.iter().map(|at| acts[*at]).collect();
        let tip = tips.remove(&market);
        let (answers, done) = write_market(conn, seal, (market, &own), (care, tip)).await?;
        if let Some((version, tip)) = done {
            moved.push((market, version));
            if tips.len() < MOST_TIPS {
                tips.insert(market, tip);
            }
        }
        for (at, answer) in places.into_iter().zip(answers) {
            verdicts[at] = Some(answer);
        }
    }
    let verdicts =
        verdicts.into_iter().map(|verdict| verdict.unwrap_or(Err(Error::Missing("market")))).collect();
    Ok(Written { verdicts, moved, tips })
}

async fn write_market(
    conn: &mut Conn<'_>,
    seal: &Seal,
    (market, acts): (MarketRef, &[&Act]),
    (care, tip): (Care, Option<Tip>),
) -> Step<Answers> {
    // Who takes something back asks for a row that should be there.
    let hopeful = care == Care::Hopeful && acts.iter().all(|act| matches!(act, Act::Append(_)));
    if let Some(tip) = tip.filter(|_| hopeful && acts.len() <= PIECE)
        && let Some(answers) = swift(conn, seal, (market, acts), tip).await?
    {
        return Ok(answers);
    }
    let Some(mut tip) = head::lock(conn, seal, market).await? else {
        return Ok((acts.iter().map(|_| Err(Error::Missing("market"))).collect(), None));
    };
    let mut page = if hopeful { Page::default() } else { Page::read(conn, market, acts).await? };
    let verdicts: Vec<Result<Recorded>> = acts.iter().map(|act| page.judge(act)).collect();
    if page.new.is_empty() {
        return Ok((verdicts, None));
    }
    let newcomers = head::newcomers(conn, market, &page.new).await?;
    let links = row::link(seal, &mut tip, &page.new);
    page.add_to_ledger(conn, market, &links).await?;
    let version = head::advance(conn, seal, (market, &tip), newcomers).await?;
    Ok((verdicts, Some((version, tip))))
}

/// Takes the head for where it stood after the last batch; `None`, and nothing is written, where it has moved.
async fn swift(
    conn: &mut Conn<'_>,
    seal: &Seal,
    (market, acts): (MarketRef, &[&Act]),
    from: Tip,
) -> Step<Option<Answers>> {
    let mut page = Page::default();
    let verdicts: Vec<Result<Recorded>> = acts.iter().map(|act| page.judge(act)).collect();
    let mut to = from.clone();
    let links = row::link(seal, &mut to, &page.new);
    let Some(version) = head::overtake(conn, seal, (market, &from, &to), &page.new).await? else {
        return Ok(None);
    };
    page.add_to_ledger(conn, market, &links).await?;
    Ok(Some((verdicts, Some((version, to)))))
}

/// What of a market's ledger matters to one batch, and the rows that the batch adds.
#[derive(Default)]
struct Page {
    by_nonce: HashMap<String, EncounterId>,
    by_visit: HashMap<(StallId, String), EncounterId>,
    /// Rows that are to be taken back, by nonce.
    originals: HashMap<String, Encounter>,
    /// Those of them that a review has decided.
    decided: HashSet<String>,
    new: Vec<Row>,
}

impl Page {
    async fn read(conn: &mut Conn<'_>, market: MarketRef, acts: &[&Act]) -> Step<Self> {
        let mut nonces: Vec<String> = Vec::with_capacity(acts.len());
        let mut visits: Vec<(StallId, String)> = Vec::new();
        let mut undone: Vec<String> = Vec::new();
        for act in acts {
            match act {
                Act::Append(encounter) => {
                    nonces.push(encounter.nonce.clone());
                    visits.extend(encounter.visitor.clone().map(|visitor| (encounter.stall, visitor)));
                }
                Act::Undo(undo) => undone.push(undo.of.clone()),
            }
        }
        let originals = row::originals(conn, market, &undone).await?;
        nonces.extend(originals.values().map(Encounter::counter_nonce));
        Ok(Self {
            by_nonce: row::by_nonce(conn, market, &nonces).await?,
            by_visit: row::by_visit(conn, market, &visits).await?,
            decided: settle::decided(conn, market, originals.values()).await?,
            originals,
            new: Vec::new(),
        })
    }

    /// Writes the new rows and what they add to the counts.
    async fn add_to_ledger(&self, conn: &mut Conn<'_>, market: MarketRef, links: &[(i64, Link)]) -> Step<()> {
        if row::insert(conn, market, (&self.new, links)).await? != self.new.len() as u64 {
            return Err(Attempt::Again(Error::Unavailable("the ledger changed under a batch".into())));
        }
        row::tally(conn, market, &self.new).await
    }

    fn judge(&mut self, act: &Act) -> Result<Recorded> {
        match act {
            Act::Append(encounter) => Ok(self.append(encounter.clone())),
            Act::Undo(undo) => self.undo(undo),
        }
    }

    fn append(&mut self, encounter: Encounter) -> Recorded {
        if let Some(first) = self.by_nonce.get(&encounter.nonce) {
            return Recorded::Replay(*first);
        }
        if let Some(visitor) = &encounter.visitor {
            let visit = (encounter.stall, visitor.clone());
            if let Some(first) = self.by_visit.get(&visit) {
                return Recorded::SecondVisit(*first);
            }
            self.by_visit.insert(visit, encounter.id);
        }
        let late = if encounter.is_late() { encounter.n } else { 0 };
        self.add(encounter, late)
    }

    fn undo(&mut self, undo: &Undo) -> Result<Recorded> {
        let here = || self.new.iter().map(|row| &row.encounter).find(|row| row.nonce == undo.of);
        let original = self.originals.get(&undo.of).or_else(here).ok_or(Error::Missing("record"))?;
        if let Some(first) = self.by_nonce.get(&original.counter_nonce()) {
            return Ok(Recorded::Replay(*first));
        }
        // A review has taken it out of what waits; taken back as well it would leave twice, whatever the clock says.
        if self.decided.contains(&undo.of) {
            return Err(Refusal::Expired.into());
        }
        let late = if original.is_late() { -original.n } else { 0 };
        let counter = original.counter(undo.id, undo.at, undo.now)?;
        Ok(self.add(counter, late))
    }

    fn add(&mut self, encounter: Encounter, late: i64) -> Recorded {
        let id = encounter.id;
        self.by_nonce.insert(encounter.nonce.clone(), id);
        self.new.push(Row { encounter, late });
        Recorded::New(id)
    }
}
