//! The oracle's own picture of a rule set: plain data, as naive as it can be.

/// A value. Numbers are hundredths, dates days since 1970-01-01, times minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Val {
    Null,
    Bool(bool),
    Num(i64),
    Date(i64),
    Time(i64),
    Text(&'static str),
}

/// A type of question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Choice(Vec<&'static str>),
    Bool,
    Int,
    /// With the step in hundredths.
    Dec(i64),
    Date,
    Time,
}

#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) min: Option<i64>,
    pub(super) max: Option<i64>,
    /// Points of each option, in hundredths.
    pub(super) points: Option<Vec<i64>>,
    pub(super) when: Option<Cond>,
    pub(super) may_not_apply: bool,
    /// Whether several options may be answered, of which the one with the most points counts.
    pub(super) heaviest: bool,
    /// Whether the file leaves the step of a decimal to the constants.
    pub(super) stepless: bool,
    /// The period in which it is asked, both days included.
    pub(super) asked: Option<Period>,
    /// The options with a period, by index.
    pub(super) dated: Vec<(usize, Period)>,
    /// Whether it is not asked on the day of this model.
    pub(super) gone: bool,
}

/// First and last day.
pub(super) type Period = (Option<i64>, Option<i64>);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Year,
    Month,
    Day,
    Weekday,
}

/// What a column or clause reads: a question, a part of a date, an output of a decision (0 for a score).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Input {
    Question(usize),
    Part(usize, Part),
    Output(usize, usize),
}

/// An end of a range: a constant or an unset parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Point {
    At(Val),
    Parameter(usize),
}

/// A test; of the ends the flag says whether it belongs to the range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Test {
    Any,
    NotApplicable,
    Is(Val),
    Range(Option<(Point, bool)>, Option<(Point, bool)>),
    Not(Vec<Test>),
    /// A parameter by its name: one that is a test, or one that is set to a value.
    Unset(usize),
}

#[derive(Debug, Clone)]
pub(super) enum Cond {
    All(Vec<Clause>),
    Any(Vec<Cond>),
}

#[derive(Debug, Clone)]
pub(super) enum Clause {
    Test(Input, Vec<Test>),
    Not(Cond),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hit {
    Unique,
    Any,
    First,
    Priority,
    Collect,
    /// `overlap: possible`.
    Possible,
}

#[derive(Debug, Clone)]
pub(super) struct Output {
    pub(super) name: String,
    /// Declared options, if any.
    pub(super) options: Vec<&'static str>,
}

/// What a row gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Gives {
    Values(Vec<Val>),
    Silent,
    /// These parameters, unset or set to values.
    Unset(Vec<usize>),
    /// Per output the value of its parameter, or the parameter where no layer sets it.
    Partly(Vec<Result<Val, usize>>),
}

#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) cells: Vec<Vec<Test>>,
    pub(super) gives: Gives,
}

#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) hit: Hit,
    pub(super) priority: Vec<Val>,
    pub(super) inputs: Vec<Input>,
    pub(super) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(super) enum Rule {
    Table(Table),
    Points(Vec<Input>),
    Unloaded,
}

#[derive(Debug, Clone)]
pub(super) struct Decision {
    pub(super) id: String,
    pub(super) outcome: bool,
    pub(super) when: Option<Cond>,
    pub(super) outputs: Vec<Output>,
    pub(super) rule: Rule,
}

/// A parameter: a test on an input, or a plain value. Without a setting no layer sets it.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) id: String,
    pub(super) test_on: Option<Input>,
    /// The type of a plain value, as a rule file spells it.
    pub(super) kind: &'static str,
    pub(super) set: Vec<Dated>,
}

/// What a parameter is set to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Setting {
    Value(Val),
    Tests(Vec<Test>),
}

/// A setting in a period; both days are included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) from: Option<i64>,
    pub(super) to: Option<i64>,
    pub(super) setting: Setting,
}

/// A section of questions, up to the next.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) first: usize,
    pub(super) when: Option<Cond>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) questions: Vec<Question>,
    /// Sections after the first, which has no condition.
    pub(super) sections: Vec<Section>,
    pub(super) decisions: Vec<Decision>,
    pub(super) parameters: Vec<Parameter>,
    /// Questions and decisions whose condition hangs on what is not asked, or no option, on the day of this model.
    pub(super) waiting: Vec<String>,
}

impl Model {
    /// The condition of the section of a question.
    pub(super) fn section_when(&self, q: usize) -> Option<&Cond> {
        self.sections.iter().rev().find(|s| s.first <= q)?.when.as_ref()
    }

    /// Whether a question can be irrelevant.
    pub(super) fn conditional(&self, q: usize) -> bool {
        self.questions[q].when.is_some() || self.section_when(q).is_some()
    }
}

impl Table {
    /// Lets `priority` name only what some row gives.
    pub(super) fn trim_priority(&mut self) {
        let rows = &self.rows;
        let given = |v: &Val| {
            rows.iter().any(|r| matches!(&r.gives, Gives::Values(values) if values.first() == Some(v)))
        };
        self.priority.retain(given);
    }
}

impl Kind {
    /// Whether its values have an order, and then the distance of two neighbours.
    pub(super) fn step(&self) -> Option<i64> {
        match self {
            Kind::Choice(_) | Kind::Bool => None,
            Kind::Int => Some(100),
            Kind::Dec(step) => Some(*step),
            Kind::Date | Kind::Time => Some(1),
        }
    }

    /// A value of an ordered type.
    pub(super) fn value(&self, at: i64) -> Val {
        match self {
            Kind::Date => Val::Date(at),
            Kind::Time => Val::Time(at),
            _ => Val::Num(at),
        }
    }

    /// All values of a finite type.
    pub(super) fn options(&self) -> Vec<Val> {
        match self {
            Kind::Choice(options) => options.iter().map(|o| Val::Text(o)).collect(),
            Kind::Bool => vec![Val::Bool(true), Val::Bool(false)],
            _ => Vec::new(),
        }
    }
}

impl Val {
    /// The place of a value on its scale.
    pub(super) fn order(self) -> Option<i64> {
        match self {
            Val::Num(at) | Val::Date(at) | Val::Time(at) => Some(at),
            _ => None,
        }
    }

    /// Whether it is a whole number.
    pub(super) fn whole(&self) -> bool {
        matches!(self, Val::Num(hundredths) if hundredths % 100 == 0)
    }

    /// As a rule file spells it.
    pub(super) fn text(self) -> String {
        match self {
            Val::Null => "-".to_owned(),
            Val::Bool(b) => if b { "ja" } else { "nee" }.to_owned(),
            Val::Num(n) => number(n),
            Val::Date(days) => {
                let (y, m, d) = civil(days);
                format!("{y:04}-{m:02}-{d:02}")
            }
            Val::Time(t) => format!("{:02}:{:02}", t / 60, t % 60),
            Val::Text(text) => text.to_owned(),
        }
    }

    /// As JSON spells it.
    pub(super) fn json(self) -> String {
        match self {
            Val::Null => "null".to_owned(),
            Val::Bool(b) => b.to_string(),
            Val::Num(n) => number(n),
            _ => format!("\"{}\"", self.text()),
        }
    }
}

fn number(hundredths: i64) -> String {
    let (whole, rest) = (hundredths.abs() / 100, hundredths.abs() % 100);
    let sign = if hundredths < 0 { "-" } else { "" };
    match rest {
        0 => format!("{sign}{whole}"),
        r if r % 10 == 0 => format!("{sign}{whole}.{}", r / 10),
        r => format!("{sign}{whole}.{r:02}"),
    }
}

/// Year, month and day of a day number (1970-01-01 is 0), counted month by month.
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    let leap = |y: i64| (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    let (mut year, mut rest) = (1970, days);
    while rest < 0 {
        year -= 1;
        rest += if leap(year) { 366 } else { 365 };
    }
    while rest >= if leap(year) { 366 } else { 365 } {
        rest -= if leap(year) { 366 } else { 365 };
        year += 1;
    }
    let lengths = [31, if leap(year) { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let mut month = 0;
    while rest >= lengths[month] {
        rest -= lengths[month];
        month += 1;
    }
    (year, month as i64 + 1, rest + 1)
}

/// The day number of 1 January of a year.
pub(super) fn new_year(year: i64) -> i64 {
    let mut days = (year - 1970) * 365;
    while civil(days).0 < year {
        days += 1;
    }
    while civil(days) > (year, 1, 1) {
        days -= 1;
    }
    days
}

/// A part of a date.
pub(super) fn part(days: i64, part: Part) -> i64 {
    let (year, month, day) = civil(days);
    match part {
        Part::Year => year,
        Part::Month => month,
        Part::Day => day,
        // 1970-01-01 was a Thursday
        Part::Weekday => (days + 3).rem_euclid(7) + 1,
    }
}
