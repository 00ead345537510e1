//! What is told of one item: where it stands, since when, by whom, and each record of its journal.

use super::{Lang, Panel, Shell};
use crate::guide::CleanText;
use std::borrow::Cow;

/// A sentence about an item's past.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Past {
    /// Title of an item's journal.
    Title,
    /// Title of the items that are no longer in the guide.
    Gone,
    /// The same of one item.
    IsGone,
    /// Where it stands.
    Stands(Stood, Option<CleanText>, Option<Day>),
    /// Why it was skipped.
    Because(CleanText),
    /// The note on it.
    Note(CleanText),
    /// What was recorded of a similar text waits for an answer: the label that it had.
    Carried(CleanText),
    /// Its text changed since it was settled.
    Changed,
    /// Above the records of a day.
    On(Day),
    /// A record, by its name in the journal.
    Did(&'static str),
    /// A record that takes another back, or brings it back: its name, and the other's.
    About(&'static str, &'static str),
    /// The note was taken away.
    NoteGone,
    /// What was carried over from a similar text was found to be this item's: the label that it had.
    TakenOver(CleanText),
    /// What was carried over was refused.
    Refused,
    /// The text that changed was read and found good.
    ReadAgain,
    /// Brought in: what, by whom, and on which day.
    BroughtIn(&'static str, CleanText, String),
    /// After a record: the label that the item had then.
    Under(CleanText),
    /// After a record: it was undone since.
    TakenBack,
    /// The journal holds nothing of this item.
    Nothing,
}

/// A day, as people tell it: how many days ago, and its date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Days ago, by the calendar.
    pub ago: i64,
    /// `2026-11-24`.
    pub date: String,
}

/// Where an item stands, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stood {
    /// A step or a task that is open.
    Todo,
    /// A value that nobody affirmed.
    Unaffirmed,
    /// Done.
    Done,
    /// Ticked in the file, by nobody known.
    InFile,
    /// Skipped.
    Skipped,
    /// A value that is upheld.
    Upheld,
    /// A value that asks to be reviewed.
    Due,
}

impl Past {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        let op = |name| Shell::Op(name).say(Lang::Fr);
        match self {
            Past::Title => "Journal".into(),
            Past::Gone => "Plus dans le guide".into(),
            Past::IsGone => "n’est plus dans le guide ; rien n’en est effacé".into(),
            Past::Stands(stood, by, day) => {
                let by = by.as_ref().map(|by| format!(" par {by}"));
                stands(stood.french(), by, day.as_ref().map(|d| d.say(Lang::Fr))).into()
            }
            Past::Because(why) => format!("raison : {why}").into(),
            Past::Note(text) => format!("note : {text}").into(),
            Past::Carried(label) => format!("à confirmer ou à refuser, reporté de « {label} »").into(),
            Past::Changed => "à confirmer ou à refuser, le texte a changé depuis".into(),
            Past::On(day) => day.say(Lang::Fr).into(),
            Past::Did(name) => op(name),
            Past::About(name, of) => format!("{} : {}", op(name), op(of)).into(),
            Past::NoteGone => "note retirée".into(),
            Past::TakenOver(label) => format!("confirmé, reporté de « {label} »").into(),
            Past::Refused => "refusé : ce qui était reporté vient d’un autre texte".into(),
            Past::ReadAgain => "confirmé après relecture du texte changé".into(),
            Past::BroughtIn(what, by, on) => format!("importé : {} par {by}, {on}", op(what)).into(),
            Past::Under(label) => format!("(le texte était « {label} »)").into(),
            Past::TakenBack => Shell::TakenBack.say(Lang::Fr),
            Past::Nothing => "Rien n’a encore été noté ici.".into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        let op = |name| Shell::Op(name).say(Lang::En);
        match self {
            Past::Title => "Journal".into(),
            Past::Gone => "No longer in the guide".into(),
            Past::IsGone => "is no longer in the guide; nothing of it is erased".into(),
            Past::Stands(stood, by, day) => {
                let by = by.as_ref().map(|by| format!(" by {by}"));
                stands(stood.english(), by, day.as_ref().map(|d| d.say(Lang::En))).into()
            }
            Past::Because(why) => format!("reason: {why}").into(),
            Past::Note(text) => format!("note: {text}").into(),
            Past::Carried(label) => format!("to confirm or refuse, carried over from “{label}”").into(),
            Past::Changed => "to confirm or refuse, the text changed since".into(),
            Past::On(day) => day.say(Lang::En).into(),
            Past::Did(name) => op(name),
            Past::About(name, of) => format!("{}: {}", op(name), op(of)).into(),
            Past::NoteGone => "note taken away".into(),
            Past::TakenOver(label) => format!("confirmed, carried over from “{label}”").into(),
            Past::Refused => "refused: what was carried over is of another text".into(),
            Past::ReadAgain => "confirmed, the changed text read".into(),
            Past::BroughtIn(what, by, on) => format!("imported: {} by {by}, {on}", op(what)).into(),
            Past::Under(label) => format!("(the text was “{label}”)").into(),
            Past::TakenBack => Shell::TakenBack.say(Lang::En),
            Past::Nothing => "Nothing was recorded here yet.".into(),
        }
    }
}

impl Day {
    /// `il y a 3 j, 2026-11-21`.
    fn say(&self, lang: Lang) -> String {
        format!("{}, {}", Panel::Ago(self.ago).say(lang), self.date)
    }
}

impl Stood {
    fn french(self) -> &'static str {
        match self {
            Stood::Todo => "à faire",
            Stood::Unaffirmed => "à affirmer",
            Stood::Done => "fait",
            Stood::InFile => "coché dans le fichier",
            Stood::Skipped => "passé",
            Stood::Upheld => "affirmée",
            Stood::Due => "à revoir, affirmée",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Stood::Todo => "to do",
            Stood::Unaffirmed => "to affirm",
            Stood::Done => "done",
            Stood::InFile => "ticked in the file",
            Stood::Skipped => "skipped",
            Stood::Upheld => "affirmed",
            Stood::Due => "to review, affirmed",
        }
    }
}

fn stands(stood: &str, by: Option<String>, day: Option<String>) -> String {
    let day = day.map(|day| format!(", {day}"));
    format!("{stood}{}{}", by.unwrap_or_default(), day.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text() -> CleanText {
        CleanText::line("Réserver")
    }

    #[test]
    fn where_an_item_stands_is_told_as_far_as_it_is_known() {
        let day = || Some(Day { ago: 3, date: "2026-11-21".into() });
        let stands = |stood, by: bool, on: bool| {
            let past = Past::Stands(stood, by.then(|| CleanText::line("lise")), day().filter(|_| on));
            (past.say(Lang::Fr).into_owned(), past.say(Lang::En).into_owned())
        };
        assert_eq!(stands(Stood::Done, true, true).0, "fait par lise, il y a 3 j, 2026-11-21");
        assert_eq!(stands(Stood::Due, true, true).1, "to review, affirmed by lise, 3 d ago, 2026-11-21");
        assert_eq!(stands(Stood::Todo, false, false), ("à faire".into(), "to do".into()));
    }

    #[test]
    fn french_sets_a_no_break_space_before_double_punctuation() {
        let day = Day { ago: 3, date: "2026-11-21".into() };
        let all = [
            Past::Title,
            Past::Gone,
            Past::IsGone,
            Past::Stands(Stood::Skipped, Some(text()), Some(day.clone())),
            Past::Because(text()),
            Past::Note(text()),
            Past::Carried(text()),
            Past::Changed,
            Past::On(day),
            Past::Did("done"),
            Past::About("undo", "done"),
            Past::NoteGone,
            Past::TakenOver(text()),
            Past::Refused,
            Past::ReadAgain,
            Past::BroughtIn("done", text(), "2026-11-21".into()),
            Past::Under(text()),
            Past::TakenBack,
            Past::Nothing,
        ];
        for past in all {
            let (french, english) = (past.say(Lang::Fr), past.say(Lang::En));
            for apart in [" :", " ;", " !", " ?", " »", "« ", "'"] {
                assert!(!french.contains(apart), "{french}");
            }
            assert!(!english.is_empty() && (french != english || past == Past::Title), "{english}");
        }
    }
}
