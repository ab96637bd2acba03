//! The bulletin of a Saturday: the text, and under it where each figure comes from.

use kaishi_domain::MarketRef;
use kaishi_domain::bulletin::{Bulletin, FigureKey};
use leptos::prelude::*;

use crate::document::Page;
use crate::pages::frame::{Desk, Rail, Step, step};
use crate::words::organizer;
use crate::words::words;

words! {
    /// Names and meanings of the figures.
    Figures {
        encounters "服务人次" "Served";
        encounters_why "一人在一摊被服务一次；扫码、工作人员、纸质三个来源相加" "One person served at one stall; scan, staff and paper added";
        scan "其中扫码" "of these scanned";
        scan_why "居民自己扫摊位海报，每摊每天一次" "By residents at a poster, once a stall and day";
        staff "其中工作人员登记" "of these by staff";
        staff_why "摊位加一页，撤销的已减去" "From the +1 pads, with taps taken back subtracted";
        paper "其中纸质登记" "of these on paper";
        paper_why "停电断网时的纸票补录" "Keyed in from paper sheets";
        pending "待核" "To be reviewed";
        pending_why "手机不保存小纸条（Cookie）等，已入账，不计入服务人次" "In the ledger, outside the total until reviewed";
        talks "企业宣讲" "Talks";
        talks_why "听讲人头，单列，不计入服务人次" "Heads at talks, a line of their own outside the total";
        appeals "诉求" "Appeals";
        appeals_why "当天登记的诉求件数" "Raised on the day";
        settled "现场办结" "Settled on the spot";
        settled_why "当天在摊位上答复或办好" "Answered or solved at the stall";
        stalls "摊位" "Stalls";
        stalls_why "排了服务的摊位" "Stalls with a service";
    }
}

const fn explain(words: Figures, key: FigureKey) -> (&'static str, &'static str) {
    match key {
        FigureKey::Encounters => (words.encounters(), words.encounters_why()),
        FigureKey::Scan => (words.scan(), words.scan_why()),
        FigureKey::Staff => (words.staff(), words.staff_why()),
        FigureKey::Paper => (words.paper(), words.paper_why()),
        FigureKey::PendingReview => (words.pending(), words.pending_why()),
        FigureKey::Talks => (words.talks(), words.talks_why()),
        FigureKey::Appeals => (words.appeals(), words.appeals_why()),
        FigureKey::SettledOnSpot => (words.settled(), words.settled_why()),
        FigureKey::Stalls => (words.stalls(), words.stalls_why()),
    }
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct View {
    /// Market.
    pub market: MarketRef,
    /// Text and figures.
    pub bulletin: Bulletin,
    /// `11:42`, the moment up to which the figures are true.
    pub as_of: String,
    /// Rows of the ledger behind them.
    pub ledger_rows: i64,
    /// Signed already.
    pub signed: bool,
    /// May be signed now: the market is closed and the account may change things.
    pub may_sign: bool,
}

/// The bulletin page.
pub fn bulletin(desk: &Desk, rail: &Rail, view: View) -> Page {
    let lang = desk.lang;
    step(desk, rail, Step::Bulletin, None, move || {
        let words = organizer::Bulletin(lang);
        let (class, state) =
            if view.signed { ("chip filed", words.signed()) } else { ("chip closed", words.draft()) };
        let action = format!("/o/m/{}/bulletin", view.market);
        let sign = view.may_sign.then(|| {
            view! {
                <form method="post" action=action class="no-print">
                    <button type="submit" class="primary">{words.sign()}</button>
                </form>
            }
        });
        let paragraphs =
            view.bulletin.paragraphs.into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
        let rows = view
            .bulletin
            .figures
            .into_iter()
            .map(|figure| {
                let (name, meaning) = explain(Figures(lang), figure.key);
                view! {
                    <tr>
                        <th scope="row">{name}</th>
                        <td class="figure strong">{figure.exact}</td>
                        <td>{figure.written}</td>
                        <td class="meaning">{meaning}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            <div class="bulletin">
                <div class="head no-print">
                    <h1>{words.title()}</h1>
                    <span class=class>{state}</span>
                    {sign}
                </div>
                <article lang="zh-CN">
                    <h2>{view.bulletin.title}</h2>
                    {paragraphs}
                    <p class="signature">{view.bulletin.signature}</p>
                </article>
                <section class="no-print">
                    <h2>{words.figures()}</h2>
                    <p class="note">
                        {format!("{} {} · {} {}", words.as_of(), view.as_of, words.ledger_rows(), view.ledger_rows)}
                    </p>
                    <table class="season">
                        <thead>
                            <tr>
                                <th scope="col">{words.figure()}</th>
                                <th scope="col" class="figure">{words.exact()}</th>
                                <th scope="col">{words.written()}</th>
                                <th scope="col">{words.meaning()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </section>
            </div>
        }
    })
}
