//! Dutch notation of dates and numbers, as officials read it in explanations, reports and forms.

use std::fmt;

use crate::value::Date;

/// The months, from January.
pub const MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];

/// A date in words.
///
/// ```
/// use leidraad::{Date, notation};
/// assert_eq!(notation::date(Date::new(2026, 7, 4).unwrap()), "4 juli 2026");
/// ```
pub fn date(date: Date) -> String {
    let month = MONTHS.get(usize::from(date.month()).wrapping_sub(1)).unwrap_or(&"");
    format!("{} {month} {}", date.day(), date.year())
}

/// A period in words; both days are included.
///
/// ```
/// use leidraad::{Date, notation::period};
/// let (from, to) = (Date::new(2019, 1, 1), Date::new(2025, 6, 30));
/// assert_eq!(period(from, to), "van 1 januari 2019 tot en met 30 juni 2025");
/// assert_eq!(period(from, None), "vanaf 1 januari 2019");
/// assert_eq!(period(None, to), "tot en met 30 juni 2025");
/// assert_eq!(period(None, None), "altijd");
/// ```
pub fn period(from: Option<Date>, to: Option<Date>) -> String {
    match (from, to) {
        (Some(from), Some(to)) => format!("van {} tot en met {}", date(from), date(to)),
        (Some(from), None) => format!("vanaf {}", date(from)),
        (None, Some(to)) => format!("tot en met {}", date(to)),
        (None, None) => "altijd".to_owned(),
    }
}

/// A text with its first letter as a capital.
///
/// ```
/// assert_eq!(leidraad::notation::capital("elke dag"), "Elke dag");
/// ```
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A title with the code of whose it is behind it, unless the title says it already.
///
/// ```
/// use leidraad::notation::with_code;
/// assert_eq!(with_code("Wet Bibob in Vaals", "GM0981"), "Wet Bibob in Vaals (GM0981)");
/// assert_eq!(with_code("Wet Bibob (gm0981)", "GM0981"), "Wet Bibob (gm0981)");
/// ```
pub fn with_code(title: &str, code: &str) -> String {
    let said = title.to_ascii_lowercase().contains(&format!("({})", code.to_ascii_lowercase()));
    if said { title.to_owned() } else { format!("{title} ({code})") }
}

/// Longest line of a text for officials.
const WIDTH: usize = 100;

/// `1 dag`, `2 dagen`.
pub(crate) fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

/// A paragraph, broken at spaces, with an indent for every line but the first.
pub(crate) fn wrapped(out: &mut impl fmt::Write, first: &str, indent: usize, text: &str) -> fmt::Result {
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            writeln!(out, "{line}")?;
            line = " ".repeat(indent);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    writeln!(out, "{line}")
}

/// A number written with a decimal point, in Dutch notation.
///
/// ```
/// use leidraad::notation::number;
/// assert_eq!([number("1500"), number("-1234567.25"), number("0.5")], ["1.500", "-1.234.567,25", "0,5"]);
/// ```
pub fn number(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i) % 3 == 0 {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{grouped}{comma}{fraction}")
}

/// A number in Dutch notation with its unit.
///
/// ```
/// use leidraad::notation::with_unit;
/// assert_eq!([with_unit("1", "dagen"), with_unit("1,5", "uren")], ["1 dag", "1,5 uren"]);
/// ```
pub fn with_unit(number: &str, unit: &str) -> String {
    let unit = if number == "1" { singular(unit) } else { unit };
    format!("{number} {unit}")
}

/// The unit after the number one; a unit without a plural that is known stays as it is.
///
/// ```
/// use leidraad::notation::singular;
/// assert_eq!([singular("dagen"), singular("m²")], ["dag", "m²"]);
/// ```
pub fn singular(unit: &str) -> &str {
    const UNITS: [(&str, &str); 46] = [
        ("bedrijven", "bedrijf"),
        ("beveiligers", "beveiliger"),
        ("bezoekers", "bezoeker"),
        ("dagen", "dag"),
        ("deelnemers", "deelnemer"),
        ("eenheden", "eenheid"),
        ("feiten", "feit"),
        ("gevallen", "geval"),
        ("hennepplanten", "hennepplant"),
        ("honden", "hond"),
        ("hulpverleners", "hulpverlener"),
        ("jaren", "jaar"),
        ("kinderen", "kind"),
        ("kramen", "kraam"),
        ("leden", "lid"),
        ("locaties", "locatie"),
        ("maanden", "maand"),
        ("maatregelen", "maatregel"),
        ("meldingen", "melding"),
        ("meters", "meter"),
        ("minuten", "minuut"),
        ("objecten", "object"),
        ("overtredingen", "overtreding"),
        ("panden", "pand"),
        ("parkeerplaatsen", "parkeerplaats"),
        ("patronen", "patroon"),
        ("personen", "persoon"),
        ("pillen", "pil"),
        ("plaatsen", "plaats"),
        ("planten", "plant"),
        ("punten", "punt"),
        ("rijen", "rij"),
        ("standplaatsen", "standplaats"),
        ("stoelen", "stoel"),
        ("stuks", "stuk"),
        ("tenten", "tent"),
        ("toiletten", "toilet"),
        ("uren", "uur"),
        ("urinoirs", "urinoir"),
        ("verkeersregelaars", "verkeersregelaar"),
        ("voertuigen", "voertuig"),
        ("voorwerpen", "voorwerp"),
        ("wastafels", "wastafel"),
        ("weken", "week"),
        ("werkdagen", "werkdag"),
        ("woningen", "woning"),
    ];
    UNITS.iter().find(|(plural, _)| *plural == unit).map_or(unit, |(_, one)| one)
}
