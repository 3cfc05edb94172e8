//! What comes from outside: the moment, the name, chance, and what is to be recorded.

use super::fields::{Moment, Text};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::SourceMap;
use crate::value::Date;

/// The moment of a revision, who records it, and the chance from which its salts are made.
#[derive(Debug, Clone)]
pub struct Stamp {
    at: Moment,
    by: Option<String>,
    remark: Option<String>,
    salt: [u8; 32],
}

impl Stamp {
    /// A stamp with a moment such as `2026-07-04T10:00:00+02:00`, and 32 bytes by chance that nobody can guess: other ones for
    /// every revision. They are not kept.
    ///
    /// # Errors
    /// A text that is not a moment.
    ///
    /// ```
    /// use leidraad::dossier::Stamp;
    /// assert!(Stamp::new("2026-07-04T10:00:00Z", [0; 32]).is_ok());
    /// assert!(Stamp::new("4 juli 2026", [0; 32]).is_err());
    /// ```
    pub fn new(at: &str, salt: [u8; 32]) -> Result<Stamp, Diagnostics> {
        match Moment::parse(at) {
            Some(at) => Ok(Stamp { at, by: None, remark: None, salt }),
            None => {
                let message = format!("`{}` is not a moment", crate::tree::excerpt(at));
                let finding = Diagnostic::error(Code::WrongShape, None, message)
                    .help("write it as 2026-07-04T10:00:00+02:00");
                Err(Diagnostics::new(vec![finding], SourceMap::default()))
            }
        }
    }

    /// Says who records it.
    pub fn by(self, name: &str) -> Stamp {
        let name = name.trim();
        Stamp { by: (!name.is_empty()).then(|| name.to_owned()), ..self }
    }

    /// Adds a remark on the revision, for all who may see anything of it. What is confidential goes with an answer.
    pub fn remark(self, text: &str) -> Stamp {
        Stamp { remark: Some(text.to_owned()), ..self }
    }

    pub(super) fn date(&self) -> Date {
        self.at.date()
    }

    pub(super) fn salt(&self) -> &[u8; 32] {
        &self.salt
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.by.as_deref()
    }

    pub(super) fn about(&self) -> super::About {
        let text = |text: &Option<String>| text.as_ref().map(|text| Text(text.clone()));
        super::About { at: self.at.clone(), by: text(&self.by), remark: text(&self.remark) }
    }
}

/// What a dossier is about.
#[derive(Debug, Clone)]
pub struct Opening {
    /// The authority whose layer applies, such as `GM1729`.
    pub authority: Option<String>,
    /// The reference date; without it the answer that fixes it, else the day of the opening.
    pub on: Option<Date>,
    /// The number or name of the case.
    pub case: Option<String>,
    /// Whether the rules are kept in the dossier, word for word, so that it verifies without them.
    pub keep_rules: bool,
}

impl Default for Opening {
    fn default() -> Self {
        Opening { authority: None, on: None, case: None, keep_rules: true }
    }
}

impl Opening {
    /// A dossier of this authority.
    pub fn of(authority: &str) -> Opening {
        Opening { authority: Some(authority.to_owned()), ..Opening::default() }
    }
}

/// A sign-off on a dossier as it is now.
#[derive(Debug, Clone, Default)]
pub struct SignOff {
    /// In what capacity.
    pub role: Option<String>,
    /// A detached signature of [`Dossier::to_sign`](super::Dossier::to_sign) in the format of minisign, with the public key
    /// that goes with it.
    pub signature: Option<(String, String)>,
}
