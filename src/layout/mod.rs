//! The guide at a width: lines around an anchor, never the whole document.
//! Pure: knows roles and slots, no colours, ticks or hits. Keeps nothing between two calls but what the columns of
//! tables want, and that the caller holds: every block is laid out in segments of bounded size, found from any byte by
//! looking around it, so that a call costs what it shows.

mod cluster;
mod code;
mod flow;
mod frame;
mod leaf;
mod line;
mod measure;
mod memo;
mod plain;
mod script;
mod segment;
mod sheet;
mod stretch;
mod table;
mod walk;
mod wrap;

pub use code::colour;
pub use line::{Line, Run, Slot};
pub use measure::columns;
pub use plain::plain;
pub use script::script;
pub use sheet::{Sheet, Window};
pub use stretch::{Stretch, stretch, whole};
pub use table::Measures;
pub use wrap::wrapped;

use crate::guide::{Anchor, BlockKind, ContainerId, Guide};
use crate::theme::{Glyphs, Role};
use crate::words::Lang;
use leaf::Leaf;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Code blocks' colours, by block: ranges of the block's text with their roles, in order. Absent until coloured.
pub type Colours = BTreeMap<u32, Vec<(Range<u32>, Role)>>;

/// What the guide is laid out for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Medium {
    /// A screen with keys: what is folded can be unfolded.
    #[default]
    Screen,
    /// A card over the screen: nothing is folded away, for it has no keys of its own.
    Card,
    /// What is printed once: nothing is folded away, for no key would bring it back.
    Paper,
    /// One table by itself, without what stands around it, as wide as its cells want.
    Sheet {
        /// Its block.
        block: u32,
        /// A cell that wants more columns is wrapped.
        widest: u16,
    },
}

/// Everything that lines depend on.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// Columns, at least 1.
    pub width: u16,
    /// The marks to draw with.
    pub glyphs: &'static Glyphs,
    /// The language of the few words that the layout adds: labels of alerts.
    pub lang: Lang,
    /// Colours of code that are known already.
    pub colours: &'a Colours,
    /// `<details>` whose state differs from what the author set.
    pub toggled: &'a BTreeSet<ContainerId>,
    /// What was measured of this guide's tables; filled in while laying out.
    pub measures: &'a Measures,
    /// What for.
    pub medium: Medium,
}

impl Layout<'_> {
    /// The rows from the one that holds `from`, at most `rows` of them; fewer at the guide's end.
    pub fn lines(&self, from: Anchor, rows: usize) -> Vec<Line> {
        let Some((mut here, at)) = Here::at(*self, from) else { return Vec::new() };
        let mut lines: Vec<Line> = here.rows.split_off(at);
        while lines.len() < rows && here.forward() {
            lines.append(&mut here.rows);
        }
        lines.truncate(rows);
        lines
    }

    /// The anchor of the row that holds `place` at this width: a row whose anchor it is, else the row of the same
    /// block that shows the byte. A place folded away is held by its summary.
    pub fn row(&self, place: Anchor) -> Anchor {
        Here::at(*self, place).map(|(here, at)| here.anchor(at)).unwrap_or_default()
    }

    /// The row that shows a byte of a block's text, never a blank one above it: where a hit or a link is looked for.
    pub fn showing(&self, place: Anchor) -> Anchor {
        let Some((here, at)) = Here::at(*self, place) else { return Anchor::default() };
        here.anchor(here.rows.iter().position(|l| shows(l, place.byte)).unwrap_or(at))
    }

    /// The anchor of the row `by` rows further down (up where negative), stopping at the guide's first and last row.
    pub fn shift(&self, from: Anchor, by: isize) -> Anchor {
        let Some((mut here, mut at)) = Here::at(*self, from) else { return Anchor::default() };
        let mut left = by.unsigned_abs();
        loop {
            let last = here.rows.len().saturating_sub(1);
            let room = if by < 0 { at } else { last - at };
            let step = left.min(room);
            at = if by < 0 { at - step } else { at + step };
            left -= step;
            let anchor = here.anchor(at);
            let moved = left > 0 && if by < 0 { here.back() } else { here.forward() };
            if !moved {
                return anchor;
            }
            left -= 1;
            at = if by < 0 { here.rows.len().saturating_sub(1) } else { 0 };
        }
    }

    /// The anchor of the guide's last row.
    pub fn last(&self) -> Anchor {
        let last = self.last_block().map(|block| Anchor { block, byte: u32::MAX, nth: u32::MAX });
        last.map(|place| self.row(place)).unwrap_or_default()
    }

    /// The first row of a block that shows something of it: below the blank rows above it. Where a jump lands.
    pub fn opening(&self, block: u32) -> Anchor {
        let first = self.row(Anchor::of_block(block));
        let blanks = if first.byte == 0 && first.nth == 0 { self.blanks_above(first.block) } else { 0 };
        Anchor { nth: first.nth + blanks as u32, ..first }
    }

    /// Whether a block is folded away under a summary.
    pub fn hides(&self, block: u32) -> bool {
        self.folded_under(block).is_some()
    }
}

/// Whether a row shows a byte of its block's text.
fn shows(line: &Line, byte: u32) -> bool {
    let holds =
        |run: &Run| run.origin.is_some_and(|o| byte.checked_sub(o).is_some_and(|n| (n as usize) < run.range.len()));
    line.runs.iter().any(holds)
}

/// A segment of a block, from which one walks on.
struct Here<'a> {
    leaf: Leaf<'a>,
    segment: Range<usize>,
    /// The segment's rows.
    rows: Vec<Line>,
}

impl<'a> Here<'a> {
    /// The segment that holds a place, and which of its rows does.
    fn at(layout: Layout<'a>, place: Anchor) -> Option<(Here<'a>, usize)> {
        let block = match layout.medium {
            Medium::Sheet { block, .. } => block,
            _ => place.block.min(layout.guide.block_count().checked_sub(1)?),
        };
        let place = match layout.folded_under(block) {
            // Folded away: the summary's first row of its own, below the blank rows.
            Some(summary) => Anchor { block: summary, byte: 0, nth: layout.blanks_above(summary) as u32 },
            None if block < place.block => return Here::at(layout, layout.last()),
            None => place,
        };
        let leaf = Leaf::new(layout, place.block)?;
        let segment = leaf.cuts.holding(place.byte as usize);
        let rows = leaf.rows_known(&segment);
        let here = Here { leaf, segment, rows };
        let at = here.row_of(place);
        Some((here, at))
    }

    fn anchor(&self, at: usize) -> Anchor {
        self.rows.get(at).map(|l| l.anchor).unwrap_or_default()
    }

    fn row_of(&self, place: Anchor) -> usize {
        let rows = &self.rows;
        if let Ok(exact) = rows.binary_search_by_key(&place, |l| l.anchor) {
            return exact;
        }
        // Cells stand side by side: the last row that starts before the byte need not be the one that shows it.
        let table = matches!(self.leaf.source.kind, BlockKind::Table(_));
        let shown = if table { rows.iter().position(|l| shows(l, place.byte)) } else { None };
        shown.unwrap_or_else(|| rows.partition_point(|l| l.anchor <= place).saturating_sub(1))
    }

    /// Goes to the next segment that is shown.
    fn forward(&mut self) -> bool {
        if let Some(next) = self.leaf.cuts.after(&self.segment) {
            return self.turn_to(next);
        }
        let next = self.leaf.layout.block_after(self.leaf.at).and_then(|b| Leaf::new(self.leaf.layout, b));
        self.go(next, 0)
    }

    /// Goes to the segment before that is shown.
    fn back(&mut self) -> bool {
        if let Some(before) = self.leaf.cuts.before(&self.segment) {
            return self.turn_to(before);
        }
        let before = self.leaf.layout.block_before(self.leaf.at).and_then(|b| Leaf::new(self.leaf.layout, b));
        self.go(before, usize::MAX)
    }

    fn go(&mut self, leaf: Option<Leaf<'a>>, byte: usize) -> bool {
        let Some(leaf) = leaf else { return false };
        let segment = leaf.cuts.holding(byte);
        self.leaf = leaf;
        self.turn_to(segment)
    }

    fn turn_to(&mut self, segment: Range<usize>) -> bool {
        self.rows = self.leaf.rows_known(&segment);
        self.segment = segment;
        true
    }
}
