//! Lines of text that are no longer than a width, as far as words allow it.

use std::collections::BTreeMap;

/// Longest words that are said again instead of referred to.
const LONG: usize = 60;

/// A text that grows line by line.
#[derive(Debug)]
pub(in crate::compare) struct Page {
    out: String,
    width: usize,
    /// How often long words were written here.
    said: BTreeMap<String, usize>,
    /// Long words that stand here more than once, and the number of those that were written.
    again: BTreeMap<String, Option<usize>>,
    numbers: usize,
}

impl Page {
    pub(in crate::compare) fn new(width: usize) -> Page {
        Page { out: String::new(), width, said: BTreeMap::new(), again: BTreeMap::new(), numbers: 0 }
    }

    /// An empty page for the same text, on which long words that this one says more than once are said once.
    pub(in crate::compare) fn again(self) -> Page {
        let often = self.said.into_iter().filter(|(_, times)| *times > 1);
        Page { again: often.map(|(words, _)| (words, None)).collect(), ..Page::new(self.width) }
    }

    /// Words after a name: long ones that come back get a number, by which they are called from then on.
    pub(in crate::compare) fn words(&mut self, name: &str, words: &str) -> String {
        if words.chars().count() < LONG {
            return words.to_owned();
        }
        let key = format!("{name} {words}");
        *self.said.entry(key.clone()).or_default() += 1;
        match self.again.get_mut(&key) {
            None => words.to_owned(),
            Some(Some(number)) => format!("zie [{number}]"),
            Some(none) => {
                self.numbers += 1;
                *none = Some(self.numbers);
                format!("[{}] {words}", self.numbers)
            }
        }
    }

    /// A line as it is.
    pub(in crate::compare) fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Whether a text fits on one line.
    pub(in crate::compare) fn fits(&self, indent: usize, text: &str) -> bool {
        indent + text.chars().count() <= self.width
    }

    /// A text, broken into lines; what follows a mark stands behind it.
    pub(in crate::compare) fn put(&mut self, indent: usize, mark: &str, text: &str) {
        let below = indent + if mark.is_empty() { 2 } else { mark.chars().count() };
        let mut line = format!("{:indent$}{mark}", "");
        let mut empty = true;
        for word in text.split_whitespace() {
            if !empty && line.chars().count() + 1 + word.chars().count() > self.width {
                self.line(line.trim_end());
                line = format!("{:below$}", "");
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        self.line(line.trim_end());
    }

    pub(in crate::compare) fn finish(self) -> String {
        self.out
    }
}
