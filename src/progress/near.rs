//! What stands around an item, and fingerprints of texts: what tells a reworded item from a neighbour that took its
//! place, and one of several items of the same words from another. Compares nothing; that is `likeness`'s and
//! `matching`'s matter.
//!
//! Fingerprints stand in people's journals, so what is computed here must stay the same for ever.

use super::event::{LABEL_CHARS, PATH_CHARS, cut, plain_id};
use crate::guide::{
    BlockKind, CleanText, GroupKind, Guide, Item, ItemId, ItemIndex, ItemKind, fold, folded, stable_hash,
};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

/// Between the titles of a path.
pub(super) const PATH_JOINT: char = '\u{1f}';

/// Fewer words than this are no text that two versions could be compared by.
const FEWEST_WORDS: usize = 8;

/// A text is compared by its first words: enough to know it, without a book being read for one tick.
const MOST_WORDS: usize = 2000;

/// What stood around an item when its record was made; zero wherever it is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Near {
    /// Fingerprint of the label before it in its group; `EDGE` where it was the first.
    pub before: u32,
    /// Fingerprint of the label after it in its group; `EDGE` where it was the last.
    pub after: u32,
    /// How many items of its section had its label, itself included.
    pub section: u32,
    /// How many items of the guide had its label, itself included.
    pub guide: u32,
    /// Sketch of its text without the label: texts that have most words in common differ in few bits.
    pub sketch: u64,
}

/// Stands for no neighbour.
pub(super) const EDGE: u32 = 1;

/// An item of today's guide, as it is compared with records.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// As records hold it.
    pub id: ItemId,
    pub kind: ItemKind,
    /// Hash of the folded label.
    pub name: u64,
    /// Hash of the path.
    pub path: u64,
    /// Hash of the path's last title.
    pub section: u64,
    /// From 1, among the items of its group.
    pub place: u32,
    pub body: u64,
    /// All but the sketch, which is costly and seldom asked for.
    pub near: Near,
}

/// All items of a guide, as they are compared with records.
#[derive(Clone, Debug, Default)]
pub(super) struct Spots {
    /// Of which guide: of all that they depend on.
    print: u64,
    all: Arc<Vec<Spot>>,
}

impl Spots {
    /// Those of a guide; these, where they are: each tick asks, and 100,000 labels are not folded for one.
    pub(super) fn of(&self, guide: &Guide) -> Spots {
        let print = print(guide);
        if self.print == print { self.clone() } else { Spots { print, all: Arc::new(spots(guide)) } }
    }
}

impl Deref for Spots {
    type Target = [Spot];
    fn deref(&self) -> &[Spot] {
        &self.all
    }
}

/// Tells guides apart by their items. Never zero.
fn print(guide: &Guide) -> u64 {
    let add = |print: u64, part: u64| mixed(print.rotate_left(5) ^ part);
    let titles = guide.headings.iter().fold(0, |print, h| add(add(print, stable_hash(&h.text)), h.level.into()));
    let groups = guide.groups.iter().filter(|g| !g.items.is_empty());
    let paths = groups.fold(titles, |print, group| add(print, group.heading.map_or(0, |h| h as u64 + 1)));
    let items = guide.items.iter().fold(paths, |print, item| {
        let about =
            [stable_hash(&item.id.0), stable_hash(&item.label), item.body, item.group() as u64, item.kind as u64];
        about.into_iter().fold(print, add)
    });
    items.max(1)
}

fn spots(guide: &Guide) -> Vec<Spot> {
    let paths: Vec<(u64, u64)> = guide.groups.iter().map(|g| path_of(&plain_path(&guide.path_of(g)))).collect();
    let names: Vec<u64> = guide.items.iter().map(|i| name_of(&i.label)).collect();
    let mut spots: Vec<Spot> = Vec::with_capacity(guide.items.len());
    let (mut in_section, mut in_guide): (HashMap<_, u32>, HashMap<_, u32>) = (HashMap::new(), HashMap::new());
    for (item, &name) in guide.items.iter().zip(&names) {
        let (path, section) = paths.get(item.group()).copied().unwrap_or_default();
        *in_section.entry((path, name)).or_default() += 1;
        *in_guide.entry(name).or_default() += 1;
        let (id, kind, body) = (plain_id(&item.id), item.kind, item.body);
        spots.push(Spot { id, kind, name, path, section, place: 0, body, near: Near::default() });
    }
    for spot in &mut spots {
        spot.near.section = in_section.get(&(spot.path, spot.name)).copied().unwrap_or_default();
        spot.near.guide = in_guide.get(&spot.name).copied().unwrap_or_default();
    }
    for group in &guide.groups {
        let print = |item: Option<&ItemIndex>| item.and_then(|i| names.get(*i)).map_or(EDGE, |name| fingerprint(*name));
        for (place, item) in group.items.iter().enumerate() {
            let Some(spot) = spots.get_mut(*item) else { continue };
            spot.place = u32::try_from(place + 1).unwrap_or(u32::MAX);
            spot.near.before = print(place.checked_sub(1).and_then(|p| group.items.get(p)));
            spot.near.after = print(group.items.get(place + 1));
        }
    }
    spots
}

/// Hash of a folded label, cut as records cut it.
pub(super) fn name_of(label: &str) -> u64 {
    stable_hash(&folded(cut(label, LABEL_CHARS)))
}

/// What records keep of a neighbour's label.
pub(super) fn fingerprint(name: u64) -> u32 {
    (name as u32).max(EDGE + 1)
}

/// Hashes of a path and of its last title.
pub(super) fn path_of(path: &str) -> (u64, u64) {
    (stable_hash(path), stable_hash(path.rsplit(PATH_JOINT).next().unwrap_or_default()))
}

/// A path as records hold it: each title clean, and of a bounded length.
pub(super) fn plain_path(path: &str) -> String {
    let titles: Vec<CleanText> = cut(path, PATH_CHARS).split(PATH_JOINT).map(CleanText::line).collect();
    titles.iter().map(CleanText::as_str).collect::<Vec<_>>().join("\u{1f}")
}

/// Hash of what a group holds: its kind and the labels of its items, in whatever order. Never zero.
pub(super) fn contents(guide: &Guide, items: &[ItemIndex], kind: GroupKind) -> u64 {
    let names = items.iter().filter_map(|i| guide.items.get(*i)).map(|i| mixed(name_of(&i.label)));
    let sum = names.fold(0u64, u64::wrapping_add);
    mixed(sum ^ stable_hash(&format!("{kind:?}"))).max(1)
}

/// Sketch of an item's text without its label: a similarity hash (Charikar, 2002) of its folded words. Each word casts
/// a vote on each of 64 bits; two texts differ in about as many bits as their words differ. Zero where there are too
/// few words to say anything.
pub(super) fn sketch(guide: &Guide, item: &Item) -> u64 {
    let mut reading = guide.reading();
    let mut votes = [0i32; 64];
    let mut words = 0;
    for at in item.blocks.clone() {
        let Some(block) = reading.block(at) else { break };
        let opens = at == item.blocks.start;
        let text = match block.kind {
            BlockKind::Heading { .. } if opens => "",
            _ if opens => block.text.strip_prefix(item.label.as_str()).unwrap_or(&block.text),
            _ => &block.text,
        };
        let folded = fold(cut(text, 16 * MOST_WORDS)).text;
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().nth(2).is_some()) {
            let hash = mixed(stable_hash(word));
            for (bit, vote) in votes.iter_mut().enumerate() {
                *vote += if hash >> bit & 1 == 1 { 1 } else { -1 };
            }
            words += 1;
        }
        if words >= MOST_WORDS {
            break;
        }
    }
    if words < FEWEST_WORDS {
        return 0;
    }
    votes.iter().enumerate().fold(0, |sketch, (bit, vote)| sketch | u64::from(*vote > 0) << bit)
}

/// Spreads a hash over all bits, for FNV leaves the high ones of short texts alike (the finalizer of SplitMix64).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
#[path = "near_tests.rs"]
mod tests;
