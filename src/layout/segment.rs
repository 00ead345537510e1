//! Where a block is cut into segments: pieces of bounded size, each laid out on its own, so that no operation costs
//! more than a screenful however long the block is.
//!
//! Cuts depend on the text alone, never on a width, and every one is found by looking at its neighbourhood only:
//! prose is cut near each multiple of [`GRID`], lines of code and mathematics at each line feed and, inside lines
//! longer than that, near the grid too. Rows of a table are segments; one that is longer is cut like code.

use super::cluster::{closes, opens};
use super::measure::is_zero_width;
use crate::guide::{Block, BlockKind, Table};
use std::ops::Range;

/// Bytes between two cuts of prose.
pub(super) const GRID: usize = 8 * 1024;

/// How far after the grid a good place is looked for.
const NEAR: usize = 1024;

/// More characters without a column of their own than this do not belong to one letter.
const MARKS: usize = 64;

/// How a block's text is cut.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cuts<'a> {
    /// Running text.
    Prose(&'a str),
    /// Line by line.
    Lines(&'a str),
    /// Row by row.
    Rows(&'a str, &'a Table),
}

impl<'a> Cuts<'a> {
    /// How this block is cut.
    pub(super) fn of(block: &'a Block) -> Cuts<'a> {
        match &block.kind {
            BlockKind::Code { .. } | BlockKind::Math => Cuts::Lines(&block.text),
            BlockKind::Table(table) if !table.rows.is_empty() => Cuts::Rows(&block.text, table),
            BlockKind::Table(_) | BlockKind::Heading { .. } | BlockKind::Paragraph => Cuts::Prose(&block.text),
            BlockKind::Rule | BlockKind::Summary => Cuts::Prose(&block.text),
        }
    }

    /// The segment that holds a byte; the last one for bytes past the end.
    pub(super) fn holding(&self, byte: usize) -> Range<usize> {
        match self {
            Cuts::Prose(text) => {
                let start = prose_start(text, byte.min(text.len()));
                start..prose_end(text, start)
            }
            Cuts::Lines(text) => {
                let start = line_start(text, byte.min(text.len()));
                start..line_end(text, start)
            }
            Cuts::Rows(text, table) => {
                let row = row_range(text, table, row_holding(table, byte));
                if row.len() <= GRID {
                    return row;
                }
                let start = line_start(text, byte.clamp(row.start, row.end - 1)).max(row.start);
                start..line_end(text, start).min(row.end)
            }
        }
    }

    /// The segment after the one that ends at `end`, if there is one.
    pub(super) fn after(&self, segment: &Range<usize>) -> Option<Range<usize>> {
        let next = self.holding(segment.end);
        (next.start > segment.start).then_some(next)
    }

    /// The segment before the one that starts at `start`, if there is one.
    pub(super) fn before(&self, segment: &Range<usize>) -> Option<Range<usize>> {
        segment.start.checked_sub(1).map(|byte| self.holding(byte))
    }
}

/// The index of the table's row that holds a byte.
pub(super) fn row_holding(table: &Table, byte: usize) -> usize {
    table.rows.partition_point(|r| row_start(r) <= byte).saturating_sub(1)
}

/// The bytes of a table's row: up to where the next one starts.
pub(super) fn row_range(text: &str, table: &Table, row: usize) -> Range<usize> {
    let start = if row == 0 { 0 } else { table.rows.get(row).map_or(0, row_start) };
    let end = table.rows.get(row + 1).map_or(text.len(), row_start);
    start..end.max(start)
}

fn row_start(row: &crate::guide::TableRow) -> usize {
    row.cells.first().map_or(0, |c| c.start as usize)
}

/// The cut near a multiple of the grid: after a space that may end a row, else between two clusters. Looks at a
/// kilobyte at most; never returns a place inside a character.
fn cut(text: &str, k: usize) -> usize {
    if k == 0 {
        return 0;
    }
    let from = (k * GRID).min(text.len());
    let from = (from..text.len()).find(|i| text.is_char_boundary(*i)).unwrap_or(text.len());
    let near = text.get(from..).unwrap_or_default();
    let mut spaced = false;
    let mut opened = false;
    for (i, c) in near.char_indices().take_while(|(i, _)| *i < NEAR) {
        if spaced && !matches!(c, ' ' | '\n' | '%') && !opened && !closes(c) {
            return from + i;
        }
        spaced = matches!(c, ' ' | '\n');
        opened = opens(c) || (opened && spaced);
    }
    let mut first = near.char_indices().take(MARKS);
    match first.find(|(_, c)| *c == '\t' || !is_zero_width(*c)) {
        Some((i, _)) => from + i,
        // So many marks are no letter's: they are cut like anything else, or megabytes of them were one segment.
        None => near.char_indices().nth(MARKS).map_or(text.len(), |_| from),
    }
}

fn prose_start(text: &str, byte: usize) -> usize {
    let k = byte / GRID;
    let here = cut(text, k);
    if here <= byte && here < text.len() || k == 0 { here.min(byte) } else { cut(text, k - 1) }
}

fn prose_end(text: &str, start: usize) -> usize {
    cut(text, start / GRID + 1)
}

/// The place after the last line feed in a range.
fn after_feed(text: &str, range: Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes().get(range.clone()).unwrap_or_default();
    bytes.iter().rposition(|b| *b == b'\n').map(|i| range.start + i + 1)
}

/// A grid cut inside a line counts where that line has run for a whole step of the grid already.
fn cut_in_line(text: &str, k: usize) -> Option<usize> {
    let here = cut(text, k);
    let counts = k > 0 && here < text.len() && after_feed(text, (k - 1) * GRID..here).is_none();
    counts.then_some(here)
}

fn line_start(text: &str, byte: usize) -> usize {
    let stands = |k: &usize| cut(text, *k) <= byte && cut(text, *k) < text.len();
    let k = (0..=byte / GRID).rev().find(stands).unwrap_or_default();
    let grid = cut(text, k);
    after_feed(text, grid..byte)
        .or_else(|| cut_in_line(text, k))
        .or_else(|| after_feed(text, k.saturating_sub(1) * GRID..grid))
        .unwrap_or_default()
}

fn line_end(text: &str, start: usize) -> usize {
    let mut from = start;
    let mut k = start / GRID + 1;
    loop {
        let here = cut(text, k);
        let line = text.as_bytes().get(from..here.max(from)).unwrap_or_default();
        if let Some(feed) = line.iter().position(|b| *b == b'\n') {
            return from + feed + 1;
        }
        if here >= text.len() {
            return text.len();
        }
        if cut_in_line(text, k).is_some_and(|c| c > start) {
            return here;
        }
        (from, k) = (here.max(from), k + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(cuts: Cuts) -> Vec<Range<usize>> {
        let mut found = vec![cuts.holding(0)];
        while let Some(next) = cuts.after(found.last().unwrap()) {
            found.push(next);
        }
        found
    }

    fn check(cuts: Cuts, text: &str) -> Result<(), TestCaseError> {
        let found = all(cuts);
        prop_assert_eq!(found[0].start, 0);
        prop_assert_eq!(found.last().unwrap().end, text.len());
        for pair in found.windows(2) {
            prop_assert_eq!(pair[0].end, pair[1].start);
            prop_assert_eq!(cuts.before(&pair[1]), Some(pair[0].clone()));
        }
        for s in &found {
            prop_assert!(text.is_char_boundary(s.start));
            prop_assert!(s.len() <= 2 * GRID + 2 * NEAR);
            prop_assert_eq!(cuts.holding(s.start), s.clone());
            prop_assert_eq!(cuts.holding((s.end.max(1) - 1).max(s.start)), s.clone());
            prop_assert_eq!(cuts.holding(s.start + s.len() / 2), s.clone());
        }
        Ok(())
    }

    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("mot ".to_owned()),
            Just("\n".to_owned()),
            Just("« oui » ? ".to_owned()),
            Just("é\u{301}".repeat(900)),
            Just("x".repeat(7_000)),
            Just("x".repeat(20_000)),
            Just("y z".repeat(3_000)),
            Just("\u{ad}".repeat(9_000)),
            Just("\t".repeat(20_000)),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|p| p.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn segments_cover_prose_and_are_found_from_any_byte(text in text()) {
            check(Cuts::Prose(&text), &text)?;
        }

        #[test]
        fn segments_cover_lines_and_are_found_from_any_byte(text in text()) {
            check(Cuts::Lines(&text), &text)?;
        }
    }

    #[test]
    fn every_line_of_code_is_a_segment_the_empty_ones_too() {
        assert_eq!(all(Cuts::Lines("a\n\nb\n")), [0..2, 2..3, 3..5, 5..5]);
        assert_eq!(all(Cuts::Lines("")).len(), 1);
    }

    #[test]
    fn prose_is_cut_between_words() {
        let text = "mot ".repeat(10_000);
        let found = all(Cuts::Prose(&text));
        assert_eq!(found.len(), 5);
        assert!(found.iter().all(|s| s.start % 4 == 0));
    }
}
