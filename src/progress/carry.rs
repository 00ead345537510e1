//! What today's guide has of the journal: follows an item of today to the progress that it takes, and makes changes
//! say what links the two for good. Finds no matches itself; that is `matching`'s matter.

use super::event::plain_id;
use super::filing::History;
use super::matching::{Carried, Matching, of_title};
use super::near::{Spots, contents, plain_path, sketch};
use super::{Change, Dot, Entry, Log, Near, Op, Record};
use crate::guide::{CleanText, GroupId, Guide, ItemId, ItemIndex};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// How the items and groups of a guide hang together with what the journal holds; empty until [`Log::settle_for`].
#[derive(Clone, Debug, Default)]
pub(super) struct Bonds {
    items: HashMap<ItemId, Bond>,
    groups: HashMap<ItemId, ItemId>,
    /// The journal's ids that some item takes or is offered.
    taken: HashSet<ItemId>,
    /// The guide's items, as they are compared with records.
    spots: Spots,
}

/// Why an item's progress is not simply what the journal holds under its id.
#[derive(Clone, Debug)]
struct Bond {
    /// What it takes, or is offered.
    to: Option<(ItemId, Carried)>,
    /// What the journal holds under its own id is another's.
    denied: bool,
    /// How many records stood under its own id: one more, and the bond is out of date.
    weight: usize,
}

/// What was carried over by likeness and waits to be confirmed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carry<'a> {
    /// The id that the journal holds it under.
    pub from: &'a ItemId,
    /// The label that it had.
    pub label: &'a CleanText,
    /// What was recorded of it.
    pub entry: &'a Entry,
}

impl Log {
    /// Finds the progress of a guide's items anew. To be called when the guide or the journal was read, and when
    /// records came; until then, items find what stands under their own ids.
    pub fn settle_for(&mut self, guide: &Guide) {
        // Where nothing is known of any item, nothing can be found anew.
        if self.items.is_empty() && self.groups.is_empty() {
            self.bonds = Arc::default();
            return;
        }
        let spots = self.bonds.spots.of(guide);
        let matching = Matching::of(guide, self, spots.clone());
        self.bonds = Arc::new(Bonds { spots, ..Bonds::of(guide, self, &matching) });
    }

    /// What was carried over to an item by likeness, and neither confirmed nor refused yet. `Op::Confirm` confirms it,
    /// `Op::Todo` refuses it.
    pub fn carried(&self, id: &ItemId) -> Option<Carry<'_>> {
        let (from, _) = self.bond(&plain_id(id))?.to.as_ref().filter(|(_, carried)| *carried == Carried::Likely)?;
        let (from, history) = self.items.get_key_value(from)?;
        let entry = &history.entry;
        let offered = entry.settled().is_some() || entry.note.is_some();
        offered.then_some(Carry { from, label: &self.described(from)?.label, entry })
    }

    /// The same, these changes included, which are not on disk yet.
    pub fn carried_with(&self, id: &ItemId, pending: &[&Change]) -> Option<Carry<'_>> {
        let own = plain_id(id);
        let answers = |c: &&&Change| c.op.concerns_item() && !matches!(c.op, Op::Note { .. });
        let answered = pending.iter().filter(answers).any(|c| plain_id(&c.subject.id) == own);
        if answered { None } else { self.carried(id) }
    }

    /// The change with all that is needed to find its item again: what stands around it, and the id that the journal
    /// knew it by. Every change of an item or a group goes through here before it is recorded. What is located already
    /// stays as it is: an import may be about what stood elsewhere.
    pub fn located(&self, guide: &Guide, mut change: Change) -> Change {
        if *change.subject.near != Near::default() {
            return change;
        }
        let id = plain_id(&change.subject.id);
        if change.op.concerns_group() {
            if let Some(group) = guide.groups.iter().position(|g| plain_id(&g.id) == id) {
                locate_group(guide, group, &mut change);
            }
        } else if change.op.concerns_item() {
            if let Some(item) = guide.items.iter().position(|i| plain_id(&i.id) == id) {
                locate_item(guide, item, &self.bonds.spots.of(guide), &mut change);
            }
            if change.subject.was.is_none() {
                let (was, denied) = self.origin(&id, &change.op);
                change.subject.was = was.map(Box::new);
                change.subject.anew = self.items.get(&id).filter(|_| denied).and_then(History::last).map(Box::new);
            }
        }
        change
    }

    /// All that was recorded of an item of today, undone or not, oldest first; of what waits to be confirmed too.
    pub fn history_of(&self, id: &ItemId) -> Vec<&Record> {
        let id = plain_id(id);
        let offered = self.carried(&id).map(|carry| carry.from);
        let holder = self.holder(&id);
        let mut ids: Vec<&ItemId> = holder.iter().chain(offered).collect();
        ids.dedup();
        self.with_undos(ids.into_iter().filter_map(|id| self.items.get(id)))
    }

    /// All that was recorded of what is no longer in the guide, oldest first.
    pub fn history_of_retired(&self, id: &ItemId) -> Vec<&Record> {
        self.with_undos(self.items.get(id).into_iter())
    }

    /// What was settled and no item of the guide takes, oldest first: the id that the journal knows it by, the record
    /// that settled it, and all that counts.
    pub fn retired(&self, guide: &Guide) -> Vec<(&ItemId, &Record, &Entry)> {
        let mut gone: Vec<_> = self.settled().filter(|(id, ..)| !self.bonds.taken.contains(*id)).collect();
        // Few things are settled in a guide that may have hundreds of thousands.
        let settled: HashSet<&ItemId> = gone.iter().map(|(id, ..)| *id).collect();
        let ids = guide.items.iter().filter(|_| !settled.is_empty()).map(|item| plain_id(&item.id));
        let here: HashSet<ItemId> = ids.filter(|id| settled.contains(id)).collect();
        gone.retain(|(id, ..)| !here.contains(*id) || self.holder(id).as_ref() != Some(*id));
        // What is imported has its own time, so several may be of one time and, in an odd journal, of one number.
        gone.sort_by(|(one, a, _), (other, b, _)| (a.at, &a.dot, one).cmp(&(b.at, &b.dot, other)));
        gone
    }

    /// The id that holds the progress of an item of today; none where what stands under its own id is another's.
    pub(super) fn holder(&self, id: &ItemId) -> Option<ItemId> {
        match self.bond(id) {
            None => Some(id.clone()),
            Some(Bond { to: Some((to, Carried::Exact | Carried::Moved)), .. }) => Some(to.clone()),
            Some(bond) => (!bond.denied).then(|| id.clone()),
        }
    }

    /// The id under which the journal knows a group of today.
    pub(super) fn group_holder(&self, id: &ItemId) -> ItemId {
        let own = self.groups.contains_key(id);
        let bond = self.bonds.groups.get(id).filter(|_| !own);
        bond.unwrap_or(id).clone()
    }

    fn bond(&self, id: &ItemId) -> Option<&Bond> {
        let weight = self.items.get(id).map_or(0, History::weight);
        self.bonds.items.get(id).filter(|bond| bond.weight == weight)
    }

    /// What a change of an item says about its ids: under which one the journal knew it, and whether what it holds
    /// under the item's own is another's.
    fn origin(&self, id: &ItemId, op: &Op) -> (Option<ItemId>, bool) {
        let Some(bond) = self.bond(id) else { return (None, false) };
        let accepts = matches!(op, Op::Done | Op::Skip { .. } | Op::Affirm | Op::Confirm);
        match &bond.to {
            Some((to, Carried::Likely)) if !accepts => (None, bond.denied || to == id),
            Some((to, _)) if to == id => (None, false),
            Some((to, _)) => (Some(to.clone()), bond.denied),
            None => (None, bond.denied),
        }
    }

    fn with_undos<'a>(&'a self, histories: impl Iterator<Item = &'a History>) -> Vec<&'a Record> {
        let mut records: Vec<&Record> = histories.flat_map(|h| self.records_of(h)).collect();
        let dots: HashSet<&Dot> = records.iter().map(|r| &r.dot).collect();
        let about = |r: &&Record| matches!(&r.change.op, Op::Undo { of } | Op::Redo { of } if dots.contains(of));
        let undos: Vec<&Record> = self.records().iter().filter(about).collect();
        records.extend(undos);
        records.sort_by(|a, b| (a.at, &a.dot).cmp(&(b.at, &b.dot)));
        records
    }
}

impl Bonds {
    fn of(guide: &Guide, log: &Log, matching: &Matching) -> Bonds {
        let mut bonds = Bonds::default();
        for (item, found) in guide.items.iter().zip(&matching.items) {
            let id = plain_id(&item.id);
            let own = log.items.get(&id).filter(|h| !h.is_empty());
            let to = found.as_ref().map(|m| (m.id.clone(), m.carried));
            let takes_own = to.as_ref().is_some_and(|(to, _)| *to == id);
            let plain = match &to {
                None => own.is_none(),
                Some((_, carried)) => takes_own && *carried != Carried::Likely,
            };
            bonds.taken.extend(to.iter().map(|(to, _)| to.clone()));
            if plain {
                continue;
            }
            // A note alone stays with the item whatever is offered to it besides.
            let denied = own.is_some_and(History::stands);
            let weight = own.map_or(0, History::weight);
            bonds.items.insert(id, Bond { to, denied, weight });
        }
        for (group, found) in guide.groups.iter().zip(&matching.groups) {
            let id = plain_id(&group.id);
            if let Some(found) = found.as_ref().filter(|found| **found != id) {
                bonds.groups.insert(id, found.clone());
            }
        }
        bonds
    }
}

fn locate_item(guide: &Guide, item: ItemIndex, spots: &Spots, change: &mut Change) {
    let Some((spot, found)) = spots.get(item).zip(guide.items.get(item)) else { return };
    *change.subject.near = spot.near;
    change.subject.near.sketch = sketch(guide, found);
}

fn locate_group(guide: &Guide, group: GroupId, change: &mut Change) {
    let Some(found) = guide.groups.get(group) else { return };
    change.subject.path = plain_path(&guide.path_of(found));
    change.subject.body = contents(guide, &found.items, found.kind);
    change.subject.near.guide = of_title(guide, &found.title);
}
