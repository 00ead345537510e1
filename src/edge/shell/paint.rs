//! Rows become bytes: plain text, or text with SGR sequences from the theme. The only place that writes sequences
//! outside the full screen, and it writes no others.

use super::surroundings::{Colour, Surroundings};
use crate::cli::{Piece, Row, split_at_column};
use crate::edge::screen::BEGINS;
use crate::theme::{Ground, Role, Theme, ThemeChoice};
use ratatui::style::{Color, Style};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

/// How rows are written.
#[derive(Clone, Debug)]
pub(super) enum Paint {
    /// Text alone.
    Plain,
    /// With a theme's styles, on rows of this many columns.
    Styled(Theme, u16),
}

impl Paint {
    /// Colours only on a terminal that can, or where they were asked for all the same. `auto` is the terminal's own colours here: they fit any ground, and the
    /// terminal need not be asked.
    pub(super) fn choose(around: &Surroundings, theme: &ThemeChoice, width: u16) -> Paint {
        if around.colour != Colour::Always && (!around.stdout_is_terminal || around.is_dumb()) {
            return Paint::Plain;
        }
        Paint::Styled(Theme { named: theme.themed(None), colour: around.colour != Colour::Never }, width)
    }

    /// A row as it is written, without a line feed.
    pub(super) fn row(&self, row: &Row) -> String {
        match self {
            Paint::Plain => row.plain(),
            Paint::Styled(theme, width) => styled(row, theme, usize::from(*width)),
        }
    }
}

fn styled(row: &Row, theme: &Theme, width: usize) -> String {
    let mut out = String::new();
    let page = if theme.paints_grounds() { theme.ground(Ground::Page) } else { Style::new() };
    let (from, fill) = row.fill.map_or((usize::MAX, page), |(column, role)| {
        (usize::from(column), page.patch(Style { bg: theme.style(role).bg, ..Style::new() }))
    });
    // Where nothing is filled, no columns need be counted.
    let counted = theme.paints_grounds() || row.fill.is_some();
    let mut column = 0;
    for Piece { text, role, style } in &row.pieces {
        let plain = *role == Role::Text && style.0 == 0;
        let own = if plain { Style::new() } else { theme.inline(*role, *style) };
        if !counted {
            sgr(text, page.patch(own), &mut out);
            continue;
        }
        let (before, after) = split_at_column(text, from.saturating_sub(column));
        sgr(before, page.patch(own), &mut out);
        sgr(after, fill.patch(own), &mut out);
        column += text.width();
    }
    if theme.paints_grounds() || fill.bg.is_some() {
        let gap = from.clamp(column, width.max(column));
        sgr(&" ".repeat(gap - column), page, &mut out);
        sgr(&" ".repeat(width.saturating_sub(gap)), fill, &mut out);
    }
    out
}

/// A text in a style; nothing carries over to what follows.
fn sgr(text: &str, style: Style, out: &mut String) {
    let start = out.len();
    // Writing to a string does not fail.
    for (modifier, code) in BEGINS {
        if style.add_modifier.contains(modifier) {
            begin(start, out);
            let _ = write!(out, "{code}");
        }
    }
    for (colour, base) in [(style.fg, 30), (style.bg, 40)] {
        if let Some(colour) = colour.filter(|c| *c != Color::Reset) {
            begin(start, out);
            colour_code(colour, base, out);
        }
    }
    if out.len() == start {
        out.push_str(text);
    } else if text.is_empty() {
        out.truncate(start);
    } else {
        out.extend(["m", text, "\u{1b}[0m"]);
    }
}

/// What stands before a code: the sequence's beginning, or what parts it from the code before.
fn begin(start: usize, out: &mut String) {
    out.push_str(if out.len() == start { "\u{1b}[" } else { ";" });
}

/// The code of a colour (ECMA-48 8.3.117 and its customary extensions); `base` is 30 for ink, 40 for ground.
fn colour_code(colour: Color, base: u8, out: &mut String) {
    let plain = match colour {
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => None,
        Color::Black => Some(0),
        Color::Red => Some(1),
        Color::Green => Some(2),
        Color::Yellow => Some(3),
        Color::Blue => Some(4),
        Color::Magenta => Some(5),
        Color::Cyan => Some(6),
        Color::Gray => Some(7),
        Color::DarkGray => Some(60),
        Color::LightRed => Some(61),
        Color::LightGreen => Some(62),
        Color::LightYellow => Some(63),
        Color::LightBlue => Some(64),
        Color::LightMagenta => Some(65),
        Color::LightCyan => Some(66),
        Color::White => Some(67),
    };
    // Writing to a string does not fail.
    let _ = match (plain, colour) {
        (Some(n), _) => write!(out, "{}", base + n),
        (None, Color::Rgb(r, g, b)) => write!(out, "{};2;{r};{g};{b}", base + 8),
        (None, Color::Indexed(n)) => write!(out, "{};5;{n}", base + 8),
        (None, _) => Ok(()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::Themed;

    fn row(paint: Paint, row: &Row) -> String {
        paint.row(row)
    }

    fn sample() -> Row {
        Row::of(Role::Done, "✓").with(Role::Text, " fait ")
    }

    #[test]
    fn plain_rows_have_no_sequence_and_no_space_at_their_end() {
        assert_eq!(row(Paint::Plain, &sample()), "✓ fait");
    }

    #[test]
    fn styles_end_with_their_piece() {
        let theme = Theme { named: Themed::Terminal, colour: true };
        assert_eq!(row(Paint::Styled(theme, 10), &sample()), "\u{1b}[32m✓\u{1b}[0m fait ");
    }

    #[test]
    fn without_colour_weight_is_left() {
        let theme = Theme { named: Themed::Night, colour: false };
        let text = row(Paint::Styled(theme, 10), &Row::of(Role::Heading1, "Un"));
        assert_eq!(text, "\u{1b}[1mUn\u{1b}[0m");
    }

    #[test]
    fn a_painted_theme_fills_its_ground_to_the_width() {
        let theme = Theme { named: Themed::Night, colour: true };
        let text = row(Paint::Styled(theme, 10), &sample());
        assert!(text.contains("48;2;") && text.contains(&" ".repeat(3)), "{text:?}");
    }

    #[test]
    fn a_filled_row_has_its_ground_from_the_column_to_the_width() {
        let theme = Theme { named: Themed::Night, colour: true };
        let fill = Some((2, Role::Code));
        let text = row(Paint::Styled(theme, 6), &Row { fill, ..Row::of(Role::Text, "   a") });
        let grounds: Vec<&str> = text.split("48;2;").skip(1).map(|s| s.split('m').next().unwrap()).collect();
        assert_eq!(grounds.len(), 3, "{text:?}");
        assert!(grounds[0] != grounds[1] && grounds[1] == grounds[2], "{text:?}");
    }

    #[test]
    fn pages_are_painted_on_terminals_alone() {
        let piped = Surroundings::default();
        assert!(matches!(Paint::choose(&piped, &ThemeChoice::Night, 80), Paint::Plain));
    }
}
