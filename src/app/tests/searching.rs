//! Search: as one types, with Enter and Esc, `n` and `N`, history, answers that come late.

use super::*;
use crate::guide::Anchor;

/// Twenty sections of five paragraphs; in every fifth section stands an event, in one of them in a fold.
fn chapters() -> String {
    let chapter = |n: usize| {
        let filler = format!("Texte du chapitre {n}, sans rien.\n\n").repeat(5);
        let event = match n {
            15 => "<details><summary>Plus</summary>\n\nUn événement caché.\n\n</details>\n\n",
            _ if n.is_multiple_of(5) => "Un **événe**ment ici.\n\n",
            _ => "",
        };
        format!("## Chapitre {n}\n\n{filler}{event}")
    };
    (1..=20).map(chapter).collect()
}

fn top(stage: &Stage) -> Anchor {
    stage.model.reader.lines[0].anchor
}

/// The text of the hit that one is at, and whether its row is on the screen.
fn here(stage: &Stage) -> Option<(String, bool)> {
    let finder = &stage.model.finder;
    let hit = finder.hits.get(finder.at?)?;
    let block = stage.model.guide.block(hit.block).unwrap();
    let row = stage.model.layout().showing(hit.anchor());
    let text = block.text.get(hit.range.start as usize..hit.range.end as usize)?;
    Some((text.to_owned(), stage.model.reader.lines.iter().any(|l| l.anchor == row)))
}

fn count(stage: &Stage) -> (Option<usize>, usize) {
    (stage.model.finder.at.map(|at| at + 1), stage.model.finder.hits.len())
}

#[test]
fn the_text_follows_what_is_typed_and_esc_brings_it_back() {
    let mut stage = sized(&chapters(), 80, 24);
    stage.press("jjj");
    let before = top(&stage);
    stage.press("/evenement");
    assert_eq!((here(&stage), count(&stage)), (Some(("événement".into(), true)), (Some(1), 4)));
    assert_ne!(top(&stage), before);
    assert_eq!(stage.section(), "Chapitre 5", "outline and breadcrumb follow");
    stage.press("x");
    assert_eq!((top(&stage), count(&stage)), (before, (None, 0)), "found nowhere: back where one was");
    stage.press("<back>");
    assert_eq!(count(&stage), (Some(1), 4));
    stage.press("<esc>");
    assert_eq!((top(&stage), count(&stage), stage.model.finder.is_on()), (before, (None, 0), false));
    assert!(stage.model.overlay.is_none());
}

#[test]
fn enter_stays_and_n_goes_round_with_a_word() {
    let mut stage = sized(&chapters(), 80, 24);
    stage.press("/événement<enter>");
    assert!(stage.model.overlay.is_none());
    let sections: Vec<String> = (0..5)
        .map(|_| {
            let section = stage.section().to_owned();
            stage.press("n");
            section
        })
        .collect();
    assert_eq!(sections, ["Chapitre 5", "Chapitre 10", "Chapitre 15", "Chapitre 20", "Chapitre 5"]);
    assert_eq!((count(&stage), stage.model.finder.turned), ((Some(2), 4), None));
    stage.press("NN");
    assert_eq!((count(&stage), stage.model.finder.turned), ((Some(4), 4), Some(End::Last)));
    stage.press("n");
    assert_eq!((count(&stage), stage.model.finder.turned), ((Some(1), 4), Some(End::First)));
    stage.press("H");
    assert_eq!(stage.section(), "Chapitre 1", "back to where the search began");
    stage.press("<esc>");
    assert_eq!((count(&stage), stage.model.finder.is_on()), ((None, 0), false));
    assert!(stage.done().iter().all(|e| *e != Effect::Quit));
}

#[test]
fn a_hit_in_a_fold_opens_it_and_esc_closes_it_again() {
    let mut stage = sized(&chapters(), 80, 24);
    stage.press("/evenement cache");
    assert_eq!(here(&stage), Some(("événement caché".into(), true)));
    assert!(stage.model.reader.lines.iter().any(|l| l.text.contains("événement caché")));
    stage.press("<esc>");
    assert!(stage.model.reader.toggled.is_empty());
    stage.press("/evenement cache<enter>");
    assert_eq!(stage.model.reader.toggled.len(), 1);
}

#[test]
fn a_hit_in_sight_moves_nothing() {
    let mut stage = sized(&chapters(), 80, 24);
    let before = top(&stage);
    stage.press("/chapitre 2<enter>");
    assert_eq!((top(&stage), count(&stage).0), (before, Some(1)));
}

#[test]
fn n_goes_on_from_where_one_scrolled_to() {
    let mut stage = sized(&chapters(), 80, 24);
    stage.press("/evenement<enter>G");
    stage.press("N");
    assert_eq!(stage.section(), "Chapitre 15", "the last one above the screen");
    stage.press("gn");
    assert_eq!((stage.section(), stage.model.finder.turned), ("Chapitre 5", None));
}

#[test]
fn earlier_searches_come_back() {
    let mut stage = stage(BUILT_IN);
    assert_eq!(
        {
            stage.press("n");
            stage.said()
        },
        "rien n’a encore été cherché"
    );
    stage.press("/lyon<enter>/valeurs<enter>/lyon<enter>/luma<enter><esc>");
    let kept: Vec<&str> = stage.model.finder.history.iter().map(|h| h.as_str()).collect();
    assert_eq!(kept, ["valeurs", "lyon", "luma"], "each once");
    let remembered = stage.done().into_iter().filter(|e| matches!(e, Effect::RememberSearch(_))).count();
    assert_eq!(remembered, 4);
    let line = |stage: &Stage| match &stage.model.overlay {
        Some(Overlay::Search(line)) => line.input.value().to_owned(),
        other => panic!("{other:?}"),
    };
    let mut recalled = |keys: &str| line(stage.press(keys));
    assert_eq!(recalled("/<up>"), "luma");
    assert_eq!(recalled("<up>"), "lyon");
    assert_eq!(recalled("<down>"), "luma");
    assert_eq!(recalled("<down>"), "");
    assert_eq!(recalled("v<up>"), "valeurs", "of those that begin so");
    assert_eq!(recalled("<up><C-n>"), "v");
    stage.press("<esc>");
    stage.press("n");
    assert_eq!(stage.model.finder.query, "luma", "n makes the last search again");
    stage.press("<esc>/<enter>");
    assert_eq!(stage.model.finder.query, "luma", "and so does an empty line");
}

#[test]
fn keys_that_come_before_the_answer_count() {
    let mut stage = sized(&chapters(), 80, 24);
    for key in keys_of("/evenement<enter>nn") {
        stage.tell(Msg::Key(key));
    }
    assert!(stage.model.finder.is_waiting() && stage.model.overlay.is_none());
    stage.find();
    assert_eq!((count(&stage), stage.section()), ((Some(3), 4), "Chapitre 15"));
    stage.press("H");
    assert_eq!(stage.section(), "Chapitre 1");
}

#[test]
fn somebody_who_moved_before_the_answer_is_left_alone() {
    let mut stage = sized(&chapters(), 80, 24);
    for key in keys_of("/evenement<enter> ") {
        stage.tell(Msg::Key(key));
    }
    let moved = top(&stage);
    stage.find();
    assert_eq!((top(&stage), count(&stage)), (moved, (None, 4)));
    stage.tell(Msg::Found(1, Ok(Arc::default())));
    assert_eq!(count(&stage).1, 4, "an answer to an earlier search says nothing");
}

#[test]
fn what_is_not_found_and_what_is_wrong_are_told() {
    let mut stage = stage(BUILT_IN);
    stage.press("/nulle part<enter>");
    assert_eq!(stage.said(), "introuvable\u{a0}: «\u{a0}nulle part\u{a0}»");
    assert!(!stage.model.finder.is_on());
    stage.press("/re:(lyon");
    assert!(stage.model.finder.flaw.is_some());
    stage.press("<enter>");
    assert_eq!(stage.said(), "expression régulière\u{a0}: parenthèse ouverte");
    stage.press("<esc>/<up>)<enter>");
    assert!(stage.model.finder.is_on() && count(&stage).1 > 0, "an earlier search can be mended");
}

#[test]
fn esc_while_typing_brings_the_search_before_back() {
    let mut stage = stage(BUILT_IN);
    stage.press("/lyon<enter>");
    let before = count(&stage);
    assert!(before.1 > 1);
    stage.press("/valeurs");
    assert_ne!(count(&stage), before);
    stage.press("<esc>");
    assert_eq!((stage.model.finder.query.as_str(), count(&stage)), ("lyon", before));
}

#[test]
fn a_guide_that_is_read_again_is_searched_again() {
    let mut stage = sized("# A\n\nmot\n", 80, 24);
    stage.press("/mot<enter>");
    assert_eq!(count(&stage).1, 1);
    stage.tell(Msg::Reloaded(guide("# A\n\nmot mot\n"))).find();
    assert_eq!(count(&stage), (None, 2));
    stage.press("/mo").tell(Msg::Reloaded(guide("# A\n\nmot mot mot\n"))).find();
    assert_eq!(count(&stage).1, 3);
    stage.press("<esc>");
    assert!(!stage.model.finder.is_on());
}
