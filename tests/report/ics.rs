//! A small reader of iCalendar, written for these tests from RFC 5545.

/// One property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Property {
    pub(crate) name: String,
    pub(crate) parameters: String,
    pub(crate) value: String,
}

/// An event or task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Component {
    pub(crate) name: String,
    pub(crate) properties: Vec<Property>,
}

impl Component {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let mut found = self.properties.iter().filter(|property| property.name == name);
        let one = found.next().map(|property| property.value.as_str());
        assert!(found.next().is_none(), "{name} is there twice");
        one
    }
}

/// The components of a calendar; fails where it is not as RFC 5545 has it.
pub(crate) fn read(text: &str) -> Vec<Component> {
    assert!(text.ends_with("\r\n"));
    let physical: Vec<&str> = text[..text.len() - 2].split("\r\n").collect();
    let mut lines: Vec<String> = Vec::new();
    for line in physical {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.chars().any(|c| c.is_control()), "{line:?}");
        match line.strip_prefix(' ') {
            Some(more) => lines.last_mut().expect("a line to go on with").push_str(more),
            None => lines.push(line.to_owned()),
        }
    }
    let (mut open, mut components) = (Vec::<String>::new(), Vec::new());
    let mut calendar = Vec::new();
    for line in lines {
        let (head, value) = line.split_once(':').expect("a name and a value");
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '-'), "{name}");
        match name {
            "BEGIN" => {
                open.push(value.to_owned());
                if open.len() == 2 {
                    components.push(Component { name: value.to_owned(), properties: Vec::new() });
                }
            }
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            _ => {
                let texts = ["SUMMARY", "DESCRIPTION", "NAME", "X-WR-CALNAME"].contains(&name);
                let value = if texts { unescape(value) } else { value.to_owned() };
                let property = Property { name: name.to_owned(), parameters: parameters.to_owned(), value };
                match open.as_slice() {
                    [_] => calendar.push(property),
                    [_, _] => components.last_mut().unwrap().properties.push(property),
                    _ => panic!("a property outside a component: {name}"),
                }
            }
        }
    }
    assert!(open.is_empty());
    let known = |name: &str| calendar.iter().find(|property| property.name == name).map(|p| p.value.as_str());
    assert_eq!((known("VERSION"), known("PRODID").is_some()), (Some("2.0"), true));
    assert!(!components.is_empty(), "a calendar holds at least one component");
    let mut uids: Vec<&str> =
        components.iter().map(|component| component.get("UID").expect("a UID")).collect();
    for component in &components {
        let stamp = component.get("DTSTAMP").expect("a DTSTAMP");
        assert!(stamp.len() == 16 && stamp.ends_with('Z') && stamp.as_bytes()[8] == b'T', "{stamp}");
        assert!(component.get("SUMMARY").is_some_and(|summary| !summary.is_empty()));
        if component.name == "VEVENT" {
            for name in ["DTSTART", "DTEND"] {
                let day = component.properties.iter().find(|property| property.name == name).expect(name);
                assert_eq!((day.parameters.as_str(), day.value.len()), ("VALUE=DATE", 8));
                assert!(day.value.bytes().all(|b| b.is_ascii_digit()));
            }
            assert!(component.get("DTSTART") < component.get("DTEND"));
        } else {
            assert_eq!((component.name.as_str(), component.get("STATUS")), ("VTODO", Some("NEEDS-ACTION")));
        }
    }
    uids.sort_unstable();
    let count = uids.len();
    uids.dedup();
    assert_eq!(uids.len(), count, "an identifier is there twice");
    components
}

fn unescape(value: &str) -> String {
    let mut out = String::new();
    let mut signs = value.chars();
    while let Some(c) = signs.next() {
        match c {
            '\\' => match signs.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => out.push(c),
                other => panic!("{other:?} is not escaped so"),
            },
            ';' | ',' => panic!("`{c}` is not escaped: {value}"),
            c => out.push(c),
        }
    }
    out
}
