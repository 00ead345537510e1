//! What is shown before there is a guide to show.

use super::pen::{Pen, columns};
use crate::app::{Action, Arrows, Keymap, Panel};
use crate::theme::{Glyphs, Ground, Role, Theme, ThemeChoice};
use crate::words::{self, Lang};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Draws that the guide is being read, and by which key one leaves. The terminal may not have told its background yet: `auto` is
/// drawn in the terminal's own colours.
pub fn waiting(lang: Lang, theme: &ThemeChoice, colour: bool, keymap: &Keymap, area: Rect, buf: &mut Buffer) {
    let mut pen = Pen { buf, theme: Theme { named: theme.themed(None), colour }, glyphs: Glyphs::UNICODE };
    pen.fill(area, Ground::Page);
    let leave = keymap.key_for(Panel::Text, None, Action::Quit).map(|key| key.name(lang, Arrows::Drawn));
    let text = words::Panel::Reading(leave).say(lang);
    let style = pen.style(Role::Muted);
    let x = area.x + area.width.saturating_sub(columns(&text)) / 2;
    pen.put(x, area.y + area.height / 2, area.width, &text, style);
}
