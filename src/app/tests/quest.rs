//! A search in all guides of a folder, driven by keys and by the answers of an edge.

use super::library::{card, folder, listing, read, selected, survey, told};
use super::*;
use crate::guide::search::{Excerpt, Flaw};
use proptest::prelude::*;
use std::path::PathBuf;

/// The last sweep asked for; it was for this query.
fn asked(stage: &mut Stage, query: &str) -> Ticket {
    let last = stage.effects.iter().rfind(|effect| matches!(effect, Effect::Sweep(..)));
    let Some(Effect::Sweep(ticket, asked, _)) = last else { panic!("{:?}", stage.effects) };
    assert_eq!(asked, query);
    let ticket = *ticket;
    stage.effects.clear();
    ticket
}

fn find(hits: usize) -> Find {
    let line = CleanText::line;
    let first = Excerpt { before: line("avant"), hit: line("mot"), behind: line("après") };
    Find { hits, first: (hits > 0).then_some(first) }
}

fn finds(stage: &mut Stage, ticket: Ticket, finds: &[(&str, usize)]) {
    let finds = finds.iter().map(|(path, hits)| (PathBuf::from(path), find(*hits))).collect();
    stage.tell(Msg::Swept(ticket, Sweep::Found(finds)));
}

fn done(stage: &mut Stage, ticket: Ticket) {
    stage.tell(Msg::Swept(ticket, Sweep::Done));
}

/// How a guide is opened.
fn opened(stage: &mut Stage) -> Vec<(String, Entry)> {
    let opened = stage.effects.iter().filter_map(|effect| match effect {
        Effect::Browse(_, path, entry) => Some((path.to_string_lossy().into_owned(), entry.clone())),
        _ => None,
    });
    let opened = opened.collect();
    stage.effects.clear();
    opened
}

fn searching(path: &str, query: &str) -> Vec<(String, Entry)> {
    vec![(path.into(), Entry::Searching(query.into()))]
}

#[test]
fn guides_come_in_as_they_are_found_and_those_without_a_hit_stay_away() {
    let mut stage = folder();
    stage.press("/");
    asked(&mut stage, "");
    stage.press("mot");
    let ticket = asked(&mut stage, "mot");
    assert_eq!(told(&stage), [""; 0]);
    finds(&mut stage, ticket, &[("1-accueil.md", 0), ("2-départ.md", 3)]);
    assert_eq!(told(&stage), ["2-départ.md"]);
    finds(&mut stage, ticket, &[("10-clôture.md", 0), ("équipe/règles.md", 2)]);
    done(&mut stage, ticket);
    assert_eq!(told(&stage), ["2-départ.md", "équipe/règles.md"]);
    let library = stage.model.library.as_ref().unwrap();
    assert_eq!((library.hits(), library.quest.is_waiting()), ((5, 2), false));
    stage.press("<down><enter>");
    assert_eq!(opened(&mut stage), searching("équipe/règles.md", "mot"));
}

#[test]
fn what_is_named_so_comes_first_and_at_once() {
    let mut stage = folder();
    let ticket = survey(&mut stage);
    read(&mut stage, ticket, &[("équipe/règles.md", card("Nos valeurs", None))]);
    stage.press("/valeurs equip");
    let ticket = asked(&mut stage, "valeurs equip");
    assert_eq!(told(&stage), ["Nos valeurs"], "by title and file, in any order, without accents");
    finds(&mut stage, ticket, &[("1-accueil.md", 1)]);
    assert_eq!(told(&stage), ["Nos valeurs", "1-accueil.md"]);
    stage.press("<enter>");
    assert_eq!(opened(&mut stage), searching("équipe/règles.md", "valeurs equip"), "it may hold it too");
    finds(&mut stage, ticket, &[("équipe/règles.md", 0)]);
    stage.press("<enter>");
    assert_eq!(opened(&mut stage), [("équipe/règles.md".into(), Entry::Plain)], "it does not");
}

#[test]
fn a_late_answer_is_dropped_and_earlier_finds_stay_until_the_new_ones_come() {
    let mut stage = folder();
    stage.press("/m");
    let early = asked(&mut stage, "m");
    finds(&mut stage, early, &[("1-accueil.md", 9), ("10-clôture.md", 4)]);
    stage.press("o");
    let late = asked(&mut stage, "mo");
    finds(&mut stage, early, &[("2-départ.md", 7)]);
    done(&mut stage, early);
    assert_eq!(told(&stage), ["1-accueil.md", "10-clôture.md"]);
    finds(&mut stage, late, &[("1-accueil.md", 0), ("2-départ.md", 1)]);
    assert_eq!(told(&stage), ["2-départ.md", "10-clôture.md"]);
    done(&mut stage, late);
    assert_eq!(told(&stage), ["2-départ.md"], "what was not found again is gone");
    finds(&mut stage, late, &[("1-accueil.md", 1)]);
    assert_eq!(told(&stage), ["2-départ.md"], "nothing comes after the end");
}

#[test]
fn enter_waits_for_what_is_found_and_never_opens_what_an_earlier_query_found() {
    let mut stage = folder();
    stage.press("/m");
    let ticket = asked(&mut stage, "m");
    finds(&mut stage, ticket, &[("1-accueil.md", 9), ("10-clôture.md", 4)]);
    stage.press("ot<enter>");
    let ticket = asked(&mut stage, "mot");
    assert_eq!(opened(&mut stage), []);
    finds(&mut stage, ticket, &[("1-accueil.md", 0), ("2-départ.md", 0)]);
    assert_eq!(opened(&mut stage), []);
    finds(&mut stage, ticket, &[("10-clôture.md", 1)]);
    assert_eq!(opened(&mut stage), searching("10-clôture.md", "mot"));
    finds(&mut stage, ticket, &[("équipe/règles.md", 1)]);
    done(&mut stage, ticket);
    assert_eq!(opened(&mut stage), [], "once");
    // Who moves meanwhile is left where they are.
    stage.press("/x<enter>");
    let ticket = asked(&mut stage, "x");
    stage.press("j");
    finds(&mut stage, ticket, &[("1-accueil.md", 1)]);
    done(&mut stage, ticket);
    assert_eq!(opened(&mut stage), []);
}

#[test]
fn what_is_nowhere_is_told_and_not_looked_for_any_more() {
    let mut stage = folder();
    stage.press("/nulle part<enter>");
    let ticket = asked(&mut stage, "nulle part");
    finds(&mut stage, ticket, &[("1-accueil.md", 0)]);
    assert_eq!(stage.said(), "");
    done(&mut stage, ticket);
    assert!(stage.said().contains("nulle part"), "{}", stage.said());
    assert_eq!((told(&stage).len(), opened(&mut stage)), (4, vec![]));
    // A flaw is told as one types; then all guides are there.
    stage.press("/re:(");
    let ticket = asked(&mut stage, "re:(");
    stage.tell(Msg::Swept(ticket, Sweep::Flawed(Flaw::OpenGroup)));
    assert_eq!((told(&stage).len(), stage.model.library.as_ref().unwrap().quest.flaw), (4, Some(Flaw::OpenGroup)));
    stage.press("<enter>");
    assert_eq!(stage.model.said().map(|n| n.tone), Some(Tone::Warning));
    assert!(!stage.model.library.as_ref().unwrap().quest.is_on());
    // What is no query leaves nothing out, and asks for nothing.
    for keys in ["/  ", "<esc>/re:"] {
        stage.effects.clear();
        stage.press(keys);
        assert_eq!(told(&stage).len(), 4, "{keys}");
    }
}

#[test]
fn the_query_stands_until_esc_and_esc_while_typing_brings_the_one_before_back() {
    let mut stage = folder();
    stage.press("/mot");
    let ticket = asked(&mut stage, "mot");
    finds(&mut stage, ticket, &[("2-départ.md", 3), ("équipe/règles.md", 1)]);
    done(&mut stage, ticket);
    stage.press("<enter>j");
    // One reads, comes back, and the folder is looked through again: so are its guides.
    let again = survey(&mut stage);
    assert_eq!((told(&stage).len(), selected(&stage)), (2, "équipe/règles.md".into()));
    let files = ["0-neuf.md", "2-départ.md", "équipe/règles.md"];
    stage.tell(Msg::Surveyed(again, Survey::Listed(listing(&files))));
    stage.tell(Msg::Surveyed(again, Survey::Done));
    let Some(Effect::Sweep(_, _, paths)) = stage.effects.last() else { panic!("{:?}", stage.effects) };
    assert_eq!(*paths, files.map(PathBuf::from));
    let ticket = asked(&mut stage, "mot");
    assert_eq!((told(&stage).len(), selected(&stage)), (2, "équipe/règles.md".into()));
    finds(&mut stage, ticket, &[("0-neuf.md", 1), ("2-départ.md", 0), ("équipe/règles.md", 1)]);
    done(&mut stage, ticket);
    assert_eq!(
        (told(&stage), selected(&stage)),
        (vec!["0-neuf.md".into(), "équipe/règles.md".into()], "équipe/règles.md".into())
    );
    stage.press("/autre");
    asked(&mut stage, "autre");
    stage.press("<esc>");
    let ticket = asked(&mut stage, "mot");
    finds(&mut stage, ticket, &[("0-neuf.md", 1)]);
    done(&mut stage, ticket);
    assert_eq!(told(&stage), ["0-neuf.md"]);
    stage.press("<esc>");
    assert_eq!((told(&stage).len(), stage.effects.len()), (3, 0));
    assert!(!stage.model.library.as_ref().unwrap().quest.is_on());
}

#[test]
fn earlier_searches_stand_above_the_first_row_and_are_the_text_s_too() {
    let mut stage = folder();
    stage.model.finder.history = ["mot", "jardin"].map(CleanText::line).to_vec();
    stage.press("/<down><up>");
    let typed = |stage: &Stage| match &stage.model.overlay {
        Some(Overlay::Quest(line)) => line.input.value().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(typed(&stage), "");
    for (keys, expected) in [("<up>", "jardin"), ("<C-p>", "mot"), ("<up>", "mot"), ("<down>", "jardin"), ("<C-n>", "")]
    {
        stage.press(keys);
        assert_eq!(typed(&stage), expected, "{keys}");
    }
    stage.press("départ<enter>");
    assert_eq!(opened(&mut stage), searching("2-départ.md", "départ"));
    let history: Vec<_> = stage.model.finder.history.iter().map(|it| it.to_string()).collect();
    assert_eq!(history, ["mot", "jardin", "départ"]);
    // An empty line asks for the last one again, unless one went to another row.
    stage.press("<esc>/<enter>");
    asked(&mut stage, "départ");
    assert_eq!(stage.model.library.as_ref().unwrap().quest.query, "départ");
    stage.press("<esc>g/<down><down><enter>");
    assert_eq!(opened(&mut stage), [("10-clôture.md".into(), Entry::Plain)]);
}

#[test]
fn a_guide_is_entered_at_its_first_hit_and_back_leads_to_the_list() {
    let mut list = folder();
    list.press("/etape<enter>");
    let ticket = asked(&mut list, "etape");
    finds(&mut list, ticket, &[("1-accueil.md", 2)]);
    let long = "texte\n\n".repeat(100);
    let text = format!("# Un\n\n{long}\n\n# Une étape\n\n{long}\n\n# Deux étapes\n\n{long}\n");
    let mut guide = sized(&text, 80, 24);
    guide.model.number = 1;
    guide.press("G");
    let [(_, entry)] = &opened(&mut list)[..] else { panic!() };
    guide.model.take_over(&mut list.model, entry);
    guide.tell(Msg::Entered(entry.clone())).find();
    assert_eq!((guide.section(), guide.model.finder.at, guide.model.finder.hits.len()), ("Une étape", Some(0), 2));
    guide.press("n");
    assert_eq!(guide.section(), "Deux étapes");
    guide.effects.clear();
    guide.press("<back>");
    assert_eq!(guide.effects, [Effect::Return(Stop { guide: 0, place: Place::default() })]);
    // One that does not hold it is read as ever, and nothing is searched for.
    let mut other = sized("# Un\n\ntexte\n", 80, 24);
    let entry = Entry::Searching("étape".into());
    other.model.take_over(&mut guide.model, &entry);
    other.tell(Msg::Entered(entry)).find();
    assert_eq!((other.model.finder.is_on(), other.said()), (false, String::new()));
}

#[test]
fn the_palette_and_other_keys_lead_to_the_same_search() {
    let mut stage = folder();
    stage.press(":chercher<enter>");
    assert!(matches!(stage.model.overlay, Some(Overlay::Quest(_))), "{:?}", stage.model.overlay);
    stage.press("<esc>:dans le texte");
    assert!(!palette_rows(&stage.model).iter().any(|row| row.label.contains("dans le texte")));
    // A key of one's own leads there from a guide too, and back leads to the guide.
    let mut list = folder();
    let mut guide = sized("# Un\n", 80, 24);
    (guide.model.number, guide.model.home) = (1, Some(0));
    let own = Remap { place: Where::Everywhere, action: Action::SearchGuides, keys: vec![Key::ctrl('f')] };
    guide.model.settings.keymap = Arc::new(Keymap::remapped(&[own]).0);
    guide.press("<C-f>");
    assert_eq!(guide.effects, [Effect::SearchList(0)]);
    list.model.take_over(&mut guide.model, &Entry::Asking);
    list.tell(Msg::Entered(Entry::Asking));
    assert!(matches!(list.model.overlay, Some(Overlay::Quest(_))));
    list.effects.clear();
    list.press("<esc><back>");
    assert!(matches!(list.effects[..], [Effect::Return(Stop { guide: 1, .. })]), "{:?}", list.effects);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_keys_and_answers_breaks_the_list(
        walk in prop::collection::vec((0..12_usize, 0..5_usize), 80),
        size in (20_u16..130, 5_u16..40),
    ) {
        let mut stage = folder();
        stage.tell(Msg::Resize(size.0, size.1));
        let keys = ["/", "a", "re:(", "<back>", "<up>", "<down>", "<enter>", "<esc>", "j", "G", "é", " "];
        let paths = ["1-accueil.md", "2-départ.md", "10-clôture.md", "équipe/règles.md", "parti.md"];
        for (what, which) in walk {
            let last = stage.effects.iter().rev().find_map(|e| match e {
                Effect::Sweep(ticket, ..) => Some(*ticket),
                _ => None,
            });
            match (which, last) {
                (0, Some(ticket)) => finds(&mut stage, ticket, &[(paths[what % 5], what % 3)]),
                (1, Some(ticket)) if what < 6 => done(&mut stage, ticket),
                (1, Some(ticket)) if what == 6 => _ = stage.tell(Msg::Swept(ticket, Sweep::Flawed(Flaw::Unclear))),
                (1, _) if what == 7 => _ = survey(&mut stage),
                _ => _ = stage.press(keys[what]),
            }
            let library = stage.model.library.as_ref().unwrap();
            let (rows, room) = (library.rows.len(), usize::from(stage.model.panes.library_rows.height));
            prop_assert!(library.selected < rows || rows == 0);
            prop_assert!(rows == 0 || room == 0 || (library.top..library.top + room).contains(&library.selected));
            prop_assert!(library.quest.sifts() || rows == library.guides.len());
            prop_assert!(!footer_hints(&stage.model).is_empty());
        }
    }
}
