//! The template of a layer: as it stands, filled in, and what is still to be filled in.

use std::collections::BTreeMap;

use leidraad::overlay::{Unfilled, UnfilledKind};
use leidraad::parse::parse;
use leidraad::{Answers, Code, Date, Library, Outcome, RuleSet, SourceMap, Value, Why};

use crate::support::{answers, date, library, rule_files, snapshot};

const ON: &str = "2026-09-01";

/// The files of one rule set on disk, with one more.
fn with(id: &str, name: &str, text: &str) -> Vec<(String, String)> {
    let own = |(path, _): &(String, String)| path.starts_with(&format!("rules/{id}"));
    let mut files: Vec<(String, String)> = rule_files().into_iter().filter(own).collect();
    files.push((name.to_owned(), text.to_owned()));
    files
}

fn loaded(id: &str, text: &str) -> RuleSet {
    let library = library(&with(id, "gm9999.yaml", text));
    assert!(!library.findings().has_errors(), "{}\n{text}", library.findings());
    library.rule_set(id).unwrap().clone()
}

fn template(id: &str) -> String {
    leidraad::catalog().rule_set(id).unwrap().overlay_template("gm9999", date(ON)).unwrap()
}

fn open(rules: &RuleSet) -> Option<Unfilled> {
    rules.unfilled().into_iter().find(|layer| layer.authority == "GM9999")
}

/// Fills in blocks of a template: takes the `# ` away and puts values, in order, in the place of the dots; a table is
/// written anew with its header. What the values leave open stays as it is.
fn fill(template: &str, blocks: &BTreeMap<&str, Vec<&str>>) -> String {
    let mut text = String::new();
    let mut current: Option<(std::slice::Iter<'_, &str>, bool)> = None;
    for line in template.lines() {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let Some(open) = body.strip_prefix("# ") else {
            current = None;
            text.push_str(&format!("{line}\n"));
            continue;
        };
        if !open.starts_with(' ') {
            let id = open.split(':').next().unwrap();
            current = blocks.get(id).map(|values| (values.iter(), false));
        }
        let Some((values, rows)) = &mut current else {
            text.push_str(&format!("{line}\n"));
            continue;
        };
        let mut filled = open.to_owned();
        if *rows {
            if let Some(first) = values.next() {
                for row in std::iter::once(first).chain(values.by_ref()) {
                    text.push_str(&format!("{:indent$}    {row}\n", ""));
                }
            }
            continue;
        }
        if open.trim_start().starts_with("table:") {
            *rows = true;
        } else if open.split("##").next().unwrap().contains('…') {
            match values.next() {
                Some(value) => filled = filled.replacen('…', value, 1),
                None => {
                    text.push_str(&format!("{line}\n"));
                    continue;
                }
            }
        }
        text.push_str(&format!("{:indent$}{filled}\n", ""));
    }
    text
}

#[test]
fn a_template_as_it_stands_loads_and_sets_nothing() {
    for rules in leidraad::catalog().rule_sets() {
        let text = template(rules.id());
        let library = library(&with(rules.id(), "gm9999.yaml", &text));
        assert_eq!(
            library.findings().to_string(),
            Library::default().findings().to_string(),
            "{}",
            rules.id()
        );
        let filled = library.rule_set(rules.id()).unwrap();
        let own = filled.for_authority("GM9999").unwrap().on(date(ON)).unwrap();
        let shared = filled.on(date(ON)).unwrap();
        let nothing = Answers::new();
        let (own, shared) = (own.evaluate(&nothing).unwrap(), shared.evaluate(&nothing).unwrap());
        assert_eq!(own.decisions, shared.decisions, "{}", rules.id());
        assert_eq!(own.steps, shared.steps, "{}", rules.id());
    }
}

/// Ids of a map of a rule file, for which something holds, read without the check.
fn ids(file: &str, keep: impl Fn(&serde_json::Value) -> bool, part: &str) -> Vec<String> {
    let text = leidraad::catalog_files().iter().find(|(name, _)| *name == file).unwrap().1;
    let document = parse(&mut SourceMap::default(), file, text, &mut Vec::new()).unwrap();
    let json = serde_json::to_value(document).unwrap();
    let map = json.get(part).and_then(|part| part.as_object().cloned()).unwrap_or_default();
    map.into_iter().filter(|(_, item)| keep(item)).map(|(id, _)| id).collect()
}

#[test]
fn what_is_open_is_all_that_the_shared_layer_leaves_open() {
    for rules in leidraad::catalog().rule_sets() {
        let file = format!("rules/{}.yaml", rules.id());
        let mut parameters =
            ids(&file, |p| p.get("value").is_none() && p.get("values").is_none(), "parameters");
        let left = |d: &serde_json::Value| {
            let rule = ["table", "points", "formula", "count"].iter().any(|key| d.get(*key).is_some());
            d.get("columns").is_some() || !rule
        };
        let mut decisions = ids(&file, left, "decisions");
        let open = open(&loaded(rules.id(), &template(rules.id()))).unwrap();
        let of = |kind| {
            let items = open.items.iter().filter(|item| item.kind == kind);
            let mut ids: Vec<String> = items.map(|item| item.id.clone()).collect();
            ids.sort();
            ids
        };
        parameters.sort();
        decisions.sort();
        assert_eq!(of(UnfilledKind::Parameter), parameters, "{}", rules.id());
        assert_eq!(of(UnfilledKind::Decision), decisions, "{}", rules.id());
        assert_eq!(of(UnfilledKind::InForce), ["in_force"]);
        assert!(open.items.iter().all(|item| item.periods.is_empty()), "{open}");
    }
}

/// A parameter of a count says which, and how it is written; one of a condition on records what it is compared with.
#[test]
fn a_template_names_the_counts() {
    let text = template("damocles/maatregel");
    // the lines of a text are wrapped and begin with a mark
    let flat = text.replace('#', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let block = |id: &str| {
        let end = flat.find(&format!(" {id}: value")).unwrap();
        let start = flat[..end].rfind("certainty: secondary }]").unwrap_or(0);
        &flat[start..end]
    };
    let count = "«Hoeveel eerdere overtredingen tellen mee?»";
    assert!(block("recidive_termijn").contains(&format!("Zo ver wordt teruggekeken bij {count}")));
    for edge in ["recidive_eerste_dag", "recidive_laatste_dag"] {
        assert!(block(edge).contains("meetelt bij «Hoeveel eerdere"), "{}", block(edge));
        assert!(block(edge).contains("Schrijf ja of nee."), "{}", block(edge));
    }
    assert!(block("recidive_gebeurtenis").contains("Wordt vergeleken met de vraag"));
}

/// Everything is valid but the dots: each is found, at its place, and nothing else is.
#[test]
fn dots_that_stay_are_the_only_mistakes_of_a_template() {
    for rules in leidraad::catalog().rule_sets() {
        let template = template(rules.id());
        let lines: Vec<String> = template
            .lines()
            .map(|line| {
                let body = line.trim_start();
                let indent = line.len() - body.len();
                body.strip_prefix("# ").map_or(line.to_owned(), |open| format!("{:indent$}{open}", ""))
            })
            .collect();
        let text = lines.join("\n");
        let library = library(&with(rules.id(), "gm9999.yaml", &text));
        let findings: Vec<_> = library.findings().iter().collect();
        assert!(findings.iter().all(|f| f.code == Code::Placeholder), "{}", library.findings());
        let dots =
            lines.iter().map(|line| line.split("##").next().unwrap().matches('…').count()).sum::<usize>();
        assert_eq!(findings.len(), dots);
        let sources = library.findings().sources();
        for finding in findings {
            let span = finding.span.unwrap();
            let place = sources.text(span).trim_matches('"');
            assert_eq!(place, "…", "{}", library.findings());
        }
    }
}

#[test]
fn events_filled_in() {
    let blocks = BTreeMap::from([
        ("in_force", vec!["2026-01-01"]),
        (
            "eigen_beleid",
            vec!["Evenementenbeleid", "https://example.org", "gmb-2026-1", "CVDR1", "2026-02-01", "3", "-"],
        ),
        ("max_personen", vec!["< 200", "minder dan 200"]),
        ("overige_voorwaarden", vec!["|| overige_voorwaarden || bron", "|| ja || eigen_beleid"]),
        (
            "klein_evenement",
            vec![
                "personen_past | overige_voorwaarden || klein_evenement || bron",
                "ja | ja || ja || eigen_beleid",
                "- | - || nee || eigen_beleid",
            ],
        ),
        ("plicht_klein_evenement", vec!["|| plicht_klein_evenement || bron", "|| melding || eigen_beleid"]),
    ]);
    let rules = loaded("evenementen/melding", &fill(&template("evenementen/melding"), &blocks));
    let program = rules.for_authority("GM9999").unwrap().on(date(ON)).unwrap();
    // fewer than 200 persons is all that this policy asks for
    for (persons, expected) in [(199, "melding"), (200, "vergunning")] {
        let given =
            Answers::new().with("openbaar", true).with("uitzondering", "geen").with("aantal", persons);
        let assessment = program.evaluate(&given).unwrap();
        assert_eq!(
            assessment.decision("route"),
            Some(&Outcome::Determined(Value::from(expected))),
            "{persons}"
        );
    }
    let open = open(&rules).unwrap();
    let left: Vec<&str> = open.items.iter().map(|item| item.id.as_str()).collect();
    assert!(
        !left.contains(&"max_personen") && !left.contains(&"klein_evenement") && !left.contains(&"in_force")
    );
    assert!(left.contains(&"max_dagen"));
}

#[test]
fn damocles_filled_in() {
    let blocks = BTreeMap::from([
        ("in_force", vec!["2025-01-01"]),
        (
            "eigen_beleid",
            vec!["Damoclesbeleid", "https://example.org", "gmb-2025-1", "CVDR1", "2025-02-01", "2", "-"],
        ),
        ("zienswijzetermijn", vec!["10 days", "tien dagen"]),
        ("recidive_gebeurtenis", vec!["vondst", "na de vorige vondst"]),
        ("recidive_termijn", vec!["2 years", "binnen twee jaar"]),
        ("recidive_eerste_dag", vec!["nee", "na die dag"]),
        ("recidive_laatste_dag", vec!["ja", "tot en met die dag"]),
        ("recidive_adres", vec!["-", "op hetzelfde adres"]),
        ("recidive_persoon", vec!["-", "of dezelfde persoon"]),
        ("beleid", vec!["|| beleid || bron", "|| geladen || eigen_beleid"]),
        ("beleid_grond_b", vec!["|| beleid_grond_b || bron", "|| ja || eigen_beleid"]),
        (
            "maatregel",
            vec![
                "grondslag | beleidsobject | eerdere_overtredingen | planten | ernstig_geval || maatregel | duur | eenheid | modaliteit || bron",
                "geen | - | - | - | - || geen | - | - | - || opiumwet",
                "softdrugs | woning | 0 | - | - || waarschuwing | - | - | moet || eigen_beleid",
                "softdrugs | woning | >= 1 | - | - || sluiting | 3 | maanden | mag || eigen_beleid",
                "- | - | - | - | - || not_loaded | not_loaded | not_loaded | not_loaded || eigen_beleid",
            ],
        ),
    ]);
    let rules = loaded("damocles/maatregel", &fill(&template("damocles/maatregel"), &blocks));
    let program = rules.for_authority("GM9999").unwrap().on(date(ON)).unwrap();
    let given = |day: &str| {
        format!(
            "{{ gevonden_op: 2026-07-01, object: woning, bewoond: ja, grondslag: softdrugs, besluit_op: 2026-08-01, overtredingen: [{{ gebeurtenis: vondst, dag: {day}, zelfde_adres: nee, zelfde_persoon: ja }}] }}"
        )
    };
    let again = given("2024-07-01");
    let assessment = program.evaluate(&answers(&again)).unwrap();
    let text = serde_json::to_value(assessment.decision("maatregel").unwrap()).unwrap();
    let expected = serde_json::json!({ "status": "determined",
        "value": { "maatregel": "sluiting", "duur": 3, "eenheid": "maanden", "modaliteit": "mag" } });
    assert_eq!(text, expected);
    let first = program.evaluate(&answers(&given("2024-06-30"))).unwrap();
    assert_eq!(
        first.decision("voorgestelde_maatregel"),
        Some(&Outcome::Determined(Value::from("waarschuwing")))
    );
    // what was not entered of the policy is not loaded, and what was left out stays open
    let other = program.evaluate(&answers(&again.replace("softdrugs", "harddrugs"))).unwrap();
    assert_eq!(other.decision("maatregel").map(Outcome::status), Some("unregulated"));
    let silence = other.silence.iter().find(|(name, _)| name == "maatregel");
    assert_eq!(silence.map(|(_, silence)| silence.why.clone()), Some(vec![Why::NotLoaded]));
    // the table is loaded, so nothing says that it is not
    let said: Vec<&str> = first.findings.iter().filter(|f| !f.possible).map(|f| f.id.as_str()).collect();
    assert!(!said.contains(&"stand_van_het_beleid"), "{said:?}");
    let open = open(&rules).unwrap();
    let left: Vec<&str> = open.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(
        left,
        [
            "grens_lachgas",
            "grens_lijst_ia",
            "grens_overig",
            "leegstaande_woning",
            "geldigheid_waarschuwing",
            "beleid_lijst_ia",
            "deze laag is nog niet nagekeken"
        ]
    );
}

/// The self-assessment leaves nothing to an authority but remarks and steps of its own.
#[test]
fn self_assessment_filled_in() {
    let blocks = BTreeMap::from([
        ("in_force", vec!["2026-01-01"]),
        (
            "eigen_beleid",
            vec!["Besluit", "https://example.org", "gmb-2026-1", "CVDR1", "2026-02-01", "1", "-"],
        ),
        ("eigen_opmerking", vec!["Bespreek dit met de raad."]),
        ("eigen_stap", vec!["De raad informeren", "burgemeester"]),
    ]);
    let id = "limburgse-norm/zelfevaluatie";
    let rules = loaded(id, &fill(&template(id), &blocks));
    let program = rules.for_authority("GM9999").unwrap().on(date(ON)).unwrap();
    let questions = program.questionnaire();
    assert!(questions.findings.iter().any(|f| f.text == "Bespreek dit met de raad."));
    assert!(questions.steps.iter().any(|s| s.id == "eigen_stap" && s.actor == "burgemeester"));
}

const SHARED: &str = r#"
leidraad: 1
id: t/hek
title: Hek
in_force: { from: 2020-01-01 }
sources:
  s: { kind: example, title: Voorbeeld }
parameters:
  laag: { title: Hoogte zonder vergunning, test_on: hoogte }
  ver: { title: Afstand tot de weg, type: integer, unit: m }
  duur: { title: Duur van de vergunning, help: Alleen bij tijdelijke hekken., type: text }
  vast: { title: Vaste grens, test_on: hoogte, value: "<= 9", sources: [s] }
questions:
  - section: Hek
    items:
      - { id: hoogte, ask: Hoe hoog?, type: decimal, step: 0.5, min: 0, max: 9.5, unit: m, sources: [s] }
      - { id: afstand, ask: Hoe ver van de weg?, type: integer, min: 0, max: 5, sources: [s] }
      - { id: plaats, ask: Waar?, type: choice, options: { voor: { label: Voor het huis }, achter: { label: Achter } }, sources: [s] }
      - { id: gevraagd, ask: Wanneer gevraagd?, type: date, sources: [s] }
decisions:
  vergunning:
    title: Is een vergunning nodig?
    outcome: true
    sources: [s]
    hit: first
    table: |
      hoogte      | afstand || vergunning
      not(vast)   | -       || ja
      laag        | > ver   || nee
      -           | -       || ja
  termijn:
    title: Hoe lang geldt zij?
    sources: [s]
    when: { vergunning: ja }
    table: |
      || termijn
      || duur
  kosten:
    title: Wat kost het?
    help: Elke gemeente heeft een eigen tarief.
    sources: [s]
    hit: first
    outputs: { kosten: { title: Leges, unit: euro } }
    columns: [plaats, month(gevraagd)]
    table: |
      plaats || kosten
      achter || 0
      -      || silent
"#;

#[test]
fn a_template_reads_well() {
    let rules = crate::support::rules(SHARED);
    let text = rules.overlay_template("gm0042", date(ON)).unwrap();
    snapshot("overlay", "template", SHARED, &text);
}

#[test]
fn values_that_are_open_on_some_days_only() {
    let layer = r#"
leidraad: 1
overlay: t/hek
authority: GM0042
title: Hek in X
in_force: { from: 2021-01-01, to: 2025-12-31 }
sources: { b: { kind: policy_rule, title: Beleid } }
parameters:
  laag:
    values:
      - { value: "<= 1", in_force: { to: 2021-12-31 }, sources: [b] }
      - { value: "<= 2", in_force: { from: 2023-01-01, to: 2024-06-30 }, sources: [b] }
  ver: { value: 3, sources: [b] }
  duur: { value: 5 jaar, in_force: { from: 2025-01-01 }, sources: [b] }
decisions:
  kosten:
    table: |
      plaats || kosten || bron | vanaf      | tot
      -      || 10     || b    | 2022-03-01 | -
"#;
    let rules = RuleSet::from_files(&[("hek.yaml", SHARED), ("gm0042.yaml", layer)]).unwrap();
    let open = rules.unfilled();
    let text = open.iter().map(ToString::to_string).collect::<String>();
    // laag: between the first and second value, and after the second; duur: until its beginning; kosten: until its rows begin
    assert_eq!(
        text,
        "Nog in te vullen in gm0042.yaml (GM0042, t/hek):\n  \
         - waarde `laag`: Hoogte zonder vergunning (van 1 januari 2022 tot en met 31 december 2022; van 1 juli 2024 tot en met 31 december 2025)\n  \
         - waarde `duur`: Duur van de vergunning (van 1 januari 2021 tot en met 31 december 2024)\n  \
         - tabel `kosten`: Wat kost het? (van 1 januari 2021 tot en met 28 februari 2022)\n"
    );
}

#[test]
fn what_is_no_authority_or_has_a_layer_is_refused() {
    let rules = leidraad::catalog().rule_set("damocles/maatregel").unwrap();
    for (code, expected) in [
        ("GM0994", Code::BadLayer),
        ("gm0994", Code::BadLayer),
        ("Valkenburg", Code::BadId),
        ("0994", Code::BadId),
        ("GM", Code::BadId),
        ("", Code::BadId),
        ("GM09 94", Code::BadId),
        ("GM1\ntitle: x", Code::BadId),
    ] {
        let findings = rules.overlay_template(code, date(ON)).unwrap_err();
        assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [expected], "{code}");
    }
    let before = rules.overlay_template("GM9999", Date::new(1900, 1, 1).unwrap()).unwrap_err();
    assert_eq!(before.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::BadLayer]);
}
