//! The guide as plain text, for `show` and its pipes. Writes nothing, and adds no escape sequence.

use super::{Layout, Line, Stretch};

/// The rows of a stretch as text, each trimmed at its end and followed by a line feed. `mark` gives the mark of an item,
/// by its index.
pub fn plain(layout: &Layout<'_>, stretch: &Stretch, mark: impl Fn(usize) -> &'static str) -> String {
    let mut out = String::new();
    layout.each(stretch, |line| {
        let start = out.len();
        push(&line, &mark, &mut out);
        let kept = out.get(start..).unwrap_or_default().trim_end_matches(' ').len();
        out.truncate(start + kept);
        out.push('\n');
    });
    out
}

fn push(line: &Line, mark: impl Fn(usize) -> &'static str, out: &mut String) {
    let slot = line.slot.and_then(|slot| Some((byte_at(&line.text, usize::from(slot.column))?, slot.item)));
    let parts =
        slot.and_then(|(byte, item)| Some((line.text.get(..byte)?, item, line.text.get(byte..)?.strip_prefix(' ')?)));
    match parts {
        Some((before, item, after)) => [before, mark(item), after].iter().for_each(|part| out.push_str(part)),
        None => out.push_str(&line.text),
    }
}

/// The byte of a text that stands in a column.
fn byte_at(text: &str, column: usize) -> Option<usize> {
    let mut at = 0;
    text.char_indices().find_map(|(byte, c)| {
        let here = at;
        at += super::columns(c.encode_utf8(&mut [0; 4]));
        (here >= column).then_some(byte)
    })
}
