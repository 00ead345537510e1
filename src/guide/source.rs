//! The source of a guide: held, or, of a very large one, fetched piece by piece from where it was read; and the way back
//! from what is read to where it was written. Reads nothing itself: who hands over what fetches knows how.

use super::{Anchor, BlockKind, Guide};
use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// Bytes that are looked at at a time where the whole is gone through.
const STRETCH: usize = 1024 * 1024;

/// What fetches a source that is not held: line ends LF, no NUL, no byte-order mark. Whether it is UTF-8 shows when it is
/// read.
pub trait Fetch: fmt::Debug + Send + Sync {
    /// How many bytes there are.
    fn length(&self) -> usize;

    /// Exactly these bytes, as they were when this was made; none where they are not to be had any more.
    fn fetch(&self, range: Range<usize>) -> Option<Vec<u8>>;
}

/// A guide's source, line ends made LF, byte-order mark removed. A copy of it is the same one.
#[derive(Clone, Debug, Default)]
pub struct Source(Arc<Kept>);

#[derive(Debug)]
enum Kept {
    Held(String),
    Fetched(Box<dyn Fetch>),
}

impl Default for Kept {
    fn default() -> Kept {
        Kept::Held(String::new())
    }
}

/// Text from a byte of the source on.
pub(super) struct Window<'a> {
    pub(super) start: usize,
    pub(super) text: Cow<'a, str>,
    /// It goes to the source's end.
    pub(super) is_last: bool,
}

impl From<String> for Source {
    fn from(text: String) -> Source {
        Source(Arc::new(Kept::Held(text)))
    }
}

impl From<Box<dyn Fetch>> for Source {
    fn from(from: Box<dyn Fetch>) -> Source {
        Source(Arc::new(Kept::Fetched(from)))
    }
}

impl Source {
    /// How many bytes it has.
    pub fn len(&self) -> usize {
        match &*self.0 {
            Kept::Held(text) => text.len(),
            Kept::Fetched(from) => from.length(),
        }
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Some of its text; none where the range does not fit, or cannot be fetched any more.
    pub fn get(&self, range: Range<usize>) -> Option<Cow<'_, str>> {
        match &*self.0 {
            Kept::Held(text) => text.get(range).map(Cow::Borrowed),
            Kept::Fetched(from) => String::from_utf8(from.fetch(range)?).ok().map(Cow::Owned),
        }
    }

    /// Whether another one is this very one.
    pub fn is_same(&self, other: &Source) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether there is nothing in it but white space.
    pub fn is_blank(&self) -> bool {
        match &*self.0 {
            Kept::Held(text) => text.trim().is_empty(),
            // Nobody fills megabytes with the blanks of other scripts.
            Kept::Fetched(_) => {
                let blank = |bytes: Cow<'_, [u8]>| bytes.trim_ascii().is_empty();
                self.stretches(0..self.len()).all(|stretch| stretch.is_some_and(blank))
            }
        }
    }

    /// Whether a text is the same.
    pub(super) fn is(&self, text: &str) -> bool {
        let mut rest = text.as_bytes();
        self.len() == rest.len()
            && self.stretches(0..self.len()).all(|stretch| {
                let (here, after) = rest.split_at(rest.len().min(STRETCH));
                rest = after;
                stretch.is_some_and(|bytes| *bytes == *here)
            })
    }

    /// Its bytes in pieces of one size; none for what cannot be fetched any more.
    pub(super) fn stretches(&self, range: Range<usize>) -> impl Iterator<Item = Option<Cow<'_, [u8]>>> {
        let end = range.end.min(self.len());
        range.step_by(STRETCH).map(move |from| self.bytes(from..end.min(from + STRETCH)))
    }

    /// Some of its bytes.
    pub(super) fn bytes(&self, range: Range<usize>) -> Option<Cow<'_, [u8]>> {
        match &*self.0 {
            Kept::Held(text) => text.as_bytes().get(range).map(Cow::Borrowed),
            Kept::Fetched(from) => from.fetch(range).map(Cow::Owned),
        }
    }

    /// Whole characters from a byte on that begins one, about so many bytes where they have to be fetched. None where that
    /// is no text after all.
    pub(super) fn window(&self, start: usize, bytes: usize) -> Option<Window<'_>> {
        match &*self.0 {
            Kept::Held(text) => Some(Window { start, text: Cow::Borrowed(text.get(start..)?), is_last: true }),
            Kept::Fetched(source) => {
                let end = source.length().min(start.saturating_add(bytes.max(4)));
                let is_last = end == source.length();
                let text = String::from_utf8(source.fetch(start..end)?).or_else(|error| {
                    let (valid, cut) = (error.utf8_error().valid_up_to(), error.utf8_error().error_len().is_none());
                    let mut bytes = error.into_bytes();
                    if cut && !is_last {
                        bytes.truncate(valid);
                    }
                    String::from_utf8(bytes)
                });
                Some(Window { start, text: Cow::Owned(text.ok()?), is_last })
            }
        }
    }

    /// Where the line begins that a byte stands in.
    pub(super) fn line_start(&self, at: usize) -> usize {
        let mut end = at.min(self.len());
        // Most lines are short.
        let mut room = 256;
        while end > 0 {
            let from = end.saturating_sub(room);
            let Some(bytes) = self.bytes(from..end) else { return at };
            if let Some(feed) = bytes.iter().rposition(|byte| *byte == b'\n') {
                return from + feed + 1;
            }
            (end, room) = (from, STRETCH);
        }
        0
    }

    /// The line that a byte stands in, and where it begins.
    pub(super) fn line_at(&self, at: usize) -> Option<(usize, Cow<'_, str>)> {
        let (start, mut end) = (self.line_start(at), at);
        for stretch in self.stretches(at..self.len()) {
            let bytes = stretch?;
            let feed = bytes.iter().position(|byte| *byte == b'\n');
            end += feed.unwrap_or(bytes.len());
            if feed.is_some() {
                break;
            }
        }
        Some((start, self.get(start..end)?))
    }

    /// How many lines end in a range.
    fn feeds(&self, range: Range<usize>) -> usize {
        self.stretches(range).flatten().map(|bytes| feeds(&bytes)).sum()
    }
}

#[cfg(test)]
impl Source {
    /// All of it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        self.get(0..self.len()).unwrap()
    }
}

impl Window<'_> {
    /// The byte of the source that it ends before.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Some of it, by bytes of the source.
    pub(super) fn get(&self, range: Range<usize>) -> Option<&str> {
        self.text.get(range.start.checked_sub(self.start)?..range.end.checked_sub(self.start)?)
    }
}

fn feeds(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

impl Guide {
    /// The line of the source, from 1, that a place came from: its block's first one, and in code the very line.
    pub fn source_line(&self, place: Anchor) -> usize {
        let Some(block) = self.block(place.block) else { return 1 };
        let first = 1 + self.source.feeds(0..block.source.start);
        if !matches!(block.kind, BlockKind::Code { .. }) {
            return first;
        }
        let written = self.source.get(block.source.clone()).unwrap_or_default();
        let opening = written.trim_start();
        let fence = usize::from(opening.starts_with("```") || opening.starts_with("~~~"));
        let above = feeds(block.text.as_bytes().get(..place.byte as usize).unwrap_or_default());
        (first + fence + above).min(first + feeds(written.trim_end().as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    /// The line of the block that holds a text, and within it of the text where it is code.
    fn line(guide: &Guide, text: &str) -> usize {
        let (block, found) = guide.blocks().find(|(_, b)| b.text.contains(text)).unwrap();
        let byte = found.text.find(text).unwrap() as u32;
        guide.source_line(Anchor { block, byte, nth: 0 })
    }

    #[test]
    fn a_place_leads_to_the_line_that_it_was_written_on() {
        let source = "---\ntitle: x\n---\n\n# Un\n\nTexte\nencore.\n\n- a\n- b\n  ```sh\n  eins\n  zwei\n  ```\n\n> quote\n\n    indented\n    code\n\nDeux\n====\n";
        let guide = Guide::parse(source, &Origin::default());
        for (text, wanted) in
            [("Un", 5), ("Texte", 7), ("a", 10), ("b", 11), ("eins", 13), ("zwei", 14), ("quote", 17), ("code", 20)]
        {
            assert_eq!(line(&guide, text), wanted, "{text}");
        }
        assert_eq!(line(&guide, "Deux"), 22);
        assert_eq!(line(&Guide::parse("\u{feff}a\r\n\r\nb\r\n", &Origin::default()), "b"), 3);
    }

    #[test]
    fn a_place_that_is_none_leads_somewhere() {
        let far = Anchor { block: 9, byte: 9, nth: 9 };
        assert_eq!(Guide::default().source_line(far), 1);
        let guide = Guide::parse("```\na\n```", &Origin::default());
        assert_eq!(guide.source_line(Anchor { block: 0, byte: u32::MAX, nth: 0 }), 2);
    }
}
