//! What the command line says: answers and errors.

use super::Lang;
use std::borrow::Cow;

/// A sentence of the command line.
#[derive(Clone, Debug, PartialEq)]
pub enum Shell {
    /// Everything is settled.
    AllSettled,
}

impl Shell {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match (lang, self) {
            (Lang::Fr, Shell::AllSettled) => "Tout est fait.".into(),
            (Lang::En, Shell::AllSettled) => "Everything is settled.".into(),
        }
    }
}
