//! Stretches: pieces of a guide that are laid out each by itself, in any order and at the same time, for one who wants
//! all rows and each once. Where one ends depends on the guide alone, never on a width.

use super::code::MOST_BYTES;
use super::leaf::Leaf;
use super::segment::Cuts;
use super::{Layout, Line};
use crate::guide::{Anchor, Guide};
use std::ops::Range;

/// What a block counts for besides its text.
const BLOCK: usize = 16;

/// A longer block is cut: it has no colours, for which all of a block is read.
const WHOLE: usize = MOST_BYTES;

/// Where the rows of a stretch begin, and those of the next one.
pub type Stretch = Range<Anchor>;

/// All of a guide as one stretch.
pub fn whole(guide: &Guide) -> Stretch {
    Anchor::default()..Anchor::of_block(guide.block_count())
}

/// The stretch of about so many bytes that begins where one before it ended. Empty at the guide's end. Where blocks can be
/// counted without their being read, they are.
pub fn stretch(guide: &Guide, from: Anchor, bytes: usize) -> Stretch {
    let (next, between) = guide.further(from.block, bytes);
    let end = if between > 2 * bytes { within(guide, from, next, bytes) } else { None };
    from..end.unwrap_or(Anchor::of_block(next))
}

/// An end before the block `next`: after some blocks, or in one that is very long.
fn within(guide: &Guide, from: Anchor, next: u32, bytes: usize) -> Option<Anchor> {
    let mut left = bytes;
    for number in from.block..next {
        let block = guide.block(number)?;
        if block.text.len() <= WHOLE {
            left = left.saturating_sub(block.text.len() + BLOCK);
            if left == 0 {
                return Some(Anchor::of_block(number + 1));
            }
            continue;
        }
        if number > from.block {
            return Some(Anchor::of_block(number));
        }
        let cuts = Cuts::of(block);
        let held = cuts.holding(from.byte as usize + bytes);
        let cut = if held.start > from.byte as usize { Some(held) } else { cuts.after(&held) };
        let end = cut.map(|segment| Anchor { byte: segment.start as u32, ..Anchor::of_block(number) });
        return Some(end.unwrap_or(Anchor::of_block(number + 1)));
    }
    None
}

impl Layout<'_> {
    /// Calls with each row of a stretch.
    pub fn each(&self, stretch: &Stretch, mut call: impl FnMut(Line)) {
        let Some(mut leaf) = Leaf::new(*self, stretch.start.block) else { return };
        let mut segment = leaf.cuts.holding(stretch.start.byte as usize);
        while (leaf.at, segment.start) < (stretch.end.block, stretch.end.byte as usize) {
            leaf.rows(&segment).into_iter().for_each(&mut call);
            if let Some(next) = leaf.cuts.after(&segment) {
                segment = next;
                continue;
            }
            let next = self.block_after(leaf.at).and_then(|block| Leaf::new(*self, block));
            let Some(next) = next else { return };
            segment = next.cuts.holding(0);
            leaf = next;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;
    use crate::layout::{Colours, Measures, Medium};
    use crate::theme::Glyphs;
    use crate::words::Lang;
    use std::collections::BTreeSet;

    /// Blocks longer than any stretch among small ones, and some that begin where a part does.
    fn guide() -> Guide {
        let row = |n: usize| format!("| {n} | mot |\n");
        let source = [
            "# Un\n\n".to_owned(),
            "- un point\n- un autre\n\n  et sa suite\n".repeat(900),
            "\n<!-- -->\n\n".to_owned(),
            "mot « oui » ? ".repeat(20_000),
            "\n\n```sh\n".to_owned(),
            "echo $x\n\n".repeat(30_000),
            "```\n\n[a]: b\n\n| a | b |\n|---|---|\n".to_owned(),
            (0..28_000).map(row).collect(),
            "\n> ".to_owned(),
            "cité\n>\n> ".repeat(3_000),
            "\n\nfin\n".to_owned(),
        ];
        Guide::parse(&source.concat(), &Origin::default())
    }

    #[test]
    fn stretches_follow_one_another_and_none_is_longer_than_it_may() {
        let guide = guide();
        for bytes in [1, 8 * 1024, 100_000] {
            let mut at = Anchor::default();
            while at.block < guide.block_count() {
                let next = stretch(&guide, at, bytes);
                assert!(next.start == at && next.end > at, "{next:?}");
                let inside = (at.block..next.end.block).filter_map(|n| guide.block(n)).map(|b| b.text.len());
                let text = inside.sum::<usize>() + next.end.byte as usize - at.byte as usize;
                assert!(text <= 2 * (bytes + WHOLE), "{next:?}: {text} for {bytes}");
                at = next.end;
            }
            assert_eq!(at, whole(&guide).end);
        }
    }

    #[test]
    fn rows_of_all_stretches_are_the_rows_of_the_guide() {
        let guide = guide();
        let (colours, toggled, measures) = (Colours::new(), BTreeSet::new(), Measures::default());
        let (glyphs, lang, medium, width) = (Glyphs::UNICODE, Lang::Fr, Medium::Paper, 60);
        let (guide, colours, toggled, measures) = (&guide, &colours, &toggled, &measures);
        let layout = Layout { guide, width, glyphs, lang, colours, toggled, measures, medium };
        let expected = layout.lines(Anchor::default(), usize::MAX);
        for bytes in [1, 100_000] {
            let (mut at, mut rows) = (Anchor::default(), expected.iter());
            while at.block < guide.block_count() {
                let next = stretch(guide, at, bytes);
                layout.each(&next, |row| assert_eq!(Some(&row), rows.next(), "{bytes}"));
                at = next.end;
            }
            assert_eq!(rows.next(), None);
        }
        let mut rows = expected.iter();
        layout.each(&whole(guide), |row| assert_eq!(Some(&row), rows.next()));
    }
}
