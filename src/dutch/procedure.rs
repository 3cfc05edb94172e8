//! Remarks on steps and judgements, as an official reads them.

use super::either;
use crate::model::Model;
use crate::notation::date;
use crate::term::TermError;
use crate::value::Date;

/// That the source itself leaves a choice.
pub(crate) const SOURCE_UNDECIDED: &str = "De bron laat hier meer dan één uitkomst open: haar regels overlappen, of zeggen over dit geval niets. Geen verder antwoord beslist dit.";

/// What was decided instead of what follows, beside that.
pub(crate) fn deviation(decided: &str, motivation: &str) -> String {
    format!("In afwijking hiervan besloten: {decided}. Motivering: {motivation}")
}

/// That something was decided otherwise which is not at issue.
pub(crate) fn decided_without_need(title: &str) -> String {
    format!("Over «{title}» is anders besloten, maar dat is in dit geval niet aan de orde.")
}

/// That a judgement differs from what the facts suggest.
pub(crate) fn contradiction(ask: &str, judged: &str, suggested: &str) -> String {
    format!("«{ask}» is beoordeeld als «{judged}». De andere antwoorden wijzen op «{suggested}».")
}

/// That a step was done on one day by its own record, and that the question which also says so has another one: that may ask
/// another event.
pub(crate) fn two_days(step: &str, own: Date, question: &str, other: Date) -> String {
    let (own, other) = (date(own), date(other));
    format!("Bij «{step}» staat {own}; het antwoord op «{question}» is {other}. Voor de stap telt {own}.")
}

/// That it is not known whether a step was done.
pub(crate) fn perhaps_done(step: &str) -> String {
    format!("Van «{step}» is niet bekend of dit is gedaan, en zo ja wanneer.")
}

/// That a step was done on a day that is yet to come.
pub(crate) fn done_later(step: &str, done: Date) -> String {
    format!("«{step}» zou zijn gedaan op {}. Die dag moet nog komen.", date(done))
}

/// That a step was done before one that comes first, if that is at issue.
pub(crate) fn done_too_early(step: &str, first: &str, possible: bool) -> String {
    let end = if possible { "Als die stap aan de orde is, komt hij eerst." } else { "Die stap komt eerst." };
    format!("«{step}» is gedaan, maar «{first}» nog niet. {end}")
}

/// That a step was done on an earlier day than one that comes first.
pub(crate) fn done_in_wrong_order(step: &str, first: &str) -> String {
    format!("«{step}» is eerder gedaan dan «{first}». Die stap komt eerst.")
}

/// That a step was done which is not at issue.
pub(crate) fn done_without_need(step: &str) -> String {
    format!("«{step}» is gedaan, maar is in dit geval niet aan de orde.")
}

/// That a step was done after its last day.
pub(crate) fn late(step: &str, last: Date, done: Date) -> String {
    format!("«{step}» is gedaan op {}. Dat moest uiterlijk op {}.", date(done), date(last))
}

/// That the last day of a step has passed.
pub(crate) fn overdue(step: &str, last: Date) -> String {
    format!("«{step}» is nog niet gedaan. Dat moest uiterlijk op {}.", date(last))
}

/// That a step was done before its first day.
pub(crate) fn too_early(step: &str, first: Date, done: Date) -> String {
    format!("«{step}» is gedaan op {}. Dat kan pas vanaf {}.", date(done), date(first))
}

/// That a term cannot be computed.
pub(crate) fn no_term(step: &str, problem: &str) -> String {
    format!("De termijn van «{step}» is niet te berekenen: {problem}.")
}

/// Why a term cannot be computed.
pub(crate) fn term_problem(problem: &TermError) -> String {
    match *problem {
        TermError::NotALength => "de duur is geen getal met een eenheid".to_owned(),
        TermError::OutOfRange => "de dag valt buiten de jaren 1 tot en met 9999".to_owned(),
        TermError::NotCovered(day) => {
            format!("of {} een feestdag is, is niet bekend (de kalender begint in 2014)", date(day))
        }
        TermError::NeedsClock(length) => format!("voor {} is ook een tijdstip nodig", length.dutch()),
        TermError::NotInHours(length) => {
            format!("{} telt vanaf een dag, niet vanaf een tijdstip", length.dutch())
        }
        TermError::NotSuspendable(length) => {
            format!("geen bron zegt hoe {} verschuift door opschorting", length.dutch())
        }
        TermError::EndsBeforeItBegins { from, until } => {
            format!("een opschorting vanaf {} kan niet eindigen op {}", date(from), date(until))
        }
        TermError::TooManyExtensions { given, allowed } => {
            format!("er is {given} keer verlengd, en dat mag ten hoogste {allowed} keer")
        }
        TermError::ExtensionTooLong { given, allowed } => {
            format!("er is verlengd met {}, en dat mag met ten hoogste {}", given.dutch(), allowed.dutch())
        }
        TermError::OtherUnit { given, allowed } => {
            format!("{} en {} zijn niet te vergelijken", given.dutch(), allowed.dutch())
        }
        TermError::EmptyWindow { earliest, latest } => {
            format!("de eerste dag ({}) valt na de laatste ({})", date(earliest), date(latest))
        }
    }
}

impl Model {
    /// Why a question is not relevant: the condition that does not hold.
    pub(crate) fn why_not_relevant(&self, q: usize) -> String {
        let Some(when) = self.questions.get(q).and_then(|q| q.when.as_ref()) else { return String::new() };
        let alternatives: Vec<String> =
            when.written.iter().map(|row| self.clauses(row).join(" en ")).collect();
        format!("geldt alleen bij {}", either(&alternatives))
    }
}
