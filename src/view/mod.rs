//! Draws, never decides: one file per region, each `fn(&Model, Rect, &mut Buffer)`.

use crate::app::Model;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws the whole screen. Gives the cell where the cursor shows, if it does.
pub fn draw(model: &Model, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let _ = (model, area, buf);
    None
}
