//! What the layout says between the guide's own words.

use super::Lang;
use std::borrow::Cow;

/// A word that the layout adds to the guide's text.
#[derive(Clone, Debug, PartialEq)]
pub enum LayoutWord {
    /// Label of `[!NOTE]`.
    Note,
    /// Label of `[!TIP]`.
    Tip,
    /// Label of `[!IMPORTANT]`.
    Important,
    /// Label of `[!WARNING]`.
    Warning,
    /// Label of `[!CAUTION]`.
    Caution,
    /// Between a table's head and a value, where they stand in one line.
    Colon,
    /// A table's columns that are not shown.
    MoreColumns(usize),
}

impl LayoutWord {
    /// The word in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(lang),
            Lang::En => self.english(lang),
        }
    }

    fn french(&self, lang: Lang) -> Cow<'static, str> {
        match self {
            LayoutWord::Note => "Note".into(),
            LayoutWord::Tip => "Astuce".into(),
            LayoutWord::Important => "Important".into(),
            LayoutWord::Warning => "Attention".into(),
            LayoutWord::Caution => "Danger".into(),
            LayoutWord::Colon => "\u{A0}: ".into(),
            LayoutWord::MoreColumns(n) => format!("{n} {}", lang.plural(*n, "autre colonne", "autres colonnes")).into(),
        }
    }

    fn english(&self, lang: Lang) -> Cow<'static, str> {
        match self {
            LayoutWord::Note => "Note".into(),
            LayoutWord::Tip => "Tip".into(),
            LayoutWord::Important => "Important".into(),
            LayoutWord::Warning => "Warning".into(),
            LayoutWord::Caution => "Caution".into(),
            LayoutWord::Colon => ": ".into(),
            LayoutWord::MoreColumns(n) => format!("{n} more {}", lang.plural(*n, "column", "columns")).into(),
        }
    }
}
