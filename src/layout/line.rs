//! A laid-out row.

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
