//! Which records count, one by one, and what makes the others not count.

use super::Reading;
use crate::case::Case;
use crate::derived::Standing;
use crate::model::CountInfo;
use crate::program::Engine;
use crate::ranges::Ranges;
use crate::tally::{Judge, Row, Rule, Values};
use crate::value::Date;

/// How a record stands, and why.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) standing: Standing,
    pub(crate) why: Vec<Why>,
}

/// Why a record does not count, or may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Why {
    /// A field that is tested; whether it is only not certain.
    Field(usize, bool),
    /// A field that is compared with an answer, by its place in the rule; whether it is only not certain.
    Same(usize, usize, bool),
    /// The day lies outside the window, of which the ends are known where the anchor is.
    Outside(Option<(Option<Date>, Option<Date>)>),
    /// Whether the day lies in the window is not certain.
    Day,
    /// Something is not set.
    Unset,
    /// Nothing by itself, but all together.
    Together,
}

/// What a record can do over all worlds and anchors.
#[derive(Default)]
struct Can {
    count: bool,
    fail: bool,
    hang: bool,
}

impl Engine {
    /// How each record stands with a count.
    pub(crate) fn judge_records(&self, info: &CountInfo, case: &Case) -> Vec<Judged> {
        let judge = |reading: &Reading<'_>| -> Vec<Judged> {
            let facts = reading.facts;
            if !reading.shared.fit(facts) {
                let open = Judged { standing: Standing::Possible, why: Vec::new() };
                return vec![open; facts.records.len()];
            }
            facts.records.iter().map(|record| reading.judge(record)).collect()
        };
        self.reading(info, case, judge).unwrap_or_default()
    }
}

impl Reading<'_> {
    fn judge(&self, record: &[Values]) -> Judged {
        let can = self.can(&self.info.rule, record);
        let standing = match can {
            Can { count: true, fail: false, hang: false } => Standing::Counted,
            Can { count: false, hang: false, .. } => Standing::NotCounted,
            Can { count: false, fail: false, hang: true } => Standing::Unset,
            _ => Standing::Possible,
        };
        let mut why = Vec::new();
        if standing != Standing::Counted {
            self.fields(record, standing, &mut why);
            self.same(record, standing, &mut why);
            self.day(record, standing, &mut why);
            if can.hang {
                why.push(Why::Unset);
            }
            if why.is_empty() {
                why.push(Why::Together);
            }
        }
        Judged { standing, why }
    }

    fn can(&self, rule: &Rule, record: &[Values]) -> Can {
        let mut can = Can::default();
        let day = Ranges::one(0);
        let anchor = if rule.window.is_some() { &self.shared.anchor } else { &day };
        for world in self.shared.worlds() {
            let verdict = Judge::new(rule, self.facts.any, &world).verdict(record);
            can.count |= verdict.counts.meets(anchor);
            can.hang |= verdict.hangs.meets(anchor);
            can.fail |= !anchor.without(&verdict.must).is_empty();
        }
        can
    }

    /// Whether a part of the rule alone explains how a record stands: it excludes it, or leaves it open.
    fn explains(&self, rule: &Rule, record: &[Values], standing: Standing) -> bool {
        let can = self.can(rule, record);
        match standing {
            Standing::NotCounted => !can.count && !can.hang,
            _ => can.count && can.fail,
        }
    }

    fn fields(&self, record: &[Values], standing: Standing, why: &mut Vec<Why>) {
        let rows = self.info.rule.rows.iter().map(|row| Row { tests: row.tests.clone(), same: Vec::new() });
        let rule = Rule { rows: rows.collect(), window: None };
        if !self.explains(&rule, record, standing) {
            return;
        }
        let mut tested: Vec<usize> =
            rule.rows.iter().flat_map(|row| row.tests.iter().map(|test| test.field)).collect();
        tested.sort_unstable();
        tested.dedup();
        for field in tested {
            let Some(values) = record.get(field) else { continue };
            if standing == Standing::NotCounted {
                let fails =
                    |row: &Row| row.tests.iter().any(|t| t.field == field && !t.perhaps.meets(values));
                if rule.rows.iter().all(fails) {
                    why.push(Why::Field(field, false));
                }
            } else if values.several() {
                why.push(Why::Field(field, true));
            }
        }
    }

    fn same(&self, record: &[Values], standing: Standing, why: &mut Vec<Why>) {
        let rows = self.info.rule.rows.iter().map(|row| Row { tests: Vec::new(), same: row.same.clone() });
        let rule = Rule { rows: rows.collect(), window: None };
        if !self.explains(&rule, record, standing) {
            return;
        }
        let mut pairs: Vec<(usize, usize)> =
            rule.rows.iter().flat_map(|row| row.same.iter().copied()).collect();
        pairs.sort_unstable();
        pairs.dedup();
        for (field, index) in pairs {
            let alone =
                Rule { rows: vec![Row { tests: Vec::new(), same: vec![(field, index)] }], window: None };
            if self.explains(&alone, record, standing) {
                why.push(Why::Same(field, index, standing != Standing::NotCounted));
            }
        }
    }

    fn day(&self, record: &[Values], standing: Standing, why: &mut Vec<Why>) {
        let Some((window, _)) = self.info.rule.window else { return };
        let rule = Rule { rows: vec![Row::default()], window: self.info.rule.window };
        if !self.explains(&rule, record, standing) {
            return;
        }
        why.push(if standing == Standing::NotCounted {
            Why::Outside(
                self.shared.anchor.only().and_then(Date::from_ticks).map(|anchor| window.days(anchor)),
            )
        } else {
            Why::Day
        });
    }
}
