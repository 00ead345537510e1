//! `show` and `next`: the laid-out guide as rows, marks painted in their slots.

use super::page::{Page, Piece, Row, Voice, split_at_column};
use super::status::{mark, named};
use crate::guide::{Anchor, Guide, Item};
use crate::layout::{self, Layout, Line, Stretch};
use crate::progress::Report;
use crate::theme::{Glyphs, Role};
use crate::words::Shell;
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// An item's mark: how it looks, and what it is.
type Mark = (Role, &'static str);

/// The marks of a guide's items.
#[derive(Debug)]
pub struct Marks(Vec<Option<Mark>>);

impl Marks {
    /// Those that a report tells of.
    pub fn of(guide: &Guide, report: Option<&Report>, glyphs: &Glyphs) -> Marks {
        let mut marks = vec![None; guide.items.len()];
        for item in report.into_iter().flat_map(Report::items) {
            if let Some(slot) = marks.get_mut(item.item) {
                *slot = Some(mark(glyphs, Some(item.kind), item.state));
            }
        }
        Marks(marks)
    }

    fn get(&self, item: usize) -> Option<Mark> {
        self.0.get(item).copied().flatten()
    }
}

/// Calls with each row of a stretch of the guide.
pub fn show(layout: &Layout<'_>, stretch: &Stretch, marks: &Marks, mut call: impl FnMut(Row)) {
    layout.each(stretch, |line| {
        let mark = line.slot.and_then(|slot| Some((slot.column, marks.get(slot.item)?)));
        call(row(&line, mark));
    });
}

/// The same as text alone, for pipes: long guides go faster without pieces.
pub fn show_plain(layout: &Layout<'_>, stretch: &Stretch, marks: &Marks) -> String {
    layout::plain(layout, stretch, |item| marks.get(item).map_or(" ", |mark| mark.1))
}

/// The next open item: its name, and its text.
pub fn next(layout: Layout<'_>, report: &Report, voice: &Voice) -> Page {
    let item = report.next.as_ref().and_then(|next| Some((next, layout.guide.items.get(next.item)?)));
    let Some((next, item)) = item else {
        let none = if report.total == 0 { Shell::NoItems } else { Shell::AllSettled };
        return vec![Row::of(Role::Muted, none.say(voice.lang))];
    };
    let (role, glyph) = mark(voice.glyphs, Some(item.kind), "todo");
    let mut page = vec![Row::of(role, format!("{glyph} ")).with(Role::Heading2, named(next.n, &next.label))];
    let text = text_of(layout, item);
    if !text.is_empty() {
        page.push(Row::default());
        page.extend(text);
    }
    page
}

/// An item's text. Its name stands above it already: the first block is there only where it says more.
pub(super) fn text_of(layout: Layout<'_>, item: &Item) -> Page {
    let guide = layout.guide;
    let heading = guide.headings.iter().any(|h| h.block == item.block());
    let first = guide.block(item.block()).map_or("", |b| b.text.trim());
    let named = heading || first == item.label.as_str();
    part(layout, None, item.blocks.start + u32::from(named)..item.blocks.end)
}

/// The rows of some blocks, without the blank ones above them; marks where a report tells them.
pub(super) fn part(layout: Layout<'_>, report: Option<&Report>, blocks: Range<u32>) -> Page {
    let mut page = Page::new();
    if blocks.is_empty() {
        return page;
    }
    let marks = Marks::of(layout.guide, report, layout.glyphs);
    let stretch = Anchor::of_block(blocks.start)..Anchor::of_block(blocks.end);
    show(&layout, &stretch, &marks, |row| page.extend((!page.is_empty() || !row.plain().is_empty()).then_some(row)));
    page
}

/// A laid-out line as a row, with a mark in the slot's column.
fn row(line: &Line, mark: Option<(u16, Mark)>) -> Row {
    let mut row = Row { pieces: Vec::with_capacity(line.runs.len() + 2), fill: line.fill };
    let mut column = 0;
    for run in &line.runs {
        let text = line.text.get(run.range.clone()).unwrap_or_default();
        let piece = |text: &str| Piece { text: text.to_owned(), role: run.role, style: run.style };
        let width = text.width();
        match mark {
            Some((at, mark)) if (column..column + width).contains(&usize::from(at)) => {
                let (before, here) = split_at_column(text, usize::from(at) - column);
                let (_, after) = split_at_column(here, 1);
                row.pieces.push(piece(before));
                row.pieces.push(Piece { text: mark.1.to_owned(), role: mark.0, ..Piece::default() });
                row.pieces.push(piece(after));
            }
            _ => row.pieces.push(piece(text)),
        }
        column += width;
    }
    row.pieces.retain(|p| !p.text.is_empty());
    row
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::guide::Origin;
    use crate::layout::{Colours, Measures, Medium};
    use crate::progress::{Op, Report};
    use crate::words::Lang;
    use std::collections::BTreeSet;

    const MARKDOWN: &str = "# Plan\n\nDébut.\n\n1. Réunir\n\n   Deux personnes.\n2. Choisir\n\n## Suite\n\nFin.\n";

    fn parse(markdown: &str) -> Guide {
        Guide::parse(markdown, &Origin::default())
    }

    fn with<T>(guide: &Guide, look: impl FnOnce(Layout<'_>) -> T) -> T {
        let (colours, toggled, measures) = (Colours::new(), BTreeSet::new(), Measures::default());
        let glyphs = Glyphs::UNICODE;
        look(Layout {
            guide,
            width: 40,
            glyphs,
            lang: Lang::En,
            colours: &colours,
            toggled: &toggled,
            measures: &measures,
            medium: Medium::Paper,
        })
    }

    /// The guide as shown: in pieces, which are the same text as for pipes.
    fn shown(guide: &Guide, report: Option<&Report>) -> String {
        let (marks, all) = (Marks::of(guide, report, Glyphs::UNICODE), layout::whole(guide));
        let mut page = Page::new();
        with(guide, |layout| show(&layout, &all, &marks, |row| page.push(row)));
        let pieces = plain(&page);
        let text = with(guide, |layout| show_plain(&layout, &all, &marks));
        assert_eq!(pieces, text);
        pieces
    }

    #[test]
    fn marks_are_painted_in_their_slots() {
        let guide = parse(MARKDOWN);
        let report = samples::report(&guide, &[(0, Op::Done)]);
        let text = shown(&guide, Some(&report));
        assert!(text.contains("✓ 1. Réunir") && text.contains("○ 2. Choisir"), "{text}");
        let without = text.replace(['✓', '○'], " ");
        assert_eq!(shown(&guide, None), without, "a mark takes the place of a blank");
    }

    #[test]
    fn next_shows_the_open_item_s_text_and_no_other() {
        let guide = parse(MARKDOWN);
        let text = |done: &[(usize, Op)]| {
            let report = samples::report(&guide, done);
            with(&guide, |layout| plain(&next(layout, &report, &voice(Lang::En))))
        };
        assert!(text(&[]).starts_with("○ 1. Réunir\n") && text(&[]).contains("Deux personnes."), "{}", text(&[]));
        assert!(!text(&[]).contains("Choisir") && !text(&[]).contains("Début"), "{}", text(&[]));
        assert!(!text(&[(0, Op::Done)]).contains("Suite"), "{}", text(&[(0, Op::Done)]));
        assert_eq!(text(&[(0, Op::Done)]), "○ 2. Choisir\n", "nothing is said twice");
        assert_eq!(text(&[(0, Op::Done), (1, Op::Done)]), "Everything is settled.\n");
    }

    #[test]
    fn what_a_key_would_unfold_is_shown_unfolded() {
        let guide = parse("<details>\n<summary>more</summary>\n\nhidden\n\n</details>\n");
        assert_eq!(shown(&guide, None), "▾ more\n\n  hidden\n");
    }

    #[test]
    fn an_empty_guide_shows_nothing() {
        assert_eq!(shown(&parse(""), None), "");
    }
}
