//! The help as it lies on the screen: its rows broken to the width of the window, so that no word of them is cut. Says
//! nothing of its own.

use super::help::help_rows;
use super::model::Model;
use crate::layout::wrapped;
use unicode_width::UnicodeWidthStr;

/// Columns of the window that the dialog leaves free, its frame and the air inside it included.
const AROUND: usize = 6;
/// Columns before the keys, and between them and the words.
const GAPS: usize = 3;
/// Where less than this is left beside the keys, the words stand under them.
const BESIDE: usize = 28;

/// The rows of the help, broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpPage {
    /// The rows.
    pub lines: Vec<HelpLine>,
    /// Columns that they need.
    pub width: u16,
    /// The column in which the words begin.
    pub words_at: u16,
}

/// A row of the help.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// The name of a place.
    Place(String),
    /// Keys and what they do; either may be empty where the other goes on.
    Keys(String, String),
}

/// The help for the window as it is.
pub fn help_page(model: &Model) -> HelpPage {
    let rows = help_rows(model);
    let widest = |of: fn(&(String, String)) -> &String| rows.iter().map(|row| of(row).width()).max().unwrap_or(0);
    let (keys, words) = (widest(|row| &row.0), widest(|row| &row.1));
    // One column more than the widest row, for the mark that there is more.
    let width = (keys + words + GAPS + 1).min(usize::from(model.size.0).saturating_sub(AROUND)).max(1);
    let beside = width.saturating_sub(keys + GAPS + 1);
    let words_at = if beside >= BESIDE { keys + GAPS } else { GAPS };
    let room = width.saturating_sub(words_at + 1).max(1);
    let mut lines = Vec::new();
    let mut rest = rows.into_iter().peekable();
    while let Some((first, what)) = rest.next() {
        if first.is_empty() {
            lines.push(HelpLine::Place(what));
            continue;
        }
        let mut names = vec![first];
        while let Some((more, _)) = rest.next_if(|(keys, what)| !keys.is_empty() && what.is_empty()) {
            names.push(more);
        }
        let words = wrapped(&what, room);
        let under = if beside >= BESIDE { 0 } else { names.len() };
        let part = |parts: &[String], at: Option<usize>| at.and_then(|at| parts.get(at)).cloned().unwrap_or_default();
        let all = names.len().max(under + words.len());
        lines.extend((0..all).map(|n| HelpLine::Keys(part(&names, Some(n)), part(&words, n.checked_sub(under)))));
    }
    HelpPage { lines, width: width as u16, words_at: words_at as u16 }
}
