//! What a part tells of its lists: the items that may be steps, tasks or values. Which of them are depends on their
//! sections, and these on what stands before the part.

use super::super::document::{Container, ContainerKind};
use super::super::parse::Title;
use super::super::part::{Border, Part};
use super::super::{CleanText, Guide, HeadingIndex, ItemKind, Why, lead};
use super::{Candidate, Fnv, Sections, Source, body_of, hash_of};
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::ops::Range;

/// The lists of a part.
#[derive(Default)]
pub(in super::super) struct Lists {
    lists: Vec<List>,
    /// Unless they are in a hoard.
    entries: Vec<Entry>,
    /// Which ones of the hoard they are.
    held: Range<usize>,
    /// Where the part begins.
    border: Border,
    /// How many headings stand before the part.
    headings: usize,
}

/// The entries of many parts in one piece of memory, which goes back to the system as a whole. Many small ones, between
/// what stays, would not.
#[derive(Default)]
pub(in super::super) struct Hoard {
    entries: VecDeque<Entry>,
    /// How many were fetched, or passed over.
    gone: usize,
}

impl Hoard {
    /// Takes the entries of a part, which comes behind all that are there.
    pub(in super::super) fn hold(&mut self, lists: &mut Lists) {
        let from = self.entries.len();
        self.entries.extend(std::mem::take(&mut lists.entries));
        lists.held = from..self.entries.len();
    }

    /// Hashes the names of a part's entries that are items.
    pub(super) fn name(&mut self, lists: &mut Lists, guide: &Guide, sections: &Sections) {
        let Lists { lists, entries, held, headings, .. } = lists;
        let mut entries = self.entries.range_mut(held.clone()).chain(entries);
        for list in lists {
            let section = list.section(*headings);
            for entry in entries.by_ref().take(list.len as usize) {
                if let Some((kind, _)) = list.rule(entry, section, guide, sections) {
                    entry.name = sections.name(section, kind, &entry.label);
                }
            }
        }
    }

    /// Gives a part its entries back. Parts come in their order; those that come no more are passed over.
    pub(super) fn fetch(&mut self, lists: &mut Lists) {
        let held = std::mem::take(&mut lists.held);
        if held.is_empty() {
            return;
        }
        self.entries.drain(..held.start.saturating_sub(self.gone).min(self.entries.len()));
        lists.entries = self.entries.drain(..held.len().min(self.entries.len())).collect();
        self.gone = held.end;
    }
}

/// A list of which at least one item may be an item of the guide.
struct List {
    /// How many of the part's headings stand before it.
    section: u32,
    /// It stands in no quote and no footnote: what is quoted is nothing to do.
    outside: bool,
    /// It is an ordered one of two items or more.
    ordered: bool,
    /// Every item opens with bold words.
    led: bool,
    /// How many items it has.
    len: u32,
}

/// An item of such a list. Those of the whole guide are there at once.
struct Entry {
    number: Option<u32>,
    task: Option<bool>,
    box_at: Option<NonZeroUsize>,
    label: CleanText,
    blocks: Range<u32>,
    depth: u32,
    /// The innermost entry around it.
    above: Option<u32>,
    body: u64,
    /// Hash of its name, once its section is known.
    name: Fnv,
}

impl List {
    /// The section that it stands in, where so many headings stand before the part.
    fn section(&self, headings: usize) -> Option<HeadingIndex> {
        (headings + self.section as usize).checked_sub(1)
    }

    /// Whether one of its items is an item of the guide, and why.
    fn rule(
        &self,
        entry: &Entry,
        section: Option<HeadingIndex>,
        guide: &Guide,
        sections: &Sections,
    ) -> Option<(ItemKind, Why)> {
        if sections.ignored(section) {
            None
        } else if entry.task.is_some() {
            Some((ItemKind::Task, Why::TaskBox))
        } else if self.outside && self.led && sections.of_values(section) {
            Some((ItemKind::Value, Why::BoldLed))
        } else if self.ordered && !guide.front.no_steps {
            Some((ItemKind::Step, Why::OrderedList))
        } else {
            None
        }
    }
}

/// Looks through the lists of a part.
pub(in super::super) fn lists(part: &Part, titles: &[Title]) -> Lists {
    let list_of = |(id, container): (usize, &Container)| match container.kind {
        ContainerKind::Item { .. } => container.parent.map(|list| (list.0, id as u32)),
        _ => None,
    };
    let mut items: Vec<(u32, u32)> = part.containers.iter().enumerate().filter_map(list_of).collect();
    let mut all = Lists::default();
    if items.is_empty() {
        return all;
    }
    items.sort_unstable();
    let (ends, aside) = (ends(part), aside(part));
    // Each block is hashed once: of items that stand one inside the other, all hold the innermost one's text.
    let mut hashes: Vec<Option<u64>> = vec![None; part.blocks.len()];
    let mut hash = |at: u32| match (hashes.get_mut(at as usize), part.blocks.get(at as usize)) {
        (Some(known), Some(block)) => *known.get_or_insert_with(|| hash_of(block)),
        _ => 0,
    };
    // Which entry a container is. Outer lists come before the lists in them.
    let mut entry_of: Vec<Option<u32>> = vec![None; part.containers.len()];
    let container = |id: u32| part.containers.get(id as usize);
    for items in items.chunk_by(|(list, _), (next, _)| list == next) {
        let Some(&(list, opener)) = items.first() else { continue };
        let Some(ContainerKind::List { start, .. }) = container(list).map(|c| &c.kind) else { continue };
        let outside = !aside.get(list as usize).copied().unwrap_or(true);
        let first = |id: u32| container(id).and_then(|c| part.blocks.get(c.first_block as usize));
        let led = outside && items.iter().all(|(_, id)| first(*id).is_some_and(|block| lead::bold(block).is_some()));
        let ordered = outside && start.is_some() && items.len() >= 2;
        let opens = container(opener).map_or(0, |c| c.first_block);
        let from = all.entries.len();
        for &(_, id) in items {
            let Some(&Container { ref kind, depth, first_block, parent, .. }) = container(id) else { continue };
            let &ContainerKind::Item { number, task, box_at, .. } = kind else { continue };
            let (true, Some(block)) = (led || ordered || task.is_some(), first(id)) else { continue };
            let label = lead::label(block);
            let blocks = first_block..ends.get(id as usize).copied().unwrap_or(first_block + 1);
            let body = body_of(&label, &blocks, &mut hash);
            let around = |id: &u32| container(*id).and_then(|c| c.parent).map(|up| up.0);
            let outwards = std::iter::successors(parent.map(|up| up.0), around);
            let above = outwards.take(64).find_map(|up| entry_of.get(up as usize).copied().flatten());
            if let Some(slot) = entry_of.get_mut(id as usize) {
                *slot = Some(all.entries.len() as u32);
            }
            // A list begins with nine digits at the most; before a box there is at least the mark of its list.
            let number = number.and_then(|number| u32::try_from(number).ok());
            let box_at = box_at.and_then(NonZeroUsize::new);
            all.entries.push(Entry { number, task, box_at, label, blocks, depth, above, body, name: Fnv::new() });
        }
        if from < all.entries.len() {
            let section = titles.partition_point(|title| title.block <= opens);
            let len = (all.entries.len() - from) as u32;
            all.lists.push(List { section: section as u32, outside, ordered, led, len });
        }
    }
    all
}

impl Lists {
    /// How many items there may be.
    pub(super) fn len(&self) -> usize {
        self.entries.len() + self.held.len()
    }

    /// What the items are called.
    pub(in super::super) fn labels(&mut self) -> impl Iterator<Item = &mut CleanText> {
        self.entries.iter_mut().map(|entry| &mut entry.label)
    }

    /// Says where the part begins, from which all is counted.
    pub(in super::super) fn placed(mut self, border: &Border, headings: usize) -> Lists {
        (self.border, self.headings) = (*border, headings);
        self
    }

    /// Those that are items of the guide; and, for all entries, the one around each.
    pub(super) fn choose(self, guide: &Guide, sections: &Sections) -> (Vec<Candidate>, Vec<Option<usize>>) {
        let above = self.entries.iter().map(|entry| entry.above.map(|at| at as usize)).collect();
        let mut found = Vec::with_capacity(self.entries.len());
        let mut entries = self.entries.into_iter().enumerate();
        for list in self.lists {
            let section = list.section(self.headings);
            for (at, entry) in entries.by_ref().take(list.len as usize) {
                let Some((kind, why)) = list.rule(&entry, section, guide, sections) else { continue };
                let Border { block, at: start, .. } = self.border;
                found.push(Candidate {
                    kind,
                    why,
                    label: entry.label,
                    number: entry.number,
                    checked: entry.task == Some(true),
                    box_at: entry.box_at.and_then(|at| at.checked_add(start)),
                    blocks: entry.blocks.start + block..entry.blocks.end + block,
                    section,
                    source: Source::Entry(at),
                    depth: entry.depth,
                    name: entry.name,
                    body: entry.body,
                });
            }
        }
        (found, above)
    }
}

/// For each container, the block after its last one. Children come after their parents, so one pass backwards is enough.
fn ends(part: &Part) -> Vec<u32> {
    let mut ends = vec![0; part.containers.len()];
    for (at, block) in part.blocks.iter().enumerate() {
        if let Some(end) = block.container.and_then(|id| ends.get_mut(id.0 as usize)) {
            *end = at as u32 + 1;
        }
    }
    for at in (0..ends.len()).rev() {
        let end = ends.get(at).copied().unwrap_or_default();
        let parent = part.containers.get(at).and_then(|c| c.parent);
        if let Some(above) = parent.and_then(|id| ends.get_mut(id.0 as usize)) {
            *above = end.max(*above);
        }
    }
    ends
}

/// For each container, whether it stands in a quote or a footnote.
fn aside(part: &Part) -> Vec<bool> {
    let mut all: Vec<bool> = Vec::with_capacity(part.containers.len());
    for container in &part.containers {
        let own = matches!(container.kind, ContainerKind::Quote(_) | ContainerKind::Footnote { .. });
        let above = container.parent.and_then(|id| all.get(id.0 as usize).copied()).unwrap_or_default();
        all.push(own || above);
    }
    all
}
