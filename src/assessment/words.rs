//! Where steps and terms stand, in words: for the command, the report, and every program that shows them.

use super::{StepState, StepStatus, TermState, TermStatus};
use crate::document::Severity;
use crate::notation::{count, date};

impl Severity {
    /// How heavy a remark weighs, in Dutch.
    ///
    /// ```
    /// assert_eq!(leidraad::document::Severity::Obstacle.in_words(), "eerst oplossen");
    /// ```
    pub fn in_words(self) -> &'static str {
        match self {
            Severity::Obstacle => "eerst oplossen",
            Severity::Attention => "let op",
            Severity::Note => "ter informatie",
        }
    }
}

impl StepState {
    /// Where the step stands, in Dutch; `title` gives the title of a step by its id.
    ///
    /// ```
    /// # let rules = leidraad::RuleSet::from_text("x.json", r#"{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
    /// #   "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "questions": [{ "section": "Feiten", "items": [{ "id": "a", "ask": "Ja?", "type": "boolean", "sources": ["s"] }] }],
    /// #   "decisions": { "d": { "sources": ["s"], "table": ["a || d", "ja || x", "nee || y"] } },
    /// #   "steps": { "eerst": { "title": "Eerst", "actor": "college", "sources": ["s"] },
    /// #     "dan": { "title": "Dan", "actor": "college", "after": ["eerst"], "sources": ["s"] } } }"#)?;
    /// # let program = rules.on(leidraad::Date::new(2026, 7, 4).unwrap())?;
    /// let assessment = program.evaluate(&leidraad::Answers::new())?;
    /// let words = assessment.steps.iter().map(|step| step.in_words(|id| id.to_uppercase())).collect::<Vec<_>>();
    /// assert_eq!(words, ["kan nu", "wacht op «EERST»"]);
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn in_words(&self, title: impl Fn(&str) -> String) -> String {
        let by = self.by.as_ref().map_or_else(String::new, |by| format!(" door {by}"));
        match self.status {
            StepStatus::Done => match self.done {
                Some(day) => format!("gedaan op {}{by}", date(day)),
                None => "gedaan".to_owned(),
            },
            StepStatus::Skipped => {
                format!("overgeslagen{by}: {}", self.skipped.as_deref().unwrap_or_default())
            }
            StepStatus::Open if self.has_lapsed() => "niet gedaan".to_owned(),
            StepStatus::Open => "kan nu".to_owned(),
            StepStatus::Blocked => {
                let first: Vec<String> =
                    self.blocked_by.iter().map(|id| format!("«{}»", title(id))).collect();
                format!("wacht op {}", first.join(", "))
            }
            StepStatus::Withheld => "afgeschermd".to_owned(),
            StepStatus::NotApplicable => "niet aan de orde".to_owned(),
            StepStatus::Undecided => "nog niet bekend of dit aan de orde is".to_owned(),
        }
    }

    /// Whether it is a right or a choice of which the term has passed.
    fn has_lapsed(&self) -> bool {
        self.term.as_ref().is_some_and(|term| term.status == TermStatus::Lapsed)
    }
}

impl TermState {
    /// Before or from which day, and how that stands, in Dutch.
    ///
    /// ```
    /// # let rules = leidraad::RuleSet::from_text("x.json", r#"{ "leidraad": 1, "id": "x/y", "title": "Voorbeeld",
    /// #   "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "questions": [{ "section": "Feiten", "items": [{ "id": "dag", "ask": "Welke dag?", "type": "date", "sources": ["s"] }] }],
    /// #   "decisions": { "d": { "sources": ["s"], "table": ["dag || d", "- || x"] } },
    /// #   "steps": { "besluit": { "title": "Besluiten", "actor": "college", "sources": ["s"],
    /// #     "term": { "from": "dag", "length": "8 weeks", "sources": ["s"] } } } }"#)?;
    /// # let program = rules.on(leidraad::Date::new(2026, 7, 4).unwrap())?;
    /// let mut answers = leidraad::Answers::new().with("dag", "2026-07-04");
    /// answers.set_today(leidraad::Date::new(2026, 8, 1));
    /// let assessment = program.evaluate(&answers)?;
    /// let term = assessment.steps[0].term.as_ref().unwrap();
    /// assert_eq!(term.in_words(), "uiterlijk 31 augustus 2026 (over 30 dagen)");
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn in_words(&self) -> String {
        if let Some(problem) = &self.problem {
            return format!("niet te berekenen: {problem}");
        }
        let word = match self.status {
            TermStatus::Withheld => return "de dag is afgeschermd".to_owned(),
            TermStatus::Lapsed => "kon tot en met",
            _ if self.at_least => "niet voor",
            _ => "uiterlijk",
        };
        let time = self.time.as_ref().map_or_else(String::new, |time| format!(" om {time} uur"));
        let first = self.earliest.map_or_else(String::new, |day| format!(", vanaf {}", date(day)));
        let open = format!("{word} een dag die nog niet vaststaat");
        let text = match (self.day, self.not_before, self.not_after) {
            (Some(day), ..) => format!("{word} {}{time}{first}", date(day)),
            (None, Some(low), Some(high)) => format!("{open}: tussen {} en {}", date(low), date(high)),
            (None, Some(low), None) => format!("{open}: niet eerder dan {}", date(low)),
            (None, None, Some(high)) => format!("{open}: niet later dan {}", date(high)),
            (None, None, None) => "nog niet te berekenen".to_owned(),
        };
        match self.stands() {
            Some(stands) => format!("{text} ({stands})"),
            None => text,
        }
    }

    /// How the day stands to today, or to the day on which the step was done.
    fn stands(&self) -> Option<String> {
        let days = |n: u64| count(usize::try_from(n).unwrap_or(usize::MAX), "dag", "dagen");
        match (self.status, self.days_left) {
            (TermStatus::Met, _) => Some("op tijd gedaan".to_owned()),
            (TermStatus::Late, _) => Some("te laat gedaan".to_owned()),
            (TermStatus::TooEarly, _) => Some("te vroeg gedaan".to_owned()),
            (TermStatus::Overdue, Some(left)) if left < 0 => {
                Some(format!("{} te laat", days(left.unsigned_abs())))
            }
            (TermStatus::Overdue, _) => Some("te laat".to_owned()),
            (_, Some(0)) => Some("vandaag".to_owned()),
            (_, Some(left)) if left > 0 => Some(format!("over {}", days(left.unsigned_abs()))),
            _ => None,
        }
    }
}
