//! All geometry of the screen: update, draw and the mouse ask it. Knows sizes and counts, never what is drawn.

use super::model::Panel;
use ratatui::layout::Rect;

/// From this many columns on, outline, text and checklist stand side by side.
pub const WIDE: u16 = 110;
/// From this many columns on, the text and one side panel; below, one panel at a time.
pub const MIDDLE: u16 = 70;
/// The smallest window in which something is drawn.
pub const SMALLEST: (u16, u16) = (20, 5);
/// The largest window that is drawn; a terminal that reports more is not believed.
pub const LARGEST: (u16, u16) = (1000, 400);

/// From this height on a blank row stands under the header.
const AIRY: u16 = 16;
/// From this height on a blank row stands under the breadcrumb too.
const VERY_AIRY: u16 = 20;
/// From this height of the body on there is a breadcrumb.
const CRUMBED: u16 = 5;
/// The most columns that a folder's guides take.
const SHELF: u16 = 120;
/// From this height on the list of guides tells below what its rows have no room for.
const FOOTED: u16 = 6;
/// Above the rows of a side panel: its title and a blank row.
const HEAD: u16 = 2;
/// From these heights of the checklist on, so many rows of it tell of the selected item, a line above them included.
const FEET: [(u16, u16); 3] = [(24, 9), (18, 7), (12, 4)];

/// Where everything stands. A part that is not shown is `None`, or has no rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    /// False where the window is smaller than 20x5: one line says so, nothing else is drawn.
    pub fits: bool,
    /// The top row: title and counts.
    pub header: Rect,
    /// The outline panel.
    pub outline: Option<Rect>,
    /// Inside the outline panel: one row for each of the outline's rows.
    pub outline_rows: Rect,
    /// The breadcrumb's row above the text; no rows where there is no room.
    pub breadcrumb: Rect,
    /// The text panel, margins included.
    pub text: Option<Rect>,
    /// The text column inside the text panel: at most 90 columns, centred. The scroll bar stands right of `text`'s
    /// edge. Where the text is not shown, where it would stand: what is being read is known all the same.
    pub column: Rect,
    /// The checklist panel.
    pub checklist: Option<Rect>,
    /// Inside the checklist panel: one row for each of the checklist's rows.
    pub checklist_rows: Rect,
    /// Under the checklist's rows while it has the focus and there is room: all that is known of the selected one.
    pub details: Rect,
    /// The contacts panel, under the checklist where there is room, else in its place.
    pub contacts: Option<Rect>,
    /// Inside the contacts panel: one row for each contact.
    pub contacts_rows: Rect,
    /// A folder's guides, in place of everything between header and footer.
    pub library: Option<Rect>,
    /// Inside: one row for each guide.
    pub library_rows: Rect,
    /// Under the rows, where they have no room for it: what else is known of the selected guide.
    pub library_foot: Rect,
    /// Where a table by itself stands: its head, and its rows below.
    pub sheet: Rect,
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
    /// How many headings the outline has.
    pub headings: usize,
    /// How many rows the checklist has.
    pub items: usize,
    /// How many contacts there are.
    pub contacts: usize,
    /// There is something to say in the row of notices.
    pub notice: bool,
    /// The text column's greatest width.
    pub max_width: u16,
}

/// Where everything stands in a window of this many columns and rows.
pub fn arrange(width: u16, height: u16, shown: Shown) -> Panes {
    let (width, height) = (width.min(LARGEST.0), height.min(LARGEST.1));
    let window = Rect::new(0, 0, width, height);
    if width < SMALLEST.0 || height < SMALLEST.1 {
        return Panes { column: window, ..Panes::default() };
    }
    let air = u16::from(height >= AIRY);
    let notice = u16::from(shown.notice);
    let body = Rect::new(0, 1 + air, width, height - 2 - air - notice);
    let margin = if width >= 50 { 2 } else { 1 };
    let mut panes = Panes {
        fits: true,
        sheet: Rect { x: margin, width: width - 2 * margin, ..body },
        header: Rect::new(0, 0, width, 1),
        notice: Rect::new(0, height - 1 - notice, width, notice),
        footer: Rect::new(0, height - 1, width, 1),
        ..Panes::default()
    };
    match width {
        _ if shown.focus == Panel::Library => one_panel(&mut panes, body, shown),
        WIDE.. => three_panels(&mut panes, body, shown),
        MIDDLE.. => two_panels(&mut panes, body, shown),
        _ => one_panel(&mut panes, body, shown),
    }
    panes
}

/// Outline, text, and the checklist with the contacts under it; one column between panels for a faint line.
fn three_panels(panes: &mut Panes, body: Rect, shown: Shown) {
    // The text is the hero: up to 130 columns all that is gained goes to it.
    let spare = body.width.saturating_sub(130);
    let mut text = body;
    if !shown.outline_hidden && shown.headings > 0 {
        let (left, rest) = split(text, 28 + (spare / 5).min(6));
        place_outline(panes, left);
        text = Rect { x: rest.x + 1, width: rest.width - 1, ..rest };
    }
    if has_right(shown) {
        let (rest, right) = split(text, text.width - 34 - (spare / 8).min(4));
        place_right(panes, right, shown);
        text = Rect { width: rest.width - 1, ..rest };
    }
    place_text(panes, text, body, shown);
    panes.text = Some(text_panel(panes, text));
}

/// The text and, on its right, one side panel; the text never moves sideways when the side panel changes.
fn two_panels(panes: &mut Panes, body: Rect, shown: Shown) {
    let Some(side) = side_panel(shown) else {
        place_text(panes, body, body, shown);
        panes.text = Some(text_panel(panes, body));
        return;
    };
    let (rest, right) = split(body, body.width - (body.width * 7 / 20).clamp(25, 34));
    match side {
        Panel::Outline => place_outline(panes, right),
        _ => place_right(panes, right, shown),
    }
    let text = Rect { width: rest.width - 1, ..rest };
    place_text(panes, text, body, shown);
    panes.text = Some(text_panel(panes, text));
}

/// The panel with the focus alone.
fn one_panel(panes: &mut Panes, body: Rect, shown: Shown) {
    place_text(panes, body, body, shown);
    match shown.focus {
        Panel::Text => panes.text = Some(text_panel(panes, body)),
        Panel::Outline => place_outline(panes, body),
        Panel::Checklist => place_checklist(panes, body, shown),
        Panel::Contacts => place_contacts(panes, body),
        Panel::Library => place_library(panes, body),
    }
    if shown.focus != Panel::Text {
        panes.breadcrumb.height = 0;
    }
}

/// Whether there is a right panel. A guide that is only read keeps its room for the text: its contacts come when asked
/// for.
fn has_right(shown: Shown) -> bool {
    shown.items > 0 || (shown.contacts > 0 && shown.focus == Panel::Contacts)
}

/// Which panel stands beside the text; none where there is nothing to show.
fn side_panel(shown: Shown) -> Option<Panel> {
    let right = has_right(shown);
    let wanted = if shown.focus == Panel::Text { shown.side } else { shown.focus };
    match wanted {
        Panel::Outline if shown.headings > 0 => Some(Panel::Outline),
        _ if right => Some(Panel::Checklist),
        _ if shown.headings > 0 && !shown.outline_hidden => Some(Panel::Outline),
        _ => None,
    }
}

/// The checklist with the contacts under it; where that leaves too little, the one of them with the focus.
fn place_right(panes: &mut Panes, area: Rect, shown: Shown) {
    if shown.items == 0 {
        return place_contacts(panes, area);
    }
    let contacts = u16::try_from(shown.contacts).unwrap_or(u16::MAX).saturating_add(HEAD);
    let under = contacts.min(area.height / 3);
    match shown.contacts {
        0 => place_checklist(panes, area, shown),
        _ if under > HEAD => {
            place_checklist(panes, Rect { height: area.height - under, ..area }, shown);
            let y = area.y + area.height - under;
            place_contacts(panes, Rect { y, height: under, ..area });
        }
        _ if shown.focus == Panel::Contacts => place_contacts(panes, area),
        _ => place_checklist(panes, area, shown),
    }
}

fn place_outline(panes: &mut Panes, area: Rect) {
    panes.outline = Some(area);
    panes.outline_rows = rows(area);
}

fn place_checklist(panes: &mut Panes, area: Rect, shown: Shown) {
    panes.checklist = Some(area);
    let foot = FEET.into_iter().find(|(from, _)| shown.focus == Panel::Checklist && area.height >= *from);
    let foot = foot.map_or(0, |(_, foot)| foot);
    let list = Rect { height: area.height - foot, ..area };
    panes.checklist_rows = rows(list);
    panes.details = Rect { y: list.bottom(), height: foot, ..area };
}

fn place_contacts(panes: &mut Panes, area: Rect) {
    panes.contacts = Some(area);
    panes.contacts_rows = rows(area);
}

/// The guides, as wide as one can read across; where a row has no room for all, the rest of it stands below.
fn place_library(panes: &mut Panes, body: Rect) {
    let width = body.width.min(SHELF);
    let area = Rect { x: body.x + (body.width - width) / 2, width, ..body };
    let foot = if body.width < MIDDLE && body.height >= FOOTED { 2 } else { 0 };
    panes.library = Some(body);
    panes.library_rows = Rect { height: area.height - foot, ..area };
    panes.library_foot = Rect { y: panes.library_rows.bottom(), height: foot, ..area };
}

/// The rows of a side panel, under its head.
fn rows(area: Rect) -> Rect {
    let head = HEAD.min(area.height);
    Rect { y: area.y + head, height: area.height - head, ..area }
}

/// The breadcrumb and the text column.
fn place_text(panes: &mut Panes, area: Rect, body: Rect, shown: Shown) {
    let crumb = u16::from(area.height >= CRUMBED);
    let air = u16::from(crumb == 1 && body.y + body.height >= VERY_AIRY - 1);
    let margin = if area.width >= 50 { 2 } else { 1 };
    let width = area.width.saturating_sub(2 * margin).clamp(1, shown.max_width.max(1));
    let x = area.x + (area.width - width) / 2;
    panes.breadcrumb = Rect { x, y: area.y, width, height: crumb };
    panes.column = Rect { x, y: area.y + crumb + air, width, height: area.height - crumb - air };
}

/// The text panel: as wide as its area, as high as the text column.
fn text_panel(panes: &Panes, area: Rect) -> Rect {
    Rect { y: panes.column.y, height: panes.column.height, ..area }
}

/// Splits off the first `width` columns.
fn split(area: Rect, width: u16) -> (Rect, Rect) {
    let width = width.min(area.width);
    (Rect { width, ..area }, Rect { x: area.x + width, width: area.width - width, ..area })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guide() -> Shown {
        Shown { side: Panel::Checklist, headings: 10, items: 9, contacts: 2, max_width: 90, ..Shown::default() }
    }

    fn at(width: u16, height: u16) -> Panes {
        arrange(width, height, guide())
    }

    #[test]
    fn a_wide_window_shows_all_panels_side_by_side() {
        let panes = at(120, 40);
        let (outline, text) = (panes.outline.unwrap(), panes.text.unwrap());
        let (list, contacts) = (panes.checklist.unwrap(), panes.contacts.unwrap());
        assert_eq!((outline.x, outline.width), (0, 28));
        assert_eq!((text.x, text.width), (29, 56));
        assert_eq!((list.x, list.width), (86, 34));
        assert_eq!((panes.column.x, panes.column.width), (31, 52));
        assert_eq!((contacts.y, contacts.height), (39 - 4, 4));
        assert_eq!(list.y + list.height, contacts.y);
        assert_eq!(panes.contacts_rows.height, 2);
        assert_eq!((panes.breadcrumb.y, panes.column.y, panes.column.height), (2, 4, 35));
    }

    #[test]
    fn a_guide_without_items_keeps_its_room_for_the_text() {
        let read = Shown { items: 0, ..guide() };
        let panes = arrange(120, 40, read);
        assert_eq!((panes.checklist, panes.contacts), (None, None));
        assert_eq!(panes.text.unwrap().right(), 120);
        let asked = arrange(120, 40, Shown { focus: Panel::Contacts, ..read });
        assert_eq!(asked.contacts.map(|c| c.x), Some(86));
    }

    #[test]
    fn the_text_column_is_at_most_ninety_wide_and_centred() {
        let panes = at(260, 40);
        let text = panes.text.unwrap();
        assert_eq!(panes.column.width, 90);
        assert_eq!(panes.column.x - text.x, (text.width - 90) / 2);
    }

    #[test]
    fn a_hidden_outline_gives_its_room_to_the_text() {
        let hidden = arrange(120, 40, Shown { outline_hidden: true, ..guide() });
        assert_eq!((hidden.outline, hidden.text.unwrap().x), (None, 0));
        assert_eq!(hidden.text.unwrap().width, 56 + 29);
    }

    #[test]
    fn a_middle_window_shows_the_text_and_the_focused_side_panel() {
        let panes = at(80, 24);
        assert_eq!((panes.text.unwrap().width, panes.checklist.unwrap().width), (51, 28));
        assert!(panes.outline.is_none() && panes.contacts.is_some());
        let outline = arrange(80, 24, Shown { focus: Panel::Outline, ..guide() });
        assert_eq!(outline.outline.unwrap().x, panes.checklist.unwrap().x);
        assert_eq!(outline.column, panes.column, "the text stays where it is");
    }

    #[test]
    fn a_narrow_window_shows_the_focused_panel_alone() {
        for focus in [Panel::Outline, Panel::Text, Panel::Checklist, Panel::Contacts] {
            let panes = arrange(40, 12, Shown { focus, ..guide() });
            let shown = [panes.outline, panes.text, panes.checklist, panes.contacts];
            assert_eq!(shown.iter().flatten().count(), 1, "{focus:?}");
            assert_eq!(shown.iter().flatten().next().unwrap().width, 40, "{focus:?}");
        }
    }

    #[test]
    fn few_rows_show_the_contacts_alone_when_they_have_the_focus() {
        assert_eq!(at(80, 10).contacts, None);
        let panes = arrange(80, 10, Shown { focus: Panel::Contacts, ..guide() });
        assert!(panes.contacts.is_some() && panes.checklist.is_none());
    }

    #[test]
    fn a_guide_without_items_and_contacts_has_no_side_panel() {
        let bare = Shown { items: 0, contacts: 0, ..guide() };
        assert_eq!(arrange(120, 40, bare).checklist, None);
        assert!(arrange(80, 24, bare).outline.is_some(), "the outline takes the place");
        assert_eq!(arrange(80, 24, Shown { headings: 0, ..bare }).text.unwrap().width, 80);
    }

    #[test]
    fn below_twenty_by_five_nothing_fits() {
        assert!(at(20, 5).fits && !at(19, 5).fits && !at(20, 4).fits);
    }

    fn shown() -> impl Strategy<Value = Shown> {
        let panel = prop::sample::select(vec![Panel::Outline, Panel::Text, Panel::Checklist, Panel::Contacts]);
        let count = prop::sample::select(vec![0, 1, 5, 70_000]);
        (panel.clone(), panel, any::<[bool; 2]>(), [count.clone(), count.clone(), count], 0_u16..200).prop_map(
            |(focus, side, [outline_hidden, notice], [headings, items, contacts], max_width)| Shown {
                focus,
                side,
                outline_hidden,
                headings,
                items,
                contacts,
                notice,
                max_width,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn everything_stands_inside_the_window_and_panels_do_not_overlap(
            width in 0_u16..=1000, height in 0_u16..=400, small in any::<bool>(), shown in shown(),
        ) {
            let (width, height) = if small { (width % 160, height % 30) } else { (width, height) };
            let window = Rect::new(0, 0, width, height);
            let panes = arrange(width, height, shown);
            let lists = [panes.outline_rows, panes.checklist_rows, panes.contacts_rows];
            let rows = [panes.header, panes.breadcrumb, panes.column, panes.notice, panes.footer];
            for part in rows.iter().chain(&lists) {
                prop_assert_eq!(part.intersection(window), *part);
            }
            let panels = [panes.outline, panes.text, panes.checklist, panes.contacts];
            let solid: Vec<Rect> = panels.into_iter().flatten().chain([panes.header, panes.notice, panes.footer]).collect();
            for (n, one) in solid.iter().enumerate() {
                prop_assert_eq!(one.intersection(window), *one);
                for other in &solid[n + 1..] {
                    prop_assert!(one.intersection(*other).is_empty(), "{:?} {:?}", one, other);
                }
            }
            if panes.fits {
                prop_assert!(panes.column.width >= 1 && panes.column.width <= shown.max_width.max(1));
                prop_assert!(panes.column.height >= 1 && panes.footer.height == 1);
            }
        }
    }
}
