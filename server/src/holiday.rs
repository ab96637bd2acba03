//! Special days: what the program brings along (the crate `chinese_holiday`), and over it what was imported.

use std::sync::LazyLock;

use chinese_holiday::{DayKind, Ymd, chinese_holiday};
use kaishi_app::state::State;
use kaishi_domain::actor::Viewer;
use kaishi_domain::moment::Day;
use kaishi_domain::season::{Special, Table, Year};
use kaishi_store::Result;

/// The years that the crate knows; it says nothing of the last six days of its last one, which are ordinary.
const FIRST: u16 = 2004;
const LAST: (u16, u8, u8) = (2026, 12, 25);

static BUILT_IN: LazyLock<Vec<Year>> = LazyLock::new(|| (FIRST..=LAST.0).map(year).collect());

fn year(number: u16) -> Year {
    let of_month = move |month: u8| (1..=31).map(move |day: u8| (number, month, day));
    let days = (1..=12)
        .flat_map(of_month)
        .take_while(|day| *day <= LAST)
        .filter_map(|(year, month, day)| {
            let date = Day::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()?;
            let (name, off) = named(chinese_holiday(Ymd::new(year, month, day)))?;
            Some(Special { day: date, name: name.to_owned(), off })
        })
        .collect();
    Year { year: number as i16, papers: Vec::new(), days }
}

const fn named(kind: DayKind) -> Option<(&'static str, bool)> {
    Some(match kind {
        DayKind::NewYearsDayHoliday => ("元旦", true),
        DayKind::NewYearsDayWorkday => ("元旦", false),
        DayKind::SpringFestivalHoliday => ("春节", true),
        DayKind::SpringFestivalWorkday => ("春节", false),
        DayKind::ChingMingFestivalHoliday => ("清明节", true),
        DayKind::ChingMingFestivalWorkday => ("清明节", false),
        DayKind::InternationalWorkersDayHoliday => ("劳动节", true),
        DayKind::InternationalWorkersDayWorkday => ("劳动节", false),
        DayKind::DragonBoatFestivalHoliday => ("端午节", true),
        DayKind::DragonBoatFestivalWorkday => ("端午节", false),
        DayKind::MidAutumnFestivalHoliday => ("中秋节", true),
        DayKind::MidAutumnFestivalWorkday => ("中秋节", false),
        DayKind::NationalDayHoliday => ("国庆节", true),
        DayKind::NationalDayWorkday => ("国庆节", false),
        DayKind::OtherHoliday => ("其他假日", true),
        DayKind::OtherWorkday => ("其他假日", false),
        DayKind::NormalHoliday | DayKind::NormalWorkday => return None,
    })
}

/// The years that the program brings along.
pub fn built_in() -> Vec<Year> {
    BUILT_IN.clone()
}

/// What the program brings along of a year.
pub fn built_in_year(year: i16) -> Option<Year> {
    BUILT_IN.iter().find(|one| one.year == year).cloned()
}

/// Every special day that an organization knows.
pub async fn table(state: &State, by: &Viewer) -> Result<Table> {
    let imported = state.store.holidays(by).await?;
    Ok(Table::of(BUILT_IN.iter().cloned().chain(imported)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn the_worked_saturdays_of_2026_are_known() {
        let table = Table::of(BUILT_IN.iter().cloned());
        let worked: Vec<_> = table.of_year(2026).filter(|special| !special.off).collect();
        let saturdays: Vec<_> =
            worked.iter().filter(|one| one.day.weekday() == 6).map(|one| one.day.to_string()).collect();
        assert_eq!(saturdays, ["2026-02-14", "2026-02-28", "2026-05-09", "2026-10-10"]);
        assert!(table.special(Day::parse("2023-05-06").unwrap()).is_some_and(|special| !special.off));
        assert!(table.knows(2026) && !table.knows(2027));
    }
}
