//! Files records under the items and groups that they are about, follows links from an item's earlier ids to its
//! later one, and weighs what counts. Knows no guide: an id is a name, whatever it names today.
//!
//! # Links
//!
//! A record may say that the journal knew its item by another id so far ([`super::Subject::was`]). What was recorded
//! under that id before it then belongs to the item's own id. What is recorded there later does not: the old text may
//! have come back as another item. It may also say that what was recorded under the item's own id up to some time was
//! another's ([`super::Subject::anew`]): that is put aside, under a name that no item has. So where a record belongs
//! follows from it and the links alone, in whatever order they come.

use super::event::plain_id;
use super::log::{Key, Log};
use super::{Change, Dot, Entry, Hlc, Op, Record, Subject};
use crate::guide::ItemId;
use compact_str::format_compact;
use std::collections::HashMap;

/// The records about one item or group, and what follows from them.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    /// Done, todo, skip, affirm, import; leave, restore.
    pub states: Vec<Key>,
    pub notes: Vec<Key>,
    pub confirms: Vec<Key>,
    pub entry: Entry,
}

/// A name that no device has, and that comes after all that devices have.
const AFTER_ALL: &str = "~";

/// Where what was recorded under an id before a place in the order belongs. Several records may say the same.
pub(super) type Links = HashMap<ItemId, Vec<(Key, ItemId)>>;

/// A link, as one record makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub from: ItemId,
    pub to: ItemId,
    /// What was recorded before this is moved.
    pub before: Key,
}

impl History {
    pub fn is_empty(&self) -> bool {
        self.states.is_empty() && self.notes.is_empty() && self.confirms.is_empty()
    }

    /// Whether anything that counts says where the item stands; a note says nothing of that.
    pub fn stands(&self) -> bool {
        self.entry.last.is_some() || self.entry.seen.is_some()
    }

    /// How many records say where the item stands, counting or not.
    pub fn weight(&self) -> usize {
        self.states.len() + self.confirms.len()
    }

    /// The newest of these records that says where the item stands; where none does, the newest note.
    fn newest(&self, wanted: impl Fn(&Key) -> bool) -> Option<&Key> {
        fn last<'a>(keys: &'a [Key], wanted: &impl Fn(&Key) -> bool) -> Option<&'a Key> {
            keys.iter().rev().find(|key| wanted(key))
        }
        let standing = last(&self.states, &wanted).max(last(&self.confirms, &wanted));
        standing.or_else(|| last(&self.notes, &wanted))
    }

    /// When the newest record was made.
    pub fn last(&self) -> Option<Hlc> {
        let last = [&self.states, &self.notes, &self.confirms].into_iter().filter_map(|keys| keys.last()).max();
        last.map(|key| key.at)
    }

    pub fn drawer(&mut self, op: &Op) -> &mut Vec<Key> {
        match op {
            Op::Note { .. } => &mut self.notes,
            Op::Confirm => &mut self.confirms,
            _ => &mut self.states,
        }
    }

    /// Takes out what was recorded before `key`.
    fn split(&mut self, key: &Key) -> History {
        let before = |keys: &mut Vec<Key>| {
            let later = keys.split_off(keys.partition_point(|k| k < key));
            std::mem::replace(keys, later)
        };
        History {
            states: before(&mut self.states),
            notes: before(&mut self.notes),
            confirms: before(&mut self.confirms),
            entry: Entry::default(),
        }
    }

    /// Adds another's records.
    pub fn join(&mut self, other: History) {
        for (ours, theirs) in
            [(&mut self.states, other.states), (&mut self.notes, other.notes), (&mut self.confirms, other.confirms)]
        {
            ours.extend(theirs);
            ours.sort_unstable();
        }
    }
}

impl Log {
    /// Files a record that is about an item or a group, and finds anew what counts there.
    pub(super) fn file(&mut self, change: &Change, key: &Key) {
        let id = plain_id(&change.subject.id);
        if change.op.concerns_group() {
            insert(self.groups.entry(id.clone()).or_default().drawer(&change.op), key);
            return self.settle_group(&id);
        }
        for touched in self.shelve(change, key) {
            self.settle_item(&touched);
        }
    }

    /// Finds anew what counts where a record is filed that now counts, or now does not.
    pub(super) fn refresh(&mut self, change: &Change, key: &Key) {
        match change.op {
            _ if change.op.concerns_group() => self.settle_group(&plain_id(&change.subject.id)),
            Op::Reset => self.stale = true,
            Op::Archive | Op::Unarchive => {}
            _ if !links_of(change, key).is_empty() => self.stale = true,
            _ => {
                let home = self.home(plain_id(&change.subject.id), key);
                self.settle_item(&home);
            }
        }
    }

    /// Files all records anew, after a change that concerns many of them.
    pub(super) fn freshen(&mut self) {
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.items.clear();
        self.links.clear();
        self.last_link = None;
        self.floor = self.floor_with(&[]);
        let records = std::mem::take(&mut self.records);
        let of_items = || records.iter().filter(|r| r.change.op.concerns_item());
        let filed: Vec<(Key, &Change)> = of_items().filter_map(|r| Some((self.key_of(r)?, &r.change))).collect();
        for (key, change) in &filed {
            let links = if self.stands(key, &[]) { links_of(change, key) } else { Vec::new() };
            for link in links {
                self.last_link = self.last_link.take().max(Some(link.before.clone()));
                add(&mut self.links, link);
            }
        }
        for (key, change) in &filed {
            let home = self.home(plain_id(&change.subject.id), key);
            insert(self.items.entry(home).or_default().drawer(&change.op), key);
        }
        self.records = records;
        let ids: Vec<ItemId> = self.items.keys().cloned().collect();
        ids.iter().for_each(|id| self.settle_item(id));
    }

    /// The last reset that counts: nothing before it does.
    pub(super) fn floor_with(&self, pending: &[&Change]) -> Option<Key> {
        self.resets.iter().rev().find(|key| self.stands(key, pending)).cloned()
    }

    /// What counts in a history of an item if these changes were recorded.
    pub(super) fn weigh_item(&self, history: &History, pending: &[&Change]) -> Entry {
        let floor = if pending.is_empty() { self.floor.clone() } else { self.floor_with(pending) };
        self.weigh(history, pending, floor.as_ref())
    }

    /// What counts in a history of a group if these changes were recorded; a reset does not concern groups.
    pub(super) fn weigh_group(&self, history: &History, pending: &[&Change]) -> Entry {
        self.weigh(history, pending, None)
    }

    fn weigh(&self, history: &History, pending: &[&Change], floor: Option<&Key>) -> Entry {
        let last = |keys: &[Key]| {
            let mut above = keys.iter().rev().take_while(|key| floor.is_none_or(|floor| *key > floor));
            let key = above.find(|key| self.stands(key, pending))?;
            Some((key.clone(), self.at(key)?))
        };
        let state = last(&history.states);
        let settled = state.as_ref().filter(|(_, r)| r.change.op.settles());
        let seen = settled.into_iter().cloned().chain(last(&history.confirms)).max_by(|a, b| a.0.cmp(&b.0));
        let note = last(&history.notes).and_then(|(_, r)| match &r.change.op {
            Op::Note { text } if !text.is_empty() => Some(text.clone()),
            _ => None,
        });
        Entry { last: state.map(|(_, r)| r.as_counted()), note, seen: seen.map(|(_, r)| r.change.subject.body) }
    }

    /// The id under which a record is filed: its item's own, or where links lead from there.
    fn home(&self, id: ItemId, key: &Key) -> ItemId {
        follow(id, key, |id| self.links.get(id))
    }

    /// Puts a record where it belongs, and what it links with it. Gives the ids whose records are others now.
    fn shelve(&mut self, change: &Change, key: &Key) -> Vec<ItemId> {
        let links = if self.stands(key, &[]) { links_of(change, key) } else { Vec::new() };
        let mut touched: Vec<ItemId> = links.into_iter().flat_map(|link| self.link(link)).collect();
        let home = self.home(plain_id(&change.subject.id), key);
        insert(self.items.entry(home.clone()).or_default().drawer(&change.op), key);
        touched.push(home);
        touched
    }

    /// Takes a link into account, whose record comes now.
    fn link(&mut self, link: Link) -> Vec<ItemId> {
        let Link { from, to, before } = link.clone();
        add(&mut self.links, link);
        if self.last_link.as_ref().is_some_and(|last| *last > before) {
            // A later link may have moved on what this one moves.
            self.stale = true;
            return Vec::new();
        }
        let moved = self.items.get_mut(&from).map(|h| h.split(&before));
        self.last_link = Some(before);
        let Some(moved) = moved else { return Vec::new() };
        self.items.entry(to.clone()).or_default().join(moved);
        vec![from, to]
    }

    fn settle_item(&mut self, id: &ItemId) {
        let Some(entry) = self.items.get(id).map(|h| self.weigh_item(h, &[])) else { return };
        if let Some(history) = self.items.get_mut(id) {
            history.entry = entry;
        }
    }

    fn settle_group(&mut self, id: &ItemId) {
        let Some(entry) = self.groups.get(id).map(|h| self.weigh_group(h, &[])) else { return };
        if let Some(history) = self.groups.get_mut(id) {
            history.entry = entry;
        }
    }

    /// Whether no undo stands against a record, these changes included.
    pub(super) fn stands(&self, key: &Key, pending: &[&Change]) -> bool {
        let names = |of: &Dot| of.n == key.n && *of.device == *key.device;
        let verdict = pending.iter().rev().find_map(|c| match &c.op {
            Op::Undo { of } if names(of) => Some(false),
            Op::Redo { of } if names(of) => Some(true),
            _ => None,
        });
        verdict.unwrap_or_else(|| !self.is_undone(key))
    }

    /// How an item was described when somebody last settled, opened or confirmed it; a note describes it only where
    /// there is nothing else, and what was taken back only where nothing stands: it may have been said of another item
    /// that has this id today.
    pub(super) fn described(&self, id: &ItemId) -> Option<&Subject> {
        let history = self.items.get(id)?;
        let newest = history.newest(|key| self.stands(key, &[])).or_else(|| history.newest(|_| true))?;
        Some(&self.at(newest)?.change.subject)
    }

    /// The records of a history, in order.
    pub(super) fn records_of<'a>(&'a self, history: &'a History) -> Vec<&'a Record> {
        let mut keys: Vec<&Key> = history.states.iter().chain(&history.notes).chain(&history.confirms).collect();
        keys.sort_unstable();
        keys.into_iter().filter_map(|key| self.at(key)).collect()
    }
}

/// The links that a record makes; what it puts aside comes first.
pub(super) fn links_of(change: &Change, key: &Key) -> Vec<Link> {
    let Subject { id, was, anew, .. } = &change.subject;
    if !change.op.concerns_item() || (was.is_none() && anew.is_none()) {
        return Vec::new();
    }
    let own = plain_id(id);
    // The name says which of what stood here it is: the item may find another's there more than once. Changes that
    // were made one after the other before the first was on disk say the same, and put aside nothing of each other.
    let aside = |at: &Hlc| Link {
        from: own.clone(),
        to: ItemId(format_compact!("{}~{:08x}", own.0, crc32fast::hash(at.to_string().as_bytes()))),
        before: Key { at: *at, device: AFTER_ALL.into(), n: u64::MAX }.min(key.clone()),
    };
    let moved = was.as_deref().map(plain_id).filter(|from| *from != own);
    let moved = moved.map(|from| Link { from, to: own.clone(), before: key.clone() });
    anew.as_deref().map(aside).into_iter().chain(moved).collect()
}

/// Adds a link to the others that lead from its id.
pub(super) fn add(links: &mut Links, link: Link) {
    let links = links.entry(link.from).or_default();
    let place = links.partition_point(|(before, _)| *before < link.before);
    links.insert(place, (link.before, link.to));
}

/// Takes a link out once: another record may make the same.
pub(super) fn take_out(links: &mut Links, link: &Link) {
    if let Some(from) = links.get_mut(&link.from)
        && let Some(at) = from.iter().position(|(before, to)| *before == link.before && *to == link.to)
    {
        from.remove(at);
    }
}

/// Where links lead from an id: each step along the first link that is later than the last.
pub(super) fn follow<'a>(
    mut id: ItemId,
    key: &'a Key,
    links: impl Fn(&ItemId) -> Option<&'a Vec<(Key, ItemId)>>,
) -> ItemId {
    let mut since = key;
    while let Some((link, to)) = links(&id).and_then(|l| l.get(l.partition_point(|(link, _)| link <= since))) {
        (since, id) = (link, to.clone());
    }
    id
}

pub(super) fn insert(keys: &mut Vec<Key>, key: &Key) {
    let place = keys.partition_point(|k| k < key);
    keys.insert(place, key.clone());
}
