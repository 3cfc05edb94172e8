//! The sources of a report, numbered as they are first cited; the articles of one stand together.

use super::content::{Article, Cite, Source};
use super::links::{article, links};
use crate::explanation::Citation;
use crate::notation::date;

/// The sources cited so far.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<Source>, Vec<Citation>);

impl Sources {
    /// References to these sources, each once.
    pub(super) fn cite(&mut self, cited: &[Citation]) -> Vec<Cite> {
        let mut list = Vec::new();
        for source in cited {
            let cite = self.one(source);
            if !list.contains(&cite) {
                list.push(cite);
            }
        }
        list
    }

    fn one(&mut self, cited: &Citation) -> Cite {
        // a remark or another certainty of an article would be lost in an entry of the whole source
        let whole = Citation { article: None, ..cited.clone() };
        let at = self.1.iter().position(|known| *known == whole).unwrap_or_else(|| {
            self.0.push(entry(&whole, self.0.len() + 1));
            self.1.push(whole);
            self.1.len() - 1
        });
        if let (Some(source), Some(text)) = (self.0.get_mut(at), &cited.article)
            && !source.articles.iter().any(|known| known.article == *text)
        {
            source.articles.push(Article { article: text.clone(), url: article(cited) });
        }
        Cite { source: at + 1, article: cited.article.clone() }
    }

    /// The list, with addresses.
    pub(super) fn list(self) -> Vec<Source> {
        self.0
    }
}

fn entry(source: &Citation, number: usize) -> Source {
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
        articles: Vec::new(),
        identifier: source.identifier.clone(),
        certainty: (!facts.is_empty()).then(|| facts.join("; ")),
        note: source.note.clone(),
        links: links(source),
    }
}
