//! A very large guide's file, read page by page whenever its text is asked for: holding all of it would cost as much memory
//! as everything else together. Never gives other bytes than those that were there at first: a page that has changed
//! meanwhile is not to be had any more.

use crate::guide::{Fetch, Hands};
use std::fs::File;
use std::io;
use std::ops::Range;
use std::os::unix::fs::FileExt;

/// Bytes of a page, whose checksum is known: about as many as are asked for at a time.
const PAGE: usize = 8 * 1024;

/// Pages that are looked through at a time when the file is read first.
const AT_A_TIME: usize = 64;

/// A file and what its pages were.
#[derive(Debug)]
pub struct Pages {
    file: File,
    length: usize,
    sums: Vec<u32>,
}

/// What was found in some pages.
#[derive(Default)]
struct Look {
    sums: Vec<u32>,
    whole: crc32fast::Hasher,
    /// Something in them would have to be changed.
    differs: bool,
}

impl Pages {
    /// Looks through the first bytes of a file, so many of them. None where its text would have to be changed before it
    /// can be a guide's: where it has a byte-order mark, a carriage return or a NUL. Gives the checksum of all bytes, too.
    pub fn of(file: File, length: usize, hands: &Hands) -> io::Result<Option<(Pages, u32)>> {
        let middle = length / 2 / PAGE * PAGE;
        let (mut first, mut second) = (Ok(Look::default()), Ok(Look::default()));
        let one = || first = look(&file, 0..middle);
        let other = || second = look(&file, middle..length);
        hands(Box::new(one), Box::new(other));
        let (mut all, rest) = (first?, second?);
        if all.differs || rest.differs {
            return Ok(None);
        }
        all.sums.extend(rest.sums);
        all.whole.combine(&rest.whole);
        Ok(Some((Pages { file, length, sums: all.sums }, all.whole.finalize())))
    }
}

fn look(file: &File, range: Range<usize>) -> io::Result<Look> {
    let mut look = Look::default();
    let mut bytes = vec![0; AT_A_TIME * PAGE];
    for start in range.clone().step_by(AT_A_TIME * PAGE) {
        bytes.truncate(range.end - start);
        file.read_exact_at(&mut bytes, start as u64)?;
        look.sums.extend(bytes.chunks(PAGE).map(crc32fast::hash));
        look.whole.update(&bytes);
        let marked = start == 0 && bytes.starts_with(b"\xef\xbb\xbf");
        look.differs |= marked || memchr::memchr2(b'\r', b'\0', &bytes).is_some();
        if look.differs {
            break;
        }
    }
    Ok(look)
}

impl Fetch for Pages {
    fn length(&self) -> usize {
        self.length
    }

    fn fetch(&self, range: Range<usize>) -> Option<Vec<u8>> {
        if range.start > range.end || range.end > self.length {
            return None;
        }
        let first = range.start / PAGE;
        let start = first * PAGE;
        let mut bytes = vec![0; range.end.next_multiple_of(PAGE).min(self.length) - start];
        self.file.read_exact_at(&mut bytes, start as u64).ok()?;
        let known = self.sums.iter().skip(first);
        if bytes.chunks(PAGE).zip(known).any(|(page, sum)| crc32fast::hash(page) != *sum) {
            return None;
        }
        bytes.truncate(range.end - start);
        bytes.drain(..range.start - start);
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::Work;
    use std::fs;
    use std::io::Write;

    fn in_turn(one: Work<'_>, other: Work<'_>) {
        other();
        one();
    }

    fn pages(folder: &tempfile::TempDir, bytes: &[u8]) -> Option<(Pages, u32)> {
        let path = folder.path().join("a.md");
        fs::write(&path, bytes).unwrap();
        Pages::of(File::open(path).unwrap(), bytes.len(), &in_turn).unwrap()
    }

    #[test]
    fn any_range_of_a_file_is_fetched_as_it_stands_there() {
        let folder = tempfile::tempdir().unwrap();
        // Characters lie over the borders of pages.
        let text = format!("x{}", "é…\n".repeat(AT_A_TIME * PAGE / 4));
        let (pages, sum) = pages(&folder, text.as_bytes()).unwrap();
        assert_eq!((pages.length(), sum), (text.len(), crc32fast::hash(text.as_bytes())));
        let ends = [0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE, text.len() - 1, text.len()];
        for start in ends {
            for end in ends {
                let wanted = text.as_bytes().get(start..end).map(<[u8]>::to_vec);
                assert_eq!(pages.fetch(start..end), wanted, "{start}..{end}");
            }
        }
        assert_eq!(pages.fetch(0..text.len() + 1), None);
    }

    #[test]
    fn what_has_changed_is_not_to_be_had_and_the_rest_is() {
        let folder = tempfile::tempdir().unwrap();
        let text = "a".repeat(3 * PAGE);
        let (pages, _) = pages(&folder, text.as_bytes()).unwrap();
        let path = folder.path().join("a.md");
        let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.write_all(b"b").unwrap();
        assert_eq!(pages.fetch(0..1), None);
        assert_eq!(pages.fetch(PAGE..PAGE + 1).as_deref(), Some(&b"a"[..]));
        file.set_len(2 * PAGE as u64).unwrap();
        assert_eq!(pages.fetch(3 * PAGE - 1..3 * PAGE), None);
        fs::remove_file(&path).unwrap();
        assert!(pages.fetch(PAGE..2 * PAGE).is_some(), "a file that lost its name is still there");
    }

    #[test]
    fn what_would_have_to_be_changed_first_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let at_border = |bytes: &[u8]| [&vec![b'a'; AT_A_TIME * PAGE - 1], bytes, &vec![b'b'; PAGE]].concat();
        for bytes in [b"\xef\xbb\xbfa".to_vec(), b"a\rb".to_vec(), b"a\0b".to_vec(), at_border(b"\r\n")] {
            assert!(pages(&folder, &bytes).is_none());
        }
        for bytes in [b"".to_vec(), at_border("é".as_bytes()), at_border("\u{feff}".as_bytes())] {
            assert!(pages(&folder, &bytes).is_some());
        }
    }
}
