//! One case that is answered bit by bit.

use crate::answers::Answers;
use crate::assessment::Assessment;
use crate::diagnostic::Diagnostics;
use crate::evaluate::Before;
use crate::procedure::Hidden;
use crate::rule_set::Program;

/// A program for a form that is being filled in. It remembers what it searched and what each decision and condition comes to,
/// so that what a changed answer leaves as it was is not worked out again, nor what an answer brings back; the outcome is
/// the same, to the byte, as that of [`Program::evaluate`].
///
/// It remembers at most [`MAX_REMEMBERED`](crate::limits::MAX_REMEMBERED) searches and [`MAX_KEPT`](crate::limits::MAX_KEPT)
/// words of the cases so far, and is for one thread.
///
/// ```
/// # use leidraad::{Answers, Date, Session};
/// let rules = leidraad::catalog().rule_set("evenementen/veiligheid").unwrap();
/// let session = Session::new(rules.on(Date::new(2026, 9, 1).unwrap())?);
/// for answers in [Answers::new(), Answers::new().with("aantal", 250)] {
///     let program = session.program();
///     assert_eq!(session.evaluate_json(&answers.to_json())?, program.evaluate_json(&answers.to_json())?);
/// }
/// # Ok::<(), leidraad::Diagnostics>(())
/// ```
#[derive(Debug)]
pub struct Session {
    program: Program,
    before: Before,
}

impl Session {
    /// Begins with nothing to remember.
    pub fn new(program: Program) -> Session {
        Session { program, before: Before::default() }
    }

    /// The program.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What follows from these answers.
    ///
    /// # Errors
    /// As [`Program::evaluate`].
    pub fn evaluate(&self, answers: &Answers) -> Result<Assessment, Diagnostics> {
        self.program.evaluate_as(answers, Some(&self.before), &Hidden::default())
    }

    /// What follows from answers in JSON, as JSON.
    ///
    /// # Errors
    /// As [`Program::evaluate_json`].
    pub fn evaluate_json(&self, answers: &str) -> Result<String, Diagnostics> {
        self.program.evaluate_text(answers, Some(&self.before))
    }
}
