//! Finds steps, tasks and values in what the parts tell of their lists and headings, and gathers them into groups.

mod lists;

pub(super) use lists::{Hoard, Lists, lists};

use super::document::{Block, BlockKind};
use super::fold::folded;
use super::items::{Group, GroupKind, Item, ItemId, ItemKind, Why};
use super::lead;
use super::{CleanText, Guide, Hands, HeadingIndex, Reading};
use compact_str::CompactString;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::num::{NonZeroU32, NonZeroUsize};
use std::ops::Range;

/// Between the titles of a path: no title holds it.
const UNIT: &str = "\u{1f}";

/// Characters of a title that count in a path: a long one stands in the paths of all that is under it.
const TITLE: usize = 100;

/// The items and groups of a guide of which all else is known.
pub(super) fn items(guide: &Guide, mut lists: Vec<(Hoard, Vec<Lists>)>, hands: &Hands) -> (Vec<Item>, Vec<Group>) {
    let sections = Sections::of(guide);
    let name = |lists: &mut [(Hoard, Vec<Lists>)]| {
        for (hoard, of_parts) in lists {
            of_parts.iter_mut().for_each(|of_part| hoard.name(of_part, guide, &sections));
        }
    };
    // What was read at a time is named at a time.
    let last = lists.len().saturating_sub(1);
    let (first, last) = lists.split_at_mut(last);
    hands(Box::new(|| name(first)), Box::new(|| name(last)));
    let place = |c: &Candidate| (c.blocks.start, c.depth);
    let mut headings = numbered_headings(guide, &sections);
    headings.sort_by_key(place);
    let mut headings = headings.into_iter().peekable();
    let room = headings.len() + lists.iter().flat_map(|(_, of_parts)| of_parts).map(Lists::len).sum::<usize>();
    let mut gather = Gather::new(guide, &sections, room);
    // Part by part: of a large guide nothing is held twice.
    for (mut hoard, of_parts) in lists {
        for mut of_part in of_parts {
            hoard.fetch(&mut of_part);
            let (mut found, above) = of_part.choose(guide, &sections);
            found.sort_by_key(place);
            let mut entries = vec![None; above.len()];
            for candidate in found {
                while let Some(heading) = headings.next_if(|heading| place(heading) <= place(&candidate)) {
                    gather.take(heading, &[], &mut []);
                }
                gather.take(candidate, &above, &mut entries);
            }
        }
    }
    headings.for_each(|heading| gather.take(heading, &[], &mut []));
    let (items, mut groups) = gather.done();
    nest(guide, &mut groups);
    (items, groups)
}

/// What an item is before its group, id and parent are known.
struct Candidate {
    kind: ItemKind,
    why: Why,
    label: CleanText,
    number: Option<u32>,
    checked: bool,
    box_at: Option<NonZeroUsize>,
    blocks: Range<u32>,
    /// The section that counts it.
    section: Option<HeadingIndex>,
    source: Source,
    /// Containers around it: among items that start with the same block, the outer one comes first.
    depth: u32,
    /// Hash of its name.
    name: Fnv,
    /// Hash of its text; a heading's is made when all candidates are known.
    body: u64,
}

#[derive(Clone, Copy)]
enum Source {
    Heading(HeadingIndex),
    /// An item of a list, by its number among those that were found in its part.
    Entry(usize),
}

/// What is known of each heading's section.
struct Sections {
    /// It, or one above it, speaks of values.
    values: Vec<bool>,
    /// It, or one above it, holds no items by the author's word.
    ignored: Vec<bool>,
    /// Folded, the first [`TITLE`] characters.
    titles: Vec<String>,
    /// Hashes of their paths.
    paths: Vec<Fnv>,
    /// The heading above each.
    parents: Vec<Option<HeadingIndex>>,
}

impl Sections {
    fn of(guide: &Guide) -> Sections {
        let names = |all: &[CleanText]| all.iter().map(|name| folded(lead::title(name))).collect::<HashSet<_>>();
        let (values, ignore) = (names(&guide.front.values), names(&guide.front.ignore));
        let parents = guide.headings.iter().map(|h| h.parent).collect();
        let mut all =
            Sections { values: Vec::new(), ignored: Vec::new(), titles: Vec::new(), paths: Vec::new(), parents };
        for heading in &guide.headings {
            let whole = folded(&heading.text);
            let speaks_of_values = lead::speaks_of_values(&whole);
            let title = lead::title(&heading.text);
            let title = if title.len() < heading.text.len() { folded(title) } else { whole };
            let above = |flags: &[bool]| heading.parent.and_then(|p| flags.get(p).copied()).unwrap_or_default();
            let of_values = speaks_of_values || values.contains(&title) || above(&all.values);
            let ignored = ignore.contains(&title) || above(&all.ignored);
            all.values.push(of_values);
            all.ignored.push(ignored);
            let title = shortened(title);
            let mut path = heading.parent.and_then(|p| all.paths.get(p).copied()).unwrap_or_else(Fnv::new);
            if heading.parent.is_some() {
                path.bytes(UNIT.as_bytes());
            }
            path.bytes(title.as_bytes());
            all.paths.push(path);
            all.titles.push(title);
        }
        all
    }

    fn of_values(&self, section: Option<HeadingIndex>) -> bool {
        section.and_then(|s| self.values.get(s).copied()).unwrap_or_default()
    }

    fn ignored(&self, section: Option<HeadingIndex>) -> bool {
        section.and_then(|s| self.ignored.get(s).copied()).unwrap_or_default()
    }

    /// Hash of the name of an item in a section: its path, its kind, its folded label.
    fn name(&self, section: Option<HeadingIndex>, kind: ItemKind, label: &str) -> Fnv {
        let mut name = section.and_then(|s| self.paths.get(s).copied()).unwrap_or_else(Fnv::new);
        for piece in [UNIT, kind_name(group_kind(kind)), UNIT, &folded(label)] {
            name.bytes(piece.as_bytes());
        }
        name
    }

    /// The titles from the root down to a section, joined: at most six.
    fn path(&self, section: Option<HeadingIndex>) -> String {
        let above = |s: &HeadingIndex| self.parents.get(*s).copied().flatten();
        let chain = std::iter::successors(section, above).filter_map(|s| self.titles.get(s));
        let mut titles: Vec<&str> = chain.map(String::as_str).collect();
        titles.reverse();
        titles.join(UNIT)
    }
}

/// A folded title, as much of it as counts.
fn shortened(mut title: String) -> String {
    if let Some((end, _)) = title.char_indices().nth(TITLE) {
        title.truncate(end);
    }
    title
}

impl Guide {
    /// The folded titles of the headings above a group's items, each cut where it is very long, joined by U+001F: where
    /// they stood, for matching. A large guide has tens of thousands of groups, and seldom are their paths asked for.
    pub fn path_of(&self, group: &Group) -> String {
        let chain = group.heading.map(|heading| self.heading_path(heading)).unwrap_or_default();
        let title = |heading: &HeadingIndex| Some(shortened(folded(self.headings.get(*heading)?.title())));
        chain.iter().filter_map(title).collect::<Vec<_>>().join(UNIT)
    }
}

/// A numbered heading, its number and what follows it.
type Numbered<'a> = (HeadingIndex, u64, &'a str);

/// Two or more sibling headings whose numbers rise from 1. Others may stand between them, and a number may be missing:
/// a step that was deleted takes no other with it.
fn numbered_headings(guide: &Guide, sections: &Sections) -> Vec<Candidate> {
    let mut siblings: BTreeMap<(Option<HeadingIndex>, u8), Vec<Numbered>> = BTreeMap::new();
    for (at, heading) in guide.headings.iter().enumerate() {
        if let Some((number, label)) = lead::numbered(&heading.text) {
            siblings.entry((heading.parent, heading.level)).or_default().push((at, number, label));
        }
    }
    let mut found = Vec::new();
    for ((parent, _), numbered) in siblings {
        let value = sections.of_values(parent);
        if sections.ignored(parent) || (guide.front.no_steps && !value) {
            continue;
        }
        for run in rising(&numbered) {
            for &(at, number, label) in run {
                if sections.ignored(Some(at)) {
                    continue;
                }
                let Some(heading) = guide.headings.get(at) else { continue };
                let kind = if value { ItemKind::Value } else { ItemKind::Step };
                let label = CleanText::line(label).within(&heading.text);
                found.push(Candidate {
                    kind,
                    why: if value { Why::NumberedValue } else { Why::NumberedHeading },
                    name: sections.name(parent, kind, &label),
                    label,
                    number: u32::try_from(number).ok(),
                    checked: false,
                    box_at: None,
                    blocks: heading.block..guide.section_end(at),
                    section: parent,
                    source: Source::Heading(at),
                    depth: 0,
                    body: 0,
                });
            }
        }
    }
    found
}

/// The runs of two or more whose numbers rise, starting from 1.
fn rising<'a, 'b>(numbered: &'a [Numbered<'b>]) -> Vec<&'a [Numbered<'b>]> {
    numbered
        .chunk_by(|a, b| a.1 < b.1)
        .filter(|run| run.len() >= 2 && run.first().is_some_and(|first| first.1 == 1))
        .collect()
}

/// Gives the candidates, in the order of the text, their groups, parents and ids.
struct Gather<'g> {
    guide: &'g Guide,
    sections: &'g Sections,
    items: Vec<Item>,
    groups: Vec<Group>,
    /// The groups of each section, by kind, counted from 1; those before the first heading come last.
    group_at: Vec<[Option<NonZeroU32>; 3]>,
    /// Which item a heading has become.
    headings: Vec<Option<usize>>,
    ids: Ids,
    /// Of blocks that count for headings.
    hashes: HashMap<u32, u64>,
    reading: Reading<'g>,
}

impl<'g> Gather<'g> {
    fn new(guide: &'g Guide, sections: &'g Sections, room: usize) -> Gather<'g> {
        Gather {
            guide,
            sections,
            items: Vec::with_capacity(room),
            groups: Vec::new(),
            group_at: vec![[None; 3]; guide.headings.len() + 1],
            headings: vec![None; guide.headings.len()],
            ids: Ids::with_room(room),
            hashes: HashMap::new(),
            reading: guide.reading(),
        }
    }

    /// Takes one. Of the entries of its part it is told which stands around which, and which item each has become.
    fn take(&mut self, candidate: Candidate, above: &[Option<usize>], entries: &mut [Option<usize>]) {
        let Gather { guide, sections, groups, ids, .. } = self;
        let kind = group_kind(candidate.kind);
        let section = candidate.section.unwrap_or(guide.headings.len());
        let Some(slot) = self.group_at.get_mut(section).and_then(|kinds| kinds.get_mut(kind as usize)) else { return };
        let group = slot.map_or(groups.len(), |group| group.get() as usize - 1);
        if slot.is_none() {
            let path = sections.path(candidate.section);
            groups.push(new_group(guide, &path, candidate.section, kind, ids));
            *slot = NonZeroU32::new(groups.len() as u32);
        }
        let at = self.items.len();
        if let Some(group) = groups.get_mut(group) {
            group.items.push(at);
        }
        let (explicit, body) = match candidate.source {
            Source::Heading(heading) => {
                // Each block is read once: of headings one under the other, all hold the lowest one's text.
                let (reading, hashes) = (&mut self.reading, &mut self.hashes);
                let hashed = |at| *hashes.entry(at).or_insert_with(|| reading.block(at).map_or(0, hash_of));
                let body = body_of(&candidate.label, &candidate.blocks, hashed);
                (guide.headings.get(heading).and_then(|h| h.id.as_deref()), body)
            }
            Source::Entry(_) => (None, candidate.body),
        };
        let id = ids.name(explicit, candidate.name);
        let parent = self.parent(&candidate, above, entries);
        self.items.push(Item {
            id,
            kind: candidate.kind,
            parent: parent.and_then(|at| NonZeroU32::new(at as u32 + 1)),
            group: group as u32,
            number: candidate.number.and_then(|number| NonZeroU32::new(number.saturating_add(1))),
            checked: candidate.checked,
            box_at: candidate.box_at,
            body,
            blocks: candidate.blocks,
            label: candidate.label,
            why: candidate.why,
        });
        let slot = match candidate.source {
            Source::Heading(heading) => self.headings.get_mut(heading),
            Source::Entry(entry) => entries.get_mut(entry),
        };
        if let Some(slot) = slot {
            *slot = Some(at);
        }
    }

    /// The item around a candidate: a list item, else a heading.
    fn parent(&self, candidate: &Candidate, above: &[Option<usize>], entries: &[Option<usize>]) -> Option<usize> {
        let outer = |entry: usize| above.get(entry).copied().flatten();
        let up = |heading: usize| self.guide.headings.get(heading).and_then(|h| h.parent);
        let (entry, heading) = match candidate.source {
            Source::Heading(at) => (None, up(at)),
            Source::Entry(at) => (outer(at), candidate.section),
        };
        let around = std::iter::successors(entry, |&at| outer(at)).find_map(|at| entries.get(at).copied().flatten());
        let over =
            || std::iter::successors(heading, |&at| up(at)).find_map(|at| self.headings.get(at).copied().flatten());
        around.or_else(over)
    }

    fn done(mut self) -> (Vec<Item>, Vec<Group>) {
        self.items.shrink_to_fit();
        self.groups.shrink_to_fit();
        (self.items, self.groups)
    }
}

fn group_kind(kind: ItemKind) -> GroupKind {
    match kind {
        ItemKind::Step => GroupKind::Steps,
        ItemKind::Task => GroupKind::Tasks,
        ItemKind::Value => GroupKind::Values,
    }
}

/// What a kind is called in the names that ids are made of; never to be changed.
fn kind_name(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Steps => "Steps",
        GroupKind::Tasks => "Tasks",
        GroupKind::Values => "Values",
    }
}

fn new_group(guide: &Guide, path: &str, section: Option<HeadingIndex>, kind: GroupKind, ids: &mut Ids) -> Group {
    let heading = section.and_then(|s| guide.headings.get(s));
    let title = heading.map_or_else(|| guide.title.clone(), |h| CleanText::line(h.title()).within(&h.text));
    let id = ids.name(None, Fnv::of(&["group", UNIT, kind_name(kind), UNIT, path]));
    Group { id, title, kind, heading: section, parent: None, items: Vec::new() }
}

/// Groups nest as their sections do.
fn nest(guide: &Guide, groups: &mut [Group]) {
    let mut by_heading: Vec<Option<usize>> = vec![None; guide.headings.len()];
    for (at, group) in groups.iter().enumerate() {
        if let Some(slot) = group.heading.and_then(|heading| by_heading.get_mut(heading)) {
            slot.get_or_insert(at);
        }
    }
    for group in groups {
        let mut above = group.heading.and_then(|h| guide.headings.get(h)).and_then(|h| h.parent);
        while let Some(heading) = above {
            group.parent = by_heading.get(heading).copied().flatten();
            if group.parent.is_some() {
                break;
            }
            above = guide.headings.get(heading).and_then(|h| h.parent);
        }
    }
}

/// Blocks that count for the hash of an item's text: enough to see an edit, without a book being hashed for its title.
const HASHED: usize = 256;

/// Hash of the text of an item that has a label and some blocks; `hashed` gives the hash of a block's text.
fn body_of(label: &str, blocks: &Range<u32>, mut hashed: impl FnMut(u32) -> u64) -> u64 {
    let mut hash = Fnv::new();
    hash.text(label);
    for at in blocks.clone().take(HASHED) {
        hash.bytes(&hashed(at).to_le_bytes());
    }
    hash.0
}

/// Hash of a block's text. A heading's number is no part of it: renumbering changes nothing.
fn hash_of(block: &Block) -> u64 {
    let mut hash = Fnv::new();
    let text = lead::unmarked(block);
    match block.kind {
        BlockKind::Heading { .. } => hash.text(lead::title(&text)),
        _ => hash.text(&text),
    }
    hash.0
}

/// FNV-1a, 64 bits: the same for ever, on every machine; ids in people's journals depend on it.
#[derive(Clone, Copy)]
struct Fnv(u64);

impl Fnv {
    fn new() -> Fnv {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    /// Of a text that is given in pieces.
    fn of(pieces: &[&str]) -> Fnv {
        let mut hash = Fnv::new();
        pieces.iter().for_each(|piece| hash.bytes(piece.as_bytes()));
        hash
    }

    /// A text, its runs of white space made one.
    fn text(&mut self, text: &str) {
        if !text.is_ascii() {
            for word in text.split_whitespace() {
                self.bytes(word.as_bytes());
                self.bytes(b" ");
            }
            return self.bytes(b"\n");
        }
        // The same byte by byte.
        let mut in_word = false;
        for byte in text.as_bytes() {
            let blank = matches!(byte, b'\t'..=b'\r' | b' ');
            if !blank {
                self.bytes(&[*byte]);
            } else if in_word {
                self.bytes(b" ");
            }
            in_word = !blank;
        }
        if in_word {
            self.bytes(b" ");
        }
        self.bytes(b"\n");
    }

    fn bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

/// Hash of a text as 64 bits, stable for ever.
pub fn stable_hash(text: &str) -> u64 {
    Fnv::of(&[text]).0
}

/// Gives out ids, each once.
#[derive(Default)]
struct Ids {
    /// Those of the authors.
    explicit: HashSet<String>,
    /// The hashes that ids are made of.
    taken: HashSet<u64>,
    /// How many twins a hash has so far.
    twins: HashMap<u64, u32>,
}

impl Ids {
    /// With room for so many names.
    fn with_room(names: usize) -> Ids {
        Ids { taken: HashSet::with_capacity(names), ..Ids::default() }
    }

    /// The author's id where there is one that nobody has yet; else the hash of the name. Twins are told apart by their
    /// order: the first has none.
    fn name(&mut self, explicit: Option<&str>, plain: Fnv) -> ItemId {
        if let Some(id) = explicit.filter(|id| !id.is_empty() && id.len() <= 128)
            && !hash_in(id).is_some_and(|hash| self.taken.contains(&hash))
            && self.explicit.insert(id.to_owned())
        {
            return ItemId(id.into());
        }
        let mut found = self.take(plain.0);
        loop {
            if let Some(id) = found {
                return ItemId(id);
            }
            let twin = self.twins.entry(plain.0).or_default();
            *twin += 1;
            let mut hash = plain;
            hash.bytes(format!("{UNIT}{twin}").as_bytes());
            found = self.take(hash.0);
        }
    }

    /// The id of a hash, unless somebody has it.
    fn take(&mut self, hash: u64) -> Option<CompactString> {
        let id = digits(hash);
        (!self.explicit.contains(id.as_str()) && self.taken.insert(hash)).then_some(id)
    }
}

/// A hash as 16 hexadecimal digits.
fn digits(hash: u64) -> CompactString {
    // Four bits to a byte, the last digit in the last byte.
    let spread = |half: u32| {
        let mut all = u64::from(half);
        all = (all | all << 16) & 0x0000_ffff_0000_ffff;
        all = (all | all << 8) & 0x00ff_00ff_00ff_00ff;
        (all | all << 4) & 0x0f0f_0f0f_0f0f_0f0f
    };
    // From ten on it is a letter: a byte to which six was added has its fifth bit set.
    let written = |digits: u64| {
        let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101;
        digits + 0x3030_3030_3030_3030 + letters * u64::from(b'a' - b'0' - 10)
    };
    let halves = [hash >> 32, hash].map(|half| written(spread(half as u32)).to_be_bytes());
    CompactString::from_utf8(halves.as_flattened()).unwrap_or_default()
}

/// The hash that an id looks like.
fn hash_in(id: &str) -> Option<u64> {
    let hash = u64::from_str_radix(id, 16).ok()?;
    (digits(hash) == id).then_some(hash)
}

#[cfg(test)]
#[path = "find_tests.rs"]
mod tests;
