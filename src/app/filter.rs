//! The filter of the outline and of the checklist: while one types, only rows that hold every word are shown. `Enter`
//! goes where it always goes, `Esc` shows all rows again, with the one that was found selected.

use super::model::{CheckRow, Model, Overlay, Panel};
use super::msg::Effect;
use super::update::Steps;
use super::{checklist, finder, outline};
use crate::guide::fold;
use std::ops::Range;

/// A filter being typed.
#[derive(Clone, Debug)]
pub struct Filter {
    /// Which list.
    pub panel: Panel,
    /// The text and the cursor.
    pub input: tui_input::Input,
}

/// What a row must hold: words, folded.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sieve(Vec<String>);

/// Opens the filter of the list with the focus; where there is none, a search.
pub(super) fn open(model: &mut Model) -> Vec<Effect> {
    let panel = model.focus;
    if !matches!(panel, Panel::Outline | Panel::Checklist) {
        return finder::open(model);
    }
    model.overlay = Some(Overlay::Filter(Filter { panel, input: tui_input::Input::default() }));
    Vec::new()
}

/// The line is another one: the first row that fits is selected.
pub(super) fn typed(model: &mut Model) {
    let Some(Overlay::Filter(filter)) = &model.overlay else { return };
    match filter.panel {
        Panel::Checklist => {
            checklist::make_rows(model);
            let first = |row: &CheckRow| matches!(row, CheckRow::Item { .. });
            model.checklist.selected = model.checklist.rows.iter().position(first).unwrap_or(0);
        }
        _ => model.outline.selected = 0,
    }
}

/// Moves the selection.
pub(super) fn step(model: &mut Model, by: isize) {
    match &model.overlay {
        Some(Overlay::Filter(filter)) if filter.panel == Panel::Checklist => checklist::scroll(model, Steps::Rows(by)),
        Some(Overlay::Filter(_)) => outline::scroll(model, Steps::Rows(by)),
        _ => {}
    }
}

/// Goes to the selected row. Called when the line is gone and the rows are still those that fit.
pub(super) fn confirm(model: &mut Model, filter: &Filter) -> Vec<Effect> {
    match filter.panel {
        Panel::Checklist if !model.checklist.rows.is_empty() => {
            model.checklist.followed = None;
            checklist::go_to(model)
        }
        Panel::Outline if !model.outline.rows.is_empty() => outline::go_to(model),
        _ => Vec::new(),
    }
}

/// Shows all rows again. Called when the line is gone and the rows are still those that fit.
pub(super) fn close(model: &mut Model, filter: &Filter) {
    match filter.panel {
        Panel::Checklist => {
            let (item, group) = (checklist::selected_item(model), checklist::selected_group(model));
            checklist::make_rows(model);
            match (item, group) {
                (Some(item), _) => checklist::select(model, Some(item)),
                (None, Some(group)) => checklist::select_group(model, group),
                (None, None) => {}
            }
        }
        _ => {
            let heading = outline::selected(model);
            outline::make_rows(model);
            outline::select(model, heading);
        }
    }
}

/// What a list's rows must hold, if it is being filtered.
pub(super) fn sieve(model: &Model, panel: Panel) -> Option<Sieve> {
    let Some(Overlay::Filter(filter)) = &model.overlay else { return None };
    if filter.panel == panel { Sieve::of(filter.input.value()) } else { None }
}

impl Sieve {
    /// Of what was typed; none where that holds no word.
    pub(super) fn of(typed: &str) -> Option<Sieve> {
        let folded = fold(typed).text;
        let words: Vec<String> = folded.split(' ').filter(|w| !w.is_empty()).map(str::to_owned).collect();
        (!words.is_empty()).then_some(Sieve(words))
    }

    /// Whether a text holds every word.
    pub(super) fn fits(&self, text: &str) -> bool {
        self.fits_folded(&fold(text).text)
    }

    /// Whether a text that was folded holds every word.
    pub(super) fn fits_folded(&self, folded: &str) -> bool {
        self.0.iter().all(|word| folded.contains(word.as_str()))
    }

    /// The bytes of a text that hold a word.
    pub(super) fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let folded = fold(text);
        let places = self.0.iter().flat_map(|w| folded.text.match_indices(w.as_str()).map(|(at, w)| at..at + w.len()));
        places.map(|range| folded.source(range)).collect()
    }
}

/// The bytes of a row's text that a filter of its list finds in it.
pub fn filtered(model: &Model, panel: Panel, text: &str) -> Vec<Range<usize>> {
    sieve(model, panel).map(|sieve| sieve.marks(text)).unwrap_or_default()
}

/// How many rows fit the filter that is being typed.
pub fn filtered_count(model: &Model, panel: Panel) -> usize {
    match panel {
        Panel::Checklist => model.checklist.rows.iter().filter(|r| matches!(r, CheckRow::Item { .. })).count(),
        _ => model.outline.rows.len(),
    }
}
