//! What can be said about one rule file by itself: its version, its ids, and names that are there twice.

use std::collections::BTreeMap;

use super::Lost;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Decision, Document, Map, OptionDef, Question, Spanned};
use crate::limits::MAX_OPTIONS;
use crate::source::Span;
use crate::tree::{excerpt, too_large};

/// The version of the format that this engine reads.
const FORMAT: &str = "1";

/// Pushes what is wrong with the names of a rule file.
pub(super) fn check(document: &Document, lost: &Lost, out: &mut Vec<Diagnostic>) {
    layer(document, lost, out);
    for (id, _) in &document.sources.0 {
        word(id, "source", out);
    }
    for (id, parameter) in &document.parameters.0 {
        word(id, "parameter", out);
        if let Some((single, several)) = parameter.value.as_ref().zip(parameter.values.first()) {
            out.push(
                Diagnostic::error(
                    Code::WrongShape,
                    single.span,
                    format!("`{}` has `value` and `values`", excerpt(&id.value)),
                )
                .related(several.value.span, "and here")
                .help("give one value, or several with their periods"),
            );
        }
    }
    let mut names = Names::default();
    for question in document.questions.iter().flat_map(|section| &section.items) {
        names.add(&question.id, "question", out);
        check_question(question, out);
    }
    for (id, decision) in &document.decisions.0 {
        names.add(id, "decision", out);
        check_decision(decision, out);
    }
}

/// Version, rule set and authority.
fn layer(document: &Document, lost: &Lost, out: &mut Vec<Diagnostic>) {
    let version = &document.leidraad;
    if version.value != FORMAT {
        let message = format!("expected format version {FORMAT}, found `{}`", excerpt(&version.value));
        out.push(
            Diagnostic::error(Code::FormatVersion, version.span, message)
                .help(format!("write `leidraad: {FORMAT}`, or use an engine that reads this version")),
        );
    }
    let unread = |key| lost.part_of(document.span.file, key);
    match (&document.id, &document.overlay) {
        (None, None) if unread("id") || unread("overlay") => {}
        (_, Some(_)) if unread("authority") || unread("layer") => {}
        (None, None) => out.push(
            Diagnostic::error(
                Code::MissingKey,
                document.span,
                "this rule file has neither `id` nor `overlay`",
            )
            .help("add `id: instrument/name`, or `overlay: instrument/name` with `authority: GM…`"),
        ),
        (Some(id), Some(overlay)) => out.push(
            Diagnostic::error(
                Code::WrongShape,
                overlay.span,
                "a rule file has either `id` or `overlay`, not both",
            )
            .related(id.span, "`id` is here")
            .help("an overlay takes its id from the rule set that it refines"),
        ),
        (_, Some(overlay)) if document.authority.is_none() && document.layer.is_none() => out.push(
            Diagnostic::error(Code::MissingKey, overlay.span, "this overlay has no `authority`").help(
                "add the code of the authority, such as `authority: GM1729`, or for several of them \
                 `layer: name` with `members: [GM…]`",
            ),
        ),
        (Some(_), None) => {
            for (key, name) in [("authority", &document.authority), ("layer", &document.layer)] {
                let Some(name) = name else { continue };
                let a = if key == "authority" { "an" } else { "a" };
                let message = format!("only an overlay has {a} `{key}`");
                let finding = Diagnostic::error(Code::WrongShape, name.span, message);
                out.push(finding.help(format!("write `overlay:` instead of `id:`, or leave `{key}` out")));
            }
        }
        _ => {}
    }
    several(document, unread("layer"), out);
    for id in document.id.iter().chain(&document.overlay) {
        let part = |part: &str| is_id(part, |c| c == '_' || c == '-');
        if !id.value.split('/').all(part) {
            bad(id, "a rule set", "lower-case words with `/` between, such as `evenementen/melding`", out);
        }
    }
    for authority in document.authority.iter().chain(document.members().into_iter().flatten()) {
        let code = authority.value.as_bytes();
        let letters = code.iter().take_while(|b| b.is_ascii_uppercase()).count();
        let digits = code.iter().skip(letters).all(u8::is_ascii_digit);
        if letters == 0 || letters == code.len() || !digits {
            bad(authority, "an authority", "capitals and digits, such as `GM1729`", out);
        }
    }
}

/// A layer of several authorities: its name, and who they are.
fn several(document: &Document, unread: bool, out: &mut Vec<Diagnostic>) {
    if let Some(name) = &document.layer {
        word(name, "layer", out);
        if let Some(authority) = &document.authority {
            let message = "an overlay has either `authority` or `layer`, not both";
            out.push(
                Diagnostic::error(Code::WrongShape, name.span, message)
                    .related(authority.span, "`authority` is here")
                    .help("for a layer of several authorities name them under `members`"),
            );
        }
    }
    let Some(codes) = document.members() else { return };
    each_once(codes, "members", out);
    let place = codes.first().map_or(document.span, |code| code.span);
    if document.layer.is_none() && !unread {
        let message = "`members` goes with `layer`: this file is no layer of several authorities";
        let finding = Diagnostic::error(Code::WrongShape, place, message);
        out.push(finding.help("add `layer: name`, or leave `members` out"));
    }
    if codes.is_empty() {
        let place = document.layer.as_ref().map_or(place, |name| name.span);
        let finding = Diagnostic::error(Code::MissingKey, place, "this layer has no members");
        out.push(finding.help("name their codes, or leave `members` out when it is a layer of all"));
    }
}

fn check_question(question: &Question, out: &mut Vec<Diagnostic>) {
    if let Some(options) = &question.options {
        check_options(options, out);
    }
    for field in &question.fields {
        word(&field.id, "field", out);
        if field.id.value == "not" {
            bad(&field.id, "a field", "another word: `not` turns a condition around", out);
        }
        check_question(field, out);
    }
    let ids: Vec<Spanned<String>> = question.fields.iter().map(|field| field.id.clone()).collect();
    each_once(&ids, "fields", out);
}

fn check_decision(decision: &Decision, out: &mut Vec<Diagnostic>) {
    for (id, output) in &decision.outputs.0 {
        word(id, "output", out);
        if let Some(options) = &output.options {
            check_options(options, out);
        }
    }
    let points = decision.points.as_ref().map_or(&[][..], |points| &points.value);
    each_once(points, "points", out);
    each_once(&decision.priority, "priority", out);
}

fn check_options(options: &Map<OptionDef>, out: &mut Vec<Diagnostic>) {
    for (id, _) in &options.0 {
        let ascii = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if id.value.is_empty() || id.value.starts_with('_') || !id.value.chars().all(ascii) {
            bad(id, "an option", "letters, digits and `_`, such as `kort_dag`", out);
        }
    }
    if let Some((id, _)) = options.0.get(MAX_OPTIONS) {
        out.push(too_large(id.span, "too many options", MAX_OPTIONS));
    }
}

/// A lower-case word with digits and `_`.
fn word(id: &Spanned<String>, noun: &str, out: &mut Vec<Diagnostic>) {
    if !is_id(&id.value, |c| c == '_') {
        let a = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        bad(id, &format!("{a} {noun}"), "lower-case letters, digits and `_`, beginning with a letter", out);
    }
}

fn is_id(text: &str, also: impl Fn(char) -> bool) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || also(c))
}

fn bad(id: &Spanned<String>, noun: &str, expected: &str, out: &mut Vec<Diagnostic>) {
    let message = format!("`{}` cannot be the id of {noun}", excerpt(&id.value));
    out.push(Diagnostic::error(Code::BadId, id.span, message).help(format!("write {expected}")));
}

fn each_once(list: &[Spanned<String>], key: &str, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for name in list {
        if let Some(first) = seen.insert(name.value.as_str(), name.span) {
            let message = format!("`{}` is in `{key}` twice", excerpt(&name.value));
            let finding = Diagnostic::error(Code::Duplicate, name.span, message);
            out.push(finding.related(first, "and here").help("leave one of the two out"));
        }
    }
}

/// The ids of questions and decisions: tables and conditions know both by name.
#[derive(Default)]
struct Names<'d>(BTreeMap<&'d str, (&'static str, Span)>);

impl<'d> Names<'d> {
    fn add(&mut self, id: &'d Spanned<String>, noun: &'static str, out: &mut Vec<Diagnostic>) {
        word(id, noun, out);
        if id.value == "not" {
            bad(id, &format!("a {noun}"), "another word: `not` turns a condition around", out);
        }
        let Some(&(first, span)) = self.0.get(id.value.as_str()) else {
            self.0.insert(&id.value, (noun, id.span));
            return;
        };
        let message = match first == noun {
            true => format!("the {noun} `{}` is here twice", excerpt(&id.value)),
            false => format!("the {noun} `{}` has the name of a {first}", excerpt(&id.value)),
        };
        out.push(
            Diagnostic::error(Code::Duplicate, id.span, message)
                .related(span, format!("the first {first} of this name"))
                .help("give one of the two another name"),
        );
    }
}
