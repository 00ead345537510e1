//! The top row: the guide's title and how far one has come.

use super::pen::{Pen, columns};
use crate::app::Model;
use crate::guide::GroupKind;
use crate::theme::{Ground, Role};
use crate::words;
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Side);
    let lang = model.settings.lang;
    let (steps, values) = (model.checklist.steps, model.checklist.values);
    let mut counts = Vec::new();
    if steps.total > 0 {
        let tasks = model.guide.groups.iter().all(|g| g.kind != GroupKind::Steps);
        let name = if tasks { words::Panel::Tasks } else { words::Panel::Steps };
        counts.push((format!("{} {}/{}", name.say(lang), steps.done, steps.total), steps));
    }
    if values.total > 0 {
        counts.push((format!("{} {}/{}", words::Panel::Values.say(lang), values.done, values.total), values));
    }
    let mut right = area.right().saturating_sub(2);
    // The title needs at least half of the row; counts give way from the left on a narrow one.
    let limit = area.x + area.width / 2;
    for (i, (text, tally)) in counts.iter().enumerate().rev() {
        if right.saturating_sub(columns(text)) < limit {
            break;
        }
        let done = tally.done == tally.total;
        let style = pen.style(if done { Role::Done } else { Role::Muted });
        right = pen.put_right(right, area.y, text, style);
        if i > 0 {
            let (dot, style) = (format!(" {} ", pen.glyphs.dot), pen.style(Role::Faint));
            right = pen.put_right(right, area.y, &dot, style);
        }
    }
    let style = pen.style(Role::PanelTitle);
    pen.put(area.x + 1, area.y, right.saturating_sub(area.x + 3), &model.guide.title, style);
}
