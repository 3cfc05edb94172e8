//! A report as Markdown.

mod annexes;

use super::content::{Cite, Conclusion, Counted, Decided, Party, Report, Said, Step};
use super::plain::markdown as md;
use super::said::{ADVICE, PARTIAL, WITHHELD_LEAD, WITHHELD_MEANS};
use super::{is_aside, picture};
use crate::dutch::after;
use crate::explanation::DECIDED;
use crate::notation::date;

/// A report as Markdown.
pub(super) fn markdown(report: &Report) -> String {
    let mut out = Text(String::new());
    head(&mut out, report);
    out.heading(2, "Uitkomst");
    let (applying, others) = report.applying();
    applying.into_iter().for_each(|outcome| headline(&mut out, outcome));
    if !others.is_empty() {
        let titles: Vec<String> = others.iter().map(|outcome| md(&outcome.heading())).collect();
        out.paragraph(&format!("Niet van toepassing: {}.", titles.join("; ")));
    }
    out.paragraph(&format!("{} {}", md(ADVICE), md(&report.progress)));
    if report.has_reasons() {
        out.heading(2, "Waarom");
        report
            .outcomes
            .iter()
            .filter(|outcome| outcome.has_reasons())
            .for_each(|outcome| why(&mut out, outcome));
    }
    on_the_way(&mut out, report);
    if !report.remarks.is_empty() {
        out.heading(2, "Opmerkingen");
        out.list(report.remarks.iter().map(remark));
        if !report.possible_remarks.is_empty() {
            out.paragraph("Opmerkingen die nog van open vragen afhangen, staan in bijlage 1.");
        }
    }
    open(&mut out, report);
    steps(&mut out, report);
    report.counts.iter().for_each(|counted| counts(&mut out, counted));
    signed(&mut out, report);
    annexes::annexes(&mut out, report);
    out.0
}

/// The text as far as it is written.
struct Text(String);

impl Text {
    /// Leaves a line open, but not two.
    fn part(&mut self) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.part();
        self.0.push_str(&format!("{} {}\n", "#".repeat(level), md(text)));
    }

    /// A paragraph, of text that is Markdown already.
    fn paragraph(&mut self, text: &str) {
        self.part();
        self.0.push_str(&format!("{text}\n"));
    }

    /// The words of others, line by line.
    fn quote(&mut self, text: &str) {
        self.part();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.0.push_str(&format!("> {}\n>\n", md(line)));
        }
    }

    /// A list, of items that are Markdown already.
    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        self.part();
        for item in items {
            self.0.push_str(&format!("- {item}\n"));
        }
    }

    /// A table, of cells that are Markdown already.
    fn table(&mut self, heads: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        self.part();
        let heads: Vec<String> = heads.iter().map(|head| md(head)).collect();
        self.0.push_str(&format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len())));
        for row in rows {
            self.0.push_str(&format!("| {} |\n", row.join(" | ")));
        }
    }
}

/// ` (bron 1, art. 13b)`.
fn cites(cites: &[Cite]) -> String {
    let word = if cites.len() == 1 { "bron" } else { "bronnen" };
    if cites.is_empty() { String::new() } else { format!(" ({word} {})", numbers(cites)) }
}

fn numbers(cites: &[Cite]) -> String {
    let one = |cite: &Cite| match &cite.article {
        Some(article) => format!("{}, art. {}", cite.source, md(article)),
        None => cite.source.to_string(),
    };
    cites.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn remark(remark: &Said) -> String {
    format!("**{}:** {}{}", md(&remark.title), md(&remark.text), cites(&remark.sources))
}

fn head(out: &mut Text, report: &Report) {
    out.heading(1, &report.title);
    let authority = report.authority.as_ref().map(Party::named);
    let facts = [
        ("Zaak", report.case.clone()),
        ("Regels van de gemeente", authority),
        ("Peildatum", Some(date(report.facts))),
        ("Stand op", Some(date(report.as_of))),
        ("Ondertekening", Some(report.signed().to_owned())),
    ];
    out.list(facts.into_iter().filter_map(|(name, text)| Some(format!("{name}: {}", md(&text?)))));
    if !report.integrity.intact {
        out.heading(2, "Let op: dit dossier is gewijzigd");
        out.paragraph(&format!(
            "{} Gebruik dit verslag niet voordat dit is uitgezocht.",
            md(&report.integrity.text)
        ));
        out.list(report.integrity.findings.iter().map(|finding| md(finding)));
    }
    if !report.withheld.is_empty() {
        out.heading(2, "Niet alles staat in dit verslag");
        out.paragraph(&md(WITHHELD_LEAD));
        out.list(report.withheld.iter().map(|class| md(class)));
        out.paragraph(&md(WITHHELD_MEANS));
    }
}

fn headline(out: &mut Text, outcome: &Conclusion) {
    let line = |text: &str| format!("**{}**", md(&after(&outcome.heading(), text)));
    match &outcome.decided {
        Some(decided) => out.paragraph(&format!(
            "{}\\\nDit wijkt af van de regels. Volgens de regels: {}.",
            line(&decided.text),
            md(&outcome.text)
        )),
        None => out.paragraph(&line(&outcome.text)),
    }
}

fn decided(out: &mut Text, decided: &Decided) {
    let by = decided.by.as_ref().map_or_else(String::new, |by| format!(" door {}", md(by)));
    let at = decided.at.map_or_else(String::new, |at| format!(" op {}", date(at)));
    out.paragraph(&format!("In afwijking van de regels is besloten{by}{at}. De motivering:"));
    out.quote(decided.motivation.as_deref().unwrap_or("Afgeschermd."));
}

/// `Titel: tekst` of each.
fn said(list: &[Said]) -> impl Iterator<Item = String> + '_ {
    list.iter().map(|said| md(&after(&said.title, &said.text)))
}

fn why(out: &mut Text, outcome: &Conclusion) {
    match &outcome.decided {
        Some(decided) => {
            out.heading(3, &after(&outcome.heading(), &decided.text));
            self::decided(out, decided);
            out.paragraph(&format!("Volgens de regels: {}.", md(&outcome.text)));
        }
        None => out.heading(3, &after(&outcome.heading(), &outcome.text)),
    }
    for text in outcome.remark.iter().chain(&outcome.formula) {
        out.paragraph(&md(text));
    }
    let grounds = [
        (outcome.grounds_title(), &outcome.grounds),
        ("Deze regels gaan voor, maar gelden hier niet", &outcome.passed),
    ];
    for (title, grounds) in grounds.into_iter().filter(|(_, grounds)| !grounds.is_empty()) {
        out.paragraph(&format!("{title}:"));
        out.list(grounds.iter().map(|ground| {
            let notes: String =
                ground.notes.iter().map(|note| format!(" {}.", md(note.trim_end_matches('.')))).collect();
            format!("{}{}{notes}", md(&ground.text), cites(&ground.sources))
        }));
    }
    if !outcome.sum.is_empty() {
        let row = |part: &super::content::Sum| {
            let cell = |text: &Option<String>, none: &str| {
                text.as_ref().map_or_else(|| none.to_owned(), |text| md(text))
            };
            vec![md(&part.title), cell(&part.from, "nog open"), cell(&part.points, "–")]
        };
        out.table(&["Onderdeel", "Antwoord", "Punten"], outcome.sum.iter().map(row));
    }
    let enough = format!("{}:", outcome.enough_words());
    let lists: [(&str, Vec<String>); 4] = [
        ("Wat meetelt:", outcome.counted.iter().map(|line| md(line)).collect()),
        (DECIDED, outcome.rests_on_decided.iter().map(|line| md(line)).collect()),
        (&enough, said(&outcome.enough).collect()),
        ("Dit beslist nog:", outcome.needs.iter().map(|need| md(&need.title)).collect()),
    ];
    for (head, items) in lists.into_iter().filter(|(_, items)| !items.is_empty()) {
        out.paragraph(head);
        out.list(items);
    }
    if !outcome.missing.is_empty() {
        out.paragraph(&format!("Hierover is niets geregeld of bekend: {}.", md(&outcome.lacks())));
    }
}

fn on_the_way(out: &mut Text, report: &Report) {
    if report.on_the_way.is_empty() {
        return;
    }
    out.heading(2, "Wat op de weg daarheen is bepaald");
    for made in &report.on_the_way {
        if let Some(decided) = &made.decided {
            out.heading(3, &after(&made.heading(), &decided.text));
            self::decided(out, decided);
            out.paragraph(&format!("Volgens de regels: {}.", md(&made.text)));
        }
    }
    let row = |made: &Conclusion| {
        let formula = made.formula.as_ref().map_or_else(String::new, |formula| format!(" ({})", md(formula)));
        vec![md(&made.heading()), format!("{}{formula}", md(&made.text)), numbers(&made.cited())]
    };
    out.table(&["Wat", "Uitkomst", "Bron"], report.on_the_way.iter().map(row));
}

fn open(out: &mut Text, report: &Report) {
    if report.open.is_empty() && report.unregulated.is_empty() && report.basis.partial.is_empty() {
        return;
    }
    out.heading(2, "Wat niet bekend is");
    if !report.open.is_empty() {
        out.table(&["Vraag", "Stand"], report.open.iter().map(|open| vec![md(&open.ask), md(&open.state)]));
    }
    if !report.unregulated.is_empty() {
        out.paragraph("Niet geregeld, of niet bekend:");
        out.list(said(&report.unregulated));
    }
    if !report.basis.partial.is_empty() {
        out.paragraph(&format!("{} Wat ontbreekt, staat in bijlage 3.", md(PARTIAL)));
    }
}

fn steps(out: &mut Text, report: &Report) {
    if report.steps.is_empty() {
        return;
    }
    out.heading(2, "Stappen en termijnen");
    let row = |step: &Step| {
        let remark = step.remark.as_ref().map_or_else(String::new, |remark| format!(" ({})", md(remark)));
        let term = step.term.as_ref().map_or_else(
            || "–".to_owned(),
            |term| {
                let missing = if term.missing.is_empty() {
                    String::new()
                } else {
                    format!(". Nog nodig: {}", term.missing.join("; "))
                };
                md(&format!("{}{missing}", term.text))
            },
        );
        vec![
            format!("{}{}", md(&step.title), cites(&step.sources)),
            md(&step.actor),
            format!("{}{remark}", md(&step.text)),
            term,
        ]
    };
    let told = report.steps.iter().filter(|step| !is_aside(step.status));
    out.table(&["Stap", "Wie", "Stand", "Termijn"], told.map(row));
    for (text, steps) in report.aside() {
        let titles: Vec<String> = steps.iter().map(|step| md(&step.title)).collect();
        out.paragraph(&format!("{text}: {}.", titles.join("; ")));
    }
    if report.has_computed() {
        out.heading(3, "Hoe de dagen zijn berekend");
        let how = |step: &Step| {
            let lines = step.term.iter().flat_map(|term| &term.how).map(|line| format!("\n  - {}", md(line)));
            format!("{}{}", md(&step.title), lines.collect::<String>())
        };
        out.list(report.steps.iter().filter(|step| step.is_computed()).map(how));
    }
}

fn counts(out: &mut Text, counted: &Counted) {
    out.heading(2, &counted.title);
    if let Some(text) = counted.untouched() {
        return out.paragraph(&md(&text));
    }
    let kinds = picture::kinds(counted);
    let heads: Vec<&str> = std::iter::once("Thema").chain(kinds.iter().map(String::as_str)).collect();
    let row = |group: &super::content::CountGroup| {
        let numbers = picture::numbers(group).into_iter().map(|n| n.to_string());
        std::iter::once(md(&group.title)).chain(numbers).collect()
    };
    out.table(&heads, counted.groups.iter().map(row));
    if counted.has_gaps() {
        out.heading(3, "Hieraan is nog werk");
        let gaps = counted.groups.iter().flat_map(|group| group.gaps.iter().map(move |gap| (group, gap)));
        out.table(
            &["Thema", "Vraag", "Antwoord"],
            gaps.map(|(group, gap)| vec![md(&group.title), md(&gap.ask), md(&gap.state)]),
        );
    }
}

fn signed(out: &mut Text, report: &Report) {
    out.heading(2, "Ondertekening");
    if report.sign_offs.is_empty() {
        return out.paragraph("Dit dossier is nog niet ondertekend.");
    }
    let row = |signed: &super::content::SignOff| {
        let current = if signed.current { "" } else { ". Daarna is nog iets vastgelegd." };
        let role = signed.role.as_ref().map_or_else(|| "–".to_owned(), |role| md(role));
        vec![md(&signed.by), role, md(&signed.when), format!("{}{current}", md(&signed.signature))]
    };
    out.table(&["Naam", "Functie", "Wanneer", "Handtekening"], report.sign_offs.iter().map(row));
    out.paragraph(&md(report.eyes()));
}
