//! From the identifier of a Dutch law, regulation, ruling or publication to its official address.

/// Where a text with this identifier stands; none for an identifier that is not written as one of these.
///
/// * Juriconnect (`jci1.3:c:BWBR0005537&artikel=4:15`) and BWB (`BWBR0005537`): wetten.overheid.nl;
/// * CVDR (`CVDR680254`, `CVDR680254/1`): lokaleregelgeving.overheid.nl;
/// * ECLI of a Dutch court: deeplink.rechtspraak.nl;
/// * an official publication (`gmb-2019-17846`, `stcrt-2024-2733`): zoek.officielebekendmakingen.nl.
pub(crate) fn official(identifier: &str) -> Option<String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let plain = |text: &str, more: &str| {
        text.bytes().all(|b| b.is_ascii_alphanumeric() || more.bytes().any(|m| m == b))
    };
    if let Some(rest) = identifier.strip_prefix("jci") {
        let known = rest.contains(":BWB") && plain(rest, ":.&=-_");
        return known.then(|| format!("https://wetten.overheid.nl/{identifier}"));
    }
    if let Some(rest) = identifier.strip_prefix("BWB") {
        let known = rest.len() > 1 && plain(rest, "") && rest.bytes().skip(1).all(|b| b.is_ascii_digit());
        return known.then(|| format!("https://wetten.overheid.nl/{identifier}"));
    }
    if let Some(rest) = identifier.strip_prefix("CVDR") {
        let known = match rest.split_once('/') {
            Some((number, version)) => digits(number) && digits(version),
            None => digits(rest),
        };
        return known.then(|| format!("https://lokaleregelgeving.overheid.nl/{identifier}"));
    }
    if identifier.starts_with("ECLI:NL:") {
        let known = identifier.split(':').count() == 5 && plain(identifier, ":.");
        return known.then(|| format!("https://deeplink.rechtspraak.nl/uitspraak?id={identifier}"));
    }
    let mut parts = identifier.split('-');
    let (series, year, number) = (parts.next()?, parts.next()?, parts.next()?);
    let known = matches!(series, "stb" | "stcrt" | "gmb" | "prb" | "wsb" | "trb" | "bgr" | "kst")
        && digits(year)
        && plain(number, "")
        && parts.all(|part| plain(part, ""));
    known.then(|| format!("https://zoek.officielebekendmakingen.nl/{identifier}.html"))
}

#[cfg(test)]
mod tests {
    use super::official;

    #[test]
    fn identifiers_have_their_official_address() {
        let at = |identifier: &str| official(identifier).unwrap_or_default();
        assert_eq!(at("BWBR0001941"), "https://wetten.overheid.nl/BWBR0001941");
        assert_eq!(
            at("jci1.3:c:BWBR0005537&artikel=4:15"),
            "https://wetten.overheid.nl/jci1.3:c:BWBR0005537&artikel=4:15"
        );
        assert_eq!(at("CVDR700323/1"), "https://lokaleregelgeving.overheid.nl/CVDR700323/1");
        assert_eq!(
            at("ECLI:NL:RVS:2019:2912"),
            "https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:RVS:2019:2912"
        );
        assert_eq!(at("gmb-2019-17846"), "https://zoek.officielebekendmakingen.nl/gmb-2019-17846.html");
    }

    #[test]
    fn what_is_no_identifier_has_none() {
        for text in [
            "",
            "BWB",
            "BWBR",
            "BWBR00)19",
            "CVDR",
            "CVDR1/",
            "ECLI:NL",
            "ECLI:EU:C:2019:1",
            "ECLI:NL:RVS:2019:1)x",
            "gmb",
            "gmb-2019",
            "jci",
            "jci1.3:c:BWBR1 x",
            "javascript:alert(1)",
        ] {
            assert_eq!(official(text), None, "{text}");
        }
    }
}
