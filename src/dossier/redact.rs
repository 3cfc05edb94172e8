//! A copy of a dossier for a reader who may not see every class of confidentiality.

use std::collections::BTreeSet;

use super::Dossier;
use super::fields::Text;
use super::record::{Part, PartOf, Revision};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::reader::PUBLIC;
use crate::rule_set::RuleSet;
use crate::source::SourceMap;
use crate::suggest::with_suggestion;

impl Dossier {
    /// The classes of confidentiality that its rules have.
    pub fn classes(&self) -> Vec<&str> {
        let mut seen = BTreeSet::new();
        let classes = self.parts().flat_map(|part| &part.classes).map(Text::as_str);
        classes.filter(|class| seen.insert(*class)).collect()
    }

    /// The classes of which nothing was withheld from this copy.
    pub fn visible_classes(&self) -> Vec<&str> {
        let withheld = self.parts().filter(|part| part.is_withheld() && part.classes.len() == 1);
        let closed: BTreeSet<&str> = withheld.flat_map(|part| &part.classes).map(Text::as_str).collect();
        self.classes().into_iter().filter(|class| !closed.contains(class)).collect()
    }

    fn parts(&self) -> impl Iterator<Item = &Part> {
        self.revisions().iter().flat_map(|revision| &revision.parts)
    }

    /// A copy for a reader who may see these classes of confidentiality and no others; `public` stands for none. Of what he may not
    /// see only salted hashes are left, so that the copy still verifies.
    ///
    /// Who recorded a revision, and when, is withheld with it where a reader may see nothing of what it records. A motivation is
    /// withheld where the decision hangs on what is confidential; what was decided stays, as a decision is made known.
    ///
    /// Of what followed, each decision stays for a reader who has all classes on which it can hang. The rest of the assessment, and
    /// with it what was decided for each record of a list, stays only for a reader of all classes; for others it is judged again
    /// from the answers that they may see.
    ///
    /// Where something was decided otherwise on the way to an outcome that he may not see, the copy names the decisions that come out
    /// otherwise for it, and they are withheld. Which those are follows from the rules that are kept in the dossier.
    ///
    /// # Errors
    /// A class that the dossier does not have; rules that are needed and not kept: see [`Dossier::redact_by`].
    ///
    /// ```
    /// # use leidraad::dossier::{Opening, Reference, Stamp};
    /// # use leidraad::{Answers, Dossier, RuleSet};
    /// # let rules = RuleSet::from_text("x.json", r#"{
    /// #   "leidraad": 1, "id": "x/y", "title": "Voorbeeld", "sources": { "s": { "kind": "example", "title": "Voorbeeld" } },
    /// #   "classes": { "politie": { "title": "Gegevens van de politie", "sources": ["s"] } },
    /// #   "questions": [{ "section": "Feiten", "items": [
    /// #     { "id": "signaal", "ask": "Is er een signaal?", "type": "boolean", "confidentiality": "politie", "sources": ["s"] } ] }],
    /// #   "decisions": { "soort": { "sources": ["s"], "table": ["signaal || soort", "ja || nader", "nee || gewoon"] } }
    /// # }"#)?;
    /// # let stamp = |salt| Stamp::new("2026-07-04T10:00:00+02:00", [salt; 32]).unwrap();
    /// let mut dossier = Dossier::new(&rules, &Opening::default(), &stamp(1))?;
    /// dossier.record(&rules, &Answers::new().with("signaal", true), &stamp(2))?;
    /// let copy = dossier.redact(&["public"])?;
    /// assert!(!copy.to_json().contains(r#""question":"signaal""#) && !copy.to_json().contains("\"nader\""));
    /// assert!(copy.verify(&Reference { rules: &[&rules], head: Some(dossier.head()), keys: &[] }).is_intact());
    /// assert_eq!(dossier.redact(&["politie"])?, dossier);
    /// # Ok::<(), leidraad::Diagnostics>(())
    /// ```
    pub fn redact(&self, classes: &[&str]) -> Result<Dossier, Diagnostics> {
        self.copy_for(classes, None)
    }

    /// The same, by the rules by which the dossier was judged last, where it does not keep them.
    ///
    /// # Errors
    /// As [`Dossier::redact`], and other rules than those.
    pub fn redact_by(&self, rules: &RuleSet, classes: &[&str]) -> Result<Dossier, Diagnostics> {
        self.copy_for(classes, Some(rules))
    }

    fn copy_for(&self, classes: &[&str], rules: Option<&RuleSet>) -> Result<Dossier, Diagnostics> {
        let known = self.classes();
        let mut out = Vec::new();
        for class in classes.iter().filter(|class| **class != PUBLIC && !known.contains(*class)) {
            let message = format!("`{}` is not a class of this dossier", crate::tree::excerpt(class));
            let finding = Diagnostic::error(Code::UnknownName, None, message);
            out.push(with_suggestion(finding, class, known.iter().copied().chain([PUBLIC])));
        }
        if !out.is_empty() {
            return Err(Diagnostics::new(out, SourceMap::default()));
        }
        let mut record = self.record.clone();
        record.revisions.iter_mut().for_each(|revision| withhold(revision, classes));
        if record == self.record {
            return Ok(self.clone());
        }
        let copy = Dossier::of(record.clone())?;
        let answers = self.answers();
        if copy.answers().deviations.0.len() == answers.deviations.0.len() {
            return Ok(copy);
        }
        let Some(rules) = rules.cloned().or_else(|| self.kept_rules()) else {
            let message = "what follows from what was decided otherwise cannot be told: the dossier does not keep its rules";
            let finding =
                Diagnostic::error(Code::OtherRules, None, message).help("give the rules of that time");
            return Err(Diagnostics::new(vec![finding], SourceMap::default()));
        };
        let overruled = self.program(&rules)?.overruled_for(&answers, classes)?;
        record.overruled = overruled.iter().map(|id| Text::from(&**id)).collect();
        Dossier::of(record)
    }
}

/// Leaves of the parts that a reader may not see nothing but their hashes.
fn withhold(revision: &mut Revision, classes: &[&str]) {
    for part in revision.parts.iter_mut().filter(|part| !part.is_for(classes)) {
        close(part);
    }
    let seen = revision.parts.iter().any(|part| part.of == PartOf::Acts && !part.leaves.is_empty());
    if !seen {
        revision.parts.iter_mut().filter(|part| part.of == PartOf::About).for_each(close);
    }
}

fn close(part: &mut Part) {
    part.salt = None;
    part.leaves.clear();
}
