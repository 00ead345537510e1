//! Raised and lowered text: `10<sup>5</sup>` is not 105. What has characters of its own for it is drawn by them on a
//! screen; what has not, and everything on paper, keeps its characters, and a raised number is told apart by a caret.
//! The text of a row is never changed: characters are exchanged when they are drawn.

use super::{Layout, Medium};
use crate::guide::InlineStyle;
use crate::theme::Glyphs;

/// How a raised or lowered text is drawn: by characters of one column that most fonts have. None where not all of it
/// has them, or it is neither raised nor lowered.
pub fn script(style: InlineStyle, text: &str) -> Option<String> {
    let drawn: fn(char) -> Option<char> = match (style.has(InlineStyle::SUP), style.has(InlineStyle::SUB)) {
        (true, false) => raised,
        (false, true) => lowered,
        _ => return None,
    };
    text.chars().map(drawn).collect()
}

impl Layout<'_> {
    /// Whether a caret stands before a raised text.
    pub(super) fn marks_raised(&self, text: &str) -> bool {
        let drawable = script(InlineStyle::SUP, text).is_some();
        let drawn = self.medium != Medium::Paper && self.glyphs != Glyphs::ASCII;
        // `1<sup>er</sup>` and `M<sup>me</sup>` are read as well without.
        let number = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '−'));
        if drawable { !drawn } else { number }
    }
}

fn raised(c: char) -> Option<char> {
    Some(match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + c.to_digit(10)?)?,
        '+' => '⁺',
        '-' | '−' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

fn lowered(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32('₀' as u32 + c.to_digit(10)?)?,
        '+' => '₊',
        '-' | '−' => '₋',
        '=' => '₌',
        '(' => '₍',
        ')' => '₎',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::{Anchor, Guide, Origin};
    use crate::layout::Measures;
    use crate::words::Lang;
    use std::collections::{BTreeMap, BTreeSet};
    use unicode_width::UnicodeWidthChar;

    #[test]
    fn every_character_takes_one_column_and_stands_for_what_it_is() {
        for c in "0123456789+-=()ni".chars() {
            for drawn in [raised(c), lowered(c)].into_iter().flatten() {
                assert_eq!(drawn.width(), Some(1), "{drawn}");
                assert!(!drawn.is_ascii());
            }
        }
        assert_eq!(script(InlineStyle::SUP, "-12").as_deref(), Some("⁻¹²"));
        assert_eq!(script(InlineStyle::SUB.with(InlineStyle::STRONG), "2").as_deref(), Some("₂"));
        assert_eq!(script(InlineStyle::SUP, "er"), None);
        assert_eq!(script(InlineStyle::STRONG, "2"), None);
    }

    fn rows(markdown: &str, medium: Medium, glyphs: &'static Glyphs) -> Vec<String> {
        let guide = Guide::parse(markdown, &Origin::default());
        let (colours, toggled, measures) = (BTreeMap::new(), BTreeSet::new(), Measures::default());
        let layout = Layout {
            guide: &guide,
            width: 40,
            glyphs,
            lang: Lang::Fr,
            colours: &colours,
            toggled: &toggled,
            measures: &measures,
            medium,
        };
        layout.lines(Anchor::default(), 9).into_iter().map(|line| line.text).collect()
    }

    fn row(markdown: &str, medium: Medium, glyphs: &'static Glyphs) -> String {
        rows(markdown, medium, glyphs).remove(0)
    }

    #[test]
    fn a_raised_number_is_told_apart_wherever_it_is_not_drawn_raised() {
        let powers = "10<sup>5</sup>, x<sup>2k</sup>, 1<sup>er</sup>, H<sub>2</sub>O";
        assert_eq!(row(powers, Medium::Screen, Glyphs::UNICODE), "105, x^2k, 1er, H2O", "the 5 is drawn raised");
        assert_eq!(row(powers, Medium::Paper, Glyphs::UNICODE), "10^5, x^2k, 1er, H2O");
        assert_eq!(row(powers, Medium::Screen, Glyphs::ASCII), "10^5, x^2k, 1er, H2O");
        assert_eq!(row("x<sup>2</sup><sup>3</sup>", Medium::Paper, Glyphs::UNICODE), "x^23", "one caret a number");
    }

    #[test]
    fn a_table_s_columns_have_room_for_the_caret() {
        let table = "| a |\n|---|\n| 1234567<sup>5</sup> |\n";
        let lines = rows(table, Medium::Paper, Glyphs::UNICODE);
        assert_eq!(lines.last().map(String::as_str), Some("1234567^5"));
    }
}
