//! The filter of the outline and the checklist.

use super::*;

fn outline(stage: &Stage) -> Vec<&str> {
    stage.model.outline.rows.iter().map(|r| &*stage.model.guide.headings[r.heading].text).collect()
}

fn checklist(stage: &Stage) -> Vec<String> {
    let guide = &stage.model.guide;
    let label = |row: &CheckRow| match row {
        CheckRow::Group { group, .. } => Some(format!("# {}", guide.groups[*group as usize].title)),
        CheckRow::Item { item, .. } => Some(guide.items[*item as usize].label.to_string()),
        _ => None,
    };
    stage.model.checklist.rows.iter().filter_map(label).collect()
}

#[test]
fn the_outline_shows_the_headings_that_hold_every_word() {
    let mut stage = stage(BUILT_IN);
    let all = outline(&stage).len();
    stage.press("1/communaute");
    assert_eq!(outline(&stage), ["Pourquoi créer une communauté de CTO ?", "Comment lancer votre communauté ?"]);
    let marked = filtered(&stage.model, Panel::Outline, "la communauté");
    assert_eq!((marked.len(), marked[0].clone()), (1, 3..14), "the letters that are found");
    stage.press(" lancer");
    assert_eq!(outline(&stage), ["Comment lancer votre communauté ?"]);
    stage.press("<enter>");
    assert_eq!((stage.section(), stage.model.focus), ("Comment lancer votre communauté ?", Panel::Text));
    assert_eq!(outline(&stage).len(), all);
    assert_eq!(stage.outline_row(), "Comment lancer votre communauté ?");
}

#[test]
fn esc_shows_all_again_with_what_was_found_selected() {
    let mut stage = stage(BUILT_IN);
    let all = outline(&stage).len();
    stage.press("1/vo<down><down>");
    let found = stage.outline_row().to_owned();
    assert_ne!(found, outline(&stage)[0]);
    stage.press("<esc>");
    assert_eq!((outline(&stage).len(), stage.outline_row()), (all, found.as_str()));
    assert_eq!(stage.model.focus, Panel::Outline);
    stage.press("/zzz");
    assert!(outline(&stage).is_empty());
    stage.press("<enter>");
    assert_eq!((outline(&stage).len(), stage.model.focus), (all, Panel::Outline), "nowhere to go");
}

#[test]
fn a_filter_that_no_item_fits_leaves_the_checklist_where_it_is() {
    for columns in [120, 80, 40] {
        let mut stage = sized(BUILT_IN, columns, 30);
        stage.press("3/zzz");
        assert!(checklist(&stage).is_empty());
        assert!(stage.model.focus == Panel::Checklist && stage.model.panes.checklist.is_some(), "{columns}");
        stage.press("<back><back><back>");
        assert!(!checklist(&stage).is_empty() && stage.model.focus == Panel::Checklist, "{columns}");
        stage.press("zzz<enter>");
        assert!(!checklist(&stage).is_empty() && stage.model.focus == Panel::Checklist, "{columns}: nowhere to go");
    }
}

#[test]
fn a_list_that_is_being_filtered_stands_though_the_guide_lost_what_it_held() {
    for columns in [120, 40] {
        let mut stage = sized(BUILT_IN, columns, 30);
        stage.press("1/vo");
        stage.tell(Msg::Reloaded(guide("rien de tout cela")));
        assert!(stage.model.focus == Panel::Outline && stage.model.panes.outline.is_some(), "{columns}");
        stage.press("<esc>");
        assert_eq!(stage.model.focus, Panel::Text, "{columns}: there is nothing to come back to");
    }
}

#[test]
fn what_is_folded_away_is_found_too() {
    let mut stage = stage(BUILT_IN);
    stage.press("1jh");
    assert!(!outline(&stage).contains(&"3. Choisissez votre plateforme"));
    stage.press("/plateforme");
    assert_eq!(outline(&stage), ["3. Choisissez votre plateforme"]);
    stage.press("<esc>");
    assert_eq!(stage.outline_row(), "Comment lancer votre communauté ?", "its row is the one above that is shown");
}

#[test]
fn the_checklist_shows_the_items_that_fit_under_their_groups() {
    let mut stage = stage(BUILT_IN);
    stage.press("3/premier");
    assert_eq!(checklist(&stage), ["# Comment lancer votre communauté ?", "Organisez votre premier événement"]);
    assert_eq!(stage.checked_row(), "Organisez votre premier événement");
    stage.press("<esc>x");
    assert_eq!(stage.standings().iter().filter(|s| **s == Standing::Done).count(), 1, "found, and ticked");
    assert!(checklist(&stage).len() > 8);
    stage.press("/independance<enter>");
    assert_eq!((stage.item(), stage.model.focus), ("Indépendance", Panel::Text));
}

#[test]
fn where_there_is_nothing_to_filter_the_text_is_searched() {
    let mut stage = stage(BUILT_IN);
    stage.press("c/lyon<enter>");
    assert!(stage.model.finder.is_on());
}
