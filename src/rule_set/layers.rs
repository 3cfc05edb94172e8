//! The layers of a rule set in all their versions, and which of them make up a program on a date.

use super::RuleSet;
use crate::check::Stack;
use crate::document::{Document, Spanned};
use crate::sorted::{each_once, sort_by_key};
use crate::source::Span;
use crate::value::Date;

/// The reference dates of a case: of the facts, by which the shared layer goes, and of what else layers name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Dates {
    pub(crate) facts: Date,
    /// Per question that a layer names as its own reference date the day that it fixes.
    pub(crate) others: Vec<(String, Date)>,
}

impl Dates {
    /// One day for all layers.
    pub(crate) fn all(day: Date) -> Dates {
        Dates { facts: day, others: Vec::new() }
    }

    /// The same, with the day that another question fixes.
    pub(crate) fn with(mut self, question: &str, day: Date) -> Dates {
        if self.others.iter().all(|(known, _)| known != question) {
            self.others.push((question.to_owned(), day));
        }
        self
    }

    /// The day of a layer with this reference date.
    fn on(&self, question: Option<&str>) -> Date {
        let other = self.others.iter().find(|(known, _)| Some(known.as_str()) == question);
        other.map_or(self.facts, |(_, day)| *day)
    }
}

/// Which layer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Name<'r> {
    Shared,
    /// Of several authorities, or of all.
    Several(&'r str),
    /// Of one authority.
    One(&'r str),
}

/// All versions of one layer.
#[derive(Debug, Clone)]
pub(crate) struct Series<'r> {
    pub(crate) name: Name<'r>,
    pub(crate) versions: Vec<&'r Document>,
    /// The question that fixes its reference date, where that is another than the shared layer's.
    pub(crate) question: Option<&'r str>,
}

/// Where a layer stands on a date.
#[derive(Debug, Clone)]
pub(crate) enum Standing<'r> {
    InForce(&'r Document),
    /// It cannot be said whether one of these applies.
    Unsure(Vec<&'r Document>),
    Absent,
}

/// The layers for an authority on some dates, the shared one first.
#[derive(Debug, Clone)]
pub(crate) struct Picked<'r> {
    pub(crate) layers: Vec<(Series<'r>, Date, Standing<'r>)>,
}

impl<'r> Series<'r> {
    pub(crate) fn standing(&self, day: Date) -> Standing<'r> {
        let covers = |layer: &Document| layer.period().map_or(Some(true), |period| period.covers(day));
        let certain = self.versions.iter().find(|layer| covers(layer) == Some(true));
        if let Some(layer) = certain {
            return Standing::InForce(layer);
        }
        match self.versions.iter().copied().filter(|layer| covers(layer).is_none()).collect::<Vec<_>>() {
            none if none.is_empty() => Standing::Absent,
            candidates => Standing::Unsure(candidates),
        }
    }

    /// What people call it.
    pub(crate) fn title(&self) -> String {
        let title = self.versions.iter().rev().find_map(|layer| layer.title.as_ref());
        title.map_or_else(|| self.id().to_owned(), |title| title.value.clone())
    }

    /// The id of the rule set, the name of the layer or the code of the authority.
    pub(crate) fn id(&self) -> &'r str {
        match self.name {
            Name::Several(name) | Name::One(name) => name,
            Name::Shared => {
                self.versions.iter().find_map(|layer| layer.id.as_ref()).map_or("", |id| id.value.as_str())
            }
        }
    }
}

impl<'r> Picked<'r> {
    /// What resolving needs: the versions in force, over a version of the shared layer even where none is.
    pub(crate) fn stack(&self) -> Stack<'r> {
        let mut stack = Stack::default();
        for (series, day, standing) in &self.layers {
            match standing {
                Standing::InForce(layer) => stack.layers.push((*layer, Some(*day))),
                // the questions are those of the last version
                _ if series.name == Name::Shared => {
                    stack.layers.extend(series.versions.last().map(|layer| (*layer, Some(*day))));
                }
                Standing::Unsure(candidates) => {
                    let below = stack.layers.len();
                    stack.unsure.extend(candidates.iter().map(|layer| (below, *layer)));
                }
                Standing::Absent => {}
            }
        }
        stack
    }

    /// The versions in force.
    pub(crate) fn in_force(&self) -> impl Iterator<Item = (&'r Document, Date)> + '_ {
        self.layers.iter().filter_map(|(_, day, standing)| match standing {
            Standing::InForce(layer) => Some((*layer, *day)),
            _ => None,
        })
    }

    /// The digest of all layers that make a difference: those in force, and beside them those of which it cannot be said whether
    /// they apply, and a shared layer that does not apply and still gives the questions.
    pub(super) fn digest(&self) -> String {
        let mut layers: Vec<(&'static str, &'r Document)> = Vec::new();
        for (series, _, standing) in &self.layers {
            match standing {
                Standing::InForce(layer) => layers.push(("", layer)),
                Standing::Unsure(candidates) if series.name != Name::Shared => {
                    layers.extend(candidates.iter().map(|layer| ("unsure\n", *layer)));
                }
                _ if series.name == Name::Shared => {
                    layers.extend(series.versions.last().map(|layer| ("not in force\n", *layer)));
                }
                _ => {}
            }
        }
        super::digest(layers.into_iter())
    }

    /// Whether the shared layer is in force.
    pub(crate) fn is_regulated(&self) -> bool {
        matches!(self.layers.first(), Some((_, _, Standing::InForce(_))))
    }

    /// What sets it apart from others with the same rules.
    pub(super) fn key(&self) -> (Vec<(Span, Date)>, Vec<Span>) {
        let unsure = self.layers.iter().flat_map(|(_, _, standing)| match standing {
            Standing::Unsure(candidates) => candidates.as_slice(),
            _ => &[],
        });
        (
            self.in_force().map(|(layer, day)| (layer.span, day)).collect(),
            unsure.map(|layer| layer.span).collect(),
        )
    }
}

impl RuleSet {
    /// The layers for an authority, or without one, each in all its versions.
    pub(crate) fn series(&self, authority: Option<&str>) -> Vec<Series<'_>> {
        let mut list = vec![self.one(Name::Shared, self.bases.iter().collect())];
        for name in self.names_of_several() {
            let own = |layer: &&Document| {
                let is_member = |codes: &[Spanned<String>]| {
                    codes.iter().any(|code| Some(code.value.as_str()) == authority)
                };
                is(&layer.layer, name) && layer.members().is_none_or(is_member)
            };
            let versions: Vec<&Document> = self.overlays.iter().filter(own).collect();
            if !versions.is_empty() {
                list.push(self.one(Name::Several(name), versions));
            }
        }
        if let Some(code) = authority {
            let versions: Vec<&Document> =
                self.overlays.iter().filter(|layer| is(&layer.authority, code)).collect();
            if let Some(code) = versions.first().and_then(|layer| layer.authority.as_ref()) {
                list.push(self.one(Name::One(&code.value), versions));
            }
        }
        list
    }

    fn one<'r>(&'r self, name: Name<'r>, versions: Vec<&'r Document>) -> Series<'r> {
        let own = versions.iter().rev().find_map(|layer| layer.reference_date.as_ref());
        let own = own.map(|question| question.value.as_str());
        Series { name, versions, question: own.filter(|own| Some(*own) != self.reference_date()) }
    }

    /// Every layer of several authorities by name.
    pub(super) fn names_of_several(&self) -> Vec<&str> {
        let names = self.overlays.iter().filter_map(|layer| layer.layer.as_ref());
        each_once(names.map(|name| name.value.as_str()))
    }

    /// Every layer in all its versions, of all authorities.
    pub(crate) fn every_series(&self) -> Vec<Series<'_>> {
        let mut list = vec![self.one(Name::Shared, self.bases.iter().collect())];
        for name in self.names_of_several() {
            let versions = self.overlays.iter().filter(|layer| is(&layer.layer, name)).collect();
            list.push(self.one(Name::Several(name), versions));
        }
        let codes = self.overlays.iter().filter_map(|layer| layer.authority.as_ref());
        for code in each_once(codes.map(|code| code.value.as_str())) {
            let versions = self.overlays.iter().filter(|layer| is(&layer.authority, code)).collect();
            list.push(self.one(Name::One(code), versions));
        }
        list
    }

    /// The layers that make up the program for an authority on some dates.
    pub(crate) fn picked(&self, authority: Option<&str>, dates: &Dates) -> Picked<'_> {
        let mut layers: Vec<(Series<'_>, Date, Standing<'_>)> = Vec::new();
        for series in self.series(authority) {
            let day = dates.on(series.question);
            let standing = series.standing(day);
            layers.push((series, day, standing));
        }
        // the narrower lies over the wider
        sort_by_key(&mut layers, |(series, _, standing)| {
            let width = |layer: &&Document| layer.members().map_or(usize::MAX, <[_]>::len);
            let width = match (series.name, standing) {
                (Name::Several(_), Standing::InForce(layer)) => width(layer),
                (Name::Several(_), _) => series.versions.iter().map(width).max().unwrap_or(0),
                _ => 0,
            };
            let kind = match series.name {
                Name::Shared => 0,
                Name::Several(_) => 1,
                Name::One(_) => 2,
            };
            (kind, std::cmp::Reverse(width), series.id().to_owned())
        });
        Picked { layers }
    }
}

fn is(name: &Option<Spanned<String>>, text: &str) -> bool {
    name.as_ref().is_some_and(|name| name.value == text)
}
