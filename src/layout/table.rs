//! Tables: columns of balanced width, their cells wrapped; where that leaves a column too narrow to read, row by row
//! as `head: value`.

use super::cluster::{closes, opens};
use super::flow::{Flow, fits};
use super::leaf::{Leaf, Rows};
use super::memo::Memo;
use super::segment::{GRID, row_holding, row_range};
use super::wrap::Wrapped;
use super::{Layout, Medium, measure};
use crate::guide::{Alignment, Block, InlineStyle, Table};
use crate::theme::Role;
use crate::words::LayoutWord;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

/// Rows that the widths of columns are taken from.
const MEASURED_ROWS: usize = 1_000;

/// Bytes of the table's text that the widths of columns are taken from.
const MEASURED_BYTES: usize = 32 * 1024;

/// Columns that are shown.
const MOST: usize = 256;

/// Columns of blank between two columns of a table.
pub(super) const GAP: usize = 2;

/// A column is at least this wide, its text allowing.
const NARROWEST: usize = 6;

/// Words up to this wide are not broken to keep the columns side by side.
const LONGEST_WORD: usize = 12;

/// So many tables are remembered: a screen shows a few.
const REMEMBERED: usize = 64;

/// What was laid out lately, and what the columns of tables want, as far as it was measured. Measuring reads much of a table, and a key that scrolls
/// asks several times; the answer is the same at every width. Belongs to one guide, and to the screen or to paper: for
/// another, a new one is made.
#[derive(Clone, Debug, Default)]
pub struct Measures {
    tables: RefCell<BTreeMap<u32, Measured>>,
    /// Rows that were laid out lately.
    pub(super) rows: Memo,
}

/// What the columns of one table want.
#[derive(Clone, Debug)]
struct Measured {
    /// The length of its text: one that is read later on is measured anew.
    bytes: usize,
    needs: Vec<Need>,
}

impl Measures {
    fn of(&self, layout: &Layout, at: u32, block: &Block, table: &Table, count: usize) -> Vec<Need> {
        let bytes = block.text.len();
        if let Some(known) = self.tables.borrow().get(&at).filter(|known| known.bytes == bytes) {
            return known.needs.clone();
        }
        let needs = needs(layout, at, block, table, count);
        let mut all = self.tables.borrow_mut();
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(at, Measured { bytes, needs: needs.clone() });
        needs
    }
}

/// How a table is laid out at a width.
#[derive(Clone, Debug)]
pub(super) enum Plan {
    /// Side by side.
    Columns {
        /// Of each column.
        widths: Vec<usize>,
    },
    /// Row by row.
    Records,
}

impl Plan {
    /// The plan for a room of so many columns.
    pub(super) fn of(layout: &Layout, at: u32, block: &Block, table: &Table, room: usize) -> Plan {
        let count = table.alignments.len().max(1);
        if count > MOST || (count > room && !matches!(layout.medium, Medium::Sheet { .. })) {
            return Plan::Records;
        }
        let needs = layout.measures.of(layout, at, block, table, count);
        if let Medium::Sheet { widest, .. } = layout.medium {
            let widths = needs.iter().map(|n| n.all.min(n.least().max(usize::from(widest)))).collect();
            return Plan::Columns { widths };
        }
        let widths = balance(&needs, room.saturating_sub(GAP * (count - 1)));
        widths.map_or(Plan::Records, |widths| Plan::Columns { widths })
    }

    /// The rows of a segment.
    pub(super) fn rows(&self, leaf: &Leaf, table: &Table, segment: &Range<usize>, rows: &mut Rows) {
        let row = row_holding(table, segment.start);
        let role = if row == 0 { Role::TableHead } else { leaf.frame.text };
        let long = row_range(&leaf.source.text, table, row).len() > GRID;
        match self {
            _ if long => leaf.prose(segment, role, rows),
            Plan::Columns { widths } => {
                if row > 1 && (wraps(leaf, table, row, widths) || wraps(leaf, table, row - 1, widths)) {
                    rows.blank(segment.start);
                }
                side_by_side(leaf, table, row, widths, segment, role, rows);
                if row == 0 {
                    rule(leaf, widths, segment, rows);
                }
            }
            Plan::Records if row == 0 => names(leaf, table, segment, rows),
            Plan::Records => record(leaf, table, row, segment, rows),
        }
    }
}

/// What a column's cells want.
#[derive(Clone, Copy, Debug, Default)]
struct Need {
    /// The widest cell.
    all: usize,
    /// The widest word.
    word: usize,
}

impl Need {
    /// The narrowest that is still read.
    fn least(&self) -> usize {
        self.all.min(self.word.clamp(NARROWEST, LONGEST_WORD))
    }
}

fn needs(layout: &Layout, at: u32, block: &Block, table: &Table, count: usize) -> Vec<Need> {
    let mut needs = vec![Need { all: 3, word: 3 }; count];
    let images = layout.guide.links_from(at, 0).any(|(_, link)| link.image);
    // Where the layout adds marks of its own, only a flow knows how wide a cell is.
    let mut spans = block.spans.iter().take_while(|s| (s.range.start as usize) < MEASURED_BYTES);
    let marked = images || spans.any(|s| s.style.has(InlineStyle::SUP));
    for row in table.rows.iter().take(MEASURED_ROWS) {
        for (cell, need) in row.cells.iter().zip(&mut needs) {
            if cell.start as usize > MEASURED_BYTES {
                return needs;
            }
            let range = cell.start as usize..(cell.end as usize).min(cell.start as usize + GRID);
            let text = block.text.get(range).unwrap_or_default();
            let mut all = text.split('\n').map(measure::columns).max().unwrap_or_default();
            let mut word = widest_word(text);
            if marked {
                let flow = cell_flow(layout, at, cell, Role::Text);
                let widest = |width| flow.wrap(width).iter().map(|w| w.columns).max();
                all = widest(GRID).unwrap_or_default();
                word = word.max(all.min(NARROWEST));
            }
            need.all = need.all.max(all);
            need.word = need.word.max(word);
        }
    }
    needs
}

/// The widest piece of a text that no row should break: a word with the marks that stay with it.
fn widest_word(text: &str) -> usize {
    let mut widest = 0;
    let mut whole = 0;
    let mut held = false;
    for word in text.split([' ', '\n']) {
        let columns = measure::columns(word);
        whole = if held || word.starts_with(closes) { whole + 1 + columns } else { columns };
        held = word.ends_with(opens);
        widest = widest.max(whole);
    }
    widest
}

fn cell_flow(layout: &Layout, at: u32, cell: &Range<u32>, role: Role) -> Flow {
    Flow::prose(layout, at, cell.start as usize..cell.end as usize, role)
}

/// Widths for columns that share `room`: columns that are content with an even share get what they want, the others
/// the rest in proportion to their wants. None where a column would be too narrow to read.
fn balance(needs: &[Need], room: usize) -> Option<Vec<usize>> {
    let mut reserved: usize = needs.iter().map(Need::least).sum();
    let mut left = room.checked_sub(reserved).map(|_| room)?;
    let mut widths: Vec<Option<usize>> = vec![None; needs.len()];
    loop {
        let open = widths.iter().filter(|w| w.is_none()).count();
        let content = needs.iter().zip(&widths).position(|(need, width)| {
            width.is_none() && need.all * open <= left && left - need.all >= reserved - need.least()
        });
        let Some(i) = content else { break };
        let Some(need) = needs.get(i) else { break };
        widths[i] = Some(need.all);
        left -= need.all;
        reserved -= need.least();
    }
    let open = || needs.iter().zip(&widths).filter(|(_, w)| w.is_none()).map(|(n, _)| n);
    let wants: usize = open().map(|n| n.all - n.least()).sum();
    let spare = left - reserved;
    let mut rest = spare;
    let shared = needs.iter().zip(&widths).map(|(need, width)| {
        width.unwrap_or_else(|| {
            let more = (spare * (need.all - need.least()) / wants.max(1)).min(need.all - need.least());
            rest -= more;
            need.least() + more
        })
    });
    let mut shared: Vec<usize> = shared.collect();
    for (width, need) in shared.iter_mut().zip(needs) {
        let more = rest.min(need.all - *width);
        *width += more;
        rest -= more;
    }
    Some(shared)
}

/// Whether a row takes several lines: a blank row keeps it apart from its neighbours.
fn wraps(leaf: &Leaf, table: &Table, row: usize, widths: &[usize]) -> bool {
    let range = row_range(&leaf.source.text, table, row);
    if range.len() > GRID {
        return true;
    }
    let cells = table.rows.get(row).map(|r| r.cells.as_slice()).unwrap_or_default();
    let text = leaf.source.text.get(range.clone()).unwrap_or_default();
    if !text.contains('\t') && !is_marked(leaf, &range) {
        // Then a flow would hold the text as it stands.
        let text = |cell: &Range<u32>| leaf.source.text.get(cell.start as usize..cell.end as usize).unwrap_or_default();
        return cells.iter().zip(widths).any(|(cell, width)| !fits(text(cell), *width));
    }
    let flow = |cell| cell_flow(&leaf.layout, leaf.at, cell, Role::Text);
    cells.iter().zip(widths).any(|(cell, width)| !flow(cell).fits(*width))
}

/// Whether the layout adds marks of its own to a piece of a table.
fn is_marked(leaf: &Leaf, range: &Range<usize>) -> bool {
    let spans = &leaf.source.spans;
    let first = spans.partition_point(|s| s.range.end as usize <= range.start);
    let mut spans = spans.iter().skip(first).take_while(|s| (s.range.start as usize) < range.end);
    let links = leaf.layout.guide.links_from(leaf.at, range.start);
    let mut inside = links.take_while(|(_, link)| (link.range.start as usize) < range.end);
    spans.any(|s| s.style.has(InlineStyle::SUP)) || inside.any(|(_, link)| link.image)
}

fn side_by_side(
    leaf: &Leaf,
    table: &Table,
    row: usize,
    widths: &[usize],
    segment: &Range<usize>,
    role: Role,
    rows: &mut Rows,
) {
    let empty = 0..0;
    let cells = table.rows.get(row).map(|r| r.cells.as_slice()).unwrap_or_default();
    let cells = (0..widths.len()).map(|n| cells.get(n).unwrap_or(&empty));
    let flows: Vec<Flow> = cells.map(|cell| cell_flow(&leaf.layout, leaf.at, cell, role)).collect();
    let wrapped = flows.iter().zip(widths).map(|(flow, width)| flow.wrap(*width));
    let wrapped: Vec<Vec<Wrapped>> = wrapped.collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    for n in 0..height {
        let byte = flows.iter().zip(&wrapped).find_map(|(flow, w)| w.get(n).map(|w| flow.origin(w)));
        let line = rows.start(if n == 0 { segment.start } else { byte.unwrap_or(segment.start) });
        let mut blank = 0;
        for (column, (flow, width)) in flows.iter().zip(widths).enumerate() {
            let shown = wrapped.get(column).and_then(|w| w.get(n));
            let columns = shown.map_or(0, |w| w.columns);
            let spare = width.saturating_sub(columns);
            let before = match table.alignments.get(column) {
                Some(Alignment::Right) => spare,
                Some(Alignment::Center) => spare / 2,
                _ => 0,
            };
            if let Some(shown) = shown {
                line.pad(blank + before);
                flow.write(shown, line);
                blank = spare - before + GAP;
            } else {
                blank += width + GAP;
            }
        }
    }
}

/// A thin rule under each column of the head.
fn rule(leaf: &Leaf, widths: &[usize], segment: &Range<usize>, rows: &mut Rows) {
    let line = rows.start(segment.start);
    for (n, width) in widths.iter().enumerate() {
        line.pad(if n == 0 { 0 } else { GAP });
        line.mark(&leaf.layout.glyphs.rule.repeat(*width), Role::TableRule);
    }
}

/// The head of a table that is shown row by row: what its rows are about to say.
fn names(leaf: &Leaf, table: &Table, segment: &Range<usize>, rows: &mut Rows) {
    let mut all = Flow::default();
    let cells = table.rows.first().map(|r| r.cells.as_slice()).unwrap_or_default();
    for (n, cell) in cells.iter().take(MOST).enumerate() {
        if n > 0 {
            all.mark(&format!("\u{A0}{} ", leaf.layout.glyphs.dot), Role::Faint);
        }
        all.append(&cell_flow(&leaf.layout, leaf.at, cell, Role::TableHead));
    }
    rows.flow(&all, leaf.frame.room);
    let line = rows.start(segment.start);
    line.mark(&leaf.layout.glyphs.rule.repeat(leaf.frame.room), Role::TableRule);
}

/// A row of a table as `head: value`, one line for each cell that holds something.
fn record(leaf: &Leaf, table: &Table, row: usize, segment: &Range<usize>, rows: &mut Rows) {
    let heads = table.rows.first().map(|r| r.cells.as_slice()).unwrap_or_default();
    let cells = table.rows.get(row).map(|r| r.cells.as_slice()).unwrap_or_default();
    if row > 1 {
        rows.blank(segment.start);
    }
    let room = leaf.frame.room;
    let hang = if room < 16 { 0 } else { 2 };
    let flow = |cell, role| cell_flow(&leaf.layout, leaf.at, cell, role);
    for (n, cell) in cells.iter().take(MOST).enumerate() {
        let value = flow(cell, leaf.frame.text);
        if value.is_blank() {
            continue;
        }
        let head = heads.get(n).map(|h| flow(h, Role::TableHead).again()).filter(|h| !h.is_blank());
        let mut text = head.unwrap_or_default();
        if text.asks() {
            text.mark(" ", Role::TableHead);
        } else if !text.is_blank() {
            text.mark(&LayoutWord::Colon.say(leaf.layout.lang), Role::TableHead);
        }
        text.append(&value);
        for (n, row) in text.wrap(room - hang).iter().enumerate() {
            let line = rows.start(text.origin(row));
            line.pad(if n == 0 { 0 } else { hang });
            text.write(row, line);
        }
    }
    if let Some(hidden) = cells.get(MOST) {
        let word = LayoutWord::MoreColumns(cells.len() - MOST).say(leaf.layout.lang);
        let mut more = Flow::ending_at(hidden.start as usize);
        more.mark(&format!("{}\u{A0}{word}", leaf.layout.glyphs.ellipsis), Role::Muted);
        rows.flow(&more, room);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Anchor, Guide, Origin};
    use crate::theme::Glyphs;
    use crate::words::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn what_was_measured_before_changes_no_row() {
        let cells = "| a | long name of a column | ![x](/a/b.png) | 10<sup>5</sup> |\n|---|---|---|---|\n";
        let rows: String = (0..40).map(|n| format!("| {n} | {} | mot | 1<sup>{n}</sup> |\n", "é ".repeat(n))).collect();
        let guide = Guide::parse(&format!("{cells}{rows}\n\nmot\n\n| b |\n|---|\n| c |\n"), &Origin::default());
        let (colours, toggled, kept) = (BTreeMap::new(), BTreeSet::new(), Measures::default());
        let glyphs = Glyphs::UNICODE;
        for width in [20, 40, 80, 120, 40] {
            let lines = |measures: &Measures, medium| {
                let (guide, lang) = (&guide, Lang::Fr);
                let layout =
                    Layout { guide, width, glyphs, lang, colours: &colours, toggled: &toggled, measures, medium };
                layout.lines(Anchor::default(), usize::MAX)
            };
            for medium in [Medium::Screen, Medium::Sheet { block: 0, widest: 60 }, Medium::Card] {
                assert_eq!(lines(&kept, medium), lines(&Measures::default(), medium), "{width} {medium:?}");
            }
        }
        assert_eq!(kept.tables.borrow().len(), 2);
    }
}
