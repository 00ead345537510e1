//! Link targets. What the program would hand to the system is held against the policy as it is written, in code that
//! has nothing in common with the program's: read from the link's characters, not from how it was made.

use crate::oracle;
use jalon::guide::{BaseUrl, ContactKind, Guide, Origin, Target, check};
use std::sync::LazyLock;

/// The base address that relative links are joined to here.
const BASE: &str = "https://base.exemple/a/b/";

/// A guide that only says what links are joined to: parsed once.
static NOTHING: LazyLock<Guide> = LazyLock::new(|| Guide::parse("", &origin()));

fn origin() -> Origin {
    Origin { name: String::new(), base_url: Some(BaseUrl::Asked(BASE.to_owned())) }
}

/// The bytes are a target.
pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let guide = &*NOTHING;
    if let Ok(link) = check(&text) {
        assert_may_open(&text, &link);
    }
    match guide.target(&text) {
        Target::Open(link) => {
            assert_may_open(&text, &link);
            let relative = !link_scheme(text.trim()).is_some_and(|scheme| ALLOWED.contains(&&*scheme));
            assert!(!relative || host(&link) == "base.exemple", "{text:?} leads to {link}");
        }
        Target::Guide(neighbour) => {
            let lower = neighbour.path.to_lowercase();
            assert!(lower.ends_with(".md") || lower.ends_with(".markdown"), "{neighbour:?}");
            assert!(
                !neighbour.path.contains('\0') && !text.trim().starts_with("//") && !text.contains('\\'),
                "{text:?}"
            );
            assert!(link_scheme(text.trim()).is_none(), "{text:?}");
        }
        Target::Place(_) => assert!(text.trim().starts_with('#'), "{text:?}"),
        Target::NoBase | Target::Refused(_) => {}
    }
    contacts(&text);
}

/// The same target where a guide has one: what of it is shown among the contacts, and copied from there.
fn contacts(target: &str) {
    let source = format!("[x](<{target}>) {target}\n");
    let guide = Guide::parse(&source, &origin());
    for contact in &guide.contacts {
        for text in [&contact.label, &contact.bare, &contact.target] {
            assert_eq!(oracle::line_offence(text), None, "{text:?}");
            assert_eq!(text.trim(), text.as_str(), "{text:?}");
        }
        match contact.kind {
            ContactKind::Web | ContactKind::Mail => {
                // What may be opened at all is opened in this form and no other.
                let opened = check(&contact.target);
                assert!(!opened.as_ref().is_ok_and(|link| *link != contact.target), "{contact:?}: {opened:?}");
                if let Ok(link) = opened {
                    assert_allowed(&link);
                }
            }
            ContactKind::Phone => {
                let number = contact.target.strip_prefix("tel:").unwrap_or_default();
                assert!(number.chars().all(|c| c.is_ascii_digit() || "+-.()*#".contains(c)), "{contact:?}");
                assert!(check(&contact.target).is_err(), "{contact:?} is called by hand");
            }
        }
    }
}

const ALLOWED: [&str; 3] = ["http", "https", "mailto"];

/// The letters before the first colon, if they can be a scheme's.
fn link_scheme(text: &str) -> Option<String> {
    let end = text.find(':')?;
    let scheme = text.get(..end)?;
    let first = scheme.chars().next()?;
    let fits = first.is_ascii_alphabetic() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    fits.then(|| scheme.to_ascii_lowercase())
}

/// What stands between `//` and the next `/`, `?` or `#`, without a port.
fn host(link: &str) -> &str {
    let rest = link.split("://").nth(1).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(inner) => inner.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

/// The policy on a link itself, and that it says what the target said.
fn assert_may_open(target: &str, link: &str) {
    assert_allowed(link);
    assert_eq!(check(link).as_deref(), Ok(link), "it is allowed once more as it stands");
    let scheme = link_scheme(link).unwrap_or_default();
    let target = target.trim();
    if link_scheme(target).as_deref() == Some(&scheme) && scheme != "mailto" {
        let said = host(target);
        if said.is_ascii() {
            assert_eq!(host(link), said, "{target:?} leads to another host");
        } else {
            assert!(host(link).is_ascii());
        }
    }
}

/// The policy on a link that may be handed over.
pub fn assert_allowed(link: &str) {
    assert!(link.len() <= 2048, "{} bytes", link.len());
    assert!(link.bytes().all(|b| b.is_ascii_graphic()), "{link:?}");
    match link_scheme(link).as_deref() {
        Some("http" | "https") => assert_web(link),
        Some("mailto") => assert_mail(link),
        _ => panic!("{link:?} is neither a web page nor a mail"),
    }
}

fn assert_web(link: &str) {
    let rest = link.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    assert!(!authority.contains(['@', '\\', '%', '<', '>', '"', '`', '$', '(', ';', '|', '&', '\'']), "{link:?}");
    assert!(!link.contains(['\\', '"', '<', '>', '`', '|', '^', '{', '}']), "{link:?}");
    let (name, port) = match authority.strip_prefix('[') {
        Some(inner) => {
            let (address, port) = inner.split_once(']').expect("the bracket is closed");
            assert!(address.contains(':') || address.parse::<std::net::Ipv6Addr>().is_err(), "{link:?}");
            assert!(address.bytes().all(|b| b.is_ascii_hexdigit() || b == b':' || b == b'.'), "{link:?}");
            ("", port.strip_prefix(':').unwrap_or(port))
        }
        None => authority.split_once(':').unwrap_or((authority, "")),
    };
    assert!(port.bytes().all(|b| b.is_ascii_digit()), "{link:?}");
    if !authority.starts_with('[') {
        assert!(!name.is_empty() && name.len() <= 253, "{link:?}");
        let name = name.strip_suffix('.').unwrap_or(name);
        for label in name.split('.') {
            assert!(!label.is_empty() && label.len() <= 63 && !label.starts_with('-'), "{link:?}");
            assert!(label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{link:?}");
        }
    }
}

/// People, then at most subjects and texts; undone, none of it begins a header of its own.
fn assert_mail(link: &str) {
    let rest = link.strip_prefix("mailto:").expect("in lower case");
    let (people, fields) = rest.split_once('?').unwrap_or((rest, ""));
    let people: Vec<&str> = people.split(',').collect();
    assert!((1..=16).contains(&people.len()), "{link:?}");
    for person in people {
        let person = undone(person);
        let (name, host) = person.split_once('@').unwrap_or_else(|| panic!("{link:?} is to nobody"));
        assert!(!name.is_empty() && !name.starts_with('-') && !host.is_empty() && !host.contains('@'), "{link:?}");
        assert!(person.bytes().all(|b| b.is_ascii_graphic() && !b",;:<>()[]\\\"".contains(&b)), "{link:?}");
        assert!(
            host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) && host.contains('.'),
            "{link:?}"
        );
    }
    for field in fields.split('&').filter(|field| !field.is_empty()) {
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        assert!(["subject", "body"].contains(&name), "{link:?} has a field {name}");
        assert!(value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)), "{link:?}");
        let value = undone(value);
        let lines = |c: char| c.is_ascii_control() && !(name == "body" && matches!(c, '\r' | '\n'));
        assert!(!value.contains(lines), "{link:?}");
    }
}

/// Percent-encoding undone.
fn undone(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        bytes.extend_from_slice(rest.split_at(at).0.as_bytes());
        let code = rest.get(at + 1..at + 3).unwrap_or_default();
        bytes.push(u8::from_str_radix(code, 16).unwrap_or_else(|_| panic!("{text:?} is not whole")));
        rest = rest.get(at + 3..).unwrap_or_default();
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8_lossy(&bytes).into_owned()
}
