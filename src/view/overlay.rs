//! What lies over the panels: help, a prompt, why an item is one, the front matter, a bare address, a question, a
//! footnote. A table by itself has a file of its own.

use super::pen::{Pen, columns};
use super::{hints, hits, palette, quest, reader, scanned, table};
use crate::app::{AIRY_DIALOG, Action, HistoryView, Model, NoteView, Overlay, Panel, PromptKind, Question};
use crate::app::{HelpLine, filtered_count, help_page, key_name};
use crate::guide::{CleanText, ItemIndex, Why};
use crate::theme::{Ground, Role};
use crate::words;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Draws the overlay; gives the cell of the cursor where a line is being typed.
pub(super) fn draw(model: &Model, area: Rect, pen: &mut Pen) -> Option<(u16, u16)> {
    let lang = model.settings.lang;
    match model.overlay.as_ref()? {
        Overlay::Help { top } => help(model, *top, area, pen),
        Overlay::Prompt(prompt) => {
            let label = match prompt.kind {
                PromptKind::Skip(_) => words::Panel::SkipPrompt,
                PromptKind::Note(_) => words::Panel::NotePrompt,
            };
            return Some(prompt_line(&label.say(lang), &prompt.input, model.panes.footer, pen));
        }
        Overlay::Search(line) => {
            let hint = (words::Panel::PatternHint.say(lang).into_owned(), Role::Muted);
            let told = if line.input.value().is_empty() { vec![hint] } else { hits::told(model) };
            return Some(sought(&line.input, told, model.panes.footer, pen));
        }
        Overlay::Filter(filter) => {
            let told = match filtered_count(model, filter.panel) {
                0 => (words::Panel::NoHits.say(lang).into_owned(), Role::Warning),
                count => (words::Panel::Hits(None, count, 0).say(lang).into_owned(), Role::KeyName),
            };
            return Some(sought(&filter.input, vec![told], model.panes.footer, pen));
        }
        Overlay::Quest(line) => {
            let hint = (words::Panel::PatternHint.say(lang).into_owned(), Role::Muted);
            let told = if line.input.value().is_empty() { vec![hint] } else { quest::told(model) };
            return Some(sought(&line.input, told, model.panes.footer, pen));
        }
        Overlay::Palette(open) => return Some(palette::draw(model, open, area, pen)),
        Overlay::Why(item) => {
            let paragraphs = why(model, *item);
            card(&words::Panel::WhyTitle.say(lang), &paragraphs, area, pen);
        }
        Overlay::FrontMatter { top } => front_matter(model, *top, area, pen),
        Overlay::Bare(scan) => scanned::bare(model, scan, area, pen),
        Overlay::Code(scan) => scanned::code(model, scan, area, pen),
        Overlay::Open(Question { target, guise }) => {
            let mut paragraphs = vec![(target.to_string(), Role::Link)];
            if let Some(named) = guise {
                let told = words::Ui::Disguised(named.clone()).say(lang).into_owned();
                paragraphs.extend([(String::new(), Role::Text), (told, Role::Danger)]);
            }
            card(&words::Panel::OpenQuestion.say(lang), &paragraphs, area, pen);
        }
        Overlay::Hints(hints) => hints::draw(model, hints, pen),
        Overlay::Table(view) => table::draw(model, view, area, pen),
        Overlay::Footnote(view) => footnote(model, view, area, pen),
        Overlay::History(view) => history(model, view, area, pen),
    }
    None
}

/// The keys and what they do.
fn help(model: &Model, top: usize, area: Rect, pen: &mut Pen) {
    let page = help_page(model);
    let height = (page.lines.len() as u16).saturating_add(4).min(area.height.saturating_sub(2));
    let title = words::Panel::HelpTitle.say(model.settings.lang);
    let inner = raised(&title, page.width.saturating_add(4), height, area, pen);
    let (name, word, section) = (pen.style(Role::KeyName), pen.style(Role::Text), pen.style(Role::PanelTitle));
    let top = top.min(page.lines.len().saturating_sub(usize::from(inner.height)));
    for (line, y) in page.lines.iter().skip(top).zip(inner.top()..inner.bottom()) {
        match line {
            HelpLine::Place(place) => {
                pen.put(inner.x, y, inner.width, place, section);
            }
            HelpLine::Keys(keys, what) => {
                pen.put(inner.x + 1, y, inner.width.saturating_sub(1), keys, name);
                pen.put(inner.x + page.words_at, y, inner.width.saturating_sub(page.words_at), what, word);
            }
        }
    }
    more(top > 0, top + usize::from(inner.height) < page.lines.len(), inner, pen);
}

/// Small marks at the right edge where there is more above or below.
pub(super) fn more(above: bool, below: bool, inner: Rect, pen: &mut Pen) {
    let style = pen.style(Role::Muted);
    let (up, down) = (pen.glyphs.more_above, pen.glyphs.more_below);
    if above {
        pen.put(inner.right(), inner.y, 1, up, style);
    }
    if below {
        pen.put(inner.right(), inner.bottom().saturating_sub(1), 1, down, style);
    }
}

fn front_matter(model: &Model, top: usize, area: Rect, pen: &mut Pen) {
    let all = &model.guide.front.all;
    let height = (all.len() as u16).saturating_add(4).min(area.height.saturating_sub(2));
    let inner = raised(&words::Panel::FrontMatterTitle.say(model.settings.lang), 74, height, area, pen);
    let keys = all.iter().map(|(key, _)| columns(key)).max().unwrap_or(0).min(inner.width / 2);
    let (name, word) = (pen.style(Role::Muted), pen.style(Role::Text));
    let top = top.min(all.len().saturating_sub(usize::from(inner.height)));
    for ((key, value), y) in all.iter().skip(top).zip(inner.top()..inner.bottom()) {
        pen.put(inner.x, y, keys, key, name);
        pen.put(inner.x + keys + 2, y, inner.width.saturating_sub(keys + 2), value, word);
    }
    more(top > 0, top + usize::from(inner.height) < all.len(), inner, pen);
}

/// A note, laid out like the text.
fn footnote(model: &Model, view: &NoteView, area: Rect, pen: &mut Pen) {
    let height = (view.lines.len() as u16).saturating_add(4).min(area.height.saturating_sub(2));
    let title = words::Panel::FootnoteTitle(view.place).say(model.settings.lang);
    let inner = raised(&title, view.width.max(columns(&title) + 2) + 4, height, area, pen);
    for (line, y) in view.lines.iter().skip(view.top).zip(inner.top()..inner.bottom()) {
        reader::line(model, line, Rect { y, height: 1, ..inner }, pen);
    }
    more(view.top > 0, view.top + usize::from(inner.height) < view.lines.len(), inner, pen);
}

/// An item's journal.
fn history(model: &Model, view: &HistoryView, area: Rect, pen: &mut Pen) {
    let rows = u16::try_from(view.rows.len()).unwrap_or(u16::MAX);
    let height = rows.saturating_add(4).min(area.height.saturating_sub(2));
    let inner = raised(&words::Past::Title.say(model.settings.lang), view.width.saturating_add(4), height, area, pen);
    for (row, y) in view.rows.iter().skip(view.top).zip(inner.top()..inner.bottom()) {
        let mut x = inner.x;
        for (role, text) in row {
            let style = pen.style(*role);
            x = pen.put(x, y, inner.right().saturating_sub(x), text, style);
        }
    }
    more(view.top > 0, view.top + usize::from(inner.height) < view.rows.len(), inner, pen);
}

fn why(model: &Model, item: ItemIndex) -> Vec<(String, Role)> {
    let lang = model.settings.lang;
    let Some(item) = model.guide.items.get(item) else { return Vec::new() };
    let rule = match item.why {
        Why::NumberedHeading => words::Panel::WhyNumberedHeading,
        Why::TaskBox => words::Panel::WhyTaskBox,
        Why::OrderedList => words::Panel::WhyOrderedList,
        Why::BoldLed => words::Panel::WhyBoldLed,
        Why::NumberedValue => words::Panel::WhyNumberedValue,
    };
    let mut rows = vec![
        (item.label.to_string(), Role::PanelTitle),
        (String::new(), Role::Text),
        (rule.say(lang).into_owned(), Role::Text),
    ];
    if let Some(key) = key_name(model, Panel::Checklist, Action::LeaveOut) {
        let hint = words::Panel::WhyHint(key).say(lang).into_owned();
        rows.extend([(String::new(), Role::Text), (hint, Role::Muted)]);
    }
    if let Some(note) = model.log.entry(&item.id).and_then(|entry| entry.note.as_ref()) {
        rows.extend([(String::new(), Role::Text), (note.to_string(), Role::Note)]);
    }
    rows
}

/// A dialog with a title and text; the footer tells its keys.
fn card(title: &str, paragraphs: &[(String, Role)], area: Rect, pen: &mut Pen) {
    let width = area.width.saturating_sub(4).min(66);
    let room = usize::from(width.saturating_sub(4).max(1));
    let mut rows: Vec<(String, Role)> = Vec::new();
    for (text, role) in paragraphs {
        rows.extend(wrapped(text, room).into_iter().map(|line| (line, *role)));
    }
    let height = (rows.len() as u16).saturating_add(4).min(area.height.saturating_sub(2));
    let inner = raised(title, width, height, area, pen);
    for ((line, role), y) in rows.iter().zip(inner.top()..inner.bottom()) {
        let style = pen.style(*role);
        pen.put(inner.x, y, inner.width, line, style);
    }
}

/// A raised area in the middle with its title; gives the room inside.
pub(super) fn raised(title: &str, width: u16, height: u16, area: Rect, pen: &mut Pen) -> Rect {
    let width = width.min(area.width.saturating_sub(2)).max(1);
    let height = height.max(3).min(area.height);
    let left = area.x + (area.width - width.min(area.width)) / 2;
    let top = area.y + (area.height - height) / 2;
    let frame = Rect::new(left, top, width, height).intersection(area);
    pen.fill(frame, Ground::Raised);
    if !pen.theme.paints_grounds() {
        let (vertical, style) = (pen.glyphs.vertical, pen.style(Role::Faint));
        let rule = pen.glyphs.rule.repeat(usize::from(frame.width));
        pen.put(frame.x, frame.y, frame.width, &rule, style);
        pen.put(frame.x, frame.bottom() - 1, frame.width, &rule, style);
        for y in frame.top() + 1..frame.bottom() - 1 {
            pen.put(frame.x, y, 1, vertical, style);
            pen.put(frame.right() - 1, y, 1, vertical, style);
        }
    }
    let style = pen.style(Role::Accent);
    // The title stands above what the dialog holds.
    pen.put(frame.x + 1, frame.y, frame.width.saturating_sub(2), &format!(" {title} "), style);
    // On a screen of a few rows there is no air under the title.
    let above = if frame.height < AIRY_DIALOG { 1 } else { 2 };
    let (width, height) = (frame.width.saturating_sub(4), frame.height.saturating_sub(above + 1));
    Rect::new(frame.x + 2, frame.y + above, width, height)
}

/// What is looked for, being typed, and what is found at the end of the row: as much of it as there is room for.
fn sought(input: &tui_input::Input, told: Vec<(String, Role)>, area: Rect, pen: &mut Pen) -> (u16, u16) {
    pen.fill(area, Ground::Raised);
    let room = area.width.saturating_sub(12);
    let told = told.into_iter().find(|(text, _)| columns(text) <= room);
    let right = told.map_or(area.right(), |(text, role)| {
        let style = pen.style(role);
        pen.put_right(area.right().saturating_sub(2), area.y, &text, style).saturating_sub(1)
    });
    prompt_line("/", input, Rect { width: right.saturating_sub(area.x), ..area }, pen)
}

/// The line being typed, in the footer's place; it slides so that the cursor stays in sight.
pub(super) fn prompt_line(label: &str, input: &tui_input::Input, area: Rect, pen: &mut Pen) -> (u16, u16) {
    pen.fill(area, Ground::Raised);
    let (name, text) = (pen.style(Role::Accent), pen.style(Role::Text));
    let x = pen.put(area.x + 1, area.y, area.width / 2, label, name) + 1;
    let room = area.right().saturating_sub(x + 1);
    let scroll = input.visual_scroll(usize::from(room));
    let mut skipped = 0;
    let shown: String = input
        .value()
        .graphemes(true)
        .skip_while(|g| {
            skipped += g.width();
            skipped <= scroll
        })
        .collect();
    pen.put(x, area.y, room, &CleanText::new(&shown), text);
    (x + (input.visual_cursor().saturating_sub(scroll) as u16).min(room), area.y)
}

/// Broken at spaces, and inside words that are too long. For the few short texts of dialogs; the guide has its own.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let mut rest = word;
        loop {
            let line = lines.last_mut().expect("there is always a line");
            let used = line.width();
            let gap = usize::from(used > 0);
            if used + gap + rest.width() <= width {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(rest);
                break;
            }
            if used > 0 {
                lines.push(String::new());
                continue;
            }
            let end = fitting(rest, width);
            let (head, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            line.push_str(head);
            rest = tail;
            if rest.is_empty() {
                break;
            }
            lines.push(String::new());
        }
    }
    lines
}

/// The bytes of the longest start that fits; at least one cluster.
fn fitting(text: &str, width: usize) -> usize {
    let mut used = 0;
    let mut end = 0;
    for (at, cluster) in text.grapheme_indices(true) {
        used += cluster.width();
        if used > width && at > 0 {
            break;
        }
        end = at + cluster.len();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_target_is_broken_without_loss() {
        let target = "https://exemple.fr/un/chemin/qui/ne/finit/pas";
        let lines = wrapped(target, 10);
        assert!(lines.iter().all(|l| l.width() <= 10));
        assert_eq!(lines.concat(), target);
        assert_eq!(wrapped("un deux trois", 7), ["un deux", "trois"]);
        assert_eq!(wrapped("日本語", 1).concat(), "日本語");
    }
}
