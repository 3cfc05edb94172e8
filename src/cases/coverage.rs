//! Which rows of the tables the cases reach.

use std::collections::{BTreeMap, BTreeSet};

use super::Cases;
use crate::explain::deciding;
use crate::library::Library;
use crate::source::Span;
use crate::value::Date;

impl Cases {
    /// The places of the rows that decide something in these cases: rows that no case reaches are untested.
    pub fn rows_reached(&self, library: &Library, today: Date) -> BTreeSet<Span> {
        let mut programs = BTreeMap::new();
        let mut reached = BTreeSet::new();
        for case in &self.cases {
            let Ok(program) = self.program(case, library, today, &mut programs) else { continue };
            if let Ok(read) = program.case(&case.answers) {
                reached.extend(deciding(&program.engine, &case.answers, &read));
            }
        }
        reached
    }
}
