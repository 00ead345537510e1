//! A folder's list, driven by keys and by the answers of an edge.

use super::*;
use std::path::PathBuf;

const FILES: [&str; 4] = ["1-accueil.md", "2-départ.md", "10-clôture.md", "équipe/règles.md"];

pub(super) fn listing(files: &[&str]) -> Listing {
    Listing { guides: files.iter().map(PathBuf::from).collect(), cut: None }
}

pub(super) fn folder() -> Stage {
    let mut stage = stage("");
    stage.model.list(Library::new(listing(&FILES)));
    stage
}

pub(super) fn card(title: &str, visited: Option<i64>) -> Card {
    Card { title: CleanText::line(title), tally: Default::default(), visited, trouble: None }
}

pub(super) fn told(stage: &Stage) -> Vec<String> {
    let library = stage.model.library.as_ref().unwrap();
    (0..library.rows.len()).map(|row| library.at(row).unwrap().title().to_string()).collect()
}

pub(super) fn selected(stage: &Stage) -> String {
    let library = stage.model.library.as_ref().unwrap();
    library.at(library.selected).map(|listed| listed.name.to_string()).unwrap_or_default()
}

/// Asks for a survey as coming to the list does, and gives its ticket.
pub(super) fn survey(stage: &mut Stage) -> Ticket {
    stage.effects.clear();
    stage.tell(Msg::Entered(Entry::Plain));
    let [Effect::Survey(ticket)] = stage.effects[..] else { panic!("{:?}", stage.effects) };
    stage.effects.clear();
    ticket
}

pub(super) fn read(stage: &mut Stage, ticket: Ticket, cards: &[(&str, Card)]) {
    let cards = cards.iter().map(|(path, card)| (PathBuf::from(path), card.clone())).collect();
    stage.tell(Msg::Surveyed(ticket, Survey::Read(cards)));
}

#[test]
fn the_list_answers_keys_before_anything_is_known_of_its_guides() {
    let mut stage = folder();
    assert_eq!((stage.model.focus, told(&stage).len()), (Panel::Library, 4));
    stage.press("jj");
    assert_eq!(selected(&stage), "10-clôture.md");
    stage.press("G");
    assert_eq!(selected(&stage), "équipe/règles.md");
    stage.press("gk<enter>");
    assert!(
        matches!(&stage.effects[..], [Effect::Browse(_, path, Entry::Plain)] if path.to_str() == Some("1-accueil.md"))
    );
}

#[test]
fn titles_come_piece_by_piece_and_the_last_visited_first_once_all_are_known() {
    let mut stage = folder();
    let ticket = survey(&mut stage);
    stage.press("j");
    read(&mut stage, ticket, &[("10-clôture.md", card("Clôture", Some(5)))]);
    assert_eq!(told(&stage), ["1-accueil.md", "2-départ.md", "Clôture", "équipe/règles.md"], "no row moves yet");
    read(&mut stage, ticket, &[("équipe/règles.md", card("Règles", Some(9))), ("2-départ.md", card("Départ", None))]);
    stage.tell(Msg::Surveyed(ticket, Survey::Done));
    assert_eq!(told(&stage), ["Règles", "Clôture", "1-accueil.md", "Départ"]);
    assert_eq!(selected(&stage), "2-départ.md", "the selection stays with its guide");
}

#[test]
fn an_answer_to_an_earlier_survey_is_dropped() {
    let mut stage = folder();
    let (early, late) = (survey(&mut stage), survey(&mut stage));
    read(&mut stage, early, &[("2-départ.md", card("Ancien", None))]);
    stage.tell(Msg::Surveyed(early, Survey::Listed(listing(&[]))));
    assert_eq!(told(&stage), FILES);
    read(&mut stage, late, &[("2-départ.md", card("Nouveau", None))]);
    assert_eq!(told(&stage)[1], "Nouveau");
}

#[test]
fn a_new_listing_keeps_what_is_known_and_forgets_what_is_gone() {
    let mut stage = folder();
    let ticket = survey(&mut stage);
    read(&mut stage, ticket, &[("2-départ.md", card("Départ", None))]);
    stage.press("jj");
    let again = survey(&mut stage);
    stage.tell(Msg::Surveyed(again, Survey::Listed(listing(&["0.md", "2-départ.md", "10-clôture.md"]))));
    assert_eq!(
        (told(&stage), selected(&stage)),
        (vec!["0.md".into(), "Départ".into(), "10-clôture.md".into()], "10-clôture.md".into())
    );
    stage.tell(Msg::Surveyed(again, Survey::Listed(listing(&[]))));
    assert_eq!((told(&stage), selected(&stage)), (vec![], String::new()));
    stage.press("jkG<enter>/x<enter>");
    stage.tell(Msg::Surveyed(again, Survey::Failed(CleanText::line("parti"))));
    assert_eq!(stage.model.said().map(|n| n.text.as_str()), Some("parti"));
}

#[test]
fn what_needs_a_guide_is_told_and_does_nothing() {
    let mut stage = folder();
    for keys in ["1", "2", "3", "c", "<tab>", "n", "N", ".", "u", "<C-r>", "o", "E", "h", "l"] {
        stage.press(keys);
        assert_eq!((stage.model.focus, stage.model.overlay.is_none()), (Panel::Library, true), "{keys}");
        assert_eq!(stage.model.said().map(|n| n.text.as_str()), Some("ouvrez d’abord un guide"), "{keys}");
        assert_eq!(stage.effects, [], "{keys}");
    }
    stage.press(":ouvrir plan<esc>?");
    assert!(matches!(stage.model.overlay, Some(Overlay::Help { .. })));
}

#[test]
fn one_comes_back_from_a_guide_by_the_way_one_came_or_at_once() {
    let mut list = folder();
    let ticket = survey(&mut list);
    list.press("j<enter>");
    let mut guide = stage("# Un\n\ntexte\n\n# Deux\n");
    guide.model.number = 1;
    guide.model.take_over(&mut list.model, &Entry::Plain);
    guide.tell(Msg::Entered(Entry::Plain));
    guide.press("]");
    let back = Effect::Return(Stop { guide: 0, place: Place::default() });
    guide.press("0");
    assert_eq!(guide.effects, std::slice::from_ref(&back));
    list.model.take_over(&mut guide.model, &Entry::Place(Place::default()));
    list.tell(Msg::Entered(Entry::Place(Place::default())));
    assert_eq!((list.model.focus, selected(&list).as_str()), (Panel::Library, "2-départ.md"));
    assert!(matches!(list.effects[..], [.., Effect::Survey(again)] if again > ticket));
    list.effects.clear();
    list.press("<back>");
    assert!(matches!(list.effects[..], [Effect::Return(Stop { guide: 1, .. })]), "and back to the guide");
    guide.effects.clear();
    guide.model.take_over(&mut list.model, &Entry::Place(Place::default()));
    guide.press("<back>");
    assert_eq!(guide.effects, [back]);
    let mut alone = stage("# Un\n");
    alone.press("0");
    assert_eq!(alone.model.said().map(|n| n.tone), Some(Tone::Fact));
}

#[test]
fn a_guide_that_cannot_be_opened_leaves_one_in_the_list() {
    let mut stage = folder();
    stage.press("<enter>");
    let [Effect::Browse(ticket, _, _)] = stage.effects[..] else { panic!() };
    stage.tell(Msg::NotVisited(ticket, CleanText::line("pas du texte")));
    assert_eq!(stage.model.said().map(|n| (n.tone, n.text.as_str())), Some((Tone::Warning, "pas du texte")));
}

#[test]
fn rows_are_clicked_and_the_selected_one_is_in_sight_at_every_size() {
    let files: Vec<String> = (0..300).map(|n| format!("{n}.md")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        let mut stage = sized("", columns, rows);
        stage.model.list(Library::new(listing(&files)));
        for keys in ["G", "k", "<pgup>", "g", "<pgdn>", "j"] {
            stage.press(keys);
            let (library, room) = (stage.model.library.as_ref().unwrap(), stage.model.panes.library_rows);
            let shown = library.top..library.top + usize::from(room.height);
            assert!(shown.contains(&library.selected), "{columns} {keys}");
        }
        let at = stage.model.panes.library_rows;
        let top = stage.model.library.as_ref().unwrap().top;
        stage.effects.clear();
        stage.tell(Msg::Mouse(Mouse { kind: MouseKind::Press, column: at.x + 2, row: at.y + 1, ctrl: false }));
        let expected = format!("{}.md", top + 1);
        assert!(matches!(&stage.effects[..], [Effect::Browse(_, path, _)] if path.to_str() == Some(&*expected)));
    }
}
