//! `fmt` moves spaces in tables and nothing else.

use leidraad::format::format;

use super::{fixtures, read};

const CROOKED: &str = "\
# blijft staan
leidraad: 1
id:   a/b      # ook dit
decisions:
  d:
    table:   |   # en dit
      object|gram ||  maatregel|maanden||bron

      woning | > 5||\"a | b\" | 0 || één
      # de rest | blijft  || zo
      -|  -       || geen | 12||s
    title: Later
  ragged:
    table: |
      a |b || c
      1 || 2
";

const STRAIGHT: &str = "\
# blijft staan
leidraad: 1
id:   a/b      # ook dit
decisions:
  d:
    table:   |   # en dit
      object | gram || maatregel | maanden || bron

      woning | > 5  || \"a | b\"   | 0       || één
      # de rest | blijft  || zo
      -      | -    || geen      | 12      || s
    title: Later
  ragged:
    table: |
      a |b || c
      1 || 2
";

#[test]
fn columns_are_aligned_and_the_rest_stays() {
    assert_eq!(format("a.yaml", CROOKED).unwrap(), STRAIGHT);
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(format("a.yaml", &windows(CROOKED)).unwrap(), windows(STRAIGHT));
}

#[test]
fn twice_is_once_and_the_meaning_stays() {
    let squeezed = |text: &str| {
        let json = serde_json::to_string(&read("a.yaml", text).0.unwrap()).unwrap();
        json.replace(' ', "")
    };
    for (name, text) in fixtures("ok_").into_iter().chain([("crooked.yaml".into(), CROOKED.into())]) {
        let once = format(&name, &text).unwrap();
        assert_eq!(format(&name, &once).unwrap(), once, "{name}");
        if name.ends_with(".json") {
            assert_eq!(once, text);
        } else {
            assert_eq!(squeezed(&once), squeezed(&text), "{name}");
        }
    }
}

#[test]
fn a_file_with_errors_is_not_formatted() {
    let findings = format("a.yaml", "leidraad: 1\nidd: a/b\n").unwrap_err();
    assert!(findings.has_errors());
}
