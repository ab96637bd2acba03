//! One unit as a row of texts, both ways. What is written is read again without loss.

use kaishi_app::words::Lang;
use kaishi_app::words::sheet::Trouble;
use kaishi_app::words::unit::Units;
use kaishi_domain::moment::Day;
use kaishi_domain::unit::{Audience, Category, Credential, CredentialKind, Service, Unit, UnitKind};

use super::column::{Column, Head};

const LANGS: [Lang; 2] = [Lang::Zh, Lang::En];

/// The parts of one line of a cell.
const BAR: [char; 2] = ['｜', '|'];
/// The lines of a cell.
const LINES: [char; 3] = ['\n', '；', ';'];
/// The items of a list inside a part.
const ITEMS: [char; 4] = ['、', '，', ',', '/'];

/// What a cell says that is to empty what stands there; an empty cell leaves it.
const CLEAR: [&str; 5] = ["-", "－", "—", "清空", "clear"];

fn clears(cell: &str) -> bool {
    CLEAR.iter().any(|mark| mark.eq_ignore_ascii_case(cell))
}

/// Names of kinds that people write besides ours.
const KINDS: [(&str, UnitKind); 16] = [
    ("机关单位", UnitKind::Office),
    ("事业单位", UnitKind::Office),
    ("党政机关", UnitKind::Office),
    ("公司", UnitKind::Company),
    ("爱心企业", UnitKind::Company),
    ("两新", UnitKind::NewOrganization),
    ("党组织", UnitKind::Branch),
    ("党委", UnitKind::Branch),
    ("党总支", UnitKind::Branch),
    ("支部", UnitKind::Branch),
    ("协会", UnitKind::Association),
    ("志愿者", UnitKind::Volunteers),
    ("志愿服务队", UnitKind::Volunteers),
    ("商家", UnitKind::Merchant),
    ("专家", UnitKind::Expert),
    ("人才", UnitKind::Expert),
];

/// Finds one of `all` by its name in either language or by its code.
fn named<T: Copy>(
    all: &[T],
    text: &str,
    code: impl Fn(T) -> &'static str,
    name: impl Fn(Lang, T) -> &'static str,
) -> Option<T> {
    let is = |one: &&T| {
        code(**one) == text || LANGS.iter().any(|lang| name(*lang, **one).eq_ignore_ascii_case(text))
    };
    all.iter().find(is).copied()
}

fn kind(text: &str) -> Result<UnitKind, Trouble> {
    named(&UnitKind::ALL, text, UnitKind::code, |lang, kind| Units(lang).kind_name(kind))
        .or_else(|| KINDS.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind))
        .ok_or_else(|| Trouble::Kind(text.to_owned()))
}

fn category(text: &str) -> Result<Category, Trouble> {
    named(Category::ALL, text, Category::code, |lang, one| Units(lang).category_name(one))
        .ok_or_else(|| Trouble::Category(text.to_owned()))
}

fn audiences(text: &str) -> Result<Vec<Audience>, Trouble> {
    let everyone = |text: &str| LANGS.iter().any(|lang| Units(*lang).everyone() == text);
    text.split(ITEMS)
        .map(str::trim)
        .filter(|text| !text.is_empty() && !everyone(text))
        .map(|text| {
            named(Audience::ALL, text, Audience::code, |lang, one| Units(lang).audience_name(one))
                .ok_or_else(|| Trouble::Audience(text.to_owned()))
        })
        .collect()
}

fn lines(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(LINES).map(str::trim).filter(|line| !line.is_empty())
}

fn off_hours(text: &str) -> Result<bool, Trouble> {
    let said = LANGS.iter().any(|lang| Units(*lang).off_hours().eq_ignore_ascii_case(text));
    if said || text.is_empty() { Ok(said) } else { Err(Trouble::OffHours(text.to_owned())) }
}

/// `书画、讲座`, or a line each: `书画｜文化联谊｜老人、儿童｜不打烊`.
fn services(cell: &str) -> Result<Vec<Service>, Trouble> {
    let mut services = Vec::new();
    for line in lines(cell) {
        let parts: Vec<&str> = line.split(BAR).map(str::trim).collect();
        match parts[..] {
            [names] => services
                .extend(names.split('、').map(str::trim).filter(|name| !name.is_empty()).map(Service::named)),
            [name, what] => services.push(Service { category: category(what)?, ..Service::named(name) }),
            [name, what, whom, ref late @ ..] if late.len() < 2 => services.push(Service {
                name: name.to_owned(),
                category: category(what)?,
                audiences: audiences(whom)?,
                off_hours: off_hours(late.first().copied().unwrap_or_default())?,
            }),
            _ => return Err(Trouble::Service(line.to_owned())),
        }
    }
    Ok(services)
}

/// `2027-05-01`, `2027/5/1`, `2027.5.1` or `2027年5月1日`.
fn day(text: &str) -> Option<Day> {
    let mut parts =
        text.split(['-', '/', '.', '年', '月', '日']).map(str::trim).filter(|part| !part.is_empty());
    let mut next = || parts.next().and_then(|part| part.parse::<u16>().ok());
    let (year, month, day) = (next()?, next()?, next()?);
    Day::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
}

/// `食品经营许可｜JY123｜区市场监管局｜2027-05-01`; the number may be left out.
fn papers(cell: &str) -> Result<Vec<Credential>, Trouble> {
    lines(cell)
        .map(|line| {
            let parts: Vec<&str> = line.split(BAR).map(str::trim).collect();
            let (what, number, issued_by, until) = match parts[..] {
                [what, number, issuer, until] => (what, number, issuer, until),
                [what, issuer, until] => (what, "", issuer, until),
                _ => return Err(Trouble::Paper(line.to_owned())),
            };
            let kind = named(CredentialKind::ALL, what, CredentialKind::code, |lang, one| {
                Units(lang).credential_name(one)
            });
            Ok(Credential {
                kind: kind.ok_or_else(|| Trouble::PaperKind(what.to_owned()))?,
                number: number.to_owned(),
                issued_by: issued_by.to_owned(),
                valid_until: day(until).ok_or_else(|| Trouble::Day(until.to_owned()))?,
            })
        })
        .collect()
}

/// Reads a row over what is known of the unit: columns that the table does not have and cells in which nothing is
/// written stay as they are. Everything that is wrong is told at once.
pub fn read(head: &Head, row: &[String], known: Unit, is_new: bool) -> Result<Unit, Vec<Trouble>> {
    let (mut unit, mut troubles) = (known, Vec::new());
    let mut note = |trouble: Option<Trouble>| troubles.extend(trouble);
    head.cell(row, Column::Name).unwrap_or_default().clone_into(&mut unit.name);
    match head.cell(row, Column::Kind).unwrap_or_default() {
        "" if is_new => note(Some(Trouble::NoKind)),
        "" => {}
        text => match kind(text) {
            Ok(kind) => unit.kind = kind,
            Err(trouble) => note(Some(trouble)),
        },
    }
    match head.cell(row, Column::Contact).unwrap_or_default() {
        "" if is_new => note(Some(Trouble::NoContact)),
        "" => {}
        text if clears(text) => note(Some(Trouble::NoContact)),
        text => text.clone_into(&mut unit.contact_role),
    }
    let card = [
        (Column::Identity, &mut unit.card.identity),
        (Column::Duty, &mut unit.card.duty),
        (Column::Pledge, &mut unit.card.pledge),
    ];
    for (column, text) in card {
        match head.cell(row, column).unwrap_or_default() {
            "" => {}
            cell if clears(cell) => text.clear(),
            cell => cell.clone_into(text),
        }
    }
    match head.cell(row, Column::Services).unwrap_or_default() {
        cell if clears(cell) => unit.services.clear(),
        cell => match services(cell) {
            Ok(services) if services.is_empty() => {}
            Ok(services) => unit.services = services,
            Err(trouble) => note(Some(trouble)),
        },
    }
    match head.cell(row, Column::Papers).unwrap_or_default() {
        cell if clears(cell) => unit.credentials.clear(),
        cell => match papers(cell) {
            Ok(papers) if papers.is_empty() => {}
            Ok(papers) => unit.credentials = papers,
            Err(trouble) => note(Some(trouble)),
        },
    }
    if !troubles.is_empty() {
        return Err(troubles);
    }
    unit.sound().map_err(|refusal| vec![Trouble::Refused(refusal)])
}

/// A unit as a row of every column.
pub fn write(lang: Lang, unit: &Unit) -> Vec<String> {
    let words = Units(lang);
    let service = |service: &Service| {
        let whom: Vec<_> = service.audiences.iter().map(|one| words.audience_name(*one)).collect();
        let whom = if whom.is_empty() { words.everyone().to_owned() } else { whom.join("、") };
        let late = if service.off_hours { format!("｜{}", words.off_hours()) } else { String::new() };
        format!("{}｜{}｜{whom}{late}", service.name, words.category_name(service.category))
    };
    let paper = |paper: &Credential| {
        let kind = words.credential_name(paper.kind);
        format!("{kind}｜{}｜{}｜{}", paper.number, paper.issued_by, paper.valid_until)
    };
    let cell = |column: Column| match column {
        Column::Name => unit.name.clone(),
        Column::Kind => words.kind_name(unit.kind).to_owned(),
        Column::Contact => unit.contact_role.clone(),
        Column::Services => unit.services.iter().map(service).collect::<Vec<_>>().join("\n"),
        Column::Identity => unit.card.identity.clone(),
        Column::Duty => unit.card.duty.clone(),
        Column::Pledge => unit.card.pledge.clone(),
        Column::Papers => unit.credentials.iter().map(paper).collect::<Vec<_>>().join("\n"),
    };
    Column::ALL.into_iter().map(cell).collect()
}
