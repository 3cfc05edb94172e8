//! The decision: one const table, from which the formats of all peers are generated, and the 96 inputs.
//! `../../sanctie.yaml` holds the same table as a rule file.

/// A row: every test must hold; `None` accepts everything.
pub struct Row {
    pub object: Option<&'static str>,
    pub middel: Option<&'static str>,
    pub gram_over: Option<f64>,
    pub eerder: Eerder,
    pub outcome: Outcome,
}

/// The test on the number of earlier findings.
#[derive(Clone, Copy)]
pub enum Eerder {
    Any,
    Is(i64),
    AtLeast(i64),
}

/// What the table decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub maatregel: &'static str,
    pub maanden: i64,
}

/// What is known about a case; `None` is a question that nobody answered.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub object: Option<&'static str>,
    pub middel: Option<&'static str>,
    pub gram: Option<f64>,
    pub eerder: Option<i64>,
}

/// A case with everything known, as the hand-written loop takes it.
#[derive(Clone, Copy)]
pub struct Case {
    pub object: &'static str,
    pub middel: &'static str,
    pub gram: f64,
    pub eerder: i64,
}

/// How many inputs there are.
pub const INPUTS: usize = OBJECTS.len() * MIDDELEN.len() * GRAMMEN.len() * EERDER.len();

pub const OBJECTS: [&str; 2] = ["woning", "lokaal"];
pub const MIDDELEN: [&str; 2] = ["soft", "hard"];
pub const GRAMMEN: [f64; 6] = [0.2, 0.5, 0.6, 5.0, 5.1, 30.1];
pub const EERDER: [i64; 4] = [0, 1, 2, 3];

const fn row(
    object: &'static str,
    middel: &'static str,
    gram_over: f64,
    eerder: Eerder,
    maatregel: &'static str,
    maanden: i64,
) -> Row {
    let outcome = Outcome { maatregel, maanden };
    Row { object: Some(object), middel: Some(middel), gram_over: Some(gram_over), eerder, outcome }
}

use Eerder::{Any, AtLeast, Is};

/// First hit decides; the last row accepts everything.
pub const TABLE: [Row; 12] = [
    row("woning", "soft", 30.0, Is(0), "sluiting", 1),
    row("woning", "soft", 5.0, Is(0), "waarschuwing", 0),
    row("woning", "soft", 5.0, Is(1), "sluiting", 2),
    row("woning", "soft", 5.0, AtLeast(2), "sluiting", 6),
    row("woning", "hard", 0.5, Is(0), "sluiting", 3),
    row("woning", "hard", 0.5, Is(1), "sluiting", 9),
    row("woning", "hard", 0.5, AtLeast(2), "sluiting", 12),
    row("lokaal", "soft", 5.0, Is(0), "sluiting", 4),
    row("lokaal", "soft", 5.0, Any, "sluiting", 8),
    row("lokaal", "hard", 0.5, Is(0), "sluiting", 18),
    row("lokaal", "hard", 0.5, Any, "sluiting", 24),
    Row {
        object: None,
        middel: None,
        gram_over: None,
        eerder: Any,
        outcome: Outcome { maatregel: "geen", maanden: 0 },
    },
];

impl Row {
    fn accepts(&self, case: &Case) -> bool {
        self.object.is_none_or(|object| object == case.object)
            && self.middel.is_none_or(|middel| middel == case.middel)
            && self.gram_over.is_none_or(|bound| case.gram > bound)
            && match self.eerder {
                Any => true,
                Is(n) => case.eerder == n,
                AtLeast(n) => case.eerder >= n,
            }
    }
}

/// The hand-written loop: what a developer would write without any engine, and the reference for all of them.
pub fn decide(case: &Case) -> Outcome {
    match TABLE.iter().find(|row| row.accepts(case)) {
        Some(row) => row.outcome,
        None => unreachable!("the last row accepts everything"),
    }
}

/// All 96 inputs.
pub fn all_facts() -> Vec<Facts> {
    let mut all = Vec::new();
    for object in OBJECTS {
        for middel in MIDDELEN {
            for gram in GRAMMEN {
                for eerder in EERDER {
                    all.push(Facts {
                        object: Some(object),
                        middel: Some(middel),
                        gram: Some(gram),
                        eerder: Some(eerder),
                    });
                }
            }
        }
    }
    all
}

impl Facts {
    /// The case, when everything is known.
    pub fn complete(&self) -> Option<Case> {
        Some(Case { object: self.object?, middel: self.middel?, gram: self.gram?, eerder: self.eerder? })
    }

    /// As JSON text; what is not known is left out.
    pub fn json(&self) -> String {
        let fields = [
            self.object.map(|v| format!(r#""object":"{v}""#)),
            self.middel.map(|v| format!(r#""middel":"{v}""#)),
            self.gram.map(|v| format!(r#""gram":{v}"#)),
            self.eerder.map(|v| format!(r#""eerder":{v}"#)),
        ];
        format!("{{{}}}", fields.into_iter().flatten().collect::<Vec<_>>().join(","))
    }

    /// Every way to answer what is still unknown.
    pub fn completions(&self) -> Vec<Case> {
        all_facts()
            .iter()
            .filter_map(Facts::complete)
            .filter(|case| {
                self.object.is_none_or(|v| v == case.object)
                    && self.middel.is_none_or(|v| v == case.middel)
                    && self.gram.is_none_or(|v| v == case.gram)
                    && self.eerder.is_none_or(|v| v == case.eerder)
            })
            .collect()
    }
}

/// Reads an outcome that an engine gave back as text and number; an outcome that no row has is an error of the test.
pub fn outcome(maatregel: &str, maanden: i64) -> Outcome {
    TABLE
        .iter()
        .map(|row| row.outcome)
        .find(|outcome| outcome.maatregel == maatregel && outcome.maanden == maanden)
        .unwrap_or_else(|| panic!("no row gives {maatregel}, {maanden}"))
}
