//! Whether residents can read what we write: somebody of seventy, in the sun, with one hand. Rules that can fail, over
//! every Chinese text of a resident's page and of a poster.

use kaishi_domain::announcement::Topic;
use kaishi_domain::appeal::{
    Aspect, Handler, Outcome, Rating, Resolution, Review, Round, SlipCode, State, Verb, Words,
};
use kaishi_domain::booking::{Bar, NoShow};
use kaishi_domain::{Moment, UnitId};

use super::Lang::Zh;
use super::story::{Names, Story};
use super::told::Told;
use super::{
    appeal, booking, common, contact, day, desk, duty, poster, queue, quiz, rain, resident, screen, unit,
};

/// The longest sentence, in letters.
const SENTENCE: usize = 26;
/// The longest piece between two commas.
const CLAUSE: usize = 16;
/// Pieces in a sentence.
const CLAUSES: usize = 3;

/// Words of offices and of machines, which nobody says aloud at a stall.
const STIFF: [&str; 36] = [
    "办理",
    "受理",
    "予以",
    "进行",
    "相关",
    "系统",
    "核销",
    "兑换",
    "审核",
    "用户",
    "采纳",
    "督办",
    "催办",
    "经办",
    "写入",
    "无法",
    "如需",
    "知悉",
    "敬请",
    "反馈",
    "异常",
    "失败",
    "无效",
    "参数",
    "终端",
    "台账",
    "工单",
    "办结",
    "派单",
    "生效",
    "届时",
    "逾期",
    "超时",
    "页面失效",
    "客户端",
    "身份验证",
];

/// Latin letters that stand on the thing itself: the box on the wall, a code, the letters no code has, a language.
const LATIN: [&str; 5] = ["AED", "English", "K7QM2X", "K7QM", "I、L、O、U"];

/// Every text of a resident's page with a name by which it is found.
fn texts() -> Vec<(String, String)> {
    let tables: [(&str, &[(&str, &str)]); 20] = [
        ("common", common::Common::ALL),
        ("faults", common::Faults::ALL),
        ("screen", screen::Screen::ALL),
        ("resident", resident::Resident::ALL),
        ("tap", resident::Tap::ALL),
        ("done", resident::Done::ALL),
        ("no", resident::No::ALL),
        ("square", resident::Square::ALL),
        ("number", resident::PosterNumber::ALL),
        ("categories", appeal::Categories::ALL),
        ("raise", appeal::Raise::ALL),
        ("slip", appeal::Slip::ALL),
        ("mine", contact::Mine::ALL),
        ("voices", desk::Voices::ALL),
        ("my photos", desk::MyPhotos::ALL),
        ("my agency", duty::MyAgency::ALL),
        ("my grid", duty::MyGrid::ALL),
        ("queue", queue::Queue::ALL),
        ("quiz", quiz::Quiz::ALL),
        ("booking", booking::Booking::ALL),
    ];
    let printed: (&str, &[(&str, &str)]) = ("printed", poster::Printed::ALL);
    let keyed = tables.into_iter().chain([printed]).flat_map(|(table, texts)| {
        texts.iter().map(move |(key, text)| (format!("{table}.{key}"), (*text).to_owned()))
    });
    let (no, queue, quiz, leaf) = (resident::No(Zh), queue::Queue(Zh), quiz::Quiz(Zh), poster::Printed(Zh));
    let hours = booking::Booking(Zh);
    let (aid, card, moved) = (day::Emergency(Zh), unit::Units(Zh), rain::Rain(Zh));
    let made = [
        ("emergency.lead", aid.lead().to_owned()),
        ("emergency.assembly", aid.assembly().to_owned()),
        ("emergency.hydrant", aid.hydrant().to_owned()),
        ("emergency.facilities", aid.facilities().to_owned()),
        ("card.identity", card.identity().to_owned()),
        ("card.duty", card.duty().to_owned()),
        ("card.pledge", card.pledge().to_owned()),
        ("sign.moved", moved.sign_moved().to_owned()),
        ("sign.follow", moved.sign_follow().to_owned()),
        ("sign.code", moved.sign_code().to_owned()),
        ("no.from", no.from("9:00")),
        ("no.comes", no.comes("5月13日")),
        ("no.past", no.past("5月13日")),
        ("contact.until", contact::until(Zh, 30)),
        ("queue.ahead", queue.ahead(3)),
        ("queue.about", queue.about(20)),
        ("queue.soon", queue.about(0)),
        ("queue.line", queue.line(3)),
        ("booking.left", hours.left(3)),
        ("booking.minutes", hours.minutes(60)),
        ("booking.each", hours.each(2)),
        ("booking.cutoff", hours.cutoff(2)),
        ("booking.free", hours.cutoff(0)),
        ("booking.no_show", hours.no_show(NoShow { times: 2, within: 4, pause: 2 })),
        ("booking.until", hours.until("5月13日 10:00")),
        ("booking.many", hours.bar(Bar::TooMany(2), "")),
        ("booking.paused", hours.bar(Bar::Paused(Moment::from_millis(0)), "5月13日")),
        ("quiz.been", quiz.been(3)),
        ("quiz.missing", quiz.missing(2, "一杯咖啡")),
        ("printed.place", leaf.place("2")),
        ("pack.look", super::pack::Leaf(Zh).look("社区网址")),
    ];
    let made = made.map(|(name, text)| (name.to_owned(), text));
    keyed.chain(made).chain(announced()).chain(told()).collect()
}

/// What everybody is told by a template.
fn announced() -> impl Iterator<Item = (String, String)> {
    let text = |topic| day::Announcements::template(topic).map(str::to_owned);
    Topic::ALL.iter().filter_map(move |topic| Some((format!("announced.{topic:?}"), text(*topic)?)))
}

/// An appeal in each of its states and each of its steps, as whoever raised it reads it.
fn told() -> impl Iterator<Item = (String, String)> {
    let (at, words) = (Moment::from_millis(0), Words::default());
    let unit: UnitId = UnitId::new(at, [7; 10]);
    let into: SlipCode = "K7QM2X".parse().expect("a code");
    let names = Names { units: [(unit, "福中物业".to_owned())].into(), ..Names::default() };
    let by = Handler::Unit(unit);
    let done = |on_the_spot| Resolution { by, at, how: words.clone(), on_the_spot };
    let (round, why, to, rating) = (Round::First, words.clone(), words.clone(), Rating::Satisfied);
    let outcomes = [
        Outcome::Settled { resolution: done(false), rated: None },
        Outcome::Merged { into },
        Outcome::Referred { to: to.clone() },
        Outcome::Unsolvable { why: why.clone() },
        Outcome::OutOfScope { why: why.clone() },
        Outcome::Withdrawn,
    ];
    let states = [
        State::Raised,
        State::Accepted { at, round },
        State::Accepted { at, round: Round::Redone },
        State::Dispatched { to: unit, at, round },
        State::Returned { by: unit, why: why.clone(), at, round },
        State::Taken { by: unit, at, round },
        State::Handling { by, since: at, round },
        State::Handling { by: Handler::Secretary, since: at, round },
        State::Resolved { resolution: done(true), round },
        State::Resolved { resolution: done(false), round },
        State::Rated { resolution: done(false), rating, at },
        State::Merged { into, at },
        State::Referred { to: to.clone(), at },
        State::Unsolvable { why: why.clone(), at },
        State::OutOfScope { why: why.clone(), at },
        State::Withdrawn { at },
    ];
    let states = states.into_iter().chain(outcomes.map(|outcome| State::Filed { outcome, at }));
    let verbs = [
        Verb::Accept,
        Verb::SettleOnSpot { how: words.clone() },
        Verb::Hear,
        Verb::Dispatch { to: unit },
        Verb::Reassign { to: unit, why: why.clone() },
        Verb::Take,
        Verb::Return { why: why.clone() },
        Verb::Handle,
        Verb::Resolve { how: words.clone() },
        Verb::Rate(Review::from(rating)),
        Verb::Merge { into },
        Verb::Refer { to },
        Verb::GiveUp { why: why.clone() },
        Verb::Exclude { why: why.clone() },
        Verb::Withdraw,
        Verb::File,
        Verb::Join { unit },
        Verb::Inform { words: words.clone() },
        Verb::Pause { why: why.clone() },
        Verb::Resume,
        Verb::Extend { until: at, why: why.clone() },
        Verb::Urge { words },
        Verb::Supervise { why },
        Verb::Claim,
        Verb::Locate { grid: None },
        Verb::Plan { agent: Words::parse("社区代办员").expect("words"), steps: Vec::new() },
        Verb::Tick { step: 0 },
    ];
    let story = Story::whole(Zh, &names);
    let mut texts = Vec::new();
    for state in states {
        texts.push((format!("standing.{}", state.code()), Told(story).standing(&state)));
        texts.push((format!("heading.{}", state.code()), Told(story).heading(&state)));
    }
    texts.extend(verbs.iter().map(|verb| (format!("step.{}", verb.code()), Told(story).step(verb))));
    texts.extend(Aspect::ALL.map(|aspect| ("aspect".to_owned(), story.aspect(aspect).to_owned())));
    texts.into_iter()
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['。', '？', '！', '；', '：', '\n']).filter(|part| !part.trim().is_empty())
}

fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    sentence.split(['，', '、', '·'])
}

/// Two noes in one breath, which mean yes.
fn says_no_twice(clause: &str) -> bool {
    let noes = ["不", "没有", "非", "无"];
    ["不得不", "无不", "莫不", "不是不", "不能不", "不会不", "没有不", "非不"]
        .iter()
        .any(|both| clause.contains(both))
        || noes.iter().map(|no| clause.matches(no).count()).sum::<usize>() > 1 && !clause.contains("满意")
}

/// What is wrong with a text; nothing where it can be read.
fn faults(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for sentence in sentences(text) {
        let long = sentence.chars().count();
        if long > SENTENCE {
            found.push(format!("{long} letters in “{sentence}”"));
        }
        let count = sentence.split('，').count();
        if count > CLAUSES {
            found.push(format!("{count} pieces in “{sentence}”"));
        }
        for clause in clauses(sentence) {
            if clause.chars().count() > CLAUSE {
                found.push(format!("no breath in “{clause}”"));
            }
            if says_no_twice(clause) {
                found.push(format!("no and no again in “{clause}”"));
            }
        }
    }
    found.extend(STIFF.iter().filter(|word| text.contains(**word)).map(|word| format!("“{word}”")));
    let bare = LATIN.iter().fold(text.to_owned(), |text, known| text.replace(known, ""));
    if bare.chars().any(|c| c.is_ascii_alphabetic()) {
        found.push("Latin letters".to_owned());
    }
    found
}

#[test]
fn every_sentence_for_residents_can_be_read_in_the_sun() {
    let texts = texts();
    assert!(texts.len() > 200, "{} texts", texts.len());
    let bad: Vec<String> = texts
        .iter()
        .flat_map(|(name, text)| faults(text).into_iter().map(move |fault| format!("{name}: {fault}")))
        .collect();
    assert!(bad.is_empty(), "\n{}", bad.join("\n"));
}

#[test]
fn each_rule_can_fail() {
    let table = [
        ("请您携带本人有效证件原件及复印件前往社区党群服务中心一楼大厅窗口。", "letters in"),
        ("先来，再坐，再等，再走。", "pieces in"),
        ("请到社区服务中心一楼大厅最里面的窗口。", "no breath"),
        ("我们不能不告诉您。", "no and no"),
        ("正在为您办理。", "“办理”"),
        ("请打开 APP。", "Latin"),
    ];
    for (text, fault) in table {
        assert!(faults(text).iter().any(|found| found.contains(fault)), "{text}: {:?}", faults(text));
    }
    assert!(faults("打 120，请人去取 AED。").is_empty());
    assert!(faults("不记姓名、不要手机号、不取位置。").is_empty());
}
