//! A head on the screen, and the whole that takes it over.

use super::*;

/// A long guide: steps, links by reference, contacts further down.
fn long() -> String {
    let mut source = "# Guide\n\nVoir [là-bas][loin] et [la fin](#fin).\n\n".to_owned();
    for n in 1..200 {
        source += &format!("## {n}. Étape {n}\n\nOn fait le pas {n}.\n\n```sh\necho {n}\n```\n\n");
    }
    source + "## Fin\n\nÉcrire à <fin@example.org>.\n\n[loin]: https://example.org/\n"
}

fn head_of(source: &str) -> Arc<Guide> {
    let origin = Origin { name: "essai".into(), base_url: Some(BaseUrl::Otherwise("https://cto-de-lyon.fr/".into())) };
    let head = Guide::parse_head(&source.as_bytes()[..5000], source.len(), 4000, &origin).unwrap();
    assert!(matches!(head.extent, crate::guide::Extent::Head(_)));
    Arc::new(head)
}

fn model_of(guide: Arc<Guide>, log: Log) -> Model {
    Model::new(guide, log, settings(), (120, 40), 1000 * DAY)
}

/// The stage with the head of a guide.
fn begun(source: &str) -> Stage {
    Stage { model: model_of(head_of(source), Log::default()), effects: Vec::new(), n: 0 }
}

/// What was ticked before: the first step.
fn log(source: &str) -> Log {
    let mut before = stage(source);
    before.press("3").keys("x");
    before.model.log.clone()
}

fn complete(stage: &mut Stage, source: &str) {
    let whole = model_of(guide(source), log(source));
    stage.tell(Msg::Completed(Box::new(whole)));
}

/// The text that stands on the screen.
fn text(stage: &Stage) -> Vec<String> {
    stage.model.reader.lines.iter().map(|line| line.text.clone()).collect()
}

#[test]
fn a_head_is_read_like_a_guide_and_says_that_the_rest_is_on_its_way() {
    let mut stage = begun(&long());
    assert!(stage.model.awaits_rest() && stage.model.outline.rows.len() > 10);
    assert!(stage.model.checklist.rows.is_empty() && stage.model.stands(0).is_none());
    assert!(stage.model.panes.checklist.is_some(), "its place is kept");
    let percent = stage.model.reader.percent;
    assert!((1..20).contains(&percent), "{percent} is of the whole file");
    stage.press("<pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn><pgdn>");
    assert!(stage.model.reader.percent < 50 && !stage.model.reader.all);
}

#[test]
fn with_a_head_nothing_is_ticked_and_nothing_is_no_longer_in_the_guide() {
    let source = long();
    let mut stage = begun(&source);
    for keys in ["x", "u", "<C-r>", "R", "3x", "3s", "3e", "3i", "3J", "3?"] {
        stage.press("2").press(keys);
        assert_eq!(stage.said(), "la suite du guide arrive\u{a0}; un instant", "{keys}");
    }
    let changes = |effect: &Effect| !matches!(effect, Effect::Colour(..));
    assert!(!stage.done().iter().any(changes));
    let slot = stage.model.reader.lines.iter().position(|line| line.slot.is_some()).unwrap() as u16;
    let (column, row) = (stage.model.panes.column.x, stage.model.panes.column.y + slot);
    let at = stage.model.reader.lines[slot as usize].slot.unwrap().column;
    stage.click(column + at, row);
    assert!(!stage.done().iter().any(changes) && stage.model.pending.is_empty());
    complete(&mut stage, &source);
    assert_eq!(stage.model.checklist.steps.done, 1);
    assert!(
        !stage.model.checklist.rows.iter().any(|row| matches!(row, CheckRow::Gone { .. } | CheckRow::GoneHead { .. }))
    );
}

#[test]
fn the_whole_takes_the_screen_over_where_one_reads() {
    let source = long();
    let mut stage = begun(&source);
    stage.press("jjj").tell(Msg::Resize(100, 30)).press("To");
    let (before, place) = (text(&stage).split_off(1), stage.model.reader.wanted());
    let (theme, hidden) = (stage.model.settings.theme.clone(), stage.model.outline_hidden);
    complete(&mut stage, &source);
    assert!(!stage.model.is_head() && stage.model.guide.is_whole());
    assert_eq!((stage.model.size, stage.model.reader.wanted()), ((100, 30), place));
    assert_eq!(text(&stage).split_off(1), before, "not a row moved");
    assert_eq!((&stage.model.settings.theme, stage.model.outline_hidden), (&theme, hidden));
    assert!(stage.model.outline.news.is_empty() && stage.said() != "guide relu", "that was no edit");
    stage.press("x").save();
    assert!(!stage.model.log.records().is_empty());
}

#[test]
fn links_by_reference_are_known_with_the_whole() {
    let source = long();
    let mut stage = begun(&source);
    assert!(text(&stage).iter().any(|row| row.contains("[loin]")));
    complete(&mut stage, &source);
    assert!(text(&stage).iter().any(|row| row.contains("Voir là-bas")));
}

#[test]
fn one_who_did_not_move_is_where_the_whole_was_opened() {
    let source = long();
    let whole = || {
        let mut left = stage(&source);
        left.press("]]]]jj");
        let mut whole = model_of(guide(&source), Log::default());
        whole.resume(&Bookmark::of(&left.model.guide, left.model.reader.wanted(), left.model.reader.place, 0));
        whole
    };
    let mut quiet = begun(&source);
    quiet.tell(Msg::Completed(Box::new(whole())));
    assert_ne!(quiet.model.reader.wanted(), Place::default());
    assert!(!quiet.said().is_empty());
    let mut moved = begun(&source);
    moved.press("jj");
    let place = moved.model.reader.wanted();
    moved.tell(Msg::Completed(Box::new(whole())));
    assert_eq!(moved.model.reader.wanted(), place);
}

#[test]
fn a_wish_is_kept_until_the_whole_is_there_or_another_key_is_pressed() {
    let source = long();
    for (keys, section) in [("G", "Fin"), (".", "2. Étape 2"), ("f", "Guide")] {
        let mut stage = begun(&source);
        stage.press(keys);
        if keys == "f" {
            stage.press("f");
        } else {
            assert!(stage.said().contains("ce sera fait"), "{}", stage.said());
        }
        complete(&mut stage, &source);
        if keys == "f" {
            continue;
        }
        assert!(!stage.said().contains("ce sera fait"));
        assert_eq!(stage.section(), section, "{keys}");
    }
    let mut stage = begun(&source);
    stage.press("Gj");
    let place = stage.model.reader.wanted();
    complete(&mut stage, &source);
    assert_eq!(stage.model.reader.wanted(), place, "one went on reading");
    // A place that the head does not have.
    let mut stage = begun(&source);
    let link = stage.model.guide.links().find(|(_, link)| link.target.as_str() == "#fin").unwrap().0;
    super::super::links::follow(&mut stage.model, link);
    assert!(stage.said().contains("ce sera fait"));
    complete(&mut stage, &source);
    assert_eq!(stage.section(), "Fin");
}

#[test]
fn what_is_searched_for_is_found_with_the_whole() {
    let source = long();
    let mut stage = begun(&source);
    stage.press("/pas 150");
    assert!(stage.model.finder.is_waiting());
    assert!(!stage.done().iter().any(|effect| matches!(effect, Effect::Search(..))));
    complete(&mut stage, &source);
    stage.find();
    assert_eq!((stage.model.finder.hits.len(), stage.section()), (1, "150. Étape 150"));
    stage.press("<enter>");
    assert_eq!(stage.section(), "150. Étape 150");
    // Confirmed while the rest was being read.
    let mut stage = begun(&source);
    stage.press("/pas 150<enter>");
    complete(&mut stage, &source);
    stage.find();
    assert_eq!(stage.section(), "150. Étape 150");
    assert!(stage.done().iter().any(|e| matches!(e, Effect::RememberSearch(text) if text.as_str() == "pas 150")));
}

#[test]
fn panels_and_dialogs_that_are_open_stay_open() {
    let source = long();
    let mut stage = begun(&source);
    stage.press("1jjj");
    let row = stage.model.outline.selected;
    complete(&mut stage, &source);
    assert_eq!((stage.model.focus, stage.model.outline.selected), (Panel::Outline, row));
    let mut stage = begun(&source);
    stage.press(":étape 190");
    complete(&mut stage, &source);
    stage.press("<enter>");
    assert_eq!(stage.section(), "190. Étape 190");
    let mut stage = begun(&source);
    stage.press("c");
    assert_eq!(stage.model.focus, Panel::Text, "the head names nobody");
    complete(&mut stage, &source);
    assert_eq!(stage.model.focus, Panel::Contacts);
}

#[test]
fn a_rest_that_cannot_be_read_is_told_and_the_head_can_be_read_and_searched() {
    let source = long();
    let mut stage = begun(&source);
    stage.press("/pas 3").tell(Msg::Incomplete(Some(CleanText::line("disque arraché")))).find();
    assert!(!stage.model.finder.hits.is_empty());
    stage.press("<enter><esc>x");
    assert_eq!(stage.said(), "la suite du guide manque\u{a0}: rien ne peut être coché");
    stage.press("G");
    assert!(stage.said().contains("disque arraché"), "{}", stage.said());
    assert_eq!(stage.model.rest, Rest::Missing);
    stage.done();
    stage.press("R");
    assert_eq!(stage.done(), [Effect::Complete]);
    assert!(stage.model.awaits_rest() && stage.said().is_empty());
    complete(&mut stage, &source);
    assert!(stage.said().is_empty() && !stage.model.is_head());
    // One that comes too late takes nothing over.
    stage.press("G").tell(Msg::Incomplete(None));
    let place = stage.model.reader.wanted();
    complete(&mut stage, &source);
    assert_eq!((stage.model.reader.wanted(), stage.model.is_head()), (place, false));
}

#[test]
fn colours_and_answers_on_their_way_find_the_whole() {
    let source = long();
    let mut stage = begun(&source);
    let Some(Effect::Colour(ticket, block)) = stage.tell(Msg::Resize(120, 40)).done().first().cloned() else {
        panic!()
    };
    complete(&mut stage, &source);
    stage.tell(Msg::Coloured(ticket, block, Vec::new()));
    assert!(stage.model.colours.contains_key(&block));
    let Some(Effect::Copy(ticket, _)) = begun_copy(&source, &mut stage) else { panic!() };
    stage.tell(Msg::Copied(ticket, Landing::Sent));
    assert!(!stage.said().is_empty());
}

/// Copies in the head, and the whole comes before the answer.
fn begun_copy(source: &str, stage: &mut Stage) -> Option<Effect> {
    *stage = begun(source);
    stage.press("Y");
    let copy = stage.done().into_iter().find(|e| matches!(e, Effect::Copy(..)));
    complete(stage, source);
    copy
}
