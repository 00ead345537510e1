//! Links followed and copied by their letters.

use super::*;

const LINKS: &str = "# Un\n\n[loin](https://exemple.fr/a) et [**près** d’ici](#deux), ![dessin](plan.png), <https://exemple.fr/b>, \
                     une note[^n], encore[^n].\n\n| [cellule](https://exemple.fr/c) |\n|---|\n| `code` [é](mailto:a@b.fr) |\n\n\
                     ## Deux\n\ntexte\n\n[^n]: La note.\n";

/// Each label with the text that it stands on.
fn labels(stage: &Stage) -> Vec<(String, String)> {
    let Some(Overlay::Hints(hints)) = &stage.model.overlay else { panic!("no labels") };
    let text = |hint: &Hint| {
        let line = &stage.model.reader.lines[usize::from(hint.row)];
        let at = line.text.char_indices().map(|(at, _)| at);
        let byte = at
            .into_iter()
            .find(|at| crate::layout::columns(line.text.get(..*at).unwrap()) == usize::from(hint.column))
            .unwrap();
        line.text.get(byte..).unwrap().split([' ', ',', ']']).next().unwrap().to_owned()
    };
    hints.marks.iter().map(|hint| (hint.label.clone(), text(hint))).collect()
}

#[test]
fn every_link_on_the_screen_has_letters_once() {
    let mut stage = stage(LINKS);
    stage.press("f");
    let found = labels(&stage);
    let texts: Vec<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    assert_eq!(texts, ["loin", "près", "▧", "https://exemple.fr/b", "[1", "cellule", "é"]);
    assert!(found.iter().all(|(label, _)| label.len() == 1));
    stage.press("<esc>F");
    assert!(!labels(&stage).iter().any(|(_, text)| text == "[1"), "a note has no target to copy");
}

#[test]
fn the_letters_of_a_link_follow_it() {
    let mut stage = stage(LINKS);
    stage.press("ff");
    assert!(matches!(&stage.model.overlay, Some(Overlay::Open(q)) if q.target.as_str() == "https://exemple.fr/a"));
    assert!(stage.done().iter().all(|e| !matches!(e, Effect::Open(..))), "nothing is opened without a question");
    stage.press("<esc>fj");
    assert_eq!((stage.section(), stage.model.overlay.is_none()), ("Deux", true));
    stage.press("HfS");
    assert!(matches!(stage.model.overlay, Some(Overlay::Footnote(_))), "a capital letter is the letter");
}

#[test]
fn the_letters_after_capital_f_copy_the_target() {
    let mut stage = stage(LINKS);
    let samples = [
        ("Ff", "https://exemple.fr/a"),
        ("Fj", "#deux"),
        ("Fd", "https://cto-de-lyon.fr/plan.png"),
        ("Fl", "mailto:a@b.fr"),
    ];
    for (keys, target) in samples {
        stage.press(keys);
        let copied =
            stage.done().into_iter().find_map(|e| if let Effect::Copy(_, text) = e { Some(text) } else { None });
        assert_eq!(copied.as_deref(), Some(target), "{keys}");
        assert!(stage.model.overlay.is_none());
    }
}

#[test]
fn a_wrong_letter_is_told_and_esc_leaves_everything_as_it_was() {
    let mut stage = stage(LINKS);
    let (place, focus) = (stage.model.reader.place, stage.model.focus);
    stage.press("fz");
    let wrong = |stage: &Stage| match &stage.model.overlay {
        Some(Overlay::Hints(hints)) => hints.wrong,
        _ => panic!("closed"),
    };
    assert_eq!(wrong(&stage), Some('z'));
    stage.press("<back><enter>");
    assert_eq!(wrong(&stage), None, "it is told until the next key");
    stage.press("q").press("<esc>");
    assert!(stage.model.overlay.is_none() && stage.done().is_empty());
    assert_eq!((stage.model.reader.place, stage.model.focus), (place, focus));
}

#[test]
fn many_links_have_longer_letters_and_a_letter_can_be_taken_back() {
    let text: String = (0..30).map(|n| format!("[lien {n}](https://exemple.fr/{n})\n\n")).collect();
    let mut stage = sized(&text, 120, 80);
    stage.press("f");
    let last = labels(&stage).pop().unwrap().0;
    assert_eq!(last.len(), 2);
    let first: String = last.chars().take(1).collect();
    stage.press(&first).press("<back>");
    assert!(matches!(&stage.model.overlay, Some(Overlay::Hints(hints)) if hints.typed.is_empty()));
    stage.press(&last);
    assert!(matches!(&stage.model.overlay, Some(Overlay::Open(q)) if q.target.ends_with("/29")));
}

#[test]
fn one_link_has_a_letter_too_and_none_is_told() {
    let mut one = stage("[un](https://exemple.fr)\n");
    one.press("f");
    assert_eq!(labels(&one), [("f".to_owned(), "un".to_owned())]);
    let mut none = stage("rien\n");
    none.press("f");
    assert_eq!((none.said().as_str(), none.model.overlay.is_none()), ("pas de lien à l’écran", true));
}

#[test]
fn letters_keep_to_their_links_when_the_window_changes_and_go_with_the_guide() {
    let mut stage = stage(LINKS);
    stage.press("f").tell(Msg::Resize(50, 20));
    let texts: Vec<String> = labels(&stage).into_iter().map(|(_, text)| text).collect();
    assert!(texts.contains(&"▧".to_owned()), "{texts:?}");
    stage.tell(Msg::Reloaded(guide("sans lien")));
    assert!(stage.model.overlay.is_none());
}

#[test]
fn a_letter_that_hides_begins_no_label_and_is_not_told() {
    let mut stage = stage(LINKS);
    stage.press("f");
    for hides in ['\u{e0040}', '\u{202e}', '\u{200b}', '\u{ad}'] {
        stage.tell(Msg::Key(Key::plain(Code::Char(hides))));
        assert!(matches!(&stage.model.overlay, Some(Overlay::Hints(hints)) if hints.wrong.is_none()), "{hides:?}");
    }
}
