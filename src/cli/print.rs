//! Prints a guide from its beginning to its end: stretches of it become text at the same time where there are hands for
//! that, and are written in their order while the next ones are made. What was printed is forgotten, so that a long guide
//! takes little more memory than a short one. Knows neither widths nor colours.

use crate::guide::{Anchor, Guide, Hands};
use crate::layout::{Stretch, stretch};
use std::iter::repeat_with;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Stretches that become text before they are written.
const ROUND: usize = 16;

/// Bytes of the first stretches, so that there are rows soon.
const FIRST: usize = 4 * 1024;

/// Bytes of a stretch at most.
const MOST: usize = 32 * 1024;

/// Prints a guide. `text` is asked for each stretch, and `write` is given the texts in their order; its first error ends
/// all.
pub fn print<E: Send>(
    guide: &mut Guide,
    hands: &Hands,
    text: &(dyn Fn(&Guide, &Stretch) -> String + Sync),
    write: &mut (dyn FnMut(&str) -> Result<(), E> + Send),
) -> Result<(), E> {
    let (mut at, mut bytes) = (Anchor::default(), FIRST);
    let mut ready: Vec<String> = Vec::new();
    loop {
        let round = round(guide, &mut at, bytes);
        let texts: Vec<OnceLock<String>> = round.iter().map(|_| OnceLock::new()).collect();
        let (next, read) = (AtomicUsize::new(0), &*guide);
        let work = || {
            let turns = repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
            for (stretch, slot) in turns.map_while(|turn| round.get(turn).zip(texts.get(turn))) {
                slot.get_or_init(|| text(read, stretch));
            }
        };
        let mut outcome = Ok(());
        let mut first = || {
            outcome = ready.iter().try_for_each(|text| write(text));
            match outcome {
                Ok(()) => work(),
                Err(_) => next.store(round.len(), Ordering::Relaxed),
            }
        };
        // Most guides are short, and for one stretch no other hand is called.
        if round.len() > 1 {
            hands(Box::new(first), Box::new(work))
        } else {
            first()
        }
        outcome?;
        if round.is_empty() {
            return Ok(());
        }
        ready = texts.into_iter().filter_map(OnceLock::into_inner).collect();
        if guide.is_long() {
            // The block above the next one says how many rows stand between.
            guide.forget_but(at.block.saturating_sub(1)..at.block);
        }
        bytes = (2 * bytes).min(MOST);
    }
}

/// The next stretches.
fn round(guide: &Guide, at: &mut Anchor, bytes: usize) -> Vec<Stretch> {
    let next = || {
        let next = stretch(guide, *at, bytes);
        *at = next.end;
        (!next.is_empty()).then_some(next)
    };
    repeat_with(next).map_while(|next| next).take(ROUND).collect()
}
