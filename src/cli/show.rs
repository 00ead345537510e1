//! `show` and `next`: the laid-out guide as rows, marks painted in their slots. Rows come one after the other, so
//! that a long guide is printed while it is laid out.

use super::page::{Page, Piece, Row, Voice};
use super::status::{mark, named};
use crate::guide::Anchor;
use crate::layout::{Layout, Line};
use crate::progress::Report;
use crate::theme::Role;
use crate::words::Shell;
use std::collections::VecDeque;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How many rows are laid out at a time.
const WINDOW: usize = 512;

/// An item's mark: how it looks, and what it is.
type Mark = (Role, &'static str);

/// The rows of a guide, from the first block of a range to its last.
pub struct Show<'a> {
    layout: Layout<'a>,
    marks: Vec<Option<Mark>>,
    blocks: Range<u32>,
    /// Where the next window starts; none after the last one.
    next: Option<Anchor>,
    ready: VecDeque<Line>,
}

/// The whole guide; marks where a report tells them.
pub fn show<'a>(layout: Layout<'a>, report: Option<&Report>) -> Show<'a> {
    let mut marks = vec![None; layout.guide.items.len()];
    for item in report.into_iter().flat_map(Report::items) {
        if let Some(slot) = marks.get_mut(item.item) {
            *slot = Some(mark(layout.glyphs, Some(item.kind), item.state));
        }
    }
    let blocks = 0..layout.guide.blocks.len() as u32;
    Show { layout, marks, blocks, next: Some(Anchor::default()), ready: VecDeque::new() }
}

/// The next open item: its name, and its text.
pub fn next(layout: Layout<'_>, report: &Report, voice: &Voice) -> Page {
    let item = report.next.as_ref().and_then(|next| Some((next, layout.guide.items.get(next.item)?)));
    let Some((next, item)) = item else {
        let none = if report.total == 0 { Shell::NoItems } else { Shell::AllSettled };
        return vec![Row::of(Role::Muted, none.say(voice.lang))];
    };
    let (role, glyph) = mark(voice.glyphs, Some(item.kind), "todo");
    let mut page = vec![Row::of(role, format!("{glyph} ")).with(Role::Heading2, named(next.n, &next.label))];
    // A heading's text is the name that stands above already.
    let own = layout.guide.headings.iter().any(|h| h.block == item.block);
    let blocks = item.blocks.start + u32::from(own)..item.blocks.end;
    if !blocks.is_empty() {
        let from = Some(Anchor::of_block(blocks.start));
        let rows = Show { layout, marks: Vec::new(), blocks, next: from, ready: VecDeque::new() };
        page.push(Row::default());
        page.extend(rows.skip_while(|row| row.plain().is_empty()));
    }
    page
}

impl Iterator for Show<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        if self.ready.is_empty() {
            self.lay_out();
        }
        let line = self.ready.pop_front()?;
        let mark = line.slot.and_then(|slot| Some((slot.column, self.marks.get(slot.item).copied().flatten()?)));
        Some(row(&line, mark))
    }
}

impl Show<'_> {
    /// Lays out one more window. The row after it tells where the next one starts.
    fn lay_out(&mut self) {
        let Some(from) = self.next.take() else { return };
        let mut lines = self.layout.lines(from, WINDOW + 1);
        if lines.len() > WINDOW {
            self.next = lines.pop().map(|line| line.anchor).filter(|next| *next > from);
        }
        if lines.iter().any(|line| line.anchor.block >= self.blocks.end) {
            lines.retain(|line| line.anchor.block < self.blocks.end);
            self.next = None;
        }
        self.ready.extend(lines);
    }
}

/// A laid-out line as a row, with a mark in the slot's column.
fn row(line: &Line, mark: Option<(u16, Mark)>) -> Row {
    let mut row = Row { pieces: Vec::with_capacity(line.runs.len() + 2), fill: line.fill };
    let mut column = 0;
    for run in &line.runs {
        let text = line.text.get(run.range.clone()).unwrap_or_default();
        let piece = |text: &str| Piece { text: text.to_owned(), role: run.role, style: run.style };
        let width = text.width();
        match mark {
            Some((at, mark)) if (column..column + width).contains(&usize::from(at)) => {
                let (before, after) = around(text, usize::from(at) - column);
                row.pieces.push(piece(before));
                row.pieces.push(Piece { text: mark.1.to_owned(), role: mark.0, ..Piece::default() });
                row.pieces.push(piece(after));
            }
            _ => row.pieces.push(piece(text)),
        }
        column += width;
    }
    row.pieces.retain(|p| !p.text.is_empty());
    row
}

/// The text before and after the character that stands in a column.
fn around(text: &str, column: usize) -> (&str, &str) {
    let mut at = 0;
    for (byte, cluster) in text.grapheme_indices(true) {
        if at >= column {
            let after = text.get(byte + cluster.len()..).unwrap_or_default();
            return (text.get(..byte).unwrap_or_default(), after);
        }
        at += cluster.width();
    }
    (text, "")
}
