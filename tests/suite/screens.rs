//! What stands in the cells of the screen, where the rows of the layout do not tell it: what lies over the text, raised
//! numbers, the bar beside code.

use jalon::app::{Code, Key, Model, Msg, Settings, update};
use jalon::guide::{CleanText, Guide, Origin};
use jalon::progress::{Change, Dot, Hlc, Log, Op, Record, Subject};
use jalon::theme::ThemeChoice;
use jalon::view;
use jalon::words::Lang;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::sync::Arc;

fn model(source: &str, theme: ThemeChoice, ascii: bool, size: (u16, u16)) -> Model {
    let guide = Guide::parse(source, &Origin { name: "essai".into(), base_url: None });
    let settings = Settings {
        lang: Lang::Fr,
        theme,
        ascii,
        who: CleanText::line("lise"),
        device: "lise-1a2b3c4d".into(),
        ..Settings::default()
    };
    Model::new(Arc::new(guide), Log::default(), settings, size, 0)
}

fn press(model: &mut Model, keys: &[Key]) {
    for key in keys {
        update(model, Msg::Key(*key));
    }
}

/// The rows of the screen as text, without the blanks at their ends.
fn rows(model: &Model) -> Vec<String> {
    let (columns, rows) = model.size;
    let area = Rect::new(0, 0, columns, rows);
    let mut buffer = Buffer::empty(area);
    view::draw(model, area, &mut buffer);
    let row = |y: u16| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>().trim_end().to_owned();
    (0..rows).map(row).collect()
}

const TABLE: &str = "\
# Machines

| Nom | Adresse | Disque | Remarque |
|---|---|---|---|
| lyon | https://lyon.exemple.org/etat | 4 To | à remplacer |
| brest | https://brest.exemple.org/etat | 2 To | neuve |
";

#[test]
fn a_table_over_the_screen_shows_whole_columns_and_where_there_are_more() {
    let mut model = model(TABLE, ThemeChoice::Night, false, (50, 12));
    press(&mut model, &[Key::char('t')]);
    let first = rows(&model);
    assert_eq!(first[0], " Machines                   colonnes 2 à 3 sur 4");
    assert_eq!(first[1], "  Nom    Adresse                         Disque  ›");
    assert_eq!(first[3], "  lyon   https://lyon.exemple.org/etat   4 To");
    assert!(first[11].starts_with(" → colonnes"), "{}", first[11]);
    press(&mut model, &[Key::plain(Code::Right)]);
    let second = rows(&model);
    assert_eq!(second[1], "  Nom  ‹ Disque  Remarque");
    assert_eq!(second[4], "  brest  2 To    neuve");
    press(&mut model, &[Key::plain(Code::Esc)]);
    assert!(rows(&model).iter().any(|r| r.starts_with("  Nom    Adresse             Disque")), "{:#?}", rows(&model));
}

#[test]
fn a_note_lies_over_the_text_at_every_size() {
    for size in [(120, 40), (80, 24), (40, 12), (20, 5)] {
        let mut model = model("Un mot[^a].\n\n[^a]: La *note*.\n", ThemeChoice::Terminal, false, size);
        press(&mut model, &[Key::char('r')]);
        let rows = rows(&model);
        assert!(rows.iter().any(|r| r.contains(" Note ")), "{size:?}: {rows:#?}");
        assert!(rows.iter().any(|r| r.contains("[1] La note.")), "{size:?}: {rows:#?}");
    }
}

#[test]
fn numbers_are_drawn_raised_and_lowered_where_more_than_ascii_is_to_be_had() {
    let powers = "10<sup>-5</sup> m<sup>2</sup> de H<sub>2</sub>O, le 1<sup>er</sup>";
    let shown = |ascii| rows(&model(powers, ThemeChoice::Night, ascii, (60, 8)));
    assert!(shown(false).iter().any(|r| r.contains("10⁻⁵ m² de H₂O, le 1er")));
    assert!(shown(true).iter().any(|r| r.contains("10^-5 m^2 de H2O, le 1er")));
}

#[test]
fn a_bar_stands_beside_code_where_its_ground_is_not_painted() {
    let code = "texte\n\n```sh\nmake\n```\n";
    let shown = |theme| rows(&model(code, theme, false, (60, 12))).join("\n");
    assert!(shown(ThemeChoice::Terminal).contains("▏ make"));
    assert!(shown(ThemeChoice::Night).contains("  make") && !shown(ThemeChoice::Night).contains('▏'));
}

#[test]
fn what_asks_for_an_answer_is_named_in_the_narrowest_checklist_and_whole_below_it() {
    let text = "# T\n\n## Liste\n\n1. Accueillir les invités à l’entrée. Avant midi.\n2. Ranger.\n";
    let mut model = model(text, ThemeChoice::Day, false, (70, 24));
    let change = Change { subject: Subject::of_item(&model.guide, 0), op: Op::Done };
    let dot = Dot { device: "bob-1a2b3c4d".into(), n: 1 };
    let record = Record { dot, at: Hlc::default(), by: CleanText::line("bob"), change };
    update(&mut model, Msg::Arrived(vec![record]));
    press(&mut model, &[Key::char('3'), Key::char('g'), Key::char('j')]);
    let edited = Guide::parse(&text.replace("midi", "le soir"), &Origin { name: "essai".into(), base_url: None });
    update(&mut model, Msg::Reloaded(Arc::new(edited)));
    let screen = rows(&model);
    assert!(screen.iter().any(|r| r.ends_with("✓ 1. Accu… texte changé")), "{screen:#?}");
    for part in ["1. Accueillir les", "invités à l’entrée", "fait par bob,", "à confirmer ou à"] {
        assert!(screen.iter().any(|r| r.contains(part)), "{part} is not in {screen:#?}");
    }
}
