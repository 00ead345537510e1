//! Reads a whole guide: cuts the source into parts, parses each once, and gathers what they tell of the whole. A guide
//! read in parts equals the guide read as one part, block for block; whether a part can end at a place, the parser says.

use super::contacts::{self, Contact};
use super::find::{self, Hoard, Lists};
use super::parse::{self, Lore, Parsed, Title};
use super::part::{Border, Part, Parts};
use super::source::Window;
use super::{Anchor, CleanText, ContainerId, Footnote, Guide, Oddity, Origin, Source, front_matter, outline, text};
use memchr::memmem;
use std::ops::Range;

/// Bytes by which a source is cut up.
#[derive(Clone, Copy)]
struct Sizes {
    /// A part has at least so many: parsed in a fraction of a millisecond.
    part: usize,
    /// From so many on two halves are read at a time.
    halved: usize,
    /// So many are fetched at a time of a source that is not held.
    window: usize,
}

const SIZES: Sizes = Sizes { part: 8 * 1024, halved: 256 * 1024, window: 1024 * 1024 };

/// More than front matter may have, with its last line.
const FRONT: usize = 4 * front_matter::LARGEST;

/// Does two pieces of work, at a time where there are hands for that.
pub type Hands = dyn Fn(Work<'_>, Work<'_>) + Sync;

/// A piece of work.
pub type Work<'a> = Box<dyn FnOnce() + Send + 'a>;

/// One after the other.
pub(super) fn alone(one: Work<'_>, other: Work<'_>) {
    one();
    other();
}

/// Reads a guide. None where its source cannot be fetched any more.
pub(super) fn read(source: Source, origin: &Origin, hands: &Hands) -> Option<Guide> {
    read_in_parts(source, origin, SIZES, hands)
}

/// The same in parts of at least so many bytes, by one hand.
pub(super) fn read_alone(source: Source, origin: &Origin, least: usize) -> Guide {
    let sizes = Sizes { part: least, halved: usize::MAX, ..SIZES };
    read_in_parts(source, origin, sizes, &alone).unwrap_or_default()
}

fn read_in_parts(source: Source, origin: &Origin, sizes: Sizes, hands: &Hands) -> Option<Guide> {
    let (mut guide, start) = opened(&source.window(0, FRONT)?.text);
    guide.base = contacts::base(&guide, origin.base_url.as_ref());
    let cut = Cut { source: &source, sizes, guide: &guide };
    // A small guide is read before another hand has begun.
    let is_halved = source.len() - start >= sizes.halved;
    let hands: &Hands = if is_halved { hands } else { &alone };
    let mut batches = if is_halved { cut.in_halves(start, hands)? } else { vec![cut.all(start)?] };
    let lore = learn(&source, &mut batches, &guide);
    guide.source = source;
    Some(gather(guide, start, batches, lore, origin, hands))
}

/// A guide of which the front matter alone was read, and where its text begins.
fn opened(source: &str) -> (Guide, usize) {
    let mut guide = Guide::default();
    let Some((yaml, end)) = front_matter::split(source) else { return (guide, 0) };
    match front_matter::read(yaml) {
        Ok(front) => guide.front = front,
        Err(reason) => guide.oddities.push(Oddity::FrontMatter(reason)),
    }
    (guide, end)
}

/// What a part tells of the whole; all numbers count from the part's beginning.
struct Piece {
    range: Range<usize>,
    parsed: Parsed,
    /// Where it ends, and how many blocks, containers and links it has.
    size: Border,
    lists: Lists,
    contacts: Vec<Contact>,
    footnotes: Vec<Footnote>,
}

impl Piece {
    fn new(range: Range<usize>, mut parsed: Parsed, guide: &Guide, whole: usize) -> Piece {
        let lists = find::lists(&parsed.part, &parsed.headings);
        let contacts = contacts::of(&parsed.part, guide);
        let footnotes = parsed.part.footnotes();
        let size = parsed.part.size(range.end);
        if !Parts::keeps(range.len(), whole) {
            parsed.part = Part::default();
        }
        Piece { range, parsed, size, lists, contacts, footnotes }
    }

    /// The texts that are there as long as the guide.
    fn texts(&mut self) -> impl Iterator<Item = &mut CleanText> {
        let titles = self.parsed.headings.iter_mut().map(|title| &mut title.text);
        let contacts = self.contacts.iter_mut().flat_map(|c| [&mut c.label, &mut c.bare, &mut c.target]);
        titles.chain(self.lists.labels()).chain(contacts)
    }
}

/// Parts that follow each other, and what is found in them in large numbers.
#[derive(Default)]
struct Batch {
    pieces: Vec<Piece>,
    hoard: Hoard,
}

impl Batch {
    /// Where it ends.
    fn end(&self) -> Option<usize> {
        self.pieces.last().map(|piece| piece.range.end)
    }
}

/// Cuts the source into parts of at least so many bytes, and reads each.
#[derive(Clone, Copy)]
struct Cut<'a> {
    source: &'a Source,
    sizes: Sizes,
    guide: &'a Guide,
}

impl Cut<'_> {
    /// All parts from a byte on. None where the source cannot be fetched any more.
    fn all(self, at: usize) -> Option<Batch> {
        self.between(at, self.source.len(), None)
    }

    /// The parts that begin from one byte on and before another. One would rather end at a place, where it can, than go
    /// over it.
    fn between(self, mut at: usize, to: usize, before: Option<usize>) -> Option<Batch> {
        let Batch { mut pieces, mut hoard } = Batch::default();
        let mut room = self.sizes.window;
        while at < to {
            let window = self.source.window(at, room)?;
            let known = pieces.len();
            while at < to
                && let Some(piece) = self.piece(&window, at, before)
            {
                at = piece.range.end;
                pieces.push(piece);
            }
            text::together(pieces.iter_mut().skip(known).flat_map(Piece::texts).collect());
            pieces.iter_mut().skip(known).for_each(|piece: &mut Piece| hoard.hold(&mut piece.lists));
            room = if known < pieces.len() { self.sizes.window } else { 2 * room };
        }
        Some(Batch { pieces, hoard })
    }

    /// The same as `all`, the second half at the same time as the first. It begins where a part may begin; whether one
    /// does is known when the first half gets there. If not, those parts of the second half count on which the first one
    /// comes.
    fn in_halves(self, start: usize, hands: &Hands) -> Option<Vec<Batch>> {
        let middle = start + (self.source.len() - start) / 2;
        let Some(middle) = self.beginning(middle)? else { return Some(vec![self.all(start)?]) };
        let (mut first, mut second) = (None, None);
        let one = || first = self.between(start, middle, Some(middle));
        let other = || second = self.all(middle);
        hands(Box::new(one), Box::new(other));
        let (first, mut second) = (first?, second?);
        let mut at = first.end().unwrap_or(start);
        let mut batches = vec![first];
        while at < self.source.len() {
            let passed = second.pieces.partition_point(|piece| piece.range.start < at);
            second.pieces.drain(..passed);
            match second.pieces.first().map(|piece| piece.range.start) {
                Some(next) if next == at => {
                    batches.push(second);
                    break;
                }
                // What the second half has is come upon as soon as can be.
                next => {
                    let between = self.between(at, at + 1, next)?;
                    at = between.end().unwrap_or(self.source.len());
                    batches.push(between);
                }
            }
        }
        Some(batches)
    }

    /// The next place from a byte on where a part may begin, if there is one.
    fn beginning(self, from: usize) -> Option<Option<usize>> {
        let mut room = self.sizes.window;
        loop {
            let end = self.source.len().min(from.saturating_add(room));
            match beginning(&self.source.bytes(from..end)?, 0) {
                Some(at) => return Some(Some(from + at)),
                None if end == self.source.len() => return Some(None),
                None => room *= 2,
            }
        }
    }

    /// The part that begins at a byte. None where it may go on behind the window.
    fn piece(self, window: &Window<'_>, at: usize, mut before: Option<usize>) -> Option<Piece> {
        let lore = Lore::default();
        let mut wanted = self.sizes.part.max(1);
        loop {
            let mut border = beginning(window.text.as_bytes(), at.saturating_add(wanted).saturating_sub(window.start));
            border = border.map(|border| border + window.start);
            if let Some(place) = before.take_if(|place| border.is_none_or(|border| border >= *place)) {
                border = Some(place);
            }
            let (end, text) = match border {
                Some(border) => {
                    let line = window.get(border..window.end())?.find('\n').map(|feed| border + feed + 1);
                    let line_end = line.or(window.is_last.then_some(window.end()))?;
                    (border, window.get(at..line_end)?)
                }
                None if window.is_last => (window.end(), window.get(at..window.end())?),
                None => return None,
            };
            match parse::part(text, end - at, &lore) {
                Some(parsed) => return Some(Piece::new(at..end, parsed, self.guide, self.source.len())),
                // What was parsed in vain is never more than what is parsed in the end.
                None if border.is_some() => wanted = (end - at).saturating_mul(2),
                // To the source's end a part can always be parsed.
                None => return Some(Piece::new(at..end, Parsed::default(), self.guide, self.source.len())),
            }
        }
    }
}

/// The next place from a byte on where a part may begin: in column 0 behind a blank line, which ends whatever a line
/// could otherwise go on.
fn beginning(text: &[u8], from: usize) -> Option<usize> {
    let mut from = from.saturating_sub(2);
    loop {
        let at = memmem::find(text.get(from..)?, b"\n\n")? + from;
        let begins = text.get(at + 2)?;
        if !matches!(begins, b'\n' | b' ' | b'\t') {
            return Some(at + 2);
        }
        from = at + 1;
    }
}

/// Learns what parts must know of each other, and reads those again that did not know it.
fn learn(source: &Source, batches: &mut [Batch], guide: &Guide) -> Lore {
    let mut lore = Lore::default();
    let mut pieces: Vec<&mut Piece> = batches.iter_mut().flat_map(|batch| &mut batch.pieces).collect();
    if pieces.len() < 2 {
        // One part knows all.
        pieces.iter().flat_map(|p| &p.parsed.footnotes).for_each(|(label, _)| lore.count(label));
        return lore;
    }
    for piece in &pieces {
        piece.parsed.definitions.iter().for_each(|(label, target)| lore.define(label, target));
        piece.parsed.written.iter().for_each(|label| lore.write(label));
    }
    let again = |piece: &mut Piece, lore: &Lore| {
        let text = source.get(piece.range.clone());
        if let Some(parsed) = text.and_then(|text| parse::part(&text, text.len(), lore)) {
            *piece = Piece::new(piece.range.clone(), parsed, guide, source.len());
        }
    };
    for piece in &mut pieces {
        let parsed = &piece.parsed;
        let lacks = parsed.missing.iter().any(|label| lore.definition(label).is_some());
        let differs = parsed.definitions.iter().any(|(label, target)| lore.definition(label) != Some(target));
        let marks = lore.has_notes() && source.get(piece.range.clone()).is_some_and(|text| text.contains("[^"));
        if lacks || differs || marks || parsed.peeked {
            again(piece, &lore);
        }
    }
    // Marks that were text before may have come before others.
    for piece in &pieces {
        piece.parsed.footnotes.iter().for_each(|(label, _)| lore.count(label));
    }
    for piece in &mut pieces {
        if piece.parsed.footnotes.iter().any(|(label, number)| lore.number(label) != Some(*number)) {
            again(piece, &lore);
        }
    }
    lore
}

/// Puts together what the parts tell.
fn gather(mut guide: Guide, start: usize, batches: Vec<Batch>, lore: Lore, origin: &Origin, hands: &Hands) -> Guide {
    let mut border = Border { at: start, ..Border::default() };
    let mut borders = vec![border];
    let (mut parts, mut lists, mut contacts) = (Vec::new(), Vec::new(), Vec::new());
    let mut hidden = 0;
    for Batch { pieces, hoard } in batches {
        let mut of_parts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            let first_heading = guide.headings.len();
            for Title { block, level, text, id } in piece.parsed.headings {
                outline::add(&mut guide.headings, border.block + block, level, text, id);
            }
            let named =
                piece.parsed.names.into_iter().map(|(name, block)| (name, Anchor::of_block(border.block + block)));
            guide.names.extend(named);
            of_parts.push(piece.lists.placed(&border, first_heading));
            for contact in piece.contacts {
                contacts.push(Contact { block: border.block + contact.block, ..contact });
            }
            for note in piece.footnotes {
                let container = ContainerId(border.container + note.container.0);
                guide.footnotes.push(Footnote { container, ..note });
            }
            hidden += piece.parsed.hidden;
            let mut part = piece.parsed.part;
            part.place(&border);
            parts.push(Parts::keeps(piece.range.len(), guide.source.len()).then_some(part));
            border = border.after(piece.size);
            borders.push(border);
        }
        lists.push((hoard, of_parts));
    }
    // A name behind the last block means the guide's end.
    let last = border.block.saturating_sub(1);
    guide.names.iter_mut().for_each(|(_, place)| place.block = place.block.min(last));
    if hidden > 0 {
        guide.oddities.push(Oddity::Hidden(hidden));
    }
    guide.parts = Parts::new(borders, lore, parts);
    guide.title = title(&guide, origin);
    guide.headings.shrink_to_fit();
    let (mut found, mut settled) = (None, None);
    let one = || found = Some(find::items(&guide, lists, hands));
    let other = || settled = Some(contacts::settle(&guide, contacts));
    hands(Box::new(one), Box::new(other));
    (guide.items, guide.groups) = found.unwrap_or_default();
    guide.contacts = settled.unwrap_or_default();
    guide
}

fn title(guide: &Guide, origin: &Origin) -> CleanText {
    if let Some(title) = guide.front.title.as_ref().filter(|t| !t.is_empty()) {
        return title.clone();
    }
    match guide.headings.iter().find(|h| h.level == 1 && !h.text.is_empty()) {
        Some(first) => first.text.clone(),
        None => CleanText::name(&origin.name),
    }
}

#[cfg(test)]
#[path = "whole_tests.rs"]
mod tests;
