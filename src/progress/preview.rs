//! What would count if changes were recorded that are not on disk yet. Records nothing.

use super::event::plain_id;
use super::filing::{History, Links, add, follow, insert, links_of, take_out};
use super::log::Key;
use super::{Change, Dot, Entry, Hlc, Log, Op, Record};
use crate::guide::{CleanText, ItemId};
use std::collections::{BTreeSet, HashSet};

impl Log {
    /// What would count for an item's id if these changes, not on disk yet, were recorded at `now`.
    pub fn entry_with(&self, id: &ItemId, pending: &[&Change], now: i64) -> Entry {
        let id = plain_id(id);
        let reset = pending.iter().rposition(|c| c.op == Op::Reset);
        let after = pending.get(reset.map_or(0, |at| at + 1)..).unwrap_or_default();
        let saved = match reset {
            Some(_) => Entry::default(),
            None => self.weigh_item(&self.history_with(&id, pending), pending),
        };
        saved.with(after.iter().copied().filter(|c| is_about(c, &id)), now)
    }

    /// Whether the group would be left out if these changes, not on disk yet, were recorded.
    pub fn left_out_with(&self, group: &ItemId, pending: &[&Change]) -> bool {
        let id = plain_id(group);
        let saved = self.groups.get(&self.group_holder(&id)).map(|h| self.weigh_group(h, pending)).unwrap_or_default();
        let about = |c: &&Change| c.op.concerns_group() && plain_id(&c.subject.id) == id;
        saved.with(pending.iter().copied().filter(about), 0).left_out()
    }

    /// What an item's history would be, the pending changes' own records left out.
    fn history_with(&self, id: &ItemId, pending: &[&Change]) -> History {
        let links = self.links_with(pending);
        if !links.is_empty() {
            let affected = self.reached(&links);
            if affected.contains(id) {
                return self.gathered(id, &affected, &links);
            }
        }
        let settles = |c: &&Change| is_about(c, id) && !matches!(c.op, Op::Note { .. });
        let holder = if pending.iter().any(settles) { Some(id.clone()) } else { self.holder(id) };
        holder.and_then(|id| self.items.get(&id)).cloned().unwrap_or_default()
    }

    /// The links that would be others than they are, with all that lead from the same ids.
    fn links_with(&self, pending: &[&Change]) -> Links {
        let mut links = Links::new();
        let of_reset = |c: &&&Change| match &c.op {
            Op::Undo { of } | Op::Redo { of } => self.record(of).is_some_and(|r| r.change.op == Op::Reset),
            _ => false,
        };
        if pending.iter().any(|c| of_reset(&c)) {
            return self.recorded(pending).links;
        }
        let mut judged = BTreeSet::new();
        for (n, change) in pending.iter().enumerate() {
            let (made, stood, stands) = match &change.op {
                Op::Undo { of } | Op::Redo { of } => {
                    let Some(record) = self.record(of) else { continue };
                    let Some(key) = self.key_of(record).filter(|key| judged.insert(key.clone())) else { continue };
                    (links_of(&record.change, &key), self.stands(&key, &[]), self.stands(&key, pending))
                }
                _ => {
                    // Later than all records, and in the order in which they are pending.
                    let at = Hlc { millis: i64::MAX, counter: 0 };
                    (links_of(change, &Key { at, device: "".into(), n: n as u64 }), false, true)
                }
            };
            for link in made {
                let known = || self.links.get(&link.from).cloned().unwrap_or_default();
                links.entry(link.from.clone()).or_insert_with(known);
                match (stood, stands) {
                    (false, true) => add(&mut links, link),
                    (true, false) => take_out(&mut links, &link),
                    _ => {}
                }
            }
        }
        links
    }

    /// The log with these changes as if they were recorded: for the rare one that concerns all records.
    fn recorded(&self, pending: &[&Change]) -> Log {
        let mut log = self.clone();
        let at = Hlc { millis: i64::MAX, counter: 0 };
        let writer = |change: &Change| match &change.op {
            Op::Undo { of } | Op::Redo { of } => of.device.clone(),
            _ => String::new(),
        };
        let record = |(n, change): (usize, &&Change)| {
            // Later than all records, and in the order in which they are pending.
            let dot = Dot { device: writer(change), n: u64::MAX - (pending.len() - n) as u64 };
            Record { dot, at, by: CleanText::default(), change: (*change).clone() }
        };
        log.extend(pending.iter().enumerate().map(record));
        log
    }

    /// All ids to which the links lead, as they are and as they would be.
    fn reached(&self, links: &Links) -> HashSet<ItemId> {
        let mut reached: HashSet<ItemId> = HashSet::new();
        let mut open: Vec<ItemId> = links.keys().cloned().collect();
        while let Some(id) = open.pop() {
            let lists = [links.get(&id), self.links.get(&id)];
            let next = lists.into_iter().flatten().flatten().map(|(_, to)| to.clone());
            let next: Vec<ItemId> = next.collect();
            if reached.insert(id) {
                open.extend(next);
            }
        }
        reached
    }

    /// The records that the changed links would lead to an id. They are all under one of the ids that links lead to.
    fn gathered(&self, id: &ItemId, affected: &HashSet<ItemId>, links: &Links) -> History {
        let mut history = History::default();
        for filed in affected.iter().filter_map(|id| self.items.get(id)) {
            for key in filed.states.iter().chain(&filed.notes).chain(&filed.confirms) {
                let Some(record) = self.at(key) else { continue };
                let own = plain_id(&record.change.subject.id);
                if follow(own, key, |id| links.get(id).or_else(|| self.links.get(id))) == *id {
                    insert(history.drawer(&record.change.op), key);
                }
            }
        }
        history
    }
}

fn is_about(change: &Change, id: &ItemId) -> bool {
    change.op.concerns_item() && plain_id(&change.subject.id) == *id
}
