//! How many columns a piece of text takes: per grapheme cluster, to the column as ratatui paints it.
//! Never a second width table: `unicode-width` says, and where ratatui corrects it, so does this file.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The columns that cleaned text takes when it is painted.
pub fn columns(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(cluster).sum() }
}

/// The columns of one grapheme cluster (UAX #29). A soft hyphen takes none: it is shown by the break it causes.
pub(super) fn cluster(text: &str) -> usize {
    match text {
        "\u{AD}" => 0,
        _ if text.len() == 1 => 1,
        _ => text.width() + sound_marks(text),
    }
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
