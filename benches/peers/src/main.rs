//! The same decision in Leidraad and in its peers: 12 rows, 4 inputs, 96 cases; then the 384 cases with one answer missing.
//!
//! `cargo run --release [-- ROUNDS]` in this folder, or `./check.sh peers` in the root. Prints two Markdown tables.

mod baseline;
mod cel_side;
mod contender;
mod datalogic;
mod leidraad_side;
mod measure;
mod probe;
mod sanctie;
mod zen;

use contender::{Claim, Contender};
use leidraad_side::{PREPARED, TEXT};
use measure::Timing;
use sanctie::Facts;

const ROUNDS: usize = 1000;

fn contenders(inputs: &[Facts]) -> Vec<Box<dyn Contender>> {
    vec![
        Box::new(baseline::Loop::new(inputs)),
        Box::new(leidraad_side::Prepared::new(inputs)),
        Box::new(leidraad_side::Assess::new(inputs)),
        Box::new(baseline::ParseOnly::new(inputs)),
        Box::new(leidraad_side::Text::new(inputs)),
        Box::new(datalogic::Prepared::new(inputs)),
        Box::new(datalogic::Text::new(inputs)),
        Box::new(cel_side::Cel::new(inputs)),
        Box::new(zen::Zen::new(inputs)),
    ]
}

fn main() {
    let rounds = match std::env::args().nth(1) {
        Some(text) => text.parse().expect("ROUNDS is a number"),
        None => ROUNDS,
    };
    let inputs = sanctie::all_facts();
    assert_eq!(inputs.len(), sanctie::INPUTS);
    let mut contenders = contenders(&inputs);
    assert_equal_outcomes(&mut contenders, &inputs);

    let timings = measure::measure(|| self::contenders(&inputs), rounds);
    print_timings(&timings, rounds);

    let probes = probe::probes(&inputs);
    assert_eq!(probe::split(&probes), (256, 128), "open and settled probes");
    print_scores(&mut contenders, &probes);
}

/// Nothing is measured before all give the same outcome on all inputs.
fn assert_equal_outcomes(contenders: &mut [Box<dyn Contender>], inputs: &[Facts]) {
    for facts in inputs {
        let expected = facts.complete().map(|case| Claim::Outcome(sanctie::decide(&case)));
        for contender in contenders.iter_mut() {
            let claim = contender.claim(facts);
            assert!(claim.is_none() || claim == expected, "{}: {facts:?}: {claim:?}", contender.name());
        }
    }
    println!("All contenders give the outcome of the reference loop on all {} inputs.\n", inputs.len());
}

fn print_timings(timings: &[Timing], rounds: usize) {
    let of = |name: &str| timings.iter().find(|timing| timing.name == name).map(|timing| timing.p50);
    let (prepared, text) = (of(PREPARED), of(TEXT));
    let ratio = |timing: &Timing, base: Option<f64>| match base {
        Some(base) => format!("{:.2}", timing.p50 / base),
        None => "–".to_owned(),
    };
    println!("One evaluation, {rounds} interleaved rounds, nanoseconds:\n");
    println!("| contender | p50 | min | × Leidraad prepared | × Leidraad JSON to JSON |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for timing in timings {
        let Timing { name, p50, min } = timing;
        println!("| {name} | {p50:.1} | {min:.1} | {} | {} |", ratio(timing, prepared), ratio(timing, text));
    }
}

fn print_scores(contenders: &mut [Box<dyn Contender>], probes: &[probe::Probe]) {
    let (open, settled) = probe::split(probes);
    println!(
        "\nOne answer missing: {} cases, {open} open, {settled} settled whatever it is:\n",
        probes.len()
    );
    println!(
        "| contender | settled: right | no answer | wrong | open: no answer | **claimed** | of these impossible |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    for contender in contenders {
        let Some(score) = probe::run(contender.as_mut(), probes) else { continue };
        println!(
            "| {} | {} | {} | {} | {} | **{}** | {} |",
            contender.name(),
            score.settled_right,
            score.settled_no_answer,
            score.settled_wrong,
            score.open_no_answer,
            score.open_claimed,
            score.open_impossible,
        );
    }
}
