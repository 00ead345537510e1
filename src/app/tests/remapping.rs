//! Keys that a reader changed: everything that names or follows a key goes by them.

use super::*;

fn remapped(wishes: &[(Where, Action, &str)]) -> Stage {
    let wishes: Vec<Remap> = wishes
        .iter()
        .map(|(place, action, keys)| Remap {
            place: *place,
            action: *action,
            keys: keys.split(' ').filter_map(Key::read).collect(),
        })
        .collect();
    let keymap = Arc::new(Keymap::remapped(&wishes).0);
    let settings = Settings { keymap, ..settings() };
    let model = Model::new(guide(BUILT_IN), Log::default(), settings, (120, 40), 1000 * DAY);
    Stage { model, effects: Vec::new(), n: 0 }
}

fn hint(stage: &Stage, word: &str) -> Option<String> {
    footer_hints(&stage.model).into_iter().find(|(_, what)| what == word).map(|(key, _)| key)
}

#[test]
fn a_remapped_key_acts_and_shows_in_footer_and_help_and_the_old_one_does_neither() {
    let mut stage = remapped(&[(Where::Everywhere, Action::NextOpen, "w ctrl-w"), (Where::Text, Action::Tick, "")]);
    let start = stage.model.reader.top;
    stage.press(".");
    assert_eq!(stage.model.reader.top, start, "the old key is free");
    stage.press("w");
    assert_ne!(stage.model.reader.top, start);
    assert_eq!(hint(&stage, "à faire").as_deref(), Some("w"));
    assert_eq!(hint(&stage, "cocher"), None, "what no key does is not promised");
    let help = help_rows(&stage.model);
    let keys = |what: Action| {
        let long = what.long(Lang::Fr);
        help.iter().filter(|row| row.1 == long).map(|row| row.0.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(keys(Action::NextOpen), ["w  Ctrl-w"]);
    assert_eq!(keys(Action::Tick), ["espace  x"], "in the checklist alone");
    stage.press("x");
    assert!(stage.done().is_empty());
}

#[test]
fn a_place_can_be_given_an_action_of_another_one() {
    let mut stage = remapped(&[(Where::Everywhere, Action::Down, "ctrl-n"), (Where::Lists, Action::NextHeading, "]")]);
    stage.tell(Msg::Key(Key::ctrl('n')));
    assert_ne!(stage.model.reader.top, Anchor::default());
    let before = stage.model.reader.top;
    stage.press("1]");
    assert_ne!(stage.model.reader.top, before);
    let row = ("]".to_owned(), "titre suivant".to_owned());
    assert!(help_rows(&stage.model).contains(&row), "beside the row of the text, which has two keys");
}

#[test]
fn what_a_dialog_says_of_a_key_goes_by_the_keys_in_force() {
    let stage = remapped(&[(Where::Checklist, Action::LeaveOut, "alt-i")]);
    assert_eq!(key_name(&stage.model, Panel::Checklist, Action::LeaveOut).as_deref(), Some("Alt-i"));
    let stage = remapped(&[(Where::Checklist, Action::LeaveOut, "")]);
    assert_eq!(key_name(&stage.model, Panel::Checklist, Action::LeaveOut), None);
}

#[test]
fn the_palette_goes_by_the_keys_in_force() {
    let mut stage = remapped(&[(Where::Everywhere, Action::NextOpen, "w")]);
    stage.press(":w");
    let first = palette_rows(&stage.model).into_iter().next().map(|row| (row.label.to_string(), row.key));
    assert_eq!(first, Some((Action::NextOpen.long(Lang::Fr).to_owned(), Some("w".to_owned()))));
}

#[test]
fn what_a_notice_says_of_a_key_goes_by_the_keys_in_force() {
    let mut stage = remapped(&[(Where::Everywhere, Action::Mouse, "w"), (Where::Checklist, Action::LeaveOut, "")]);
    assert!(stage.press("w").said().contains("(w\u{a0}:"), "{}", stage.said());
    assert!(stage.keys("3gi").said().is_empty(), "the old key does nothing");
    let mut stage = remapped(&[(Where::Checklist, Action::LeaveOut, "w")]);
    assert!(stage.keys("3gw").said().contains("(w\u{a0}:"), "{}", stage.said());
}

#[test]
fn many_keys_for_one_action_stand_in_several_rows_of_the_help() {
    let stage = remapped(&[(Where::Text, Action::Down, "j down ctrl-n ctrl-e alt-shift-page-down f12")]);
    let help = help_rows(&stage.model);
    let at = help.iter().position(|row| row.1 == Action::Down.long(Lang::Fr)).unwrap();
    let rows: Vec<(&str, &str)> = help[at..at + 3].iter().map(|(keys, what)| (keys.as_str(), what.as_str())).collect();
    assert_eq!(rows[0].0, "j  ↓  Ctrl-n  Ctrl-e");
    assert_eq!(rows[1], ("Alt-Maj-PgSuiv  F12", ""));
    assert!(!rows[2].1.is_empty());
}

/// Everything that names keys, on one table that a reader changed: the dispatch, the help, the footer, the palette.
#[test]
fn dispatch_help_footer_and_palette_agree_with_the_keys_in_force() {
    let mut stage = remapped(&[
        (Where::Everywhere, Action::NextOpen, "w"),
        (Where::Everywhere, Action::Quit, "Q"),
        (Where::Text, Action::Tick, "alt-x"),
        (Where::Text, Action::Table, "x"),
    ]);
    let keymap = Arc::clone(&stage.model.settings.keymap);
    let help = help_rows(&stage.model);
    for binding in keymap.bindings().iter().filter(|b| !b.keys.is_empty()) {
        let names: Vec<String> = binding.keys.iter().map(|key| key.name(Lang::Fr, Arrows::Drawn)).collect();
        assert!(help.contains(&(names.join("  "), binding.action.long(Lang::Fr).to_owned())), "{:?}", binding.action);
    }
    for (key, _) in footer_hints(&stage.model) {
        let read =
            keymap.bindings().iter().flat_map(|b| b.keys.iter()).find(|k| k.name(Lang::Fr, Arrows::Drawn) == key);
        let read = read.unwrap_or_else(|| panic!("{key} is no key"));
        assert!(keymap.action(stage.model.focus, None, *read).is_some(), "{key} does nothing here");
    }
    for (action, name) in [(Action::NextOpen, "w"), (Action::Tick, "Alt-x"), (Action::Table, "x")] {
        stage.press(":").tell(Msg::Paste(action.long(Lang::Fr).into()));
        let row = palette_rows(&stage.model).into_iter().next().unwrap();
        assert_eq!((row.label.as_str(), row.key.as_deref()), (action.long(Lang::Fr), Some(name)));
        stage.press("<esc>");
    }
}
