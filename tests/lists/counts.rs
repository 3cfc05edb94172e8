//! Counts by hand: at the edges of the window, and with less than everything known.

use leidraad::{Answers, Library, Outcome};

use super::{RECIDIVE, decided, program, short};
use crate::support::{answers, date, snapshot};

/// Earlier violations with hard drugs at the same address on these days.
fn on(days: &[&str]) -> String {
    let record = |day: &&str| format!(r#"{{"soort":"harddrugs","dag":{day},"waar":"Dorp 1"}}"#);
    days.iter().map(record).collect::<Vec<_>>().join(",")
}

fn case(anchor: &str, list: &str) -> String {
    format!(r#"{{"vastgesteld_op":{anchor},"adres":"Dorp 1","overtredingen":{list}}}"#)
}

#[test]
fn the_first_day_counts_and_the_day_itself_does_not() {
    let program = program(RECIDIVE);
    let count =
        |day: &str| decided(&program, &case(r#""2026-07-04""#, &format!("[{}]", on(&[day]))), "eerdere");
    for (day, expected) in [
        (r#""2023-07-03""#, "0"),
        (r#""2023-07-04""#, "1"),
        (r#""2023-07-05""#, "1"),
        (r#""2026-07-03""#, "1"),
        (r#""2026-07-04""#, "0"),
        (r#""2026-07-05""#, "0"),
    ] {
        assert_eq!(count(day), expected, "{day}");
    }
    // three years before 29 February 2024 is 28 February 2021
    let leap =
        |day: &str| decided(&program, &case(r#""2024-02-29""#, &format!("[{}]", on(&[day]))), "eerdere");
    assert_eq!([leap(r#""2021-02-27""#), leap(r#""2021-02-28""#), leap(r#""2021-03-01""#)], ["0", "1", "1"]);
    // and of 29 February 2024 three years on the last day is 28 February 2027, counted back from 1 March it is gone
    let on_leap = |anchor: &str| {
        decided(&program, &case(anchor, &format!("[{}]", on(&[r#""2024-02-29""#]))), "eerdere")
    };
    assert_eq!([on_leap(r#""2027-02-28""#), on_leap(r#""2027-03-01""#)], ["1", "0"]);
}

#[test]
fn units_are_not_converted() {
    // 26 weeks before 31 August 2024 is 2 March; six months before is 29 February; 182 days before is 2 March
    for (length, first) in
        [("26 weeks", "2024-03-02"), ("6 months", "2024-02-29"), ("182 days", "2024-03-02")]
    {
        let program = program(&RECIDIVE.replace("3 years", length));
        let count = |day: &str| {
            let list = format!("[{}]", on(&[&format!("\"{day}\"")]));
            decided(&program, &case(r#""2024-08-31""#, &list), "eerdere")
        };
        let before = date(first);
        let day_before = match first {
            "2024-03-02" => "2024-03-01",
            _ => "2024-02-28",
        };
        assert_eq!((count(day_before).as_str(), count(first).as_str()), ("0", "1"), "{length} from {before}");
    }
}

#[test]
fn counted_on_from_the_record() {
    // six months on from 29 February 2024 is 29 August; from 31 August there is no 31st six months later
    let forward = RECIDIVE.replace("within: 3 years", "within: 6 months\n      counted: forward");
    let program = program(&forward);
    let count = |day: &str, anchor: &str| {
        let list = format!("[{}]", on(&[&format!("\"{day}\"")]));
        decided(&program, &case(&format!("\"{anchor}\""), &list), "eerdere")
    };
    assert_eq!([count("2024-02-29", "2024-08-29"), count("2024-02-29", "2024-08-30")], ["1", "0"]);
    assert_eq!([count("2023-08-31", "2024-02-29"), count("2023-08-31", "2024-03-01")], ["1", "0"]);
}

#[test]
fn less_than_everything_known() {
    let program = program(RECIDIVE);
    let eerdere = |anchor: &str, list: &str| decided(&program, &case(anchor, list), "eerdere");
    let day = r#""2026-07-04""#;
    let in_window = on(&[r#""2024-01-01""#]);
    // not asked, and asked but not known: any number
    assert_eq!(
        decided(&program, r#"{"vastgesteld_op":"2026-07-04","adres":"Dorp 1"}"#, "eerdere"),
        "0 t/m 10000: overtredingen"
    );
    assert_eq!(eerdere(day, "null"), "0 t/m 10000: overtredingen");
    assert_eq!(eerdere(day, "[]"), "0");
    // one for sure, one perhaps
    let perhaps = r#"{"soort":null,"dag":"2024-01-01","waar":"Dorp 1"}"#;
    assert_eq!(eerdere(day, &format!("[{in_window},{perhaps}]")), "1 of 2: overtredingen");
    let elsewhere = r#"{"soort":"harddrugs","dag":"2024-01-01","waar":{"one_of":["Dorp 1","Dorp 2"]}}"#;
    assert_eq!(eerdere(day, &format!("[{in_window},{elsewhere}]")), "1 of 2: overtredingen");
    let some_day = r#"{"soort":"harddrugs","dag":{"between":["2023-01-01","2023-07-03"]},"waar":"Dorp 1"}"#;
    assert_eq!(eerdere(day, &format!("[{in_window},{some_day}]")), "1", "surely too long ago");
    let some_day = r#"{"soort":"harddrugs","dag":{"between":["2023-07-03","2023-07-04"]},"waar":"Dorp 1"}"#;
    assert_eq!(eerdere(day, &format!("[{some_day}]")), "0 of 1: overtredingen");
    // at least these
    assert_eq!(eerdere(day, &format!("{{\"at_least\":[{in_window}]}}")), "1 t/m 10000: overtredingen");
    let decides =
        decided(&program, &case(day, &format!("{{\"at_least\":[{in_window},{in_window}]}}")), "maatregel");
    assert_eq!(decides, "zes_maanden", "two or more is enough");
}

/// Records share the anchor and the address, so not every combination of what each could do can occur.
#[test]
fn what_records_share_is_shared() {
    let program = program(RECIDIVE);
    // three years and a day apart: never both in the window
    let far = on(&[r#""2020-01-01""#, r#""2023-01-02""#]);
    assert_eq!(decided(&program, &case("null", &format!("[{far}]")), "eerdere"), "0 of 1: vastgesteld_op");
    let near = on(&[r#""2020-01-01""#, r#""2022-12-31""#]);
    assert_eq!(
        decided(&program, &case("null", &format!("[{near}]")), "eerdere"),
        "0 of 1 of 2: vastgesteld_op"
    );
    // on 1 January 2023 the first day of the one is the last of the other
    let one_day = case(r#""2023-01-01""#, &format!("[{near}]"));
    assert_eq!(decided(&program, &one_day, "eerdere"), "2");
    // two addresses: one of them at most is this one
    let two = r#"[{"soort":"harddrugs","dag":"2024-01-01","waar":"Dorp 1"},{"soort":"harddrugs","dag":"2024-01-01","waar":"Dorp 2"}]"#;
    let given = format!(r#"{{"vastgesteld_op":"2026-07-04","overtredingen":{two}}}"#);
    assert_eq!(decided(&program, &given, "eerdere"), "0 of 1: adres");
    let capitals =
        case(r#""2026-07-04""#, r#"[{"soort":"harddrugs","dag":"2024-01-01","waar":" dorp   1 "}]"#);
    assert_eq!(decided(&program, &capitals, "eerdere"), "1", "capitals and spaces make no other address");
}

#[test]
fn an_unset_window_matters_only_where_there_is_something_to_count() {
    let program = program(RECIDIVE);
    let day = r#""2026-07-04""#;
    let gevolg = |list: &str| decided(&program, &case(day, list), "gevolg");
    assert_eq!(gevolg("[]"), "geen");
    assert_eq!(gevolg(&format!("[{}]", on(&[r#""2020-01-01""#]))), "missing venster");
    assert_eq!(gevolg(&format!("[{}]", on(&[r#""2026-07-05""#]))), "geen", "after the day itself");
    assert_eq!(
        gevolg(&format!("[{}]", on(&[r#""2026-07-04""#]))),
        "zwaarder",
        "on the day itself, however long it is"
    );
    // not asked: none, or it hangs on the window, or some that count however long it is
    let open = decided(&program, r#"{"vastgesteld_op":"2026-07-04","adres":"Dorp 1"}"#, "gevolg");
    assert_eq!(open, "geen of zwaarder of niet geregeld (venster, eerste_dag): betrokkene overtredingen");
}

fn with(parameters: &str) -> leidraad::Program {
    let layer = format!(
        "leidraad: 1\noverlay: voorbeeld/recidive\nauthority: GM0000\ntitle: Voorbeeldstad\nsources:\n  eigen: {{ kind: example, title: Eigen beleid }}\nparameters:\n{parameters}"
    );
    let library = Library::from_files(&[("a.yaml", RECIDIVE), ("b.yaml", &layer)]);
    assert!(!library.findings().has_errors(), "{}", library.findings());
    library
        .rule_set("voorbeeld/recidive")
        .unwrap()
        .for_authority("GM0000")
        .unwrap()
        .on(date("2026-07-04"))
        .unwrap()
}

#[test]
fn a_layer_sets_the_window_and_its_edge() {
    let list = |day: &str| case(r#""2026-07-04""#, &format!("[{}]", on(&[day])));
    let length = with("  venster: { value: 2 years, sources: [eigen] }\n");
    assert_eq!(decided(&length, &list(r#""2024-07-05""#), "gevolg"), "zwaarder");
    assert_eq!(decided(&length, &list(r#""2024-07-03""#), "gevolg"), "geen");
    assert_eq!(
        decided(&length, &list(r#""2024-07-04""#), "gevolg"),
        "missing eerste_dag",
        "exactly at the edge"
    );
    let both = with(
        "  venster: { value: 2 years, sources: [eigen] }\n  eerste_dag: { value: nee, sources: [eigen] }\n",
    );
    assert_eq!(decided(&both, &list(r#""2024-07-04""#), "gevolg"), "geen");
    let edge = with("  eerste_dag: { value: ja, sources: [eigen] }\n");
    assert_eq!(decided(&edge, &list(r#""2024-07-04""#), "gevolg"), "missing venster");
    // with the first day counted the shortest window already holds the day before
    assert_eq!(decided(&edge, &list(r#""2026-07-03""#), "gevolg"), "zwaarder");
}

#[test]
fn by_address_or_by_person() {
    let layer = with(
        "  venster: { value: 5 years, sources: [eigen] }\n  eerste_dag: { value: ja, sources: [eigen] }\n",
    );
    let given = |who: &str, list: &str| {
        format!(r#"{{"vastgesteld_op":"2026-07-04","adres":"Dorp 1",{who}"overtredingen":[{list}]}}"#)
    };
    let other = r#"{"soort":"softdrugs","dag":"2024-01-01","waar":"Stad 9","wie":"A. de Vries"}"#;
    let count = |who: &str| decided(&layer, &given(who, other), "gemeentelijk");
    assert_eq!(count(r#""betrokkene":"a. de vries","#), "1");
    assert_eq!(count(r#""betrokkene":"B. Jansen","#), "0");
    assert_eq!(count(""), "0 of 1: betrokkene");
    // a reader who may not see who it is sees that it is withheld
    let assessment =
        layer.evaluate_for(&answers(&given(r#""betrokkene":"A. de Vries","#, other)), &["public"]).unwrap();
    assert_eq!(assessment.decision("gemeentelijk"), Some(&Outcome::Withheld));
    assert_eq!(assessment.decision("gevolg"), Some(&Outcome::Withheld));
    assert_eq!(short(assessment.decision("maatregel")), "waarschuwing");
}

/// A class on the list covers its records, what is counted in them, and how many there are.
#[test]
fn a_confidential_list_is_withheld() {
    let text = RECIDIVE.replace("each: overtreding", "each: overtreding\n        confidentiality: dossier");
    let program = program(&text);
    let seen = |list: &str| {
        let given = answers(&case(r#""2026-07-04""#, list));
        let assessment = program.evaluate_for(&given, &["public"]).unwrap().to_json();
        let explanation = program.explain_for(&given, None, &["public"]).unwrap().to_string();
        (assessment, explanation, program.redact(&given, &["public"]).unwrap().to_json())
    };
    let none = seen("[]");
    assert_eq!(none, seen(&format!("[{}]", on(&[r#""2024-01-01""#, r#""2020-01-01""#]))));
    assert_eq!(none, seen("null"));
    assert!(none.0.contains(r#""maatregel":{"status":"withheld"}"#), "{}", none.0);
    assert!(!none.2.contains("overtredingen"));
}

#[test]
fn explained_in_the_words_of_an_official() {
    let program = program(RECIDIVE);
    let list = r#"[
  { "soort": "harddrugs", "dag": "2024-05-01", "waar": "Dorp 1" },
  { "soort": "harddrugs", "dag": "2023-07-03", "waar": "Dorp 1" },
  { "soort": "softdrugs", "dag": "2025-05-01", "waar": "Dorp 1" },
  { "soort": "harddrugs", "dag": "2025-05-01", "waar": "Stad 9" },
  { "soort": "harddrugs", "dag": { "between": ["2023-06-01", "2023-08-01"] }, "waar": "Dorp 1" },
  { "soort": "harddrugs", "dag": "2025-05-01", "waar": null },
  { "dag": "2025-05-01", "waar": "Dorp 1" }
]"#;
    let given =
        format!(r#"{{ "vastgesteld_op": "2026-07-04", "adres": "Dorp 1", "overtredingen": {list} }}"#);
    let explain = |decision: &str| program.explain(&answers(&given), Some(decision)).unwrap();
    snapshot("lists", "explain_count", &given, &explain("eerdere").to_string());
    let json = serde_json::to_string_pretty(&explain("eerdere")).unwrap();
    snapshot("lists", "explain_count_json", &given, &json);
    snapshot("lists", "explain_unset", &given, &explain("gemeentelijk").to_string());
    let sure = r#"{ "vastgesteld_op": "2026-07-04", "adres": "Dorp 1", "overtredingen": [
  { "soort": "harddrugs", "dag": "2024-05-01", "waar": "Dorp 1" }, { "soort": "harddrugs", "dag": "2023-07-03", "waar": "Dorp 1" }] }"#;
    let determined = program.explain(&answers(sure), Some("maatregel")).unwrap();
    snapshot("lists", "explain_measure", sure, &determined.to_string());
    let open = program.explain(&Answers::new(), Some("maatregel")).unwrap();
    snapshot("lists", "explain_open", "{}", &open.to_string());
}

/// What a layer sets for the conditions and the window of a count is named, each with its source.
#[test]
fn parameters_of_a_count_are_named() {
    let set = r#"
  wat: { title: Wat eerder gevonden moet zijn, test_on: overtredingen.soort, value: harddrugs, sources: [{ id: beleid, article: "9" }] }
  venster: { title: Hoe lang een eerdere overtreding meetelt, type: text, value: 2 years, sources: [beleid] }"#;
    let text = RECIDIVE
        .replace("\n  venster: { title: Hoe lang een eerdere overtreding meetelt, type: text }", set)
        .replace("where: { soort: harddrugs }", "where: { soort: wat }")
        .replace("within: 3 years", "within: venster");
    let program = program(&text);
    let given = answers(&case(r#""2026-07-04""#, &format!("[{}]", on(&[r#""2024-08-01""#]))));
    let explanation = program.explain(&given, Some("eerdere")).unwrap();
    let named: Vec<(&str, &str)> =
        explanation.decisions[0].parameters.iter().map(|p| (p.id.as_str(), p.text.as_str())).collect();
    assert_eq!(named, [("wat", "Harddrugs"), ("venster", "2 jaar")]);
    assert_eq!(explanation.decisions[0].parameters[0].sources[0].article.as_deref(), Some("9"));
    let told = explanation.to_string();
    assert!(told.contains("Wat eerder gevonden moet zijn: Harddrugs"), "{told}");
    // fields are told by what is asked
    assert!(told.contains("Wat is gevonden? Harddrugs") && !told.contains("soort"), "{told}");
}

/// Answers prepared for one program are counted anew with each change.
#[test]
fn prepared_answers_are_counted() {
    let program = program(RECIDIVE);
    let maatregel = program.decision_index("maatregel").unwrap();
    let mut prepared = program.prepare(&answers(&case(r#""2026-07-04""#, "[]"))).unwrap();
    assert_eq!(prepared.decide(maatregel).and_then(|v| v.as_text()), Some("waarschuwing"));
    prepared.answer(&answers(&format!(r#"{{"overtredingen":[{}]}}"#, on(&[r#""2024-01-01""#])))).unwrap();
    assert_eq!(prepared.decide(maatregel).and_then(|v| v.as_text()), Some("drie_maanden"));
    prepared.answer(&Answers::new().with("vastgesteld_op", "2027-01-02")).unwrap();
    assert_eq!(prepared.decide(maatregel).and_then(|v| v.as_text()), Some("waarschuwing"));
}

/// JSON in and out gives the same bytes as the long way.
#[test]
fn json_in_and_out() {
    let program = program(RECIDIVE);
    for list in ["[]", "null", r#"[{"dag":"2024-01-01","soort":"harddrugs","waar":"Dorp 1"}]"#] {
        let text = case(r#""2026-07-04""#, list);
        assert_eq!(
            program.evaluate_json(&text).unwrap(),
            program.evaluate(&answers(&text)).unwrap().to_json()
        );
    }
}
