//! Formulas over counts of records, and tables over such formulas beside the counts and what else is asked: every completion
//! of every record and answer, against what the engine says. Exact wherever nothing that a count hangs on is read twice.

use super::*;

/// A formula over the counts and a number that is asked; none where it does not apply, as a count does not.
struct Formula {
    text: &'static str,
    value: fn(&[Option<i64>], i64) -> Option<i64>,
    counts: usize,
}

const FORMULAS: [Formula; 10] = [
    Formula { text: "100 * c0", value: |c, _| Some(100 * c[0]?), counts: 1 },
    Formula { text: "10 * c0 + uren", value: |c, n| Some(10 * c[0]? + n), counts: 1 },
    Formula { text: "c0 + uren", value: |c, n| Some(c[0]? + n), counts: 1 },
    Formula { text: "c0 * uren", value: |c, n| Some(c[0]? * n), counts: 1 },
    Formula { text: "min(c0, 1)", value: |c, _| Some(c[0].map_or(1, |c| c.min(1))), counts: 1 },
    Formula { text: "max(c0, uren)", value: |c, n| Some(c[0].map_or(n, |c| c.max(n))), counts: 1 },
    Formula { text: "max(2 - c0, c0 - 1)", value: |c, _| Some((2 - c[0]?).max(c[0]? - 1)), counts: 1 },
    Formula { text: "floor(c0 / 2) + 3", value: |c, _| Some(c[0]? / 2 + 3), counts: 1 },
    Formula { text: "3 + c0 - uren", value: |c, n| Some(3 + c[0]? - n), counts: 1 },
    Formula { text: "2 * c0 + c1", value: |c, _| Some(2 * c[0]? + c[1]?), counts: 2 },
];

/// Where the formula applies.
#[derive(Debug, Clone, Copy, PartialEq)]
enum When {
    Always,
    Urgent,
    Hours,
    /// From this day on: the day from which the counts look back.
    From(i64),
    /// Where there is a first one: the same count.
    Any,
}

impl When {
    fn text(self, calendar: &Calendar) -> String {
        match self {
            When::Always => String::new(),
            When::Urgent => "    when: { spoed: ja }\n".to_owned(),
            When::Hours => "    when: { uren: \">= 1\" }\n".to_owned(),
            When::From(day) => format!("    when: {{ dag: \">= {}\" }}\n", calendar.day(day)),
            When::Any => "    when: { c0: \">= 1\" }\n".to_owned(),
        }
    }

    fn holds(self, urgent: bool, hours: i64, day: i64, counts: &[Option<i64>]) -> bool {
        match self {
            When::Always => true,
            When::Urgent => urgent,
            When::Hours => hours >= 1,
            When::From(first) => day >= first,
            When::Any => counts[0].is_some_and(|n| n >= 1),
        }
    }
}

/// The input beside the formula in the table that reads it.
const BESIDE: [&str; 4] = ["spoed", "uren", "c0", "dag"];

struct Rules<'r> {
    model: &'r Model,
    formula: &'r Formula,
    when: When,
    /// The table: a row hits where the formula is at most this, or from that on.
    least: i64,
    beside: usize,
    /// The day from which on its input `dag` counts.
    from: i64,
}

impl Rules<'_> {
    fn text(&self, calendar: &Calendar) -> String {
        let hours = "      - { id: uren, ask: \"?\", type: integer, min: 0, max: 2, sources: [s] }\n";
        let text = render(self.model, calendar).replacen(
            "      - id: feiten\n",
            &format!("{hours}      - id: feiten\n"),
            1,
        );
        let test = match self.beside {
            0 => "ja".to_owned(),
            1 | 2 => ">= 1".to_owned(),
            _ => format!(">= {}", calendar.day(self.from)),
        };
        format!(
            "{text}  f:\n    sources: [s]\n    step: 1\n    min: 0\n    max: 1000\n{}    formula: \"{}\"\n  tabel:\n    sources: [s]\n    hit: first\n    table: |\n      f | {} || tabel\n      >= {} | {test} || a\n      < {} | - || b\n      - | - || c\n",
            self.when.text(calendar),
            self.formula.text,
            BESIDE[self.beside],
            self.least,
            self.least,
        )
    }

    /// What the formula and the table come to.
    fn fates(&self, (urgent, hours, day): (bool, i64, i64), counts: &[Option<i64>]) -> [Fate; 2] {
        let applies = self.when.holds(urgent, hours, day, counts);
        let value = (self.formula.value)(counts, hours).filter(|_| applies);
        let beside = match self.beside {
            0 => urgent,
            1 => hours >= 1,
            2 => counts[0].is_some_and(|n| n >= 1),
            _ => day >= self.from,
        };
        let row = match value {
            Some(value) if value < self.least => 1,
            Some(_) if beside => 0,
            _ => 2,
        };
        [value.map_or(Fate::NotApplicable, Fate::Number), Fate::Letter(row)]
    }

    /// Whether nothing behind a count is read in another way than through that, by the formula with its condition or by the
    /// table. Two counts of the same records are followed together where nothing but the records is open.
    fn is_plain(&self, table: bool, case: &Case) -> bool {
        let dated = self.model.counts[0].window.is_some();
        let apart = (self.formula.counts == 1 || records_only(self.model, case))
            && !(dated && matches!(self.when, When::From(_)))
            && !(self.model.gated && self.when == When::Urgent);
        apart && !(table && dated && self.beside == 3) && !(table && self.model.gated && self.beside == 0)
    }
}

/// One completion with the hours, and what formula and table come to.
type Made = BTreeMap<(Completion, i64), [Fate; 2]>;

fn needs_of(made: &Made, d: usize) -> Vec<String> {
    let names = ["spoed", "dag", "adres", "uren", "feiten"];
    let matters = |i: &usize| {
        let mut groups: BTreeMap<(Completion, i64), &Fate> = BTreeMap::new();
        made.iter().any(|((completion, hours), fates)| {
            let mut rest = (completion.clone(), *hours);
            match i {
                0 => rest.0.0 = false,
                1 => rest.0.1 = 0,
                2 => rest.0.2 = 0,
                3 => rest.1 = 0,
                _ => rest.0.3 = Vec::new(),
            }
            *groups.entry(rest).or_insert(&fates[d]) != &fates[d]
        })
    };
    (0..5).filter(matters).map(|i| names[i].to_owned()).collect()
}

fn hours(rng: &mut Rng, case: &mut Case) -> Vec<i64> {
    let (hours, text) = match rng.below(4) {
        0 => (vec![0, 1, 2], None),
        1 => (vec![1, 2], Some("{ \"between\": [1, 2] }".to_owned())),
        n => (vec![n as i64 - 1], Some((n - 1).to_string())),
    };
    if let Some(text) = text {
        let rest = case.json.trim_start_matches('{').trim_end_matches('}').trim().to_owned();
        let rest = if rest.is_empty() { rest } else { format!(", {rest}") };
        case.json = format!("{{ \"uren\": {text}{rest} }}");
    }
    hours
}

fn held(
    rules: &Rules<'_>,
    program: &Program,
    case: &Case,
    hours: &[i64],
    calendar: &Calendar,
) -> Result<Tally, String> {
    let answers = Answers::from_json("answers.json", &case.json).map_err(|f| f.to_string())?;
    let assessment = program.evaluate(&answers).map_err(|f| f.to_string())?;
    let mut made = Made::new();
    for (completion, fates) in brute(rules.model, case, calendar) {
        let number = |fate: &Fate| match fate {
            Fate::Number(n) => Some(*n),
            Fate::NotApplicable => None,
            other => panic!("{other:?}"),
        };
        let counts: Vec<Option<i64>> = fates[..rules.model.counts.len()].iter().map(number).collect();
        for n in hours {
            let fates = rules.fates((completion.0, *n, completion.1), &counts);
            made.insert((completion.clone(), *n), fates);
        }
    }
    let mut tally = Tally { cases: 1, ..Tally::default() };
    for (d, id) in ["f", "tabel"].into_iter().enumerate() {
        let outcome = assessment.decision(id).unwrap();
        let expected: BTreeSet<Fate> = made.values().map(|fates| fates[d].clone()).collect();
        let (found, found_needs, approximate) = given(outcome);
        let kind = if approximate { "approximate" } else { outcome.status() };
        *tally.statuses.entry(kind).or_default() += 1;
        let wrong =
            |what: String| Err(format!("`{id}` of {}: expected {what}, found {outcome:?}", case.json));
        let right = if approximate { found.is_superset(&expected) } else { found == expected };
        if !right {
            return wrong(format!("{expected:?}"));
        }
        if approximate && rules.is_plain(d == 1, case) {
            return wrong("an exact outcome".to_owned());
        }
        let needs = needs_of(&made, d);
        let all_named = needs.iter().all(|need| found_needs.contains(need));
        if (!approximate && needs != found_needs) || (expected.len() > 1 && !all_named) {
            return wrong(format!("needs {needs:?}"));
        }
    }
    Ok(tally)
}

#[test]
fn formulas_over_counts() {
    let calendar = Calendar::new();
    let tally = rounds("formulas over counts", 200, |rng| {
        let mut model = generate(rng, &calendar);
        model.most = model.most.min(2);
        for count in &mut model.counts {
            let same = count.rows[0].1;
            count.rows.iter_mut().for_each(|row| row.1 = same);
            if let Some(window) = &mut count.window {
                window.length = window.length.or(Some(None));
                window.first = window.first.or(Some(true));
                window.last = window.last.or(Some(true));
            }
        }
        let formula = loop {
            let formula = &FORMULAS[rng.below(FORMULAS.len())];
            if formula.counts <= model.counts.len() {
                break formula;
            }
        };
        let from = model.anchors.0 + 1;
        let conditions = [When::Always, When::Always, When::Urgent, When::Hours, When::From(from), When::Any];
        let (when, beside) = (conditions[rng.below(conditions.len())], rng.below(BESIDE.len()));
        let rules = Rules { model: &model, formula, when, least: 1 + rng.below(4) as i64, beside, from };
        let text = rules.text(&calendar);
        let program =
            crate::support::rules(&text).on(date("2026-07-04")).map_err(|f| format!("{f}\n{text}"))?;
        let mut tally = Tally::default();
        for _ in 0..8 {
            let mut case = case(rng, &model, &calendar);
            let hours = hours(rng, &mut case);
            let one = held(&rules, &program, &case, &hours, &calendar)
                .map_err(|problem| format!("{problem}\n{text}"))?;
            tally.cases += one.cases;
            one.statuses.iter().for_each(|(status, n)| *tally.statuses.entry(status).or_default() += n);
        }
        Ok(tally)
    });
    let count = |status: &str| tally.statuses.get(status).copied().unwrap_or(0);
    assert!(count("open") > 600 && count("determined") > 300, "{tally:?}");
}
