//! Outcomes in words.

use super::MOST_OUTCOMES;
use crate::assessment::{Outcome, Possible};
use crate::dutch;
use crate::evaluate::{Evaluation, Reached};
use crate::program::Code;
use crate::value::Value;

/// The outcome of a decision; of an open one what is possible.
pub(super) fn text(evaluation: &Evaluation<'_>, d: usize, outcome: &Outcome, reached: &Reached) -> String {
    let model = &evaluation.engine.model;
    match outcome {
        Outcome::Determined(value) => model.outcome_text(d, value),
        Outcome::Open { possible: Possible::Range(min, max), .. } => {
            let (min, max) = (dutch::value(min), model.outcome_text(d, max));
            format!("nog open: van {min} tot en met {max}")
        }
        Outcome::Open { possible: Possible::RangeAnd(min, max, also), .. } => {
            let also: Vec<String> = also.iter().map(|value| model.outcome_text(d, value)).collect();
            let (min, max) = (dutch::value(min), model.outcome_text(d, max));
            format!("nog open: van {min} tot en met {max}; of {}", dutch::either(&also))
        }
        Outcome::Open { possible: Possible::ListsOf(values), .. } => {
            let texts: Vec<String> = values.iter().map(|value| model.outcome_text(d, value)).collect();
            format!("nog open: geen, een of meer van {}", dutch::either(&texts))
        }
        Outcome::Open { approximate, .. } => {
            let roughly = if *approximate { " (hoogstens deze)" } else { "" };
            let codes = evaluation.sorted(d, &reached.codes);
            let value = |code: Option<&Code>| code.map(|code| evaluation.value(d, *code));
            if codes.len() > MOST_OUTCOMES
                && let (Some(min @ Value::Number(_)), Some(max @ Value::Number(_))) =
                    (value(codes.first()), value(codes.last()))
            {
                let (min, max) = (dutch::value(&min), dutch::value(&max));
                return format!("nog open: van {min} tot en met {max}{roughly}");
            }
            let texts = texts(evaluation, d, &codes);
            if texts.len() > MOST_OUTCOMES {
                return format!("nog open: {} mogelijke uitkomsten{roughly}", texts.len());
            }
            format!("nog open: {}{roughly}", dutch::either(&texts))
        }
        Outcome::NotApplicable => "niet van toepassing".to_owned(),
        Outcome::Withheld => "afgeschermd".to_owned(),
        Outcome::Unregulated { .. } => "niet geregeld".to_owned(),
    }
}

/// Outcomes in words, each once; what is missing in several ways, which stands elsewhere, as one.
pub(super) fn texts(evaluation: &Evaluation<'_>, d: usize, codes: &[Code]) -> Vec<String> {
    let several = codes.iter().filter(|code| evaluation.missing(**code).is_some()).count() > 1;
    let mut texts: Vec<String> = Vec::new();
    for code in codes {
        let text = match evaluation.missing(*code) {
            Some(_) if several => "niet geregeld".to_owned(),
            _ => evaluation.engine.model.outcome_text(d, &evaluation.value(d, *code)),
        };
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}
