//! What `jalon walk` says: plain sentences that a screen reader reads well, with states in words and no marks.

use super::{Lang, Since};
use crate::guide::{CleanText, ContactKind, ItemKind};
use std::borrow::Cow;

/// A sentence of the linear mode.
#[derive(Clone, Debug, PartialEq)]
pub enum Aloud {
    /// A guide or a group: its title, how many items are settled, of how many.
    Progress(CleanText, usize, usize),
    /// An item: its kind, its number, of how many, where it stands, its label.
    Item(ItemKind, usize, usize, Stands, CleanText),
    /// A row of the status: number, label, where it stands.
    Row(usize, CleanText, Stands),
    /// What was carried over: the label that it had, and where that stood.
    CarriedFrom(CleanText, Stands),
    /// The reason of a skip.
    Reason(CleanText),
    /// A note.
    Note(CleanText),
    /// A contact: its number, address, kind, and what the guide calls it and the section, where they say more.
    Contact(usize, CleanText, ContactKind, Vec<CleanText>),
    /// The question at an item, or where there is none.
    Ask(Asked),
    /// The answer was not understood: one line of help.
    NotUnderstood,
    /// No item is meant; how many there are.
    NoSuchItem(usize),
    /// No contact is meant; how many there are.
    NoSuchContact(usize),
    /// There is none behind this one.
    Last,
    /// There is none before this one.
    First,
    /// Nothing was skipped.
    NotSkipped,
    /// The note is what it was.
    NoteKept,
    /// Nothing but text can be sent where the output goes.
    TextAlone,
    /// The item that one was at is no longer in the guide.
    ItemGone,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// What to do with an open step or task.
    Open,
    /// With a settled one.
    Settled,
    /// With one whose text changed since it was settled.
    Changed,
    /// With a value.
    Value,
    /// With what was carried over by likeness.
    Carried,
    /// Where to go, at no item.
    Nowhere,
    /// What to read, in a guide without items.
    NoItems,
    /// Why to skip.
    Why,
    /// What to note.
    WhatNote,
    /// Which contact to copy.
    WhichContact,
}

/// Where an item stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Stands {
    /// Open.
    Todo,
    /// Done; ticked in the file itself where nobody did it.
    Done(Option<When>),
    /// Skipped.
    Skipped(Option<When>),
    /// A value affirmed lately.
    Upheld(Option<When>),
    /// A value affirmed long ago.
    Due(Option<When>),
    /// Carried over by likeness: waits for a yes.
    Carried,
    /// Done, and its text changed since.
    Changed(Option<When>),
}

/// When something was done, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// How long ago.
    pub since: Since,
    /// The day, `2026-11-24`.
    pub day: String,
    /// Who; empty where nobody says.
    pub by: CleanText,
}

impl Aloud {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Aloud::Progress(title, done, total) => format!("{title} (avancement : {done} sur {total})").into(),
            Aloud::Item(kind, n, total, stands, label) => {
                let kind = match kind {
                    ItemKind::Step => "Étape",
                    ItemKind::Task => "Tâche",
                    ItemKind::Value => "Valeur",
                };
                format!("{kind} {n} sur {total}, {} : {label}", stands.french()).into()
            }
            Aloud::Row(n, label, stands) => format!("{n}. {label} : {}", stands.french()).into(),
            Aloud::CarriedFrom(label, stands) => {
                format!("Repris d’un texte proche, « {label} », {} : est-ce bien la même chose ?", stands.french())
                    .into()
            }
            Aloud::Reason(reason) => format!("Raison : {reason}").into(),
            Aloud::Note(note) => format!("Note : {note}").into(),
            Aloud::Contact(n, bare, kind, more) => {
                let kind = match kind {
                    ContactKind::Mail => "courriel",
                    ContactKind::Phone => "téléphone",
                    ContactKind::Web => "page web",
                };
                contact(*n, bare, kind, more).into()
            }
            Aloud::Ask(asked) => match asked {
                Asked::Open => "fait, passer, note, suivant, aide ?",
                Asked::Settled => "suivant, note, décocher, aide ?",
                Asked::Changed => "confirmer, décocher, suivant, aide ?",
                Asked::Value => "affirmer, note, suivant, aide ?",
                Asked::Carried => "confirmer, refuser, suivant, aide ?",
                Asked::Nowhere => "suivant, état, texte, contacts, aide, quitter ?",
                Asked::NoItems => "texte, contacts, aide, quitter ?",
                Asked::Why => "Pour quelle raison ? (rien : ne pas passer)",
                Asked::WhatNote => "Quelle note ? (rien : ne rien changer ; un tiret : la retirer)",
                Asked::WhichContact => "Numéro à copier ? (rien : revenir)",
            }
            .into(),
            Aloud::NotUnderstood => "Réponse inconnue. Au choix : fait, passer, note, suivant, précédent, aller \
                                     (numéro), texte, contacts, annuler, état, aide, quitter."
                .into(),
            Aloud::NoSuchItem(0) => "Ce guide n’a rien à cocher.".into(),
            Aloud::NoSuchItem(total) => format!("Rien ne répond à cela ; les numéros vont de 1 à {total}.").into(),
            Aloud::NoSuchContact(total) => format!("Pas de tel contact ; les numéros vont de 1 à {total}.").into(),
            Aloud::Last => "C’est le dernier élément du guide.".into(),
            Aloud::First => "C’est le premier élément du guide.".into(),
            Aloud::NotSkipped => "Rien n’a été passé.".into(),
            Aloud::NoteKept => "Rien n’a été noté.".into(),
            Aloud::TextAlone => "seul du texte passe par ici ; voici l’adresse".into(),
            Aloud::ItemGone => "Le guide a changé entre-temps, et l’élément n’y est plus : rien n’a été fait.".into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Aloud::Progress(title, done, total) => format!("{title} (progress: {done} of {total})").into(),
            Aloud::Item(kind, n, total, stands, label) => {
                let kind = match kind {
                    ItemKind::Step => "Step",
                    ItemKind::Task => "Task",
                    ItemKind::Value => "Value",
                };
                format!("{kind} {n} of {total}, {}: {label}", stands.english()).into()
            }
            Aloud::Row(n, label, stands) => format!("{n}. {label}: {}", stands.english()).into(),
            Aloud::CarriedFrom(label, stands) => {
                format!("Carried over from a like text, “{label}”, {}: is it the same thing?", stands.english()).into()
            }
            Aloud::Reason(reason) => format!("Reason: {reason}").into(),
            Aloud::Note(note) => format!("Note: {note}").into(),
            Aloud::Contact(n, bare, kind, more) => {
                let kind = match kind {
                    ContactKind::Mail => "mail",
                    ContactKind::Phone => "telephone",
                    ContactKind::Web => "web page",
                };
                contact(*n, bare, kind, more).into()
            }
            Aloud::Ask(asked) => match asked {
                Asked::Open => "done, skip, note, next, help?",
                Asked::Settled => "next, note, untick, help?",
                Asked::Changed => "confirm, untick, next, help?",
                Asked::Value => "affirm, note, next, help?",
                Asked::Carried => "confirm, refuse, next, help?",
                Asked::Nowhere => "next, status, text, contacts, help, quit?",
                Asked::NoItems => "text, contacts, help, quit?",
                Asked::Why => "For what reason? (nothing: do not skip)",
                Asked::WhatNote => "Which note? (nothing: change nothing; a dash: take it away)",
                Asked::WhichContact => "Number to copy? (nothing: go back)",
            }
            .into(),
            Aloud::NotUnderstood => "Not understood. Answers: done, skip, note, next, previous, go (number), text, \
                                     contacts, undo, status, help, quit."
                .into(),
            Aloud::NoSuchItem(0) => "This guide has nothing to tick.".into(),
            Aloud::NoSuchItem(total) => format!("Nothing answers to that; the numbers go from 1 to {total}.").into(),
            Aloud::NoSuchContact(total) => format!("No such contact; the numbers go from 1 to {total}.").into(),
            Aloud::Last => "This is the last item of the guide.".into(),
            Aloud::First => "This is the first item of the guide.".into(),
            Aloud::NotSkipped => "Nothing was skipped.".into(),
            Aloud::NoteKept => "Nothing was noted.".into(),
            Aloud::TextAlone => "nothing but text can be sent this way; here is the address".into(),
            Aloud::ItemGone => {
                "The guide changed meanwhile, and the item is not in it any more: nothing was done.".into()
            }
        }
    }
}

impl Stands {
    /// All that may be settled is feminine in French: étape, tâche, valeur.
    fn french(&self) -> String {
        let when = |what: &str, when: &Option<When>| match when {
            Some(when) => format!("{what} {}", when.say(Lang::Fr)),
            None => what.to_owned(),
        };
        match self {
            Stands::Todo => "à faire".to_owned(),
            Stands::Done(None) => "faite d’après le fichier".to_owned(),
            Stands::Done(at) => when("faite", at),
            Stands::Skipped(at) => when("passée", at),
            Stands::Upheld(at) => when("affirmée", at),
            Stands::Due(at) => when("à revoir, affirmée", at),
            Stands::Carried => "à confirmer".to_owned(),
            Stands::Changed(at) => format!("{}, texte modifié depuis", when("faite", at)),
        }
    }

    fn english(&self) -> String {
        let when = |what: &str, when: &Option<When>| match when {
            Some(when) => format!("{what} {}", when.say(Lang::En)),
            None => what.to_owned(),
        };
        match self {
            Stands::Todo => "to do".to_owned(),
            Stands::Done(None) => "done by the file’s own tick".to_owned(),
            Stands::Done(at) => when("done", at),
            Stands::Skipped(at) => when("skipped", at),
            Stands::Upheld(at) => when("affirmed", at),
            Stands::Due(at) => when("due for review, affirmed", at),
            Stands::Carried => "to confirm".to_owned(),
            Stands::Changed(at) => format!("{}, text changed since", when("done", at)),
        }
    }
}

impl When {
    fn say(&self, lang: Lang) -> String {
        let since = self.since.say(lang);
        if self.by.is_empty() {
            format!("{since} ({})", self.day)
        } else {
            format!("{since} ({}, {})", self.day, self.by)
        }
    }
}

fn contact(n: usize, bare: &CleanText, kind: &str, more: &[CleanText]) -> String {
    let more: String = more.iter().map(|part| format!(", {part}")).collect();
    format!("{n}. {bare}, {kind}{more}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_punctuation_never_stands_alone_at_a_line_s_start() {
        let source = include_str!("aloud.rs");
        let french = source.split("fn french").nth(1).unwrap().split("fn english").next().unwrap();
        let sentences: Vec<&str> = french.lines().filter(|l| l.contains('"')).collect();
        assert!(sentences.len() > 30, "the sentences were not found");
        for sentence in sentences {
            let loose = [" :", " ;", " !", " ?", " »", "« ", "'"].into_iter().find(|l| sentence.contains(l));
            assert_eq!(loose, None, "{sentence}");
        }
    }

    #[test]
    fn it_is_told_how_long_ago_on_which_day_and_by_whom() {
        let when = When { since: Since::Days(3), day: "2026-11-24".into(), by: CleanText::line("lise") };
        let value = Aloud::Item(ItemKind::Value, 6, 9, Stands::Upheld(Some(when)), CleanText::line("Indépendance"));
        let french = "Valeur 6 sur 9, affirmée il y a 3 jours (2026-11-24, lise)\u{a0}: Indépendance";
        assert_eq!(value.say(Lang::Fr), french);
        assert_eq!(value.say(Lang::En), "Value 6 of 9, affirmed 3 days ago (2026-11-24, lise): Indépendance");
    }
}
