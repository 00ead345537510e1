//! Search hits: painted on the rows of the text once these are drawn, and told in the footer. Layout knows none of them.

use super::pen::{Pen, clusters};
use crate::app::{End, Finder, Model};
use crate::layout::Run;
use crate::theme::Role;
use crate::words::Panel;
use ratatui::layout::Rect;

/// Paints the hits in a run of a block's text that was drawn from the left edge of `area` on.
pub(super) fn paint(finder: &Finder, block: u32, run: &Run, text: &str, area: Rect, pen: &mut Pen) {
    let Some(origin) = run.origin.filter(|_| !finder.hits.is_empty()) else { return };
    let touched = finder.hits.touching(block, origin..origin + text.len() as u32);
    if touched.is_empty() {
        return;
    }
    let (mut x, mut from) = (area.x, origin);
    for (cluster, columns) in clusters(text) {
        let width = (columns as u16).min(area.right().saturating_sub(x));
        let bytes = from..from + cluster.len() as u32;
        let held =
            |i: &usize| finder.hits.get(*i).is_some_and(|h| h.range.start < bytes.end && bytes.start < h.range.end);
        if let Some(hit) = touched.clone().find(held) {
            let role = if finder.at == Some(hit) { Role::HitHere } else { Role::Hit };
            let style = pen.style(role);
            pen.tint(Rect::new(x, area.y, width, 1), style);
        }
        x += width;
        from = bytes.end;
    }
}

/// What the search has to tell, from the whole of it to the least, for as much room as there is.
pub(super) fn told(model: &Model) -> Vec<(String, Role)> {
    let (finder, lang) = (&model.finder, model.settings.lang);
    let say = |word: Panel, role| (word.say(lang).into_owned(), role);
    if !finder.is_on() {
        return Vec::new();
    }
    if finder.is_waiting() && finder.hits.is_empty() {
        return vec![say(Panel::Searching, Role::Muted)];
    }
    if let Some(flaw) = finder.flaw {
        return vec![say(Panel::Flawed(flaw), Role::Warning)];
    }
    if finder.hits.is_empty() {
        return vec![say(Panel::NoHits, Role::Warning)];
    }
    let (at, of) = (finder.at.map(|at| at + 1), finder.hits.len());
    let (bare, role) = say(Panel::Hits(at, of, 0), Role::KeyName);
    let full = say(Panel::Hits(at, of, finder.hits.others), role);
    let turned = finder.turned.map(|end| match end {
        End::First => Panel::FromFirst.say(lang),
        End::Last => Panel::FromLast.say(lang),
    });
    match turned {
        Some(turned) => vec![(format!("{turned} {bare}"), Role::Warning), (bare, role)],
        None => vec![full, (bare, role)],
    }
}
