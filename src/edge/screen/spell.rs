//! The bytes that paint cells: where, how, what. As few as it takes, for over a slow line they are what one waits for:
//! of a style only what changes is said, a blank has no ink, and a gap of a few cells is written over with what stands
//! there. Knows no frames, and does not decide what is painted.

use super::changes::Change;
use crossterm::style::Colored;
use ratatui::backend::IntoCrossterm;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// No style: what the terminal writes in before a frame, and after it.
const PLAIN: Style = Style { fg: Color::Reset, bg: Color::Reset, modifier: Modifier::empty() };

/// The longest gap between two cells that may be cheaper to write over than to jump over.
const GAP: u16 = 8;

/// What is seen of a cell that is blank.
const SEEN_ON_BLANKS: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

/// What ends a modifier, and those that it ends.
const ENDS: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// What begins a modifier (ECMA-48, SGR).
pub(in crate::edge) const BEGINS: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The bytes that paint these cells of a picture, from left to right and from top to bottom; without any style left
/// behind.
pub(super) fn spell(cells: &[Change], picture: &Buffer) -> String {
    let mut speller = Speller { text: String::with_capacity(cells.len() * 4), picture, style: PLAIN, at: None };
    for (x, y, cell) in cells {
        speller.reach(*x, *y, cell);
        speller.write(*x, *y, cell);
    }
    speller.turn_to(PLAIN);
    speller.text
}

/// The sequence that moves the cursor to a cell.
pub(super) fn jump(x: u16, y: u16) -> String {
    let mut text = String::new();
    push_jump(&mut text, x, y);
    text
}

fn push_jump(text: &mut String, x: u16, y: u16) {
    text.push_str("\x1b[");
    push_number(text, u32::from(y) + 1);
    text.push(';');
    push_number(text, u32::from(x) + 1);
    text.push('H');
}

/// Writes a number. A frame holds hundreds of them, and the standard way takes ten times as long.
fn push_number(text: &mut String, number: u32) {
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
    }
    while unit > 0 {
        text.push(char::from(b'0' + (number / unit % 10) as u8));
        unit /= 10;
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Style {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

struct Speller<'a> {
    text: String,
    picture: &'a Buffer,
    /// What the terminal writes in.
    style: Style,
    /// Where it writes, if that is certain.
    at: Option<(u16, u16)>,
}

impl Speller<'_> {
    /// Goes to a cell and takes its style, over the cells between or by a jump, whichever is shorter.
    fn reach(&mut self, x: u16, y: u16, cell: &Cell) {
        if self.at == Some((x, y)) {
            return self.turn_to(self.style_of(cell));
        }
        let (start, style) = (self.text.len(), self.style);
        let walked = self.walk(x, y);
        if walked {
            self.turn_to(self.style_of(cell));
        }
        let walk = if walked { self.text.split_off(start) } else { String::new() };
        let after = std::mem::replace(&mut self.style, style);
        push_jump(&mut self.text, x, y);
        self.turn_to(self.style_of(cell));
        if walked && walk.len() <= self.text.len() - start {
            self.text.truncate(start);
            self.text.push_str(&walk);
            self.style = after;
        }
    }

    /// Writes over the cells up to one; false where that is none of the next few, or is not sure to lead there.
    fn walk(&mut self, x: u16, y: u16) -> bool {
        let Some((from, _)) = self.at.filter(|(from, row)| *row == y && *from <= x && x - from <= GAP) else {
            return false;
        };
        let picture = self.picture;
        let between = || (from..x).filter_map(|x| Some((x, picture.cell((x, y))?)));
        if !between().all(|(_, cell)| is_letter(cell)) {
            return false;
        }
        for (_, cell) in between() {
            self.turn_to(self.style_of(cell));
            self.text.push_str(cell.symbol());
        }
        true
    }

    fn write(&mut self, x: u16, y: u16, cell: &Cell) {
        self.text.push_str(cell.symbol());
        // Terminals disagree on how wide a symbol of several characters is, and on where they are after the last column.
        self.at = (is_letter(cell) && x + 1 < self.picture.area.right()).then_some((x + 1, y));
    }

    /// The style of a cell, as far as it is seen; for the rest, the one that is there.
    fn style_of(&self, cell: &Cell) -> Style {
        let style = Style { fg: cell.fg, bg: cell.bg, modifier: cell.modifier };
        if cell.symbol() != " " {
            return style;
        }
        let seen = cell.modifier.intersection(SEEN_ON_BLANKS);
        let modifier = self.style.modifier.difference(SEEN_ON_BLANKS).union(seen);
        let fg = if seen.is_empty() { self.style.fg } else { style.fg };
        Style { fg, modifier, ..style }
    }

    fn turn_to(&mut self, style: Style) {
        let from = std::mem::replace(&mut self.style, style);
        if from == style {
            return;
        }
        self.text.push_str("\x1b[");
        if style == PLAIN {
            self.text.push_str("0m");
            return;
        }
        let mut begun = style.modifier.difference(from.modifier);
        for (modifiers, code) in ENDS {
            if from.modifier.difference(style.modifier).intersects(modifiers) {
                self.say(&[code]);
                // Bold and dim end together.
                begun = begun.union(style.modifier.intersection(modifiers));
            }
        }
        for &(_, code) in BEGINS.iter().filter(|(modifier, _)| begun.contains(*modifier)) {
            self.say(&[code]);
        }
        if from.fg != style.fg {
            self.colour(38, style.fg);
        }
        if from.bg != style.bg {
            self.colour(48, style.bg);
        }
        self.text.pop();
        self.text.push('m');
    }

    /// The colour of ink (38) or ground (48). A painted theme has no others than these.
    fn colour(&mut self, of: u8, colour: Color) {
        match colour {
            Color::Rgb(r, g, b) => self.say(&[of, 2, r, g, b]),
            // Writing to a string never fails.
            _ if of == 38 => _ = write!(self.text, "{};", Colored::ForegroundColor(colour.into_crossterm())),
            _ => _ = write!(self.text, "{};", Colored::BackgroundColor(colour.into_crossterm())),
        }
    }

    /// Parts of a style.
    fn say(&mut self, parts: &[u8]) {
        for part in parts {
            push_number(&mut self.text, u32::from(*part));
            self.text.push(';');
        }
    }
}

/// Whether every terminal goes one column on after a cell's symbol.
fn is_letter(cell: &Cell) -> bool {
    if let [b' '..=b'~'] = cell.symbol().as_bytes() {
        return true;
    }
    let mut chars = cell.symbol().chars();
    chars.next().is_some_and(|c| c.width() == Some(1)) && chars.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::super::changes::changes;
    use super::*;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn spelled(paint: impl FnOnce(&mut Buffer)) -> String {
        crossterm::style::force_color_output(true);
        let blank = Buffer::empty(Rect::new(0, 0, 20, 2));
        let mut picture = blank.clone();
        paint(&mut picture);
        spell(&changes(&blank, &picture), &picture)
    }

    #[test]
    fn numbers_are_written_as_they_are() {
        for number in (0..1200).chain([9_999, 65_536, u32::MAX]) {
            let mut text = String::new();
            push_number(&mut text, number);
            assert_eq!(text, number.to_string());
        }
    }

    #[test]
    fn colours_are_spelled_as_crossterm_spells_them() {
        crossterm::style::force_color_output(true);
        for colour in [Color::Rgb(0, 99, 255), Color::Rgb(10, 100, 9), Color::Indexed(77), Color::Red, Color::Reset] {
            let blank = Buffer::empty(Rect::new(0, 0, 1, 1));
            let mut speller = Speller { text: String::new(), picture: &blank, style: PLAIN, at: None };
            speller.colour(38, colour);
            speller.colour(48, colour);
            let (fg, bg) = (colour.into_crossterm(), colour.into_crossterm());
            let wanted = format!("{};{};", Colored::ForegroundColor(fg), Colored::BackgroundColor(bg));
            assert_eq!(speller.text, wanted, "{colour}");
        }
    }

    #[test]
    fn cells_side_by_side_need_no_jump_and_a_short_gap_none_either() {
        let style = Style::new();
        assert_eq!(spelled(|b| b.set_string(2, 1, "été", style)), "\x1b[2;3Hété");
        assert_eq!(spelled(|b| b.set_string(0, 0, "un   deux", style)), "\x1b[1;1Hun   deux");
        assert_eq!(spelled(|b| b.set_string(0, 0, "un           x", style)), "\x1b[1;1Hun\x1b[1;14Hx");
    }

    #[test]
    fn of_a_style_only_what_changes_is_said() {
        let text = spelled(|b| {
            b.set_string(0, 0, "a", Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Indexed(7)));
            b.set_string(1, 0, "b", Style::new().fg(Color::Rgb(1, 2, 4)).bg(Color::Indexed(7)));
            b.set_string(2, 0, "c", Style::new().bg(Color::Indexed(7)).add_modifier(Modifier::BOLD | Modifier::DIM));
            b.set_string(3, 0, "d", Style::new().bg(Color::Indexed(7)).add_modifier(Modifier::DIM));
        });
        assert_eq!(text, "\x1b[1;1H\x1b[38;2;1;2;3;48;5;7ma\x1b[38;2;1;2;4mb\x1b[1;2;39mc\x1b[22;2md\x1b[0m",);
    }

    #[test]
    fn a_blank_has_no_ink_unless_it_shows() {
        let red = Style::new().fg(Color::Indexed(1));
        let text = spelled(|b| {
            b.set_string(0, 0, "a", red.bg(Color::Indexed(7)));
            b.set_string(1, 0, "  ", Style::new().bg(Color::Indexed(7)).add_modifier(Modifier::BOLD));
            b.set_string(3, 0, "b", red.bg(Color::Indexed(7)));
            b.set_string(4, 0, " ", Style::new().bg(Color::Indexed(7)).add_modifier(Modifier::UNDERLINED));
        });
        assert_eq!(text, "\x1b[1;1H\x1b[38;5;1;48;5;7ma  b\x1b[4;39m \x1b[0m");
    }

    #[test]
    fn after_a_symbol_of_doubtful_width_the_place_is_said_anew() {
        assert_eq!(spelled(|b| b.set_string(0, 0, "日x", Style::new())), "\x1b[1;1H日\x1b[1;3Hx");
        assert_eq!(spelled(|b| b.set_string(0, 0, "e\u{301}x", Style::new())), "\x1b[1;1He\u{301}\x1b[1;2Hx");
        let last = spelled(|b| {
            b.set_string(19, 0, "a", Style::new());
            b.set_string(0, 1, "b", Style::new());
        });
        assert_eq!(last, "\x1b[1;20Ha\x1b[2;1Hb");
    }
}
