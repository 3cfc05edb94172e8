//! Two records of a checklist beside each other, as Dutch text.

use std::fmt;

use super::{ComparedDossiers, ComparedItem, ComparedRollup, Course, Why};
use crate::notation::count;
use crate::notation::wrapped;

impl Why {
    /// As an official reads it.
    pub fn text(self) -> &'static str {
        match self {
            Why::RulesChanged => "de vraag of de regels erachter zijn gewijzigd",
            Why::ApplicabilityChanged => "in een van beide niet van toepassing",
            Why::NotApplicable => "in beide niet van toepassing",
            Why::NotAssessed => "niet of niet helemaal beoordeeld in een van beide, of in allebei",
            Why::Withheld => "in een van beide afgeschermd",
        }
    }
}

impl fmt::Display for ComparedDossiers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, rollup) in self.rollups.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            rollup.write(f)?;
        }
        Ok(())
    }
}

impl ComparedRollup {
    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        let mut counts: Vec<String> = Vec::new();
        for (course, one, more) in [
            (Course::Better, "beter", "beter"),
            (Course::Worse, "slechter", "slechter"),
            (Course::Other, "anders", "anders"),
            (Course::Equal, "gelijk", "gelijk"),
            (Course::NotComparable, "niet vergelijkbaar", "niet vergelijkbaar"),
        ] {
            let n = self.count(course);
            let always = match course {
                Course::Better | Course::Worse => self.scaled,
                Course::Other => !self.scaled,
                _ => true,
            };
            if n > 0 || always {
                counts.push(count(n, one, more));
            }
        }
        writeln!(f, "  {}", counts.join(", "))?;
        for (course, heading) in
            [(Course::Better, "Beter:"), (Course::Worse, "Slechter:"), (Course::Other, "Anders:")]
        {
            self.list(f, heading, |item| item.course == course)?;
        }
        for why in [
            Why::RulesChanged,
            Why::ApplicabilityChanged,
            Why::NotAssessed,
            Why::Withheld,
            Why::NotApplicable,
        ] {
            let heading = format!("Niet vergelijkbaar, {}:", why.text());
            self.list(f, &heading, |item| item.why == Some(why))?;
        }
        Ok(())
    }

    fn list(
        &self,
        f: &mut fmt::Formatter<'_>,
        heading: &str,
        wanted: impl Fn(&ComparedItem) -> bool,
    ) -> fmt::Result {
        let mut items = self.items.iter().filter(|item| wanted(item)).peekable();
        if items.peek().is_some() {
            writeln!(f, "  {heading}")?;
        }
        for item in items {
            let line = match item.first == item.second {
                true => format!("{} ({}): {}", item.ask, item.question, item.first),
                false => format!("{} ({}): {} → {}", item.ask, item.question, item.first, item.second),
            };
            wrapped(f, "    - ", 6, &line)?;
        }
        Ok(())
    }
}
