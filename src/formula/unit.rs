//! Units: `personen`, `m2`, `personen/m2`; multiplied, divided and compared, never converted.

use crate::notation::singular;

/// A product of powers of names; none of it is a plain number. Names are told apart in the singular, by which they are
/// sorted, and kept as they are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct Unit(Vec<(String, i32)>);

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        let same = |((a, x), (b, y)): (&(String, i32), &(String, i32))| singular(a) == singular(b) && x == y;
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(same)
    }
}

impl Eq for Unit {}

impl Unit {
    /// Reads a unit: names with `*` or `·` between, `/` or `per` before what is divided by, a power behind a name.
    pub(crate) fn parse(text: &str) -> Unit {
        let mut unit = Unit::default();
        let text = text.replace(" per ", "/");
        for (i, part) in text.split('/').enumerate() {
            for factor in part.split(['*', '·']) {
                let factor = factor.trim();
                let name = factor.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '²' | '³'));
                let power = match factor.get(name.len()..).unwrap_or("") {
                    "" => 1,
                    "²" => 2,
                    "³" => 3,
                    digits => digits.parse().unwrap_or(1),
                };
                if !name.is_empty() && name != "1" {
                    unit.times(name.trim(), if i == 0 { power } else { -power });
                }
            }
        }
        unit
    }

    fn times(&mut self, name: &str, power: i32) {
        match self.0.binary_search_by(|(known, _)| singular(known).cmp(singular(name))) {
            Ok(place) => {
                if let Some((_, sum)) = self.0.get_mut(place) {
                    *sum = sum.saturating_add(power);
                }
            }
            Err(place) => self.0.insert(place, (name.to_owned(), power)),
        }
        self.0.retain(|(_, power)| *power != 0);
    }

    /// The unit of a product, or of a quotient.
    pub(crate) fn with(&self, other: &Unit, divided: bool) -> Unit {
        let mut unit = self.clone();
        for (name, power) in &other.0 {
            unit.times(name, if divided { -power } else { *power });
        }
        unit
    }

    /// Whether it is that of a plain number.
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl std::fmt::Display for Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let side = |over: bool| -> Vec<String> {
            let names = self.0.iter().filter(|(_, power)| (*power > 0) == over);
            names
                .map(|(name, power)| match power.unsigned_abs() {
                    1 => name.clone(),
                    power => format!("{name}{power}"),
                })
                .collect()
        };
        let (over, under) = (side(true), side(false));
        f.write_str(if over.is_empty() && !under.is_empty() { "1" } else { "" })?;
        f.write_str(&over.join("*"))?;
        under.iter().try_for_each(|name| write!(f, "/{name}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Unit;

    #[test]
    fn products_and_quotients() {
        let text = |unit: &Unit| unit.to_string();
        let (people, area) = (Unit::parse("personen"), Unit::parse("m²"));
        assert_eq!(area, Unit::parse("m*m"));
        assert_eq!(people.with(&area, true), Unit::parse("personen per m2"));
        assert_eq!(text(&Unit::parse("personen/m2")), "personen/m2");
        assert_eq!(Unit::parse("persoon/m²"), Unit::parse("personen/m2"));
        assert_eq!(text(&area.with(&area, true)), "");
        assert_eq!(text(&Unit::default().with(&Unit::parse("min"), true)), "1/min");
        // so many metres times persons per minute per metre times minutes
        let flow =
            Unit::parse("m").with(&Unit::parse("personen/min/m"), false).with(&Unit::parse("min"), false);
        assert_eq!(flow, people);
    }
}
