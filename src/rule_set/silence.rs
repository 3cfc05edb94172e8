//! Why the layers of a program do not say something, and what every case under them must know.

use super::layers::{Name, Picked, Series, Standing};
use crate::check::{changes, citing, rests_from};
use crate::document::{Document, Severity, Silence};
use crate::dutch;
use crate::model::{Model, Notice, Reason, Rule, Why};
use crate::value::Date;

/// Notes in a model why each of its parameters without a value and decisions without rules is so.
pub(super) fn reasons(picked: &Picked<'_>, model: &mut Model) {
    let unset = model.parameters.iter().filter(|p| p.setting.is_none()).map(|p| p.id.to_string());
    let unloaded =
        model.decisions.iter().filter(|d| matches!(d.rule, Rule::Unloaded)).map(|d| d.id.to_string());
    let names: Vec<String> = unset.chain(unloaded).collect();
    for name in names {
        let reason = reason(picked, model, &name);
        model.silences.insert(name, reason);
    }
}

/// The first that has something to say of a name, from the narrowest layer to the widest; what a layer says of itself as
/// a whole counts last.
fn reason(picked: &Picked<'_>, model: &Model, name: &str) -> Reason {
    // without a shared layer nothing is regulated
    let nothing = picked.layers.first().filter(|_| !picked.is_regulated());
    if let Some(reason) = nothing.and_then(|shared| of_name(shared, model, name)) {
        return reason;
    }
    let layers = || picked.layers.iter().rev();
    let own = layers().find_map(|layer| of_name(layer, model, name));
    let whole =
        || layers().find_map(|(_, _, standing)| declared(in_force(standing)?.silence.as_ref()?, model));
    own.or_else(whole).unwrap_or_else(|| plain(Why::NotLoaded))
}

fn plain(why: Why) -> Reason {
    Reason { why, text: dutch::why(why).to_owned() }
}

fn in_force<'r>(standing: &Standing<'r>) -> Option<&'r Document> {
    match standing {
        Standing::InForce(layer) => Some(layer),
        _ => None,
    }
}

/// What one layer has to say of a name.
fn of_name(
    (series, day, standing): &(Series<'_>, Date, Standing<'_>),
    model: &Model,
    name: &str,
) -> Option<Reason> {
    let shared = series.name == Name::Shared;
    match standing {
        Standing::InForce(layer) => {
            let silence = entry(layer, name).and_then(|silence| declared(silence, model));
            silence.or_else(|| dated(layer, *day, model, name))
        }
        Standing::Unsure(candidates) => {
            let own: Vec<&Document> =
                candidates.iter().copied().filter(|layer| shared || sets(layer, name)).collect();
            let text = dutch::undecidable(&titles(series, &own), *day);
            (!own.is_empty()).then_some(Reason { why: Why::Undecidable, text })
        }
        Standing::Absent => {
            let own = series.versions.iter().filter(|layer| shared || sets(layer, name));
            let periods: Vec<String> = own.map(|layer| dutch::in_force(layer.period().as_ref())).collect();
            let text = dutch::no_version(*day, &periods);
            (!periods.is_empty()).then_some(Reason { why: Why::NoVersion, text })
        }
    }
}

/// Whether a layer says something of a parameter or decision.
fn sets(layer: &Document, name: &str) -> bool {
    let parameter = layer.parameters.0.iter().find(|(id, _)| id.value == name);
    parameter.is_some_and(|(_, p)| p.value.is_some() || !p.values.is_empty())
        || layer.decisions.0.iter().any(|(id, _)| id.value == name)
}

/// The silence that a layer declares of a name.
fn entry<'d>(layer: &'d Document, name: &str) -> Option<&'d Silence> {
    let parameter =
        layer.parameters.0.iter().find(|(id, _)| id.value == name).and_then(|(_, p)| p.silence.as_ref());
    let decision = layer.decisions.0.iter().find(|(id, _)| id.value == name);
    parameter.or_else(|| decision.and_then(|(_, d)| d.silence.as_ref()))
}

/// A declared silence in words, with where that is known from.
fn declared(silence: &Silence, model: &Model) -> Option<Reason> {
    let why = Why::from(silence.kind.value);
    let title =
        |id: &str| model.sources.iter().find(|source| source.id == id).map(|source| source.title.clone());
    let sources: Vec<String> = silence.sources.iter().filter_map(|source| title(&source.id.value)).collect();
    let mut text = dutch::why(why).to_owned();
    if let Some(note) = &silence.note {
        text = format!("{text}; {}", note.value);
    }
    if !sources.is_empty() {
        text = format!("{text} (bron: {})", sources.join("; "));
    }
    Some(Reason { why, text })
}

/// Values or rules of a name that a layer has, but not for this day.
fn dated(layer: &Document, day: Date, model: &Model, name: &str) -> Option<Reason> {
    let parameter = layer.parameters.0.iter().find(|(id, _)| id.value == name).map(|(_, p)| p);
    let mut periods: Vec<String> = parameter
        .into_iter()
        .flat_map(|p| p.values.iter().map(|v| &v.in_force).chain(p.value.iter().map(|_| &p.in_force)))
        .filter_map(|period| period.as_ref().map(dutch::plain_period))
        .collect();
    let ruled = |(id, d): &(_, crate::document::Decision)| {
        let id: &crate::document::Spanned<String> = id;
        id.value == name && (d.table.is_some() || d.points.is_some())
    };
    if layer.decisions.0.iter().any(ruled) {
        let info = model.decisions.iter().find(|d| d.id == name);
        periods.extend(info.into_iter().flat_map(|d| d.other_dates.iter().cloned()));
    }
    let text = dutch::no_version(day, &periods);
    (!periods.is_empty()).then_some(Reason { why: Why::NoVersion, text })
}

fn titles(series: &Series<'_>, layers: &[&Document]) -> Vec<String> {
    let own =
        |layer: &&Document| layer.title.as_ref().map_or_else(|| series.title(), |title| title.value.clone());
    layers.iter().map(own).collect()
}

/// Notes in a model what every case under these layers must know: layers that do not apply, or of which that cannot be
/// said; what rests on a text that has changed; what cites a source outside its period.
pub(super) fn notices(picked: &Picked<'_>, model: &mut Model) {
    let mut list = Vec::new();
    for (series, day, standing) in &picked.layers {
        let mut add =
            |severity, text| list.push(Notice { id: series.id().to_owned().into(), severity, text });
        match standing {
            Standing::Absent => {
                let periods: Vec<String> =
                    series.versions.iter().map(|layer| dutch::in_force(layer.period().as_ref())).collect();
                add(Severity::Obstacle, dutch::not_in_force(&series.title(), *day, &periods).into());
            }
            Standing::Unsure(candidates) => {
                let periods: Vec<String> =
                    candidates.iter().map(|layer| dutch::in_force(layer.period().as_ref())).collect();
                let titles = titles(series, candidates);
                add(Severity::Obstacle, dutch::version_unknown(&titles, *day, &periods).into());
            }
            Standing::InForce(layer) => {
                for text in older(picked, series, layer) {
                    add(Severity::Attention, text.into());
                }
            }
        }
    }
    list.extend(lapsed(picked, model));
    model.notices = list;
}

/// The texts on which a layer rests and that have changed since.
fn older(picked: &Picked<'_>, series: &Series<'_>, layer: &Document) -> Vec<String> {
    let one = |basis: &crate::document::Basis| {
        let id = basis.id.value.as_str();
        let from = rests_from(layer, basis)?;
        // the last layer that declares the source, and its day: the statute goes by the day of the facts
        let declares = |(other, day): (&Document, Date)| {
            let source = other.sources.0.iter().find(|(known, _)| known.value == id);
            source.map(|(_, source)| (changes(source), source.title.value.clone(), day))
        };
        let (changes, title, day) = picked.in_force().filter_map(declares).last()?;
        let since: Vec<Date> =
            changes.into_iter().filter(|change| from < *change && *change <= day).collect();
        let what = layer.title.as_ref().map_or_else(|| series.title(), |title| title.value.clone());
        (!since.is_empty()).then(|| dutch::older(&what, &title, from, &since))
    };
    layer.based_on.iter().filter_map(one).collect()
}

/// The sources that are cited on a day on which they do not apply, or on which that cannot be said.
fn lapsed(picked: &Picked<'_>, model: &Model) -> Vec<Notice> {
    let citing = citing(model);
    let mut list = Vec::new();
    for (s, source) in model.sources.iter().enumerate().filter(|(_, source)| source.applies != Some(true)) {
        let mut names: Vec<&str> = Vec::new();
        for (name, ..) in citing.iter().filter(|(_, _, cited)| cited.iter().any(|c| c.source == s)) {
            if !names.contains(name) {
                names.push(name);
            }
        }
        let declares = |(layer, day): (&Document, Date)| (layer.span.file == source.span.file).then_some(day);
        let Some(day) = picked.in_force().find_map(declares).filter(|_| !names.is_empty()) else { continue };
        let period = dutch::in_force(source.period.as_ref());
        list.push(Notice {
            id: source.id.clone().into(),
            severity: Severity::Attention,
            text: dutch::lapsed(&source.title, day, &period, source.applies, &names).into(),
        });
    }
    list
}
