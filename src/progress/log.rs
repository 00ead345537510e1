//! All records known, and the state they add up to: last writer wins per item, by hybrid clock, ties by device.
//! The order in which records come, and records that come twice, make no difference.
//!
//! State is kept up with each record, never built anew: the newest record, which is the usual one, costs a few map
//! look-ups, and a late one an insertion besides.

use super::event::{plain_id, writer_of};
use super::undo::Undos;
use super::{Change, Dot, Hlc, Op, Record};
use crate::guide::{CleanText, ItemId};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A batch with more late records than this is sorted in as a whole.
const FEW: usize = 64;

/// All records known.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// In the fixed order, each once.
    records: Vec<Record>,
    /// Every device named, so that keys share its name.
    devices: BTreeSet<Arc<str>>,
    fates: HashMap<Id, Fate>,
    items: HashMap<ItemId, History>,
    groups: HashMap<ItemId, History>,
    /// By device, without process numbers.
    undos: HashMap<Arc<str>, Undos>,
}

/// A [`Dot`] with its device's name shared.
type Id = (Arc<str>, u64);

/// What orders records, and tells whether two are one. A dot with two times is two records: a folder of journals may
/// be put back to an earlier state, go on from there, and be merged with what it was. Neither record is dropped.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    at: Hlc,
    pub(super) device: Arc<str>,
    pub(super) n: u64,
}

/// What is known of a dot, also before its record has come.
#[derive(Clone, Debug, Default)]
struct Fate {
    /// When; more than one time only as said at [`Key`].
    at: Vec<Hlc>,
    /// The last undo or redo about it.
    verdict: Option<(Key, Verdict)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Undone,
    Redone,
}

/// The records about one item or group, and what follows from them.
#[derive(Clone, Debug, Default)]
struct History {
    /// Done, todo, skip, affirm; leave, restore.
    states: Vec<Key>,
    notes: Vec<Key>,
    entry: Entry,
}

/// What the records say of one item or group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The last of done, todo, skip, affirm, leave, restore that counts, with who and when.
    pub last: Option<Record>,
    /// The note that stands.
    pub note: Option<CleanText>,
}

impl Entry {
    /// The record that settled the item, with who and when, unless it was opened again since.
    pub fn settled(&self) -> Option<&Record> {
        self.last.as_ref().filter(|r| r.change.op.settles())
    }

    fn left_out(&self) -> bool {
        self.last.as_ref().is_some_and(|r| r.change.op == Op::Leave)
    }

    /// The entry with changes on top that are not on disk yet.
    fn with<'a>(mut self, pending: impl Iterator<Item = &'a Change>, now: i64) -> Entry {
        for change in pending {
            match &change.op {
                Op::Undo { .. } | Op::Redo { .. } => {}
                Op::Note { text } => self.note = Some(text.clone()).filter(|t| !t.is_empty()),
                _ => self.last = Some(provisional(change, now)),
            }
        }
        self
    }
}

impl Log {
    /// Adds a record; false if it was known.
    pub fn add(&mut self, record: Record) -> bool {
        let key = Key { at: record.at, device: self.intern(&record.dot.device), n: record.dot.n };
        let fate = self.fates.entry((key.device.clone(), key.n)).or_default();
        if fate.at.contains(&key.at) {
            return false;
        }
        fate.at.push(key.at);
        let place = match self.records.last() {
            Some(last) if key.order() < order(last) => self.records.partition_point(|r| order(r) < key.order()),
            _ => self.records.len(),
        };
        let change = record.change.clone();
        self.records.insert(place, record);
        match change.op {
            Op::Undo { ref of } => self.judge(of, &key, Verdict::Undone),
            Op::Redo { ref of } => self.judge(of, &key, Verdict::Redone),
            _ => self.file(&change, &key),
        }
        self.remember(&change.op, key);
        true
    }

    /// All records in the fixed order: hybrid clock, then device, then number.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What counts for an item's id.
    pub fn entry(&self, id: &ItemId) -> Option<&Entry> {
        Some(&self.items.get(&plain_id(id))?.entry)
    }

    /// What would count for an item's id if these changes, not on disk yet, were recorded at `now`.
    pub fn entry_with(&self, id: &ItemId, pending: &[&Change], now: i64) -> Entry {
        let id = plain_id(id);
        let saved = self.items.get(&id).map(|h| self.weigh(h, pending)).unwrap_or_default();
        saved.with(pending.iter().copied().filter(|c| !c.op.concerns_group() && plain_id(&c.subject.id) == id), now)
    }

    /// Whether the reader left the group out.
    pub fn left_out(&self, group: &ItemId) -> bool {
        self.groups.get(&plain_id(group)).is_some_and(|h| h.entry.left_out())
    }

    /// Whether the group would be left out if these changes, not on disk yet, were recorded.
    pub fn left_out_with(&self, group: &ItemId, pending: &[&Change]) -> bool {
        let id = plain_id(group);
        let saved = self.groups.get(&id).map(|h| self.weigh(h, pending)).unwrap_or_default();
        saved
            .with(pending.iter().copied().filter(|c| c.op.concerns_group() && plain_id(&c.subject.id) == id), 0)
            .left_out()
    }

    /// The change that undoes the last standing change of `device`, made now or in an earlier session.
    pub fn undo(&self, device: &str) -> Option<Change> {
        let writer = writer_of(device);
        let mut standing = self.undos.get(writer)?.made().filter(|dot| self.counts(dot));
        let record = standing.find_map(|dot| self.change_of(writer, dot))?;
        Some(Change { subject: record.change.subject.clone(), op: Op::Undo { of: record.dot.clone() } })
    }

    /// The change that redoes what `device` undid last; none once it changed something else since.
    pub fn redo(&self, device: &str) -> Option<Change> {
        let writer = writer_of(device);
        let mut undone = self.undos.get(writer)?.undone().filter(|dot| !self.counts(dot));
        let record = undone.find_map(|dot| self.change_of(writer, dot))?;
        Some(Change { subject: record.change.subject.clone(), op: Op::Redo { of: record.dot.clone() } })
    }

    /// The largest clock seen. Says how records are ordered, not what time it is: see [`Hlc::meet`].
    pub fn clock(&self) -> Hlc {
        self.records.last().map(|r| r.at).unwrap_or_default()
    }

    /// Whether a record counts: whether no undo stands against it.
    pub fn counts(&self, dot: &Dot) -> bool {
        let fate = self.devices.get(dot.device.as_str()).and_then(|d| self.fates.get(&(d.clone(), dot.n)));
        !fate.is_some_and(Fate::undone)
    }

    /// The record with this identity.
    pub fn record(&self, dot: &Dot) -> Option<&Record> {
        let device = self.devices.get(dot.device.as_str())?;
        let at = self.fates.get(&(device.clone(), dot.n))?.at.iter().max()?;
        self.at(&Key { at: *at, device: device.clone(), n: dot.n })
    }

    /// Every item that a record settled and none opened again, in no particular order.
    pub(super) fn settled(&self) -> impl Iterator<Item = (&ItemId, &Record, &Entry)> {
        self.items.iter().filter_map(|(id, h)| Some((id, h.entry.settled()?, &h.entry)))
    }

    /// Files a record that is neither undo nor redo under its item or group.
    fn file(&mut self, change: &Change, key: &Key) {
        let id = plain_id(&change.subject.id);
        let drawer = if change.op.concerns_group() { &mut self.groups } else { &mut self.items };
        let history = drawer.entry(id).or_default();
        let keys = if matches!(change.op, Op::Note { .. }) { &mut history.notes } else { &mut history.states };
        let place = keys.partition_point(|k| k < key);
        keys.insert(place, key.clone());
        self.settle(change);
    }

    /// An undo or a redo says what becomes of an earlier record. Only its own writer takes a record back.
    fn judge(&mut self, of: &Dot, key: &Key, verdict: Verdict) {
        if writer_of(&of.device) != writer_of(&key.device) {
            return;
        }
        let device = self.intern(&of.device);
        let fate = self.fates.entry((device.clone(), of.n)).or_default();
        if fate.verdict.as_ref().is_some_and(|(standing, _)| standing > key) {
            return;
        }
        fate.verdict = Some((key.clone(), verdict));
        for at in fate.at.clone() {
            let target = self.at(&Key { at, device: device.clone(), n: of.n });
            if let Some(change) = target.map(|r| r.change.clone()) {
                self.settle(&change);
            }
        }
    }

    /// Finds anew what counts for the item or group of a change.
    fn settle(&mut self, change: &Change) {
        let id = plain_id(&change.subject.id);
        let group = change.op.concerns_group();
        let drawer = if group { &self.groups } else { &self.items };
        let Some(entry) = drawer.get(&id).map(|h| self.weigh(h, &[])) else { return };
        let drawer = if group { &mut self.groups } else { &mut self.items };
        if let Some(history) = drawer.get_mut(&id) {
            history.entry = entry;
        }
    }

    /// What counts in a history if the undos and redos among the pending changes were recorded.
    fn weigh(&self, history: &History, pending: &[&Change]) -> Entry {
        let last = |keys: &[Key]| keys.iter().rev().find(|k| self.stands(k, pending)).and_then(|k| self.at(k));
        let note = last(&history.notes).and_then(|r| match &r.change.op {
            Op::Note { text } if !text.is_empty() => Some(text.clone()),
            _ => None,
        });
        Entry { last: last(&history.states).cloned(), note }
    }

    fn stands(&self, key: &Key, pending: &[&Change]) -> bool {
        let names = |of: &Dot| of.n == key.n && *of.device == *key.device;
        let verdict = pending.iter().rev().find_map(|c| match &c.op {
            Op::Undo { of } if names(of) => Some(false),
            Op::Redo { of } if names(of) => Some(true),
            _ => None,
        });
        verdict.unwrap_or_else(|| !self.fates.get(&(key.device.clone(), key.n)).is_some_and(Fate::undone))
    }

    /// Keeps up what its writer can undo and redo.
    fn remember(&mut self, op: &Op, key: Key) {
        let writer = self.intern(writer_of(&key.device));
        let mut undos = self.undos.remove(&writer).unwrap_or_default();
        if !undos.step(op, &key) {
            undos = Undos::default();
            for record in self.records.iter().filter(|r| writer_of(&r.dot.device) == &*writer) {
                if let Some(device) = self.devices.get(record.dot.device.as_str()) {
                    undos.step(&record.change.op, &Key { at: record.at, device: device.clone(), n: record.dot.n });
                }
            }
        }
        self.undos.insert(writer, undos);
    }

    /// A record that its writer can take back; a damaged or hostile file may name others.
    fn change_of(&self, writer: &str, dot: &Dot) -> Option<&Record> {
        let record = self.record(dot).filter(|r| writer_of(&r.dot.device) == writer)?;
        (!matches!(record.change.op, Op::Undo { .. } | Op::Redo { .. })).then_some(record)
    }

    fn at(&self, key: &Key) -> Option<&Record> {
        self.records.binary_search_by(|r| order(r).cmp(&key.order())).ok().and_then(|place| self.records.get(place))
    }

    fn intern(&mut self, device: &str) -> Arc<str> {
        if let Some(known) = self.devices.get(device) {
            return known.clone();
        }
        let new: Arc<str> = device.into();
        self.devices.insert(new.clone());
        new
    }
}

impl Extend<Record> for Log {
    /// Adds many records: those of a whole folder, or of a `git pull`.
    fn extend<I: IntoIterator<Item = Record>>(&mut self, records: I) {
        let mut batch: Vec<Record> = records.into_iter().collect();
        let late = |r: &Record| self.records.last().is_some_and(|last| order(r) < order(last));
        if batch.iter().filter(|r| late(r)).count() > FEW {
            batch.append(&mut self.records);
            *self = Log::default();
        }
        batch.sort_by(|a, b| order(a).cmp(&order(b)));
        for record in batch {
            self.add(record);
        }
    }
}

impl FromIterator<Record> for Log {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Log {
        let mut log = Log::default();
        log.extend(records);
        log
    }
}

impl Key {
    fn order(&self) -> (Hlc, &str, u64) {
        (self.at, &self.device, self.n)
    }
}

impl Fate {
    fn undone(&self) -> bool {
        matches!(self.verdict, Some((_, Verdict::Undone)))
    }
}

impl Op {
    fn concerns_group(&self) -> bool {
        matches!(self, Op::Leave | Op::Restore)
    }
}

fn order(record: &Record) -> (Hlc, &str, u64) {
    (record.at, &record.dot.device, record.dot.n)
}

/// A change as a record that no journal holds yet.
fn provisional(change: &Change, now: i64) -> Record {
    Record {
        dot: Dot { device: String::new(), n: 0 },
        at: Hlc { millis: now, counter: 0 },
        by: CleanText::default(),
        change: change.clone(),
    }
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
