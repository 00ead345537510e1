//! The guide as plain text, row by row, for `show` and its pipes. Writes nothing, and adds no escape sequence.

use super::{Layout, Line};
use crate::guide::Anchor;

/// How many rows are laid out at a time.
const BATCH: usize = 256;

/// All rows of a guide as text, trimmed at their ends. `mark` gives the mark of an item, by its index.
pub fn plain<'a, F>(layout: Layout<'a>, mark: F) -> impl Iterator<Item = String> + use<'a, F>
where
    F: Fn(usize) -> &'static str + 'a,
{
    let mut next = Some(Anchor::default());
    let batches = std::iter::from_fn(move || {
        let mut lines = layout.lines(next.take()?, BATCH + 1);
        if lines.len() > BATCH {
            next = lines.pop().map(|l| l.anchor);
        }
        Some(lines)
    });
    batches.flatten().map(move |line| text(&line, &mark))
}

fn text(line: &Line, mark: impl Fn(usize) -> &'static str) -> String {
    let mut text = line.text.clone();
    if let Some(slot) = line.slot {
        let column = usize::from(slot.column);
        let byte = text.char_indices().scan(0, |at, (byte, c)| {
            let here = *at;
            *at += super::columns(c.encode_utf8(&mut [0; 4]));
            Some((here, byte))
        });
        let byte = byte.into_iter().find(|(at, _)| *at >= column).map(|(_, byte)| byte);
        if let Some(byte) = byte.filter(|b| text.as_bytes().get(*b) == Some(&b' ')) {
            text.replace_range(byte..byte + 1, mark(slot.item));
        }
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}
