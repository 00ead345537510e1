//! `tick`, `untick`, `skip` and `note`: which change is meant, and what is said of it. Changes nothing itself.

use super::invocation::Verb;
use super::page::{Page, Row, Voice};
use super::status::{mark, named};
use crate::guide::{CleanText, Guide, ItemIndex, ItemKind};
use crate::progress::{Change, Op, Report, Subject, Unselected};
use crate::theme::Role;
use crate::words::{Did, Shell};

/// What a change of the shell's comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The item.
    pub item: ItemIndex,
    /// What to record; none where it stands so already.
    pub change: Option<Change>,
    /// What to say once it is on disk.
    pub said: Shell,
    /// The item's kind and its state afterwards, for its mark.
    kind: ItemKind,
    state: &'static str,
}

/// Finds the item and the change. What is refused comes back as a sentence.
pub fn answer(guide: &Guide, report: &Report, wanted: &str, verb: &Verb) -> Result<Answer, Shell> {
    let index = report.select(guide, wanted).map_err(|why| match why {
        Unselected::Nothing => Shell::NoSuchItem(CleanText::line(wanted)),
        Unselected::Ambiguous(items) => several(guide, report, wanted, &items),
    })?;
    answer_for(guide, report, index, verb)
}

/// The sentence that names the items which words could mean.
pub(super) fn several(guide: &Guide, report: &Report, wanted: &str, items: &[ItemIndex]) -> Shell {
    let names = items.iter().map(|i| name(guide, report, *i)).collect();
    Shell::SeveralItems(CleanText::line(wanted), names)
}

/// The change to an item that is known. What is refused comes back as a sentence.
pub(super) fn answer_for(guide: &Guide, report: &Report, index: ItemIndex, verb: &Verb) -> Result<Answer, Shell> {
    let Some(item) = guide.items.get(index) else { return Err(Shell::NoSuchItem(CleanText::default())) };
    let told = report.item(index);
    let state = told.map_or("todo", |t| t.state);
    let name = name(guide, report, index);
    let value = item.kind == ItemKind::Value;
    // What waits to be confirmed stands for nothing yet: whatever is said of the item is an answer to it.
    let carried = told.is_some_and(|t| t.carried);
    let was_done = told.is_some_and(|t| carried && t.at.is_some() && t.reason.is_none());
    let changed = told.is_some_and(|t| t.changed && !carried && t.state == "done");
    let (stands, op, did, after) = match verb {
        Verb::Tick if value => (false, Op::Affirm, Did::Affirmed, "upheld"),
        Verb::Tick if was_done || changed => (false, Op::Confirm, Did::Confirmed, "done"),
        Verb::Tick => (state == "done", Op::Done, Did::Ticked, "done"),
        Verb::Untick => (told.is_some() && !carried && state == "todo", Op::Todo, Did::Reopened, "todo"),
        Verb::Skip(_) if value => return Err(Shell::ValueNotSkipped(name)),
        Verb::Skip(reason) => {
            let same = told.is_some_and(|t| !carried && t.reason.as_ref() == Some(reason));
            (same, Op::Skip { reason: reason.clone() }, Did::Skipped, "skipped")
        }
        Verb::Note(text) => {
            let has = told.and_then(|t| t.note.as_ref());
            let same = !carried && has.map_or("", |n| n.as_str()) == text.as_str();
            let did = if text.is_empty() { Did::Unnoted } else { Did::Noted };
            (same, Op::Note { text: text.clone() }, did, state)
        }
    };
    let change = (!stands).then(|| Change { subject: Subject::of_item(guide, index), op });
    let said = if stands { Shell::Already(did, name) } else { Shell::Did(did, name) };
    Ok(Answer { item: index, change, said, kind: item.kind, state: after })
}

impl Answer {
    /// The line that is printed once the change is on disk.
    pub fn page(&self, voice: &Voice) -> Page {
        let (role, mark) = mark(voice.glyphs, Some(self.kind), self.state);
        vec![Row::of(role, mark).with(Role::Text, format!(" {}", self.said.say(voice.lang)))]
    }
}

/// Number and label; the label alone where its group is left out and it has no number.
fn name(guide: &Guide, report: &Report, item: ItemIndex) -> String {
    let label = guide.items.get(item).map(|i| i.label.to_string()).unwrap_or_default();
    report.item(item).map_or(label, |told| named(told.n, &told.label))
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::words::Lang;

    fn ask(done: &[(usize, Op)], wanted: &str, verb: &Verb) -> Result<Answer, Shell> {
        let guide = samples::guide();
        answer(&guide, &samples::report(&guide, done), wanted, verb)
    }

    fn op(done: &[(usize, Op)], wanted: &str, verb: &Verb) -> Option<Op> {
        ask(done, wanted, verb).unwrap().change.map(|c| c.op)
    }

    fn text(words: &str) -> CleanText {
        CleanText::line(words)
    }

    #[test]
    fn a_step_is_ticked_once_and_a_value_affirmed_again() {
        assert_eq!(op(&[], "1", &Verb::Tick), Some(Op::Done));
        assert_eq!(op(&[(0, Op::Done)], "1", &Verb::Tick), None);
        assert_eq!(op(&[], "3", &Verb::Tick), Some(Op::Affirm));
        assert_eq!(op(&[(2, Op::Affirm)], "3", &Verb::Tick), Some(Op::Affirm));
    }

    #[test]
    fn what_is_open_cannot_be_opened() {
        assert_eq!(op(&[], "1", &Verb::Untick), None);
        assert_eq!(op(&[(0, Op::Done)], "1", &Verb::Untick), Some(Op::Todo));
        assert_eq!(op(&[(2, Op::Affirm)], "3", &Verb::Untick), Some(Op::Todo));
    }

    #[test]
    fn a_step_is_skipped_and_a_value_is_not() {
        let skip = Verb::Skip(text("late"));
        let late = Op::Skip { reason: text("late") };
        assert_eq!(op(&[], "1", &skip), Some(late.clone()));
        assert_eq!(op(&[(0, late.clone())], "1", &skip), None);
        assert_eq!(op(&[(0, Op::Done)], "1", &skip), Some(late));
        assert_eq!(ask(&[], "3", &skip), Err(Shell::ValueNotSkipped("3. Indépendance".into())));
    }

    #[test]
    fn a_note_is_put_on_and_taken_away() {
        let note = |words: &str| Op::Note { text: text(words) };
        assert_eq!(op(&[], "1", &Verb::Note(text("a"))), Some(note("a")));
        assert_eq!(op(&[(0, note("a"))], "1", &Verb::Note(text("a"))), None);
        assert_eq!(op(&[(0, note("a"))], "1", &Verb::Note(text(""))), Some(note("")));
        assert_eq!(op(&[], "1", &Verb::Note(text(""))), None);
    }

    #[test]
    fn the_answer_carries_the_mark_and_the_name() {
        let said = plain(&ask(&[], "1", &Verb::Tick).unwrap().page(&voice(Lang::En)));
        assert_eq!(said, "✓ 1. Rassemblez une équipe: done.\n");
        let said = plain(&ask(&[], "3", &Verb::Tick).unwrap().page(&voice(Lang::Fr)));
        assert_eq!(said, "◆ 3. Indépendance\u{a0}: valeur affirmée aujourd’hui.\n");
    }

    #[test]
    fn an_unknown_item_is_named_in_the_refusal_and_drives_no_terminal() {
        let refused = ask(&[], "99\u{1b}[2J", &Verb::Tick).unwrap_err();
        assert!(!refused.say(Lang::En).contains('\u{1b}') && refused.say(Lang::En).contains("99"));
    }
}
