//! The mouse: which panel, row and mark it means. Cells may lie anywhere, also outside the window.

use super::key::{Mouse, MouseKind};
use super::model::{Grip, Model};
use super::msg::Effect;
use super::update::Steps;
use super::{checklist, contacts, dialog, library, outline, reader};
use ratatui::layout::{Position, Rect};

/// Rows that one notch of the wheel moves.
const NOTCH: isize = 3;

/// Something the mouse did.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    let at = Position { x: mouse.column, y: mouse.row };
    match mouse.kind {
        MouseKind::WheelUp => wheel(model, at, -NOTCH),
        MouseKind::WheelDown => wheel(model, at, NOTCH),
        MouseKind::Press if model.overlay.is_none() => return press(model, at),
        MouseKind::Drag if model.grip == Grip::Thumb && model.overlay.is_none() => drag(model, at.y),
        MouseKind::Release => model.grip = Grip::Nothing,
        MouseKind::Press | MouseKind::Drag => {}
    }
    Vec::new()
}

/// Scrolls what is under the pointer; it need not have the focus.
fn wheel(model: &mut Model, at: Position, by: isize) {
    if let Some(overlay) = &model.overlay {
        if !overlay.is_typing() {
            dialog::scroll(model, Steps::Rows(by));
        }
        return;
    }
    let panes = model.panes;
    let over = |panel: Option<Rect>| panel.is_some_and(|p| p.contains(at));
    if over(panes.text) {
        reader::roll(model, by);
    } else if over(panes.outline) {
        let (list, room) = (&mut model.outline, usize::from(panes.outline_rows.height));
        (list.top, list.selected) = rolled(list.top, list.selected, list.rows.len(), room, by);
    } else if over(panes.checklist) {
        let (list, room) = (&mut model.checklist, usize::from(panes.checklist_rows.height));
        (list.top, list.selected) = rolled(list.top, list.selected, list.rows.len(), room, by);
    } else if over(panes.contacts) {
        let (count, room) = (model.guide.contacts.len(), usize::from(panes.contacts_rows.height));
        let list = &mut model.contacts;
        (list.top, list.selected) = rolled(list.top, list.selected, count, room, by);
    } else if let Some(list) = model.library.as_mut().filter(|_| over(panes.library)) {
        let room = usize::from(panes.library_rows.height);
        (list.top, list.selected) = rolled(list.top, list.selected, list.rows.len(), room, by);
    }
}

/// Scrolls a list; the selection is taken along where it would leave the screen.
fn rolled(top: usize, selected: usize, count: usize, room: usize, by: isize) -> (usize, usize) {
    let top = top.saturating_add_signed(by).min(count.saturating_sub(room));
    // The same row of context as when the selection moves by itself, else settling would scroll back.
    let context = usize::from(room >= 5);
    let first = if top == 0 { 0 } else { top + context };
    let last = if top + room >= count { count } else { top + room - context.min(room) };
    (top, selected.min(last.saturating_sub(1)).max(first))
}

/// Whether the pointer is on the scroll bar: the text panel's last column, or the line that parts it from the next one.
fn on_scroll_bar(model: &Model, at: Position) -> bool {
    let (Some(text), column) = (model.panes.text, model.panes.column) else { return false };
    let rows = column.top()..column.bottom();
    let columns = column.right().max(text.right().saturating_sub(1))..=text.right();
    !model.reader.all && rows.contains(&at.y) && columns.contains(&at.x)
}

/// The scroll bar's thumb follows the pointer, wherever that is from side to side.
fn drag(model: &mut Model, y: u16) {
    let column = model.panes.column;
    let most = column.height.saturating_sub(1);
    reader::scroll_to(model, y.saturating_sub(column.y).min(most), most);
}

fn press(model: &mut Model, at: Position) -> Vec<Effect> {
    let panes = model.panes;
    if on_scroll_bar(model, at) {
        model.grip = Grip::Thumb;
        drag(model, at.y);
        return Vec::new();
    }
    let hit = |rows: Rect| rows.contains(at).then(|| (usize::from(at.y - rows.y), at.x - rows.x));
    if let Some((row, _)) = hit(panes.outline_rows).filter(|_| panes.outline.is_some()) {
        return outline::click(model, row);
    }
    if let Some((row, column)) = hit(panes.checklist_rows).filter(|_| panes.checklist.is_some()) {
        return checklist::click(model, row, column);
    }
    if let Some((row, _)) = hit(panes.contacts_rows).filter(|_| panes.contacts.is_some()) {
        return contacts::click(model, row);
    }
    if let Some((row, _)) = hit(panes.library_rows).filter(|_| panes.library.is_some()) {
        return library::click(model, row);
    }
    match panes.text {
        Some(text) if panes.column.contains(at) && text.contains(at) => {
            reader::click(model, at.y - panes.column.y, at.x - panes.column.x)
        }
        _ => Vec::new(),
    }
}
