//! Footnotes: which marks are on the screen, and the note that is shown over the text.

use super::model::{Model, Overlay};
use super::msg::Effect;
use super::reader;
use super::update::Steps;
use crate::guide::{ContainerId, Guide, InlineStyle};
use crate::layout::{Layout, Line, Medium};
use crate::words::Ui;

/// Rows of a note that are shown; what is longer is read in its place.
const MOST: usize = 400;
/// A note's widest row.
const WIDEST: u16 = 66;
/// Columns around a note's rows: its card's edges, and what stays of the screen.
const AROUND: u16 = 8;

/// A footnote's text over the screen.
#[derive(Clone, Debug, Default)]
pub struct NoteView {
    /// Its number.
    pub number: u32,
    /// The first row shown.
    pub top: usize,
    /// Derived: its rows.
    pub lines: Vec<Line>,
    /// Derived: the columns that they take.
    pub width: u16,
    /// Derived: it is the so-manieth of so many that are marked on the screen; none where its mark is not there.
    pub place: Option<(usize, usize)>,
}

/// Shows the first note that is marked on the screen.
pub(super) fn open_first(model: &mut Model) -> Vec<Effect> {
    match marked(model).first() {
        Some(number) => open(model, *number),
        None => model.fact(&Ui::NoNote),
    }
}

/// Shows a note.
pub(super) fn open(model: &mut Model, number: u32) -> Vec<Effect> {
    model.overlay = Some(Overlay::Footnote(NoteView { number, ..NoteView::default() }));
    Vec::new()
}

/// Whether a note is marked on the screen.
pub(super) fn is_marked(model: &Model) -> bool {
    !marked(model).is_empty()
}

/// Shows the next (1) or previous (-1) of the notes that are marked on the screen.
pub(super) fn turn(model: &mut Model, by: isize) {
    let Some(Overlay::Footnote(view)) = &model.overlay else { return };
    let marked = marked(model);
    let next = marked.iter().position(|n| *n == view.number).and_then(|at| at.checked_add_signed(by));
    if let Some(number) = next.and_then(|at| marked.get(at)).copied() {
        open(model, number);
    }
}

/// Goes to where the note is written; `Backspace` comes back.
pub(super) fn go_to(model: &mut Model, number: u32) -> Vec<Effect> {
    if let Some((_, first)) = written(&model.guide, number) {
        reader::jump(model, first);
    }
    super::focus(model, super::Panel::Text)
}

/// The note whose mark stands at a byte of a block.
pub(super) fn mark_at(guide: &Guide, block: u32, byte: u32) -> Option<u32> {
    let block = guide.block(block)?;
    let at = block.spans.partition_point(|s| s.range.end <= byte);
    let span = block.spans.get(at).filter(|s| s.range.contains(&byte) && s.style.has(InlineStyle::FOOTNOTE))?;
    let mark = block.text.get(span.range.start as usize..span.range.end as usize)?;
    mark.trim_matches(['[', ']']).parse().ok()
}

/// Scrolls a long note.
pub(super) fn scroll(model: &mut Model, steps: Steps) {
    let room = height(model);
    if let Some(Overlay::Footnote(view)) = &mut model.overlay {
        view.top = steps.from(view.top, view.lines.len().saturating_sub(room) + 1, room);
    }
}

/// Derives the rows; closes a note that is no longer there.
pub(super) fn settle(model: &mut Model) {
    let Some(Overlay::Footnote(view)) = &model.overlay else { return };
    let mut view = view.clone();
    let Some((id, first)) = written(&model.guide, view.number) else {
        model.overlay = None;
        return;
    };
    let room = model.size.0.saturating_sub(AROUND).clamp(1, WIDEST);
    view.lines = rows(model, id, first, room);
    let grounds = view.lines.iter().any(|l| l.fill.is_some());
    let widest = view.lines.iter().map(Line::columns).max().unwrap_or_default();
    view.width = if grounds { room } else { widest as u16 };
    view.top = view.top.min(view.lines.len().saturating_sub(height(model)));
    let marked = marked(model);
    view.place = marked.iter().position(|n| *n == view.number).map(|at| (at + 1, marked.len()));
    model.overlay = Some(Overlay::Footnote(view));
}

/// The notes that are marked on the screen, in the order of their first marks.
fn marked(model: &Model) -> Vec<u32> {
    let mut found = Vec::new();
    for line in &model.reader.lines {
        let marks = line.runs.iter().filter(|r| r.style.has(InlineStyle::FOOTNOTE));
        let numbers = marks.filter_map(|r| mark_at(&model.guide, line.anchor.block, r.origin?));
        for number in numbers {
            if !found.contains(&number) {
                found.push(number);
            }
        }
    }
    found
}

/// The container of a note, and its first block.
fn written(guide: &Guide, wanted: u32) -> Option<(ContainerId, u32)> {
    let id = guide.footnotes.iter().find(|note| note.number == wanted)?.container;
    Some((id, guide.container(id)?.first_block))
}

/// The rows of a note: laid out like the text, for the width of a card.
fn rows(model: &Model, note: ContainerId, first: u32, width: u16) -> Vec<Line> {
    let layout = Layout { width, medium: Medium::Card, ..model.layout() };
    let lines = layout.lines(layout.opening(first), MOST);
    let inside = |line: &Line| {
        let container = model.guide.block(line.anchor.block).and_then(|b| b.container);
        is_inside(&model.guide, container, note)
    };
    lines.into_iter().take_while(inside).collect()
}

/// Whether a container is another one, or stands in it.
fn is_inside(guide: &Guide, container: Option<ContainerId>, around: ContainerId) -> bool {
    let mut next = container;
    while let Some(id) = next.filter(|id| *id >= around) {
        if id == around {
            return true;
        }
        next = guide.container(id).and_then(|c| c.parent).filter(|p| *p < id);
    }
    false
}

/// How many rows of a note fit on the screen.
fn height(model: &Model) -> usize {
    super::dialog::room(model, usize::MAX)
}
