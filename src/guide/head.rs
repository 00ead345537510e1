//! The head of a guide: as much of it as fills a screen, parsed before the rest is read. Cut so that what it shows is
//! what the whole shows there; reads no file, and knows no screen.
//!
//! Markdown's blocks are decided line by line: what a line opens or closes depends on the lines above it only. So where
//! the parser itself takes the last line of a head for a heading that stands in no list, quote, fence, fold or HTML, it is that in
//! the whole too, and all that stands above it is closed: the head's blocks are those that the whole begins with.
//! Their numbers are the same, and every place in the head is the same place in the whole.
//!
//! What a definition further down would make of them is not known yet: a link by reference shows as it is written, and
//! so does a footnote's mark, until the whole is there.

use super::{Anchor, Guide, Origin, decode, front_matter, parse};

/// How much of its source a guide holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// The head of a source of so many bytes; its blocks are those that the whole begins with.
    Head(usize),
    /// The same, cut where there was no heading to cut at: its last blocks may be other ones in the whole.
    Torn(usize),
}

/// How many headings are tried before the cut is made anywhere: those after the first may all be comments of one script.
const TRIES: usize = 3;

impl Guide {
    /// Parses the head of a file of `of` bytes, of which `bytes` are the first ones: at least `wanted` bytes of its text.
    /// None where so few bytes do not tell where the text begins.
    pub fn parse_head(bytes: &[u8], of: usize, wanted: usize, origin: &Origin) -> Option<Guide> {
        let decoded = decode::decode(whole_characters(bytes));
        // The second half of a line's end may be what comes next.
        let text = decoded.text.strip_suffix('\r').unwrap_or(&decoded.text);
        let text = parse::normalised(text);
        let start = start(&text)?;
        // Bytes of text, where the file's may be of another encoding.
        let of = (of as u64 * text.len() as u64 / bytes.len().max(1) as u64) as usize;
        let wanted = start.saturating_add(wanted);
        for cut in headings(&text, wanted).take(TRIES) {
            let mut guide = Guide::parse(text.get(..cut.end)?, origin);
            if guide.ends_with_heading(cut.start) {
                guide.behead(Extent::Head(of.max(cut.end)));
                return Some(guide);
            }
        }
        let cut = line_end(&text, wanted);
        let mut guide = Guide::parse(text.get(..cut)?, origin);
        guide.behead(Extent::Torn(of.max(cut)));
        Some(guide)
    }

    /// How many bytes the whole source has, as far as that is known.
    pub fn length(&self) -> usize {
        match self.extent {
            Extent::Whole => self.source.len(),
            Extent::Head(of) | Extent::Torn(of) => of,
        }
    }

    /// Whether this is all of the guide.
    pub fn is_whole(&self) -> bool {
        self.extent == Extent::Whole
    }

    /// The place here that was a place of this guide's head.
    pub fn place_from_head(&self, head: &Guide, place: Anchor) -> Anchor {
        let start = |guide: &Guide| guide.block(place.block).map(|block| block.source.start);
        let block = match (head.extent, start(head), start(self)) {
            (Extent::Torn(_), Some(there), here) if Some(there) != here => self.block_at_byte(there).unwrap_or(0),
            (_, _, Some(_)) => place.block,
            (_, _, None) => return Anchor::of_block(self.block_count().saturating_sub(1)),
        };
        let Some(found) = self.block(block).filter(|_| block == place.block) else {
            return Anchor::of_block(block);
        };
        // A link that is resolved now has lost its brackets.
        let most = found.text.len().min(place.byte as usize);
        let byte = (0..=most).rev().find(|at| found.text.is_char_boundary(*at)).unwrap_or(0);
        Anchor { byte: byte as u32, ..place }
    }

    /// Whether the last block is a heading that begins at a byte of the source and stands in nothing. A `<details>` that is
    /// open there may be closed further down, and is folded then.
    fn ends_with_heading(&self, at: usize) -> bool {
        let Some(last) = self.block_count().checked_sub(1).and_then(|last| self.block(last)) else { return false };
        let heading = self.headings.last().is_some_and(|heading| heading.block + 1 == self.block_count());
        heading && last.container.is_none() && last.source.start == at
    }

    /// Makes it a head: what is odd is told of the whole.
    fn behead(&mut self, extent: Extent) {
        self.extent = extent;
        self.oddities.clear();
    }
}

/// Without the beginning of a character whose end is not there.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    let end = if decode::is_utf_16(bytes) {
        let even = bytes.len() - bytes.len() % 2;
        // The first half of a pair, of which little and big ends come first.
        let high = |unit: &[u8]| {
            matches!((bytes.first(), unit), (Some(0xFF), [_, 0xD8..=0xDB]) | (Some(0xFE), [0xD8..=0xDB, _]))
        };
        let last = bytes.get(even.saturating_sub(2)..even).unwrap_or_default();
        if high(last) { even - 2 } else { even }
    } else {
        match std::str::from_utf8(bytes) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            // Invalid further up; what is at the end is looked at by itself.
            Err(_) => bytes.len() - unfinished(bytes),
            Ok(_) => bytes.len(),
        }
    };
    bytes.get(..end).unwrap_or_default()
}

/// How many bytes at the end begin a character that they do not end.
fn unfinished(bytes: &[u8]) -> usize {
    (1..=bytes.len().min(3))
        .find(|n| {
            let tail = bytes.get(bytes.len() - n..).unwrap_or_default();
            tail.first().is_some_and(|b| *b >= 0xC0)
                && std::str::from_utf8(tail).is_err_and(|error| error.error_len().is_none())
        })
        .unwrap_or(0)
}

/// Where the text begins, behind front matter; none where that has no end yet, and may have one, or where a second
/// byte-order mark would be taken for the first.
fn start(text: &str) -> Option<usize> {
    if text.starts_with('\u{feff}') {
        return None;
    }
    match front_matter::split(text) {
        Some((_, end)) => Some(end),
        None if text.starts_with("---") && text.len() <= front_matter::LARGEST + 8 => None,
        None => Some(0),
    }
}

/// The lines from a byte on that look like headings in the first column, the first of them first. The last line counts
/// only where it has an end.
fn headings(text: &str, from: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = line_end(text, from);
    text.get(at..).unwrap_or_default().split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let level = line.bytes().take_while(|b| *b == b'#').count();
        let after = line.as_bytes().get(level);
        ((1..=6).contains(&level) && matches!(after, Some(b' ' | b'\t')) && line.ends_with('\n')).then_some(start..at)
    })
}

/// The end of the first line that ends at a byte or behind it; else of the last one; in a text of one line, its last byte.
fn line_end(text: &str, from: usize) -> usize {
    let before = (0..from.min(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let next = text.get(before..).and_then(|rest| rest.find('\n'));
    next.map(|n| before + n).or_else(|| text.rfind('\n')).map_or(text.len(), |feed| feed + 1)
}

#[cfg(test)]
#[path = "head_tests.rs"]
mod tests;
