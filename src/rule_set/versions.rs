//! What can be said of layers without resolving them: versions that apply at once, layers of which neither lies over the
//! other, items that lie outside the period of their layer.

use std::collections::BTreeSet;

use super::RuleSet;
use super::layers::{Name, Series};
use crate::check::{row_periods, wrong_period};
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{Document, InForce, Period, Spanned};
use crate::source::Span;

impl RuleSet {
    /// Versions of one layer that apply at once or go by different dates; items that never apply.
    pub(super) fn versions(&self, out: &mut Vec<Diagnostic>) {
        for series in self.every_series() {
            let what = match series.name {
                Name::Shared => format!("`{}`", self.id),
                Name::Several(name) => format!("the layer `{name}`"),
                Name::One(code) => format!("the layer of {code}"),
            };
            for (i, later) in series.versions.iter().enumerate() {
                let earlier = series.versions.iter().take(i).copied().filter(|other| meet(other, later));
                for earlier in earlier.collect::<Vec<_>>() {
                    if overlap(earlier, later, InForce::certain) {
                        out.push(
                            Diagnostic::error(
                                Code::BadLayer,
                                layer_span(later),
                                format!("two versions of {what} apply at once"),
                            )
                            .related(layer_span(earlier), "the other version")
                            .help(
                                "let one period end before the next begins; a day that is not known is `unknown`, or \
                                 `{ between: [first, last] }`; a copy or a draft goes into a folder beside this one, as all \
                                 files of one folder are layers of the same rules",
                            ),
                        );
                        break;
                    }
                }
                out.extend(wrong_period(later.period().as_ref()));
                outside(later, out);
            }
            other_dates(&series, &what, out);
        }
    }

    /// Layers that set the same for the same authority, of which neither lies over the other.
    pub(super) fn conflicts(&self, out: &mut Vec<Diagnostic>) {
        let mut layers: Vec<&Document> = Vec::new();
        for name in self.names_of_several() {
            let own = |layer: &&Document| layer.layer.as_ref().is_some_and(|own| own.value == name);
            layers.extend(self.overlays.iter().filter(own));
        }
        for (i, later) in layers.iter().enumerate() {
            for earlier in layers.iter().take(i).filter(|earlier| earlier.layer != later.layer) {
                let nested = within(earlier, later) != within(later, earlier);
                if nested || !meet(earlier, later) || !overlap(earlier, later, InForce::possible) {
                    continue;
                }
                let known = items(earlier);
                let twice = items(later).into_iter().filter_map(|(id, span)| {
                    let first = known.iter().find(|(known, _)| *known == id)?;
                    Some((id, span, first.1))
                });
                for (id, span, first) in twice {
                    let name =
                        |layer: &Document| layer.layer.as_ref().map_or(String::new(), |l| l.value.clone());
                    let (a, b) = (name(earlier), name(later));
                    let message =
                        format!("`{a}` and `{b}` both give `{id}`, and neither lies over the other");
                    let finding =
                        Diagnostic::error(Code::BadLayer, span, message).related(first, "it is here, too");
                    out.push(finding.help(
                        "give it in one of the two; a layer lies over another when its members are some of the other's",
                    ));
                }
            }
        }
    }
}

/// Whether all members of a layer are members of another.
fn within(layer: &Document, other: &Document) -> bool {
    match (layer.members(), other.members()) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(own), Some(others)) => own.iter().all(|code| others.contains(code)),
    }
}

/// Whether some authority belongs to both layers.
fn meet(layer: &Document, other: &Document) -> bool {
    match (layer.members(), other.members()) {
        (Some(own), Some(others)) => own.iter().any(|code| others.contains(code)),
        _ => true,
    }
}

/// What a layer gives by name, with its place.
fn items(layer: &Document) -> Vec<(&str, Span)> {
    fn own<T>(map: &crate::document::Map<T>) -> impl Iterator<Item = &Spanned<String>> {
        map.0.iter().map(|(id, _)| id)
    }
    let set = layer.parameters.0.iter().filter(|(_, p)| p.value.is_some() || !p.values.is_empty());
    let questions = layer.questions.iter().flat_map(|section| &section.items).map(|question| &question.id);
    let all = set.map(|(id, _)| id).chain(questions).chain(own(&layer.decisions)).chain(own(&layer.sources));
    let all = all.chain(own(&layer.findings)).chain(own(&layer.steps)).chain(own(&layer.rollups));
    all.map(|id| (id.value.as_str(), id.span)).collect()
}

/// Versions of a layer that go by different dates: on a case both could apply, or none.
fn other_dates(series: &Series<'_>, what: &str, out: &mut Vec<Diagnostic>) {
    let named: Vec<&Spanned<String>> =
        series.versions.iter().filter_map(|layer| layer.reference_date.as_ref()).collect();
    let differs = named.windows(2).find_map(|pair| match pair {
        [first, second] if first.value != second.value => Some((first, second)),
        _ => None,
    });
    if let Some((first, second)) = differs {
        let message =
            format!("the versions of {what} go by different dates: `{}` and `{}`", first.value, second.value);
        let finding = Diagnostic::error(Code::BadLayer, second.span, message);
        out.push(
            finding
                .related(first.span, "the other version")
                .help("name the same `reference_date` in all versions, so that each day has one version"),
        );
    }
}

/// Items with a period that does not meet that of their layer.
fn outside(layer: &Document, out: &mut Vec<Diagnostic>) {
    let Some(own) = layer.period() else { return };
    let (first, last) = own.possible();
    let mut told: BTreeSet<Span> = BTreeSet::new();
    for (what, period) in periods(layer) {
        let from = period.from.as_ref().map_or(i64::MIN, |day| day.value.ticks());
        let to = period.to.as_ref().map_or(i64::MAX, |day| day.value.ticks());
        let place = period.from.as_ref().or(period.to.as_ref()).map(|day| day.span);
        if let Some(place) = place.filter(|_| from <= to && (to < first || last < from))
            && told.insert(place)
        {
            let message = format!("{what} never applies: its period lies outside that of its layer");
            let finding = Diagnostic::warning(Code::BadPeriod, place, message);
            out.push(finding.help("correct one of the two periods, or remove it"));
        }
    }
}

/// Every period of something in a layer, and what that is.
pub(super) fn periods(layer: &Document) -> Vec<(String, Period)> {
    let mut list: Vec<(String, Period)> = Vec::new();
    let mut add = |what: String, period: Option<&Period>| {
        list.extend(period.map(|period| (what, period.clone())));
    };
    for (id, parameter) in &layer.parameters.0 {
        let values = parameter.values.iter().map(|value| value.in_force.as_ref());
        for period in values.chain([parameter.in_force.as_ref()]) {
            add(format!("this value of `{}`", id.value), period);
        }
    }
    for question in layer.questions.iter().flat_map(|section| &section.items) {
        add(format!("question `{}`", question.id.value), question.in_force.as_ref());
        for (id, option) in question.options.iter().flat_map(|options| &options.0) {
            add(format!("option `{}`", id.value), option.in_force.as_ref());
        }
    }
    for (id, decision) in &layer.decisions.0 {
        add(format!("decision `{}`", id.value), decision.in_force.as_ref());
        for period in decision.table.iter().flat_map(row_periods) {
            add(format!("this row of `{}`", id.value), Some(&period));
        }
        for (_, output) in &decision.outputs.0 {
            for (id, option) in output.options.iter().flat_map(|options| &options.0) {
                add(format!("option `{}`", id.value), option.in_force.as_ref());
            }
        }
    }
    layer.findings.0.iter().for_each(|(id, f)| add(format!("finding `{}`", id.value), f.in_force.as_ref()));
    layer.steps.0.iter().for_each(|(id, s)| add(format!("step `{}`", id.value), s.in_force.as_ref()));
    list
}

/// The place of a layer as a whole.
pub(super) fn layer_span(layer: &Document) -> Span {
    let name = [&layer.id, &layer.authority, &layer.layer].into_iter().find_map(Option::as_ref);
    name.map_or(layer.span, |name| name.span)
}

/// Whether two layers apply on a common day, certainly or possibly.
pub(super) fn overlap(a: &Document, b: &Document, days: impl Fn(&InForce) -> (i64, i64)) -> bool {
    let ends = |layer: &Document| layer.period().map_or((i64::MIN, i64::MAX), |period| days(&period));
    let ((a_from, a_to), (b_from, b_to)) = (ends(a), ends(b));
    a_from <= a_to && b_from <= b_to && a_from <= b_to && b_from <= a_to
}
