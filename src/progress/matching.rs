//! Finds yesterday's items in today's guide: which item takes the progress that the journal holds under which id.
//! Pure; changes nothing. What follows from it for an item is `carry`'s matter.
//!
//! The order of trust: the author's own id; the same kind, label and section, which is the same id; the same label
//! elsewhere; the same place with a like text, or a like label. Each id of the journal finds at most one item, each
//! item takes at most one id, and all exact matches are made before any likeness is looked at.
//!
//! # Why records say what stood around an item
//!
//! The journal knows only what somebody touched. An item that was there yesterday and that nobody ticked is not in it,
//! and looks just like one that is new today. Three edits would then tick it:
//!
//! - *A step is deleted, and its neighbour moves up into its place.* So a record names both neighbours: the neighbour
//!   of yesterday is not the step reworded.
//! - *One of two items of the same words is deleted.* So a record says how many there were: where the number differs,
//!   it is not certain which is left.
//! - *A text is replaced by another.* So likeness only proposes, and counts for nothing until somebody confirms it.
//!
//! When in doubt, nothing is ticked: what was settled is then told as no longer in the guide, with its history.
//!
//! The work grows with items and records together: candidates are looked up by id, label, neighbours and place. Two
//! texts are compared only where neighbours or place agree.

use super::event::plain_id;
use super::filing::History;
use super::likeness::{BESIDE, BETWEEN, alike, same_text};
use super::near::{Spot, Spots, contents, fingerprint, name_of, path_of, sketch};
use super::{Entry, Log, Op, Subject};
use crate::guide::{Guide, ItemId, ItemIndex, ItemKind, fold};
use std::collections::{BTreeMap, HashMap, HashSet};

/// How an item came by the progress that the journal holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    /// It is the same item: the author's id, or the same words in the same section.
    Exact,
    /// The same words, in another section.
    Moved,
    /// By likeness: it asks to be confirmed, and counts for nothing until it is.
    Likely,
}

/// The progress that an item takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The id that the journal holds it under.
    pub id: ItemId,
    /// How it was found.
    pub carried: Carried,
    /// Whether the item's text is another than the one that was settled or confirmed.
    pub changed: bool,
}

/// Yesterday's items in today's guide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matching {
    /// For each item of the guide, what it takes.
    pub items: Vec<Option<Match>>,
    /// What was settled and is no longer in the guide, oldest first.
    pub retired: Vec<ItemId>,
    /// For each group of the guide, the id under which the journal knows it.
    pub groups: Vec<Option<ItemId>>,
}

/// More pairs of one label than this are not weighed against each other; only their order counts.
const MOST_PAIRS: usize = 4096;

/// Items looked at for one that was reworded, for each thing that may agree.
const MOST_CANDIDATES: usize = 16;

impl Matching {
    /// Matches what the journal holds to the items of a guide.
    pub(super) fn of(guide: &Guide, log: &Log, spots: Spots) -> Matching {
        let mut known: Vec<Known> = log.items.iter().filter_map(|(id, h)| Known::of(id, h, log)).collect();
        known.sort_by(|a, b| a.id.cmp(b.id));
        let (taken, found) = (vec![None; spots.len()], vec![None; known.len()]);
        let held = spots.iter().enumerate().filter(|(_, spot)| log.items.contains_key(&spot.id));
        let ids = held.map(|(item, spot)| (spot.id.clone(), item)).collect();
        let mut work = Work { guide, log, spots, ids, known, taken, found };
        work.by_id(|history| history.stands());
        work.by_label();
        work.by_likeness();
        // A note alone holds no place: what is offered to its item may stand beside it.
        work.by_id(|_| true);
        work.matching()
    }
}

/// What the journal holds under one id.
struct Known<'a> {
    id: &'a ItemId,
    history: &'a History,
    /// How the item was described when somebody last settled, opened or confirmed it.
    subject: &'a Subject,
    name: u64,
    path: u64,
    section: u64,
    /// It is settled or noted.
    matters: bool,
}

impl<'a> Known<'a> {
    fn of(id: &'a ItemId, history: &'a History, log: &'a Log) -> Option<Known<'a>> {
        if history.entry == Entry::default() {
            return None;
        }
        let subject = log.described(id)?;
        let (path, section) = path_of(&subject.path);
        let matters = history.entry.settled().is_some() || history.entry.note.is_some();
        Some(Known { id, history, subject, name: name_of(&subject.label), path, section, matters })
    }
}

struct Work<'a> {
    guide: &'a Guide,
    log: &'a Log,
    spots: Spots,
    /// The items whose own ids the journal holds.
    ids: HashMap<ItemId, ItemIndex>,
    known: Vec<Known<'a>>,
    /// For each item, which of the known it takes.
    taken: Vec<Option<(usize, Carried)>>,
    /// For each of the known, its item.
    found: Vec<Option<ItemIndex>>,
}

/// A pair that may belong together, and how much speaks for it.
struct Pair {
    known: usize,
    item: ItemIndex,
    weight: u32,
    carried: Carried,
}

impl Work<'_> {
    /// The author's ids, and ids made of a section, a kind and a label that only one item has and had.
    fn by_id(&mut self, wanted: impl Fn(&History) -> bool) {
        for known in 0..self.known.len() {
            let k = &self.known[known];
            let Some(item) = self.ids.get(k.id).copied().filter(|_| wanted(k.history)) else { continue };
            if self.taken[item].is_some() || self.found[known].is_some() {
                continue;
            }
            let spot = &self.spots[item];
            let alone = spot.near.section == 1 && k.subject.near.section <= 1;
            if alone || !is_made(k.id) || k.name != spot.name {
                self.take(known, item, Carried::Exact);
            }
        }
    }

    /// The same label: twins, and what moved to another section.
    fn by_label(&mut self) {
        let mut families: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let only_noted = |k: &Known| !k.history.stands() && self.ids.contains_key(k.id);
        for known in (0..self.known.len()).filter(|k| self.found[*k].is_none() && !only_noted(&self.known[*k])) {
            families.entry(self.known[known].name).or_default().push(known);
        }
        // Of 100,000 items few are looked for: after most ticks none.
        let mut items: HashMap<u64, Vec<ItemIndex>> = HashMap::new();
        for (item, spot) in self.spots.iter().enumerate().filter(|(_, spot)| families.contains_key(&spot.name)) {
            items.entry(spot.name).or_default().push(item);
        }
        for (name, known) in families {
            let Some(items) = items.get(&name) else { continue };
            let free: Vec<ItemIndex> = items.iter().copied().filter(|i| self.is_free(*i, &known)).collect();
            let pairs = if known.len().saturating_mul(items.len()) > MOST_PAIRS {
                self.twins_in_order(&known, &free)
            } else {
                let pairs = known.iter().flat_map(|k| free.iter().map(|i| (*k, *i)));
                pairs.filter_map(|(k, i)| self.of_one_label(k, i, &known, items)).collect()
            };
            self.settle(pairs);
        }
    }

    /// Whether an item can still take something. What was settled under its own id stays with it, unless that id is
    /// one of those in question.
    fn is_free(&self, item: ItemIndex, in_question: &[usize]) -> bool {
        let id = &self.spots[item].id;
        let own = || self.log.items.get(id).is_some_and(History::stands);
        self.taken[item].is_none() && (!own() || in_question.iter().any(|k| self.known[*k].id == id))
    }

    /// Of very many twins, those whose number is the same as before are taken in their order.
    fn twins_in_order(&self, known: &[usize], items: &[ItemIndex]) -> Vec<Pair> {
        let by_id: HashMap<&ItemId, ItemIndex> = items.iter().map(|i| (&self.spots[*i].id, *i)).collect();
        let pair = |&known: &usize| {
            let k = &self.known[known];
            let &item = by_id.get(k.id)?;
            let same = self.spots[item].near.section == k.subject.near.section;
            same.then_some(Pair { known, item, weight: 1, carried: Carried::Exact })
        };
        known.iter().filter_map(pair).collect()
    }

    /// What speaks for an item of the same label being the one that the journal knows. `items` are all of that label,
    /// `rivals` all that the journal knows of it and that have no item yet.
    fn of_one_label(&self, known: usize, item: ItemIndex, rivals: &[usize], items: &[ItemIndex]) -> Option<Pair> {
        let (k, spot) = (&self.known[known], &self.spots[item]);
        let (then, now) = (&k.subject.near, &spot.near);
        let same_id = *k.id == spot.id;
        let same_kind = k.subject.kind == Some(spot.kind);
        let (same_path, same_section) = (k.path == spot.path, k.section == spot.section);
        let same_body = k.subject.body == spot.body;
        // A text that only this one has tells twins apart better than their order does. Where some went, only a text
        // of some length does: they may have had the same few words.
        let own_body = same_body
            && (then.section <= now.section || then.sketch != 0)
            && items.iter().all(|i| *i == item || self.spots[*i].body != spot.body)
            && rivals.iter().all(|r| *r == known || self.known[*r].subject.body != spot.body);
        let several = items.len() > 1 || rivals.len() > 1;
        let as_many = then.section == now.section && same_path;
        let neighbours = u32::from(then.before == now.before) + u32::from(then.after == now.after);
        let one_of_its_section = || items.iter().all(|i| *i == item || self.spots[*i].section != spot.section);
        let sure = if now.guide == 1 && then.guide == 1 && !several {
            true
        } else {
            (same_id && as_many)
                || (own_body && several && same_path)
                || (then.guide == now.guide && then.section == 1 && same_section && one_of_its_section())
        };
        // One of several went, and this one stands among others than it did: it is as likely to be the other.
        let another = then.section > now.section && neighbours == 0 && !own_body;
        let doubtful = !sure && (another || (!same_section && neighbours < 2));
        if doubtful {
            return None;
        }
        let noted = !same_id && self.log.items.get(&spot.id).is_some_and(|h| h.entry.note.is_some());
        let carried = match () {
            () if !sure || noted || !may_become(k.subject.kind, spot.kind) => Carried::Likely,
            () if same_path && same_kind => Carried::Exact,
            () => Carried::Moved,
        };
        let weight = 64 * u32::from(same_kind)
            + 32 * u32::from(own_body && several)
            + 16 * u32::from(same_id && as_many)
            + 8 * u32::from(same_path)
            + 4 * u32::from(same_section)
            + 2 * neighbours
            + u32::from(k.subject.place == spot.place);
        Some(Pair { known, item, weight, carried })
    }

    /// What is in none of today's items by its words: the same place with a like text, or a like label.
    fn by_likeness(&mut self) {
        let lost = |known: usize| {
            let k = &self.known[known];
            let elsewhere = !k.history.stands() && self.ids.contains_key(k.id);
            k.matters && self.found[known].is_none() && !elsewhere
        };
        let lost: Vec<usize> = (0..self.known.len()).filter(|known| lost(*known)).collect();
        if lost.is_empty() {
            return;
        }
        let windows = Windows::of(self);
        let mut sketches: HashMap<ItemIndex, u64> = HashMap::new();
        let mut pairs = Vec::new();
        for known in lost {
            let k = &self.known[known];
            for item in windows.around(k) {
                if !self.is_free(item, &[]) {
                    continue;
                }
                let sketch = || *sketches.entry(item).or_insert_with(|| sketch(self.guide, &self.guide.items[item]));
                if let Some(weight) = reworded(k.subject, &self.spots[item], &self.guide.items[item].label, sketch) {
                    pairs.push(Pair { known, item, weight, carried: Carried::Likely });
                }
            }
        }
        self.settle(pairs);
    }

    /// Takes the pairs for which most speaks, each side once. Where as much speaks for another, neither is taken.
    fn settle(&mut self, mut pairs: Vec<Pair>) {
        pairs.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.known.cmp(&b.known)).then(a.item.cmp(&b.item)));
        for same_weight in pairs.chunk_by(|a, b| a.weight == b.weight) {
            let (mut by_known, mut by_item): (HashMap<usize, usize>, HashMap<ItemIndex, usize>) = Default::default();
            let open = |work: &Self, p: &Pair| work.found[p.known].is_none() && work.taken[p.item].is_none();
            let open: Vec<&Pair> = same_weight.iter().filter(|p| open(self, p)).collect();
            for pair in &open {
                *by_known.entry(pair.known).or_default() += 1;
                *by_item.entry(pair.item).or_default() += 1;
            }
            for pair in open {
                if by_known.get(&pair.known) == Some(&1) && by_item.get(&pair.item) == Some(&1) {
                    self.take(pair.known, pair.item, pair.carried);
                }
            }
        }
    }

    fn take(&mut self, known: usize, item: ItemIndex, carried: Carried) {
        self.taken[item] = Some((known, carried));
        self.found[known] = Some(item);
    }

    fn matching(self) -> Matching {
        let told = |(item, taken): (ItemIndex, &Option<(usize, Carried)>)| {
            let (known, carried) = (*taken)?;
            let k = &self.known[known];
            let changed = carried == Carried::Likely || k.history.entry.is_changed(self.spots[item].body);
            Some(Match { id: k.id.clone(), carried, changed })
        };
        let items = self.taken.iter().enumerate().map(told).collect();
        let gone = self.known.iter().zip(&self.found).filter(|(_, found)| found.is_none()).map(|(known, _)| known);
        let mut gone: Vec<_> = gone.filter_map(|k| Some((k.history.entry.settled()?, k.id))).collect();
        gone.sort_by(|(a, _), (b, _)| (a.at, &a.dot).cmp(&(b.at, &b.dot)));
        let retired = gone.into_iter().map(|(_, id)| id.clone()).collect();
        Matching { items, retired, groups: groups(self.guide, self.log) }
    }
}

/// Items by where they stand.
struct Windows {
    before: HashMap<(u64, u32), Vec<ItemIndex>>,
    after: HashMap<(u64, u32), Vec<ItemIndex>>,
    place: HashMap<(u64, u32), Vec<ItemIndex>>,
    /// What a section that is no longer in the guide is called now: where most of its items went.
    renamed: HashMap<u64, u64>,
}

impl Windows {
    fn of(work: &Work) -> Windows {
        let (mut before, mut after, mut place): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) =
            Default::default();
        for (item, spot) in work.spots.iter().enumerate() {
            before.entry((spot.path, spot.near.before)).or_default().push(item);
            after.entry((spot.path, spot.near.after)).or_default().push(item);
            place.entry((spot.path, spot.place)).or_default().push(item);
        }
        let here: HashSet<u64> = work.spots.iter().map(|s| s.path).collect();
        let mut went: HashMap<u64, BTreeMap<u64, usize>> = HashMap::new();
        for (k, found) in work.known.iter().zip(&work.found) {
            if let Some(item) = found.filter(|_| !here.contains(&k.path)) {
                *went.entry(k.path).or_default().entry(work.spots[item].path).or_default() += 1;
            }
        }
        let most = |paths: &BTreeMap<u64, usize>| paths.iter().max_by_key(|(_, n)| **n).map(|(path, _)| *path);
        let renamed = went.iter().filter_map(|(from, to)| Some((*from, most(to)?))).collect();
        Windows { before, after, place, renamed }
    }

    /// The items of the section that stand beside the same neighbour or at the same place.
    fn around(&self, k: &Known) -> Vec<ItemIndex> {
        let path = self.renamed.get(&k.path).copied().unwrap_or(k.path);
        let near = &k.subject.near;
        let lists = [
            self.before.get(&(path, near.before)),
            self.after.get(&(path, near.after)),
            self.place.get(&(path, k.subject.place)),
        ];
        let mut items: Vec<ItemIndex> =
            lists.into_iter().flatten().flat_map(|list| list.iter().copied().take(MOST_CANDIDATES)).collect();
        items.sort_unstable();
        items.dedup();
        items
    }
}

/// How much speaks for an item being a settled one reworded; none where it is below the bar (see `likeness`).
fn reworded(then: &Subject, spot: &Spot, label: &str, sketch: impl FnOnce() -> u64) -> Option<u32> {
    let print = fingerprint(spot.name);
    let was_neighbour = print == then.near.before || print == then.near.after;
    let same_words = name_of(&then.label) == spot.name;
    if was_neighbour || same_words || then.kind != Some(spot.kind) {
        return None;
    }
    let neighbours = u32::from(then.near.before == spot.near.before) + u32::from(then.near.after == spot.near.after);
    let same_place = then.place == spot.place;
    let likeness = alike(&then.label, label);
    let like_label = likeness >= if neighbours == 2 { BETWEEN } else { BESIDE };
    let like_text = (neighbours > 0 || same_place) && same_text(then.near.sketch, sketch());
    // In coarse steps, so that two halves of one step weigh the same, and neither is it.
    let weight = 200 * u32::from(like_text) + 20 * (10.0 * likeness).round() as u32 + 30 * neighbours;
    (like_label || like_text).then_some(weight)
}

/// Whether an id is made of a hash: 16 hexadecimal digits. All others are an author's.
fn is_made(id: &ItemId) -> bool {
    id.0.len() == 16 && id.0.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

/// A step may become a task box and the other way round; to tick and to affirm are two things.
fn may_become(then: Option<ItemKind>, now: ItemKind) -> bool {
    then == Some(now) || (then.is_some_and(|kind| kind != ItemKind::Value) && now != ItemKind::Value)
}

/// The groups that the journal knows: by id, by a title that one group has and had, or by what they hold.
fn groups(guide: &Guide, log: &Log) -> Vec<Option<ItemId>> {
    let ids: Vec<ItemId> = guide.groups.iter().map(|g| plain_id(&g.id)).collect();
    let mut found: Vec<Option<ItemId>> = ids.iter().map(|id| log.groups.contains_key(id).then(|| id.clone())).collect();
    let here: HashSet<&ItemId> = ids.iter().collect();
    let mut gone: Vec<(&ItemId, &Subject)> = log.groups.iter().filter_map(|(id, h)| gone_group(log, id, h)).collect();
    gone.retain(|(id, _)| !here.contains(*id));
    gone.sort_by_key(|(id, _)| *id);
    if gone.is_empty() {
        return found;
    }
    let titles: Vec<u64> = guide.groups.iter().map(|g| name_of(&g.title)).collect();
    let held: Vec<u64> = guide.groups.iter().map(|g| contents(guide, &g.items, g.kind)).collect();
    let only = |all: &[u64], value: u64| {
        let mut places = all.iter().enumerate().filter(|(_, v)| **v == value).map(|(at, _)| at);
        places.next().filter(|_| places.next().is_none())
    };
    for (id, subject) in gone {
        let titled = only(&titles, name_of(&subject.label)).filter(|_| subject.near.guide == 1);
        let holding = || only(&held, subject.body);
        if let Some(slot) = titled.or_else(holding).and_then(|at| found.get_mut(at)).filter(|slot| slot.is_none()) {
            *slot = Some(id.clone());
        }
    }
    found
}

/// A group that is left out, as it was described when it was.
fn gone_group<'a>(log: &'a Log, id: &'a ItemId, history: &'a History) -> Option<(&'a ItemId, &'a Subject)> {
    let last = history.entry.last.as_ref().filter(|r| r.change.op == Op::Leave)?;
    let key = log.key_of(last)?;
    Some((id, &log.at(&key)?.change.subject))
}

/// How many groups of the guide have a title.
pub(super) fn of_title(guide: &Guide, title: &str) -> u32 {
    let wanted = fold(title).text;
    let count = guide.groups.iter().filter(|g| fold(&g.title).text.trim() == wanted.trim()).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
