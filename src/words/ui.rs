//! What the full screen says.

use super::Lang;
use std::borrow::Cow;

/// A sentence or a word of the full screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Ui {
    /// Name of the outline panel.
    Outline,
}

impl Ui {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Ui::Outline => "plan".into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Ui::Outline => "outline".into(),
        }
    }
}
