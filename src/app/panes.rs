//! All geometry of the screen: update, draw and the mouse ask it.

use super::model::Panel;
use ratatui::layout::Rect;

/// Where everything stands. A part that is not shown is `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// False where the window is smaller than 20x5: one line says so, nothing else is drawn.
    pub fits: bool,
    /// The top row: title and counts.
    pub header: Rect,
    /// The outline panel.
    pub outline: Option<Rect>,
    /// The breadcrumb's row above the text.
    pub breadcrumb: Rect,
    /// The text panel, margins included.
    pub text: Option<Rect>,
    /// The text column inside the text panel: at most 90 columns, centred. The scroll bar stands right of `text`'s edge.
    pub column: Rect,
    /// The checklist panel.
    pub checklist: Option<Rect>,
    /// The contacts panel, under the checklist where there is room, else in its place.
    pub contacts: Option<Rect>,
    /// The row of notices and banners above the footer; of height 0 where there is nothing to say.
    pub notice: Rect,
    /// The bottom row: keys and place.
    pub footer: Rect,
}

/// What is to be shown, as far as geometry depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The panel with the focus.
    pub focus: Panel,
    /// The side panel to show where there is room for one.
    pub side: Panel,
    /// The outline is folded away.
    pub outline_hidden: bool,
    /// How many contacts there are.
    pub contacts: usize,
}

/// Where everything stands in a window of this many columns and rows.
pub fn arrange(width: u16, height: u16, shown: Shown) -> Panes {
    let _ = shown;
    let area = Rect::new(0, 0, width, height);
    Panes { fits: width >= 20 && height >= 5, text: Some(area), column: area, ..Panes::default() }
}
