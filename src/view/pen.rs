//! Writes text into cells, cut to its room. The only file of the view that touches cells' symbols.

use crate::theme::{Glyphs, Ground, Role, Theme};
use ratatui::buffer::{Buffer, Cell, CellWidth};
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
        let mut blank = Cell::EMPTY;
        blank.set_style(self.theme.ground(ground));
        for y in area.top()..area.bottom() {
            self.cells(area.x, y, area.width).fill(blank.clone());
        }
    }

    /// Patches the style of every cell of an area.
    pub(super) fn tint(&mut self, area: Rect, style: Style) {
        for y in area.top()..area.bottom() {
            for cell in self.cells(area.x, y, area.width) {
                cell.set_style(style);
            }
        }
    }

    /// The cells of a row from a column on, as many as are asked for and there are.
    fn cells(&mut self, x: u16, y: u16, width: u16) -> &mut [Cell] {
        let all = self.buf.area;
        if y < all.top() || y >= all.bottom() || x < all.left() || x >= all.right() {
            return &mut [];
        }
        let from = usize::from(y - all.y) * usize::from(all.width) + usize::from(x - all.x);
        let width = usize::from(width.min(all.right() - x));
        self.buf.content.get_mut(from..from + width).unwrap_or_default()
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

    /// Writes text that fits; gives the column after it.
    fn letters(&mut self, x: u16, y: u16, text: &str, room: u16, style: Style) -> u16 {
        let cells = self.cells(x, y, room);
        let written = if text.chars().all(is_narrow) { narrow(cells, text, style) } else { any(cells, text, style) };
        x + written as u16
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

/// Writes letters of one column each; gives the columns that they take.
fn narrow(cells: &mut [Cell], text: &str, style: Style) -> usize {
    let mut written = 0;
    for (cell, c) in cells.iter_mut().zip(text.chars()) {
        cell.set_char(c).set_style(style);
        written += 1;
    }
    written
}

/// Writes any text, as far as its clusters fit; gives the columns that they take.
fn any(cells: &mut [Cell], text: &str, style: Style) -> usize {
    let mut written = 0;
    for (cluster, columns) in clusters(text).filter(|(_, columns)| *columns > 0) {
        let fits = cells.get_mut(written..written + columns).and_then(<[Cell]>::split_first_mut);
        let Some((cell, behind)) = fits else { break };
        cell.set_symbol(cluster).set_style(style);
        behind.iter_mut().for_each(Cell::reset);
        written += columns;
    }
    written
}

/// Whether a letter is one that takes one column, whatever stands beside it.
fn is_narrow(c: char) -> bool {
    columns_of(c) == Some(1)
}

/// The columns of a letter that is a cluster of its own beside any other such letter: of the scripts that most guides are
/// written in, and of marks and lines.
fn columns_of(c: char) -> Option<usize> {
    match c {
        ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{2010}'..='\u{2027}' => Some(1),
        // Lines, blocks, shapes and arrows, less those that are emoji.
        '\u{2190}'..='\u{2193}' | '\u{21B0}'..='\u{21FF}' | '\u{2500}'..='\u{25A9}' | '\u{25B7}'..='\u{25BF}' => {
            Some(1)
        }
        '\u{25C1}'..='\u{25FA}' => Some(1),
        // Kana, Han and Hangul.
        '\u{3041}'..='\u{3096}' | '\u{30A0}'..='\u{30FF}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => {
            Some(2)
        }
        _ => None,
    }
}

/// The clusters of a text and the columns of each, as ratatui paints them. Most of most texts are letters that are told
/// apart without looking into the tables: between two of them a cluster ends.
pub(super) fn clusters(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.chars();
        let known = chars.next().and_then(columns_of);
        let alone = chars.clone().next().is_none_or(|c| columns_of(c).is_some());
        let (cluster, columns) = match known.filter(|_| alone) {
            Some(columns) => (rest.get(..rest.len() - chars.as_str().len())?, columns),
            None => rest.graphemes(true).next().map(|cluster| (cluster, painted(cluster)))?,
        };
        rest = rest.get(cluster.len()..)?;
        Some((cluster, columns))
    })
}

/// The columns that ratatui paints a cluster in. It paints no control characters.
fn painted(cluster: &str) -> usize {
    if cluster.starts_with(char::is_control) { 0 } else { usize::from(cluster.cell_width()) }
}

/// The longest start of `text` that fits in `room` columns, with one column kept for an ellipsis where it is cut. Reads
/// no more of it than that: an address may be megabytes long.
pub(super) fn cut(text: &str, room: usize) -> (&str, bool) {
    // No character takes more columns than bytes: most of what is put has room, and need not be taken apart.
    if text.len() <= room {
        return (text, false);
    }
    let letters = text.chars().map(|c| Some((c.len_utf8(), columns_of(c)?)));
    let all = || clusters(text).map(|(cluster, columns)| Some((cluster.len(), columns)));
    kept(text, room, letters).or_else(|| kept(text, room, all())).unwrap_or((text, false))
}

/// The same of a text that is taken apart already: the bytes and columns of each part. None where these are not known.
fn kept(text: &str, room: usize, parts: impl Iterator<Item = Option<(usize, usize)>>) -> Option<(&str, bool)> {
    let (mut used, mut at, mut end) = (0, 0, 0);
    for part in parts {
        let (bytes, columns) = part?;
        (used, at) = (used + columns, at + bytes);
        if used > room {
            return Some((text.get(..end).unwrap_or_default().trim_end(), true));
        }
        if used < room {
            end = at;
        }
    }
    Some((text, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Themed;
    use proptest::prelude::*;

    fn painted_as_by_ratatui(text: &str, room: u16) {
        let area = Rect::new(0, 0, room + 2, 1);
        let (mut ours, mut by_table) = (Buffer::empty(area), Buffer::empty(area));
        let style = Style::new().add_modifier(Modifier::BOLD);
        let (end, _) = by_table.set_stringn(1, 0, text, usize::from(room), style);
        let mut pen =
            Pen { buf: &mut ours, theme: Theme { named: Themed::Night, colour: true }, glyphs: Glyphs::UNICODE };
        assert_eq!(pen.letters(1, 0, text, room, style), end, "{text:?}");
        assert_eq!(ours, by_table, "{text:?}");
    }

    #[test]
    fn letters_told_apart_at_sight_stand_where_the_tables_put_them() {
        let plain: Vec<char> = ('\u{1}'..=char::MAX).filter(|c| columns_of(*c).is_some()).collect();
        for some in plain.chunks(1000) {
            // In their order, and each beside one that stands far from it.
            let (there, back) = (some.iter(), plain.iter().rev().step_by(plain.len() / 1000));
            painted_as_by_ratatui(&there.clone().collect::<String>(), 3000);
            painted_as_by_ratatui(&there.zip(back).flat_map(|(a, b)| [a, b]).collect::<String>(), 5000);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_painted_as_by_ratatui(text in "([ -~é’日が가→│]|\\PC|[\u{301}\u{200D}\u{FE0F}👩🇫ﾞकनि\u{94D}\t]){0,24}", room in 0_u16..30) {
            painted_as_by_ratatui(&text, room);
            let told: Vec<&str> = clusters(&text).map(|(cluster, _)| cluster).collect();
            prop_assert_eq!(told, text.graphemes(true).collect::<Vec<_>>());
        }
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
