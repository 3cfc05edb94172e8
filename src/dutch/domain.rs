//! What kind of answer a question takes.

use super::value;
use crate::model::{Measure, QuestionInfo, Type};
use crate::ticks::tick_value;

/// The kind of answer that a question takes.
pub(crate) fn domain(question: &QuestionInfo) -> String {
    let (measure, min, max) = match question.kind {
        Type::Finite { boolean: true } => return "ja of nee".to_owned(),
        Type::Finite { .. } => return "een van deze".to_owned(),
        Type::Text => return "vrije tekst".to_owned(),
        Type::List => return "een lijst".to_owned(),
        Type::Ordered { measure, min, max } => (measure, min, max),
    };
    let kind = match measure {
        Measure::Date => "een datum",
        Measure::Time => "een tijdstip",
        Measure::Number { .. } if question.integer => "een heel getal",
        Measure::Number { .. } => "een getal",
    };
    let end = |tick| value(&tick_value(measure, tick));
    let range = match (measure, question.bounds) {
        (Measure::Time, _) | (_, (false, false)) => String::new(),
        (_, (true, true)) => format!(" van {} tot en met {}", end(min), end(max)),
        (_, (true, false)) => format!(" vanaf {}", end(min)),
        (_, (false, true)) => format!(" tot en met {}", end(max)),
    };
    let unit = question.unit.as_ref().map_or_else(String::new, |unit| format!(", in {unit}"));
    format!("{kind}{range}{unit}")
}
