//! One item: all that is known of it, its journal, what is no longer in the guide, and what waits for an answer.

use super::*;
use proptest::prelude::*;

const ROOM: &str = "# Départ\n\n- [ ] Réserver la salle du premier étage pour jeudi\n- [ ] Prévenir\n- [ ] Ranger\n";

/// The rows of the journal that is open.
fn journal(stage: &Stage) -> Vec<String> {
    let Some(Overlay::History(view)) = &stage.model.overlay else { panic!("{:?}", stage.model.overlay) };
    let row = |row: &Vec<Paragraph>| row.iter().map(|(_, text)| text.as_str()).collect::<String>();
    view.rows.iter().map(|r| row(r).trim_end().to_owned()).collect()
}

/// The foot of the checklist, as one text.
fn foot(stage: &Stage, width: u16, rows: u16) -> String {
    super::super::foot(&stage.model, width, rows).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
}

fn reload(stage: &mut Stage, text: &str) {
    stage.tell(Msg::Reloaded(guide(text)));
}

#[test]
fn the_journal_tells_the_newest_first_and_keeps_what_was_undone() {
    let mut stage = stage(ROOM);
    stage.keys("3gjx");
    stage.model.now += DAY;
    stage.keys("u").keys("s").press("trop tôt<enter>").save().press("J");
    let expected = [
        "Réserver la salle du premier étage pour jeudi",
        "passé par lise, aujourd’hui, 1972-09-28",
        "raison\u{a0}: trop tôt",
        "",
        "aujourd’hui, 1972-09-28",
        "  00:00  lise  – passé · trop tôt",
        "  00:00  lise    annulé\u{a0}: fait",
        "",
        "hier, 1972-09-27",
        "  00:00  lise  ✓ fait (annulé depuis)",
    ];
    assert_eq!(journal(&stage), expected);
    stage.press("J");
    assert!(stage.model.overlay.is_some(), "no key of the panel below acts");
    stage.press("<esc>");
    assert!(stage.model.overlay.is_none());
}

#[test]
fn days_and_hours_are_those_of_the_readers_zone() {
    let mut stage = stage(ROOM);
    stage.keys("3gjx");
    stage.model.now += DAY - 1;
    stage.tell(Msg::Zone(jiff::tz::TimeZone::fixed(jiff::tz::offset(2)))).press("J");
    let rows = journal(&stage);
    assert!(rows.contains(&"hier, 1972-09-27".to_owned()) && rows.last().unwrap().starts_with("  02:00"), "{rows:?}");
}

#[test]
fn an_item_without_records_says_so_and_so_does_a_place_without_item() {
    let mut stage = stage(ROOM);
    stage.press("3gjJ");
    assert_eq!(journal(&stage).last().unwrap(), "Rien n’a encore été noté ici.");
    stage.press("<esc>gJ");
    assert_eq!(stage.said(), "choisir d’abord une étape ou une valeur");
    let mut bare = super::stage("rien\n");
    bare.press("J");
    assert_eq!(bare.said(), "pas d’étape à cet endroit du texte");
}

#[test]
fn the_journal_of_what_is_being_read_opens_from_the_text() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]J");
    assert_eq!(journal(&stage)[0], format!("1. {}", stage.item()));
}

#[test]
fn what_is_not_on_disk_yet_stands_above_the_records() {
    let mut stage = stage(ROOM);
    stage.press("3gjxJ");
    assert_eq!(journal(&stage)[4..], ["enregistrement…", "           ✓ fait"].map(str::to_owned)[..]);
    let Some(Effect::Record(ticket, change)) = stage.done().pop() else { panic!() };
    stage.tell(Msg::Refused(ticket, CleanText::line("Non enregistré : disque plein")));
    let rows = journal(&stage);
    assert!(rows.iter().filter(|r| r.contains("disque plein")).count() == 2, "above, and with the change: {rows:?}");
    let record = stage.record(change);
    stage.tell(Msg::Recorded(ticket, record));
    assert!(journal(&stage).iter().all(|r| !r.contains("disque")), "mended");
    assert!(journal(&stage).last().unwrap().ends_with("lise  ✓ fait"));
}

#[test]
fn a_long_journal_scrolls_to_its_oldest_record_and_no_further() {
    let mut stage = sized(ROOM, 40, 12);
    stage.keys("3gj").keys(&"x".repeat(30)).press("JG");
    let Some(Overlay::History(view)) = &stage.model.overlay else { panic!() };
    let top = view.top;
    assert!(top > 20 && top < view.rows.len());
    stage.press("j<pgdn>");
    let Some(Overlay::History(view)) = &stage.model.overlay else { panic!() };
    assert_eq!(view.top, top);
    stage.tell(Msg::Resize(120, 40));
    let Some(Overlay::History(view)) = &stage.model.overlay else { panic!() };
    assert!(view.top < top, "a larger window leaves no blank rows");
}

#[test]
fn what_was_carried_over_tells_from_which_text_before_and_after_the_answer() {
    let edited = ROOM.replace("pour jeudi", "pour vendredi");
    for (key, answer) in [
        ("x", "confirmé, reporté de «\u{a0}Réserver la salle du premier étage pour jeudi\u{a0}»"),
        ("r", "refusé\u{a0}: ce qui était reporté vient d’un autre texte"),
    ] {
        let mut stage = stage(ROOM);
        stage.keys("3gjx");
        reload(&mut stage, &edited);
        stage.press("3gjJ");
        let rows = journal(&stage);
        assert!(rows[1].starts_with("à confirmer ou à refuser, reporté de «\u{a0}Réserver la salle"), "{rows:?}");
        assert!(rows.iter().any(|r| r == "fait par lise, aujourd’hui, 1972-09-27"), "{rows:?}");
        assert!(rows.join(" ").contains("(le texte était"), "{rows:?}");
        stage.press("<esc>").keys(key).press("J");
        let rows = journal(&stage);
        let words: String = rows.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(&answer.split_whitespace().collect::<Vec<_>>().join(" ")), "{words}");
    }
}

#[test]
fn a_reopened_tick_is_no_refusal() {
    let mut stage = stage("# Départ\n\n- [x] Réserver\n- [ ] Prévenir\n");
    stage.keys("3gjx").press("J");
    assert!(journal(&stage).last().unwrap().ends_with("○ rouvert"), "the file had ticked it");
    stage.press("<esc>").keys("jxx").press("J");
    assert!(journal(&stage).iter().any(|r| r.ends_with("○ rouvert")));
}

#[test]
fn a_tick_whose_text_changed_is_confirmed_by_ticking_and_opened_by_refusing() {
    let text = "# Départ\n\n1. Réserver. Avant midi.\n2. Prévenir.\n";
    let edited = text.replace("Avant midi", "Avant le soir");
    for (key, after) in [("x", Standing::Done), ("r", Standing::Todo)] {
        let mut stage = stage(text);
        stage.keys("3gjx");
        reload(&mut stage, &edited);
        assert!(foot(&stage, 60, 9).contains("le texte a changé depuis"), "{}", foot(&stage, 60, 9));
        let hints: Vec<String> = footer_hints(&stage.model).into_iter().map(|(_, word)| word).collect();
        assert_eq!(hints[..2], ["confirmer", "refuser"]);
        stage.keys(key);
        assert_eq!(stage.standings()[0], after);
        assert!(!foot(&stage, 60, 9).contains("changé"), "settled by one key");
    }
    let mut stage = stage(text);
    stage.keys("3gjx");
    reload(&mut stage, &edited);
    stage.keys("xx");
    assert_eq!(stage.standings()[0], Standing::Todo, "the second key unticks as ever");
}

/// Two ticks whose lines are gone from the guide.
fn gone() -> Stage {
    let mut stage = stage(ROOM);
    stage.keys("3gjjx").keys("jse").press("rreur<enter>").save();
    reload(&mut stage, "# Départ\n\n- [ ] Réserver la salle du premier étage pour jeudi\n");
    stage
}

#[test]
fn what_left_the_guide_is_folded_at_the_end_of_the_checklist_with_its_count() {
    let mut stage = gone();
    stage.press("3G");
    assert_eq!(stage.checked_row(), "# gone 2");
    assert_eq!(stage.model.checklist.rows.len(), 4, "a group, an item, a gap and the title");
    stage.press("<enter>j");
    assert_eq!(stage.checked_row(), "Ranger");
    assert!(foot(&stage, 60, 9).contains("n’est plus dans le guide"));
    stage.press("<enter>");
    let rows = journal(&stage);
    assert!(rows[0] == "Ranger" && rows.last().unwrap().ends_with("– passé · erreur"), "{rows:?}");
    stage.press("<esc>jJ");
    assert_eq!(journal(&stage)[0], "Prévenir");
    stage.press("<esc>x");
    assert!(stage.said().starts_with("plus dans le guide") && stage.done().is_empty());
    assert!(stage.said().contains("(J\u{a0}:"), "{}", stage.said());
    stage.press("s");
    assert!(stage.model.overlay.is_none(), "nor skipped");
    let wish = Remap { place: Where::Checklist, action: Action::History, keys: vec![Key::char('w')] };
    stage.model.settings.keymap = Arc::new(Keymap::remapped(&[wish]).0);
    stage.press("x");
    assert!(stage.said().contains("(w\u{a0}:"), "a key that was changed is told: {}", stage.said());
    stage.press("h");
    assert_eq!((stage.checked_row(), stage.model.checklist.gone_shown), ("# gone 2".into(), false));
    stage.press("ll");
    assert_eq!(stage.checked_row(), "Ranger");
}

#[test]
fn a_line_that_comes_back_is_gone_no_more() {
    let mut stage = gone();
    reload(&mut stage, ROOM);
    assert!(!stage.model.checklist.rows.iter().any(|r| matches!(r, CheckRow::GoneHead { .. })));
    assert_eq!(stage.standings()[1], Standing::Done);
}

#[test]
fn a_guide_that_lost_all_its_items_still_shows_what_was_done() {
    let mut stage = gone();
    reload(&mut stage, "# Départ\n\nPlus rien à faire.\n");
    assert!(stage.model.panes.checklist.is_some());
    stage.press("3<enter>j");
    assert_eq!(stage.checked_row(), "Ranger");
    stage.press("J");
    assert_eq!(journal(&stage)[0], "Ranger");
    reload(&mut stage, ROOM);
    assert!(stage.model.overlay.is_none(), "the journal of what is back as an item is closed");
}

#[test]
fn a_click_unfolds_what_is_gone_and_a_second_one_shows_its_journal() {
    let mut stage = gone();
    let rows = stage.model.panes.checklist_rows;
    stage.click(rows.x + 4, rows.y + 3);
    assert!(stage.model.checklist.gone_shown);
    stage.click(rows.x + 4, rows.y + 4);
    assert!(stage.model.overlay.is_none() && stage.checked_row() == "Ranger");
    stage.click(rows.x + 4, rows.y + 4);
    assert_eq!(journal(&stage)[0], "Ranger");
}

#[test]
fn the_foot_stands_where_there_is_room_while_the_checklist_has_the_focus() {
    let mut stage = stage(ROOM);
    assert_eq!(stage.model.panes.details.height, 0);
    stage.press("3");
    let panes = stage.model.panes;
    assert_eq!((panes.details.height, panes.details.y), (9, panes.checklist_rows.bottom()));
    assert_eq!(panes.details.bottom(), panes.checklist.unwrap().bottom());
    stage.tell(Msg::Resize(40, 12));
    assert_eq!(stage.model.panes.details.height, 0);
}

proptest! {
    /// Whatever is cut in a row, the item's journal says it whole, at every width.
    #[test]
    fn no_word_of_a_label_a_reason_or_a_note_is_lost(
        label in "[a-zé]{1,9}( [a-zé]{1,30}){0,12}",
        reason in "[a-z]{1,9}( [a-z]{1,40}){0,9}",
        note in "[a-z]{1,9}( [a-z]{1,40}){0,9}",
        columns in 20u16..140,
        rows in 5u16..50,
    ) {
        let mut stage = sized(&format!("# T\n\n- [ ] {label}\n- [ ] b\n"), columns, rows);
        stage.keys("3gj").press(&format!("s{reason}<enter>")).save();
        stage.press(&format!("e{note}<enter>")).save().press("J");
        // Very long words are broken, so that blanks are left out of the comparison.
        let all: String = journal(&stage).concat().split_whitespace().collect();
        let label = stage.model.guide.items[0].label.to_string();
        for wanted in [&label, &reason, &note] {
            let wanted: String = wanted.split_whitespace().collect();
            prop_assert!(all.contains(&wanted), "{wanted} is not in {all}");
        }
        let Some(Overlay::History(view)) = &stage.model.overlay else { panic!() };
        let wide = view.rows.iter().map(|r| r.iter().map(|(_, t)| crate::layout::columns(t)).sum::<usize>()).max();
        prop_assert!(wide.unwrap() <= usize::from(view.width), "{wide:?} of {}", view.width);
        let foot = super::super::foot(&stage.model, columns, rows);
        prop_assert!(foot.len() <= usize::from(rows) && !foot.is_empty());
    }
}
