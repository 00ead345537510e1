//! What rows say: nothing lost, nothing wider than the screen, French marks where they belong.

use super::{Desk, columns, ink, random};
use jalon::guide::{Anchor, Block, BlockKind};
use jalon::layout::{Line, plain, whole};
use proptest::prelude::*;

/// The text that rows show of a block, in order of its bytes.
pub(super) fn shown(lines: &[Line], block: u32) -> String {
    let mut parts: Vec<(u32, &str)> = Vec::new();
    for line in lines.iter().filter(|l| l.anchor.block == block) {
        let runs = line.runs.iter().filter_map(|r| r.origin.map(|o| (o, &line.text[r.range.clone()])));
        parts.extend(runs);
    }
    parts.sort_by_key(|p| p.0);
    ink(&parts.iter().map(|p| p.1).collect::<String>())
}

/// The blocks that are not folded away.
pub(super) fn visible(desk: &Desk) -> impl Iterator<Item = (u32, &Block)> {
    let layout = desk.at(80);
    desk.guide.blocks().filter(move |(n, _)| !layout.hides(*n))
}

/// What holds of every row at a width: its runs cover it, nothing in it moves the cursor, it is not too wide, and it is
/// as wide as it says.
pub(super) fn check_lines(lines: &[Line], width: u16) -> Result<(), String> {
    for line in lines {
        let end = line.runs.last().map_or(0, |r| r.range.end);
        let covered = end == line.text.len() && line.runs.windows(2).all(|w| w[0].range.end == w[1].range.start);
        // A wide character needs two columns, however narrow the screen.
        let fits = columns(line) <= usize::from(width.max(2)) && columns(line) == line.columns();
        if !covered || !fits || line.text.contains(['\n', '\t', '\u{AD}']) {
            return Err(format!("{} columns: {line:?}", columns(line)));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::random::cases())]

    #[test]
    fn no_text_is_lost_and_no_row_is_too_wide(source in random::source(), width in 1..200u16) {
        let desk = Desk::new(&source);
        let lines = desk.all(width);
        for (n, block) in visible(&desk) {
            prop_assert_eq!(shown(&lines, n), ink(&block.text), "block {} at {}", n, width);
        }
        check_lines(&lines, width).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn runs_say_where_their_text_stands_in_the_block(source in random::source(), width in 1..200u16) {
        let desk = Desk::new(&source);
        for line in desk.all(width) {
            let block = desk.guide.block(line.anchor.block).unwrap();
            for run in line.runs.iter().filter(|r| r.origin.is_some()) {
                let from = run.origin.unwrap() as usize;
                let text = block.text.get(from..from + run.range.len()).unwrap_or_default();
                prop_assert_eq!(text.replace('\t', " "), &line.text[run.range.clone()]);
            }
        }
    }
}

#[test]
fn the_built_in_guide_is_set_by_the_french_rule_at_every_width() {
    let desk = Desk::built_in();
    for width in 20..=200 {
        let lines = desk.all(width);
        for line in &lines {
            let text = line.text.trim_start();
            assert!(!text.starts_with(['?', '!', ':', ';', '»']), "{width}: {text}");
            assert!(!text.trim_end().ends_with('«'), "{width}: {text}");
            assert!(columns(line) <= usize::from(width), "{width}: {text}");
        }
        for (n, block) in desk.guide.blocks() {
            assert_eq!(shown(&lines, n), ink(&block.text), "{width}");
        }
    }
}

#[test]
fn nothing_is_too_narrow() {
    for source in [
        include_str!("../../layout/lists.md"),
        include_str!("../../layout/tables.md"),
        include_str!("../../layout/deep.md"),
    ] {
        let desk = Desk::new(source);
        for width in 0..12 {
            let lines = desk.all(width);
            for (n, block) in desk.guide.blocks() {
                assert_eq!(shown(&lines, n), ink(&block.text), "{width}");
            }
        }
    }
}

#[test]
fn text_keeps_eight_columns_beside_the_deepest_indent() {
    let desk = Desk::new(include_str!("../../layout/deep.md"));
    for line in desk.all(20) {
        let indent: usize = line.runs.iter().take_while(|r| r.origin.is_none()).map(|r| r.range.len()).sum();
        assert!(jalon::layout::columns(&line.text[..indent]) <= 12, "{}", line.text);
    }
}

#[test]
fn rows_of_a_table_stand_in_the_same_columns() {
    let desk = Desk::new("| a | b |\n|---|--:|\n| 日本 | x |\n| e\u{301} | 🇫🇷 |\n");
    let lines = desk.all(40);
    let widths: Vec<usize> = lines.iter().map(columns).collect();
    assert!(widths.iter().all(|w| *w == widths[0]), "the last column is right-aligned: {widths:?}");
}

#[test]
fn a_table_of_many_columns_says_how_many_it_does_not_show() {
    let row = |n: usize| (0..n).map(|i| format!("|c{i}")).collect::<String>();
    let desk = Desk::new(&format!("{}\n{}\n{}\n", row(300), "|-".repeat(300), row(300)));
    assert!(matches!(desk.guide.block(0).unwrap().kind, BlockKind::Table(_)));
    let last = desk.all(80).pop().unwrap();
    assert_eq!(last.text, "…\u{A0}44 autres colonnes");
}

#[test]
fn plain_text_is_every_row_with_marks_in_the_slots() {
    let desk = Desk::new("## Étapes\n\n### 1. Un\n\n### 2. Deux\n\n- point\n");
    let text = plain(&desk.at(40), &whole(&desk.guide), |item| if item == 0 { "x" } else { "o" });
    assert_eq!(text, "Étapes\n\nx 1. Un\n\no 2. Deux\n\n• point\n");
    let long = Desk::new(&"mot ".repeat(9_000));
    assert_eq!(plain(&long.at(20), &whole(&long.guide), |_| "o").lines().count(), long.all(20).len());
}

#[test]
fn rows_paint_as_wide_as_they_are_measured() {
    use ratatui::{buffer::Buffer, layout::Rect, style::Style};
    let desk = Desk::new(include_str!("../../layout/wide.md"));
    for line in desk.at(40).lines(Anchor::default(), 100) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 200, 1));
        let mut x = 0;
        for run in &line.runs {
            x = buffer.set_stringn(x, 0, &line.text[run.range.clone()], 200, Style::new()).0;
        }
        assert_eq!(usize::from(x), line.columns(), "{}", line.text);
    }
}

#[test]
fn a_mark_without_a_letter_is_not_lost_on_a_narrow_screen() {
    for source in ["> - [x] \u{301} mot", "- \u{301} mot", "# \u{301} mot", "> \u{301}", "\u{301} mot"] {
        let desk = Desk::new(source);
        for width in 1..6 {
            let lines = desk.all(width);
            for (n, block) in desk.guide.blocks() {
                assert_eq!(shown(&lines, n), ink(&block.text), "{source:?} {width}");
            }
            check_lines(&lines, width).unwrap();
        }
    }
}
