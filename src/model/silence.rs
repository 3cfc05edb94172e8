//! Why something is not said.

use crate::text::Text;
use serde::Serialize;

use crate::document::{Severity, SilenceKind};

/// Why the rules do not say something. None of these is a value, and none stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It may be in the policy, but no layer loads it: the whole, or just this row.
    NotLoaded,
    /// There is no policy.
    NoPolicy,
    /// The policy is loaded and says nothing about this case.
    Silent,
    /// The law has changed since, so that the policy no longer fits.
    Overtaken,
    /// Which version applies on this date cannot be said: the day on which one begins or ends is not known.
    Undecidable,
    /// No version applies on this date.
    NoVersion,
}

impl From<SilenceKind> for Why {
    fn from(kind: SilenceKind) -> Why {
        match kind {
            SilenceKind::NotLoaded => Why::NotLoaded,
            SilenceKind::NoPolicy => Why::NoPolicy,
            SilenceKind::Silent => Why::Silent,
            SilenceKind::Overtaken => Why::Overtaken,
            SilenceKind::Undecidable => Why::Undecidable,
        }
    }
}

/// Why a parameter or decision is not said, and that in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) why: Why,
    pub(crate) text: String,
}

/// Something about the layers that every case under them must know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Notice {
    /// The layer that it is about.
    pub(crate) id: Text,
    pub(crate) severity: Severity,
    pub(crate) text: Text,
}
