//! The picture: what the terminal shows now, what it should show, and the bytes that lead from one to the other.
//! Decides nothing, and writes nothing itself.
//!
//! Not ratatui's `Terminal`: that one asks the terminal for its size in the drawing path, flushes several times a
//! frame, and hides the cursor again in each. Here a frame is one write, and a frame that changes nothing is none.

use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::io;

/// A synchronized update begins: terminals that know it show nothing half drawn.
pub(super) const BEGIN: &str = "\x1b[?2026h";
const END: &str = "\x1b[?2026l";

/// Where the cursor shows.
type Cursor = Option<(u16, u16)>;

/// What the terminal shows, and whether that is known.
#[derive(Debug)]
pub struct Screen {
    shown: Buffer,
    next: Buffer,
    cursor: Cursor,
    /// Nobody knows what the terminal shows: paint every cell.
    stale: bool,
}

impl Screen {
    /// A screen of which nothing is known.
    pub fn new() -> Screen {
        // With NO_COLOR set, crossterm 0.29 writes a reset of everything in a colour's place, and bold and reversed
        // text is lost. Whether there is colour is our theme's decision.
        crossterm::style::force_color_output(true);
        Screen { shown: Buffer::default(), next: Buffer::default(), cursor: None, stale: true }
    }

    /// Somebody else wrote to the terminal: paint every cell at the next frame.
    pub fn forget(&mut self) {
        self.stale = true;
    }

    /// The bytes of the next frame; empty if nothing changes. `draw` paints on a blank buffer and gives the cursor.
    pub fn frame(&mut self, size: (u16, u16), draw: impl FnOnce(Rect, &mut Buffer) -> Cursor) -> io::Result<Vec<u8>> {
        let area = Rect::new(0, 0, size.0, size.1);
        if self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
            self.stale = true;
        }
        self.next.reset();
        let cursor = draw(area, &mut self.next).filter(|(x, y)| *x < size.0 && *y < size.1);
        let bytes = self.bytes(cursor)?;
        std::mem::swap(&mut self.shown, &mut self.next);
        (self.cursor, self.stale) = (cursor, false);
        Ok(bytes)
    }

    fn bytes(&mut self, cursor: Cursor) -> io::Result<Vec<u8>> {
        let mut bytes = BEGIN.as_bytes().to_vec();
        if self.stale {
            self.shown.reset();
            bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
        }
        let changed = self.shown.diff(&self.next);
        if changed.is_empty() && cursor == self.cursor && !self.stale {
            return Ok(Vec::new());
        }
        if cursor.is_none() && (self.cursor.is_some() || self.stale) {
            bytes.extend_from_slice(b"\x1b[?25l");
        }
        if !changed.is_empty() {
            CrosstermBackend::new(&mut bytes).draw(changed.into_iter())?;
        }
        if let Some((x, y)) = cursor {
            bytes.extend_from_slice(format!("\x1b[{};{}H\x1b[?25h", u32::from(y) + 1, u32::from(x) + 1).as_bytes());
        }
        bytes.extend_from_slice(END.as_bytes());
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Style};

    fn text(frame: Vec<u8>) -> String {
        String::from_utf8(frame).unwrap()
    }

    #[test]
    fn a_frame_that_changes_nothing_is_no_byte() {
        let mut screen = Screen::new();
        let paint = |_: Rect, buf: &mut Buffer| {
            buf.set_string(0, 0, "été", Style::new());
            None
        };
        let first = text(screen.frame((10, 2), paint).unwrap());
        assert!(first.contains("été") && first.contains("\x1b[2J"), "{first:?}");
        assert_eq!(text(screen.frame((10, 2), paint).unwrap()), "");
        screen.forget();
        assert_eq!(text(screen.frame((10, 2), paint).unwrap()), first);
        let wider = text(screen.frame((11, 2), paint).unwrap());
        assert!(wider.contains("\x1b[2J"), "{wider:?}");
    }

    #[test]
    fn the_cursor_shows_where_it_is_asked_for_and_hides_again() {
        let mut screen = Screen::new();
        screen.frame((10, 2), |_, _| None).unwrap();
        assert_eq!(
            text(screen.frame((10, 2), |_, _| Some((3, 1))).unwrap()),
            "\x1b[?2026h\x1b[2;4H\x1b[?25h\x1b[?2026l"
        );
        assert_eq!(text(screen.frame((10, 2), |_, _| Some((3, 1))).unwrap()), "");
        assert_eq!(text(screen.frame((10, 2), |_, _| Some((10, 1))).unwrap()), "\x1b[?2026h\x1b[?25l\x1b[?2026l");
        assert_eq!(text(screen.frame((10, 2), |_, _| None).unwrap()), "");
    }

    #[test]
    fn a_frame_is_wrapped_in_one_synchronized_update() {
        let mut screen = Screen::new();
        let paint = |area: Rect, buf: &mut Buffer| {
            buf.set_style(area, Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Rgb(4, 5, 6)));
            None
        };
        let frame = text(screen.frame((4, 2), paint).unwrap());
        assert!(frame.starts_with(BEGIN) && frame.ends_with(END), "{frame:?}");
        assert!(frame.contains("38;2;1;2;3") && frame.contains("48;2;4;5;6"), "{frame:?}");
    }

    #[test]
    fn a_screen_without_cells_is_drawn_too() {
        let mut screen = Screen::new();
        assert!(screen.frame((0, 0), |_, _| Some((0, 0))).is_ok());
        assert!(screen.frame((1, 1), |_, _| Some((0, 0))).is_ok());
    }
}
