//! The state of a walk as a sheet that leaves the journal and comes back: what each item says, what is left out, what
//! is no longer in the guide. Makes a sheet of a log, and the changes that bring a log to a sheet's state; how a sheet
//! stands in a file is `export`'s and `import`'s matter.

use super::event::plain_id;
use super::near::name_of;
use super::{Change, Entry, Log, Op, Settled, Subject, Told};
use crate::guide::{CleanText, Guide, Item, ItemId, ItemIndex, ItemKind, stable_hash};
use compact_str::format_compact;
use std::collections::{HashMap, HashSet};

/// The state of a walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheet {
    pub title: CleanText,
    pub groups: Vec<SheetGroup>,
    /// What was settled and is no longer in the guide, with all that a record says to find it again.
    pub retired: Vec<(Subject, Line)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct SheetGroup {
    pub id: ItemId,
    pub title: CleanText,
    pub left_out: bool,
    pub lines: Vec<Line>,
}

/// What the sheet says of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub id: ItemId,
    /// None in a sheet that somebody wrote by hand.
    pub kind: Option<ItemKind>,
    pub label: CleanText,
    pub state: State,
    /// Who and when, in seconds since the epoch; none where the file itself ticks the item, or where somebody ticked it
    /// in the sheet.
    pub who: Option<(CleanText, i64)>,
    pub note: CleanText,
    pub changed: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum State {
    #[default]
    Todo,
    /// Done; of a value, affirmed.
    Done,
    Skipped(CleanText),
}

impl Sheet {
    pub fn of(guide: &Guide, log: &Log) -> Sheet {
        let groups = guide.groups.iter().map(|group| SheetGroup {
            id: plain_id(&group.id),
            title: CleanText::line(&group.title),
            left_out: log.left_out(&group.id),
            lines: group.items.iter().filter_map(|i| Some(line_of(guide.items.get(*i)?, log))).collect(),
        });
        let here: HashSet<ItemId> = guide.items.iter().map(|i| plain_id(&i.id)).collect();
        // What waits to be confirmed is nobody's yet; the sheet says it of the old item.
        let offered = guide.items.iter().filter_map(|i| log.carried(&i.id)).map(|carry| (carry.from, carry.entry));
        let gone = log.retired(guide).into_iter().map(|(id, _, entry)| (id, entry)).chain(offered);
        let retired = gone.filter_map(|(id, entry)| {
            let described = log.described(id)?;
            let body = entry.seen.unwrap_or(described.body);
            let mut subject =
                Subject { id: id.clone(), was: None, anew: None, ticked: false, body, ..described.clone() };
            if here.contains(id) {
                // One of several of the same words: the item that has this id today is not the one.
                let stood = format!("{}\u{1f}{}\u{1f}{body:x}", subject.path, subject.place);
                subject.id = ItemId(format_compact!("{}~{:08x}", id.0, crc32fast::hash(stood.as_bytes())));
            }
            let (id, kind, label) = (subject.id.clone(), subject.kind, subject.label.clone());
            Some((subject, Line { id, kind, label, ..said(Some(entry), body) }))
        });
        let mut retired: Vec<(Subject, Line)> = retired.collect();
        retired
            .sort_by(|(_, a), (_, b)| (a.who.as_ref().map(|w| w.1), &a.id).cmp(&(b.who.as_ref().map(|w| w.1), &b.id)));
        Sheet { title: CleanText::line(&guide.title), groups: groups.collect(), retired }
    }

    /// What must be recorded for the log to say what the sheet says; nothing of what it says already, and nothing of
    /// items that the sheet does not name.
    pub fn changes(&self, guide: &Guide, log: &Log) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut finder = Finder::of(guide);
        for (at, group) in self.groups.iter().enumerate() {
            if let Some(found) = finder.group(guide, group) {
                let left_out = guide.groups.get(found).is_some_and(|g| log.left_out(&g.id));
                if left_out != group.left_out {
                    let op = if group.left_out { Op::Leave } else { Op::Restore };
                    changes.push(log.located(guide, Change { subject: Subject::of_group(guide, found), op }));
                }
            }
            for line in &group.lines {
                match finder.item(guide, group, line) {
                    Some(item) => changes.extend(of_item(guide, log, item, line)),
                    None => changes.extend(of_gone(log, gone(group, at, line), line)),
                }
            }
        }
        let known = Sheet::of(guide, log).retired;
        for (subject, line) in self.retired.iter().filter(|retired| !known.contains(retired)) {
            changes.extend(of_gone(log, subject.clone(), line));
        }
        changes
    }
}

fn line_of(item: &Item, log: &Log) -> Line {
    let entry = log.entry(&item.id);
    let mut line = said(entry, item.body);
    if item.checked && entry.is_none_or(|e| e.last.is_none()) {
        line.state = State::Done;
    }
    Line { id: plain_id(&item.id), kind: Some(item.kind), label: CleanText::line(&item.label), ..line }
}

/// What an entry says, of an item whose text has this hash.
fn said(entry: Option<&Entry>, body: u64) -> Line {
    let settled = entry.and_then(Entry::settled);
    Line {
        state: match settled.map(|r| &r.change.op) {
            None => State::Todo,
            Some(Op::Skip { reason }) => State::Skipped(reason.clone()),
            Some(_) => State::Done,
        },
        who: settled.map(|r| (r.by.clone(), r.at.millis.div_euclid(1000))),
        note: entry.and_then(|e| e.note.clone()).unwrap_or_default(),
        changed: entry.is_some_and(|e| e.is_changed(body)),
        ..Line::default()
    }
}

/// The changes for an item that is in the guide.
fn of_item(guide: &Guide, log: &Log, item: ItemIndex, line: &Line) -> Vec<Change> {
    let Some(found) = guide.items.get(item) else { return Vec::new() };
    let now = line_of(found, log);
    let mut ops = Vec::new();
    let same_who = line.who.is_none() || line.who == now.who;
    if line.state != now.state || !same_who || (line.changed && !now.changed) {
        ops.push(settling(line, found.kind));
    } else if now.changed && !line.changed {
        ops.push(Op::Confirm);
    }
    if line.note != now.note {
        ops.push(Op::Note { text: line.note.clone() });
    }
    let told = ops.into_iter().map(|op| {
        let mut subject = Subject::of_item(guide, item);
        if line.changed && op.settles() {
            // Which text it was is not known any more; that it was another is.
            subject.body = !subject.body;
        }
        log.located(guide, Change { subject, op })
    });
    told.collect()
}

/// The changes for what is no longer in the guide: kept as it was described, for its history and for the day when the
/// text comes back.
fn of_gone(log: &Log, subject: Subject, line: &Line) -> Vec<Change> {
    let known = log.items.get(&subject.id).map(|h| &h.entry);
    let now = said(known, known.and_then(|e| e.seen).unwrap_or_default());
    let mut ops = Vec::new();
    if line.state != State::Todo && (line.state != now.state || line.who != now.who) {
        ops.push(settling(line, subject.kind.unwrap_or(ItemKind::Step)));
    }
    if line.note != now.note && !line.note.is_empty() {
        ops.push(Op::Note { text: line.note.clone() });
    }
    ops.into_iter().map(|op| Change { subject: subject.clone(), op }).collect()
}

/// What brings an item into the state of a line.
fn settling(line: &Line, kind: ItemKind) -> Op {
    let what = match &line.state {
        State::Todo => return Op::Todo,
        State::Done if kind == ItemKind::Value => Settled::Affirm,
        State::Done => Settled::Done,
        State::Skipped(reason) => Settled::Skip(reason.clone()),
    };
    match &line.who {
        Some((by, at)) => Op::Import(Told { what, by: by.clone(), at: at.saturating_mul(1000) }.into()),
        None => what.into(),
    }
}

/// The subject of a line that no item of the guide fits.
fn gone(group: &SheetGroup, at: usize, line: &Line) -> Subject {
    let named = !line.id.0.is_empty();
    let made =
        || ItemId(format_compact!("{:016x}", stable_hash(&format!("sheet\u{1f}{at}\u{1f}{}", line.label.as_str()))));
    Subject {
        id: if named { line.id.clone() } else { made() },
        kind: line.kind,
        label: line.label.clone(),
        path: crate::guide::fold(&group.title).text.trim().to_owned(),
        ..Subject::default()
    }
}

/// Finds the items that a sheet means. Each is meant once.
struct Finder {
    ids: HashMap<ItemId, ItemIndex>,
    names: HashMap<u64, Vec<ItemIndex>>,
    taken: HashSet<ItemIndex>,
}

impl Finder {
    fn of(guide: &Guide) -> Finder {
        let mut finder = Finder { ids: HashMap::new(), names: HashMap::new(), taken: HashSet::new() };
        for (item, found) in guide.items.iter().enumerate() {
            finder.ids.insert(plain_id(&found.id), item);
            finder.names.entry(name_of(&found.label)).or_default().push(item);
        }
        finder
    }

    /// By id; else by a label that one item has, in a group of that title or anywhere.
    fn item(&mut self, guide: &Guide, group: &SheetGroup, line: &Line) -> Option<ItemIndex> {
        let by_id = self.ids.get(&line.id).copied();
        let found = by_id.or_else(|| {
            let labelled = self.names.get(&name_of(&line.label))?;
            let free = |i: &&ItemIndex| !self.taken.contains(*i);
            let here = |i: &&ItemIndex| {
                let its_group = guide.items.get(**i).and_then(|item| guide.groups.get(item.group()));
                its_group.is_some_and(|g| name_of(&g.title) == name_of(&group.title))
            };
            only(labelled.iter().filter(free).filter(here)).or_else(|| only(labelled.iter().filter(free))).copied()
        })?;
        self.taken.insert(found).then_some(found)
    }

    fn group(&self, guide: &Guide, group: &SheetGroup) -> Option<usize> {
        let by_id = guide.groups.iter().position(|g| plain_id(&g.id) == group.id);
        let titled = guide.groups.iter().enumerate().filter(|(_, g)| name_of(&g.title) == name_of(&group.title));
        by_id.or_else(|| only(titled.map(|(at, _)| at)))
    }
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}
