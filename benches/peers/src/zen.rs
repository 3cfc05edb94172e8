//! zen-engine: a compiled decision table, hit policy first.

use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use serde_json::{Value, json};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, Variable};

use crate::contender::{Claim, Contender};
use crate::sanctie::{self, Eerder, Facts, Row, TABLE};

/// The compiled table with its prepared inputs.
pub struct Zen {
    decision: Decision,
    inputs: Vec<Variable>,
}

fn content() -> Value {
    let field = |name: &str| json!({ "id": name, "name": name, "field": name });
    let rules: Vec<Value> = TABLE.iter().enumerate().map(rule).collect();
    let inputs = ["object", "middel", "gram", "eerder"].map(field);
    let outputs = ["maatregel", "maanden"].map(field);
    let table = json!({ "hitPolicy": "first", "inputs": inputs, "outputs": outputs, "rules": rules });
    json!({
        "nodes": [
            { "id": "in", "name": "in", "type": "inputNode", "content": {} },
            { "id": "table", "name": "sanctie", "type": "decisionTableNode", "content": table },
            { "id": "out", "name": "out", "type": "outputNode", "content": {} },
        ],
        "edges": [
            { "id": "e1", "sourceId": "in", "targetId": "table" },
            { "id": "e2", "sourceId": "table", "targetId": "out" },
        ],
    })
}

fn rule((number, row): (usize, &Row)) -> Value {
    let text = |value: Option<&str>| value.map(|v| format!("\"{v}\"")).unwrap_or_default();
    json!({
        "_id": format!("row{number}"),
        "object": text(row.object),
        "middel": text(row.middel),
        "gram": row.gram_over.map(|v| format!("> {v}")).unwrap_or_default(),
        "eerder": match row.eerder {
            Eerder::Any => String::new(),
            Eerder::Is(n) => n.to_string(),
            Eerder::AtLeast(n) => format!(">= {n}"),
        },
        "maatregel": text(Some(row.outcome.maatregel)),
        "maanden": row.outcome.maanden.to_string(),
    })
}

fn variable(facts: &Facts) -> Variable {
    serde_json::from_str::<Value>(&facts.json()).expect("valid JSON").into()
}

/// Nothing in a table waits, so polling until ready costs less than any executor.
fn ready<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

impl Zen {
    pub fn new(inputs: &[Facts]) -> Self {
        let content: DecisionContent = serde_json::from_value(content()).expect("a valid decision model");
        let mut decision = DecisionEngine::default().create_decision(content.into()).expect("a decision");
        decision.compile();
        Self { decision, inputs: inputs.iter().map(variable).collect() }
    }
}

impl Contender for Zen {
    fn name(&self) -> &'static str {
        "zen-engine 2.1.6, compiled decision table"
    }

    fn pass(&mut self) {
        for input in &self.inputs {
            black_box(ready(self.decision.evaluate(black_box(input).clone())).expect("an outcome"));
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        let Ok(response) = ready(self.decision.evaluate(variable(facts))) else {
            return Some(Claim::NoAnswer);
        };
        let result = response.result.to_value();
        let (Some(maatregel), Some(maanden)) = (result["maatregel"].as_str(), result["maanden"].as_i64())
        else {
            return Some(Claim::NoAnswer);
        };
        Some(Claim::Outcome(sanctie::outcome(maatregel, maanden)))
    }
}
