//! Anchors: every row has one, in order, found again at every width, walked down and up.

use super::{Desk, random};
use jalon::guide::{Anchor, BlockKind, ContainerKind};
use jalon::layout::Line;
use proptest::prelude::*;

/// Whether a row shows a byte of its block.
fn shows(line: &Line, byte: u32) -> bool {
    line.runs.iter().any(|r| r.origin.is_some_and(|o| (o..o + r.range.len() as u32).contains(&byte)))
}

proptest! {
    #![proptest_config(super::random::cases())]

    #[test]
    fn anchors_rise_and_every_row_is_found_by_its_own(source in random::source(), width in 1..200u16) {
        let desk = Desk::new(&source);
        let layout = desk.at(width);
        let all = desk.all(width);
        for pair in all.windows(2) {
            prop_assert!(pair[0].anchor < pair[1].anchor, "{:?} {:?}", pair[0], pair[1]);
        }
        for (n, line) in all.iter().enumerate() {
            prop_assert_eq!(layout.row(line.anchor), line.anchor);
            let from = layout.lines(line.anchor, 7);
            prop_assert_eq!(&from[..], &all[n..(n + 7).min(all.len())]);
        }
        prop_assert_eq!(layout.last(), all.last().map(|l| l.anchor).unwrap_or_default());
    }

    #[test]
    fn one_walks_down_and_comes_home(source in random::source(), width in 1..200u16, steps in prop::collection::vec((0..999usize, -60..60isize), 8)) {
        let desk = Desk::new(&source);
        let layout = desk.at(width);
        let all: Vec<Anchor> = desk.all(width).iter().map(|l| l.anchor).collect();
        prop_assume!(!all.is_empty());
        for (start, by) in steps {
            let start = start % all.len();
            let end = (start as isize + by).clamp(0, all.len() as isize - 1) as usize;
            prop_assert_eq!(layout.shift(all[start], by), all[end]);
            prop_assert_eq!(layout.shift(all[end], start as isize - end as isize), all[start]);
        }
    }

    #[test]
    fn a_place_read_at_one_width_is_on_its_row_at_another(source in random::source(), a in 1..200u16, b in 1..200u16) {
        let desk = Desk::new(&source);
        let layout = desk.at(b);
        let there = desk.all(b);
        for line in desk.all(a) {
            let row = layout.row(line.anchor);
            prop_assert_eq!(row.block, line.anchor.block);
            prop_assert!(row.byte <= line.anchor.byte || shows(&line, row.byte));
            // The row that says the byte, or a mark or a blank row that stands right beside it. Spaces may hang unseen.
            let text = &desk.guide.block(row.block).unwrap().text;
            let blank = |byte: u32| text[byte as usize..].starts_with(char::is_whitespace);
            let byte = line.runs.iter().find_map(|r| r.origin).filter(|o| *o == line.anchor.byte && !blank(*o));
            if let Some(byte) = byte {
                let mut beside = there.iter().filter(|l| (l.anchor.block, l.anchor.byte) == (row.block, row.byte));
                prop_assert!(beside.any(|l| shows(l, byte)), "{:?} is not shown at {:?}", line, row);
            }
        }
    }
}

#[test]
fn an_empty_guide_has_no_rows_and_no_place_but_the_first() {
    let desk = Desk::new("");
    let layout = desk.at(80);
    assert!(layout.lines(Anchor::default(), 10).is_empty());
    let far = Anchor { block: 7, byte: 9, nth: 1 };
    assert_eq!(layout.row(far), Anchor::default());
    assert_eq!(layout.shift(far, -3), Anchor::default());
    assert_eq!(layout.last(), Anchor::default());
}

#[test]
fn a_place_past_the_end_is_on_the_last_row() {
    let desk = Desk::new("un deux trois quatre\n\ncinq six sept");
    let layout = desk.at(8);
    assert_eq!(layout.row(Anchor { block: 9, byte: 0, nth: 0 }), layout.last());
    assert_eq!(layout.row(Anchor { block: 1, byte: 999, nth: 0 }), layout.last());
    assert_eq!(layout.shift(Anchor::default(), isize::MAX), layout.last());
    assert_eq!(layout.shift(layout.last(), isize::MIN), Anchor::default());
}

#[test]
fn what_is_folded_away_is_skipped_and_its_places_are_held_by_the_summary() {
    let source = "avant\n\n<details>\n<summary>résumé</summary>\n\ncaché\n\n- encore\n\n</details>\n\naprès";
    let mut desk = Desk::new(source);
    let texts = |desk: &Desk| desk.all(40).iter().map(|l| l.text.clone()).collect::<Vec<_>>();
    assert_eq!(texts(&desk), ["avant", "", "▸ résumé", "", "après"]);
    let layout = desk.at(40);
    let summary = desk.guide.blocks().find(|(_, b)| b.kind == BlockKind::Summary).unwrap().0;
    assert_eq!(layout.row(Anchor::of_block(summary + 2)), Anchor { block: summary, byte: 0, nth: 1 });
    assert!(layout.hides(summary + 1) && !layout.hides(summary));
    let details = desk.guide.containers().find(|(_, c)| matches!(c.kind, ContainerKind::Details { .. })).unwrap().0;
    desk.toggled.insert(details);
    assert_eq!(texts(&desk), ["avant", "", "▾ résumé", "", "  caché", "", "  • encore", "", "après"]);
}

#[test]
fn the_last_row_of_a_guide_that_ends_folded_is_the_summary() {
    let desk = Desk::new("<details>\n<summary>un résumé assez long</summary>\n\ncaché\n\n</details>");
    let layout = desk.at(12);
    assert_eq!(layout.last(), desk.all(12).last().unwrap().anchor);
    assert_eq!(layout.shift(layout.last(), 5), layout.last());
}

#[test]
fn a_jump_lands_below_the_blank_rows() {
    let desk = Desk::new("texte\n\n## Titre\n\n> [!NOTE]\n> note");
    let layout = desk.at(40);
    assert_eq!(layout.opening(0), Anchor::default());
    assert_eq!(layout.lines(layout.opening(1), 1)[0].text, "Titre");
    assert_eq!(layout.lines(layout.opening(2), 1)[0].text, "▎ Note");
}

#[test]
fn a_hit_in_a_cell_is_on_the_row_that_shows_it() {
    let desk = Desk::new("| a | b |\n|---|---|\n| une cellule qui passe à la ligne plusieurs fois | cible |\n");
    let layout = desk.at(30);
    let text = desk.guide.block(0).unwrap().text.as_str();
    let byte = text.find("cible").unwrap() as u32;
    let row = layout.row(Anchor { block: 0, byte, nth: 0 });
    assert!(layout.lines(row, 1)[0].text.contains("cible"));
    assert_eq!(layout.showing(Anchor { block: 0, byte, nth: 0 }), row);
}

#[test]
fn a_hit_at_the_start_of_a_block_is_not_on_the_blank_row_above() {
    let desk = Desk::new("texte\n\n## Titre\n");
    let layout = desk.at(30);
    let hit = Anchor::of_block(1);
    assert_eq!(layout.lines(layout.row(hit), 1)[0].text, "");
    assert_eq!(layout.lines(layout.showing(hit), 1)[0].text, "Titre");
}

#[test]
fn long_paragraphs_and_lines_are_walked_from_any_place() {
    let prose = "des mots, encore des mots ; et voilà. ".repeat(3_000);
    let code = format!("~~~\n{}\n{}\n~~~", "x".repeat(70_000), "court\n".repeat(5_000));
    let desk = Desk::new(&format!("{prose}\n\n{code}\n\nfin"));
    let layout = desk.at(60);
    let all = desk.all(60);
    for n in (0..all.len()).step_by(97) {
        assert_eq!(layout.row(all[n].anchor), all[n].anchor);
        let back = n.min(300);
        assert_eq!(layout.shift(all[n].anchor, -(back as isize)), all[n - back].anchor);
    }
    assert!(all.windows(2).all(|w| w[0].anchor < w[1].anchor));
}
