//! The days on which no term ends: Saturdays, Sundays and the recognised holidays of the Algemene termijnenwet, art. 3.

use serde::Serialize;

use crate::value::Date;

/// The first year for which the holidays are known. The sources give King's day, which came in 2014, and not what was
/// celebrated before.
pub const FIRST_YEAR: i32 = 2014;

/// A recognised holiday (Algemene termijnenwet, art. 3). Easter and Whit Sunday are Sundays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Holiday {
    /// Nieuwjaarsdag: 1 January.
    NewYear,
    /// Goede Vrijdag: the Friday before Easter; equated with the recognised holidays.
    GoodFriday,
    /// Tweede paasdag: the day after Easter.
    EasterMonday,
    /// Koningsdag: 27 April, or 26 April where the 27th is a Sunday.
    KingsDay,
    /// 5 May, every year.
    LiberationDay,
    /// Hemelvaartsdag: 39 days after Easter.
    Ascension,
    /// Tweede pinksterdag: 50 days after Easter.
    WhitMonday,
    /// Eerste kerstdag: 25 December.
    ChristmasDay,
    /// Tweede kerstdag: 26 December.
    SecondChristmasDay,
}

impl Holiday {
    /// All of them.
    pub const ALL: [Holiday; 9] = [
        Holiday::NewYear,
        Holiday::GoodFriday,
        Holiday::EasterMonday,
        Holiday::KingsDay,
        Holiday::LiberationDay,
        Holiday::Ascension,
        Holiday::WhitMonday,
        Holiday::ChristmasDay,
        Holiday::SecondChristmasDay,
    ];

    /// Its Dutch name.
    pub fn dutch(self) -> &'static str {
        match self {
            Holiday::NewYear => "nieuwjaarsdag",
            Holiday::GoodFriday => "Goede Vrijdag",
            Holiday::EasterMonday => "tweede paasdag",
            Holiday::KingsDay => "Koningsdag",
            Holiday::LiberationDay => "5 mei",
            Holiday::Ascension => "Hemelvaartsdag",
            Holiday::WhitMonday => "tweede pinksterdag",
            Holiday::ChristmasDay => "eerste kerstdag",
            Holiday::SecondChristmasDay => "tweede kerstdag",
        }
    }

    /// The day on which it falls; `None` before [`FIRST_YEAR`].
    ///
    /// ```
    /// use leidraad::Date;
    /// use leidraad::term::calendar::Holiday;
    /// assert_eq!(Holiday::Ascension.on(2026), Date::new(2026, 5, 14));
    /// assert_eq!(Holiday::KingsDay.on(2025), Date::new(2025, 4, 26), "the 27th is a Sunday");
    /// assert_eq!(Holiday::KingsDay.on(2013), None, "not covered");
    /// ```
    pub fn on(self, year: i32) -> Option<Date> {
        if year < FIRST_YEAR {
            return None;
        }
        let after_easter = |days: i64| Date::from_ticks(easter(year)?.ticks() + days);
        match self {
            Holiday::NewYear => Date::new(year, 1, 1),
            Holiday::GoodFriday => after_easter(-2),
            Holiday::EasterMonday => after_easter(1),
            Holiday::KingsDay => {
                Date::new(year, 4, 27).filter(|day| day.weekday() != 7).or(Date::new(year, 4, 26))
            }
            Holiday::LiberationDay => Date::new(year, 5, 5),
            Holiday::Ascension => after_easter(39),
            Holiday::WhitMonday => after_easter(50),
            Holiday::ChristmasDay => Date::new(year, 12, 25),
            Holiday::SecondChristmasDay => Date::new(year, 12, 26),
        }
    }
}

/// Easter Sunday by the rule of the Gregorian calendar: the Sunday after the first full moon of spring.
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::calendar::easter;
/// assert_eq!(easter(2026), Date::new(2026, 4, 5));
/// assert_eq!(easter(2038), Date::new(2038, 4, 25), "the latest day there is");
/// ```
pub fn easter(year: i32) -> Option<Date> {
    // the rule of Meeus, Jones and Butcher, in whole numbers; nothing here exceeds 12,000
    if !(1583..=9999).contains(&year) {
        return None;
    }
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let leaps = (century - (century + 8) / 25 + 1) / 3;
    let moon = (19 * golden + century - century / 4 - leaps + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let day = moon + sunday - 7 * late + 114;
    Date::new(year, u8::try_from(day / 31).ok()?, u8::try_from(day % 31 + 1).ok()?)
}

/// The holidays of a year from the first to the last; none before [`FIRST_YEAR`], where they are not known.
pub fn holidays(year: i32) -> Vec<(Date, Holiday)> {
    let mut all: Vec<_> = Holiday::ALL.into_iter().filter_map(|h| Some((h.on(year)?, h))).collect();
    all.sort();
    all
}

/// The holiday on this day, if there is one.
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::calendar::{Holiday, holiday};
/// assert_eq!(holiday(Date::new(2026, 5, 5).unwrap()), Some(Holiday::LiberationDay));
/// assert_eq!(holiday(Date::new(2026, 5, 4).unwrap()), None);
/// ```
pub fn holiday(date: Date) -> Option<Holiday> {
    Holiday::ALL.into_iter().find(|h| h.on(date.year()) == Some(date))
}

/// Whether a day is a Saturday, a Sunday or a recognised holiday; `None` for a weekday before [`FIRST_YEAR`], which may
/// have been a holiday or not.
///
/// ```
/// use leidraad::Date;
/// use leidraad::term::calendar::is_free;
/// assert_eq!(is_free(Date::new(2026, 4, 3).unwrap()), Some(true), "Good Friday");
/// assert_eq!(is_free(Date::new(2026, 2, 16).unwrap()), Some(false), "carnival is not a recognised holiday");
/// assert_eq!(is_free(Date::new(2013, 4, 30).unwrap()), None);
/// ```
pub fn is_free(date: Date) -> Option<bool> {
    if date.weekday() >= 6 {
        return Some(true);
    }
    (date.year() >= FIRST_YEAR).then(|| holiday(date).is_some())
}

/// Whether a day is neither a Saturday, a Sunday nor a recognised holiday; `None` where [`is_free`] does not know.
///
/// "Werkdag" is not defined in the sources; this is the reading of convention C7.
pub fn is_working_day(date: Date) -> Option<bool> {
    is_free(date).map(|free| !free)
}
