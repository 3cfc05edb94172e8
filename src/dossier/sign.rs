//! Signatures of sign-offs: detached Ed25519 signatures in the format of minisign.

use super::fields::Hash;
use super::verify::Weight;

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    /// The key cannot be read.
    Key,
    /// The signature cannot be read.
    Unreadable,
    /// It is not of this text and key.
    Wrong,
    /// This build cannot tell.
    #[cfg(not(feature = "signatures"))]
    Unsupported,
}

impl Why {
    pub(super) fn weight(self) -> Weight {
        match self {
            #[cfg(not(feature = "signatures"))]
            Why::Unsupported => Weight::Unchecked,
            _ => Weight::Changed,
        }
    }

    pub(super) fn text(self) -> &'static str {
        match self {
            Why::Key => "De sleutel van de handtekening is niet leesbaar.",
            Why::Unreadable => "De handtekening is niet leesbaar.",
            Why::Wrong => {
                "De handtekening klopt niet: ze is van een andere stand van het dossier, of met een andere sleutel gezet."
            }
            #[cfg(not(feature = "signatures"))]
            Why::Unsupported => "De handtekening is niet nagegaan: deze versie van Leidraad kan dat niet.",
        }
    }
}

/// The text that is signed for a revision.
pub(super) fn message(of: &Hash) -> String {
    format!("leidraad-dossier-1 {}\n", of.as_str())
}

/// The line of a public key that holds the key: the last one, as a comment may stand before it.
pub(super) fn bare(key: &str) -> &str {
    key.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default()
}

/// Whether two texts hold the same public key.
pub(super) fn same_key(a: &str, b: &str) -> bool {
    !bare(a).is_empty() && bare(a) == bare(b)
}

/// Whether a signature of a revision is right.
#[cfg(feature = "signatures")]
pub(super) fn check(key: &str, signature: &str, of: &Hash) -> Result<(), Why> {
    let key = minisign_verify::PublicKey::from_base64(bare(key)).map_err(|_| Why::Key)?;
    let signature = minisign_verify::Signature::decode(signature.trim()).map_err(|_| Why::Unreadable)?;
    key.verify(message(of).as_bytes(), &signature, false).map_err(|_| Why::Wrong)
}

/// Whether a signature of a revision is right: this build cannot tell.
#[cfg(not(feature = "signatures"))]
pub(super) fn check(_: &str, _: &str, _: &Hash) -> Result<(), Why> {
    Err(Why::Unsupported)
}
