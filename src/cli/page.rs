//! Pages as data: rows of pieces, each with its role. Whether they become plain text or colours is the edge's.

use crate::app::since;
use crate::guide::InlineStyle;
use crate::progress::Tally;
use crate::theme::{Glyphs, Role};
use crate::words::{self, Lang, Since};
use jiff::tz::TimeZone;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How pages are made: for whom, with which marks, how wide.
#[derive(Clone, Debug)]
pub struct Voice {
    /// The language of the interface.
    pub lang: Lang,
    /// The marks.
    pub glyphs: &'static Glyphs,
    /// Columns.
    pub width: u16,
    /// Where dates are told.
    pub zone: TimeZone,
}

/// A page: its rows.
pub type Page = Vec<Row>;

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// What is read, from left to right.
    pub pieces: Vec<Piece>,
    /// The role whose ground fills the row from this column to the width.
    pub fill: Option<(u16, Role)>,
}

/// A piece of a row that is painted alike.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// What is read: cleaned text and marks only.
    pub text: String,
    /// What it is.
    pub role: Role,
    /// Emphasis on top of the role.
    pub style: InlineStyle,
}

impl Row {
    /// A row of one piece.
    pub fn of(role: Role, text: impl Into<String>) -> Row {
        Row::default().with(role, text)
    }

    /// The row with one more piece.
    pub fn with(mut self, role: Role, text: impl Into<String>) -> Row {
        self.pieces.push(Piece { text: text.into(), role, style: InlineStyle::PLAIN });
        self
    }

    /// The row as plain text, without white space at its end.
    pub fn plain(&self) -> String {
        let text: String = self.pieces.iter().map(|p| p.text.as_str()).collect();
        text.trim_end().to_owned()
    }
}

/// Splits a text before the character that stands in a column; a text that ends before it stays whole.
pub fn split_at_column(text: &str, column: usize) -> (&str, &str) {
    if text.is_ascii() {
        return text.split_at_checked(column).unwrap_or((text, ""));
    }
    let mut at = 0;
    for (byte, cluster) in text.grapheme_indices(true) {
        if at >= column {
            return text.split_at_checked(byte).unwrap_or((text, ""));
        }
        at += cluster.width();
    }
    (text, "")
}

impl Voice {
    /// The day of an instant, as people sort it: `2026-11-24`.
    pub(super) fn day(&self, millis: i64) -> String {
        words::day(millis, &self.zone)
    }

    /// The day and the minute: `2026-11-24 10:00`.
    pub(super) fn minute(&self, millis: i64) -> String {
        words::minute(millis, &self.zone)
    }

    /// How long ago an instant was, as the calendar here counts.
    pub(super) fn since(&self, then: i64, now: i64) -> Since {
        since(then, now, &self.zone)
    }

    /// A bar of twelve columns: full only where all is settled, empty only where nothing is.
    pub(super) fn bar(&self, tally: Tally) -> [(Role, String); 2] {
        const COLUMNS: usize = 12;
        let full = match tally {
            Tally { total: 0, .. } => 0,
            Tally { done, total } if done >= total => COLUMNS,
            Tally { done: 0, .. } => 0,
            Tally { done, total } => (done * COLUMNS / total).clamp(1, COLUMNS - 1),
        };
        let empty = COLUMNS - full;
        [(Role::Accent, self.glyphs.bar_full.repeat(full)), (Role::Faint, self.glyphs.bar_empty.repeat(empty))]
    }

    /// The mark of a section that holds items, by how many are settled.
    pub(super) fn roll_up(&self, tally: Tally) -> (Role, &'static str) {
        match tally {
            Tally { total: 0, .. } => (Role::Faint, " "),
            Tally { done: 0, .. } => (Role::Open, self.glyphs.empty),
            Tally { done, total } if done >= total => (Role::Done, self.glyphs.full),
            _ => (Role::Accent, self.glyphs.half),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A voice for tests.
    pub(in crate::cli) fn voice(lang: Lang) -> Voice {
        Voice { lang, glyphs: Glyphs::UNICODE, width: 60, zone: TimeZone::UTC }
    }

    /// A page as plain text.
    pub(in crate::cli) fn plain(page: &[Row]) -> String {
        page.iter().map(|r| r.plain() + "\n").collect()
    }

    #[test]
    fn a_bar_is_full_or_empty_only_where_the_count_is() {
        let filled = |done, total| {
            let [full, _] = voice(Lang::En).bar(Tally { done, total });
            full.1.chars().count()
        };
        assert_eq!((filled(0, 0), filled(0, 500), filled(500, 500)), (0, 0, 12));
        assert_eq!((filled(1, 500), filled(499, 500), filled(1, 2)), (1, 11, 6));
    }

    #[test]
    fn a_text_is_split_between_characters_as_they_are_seen() {
        assert_eq!(split_at_column("e\u{301}té", 1), ("e\u{301}", "té"));
        assert_eq!(split_at_column("日本", 2), ("日", "本"));
        assert_eq!((split_at_column("ab", 0), split_at_column("ab", 9)), (("", "ab"), ("ab", "")));
    }

    #[test]
    fn dates_are_told_in_the_zone_of_the_reader() {
        let mut voice = voice(Lang::En);
        voice.zone = TimeZone::fixed(jiff::tz::offset(13));
        assert_eq!(voice.day(1_795_510_800_000), "2026-11-24");
        assert_eq!(voice.minute(1_795_510_800_000), "2026-11-24 22:00");
    }
}
