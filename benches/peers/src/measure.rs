//! The clock: interleaved rounds in one run, so that a busy moment of the machine hits every contender alike.

use std::time::{Duration, Instant};

use crate::contender::Contender;
use crate::sanctie::INPUTS;

/// A sample lasts at least this long, so that the clock itself does not count.
const SAMPLE: Duration = Duration::from_micros(100);

/// How often everything is built anew.
const SITTINGS: usize = 10;

/// Nanoseconds per evaluation.
pub struct Timing {
    pub name: &'static str,
    pub p50: f64,
    pub min: f64,
}

/// Measures in `rounds` interleaved rounds, spread over sittings in which all contenders are built anew: where their data
/// happens to lie in memory can make one of them half as fast again for as long as it lives.
pub fn measure(build: impl Fn() -> Vec<Box<dyn Contender>>, rounds: usize) -> Vec<Timing> {
    let mut samples: Vec<(&'static str, Vec<f64>)> = Vec::new();
    for _ in 0..SITTINGS {
        let mut contenders = build();
        samples.resize_with(contenders.len(), Default::default);
        let passes: Vec<u32> = contenders.iter_mut().map(|contender| calibrate(contender.as_mut())).collect();
        for _ in 0..rounds.div_ceil(SITTINGS) {
            for ((contender, &passes), (name, samples)) in
                contenders.iter_mut().zip(&passes).zip(&mut samples)
            {
                *name = contender.name();
                samples.push(sample(contender.as_mut(), passes));
            }
        }
    }
    samples.into_iter().map(timing).collect()
}

fn timing((name, mut samples): (&'static str, Vec<f64>)) -> Timing {
    samples.sort_by(f64::total_cmp);
    Timing { name, p50: samples[samples.len() / 2], min: samples[0] }
}

/// Warms up, and finds how many passes fill a sample.
fn calibrate(contender: &mut dyn Contender) -> u32 {
    let mut passes = 1;
    loop {
        let start = Instant::now();
        for _ in 0..passes {
            contender.pass();
        }
        if start.elapsed() >= SAMPLE {
            return passes;
        }
        passes *= 2;
    }
}

fn sample(contender: &mut dyn Contender, passes: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..passes {
        contender.pass();
    }
    let evaluations = f64::from(passes) * INPUTS as f64;
    start.elapsed().as_nanos() as f64 / evaluations
}
