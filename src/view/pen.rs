//! Writes text into cells, cut to its room. The only file of the view that touches cells' symbols.

use crate::theme::{Glyphs, Ground, Role, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// A buffer with the theme and the marks to draw with.
pub(super) struct Pen<'a> {
    pub(super) buf: &'a mut Buffer,
    pub(super) theme: Theme,
    pub(super) glyphs: &'static Glyphs,
}

impl Pen<'_> {
    /// The style of a role.
    pub(super) fn style(&self, role: Role) -> Style {
        self.theme.style(role)
    }

    /// Fills an area with a ground, wiping what stood there.
    pub(super) fn fill(&mut self, area: Rect, ground: Ground) {
        let style = self.theme.ground(ground);
        let area = area.intersection(self.buf.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                if let Some(cell) = self.buf.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Patches the style of every cell of an area.
    pub(super) fn tint(&mut self, area: Rect, style: Style) {
        let area = area.intersection(self.buf.area);
        self.buf.set_style(area, style);
    }

    /// Writes text in at most `room` columns, cut with an ellipsis where it is longer; gives the column after it.
    pub(super) fn put(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        if room == 0 || y < self.buf.area.top() || y >= self.buf.area.bottom() || x >= self.buf.area.right() {
            return x;
        }
        let room = room.min(self.buf.area.right() - x);
        let (kept, cut) = cut(text, usize::from(room));
        let mut end = self.letters(x, y, kept, room, style);
        if cut {
            (end, _) = self.buf.set_stringn(end, y, self.glyphs.ellipsis, 1, style);
        }
        end
    }

    /// Writes text that fits; gives the column after it. Most of most texts are letters of one column each, which are told
    /// apart without looking into the tables.
    fn letters(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        if !text.chars().all(is_plain) {
            return self.buf.set_stringn(x, y, text, usize::from(room), style).0;
        }
        let mut end = x;
        for c in text.chars() {
            if let Some(cell) = self.buf.cell_mut((end, y)) {
                cell.set_char(c).set_style(style);
            }
            end += 1;
        }
        end
    }

    /// Underlines parts of a text that was written from `x` to `end`: the letters that fit what somebody typed.
    pub(super) fn underline(&mut self, x: u16, end: u16, y: u16, text: &str, parts: &[std::ops::Range<usize>]) {
        let style = self.style(Role::Accent).add_modifier(Modifier::UNDERLINED);
        for part in parts {
            let (before, fits) = (text.get(..part.start), text.get(part.clone()));
            let from = x.saturating_add(columns(before.unwrap_or_default()));
            let width = columns(fits.unwrap_or_default()).min(end.saturating_sub(from));
            if width > 0 {
                self.tint(Rect::new(from, y, width, 1), style);
            }
        }
    }

    /// Writes text that ends at column `right`; gives the column where it starts.
    pub(super) fn put_right(&mut self, right: u16, y: u16, text: &str, style: Style) -> u16 {
        let start = right.saturating_sub(u16::try_from(text.width()).unwrap_or(u16::MAX));
        self.put(start, y, right - start, text, style);
        start
    }

    /// A bar of `width` cells, filled by `done` of `total`; anything begun shows, nothing unfinished looks full.
    pub(super) fn bar(&mut self, x: u16, y: u16, width: u16, done: usize, total: usize) {
        let cells = usize::from(width);
        let filled = match done {
            0 => 0,
            n if n >= total => cells,
            n => (n * cells / total).clamp(1, cells.saturating_sub(1).max(1)),
        };
        let full = if done >= total { Role::Done } else { Role::Accent };
        let (full, empty) = (self.style(full), self.style(Role::Faint));
        for i in 0..cells {
            let (mark, style) = if i < filled { (self.glyphs.bar_full, full) } else { (self.glyphs.bar_empty, empty) };
            self.put(x.saturating_add(i as u16), y, 1, mark, style);
        }
    }
}

/// The columns that a text takes.
pub(super) fn columns(text: &str) -> u16 {
    u16::try_from(text.width()).unwrap_or(u16::MAX)
}

/// Whether a letter is a cluster of its own and takes one column, whatever stands beside it.
fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}')
}

/// The longest start of `text` that fits in `room` columns, with one column kept for an ellipsis where it is cut. Reads
/// no more of it than that: an address may be megabytes long.
pub(super) fn cut(text: &str, room: usize) -> (&str, bool) {
    // No character takes more columns than bytes: most of what is put has room, and need not be taken apart.
    if text.len() <= room {
        return (text, false);
    }
    let (mut used, mut end) = (0, 0);
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster.width();
        if used > room {
            return (text.get(..end).unwrap_or_default().trim_end(), true);
        }
        if used < room {
            end = at + cluster.len();
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Themed;

    #[test]
    fn letters_told_apart_at_sight_stand_where_the_tables_put_them() {
        let plain: String = ('\u{1}'..='\u{2100}').filter(|c| is_plain(*c)).collect();
        let area = Rect::new(0, 0, plain.chars().count() as u16 + 2, 1);
        let (mut by_sight, mut by_table) = (Buffer::empty(area), Buffer::empty(area));
        let style = Style::new().add_modifier(Modifier::BOLD);
        let (end, _) = by_table.set_stringn(1, 0, &plain, usize::from(area.width), style);
        let mut pen =
            Pen { buf: &mut by_sight, theme: Theme { named: Themed::Night, colour: true }, glyphs: Glyphs::UNICODE };
        assert_eq!(pen.letters(1, 0, &plain, area.width, style), end);
        assert_eq!(by_sight, by_table);
    }

    #[test]
    fn no_cluster_takes_more_columns_than_bytes() {
        let widest = ('\u{1}'..=char::MAX).find(|c| c.encode_utf8(&mut [0; 4]).width() > c.len_utf8());
        assert_eq!(widest, None);
    }

    #[test]
    fn a_cut_keeps_clusters_whole_and_leaves_room_for_the_ellipsis() {
        assert_eq!(cut("été", 3), ("été", false));
        assert_eq!(cut("étés", 3), ("ét", true));
        assert_eq!(cut("日本語", 4), ("日", true));
        assert_eq!(cut("e\u{301}e\u{301}e\u{301}", 2), ("e\u{301}", true));
        assert_eq!(cut("mot suivant", 5), ("mot", true));
        assert_eq!(cut("ab", 0), ("", true));
    }
}
