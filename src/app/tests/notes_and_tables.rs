//! Footnotes and tables over the text: opened by keys and clicks, walked through, left again.

use super::*;

const NOTES: &str = "\
# Guide

Un mot[^a], un autre[^b] et le premier encore[^a].

<details>
<summary>volet</summary>

caché[^c]

</details>

[^a]: La première note.
[^b]: La deuxième note.

    Son second paragraphe.
[^c]: La troisième.
";

/// Twelve columns and forty rows.
fn wide_table() -> String {
    let row = |n: usize| (1..=12).map(|c| format!("| cellule {n}.{c} ")).collect::<String>() + "|\n";
    format!("# T\n\navant\n\n{}{}\n{}\naprès\n", row(0), "|---".repeat(12), (1..=40).map(row).collect::<String>())
}

fn note(stage: &Stage) -> (u32, String) {
    let Some(Overlay::Footnote(view)) = &stage.model.overlay else { panic!("no note is open") };
    (view.number, view.lines.iter().map(|l| l.text.trim()).collect::<Vec<_>>().join(" / "))
}

fn table(stage: &Stage) -> &TableView {
    let Some(Overlay::Table(view)) = &stage.model.overlay else { panic!("no table is open") };
    view
}

fn hints(stage: &Stage) -> String {
    footer_hints(&stage.model).iter().map(|(key, what)| format!("{key} {what}")).collect::<Vec<_>>().join(", ")
}

#[test]
fn a_note_is_one_key_away_and_its_neighbours_one_more() {
    let mut stage = stage(NOTES);
    assert!(hints(&stage).contains("r note"), "{}", hints(&stage));
    stage.press("r");
    assert_eq!(note(&stage), (1, "[1] La première note.".into()));
    stage.press("l");
    assert_eq!(note(&stage), (2, "[2] La deuxième note. /  / Son second paragraphe.".into()));
    stage.press("<right>");
    assert_eq!(note(&stage).0, 2, "a note is shown once, however often it is marked, and what is folded away is not");
    stage.press("<left>");
    assert_eq!(note(&stage).0, 1);
    stage.press("<esc>");
    assert!(stage.model.overlay.is_none() && stage.model.reader.back.is_empty());
}

#[test]
fn enter_in_a_note_goes_to_it_and_backspace_comes_back() {
    let source = NOTES.replace("<details>", &"texte\n\n".repeat(60));
    let mut stage = sized(&source, 80, 24);
    let top = stage.first_row();
    stage.press("<enter>");
    assert_eq!(note(&stage).0, 1, "without a fold on the screen, Enter shows the note");
    stage.press("<enter>");
    assert!(stage.model.reader.lines.iter().any(|l| l.text.contains("La première note.")));
    assert!(stage.model.overlay.is_none());
    stage.press("<back>");
    assert_eq!(stage.first_row(), top);
}

#[test]
fn enter_unfolds_before_it_shows_a_note() {
    let mut stage = stage(NOTES);
    assert!(hints(&stage).contains("Entrée déplier"), "{}", hints(&stage));
    stage.press("<enter>");
    assert!(stage.model.overlay.is_none());
    assert!(stage.model.reader.lines.iter().any(|l| l.text.contains("caché")));
    assert!(hints(&stage).contains("Entrée replier"), "{}", hints(&stage));
    stage.press("rll");
    assert_eq!(note(&stage).0, 3);
}

#[test]
fn a_click_on_a_mark_shows_its_note() {
    let mut stage = stage(NOTES);
    let row = stage.model.reader.lines.iter().position(|l| l.text.contains("[2]")).unwrap();
    let column = stage.model.reader.lines[row].text.find("[2]").unwrap() as u16;
    let panes = stage.model.panes;
    stage.click(panes.column.x + column + 1, panes.column.y + row as u16);
    assert_eq!(note(&stage).0, 2);
}

#[test]
fn without_a_mark_or_a_table_it_is_said() {
    let mut stage = stage("texte\n");
    assert_eq!(stage.press("r").said(), "pas d’appel de note à l’écran");
    assert_eq!(stage.press("t").said(), "pas de tableau à l’écran");
    assert_eq!(stage.press("<enter>").said(), "rien à déplier à l’écran");
    assert!(!hints(&stage).contains("note") && !hints(&stage).contains("tableau"));
}

#[test]
fn a_note_is_found_again_by_its_label_when_the_guide_is_read_again() {
    let mut stage = stage(NOTES);
    stage.press("rl");
    let moved = NOTES.replace("Un mot[^a], un autre[^b]", "Un mot[^b], un autre[^a]");
    stage.tell(Msg::Reloaded(guide(&moved)));
    assert_eq!(note(&stage), (1, "[1] La deuxième note. /  / Son second paragraphe.".into()));
    stage.tell(Msg::Reloaded(guide("plus rien\n")));
    assert!(stage.model.overlay.is_none());
}

#[test]
fn a_table_fills_the_screen_and_its_head_stays() {
    let mut stage = stage(&wide_table());
    stage.press("t");
    let view = table(&stage);
    assert_eq!((view.columns, view.rows), (12, 40));
    assert_eq!(view.shown, 1..=35);
    assert!(view.window.pinned);
    assert_eq!(view.window.shown, 1..8);
    assert!(view.lines[0].text.starts_with("cellule 1.1"));
    stage.press("j ");
    let view = table(&stage);
    assert_eq!(*view.shown.end(), 40, "the last window is full");
    assert!(view.head[0].text.starts_with("cellule 0.1"));
    stage.press("g");
    assert_eq!(*table(&stage).shown.start(), 1);
    stage.press("<end>");
    assert_eq!(table(&stage).shown, 6..=40);
    stage.press("<esc>");
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.first_row(), "T", "the text is where it was");
}

#[test]
fn the_window_is_moved_over_the_columns_to_the_last_one_and_back() {
    let mut stage = stage(&wide_table());
    stage.press("t<right>l");
    assert_eq!(table(&stage).window.shown, 3..10);
    assert_eq!(table(&stage).beyond(), (true, true));
    stage.press("llllll");
    assert_eq!(table(&stage).window.shown, 5..12);
    assert_eq!(table(&stage).beyond(), (true, false));
    stage.press("h");
    assert_eq!(table(&stage).window.shown, 4..11, "keys pressed at the edge are not owed");
    stage.press("hhhhhh");
    assert_eq!(table(&stage).beyond(), (false, true));
}

#[test]
fn a_table_opens_at_the_row_being_read_and_keeps_it_at_every_size() {
    let mut stage = stage(&wide_table());
    stage.press("        ");
    let top = stage.model.reader.lines[0].anchor;
    stage.press("t");
    let row = *table(&stage).shown.start();
    assert!(row > 1, "the head is far above");
    assert!(table(&stage).top.byte <= top.byte);
    stage.tell(Msg::Resize(60, 12));
    assert_eq!(*table(&stage).shown.start(), row);
    stage.tell(Msg::Resize(120, 40));
    assert!(table(&stage).shown.contains(&row));
}

#[test]
fn the_footer_tells_of_the_key_where_a_table_wants_more_room() {
    assert!(hints(&stage(&wide_table())).contains("t tableau"));
    let small = stage("| a | b |\n|---|---|\n| c | d |\n");
    assert!(!hints(&small).contains("tableau"), "{}", hints(&small));
}

#[test]
fn the_wheel_moves_what_lies_over_the_text() {
    let mut stage = stage(&wide_table());
    stage.press("t").mouse(MouseKind::WheelDown, 50, 20);
    assert_eq!(*table(&stage).shown.start(), 4);
    stage.mouse(MouseKind::WheelUp, 50, 20);
    assert_eq!(*table(&stage).shown.start(), 1);
}
