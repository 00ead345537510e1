//! The picture: what the terminal shows now, what it should show, and the bytes that lead from one to the other.
//! Decides nothing, and writes nothing itself.
//!
//! Not ratatui's `Terminal`: that one asks the terminal for its size in the drawing path, flushes several times a
//! frame, and hides the cursor again in each. Here a frame is one write, and a frame that changes nothing is none.
//! Where it is shorter, the terminal is told to move rows that it shows already.

mod slide;
mod spell;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use slide::Slide;
pub(super) use spell::BEGINS;
use spell::{jump, spell};
use unicode_width::UnicodeWidthStr;

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
        doubt_halves(&mut self.shown, &self.next);
        let changed = self.shown.diff(&self.next);
        if changed.is_empty() && cursor == self.cursor && !self.stale {
            return Vec::new();
        }
        if cursor.is_none() && (self.cursor.is_some() || self.stale) {
            bytes.extend_from_slice(b"\x1b[?25l");
        }
        let mut painted = spell(&changed, &self.next);
        if !self.stale
            && let Some(slide) = Slide::find(&self.shown, &self.next, &changed)
        {
            let mut moved = slide.of(&self.shown);
            doubt_halves(&mut moved, &self.next);
            let other = slide.spell() + &spell(&moved.diff(&self.next), &self.next);
            if other.len() < painted.len() {
                painted = other;
            }
        }
        bytes.extend_from_slice(painted.as_bytes());
        if let Some((x, y)) = cursor {
            bytes.extend_from_slice(jump(x, y).as_bytes());
            bytes.extend_from_slice(b"\x1b[?25h");
        }
        bytes.extend_from_slice(END.as_bytes());
        bytes
    }
}

/// Where a wide symbol goes, its second half is a blank in a style that nobody knows: something written over the first
/// half alone leaves it to the terminal. It is painted, whatever stands there next.
fn doubt_halves(shown: &mut Buffer, next: &Buffer) {
    for at in 0..shown.content.len() {
        let (Some(cell), Some(stays)) = (shown.content.get(at), next.content.get(at)) else { return };
        if cell.symbol().len() == 1 || cell == stays || cell.symbol().width() < 2 {
            continue;
        }
        if let Some(half) = shown.content.get_mut(at + 1) {
            half.modifier = Modifier::all();
        }
    }
}

#[cfg(test)]
#[path = "screen/tests.rs"]
mod tests;
