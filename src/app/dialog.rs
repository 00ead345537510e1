//! What lies over the panels: opening, closing, scrolling it, and the line being typed.

use super::help_page::help_page;
use super::key::{Code, Key};
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::update::Steps;
use super::{filter, finder, hints, history, links, note, palette, quest, table, ticking};
use crate::guide::{CleanText, ItemIndex};
use crate::words::Ui;
use tui_input::InputRequest;

/// The most that is taken of a pasted text, in bytes.
const PASTED: usize = 4096;
/// The longest line that can be typed, in characters: what a record of the journal keeps of a note.
const TYPED: usize = 1000;
/// From this height on a blank row stands under a dialog's title.
pub const AIRY_DIALOG: u16 = 5;
/// Rows of a dialog that are its frame and title, and rows of the screen that stay around it.
const FRAME: usize = 3;

/// Shows the keys.
pub(super) fn help(model: &mut Model) -> Vec<Effect> {
    model.overlay = Some(Overlay::Help { top: 0 });
    Vec::new()
}

/// Says why an item is one; without one, shows the keys.
pub(super) fn why(model: &mut Model, item: Option<ItemIndex>) -> Vec<Effect> {
    let Some(item) = item else { return help(model) };
    model.overlay = Some(Overlay::Why(item));
    Vec::new()
}

/// Shows the front matter.
pub(super) fn front_matter(model: &mut Model) -> Vec<Effect> {
    if model.guide.front.all.is_empty() {
        return model.fact(&Ui::NoFrontMatter);
    }
    model.overlay = Some(Overlay::FrontMatter { top: 0 });
    Vec::new()
}

/// Closes what is open. Whatever was typed is left.
pub(super) fn close(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Bare(_)) if model.mouse => vec![Effect::CaptureMouse(true)],
        Some(Overlay::Search(line)) => {
            finder::abandon(model, line);
            Vec::new()
        }
        Some(Overlay::Filter(filter)) => {
            filter::close(model, &filter);
            Vec::new()
        }
        Some(Overlay::Quest(line)) => quest::abandon(model, line),
        _ => Vec::new(),
    }
}

/// Enter in a dialog.
pub(super) fn confirm(model: &mut Model) -> Vec<Effect> {
    match model.overlay.take() {
        Some(Overlay::Prompt(prompt)) => ticking::typed(model, &prompt),
        Some(Overlay::Search(line)) => finder::confirm(model, &line),
        Some(Overlay::Filter(filter)) => filter::confirm(model, &filter),
        Some(Overlay::Quest(line)) => quest::confirm(model, &line),
        Some(Overlay::Palette(chosen)) => palette::confirm(model, &chosen),
        Some(Overlay::Open(question)) => links::open(model, question.target),
        // Letters are chosen by letters.
        Some(Overlay::Hints(hints)) => {
            model.overlay = Some(Overlay::Hints(hints));
            Vec::new()
        }
        Some(Overlay::Footnote(view)) => note::go_to(model, view.number),
        other => {
            model.overlay = other;
            close(model)
        }
    }
}

/// Copies the target that is asked about, or the address that is shown as a code.
pub(super) fn copy(model: &mut Model) -> Vec<Effect> {
    let target = match &model.overlay {
        Some(Overlay::Open(question)) => question.target.clone(),
        Some(Overlay::Code(scan)) => scan.text.clone(),
        _ => return Vec::new(),
    };
    model.overlay = None;
    links::copy_line(model, target)
}

/// Moves the rows of a long dialog.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    match model.overlay {
        Some(Overlay::Table(_)) => return table::scroll(model, steps),
        Some(Overlay::Footnote(_)) => return note::scroll(model, steps),
        Some(Overlay::History(_)) => return history::scroll(model, steps),
        _ => {}
    }
    let rows = rows(model);
    let room = room(model, rows);
    if let Some(Overlay::Help { top } | Overlay::FrontMatter { top }) = &mut model.overlay {
        *top = steps.from(*top, rows.saturating_sub(room) + 1, room);
    }
}

/// Turns to what stands left (-1) or right (1) of what is shown: a table's columns, or another note.
pub(super) fn turn(model: &mut Model, by: isize) {
    match &mut model.overlay {
        Some(Overlay::Table(view)) => table::pan(view, by),
        Some(Overlay::Footnote(_)) => note::turn(model, by),
        _ => {}
    }
}

/// A key that means nothing to the table of keys, while a line is being typed.
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    if matches!(model.overlay, Some(Overlay::Hints(_))) {
        return hints::key(model, key);
    }
    let Some(input) = model.overlay.as_mut().and_then(Overlay::line) else { return Vec::new() };
    let Some(request) = request(key) else { return Vec::new() };
    let full = matches!(request, InputRequest::InsertChar(_)) && input.value().chars().count() >= TYPED;
    let changed = if full { None } else { input.handle(request) };
    if changed.is_some_and(|change| change.value) { typed(model) } else { Vec::new() }
}

/// Another search, or another row, while a line is being typed: earlier (-1) or later (1).
pub(super) fn recall(model: &mut Model, by: isize) -> Vec<Effect> {
    match &mut model.overlay {
        Some(Overlay::Search(_)) => return finder::recall(model, by),
        Some(Overlay::Filter(_)) => filter::step(model, by),
        Some(Overlay::Quest(_)) => return quest::step(model, by),
        Some(Overlay::Palette(open)) => palette::step(open, by),
        _ => {}
    }
    Vec::new()
}

/// The line being typed is another one.
fn typed(model: &mut Model) -> Vec<Effect> {
    match &mut model.overlay {
        Some(Overlay::Search(_)) => return finder::typed(model),
        Some(Overlay::Filter(_)) => filter::typed(model),
        Some(Overlay::Quest(_)) => return quest::typed(model),
        Some(Overlay::Palette(open)) => palette::typed(open, &model.settings.keymap),
        _ => {}
    }
    Vec::new()
}

/// Pasted text goes into the line being typed, cleaned to one line; elsewhere it is dropped, for pasted text must
/// never act as keys.
pub(super) fn paste(model: &mut Model, raw: &str) -> Vec<Effect> {
    let Some(input) = model.overlay.as_mut().and_then(Overlay::line) else { return Vec::new() };
    let end = (0..=PASTED.min(raw.len())).rev().find(|end| raw.is_char_boundary(*end)).unwrap_or(0);
    let room = TYPED.saturating_sub(input.value().chars().count());
    for c in CleanText::line(raw.get(..end).unwrap_or_default()).chars().take(room) {
        input.handle(InputRequest::InsertChar(c));
    }
    typed(model)
}

impl Model {
    /// Derives how far a dialog is scrolled at today's size, and closes one about what is no longer there.
    pub(super) fn settle_dialog(&mut self) {
        let rows = rows(self);
        let most = rows.saturating_sub(room(self, rows));
        match &mut self.overlay {
            Some(Overlay::Help { top } | Overlay::FrontMatter { top }) => *top = (*top).min(most),
            Some(Overlay::Why(item)) if *item >= self.guide.items.len() => self.overlay = None,
            Some(Overlay::Table(_)) => table::settle(self),
            Some(Overlay::Hints(_)) => hints::settle(self),
            Some(Overlay::Footnote(_)) => note::settle(self),
            Some(Overlay::Palette(_)) => palette::settle(self),
            Some(Overlay::History(_)) => history::settle(self),
            _ => {}
        }
    }
}

/// How many rows the dialog has to show.
fn rows(model: &Model) -> usize {
    match &model.overlay {
        Some(Overlay::Help { .. }) => help_page(model).lines.len(),
        Some(Overlay::FrontMatter { .. }) => model.guide.front.all.len(),
        _ => 0,
    }
}

/// How many of them fit: a dialog is as high as it must be, and leaves a row above and below.
pub(super) fn room(model: &Model, rows: usize) -> usize {
    let height = usize::from(model.size.1).saturating_sub(2).min(rows.saturating_add(FRAME + 1));
    let airy = usize::from(height >= usize::from(AIRY_DIALOG));
    height.saturating_sub(FRAME - 1 + airy).max(1)
}

/// What a key means to a line being typed: the keys of readline, as people know them.
fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as R;
    if let Some(c) = key.typed() {
        return Some(R::InsertChar(c));
    }
    let word = key.ctrl || key.alt;
    Some(match (key.normal().code, word) {
        (Code::Backspace, false) => R::DeletePrevChar,
        (Code::Backspace, true) => R::DeletePrevWord,
        (Code::Delete, false) => R::DeleteNextChar,
        (Code::Delete, true) => R::DeleteNextWord,
        (Code::Left, false) => R::GoToPrevChar,
        (Code::Right, false) => R::GoToNextChar,
        (Code::Left, true) => R::GoToPrevWord,
        (Code::Right, true) => R::GoToNextWord,
        (Code::Home, _) => R::GoToStart,
        (Code::End, _) => R::GoToEnd,
        (Code::Char('a'), _) if key.ctrl => R::GoToStart,
        (Code::Char('e'), _) if key.ctrl => R::GoToEnd,
        (Code::Char('u'), _) if key.ctrl => R::DeleteFromStart,
        (Code::Char('k'), _) if key.ctrl => R::DeleteTillEnd,
        (Code::Char('w'), _) if key.ctrl => R::DeletePrevWord,
        (Code::Char('y'), _) if key.ctrl => R::Yank,
        (Code::Char('b'), _) if key.alt => R::GoToPrevWord,
        (Code::Char('f'), _) if key.alt => R::GoToNextWord,
        _ => return None,
    })
}
