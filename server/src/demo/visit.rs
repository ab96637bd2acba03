//! What the demo's stalls have besides their tap: a queue at the first-aid class, a quiz for coffee.

use anyhow::{Context as _, Result};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::market::Market;
use kaishi_domain::queue::{Standing, Terms};
use kaishi_domain::quiz::Question;
use kaishi_domain::reward::{Cause, Reward};
use kaishi_domain::{MarketRef, QuestionId, StallId};
use serde::Deserialize;

/// The first-aid class.
const QUEUE: &str = "12";
/// The coffee.
const COFFEE: &str = "10";
const QUIZ: &str = include_str!("../../demo/quiz.json");

#[derive(Deserialize)]
struct Bank {
    questions: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    question: String,
    options: Vec<String>,
    right: usize,
    why: String,
}

async fn stall(state: &State, market: &Market, no: &str) -> Result<StallId> {
    let at = MarketRef { org: market.org, market: market.id };
    let signs = state.store.signs(at, state.now()).await?;
    let sign = signs.iter().find(|sign| sign.no == no).context("the demo has lost a stall")?;
    Ok(sign.stall)
}

/// Switches both on.
pub(super) async fn seed(state: &State, by: &Organizer, market: &Market) -> Result<()> {
    let queue = (Terms::new(2, Some(8))?, Standing::Open);
    state.store.queue_set(by, market.id, stall(state, market, QUEUE).await?, queue, state.now()).await?;
    let now = state.now();
    let bank: Bank = serde_json::from_str(QUIZ)?;
    let mut questions = Vec::new();
    for (line, at) in bank.questions.into_iter().zip(1..) {
        let id = QuestionId::new(now.plus(at), state.random());
        questions.push(Question::new(id, &line.question, &line.options, line.right, &line.why)?);
    }
    state.store.questions_add(by, &questions, now).await?;
    let stall = stall(state, market, COFFEE).await?;
    let coffee = Reward { cause: Cause::Quiz, stall, prize: "一杯咖啡".into(), needs: 2, most: 200 };
    state.store.reward_set(by, market.id, coffee, true, now).await?;
    Ok(())
}
