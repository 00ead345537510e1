//! The rows at the bottom: what there is to tell, the keys that matter here, how far down one is.

use super::hits;
use super::pen::{Pen, columns};
use crate::app::{Model, Notice, Tone, footer_hints};
use crate::theme::{Ground, Role};
use crate::words;
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, pen: &mut Pen) {
    notice(model, model.panes.notice, pen);
    footer(model, model.panes.footer, pen);
}

fn notice(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Side);
    let Some(Notice { tone, text }) = model.said() else { return };
    let role = match tone {
        Tone::Fact => Role::Good,
        Tone::Warning => Role::Warning,
        Tone::Trouble => Role::Danger,
    };
    let style = pen.style(role);
    pen.put(area.x + 1, area.y, area.width.saturating_sub(2), text, style);
}

fn footer(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Side);
    let (name, word) = (pen.style(Role::KeyName), pen.style(Role::KeyWord));
    let lang = model.settings.lang;
    let place = match (&model.library, model.reader.all) {
        (Some(library), _) if library.rows.is_empty() => "0".into(),
        (Some(library), _) => format!("{}/{}", library.selected + 1, library.rows.len()).into(),
        (None, true) => words::Panel::Whole.say(lang),
        (None, false) => words::Panel::Percent(model.reader.percent).say(lang),
    };
    let mut right = pen.put_right(area.right().saturating_sub(2), area.y, &place, word).saturating_sub(2);
    // Half of the row is for the keys.
    let room = right.saturating_sub(area.width / 2);
    if let Some((text, role)) = hits::told(model).into_iter().find(|(text, _)| columns(text) <= room) {
        let style = pen.style(role);
        right = pen.put_right(right, area.y, &text, style).saturating_sub(2);
    }
    let mut x = area.x + 1;
    for (key, what) in footer_hints(model) {
        // A hint is shown whole or not at all.
        if x + columns(&key) + 1 + columns(&what) > right {
            break;
        }
        x = pen.put(x, area.y, right - x, &key, name) + 1;
        x = pen.put(x, area.y, right - x, &what, word) + 3;
    }
}
