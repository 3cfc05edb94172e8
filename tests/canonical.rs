//! Canonical JSON against the examples that RFC 8785 publishes.

use leidraad::canonical::canonical;

fn form(text: &str) -> String {
    canonical("a.json", text).unwrap_or_else(|findings| panic!("{findings}"))
}

fn refused(text: &str) -> String {
    canonical("a.json", text).unwrap_err().to_string()
}

/// Section 3.2.2, with the one number that a double changes as a double has it; the bytes are those of section 3.2.4.
#[test]
fn the_example_of_the_rfc() {
    let text = r#"{
        "numbers": [333333333.3333333, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let bytes = "
        7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72
        73 22 3a 5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32
        2c 31 65 2d 32 37 5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c
        5c 5c 5c 22 2f 22 7d";
    let bytes: Vec<u8> = bytes.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).unwrap()).collect();
    assert_eq!(form(text).as_bytes(), bytes);
}

/// The RFC's own example holds 333333333.33333329, which a double would silently make …333: that is refused here.
#[test]
fn a_number_that_a_double_would_change_is_refused() {
    for text in [
        "333333333.33333329",
        "9007199254740993",
        "0.1000000000000000055",
        "1e309",
        "1e-400",
        "123456789012345678901",
    ] {
        let told = refused(&format!("[1, {text}]"));
        assert!(told.contains(&format!("`{text}`")) && told.contains("a.json:1:5"), "{told}");
    }
    // every number of 15 digits fits
    for text in ["999999999999999", "0.999999999999999", "-123456.789012345", "100000000000000000000"] {
        assert_eq!(form(text), text);
    }
}

/// Section 3.2.3: keys by UTF-16 code units, so that an emoji comes before a Hebrew letter of a higher code unit.
#[test]
fn keys_are_sorted_by_utf_16_code_units() {
    let text = r#"{
        "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
    }"#;
    let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
                    \"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\",\
                    \"😀\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
    assert_eq!(form(text), expected);
}

/// Appendix B: doubles by their bits, and how they are written.
#[test]
fn numbers_as_ecmascript_writes_them() {
    for (bits, written) in [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
    ] {
        let double = f64::from_bits(bits);
        assert_eq!(form(&format!("{double}")), written, "{bits:016x}");
        assert_eq!(form(&format!("{double:e}")), written, "{bits:016x}");
        assert_eq!(form(written), written);
    }
    // 43143ff3c1cb0959 is …6.25: of two digits that are as near, the even one
    assert_eq!(f64::from_bits(0x4314_3ff3_c1cb_0959), 1424953923781206.0 + 0.25);
    assert_eq!(form("1424953923781206.2"), "1424953923781206.2");
    assert!(refused("1424953923781206.3").contains("1424953923781206.3"));
}

#[test]
fn every_control_character_has_one_escape() {
    for code in 0..0x80_u32 {
        let c = char::from_u32(code).unwrap();
        let expected = match c {
            '\u{8}' => "\\b".to_owned(),
            '\t' => "\\t".to_owned(),
            '\n' => "\\n".to_owned(),
            '\u{c}' => "\\f".to_owned(),
            '\r' => "\\r".to_owned(),
            '"' => "\\\"".to_owned(),
            '\\' => "\\\\".to_owned(),
            _ if code < 0x20 => format!("\\u{code:04x}"),
            _ => c.to_string(),
        };
        assert_eq!(form(&format!("\"\\u{code:04X}\"")), format!("\"{expected}\""));
    }
    assert_eq!(form("\"\u{2028}\\u2029\\/\""), "\"\u{2028}\u{2029}/\"");
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    for (text, part) in [
        (r#"{"a": 1, "a": 2}"#, "twice"),
        (r#""\ud800""#, "a.json:1:"),
        ("[1,]", "a.json:1:4"),
        ("01", "a.json:1:"),
        ("+1", "a.json:1:"),
        (".5", "a.json:1:"),
        ("NaN", "a.json:1:"),
        ("", "a.json:1:1"),
        ("{'a': 1}", "a.json:1:2"),
    ] {
        let told = refused(text);
        assert!(told.contains(part), "{text}: {told}");
    }
    let deep = "[".repeat(1000) + &"]".repeat(1000);
    assert!(refused(&deep).contains("too many levels"));
}
