//! Headings as a tree: next, previous, parent, and the section that holds an anchor.

use super::{Anchor, CleanText, Guide};

/// Index into [`Guide::headings`].
pub type HeadingIndex = usize;

/// A heading, a node of the outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// Its block.
    pub block: u32,
    /// 1 to 6.
    pub level: u8,
    /// Its text on one line.
    pub text: CleanText,
    /// The nearest heading before it with a smaller level.
    pub parent: Option<HeadingIndex>,
    /// How many headings stand above it: 0 for a root.
    pub depth: u32,
    /// Explicit id `{#id}`, without the `#`.
    pub id: Option<CleanText>,
}

impl Guide {
    /// The heading whose section holds the anchor; none before the first heading.
    pub fn section_at(&self, anchor: Anchor) -> Option<HeadingIndex> {
        self.headings.partition_point(|h| h.block <= anchor.block).checked_sub(1)
    }

    /// The block after the section's last one, subsections included.
    pub fn section_end(&self, heading: HeadingIndex) -> u32 {
        let Some(h) = self.headings.get(heading) else { return 0 };
        let next = self.headings.iter().skip(heading + 1).find(|n| n.level <= h.level);
        next.map_or(self.blocks.len() as u32, |n| n.block)
    }
}

/// Adds a heading to the tree.
pub(super) fn add(headings: &mut Vec<Heading>, block: u32, level: u8, text: CleanText, id: Option<CleanText>) {
    // The chain of open headings is walked upwards: never longer than six.
    let mut parent = headings.len().checked_sub(1);
    while let Some(at) = parent {
        match headings.get(at) {
            Some(heading) if heading.level >= level => parent = heading.parent,
            _ => break,
        }
    }
    let depth = parent.and_then(|at| headings.get(at)).map_or(0, |h| h.depth + 1);
    headings.push(Heading { block, level, text, parent, depth, id });
}
