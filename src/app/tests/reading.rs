//! Reading: scrolling, jumping, the place being read, history, folds, reload.

use super::*;

#[test]
fn the_guide_opens_at_its_beginning() {
    let stage = stage(BUILT_IN);
    let reader = &stage.model.reader;
    assert_eq!(stage.first_row(), "Pourquoi créer une communauté de CTO ?");
    assert_eq!(reader.lines.len(), usize::from(stage.model.panes.column.height));
    assert!(reader.percent > 0 && reader.percent < 100 && !reader.all);
    assert_eq!((stage.model.focus, stage.section()), (Panel::Text, "Pourquoi créer une communauté de CTO ?"));
}

#[test]
fn lines_pages_and_ends() {
    let mut stage = sized(BUILT_IN, 80, 24);
    let top = |s: &Stage| s.model.reader.lines[0].anchor;
    let start = top(&stage);
    let rows = stage.model.reader.lines.clone();
    assert_eq!(top(stage.press("j")), rows[1].anchor);
    assert_eq!(top(stage.press("k")), start);
    let page = rows.len() - 2;
    assert_eq!(top(stage.press(" ")), rows[page].anchor, "two rows stay in sight");
    assert_eq!(top(stage.press("b")), start);
    assert_eq!(top(stage.press("d")), rows[rows.len() / 2].anchor);
    assert_eq!(top(stage.press("<C-u>")), start);
    stage.press("G");
    let last = stage.model.reader.lines.last().unwrap();
    assert!(last.text.contains("contact@cto-de-lyon.fr"), "the last row stands at the bottom: {}", last.text);
    assert_eq!(stage.model.reader.lines.len(), rows.len());
    assert_eq!(stage.model.reader.percent, 100);
    assert_eq!(top(stage.press("g")), start);
}

#[test]
fn scrolling_down_reads_every_heading_and_item_in_order() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut stage = sized(BUILT_IN, columns, rows);
        let mut sections = vec![stage.section().to_owned()];
        let mut items = Vec::new();
        for _ in 0..300 {
            stage.press("j");
            sections.push(stage.section().to_owned());
            items.push(stage.item().to_owned());
        }
        sections.dedup();
        items.dedup();
        items.retain(|i| !i.is_empty());
        items.dedup();
        let headings: Vec<&str> = stage.model.guide.headings.iter().map(|h| h.text.as_str()).collect();
        let labels: Vec<&str> = stage.model.guide.items.iter().map(|i| i.label.as_str()).collect();
        assert_eq!(sections, headings, "at {columns}x{rows}");
        assert_eq!(items, labels, "at {columns}x{rows}");
    }
}

#[test]
fn at_the_end_one_steps_back_as_one_came() {
    let mut stage = stage(BUILT_IN);
    stage.press("G");
    let lowest = stage.model.reader.lines[0].anchor;
    for _ in 0..30 {
        stage.press("k");
        if stage.model.reader.lines[0].anchor != lowest {
            break;
        }
    }
    assert!(stage.model.reader.lines[0].anchor < lowest, "the text scrolls again");
    assert_eq!(stage.model.reader.here, None);
}

#[test]
fn a_guide_that_fits_is_walked_through_without_scrolling() {
    let mut stage = stage("# Un\n\n1. a\n2. b\n\n# Deux\n\ntexte\n");
    assert!(stage.model.reader.all && stage.model.reader.percent == 100);
    let mut read = vec![stage.section().to_owned() + stage.item()];
    for key in ["j", "j", "j", "j", "k", "k", "k"] {
        stage.press(key);
        read.push(stage.section().to_owned() + stage.item());
    }
    assert_eq!(read, ["Una", "Una", "Unb", "Deux", "Deux", "Unb", "Una", "Una"]);
}

#[test]
fn enter_in_the_outline_goes_there_and_gives_the_text_the_focus() {
    let mut stage = stage(BUILT_IN);
    stage.press("1jjj");
    assert_eq!(stage.outline_row(), "2. Définissez vos valeurs et votre mission");
    stage.press("<enter>");
    assert_eq!(stage.model.focus, Panel::Text);
    assert_eq!(stage.section(), "2. Définissez vos valeurs et votre mission");
    assert_eq!(stage.first_row().trim_start_matches("○ "), "2. Définissez vos valeurs et votre mission");
}

#[test]
fn the_last_section_can_be_gone_to_though_it_never_reaches_the_top() {
    let mut stage = stage(BUILT_IN);
    stage.press("1G<enter>");
    assert_eq!(stage.section(), "Besoin d'aide ?");
    assert_eq!(stage.model.reader.percent, 100);
    assert_eq!(stage.model.reader.lines.len(), 35, "the screen stays full");
    assert_ne!(stage.first_row(), "Besoin d'aide ?");
}

#[test]
fn the_outline_follows_the_reading_unless_it_has_the_focus() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]");
    assert_eq!(stage.outline_row(), "1. Rassemblez une équipe de co-animateurs");
    let reading: Vec<bool> = stage.model.outline.rows.iter().map(|r| r.reading).collect();
    assert_eq!(reading.iter().position(|r| *r), Some(2));
    stage.press("1gj");
    assert_eq!(stage.outline_row(), "Comment lancer votre communauté ?", "its own selection moves");
    assert!(stage.model.outline.rows[2].reading, "and the reading stays");
    stage.press("2");
    assert_eq!(stage.outline_row(), "1. Rassemblez une équipe de co-animateurs", "back in the text, it follows again");
}

#[test]
fn the_outline_follows_to_its_beginning_also_where_the_title_has_no_row() {
    let sections: String = (1..80).map(|n| format!("## Partie {n}\n\ntexte\n\n")).collect();
    for before in ["# Guide\n\ntexte\n\n", "texte sans titre\n\n"] {
        let mut stage = stage(&format!("{before}{sections}"));
        stage.press("G");
        assert!(stage.model.outline.top > 0 && stage.model.outline.selected > 0);
        stage.press("g");
        assert_eq!((stage.model.outline.top, stage.model.outline.selected), (0, 0), "{before}");
        stage.press("]]");
        assert_eq!(stage.outline_row(), stage.section());
    }
}

#[test]
fn headings_are_walked_both_ways() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]]");
    assert_eq!(stage.section(), "2. Définissez vos valeurs et votre mission");
    stage.press("[");
    assert_eq!(stage.section(), "1. Rassemblez une équipe de co-animateurs");
    stage.press("<M-down><M-up>jj[");
    assert_eq!(stage.section(), "1. Rassemblez une équipe de co-animateurs", "first to the heading one reads under");
    for _ in 0..12 {
        stage.press("]");
    }
    assert_eq!(stage.section(), "Besoin d'aide ?");
    for _ in 0..12 {
        stage.press("[");
    }
    assert_eq!(stage.model.reader.lines[0].anchor, crate::guide::Anchor::default());
}

#[test]
fn back_and_forward_retrace_the_jumps() {
    let mut stage = stage(BUILT_IN);
    stage.press("jjj");
    let start = stage.model.reader.lines[0].anchor;
    stage.press("1jj<enter>").press(".");
    let open = stage.section().to_owned();
    stage.press("G<back>");
    assert_eq!(stage.section(), open);
    stage.press("HH");
    assert_eq!(stage.model.reader.lines[0].anchor, start);
    stage.press("H");
    assert_eq!(stage.said(), "aucun endroit où revenir");
    stage.press("LL");
    assert_eq!(stage.section(), open);
    stage.press("<M-right><M-right>");
    assert_eq!(stage.said(), "aucun endroit où repartir");
    stage.press("<M-left>gL");
    assert_eq!(stage.said(), "aucun endroit où repartir", "a new jump ends the way forward");
}

#[test]
fn the_place_is_kept_at_every_width() {
    let mut stage = stage(BUILT_IN);
    stage.press("ddd");
    let block = stage.model.reader.lines[0].anchor;
    for (columns, rows) in [(70, 24), (40, 12), (20, 5), (1, 1), (200, 60), (33, 9), (110, 20)] {
        stage.tell(Msg::Resize(columns, rows));
    }
    stage.tell(Msg::Resize(120, 40));
    assert_eq!(stage.model.reader.lines[0].anchor, block);
}

#[test]
fn a_taller_window_and_back_keeps_the_place_near_the_end() {
    let mut stage = sized(BUILT_IN, 80, 20);
    stage.press("Gk");
    let top = stage.model.reader.lines[0].anchor;
    stage.tell(Msg::Resize(80, 50));
    assert!(stage.model.reader.lines[0].anchor < top, "a taller window is filled");
    stage.tell(Msg::Resize(80, 20));
    assert_eq!(stage.model.reader.lines[0].anchor, top);
}

#[test]
fn a_screen_that_is_absurdly_large_is_not_believed() {
    let mut stage = stage(BUILT_IN);
    stage.tell(Msg::Resize(u16::MAX, u16::MAX));
    assert_eq!(stage.model.size, LARGEST);
}

#[test]
fn a_tick_lays_nothing_out_again() {
    let mut stage = stage(BUILT_IN);
    let rows = |s: &Stage| s.model.reader.lines.as_ptr();
    let before = rows(&stage);
    stage.press("3jj ");
    assert_eq!(rows(&stage), before);
    stage.press("2j");
    assert_ne!(rows(&stage), before, "a scroll does");
}

#[test]
fn a_fold_opens_by_key_and_for_a_jump_into_it() {
    let mut stage = stage(RUNBOOK);
    let shows = |s: &Stage, what: &str| s.model.reader.lines.iter().any(|l| l.text.contains(what));
    assert!(shows(&stage, "Si rien ne répond") && !shows(&stage, "astreinte"));
    stage.press("<enter>");
    assert!(shows(&stage, "astreinte"));
    stage.press("<enter>");
    assert!(!shows(&stage, "astreinte"));
    stage.press("3g");
    while stage.checked_row() != "Appeler l’astreinte" {
        stage.press("j");
    }
    stage.press("<enter>");
    assert!(shows(&stage, "astreinte"), "a jump into a fold opens it");
    assert_eq!(stage.item(), "Appeler l’astreinte");
}

#[test]
fn a_title_that_is_said_already_is_no_row_of_the_outline() {
    let rows = |s: &Stage| -> Vec<(String, u32)> {
        let text = |r: &OutlineRow| (s.model.guide.headings[r.heading].text.to_string(), r.depth);
        s.model.outline.rows.iter().map(text).collect()
    };
    let stage = stage(RUNBOOK);
    let expected = [("Avant", 0), ("Pendant", 0), ("Surveiller", 1), ("Après", 0)];
    assert_eq!(rows(&stage), expected.map(|(t, d)| (t.to_owned(), d)));
    assert_eq!(rows(&self::stage("# Seul\n\ntexte\n")), [("Seul".to_owned(), 0)]);
    assert_eq!(rows(&self::stage("---\ntitle: Autre\n---\n# Un\n\n## Deux\n")).len(), 2);
    assert_eq!(rows(&self::stage("# Un\n\n## Deux\n\n# Trois\n")).len(), 3);
}

#[test]
fn the_breadcrumb_names_the_headings_above() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]]");
    let crumbs: Vec<String> = breadcrumb(&stage.model).iter().map(|c| c.to_string()).collect();
    assert_eq!(crumbs, ["Comment lancer votre communauté ?", "2. Définissez vos valeurs et votre mission"]);
    let mut runbook = self::stage(RUNBOOK);
    runbook.press("]]]");
    let crumbs: Vec<String> = breadcrumb(&runbook.model).iter().map(|c| c.to_string()).collect();
    assert_eq!(crumbs, ["Pendant", "Surveiller"], "the title that stands above everything is left out");
}

#[test]
fn branches_fold_and_the_reading_shows_at_the_nearest_heading_in_sight() {
    let mut stage = stage(BUILT_IN);
    let count = stage.model.outline.rows.len();
    stage.press("]]]1h");
    assert_eq!(stage.outline_row(), "Comment lancer votre communauté ?", "a leaf goes to the heading above");
    stage.press("h");
    assert_eq!(stage.model.outline.rows.len(), count - 5);
    let row = &stage.model.outline.rows[1];
    assert!(row.folded && row.branch && row.reading);
    stage.press("l");
    assert_eq!(stage.model.outline.rows.len(), count);
    stage.press("l");
    assert_eq!(stage.outline_row(), "1. Rassemblez une équipe de co-animateurs");
}

#[test]
fn code_on_the_screen_is_coloured_once_and_late_answers_are_dropped() {
    let mut stage = stage(RUNBOOK);
    let first = stage.tell(Msg::Resize(120, 40)).done();
    let [Effect::Colour(ticket, block)] = first[..] else { panic!("{first:?}") };
    assert!(stage.press("jk").done().is_empty(), "asked once");
    stage.tell(Msg::Coloured(ticket + 7, block, vec![]));
    assert!(!stage.model.colours.contains_key(&block), "an answer to nobody");
    stage.tell(Msg::Reloaded(guide(RUNBOOK)));
    let again = stage.done();
    assert!(matches!(again[..], [Effect::Colour(..)]), "the new text is asked for anew: {again:?}");
    stage.tell(Msg::Coloured(ticket, block, vec![]));
    assert!(!stage.model.colours.contains_key(&block), "an answer about the old text");
    let Effect::Colour(ticket, block) = again[0] else { unreachable!() };
    stage.tell(Msg::Coloured(ticket, block, vec![]));
    assert!(stage.model.colours.contains_key(&block));
}

#[test]
fn code_is_coloured_before_one_scrolls_to_it() {
    let asked = |alineas: usize| {
        let text = format!("```sh\nls\n```\n\n{}```sh\nls\n```\n", "Un alinéa.\n\n".repeat(alineas));
        let mut stage = stage(&text);
        let effects = stage.tell(Msg::Resize(120, 40)).done();
        assert!(stage.model.reader.lines.iter().all(|line| line.anchor.block <= alineas as u32));
        let colour = |effect: &Effect| if let Effect::Colour(_, block) = effect { Some(*block) } else { None };
        effects.iter().filter_map(colour).collect::<Vec<_>>()
    };
    assert_eq!(asked(22), [0, 23], "what is shown comes first");
    assert_eq!(asked(200), [0]);
}

#[test]
fn the_wheel_scrolls_what_is_under_it() {
    let mut stage = stage(BUILT_IN);
    let rows = stage.model.reader.lines.clone();
    let column = stage.model.panes.column;
    stage.mouse(MouseKind::WheelDown, column.x, column.y);
    assert_eq!(stage.model.reader.lines[0].anchor, rows[3].anchor);
    stage.mouse(MouseKind::WheelUp, column.x, column.y).mouse(MouseKind::WheelUp, column.x, column.y);
    assert_eq!(stage.model.reader.lines[0].anchor, rows[0].anchor);
    let many: String = (0..80).map(|n| format!("# {n}\n\ntexte\n\n")).collect();
    let mut stage = self::stage(&many);
    let list = stage.model.panes.outline_rows;
    stage.mouse(MouseKind::WheelDown, list.x, list.y).mouse(MouseKind::WheelDown, list.x, list.y);
    assert_eq!((stage.model.outline.top, stage.model.focus), (6, Panel::Text));
    stage.mouse(MouseKind::WheelDown, u16::MAX, u16::MAX);
    assert_eq!(stage.model.outline.top, 6);
}

#[test]
fn a_click_in_the_outline_goes_there() {
    let mut stage = stage(BUILT_IN);
    let rows = stage.model.panes.outline_rows;
    stage.click(rows.x + 5, rows.y + 4);
    assert_eq!(stage.section(), "3. Choisissez votre plateforme");
    stage.click(rows.x + 5, rows.y + rows.height - 1);
    assert_eq!(stage.model.focus, Panel::Outline, "below the last row there is only the panel");
}

#[test]
fn the_scroll_bar_is_clicked_and_dragged() {
    let text: String = (0..200).map(|n| format!("# Titre {n}\n\nUn paragraphe.\n\n")).collect();
    let mut stage = sized(&text, 120, 40);
    let (column, x) = (stage.model.panes.column, stage.model.panes.text.unwrap().right() - 1);
    let number = |stage: &Stage| stage.section().trim_start_matches("Titre ").parse::<i32>().unwrap();
    stage.click(x, column.y + column.height / 2);
    assert!((number(&stage) - 100).abs() < 8, "{}", stage.section());
    stage.mouse(MouseKind::Drag, 3, column.y + column.height / 4);
    assert!((number(&stage) - 50).abs() < 8, "{}", stage.section());
    stage.mouse(MouseKind::Drag, 3, 0);
    assert_eq!((stage.section(), stage.model.reader.above), ("Titre 0", 0));
    stage.mouse(MouseKind::Drag, 3, 39);
    assert_eq!(stage.model.reader.percent, 100);
    stage.mouse(MouseKind::Release, 3, 39).mouse(MouseKind::Drag, 3, 0);
    assert_eq!(stage.model.reader.percent, 100, "let go");
    stage.mouse(MouseKind::Press, column.x, column.y).mouse(MouseKind::Drag, x, 0);
    assert_eq!(stage.model.reader.percent, 100, "a drag that began on the text moves nothing");
    assert!(stage.model.reader.back.is_empty(), "a scroll leaves no trace in the history");
}
