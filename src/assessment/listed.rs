//! Things by id, in the order of the rule file.

use std::sync::Arc;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::text::Text;

/// Things by id, in the order of the rule file: a JSON object. The ids are those of the program, and shared with it.
///
/// ```
/// use leidraad::{Listed, Text};
/// let ages: Listed<u8> = [(Text::from("anna"), 61), (Text::from("bart"), 45)].into_iter().collect();
/// assert_eq!(ages.get("bart"), Some(&45));
/// assert_eq!(ages.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["anna", "bart"]);
/// assert_eq!(serde_json::to_string(&ages).unwrap(), r#"{"anna":61,"bart":45}"#);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    ids: Arc<[Text]>,
    values: Vec<T>,
}

impl<T> Listed<T> {
    /// An empty list that will have a thing for each of these ids.
    pub(crate) fn of(ids: &Arc<[Text]>) -> Listed<T> {
        Listed { ids: ids.clone(), values: Vec::with_capacity(ids.len()) }
    }

    /// Adds the thing of the next id.
    pub(crate) fn push(&mut self, value: T) {
        self.values.push(value);
    }

    /// Keeps those of some ids.
    pub(crate) fn retain(&mut self, keep: impl Fn(usize, &Text) -> bool) {
        let mut kept = self.ids.iter().enumerate().map(|(i, id)| keep(i, id));
        self.values.retain(|_| kept.next().unwrap_or(false));
        self.ids =
            self.ids.iter().enumerate().filter(|(i, id)| keep(*i, id)).map(|(_, id)| id.clone()).collect();
    }

    /// The thing at an index.
    pub(crate) fn at(&self, index: usize) -> Option<&T> {
        self.values.get(index)
    }

    pub(crate) fn at_mut(&mut self, index: usize) -> Option<&mut T> {
        self.values.get_mut(index)
    }

    /// The thing with an id.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.ids.iter().position(|known| known == id).and_then(|index| self.values.get(index))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Each id with its thing.
    pub fn iter(&self) -> std::iter::Zip<std::slice::Iter<'_, Text>, std::slice::Iter<'_, T>> {
        self.ids.iter().zip(&self.values)
    }

    /// Each id with its thing, to change the thing.
    pub fn iter_mut(&mut self) -> std::iter::Zip<std::slice::Iter<'_, Text>, std::slice::IterMut<'_, T>> {
        self.ids.iter().zip(&mut self.values)
    }
}

impl Listed<usize> {
    /// A count of nothing for each of these ids.
    pub(crate) fn zeros(ids: &Arc<[Text]>) -> Self {
        Listed { ids: ids.clone(), values: vec![0; ids.len()] }
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Listed { ids: Arc::new([]), values: Vec::new() }
    }
}

impl<T> FromIterator<(Text, T)> for Listed<T> {
    fn from_iter<I: IntoIterator<Item = (Text, T)>>(list: I) -> Self {
        let (ids, values): (Vec<Text>, Vec<T>) = list.into_iter().unzip();
        Listed { ids: ids.into(), values }
    }
}

impl<'l, T> IntoIterator for &'l Listed<T> {
    type Item = (&'l Text, &'l T);
    type IntoIter = std::iter::Zip<std::slice::Iter<'l, Text>, std::slice::Iter<'l, T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for Listed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.values.len()))?;
        for (id, value) in self {
            map.serialize_entry(id, value)?;
        }
        map.end()
    }
}
