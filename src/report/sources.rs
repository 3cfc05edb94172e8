//! The sources of a report, numbered as they are first cited.

use super::content::Source;
use super::links::links;
use crate::explanation::Citation;
use crate::notation::date;

/// The sources cited so far.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<Citation>);

impl Sources {
    /// The numbers of these sources, each once.
    pub(super) fn cite(&mut self, cited: &[Citation]) -> Vec<usize> {
        let mut numbers = Vec::new();
        for source in cited {
            let known = self.0.iter().position(|known| known == source);
            let number = known.unwrap_or_else(|| {
                self.0.push(source.clone());
                self.0.len() - 1
            }) + 1;
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers
    }

    /// The list, with addresses.
    pub(super) fn list(&self) -> Vec<Source> {
        self.0.iter().zip(1..).map(|(source, number)| one(source, number)).collect()
    }
}

fn one(source: &Citation, number: usize) -> Source {
    let made = [
        ("ondertekend op", source.signed),
        ("bekendgemaakt op", source.published),
        ("gezien op", source.seen),
    ];
    let made = made.into_iter().filter_map(|(what, day)| Some(format!("{what} {}", date(day?))));
    let certainty = source.certainty.map(|certainty| crate::dutch::certainty(certainty).to_owned());
    let facts: Vec<String> = certainty.into_iter().chain(made).collect();
    Source {
        number,
        title: source.title.clone(),
        article: source.article.clone(),
        identifier: source.identifier.clone(),
        certainty: (!facts.is_empty()).then(|| facts.join("; ")),
        note: source.note.clone(),
        links: links(source),
    }
}
