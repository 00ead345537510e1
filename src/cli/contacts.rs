//! `contacts`: addresses, numbers and links, one a line and bare, as other programs take them.

use super::page::{Page, Row};
use crate::guide::{CleanText, ContactKind, Guide};
use crate::theme::Role;
use serde::Serialize;

/// A contact as `--json` has it.
#[derive(Serialize)]
struct Told<'a> {
    kind: ContactKind,
    label: &'a CleanText,
    target: &'a CleanText,
    section: Option<&'a CleanText>,
}

/// The bare addresses.
pub fn contacts(guide: &Guide) -> Page {
    guide.contacts.iter().map(|c| Row::of(Role::Link, c.bare.as_str())).collect()
}

/// `contacts --json`
pub fn contacts_json(guide: &Guide) -> String {
    let told = guide.contacts.iter().map(|c| Told {
        kind: c.kind,
        label: &c.label,
        target: &c.target,
        section: c.heading.and_then(|h| guide.headings.get(h)).map(|h| &h.text),
    });
    super::json(&told.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::plain;
    use super::super::samples;
    use super::*;

    #[test]
    fn contacts_are_bare_for_people_and_whole_for_programs() {
        let guide = samples::guide();
        assert_eq!(plain(&contacts(&guide)), "aide@exemple.fr\n");
        let json: serde_json::Value = serde_json::from_str(&contacts_json(&guide)).unwrap();
        let whole = serde_json::json!(
            [{"kind": "mail", "label": "écrivez", "target": "mailto:aide@exemple.fr", "section": "Fin"}]
        );
        assert_eq!(json, whole);
    }
}
