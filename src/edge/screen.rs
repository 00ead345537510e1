//! The picture: what the terminal shows now, what it should show, and the bytes that lead from one to the other.
//! Decides nothing, and writes nothing itself.
//!
//! Not ratatui's `Terminal`: that one asks the terminal for its size in the drawing path, flushes several times a
//! frame, and hides the cursor again in each. Here a frame is one write, and a frame that changes nothing is none.
//! Where it is shorter, the terminal is told to move rows that it shows already.

mod changes;
mod slide;
mod spell;

use changes::{Change, changes};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use slide::Slide;
pub(super) use spell::BEGINS;
use spell::{jump, spell};

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
    pub fn unknown() -> Screen {
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
    pub fn frame(&mut self, size: (u16, u16), draw: impl FnOnce(Rect, &mut Buffer) -> Cursor) -> Vec<u8> {
        let area = Rect::new(0, 0, size.0, size.1);
        if self.shown.area != area {
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
            self.stale = true;
        }
        self.next.reset();
        let cursor = draw(area, &mut self.next).filter(|(x, y)| *x < size.0 && *y < size.1);
        let bytes = self.bytes(cursor);
        std::mem::swap(&mut self.shown, &mut self.next);
        (self.cursor, self.stale) = (cursor, false);
        bytes
    }

    fn bytes(&mut self, cursor: Cursor) -> Vec<u8> {
        let mut bytes = BEGIN.as_bytes().to_vec();
        if self.stale {
            self.shown.reset();
            bytes.extend_from_slice(b"\x1b[0m\x1b[2J");
        }
        let changed = changes(&self.shown, &self.next);
        if changed.is_empty() && cursor == self.cursor && !self.stale {
            return Vec::new();
        }
        if cursor.is_none() && (self.cursor.is_some() || self.stale) {
            bytes.extend_from_slice(b"\x1b[?25l");
        }
        let slide = if self.stale { None } else { Slide::find(&self.shown, &self.next, &changed) };
        let moved = slide.map(|slide| (slide, slide.changes(&self.shown, &self.next, &changed)));
        let spelled = |cells: &[Change]| spell(cells, &self.next);
        let painted = match &moved {
            Some((slide, cells)) if cells.len() < changed.len() => {
                let moved = slide.spell() + &spelled(cells);
                // Of far fewer cells it is plain which is shorter.
                let other = if cells.len() < changed.len() / 2 { None } else { Some(spelled(&changed)) };
                other.filter(|other| other.len() <= moved.len()).unwrap_or(moved)
            }
            _ => spelled(&changed),
        };
        bytes.extend_from_slice(painted.as_bytes());
        if let Some((x, y)) = cursor {
            bytes.extend_from_slice(jump(x, y).as_bytes());
            bytes.extend_from_slice(b"\x1b[?25h");
        }
        bytes.extend_from_slice(END.as_bytes());
        bytes
    }
}

#[cfg(test)]
#[path = "screen/tests.rs"]
mod tests;
