//! One case judged by the layers of several authorities, side by side: the municipalities that a route crosses.

use serde::Serialize;

use crate::answers::Answers;
use crate::assessment::{Assessment, Outcome};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::rule_set::RuleSet;
use crate::value::Date;

/// What follows for each of several authorities, in the order in which they were named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct SideBySide {
    /// Id of the rule set.
    pub rule_set: String,
    /// Each authority.
    pub authorities: Vec<Column>,
}

/// What follows for one authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Column {
    /// Its code.
    pub authority: String,
    /// The title of its layer.
    pub title: Option<String>,
    /// Whether the rule set has a layer for it. Without one nothing follows: nothing is borrowed from another.
    pub layer: bool,
    /// What follows.
    pub assessment: Option<Assessment>,
}

impl SideBySide {
    /// The outcomes of one decision, side by side; none where an authority has no layer or its layer no such decision.
    pub fn decision(&self, id: &str) -> Vec<(&str, Option<&Outcome>)> {
        self.authorities.iter().map(|column| (column.authority.as_str(), column.outcome(id))).collect()
    }
}

impl Column {
    fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.assessment.as_ref()?.decision(id)
    }
}

impl RuleSet {
    /// What follows for each of these authorities: on the day given, else on the days that the answers fix, else today.
    /// `classes` are those of confidentiality that the reader may see; without it all.
    ///
    /// # Errors
    /// As [`Program::evaluate`](crate::Program::evaluate), for any of them. An authority without a layer is no error.
    ///
    /// ```
    /// # use leidraad::{Answers, Date, Library, Outcome, Value};
    /// # let base = r#"{
    /// #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "parameters": { "grens": { "title": "Grens", "test_on": "aantal" } },
    /// #   "questions": [{ "section": "Feiten", "items": [
    /// #     { "id": "aantal", "ask": "Hoeveel?", "type": "integer", "min": 0, "max": 900, "sources": ["s"] } ] }],
    /// #   "decisions": { "soort": { "sources": ["s"], "table": ["aantal || soort", "grens || klein", "not(grens) || groot"] } }
    /// # }"#;
    /// # let layer = r#"{ "leidraad": 1, "overlay": "x/y", "authority": "GM0001", "title": "Gemeente",
    /// #   "parameters": { "grens": { "value": "<= 200", "sources": ["s"] } } }"#;
    /// # let library = Library::from_files(&[("x.json", base), ("gm0001.json", layer)]);
    /// # let rules = library.rule_set("x/y").unwrap();
    /// let today = Date::new(2026, 7, 4).unwrap();
    /// let answers = Answers::new().with("aantal", 150);
    /// let found = rules.side_by_side(&["GM0001", "GM0002"], &answers, None, today, None).unwrap();
    /// let klein = Outcome::Determined(Value::from("klein"));
    /// assert_eq!(found.decision("soort"), [("GM0001", Some(&klein)), ("GM0002", None)]);
    /// ```
    pub fn side_by_side(
        &self,
        authorities: &[&str],
        answers: &Answers,
        on: Option<Date>,
        today: Date,
        classes: Option<&[&str]>,
    ) -> Result<SideBySide, Diagnostics> {
        let mut columns: Vec<Column> = Vec::new();
        for code in authorities {
            let known = self.authorities().find(|known| known.eq_ignore_ascii_case(code)).map(str::to_owned);
            let authority = known.clone().unwrap_or_else(|| (*code).to_owned());
            if columns.iter().any(|column| column.authority == authority) {
                continue;
            }
            let Some(known) = known else {
                columns.push(Column { authority, title: None, layer: false, assessment: None });
                continue;
            };
            let titles = self.layers().filter(|layer| layer.authority == Some(known.as_str()));
            let title = titles.last().map(|layer| layer.title.to_owned());
            let program = self.for_case(Some(&known), answers, on, today)?;
            let assessment = match classes {
                Some(classes) => program.evaluate_for(answers, classes),
                None => program.evaluate(answers),
            };
            let assessment = assessment.map_err(|findings| named(&authority, &findings, answers))?;
            columns.push(Column { authority, title, layer: true, assessment: Some(assessment) });
        }
        Ok(SideBySide { rule_set: self.id().to_owned(), authorities: columns })
    }
}

/// Findings that say for which authority they are.
fn named(authority: &str, findings: &Diagnostics, answers: &Answers) -> Diagnostics {
    let named = |finding: &Diagnostic| Diagnostic {
        message: format!("{authority}: {}", finding.message),
        ..finding.clone()
    };
    Diagnostics::new(findings.iter().map(named).collect(), answers.sources.clone())
}
