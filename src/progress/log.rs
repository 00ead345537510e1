//! All records known, and the state they add up to: last writer wins per item, by hybrid clock, ties by device.
//! The order in which records come, and records that come twice, make no difference.
//!
//! State is kept up with each record: the newest record, which is the usual one, costs a few map look-ups, and a late
//! one an insertion besides. Only what concerns many records at once (a reset, a link that comes late or is taken
//! back) files them all anew, once for a whole batch.

use super::carry::Bonds;
use super::event::{plain_id, writer_of};
use super::filing::{History, Links, insert};
use super::undo::Undos;
use super::{Change, Dot, Entry, Hlc, Op, Record};
use crate::guide::ItemId;
use std::cmp::Ordering;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A batch with more late records than this is sorted in as a whole.
const FEW: usize = 64;

/// All records known.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// In the fixed order, each once.
    pub(super) records: Vec<Record>,
    /// Every device named, so that keys share its name.
    devices: BTreeSet<Arc<str>>,
    fates: HashMap<Id, Fate>,
    pub(super) items: HashMap<ItemId, History>,
    pub(super) groups: HashMap<ItemId, History>,
    /// By device, without process numbers.
    undos: HashMap<Arc<str>, Undos>,
    /// Where what was recorded under an id before a record belongs, by that id and in order; links that count only.
    pub(super) links: Links,
    pub(super) last_link: Option<Key>,
    /// All resets, in order.
    pub(super) resets: Vec<Key>,
    /// All that puts the run away or takes it out, in order.
    archives: Vec<Key>,
    /// The last reset that counts.
    pub(super) floor: Option<Key>,
    /// Something came that concerns many records.
    pub(super) stale: bool,
    /// What today's guide has of all this; see [`Log::settle_for`].
    pub(super) bonds: Arc<Bonds>,
}

/// A [`Dot`] with its device's name shared.
type Id = (Arc<str>, u64);

/// What orders records, and tells whether two are one. A dot with two times is two records: a folder of journals may
/// be put back to an earlier state, go on from there, and be merged with what it was. Neither record is dropped. Two
/// that claim one dot at one time are damage or ill will: one of them is chosen by what they say, see [`outranks`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) at: Hlc,
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

impl Log {
    /// Adds a record; false if it was known.
    pub fn add(&mut self, record: Record) -> bool {
        if self.displaces(&record) {
            self.extend([record]);
            return true;
        }
        let new = self.take(record);
        self.freshen();
        new
    }

    /// All records in the fixed order: hybrid clock, then device, then number.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What counts for the id of an item of today.
    pub fn entry(&self, id: &ItemId) -> Option<&Entry> {
        Some(&self.items.get(&self.holder(&plain_id(id))?)?.entry)
    }

    /// Whether the reader left the group out.
    pub fn left_out(&self, group: &ItemId) -> bool {
        self.groups.get(&self.group_holder(&plain_id(group))).is_some_and(|h| h.entry.left_out())
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
        let taken_back = |dot: &&Dot| self.fate(dot).is_some_and(Fate::undone) && !self.is_reset(dot);
        let mut undone = self.undos.get(writer)?.undone().filter(taken_back);
        let record = undone.find_map(|dot| self.change_of(writer, dot))?;
        Some(Change { subject: record.change.subject.clone(), op: Op::Redo { of: record.dot.clone() } })
    }

    /// The largest clock seen. Says how records are ordered, not what time it is: see [`Hlc::meet`].
    pub fn clock(&self) -> Hlc {
        self.records.last().map(|r| r.at).unwrap_or_default()
    }

    /// Whether a record counts: whether neither an undo nor a reset stands against it.
    pub fn counts(&self, dot: &Dot) -> bool {
        !self.fate(dot).is_some_and(Fate::undone) && !self.is_reset(dot)
    }

    /// The record with this identity.
    pub fn record(&self, dot: &Dot) -> Option<&Record> {
        let device = self.devices.get(dot.device.as_str())?;
        let at = self.fates.get(&(device.clone(), dot.n))?.at.iter().max()?;
        self.at(&Key { at: *at, device: device.clone(), n: dot.n })
    }

    /// The resets that count, oldest first: each is the end of a walk through the guide.
    pub fn resets(&self) -> impl Iterator<Item = &Record> {
        self.resets.iter().filter(|key| self.stands(key, &[])).filter_map(|key| self.at(key))
    }

    /// Whether the run was put away and not taken out since.
    pub fn archived(&self) -> bool {
        let last = self.archives.iter().rev().find(|key| self.stands(key, &[]));
        last.and_then(|key| self.at(key)).is_some_and(|record| record.change.op == Op::Archive)
    }

    /// The log as it stood just before a record: before a reset, the walk that it ended.
    pub fn until(&self, dot: &Dot) -> Log {
        let end =
            self.record(dot).map_or(self.records.len(), |r| self.records.partition_point(|o| order(o) < order(r)));
        let mut log: Log = self.records.iter().take(end).cloned().collect();
        log.bonds = self.bonds.clone();
        log
    }

    /// Every item that a record settled and none opened again, in no particular order.
    pub(super) fn settled(&self) -> impl Iterator<Item = (&ItemId, &Record, &Entry)> {
        self.items.iter().filter_map(|(id, h)| Some((id, h.entry.settled()?, &h.entry)))
    }

    pub(super) fn key_of(&self, record: &Record) -> Option<Key> {
        let device = self.devices.get(record.dot.device.as_str())?.clone();
        Some(Key { at: record.at, device, n: record.dot.n })
    }

    pub(super) fn at(&self, key: &Key) -> Option<&Record> {
        self.records.binary_search_by(|r| order(r).cmp(&key.order())).ok().and_then(|place| self.records.get(place))
    }

    pub(super) fn is_undone(&self, key: &Key) -> bool {
        self.fates.get(&(key.device.clone(), key.n)).is_some_and(Fate::undone)
    }

    /// Whether another record claims the same dot at the same time, and this one is chosen.
    fn displaces(&self, record: &Record) -> bool {
        let twin = self.key_of(record).and_then(|key| self.at(&key));
        twin.is_some_and(|twin| outranks(record, twin).is_gt())
    }

    /// Takes a record in, unless its dot is known at its time; what concerns many records waits for [`Log::freshen`].
    fn take(&mut self, record: Record) -> bool {
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
            Op::Reset => {
                insert(&mut self.resets, &key);
                self.stale = true;
            }
            Op::Archive | Op::Unarchive => insert(&mut self.archives, &key),
            _ => self.file(&change, &key),
        }
        self.remember(&change.op, key);
        true
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
            let target = Key { at, device: device.clone(), n: of.n };
            if let Some(change) = self.at(&target).map(|r| r.change.clone()) {
                self.refresh(&change, &target);
            }
        }
    }

    /// Keeps up what its writer can undo and redo.
    fn remember(&mut self, op: &Op, key: Key) {
        let writer = self.intern(writer_of(&key.device));
        let mut undos = self.undos.remove(&writer).unwrap_or_default();
        if !undos.step(op, &key) {
            undos = Undos::default();
            for record in self.records.iter().filter(|r| writer_of(&r.dot.device) == &*writer) {
                if let Some(key) = self.key_of(record) {
                    undos.step(&record.change.op, &key);
                }
            }
        }
        self.undos.insert(writer, undos);
    }

    fn fate(&self, dot: &Dot) -> Option<&Fate> {
        let device = self.devices.get(dot.device.as_str())?;
        self.fates.get(&(device.clone(), dot.n))
    }

    /// Whether a reset stands against a record about an item.
    fn is_reset(&self, dot: &Dot) -> bool {
        let Some(floor) = &self.floor else { return false };
        self.record(dot).is_some_and(|r| r.change.op.concerns_item() && order(r) < floor.order())
    }

    /// A record that its writer can take back; a damaged or hostile file may name others.
    fn change_of(&self, writer: &str, dot: &Dot) -> Option<&Record> {
        let record = self.record(dot).filter(|r| writer_of(&r.dot.device) == writer)?;
        (!matches!(record.change.op, Op::Undo { .. } | Op::Redo { .. })).then_some(record)
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
        if batch.iter().filter(|r| late(r)).count() > FEW || batch.iter().any(|r| self.displaces(r)) {
            batch.splice(..0, std::mem::take(&mut self.records));
            *self = Log { bonds: self.bonds.clone(), ..Log::default() };
        }
        // Of those that claim one dot at one time the chosen one comes first, and the others are known then.
        batch.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| outranks(b, a)));
        for record in batch {
            self.take(record);
        }
        self.freshen();
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

/// Which of two records that claim one dot at one time is chosen: whatever the order in which they come, the same one.
fn outranks(one: &Record, other: &Record) -> Ordering {
    if one == other { Ordering::Equal } else { one.to_line().cmp(&other.to_line()) }
}

fn order(record: &Record) -> (Hlc, &str, u64) {
    (record.at, &record.dot.device, record.dot.n)
}

#[cfg(test)]
#[path = "log_tests.rs"]
mod tests;
