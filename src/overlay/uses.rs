//! Where the rules use a parameter that no layer sets, and so how its value is written.

use crate::model::{
    Atom, Bound, ConditionInfo, CountInfo, How, Input, LengthInfo, Model, Rule, SuspensionInfo, TermInfo,
};

/// One way in which a parameter is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Use {
    /// The whole test on an input.
    Test(Input),
    /// What an input is compared with.
    End(Input),
    /// What a decision gives.
    Output(usize),
    /// How long a term is; with the title of the step.
    Length(String),
    /// A figure in a formula.
    Formula(usize),
    /// How long before a day records count; with the title of the count.
    Reach(String),
    /// Whether a day at the edge of that counts.
    Edge(String),
}

/// How the rules use a parameter, each way once.
pub(super) fn uses(model: &Model, parameter: usize) -> Vec<Use> {
    let mut found = Vec::new();
    let mut add = |used: Use| {
        if !found.contains(&used) {
            found.push(used);
        }
    };
    let conditions = model.questions.iter().filter_map(|q| q.when.as_ref());
    let conditions = conditions.chain(model.decisions.iter().filter_map(|d| d.when.as_ref()));
    let conditions = conditions.chain(model.remarks.iter().filter_map(|r| r.when.as_ref()));
    for when in conditions.chain(model.steps.iter().filter_map(|s| s.when.as_ref())) {
        condition(when, parameter, &mut add);
    }
    for (d, decision) in model.decisions.iter().enumerate() {
        let Rule::Table(table) = &decision.rule else { continue };
        for row in &table.rows {
            for (input, atoms) in table.inputs.iter().zip(&row.cells) {
                cell(*input, atoms, parameter, &mut add);
            }
            if row.output.unset().contains(&parameter) {
                add(Use::Output(d));
            }
        }
    }
    for (q, derived) in model.derived() {
        if let How::Count(count) = &derived.how {
            in_count(model, q, count, parameter, &mut add);
        }
        if derived.unset.contains(&parameter)
            && let Some(d) = model.shown_by(q)
        {
            add(Use::Formula(d));
        }
    }
    for step in &model.steps {
        if step.term.as_ref().is_some_and(|term| in_term(term, parameter)) {
            add(Use::Length(step.title.clone()));
        }
    }
    found
}

/// What records must be, and how long ago.
fn in_count(model: &Model, q: usize, count: &CountInfo, parameter: usize, add: &mut impl FnMut(Use)) {
    let id = model.parameters.get(parameter).map(|p| &p.id);
    for clause in count.written.iter().flatten().filter(|_| count.unset.tests.contains(&parameter)) {
        if model.parameters_of(clause).iter().any(|named| Some(&named.id) == id) {
            add(Use::Test(clause.input));
        }
    }
    let title = model.questions.get(q).map_or_else(String::new, |q| q.ask.clone());
    if count.unset.reach == Some(parameter) {
        add(Use::Reach(title.clone()));
    }
    if [count.unset.first_day, count.unset.last_day].contains(&Some(parameter)) {
        add(Use::Edge(title));
    }
}

fn condition(when: &ConditionInfo, parameter: usize, add: &mut impl FnMut(Use)) {
    for row in &when.rows {
        for (input, atoms) in when.inputs.iter().zip(row) {
            cell(*input, atoms, parameter, add);
        }
    }
}

fn cell(input: Input, atoms: &[Atom], parameter: usize, add: &mut impl FnMut(Use)) {
    for atom in atoms {
        match atom {
            Atom::Unset(p) if *p == parameter => add(Use::Test(input)),
            Atom::Range(lo, hi) => {
                let is = |end: &Bound| matches!(end, Bound::Unset { parameter: p, .. } if *p == parameter);
                if is(lo) || is(hi) {
                    add(Use::End(input));
                }
            }
            Atom::Not(inner) | Atom::Fails(inner) => cell(input, inner, parameter, add),
            _ => {}
        }
    }
}

fn in_term(term: &TermInfo, parameter: usize) -> bool {
    let is = |length: &LengthInfo| matches!(length, LengthInfo::Unset(p) if *p == parameter);
    let longer = term.extension.as_ref().is_some_and(|(length, _)| is(length));
    let earliest = term.earliest.as_ref().is_some_and(is);
    is(&term.length) || earliest || longer || term.suspensions.iter().any(|s| in_suspension(s, parameter))
}

fn in_suspension(suspension: &SuspensionInfo, parameter: usize) -> bool {
    let is = |length: &LengthInfo| matches!(length, LengthInfo::Unset(p) if *p == parameter);
    let longest = suspension.at_most.as_ref().is_some_and(is);
    let longer = suspension.extension.as_ref().is_some_and(|(length, _)| is(length));
    longest || longer || suspension.stopped.iter().any(|s| in_suspension(s, parameter))
}
