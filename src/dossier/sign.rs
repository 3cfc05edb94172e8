//! Signatures of sign-offs: detached Ed25519 signatures in the format of minisign.

use super::fields::Hash;
use super::verify::Weight;

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Why {
    pub(super) weight: Weight,
    pub(super) text: &'static str,
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
    let wrong = |text| Why { weight: Weight::Changed, text };
    let key = minisign_verify::PublicKey::from_base64(bare(key))
        .map_err(|_| wrong("De sleutel van de handtekening is niet leesbaar."))?;
    let signature = minisign_verify::Signature::decode(signature.trim())
        .map_err(|_| wrong("De handtekening is niet leesbaar."))?;
    key.verify(message(of).as_bytes(), &signature, false).map_err(|_| {
        wrong("De handtekening klopt niet: ze is van een andere stand van het dossier, of met een andere sleutel gezet.")
    })
}

/// Whether a signature of a revision is right: this build cannot tell.
#[cfg(not(feature = "signatures"))]
pub(super) fn check(_: &str, _: &str, _: &Hash) -> Result<(), Why> {
    let text = "De handtekening is niet nagegaan: deze versie van Leidraad kan dat niet.";
    Err(Why { weight: Weight::Unchecked, text })
}
