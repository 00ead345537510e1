//! Why a tick that is in the journal is not in the guide's file as well. One line each; each says that nothing is lost.

use super::Lang;
use crate::guide::CleanText;
use std::borrow::Cow;

/// Why a box was not written into the guide's file, with the file's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoxTrouble {
    /// There is no file: the guide is built in, or came through a pipe.
    NoFile,
    /// The file was edited since it was read.
    Edited(CleanText),
    /// The file is UTF-16.
    Utf16(CleanText),
    /// The file is not all UTF-8.
    NotUtf8(CleanText),
    /// The file must not be written.
    ReadOnly(CleanText),
    /// The file is gone.
    Gone(CleanText),
    /// The system refused, in these words.
    Io(CleanText, CleanText),
}

impl BoxTrouble {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        let kept = |file, why: &str| format!("Noté dans le journal seul, {file} reste tel quel : {why}").into();
        match self {
            BoxTrouble::NoFile => {
                "--write-boxes : ce guide n’a pas de fichier, tout se note dans le journal seul".into()
            }
            BoxTrouble::Edited(file) => kept(file, "cette ligne n’y est plus au même endroit"),
            BoxTrouble::Utf16(file) => kept(file, "il est en UTF-16"),
            BoxTrouble::NotUtf8(file) => kept(file, "il n’est pas entièrement en UTF-8"),
            BoxTrouble::ReadOnly(file) => kept(file, "il est en lecture seule"),
            BoxTrouble::Gone(file) => kept(file, "il a disparu"),
            BoxTrouble::Io(file, why) => kept(file, why),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        let kept = |file, why: &str| format!("Kept in the journal alone, {file} stays as it is: {why}").into();
        match self {
            BoxTrouble::NoFile => "--write-boxes: this guide has no file, all is kept in the journal alone".into(),
            BoxTrouble::Edited(file) => kept(file, "this line is not in the same place any more"),
            BoxTrouble::Utf16(file) => kept(file, "it is UTF-16"),
            BoxTrouble::NotUtf8(file) => kept(file, "it is not all UTF-8"),
            BoxTrouble::ReadOnly(file) => kept(file, "it is read-only"),
            BoxTrouble::Gone(file) => kept(file, "it is gone"),
            BoxTrouble::Io(file, why) => kept(file, why),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_says_that_the_journal_has_it() {
        let file = || CleanText::line("a.md");
        let all = [
            BoxTrouble::NoFile,
            BoxTrouble::Edited(file()),
            BoxTrouble::Utf16(file()),
            BoxTrouble::NotUtf8(file()),
            BoxTrouble::ReadOnly(file()),
            BoxTrouble::Gone(file()),
            BoxTrouble::Io(file(), CleanText::line("panne")),
        ];
        for trouble in all {
            let (french, english) = (trouble.say(Lang::Fr), trouble.say(Lang::En));
            assert!(french.contains("dans le journal seul") && english.contains("in the journal alone"), "{french}");
            assert!(trouble == BoxTrouble::NoFile || (french.contains("a.md") && english.contains("a.md")));
            assert!(![" :", " ;", "'"].iter().any(|apart| french.contains(apart)), "{french}");
        }
    }
}
