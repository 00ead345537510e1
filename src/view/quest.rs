//! A search in all guides of a folder: in each row of the list how many hits the guide has and what stands around the
//! first, and what there is to tell of the whole.

use super::library::{ROOMY, path};
use super::pen::{Pen, columns, cut};
use crate::app::{Listed, Model, Overlay};
use crate::guide::CleanText;
use crate::guide::search::Excerpt;
use crate::theme::Role;
use crate::words::Panel;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns of the count of a guide's hits.
const COUNT: u16 = 6;

/// Draws what a guide holds at the right of its row; gives the columns that are left for its mark and title.
pub(super) fn draw(model: &Model, listed: &Listed, area: Rect, pen: &mut Pen) -> u16 {
    let roomy = area.width >= ROOMY;
    let left = if roomy { area.width * 2 / 5 } else { area.width.saturating_sub(COUNT + 2) };
    let right = area.x + left + 1 + COUNT;
    if let Some(find) = listed.find() {
        let style = pen.style(Role::KeyName);
        pen.put_right(right, area.y, &find.hits.to_string(), style);
    }
    if roomy {
        let x = right + 2;
        let rest = Rect { x, width: area.right().saturating_sub(x + 1), ..area };
        match listed.find() {
            Some(_) => excerpt(listed, rest, pen),
            None => path(model, listed, rest, pen),
        }
    }
    left
}

/// The first hit with what stands around it, as far as there is room: the hit before all.
pub(super) fn excerpt(listed: &Listed, area: Rect, pen: &mut Pen) {
    let Some(Excerpt { before, hit, behind }) = listed.find().and_then(|find| find.first.as_ref()) else { return };
    let (muted, mut marked) = (pen.style(Role::Muted), pen.style(Role::Hit));
    if !pen.theme.paints_grounds() {
        // In the selected row, which is told by reversed colours, the hit has none of its own.
        marked = marked.add_modifier(Modifier::UNDERLINED);
    }
    let rest = columns(hit).saturating_add(columns(behind));
    // A third of the row is for what stands before, and more where the rest is short.
    let room = area.width.saturating_sub(rest).max(area.width / 3);
    let tail = tail(before, usize::from(room));
    let mut x = area.x;
    if tail.len() < before.len() {
        x = pen.put(x, area.y, 1, pen.glyphs.ellipsis, muted);
    }
    x = pen.put(x, area.y, area.right().saturating_sub(x), tail, muted);
    x = pen.put(x, area.y, area.right().saturating_sub(x), hit, marked);
    pen.put(x, area.y, area.right().saturating_sub(x), behind, muted);
}

/// The longest end of a text that fits in `room` columns and begins with a word, with one column kept for an ellipsis
/// where it is cut; the end of a word where a whole one has no room.
fn tail(text: &str, room: usize) -> &str {
    if text.width() <= room {
        return text;
    }
    let (mut used, mut start, mut word) = (1, text.len(), None);
    for (at, cluster) in text.grapheme_indices(true).rev() {
        used += cluster.width();
        if used > room {
            break;
        }
        if cluster == " " && start < text.len() {
            word = Some(start);
        }
        start = at;
    }
    text.get(word.unwrap_or(start)..).unwrap_or_default()
}

/// What is looked for, where it stands over the list and is not being typed; cut to `room` columns.
pub(super) fn standing(model: &Model, room: usize) -> Option<String> {
    let query = &model.library.as_ref()?.quest.query;
    if query.is_empty() || matches!(model.overlay, Some(Overlay::Quest(_))) {
        return None;
    }
    let query = CleanText::line(query);
    let (kept, is_cut) = cut(&query, room);
    let kept = if is_cut { format!("{kept}{}", model.glyphs().ellipsis) } else { kept.to_owned() };
    Some(Panel::Sought(CleanText::line(&kept)).say(model.settings.lang).into_owned())
}

/// What the search has to tell, from the whole of it to the least, for as much room as there is.
pub(super) fn told(model: &Model) -> Vec<(String, Role)> {
    let Some(library) = model.library.as_ref().filter(|library| library.quest.is_on()) else { return Vec::new() };
    let say = |word: Panel, role| (word.say(model.settings.lang).into_owned(), role);
    let (quest, (hits, guides)) = (&library.quest, library.hits());
    match (quest.flaw, quest.is_waiting()) {
        (Some(flaw), _) => vec![say(Panel::Flawed(flaw), Role::Warning)],
        (None, _) if !quest.sifts() => Vec::new(),
        (None, true) if hits == 0 => vec![say(Panel::Searching, Role::Muted)],
        (None, true) => vec![say(Panel::HitsSoFar(hits, guides), Role::Muted), say(Panel::Searching, Role::Muted)],
        (None, false) if library.rows.is_empty() => vec![say(Panel::NoHits, Role::Warning)],
        // They are named so, and hold nothing of it.
        (None, false) if hits == 0 => vec![say(Panel::Guides(library.rows.len()), Role::KeyName)],
        (None, false) => {
            vec![say(Panel::HitsInGuides(hits, guides), Role::KeyName), say(Panel::Hits(None, hits, 0), Role::KeyName)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tail;

    #[test]
    fn the_end_that_is_kept_begins_with_a_word_and_has_room() {
        assert_eq!(tail("un deux trois ", 20), "un deux trois ");
        assert_eq!(tail("un deux trois ", 13), "deux trois ");
        assert_eq!(tail("un deux trois ", 9), "trois ");
        assert_eq!(tail("un deux trois ", 5), "ois ");
        assert_eq!(tail("日本語", 4), "語");
        assert_eq!((tail("mot", 1), tail("", 0)), ("", ""));
    }
}
