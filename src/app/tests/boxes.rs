//! Ticks that go into the guide's file too: the journal first, then the file, and nothing moves on the screen.

use super::*;
use crate::guide::{BoxState, ItemIndex};

const LIST: &str =
    "# T\n\n<details>\n<summary>plié</summary>\n\ndedans\n\n</details>\n\n- [ ] un\n- [x] deux\n\n## E\n\n1. a\n2. b\n";

fn writing() -> Stage {
    let mut stage = stage(LIST);
    stage.model.settings.write_boxes = true;
    stage
}

/// The boxes that are asked for.
fn asked(stage: &mut Stage) -> Vec<(ItemIndex, BoxState)> {
    let boxes = stage.done().into_iter().filter_map(|e| match e {
        Effect::WriteBox(item, state) => Some((item, state)),
        _ => None,
    });
    boxes.collect()
}

#[test]
fn the_file_has_a_tick_only_once_the_journal_has_it() {
    let mut stage = writing();
    stage.press("3gjx");
    assert!(stage.effects.iter().all(|e| matches!(e, Effect::Record(..))));
    stage.save();
    assert_eq!(asked(&mut stage), [(0, BoxState::Ticked)]);
    stage.keys("x");
    assert_eq!(asked(&mut stage), [(0, BoxState::Open)], "though the guide was not read again in between");
    stage.keys("u");
    assert_eq!(asked(&mut stage), [(0, BoxState::Ticked)]);
}

#[test]
fn a_tick_that_the_journal_refused_stays_out_of_the_file() {
    let mut stage = writing();
    stage.press("3gjx");
    let Some(Effect::Record(ticket, _)) = stage.done().pop() else { panic!() };
    stage.tell(Msg::Refused(ticket, CleanText::line("disque plein")));
    assert_eq!(asked(&mut stage), []);
}

#[test]
fn steps_notes_and_readers_who_did_not_ask_leave_the_file_alone() {
    let mut stage = writing();
    stage.keys("3Gx").keys("gj").press("eune note<enter>").save();
    assert_eq!(asked(&mut stage), []);
    let mut plain = super::stage(LIST);
    plain.keys("3gjx");
    assert_eq!(asked(&mut plain), []);
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_tick_stands() {
    let mut stage = writing();
    stage.keys("3gjx").tell(Msg::BoxRefused(CleanText::line("Noté dans le journal seul")));
    assert_eq!((stage.said(), stage.standings()[0].clone()), ("Noté dans le journal seul".into(), Standing::Done));
    stage.press("j");
    assert!(!stage.said().is_empty(), "it stays until Esc");
    stage.press("<esc>");
    assert_eq!(stage.said(), "");
}

#[test]
fn our_own_tick_in_the_file_moves_nothing_and_is_no_news() {
    let mut stage = writing();
    stage.press("<enter>3gjx").save();
    let (said, toggled, lines) = (stage.said(), stage.model.reader.toggled.clone(), stage.model.reader.lines.len());
    assert!(!toggled.is_empty() && said.ends_with("fait"));
    stage.tell(Msg::Reloaded(guide(&LIST.replace("[ ]", "[x]"))));
    assert_eq!((stage.said(), &stage.model.reader.toggled), (said, &toggled), "what was unfolded stays so");
    assert_eq!((stage.model.reader.lines.len(), stage.model.outline.news.len()), (lines, 0));
    assert!(stage.model.guide.items[0].checked);
    stage.keys("u");
    assert_eq!(asked(&mut stage).last(), Some(&(0, BoxState::Open)), "and is taken back there");
    stage.tell(Msg::Reloaded(guide(LIST)));
    assert_eq!(stage.standings()[0], Standing::Todo);
}
