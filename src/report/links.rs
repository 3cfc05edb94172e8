//! Addresses from the identifiers of sources.

use super::content::Link;
use crate::explanation::Citation;
use crate::value::Date;

const LAWS: &str = "https://wetten.overheid.nl/";
const RULINGS: &str = "https://deeplink.rechtspraak.nl/uitspraak?id=";

/// Where a source as a whole can be read: where the law itself is published, as its identifier says, and the page that was
/// read.
pub(super) fn links(source: &Citation) -> Vec<Link> {
    let read = source.url.as_deref().filter(|url| is_address(url));
    let official = source.identifier.as_deref().and_then(|id| official(id, None, read));
    let urls = match (official, read) {
        // the permanent address says the same, and the article
        (Some(official), Some(read)) if is_law(read) || site(read).ends_with("rechtspraak.nl") => {
            vec![official]
        }
        // the page that was read says more precisely which text: a version, a part
        (Some(official), Some(read)) if site(&official) == site(read) => vec![read.to_owned()],
        (official, read) => official.into_iter().chain(read.map(str::to_owned)).collect(),
    };
    let link = |url: String| {
        let label = if url.starts_with(RULINGS) { "rechtspraak.nl" } else { site(&url) };
        Link { label: label.to_owned(), url }
    };
    urls.into_iter().map(link).collect()
}

/// Where an article of a law can be read.
pub(super) fn article(source: &Citation) -> Option<String> {
    let read = source.url.as_deref().filter(|url| is_address(url));
    let (identifier, article) = (source.identifier.as_deref()?, source.article.as_deref()?);
    (identifier.starts_with("BWB") && place(article).is_some())
        .then(|| official(identifier, Some(article), read))
        .flatten()
}

/// Whether it is a page of a law as a whole, on some day.
fn is_law(url: &str) -> bool {
    url.strip_prefix(LAWS).is_some_and(|rest| law(rest).is_some())
}

/// The page of what has this identifier, at the article where that can be told.
fn official(identifier: &str, article: Option<&str>, read: Option<&str>) -> Option<String> {
    let whole = crate::links::official(identifier)?;
    if !identifier.starts_with("BWB") {
        return Some(whole);
    }
    let day = read.and_then(|url| law(url.strip_prefix(LAWS)?)).filter(|(id, _)| *id == identifier);
    let day = day.and_then(|(_, day)| day);
    Some(match (article.and_then(place), day) {
        (Some(place), Some(day)) => format!("{LAWS}jci1.3:c:{identifier}{place}&z={day}&g={day}"),
        (Some(place), None) => format!("{LAWS}jci1.3:c:{identifier}{place}"),
        (None, Some(day)) => format!("{whole}/{day}"),
        (None, None) => whole,
    })
}

/// `BWBR0001941` or `BWBR0001941/2007-07-01`: which law, on which day.
fn law(path: &str) -> Option<(&str, Option<Date>)> {
    let path = path.trim_end_matches('/');
    let (id, day) = path.split_once('/').map_or((path, None), |(id, day)| (id, Some(day)));
    let known = id.starts_with("BWB") && id.chars().all(|c| c.is_ascii_alphanumeric());
    match day.map(Date::parse) {
        None => known.then_some((id, None)),
        Some(Some(day)) => known.then_some((id, Some(day))),
        Some(None) => None,
    }
}

/// The place in a law: `13b`, `4:15 lid 1 onder a` and `3 en 28`, of which the first.
fn place(article: &str) -> Option<String> {
    let mut words = article.split([' ', ',']);
    let number = words.next().filter(|word| {
        let joined = word.split(['.', ':']).all(|part| {
            part.chars().next().is_some_and(|c| c.is_ascii_digit())
                && part.chars().all(|c| c.is_ascii_alphanumeric())
        });
        joined && word.len() <= 12
    })?;
    let paragraph = words.next().filter(|word| *word == "lid").and_then(|_| words.next());
    let paragraph = paragraph.filter(|n| !n.is_empty() && n.chars().all(|c| c.is_ascii_digit()));
    Some(match paragraph {
        Some(paragraph) => format!("&artikel={number}&lid={paragraph}"),
        None => format!("&artikel={number}"),
    })
}

/// The name of the site of an address.
fn site(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Whether a text is an address of the web, of signs that an address may have.
fn is_address(url: &str) -> bool {
    let web = url.starts_with("https://") || url.starts_with("http://");
    let sign = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
    web && url.chars().all(sign) && site(url).contains('.') && !site(url).contains('@')
}
