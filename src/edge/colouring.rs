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
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long one block may take.
const BUDGET: Duration = Duration::from_millis(150);

/// How long all blocks of a guide may take where somebody waits for them. What is not coloured by then is plain.
const WAIT: Duration = Duration::from_secs(1);

/// What was too slow in this guide.
#[derive(Debug, Default)]
pub struct Slow {
    languages: Mutex<BTreeSet<CleanText>>,
    /// How long somebody waited, in nanoseconds.
    waited: AtomicU64,
}

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

    /// The colours of some blocks, for a guide that is printed.
    pub fn coloured(&self, guide: &Guide, blocks: Range<u32>) -> Colours {
        let is_code = |n: &u32| guide.block(*n).is_some_and(|b| matches!(b.kind, BlockKind::Code { .. }));
        let patient = |_: &u32| self.waited.load(Ordering::Relaxed) < WAIT.as_nanos() as u64;
        let colour = |n| {
            let began = Instant::now();
            let colours = self.colour(guide, n);
            self.waited.fetch_add(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
            (n, colours)
        };
        blocks.filter(is_code).take_while(patient).map(colour).collect()
    }

    fn languages(&self) -> std::sync::MutexGuard<'_, BTreeSet<CleanText>> {
        self.languages.lock().unwrap_or_else(PoisonError::into_inner)
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
        let coloured = Slow::default().coloured(&guide, 0..guide.block_count());
        let code = guide.blocks().filter(|(_, b)| matches!(b.kind, BlockKind::Code { .. }));
        let wanted: Colours = code.map(|(n, _)| (n, Slow::default().colour(&guide, n))).collect();
        assert_eq!(coloured, wanted);
        assert!(coloured.len() == 2 && coloured.values().all(|of_block| !of_block.is_empty()));
    }

    /// Lines that are known to have brought other highlighters to their knees, each as long as a line may be.
    fn known_bad() -> Vec<(&'static str, String)> {
        let full = |part: &str| part.repeat(4095 / part.len());
        vec![
            ("make", full("$(eval $(shell ")),
            ("cs", full("a<b<c[d(")),
            ("rust", full("((((")),
            ("js", full("/(a+)+[/")),
            ("php", full("<?php \"{$a['")),
            ("tex", full("\\begin{a}[{")),
            ("markdown", full("[a](<*_")),
            ("html", full("<a b='<c ")),
            ("sh", full("$((`\"$(")),
            ("ruby", full("%w(#{<<a")),
            ("cpp", full("template<a<(")),
            ("yaml", full("? - {[: ")),
        ]
    }

    #[test]
    fn what_is_known_to_be_slow_takes_its_budget_and_one_line_more_at_most() {
        for (language, line) in known_bad() {
            let asked = Cell::new(0);
            let text = format!("{line}\n").repeat(50);
            // Time is played: the budget is used up after three lines.
            let colours = colour(language, &text, &|| {
                asked.set(asked.get() + 1);
                asked.get() <= 3
            });
            assert!(asked.get() <= 4, "{language}: asked {} times", asked.get());
            let end = 3 * (line.len() + 1) as u32;
            assert!(colours.iter().all(|(range, _)| range.end <= end), "{language}: coloured beyond its budget");
        }
    }

    #[test]
    fn a_language_that_used_up_its_budget_is_plain_from_then_on() {
        let code: String =
            known_bad().iter().map(|(l, line)| format!("```{l}\n{}```\n\n", format!("{line}\n").repeat(60))).collect();
        let guide = Guide::parse(&code, &Origin::default());
        let slow = Slow::default();
        for (block, about) in guide.blocks() {
            let began = Instant::now();
            slow.colour(&guide, block);
            let BlockKind::Code { language: Some(language) } = &about.kind else { continue };
            // Whatever it took: who took longer than the budget is not asked again.
            if began.elapsed() > BUDGET * 20 {
                assert!(slow.languages().contains(language), "{language}");
            }
            if slow.languages().contains(language) {
                assert_eq!(slow.colour(&guide, block), [], "{language}");
            }
        }
    }

    #[test]
    #[ignore = "a campaign: .ci/trust code"]
    fn campaign_of_known_bad_code() {
        for (language, line) in known_bad() {
            let source = format!("```{language}\n{}```\n", format!("{line}\n").repeat(60));
            let guide = Guide::parse(&source, &Origin::default());
            Slow::default().colour(&Guide::parse(&format!("```{language}\na\n```\n"), &Origin::default()), 0);
            let (slow, began) = (Slow::default(), Instant::now());
            let colours = slow.colour(&guide, 0);
            let plain = if slow.languages().is_empty() { "" } else { ", and plain from then on" };
            println!("{language}: {} ms, {} pieces{plain}", began.elapsed().as_millis(), colours.len());
        }
    }
}
