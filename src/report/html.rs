//! A report as one HTML file.

use askama::Template;
use sha2::{Digest, Sha256};

use super::content::{Counted, Report};
use super::picture::{self, Bars, Mark, Timeline};
use crate::assessment::StepStatus;
use crate::value::Date;

/// The style, which stands in the file. Its hash is the only style that the policy of the file allows.
const STYLE: &str = include_str!("../../templates/report.css");

#[derive(Template)]
#[template(path = "report.html")]
struct Page<'r> {
    report: &'r Report,
    style: &'static str,
    style_hash: String,
    timeline: Option<Timeline>,
    counts: Vec<(&'r Counted, Option<Bars>)>,
}

/// The report as HTML.
pub(super) fn html(report: &Report) -> String {
    let page = Page {
        report,
        style: STYLE,
        style_hash: base64(&Sha256::digest(STYLE.as_bytes())),
        timeline: picture::timeline(report),
        counts: report.counts.iter().map(|counted| (counted, picture::bars(counted))).collect(),
    };
    // writing to a text cannot fail
    page.render().unwrap_or_default()
}

impl Page<'_> {
    fn date(&self, date: &Date) -> String {
        crate::notation::date(*date)
    }

    fn width(&self) -> i64 {
        picture::WIDTH
    }

    fn kinds(&self, counted: &Counted) -> Vec<String> {
        picture::kinds(counted)
    }

    fn numbers(&self, group: &super::content::CountGroup) -> Vec<usize> {
        picture::numbers(group)
    }

    fn is_aside(&self, status: &StepStatus) -> bool {
        super::is_aside(*status)
    }

    fn is_done(&self, mark: &Mark) -> bool {
        *mark == Mark::Done
    }

    fn is_last(&self, mark: &Mark) -> bool {
        *mark == Mark::Last
    }

    fn after(&self, title: &str, text: &str) -> String {
        crate::dutch::after(title, text)
    }
}

/// Base 64, as hashes stand in a policy.
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let whole =
            three.iter().fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte)) << (8 * (3 - three.len()));
        for n in 0..4 {
            let sign = usize::try_from((whole >> (18 - 6 * n)) & 63).ok().and_then(|at| SIGNS.get(at));
            text.push(match sign {
                Some(sign) if n <= three.len() => char::from(*sign),
                _ => '=',
            });
        }
    }
    text
}
