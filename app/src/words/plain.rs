//! Whether residents can read what we write: somebody of seventy, in the sun, with one hand. Rules that can fail, over
//! every Chinese text of a resident's page and of a poster.

use super::Lang::Zh;
use super::{appeal, poster, queue, quiz, resident};

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

/// Latin letters that stand on the thing itself: the box on the wall, a poster's number, the letters a code lacks.
const LATIN: [&str; 3] = ["AED", "K7QM", "I、L、O、U"];

/// Every text of a resident's page with a name by which it is found.
fn texts() -> Vec<(String, String)> {
    let tables: [(&str, &[(&str, &str)]); 11] = [
        ("resident", resident::Resident::ALL),
        ("tap", resident::Tap::ALL),
        ("done", resident::Done::ALL),
        ("no", resident::No::ALL),
        ("square", resident::Square::ALL),
        ("number", resident::PosterNumber::ALL),
        ("categories", appeal::Categories::ALL),
        ("raise", appeal::Raise::ALL),
        ("slip", appeal::Slip::ALL),
        ("queue", queue::Queue::ALL),
        ("quiz", quiz::Quiz::ALL),
    ];
    let printed: (&str, &[(&str, &str)]) = ("printed", poster::Printed::ALL);
    let keyed = tables.into_iter().chain([printed]).flat_map(|(table, texts)| {
        texts.iter().map(move |(key, text)| (format!("{table}.{key}"), (*text).to_owned()))
    });
    let (no, queue, quiz, leaf) = (resident::No(Zh), queue::Queue(Zh), quiz::Quiz(Zh), poster::Printed(Zh));
    let made = [
        ("no.from", no.from("9:00")),
        ("no.comes", no.comes("5月13日")),
        ("no.past", no.past("5月13日")),
        ("queue.ahead", queue.ahead(3)),
        ("queue.about", queue.about(20)),
        ("queue.soon", queue.about(0)),
        ("queue.line", queue.line(3)),
        ("quiz.been", quiz.been(3)),
        ("quiz.missing", quiz.missing(2, "一杯咖啡")),
        ("printed.place", leaf.place("2")),
        ("pack.look", super::pack::Leaf(Zh).look("社区网址")),
    ];
    keyed.chain(made.map(|(name, text)| (name.to_owned(), text))).collect()
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
