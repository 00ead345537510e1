//! What can be answered to `jalon walk`: the words and letters in each language, and what each does. The prompt, the
//! help and the parser read this table; what an answer changes is the business of `cli`.

use super::Lang;

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Tick, affirm or confirm the item.
    Done,
    /// Take a tick, a skip or an affirmation back.
    Untick,
    /// What was carried over belongs to the item.
    Yes,
    /// It does not.
    No,
    /// Skip it.
    Skip,
    /// Put a note on it.
    Note,
    /// On to the next one.
    Next,
    /// Back to the one before.
    Previous,
    /// To a number; without one, to the next open item.
    GoTo,
    /// The item once more.
    Again,
    /// The text of the whole section.
    Section,
    /// The contacts; with a number, copy one.
    Contacts,
    /// Take the last change back.
    Undo,
    /// Make it count again.
    Redo,
    /// What is done and what is open.
    Status,
    /// The answers.
    Help,
    /// Leave.
    Quit,
}

impl Reply {
    /// All of them, in the order of the help.
    pub const ALL: [Reply; 17] = [
        Reply::Done,
        Reply::Untick,
        Reply::Yes,
        Reply::No,
        Reply::Skip,
        Reply::Note,
        Reply::Next,
        Reply::Previous,
        Reply::GoTo,
        Reply::Again,
        Reply::Section,
        Reply::Contacts,
        Reply::Undo,
        Reply::Redo,
        Reply::Status,
        Reply::Help,
        Reply::Quit,
    ];

    /// The words and letters for it in a language, the one to show first.
    pub fn words(self, lang: Lang) -> &'static [&'static str] {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    /// Whether something may follow: a reason, a note, a number.
    pub fn takes_more(self) -> bool {
        matches!(self, Reply::Skip | Reply::Note | Reply::GoTo | Reply::Contacts)
    }

    /// What it does.
    pub fn does(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => match self {
                Reply::Done => "cocher l’étape, affirmer la valeur, confirmer",
                Reply::Untick => "rouvrir ce qui est réglé",
                Reply::Yes => "confirmer ce qui a été repris d’un texte proche",
                Reply::No => "refuser ce qui a été repris d’un texte proche",
                Reply::Skip => "passer, avec une raison",
                Reply::Note => "écrire une note",
                Reply::Next => "au suivant (Entrée seule aussi)",
                Reply::Previous => "au précédent",
                Reply::GoTo => "au numéro donné, sinon au prochain à faire",
                Reply::Again => "relire l’élément",
                Reply::Section => "lire toute la section",
                Reply::Contacts => "lister les contacts, ou copier celui dont on donne le numéro",
                Reply::Undo => "annuler le dernier changement",
                Reply::Redo => "rétablir ce qui a été annulé",
                Reply::Status => "dire où l’on en est",
                Reply::Help => "lister les réponses",
                Reply::Quit => "quitter",
            },
            Lang::En => match self {
                Reply::Done => "tick the step, affirm the value, confirm",
                Reply::Untick => "open again what is settled",
                Reply::Yes => "confirm what was carried over from a like text",
                Reply::No => "refuse what was carried over from a like text",
                Reply::Skip => "skip, with a reason",
                Reply::Note => "write a note",
                Reply::Next => "on to the next one (Enter alone too)",
                Reply::Previous => "back to the one before",
                Reply::GoTo => "to the number given, else to the next open one",
                Reply::Again => "read the item again",
                Reply::Section => "read the whole section",
                Reply::Contacts => "list the contacts, or copy the one whose number is given",
                Reply::Undo => "undo the last change",
                Reply::Redo => "redo what was undone",
                Reply::Status => "tell what is done and what is open",
                Reply::Help => "list the answers",
                Reply::Quit => "quit",
            },
        }
    }

    fn french(self) -> &'static [&'static str] {
        match self {
            Reply::Done => &["fait", "f", "x", "faite", "cocher", "coche", "affirmer", "confirmer"],
            Reply::Untick => &["décocher", "décoche", "rouvrir"],
            Reply::Yes => &["oui", "o"],
            Reply::No => &["refuser", "non"],
            Reply::Skip => &["passer", "p", "passe"],
            Reply::Note => &["note", "n", "noter"],
            Reply::Next => &["suivant", "s", "suivante"],
            Reply::Previous => &["précédent", "b", "précédente", "retour"],
            Reply::GoTo => &["aller", "g", ".", "va"],
            Reply::Again => &["répéter", "r", "encore"],
            Reply::Section => &["texte", "t", "section"],
            Reply::Contacts => &["contacts", "c", "contact", "copier", "copie"],
            Reply::Undo => &["annuler", "u", "annule"],
            Reply::Redo => &["rétablir"],
            Reply::Status => &["état", "l", "liste"],
            Reply::Help => &["aide", "h", "?"],
            Reply::Quit => &["quitter", "q"],
        }
    }

    fn english(self) -> &'static [&'static str] {
        match self {
            Reply::Done => &["done", "d", "x", "tick", "affirm", "confirm"],
            Reply::Untick => &["untick", "reopen"],
            Reply::Yes => &["yes", "y"],
            Reply::No => &["refuse", "no"],
            Reply::Skip => &["skip", "s"],
            Reply::Note => &["note", "e"],
            Reply::Next => &["next", "n"],
            Reply::Previous => &["previous", "p", "b", "back"],
            Reply::GoTo => &["go", "g", ".", "goto"],
            Reply::Again => &["repeat", "r", "again"],
            Reply::Section => &["text", "t", "section"],
            Reply::Contacts => &["contacts", "c", "contact", "copy"],
            Reply::Undo => &["undo", "u"],
            Reply::Redo => &["redo"],
            Reply::Status => &["status", "l", "list"],
            Reply::Help => &["help", "h", "?"],
            Reply::Quit => &["quit", "q", "exit"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::fold;
    use std::collections::BTreeMap;

    #[test]
    fn no_word_means_two_things_in_one_language() {
        for lang in [Lang::Fr, Lang::En] {
            let mut meant = BTreeMap::new();
            for reply in Reply::ALL {
                for word in reply.words(lang) {
                    assert_eq!(meant.insert(fold(word).text, reply), None, "{word}");
                }
            }
        }
    }

    #[test]
    fn every_answer_has_a_word_of_its_own_and_a_sentence() {
        for lang in [Lang::Fr, Lang::En] {
            for reply in Reply::ALL {
                assert!(reply.words(lang).first().is_some_and(|word| word.len() > 1), "{reply:?}");
                assert!(reply.does(lang).len() > 3, "{reply:?}");
            }
        }
    }
}
