//! cel: one expression, a chain of conditionals, with a context per input built beforehand.

use std::hint::black_box;
use std::sync::Arc;

use cel::{Context, Env, Program, Value};

use crate::contender::{Claim, Contender};
use crate::sanctie::{self, Eerder, Facts, Row, TABLE};

/// The compiled expression with its prepared contexts.
pub struct Cel {
    env: Arc<Env>,
    program: Program,
    contexts: Vec<Context<'static, 'static>>,
}

/// `condition ? ['sluiting', 6] : …`
fn expression() -> String {
    let outcome = |row: &Row| format!("['{}', {}]", row.outcome.maatregel, row.outcome.maanden);
    let (last, rows) = TABLE.split_last().expect("twelve rows");
    let chain: String = rows.iter().map(|row| format!("{} ? {} : ", tests(row), outcome(row))).collect();
    format!("{chain}{}", outcome(last))
}

fn tests(row: &Row) -> String {
    let tests = [
        row.object.map(|v| format!("object == '{v}'")),
        row.middel.map(|v| format!("middel == '{v}'")),
        row.gram_over.map(|v| format!("gram > {v:?}")),
        match row.eerder {
            Eerder::Any => None,
            Eerder::Is(n) => Some(format!("eerder == {n}")),
            Eerder::AtLeast(n) => Some(format!("eerder >= {n}")),
        },
    ];
    tests.into_iter().flatten().collect::<Vec<_>>().join(" && ")
}

fn context(env: &Arc<Env>, facts: &Facts) -> Context<'static, 'static> {
    let mut context = Context::with_env(Arc::clone(env));
    if let Some(object) = facts.object {
        context.add_variable_from_value("object", object);
    }
    if let Some(middel) = facts.middel {
        context.add_variable_from_value("middel", middel);
    }
    if let Some(gram) = facts.gram {
        context.add_variable_from_value("gram", gram);
    }
    if let Some(eerder) = facts.eerder {
        context.add_variable_from_value("eerder", eerder);
    }
    context
}

impl Cel {
    pub fn new(inputs: &[Facts]) -> Self {
        let env = Arc::new(Env::stdlib());
        let program = env.compile(&expression()).expect("the expression compiles");
        let contexts = inputs.iter().map(|facts| context(&env, facts)).collect();
        Self { env, program, contexts }
    }
}

impl Contender for Cel {
    fn name(&self) -> &'static str {
        "cel 0.15.0, prebuilt context"
    }

    fn pass(&mut self) {
        for context in &self.contexts {
            black_box(self.program.execute(black_box(context)).expect("an outcome"));
        }
    }

    fn claim(&mut self, facts: &Facts) -> Option<Claim> {
        let Ok(value) = self.program.execute(&context(&self.env, facts)) else {
            return Some(Claim::NoAnswer);
        };
        let Value::List(items) = value else { panic!("not an outcome: {value:?}") };
        match items.as_slice() {
            [Value::String(maatregel), Value::Int(maanden)] => {
                Some(Claim::Outcome(sanctie::outcome(maatregel, *maanden)))
            }
            other => panic!("not an outcome: {other:?}"),
        }
    }
}
