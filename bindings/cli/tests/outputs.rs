//! What a command writes never takes the place of what it reads, and what cannot be written is said by the path as it was given.

use std::path::Path;

use crate::run::{Folder, fixture, folder, with_input};

fn place() -> Folder {
    let place = folder(&[("regels.yaml", &fixture("maatregel.yaml")), ("zaken.jsonl", "{}\n")]);
    with_input(&["dossier", "new", "regels.yaml", "zaak.json"], b"", place.path()).ok();
    place
}

/// Other paths to a file in the folder.
#[cfg(unix)]
fn paths(folder: &Path, name: &str) -> Vec<String> {
    // elsewhere, as a second name beside it would be a second layer
    std::fs::create_dir(folder.join("elders")).unwrap();
    let (link, hard) = (format!("elders/link-{name}"), format!("elders/hard-{name}"));
    std::os::unix::fs::symlink(folder.join(name), folder.join(&link)).unwrap();
    std::fs::hard_link(folder.join(name), folder.join(&hard)).unwrap();
    let absolute = folder.join(name).to_str().unwrap().to_owned();
    vec![name.to_owned(), format!("./{name}"), format!("../files/{name}"), absolute, link, hard]
}

#[cfg(unix)]
const IMPACT: &[&str] = &[
    "impact",
    "regels.yaml",
    "--from",
    "2026-01-01",
    "--to",
    "2026-02-01",
    "--cases",
    "zaken.jsonl",
    "--refused",
];

#[cfg(unix)]
#[test]
fn an_output_is_never_an_input() {
    for (name, command) in [
        ("zaak.json", &["report", "zaak.json", "--format", "md", "--force", "--output"][..]),
        (
            "regels.yaml",
            &["report", "zaak.json", "--format", "md", "--rules", "regels.yaml", "--force", "-o"],
        ),
        ("regels.yaml", &["document", "regels.yaml", "--force", "--output"]),
        ("regels.yaml", &["document", "regels.yaml", "--output"]),
        ("regels.yaml", &["new", "overlay", "regels.yaml", "--authority", "GM0881", "--force", "--output"]),
        ("regels.yaml", &["ask", "regels.yaml", "--save"]),
        ("regels.yaml", IMPACT),
        ("zaken.jsonl", IMPACT),
    ] {
        let place = place();
        let before = std::fs::read(place.path().join(name)).unwrap();
        for path in paths(place.path(), name) {
            let told = with_input(&[command, &[&path]].concat(), b"", place.path()).refused();
            assert!(
                told.contains(&format!("`{path}`")) && told.contains("would be replaced"),
                "{command:?}: {told}"
            );
            assert_eq!(std::fs::read(place.path().join(&path)).unwrap(), before, "{command:?} {path}");
        }
    }
}

/// A layer beside the file is read, too.
#[test]
fn a_layer_beside_is_an_input() {
    let layer = "leidraad: 1\noverlay: voorbeeld/maatregel\nauthority: GM0881\ntitle: Eigen regels\n";
    let place = folder(&[("regels.yaml", &fixture("maatregel.yaml")), ("gm0881.yaml", layer)]);
    for command in [
        &["document", "regels.yaml", "--output", "gm0881.yaml", "--force"][..],
        &["new", "overlay", "regels.yaml", "--authority", "GM0994", "--output", "gm0881.yaml", "--force"],
    ] {
        let told = with_input(command, b"", place.path()).refused();
        assert!(told.contains("`gm0881.yaml`") && told.contains("would be replaced"), "{told}");
        assert_eq!(std::fs::read_to_string(place.path().join("gm0881.yaml")).unwrap(), layer);
    }
}

/// Standard input may be a file as well.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_comes_in_by_standard_input_is_spared() {
    let place = place();
    let before = std::fs::read(place.path().join("zaak.json")).unwrap();
    let ran = std::process::Command::new(env!("CARGO_BIN_EXE_leidraad"))
        .args(["report", "-", "--format", "md", "--force", "--output", "zaak.json"])
        .current_dir(place.path())
        .stdin(std::fs::File::open(place.path().join("zaak.json")).unwrap())
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(2));
    assert_eq!(std::fs::read(place.path().join("zaak.json")).unwrap(), before);
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let place = place();
    let cases = ["--from", "2026-01-01", "--to", "2026-02-01", "--cases", "zaken.jsonl"];
    for command in [
        &["report", "zaak.json", "--output", "nergens/x.html"][..],
        &["report", "zaak.json", "--output", "nergens/x.html", "--force"],
        &["document", "regels.yaml", "--output", "nergens/x.html"],
        &["dossier", "new", "regels.yaml", "nergens/x.html"],
        &[&["impact", "regels.yaml"], &cases[..], &["--refused", "nergens/x.html"]].concat(),
    ] {
        let told = with_input(command, b"", place.path()).refused();
        assert!(told.contains("cannot write `nergens/x.html`: there is no folder `nergens`"), "{told}");
        assert!(!told.contains("os error") && !told.contains(".tmp"), "{told}");
    }
    let told = with_input(&["document", "regels.yaml", "--output", "zaken.jsonl/x.md"], b"", place.path());
    assert!(told.refused().contains("`zaken.jsonl` is no folder"));
}
