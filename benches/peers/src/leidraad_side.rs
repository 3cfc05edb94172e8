//! Leidraad itself: prepared answers, answers to the whole assessment, and JSON text to JSON text.

use std::hint::black_box;
use std::sync::LazyLock;

use leidraad::{Answers, Date, Outcome, Program, RuleSet, Value};

use crate::contender::{Claim, Contender};
use crate::sanctie::{self, Facts};

/// The names of the two contenders to which the others are compared.
pub const PREPARED: &str = "Leidraad, prepared";
pub const TEXT: &str = "Leidraad, JSON text to JSON text (whole assessment)";

static PROGRAM: LazyLock<Program> = LazyLock::new(|| {
    let rules =
        RuleSet::from_text("sanctie.yaml", include_str!("../../sanctie.yaml")).expect("a right rule set");
    rules.on(Date::parse("2026-07-04").expect("a date")).expect("a layer in force")
});

const DECISION: &str = "maatregel";

fn answers(facts: &Facts) -> Answers {
    Answers::from_json("answers.json", &facts.json()).expect("right answers")
}

fn outcome(value: &Value) -> Claim {
    let field = |name| value.get(name).expect("both outputs");
    let maanden = field("maanden").to_string().parse().expect("a number");
    Claim::Outcome(sanctie::outcome(field("maatregel").as_text().expect("a text"), maanden))
}

fn assess(facts: &Facts) -> Claim {
    match PROGRAM.evaluate(&answers(facts)).expect("an assessment").decision(DECISION) {
        Some(Outcome::Determined(value)) => outcome(value),
        Some(Outcome::Open { .. }) => Claim::NoAnswer,
        other => panic!("not expected here: {other:?}"),
    }
}

/// Answers looked up beforehand, one decision taken: what the prepared inputs of the peers are.
pub struct Prepared {
    decision: usize,
    inputs: Vec<leidraad::Prepared<'static>>,
}

impl Prepared {
    pub fn new(inputs: &[Facts]) -> Self {
        let prepare = |facts: &Facts| PROGRAM.prepare(&answers(facts)).expect("right answers");
        let decision = PROGRAM.decision_index(DECISION).expect("the decision");
        Self { decision, inputs: inputs.iter().map(prepare).collect() }
    }
}

impl Contender for Prepared {
    fn name(&self) -> &'static str {
        PREPARED
    }

    fn pass(&mut self) {
        for input in &mut self.inputs {
            black_box(black_box(input).decide(self.decision));
        }
    }

    /// As its documentation says: what it does not settle directly, the assessment tells apart.
    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        let mut prepared = PROGRAM.prepare(&answers(facts)).expect("right answers");
        Some(prepared.decide(self.decision).map_or_else(|| assess(facts), outcome))
    }
}

/// Answers read beforehand, and the whole assessment made: all decisions, questions, progress.
pub struct Assess(Vec<Answers>);

impl Assess {
    pub fn new(inputs: &[Facts]) -> Self {
        Self(inputs.iter().map(answers).collect())
    }
}

impl Contender for Assess {
    fn name(&self) -> &'static str {
        "Leidraad, answers to assessment"
    }

    fn pass(&mut self) {
        for answers in &self.0 {
            black_box(PROGRAM.evaluate(black_box(answers)).expect("an assessment"));
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        Some(assess(facts))
    }
}

/// From JSON text to JSON text.
pub struct Text(Vec<String>);

impl Text {
    pub fn new(inputs: &[Facts]) -> Self {
        Self(inputs.iter().map(Facts::json).collect())
    }
}

impl Contender for Text {
    fn name(&self) -> &'static str {
        TEXT
    }

    fn pass(&mut self) {
        for text in &self.0 {
            black_box(PROGRAM.evaluate_json(black_box(text)).expect("an assessment"));
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        let text = PROGRAM.evaluate_json(&facts.json()).expect("right answers");
        let assessment: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let decision = &assessment["decisions"][DECISION];
        match decision["status"].as_str() {
            Some("determined") => {
                let value = &decision["value"];
                let maatregel = value["maatregel"].as_str().expect("a text");
                Some(Claim::Outcome(sanctie::outcome(
                    maatregel,
                    value["maanden"].as_i64().expect("a number"),
                )))
            }
            Some("open") => Some(Claim::NoAnswer),
            other => panic!("not expected here: {other:?}"),
        }
    }
}
