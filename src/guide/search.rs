//! Search in a guide: the places where a query stands in its text.
//! Never knows a screen, nor which hit one is at.
//!
//! A block's text is folded as one, whatever markup stands in it; hits never go over the border of a block or of a
//! table's cell. Nothing of the folded text is kept: an index tells which parts of the guide cannot hold a word, and the
//! others are folded anew for each query.
//!
//! Where a query holds a capital, capitals count, and where it holds an accent, accents count: the hits are then those
//! that are written so, and the others are only counted. If none is written so, the others are the hits.

mod excerpt;
mod query;
mod sieve;

pub use excerpt::Excerpt;
pub use query::{Flaw, PATTERN, Query};

use super::fold::{Folded, Keep, fold_keeping};
use super::{Anchor, Block, BlockKind, Guide};
use memchr::memmem::Finder;
use query::{Pattern, Words};
use sieve::{Grams, Sieve};
use std::ops::Range;

/// How often it is asked whether the hits are still wanted: every so many pieces and hits.
const ASKED: usize = 4096;
/// Parts that have a sieve together: what one of them says again takes no room in it.
const TOGETHER: usize = 8;
/// The most hits that are kept: what a letter has in a guide of ten megabytes.
const MOST: usize = 2_000_000;

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

/// What is known of a guide's text before anything is looked for in it: of each few parts, what they cannot hold. The
/// default one knows nothing, and all parts are looked through.
#[derive(Clone, Debug, Default)]
pub struct Index {
    sieves: Vec<Sieve>,
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
    /// Folds a guide's text once.
    pub fn of(guide: &Guide) -> Index {
        let mut reading = guide.reading();
        let some = |first: usize| {
            let parts = first..guide.part_count().min(first + TOGETHER);
            let mut sieve = Sieve::with_room(parts.clone().map(|part| guide.part_bytes(part).len()).sum());
            for at in parts.flat_map(|part| guide.part_blocks(part)) {
                let Some(block) = reading.block(at) else { continue };
                let texts = pieces(block).filter_map(|range| block.text.get(range));
                texts.for_each(|text| sieve.take(&searchable(text, Keep::default()).text));
            }
            sieve
        };
        Index { sieves: (0..guide.part_count()).step_by(TOGETHER).map(some).collect() }
    }

    /// The hits of a query in the guide that this is the index of; none where they are not wanted any more.
    pub fn find(&self, guide: &Guide, query: &Query, wanted: &dyn Fn() -> bool) -> Option<Hits> {
        let mut search =
            Search { index: self, guide, wanted, seen: 0, given_up: false, found: Vec::new(), exact: Vec::new() };
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
}

/// The parts of a block over whose borders no hit goes.
fn pieces(block: &Block) -> impl Iterator<Item = Range<usize>> {
    let (whole, cells) = match &block.kind {
        BlockKind::Table(table) => (None, table.rows.as_slice()),
        _ => (Some(0..block.text.len()), Default::default()),
    };
    let cells = cells.iter().flat_map(|row| &row.cells).map(|cell| cell.start as usize..cell.end as usize);
    whole.into_iter().chain(cells).filter(|range| !range.is_empty())
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
    /// Pieces and hits so far.
    seen: usize,
    given_up: bool,
    found: Vec<Hit>,
    /// Those that are written as the query is, where that counts.
    exact: Vec<Hit>,
}

impl Search<'_> {
    /// The way of [`Index::find`] for words. None where nobody wants to know any more.
    fn words(&mut self, words: &Words) -> Option<()> {
        let (index, grams, finder) = (self.index, Grams::of(&words.folded), Finder::new(&words.folded));
        let may_hold = |part: usize| index.sieves.get(part / TOGETHER).is_none_or(|sieve| sieve.may_hold(&grams));
        self.each_piece(may_hold, |search, block, range, text| {
            let folded = searchable(text, Keep::default());
            let haystack = folded.text.as_bytes();
            let mut from = 0;
            while let Some(at) = haystack.get(from..).and_then(|rest| finder.find(rest)).map(|at| from + at) {
                let source = folded.source(at..at + words.folded.len());
                let hit = Hit { block, range: range.start + source.start as u32..range.start + source.end as u32 };
                let exact = words.counts() && words.is_exact(text.get(source).unwrap_or_default());
                if exact {
                    keep(&mut search.exact, &hit);
                }
                keep(&mut search.found, &hit);
                if search.found.len() >= MOST || !search.goes_on() {
                    break;
                }
                // One that is written as the query is may lie over one that is not.
                from = if words.counts() { at + 1 } else { at + words.folded.len() };
            }
        })
    }

    /// The way of [`Index::find`] for a regular expression: line by line.
    fn pattern(&mut self, pattern: &Pattern) -> Option<()> {
        self.each_piece(
            |_| true,
            |search, block, range, text| {
                let mut start = range.start;
                for line in text.split('\n') {
                    let in_line = pattern.find(line).into_iter();
                    let moved = |r: Range<usize>| start + r.start as u32..start + r.end as u32;
                    for range in in_line.map(moved) {
                        keep(&mut search.found, &Hit { block, range });
                    }
                    start += line.len() as u32 + 1;
                }
            },
        )
    }

    /// Goes through the pieces of some parts in their order, each with its block and place in it, until there are hits
    /// enough. None where nobody wants to know any more.
    fn each_piece(
        &mut self,
        among: impl Fn(usize) -> bool,
        mut look: impl FnMut(&mut Self, u32, Range<u32>, &str),
    ) -> Option<()> {
        let guide = self.guide;
        let mut reading = guide.reading();
        for part in (0..guide.part_count()).filter(|part| among(*part)) {
            if !(self.wanted)() {
                return None;
            }
            for at in guide.part_blocks(part) {
                let Some(block) = reading.block(at) else { continue };
                for range in pieces(block) {
                    let text = block.text.get(range.clone()).unwrap_or_default();
                    look(self, at, range.start as u32..range.end as u32, text);
                    if !self.goes_on() {
                        return None;
                    }
                    if self.found.len() >= MOST {
                        return Some(());
                    }
                }
            }
        }
        Some(())
    }

    /// Whether somebody still wants to know, as far as that was asked.
    fn goes_on(&mut self) -> bool {
        self.seen += 1;
        self.given_up |= self.seen.is_multiple_of(ASKED) && !(self.wanted)();
        !self.given_up
    }
}

/// Takes a hit, unless the last one holds a character of it: both halves of a ligature are one place.
fn keep(hits: &mut Vec<Hit>, hit: &Hit) {
    if hits.last().is_none_or(|last| last.block < hit.block || last.range.end <= hit.range.start) {
        hits.push(hit.clone());
    }
}

#[cfg(test)]
#[path = "search_tests.rs"]
mod tests;
