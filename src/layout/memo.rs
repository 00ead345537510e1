//! Rows that were laid out lately. A key that scrolls by a row shows again all others, and asks for many of them several
//! times; what it costs should be what is new. Decides nothing: what is remembered is what would be laid out.

use super::{Layout, Line, Medium};
use crate::guide::ContainerId;
use crate::theme::Glyphs;
use crate::words::Lang;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// So many segments are remembered: several screens full.
const MOST: usize = 512;

/// The rows of segments of one guide.
#[derive(Clone, Debug, Default)]
pub(super) struct Memo(RefCell<Kept>);

#[derive(Clone, Debug, Default)]
struct Kept {
    of: Option<Basis>,
    /// By block, and by the byte that the segment starts at.
    rows: HashMap<(u32, usize), Vec<Line>>,
}

/// What rows depend on besides the guide.
#[derive(Clone, Debug, PartialEq)]
struct Basis {
    width: u16,
    glyphs: &'static Glyphs,
    lang: Lang,
    /// How many blocks of code have their colours; they only ever come in.
    colours: usize,
    toggled: BTreeSet<ContainerId>,
}

impl Memo {
    /// The rows of a segment, laid out where they are not known. On a screen only: what is printed is printed once.
    pub(super) fn rows(
        &self,
        layout: &Layout,
        block: u32,
        segment: &Range<usize>,
        lay_out: impl FnOnce() -> Vec<Line>,
    ) -> Vec<Line> {
        if layout.medium != Medium::Screen {
            return lay_out();
        }
        let key = (block, segment.start);
        let mut kept = self.0.borrow_mut();
        if !kept.of.as_ref().is_some_and(|of| of.is(layout)) {
            *kept = Kept { of: Some(Basis::of(layout)), rows: HashMap::new() };
        }
        if let Some(known) = kept.rows.get(&key) {
            return known.clone();
        }
        drop(kept);
        let rows = lay_out();
        let mut kept = self.0.borrow_mut();
        if kept.rows.len() >= MOST {
            kept.rows.clear();
        }
        kept.rows.insert(key, rows.clone());
        rows
    }
}

impl Basis {
    fn of(layout: &Layout) -> Basis {
        Basis {
            width: layout.width,
            glyphs: layout.glyphs,
            lang: layout.lang,
            colours: layout.colours.len(),
            toggled: layout.toggled.clone(),
        }
    }

    fn is(&self, layout: &Layout) -> bool {
        let Basis { width, glyphs, lang, colours, toggled } = self;
        (*width, *lang, *colours) == (layout.width, layout.lang, layout.colours.len())
            && std::ptr::eq(*glyphs, layout.glyphs)
            && toggled == layout.toggled
    }
}
