//! Hints: letters over the links on the screen, by which one follows a link or copies its target without a mouse.
//! Draws nothing; where a letter stands follows from the rows as they are laid out.

use super::key::{Code, Key, shows};
use super::model::{Model, Overlay};
use super::msg::Effect;
use super::{links, note};
use crate::guide::{InlineStyle, LinkId};
use crate::layout::{Line, columns};
use crate::words::Ui;
use std::collections::BTreeSet;

/// The letters of the home row that QWERTY, QWERTZ and AZERTY have in common, the easiest first.
const LETTERS: &[char] = &['f', 'j', 'd', 'k', 's', 'l', 'g', 'h'];

/// What is done with the link that is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand {
    /// It is followed.
    Follow,
    /// Its target is copied.
    Copy,
}

/// Letters over the links on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hints {
    /// What for.
    pub errand: Errand,
    /// The letters typed so far: the start of one label at least.
    pub typed: String,
    /// The letter that was typed last and begins no label.
    pub wrong: Option<char>,
    /// Derived: the labels.
    pub marks: Vec<Hint>,
}

/// A label over a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Row of the text column, counted from 0.
    pub row: u16,
    /// Column of the text column, counted from 0.
    pub column: u16,
    /// The letters; none is the start of another's.
    pub label: String,
    aim: Aim,
}

/// What a label stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Aim {
    Link(LinkId),
    Note(u32),
}

/// Shows the labels, if there is anything to put them on.
pub(super) fn open(model: &mut Model, errand: Errand) -> Vec<Effect> {
    if aims(model, errand).is_empty() {
        return model.fact(&Ui::NoLink);
    }
    model.overlay = Some(Overlay::Hints(Hints { errand, typed: String::new(), wrong: None, marks: Vec::new() }));
    Vec::new()
}

/// Whether a link is on the screen.
pub(super) fn has_link(model: &Model) -> bool {
    model.reader.lines.iter().any(|line| line.runs.iter().any(|run| run.link.is_some()))
}

/// A key while the labels are shown: a letter, in either case, or one letter less.
pub(super) fn key(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Overlay::Hints(hints)) = &mut model.overlay else { return Vec::new() };
    hints.wrong = None;
    if key.normal().code == Code::Backspace {
        hints.typed.pop();
    }
    let Some(letter) = key.typed().filter(|c| shows(*c)).and_then(|c| c.to_lowercase().next()) else {
        return Vec::new();
    };
    let typed = format!("{}{letter}", hints.typed);
    let Some(first) = hints.marks.iter().find(|hint| hint.label.starts_with(&typed)) else {
        hints.wrong = Some(letter);
        return Vec::new();
    };
    if first.label != typed {
        hints.typed = typed;
        return Vec::new();
    }
    let (aim, errand) = (first.aim, hints.errand);
    model.overlay = None;
    match (aim, errand) {
        (Aim::Link(link), Errand::Follow) => links::follow(model, link),
        (Aim::Link(link), Errand::Copy) => links::copy_target(model, link),
        (Aim::Note(number), _) => note::open(model, number),
    }
}

/// Derives the labels from the rows; goes away with the last link.
pub(super) fn settle(model: &mut Model) {
    let Some(Overlay::Hints(hints)) = &model.overlay else { return };
    let mut hints = hints.clone();
    hints.marks = marks(aims(model, hints.errand), model.panes.column.width);
    if !hints.marks.iter().any(|hint| hint.label.starts_with(&hints.typed)) {
        hints.typed.clear();
    }
    model.overlay = if hints.marks.is_empty() { None } else { Some(Overlay::Hints(hints)) };
}

/// Where there is something to choose: row, column and what. A link that goes on in the next row is one.
fn aims(model: &Model, errand: Errand) -> Vec<(u16, u16, Aim)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for (row, line) in model.reader.lines.iter().enumerate() {
        let mut column = 0;
        for run in &line.runs {
            let note = || note::mark_at(&model.guide, line.anchor.block, run.origin?).map(Aim::Note);
            let aim = match run.link {
                Some(link) => Some(Aim::Link(link)),
                None if errand == Errand::Follow && run.style.has(InlineStyle::FOOTNOTE) => note(),
                None => None,
            };
            // A note that is marked twice on a row has a label twice: which one is meant is one.
            if let Some(aim) = aim.filter(|aim| seen.insert(*aim)) {
                found.push((row as u16, column as u16, aim));
            }
            column += width_of(line, &run.range);
        }
    }
    found
}

fn width_of(line: &Line, range: &std::ops::Range<usize>) -> usize {
    line.text.get(range.clone()).map_or(0, columns)
}

/// Gives each a label. Labels of one row never cover each other: where links stand closer than labels are long, a label
/// stands a little further right; one that has no room at all is left out.
fn marks(aims: Vec<(u16, u16, Aim)>, width: u16) -> Vec<Hint> {
    let labels = labels(aims.len());
    let mut marks: Vec<Hint> = Vec::with_capacity(aims.len());
    for ((row, column, aim), label) in aims.into_iter().zip(labels) {
        let long = label.len() as u16;
        let before = marks.last().filter(|hint| hint.row == row).map_or(0, |hint| {
            // Two labels side by side would be read as one.
            hint.column + hint.label.len() as u16 + 1
        });
        let column = column.min(width.saturating_sub(long)).max(before);
        if column + long <= width {
            marks.push(Hint { row, column, label, aim });
        }
    }
    marks
}

/// So many labels, none of which is the start of another; the first ones are the shortest.
fn labels(count: usize) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut spent = 0;
    // The shortest label that is left becomes the start of eight others, until there are enough.
    while all.len() - spent < count || all.len() == 1 {
        let start = all.get(spent).cloned().unwrap_or_default();
        spent += 1;
        all.extend(LETTERS.iter().map(|letter| format!("{start}{letter}")));
    }
    all.split_off(spent).into_iter().take(count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_short_and_none_is_the_start_of_another() {
        for count in [0, 1, 2, 7, 8, 9, 15, 16, 60, 64, 65, 400, 2000] {
            let labels = labels(count);
            assert_eq!(labels.len(), count);
            for (n, one) in labels.iter().enumerate().take(80) {
                assert!(one.chars().all(|c| LETTERS.contains(&c)) && !one.is_empty());
                assert!(
                    labels.iter().enumerate().all(|(m, other)| m == n || !other.starts_with(one.as_str())),
                    "{one}"
                );
            }
            let longest = labels.iter().map(String::len).max().unwrap_or_default();
            let needed = (1..).find(|n| 8_usize.pow(*n) >= count).unwrap_or_default() as usize;
            assert!(longest <= needed, "{count} labels of {longest} letters");
        }
        assert_eq!(labels(9).iter().filter(|l| l.len() == 1).count(), 7, "one letter gives way");
    }

    #[test]
    fn labels_of_a_row_stand_apart_and_inside_it() {
        let aims = (0..12).map(|n| (0, n, Aim::Note(n.into()))).chain([(1, 39, Aim::Note(40))]).collect();
        let marks = marks(aims, 40);
        let spans: Vec<(u16, u16, u16)> =
            marks.iter().map(|h| (h.row, h.column, h.column + h.label.len() as u16)).collect();
        assert!(spans.windows(2).all(|w| w[0].0 < w[1].0 || w[0].2 < w[1].1), "{spans:?}");
        assert!(spans.iter().all(|(_, _, end)| *end <= 40), "{spans:?}");
        assert_eq!(spans.len(), 13);
    }
}
