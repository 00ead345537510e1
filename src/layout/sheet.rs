//! A table by itself, at the widths that its cells want, for a window that is moved over it. Its rows are those of a
//! layout of the one block; what a window shows of them is cut out here. Knows no keys, and no size of the screen but
//! the room that it is asked for.

use super::line::{Line, Run};
use super::segment::row_range;
use super::table::{GAP, Plan};
use super::{Layout, Medium, measure};
use crate::guide::{Anchor, BlockKind, Table};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A wider cell is wrapped: longer lines are tiring to read.
const WIDEST_CELL: usize = 60;

/// A table by itself.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    layout: Layout<'a>,
    table: &'a Table,
    text: &'a str,
    block: u32,
    /// Where each column stands.
    columns: Vec<Range<usize>>,
    /// Columns of the window.
    room: usize,
}

/// What a window shows of a sheet from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// The table's columns that are shown, whole.
    pub shown: Range<usize>,
    /// The first column stays at the left edge, and is not among the shown ones.
    pub pinned: bool,
    /// Columns of the screen that the pinned one takes.
    pin: usize,
    /// Columns of the sheet that are shown.
    cut: Range<usize>,
}

impl<'a> Layout<'a> {
    /// The table of a block by itself, for a window of so many columns. None where the block is no table.
    pub fn sheet(&self, block: u32, room: u16) -> Option<Sheet<'a>> {
        let source = self.guide.block(block)?;
        let BlockKind::Table(table) = &source.kind else { return None };
        let room = usize::from(room.max(1));
        // A pinned column and any other one stand side by side.
        let widest = WIDEST_CELL.min(room - room / 3).max(1) as u16;
        let alone = Layout { medium: Medium::Sheet { block, widest }, ..*self };
        let columns = match Plan::of(&alone, block, source, table, room) {
            Plan::Columns { widths } => side_by_side(&widths),
            Plan::Records => Vec::new(),
        };
        let width = columns.last().map_or(room, |c| c.end);
        let width = u16::try_from(width).unwrap_or(u16::MAX).max(1);
        Some(Sheet { layout: Layout { width, ..alone }, table, text: &source.text, block, columns, room })
    }
}

impl Sheet<'_> {
    /// How many columns stand side by side; none where there are too many for that.
    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    /// The columns of the screen that all of it would take; no screen has as many where they are too many to stand
    /// side by side.
    pub fn width(&self) -> usize {
        self.columns.last().map_or(usize::MAX, |c| c.end)
    }

    /// How many rows there are below the head.
    pub fn rows(&self) -> usize {
        self.table.rows.len().saturating_sub(1)
    }

    /// The row that a place stands in, counted from 1 below the head.
    pub fn row_at(&self, place: Anchor) -> usize {
        super::segment::row_holding(self.table, place.byte as usize)
    }

    /// The lines of the head.
    pub fn head(&self) -> Vec<Line> {
        let below = self.body().byte;
        let lines = self.layout.lines(Anchor::of_block(self.block), usize::from(u8::MAX));
        lines.into_iter().take_while(|l| l.anchor.byte < below).collect()
    }

    /// The lines below the head from a place on, `rows` at most.
    pub fn lines(&self, from: Anchor, rows: usize) -> Vec<Line> {
        if self.rows() == 0 { Vec::new() } else { self.layout.lines(from.max(self.body()), rows) }
    }

    /// The place `by` lines further down (up where negative); the last line is never above the last of `rows`.
    pub fn shift(&self, from: Anchor, by: isize, rows: usize) -> Anchor {
        let last = self.layout.shift(self.layout.last(), 1 - rows.max(1) as isize);
        self.layout.shift(from, by).min(last).max(self.body())
    }

    /// The start of the row that is `by` rows further down (up where negative); a row that is higher than the window is
    /// walked line by line.
    pub fn rows_away(&self, from: Anchor, by: isize, rows: usize) -> Anchor {
        let window = rows as isize;
        let mut place = from.max(self.body());
        for _ in 0..by.unsigned_abs().min(self.rows()) {
            let row = self.row_at(place);
            place = if by > 0 {
                let below = self.start_of(row + 1);
                if below <= self.layout.shift(place, window) { below } else { self.layout.shift(place, 1) }
            } else {
                let start = self.start_of(row);
                let above = if start < place { start } else { self.start_of(row - 1) };
                if above >= self.layout.shift(place, -window) { above } else { self.layout.shift(place, -1) }
            };
        }
        self.shift(place, 0, rows)
    }

    /// What is shown where `first` is the first column that is not pinned, as far to the left as is needed to fill the
    /// window.
    pub fn window(&self, first: usize) -> Window {
        let all = self.columns.last().map_or(0, |c| c.end);
        if all <= self.room {
            return Window { shown: 0..self.columns.len(), cut: 0..self.room, ..Window::default() };
        }
        let pin = self.columns.first().map_or(0, |c| c.end + GAP);
        let pinned = self.columns.len() > 2 && pin <= self.room / 3;
        let pin = if pinned { pin } else { 0 };
        let room = self.room - pin;
        let last_first = self.columns.partition_point(|c| all - c.start > room);
        let first = first.clamp(usize::from(pinned), last_first.min(self.columns.len() - 1));
        let from = self.columns.get(first).map_or(0, |c| c.start);
        let end = self.columns.partition_point(|c| c.end <= from + room).max(first + 1);
        // In a window that is narrower than any that is drawn, a column may be cut.
        let until = self.columns.get(end - 1).map_or(all, |c| c.end).min(from + room);
        Window { shown: first..end, pinned, pin, cut: from..until }
    }
}

impl Sheet<'_> {
    /// The first place below the head.
    fn body(&self) -> Anchor {
        self.start_of(1)
    }

    /// Where a row starts; below the last one, the place after the text. Row 0, the head, counts as the first.
    fn start_of(&self, row: usize) -> Anchor {
        let row = row.max(1);
        let byte = if row > self.rows() { self.text.len() + 1 } else { row_range(self.text, self.table, row).start };
        Anchor { block: self.block, byte: byte as u32, nth: 0 }
    }
}

impl Window {
    /// The columns of the screen that the column at the left edge takes; the gap comes after them.
    pub fn stays(&self) -> u16 {
        self.pin.saturating_sub(GAP) as u16
    }

    /// What the window shows of a line.
    pub fn of(&self, line: &Line) -> Line {
        let mut shown = Line { anchor: line.anchor, ..Line::default() };
        if self.pinned {
            cut(line, 0..self.pin - GAP, &mut shown);
            shown.pad(self.pin - shown.columns());
        }
        cut(line, self.cut.clone(), &mut shown);
        shown.trim();
        shown
    }
}

fn side_by_side(widths: &[usize]) -> Vec<Range<usize>> {
    let starts = widths.iter().scan(0, |next, width| {
        let start = *next;
        *next += width + GAP;
        Some(start..start + width)
    });
    starts.collect()
}

/// Adds the part of a line that stands in these columns to another. Of a cluster that is cut through, blanks are left.
fn cut(line: &Line, columns: Range<usize>, into: &mut Line) {
    let mut at = 0;
    for run in &line.runs {
        let text = line.text.get(run.range.clone()).unwrap_or_default();
        for (byte, cluster) in text.grapheme_indices(true) {
            let here = at..at + measure::cluster(cluster);
            at = here.end;
            if columns.start <= here.start && here.end <= columns.end {
                let origin = run.origin.map(|o| o + byte as u32);
                into.push(cluster, Run { origin, ..run.clone() });
            } else {
                into.pad(here.end.min(columns.end).saturating_sub(here.start.max(columns.start)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Guide, Origin};
    use crate::theme::Glyphs;
    use crate::words::Lang;
    use std::collections::{BTreeMap, BTreeSet};

    const WIDE: &str = "\
avant

> | Nom | Rôle | Ville | Remarques |
> |---|---|---|---|
> | Lise | animatrice de la communauté | Lyon | arrive tôt |
> | 李明 | invité | 東京 | un texte qui est plus long que les soixante colonnes où une cellule s’arrête |
> | Paul | – | Brest | part tard |

après
";

    fn with<T>(source: &str, room: u16, look: impl FnOnce(Sheet<'_>) -> T) -> T {
        let guide = Guide::parse(source, &Origin::default());
        let block = guide.blocks().find(|(_, b)| matches!(b.kind, BlockKind::Table(_))).unwrap().0;
        let (colours, toggled) = (BTreeMap::new(), BTreeSet::new());
        let glyphs = Glyphs::UNICODE;
        let layout = Layout {
            guide: &guide,
            width: 20,
            glyphs,
            lang: Lang::Fr,
            colours: &colours,
            toggled: &toggled,
            medium: Medium::Screen,
        };
        look(layout.sheet(block, room).unwrap())
    }

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|l| l.text.as_str()).collect()
    }

    fn all(sheet: &Sheet<'_>, first: usize) -> Vec<String> {
        let window = sheet.window(first);
        let lines = sheet.head().into_iter().chain(sheet.lines(Anchor::default(), 99));
        lines.map(|l| window.of(&l).text).collect()
    }

    #[test]
    fn cells_stand_side_by_side_and_only_long_ones_wrap() {
        with(WIDE, 200, |sheet| {
            assert_eq!(texts(&sheet.head()).len(), 2);
            let lines = sheet.lines(Anchor::default(), 99);
            assert_eq!(
                texts(&lines)[0],
                "Lise  animatrice de la communauté  Lyon   arrive tôt",
                "without the quote's bar, whatever the width of the text"
            );
            assert_eq!(lines.len(), 6, "the long cell takes two lines, with air around them: {:#?}", texts(&lines));
            assert!(lines.iter().all(|l| l.anchor.block == 1), "nothing but the table");
        });
    }

    #[test]
    fn the_window_moves_by_whole_columns_and_keeps_the_first_in_sight() {
        with(WIDE, 36, |sheet| {
            let first = all(&sheet, 0);
            assert_eq!(first[0], "Nom   Rôle");
            assert_eq!(first[2], "Lise  animatrice de la");
            assert_eq!(first[3], "      communauté");
            let second = all(&sheet, 2);
            assert!(second[0].starts_with("Nom   Ville"), "{second:#?}");
            assert!(second.iter().any(|l| l.starts_with("李明  東京")), "{second:#?}");
            assert_eq!(all(&sheet, 99), all(&sheet, 3), "it stops at the last column");
            for first in 0..4 {
                let window = sheet.window(first);
                assert!(sheet.lines(Anchor::default(), 99).iter().all(|l| window.of(l).columns() <= 36));
                assert!(window.pinned && !window.shown.is_empty());
            }
        });
    }

    #[test]
    fn every_column_is_reached_at_every_room() {
        for room in 0..90 {
            with(WIDE, room, |sheet| {
                let windows: Vec<Window> = (0..4).map(|first| sheet.window(first)).collect();
                let seen: BTreeSet<usize> = windows.iter().flat_map(|w| w.shown.clone()).collect();
                assert!((usize::from(windows[0].pinned)..4).all(|c| seen.contains(&c)), "{room}: {seen:?}");
                let lines = sheet.lines(Anchor::default(), 99);
                let shown = |l: &Line| windows.iter().map(|w| w.of(l).columns()).max().unwrap();
                assert!(lines.iter().all(|l| shown(l) <= usize::from(room.max(1))), "{room}");
            });
        }
    }

    #[test]
    fn one_walks_from_the_first_row_below_the_head_to_a_last_window_that_is_full() {
        with(WIDE, 200, |sheet| {
            let top = sheet.shift(Anchor::default(), 0, 2);
            assert_eq!(sheet.row_at(top), 1);
            let next = sheet.shift(top, 1, 2);
            let end = sheet.shift(top, isize::MAX, 2);
            assert_eq!(texts(&sheet.lines(next, 1)), [""], "air above a row of two lines");
            assert_eq!(sheet.lines(end, 99).len(), 2);
            assert_eq!(sheet.shift(end, isize::MIN, 2), top);
            assert_eq!(sheet.row_at(sheet.lines(end, 99)[1].anchor), sheet.rows());
        });
    }

    #[test]
    fn one_steps_from_row_to_row_and_through_one_that_is_higher_than_the_window() {
        let tall = "mot ".repeat(90);
        let source = format!("| a | b |\n|---|---|\n| 1 | x |\n| 2 | {tall}|\n| 3 | y |\n{}", "| 4 | z |\n".repeat(9));
        with(&source, 80, |sheet| {
            let rows = |from: Anchor, by| {
                let to = sheet.rows_away(from, by, 4);
                (sheet.row_at(to), to)
            };
            let (row, second) = rows(Anchor::default(), 1);
            assert_eq!((row, second.nth), (2, 0));
            let steps = (0..7).scan(second, |at, _| {
                let (row, to) = rows(*at, 1);
                *at = to;
                Some(row)
            });
            assert_eq!(steps.collect::<Vec<_>>(), [2, 2, 2, 2, 3, 4, 5]);
            let back = (0..20).fold(rows(second, 9).1, |at, _| rows(at, -1).1);
            assert_eq!(sheet.row_at(back), 1);
        });
    }

    #[test]
    fn a_table_without_rows_shows_its_head() {
        with("| a | b |\n|---|---|\n", 40, |sheet| {
            assert_eq!(texts(&sheet.head()), ["a    b", "───  ───"]);
            assert!(sheet.lines(Anchor::default(), 9).is_empty());
            assert_eq!(sheet.shift(Anchor::default(), 5, 9), sheet.shift(Anchor::default(), -5, 9));
        });
    }

    #[test]
    fn what_is_cut_through_leaves_blanks() {
        let mut line = Line::default();
        line.push("日本語", Run { origin: Some(0), ..Run::default() });
        let mut part = Line::default();
        cut(&line, 1..4, &mut part);
        assert_eq!(part.text, " 本");
        assert_eq!(part.runs.last().unwrap().origin, Some(3));
    }
}
