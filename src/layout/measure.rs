//! How many columns a piece of text takes: per grapheme cluster, to the column as ratatui paints it.
//! Never a second width table: `unicode-width` says, and where ratatui corrects it, so does this file.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A cluster wider than this is no character that anybody writes: of some letters (leading jamo, signs that precede)
/// any number are one cluster, which no row could hold. It is taken letter by letter.
pub(super) const WIDEST: usize = 6;

/// The columns that cleaned text takes when it is painted.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let mut sum = 0;
    each_cluster(text, &mut |_, c| sum += cluster(c));
    sum
}

/// The same where it is told without looking into the tables, and where it is no more than `most`.
pub(super) fn plain_columns(text: &str, most: usize) -> Option<usize> {
    // No letter of those takes more than three bytes.
    if text.len() > most.saturating_mul(3) {
        return None;
    }
    let plain = |c: char| is_plain(c) && !matches!(c, '\n' | '\u{AD}');
    let is_ascii = text.is_ascii() && !text.contains('\n');
    let columns = if is_ascii { text.len() } else { text.chars().all(plain).then(|| text.chars().count())? };
    (columns <= most).then_some(columns)
}

/// The columns of one grapheme cluster (UAX #29). A soft hyphen takes none: it is shown by the break it causes.
pub(super) fn cluster(text: &str) -> usize {
    match text {
        "\u{AD}" => 0,
        _ if text.len() == 1 => 1,
        _ if text.len() <= 3 && text.starts_with(is_plain) && text.chars().count() == 1 => 1,
        _ => text.width() + sound_marks(text),
    }
}

/// Calls with every grapheme cluster and where it starts. Letters of western scripts, most of most texts, are told
/// apart without looking into the tables: such a letter beside another is a cluster of its own.
pub(super) fn each_cluster(text: &str, call: &mut impl FnMut(usize, &str)) {
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let plain = plain_len(rest);
        for (byte, c) in rest.get(..plain).unwrap_or_default().char_indices() {
            call(at + byte, c.encode_utf8(&mut [0; 4]));
        }
        at += plain;
        let rest = rest.get(plain..).unwrap_or_default();
        let other = other_len(rest);
        for (byte, text) in rest.get(..other).unwrap_or_default().grapheme_indices(true) {
            if text.len() > WIDEST && cluster(text) > WIDEST {
                each_letter(text, at + byte, call);
            } else {
                call(at + byte, text);
            }
        }
        at += other;
    }
}

/// Calls with every letter of a cluster, the marks on it included.
pub(super) fn each_letter(text: &str, at: usize, call: &mut impl FnMut(usize, &str)) {
    let mut from = 0;
    let mut starts = text.char_indices().skip(1).filter(|(_, c)| !is_zero_width(*c)).map(|(byte, _)| byte);
    while let Some(letter) = text.get(from..).filter(|letter| !letter.is_empty()) {
        let end = starts.next().unwrap_or(text.len());
        call(at + from, letter.get(..end - from).unwrap_or(letter));
        from = end;
    }
}

/// Bytes of the plain letters that a text starts with, less the last one where something else follows: that may
/// belong to it.
fn plain_len(text: &str) -> usize {
    let mut last = 0;
    for (byte, c) in text.char_indices() {
        if !is_plain(c) {
            return last;
        }
        last = byte;
    }
    text.len()
}

/// Bytes up to where two plain letters stand side by side: between them a cluster ends.
fn other_len(text: &str) -> usize {
    let mut before = false;
    for (byte, c) in text.char_indices() {
        let plain = is_plain(c);
        if plain && before && byte > 0 {
            return byte;
        }
        before = plain;
    }
    text.len()
}

/// Letters and punctuation of western scripts: one column each, and clusters of their own (UAX #29, rule GB999).
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='\u{2FF}' | '\n' | '\t' | '\u{2010}'..='\u{2027}' | '\u{202F}'..='\u{205E}' | '€')
}

/// As much of a text as fits in so many columns.
pub(super) fn fitting(text: &str, most: usize) -> &str {
    let mut taken = 0;
    let mut clusters = text.grapheme_indices(true);
    let end = clusters.find(|(_, c)| {
        taken += cluster(c);
        taken > most
    });
    text.get(..end.map_or(text.len(), |(byte, _)| byte)).unwrap_or_default()
}

/// Whether a character takes no column of its own.
pub(super) fn is_zero_width(c: char) -> bool {
    c.width().unwrap_or_default() == 0
}

/// Half-width katakana's voicing marks take a cell of their own in terminals, and in ratatui's buffer.
fn sound_marks(text: &str) -> usize {
    text.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_add_up_over_clusters() {
        for (text, expected) in
            [("abc", 3), ("日本", 4), ("e\u{301}a", 2), ("👩‍👩‍👧", 2), ("🇫🇷", 2), ("❤\u{FE0F}", 2), ("", 0)]
        {
            assert_eq!(columns(text), expected, "{text}");
        }
    }

    #[test]
    fn clusters_are_those_of_the_tables() {
        let texts = [
            "",
            "été « oui » – 5 €",
            "e\u{301}a",
            "a👩‍👩‍👧b",
            "日本 ok 日",
            "🇫🇷🇫🇷x",
            "x\u{AD}y",
            "كتاب x",
            "a\u{301}\u{302}bc\n\td",
        ];
        for text in texts {
            let mut found = Vec::new();
            each_cluster(text, &mut |byte, cluster| found.push((byte, cluster.to_owned())));
            let expected: Vec<_> = text.grapheme_indices(true).map(|(b, c)| (b, c.to_owned())).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_cluster_without_end_is_taken_letter_by_letter() {
        for letter in ["\u{1100}", "\u{600}", "\u{915}\u{94d}"] {
            let mut found = Vec::new();
            each_cluster(&letter.repeat(20), &mut |byte, cluster| found.push((byte, cluster.to_owned())));
            let expected: Vec<_> = (0..20).map(|n| (n * letter.len(), letter.to_owned())).collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn plain_letters_take_a_column_each() {
        for c in ('\u{20}'..='\u{2100}').filter(|c| is_plain(*c) && !c.is_control() && *c != '\u{AD}') {
            assert_eq!(cluster(c.encode_utf8(&mut [0; 4])), 1, "{c:?}");
        }
    }

    #[test]
    fn what_fits_ends_before_the_cluster_that_does_not() {
        assert_eq!(fitting("a日b", 2), "a");
        assert_eq!(fitting("a日b", 3), "a日");
        assert_eq!(fitting("ab", 9), "ab");
    }

    #[test]
    fn a_soft_hyphen_takes_no_column() {
        assert_eq!(columns("inter\u{AD}national"), 13);
    }
}
