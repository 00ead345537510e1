//! Where a task's box stands in the bytes of a file: found again only where the file holds, at the same place, the line
//! that the guide was read from. Changes nothing; a guide's file may hold more than is read from it.

use super::decode::{self, decode};
use super::parse::normalised;
use super::{Guide, ItemIndex, Origin};

/// What a box says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxState {
    /// `[ ]`
    Open,
    /// `[x]`
    Ticked,
}

/// A box in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileBox {
    /// The byte between its brackets.
    pub at: usize,
    /// What it says.
    pub state: BoxState,
}

/// Why a box is not found in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBox {
    /// The item is none with a box.
    NoTask,
    /// The file is UTF-16: its places are not those of the text.
    Utf16,
    /// Some bytes of the file are not UTF-8.
    NotUtf8,
    /// The file was edited since: what stands there is not what was read.
    Edited,
}

impl BoxState {
    /// The byte that a file has for it.
    pub fn byte(self) -> u8 {
        match self {
            BoxState::Open => b' ',
            BoxState::Ticked => b'x',
        }
    }

    /// What a byte between brackets says (GFM, task list items): white space, or an `x` of either case.
    fn of(byte: u8) -> Option<BoxState> {
        match byte {
            b' ' | b'\t' | 0x0B | 0x0C => Some(BoxState::Open),
            b'x' | b'X' => Some(BoxState::Ticked),
            _ => None,
        }
    }
}

impl Guide {
    /// The box of an item in the bytes of its file, read again. Where the file is not what the guide was read from, the
    /// item must still be the same one, its line the same but for the box, and the box in the same place.
    pub fn box_in(&self, bytes: &[u8], item: ItemIndex) -> Result<FileBox, NoBox> {
        let item = self.items.get(item).ok_or(NoBox::NoTask)?;
        let at = item.box_at().ok_or(NoBox::NoTask)?;
        if decode::is_utf_16(bytes) {
            return Err(NoBox::Utf16);
        }
        let decoded = decode(bytes);
        if !decoded.is_valid {
            return Err(NoBox::NotUtf8);
        }
        let text = normalised(&decoded.text);
        let state = boxed(&text, at).ok_or(NoBox::Edited)?;
        let same = self.source.line_at(at).is_some_and(|(start, here)| line(&here, at - start) == line(&text, at));
        let here =
            || Guide::parse(&text, &Origin::default()).items.iter().any(|i| i.id == item.id && i.box_at() == Some(at));
        if !same || (!self.source.is(&text) && !here()) {
            return Err(NoBox::Edited);
        }
        let at = file_offset(bytes, at).ok_or(NoBox::Edited)?;
        Ok(FileBox { at, state })
    }

    /// Whether another text of the guide differs from this one in its boxes alone.
    pub fn differs_in_boxes(&self, other: &Guide) -> bool {
        let boxes = |guide: &Guide| -> Vec<usize> { guide.items.iter().filter_map(|i| i.box_at()).collect() };
        let mut known = boxes(self);
        known.sort_unstable();
        if self.source.len() != other.source.len() {
            return false;
        }
        let all = 0..self.source.len();
        let (mut at, mut differs) = (0, false);
        for pair in self.source.stretches(all.clone()).zip(other.source.stretches(all)) {
            let (Some(here), Some(there)) = pair else { return false };
            for (a, b) in here.iter().zip(there.iter()) {
                if a != b && known.binary_search(&at).is_err() {
                    return false;
                }
                differs |= a != b;
                at += 1;
            }
        }
        differs && boxes(self) == boxes(other)
    }
}

/// What the brackets around a byte of a text enclose.
fn boxed(text: &str, at: usize) -> Option<BoxState> {
    let bytes = text.as_bytes().get(at.checked_sub(1)?..at.checked_add(2)?)?;
    match bytes {
        [b'[', inner, b']'] => BoxState::of(*inner),
        _ => None,
    }
}

/// The line around a byte, in two parts: what stands before it, and what after.
fn line(text: &str, at: usize) -> Option<(&[u8], &[u8])> {
    let (before, rest) = text.as_bytes().split_at_checked(at)?;
    let after = rest.get(1..)?;
    let start = before.iter().rposition(|b| *b == b'\n').map_or(0, |feed| feed + 1);
    let end = after.iter().position(|b| *b == b'\n').unwrap_or(after.len());
    Some((before.get(start..)?, after.get(..end)?))
}

/// The byte of a file that became a byte of the text: a byte-order mark was taken away, CR LF made one, NUL three.
fn file_offset(bytes: &[u8], at: usize) -> Option<usize> {
    let mark = "\u{feff}".len();
    let start = if bytes.starts_with("\u{feff}".as_bytes()) { mark } else { 0 };
    let (mut text, mut file) = (0, start);
    while text < at {
        let rest = bytes.get(file..)?;
        file += if rest.starts_with(b"\r\n") { 2 } else { 1 };
        text += if rest.first()? == &0 { "\u{fffd}".len() } else { 1 };
    }
    (text == at && file < bytes.len()).then_some(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(bytes: &[u8]) -> Guide {
        Guide::parse_bytes(bytes, &Origin::default())
    }

    /// The file's bytes with every box turned round, one after the other, as often as there are boxes.
    fn turned(bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        let guide = read(&bytes);
        for item in 0..guide.items.len() {
            let Ok(found) = guide.box_in(&bytes, item) else { continue };
            let ticked = found.state == BoxState::Ticked;
            assert_eq!(guide.items[item].checked, ticked, "the file and the guide agree");
            bytes[found.at] = if ticked { BoxState::Open } else { BoxState::Ticked }.byte();
        }
        bytes
    }

    #[test]
    fn boxes_are_found_in_every_kind_of_list_and_line() {
        for (before, after) in [
            ("- [ ] a\n", "- [x] a\n"),
            ("- [X] a\n", "- [ ] a\n"),
            ("* [\t] a\n", "* [x] a\n"),
            ("\u{feff}- [ ] é\r\n- [x] b\r\n", "\u{feff}- [x] é\r\n- [ ] b\r\n"),
            (
                "---\r\ntitle: t\r\n---\r\n\r\n1. [ ] a\r\n2. [ ] b\r\n",
                "---\r\ntitle: t\r\n---\r\n\r\n1. [x] a\r\n2. [x] b\r\n",
            ),
            ("> - [ ] a\n>   - [ ] b\n", "> - [x] a\n>   - [x] b\n"),
            ("1) [ ] a\r   - [x] b\r", "1) [x] a\r   - [ ] b\r"),
            ("- a\0\n- [ ] b\0\n\n  [ ] c\n", "- a\0\n- [x] b\0\n\n  [ ] c\n"),
            ("- [ ] a\n- [ ] a\n", "- [x] a\n- [x] a\n"),
            ("```\n- [ ] a\n```\n\\[ ] b\n", "```\n- [ ] a\n```\n\\[ ] b\n"),
            ("- [ ]\n", "- [x]\n"),
        ] {
            assert_eq!(turned(before.as_bytes()), after.as_bytes(), "{before:?}");
        }
    }

    #[test]
    fn a_box_is_left_alone_where_the_file_was_edited() {
        let known = "# T\n\n- [ ] un\n- [ ] un\n- [ ] deux\n";
        let guide = read(known.as_bytes());
        let find = |text: &str, item| guide.box_in(text.as_bytes(), item);
        assert!(find(known, 2).is_ok());
        for (edited, item, why) in [
            ("# T\n\n- [ ] Un\n- [ ] un\n- [ ] deux\n", 0, "the line was reworded"),
            ("# Té\n\n- [ ] un\n- [ ] un\n- [ ] deux\n", 1, "the box moved"),
            ("# T\n\n- [ ] un\n- [ ] deux\n- [ ] un\n", 2, "its place is another's"),
            ("# T\n```\n- [ ] un\n- [ ] un\n", 1, "it is code now"),
            ("# T\n\n- (x) un\n- [ ] un\n", 0, "it is no box now"),
            ("# U\n\n- [ ] un\n- [ ] un\n", 0, "its section is another"),
            ("", 0, "nothing is left"),
        ] {
            assert_eq!(find(edited, item), Err(NoBox::Edited), "{why}");
        }
        let elsewhere = "# T\n\n- [x] un\n- [ ] un\n- [ ] trois\n";
        assert_eq!(find(elsewhere, 1).map(|b| b.at), Ok(17), "an edit further down is no matter");
        assert_eq!(find(elsewhere, 0).map(|b| b.state), Ok(BoxState::Ticked), "nor is the box itself");
    }

    #[test]
    fn what_is_no_utf_8_has_no_places_to_write_at() {
        let sixteen: Vec<u8> = "\u{feff}- [ ] a\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&sixteen).box_in(&sixteen, 0), Err(NoBox::Utf16));
        let broken = b"- [ ] a\xff\n";
        assert_eq!(read(broken).box_in(broken, 0), Err(NoBox::NotUtf8));
        let steps = b"# T\n\n1. a\n2. b\n";
        assert_eq!(read(steps).box_in(steps, 0), Err(NoBox::NoTask));
        assert_eq!(read(steps).box_in(steps, 9), Err(NoBox::NoTask));
    }

    #[test]
    fn a_text_that_differs_in_its_boxes_alone_is_told() {
        let differs = |a: &str, b: &str| read(a.as_bytes()).differs_in_boxes(&read(b.as_bytes()));
        assert!(differs("- [ ] a\n- [x] b\n", "- [x] a\n- [X] b\n"));
        assert!(!differs("- [ ] a\n", "- [ ] b\n"));
        assert!(!differs("- [ ] a\n", "- [ ] a\n\n"));
        assert!(!differs("- [ ] a\n", "- [y] a\n"));
        assert!(!differs("- [ ] a\n", "- [ ] a\n"), "it does not differ at all");
    }

    /// Pieces of which documents with boxes in odd places are made.
    const PIECES: [&str; 24] = [
        "- [ ] un\n",
        "* [x] deux\r\n",
        "1. [X] trois\n",
        "2) [ ] quatre\r",
        "  - [ ] dedans\n",
        "> - [ ] cité\n",
        "> ",
        "    ",
        "\t",
        "```\n",
        "[ ]",
        "[x]",
        "- ",
        "\n",
        "\r\n",
        "\0",
        "é",
        "<details>\n",
        "</details>\n",
        "# T\n",
        "- [\t] t\n",
        "\\",
        "[^1]: - [ ] note\n",
        "---\n",
    ];

    proptest! {
        #[test]
        fn turning_boxes_changes_their_bytes_alone_and_the_guide_reads_as_before(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..24),
            mark in any::<bool>(),
        ) {
            let text = format!("{}{}", if mark { "\u{feff}" } else { "" }, pieces.concat());
            let (before, after) = (text.as_bytes(), turned(text.as_bytes()));
            let (old, new) = (read(before), read(&after));
            let boxes = old.items.iter().filter(|i| i.box_at().is_some()).count();
            let changed = before.iter().zip(&after).filter(|(a, b)| a != b).count();
            prop_assert_eq!((before.len(), changed), (after.len(), boxes));
            prop_assert_eq!(old.differs_in_boxes(&new), boxes > 0);
            let shape = |g: &Guide| g.items.iter().map(|i| (i.id.clone(), i.body, i.kind, i.block())).collect::<Vec<_>>();
            prop_assert_eq!(shape(&old), shape(&new));
            let flipped = old.items.iter().zip(&new.items).all(|(a, b)| a.box_at.is_none() || a.checked != b.checked);
            prop_assert!(flipped);
        }
    }
}
