//! `leidraad compare`: rules side by side.

use std::path::Path;
use std::process::ExitCode;

use leidraad::compare::{Comparison, Scope, Side, compare};
use leidraad::{Answers, Date, Program};

use crate::args::{CompareArgs, Document, Given, date};
use crate::choose::{chosen, chosen_beside, document, program, today};
use crate::evaluate::print_json;
use crate::files::{is_data, read};
use crate::output::{Failure, print, print_exact};

pub(crate) fn scope(decisions: &[String], every: bool) -> Scope {
    match decisions {
        [] if every => Scope::All,
        [] => Scope::Outcomes,
        decisions => Scope::Decisions(decisions.to_vec()),
    }
}

/// A side as it is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Written {
    rules: String,
    authority: Option<String>,
    on: Option<Date>,
}

/// Reads `RULES[:CODE][@DATE]`.
fn written(text: &str) -> Result<Written, Failure> {
    let (rest, on) = match text.rsplit_once('@') {
        Some((rest, day)) => {
            let wrong = |why| {
                let failure = Failure::new(format!("`{text}`: {why}"));
                let code = day.starts_with(|c: char| c.is_ascii_alphabetic());
                if code {
                    failure.help(format!("a code stands behind a colon: `{rest}:{day}`"))
                } else {
                    failure
                }
            };
            (rest, Some(date(day).map_err(wrong)?))
        }
        None => (text, None),
    };
    // a colon may also stand in a path
    let code = |code: &str| !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric());
    match rest.rsplit_once(':').filter(|(_, authority)| code(authority)) {
        Some((rules, authority)) => {
            Ok(Written { rules: rules.to_owned(), authority: Some(authority.to_owned()), on })
        }
        None => Ok(Written { rules: rest.to_owned(), authority: None, on }),
    }
}

/// The program of a side, with how it is called.
struct Loaded {
    rules: String,
    authority: Option<String>,
    on: Date,
    program: Program,
}

/// Two versions of a file may lie in one folder: neither is a layer of the other.
fn load(side: &Written, other: &Written, on: Option<Date>) -> Result<Loaded, Failure> {
    let given = Given { authority: side.authority.clone(), on: side.on, answers: None };
    let found = chosen_beside(&side.rules, &given, Some(Path::new(&other.rules)))?;
    let on = side.on.or(on).map_or_else(today, Ok)?;
    let program = program(&found, Some(on), &Answers::new())?;
    let authority = found.authority.map(|code| code.to_uppercase());
    Ok(Loaded { rules: side.rules.clone(), authority, on, program })
}

pub(crate) fn run(arguments: &CompareArgs) -> Result<ExitCode, Failure> {
    let CompareArgs { sides, all, without, on, decision, every, rows, format } = arguments;
    let (scope, shown) = (scope(decision, *every), (*format, *rows));
    match (all, sides.as_slice()) {
        (Some(rules), _) => self::all(rules, without, *on, &scope, shown),
        (None, [rules, a, b]) if [a, b].into_iter().any(|side| names_rules(side)) => {
            let [a, b] = [own_side(rules, a)?, own_side(rules, b)?];
            Err(Failure::new(format!("behind `{rules}` a side is a code or a date, and not other rules"))
                .help(format!("with other rules, each side names its own: `leidraad compare {a} {b}`")))
        }
        (None, [rules, a, b]) => two(&side_of(rules, a)?, &side_of(rules, b)?, *on, &scope, shown),
        (None, [a, b])
            if [(a, b), (b, a)].into_iter().any(|(rules, side)| names_rules(rules) && !names_rules(side)) =>
        {
            let (rules, side) = if names_rules(a) { (a, b) } else { (b, a) };
            let own = own_side(rules, rules)?;
            let id = shared(&written(rules)?.rules)?;
            Err(Failure::new(format!("`{side}` names no rules")).help(format!(
                "name those of either side: `leidraad compare {own} {id}:{side}`; or give two codes or dates behind the rules"
            )))
        }
        (None, [a, b]) => {
            let (a, b) = (written(a)?, written(b)?);
            two(&a, &b, *on, &scope, shown)
        }
        _ => Err(Failure::new("give two sides to compare")),
    }
}

/// Whether a side names rules: codes and dates have neither a folder nor an ending.
fn names_rules(side: &str) -> bool {
    let rules = written(side).map_or_else(|_| side.to_owned(), |side| side.rules);
    rules.contains('/') || is_data(Path::new(&rules))
}

/// The rule set to which rules belong: themselves, or the one over which a file lies.
fn shared(rules: &str) -> Result<String, Failure> {
    let overlay = match is_data(Path::new(rules)) {
        true => document(&read(Path::new(rules))?).and_then(|document| document.overlay),
        false => None,
    };
    Ok(overlay.map_or_else(|| rules.to_owned(), |id| id.value))
}

/// A side as it is written where it names its own rules; of a file of an authority also whose it is.
fn own_side(rules: &str, side: &str) -> Result<String, Failure> {
    let mut own = if names_rules(side) { written(side)? } else { side_of(rules, side)? };
    if own.authority.is_none() && is_data(Path::new(&own.rules)) {
        own.authority = document(&read(Path::new(&own.rules))?).and_then(|d| d.authority).map(|a| a.value);
    }
    let code = own.authority.map_or_else(String::new, |code| format!(":{code}"));
    let day = own.on.map_or_else(String::new, |day| format!("@{day}"));
    Ok(format!("{}{code}{day}", own.rules))
}

/// A side of a rule set: a code, a date, or a code with a date.
fn side_of(rules: &str, side: &str) -> Result<Written, Failure> {
    let of = |code: &str, on| {
        Ok(Written {
            rules: rules.to_owned(),
            authority: Some(code.to_owned()).filter(|c| !c.is_empty()),
            on,
        })
    };
    match side.split_once('@') {
        Some((code, day)) => {
            of(code, Some(date(day).map_err(|why| Failure::new(format!("`{side}`: {why}")))?))
        }
        None => match date(side) {
            Ok(day) => of("", Some(day)),
            Err(_) => of(side, None),
        },
    }
}

/// Two sides.
fn two(
    a: &Written,
    b: &Written,
    on: Option<Date>,
    scope: &Scope,
    shown: (Document, usize),
) -> Result<ExitCode, Failure> {
    let (a, b) = (load(a, b, on)?, load(b, a, on)?);
    let names = match (&a.authority, &b.authority) {
        (Some(a), Some(b)) if a != b => [a.clone(), b.clone()],
        _ if a.on != b.on && a.rules == b.rules => [a.on.to_string(), b.on.to_string()],
        _ => ["A".to_owned(), "B".to_owned()],
    };
    let [first, second] = names;
    let sides = [Side { name: first, program: &a.program }, Side { name: second, program: &b.program }];
    show(&sides, scope, shown)
}

/// All authorities of a rule set but some.
fn all(
    rules: &str,
    without: &[String],
    on: Option<Date>,
    scope: &Scope,
    shown: (Document, usize),
) -> Result<ExitCode, Failure> {
    let rules = chosen(rules, &Given::default())?.rules;
    let on = on.map_or_else(today, Ok)?;
    for code in without {
        rules.for_authority(code)?;
    }
    let left_out = |code: &&str| without.iter().any(|other| other.eq_ignore_ascii_case(code));
    let codes: Vec<&str> = rules.authorities().filter(|code| !left_out(code)).collect();
    if codes.len() < 2 {
        let failure = Failure::new(format!("`{}` has no two authorities to compare", rules.id()));
        return Err(failure.help("compare two dates or files: `leidraad compare A B`"));
    }
    let programs: Result<Vec<Program>, Failure> =
        codes.iter().map(|code| Ok(rules.for_authority(code)?.on(on)?)).collect();
    let programs = programs?;
    let sides = codes.iter().zip(&programs);
    let sides: Vec<Side<'_>> =
        sides.map(|(code, program)| Side { name: (*code).to_owned(), program }).collect();
    show(&sides, scope, shown)
}

/// Refuses decisions that none of the programs has.
pub(crate) fn known_decisions(programs: &[&Program], scope: &Scope) -> Result<(), Failure> {
    let Scope::Decisions(ids) = scope else { return Ok(()) };
    match ids.iter().find(|id| programs.iter().all(|program| program.decision_index(id).is_none())) {
        Some(id) => Err(Failure::new(format!("`{id}` is not a decision of these rules"))
            .help("`leidraad questions` lists them")),
        None => Ok(()),
    }
}

fn show(sides: &[Side<'_>], scope: &Scope, shown: (Document, usize)) -> Result<ExitCode, Failure> {
    let programs: Vec<&Program> = sides.iter().map(|side| side.program).collect();
    known_decisions(&programs, scope)?;
    let found: Comparison = compare(sides, scope);
    let (format, rows) = shown;
    match format {
        Document::Text => print(&found.text_within(rows, crate::output::width()))?,
        Document::Md => print_exact(&found.markdown(rows))?,
        Document::Json => print_json(&found)?,
    }
    Ok(ExitCode::SUCCESS)
}
