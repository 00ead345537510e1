//! `CleanText`: the only text that any other room may show, copy or print.

use std::fmt;
use std::ops::Deref;

/// Text without a character that could drive a terminal or hide from the reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CleanText(String);

impl CleanText {
    /// Cleans text that may span lines: line feeds and tabs are kept.
    pub fn new(raw: &str) -> CleanText {
        CleanText(raw.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
    }

    /// Cleans to one line: runs of white space become one space, ends are trimmed. No-break spaces are kept.
    pub fn line(raw: &str) -> CleanText {
        let kept = CleanText::new(raw);
        CleanText(kept.split([' ', '\n', '\t']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join(" "))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for CleanText {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl serde::Serialize for CleanText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
