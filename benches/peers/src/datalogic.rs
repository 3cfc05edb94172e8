//! datalogic-rs (JSONLogic): prepared input, and JSON text to JSON text.

use std::hint::black_box;

use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{Engine, Logic, ParsedData};
use serde_json::{Value, json};

use crate::contender::{Claim, Contender};
use crate::sanctie::{self, Eerder, Facts, Row, TABLE};

/// `{"if": [condition, outcome, …, outcome]}`, an outcome being `["sluiting", 6]`.
fn rule() -> String {
    let (last, rows) = TABLE.split_last().expect("twelve rows");
    let mut branches: Vec<Value> = Vec::new();
    for row in rows {
        branches.push(json!({ "and": tests(row) }));
        branches.push(json!([row.outcome.maatregel, row.outcome.maanden]));
    }
    branches.push(json!([last.outcome.maatregel, last.outcome.maanden]));
    json!({ "if": branches }).to_string()
}

fn tests(row: &Row) -> Vec<Value> {
    let var = |name: &str| json!({ "var": name });
    let tests = [
        row.object.map(|v| json!({ "===": [var("object"), v] })),
        row.middel.map(|v| json!({ "===": [var("middel"), v] })),
        row.gram_over.map(|v| json!({ ">": [var("gram"), v] })),
        match row.eerder {
            Eerder::Any => None,
            Eerder::Is(n) => Some(json!({ "===": [var("eerder"), n] })),
            Eerder::AtLeast(n) => Some(json!({ ">=": [var("eerder"), n] })),
        },
    ];
    tests.into_iter().flatten().collect()
}

fn claim(engine: &Engine, logic: &Logic, facts: &Facts) -> Claim {
    let mut session = engine.session();
    match session.eval_str(logic, facts.json().as_str()) {
        Ok(text) => {
            let (maatregel, maanden): (String, i64) = serde_json::from_str(&text).expect("an outcome");
            Claim::Outcome(sanctie::outcome(&maatregel, maanden))
        }
        Err(_) => Claim::NoAnswer,
    }
}

/// Inputs parsed beforehand, results borrowed from the arena: its fastest way.
pub struct Prepared {
    engine: Engine,
    logic: Logic,
    arena: Bump,
    inputs: Vec<ParsedData>,
}

impl Prepared {
    pub fn new(inputs: &[Facts]) -> Self {
        let engine = Engine::new();
        let logic = engine.compile(rule().as_str()).expect("the rule compiles");
        let parse = |facts: &Facts| ParsedData::from_json(&facts.json()).expect("valid JSON");
        Self { engine, logic, arena: Bump::new(), inputs: inputs.iter().map(parse).collect() }
    }
}

impl Contender for Prepared {
    fn name(&self) -> &'static str {
        "datalogic-rs 5.4.0, prepared"
    }

    fn pass(&mut self) {
        for input in &self.inputs {
            black_box(self.engine.evaluate(&self.logic, black_box(input), &self.arena).expect("an outcome"));
            self.arena.reset();
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        Some(claim(&self.engine, &self.logic, facts))
    }
}

/// From JSON text to JSON text.
pub struct Text {
    engine: Engine,
    logic: Logic,
    inputs: Vec<String>,
}

impl Text {
    pub fn new(inputs: &[Facts]) -> Self {
        let engine = Engine::new();
        let logic = engine.compile(rule().as_str()).expect("the rule compiles");
        Self { engine, logic, inputs: inputs.iter().map(Facts::json).collect() }
    }
}

impl Contender for Text {
    fn name(&self) -> &'static str {
        "datalogic-rs 5.4.0, JSON text to JSON text"
    }

    fn pass(&mut self) {
        let mut session = self.engine.session();
        for text in &self.inputs {
            black_box(session.eval_str(&self.logic, black_box(text.as_str())).expect("an outcome"));
            session.reset();
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        Some(claim(&self.engine, &self.logic, facts))
    }
}
