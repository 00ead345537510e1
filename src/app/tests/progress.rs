//! Progress: ticks, skips, notes, groups left out, undo; pending, refused, and what others did.

use super::*;
use crate::progress::{Subject, Tally};

/// The ops of the changes asked for, and what they are about.
fn asked(stage: &mut Stage) -> Vec<(String, &'static str)> {
    let op = |e: Effect| match e {
        Effect::Record(_, change) => Some((change.subject.label.to_string(), label_of(&change.op))),
        _ => None,
    };
    stage.done().into_iter().filter_map(op).collect()
}

fn tally(done: usize, total: usize) -> Tally {
    Tally { done, total }
}

#[test]
fn the_checklist_lists_groups_and_their_items() {
    let stage = stage(BUILT_IN);
    let checklist = &stage.model.checklist;
    assert_eq!((checklist.steps, checklist.values), (tally(0, 5), tally(0, 4)));
    let shape: String = checklist
        .rows
        .iter()
        .map(|r| match r {
            CheckRow::Group { .. } => '#',
            CheckRow::Item { .. } => '-',
            CheckRow::GoneHead { .. } | CheckRow::Gone(_) => '~',
            CheckRow::Gap => ' ',
        })
        .collect();
    assert_eq!(shape, "#----- #----");
}

#[test]
fn space_ticks_the_selected_step_and_shows_it_as_pending_until_it_is_on_disk() {
    let mut stage = stage(BUILT_IN);
    stage.press("3gj ");
    assert_eq!(*stage.model.stands(0).unwrap(), (Standing::Done, Save::Pending));
    assert_eq!(stage.model.checklist.steps, tally(1, 5));
    assert_eq!(stage.said(), "", "nothing is claimed before it is so");
    stage.save();
    assert_eq!(*stage.model.stands(0).unwrap(), (Standing::Done, Save::Saved));
    assert_eq!(stage.said(), "«\u{a0}Rassemblez une équipe de co-animateurs\u{a0}»\u{a0}: fait");
    stage.press("j");
    assert_eq!(stage.said(), "", "a fact goes with the next key");
    stage.keys("kx");
    assert_eq!(stage.standings()[0], Standing::Todo);
}

#[test]
fn x_in_the_text_ticks_the_item_being_read() {
    let mut stage = stage(BUILT_IN);
    stage.keys("]]]x");
    assert_eq!(stage.standings()[1], Standing::Done);
    stage.keys("]]]]j");
    assert_eq!(stage.item(), "Indépendance");
    stage.press("x");
    assert_eq!(asked(&mut stage), [("Indépendance".to_owned(), "affirm")]);
}

#[test]
fn x_where_there_is_no_step_says_so() {
    let mut stage = stage("# Un texte\n\nsans étape\n");
    stage.press("x");
    assert_eq!(stage.said(), "pas d’étape à cet endroit du texte");
    let mut stage = self::stage(BUILT_IN);
    stage.press("3gx");
    assert_eq!(stage.said(), "choisir d’abord une étape ou une valeur");
    assert!(asked(&mut stage).is_empty());
}

#[test]
fn a_value_is_affirmed_again_and_is_due_after_ninety_days() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3Gx");
    assert_eq!(stage.standings()[8], Standing::Upheld);
    assert_eq!(stage.model.checklist.values, tally(1, 4));
    let rows = stage.model.outline.rows.as_ptr();
    stage.model.now += DAY;
    stage.press("j");
    assert_eq!(stage.model.outline.rows.as_ptr(), rows, "nothing stands otherwise, and no row is made anew");
    stage.model.now += 90 * DAY;
    stage.press("j");
    assert_ne!(stage.model.outline.rows.as_ptr(), rows);
    assert_eq!(stage.standings()[8], Standing::Due);
    assert_eq!(stage.model.checklist.values, tally(0, 4));
    stage.keys("x");
    assert_eq!(stage.standings()[8], Standing::Upheld);
    let since = stage.model.checklist.rows.iter().rev().find_map(|r| match r {
        CheckRow::Item { item, .. } => stage.model.known(*item as usize).unwrap().since,
        _ => None,
    });
    assert_eq!(since, Some(stage.model.now));
}

#[test]
fn skipping_asks_for_a_reason_and_keeps_it() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3gjs");
    assert!(matches!(stage.model.overlay, Some(Overlay::Prompt(_))));
    stage.keys("pas de q ici<enter>");
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.standings()[0], skipped("pas de q ici"));
    stage.keys("s<back><back><back>là<enter>");
    assert_eq!(stage.standings()[0], skipped("pas de q là"), "the reason can be mended");
    stage.keys("x");
    assert_eq!(stage.standings()[0], Standing::Done, "it was done after all");
    stage.keys("js<esc>");
    assert_eq!(stage.standings()[1], Standing::Todo);
    stage.keys("s<enter>");
    assert_eq!(stage.standings()[1], skipped(""), "no reason is a reason");
}

#[test]
fn the_line_being_typed_is_edited_cluster_by_cluster() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3gjs");
    stage.tell(Msg::Paste("a\n\u{1b}[31mb\u{202e} e\u{301}👩\u{200d}👩\u{200d}👧".into()));
    let value = |s: &Stage| match &s.model.overlay {
        Some(Overlay::Prompt(p)) => p.input.value().to_owned(),
        _ => panic!("no prompt"),
    };
    assert!(!value(&stage).contains(['\n', '\u{1b}', '\u{202e}']), "{:?}", value(&stage));
    stage.press("<back>");
    assert!(value(&stage).ends_with("e\u{301}"), "{:?}", value(&stage));
    stage.press("<back>");
    assert!(value(&stage).ends_with(' '));
    stage.press("<C-u>un deux<C-w>trois<home>»<end>!<left><del>");
    assert_eq!(value(&stage), "»un trois");
    stage.tell(Msg::Paste("é".repeat(50_000)));
    assert!(value(&stage).chars().count() <= 1000 + 9);
}

#[test]
fn pasted_text_never_acts_as_keys() {
    let mut stage = stage(BUILT_IN);
    stage.press("3gj").tell(Msg::Paste("xxq".into()));
    assert!(stage.done().is_empty());
}

#[test]
fn a_note_is_written_changed_and_taken_away() {
    let mut stage = stage(BUILT_IN);
    let note = |s: &Stage| match &s.model.checklist.rows[1] {
        CheckRow::Item { item, .. } => s.model.known(*item as usize).unwrap().note.map(|n| n.to_string()),
        _ => panic!(),
    };
    stage.press("3gjevoir Léa<enter>");
    assert_eq!(note(&stage).as_deref(), Some("voir Léa"), "shown before it is saved");
    stage.save();
    stage.keys("e et Zoé<enter>");
    assert_eq!(note(&stage).as_deref(), Some("voir Léa et Zoé"));
    assert!(stage.said().ends_with("note enregistrée"));
    stage.keys("e<C-u><enter>");
    assert_eq!(note(&stage), None);
    assert!(stage.said().ends_with("note retirée"));
    assert_eq!(stage.standings()[0], Standing::Todo);
}

#[test]
fn a_group_left_out_is_not_counted_and_keeps_its_row() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3gjx").keys("3gji");
    assert_eq!(stage.model.checklist.steps, tally(0, 0));
    assert_eq!(stage.model.checklist.values, tally(0, 4));
    assert!(matches!(stage.model.checklist.rows[0], CheckRow::Group { left_out: true, .. }));
    assert_eq!(stage.checked_row(), "# Comment lancer votre communauté ?");
    assert_eq!(stage.model.standing(0), None, "its items carry no mark");
    let outline: Vec<&Mark> = stage.model.outline.rows.iter().map(|r| &r.mark).collect();
    assert!(outline[1..7].iter().all(|m| **m == Mark::None), "{outline:?}");
    stage.keys("2g]]]x");
    assert_eq!(stage.said(), "pas d’étape à cet endroit du texte");
    stage.keys("3gi");
    assert_eq!(stage.model.checklist.steps, tally(1, 5), "what was done is still done");
}

#[test]
fn counts_roll_up_in_the_outline() {
    let mut stage = stage(RUNBOOK);
    stage.keys("3gjx");
    let counts: Vec<Tally> = stage.model.outline.rows.iter().map(|r| r.tally).collect();
    assert_eq!(counts, [tally(2, 5), tally(0, 3), tally(0, 0), tally(0, 0)]);
    let mut stage = self::stage(BUILT_IN);
    stage.keys("3gjx");
    let rows = &stage.model.outline.rows;
    assert_eq!(rows[1].mark, Mark::Counts(tally(1, 5)));
    assert_eq!(rows[2].mark, Mark::Item(0, Standing::Done, Save::Saved));
    assert_eq!((&rows[0].mark, &rows[8].mark), (&Mark::None, &Mark::None));
}

#[test]
fn parts_of_an_item_stand_one_step_in() {
    let stage = stage(RUNBOOK);
    let depths: Vec<u32> = stage
        .model
        .checklist
        .rows
        .iter()
        .filter_map(|r| match r {
            CheckRow::Item { depth, .. } => Some(*depth),
            _ => None,
        })
        .collect();
    assert_eq!(depths, [0, 1, 1, 0, 0, 0, 0, 0]);
}

#[test]
fn undo_and_redo_name_what_they_bring_back() {
    let mut stage = stage(BUILT_IN);
    stage.keys("u");
    assert_eq!(stage.said(), "rien à annuler");
    stage.keys("3gjxjx").keys("u");
    assert_eq!(stage.said(), "annulé\u{a0}: «\u{a0}Définissez vos valeurs et votre mission\u{a0}»");
    assert_eq!(stage.standings()[..2], [Standing::Done, Standing::Todo]);
    stage.keys("u");
    assert_eq!(stage.standings()[..2], [Standing::Todo, Standing::Todo]);
    stage.keys("<C-r><C-r>");
    assert_eq!(stage.standings()[..2], [Standing::Done, Standing::Done]);
    stage.keys("<C-r>");
    assert_eq!(stage.said(), "rien à rétablir");
}

#[test]
fn an_undo_waits_for_the_change_that_it_is_about() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3gjx").press("jxuu");
    assert_eq!(stage.model.wishes, [Wish::Undo, Wish::Undo]);
    stage.save();
    assert_eq!(stage.standings()[..2], [Standing::Todo, Standing::Todo], "both were undone, in order");
    assert!(stage.model.wishes.is_empty() && stage.model.pending.is_empty());
}

#[test]
fn a_refused_change_stays_visible_until_it_is_saved() {
    let mut stage = stage(BUILT_IN);
    stage.press("3gjx");
    let Effect::Record(ticket, change) = stage.done().remove(0) else { panic!() };
    stage.tell(Msg::Refused(ticket + 50, CleanText::line("rien")));
    assert_eq!(stage.model.stands(0).unwrap().1, Save::Pending, "an answer about nothing");
    stage.tell(Msg::Refused(ticket, CleanText::line("disque plein")));
    assert_eq!(*stage.model.stands(0).unwrap(), (Standing::Done, Save::Failed));
    assert_eq!(stage.said(), "disque plein");
    assert_eq!(stage.model.panes.notice.height, 1);
    stage.press("jk");
    assert_eq!(stage.said(), "disque plein", "trouble does not go with the next key");
    stage.press("u");
    assert!(stage.said().contains("rien ne peut être annulé"));
    let record = stage.record(change);
    stage.tell(Msg::Recorded(ticket, record)).press("j");
    assert_eq!(*stage.model.stands(0).unwrap(), (Standing::Done, Save::Saved));
    assert_eq!(stage.said(), "", "mended");
}

#[test]
fn what_others_do_is_told_and_shown() {
    let mut stage = stage(BUILT_IN);
    let record = |n: u64, item: usize, op: Op| Record {
        dot: Dot { device: "zoé-9f9f9f9f".into(), n },
        at: Hlc { millis: 1000 * DAY + n as i64, counter: 0 },
        by: CleanText::line("zoé"),
        change: Change { subject: Subject::of_item(&guide(BUILT_IN), item), op },
    };
    stage.tell(Msg::Arrived(vec![record(1, 2, Op::Done)]));
    assert_eq!(stage.said(), "zoé\u{a0}: «\u{a0}Choisissez votre plateforme\u{a0}»\u{a0}: fait");
    assert_eq!(stage.standings()[2], Standing::Done);
    let by = stage.model.checklist.rows.iter().find_map(|r| match r {
        CheckRow::Item { item: 2, .. } => stage.model.known(2).unwrap().by,
        _ => None,
    });
    assert_eq!(by.as_deref(), Some("zoé"));
    stage.press("j").tell(Msg::Arrived(vec![record(1, 2, Op::Done)]));
    assert_eq!(stage.said(), "", "known already");
    stage.tell(Msg::Arrived((2..9).map(|n| record(n, 0, Op::Done)).collect()));
    assert_eq!(stage.said(), "7 changements venus d’ailleurs");
}

#[test]
fn ones_own_change_read_back_before_its_answer_is_no_news() {
    let mut stage = stage(BUILT_IN);
    stage.press("3gjx");
    let Effect::Record(ticket, change) = stage.done().remove(0) else { panic!() };
    let record = stage.record(change);
    stage.tell(Msg::Arrived(vec![record.clone()]));
    assert_eq!(stage.said(), "");
    assert_eq!(*stage.model.stands(0).unwrap(), (Standing::Done, Save::Pending));
    stage.tell(Msg::Recorded(ticket, record));
    assert_eq!(*stage.model.stands(0).unwrap(), (Standing::Done, Save::Saved));
}

#[test]
fn the_dot_goes_from_open_step_to_open_step() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3gjx2g");
    let mut gone_to = Vec::new();
    for _ in 0..9 {
        stage.press(".");
        gone_to.push(stage.item().to_owned());
    }
    let guide = guide(BUILT_IN);
    let labels: Vec<&str> = guide.items.iter().map(|i| i.label.as_str()).collect();
    assert_eq!(gone_to[..8], labels[1..], "steps, then values");
    assert_eq!(gone_to[8], labels[1], "and round again");
    assert_eq!(stage.model.focus, Panel::Text);
    stage.press("3g.");
    assert_eq!((stage.checked_row().as_str(), stage.item()), (labels[1], labels[1]));
    stage.press("..");
    assert_eq!((stage.checked_row().as_str(), stage.model.focus), (labels[3], Panel::Checklist));
}

#[test]
fn nothing_open_is_said() {
    let mut stage = stage("# A\n\n- [x] fait\n");
    stage.press(".");
    assert_eq!(stage.said(), "tout est fait");
}

#[test]
fn the_checklist_follows_the_reading_until_it_has_the_focus() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]]]");
    assert_eq!(stage.checked_row(), "Choisissez votre plateforme");
    stage.keys("3 ");
    assert_eq!(stage.standings()[2], Standing::Done, "3 and Space tick what one was reading");
    stage.press("jj");
    assert_eq!(
        (stage.checked_row().as_str(), stage.item()),
        ("Communiquez et faites grandir", "Choisissez votre plateforme")
    );
    stage.press("<enter>");
    assert_eq!(stage.item(), "Communiquez et faites grandir");
}

#[test]
fn groups_fold_and_gaps_are_passed_over() {
    let mut stage = stage(BUILT_IN);
    stage.press("3gjjh");
    assert_eq!(stage.checked_row(), "# Comment lancer votre communauté ?");
    assert!(matches!(stage.model.checklist.rows[0], CheckRow::Group { folded: true, .. }));
    stage.press("j");
    assert_eq!(stage.checked_row(), "# Les valeurs essentielles à préserver");
    stage.press("k");
    assert_eq!(stage.checked_row(), "# Comment lancer votre communauté ?");
    stage.press("ll");
    assert_eq!(stage.checked_row(), "Rassemblez une équipe de co-animateurs");
}

#[test]
fn why_tells_of_an_item_and_help_of_everything_else() {
    let mut stage = stage(BUILT_IN);
    stage.press("3gj?");
    assert!(matches!(stage.model.overlay, Some(Overlay::Why(0))));
    stage.press("?");
    assert!(stage.model.overlay.is_none());
    stage.press("g?");
    assert!(matches!(stage.model.overlay, Some(Overlay::Help { .. })), "a group is no item");
}

#[test]
fn a_click_on_a_mark_ticks_and_one_on_a_label_goes_there() {
    let mut stage = stage(BUILT_IN);
    let rows = stage.model.panes.checklist_rows;
    let mark = rows.x + mark_column(0, rows.width);
    stage.click(mark, rows.y + 3).save();
    assert_eq!(stage.standings()[2], Standing::Done);
    stage.click(mark + 8, rows.y + 4);
    assert_eq!((stage.item(), stage.model.focus), ("Organisez votre premier événement", Panel::Checklist));
    stage.click(mark, rows.y);
    assert!(matches!(stage.model.checklist.rows[0], CheckRow::Group { folded: true, .. }));
    stage.done();
    stage.click(mark, rows.y + 1);
    assert!(stage.done().is_empty(), "a gap is nothing");
}

#[test]
fn a_click_on_a_mark_in_the_text_ticks() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]");
    let column = stage.model.panes.column;
    let (row, slot) = stage.model.reader.lines.iter().enumerate().find_map(|(n, l)| Some((n as u16, l.slot?))).unwrap();
    stage.click(column.x + slot.column, column.y + row).save();
    assert_eq!(stage.standings()[slot.item], Standing::Done);
}

#[test]
fn progress_finds_its_item_in_the_guide_read_again() {
    let mut stage = stage(BUILT_IN);
    stage.keys("3gjjx");
    let edited = BUILT_IN.replace("## Comment lancer", "## Avant\n\n- [ ] du neuf\n\n## Comment lancer");
    stage.tell(Msg::Reloaded(guide(&edited)));
    assert_eq!(stage.standings()[2], Standing::Done);
    assert_eq!(stage.standings().iter().filter(|s| **s == Standing::Done).count(), 1);
}

/// Two tasks, ticked, and the guide read again with the second one reworded.
fn reworded() -> Stage {
    let text = "# Départ\n\n- [ ] Réserver la salle du premier étage pour jeudi\n- [ ] Prévenir\n";
    let mut stage = stage(text);
    stage.keys("3gjx").keys("3gjjx");
    assert_eq!(stage.standings(), [Standing::Done, Standing::Done]);
    let edited = text.replace("premier étage pour jeudi", "premier étage pour vendredi");
    stage.tell(Msg::Reloaded(guide(&edited)));
    stage
}

fn carried(stage: &Stage) -> Vec<bool> {
    let rows = stage.model.checklist.rows.iter();
    rows.filter_map(|r| match r {
        CheckRow::Item { item, .. } => Some(stage.model.known(*item as usize).unwrap().carried.is_some()),
        _ => None,
    })
    .collect()
}

#[test]
fn what_was_carried_over_by_likeness_asks_for_one_key() {
    let mut stage = reworded();
    assert_eq!(carried(&stage), [true, false]);
    assert_eq!(stage.standings(), [Standing::Todo, Standing::Done], "nothing is ticked that nobody ticked");
    stage.keys("3gjx");
    assert_eq!((carried(&stage), stage.standings()), (vec![false, false], vec![Standing::Done, Standing::Done]));
    assert!(stage.said().contains("confirmé"), "{}", stage.said());
}

#[test]
fn what_was_carried_over_can_be_refused() {
    let mut stage = reworded();
    stage.keys("3gjr");
    assert_eq!((carried(&stage), stage.standings()), (vec![false, false], vec![Standing::Todo, Standing::Done]));
    stage.press("jr");
    assert_eq!(stage.said(), "rien n’a été reporté sur cet élément, son texte n’a pas changé");
}
