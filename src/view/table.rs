//! A table by itself: its place in the guide and what of it is shown in the top row, the head, the rows below it.

use super::pen::{Pen, columns};
use super::reader;
use crate::app::{Model, TableView};
use crate::theme::{Ground, Role};
use crate::words::Panel;
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, view: &TableView, area: Rect, pen: &mut Pen) {
    let panes = &model.panes;
    let bottom = if panes.notice.height > 0 { panes.notice.y } else { panes.footer.y };
    pen.fill(Rect { height: bottom.saturating_sub(area.y), ..area }, Ground::Page);
    title(model, view, pen);
    let sheet = panes.sheet;
    let lines = view.head.iter().chain(&view.lines);
    for (line, y) in lines.zip(sheet.top()..sheet.bottom()) {
        reader::line(model, &view.window.of(line), Rect { y, height: 1, ..sheet }, pen);
    }
    edges(view, sheet, pen);
}

/// The section that the table stands in, and how much of the table is shown.
fn title(model: &Model, view: &TableView, pen: &mut Pen) {
    let area = model.panes.header;
    pen.fill(area, Ground::Side);
    let muted = pen.style(Role::Muted);
    let shown = shown(model, view, usize::from(area.width / 2));
    let right = pen.put_right(area.right().saturating_sub(2), area.y, &shown, muted);
    let section = model.guide.section_at(view.top).and_then(|s| model.guide.headings.get(s));
    let section = section.map_or(&model.guide.title, |s| &s.text);
    let style = pen.style(Role::PanelTitle);
    pen.put(area.x + 1, area.y, right.saturating_sub(area.x + 3), section, style);
}

/// Which rows and columns are shown, as far as there are others and there is room to tell.
fn shown(model: &Model, view: &TableView, room: usize) -> String {
    let mut parts = Vec::new();
    let (first, last) = (*view.shown.start(), *view.shown.end());
    if (first, last) != (1, view.rows) && view.rows > 0 {
        parts.push(Panel::Rows(first, last, view.rows));
    }
    if view.beyond() != (false, false) {
        parts.push(Panel::Columns(view.window.shown.start + 1, view.window.shown.end, view.columns));
    }
    let between = format!(" {} ", model.glyphs().dot);
    let said: Vec<_> = parts.iter().map(|part| part.say(model.settings.lang)).collect();
    let all = said.join(&between);
    if usize::from(columns(&all)) <= room { all } else { said.into_iter().next_back().unwrap_or_default().into_owned() }
}

/// Marks beside the head where there is more to the left or the right: in the margin, or beside the column that stays.
fn edges(view: &TableView, sheet: Rect, pen: &mut Pen) {
    let (left, right) = view.beyond();
    let style = pen.style(Role::Accent);
    let (more_left, more_right) = (pen.glyphs.more_left, pen.glyphs.more_right);
    if left {
        let x = if view.window.pinned { sheet.x + view.window.stays() } else { 0 };
        pen.put(x, sheet.y, 1, more_left, style);
    }
    if right {
        pen.put(pen.buf.area.right() - 1, sheet.y, 1, more_right, style);
    }
}
