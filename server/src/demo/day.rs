//! The demo's day: a list before opening that is in order, two signed cells, a hazard that was settled, what
//! everybody is told. Everything goes through the verbs that people use.

use anyhow::{Context as _, Result};
use kaishi_app::state::State;
use kaishi_domain::actor::Organizer;
use kaishi_domain::announcement::{Announcement, LONGEST, Topic};
use kaishi_domain::cell::{Answer, Cell, Check, Described, Lead, Partner, Point, group};
use kaishi_domain::incident::{Deed, Promise, Step};
use kaishi_domain::layout::Layout;
use kaishi_domain::market::Market;
use kaishi_domain::moment::{Day, MINUTE};
use kaishi_domain::preflight::{Item, Mark};
use kaishi_domain::safety::{Card, Limits};
use kaishi_domain::{AnnouncementId, MarketRef};

/// As many as came, to the nearest thousand.
const EXPECTED: i64 = 5_000;

/// Who did what, so many days before the market.
const MARKS: [(Item, &str, i32, &str); 4] = [
    (Item::Permit, "社区党群岗", 24, "示例：公安许可文号"),
    (Item::Venue, "社区党群岗", 18, "示例：书城同意书"),
    (Item::Insurance, "社区综合岗", 8, "示例：保单号"),
    (Item::Power, "物业电工", 1, "三路都装了漏电保护"),
];

/// Seeds it.
pub(super) async fn day(state: &State, by: &Organizer, market: &Market, layout: &Layout) -> Result<()> {
    preflight(state, by, market).await?;
    cells(state, by, market, layout).await?;
    let now = state.now();
    let line = Announcement {
        id: AnnouncementId::new(now, state.random()),
        topic: Topic::Rain,
        words: "下雨了，摊位都在连廊里，地滑慢走。".into(),
        from: market.opens_at,
        until: market.closes_at.min(market.opens_at.plus(LONGEST)),
    };
    state.store.announce(by, market.id, &line, now).await?;
    Ok(())
}

async fn preflight(state: &State, by: &Organizer, market: &Market) -> Result<()> {
    let (held_on, now) = (Day::parse(&market.held_on)?, state.now());
    state.store.attendance_set(by, market.id, EXPECTED, now).await?;
    state.store.limits_set(by, market.id, Limits::default(), now).await?;
    let card = Card::of(
        "社区党委书记，在总服务台",
        "诗园北侧草坪\n书城南广场旗杆下",
        "红色暖XIN驿站，24 小时，饮水、充电、歇脚\n24 小时自助党群中心，书城南馆一层",
    )?;
    state.store.card_set(by, market.id, &card, now).await?;
    for (item, who, before, note) in MARKS {
        let on = held_on.plus_days(-before);
        let mark = Mark::Done { by: who.into(), on, note: note.into() };
        state.store.preflight_mark(by, market.id, item, Some(&mark), now).await?;
    }
    Ok(())
}

async fn cells(state: &State, by: &Organizer, market: &Market, layout: &Layout) -> Result<()> {
    let (at, opens) = (MarketRef { org: by.org(), market: market.id }, market.opens_at);
    let groups: Vec<_> =
        group(layout).into_iter().zip(1..).map(|(stalls, no)| (format!("第{no}邻"), stalls)).collect();
    state.store.cells_make(by, market.id, &groups, opens.plus(-90 * MINUTE)).await?;
    let made = state.store.cells(at).await?;
    let partners = [vec![Partner::Property, Partner::Security], vec![Partner::Property, Partner::Fire]];
    for ((cell, role), partners) in made.iter().zip(["保安队长", "网格员"]).zip(partners) {
        let described = Described { name: cell.name.clone(), lead: Lead::Role(role.into()), partners };
        state.store.cell_describe(by, market.id, cell.id, &described, opens.plus(-80 * MINUTE)).await?;
    }
    let (last, others) = made.split_last().context("the demo has no cells")?;
    for cell in others {
        sign(state, cell, None, "", opens.plus(-20 * MINUTE)).await?;
    }
    // One of them found a cable first; it was covered, looked at again, and signed anew.
    sign(state, last, Some(Point::Cable), "6号摊旁电线拖地", opens.plus(-50 * MINUTE)).await?;
    let hazard = state.store.incidents(at).await?.into_iter().next().context("no hazard was found")?;
    let done =
        Deed {
            words: "加了护线槽，胶带贴牢".into(), helped: Vec::new(), at: opens.plus(-40 * MINUTE)
        };
    let promise = Promise { due: Day::parse(&market.held_on)?, by: "物业电工".into() };
    let look = Step::Look { found: "护槽没有松，没有人绊".into(), well: true };
    for (step, before) in [(Step::Handle, 45), (Step::Deal(done, Some(promise)), 40), (look, 25)] {
        state.store.incident_step(by, market.id, hazard.id, &step, opens.plus(-before * MINUTE)).await?;
    }
    sign(state, last, None, "护槽已加", opens.plus(-20 * MINUTE)).await
}

async fn sign(
    state: &State,
    cell: &Cell,
    bad: Option<Point>,
    remark: &str,
    at: kaishi_domain::Moment,
) -> Result<()> {
    let head = state.store.cell_head(cell.link, at).await?;
    let answer = |point| Some(if Some(point) == bad { Answer::Unmet } else { Answer::Met });
    state.store.cell_sign(&head, &Check::of(answer, remark)?, "", at).await?;
    Ok(())
}
