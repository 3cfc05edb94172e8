//! The 384-case probe: every input of the table of `benches/sanctie.yaml`, each time with one of the four answers left
//! out. The rows stand here once more, as plain comparisons.

use std::collections::BTreeSet;

use leidraad::{Answers, Outcome, Possible};

use super::compare::load;

/// Object, substance, tenths of grams, times before.
type Case = (&'static str, &'static str, i64, i64);
type Row = (fn(Case) -> bool, &'static str, i64);

const ROWS: [Row; 12] = [
    (|(o, m, g, e)| o == "woning" && m == "soft" && g > 300 && e == 0, "sluiting", 1),
    (|(o, m, g, e)| o == "woning" && m == "soft" && g > 50 && e == 0, "waarschuwing", 0),
    (|(o, m, g, e)| o == "woning" && m == "soft" && g > 50 && e == 1, "sluiting", 2),
    (|(o, m, g, e)| o == "woning" && m == "soft" && g > 50 && e >= 2, "sluiting", 6),
    (|(o, m, g, e)| o == "woning" && m == "hard" && g > 5 && e == 0, "sluiting", 3),
    (|(o, m, g, e)| o == "woning" && m == "hard" && g > 5 && e == 1, "sluiting", 9),
    (|(o, m, g, e)| o == "woning" && m == "hard" && g > 5 && e >= 2, "sluiting", 12),
    (|(o, m, g, e)| o == "lokaal" && m == "soft" && g > 50 && e == 0, "sluiting", 4),
    (|(o, m, g, _)| o == "lokaal" && m == "soft" && g > 50, "sluiting", 8),
    (|(o, m, g, e)| o == "lokaal" && m == "hard" && g > 5 && e == 0, "sluiting", 18),
    (|(o, m, g, _)| o == "lokaal" && m == "hard" && g > 5, "sluiting", 24),
    (|_| true, "geen", 0),
];

const OBJECTS: [&str; 2] = ["woning", "lokaal"];
const SUBSTANCES: [&str; 2] = ["soft", "hard"];
const GRAMS: [i64; 6] = [2, 5, 6, 50, 51, 301];

/// An outcome as it is sorted: by the first appearance of the measure, then by months.
fn decide(case: Case) -> (usize, i64) {
    let order = ["sluiting", "waarschuwing", "geen"];
    let (_, measure, months) = ROWS.iter().find(|(hits, ..)| hits(case)).unwrap();
    (order.iter().position(|m| m == measure).unwrap(), *months)
}

fn json((measure, months): (usize, i64)) -> String {
    let measure = ["sluiting", "waarschuwing", "geen"][measure];
    format!(r#"{{"maatregel":"{measure}","maanden":{months}}}"#)
}

fn answers((object, substance, grams, before): Case, without: Option<usize>) -> Answers {
    let fields = [
        format!(r#""object":"{object}""#),
        format!(r#""middel":"{substance}""#),
        format!(r#""gram":{}.{}"#, grams / 10, grams % 10),
        format!(r#""eerder":{before}"#),
    ];
    let kept: Vec<String> = (0..4).filter(|i| Some(*i) != without).map(|i| fields[i].clone()).collect();
    Answers::from_json("a.json", &format!("{{{}}}", kept.join(","))).unwrap()
}

#[test]
fn each_answer_left_out() {
    let program = load(include_str!("../../benches/sanctie.yaml"), true).unwrap();
    let (mut open, mut settled) = (0, 0);
    let mut by_question = [0; 4];
    for object in OBJECTS {
        for substance in SUBSTANCES {
            for grams in GRAMS {
                for before in 0..4 {
                    let case = (object, substance, grams, before);
                    let full = program.evaluate(&answers(case, None)).unwrap();
                    let value = full.decision("maatregel").unwrap().value().unwrap();
                    assert_eq!(serde_json::to_string(value).unwrap(), json(decide(case)), "{case:?}");
                    for (without, question) in ["object", "middel", "gram", "eerder"].into_iter().enumerate()
                    {
                        let outcomes: BTreeSet<(usize, i64)> = match without {
                            0 => OBJECTS.iter().map(|o| decide((o, substance, grams, before))).collect(),
                            1 => SUBSTANCES.iter().map(|m| decide((object, m, grams, before))).collect(),
                            2 => (0..=10_000).map(|g| decide((object, substance, g, before))).collect(),
                            _ => (0..=20).map(|e| decide((object, substance, grams, e))).collect(),
                        };
                        let assessment = program.evaluate(&answers(case, Some(without))).unwrap();
                        let expected: Vec<String> = outcomes.into_iter().map(json).collect();
                        match assessment.decision("maatregel").unwrap() {
                            Outcome::Determined(value) => {
                                settled += 1;
                                assert_eq!(
                                    vec![serde_json::to_string(value).unwrap()],
                                    expected,
                                    "{case:?} {question}"
                                );
                                assert_eq!(assessment.next, None);
                            }
                            Outcome::Open {
                                possible: Possible::Values(values),
                                needs,
                                approximate: false,
                            } => {
                                open += 1;
                                by_question[without] += 1;
                                let texts: Vec<String> =
                                    values.iter().map(|v| serde_json::to_string(v).unwrap()).collect();
                                assert_eq!(texts, expected, "{case:?} {question}");
                                assert_eq!(
                                    (needs, assessment.next.as_deref()),
                                    (&vec![question.into()], Some(question))
                                );
                            }
                            other => panic!("{case:?} without {question}: {other:?}"),
                        }
                    }
                }
            }
        }
    }
    assert_eq!((open, settled), (256, 128));
    assert_eq!(by_question, [48, 64, 96, 48]);
}
