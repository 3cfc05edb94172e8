//! Addresses from identifiers, in the forms in which the sites themselves give them as permanent.

use leidraad::dossier::{Opening, Stamp};
use leidraad::report::Report;
use leidraad::{Dossier, RuleSet};
use serde_json::{Value as Json, json};

use crate::support::date;

/// The links of a source, then those of its articles.
fn links(source: &Json) -> Vec<String> {
    let rules = json!({
        "leidraad": 1, "id": "x/y", "title": "A", "sources": {"s": source},
        "questions": [{"section": "S", "items": [{"id": "q", "ask": "Q?", "type": "boolean", "sources": ["s"]}]}],
        "decisions": {"d": {"outcome": true, "sources": ["s"], "table": ["q || d", "- || x"]}}
    });
    let rules =
        RuleSet::from_text("x.json", &rules.to_string()).unwrap_or_else(|findings| panic!("{findings}"));
    let stamp = Stamp::new("2026-08-03T10:00:00+02:00", [0; 32]).unwrap();
    let dossier = Dossier::new(&rules, &Opening::default(), &stamp).unwrap();
    let report = Report::of(&dossier, &rules, date("2026-08-10")).unwrap();
    let source = &report.sources[0];
    let articles = source.articles.iter().filter_map(|article| article.url.clone());
    source.links.iter().map(|link| link.url.clone()).chain(articles).collect()
}

#[test]
fn identifiers_become_addresses() {
    let law = "https://wetten.overheid.nl/";
    for (also, expected) in [
        (json!({"bwb": "BWBR0001941"}), vec![format!("{law}BWBR0001941")]),
        (
            json!({"bwb": "BWBR0001941", "article": "13b"}),
            vec![format!("{law}BWBR0001941"), format!("{law}jci1.3:c:BWBR0001941&artikel=13b")],
        ),
        (
            json!({"bwb": "BWBR0005537", "article": "4:15 lid 1 onder a"}),
            vec![format!("{law}BWBR0005537"), format!("{law}jci1.3:c:BWBR0005537&artikel=4:15&lid=1")],
        ),
        (
            json!({"bwb": "BWBR0040068", "article": "3.4 en 3.5"}),
            vec![format!("{law}BWBR0040068"), format!("{law}jci1.3:c:BWBR0040068&artikel=3.4")],
        ),
        // what is no number of an article is no place in the law
        (json!({"bwb": "BWBR0005537", "article": "Awb 4:14 lid 3"}), vec![format!("{law}BWBR0005537")]),
        // the text of a day that was read
        (
            json!({"bwb": "BWBR0001941", "article": "13b", "url": "https://wetten.overheid.nl/BWBR0001941/2007-07-01"}),
            vec![
                format!("{law}BWBR0001941/2007-07-01"),
                format!("{law}jci1.3:c:BWBR0001941&artikel=13b&z=2007-07-01&g=2007-07-01"),
            ],
        ),
        (
            json!({"jci": "jci1.3:c:BWBR0001840&artikel=1"}),
            vec![format!("{law}jci1.3:c:BWBR0001840&artikel=1")],
        ),
        (
            json!({"cvdr": "CVDR625674/1"}),
            vec!["https://lokaleregelgeving.overheid.nl/CVDR625674/1".to_owned()],
        ),
        (
            json!({"ecli": "ECLI:NL:RVS:2019:2912", "url": "https://www.raadvanstate.nl/@117309"}),
            vec![
                "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RVS:2019:2912".to_owned(),
                "https://www.raadvanstate.nl/@117309".to_owned(),
            ],
        ),
        (
            json!({"ecli": "ECLI:NL:RBOBR:2020:5978",
                "url": "https://uitspraken.rechtspraak.nl/inziendocument?id=ECLI:NL:RBOBR:2020:5978"}),
            vec!["https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RBOBR:2020:5978".to_owned()],
        ),
        (
            json!({"publication": "gmb-2026-12884"}),
            vec!["https://zoek.officielebekendmakingen.nl/gmb-2026-12884.html".to_owned()],
        ),
        (json!({"url": "https://www.vaals.nl/x"}), vec!["https://www.vaals.nl/x".to_owned()]),
        // no addresses of the web, or with signs that an address does not have
        (json!({"url": "javascript:alert(1)"}), vec![]),
        (json!({"url": "https://x.example/ onclick=y"}), vec![]),
        (json!({"url": "https://x.example/<b>"}), vec![]),
        (json!({"url": "https://overheid.nl@kwaad.example/"}), vec![]),
        (json!({"bwb": "BWBR0001941\"><b>"}), vec![]),
        (json!({"publication": "iets-anders"}), vec![]),
    ] {
        let mut source = json!({"kind": "law", "title": "S"});
        source.as_object_mut().unwrap().extend(also.as_object().unwrap().clone());
        assert_eq!(links(&source), expected, "{also}");
    }
}

/// Each source that is shipped with an identifier has an address on the site that publishes it.
#[test]
fn sources_that_are_shipped_have_official_addresses() {
    let sites = [
        "wetten.overheid.nl",
        "lokaleregelgeving.overheid.nl",
        "rechtspraak.nl",
        "zoek.officielebekendmakingen.nl",
    ];
    for case in super::cases::all() {
        for source in case.report().sources {
            if source.identifier.is_some() {
                let label = source.links.first().map(|link| link.label.as_str());
                assert!(label.is_some_and(|label| sites.contains(&label)), "{source:?}");
            }
        }
    }
}
