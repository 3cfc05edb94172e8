//! Equal input gives equal bytes, whichever way it is read.

use leidraad::questionnaire::QuestionItem;
use leidraad::{Answers, Outcome, Program, RuleSet, Value};

use super::{RULES, program};
use crate::support::{Chance, bench, date, library, programs, rule_files, rules};

#[test]
fn yaml_and_json_rules_have_the_same_digest() {
    for (name, text) in rule_files().into_iter().chain([("contract.yaml".into(), RULES.into())]) {
        let mut sources = leidraad::SourceMap::default();
        let mut findings = Vec::new();
        let document = leidraad::parse::parse(&mut sources, &name, &text, &mut findings).unwrap();
        if document.id.is_none() {
            continue;
        }
        let json = serde_json::to_string_pretty(&document).unwrap();
        let [yaml, json] = [("a.yaml", &text), ("a.json", &json)].map(|(name, text)| {
            RuleSet::from_text(name, text).unwrap_or_else(|findings| panic!("{findings}"))
        });
        let on = date("2026-09-01");
        assert_eq!(yaml.on(on).unwrap().digest(), json.on(on).unwrap().digest(), "{name}");
    }
}

#[test]
fn another_rule_has_another_digest() {
    let other = rules(&RULES.replace("sluiting     | 12", "sluiting     | 11"));
    assert_ne!(other.on(date("2026-07-04")).unwrap().digest(), program().digest());
    let layout = rules(&RULES.replace("title: Voorbeeld\n", "title:   Voorbeeld   # zo heet het\n"));
    assert_eq!(layout.on(date("2026-07-04")).unwrap().digest(), program().digest());
}

#[test]
fn a_checked_library_and_the_catalog_say_the_same() {
    let library = library(&rule_files());
    for (name, program) in programs() {
        let set = library.rule_set(program.id()).unwrap();
        let again = match name.split_once(' ') {
            Some((_, authority)) => set.for_authority(authority).unwrap().on(program.date()).unwrap(),
            None => set.on(program.date()).unwrap(),
        };
        assert_eq!(again.digest(), program.digest());
        let [a, b] = [&again, &program].map(|p| p.evaluate(&Answers::new()).unwrap().to_json());
        assert_eq!(a, b);
    }
}

/// A plain value by chance, as JSON writes it, often at a boundary.
fn value(item: &QuestionItem, chance: &mut Chance) -> String {
    let number = |value: &Option<Value>| value.as_ref().and_then(|v| v.to_string().parse::<f64>().ok());
    match item.kind {
        "choice" => format!("\"{}\"", chance.pick(&item.options).id),
        "boolean" => (*chance.pick(&["true", "false"])).to_owned(),
        "integer" | "decimal" => {
            let (min, max) = (number(&item.min).unwrap_or(-9e9), number(&item.max).unwrap_or(9e9));
            let numbers = [
                "0", "1", "2", "3", "5", "6", "7", "10", "19", "20", "50", "99", "100", "101", "149", "150",
                "200", "201", "500", "2000", "2001", "5000", "10000", "15000", "15001", "0.2", "0.6", "5.1",
                "19.9", "30.1", "1.00", "-0", "1e1",
            ];
            for _ in 0..50 {
                let text = *chance.pick(&numbers);
                let whole = !text.contains('.') || item.kind == "decimal";
                if whole && (min..=max).contains(&text.parse::<f64>().unwrap()) {
                    return text.to_owned();
                }
            }
            item.min.as_ref().map_or("0".to_owned(), Value::to_string)
        }
        "date" => {
            let (month, day) = (chance.below(12) + 1, chance.below(28) + 1);
            format!("\"2026-{month:02}-{day:02}\"")
        }
        "time" => format!("\"{:02}:{:02}\"", chance.below(24), chance.pick(&[0, 1, 30, 59])),
        _ => "\"tekst\"".to_owned(),
    }
}

/// Answers by chance: now and then a question is left out, and rarely an answer is not a plain one.
fn chosen(program: &Program, chance: &mut Chance) -> String {
    let questionnaire = program.questionnaire();
    let left_out = *chance.pick(&[0, 0, 10, 40]);
    let odd = *chance.pick(&[0, 0, 0, 10]);
    let mut members = Vec::new();
    for item in questionnaire.sections.iter().flat_map(|s| &s.items) {
        if chance.below(100) < left_out {
            continue;
        }
        let plain = value(item, chance);
        let text = match chance.below(100) < odd {
            true => match chance.below(5) {
                0 => "null".to_owned(),
                1 => format!("{{\"value\":{plain}}}"),
                2 => format!("{{\"one_of\":[{plain},{}]}}", value(item, chance)),
                3 => "\"onzin\"".to_owned(),
                _ => "-5".to_owned(),
            },
            false => plain,
        };
        members.push(format!("\"{}\":{text}", item.id));
    }
    format!("{{{}}}", members.join(","))
}

#[test]
fn the_short_way_gives_the_bytes_of_the_long_way() {
    let mut chance = Chance(20260704);
    let list = programs().into_iter().chain([("bench".into(), bench()), ("contract".into(), program())]);
    for (name, program) in list {
        let (mut determined, mut refused) = (0, 0);
        for _ in 0..400 {
            let text = chosen(&program, &mut chance);
            let long = Answers::from_json("answers.json", &text).and_then(|a| program.evaluate(&a));
            match (program.evaluate_json(&text), &long) {
                (Ok(short), Ok(long)) => {
                    assert_eq!(short, long.to_json(), "{name}: {text}");
                    assert!(serde_json::from_str::<serde_json::Value>(&short).is_ok());
                    let open = long.decisions.iter().any(|(_, o)| !matches!(o, Outcome::Determined(_)));
                    determined += usize::from(!open);
                    prepared_agrees(&program, &text, long);
                }
                (Err(short), Err(long)) => {
                    assert_eq!(short.to_string(), long.to_string(), "{name}: {text}");
                    refused += 1;
                }
                (short, _) => panic!("{name}: {text}\n{short:?}\n{long:?}"),
            }
        }
        assert!(refused > 0, "{name}");
        // random answers rarely settle all of a rule set with many decisions
        let large = program.questionnaire().decisions.len() > 15;
        assert!(determined > 0 || name.contains("melding") || large, "{name}: nothing was determined");
    }
}

/// What the prepared way decides is what the assessment says.
fn prepared_agrees(program: &Program, text: &str, assessment: &leidraad::Assessment) {
    let mut prepared = program.prepare(&Answers::from_json("answers.json", text).unwrap()).unwrap();
    for (id, outcome) in &assessment.decisions {
        let d = program.decision_index(id).unwrap();
        if let Some(value) = prepared.decide(d) {
            assert_eq!(outcome, &Outcome::Determined(value.clone()), "{id}: {text}");
        }
    }
}

#[test]
fn again_is_the_same() {
    let mut chance = Chance(7);
    for (name, program) in programs().into_iter().chain([("bench".into(), bench())]) {
        for _ in 0..10 {
            let text = chosen(&program, &mut chance);
            let Ok(first) = program.evaluate_json(&text) else { continue };
            assert_eq!(program.clone().evaluate_json(&text).unwrap(), first, "{name}");
            let answers = Answers::from_json("answers.json", &text).unwrap();
            let [a, b] = [(); 2].map(|()| program.explain(&answers, None).unwrap().to_string());
            assert_eq!(a, b, "{name}");
        }
    }
}
