//! A laid-out row.

use super::measure;
use crate::guide::{Anchor, InlineStyle, LinkId};
use crate::theme::Role;
use std::ops::Range;

/// A row of the laid-out guide. Its text is made of cleaned text and marks only; its width in columns is at most the
/// layout's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// What is read.
    pub text: String,
    /// Parts of `text`, in order and without gaps.
    pub runs: Vec<Run>,
    /// Where the row starts in the guide.
    pub anchor: Anchor,
    /// Where an item's mark is painted, if the row opens an item.
    pub slot: Option<Slot>,
    /// The role whose background fills the row from this column to the width: blocks of code.
    pub fill: Option<(u16, Role)>,
}

/// A part of a row that is painted alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Bytes of the row's text.
    pub range: Range<usize>,
    /// What it is.
    pub role: Role,
    /// Emphasis on top of the role.
    pub style: InlineStyle,
    /// The link that it belongs to.
    pub link: Option<LinkId>,
    /// The byte of the block's text that it starts at; none for marks, indents and frames.
    pub origin: Option<u32>,
}

/// Where an item's mark is painted: one column, left blank (a space) by the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Column from 0.
    pub column: u16,
    /// Index into [`crate::guide::Guide::items`].
    pub item: usize,
}

impl Line {
    /// A row without text yet.
    pub(super) fn at(block: u32, byte: usize) -> Line {
        Line { anchor: Anchor { block, byte: byte as u32, nth: 0 }, ..Line::default() }
    }

    /// The columns that the row takes.
    pub fn columns(&self) -> usize {
        self.runs.iter().filter_map(|r| self.text.get(r.range.clone())).map(measure::columns).sum()
    }

    /// Adds a mark, an indent or a frame: text of the layout's own.
    pub(super) fn mark(&mut self, text: &str, role: Role) {
        self.push(text, Run { role, ..Run::default() });
    }

    /// Adds spaces.
    pub(super) fn pad(&mut self, columns: usize) {
        const SPACES: &str = "                                ";
        let mut left = columns;
        while let Some(spaces) = SPACES.get(..left.min(SPACES.len())).filter(|spaces| !spaces.is_empty()) {
            self.mark(spaces, Role::Text);
            left -= spaces.len();
        }
    }

    /// Adds text with all that is known of it; joins what is painted alike and stands together in the guide, too.
    pub(super) fn push(&mut self, text: &str, like: Run) {
        let start = self.text.len();
        self.text.push_str(text);
        let range = start..self.text.len();
        if range.is_empty() {
            return;
        }
        if let Some(last) = self.runs.last_mut() {
            let follows = match (last.origin, like.origin) {
                (Some(a), Some(b)) => a as usize + last.range.len() == b as usize,
                (None, None) => true,
                _ => false,
            };
            if follows && last.role == like.role && last.style == like.style && last.link == like.link {
                last.range.end = range.end;
                return;
            }
        }
        self.runs.push(Run { range, ..like });
    }

    /// Takes away spaces of the layout's own at the row's end.
    pub(super) fn trim(&mut self) {
        while let Some(last) = self.runs.last_mut().filter(|r| r.origin.is_none()) {
            let kept = self.text.trim_end_matches(' ').len().max(last.range.start);
            self.text.truncate(kept);
            last.range.end = kept;
            if !last.range.is_empty() {
                return;
            }
            self.runs.pop();
        }
    }
}
