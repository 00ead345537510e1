//! Gives code its colours within a budget of time. Decides which code is tried; the colours are the layout's.
//!
//! Syntaxes are run-away regular expressions waiting for the right line, and nothing can stop one but its end. So a
//! block has 150 ms, and a language that used them up is plain from then on.

use crate::guide::{BlockKind, CleanText, Guide};
use crate::layout::{Colours, colour};
use crate::theme::Role;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long one block may take.
const BUDGET: Duration = Duration::from_millis(150);

/// How long all blocks of a guide may take where somebody waits for them. What is not coloured by then is plain.
const WAIT: Duration = Duration::from_secs(1);

/// The languages that were too slow in this guide.
#[derive(Debug, Default)]
pub struct Slow(Mutex<BTreeSet<CleanText>>);

impl Slow {
    /// The colours of a block: none if it is no code, its language is not known, or was too slow before.
    pub fn colour(&self, guide: &Guide, block: u32) -> Vec<(Range<u32>, Role)> {
        let block = guide.block(block);
        let Some(block) = block else { return Vec::new() };
        let BlockKind::Code { language: Some(language) } = &block.kind else { return Vec::new() };
        if self.languages().contains(language) {
            return Vec::new();
        }
        // From the first line on: the languages themselves are loaded before it, once.
        let began = Cell::new(None);
        let late = Cell::new(false);
        let colours = colour(language, &block.text, &|| {
            let since: Instant = began.get().unwrap_or_else(Instant::now);
            began.set(Some(since));
            late.set(since.elapsed() > BUDGET);
            !late.get()
        });
        // The last line's time is seen by nobody else.
        if late.get() || began.get().is_some_and(|since| since.elapsed() > BUDGET) {
            self.languages().insert(language.clone());
        }
        colours
    }

    /// The colours of all blocks, for a guide that is printed.
    pub fn coloured(guide: &Guide) -> Colours {
        let (slow, began) = (Slow::default(), Instant::now());
        let code = guide.blocks().filter(|(_, b)| matches!(b.kind, BlockKind::Code { .. }));
        code.map(|(n, _)| n).take_while(|_| began.elapsed() < WAIT).map(|n| (n, slow.colour(guide, n))).collect()
    }

    fn languages(&self) -> std::sync::MutexGuard<'_, BTreeSet<CleanText>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Origin;

    #[test]
    fn only_code_of_a_known_and_quick_language_has_colours() {
        let guide = Guide::parse("text\n\n```rust\nfn main() {}\n```\n\n```\nplain\n```\n", &Origin::default());
        let slow = Slow::default();
        assert!(!slow.colour(&guide, 1).is_empty());
        for block in [0, 2, 3, u32::MAX] {
            assert_eq!(slow.colour(&guide, block), [], "{block}");
        }
        slow.languages().insert(CleanText::line("rust"));
        assert_eq!(slow.colour(&guide, 1), []);
    }

    #[test]
    fn a_guide_that_is_printed_has_the_colours_of_all_its_code() {
        let guide = Guide::parse("```rust\nfn a() {}\n```\n\ntext\n\n> ```sh\n> echo\n> ```\n", &Origin::default());
        let coloured = Slow::coloured(&guide);
        let code = guide.blocks().filter(|(_, b)| matches!(b.kind, BlockKind::Code { .. }));
        let wanted: Colours = code.map(|(n, _)| (n, Slow::default().colour(&guide, n))).collect();
        assert_eq!(coloured, wanted);
        assert!(coloured.len() == 2 && coloured.values().all(|of_block| !of_block.is_empty()));
    }
}
