//! What a verification says to an official.

use std::fmt;

use super::{Finding, Verification, Weight, What};
use crate::dossier::entry::Entry;
use crate::dossier::record::PartOf;
use crate::dossier::words::harmless;
use crate::notation::count;

/// What the hashes prove, and what not.
pub(crate) const PROVES: &str = "De hash is de vingerafdruk van het dossier. Zolang de laatste hash gelijk is aan een hash die elders is bewaard of \
     ondertekend, is er sinds dat bewaren niets veranderd. Dit bewijst niet wanneer iets is vastgelegd of door wie: tijden en namen zijn \
     zoals ze zijn ingevuld. Wie het bestand heeft, kan alles opnieuw maken of het eind weglaten. Dat is alleen te zien aan de bewaarde \
     hash.";

/// What the hash of a dossier proves that is not as it was recorded.
pub(crate) const PROVES_NOTHING: &str = "Dit dossier is NIET zoals het is vastgelegd. De laatste hash hieronder zegt daarom niets over wat hierboven staat, ook als die \
     gelijk is aan een hash die elders is bewaard of ondertekend.";

/// What an entry is, its id, and its name in a sentence. A name or time of a revision that signs belongs to the sign-off.
pub(super) fn subject(entry: &Entry, signed: bool) -> (What, Option<String>, String) {
    let of = |what: What, id: &str, name: &str| (what, Some(id.to_owned()), format!("{name} «{id}»"));
    match entry {
        Entry::About(_) if signed => {
            (What::SignOff, None, "De naam, het tijdstip of de opmerking van de ondertekening".to_owned())
        }
        Entry::About(_) => (What::Date, None, "Het tijdstip, de naam of de opmerking".to_owned()),
        Entry::Open(_) => {
            (What::Opening, None, "De opening (regels, gemeente, peildatum of zaak)".to_owned())
        }
        Entry::Answer(answered) => of(What::Answer, answered.question.as_str(), "Het antwoord op"),
        Entry::TakeBack(taken) => {
            of(What::Answer, taken.question.as_str(), "De intrekking van het antwoord op")
        }
        Entry::Step(stepped) => of(What::Step, stepped.step.as_str(), "Stap"),
        Entry::Reopen(reopened) => of(What::Step, reopened.step.as_str(), "De heropening van stap"),
        Entry::Deviate(deviated) => of(What::Deviation, deviated.decision.as_str(), "De afwijking bij"),
        Entry::Motivation(motivated) => {
            of(What::Motivation, motivated.decision.as_str(), "De motivering bij")
        }
        Entry::Follow(followed) => {
            of(What::Deviation, followed.decision.as_str(), "De intrekking van de afwijking bij")
        }
        Entry::Section(note) => of(What::SignOff, note.section.as_str(), "De aantekening bij onderdeel"),
        Entry::Sign(_) => (What::SignOff, None, "De ondertekening".to_owned()),
        Entry::Decisions(_) => (What::Outcome, None, "De vastgelegde uitkomst".to_owned()),
        Entry::Assessment(_) => {
            (What::Outcome, None, "De vastgelegde stand van vragen, opmerkingen en stappen".to_owned())
        }
    }
}

/// The name of a kind of part.
pub(super) fn part_name(of: PartOf) -> &'static str {
    match of {
        PartOf::About => "Wie en wanneer",
        PartOf::Acts => "Wat is vastgelegd",
        PartOf::Motivation => "De motiveringen",
        PartOf::Outcome => "De vastgelegde uitkomst",
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // ids stand in it as they stand in the file
        let text = harmless(&self.text);
        match self.revision {
            Some(number) => write!(f, "Revisie {number}: {text}"),
            None => f.write_str(&text),
        }
    }
}

impl Verification {
    /// Whether the dossier is as it was recorded, in a sentence.
    pub(crate) fn verdict(&self) -> &'static str {
        match (self.is_intact(), self.is_complete()) {
            (false, _) => "Dit dossier is NIET zoals het is vastgelegd.",
            (true, false) if self.findings.iter().all(|finding| finding.weight != Weight::Unchecked) => {
                "Geen wijziging gevonden: de hashes kloppen, en wat in deze kopie te zien is, volgt uit de antwoorden en de \
                 regels. Wat is afgeschermd, kon niet worden nagerekend."
            }
            (true, false) => "Geen wijziging gevonden, maar niet alles kon worden nagegaan.",
            (true, true) => {
                "Geen wijziging gevonden: de hashes kloppen, en de uitkomsten volgen uit de antwoorden en de regels."
            }
        }
    }

    /// A warning to stand above whatever is told of a dossier that was changed, with what was changed; nothing of one that was not.
    pub fn warning(&self) -> Option<String> {
        if self.is_intact() {
            return None;
        }
        let lead = format!("{} Gebruik dit niet voordat dit is uitgezocht.", self.verdict());
        let mut text = "Let op: dit dossier is gewijzigd\n".to_owned();
        // writing to a text cannot fail
        let _ = crate::notation::wrapped(&mut text, "", 0, &lead);
        for finding in self.findings.iter().filter(|finding| finding.weight == Weight::Changed) {
            let _ = crate::notation::wrapped(&mut text, "  - ", 4, &finding.to_string());
        }
        Some(text)
    }
}

impl fmt::Display for Verification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::notation::wrapped(f, "", 0, self.verdict())?;
        let signed = match self.sign_offs {
            0 => "niet ondertekend".to_owned(),
            n => {
                let list = count(n, "ondertekening", "ondertekeningen");
                format!("{list}, {} met een handtekening die klopt", self.signatures)
            }
        };
        let withheld = match self.withheld {
            0 => "niets afgeschermd".to_owned(),
            n => count(n, "deel afgeschermd", "delen afgeschermd"),
        };
        let revisions = count(self.revisions, "revisie", "revisies");
        let counts = format!("{revisions}, waarvan {} nagerekend; {signed}; {withheld}.", self.recomputed);
        writeln!(f, "{counts}\nLaatste hash: {}", self.head)?;
        if self.kept_elsewhere {
            writeln!(f, "Dat is de hash die elders is bewaard.")?;
        }
        for (weight, heading) in [
            (Weight::Changed, "Gewijzigd of onjuist:"),
            (Weight::Unchecked, "Niet nagegaan:"),
            (Weight::Remark, "Let op:"),
        ] {
            let mut some = self.findings.iter().filter(|finding| finding.weight == weight).peekable();
            if some.peek().is_some() {
                writeln!(f, "\n{heading}")?;
            }
            for finding in some {
                crate::notation::wrapped(f, "  - ", 4, &finding.to_string())?;
            }
        }
        writeln!(f)?;
        crate::notation::wrapped(f, "", 0, PROVES)
    }
}
