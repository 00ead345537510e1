//! From block to block: which blocks are shown, which comes next, and how many blank rows stand between two.
//! Nesting is followed upwards through the containers, never by recursion.

use super::{Layout, Medium};
use crate::guide::{BlockKind, Container, ContainerId, ContainerKind};

impl<'a> Layout<'a> {
    pub(super) fn container(&self, id: Option<ContainerId>) -> Option<&'a Container> {
        id.and_then(|id| self.guide.container(id))
    }

    pub(super) fn container_of(&self, block: u32) -> Option<ContainerId> {
        self.guide.block(block).and_then(|b| b.container)
    }

    /// The containers from one outwards.
    pub(super) fn outwards(&self, from: Option<ContainerId>) -> impl Iterator<Item = (ContainerId, &'a Container)> {
        let layout = *self;
        let look = move |id: Option<ContainerId>| id.and_then(|id| layout.container(Some(id)).map(|c| (id, c)));
        // A parent's index is smaller than its child's: a chain that is not cannot be followed for ever.
        std::iter::successors(look(from), move |(id, c)| look(c.parent.filter(|p| p < id)))
    }

    /// Whether a `<details>` is folded: as the author left it, unless toggled; on a screen only.
    pub(super) fn folded(&self, id: ContainerId, container: &Container) -> bool {
        match container.kind {
            ContainerKind::Details { open } if self.medium == Medium::Screen => open == self.toggled.contains(&id),
            _ => false,
        }
    }

    /// The summary under which a block is folded away, if it is.
    pub(super) fn folded_under(&self, block: u32) -> Option<u32> {
        self.fold_around(block).map(|(_, c)| c.first_block)
    }

    /// The outermost folded `<details>` around a block that is not its summary.
    fn fold_around(&self, block: u32) -> Option<(ContainerId, &'a Container)> {
        if self.medium != Medium::Screen {
            return None;
        }
        let folds = self.outwards(self.container_of(block)).filter(|(id, c)| self.folded(*id, c));
        folds.filter(|(_, c)| c.first_block < block).last()
    }

    /// The next block that is shown.
    pub(super) fn block_after(&self, block: u32) -> Option<u32> {
        if matches!(self.medium, Medium::Sheet { .. }) {
            return None;
        }
        let next = block + 1;
        let shown = match self.fold_around(next) {
            Some((id, _)) => self.guide.container_end(id),
            None => next,
        };
        (shown < self.guide.block_count()).then_some(shown)
    }

    /// The block before this one that is shown.
    pub(super) fn block_before(&self, block: u32) -> Option<u32> {
        if matches!(self.medium, Medium::Sheet { .. }) {
            return None;
        }
        let before = block.checked_sub(1)?;
        Some(self.folded_under(before).unwrap_or(before))
    }

    /// The last block that is shown.
    pub(super) fn last_block(&self) -> Option<u32> {
        if let Medium::Sheet { block, .. } = self.medium {
            return Some(block);
        }
        self.block_before(self.guide.block_count())
    }

    /// How many blank rows stand above a block. They belong to it.
    pub(super) fn blanks_above(&self, block: u32) -> usize {
        let (Some(above), Some(here)) = (self.block_before(block), self.guide.block(block)) else {
            return 0;
        };
        let kind_above = self.guide.block(above).map(|b| &b.kind);
        let after_heading = matches!(kind_above, Some(BlockKind::Heading { .. }));
        if matches!(here.kind, BlockKind::Heading { level: 1 | 2 }) && here.container.is_none() && !after_heading {
            return 2;
        }
        let airy = is_airy(&here.kind) || kind_above.is_some_and(is_airy);
        if !airy && self.stand_close(above, block) { 0 } else { 1 }
    }

    /// Whether no blank row separates two blocks: in tight lists (CommonMark 5.3), between footnotes, and under a
    /// summary.
    fn stand_close(&self, above: u32, block: u32) -> bool {
        let common = self.common(above, block);
        let tight = |c: &Container| matches!(c.kind, ContainerKind::List { tight: true, .. });
        match self.container(common) {
            Some(list @ Container { kind: ContainerKind::List { .. }, .. }) => tight(list),
            Some(Container { kind: ContainerKind::Item { .. }, parent, .. }) => {
                self.container(*parent).is_some_and(tight)
            }
            _ => {
                let outermost = |of: u32| {
                    let inside = self.outwards(self.container_of(of)).take_while(|(id, _)| Some(*id) != common);
                    inside.last().map(|(_, c)| &c.kind)
                };
                let footnote = |of| matches!(outermost(of), Some(ContainerKind::Footnote { .. }));
                footnote(above) && footnote(block)
            }
        }
    }

    /// The innermost container that holds both blocks.
    fn common(&self, a: u32, b: u32) -> Option<ContainerId> {
        let (mut a, mut b) = (self.container_of(a), self.container_of(b));
        while a != b {
            let depth = |id| self.container(id).map(|c| c.depth + 1).unwrap_or_default();
            let up = |id| self.container(id).and_then(|c| c.parent);
            match depth(a).cmp(&depth(b)) {
                std::cmp::Ordering::Greater => a = up(a),
                std::cmp::Ordering::Less => b = up(b),
                std::cmp::Ordering::Equal => (a, b) = (up(a), up(b)),
            }
        }
        a
    }
}

/// Blocks that keep their blank rows in tight lists, too.
fn is_airy(kind: &BlockKind) -> bool {
    match kind {
        BlockKind::Heading { .. } | BlockKind::Code { .. } | BlockKind::Table(_) | BlockKind::Math => true,
        BlockKind::Rule => true,
        BlockKind::Paragraph | BlockKind::Summary => false,
    }
}
