//! Random suspensions, extensions and caps, known and running, against the walk of one day at a time.

use leidraad::term::{Cap, Counting, Last, Length, Pause, Suspension, Term};

use super::walk::Walk;
use crate::support::Chance;

/// True in so many of a hundred cases.
fn percent(rng: &mut Chance, n: usize) -> bool {
    rng.below(100) < n
}

/// A pause in days of the walk; the end may be one of those tried.
#[derive(Debug, Clone)]
struct Period {
    counting: Counting,
    from: Option<usize>,
    until: Option<usize>,
    /// The lengths of the cap in days, and when its clock stood still.
    cap: Option<(Vec<usize>, Vec<Period>)>,
}

impl Period {
    fn random(rng: &mut Chance, event: usize, capped: bool) -> Period {
        let kinds = [
            Counting::AWB_4_15,
            Counting::BIBOB_31,
            Counting::BIBOB_15_2,
            Counting { first_day: false, last_day: true },
        ];
        let from = event - 20 + rng.below(131);
        let longest = if capped { 120 } else { 30 };
        let until = from + rng.below(longest + 1);
        let cap = (capped && percent(rng, 70)).then(|| {
            let weeks = if percent(rng, 50) { vec![56] } else { vec![56, 28] };
            let days = if percent(rng, 50) { weeks } else { vec![1 + rng.below(20)] };
            let stopped = (0..rng.below(3)).map(|_| {
                let asked = from - 5 + rng.below(76);
                let arrived = asked + rng.below(20);
                Period { counting: *rng.pick(&kinds), from: Some(asked), until: Some(arrived), cap: None }
            });
            (days, stopped.collect())
        });
        Period { counting: *rng.pick(&kinds), from: Some(from), until: Some(until), cap }
    }

    fn pause(&self, walk: &Walk) -> Pause {
        Pause::new(self.counting, self.from.map(|d| walk.date(d)), self.until.map(|d| walk.date(d)))
    }

    fn suspension(&self, walk: &Walk) -> Suspension {
        let Some((days, stopped)) = &self.cap else { return self.pause(walk).into() };
        let lengths: Vec<Length> = days
            .iter()
            .map(
                |n| if n % 7 == 0 { super::length(&weeks(n / 7)) } else { super::length(&plural(*n, "day")) },
            )
            .collect();
        let cap = stopped.iter().fold(Cap::of(lengths), |cap, s| cap.stopped(s.pause(walk)));
        self.pause(walk).capped(cap)
    }

    /// Marks the days that are suspended, one by one.
    fn mark(&self, days: &mut [bool]) {
        let (from, until) = (self.from.unwrap(), self.until.unwrap());
        let mut paused = vec![false; days.len()];
        let mut left = usize::MAX;
        if let Some((lengths, stopped)) = &self.cap {
            stopped.iter().for_each(|s| s.mark(&mut paused));
            left = lengths.iter().sum();
        }
        for day in from..=until.min(days.len() - 1) {
            let edge = (day == from && !self.counting.first_day) || (day == until && !self.counting.last_day);
            if edge {
                continue;
            }
            if left == 0 {
                break;
            }
            days[day] = true;
            left -= usize::from(!paused[day] && left != usize::MAX);
        }
    }
}

fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

fn weeks(n: usize) -> String {
    plural(n, "week")
}

/// The seed of a test; `TERMS_SEED=n` takes another one.
fn seed(usual: u64) -> u64 {
    std::env::var("TERMS_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// A term with its suspensions.
#[derive(Debug, Clone)]
struct Case {
    event: usize,
    lengths: Vec<Length>,
    statutory: bool,
    periods: Vec<Period>,
}

impl Case {
    fn random(rng: &mut Chance, walk: &Walk) -> Case {
        let first = [
            "8 weeks", "6 weeks", "1 week", "14 days", "4 days", "3 days", "1 day", "1 month", "3 months",
            "13 weeks",
        ];
        let more = ["8 weeks", "6 weeks", "3 days", "2 days", "1 month", "26 weeks"];
        let mut lengths = vec![super::length(rng.pick::<&str>(&first))];
        if percent(rng, 40) {
            lengths.push(super::length(rng.pick::<&str>(&more)));
        }
        let event = 200 + rng.below(walk.len() - 1400);
        let periods = (0..rng.below(5))
            .map(|_| {
                let capped = percent(rng, 30);
                Period::random(rng, event, capped)
            })
            .collect();
        Case { event, lengths, statutory: percent(rng, 70), periods }
    }

    fn course(&self, walk: &Walk) -> leidraad::term::Course {
        let length = self.lengths[0];
        let term =
            Term { length, statutory: self.statutory, extension: self.lengths.get(1).map(|l| (*l, 1)) };
        let mut course = term.from(walk.date(self.event));
        for period in &self.periods {
            course = course.suspended(period.suspension(walk));
        }
        self.lengths[1..].iter().fold(course, |course, l| course.extended(*l))
    }

    fn walked(&self, walk: &Walk) -> usize {
        let mut days = vec![false; self.event + 1000];
        self.periods.iter().for_each(|p| p.mark(&mut days));
        walk.last(self.event, &self.lengths, self.statutory, &|day| days.get(day) == Some(&true)).unwrap()
    }
}

#[test]
fn known_suspensions() {
    let walk = Walk::new();
    let seed = seed(20_260_705);
    let (mut suspended, mut longer) = (0, 0);
    let mut rng = Chance(seed);
    for round in 0..30_000 {
        let case = Case::random(&mut rng, &walk);
        let expected = case.walked(&walk);
        let due = case.course(&walk).due().unwrap();
        assert_eq!(due.date(), Some(walk.date(expected)), "seed {seed}, round {round}: {case:?}");
        // every step begins where the one before it ended, from the event to the last day
        let steps: Vec<_> = due.steps.iter().filter(|s| s.rule.convention() != "C3").collect();
        assert_eq!((steps[0].from, steps[1].from), (walk.date(case.event), walk.date(case.event)));
        for pair in steps[1..].windows(2) {
            assert_eq!(pair[0].to, pair[1].from, "seed {seed}, round {round}: {steps:?}");
        }
        assert_eq!(steps.last().map(|s| s.to), due.date());
        suspended += usize::from(!case.periods.is_empty());
        let alone = Case { periods: Vec::new(), ..case };
        longer += usize::from(expected > alone.walked(&walk));
    }
    assert!(suspended > 20_000 && longer > 10_000, "{suspended} {longer}");
}

/// What every way to fill in the unknown days gives.
fn every_way(case: &Case, walk: &Walk, today: Option<usize>) -> Vec<usize> {
    let mut cases = vec![case.clone()];
    let mut fill = |far: usize, choose: &dyn Fn(&mut Case) -> Option<&mut Period>| {
        for mut case in std::mem::take(&mut cases) {
            let Some(period) = choose(&mut case) else {
                cases.push(case);
                continue;
            };
            let ways: Vec<(usize, usize)> = match (period.from, period.until) {
                (Some(from), None) => {
                    let least = from.max(today.unwrap_or(0));
                    (least..=least + far).map(|until| (from, until)).collect()
                }
                (None, Some(until)) => {
                    (until.saturating_sub(far)..=until).map(|from| (from, until)).collect()
                }
                _ => unreachable!(),
            };
            for (from, until) in ways {
                let mut filled = case.clone();
                let period = choose(&mut filled).unwrap();
                (period.from, period.until) = (Some(from), Some(until));
                cases.push(filled);
            }
        }
    };
    let open = |p: &Period| p.from.is_none() || p.until.is_none();
    // further than all other periods together, and than any cap reaches
    fill(400, &|case| case.periods.iter_mut().find(|p| open(p)));
    fill(150, &|case| {
        case.periods
            .iter_mut()
            .filter_map(|p| p.cap.as_mut())
            .find_map(|(_, s)| s.iter_mut().find(|p| open(p)))
    });
    cases.iter().map(|case| case.walked(walk)).collect()
}

#[test]
fn unknown_days_give_exact_bounds() {
    let walk = Walk::new();
    let seed = seed(4_151_531);
    let mut rng = Chance(seed);
    let mut seen = [0; 4];
    for round in 0..3_000 {
        let mut case = Case::random(&mut rng, &walk);
        let today = percent(&mut rng, 50).then(|| case.event + rng.below(120));
        let Some(at) = (!case.periods.is_empty()).then(|| rng.below(case.periods.len())) else { continue };
        let period = &mut case.periods[at];
        let mut exact = true;
        match (rng.below(3), &mut period.cap) {
            // the bureau still waits for data
            (0, Some((_, stopped))) if !stopped.is_empty() => {
                stopped[0].until = None;
                if percent(&mut rng, 4) {
                    period.until = None;
                    exact = false; // too many ways to try them all: what is not tried may be later
                }
            }
            (1, cap) => {
                period.from = None;
                exact = cap.is_none(); // a cap from an unknown day bounds nothing
            }
            _ => period.until = None,
        }
        let course = case.course(&walk);
        let course = today.iter().fold(course, |course, day| course.as_of(walk.date(*day)));
        let last = course.due().unwrap().last;
        let ways = every_way(&case, &walk, today);
        let (least, most) = (*ways.iter().min().unwrap(), *ways.iter().max().unwrap());
        let context = format!("seed {seed}, round {round}: {case:?}, today {today:?}");
        match last {
            Last::On(day) => {
                assert_eq!((day, day), (walk.date(least), walk.date(most)), "{context}");
                seen[0] += 1;
            }
            Last::Between { not_before, not_after: Some(not_after) } => {
                assert_eq!(not_before, walk.date(least), "{context}");
                if exact {
                    assert_eq!(not_after, walk.date(most), "{context}");
                    assert_ne!(least, most, "{context}");
                } else {
                    assert!(not_after >= walk.date(most), "{context}");
                }
                seen[1] += 1;
            }
            Last::Between { not_before, not_after: None } => {
                assert_eq!(not_before, walk.date(least), "{context}");
                assert!(most >= least + 30, "{context}");
                seen[2] += 1;
            }
            Last::Unknown => panic!("{context}"),
        }
        seen[3] += ways.len();
    }
    // each kind of answer is common, and so are the ways that were tried
    assert!(seen[0] > 300 && seen[1] > 300 && seen[2] > 300 && seen[3] > 100_000, "{seen:?}");
}
