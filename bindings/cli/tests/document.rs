//! `document`: a rule set as a policy document, and what is refused.

use crate::run::{fixture, folder, leidraad, with_input};

#[test]
fn the_document_is_that_of_the_library() {
    let on = leidraad::Date::parse("2026-09-01").unwrap();
    let rules = leidraad::catalog().rule_set("evenementen/melding").unwrap();
    let shared = leidraad(&["document", "evenementen/melding", "--on", "2026-09-01"]).ok();
    assert_eq!(shared, rules.policy_document(None, on).unwrap());
    let own = ["document", "evenementen/melding", "--authority", "gm1729", "--on", "2026-09-01"];
    assert_eq!(leidraad(&own).ok(), rules.policy_document(Some("GM1729"), on).unwrap());
}

#[test]
fn a_file_is_written_and_never_replaced_unasked() {
    let place = folder(&[("regels.yaml", &fixture("maatregel.yaml"))]);
    let write = ["document", "regels.yaml", "--on", "2026-09-01", "--output", "beleid.md"];
    let run = with_input(&write, b"", place.path());
    assert_eq!((run.code, run.err.as_str(), run.out.as_str()), (Some(0), "beleid.md is written\n", ""));
    let text = std::fs::read_to_string(place.path().join("beleid.md")).unwrap();
    assert!(text.starts_with("# ") && text.contains("<a id=\"vraag-gram\"></a>"), "{text}");
    let again = with_input(&write, b"", place.path()).refused();
    assert!(again.contains("`beleid.md` is there already") && again.contains("--force"), "{again}");
    let forced = with_input(&[&write[..], &["--force"]].concat(), b"", place.path());
    assert_eq!(forced.code, Some(0), "{}", forced.err);
}

/// A layer from the template has the code in its title already.
#[test]
fn the_code_of_an_authority_is_said_once() {
    let place = folder(&[("regels.yaml", &fixture("maatregel.yaml"))]);
    let run = |arguments: &[&str]| with_input(arguments, b"", place.path());
    assert_eq!(
        run(&["new", "overlay", "regels.yaml", "--authority", "GM0881", "--output", "gm0881.yaml"]).code,
        Some(0)
    );
    let document = run(&["document", "gm0881.yaml"]).ok();
    assert!(document.starts_with("# Voorbeeld (GM0881)\n"), "{document}");
    run(&["dossier", "new", "gm0881.yaml", "zaak.json"]).ok();
    let report = run(&["report", "zaak.json"]).ok();
    assert!(report.contains("\n- Regels van de gemeente: Voorbeeld (GM0881)\n"), "{report}");
    let page = run(&["report", "zaak.json", "--format", "html"]).ok();
    assert!(page.contains("<dt>Regels van de gemeente</dt><dd>Voorbeeld (GM0881)</dd>"), "{page}");
}

#[test]
fn what_has_no_document_is_refused_with_help() {
    let refused = |arguments: &[&str], parts: &[&str]| {
        let told = leidraad(&[&["document"], arguments].concat()).refused();
        assert!(parts.iter().all(|part| told.contains(part)), "{told}");
    };
    refused(&["evenementen/risicoskan"], &["did you mean `evenementen/risicoscan`?"]);
    refused(&["nergens.yaml"], &["nergens.yaml", "there is no such file"]);
    let melding = "evenementen/melding";
    refused(
        &[melding, "--authority", "GM1728"],
        &["has no layer for authority `GM1728`", "did you mean `GM1729`?"],
    );
    refused(&[melding, "--on", "gisteren"], &["gisteren", "YYYY-MM-DD"]);
    refused(&[melding, "--on", "2026-02-30"], &["YYYY-MM-DD"]);
    assert_eq!(leidraad(&["document"]).code, Some(2));
}
