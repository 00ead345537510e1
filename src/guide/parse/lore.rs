//! What a part of the guide must know of the others to be parsed as it stands in the whole: where references lead that
//! are defined elsewhere, which footnotes are written elsewhere, and their numbers. Parses nothing.

use std::collections::{HashMap, HashSet};
use unicase::UniCase;

/// What is known of the whole guide. Empty before the whole was read.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Lore {
    /// The targets of reference definitions, by label (CommonMark 4.7: letter case does not count).
    definitions: HashMap<UniCase<String>, String>,
    /// Labels of the footnotes that are written anywhere.
    written: HashSet<UniCase<String>>,
    /// Footnotes' numbers, by label.
    numbers: HashMap<String, u32>,
}

impl Lore {
    /// A definition; the first one of a label counts.
    pub(in super::super) fn define(&mut self, label: &str, target: &str) {
        self.definitions.entry(UniCase::new(label.to_owned())).or_insert_with(|| target.to_owned());
    }

    /// A footnote is written somewhere.
    pub(in super::super) fn write(&mut self, label: &str) {
        self.written.insert(UniCase::new(label.to_owned()));
    }

    /// Numbers a footnote, unless it has a number.
    pub(in super::super) fn count(&mut self, label: &str) {
        let next = self.numbers.len() as u32 + 1;
        self.numbers.entry(label.to_owned()).or_insert(next);
    }

    /// Where a reference leads.
    pub(in super::super) fn definition(&self, label: &str) -> Option<&str> {
        if self.definitions.is_empty() {
            return None;
        }
        self.definitions.get(&UniCase::new(label.to_owned())).map(String::as_str)
    }

    /// A footnote's number.
    pub(in super::super) fn number(&self, label: &str) -> Option<u32> {
        self.numbers.get(label).copied()
    }

    /// Whether any footnote is written.
    pub(in super::super) fn has_notes(&self) -> bool {
        !self.written.is_empty()
    }

    /// Markdown to be parsed before a part, so that it knows the footnotes that are written elsewhere: a mark without a
    /// note is plain text (GFM). It ends with a heading, which leaves nothing open. Empty where there is nothing to know.
    pub(super) fn preface(&self, text: &str) -> String {
        let mut preface = String::new();
        let mut seen = HashSet::new();
        let marks = if self.written.is_empty() { "" } else { text };
        for (at, _) in marks.match_indices("[^") {
            let rest = text.get(at + 2..).unwrap_or_default();
            let Some(label) = label(rest).filter(|label| seen.insert(*label)) else { continue };
            let plain = label.split_whitespace().collect::<Vec<_>>().join(" ");
            if self.written.contains(&UniCase::new(plain)) {
                preface.push_str("[^");
                preface.push_str(label);
                preface.push_str("]: x\n\n");
            }
        }
        if !preface.is_empty() {
            preface.push_str("#\n");
        }
        preface
    }
}

/// A footnote's label as it stands before the bracket that closes it; on one line, and of at most 999 characters
/// (CommonMark 6.3).
fn label(text: &str) -> Option<&str> {
    let mut escaped = false;
    for (at, c) in text.char_indices().take(1000) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            ']' => return text.get(..at).filter(|label| !label.trim().is_empty()),
            '[' | '\n' => return None,
            _ => {}
        }
    }
    None
}
