//! The guide's text in parts, each parsed when it is first asked for and forgotten when there are too many. Where parts
//! begin, and what they must know of each other, was found when the guide was read.

use super::Guide;
use super::document::{Block, Container, ContainerId, ContainerKind, Footnote, Link, LinkId};
use super::parse::{self, Lore};
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Bytes of source up to which all of a guide is kept parsed.
const KEPT: usize = 2 * 1024 * 1024;

/// Bytes of source of the parts of a longer one that are kept.
const NEAR: usize = 512 * 1024;

/// Bytes of source from which on a part is never forgotten: to parse it again would be felt.
const LARGE: usize = 64 * 1024;

/// A piece of the guide over whose borders nothing goes: no container, no block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Part {
    pub(super) blocks: Vec<Block>,
    pub(super) containers: Vec<Container>,
    pub(super) links: Vec<Link>,
}

/// Where a part begins: the byte of the source, and the numbers of the first block, container and link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Border {
    pub(super) at: usize,
    pub(super) block: u32,
    pub(super) container: u32,
    pub(super) link: u32,
}

impl Border {
    /// The border behind a part of this size that begins here.
    pub(super) fn after(self, size: Border) -> Border {
        Border {
            at: size.at,
            block: self.block + size.block,
            container: self.container + size.container,
            link: self.link + size.link,
        }
    }
}

impl Part {
    /// How much it holds, and the byte of the source that it ends at: the border behind it, were it the first one.
    pub(super) fn size(&self, end: usize) -> Border {
        Border {
            at: end,
            block: self.blocks.len() as u32,
            container: self.containers.len() as u32,
            link: self.links.len() as u32,
        }
    }

    /// The footnotes that are written here.
    pub(super) fn footnotes(&self) -> Vec<Footnote> {
        let note = |(id, container): (usize, &Container)| match &container.kind {
            ContainerKind::Footnote { label, number } => {
                Some(Footnote { label: label.clone(), number: *number, container: ContainerId(id as u32) })
            }
            _ => None,
        };
        self.containers.iter().enumerate().filter_map(note).collect()
    }

    /// Counts from the guide's beginning what was counted from the part's.
    pub(super) fn place(&mut self, border: &Border) {
        for block in &mut self.blocks {
            // What the parser added was written nowhere.
            if !block.source.is_empty() {
                block.source = block.source.start + border.at..block.source.end + border.at;
            }
            block.container = block.container.map(|id| ContainerId(id.0 + border.container));
            for span in &mut block.spans {
                span.link = span.link.map(|id| LinkId(id.0 + border.link));
            }
        }
        for container in &mut self.containers {
            if let ContainerKind::Item { box_at: Some(at), .. } = &mut container.kind {
                *at += border.at;
            }
            container.parent = container.parent.map(|id| ContainerId(id.0 + border.container));
            container.first_block += border.block;
        }
        for link in &mut self.links {
            link.block += border.block;
        }
    }
}

/// What has numbers.
#[derive(Clone, Copy)]
enum What {
    Block,
    Container,
    Link,
}

impl What {
    const ALL: [What; 3] = [What::Block, What::Container, What::Link];

    /// The number of the first one behind a border.
    fn at(self, border: &Border) -> u32 {
        match self {
            What::Block => border.block,
            What::Container => border.container,
            What::Link => border.link,
        }
    }
}

/// Numbers from one entry of [`Near`] to the next.
const STEP: u32 = 64;

/// How many borders lie at or before each multiple of [`STEP`], so that what has a number is found without a search
/// through all of them.
#[derive(Default)]
struct Near(Vec<u32>);

impl Near {
    fn new(borders: &[Border], what: What) -> Near {
        let mut before = 0;
        let mut count = |step: u32| {
            let rest = borders.iter().skip(before as usize);
            before += rest.take_while(|b| what.at(b) <= step.saturating_mul(STEP)).count() as u32;
            before
        };
        let last = borders.last().map_or(0, |b| what.at(b));
        Near((0..=last / STEP + 1).map(&mut count).collect())
    }

    /// The borders among which the last one at or before a number is, and how many lie before these.
    fn of<'a>(&self, borders: &'a [Border], number: u32) -> (&'a [Border], usize) {
        let at = |step: u32| self.0.get(step as usize).map_or(borders.len(), |n| *n as usize);
        let from = at(number / STEP);
        (borders.get(from..at(number / STEP + 1)).unwrap_or_default(), from)
    }
}

/// All parts.
#[derive(Default)]
pub(crate) struct Parts {
    /// Where each begins; and where the last one ends.
    borders: Vec<Border>,
    near: [Near; 3],
    lore: Lore,
    read: Vec<OnceLock<Box<Part>>>,
    /// Bytes of source of the parts that are parsed and may be forgotten.
    weight: AtomicUsize,
}

impl Parts {
    /// Parts that begin at these borders, the last of which is the guide's end. Those that are given, placed, are kept
    /// while there is room.
    pub(super) fn new(borders: Vec<Border>, lore: Lore, read: Vec<Option<Part>>) -> Parts {
        let near = What::ALL.map(|what| Near::new(&borders, what));
        let parts = Parts { borders, near, lore, read: vec_of(read), weight: AtomicUsize::new(0) };
        for at in 0..parts.read.len() {
            if parts.read.get(at).is_some_and(|slot| slot.get().is_some()) {
                parts.weigh(at);
            }
        }
        parts
    }

    /// Whether a part of so many bytes, in a guide of so many, is worth keeping from the start.
    pub(super) fn keeps(part: usize, guide: usize) -> bool {
        guide <= KEPT || part >= LARGE
    }

    /// The bytes of the source that a part is.
    fn bytes(&self, part: usize) -> Range<usize> {
        let at = |n: usize| self.borders.get(n).map_or(0, |b| b.at);
        at(part)..at(part + 1)
    }

    fn weigh(&self, part: usize) {
        let bytes = self.bytes(part).len();
        if bytes < LARGE {
            self.weight.fetch_add(bytes, Ordering::Relaxed);
        }
    }

    fn end(&self) -> Border {
        self.borders.last().copied().unwrap_or_default()
    }

    /// Which part holds what has a number; and where it begins.
    fn holding(&self, number: u32, what: What) -> Option<(usize, &Border)> {
        if number >= what.at(&self.end()) {
            return None;
        }
        let (near, before) = self.near.get(what as usize)?.of(&self.borders, number);
        let part = (before + near.partition_point(|b| what.at(b) <= number)).checked_sub(1)?;
        Some((part, self.borders.get(part)?))
    }
}

fn vec_of(read: Vec<Option<Part>>) -> Vec<OnceLock<Box<Part>>> {
    let slot = |part: Option<Part>| part.map_or_else(OnceLock::new, |part| OnceLock::from(Box::new(part)));
    read.into_iter().map(slot).collect()
}

#[cfg(test)]
impl Parts {
    /// Forgets all that was parsed.
    pub(super) fn forget_all(&mut self) {
        self.read.iter_mut().for_each(|slot| _ = slot.take());
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} parts", self.read.len())
    }
}

#[cfg(test)]
impl Guide {
    /// The guide with other blocks, that stand in nothing.
    pub(crate) fn with_blocks(self, blocks: Vec<Block>) -> Guide {
        let part = Part { blocks, ..Part::default() };
        let borders = vec![Border::default(), part.size(0)];
        Guide { parts: Parts::new(borders, Lore::default(), vec![Some(part)]), ..self }
    }
}

impl Guide {
    /// How many blocks there are.
    pub fn block_count(&self) -> u32 {
        self.parts.end().block
    }

    /// How many parts there are.
    pub(super) fn part_count(&self) -> usize {
        self.parts.read.len()
    }

    /// The blocks of a part.
    pub(super) fn part_blocks(&self, part: usize) -> Range<u32> {
        let block = |part: usize| self.parts.borders.get(part).map_or(0, |b| b.block);
        block(part)..block(part + 1)
    }

    /// The bytes of the source that a part is.
    pub(super) fn part_bytes(&self, part: usize) -> Range<usize> {
        self.parts.bytes(part)
    }

    /// A block, by its number.
    pub fn block(&self, number: u32) -> Option<&Block> {
        let (part, border) = self.parts.holding(number, What::Block)?;
        self.part(part)?.blocks.get((number - border.block) as usize)
    }

    /// A container, by its number.
    pub fn container(&self, id: ContainerId) -> Option<&Container> {
        let (part, border) = self.parts.holding(id.0, What::Container)?;
        self.part(part)?.containers.get((id.0 - border.container) as usize)
    }

    /// A link, by its number.
    pub fn link(&self, id: LinkId) -> Option<&Link> {
        let (part, border) = self.parts.holding(id.0, What::Link)?;
        self.part(part)?.links.get((id.0 - border.link) as usize)
    }

    /// The links of a block's text from a byte on, in order.
    pub fn links_from(&self, block: u32, byte: usize) -> impl Iterator<Item = (LinkId, &Link)> {
        let held =
            self.parts.holding(block, What::Block).and_then(|(part, border)| Some((self.part(part)?, border.link)));
        let (links, first) = held.map_or((Default::default(), 0), |(part, first)| (part.links.as_slice(), first));
        let from = links.partition_point(|l| (l.block, l.range.start as usize) < (block, byte));
        let numbered = links.iter().zip(first..).skip(from).map(|(link, id)| (LinkId(id), link));
        numbered.take_while(move |(_, link)| link.block == block)
    }

    /// The block after a container's last one.
    pub fn container_end(&self, id: ContainerId) -> u32 {
        let Some((part, border)) = self.parts.holding(id.0, What::Container) else { return self.block_count() };
        let Some(part) = self.part(part) else { return self.block_count() };
        let Some(first) = part.containers.get((id.0 - border.container) as usize).map(|c| c.first_block) else {
            return self.block_count();
        };
        // A container's blocks stand together, and a parent's number is smaller than its child's.
        let above = |c: &ContainerId| part.containers.get((c.0 - border.container) as usize)?.parent.filter(|p| p < c);
        let inside = |block: &Block| std::iter::successors(block.container, above).any(|at| at == id);
        let rest = part.blocks.get((first - border.block) as usize..).unwrap_or_default();
        first + rest.partition_point(inside).max(1) as u32
    }

    /// The first block of a part that begins so many bytes of source behind that of another block, at the least; and how
    /// many bytes lie between the two. Parses nothing.
    pub fn further(&self, block: u32, bytes: usize) -> (u32, usize) {
        let borders = &self.parts.borders;
        let here = borders.partition_point(|b| b.block <= block);
        let start = here.checked_sub(1).and_then(|here| borders.get(here)).map_or(0, |b| b.at);
        let far = |b: &&Border| b.at - start >= bytes;
        let next = borders.iter().skip(here).find(far).copied().unwrap_or(self.parts.end());
        (next.block, next.at - start)
    }

    /// The last block that begins at or before a byte of the source. Blocks that the parser added have no source.
    pub fn block_at_byte(&self, byte: usize) -> Option<u32> {
        let holds = |block: &Block| !block.source.is_empty() && block.source.start <= byte;
        let last = self.parts.borders.partition_point(|b| b.at <= byte).min(self.parts.read.len());
        (0..last).rev().find_map(|part| {
            let found = self.part(part)?.blocks.iter().rposition(holds)?;
            Some(self.parts.borders.get(part)?.block + found as u32)
        })
    }

    /// All blocks, with their numbers. Of a large guide [`Guide::reading`] keeps less.
    pub fn blocks(&self) -> impl Iterator<Item = (u32, &Block)> {
        (0..self.block_count()).filter_map(|number| Some((number, self.block(number)?)))
    }

    /// All containers, in the order of their numbers.
    pub fn containers(&self) -> impl Iterator<Item = (ContainerId, &Container)> {
        (0..self.parts.end().container).map(ContainerId).filter_map(|id| Some((id, self.container(id)?)))
    }

    /// All links and images, in document order.
    pub fn links(&self) -> impl Iterator<Item = (LinkId, &Link)> {
        (0..self.parts.end().link).map(LinkId).filter_map(|id| Some((id, self.link(id)?)))
    }

    /// Reads blocks in their order without keeping what was read.
    pub fn reading(&self) -> Reading<'_> {
        Reading { guide: self, held: None }
    }

    /// Whether it is too long to be kept parsed as a whole.
    pub fn is_long(&self) -> bool {
        self.source.len() > KEPT
    }

    /// Whether more parts are parsed than should be kept.
    pub fn is_heavy(&self) -> bool {
        self.is_long() && self.parts.weight.load(Ordering::Relaxed) > NEAR
    }

    /// Forgets parsed parts, but for those around some blocks. Whoever asks for them again waits for them a little.
    pub fn forget_but(&mut self, blocks: Range<u32>) {
        let near = |b: &Border, next: &Border| b.block < blocks.end && blocks.start < next.block;
        let borders = &self.parts.borders;
        let mut weight = 0;
        for ((slot, border), next) in self.parts.read.iter_mut().zip(borders).zip(borders.iter().skip(1)) {
            let bytes = next.at - border.at;
            match bytes < LARGE && slot.get().is_some() {
                true if near(border, next) => weight += bytes,
                true => _ = slot.take(),
                false => {}
            }
        }
        *self.parts.weight.get_mut() = weight;
    }

    fn part(&self, part: usize) -> Option<&Part> {
        let slot = self.parts.read.get(part)?;
        if let Some(read) = slot.get() {
            return Some(read);
        }
        Some(slot.get_or_init(|| {
            self.parts.weigh(part);
            Box::new(self.parsed(part))
        }))
    }

    fn parsed(&self, part: usize) -> Part {
        let text = self.source.get(self.parts.bytes(part)).unwrap_or_default();
        let read = parse::part(&text, text.len(), &self.parts.lore);
        let mut read = read.map(|read| read.part).unwrap_or_default();
        read.place(&self.parts.borders.get(part).copied().unwrap_or_default());
        read
    }
}

/// Blocks read in their order. Parts that nobody has asked for are parsed, and held no longer than needed.
pub struct Reading<'a> {
    guide: &'a Guide,
    held: Option<(usize, Part)>,
}

impl Reading<'_> {
    /// A block, by its number.
    pub fn block(&mut self, number: u32) -> Option<&Block> {
        let (part, first) = self.part(number)?;
        part.blocks.get((number - first) as usize)
    }

    /// A block, by its number, with the links in its text.
    pub fn linked(&mut self, number: u32) -> Option<(&Block, &[Link])> {
        let (part, first) = self.part(number)?;
        let block = part.blocks.get((number - first) as usize)?;
        let from = part.links.partition_point(|l| l.block < number);
        let to = part.links.partition_point(|l| l.block <= number);
        Some((block, part.links.get(from..to)?))
    }

    /// The part that holds a block, and the number of its first one.
    fn part(&mut self, block: u32) -> Option<(&Part, u32)> {
        let (part, border) = self.guide.parts.holding(block, What::Block)?;
        if let Some(read) = self.guide.parts.read.get(part)?.get() {
            return Some((read, border.block));
        }
        if self.held.as_ref().is_none_or(|(held, _)| *held != part) {
            self.held = Some((part, self.guide.parsed(part)));
        }
        Some((&self.held.as_ref()?.1, border.block))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;

    /// Parts of many small blocks, and long runs of parts without containers or links.
    fn guide() -> Guide {
        let small = "- a\n- [b](/c)\n".repeat(200);
        let large = format!("{}\n\n", "mot ".repeat(300)).repeat(40);
        Guide::parse_in_parts(&format!("{large}{small}\n\n{large}{small}\n\n{large}"), &Origin::default(), 1024)
    }

    #[test]
    fn whatever_has_a_number_is_found_as_by_a_search_through_all() {
        let parts = &guide().parts;
        for what in What::ALL {
            let end = what.at(&parts.end());
            assert!(end > 3 * STEP);
            for number in 0..end {
                let part = parts.borders.partition_point(|b| what.at(b) <= number) - 1;
                assert_eq!(parts.holding(number, what), Some((part, &parts.borders[part])), "{number}");
            }
            assert_eq!(parts.holding(end, what), None);
            assert_eq!(parts.holding(u32::MAX, what), None);
        }
    }

    #[test]
    fn a_part_further_down_is_found_by_its_bytes() {
        let guide = guide();
        let mut at = 0;
        while at < guide.block_count() {
            let (next, between) = guide.further(at, 5_000);
            assert!(next > at && (between >= 5_000 || next == guide.block_count()), "{at}");
            let near = guide.further(at, 1);
            assert!(near.0 <= next && near.1 <= between);
            at = next;
        }
        assert_eq!(guide.further(at, 1), (at, 0));
    }
}
