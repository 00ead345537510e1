//! An item's journal over the panels: what is known of it, then each record about it, the newest first. One opens it
//! to see who had the last word; the shell's `log` prints the oldest first, for there the last line is the one that
//! stands above the prompt.

use super::details::{self, About, Paragraph, told_day};
use super::model::{Model, Overlay, Pending};
use super::msg::Effect;
use super::update::Steps;
use crate::guide::{CleanText, ItemId};
use crate::layout::{columns, wrapped};
use crate::progress::{Dot, Op, Record, Settled, Subject, op_name, plain_id};
use crate::theme::{Glyphs, Role};
use crate::words::{Panel, Past, Ui, time_of_day};
use std::collections::HashMap;

/// The widest row of a journal.
const WIDEST: u16 = 72;
/// Columns around its rows: the card's edges, and what stays of the screen.
const AROUND: u16 = 6;
/// The widest name beside a record.
const NAME: usize = 16;
/// Columns of the time of day, and of a mark with the blank after it.
const TIME: usize = 5;
const MARK: usize = 2;
/// Words have at least this many columns beside time and name.
const WORDS: usize = 16;

/// An item's journal.
#[derive(Clone, Debug)]
pub struct HistoryView {
    /// Whose.
    pub about: About,
    /// The first row shown.
    pub top: usize,
    /// Derived: the rows, each made of pieces.
    pub rows: Vec<Vec<Paragraph>>,
    /// Derived: the columns that they may take.
    pub width: u16,
}

/// Shows an item's journal.
pub(super) fn open(model: &mut Model, about: About) -> Vec<Effect> {
    model.overlay = Some(Overlay::History(HistoryView { about, top: 0, rows: Vec::new(), width: 0 }));
    Vec::new()
}

/// Shows the journal of the item selected in the checklist; of what is being read from anywhere else.
pub(super) fn open_meant(model: &mut Model) -> Vec<Effect> {
    let about = match model.focus {
        super::Panel::Checklist => details::selected(model),
        _ => model.reader.item.map(About::Item),
    };
    match (about, model.focus) {
        (Some(about), _) => open(model, about),
        (None, super::Panel::Checklist) => model.fact(&Ui::NoItemSelected),
        (None, _) => model.fact(&Ui::NoItemHere),
    }
}

/// Scrolls it.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let room = super::dialog::room(model, usize::MAX);
    if let Some(Overlay::History(view)) = &mut model.overlay {
        view.top = steps.from(view.top, view.rows.len().saturating_sub(room) + 1, room);
    }
}

/// Derives the rows; closes the journal of what is no longer there.
pub(super) fn settle(model: &mut Model) {
    let Some(Overlay::History(view)) = &model.overlay else { return };
    let mut view = view.clone();
    let told = details::of(model, &view.about);
    if told.is_empty() {
        model.overlay = None;
        return;
    }
    view.width = model.size.0.saturating_sub(AROUND).clamp(1, WIDEST);
    let width = usize::from(view.width);
    view.rows = told.iter().flat_map(|(role, text)| plain(*role, text, width)).collect();
    view.rows.extend(records(model, &view.about, width));
    view.top = view.top.min(view.rows.len().saturating_sub(super::dialog::room(model, usize::MAX)));
    model.overlay = Some(Overlay::History(view));
}

/// The rows of the records: under each day those of that day.
fn records(model: &Model, about: &About, width: usize) -> Vec<Vec<Paragraph>> {
    let lang = model.settings.lang;
    let (known, id) = match about {
        About::Item(item) => {
            let Some(item) = model.guide.items.get(*item) else { return Vec::new() };
            (model.log.history_of(&item.id), plain_id(&item.id))
        }
        About::Gone(id) => (model.log.history_of_retired(id), id.clone()),
    };
    let pending = pending(model, &id, &known);
    let mut rows = Vec::new();
    if known.is_empty() && pending.is_empty() {
        rows.push(Vec::new());
        rows.extend(plain(Role::Muted, &Past::Nothing.say(lang), width));
    }
    let told = Teller::of(model, about, &known);
    let who = known.iter().map(|r| columns(&r.by)).filter(|name| *name <= NAME.min(width / 4)).max().unwrap_or(0);
    for waiting in &pending {
        rows.push(Vec::new());
        let (role, head) = match &waiting.refused {
            Some(why) => (Role::Danger, why.to_string()),
            None => (Role::Pending, Panel::Saving.say(lang).into_owned()),
        };
        rows.extend(plain(role, &head, width));
        let line = told.change(&waiting.change.op, None);
        rows.extend(line.rows(String::new(), String::new(), who, width));
    }
    let mut today = None;
    for record in known.iter().rev() {
        let day = told_day(model, record.at.millis);
        if today.as_ref() != Some(&day) {
            rows.push(Vec::new());
            rows.extend(plain(Role::Muted, &Past::On(day.clone()).say(lang), width));
            today = Some(day);
        }
        let time = time_of_day(record.at.millis, &model.zone);
        rows.extend(told.record(record).rows(time, record.by.to_string(), who, width));
    }
    rows
}

/// A text as rows of one piece.
fn plain(role: Role, text: &str, width: usize) -> impl Iterator<Item = Vec<Paragraph>> {
    wrapped(text, width).into_iter().map(move |row| vec![(role, row)])
}

/// Changes of an item that are not on disk yet, the newest first.
fn pending<'a>(model: &'a Model, id: &ItemId, known: &[&Record]) -> Vec<&'a Pending> {
    let is_known = |of: &Dot| known.iter().any(|r| r.dot == *of);
    let about = |p: &&Pending| match &p.change.op {
        Op::Undo { of } | Op::Redo { of } => is_known(of),
        _ => p.change.subject.kind.is_some() && plain_id(&p.change.subject.id) == *id,
    };
    model.pending.iter().rev().filter(about).collect()
}

/// Puts records into words.
struct Teller<'a> {
    model: &'a Model,
    glyphs: &'static Glyphs,
    by_dot: HashMap<&'a Dot, &'a Record>,
    /// Records that open what nothing had settled before: answers to what was carried over.
    refusals: Vec<&'a Dot>,
    /// The label of today.
    label: CleanText,
}

/// What a record says: its mark, its words, and whether it counts.
struct Told {
    mark: (Role, &'static str),
    text: String,
    role: Role,
    /// Between a name and the words.
    dot: &'static str,
}

impl<'a> Teller<'a> {
    fn of(model: &'a Model, about: &About, known: &[&'a Record]) -> Teller<'a> {
        let item = match about {
            About::Item(item) => model.guide.items.get(*item),
            About::Gone(_) => None,
        };
        let last = || known.last().map(|r| r.change.subject.label.clone()).unwrap_or_default();
        // A label is recorded up to a length only, and is compared as it is recorded.
        let recorded = |i| Subject::of_item(&model.guide, i).label;
        let label = match about {
            About::Item(item) => recorded(*item),
            About::Gone(_) => last(),
        };
        let mut settled = item.is_some_and(|i| i.checked);
        let mut refusals = Vec::new();
        for record in known {
            settled |= record.change.op.settles();
            let own = record.change.subject.was.as_deref() == Some(&record.change.subject.id);
            if record.change.op == Op::Todo && (own || !settled) {
                refusals.push(&record.dot);
            }
        }
        let by_dot = known.iter().map(|r| (&r.dot, *r)).collect();
        Teller { model, glyphs: model.glyphs(), by_dot, refusals, label }
    }

    fn record(&self, record: &Record) -> Told {
        let mut told = self.change(&record.change.op, Some(record));
        let lang = self.model.settings.lang;
        if record.change.subject.label != self.label && !matches!(record.change.op, Op::Undo { .. } | Op::Redo { .. }) {
            told.text = format!("{} {}", told.text, Past::Under(record.change.subject.label.clone()).say(lang));
        }
        if !self.model.log.counts(&record.dot) {
            told.text = format!("{} {}", told.text, Past::TakenBack.say(lang));
            (told.mark.0, told.role) = (Role::Muted, Role::Muted);
        }
        told
    }

    fn change(&self, op: &Op, record: Option<&Record>) -> Told {
        let g = self.glyphs;
        let refused = record.is_some_and(|r| self.refusals.contains(&&r.dot));
        let (mark, past) = match op {
            Op::Done => ((Role::Done, g.done), Past::Did("done")),
            Op::Todo if refused => ((Role::Warning, g.open), Past::Refused),
            Op::Todo => ((Role::Open, g.open), Past::Did("todo")),
            Op::Skip { .. } => ((Role::Skipped, g.skipped), Past::Did("skip")),
            Op::Note { text } if text.is_empty() => ((Role::Note, g.note), Past::NoteGone),
            Op::Note { .. } => ((Role::Note, g.note), Past::Did("note")),
            Op::Affirm => ((Role::Important, g.upheld), Past::Did("affirm")),
            Op::Confirm => ((Role::Done, g.done), self.confirmed(record)),
            Op::Undo { of } => ((Role::Warning, " "), self.about("undo", of)),
            Op::Redo { of } => ((Role::Warning, " "), self.about("redo", of)),
            Op::Import(told) => {
                let (mark, what) = match told.what {
                    Settled::Done => ((Role::Done, g.done), "done"),
                    Settled::Skip(_) => ((Role::Skipped, g.skipped), "skip"),
                    Settled::Affirm => ((Role::Important, g.upheld), "affirm"),
                };
                (mark, Past::BroughtIn(what, told.by.clone(), told_day(self.model, told.at).date))
            }
            // Of groups and whole walks, which have no journal of an item.
            Op::Leave | Op::Restore | Op::Reset | Op::Archive | Op::Unarchive => {
                ((Role::Muted, " "), Past::Did("reset"))
            }
        };
        let mut text = past.say(self.model.settings.lang).into_owned();
        let more = match op {
            Op::Skip { reason } => Some(reason),
            Op::Note { text } => Some(text),
            Op::Import(told) => match &told.what {
                Settled::Skip(reason) => Some(reason),
                _ => None,
            },
            _ => None,
        };
        if let Some(more) = more.filter(|more| !more.is_empty()) {
            text = format!("{text} {} {more}", g.dot);
        }
        Told { mark, text, role: Role::Text, dot: g.dot }
    }

    /// A yes: to what was carried over from another text, or to a text that changed.
    fn confirmed(&self, record: Option<&Record>) -> Past {
        let before = |r: &&&Record| record.is_none_or(|this| (r.at, &r.dot) < (this.at, &this.dot));
        let other = |r: &&&Record| record.is_none_or(|this| r.change.subject.label != this.change.subject.label);
        let linked = record.is_some_and(|r| r.change.subject.was.is_some());
        let from = self.by_dot.values().filter(before).filter(other).max_by_key(|r| (r.at, &r.dot)).filter(|_| linked);
        from.map_or(Past::ReadAgain, |r| Past::TakenOver(r.change.subject.label.clone()))
    }

    fn about(&self, name: &'static str, of: &Dot) -> Past {
        let op = |record: &&Record| op_name(&record.change.op);
        self.by_dot.get(of).map_or(Past::Did(name), |record| Past::About(name, op(record)))
    }
}

impl Told {
    /// Time, name and mark, then the words, wrapped beside them; where there is no room beside them, below.
    fn rows(&self, time: String, by: String, who: usize, width: usize) -> Vec<Vec<Paragraph>> {
        // A name without room in its column stands before the words.
        let (name, words) = match columns(&by) <= who {
            true => (by, self.text.clone()),
            false => (String::new(), format!("{by} {} {}", self.dot, self.text)),
        };
        let padded = |text: &str, to: usize| format!("{text}{}", " ".repeat(to.saturating_sub(columns(text))));
        let mut left = format!("  {}  {}  ", padded(&time, TIME), padded(&name, who));
        let mut rows = Vec::new();
        if width < columns(&left) + MARK + WORDS {
            rows.push(vec![(Role::Muted, format!("{time}  {name}"))]);
            left = String::new();
        }
        let beside = columns(&left);
        for (n, text) in wrapped(&words, width.saturating_sub(beside + MARK).max(1)).into_iter().enumerate() {
            let (left, mark) = if n == 0 { (left.clone(), self.mark.1) } else { (" ".repeat(beside), " ") };
            rows.push(vec![(Role::Muted, left), (self.mark.0, format!("{mark} ")), (self.role, text)]);
        }
        rows
    }
}
