//! The palette: what it finds, in which order, and what Enter does.

use super::*;
use std::collections::BTreeSet;

/// What the rows say, best first.
fn rows(stage: &Stage) -> Vec<String> {
    palette_rows(&stage.model).into_iter().map(|r| r.label.to_string()).collect()
}

fn first(stage: &mut Stage, keys: &str) -> String {
    stage.press(keys);
    rows(stage).into_iter().next().unwrap_or_default()
}

#[test]
fn every_action_of_the_table_is_found_by_its_words_with_its_key() {
    for focus in ["1", "2", "3", "c"] {
        let mut stage = stage(BUILT_IN);
        // As one who came from a folder's list, which is offered to nobody else.
        stage.model.home = Some(1);
        stage.press(focus);
        let near = places(stage.model.focus, None);
        let panels = [Where::Text, Where::Checklist, Where::Contacts];
        let held = |b: &&Binding| near.contains(&b.place) || panels.contains(&b.place);
        let actions: BTreeSet<Action> = bindings().iter().filter(held).map(|b| b.action).collect();
        for action in actions {
            // Enter copies in the contacts.
            let replaced = focus == "c" && action == Action::GoTo;
            if replaced || matches!(action, Action::Palette | Action::Close) {
                continue;
            }
            let words = action.long(Lang::Fr);
            stage.press(":").tell(Msg::Paste(words.into()));
            let rows = palette_rows(&stage.model);
            assert_eq!(rows.first().map(|r| r.label.as_str()), Some(words), "{focus} {action:?}");
            let Goal::Act(place, found) = rows[0].goal else { panic!("{words}") };
            let panel = match place {
                _ if near.contains(&place) => stage.model.focus,
                Where::Checklist => Panel::Checklist,
                Where::Contacts => Panel::Contacts,
                _ => Panel::Text,
            };
            let name = key_name(&stage.model, panel, action);
            assert_eq!((found, &rows[0].key), (action, &name), "{focus}");
            // In a list `/` filters, and in the contacts `o` opens.
            let shadowed = focus != "2" && matches!(action, Action::Search | Action::HideOutline);
            assert!(name.is_some() || shadowed, "{focus} {action:?}");
            stage.press("<esc>");
        }
    }
}

#[test]
fn a_key_typed_as_it_stands_comes_first() {
    let mut stage = stage(BUILT_IN);
    assert_eq!(first(&mut stage, ":q"), "quitter");
    stage.press("<enter>");
    assert!(stage.done().contains(&Effect::Quit), "as in vi");
    assert_eq!(first(&mut stage, ":T"), "changer de thème");
    stage.press("<esc>");
    assert_eq!(first(&mut stage, "<C-p>quit"), "quitter");
}

#[test]
fn headings_items_and_contacts_are_found_without_their_accents() {
    let mut stage = stage(BUILT_IN);
    assert_eq!(first(&mut stage, ":independ"), "Indépendance");
    let marked = palette_rows(&stage.model)[0].marked.clone();
    assert_eq!((marked.len(), marked[0].clone()), (1, 0..9), "the letters that fit, accents and all");
    stage.press("<enter>");
    assert_eq!((stage.item(), stage.checked_row()), ("Indépendance", "Indépendance".into()));
    assert!(stage.model.overlay.is_none() && stage.model.focus == Panel::Text);
    assert_eq!(first(&mut stage, ":ressources"), "Ressources et inspiration");
    stage.press("<enter>");
    assert_eq!(stage.section(), "Ressources et inspiration");
    stage.press("H");
    assert_eq!(stage.item(), "Indépendance", "one can go back");
    assert_eq!(first(&mut stage, ":contact@"), "contact@cto-de-lyon.fr");
    stage.press("<enter>");
    let copied = stage.done().into_iter().find_map(|e| match e {
        Effect::Copy(_, text) => Some(text.to_string()),
        _ => None,
    });
    assert_eq!((copied.as_deref(), stage.model.focus), (Some("contact@cto-de-lyon.fr"), Panel::Contacts));
}

#[test]
fn an_action_of_another_panel_goes_there_first() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]").press(":ecrire une note<enter>");
    assert!(matches!(&stage.model.overlay, Some(Overlay::Prompt(p)) if p.kind == PromptKind::Note(0)));
    stage.press("<esc>:une ligne plus bas<enter>");
    assert_eq!(stage.model.focus, Panel::Checklist, "what every panel has is done where one is");
    stage.press("1:copier cette section<enter>");
    assert_eq!(stage.model.focus, Panel::Text);
}

#[test]
fn the_selection_goes_round_and_esc_does_nothing_else() {
    let mut stage = stage(BUILT_IN);
    let selected = |stage: &Stage| palette_rows(&stage.model).iter().position(|r| r.selected);
    stage.press(":theme");
    assert_eq!(selected(&stage), Some(0));
    stage.press("<down>");
    assert_eq!(selected(&stage), Some(1.min(palette_count(&stage.model) - 1)));
    stage.press("<C-p><up>");
    let count = palette_count(&stage.model);
    let Some(Overlay::Palette(palette)) = &stage.model.overlay else { panic!() };
    assert_eq!(palette.selected, count - 1, "from the first to the last");
    stage.press("<esc>");
    assert!(stage.model.overlay.is_none() && stage.done().is_empty());
    stage.press(":zzzzz<enter>");
    assert!(stage.model.overlay.is_none() && stage.done().is_empty(), "nothing fits, nothing is done");
}

#[test]
fn the_selected_row_is_in_sight_at_every_size() {
    for (columns, height) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        let mut stage = sized(BUILT_IN, columns, height);
        stage.press(":");
        for _ in 0..palette_count(&stage.model) {
            let rows = palette_rows(&stage.model);
            assert!(rows.len() <= usize::from(palette_room(&stage.model).1));
            assert_eq!(rows.iter().filter(|r| r.selected).count(), 1, "{columns}x{height}");
            stage.press("<down>");
        }
    }
}

#[test]
fn a_guide_that_is_read_again_changes_what_is_found() {
    let mut stage = stage("# Un\n\n## Deux\n\n## Trois\n");
    stage.press(":trois");
    assert_eq!(rows(&stage)[0], "Trois");
    stage.tell(Msg::Reloaded(guide("# Un\n\ntexte\n")));
    assert!(!rows(&stage).contains(&"Trois".to_owned()));
    stage.press("<enter>");
}

#[test]
fn a_remapped_key_is_the_one_that_shows_and_that_is_typed() {
    let wish = Remap { place: Where::Everywhere, action: Action::Theme, keys: vec![Key::char('W')] };
    let mut settings = settings();
    settings.keymap = Arc::new(Keymap::remapped(&[wish]).0);
    let model = Model::new(guide(BUILT_IN), Log::default(), settings, (120, 40), 0);
    let mut stage = Stage { model, effects: Vec::new(), n: 0 };
    assert_eq!(first(&mut stage, ":W"), "changer de thème");
    assert_eq!(palette_rows(&stage.model)[0].key.as_deref(), Some("W"));
}

#[test]
fn what_the_guide_has_no_panel_for_is_not_offered() {
    let mut bare = stage("# Un\n\ntexte\n");
    bare.press(":").tell(Msg::Paste(Action::CopyBare.long(Lang::Fr).into()));
    assert!(!rows(&bare).contains(&Action::CopyBare.long(Lang::Fr).to_owned()));
    let mut full = stage(BUILT_IN);
    full.press(":").tell(Msg::Paste(Action::CopyBare.long(Lang::Fr).into()));
    assert_eq!(rows(&full)[0], Action::CopyBare.long(Lang::Fr));
}
