//! `walk`: a guide item by item on plain lines, answers typed as words. Owns where one is and what is asked; what is
//! to be saved or copied it only says. Reads nothing and prints nothing itself.

mod say;
#[cfg(test)]
mod tests;
mod understand;

use super::answer::{Answer, answer_for, several};
use super::invocation::Verb;
use super::page::{Page, Row, Voice};
use crate::app::Landing;
use crate::guide::{CleanText, Guide, Item, ItemIndex, ItemKind};
use crate::layout::Layout;
use crate::progress::{Change, Log, Report, Unselected};
use crate::theme::Role;
use crate::words::{Aloud, Asked, Lang, Reply, Shell, Ui};
use understand::understand;

/// What one walks through, as it is now.
#[derive(Clone, Copy, Debug)]
pub struct Sight<'a> {
    /// The guide at a width.
    pub layout: Layout<'a>,
    /// What was done with it.
    pub report: &'a Report,
    /// The journal.
    pub log: &'a Log,
    /// Whose changes an undo takes back.
    pub device: &'a str,
    /// How pages are made.
    pub voice: &'a Voice,
    /// Now, in milliseconds since the epoch.
    pub now: i64,
}

/// What an answer comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum Turn {
    /// Print this, and ask again.
    Say(Page),
    /// Put a change on disk; then [`Walker::recorded`].
    Record(Change),
    /// Put a text on the clipboard; then [`copied`].
    Copy(CleanText),
    /// Leave.
    Leave,
}

/// Where one is, and what was asked last.
#[derive(Clone, Debug, Default)]
pub struct Walker {
    here: Option<ItemIndex>,
    question: Question,
    /// What a change that is on its way to the disk is told by.
    told: Option<(Page, Then)>,
}

/// What was asked last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Question {
    /// What to do.
    #[default]
    What,
    /// Why to skip.
    Why,
    /// What to note.
    WhatNote,
    /// Which contact to copy.
    WhichContact,
}

/// Where one goes once a change is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// Nowhere.
    Stay,
    /// To the next open item.
    Onward,
    /// To an item, if the guide has it.
    To(Option<ItemIndex>),
}

impl Walker {
    /// Begins at the next open item. Gives what is said first.
    pub fn begin(sight: &Sight<'_>) -> (Walker, Page) {
        let here = sight.report.next.as_ref().map(|next| next.item);
        let mut page = vec![say::title(sight)];
        match here {
            Some(item) => page.extend(say::item(item, sight)),
            None if sight.report.total == 0 => page.extend(say::shell(sight, &Shell::NoItems)),
            None => page.extend(say::shell(sight, &Shell::AllSettled)),
        }
        (Walker { here, ..Walker::default() }, page)
    }

    /// The question that waits for an answer.
    pub fn question(&self, sight: &Sight<'_>) -> Row {
        let asked = match self.question {
            Question::What => say::asked(self.here, sight),
            Question::Why => Asked::Why,
            Question::WhatNote => Asked::WhatNote,
            Question::WhichContact => Asked::WhichContact,
        };
        say::row(sight, &Aloud::Ask(asked))
    }

    /// Takes an answer.
    pub fn hear(&mut self, line: &str, sight: &Sight<'_>) -> Turn {
        let line = CleanText::line(line);
        let number: Option<usize> = line.parse().ok();
        match (std::mem::take(&mut self.question), line.is_empty()) {
            (Question::Why, true) => say_one(sight, &Aloud::NotSkipped),
            (Question::Why, false) => self.change(&Verb::Skip(line), sight),
            (Question::WhatNote, true) => say_one(sight, &Aloud::NoteKept),
            (Question::WhatNote, false) => self.note(line, sight),
            (Question::WhichContact, true) => Turn::Say(Page::new()),
            (Question::WhichContact, false) if number.is_some() => copy(&line, sight),
            _ => self.obey(&line, sight),
        }
    }

    /// The change is on disk, and `sight` knows it: what to say of it, and where one is now.
    pub fn recorded(&mut self, sight: &Sight<'_>) -> Page {
        let Some((mut page, then)) = self.told.take() else { return Page::new() };
        match then {
            Then::Stay | Then::To(None) => {}
            Then::To(Some(item)) => page.extend(self.go(item, sight)),
            Then::Onward => match self.next_open(sight) {
                Some(item) => page.extend(self.go(item, sight)),
                None => page.extend(say::shell(sight, &Shell::AllSettled)),
            },
        }
        page
    }

    /// The guide was read again and is another now: the place is kept by the item. Gives what to say, and
    /// whether an answer to the last question still means something.
    pub fn reread(&mut self, before: &Guide, sight: &Sight<'_>) -> (Page, Meant) {
        let mut page = say::ui(sight, &Ui::Reloaded);
        let Some(was) = self.here.and_then(|here| before.items.get(here)) else { return (page, Meant::Still) };
        self.here = same(was, sight.layout.guide).filter(|item| sight.report.item(*item).is_some());
        if self.here.is_some() {
            return (page, Meant::Still);
        }
        self.question = Question::What;
        page.push(say::row(sight, &Aloud::ItemGone));
        if let Some(next) = &sight.report.next {
            page.extend(self.go(next.item, sight));
        }
        (page, Meant::Nothing)
    }

    fn obey(&mut self, line: &str, sight: &Sight<'_>) -> Turn {
        let Some((reply, rest)) = understand(line, sight.voice.lang) else {
            return say_one(sight, &Aloud::NotUnderstood);
        };
        let carried = self.here.and_then(|i| sight.report.item(i)).is_some_and(|i| i.carried);
        match reply {
            Reply::Done => self.change(&Verb::Tick, sight),
            Reply::Yes if carried => self.change(&Verb::Tick, sight),
            Reply::No if carried => self.change(&Verb::Untick, sight),
            Reply::Yes | Reply::No => say_one(sight, &Aloud::NotUnderstood),
            Reply::Untick => self.change(&Verb::Untick, sight),
            Reply::Skip if rest.is_empty() => self.ask_why(sight),
            Reply::Skip => self.change(&Verb::Skip(CleanText::line(rest)), sight),
            Reply::Note if rest.is_empty() && self.here.is_some() => self.ask(Question::WhatNote),
            Reply::Note => self.note(CleanText::line(rest), sight),
            Reply::Next => self.step(1, sight),
            Reply::Previous => self.step(-1, sight),
            Reply::GoTo => self.go_to(rest, sight),
            Reply::Again => Turn::Say(self.here.map(|item| say::item(item, sight)).unwrap_or_default()),
            Reply::Section => Turn::Say(say::section(self.here, sight)),
            Reply::Contacts if rest.is_empty() => {
                if !sight.layout.guide.contacts.is_empty() {
                    self.question = Question::WhichContact;
                }
                Turn::Say(say::contacts(sight))
            }
            Reply::Contacts => copy(rest, sight),
            Reply::Undo => self.take_back(sight.log.undo(sight.device), &Ui::NothingToUndo, sight),
            Reply::Redo => self.take_back(sight.log.redo(sight.device), &Ui::NothingToRedo, sight),
            Reply::Status => Turn::Say(say::status(sight)),
            Reply::Help => Turn::Say(say::help(sight)),
            Reply::Quit => Turn::Leave,
        }
    }

    fn ask(&mut self, question: Question) -> Turn {
        self.question = question;
        Turn::Say(Page::new())
    }

    /// A value is not skipped; that is told before its reason is asked for.
    fn ask_why(&mut self, sight: &Sight<'_>) -> Turn {
        let value = self.here.and_then(|i| sight.report.item(i)).is_some_and(|i| i.kind == ItemKind::Value);
        if self.here.is_none() || value {
            return self.change(&Verb::Skip(CleanText::default()), sight);
        }
        self.ask(Question::Why)
    }

    /// A dash takes a note away.
    fn note(&mut self, text: CleanText, sight: &Sight<'_>) -> Turn {
        let text = if text.as_str() == "-" { CleanText::default() } else { text };
        self.change(&Verb::Note(text), sight)
    }

    /// Changes the item that one is at.
    fn change(&mut self, verb: &Verb, sight: &Sight<'_>) -> Turn {
        let Some(item) = self.here else { return say_one(sight, &Aloud::NoSuchItem(sight.report.total)) };
        let answer = match answer_for(sight.layout.guide, sight.report, item, verb) {
            Ok(answer) => answer,
            Err(sentence) => return Turn::Say(say::shell(sight, &sentence)),
        };
        let Answer { change, said, .. } = answer;
        let page = say::shell(sight, &said);
        let Some(change) = change else { return Turn::Say(page) };
        let onward = matches!(verb, Verb::Tick | Verb::Skip(_));
        self.told = Some((page, if onward { Then::Onward } else { Then::Stay }));
        Turn::Record(sight.log.located(sight.layout.guide, change))
    }

    /// Undoes or redoes, and goes to the item that it was about.
    fn take_back(&mut self, change: Option<Change>, nothing: &Ui, sight: &Sight<'_>) -> Turn {
        let Some(change) = change else { return Turn::Say(say::ui(sight, nothing)) };
        let label = change.subject.label.clone();
        let said = if *nothing == Ui::NothingToUndo { Ui::Undone(label) } else { Ui::Redone(label) };
        let about =
            sight.report.items().find(|i| i.id == change.subject.id || i.was.as_ref() == Some(&change.subject.id));
        self.told = Some((say::ui(sight, &said), Then::To(about.map(|i| i.item))));
        Turn::Record(change)
    }

    /// To the item so many further on, in the order of the numbers.
    fn step(&mut self, by: isize, sight: &Sight<'_>) -> Turn {
        let items: Vec<ItemIndex> = sight.report.items().map(|i| i.item).collect();
        let at = self.here.and_then(|here| items.iter().position(|i| *i == here));
        let to = match at {
            Some(at) => at.checked_add_signed(by),
            None => Some(0).filter(|_| by > 0),
        };
        match to.and_then(|to| items.get(to)) {
            Some(item) => Turn::Say(self.go(*item, sight)),
            None if items.is_empty() => say_one(sight, &Aloud::NoSuchItem(0)),
            None if by > 0 => say_one(sight, &Aloud::Last),
            None => say_one(sight, &Aloud::First),
        }
    }

    /// To the item that is named, by its number or a part of its label; to the next open one where none is.
    fn go_to(&mut self, wanted: &str, sight: &Sight<'_>) -> Turn {
        if wanted.is_empty() {
            return match self.next_open(sight) {
                Some(item) => Turn::Say(self.go(item, sight)),
                None => Turn::Say(say::shell(sight, &Shell::AllSettled)),
            };
        }
        let (guide, report) = (sight.layout.guide, sight.report);
        // `go to 5`, `aller à 5`.
        let named = ["to ", "à ", "a ", "au "].iter().find_map(|before| wanted.strip_prefix(before)).unwrap_or(wanted);
        match report.select(guide, named) {
            Ok(item) if report.item(item).is_some() => Turn::Say(self.go(item, sight)),
            Err(Unselected::Ambiguous(items)) => Turn::Say(say::shell(sight, &several(guide, report, named, &items))),
            Ok(_) | Err(Unselected::Nothing) => say_one(sight, &Aloud::NoSuchItem(report.total)),
        }
    }

    fn go(&mut self, item: ItemIndex, sight: &Sight<'_>) -> Page {
        self.here = Some(item);
        say::item(item, sight)
    }

    /// The next open item after this one; from the last one on, the first. Values come after all steps.
    fn next_open(&self, sight: &Sight<'_>) -> Option<ItemIndex> {
        let rank = |i: &crate::progress::ItemReport| (i.kind == ItemKind::Value, i.n);
        let from = self.here.and_then(|here| sight.report.item(here)).map(rank);
        let open = sight.report.items().filter(|i| matches!(i.state, "todo" | "due"));
        let after = open.filter(|i| from.is_none_or(|from| rank(i) > from)).min_by_key(|i| rank(i));
        after.map(|i| i.item).or(sight.report.next.as_ref().map(|next| next.item))
    }
}

/// The item in another guide: by its name, else the only one that reads exactly like it, under whatever headings.
fn same(was: &Item, guide: &Guide) -> Option<ItemIndex> {
    let alike = |item: &Item| (item.kind, &item.label, item.body) == (was.kind, &was.label, was.body);
    let by_name = guide.items.iter().position(|item| item.id == was.id);
    let mut others = guide.items.iter().enumerate().filter(|(_, item)| alike(item)).map(|(index, _)| index);
    by_name.or_else(|| others.next().filter(|_| others.next().is_none()))
}

/// Whether an answer still means what it was meant as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meant {
    /// It does.
    Still,
    /// What it was about is gone.
    Nothing,
}

/// What became of a copy. Where there is no clipboard, the text stands on a line of its own.
pub fn copied(text: &CleanText, landing: &Landing, lang: Lang) -> Page {
    let said = match landing {
        Landing::Taken(program) => Ui::Copied(text.clone(), program),
        Landing::Sent => Ui::Sent(text.clone()),
        Landing::NoWay(why) => Ui::NoClipboard(why.clone()),
    };
    let mut page = vec![Row::of(Role::Text, said.say(lang))];
    if matches!(landing, Landing::NoWay(_)) {
        page.push(Row::of(Role::Text, text.as_str()));
    }
    page
}

fn say_one(sight: &Sight<'_>, what: &Aloud) -> Turn {
    Turn::Say(vec![say::row(sight, what)])
}

/// Copies the contact with a number.
fn copy(number: &str, sight: &Sight<'_>) -> Turn {
    let contacts = &sight.layout.guide.contacts;
    let index = number.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    match index.and_then(|index| contacts.get(index)) {
        Some(contact) => Turn::Copy(contact.bare.clone()),
        None if contacts.is_empty() => Turn::Say(say::ui(sight, &Ui::NoContacts)),
        None => say_one(sight, &Aloud::NoSuchContact(contacts.len())),
    }
}
