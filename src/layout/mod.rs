//! The guide at a width: lines around an anchor, never the whole document.
//! Pure: knows roles and slots, no colours, ticks or hits.

mod line;

pub use line::{Line, Run, Slot};

use crate::guide::{Anchor, ContainerId, Guide};
use crate::theme::{Glyphs, Role};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Code blocks' colours, by block: ranges of the block's text with their roles, in order. Absent until coloured.
pub type Colours = BTreeMap<u32, Vec<(Range<u32>, Role)>>;

/// Everything that lines depend on.
#[derive(Clone, Copy, Debug)]
pub struct Layout<'a> {
    /// The guide.
    pub guide: &'a Guide,
    /// Columns, at least 1.
    pub width: u16,
    /// The marks to draw with.
    pub glyphs: &'static Glyphs,
    /// Colours of code that are known already.
    pub colours: &'a Colours,
    /// `<details>` whose state differs from what the author set.
    pub toggled: &'a BTreeSet<ContainerId>,
}

impl Layout<'_> {
    /// The rows from the one that holds `from`, at most `rows` of them; fewer at the guide's end.
    pub fn lines(&self, from: Anchor, rows: usize) -> Vec<Line> {
        let _ = (from, rows);
        Vec::new()
    }

    /// The anchor of the row that holds `place` at this width.
    pub fn row(&self, place: Anchor) -> Anchor {
        place
    }

    /// The anchor of the row `by` rows further down (up where negative), stopping at the guide's first and last row.
    pub fn shift(&self, from: Anchor, by: isize) -> Anchor {
        let _ = by;
        from
    }

    /// The anchor of the guide's last row.
    pub fn last(&self) -> Anchor {
        Anchor::default()
    }
}
