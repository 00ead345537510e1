//! Search in a guide: its text folded once, and the places where a query stands in it.
//! Never knows a screen, nor which hit one is at.
//!
//! A block's text is folded as one, whatever markup stands in it; hits never go over the border of a block or of a
//! table's cell. The index holds folded text alone; the way back to a block's own text is made anew for the blocks
//! that hold hits, which are few.
//!
//! Where a query holds a capital, capitals count, and where it holds an accent, accents count: the hits are then those
//! that are written so, and the others are only counted. If none is written so, the others are the hits.

mod excerpt;
mod query;

pub use excerpt::Excerpt;
pub use query::{Flaw, PATTERN, Query};

use super::fold::{Folded, Keep, fold_keeping};
use super::{Anchor, Block, BlockKind, Guide, Reading};
use memchr::memmem::Finder;
use query::{Pattern, Words};
use std::ops::Range;

/// The most hits that are kept: what a letter has in a guide of ten megabytes.
const MOST: usize = 2_000_000;
/// How often it is asked whether the hits are still wanted: every so many.
const ASKED: usize = 4096;

/// A place where the query stands: whole characters of a block's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its number, as [`Guide::block`] takes it.
    pub block: u32,
    /// Bytes of the block's text.
    pub range: Range<u32>,
}

/// The places where a query stands, in the order of the text; none overlaps another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    all: Vec<Hit>,
    /// Places that differ from the query in case or accents alone, where these count.
    pub others: usize,
}

/// The folded text of a guide.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The pieces' folded texts, each followed by a line feed, which folding never leaves in a text.
    text: String,
    pieces: Vec<Piece>,
}

/// A block's text, or a cell of a table.
#[derive(Clone, Debug)]
struct Piece {
    /// Where its folded text starts.
    at: usize,
    block: u32,
    /// Bytes of the block's text.
    source: Range<u32>,
    /// Folding moved no byte.
    plain: bool,
}

impl Hit {
    /// Where it starts.
    pub fn anchor(&self) -> Anchor {
        Anchor { block: self.block, byte: self.range.start, nth: 0 }
    }
}

impl Hits {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// One of them, counted from 0.
    pub fn get(&self, index: usize) -> Option<&Hit> {
        self.all.get(index)
    }

    /// Which of them stand in some blocks.
    pub fn within(&self, blocks: Range<u32>) -> Range<usize> {
        let before = |block: u32| self.all.partition_point(|h| h.block < block);
        let from = before(blocks.start);
        from..before(blocks.end).max(from)
    }

    /// Which of them hold some bytes of a block's text, or some of them.
    pub fn touching(&self, block: u32, bytes: Range<u32>) -> Range<usize> {
        let from = self.all.partition_point(|h| (h.block, h.range.end) <= (block, bytes.start));
        let end = self.all.partition_point(|h| (h.block, h.range.start) < (block, bytes.end));
        from..end.max(from)
    }

    /// The first one that starts at or behind a place.
    pub fn first_from(&self, place: Anchor) -> Option<usize> {
        let index = self.all.partition_point(|h| (h.block, h.range.start) < (place.block, place.byte));
        (index < self.all.len()).then_some(index)
    }
}

impl Index {
    /// Folds a guide's text.
    pub fn of(guide: &Guide) -> Index {
        let mut index = Index::default();
        index.text.reserve(guide.source.len());
        let mut reading = guide.reading();
        for at in 0..guide.block_count() {
            let Some(block) = reading.block(at) else { continue };
            for range in pieces(block) {
                index.add(at, block, range);
            }
        }
        index
    }

    /// The hits of a query in the guide that was folded; none where they are not wanted any more.
    pub fn find(&self, guide: &Guide, query: &Query, wanted: &dyn Fn() -> bool) -> Option<Hits> {
        let mut search = Search { index: self, guide, wanted, found: Vec::new(), exact: Vec::new() };
        match query {
            Query::Words(words) => search.words(words)?,
            Query::Pattern(pattern) => search.pattern(pattern)?,
        }
        let Search { found, exact, .. } = search;
        Some(match exact.is_empty() {
            true => Hits { all: found, others: 0 },
            false => Hits { others: found.len().saturating_sub(exact.len()), all: exact },
        })
    }

    fn add(&mut self, at: u32, block: &Block, source: Range<usize>) {
        let Some(text) = block.text.get(source.clone()).filter(|t| !t.is_empty()) else { return };
        let folded = searchable(text, Keep::default());
        let plain = text.is_ascii() && folded.text.len() == text.len();
        let source = source.start as u32..source.end as u32;
        self.pieces.push(Piece { at: self.text.len(), block: at, source, plain });
        self.text.push_str(&folded.text);
        self.text.push('\n');
    }
}

/// The parts of a block over whose borders no hit goes.
fn pieces(block: &Block) -> Vec<Range<usize>> {
    match &block.kind {
        BlockKind::Table(table) => {
            table.rows.iter().flat_map(|r| &r.cells).map(|c| c.start as usize..c.end as usize).collect()
        }
        _ => std::iter::once(0..block.text.len()).collect(),
    }
}

/// Text as it is compared. The two small sigmas of Greek are one letter; they are of one length, so that the way back
/// holds.
fn searchable(text: &str, keep: Keep) -> Folded {
    let mut folded = fold_keeping(text, keep);
    if folded.text.contains('ς') {
        folded.text = folded.text.replace('ς', "σ");
    }
    folded
}

/// One search.
struct Search<'a> {
    index: &'a Index,
    guide: &'a Guide,
    wanted: &'a dyn Fn() -> bool,
    found: Vec<Hit>,
    /// Those that are written as the query is, where that counts.
    exact: Vec<Hit>,
}

impl Search<'_> {
    /// The way of [`Index::find`] for words. None where nobody wants to know any more.
    fn words(&mut self, words: &Words) -> Option<()> {
        let (index, finder) = (self.index, Finder::new(&words.folded));
        let haystack = index.text.as_bytes();
        let mut open = Open { reading: self.guide.reading(), nth: 0, text: String::new(), folded: None };
        let (mut from, mut seen) = (0, 0_usize);
        while let Some(at) = haystack.get(from..).and_then(|rest| finder.find(rest)).map(|at| from + at) {
            seen += 1;
            if seen.is_multiple_of(ASKED) && !(self.wanted)() {
                return None;
            }
            open.turn_to(index, at);
            let hit = open.hit(index, at..at + words.folded.len());
            let exact = words.counts() && words.is_exact(open.text(index, &hit));
            if exact {
                keep(&mut self.exact, &hit);
            }
            keep(&mut self.found, &hit);
            if self.found.len() >= MOST {
                break;
            }
            // One that is written as the query is may lie over one that is not.
            from = if words.counts() { at + 1 } else { at + words.folded.len() };
        }
        Some(())
    }

    /// The way of [`Index::find`] for a regular expression: line by line.
    fn pattern(&mut self, pattern: &Pattern) -> Option<()> {
        let mut reading = self.guide.reading();
        for (nth, piece) in self.index.pieces.iter().enumerate() {
            if nth.is_multiple_of(ASKED) && !(self.wanted)() {
                return None;
            }
            let mut start = piece.source.start;
            for line in piece.text(&mut reading).split('\n') {
                let in_line = pattern.find(line).into_iter();
                let moved = |r: Range<usize>| start + r.start as u32..start + r.end as u32;
                for range in in_line.map(moved) {
                    keep(&mut self.found, &Hit { block: piece.block, range });
                }
                start += line.len() as u32 + 1;
            }
            if self.found.len() >= MOST {
                break;
            }
        }
        Some(())
    }
}

/// Takes a hit, unless the last one holds a character of it: both halves of a ligature are one place.
fn keep(hits: &mut Vec<Hit>, hit: &Hit) {
    if hits.last().is_none_or(|last| last.block < hit.block || last.range.end <= hit.range.start) {
        hits.push(hit.clone());
    }
}

impl Piece {
    fn text<'r>(&self, reading: &'r mut Reading<'_>) -> &'r str {
        let range = self.source.start as usize..self.source.end as usize;
        reading.block(self.block).and_then(|b| b.text.get(range)).unwrap_or_default()
    }
}

/// The piece whose hits are being mapped back.
struct Open<'g> {
    reading: Reading<'g>,
    /// Its number, from 1; 0 before the first one.
    nth: usize,
    text: String,
    /// The way back; none where folding moved no byte.
    folded: Option<Folded>,
}

impl Open<'_> {
    /// Turns to the piece that holds a byte of the folded text.
    fn turn_to(&mut self, index: &Index, at: usize) {
        let rest = index.pieces.get(self.nth..).unwrap_or_default();
        let further = rest.partition_point(|p| p.at <= at);
        if further == 0 {
            return;
        }
        self.nth += further;
        let Some(piece) = index.pieces.get(self.nth - 1) else { return };
        self.text.clear();
        self.text.push_str(piece.text(&mut self.reading));
        self.folded = (!piece.plain).then(|| searchable(&self.text, Keep::default()));
    }

    /// The hit that a range of the folded text is.
    fn hit(&self, index: &Index, range: Range<usize>) -> Hit {
        let Some(piece) = self.nth.checked_sub(1).and_then(|n| index.pieces.get(n)) else {
            return Hit { block: 0, range: 0..0 };
        };
        let inside = range.start - piece.at..range.end - piece.at;
        let source = self.folded.as_ref().map_or(inside.clone(), |f| f.source(inside));
        let start = piece.source.start;
        Hit { block: piece.block, range: start + source.start as u32..start + source.end as u32 }
    }

    /// What stands at a hit; only of the piece that is open.
    fn text(&self, index: &Index, hit: &Hit) -> &str {
        let start = self.nth.checked_sub(1).and_then(|n| index.pieces.get(n)).map_or(0, |p| p.source.start);
        self.text.get((hit.range.start - start) as usize..(hit.range.end - start) as usize).unwrap_or_default()
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
