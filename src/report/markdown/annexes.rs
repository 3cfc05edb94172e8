//! The sources and annexes of a report.

use super::super::content::{Answered, Article, Event, Report, Source};
use super::{Text, md, remark};

pub(super) fn annexes(out: &mut Text, report: &Report) {
    if !report.sources.is_empty() {
        out.heading(2, "Bronnen");
        out.part();
        for source in &report.sources {
            out.0.push_str(&format!("{}. {}\n", source.number, self::source(source)));
        }
    }
    out.heading(2, "Bijlage 1: alle antwoorden");
    if report.answers.is_empty() {
        out.paragraph("Er zijn nog geen antwoorden.");
    }
    for group in &report.answers {
        out.heading(3, &group.section);
        out.table(&["Vraag", "Antwoord"], group.answers.iter().map(answer));
    }
    if !report.unanswered.is_empty() {
        out.heading(3, "Zonder antwoord");
        out.list(report.unanswered.iter().map(|open| format!("{} ({})", md(&open.ask), md(&open.state))));
    }
    if !report.possible_remarks.is_empty() {
        out.heading(3, "Opmerkingen die nog van open vragen afhangen");
        out.list(report.possible_remarks.iter().map(remark));
    }
    out.heading(2, "Bijlage 2: wat is vastgelegd");
    out.table(&["Revisie", "Wanneer en door wie", "Wat"], report.history.iter().map(event));
    basis(out, report);
}

fn source(source: &Source) -> String {
    let identifier = source.identifier.as_ref().map_or_else(String::new, |id| format!(", {}", md(id)));
    // an address has no signs that end it: see `links`
    let links: String =
        source.links.iter().map(|link| format!(" [{}](<{}>)", md(&link.label), link.url)).collect();
    let certainty = source.certainty.as_ref().map_or_else(String::new, |text| format!(" ({})", md(text)));
    let note = source.note.as_ref().map_or_else(String::new, |note| format!(" {}", md(note)));
    let one = |article: &Article| match &article.url {
        Some(url) => format!("[{}](<{url}>)", md(&article.article)),
        None => md(&article.article),
    };
    let articles: Vec<String> = source.articles.iter().map(one).collect();
    let articles =
        if articles.is_empty() { String::new() } else { format!(" Aangehaald: {}.", articles.join("; ")) };
    format!("{}{identifier}.{links}{certainty}{note}{articles}", md(&source.title))
}

fn answer(answered: &Answered) -> Vec<String> {
    let mut text = md(&answered.answer);
    if answered.left_out {
        text.push_str(" (telt niet mee: deze vraag is niet aan de orde)");
    }
    let notes = answered.notes();
    if !notes.is_empty() {
        text.push_str(&format!(" ({})", notes.iter().map(|note| md(note)).collect::<Vec<_>>().join("; ")));
    }
    vec![md(&answered.ask), text]
}

fn event(event: &Event) -> Vec<String> {
    let number = event.number.to_string();
    let Some(at) = &event.when else { return vec![number, "afgeschermd".to_owned(), String::new()] };
    let by = event.by.as_ref().map_or_else(|| "naam niet opgegeven".to_owned(), |by| md(by));
    let remark = event.remark.as_ref().map(|remark| format!("opmerking: {}", md(remark)));
    let lines: Vec<String> = event.lines.iter().map(|line| md(line)).chain(remark).collect();
    vec![number, format!("{}, {by}", md(at)), lines.join("; ")]
}

fn basis(out: &mut Text, report: &Report) {
    let basis = &report.basis;
    out.heading(2, "Bijlage 3: regels en controle");
    if let Some(description) = &report.description {
        out.paragraph(&md(description));
    }
    out.heading(3, "Gebruikte regels");
    out.list(basis.layers.iter().map(|layer| format!("{}: {}", md(&layer.title), md(&layer.text))));
    if !basis.partial.is_empty() {
        out.heading(3, "Wat aan deze regels ontbreekt");
        out.list(basis.partial.iter().map(|part| md(part)));
    }
    out.heading(3, "Controle van het dossier");
    out.paragraph(&md(&report.integrity.text));
    if report.integrity.intact && !report.integrity.findings.is_empty() {
        out.list(report.integrity.findings.iter().map(|finding| md(finding)));
    }
    let facts = [
        ("Regelset", basis.rule_set.clone()),
        ("Hash van de regels", basis.digest.clone()),
        ("Beoordeeld met", format!("Leidraad {}", basis.engine)),
        ("Revisies", basis.revisions.to_string()),
        ("Laatste hash", basis.head.clone()),
    ];
    out.list(facts.into_iter().map(|(name, text)| format!("{name}: {}", md(&text))));
    out.paragraph(&md(&basis.proves));
}
