//! A table by itself, over the whole screen: which one, which of its rows and columns are in the window, and how the
//! keys move that. Lays nothing out itself, and never counts rows of the document.

use super::model::{Model, Overlay};
use super::msg::Effect;
use super::update::Steps;
use crate::guide::{Anchor, BlockKind};
use crate::layout::{Layout, Line, Window};
use crate::words::Ui;
use std::ops::RangeInclusive;

/// Rows that stay in sight when a page is turned.
const OVERLAP: isize = 1;
/// How many windows full of lines are looked through for those that show something.
const LOOKED: usize = 4;

/// A table by itself.
#[derive(Clone, Debug)]
pub struct TableView {
    /// Its block.
    pub block: u32,
    /// The place at the top, below the head.
    pub top: Anchor,
    /// The first column that is shown beside the one that stays.
    pub column: usize,
    /// Derived: the lines of the head, as far as they are in the window.
    pub head: Vec<Line>,
    /// Derived: the lines below the head.
    pub lines: Vec<Line>,
    /// Derived: which columns are shown.
    pub window: Window,
    /// Derived: how many columns there are.
    pub columns: usize,
    /// Derived: the first and the last row on the screen, counted from 1 below the head.
    pub shown: RangeInclusive<usize>,
    /// Derived: how many rows there are below the head.
    pub rows: usize,
}

/// Shows the table being read by itself.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let Some(block) = table_on_screen(model) else { return model.fact(&Ui::NoTable) };
    // The row that stands at the top of the screen, if the head is above it.
    let top = model.reader.lines.first().map(|l| l.anchor).filter(|top| top.block == block);
    model.overlay = Some(Overlay::Table(TableView::of(block, top.unwrap_or(Anchor::of_block(block)))));
    Vec::new()
}

/// The first table on the screen; where one is being read, that.
fn table_on_screen(model: &Model) -> Option<u32> {
    let is_table = |block: &u32| {
        let kind = model.guide.block(*block).map(|b| &b.kind);
        matches!(kind, Some(BlockKind::Table(_)))
    };
    let shown = |block: &u32| model.reader.lines.iter().any(|l| l.anchor.block == *block);
    let read = Some(model.reader.place.block).filter(is_table).filter(shown);
    read.or_else(|| model.reader.lines.iter().map(|l| l.anchor.block).find(is_table))
}

/// Whether a table among these rows wants more columns than they have.
pub(super) fn is_wide(layout: &Layout<'_>, lines: &[Line]) -> bool {
    let mut blocks: Vec<u32> = lines.iter().map(|l| l.anchor.block).collect();
    blocks.dedup();
    let sheets = blocks.into_iter().filter_map(|block| layout.sheet(block, u16::MAX));
    sheets.into_iter().any(|sheet| sheet.width() > usize::from(layout.width))
}

/// Moves the window over the rows.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let Some(Overlay::Table(view)) = &model.overlay else { return };
    let height = view.height(model);
    let Some(sheet) = model.layout().sheet(view.block, model.panes.sheet.width) else { return };
    let page = (height as isize - OVERLAP).max(1);
    let (from, by) = match steps {
        Steps::Rows(by) => (sheet.rows_away(view.top, by, height), 0),
        Steps::Pages(by) => (view.top, by * page),
        Steps::Halves(by) => (view.top, by * (page / 2).max(1)),
        Steps::First => (Anchor::of_block(view.block), 0),
        Steps::Last => (Anchor { block: view.block, byte: u32::MAX, nth: u32::MAX }, 0),
    };
    let top = sheet.shift(from, by, height);
    if let Some(Overlay::Table(view)) = &mut model.overlay {
        view.top = top;
    }
}

/// Moves the window over the columns.
pub(super) fn pan(view: &mut TableView, by: isize) {
    view.column = view.column.saturating_add_signed(by);
}

/// Derives what the window shows; closes it where there is no such table any more.
pub(super) fn settle(model: &mut Model) {
    let Some(Overlay::Table(view)) = &model.overlay else { return };
    let mut view = view.clone();
    let shown = model.layout().sheet(view.block, model.panes.sheet.width).map(|sheet| {
        view.head = sheet.head();
        view.head.truncate(usize::from(model.panes.sheet.height / 2));
        let height = view.height(model);
        view.top = sheet.shift(view.top, 0, height);
        view.window = sheet.window(view.column);
        let shown = |top| shown_lines(&view.window, sheet.lines(top, height * LOOKED), height + 1);
        let mut lines = shown(view.top);
        // What is hidden in other columns must not leave the window's end blank.
        while lines.len() < height {
            let above = sheet.rows_away(view.top, -1, height);
            let more = shown(above);
            if above == view.top || more.len() > height {
                break;
            }
            (view.top, lines) = (above, more);
        }
        lines.truncate(height);
        view.lines = lines;
        view.column = view.window.shown.start;
        (view.columns, view.rows) = (sheet.columns(), sheet.rows());
        let row = |line: Option<&Line>| line.map_or(0, |l| sheet.row_at(l.anchor));
        view.shown = row(view.lines.first())..=row(view.lines.last());
        view
    });
    model.overlay = shown.map(Overlay::Table);
}

/// The lines that show something in the window, and one blank line at most between two of them: cells outside it may
/// be many lines high.
fn shown_lines(window: &Window, lines: Vec<Line>, height: usize) -> Vec<Line> {
    let mut kept = Vec::new();
    let mut after_blank = true;
    for line in lines {
        let blank = window.of(&line).text.is_empty();
        if !(blank && after_blank) && kept.len() < height {
            kept.push(line);
        }
        after_blank = blank;
    }
    kept
}

impl TableView {
    fn of(block: u32, top: Anchor) -> TableView {
        TableView {
            block,
            top,
            column: 0,
            head: Vec::new(),
            lines: Vec::new(),
            window: Window::default(),
            columns: 0,
            shown: 0..=0,
            rows: 0,
        }
    }

    /// Rows of the screen below the head.
    fn height(&self, model: &Model) -> usize {
        usize::from(model.panes.sheet.height).saturating_sub(self.head.len()).max(1)
    }

    /// Whether there are columns left and right of those that are shown.
    pub fn beyond(&self) -> (bool, bool) {
        let shown = &self.window.shown;
        (shown.start > usize::from(self.window.pinned), shown.end < self.columns)
    }
}
