//! What is written differently: questions, findings, steps with their terms, parameters, sources.

use super::{FieldDifference, PartDifference};
use crate::dutch;
use crate::model::{Anchor, Cited, LengthInfo, Measure, Model, SuspensionInfo, TermInfo, Type};
use crate::term::{Counting, Length};
use crate::ticks::tick_value;

/// A part in words: its title, and its fields by name.
#[derive(Debug, Clone, Default)]
pub(super) struct Description {
    pub(super) title: String,
    fields: Vec<(&'static str, Option<String>)>,
}

/// The ids of some parts of all models, in the order of the first; what only others have follows what comes before it.
pub(super) fn ids(models: &[&Model], of: impl Fn(&Model) -> Vec<String>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for model in models {
        let mut place = 0;
        for id in of(model) {
            match all.iter().position(|known| *known == id) {
                Some(known) => place = known + 1,
                None => {
                    all.insert(place, id);
                    place += 1;
                }
            }
        }
    }
    all
}

/// The fields that not all descriptions have alike; a side without the part has nothing to compare.
pub(super) fn fields(described: &[Option<Description>]) -> Vec<FieldDifference> {
    let names: Vec<&'static str> =
        described.iter().flatten().next().map_or_else(Vec::new, |d| d.fields.iter().map(|f| f.0).collect());
    let mut list = Vec::new();
    for name in names {
        let text = |d: &Option<Description>| {
            d.as_ref().and_then(|d| d.fields.iter().find(|f| f.0 == name).and_then(|f| f.1.clone()))
        };
        let texts: Vec<Option<String>> = described.iter().map(text).collect();
        let having = described.iter().zip(&texts).filter(|(d, _)| d.is_some()).map(|(_, text)| text);
        let having: Vec<&Option<String>> = having.collect();
        if having.iter().any(|text| Some(text) != having.first()) {
            list.push(FieldDifference { field: name.to_owned(), texts });
        }
    }
    list
}

/// A question: what it asks, and the answers that it takes.
pub(super) fn question(model: &Model, q: usize) -> Description {
    let Some(question) = model.questions.get(q) else { return Description::default() };
    let (kind, lowest, highest, step) = match question.kind {
        Type::Finite { boolean: true } => ("ja of nee", None, None, None),
        Type::Finite { .. } => ("keuze", None, None, None),
        Type::Text => ("tekst", None, None, None),
        Type::List => ("lijst", None, None, None),
        Type::Ordered { measure, min, max } => {
            let text = |tick| dutch::value(&tick_value(measure, tick));
            let kind = match measure {
                Measure::Date => "datum",
                Measure::Time => "tijdstip",
                Measure::Number { .. } if question.integer => "heel getal",
                Measure::Number { .. } => "getal",
            };
            let number = matches!(measure, Measure::Number { .. }) && !question.integer;
            let lowest = question.bounds.0.then(|| text(min));
            (kind, lowest, question.bounds.1.then(|| text(max)), number.then(|| text(1)))
        }
    };
    let options: Vec<String> = question
        .options
        .iter()
        .map(|o| match &o.points {
            Some(points) => {
                format!("{} ({}, {} punten)", o.label, o.id, dutch::value(&crate::Value::Number(*points)))
            }
            None => format!("{} ({})", o.label, o.id),
        })
        .collect();
    let options = (!options.is_empty()).then(|| options.join("; "));
    let yes = |holds: bool| Some(if holds { "ja" } else { "nee" }.to_owned());
    Description {
        title: question.ask.clone(),
        fields: vec![
            ("vraag", Some(question.ask.clone())),
            ("soort antwoord", Some(kind.to_owned())),
            ("eenheid", question.unit.clone()),
            ("laagste waarde", lowest),
            ("hoogste waarde", highest),
            ("stap", step),
            ("antwoorden", options),
            ("mag niet van toepassing zijn", yes(question.may_not_apply)),
            ("verplicht", yes(question.required)),
            ("vertrouwelijkheid", question.class.clone()),
        ],
    }
}

/// A finding: its words and weight.
pub(super) fn finding(model: &Model, r: usize) -> Description {
    let Some(remark) = model.remarks.get(r) else { return Description::default() };
    Description {
        title: remark.text.to_string(),
        fields: vec![
            ("tekst", Some(remark.text.to_string())),
            ("gewicht", Some(remark.severity.in_words().to_owned())),
            ("bron", cited(model, &remark.sources)),
        ],
    }
}

/// A step: what is done, by whom, after what, within which term.
pub(super) fn step(model: &Model, s: usize) -> Description {
    let Some(step) = model.steps.get(s) else { return Description::default() };
    let waits = |really: bool| {
        let ids = step.after.iter().filter(|(_, r)| *r == really).filter_map(|(s, _)| model.steps.get(*s));
        let titles: Vec<String> = ids.map(|s| format!("«{}»", s.title)).collect();
        (!titles.is_empty()).then(|| titles.join(", "))
    };
    Description {
        title: step.title.clone(),
        fields: vec![
            ("titel", Some(step.title.clone())),
            ("door", Some(step.actor.clone())),
            ("document", step.document.clone()),
            ("na", waits(false)),
            ("pas als gedaan is", waits(true)),
            ("gedaan volgens", step.done.and_then(|q| model.questions.get(q)).map(|q| q.ask.clone())),
            ("verplicht", (!step.required).then(|| "nee".to_owned())),
            ("termijn", step.term.as_ref().map(|term| term_text(model, term))),
            ("vertrouwelijkheid", step.class.clone()),
            ("bron", cited(model, &step.sources)),
        ],
    }
}

/// A term in words, with all that changes its last day.
fn term_text(model: &Model, term: &TermInfo) -> String {
    let mut text = match (term.back, term.at_least) {
        (false, false) => "binnen ",
        (false, true) => "niet eerder dan ",
        (true, false) => "minstens ",
        (true, true) => "hoogstens ",
    }
    .to_owned();
    text.push_str(&length(model, term.length));
    if let Some(earliest) = term.earliest {
        text.push_str(&format!(" en hoogstens {}", length(model, earliest)));
    }
    let anchor = match term.anchor {
        Anchor::Question(q) => model.questions.get(q).map_or("", |q| q.ask.as_str()),
        Anchor::Step(s) => model.steps.get(s).map_or("", |s| s.title.as_str()),
    };
    text.push_str(&format!(" {} «{anchor}»", if term.back { "voor" } else { "na" }));
    if !term.back && !term.statutory {
        text.push_str("; schuift niet door bij een weekend of feestdag");
    }
    if let Some(clock) = term.clock.and_then(|q| model.questions.get(q)) {
        text.push_str(&format!("; vanaf het tijdstip «{}»", clock.ask));
    }
    if let Some((longer, q)) = term.extension {
        let when = model.questions.get(q).map_or("", |q| q.ask.as_str());
        text.push_str(&format!("; te verlengen met {} («{when}»)", length(model, longer)));
    }
    for suspension in &term.suspensions {
        text.push_str(&format!("; staat stil {}", suspended(model, suspension)));
    }
    text
}

fn suspended(model: &Model, suspension: &SuspensionInfo) -> String {
    let ask = |q: usize| model.questions.get(q).map_or("", |q| q.ask.as_str());
    let Counting { first_day, last_day } = suspension.counting;
    let days = match (first_day, last_day) {
        (true, false) => "",
        (true, true) => ", laatste dag meegeteld",
        (false, false) => ", eerste dag niet meegeteld",
        (false, true) => ", laatste dag meegeteld, eerste niet",
    };
    let mut text = format!("van «{}» tot «{}»{days}", ask(suspension.from), ask(suspension.until));
    if let Some(most) = suspension.at_most {
        text.push_str(&format!(", hoogstens {}", length(model, most)));
    }
    if let Some((longer, q)) = suspension.extension {
        text.push_str(&format!(", en met «{}» {} langer", ask(q), length(model, longer)));
    }
    for stopped in &suspension.stopped {
        text.push_str(&format!(", zelf stil {}", suspended(model, stopped)));
    }
    text
}

fn length(model: &Model, length: LengthInfo) -> String {
    match length {
        LengthInfo::Known(length) => length.dutch(),
        LengthInfo::Unset(p) => {
            let title = model.parameters.get(p).map_or("", |p| p.title.as_str());
            format!("een termijn die niet bekend is («{title}»)")
        }
        LengthInfo::Decided(d) => {
            let title = model.decisions.get(d).map_or("", |d| d.title.as_str());
            format!("de uitkomst van «{title}»")
        }
    }
}

/// Parameters of which not all sides have the same value.
pub(super) fn parameters(models: &[&Model]) -> Vec<PartDifference> {
    let all = ids(models, |model| model.parameters.iter().map(|p| p.id.to_string()).collect());
    let mut list = Vec::new();
    for id in all {
        let found: Vec<_> = models.iter().map(|model| model.parameters.iter().find(|p| p.id == id)).collect();
        let describe = |(model, p): (&&Model, &Option<&crate::model::ParameterInfo>)| {
            p.map(|p| {
                let setting = p.setting.as_ref();
                Description {
                    title: p.title.clone(),
                    fields: vec![
                        ("waarde", setting.map(|s| plain(&s.text))),
                        ("in woorden", setting.and_then(|s| s.wording.clone())),
                        ("bron", setting.and_then(|s| cited(model, &s.sources))),
                    ],
                }
            })
        };
        let described: Vec<Option<Description>> = models.iter().zip(&found).map(describe).collect();
        let fields = fields(&described);
        let present: Vec<bool> = found.iter().map(Option::is_some).collect();
        // a value from another source, in other words, is the same value
        if fields.iter().any(|field| field.field == "waarde") || present.contains(&false) {
            let title = described.iter().flatten().next().map_or_else(String::new, |d| d.title.clone());
            list.push(PartDifference { id, title, present, fields, cases: None });
        }
    }
    list
}

/// A value as it is written, with single spaces; a length of time in Dutch.
fn plain(text: &str) -> String {
    Length::parse(text)
        .map_or_else(|_| text.split_whitespace().collect::<Vec<_>>().join(" "), |length| length.dutch())
}

/// Sources that not all sides have, or not in the same version.
pub(super) fn sources(models: &[&Model]) -> Vec<PartDifference> {
    let all = ids(models, |model| model.sources.iter().map(|s| s.id.clone()).collect());
    let mut list = Vec::new();
    for id in all {
        let described: Vec<Option<Description>> = models
            .iter()
            .map(|model| {
                model.sources.iter().find(|s| s.id == id).map(|s| Description {
                    title: s.title.clone(),
                    fields: vec![
                        ("titel", Some(s.title.clone())),
                        ("nummer", s.identifier.clone()),
                        ("adres", s.url.clone()),
                        ("artikel", s.article.clone()),
                        ("gezien", s.seen.map(crate::notation::date)),
                        ("zekerheid", s.certainty.map(|c| dutch::certainty(c).to_owned())),
                    ],
                })
            })
            .collect();
        let fields = fields(&described);
        let present: Vec<bool> = described.iter().map(Option::is_some).collect();
        if !fields.is_empty() || present.contains(&false) {
            let title = described.iter().flatten().next().map_or_else(String::new, |d| d.title.clone());
            list.push(PartDifference { id, title, present, fields, cases: None });
        }
    }
    list
}

/// References to sources in words.
fn cited(model: &Model, cited: &[Cited]) -> Option<String> {
    let one = |reference: &Cited| {
        let source = model.sources.get(reference.source)?;
        let article = reference.article.as_ref().or(source.article.as_ref());
        Some(match article {
            Some(article) => format!("{}, artikel {article}", source.title),
            None => source.title.clone(),
        })
    };
    let texts: Vec<String> = cited.iter().filter_map(one).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
}
