//! The top row: the guide's title and how far one has come.

use super::pen::{Pen, columns};
use super::{library, rest_word};
use crate::app::Model;
use crate::guide::GroupKind;
use crate::progress::Tally;
use crate::theme::{Ground, Role};
use crate::words;
use ratatui::layout::Rect;

pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) {
    if area.height == 0 {
        return;
    }
    pen.fill(area, Ground::Side);
    let mut right = area.right().saturating_sub(2);
    let counts = match library::counts(model, area.width * 2 / 3) {
        Some(counts) => counts.into_iter().map(|text| (text, false)).collect(),
        None => counts(model, usize::from(area.width / 2)),
    };
    for (i, (text, settled)) in counts.iter().enumerate().rev() {
        let style = pen.style(if *settled { Role::Done } else { Role::Muted });
        right = pen.put_right(right, area.y, text, style);
        if i > 0 {
            let (dot, style) = (format!(" {} ", pen.glyphs.dot), pen.style(Role::Faint));
            right = pen.put_right(right, area.y, &dot, style);
        }
    }
    let style = pen.style(Role::PanelTitle);
    pen.put(area.x + 1, area.y, right.saturating_sub(area.x + 3), &model.guide.title, style);
}

/// How many steps and values are settled, and whether all are. The title keeps at least half of the row: on a narrow
/// one the counts lose their names, then the values go.
fn counts(model: &Model, room: usize) -> Vec<(String, bool)> {
    let lang = model.settings.lang;
    if let Some(word) = rest_word(model) {
        let text = word.say(lang).into_owned();
        return Some((text, false)).filter(|(text, _)| usize::from(columns(text)) <= room).into_iter().collect();
    }
    let steps = model.guide.groups.iter().any(|g| g.kind == GroupKind::Steps);
    let named = if steps { words::Panel::Steps } else { words::Panel::Tasks };
    let (steps, values) = (model.checklist.steps, model.checklist.values);
    let all = [(named, steps), (words::Panel::Values, values)];
    let shown: Vec<_> = all.into_iter().filter(|(_, tally)| tally.total > 0).collect();
    let bare = |tally: Tally| (format!("{}/{}", tally.done, tally.total), tally.done == tally.total);
    let full = shown.iter().map(|(name, tally)| {
        let (count, settled) = bare(*tally);
        (format!("{} {count}", name.say(lang)), settled)
    });
    let width =
        |counts: &[(String, bool)]| counts.iter().map(|(text, _)| usize::from(columns(text)) + 3).sum::<usize>();
    let full: Vec<_> = full.collect();
    let short: Vec<_> = shown.iter().map(|(_, tally)| bare(*tally)).collect();
    match (width(&full) <= room, width(&short) <= room) {
        (true, _) => full,
        (false, true) => short,
        (false, false) => short.into_iter().take(1).collect(),
    }
}
