//! Draws, never decides: one file per region. Reads the model, writes cells, nothing else.

mod checklist;
mod contacts;
mod header;
mod hints;
mod hits;
mod library;
mod outline;
mod overlay;
mod palette;
mod pen;
mod quest;
mod reader;
mod scanned;
mod status;
mod waiting;
mod table;

use crate::app::{Model, Overlay, Panel, Rest, Save};
use crate::guide::ContactKind;
use crate::progress::Standing;
use crate::theme::{Glyphs, Ground, Role, Theme};
use crate::words;
use pen::Pen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};

pub use waiting::waiting;

/// Draws the whole screen. Gives the cell where the cursor shows, if it does.
pub fn draw(model: &Model, area: Rect, buf: &mut Buffer) -> Option<(u16, u16)> {
    let glyphs = if model.settings.ascii { Glyphs::ASCII } else { Glyphs::UNICODE };
    let theme = Theme { named: model.themed.clone(), colour: model.settings.colour };
    let mut pen = Pen { buf, theme, glyphs };
    pen.fill(area, Ground::Page);
    let panes = &model.panes;
    if !panes.fits {
        let text = words::Panel::TooSmall.say(model.settings.lang);
        let style = pen.style(Role::Muted);
        pen.put(area.x, area.y, area.width, &text, style);
        return None;
    }
    header::draw(model, panes.header, &mut pen);
    if let Some(area) = panes.outline {
        side(model, area, &mut pen);
        outline::draw(model, panes.outline_rows, &mut pen);
    }
    if let Some(area) = panes.checklist {
        side(model, area, &mut pen);
        checklist::draw(model, panes.checklist_rows, &mut pen);
        checklist::foot(model, panes.details, &mut pen);
    }
    if let Some(area) = panes.contacts {
        side(model, area, &mut pen);
        contacts::draw(model, panes.contacts_rows, &mut pen);
    }
    library::draw(model, &mut pen);
    if let Some(text) = panes.text {
        reader::draw(model, text, &mut pen);
    }
    status::draw(model, &mut pen);
    overlay::draw(model, area, &mut pen)
}

/// The ground of a side panel and of the gutter between it and the text. Where grounds are not painted, the gutter
/// holds a faint line.
fn side(model: &Model, panel: Rect, pen: &mut Pen) {
    // The ground goes up to the header, through the blank row under it.
    let header = model.panes.header.bottom();
    let up = if panel.y == header + 1 { panel.y - header } else { 0 };
    let panel = Rect { y: panel.y - up, height: panel.height + up, ..panel };
    pen.fill(panel, Ground::Side);
    let Some(text) = model.panes.text else { return };
    let (from, to) = if panel.x < text.x { (panel.right(), text.x) } else { (text.right(), panel.x) };
    let gutter = Rect::new(from, panel.y, to.saturating_sub(from), panel.height);
    pen.fill(gutter, Ground::Side);
    if pen.theme.paints_grounds() || gutter.width == 0 {
        return;
    }
    let (mark, style) = (pen.glyphs.vertical, pen.style(Role::Faint));
    for y in gutter.top()..gutter.bottom() {
        pen.put(gutter.x, y, 1, mark, style);
    }
}

/// Draws the row that the keys act on: its ground first, what stands on it next. Where the row is told by reversed
/// colours, the inks of what stands on it give way, or their grounds would change places with them.
fn selected_row(model: &Model, panel: Panel, area: Rect, pen: &mut Pen, draw: impl FnOnce(&mut Pen)) {
    let beside = matches!(model.overlay, None | Some(Overlay::Filter(_) | Overlay::Quest(_)));
    let focused = model.focus == panel && beside;
    let style = pen.style(if focused { Role::Selected } else { Role::SelectedFaint });
    pen.tint(area, style);
    draw(pen);
    if focused && pen.theme.colour && !pen.theme.paints_grounds() {
        pen.tint(area, Style::new().fg(Color::Reset).bg(Color::Reset));
    }
}

/// The mark of an item and its role.
fn item_mark(glyphs: &Glyphs, value: bool, standing: &Standing, save: Save) -> (&'static str, Role) {
    match (save, standing) {
        (Save::Pending, _) => (glyphs.pending, Role::Pending),
        (Save::Failed, _) => (glyphs.unsaved, Role::Danger),
        (Save::Saved, Standing::Todo) if value => (glyphs.value, Role::Open),
        (Save::Saved, Standing::Todo) => (glyphs.open, Role::Open),
        (Save::Saved, Standing::Done) => (glyphs.done, Role::Done),
        (Save::Saved, Standing::Skipped(_)) => (glyphs.skipped, Role::Skipped),
        (Save::Saved, Standing::Upheld) => (glyphs.upheld, Role::Important),
        (Save::Saved, Standing::Due) => (glyphs.due, Role::Due),
    }
}

/// What is told in the place of what only the whole guide tells.
fn rest_word(model: &Model) -> Option<words::Panel> {
    match model.rest {
        Rest::Here => None,
        Rest::Awaited(_) => Some(words::Panel::Rest),
        Rest::Missing => Some(words::Panel::NoRest),
    }
}

/// The mark of a contact's kind.
fn contact_mark(glyphs: &Glyphs, kind: ContactKind) -> &'static str {
    match kind {
        ContactKind::Mail => glyphs.mail,
        ContactKind::Phone => glyphs.phone,
        ContactKind::Web => glyphs.web,
    }
}

/// With a capital first letter, for titles made of words that stand in sentences elsewhere.
fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
