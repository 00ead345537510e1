//! What a file says and what is wrong with it, as a reader sees it: one line each, with its line.

use super::*;
use crate::app::{Key, Keymap, Panel};
use crate::cli::Options;
use crate::theme::{ThemeChoice, Themed};
use crate::words::{Action, ConfigWord};
use proptest::prelude::*;

/// What is told of a file, in English.
fn told(text: &str) -> Vec<String> {
    let file = CleanText::line("c.toml");
    read(text).1.iter().map(|flaw| flaw.say(&file, Lang::En).to_string()).collect()
}

fn force(text: &str) -> Force {
    in_force(&Options::default(), &Config::default(), &read(text).0).unwrap()
}

#[test]
fn a_good_file_is_taken_without_a_word() {
    let text = "\u{feff}lang = \"fr\"\r\nwidth = 0x48\r\nmouse = false\nas = \"Lise\"\n[keys.text]\ntable = \"w\"\n";
    assert_eq!(told(text), Vec::<String>::new());
    let force = force(text);
    assert_eq!((force.lang, force.width, force.mouse, force.ascii), (Some(Lang::Fr), 72, false, false));
    assert_eq!(force.who.as_deref(), Some("Lise"));
    assert_eq!(force.keymap.action(Panel::Text, None, Key::char('w')), Some(Action::Table));
}

#[test]
fn each_flaw_is_one_line_that_names_the_key_and_its_line_and_the_rest_goes_on() {
    let text = r##"colour = "red"
widht = 72
width = "wide"
lang = "de"
ascii = true
keys = 3
themes = "x"
theme = "mauve"
as = " "
"##;
    let lines = told(text);
    assert_eq!(
        lines,
        [
            "c.toml:1: unknown key `colour`",
            "c.toml:2: unknown key `widht`; perhaps `width`",
            "c.toml:3: `width` takes a whole number from 20 to 1000",
            "c.toml:4: `lang` takes \"fr\" or \"en\"",
            "c.toml:6: `keys` takes a table, [keys]",
            "c.toml:7: `themes` takes a table, [themes]",
            "c.toml:8: unknown theme `mauve`; there are auto, day, night, terminal",
            "c.toml:9: `as` takes a text in quotation marks",
        ]
    );
    let force = force(text);
    assert!(force.ascii);
    assert_eq!((force.width, force.theme, force.lang), (90, ThemeChoice::Auto, None));
}

#[test]
fn flaws_of_keys_are_told_by_name_and_line() {
    let text = r##"[keys.text]
tabel = ["w"]
table = ["gg", "ctrl-i", "w"]
notes = "w"
next-heading = 3
confirm = ["z"]
[keys.txt]
[keys.dialog]
down = ["esc", "x"]
[keys.checklist]
skip = ["e"]
"##;
    assert_eq!(
        told(text),
        [
            "c.toml:2: unknown action `tabel`; perhaps `table`",
            "c.toml:3: `keys.text.table`: `gg` is no key",
            "c.toml:3: the key ctrl-i: terminals send tab in its place",
            "c.toml:4: the key w is that of `table` in `text` already, which keeps it",
            "c.toml:5: `keys.text.next-heading` takes a list of keys, such as [\"g\", \"ctrl-home\"]",
            "c.toml:6: `confirm` does nothing in `text`",
            "c.toml:7: unknown place `txt`; there are everywhere, text, lists, checklist, contacts, library, line, dialog",
            "c.toml:9: the key esc stays that of `close`",
            "c.toml:11: the key e was the last one of `note` in `checklist`; give it another one, or write note = []",
        ]
    );
    let keymap = force(text).keymap;
    assert_eq!(keymap.action(Panel::Text, None, Key::char('w')), Some(Action::Table));
    assert_eq!(
        keymap.action(Panel::Text, None, Key::char(']')),
        Some(Action::NextHeading),
        "what is wrong takes nothing"
    );
}

#[test]
fn the_earlier_line_has_a_key_whatever_the_alphabet_says() {
    let keymap = force("[keys.text]\ntable = [\"w\"]\nnotes = [\"w\"]\n").keymap;
    assert_eq!(keymap.action(Panel::Text, None, Key::char('w')), Some(Action::Table));
    let keymap = force("[keys.text]\nnotes = [\"w\"]\ntable = [\"w\"]\n").keymap;
    assert_eq!(keymap.action(Panel::Text, None, Key::char('w')), Some(Action::Notes));
}

#[test]
fn flaws_of_themes_are_told_by_name_and_line() {
    let text = r##"theme = "mine"
[themes.mine]
base = "nite"
txet = "#fff"
text = "#fff bald"
page = "white smoke"
[themes.night]
text = "#fff"
[themes.dim]
base = "night"
muted = "#555"
[themes.snow]
base = "night"
page = "#ffffff"
side = "#ffffff"
raised = "#ffffff"
"##;
    let lines = told(text);
    assert_eq!(
        lines[..6],
        [
            "c.toml:3: `themes.mine.base` takes \"day\", \"night\" or \"terminal\"",
            "c.toml:4: unknown role `txet`; perhaps `text`",
            "c.toml:5: `themes.mine.text`: `bald` is neither a colour (#rrggbb or a name) nor a weight",
            "c.toml:6: `themes.mine.page` takes a colour, #rrggbb or a name",
            "c.toml:7: a theme cannot be called `night`: the name has a meaning already",
            "c.toml:11: `themes.dim.muted` is hard to read: a contrast of 1.7, 4.5 is needed",
        ]
    );
    assert!(lines[6].starts_with("c.toml:12: on these grounds ") && lines[6].contains("hard to read"), "{}", lines[6]);
    assert_eq!(lines.len(), 7);
    let force = force(text);
    assert_eq!(force.themes.len(), 3);
    assert!(matches!(force.theme.themed(None), Themed::Own(own) if &*own.name == "mine"));
}

#[test]
fn what_is_no_toml_is_told_by_its_line_and_the_lines_around_it_hold() {
    let text = "lang = \"fr\"\nwidth = \nascii = true\n[keys.text\n[keys.lists]\nfold = []\n";
    let file = CleanText::line("c.toml");
    let flaws = read(text).1;
    let places: Vec<&At> = flaws.iter().map(|flaw| &flaw.at).collect();
    assert_eq!(places, [&At::Line(2), &At::Line(4)], "{flaws:?}");
    assert!(flaws[0].say(&file, Lang::Fr).contains("n’est pas du TOML\u{a0}: width ="), "{flaws:?}");
    let force = force(text);
    assert_eq!((force.lang, force.ascii), (Some(Lang::Fr), true));
    assert_eq!(force.keymap.action(Panel::Outline, None, Key::char('h')), None);
}

#[test]
fn what_a_file_quotes_drives_no_terminal() {
    let text = "\"\\u001b[31m\" = 1\ntheme = \"\\u001b]0;x\\u0007\"\n[keys.text]\n\"\\u202e\" = []\ntable = [\"\\u001b\"]\n[themes.\"\\u001b\"]\n\u{1b}[2J = \u{9b}1m\n";
    let lines = told(text);
    assert!(lines.len() >= 6, "{lines:?}");
    for line in lines {
        assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
    }
}

#[test]
fn an_option_comes_before_a_variable_before_the_file_before_the_default() {
    let file = read("width = 40\nas = \"file\"\nreview_after_days = 7\n").0;
    let variable = |name: &str| match name {
        "JALON_WIDTH" => Some("50".to_owned()),
        "JALON_AS" => Some("variable".to_owned()),
        "JALON_MOUSE" => Some("perhaps".to_owned()),
        "JALON_THEME" => Some("mauve".to_owned()),
        _ => None,
    };
    let (environment, flaws) = from_variables(variable, &[]);
    let name = CleanText::line("c.toml");
    let lines: Vec<String> = flaws.iter().map(|flaw| flaw.say(&name, Lang::En).to_string()).collect();
    assert_eq!(lines[0], "JALON_MOUSE: `mouse` takes true or false");
    assert!(lines[1].contains("mauve") && lines[1].contains("JALON_THEME"), "{lines:?}");
    let options = Options { width: Some(60), ..Options::default() };
    let force = in_force(&options, &environment, &file).unwrap();
    assert_eq!((force.width, force.who.as_deref()), (60, Some("variable")));
    assert_eq!((force.review_after_days, force.mouse, force.theme), (7, true, ThemeChoice::Auto));
    let asked = Options { theme: Some("mauve".into()), ..Options::default() };
    assert!(matches!(in_force(&asked, &environment, &file), Err(Fault::UnknownTheme(..))));
}

#[test]
fn what_holds_is_told_as_a_file_that_says_the_same() {
    let text = "width = 40\nas = \"O\\\"Neil\"\n[keys.text]\ntable = [\"w\"]\ntick = []\n[themes.mine]\n";
    let (file, _) = read(text);
    let options = Options { ascii: true, ..Options::default() };
    let from = ConfigWord::ReadFrom(CleanText::line("c.toml"));
    let system = |setting| (setting == Setting::Lang).then(|| "fr".to_owned());
    let told = super::told(&from, &options, &Config::default(), &file, system, Lang::En);
    let (again, flaws) = read(&told);
    assert_eq!(flaws, []);
    assert_eq!(Keymap::remapped(&again.wishes).0, Keymap::remapped(&file.wishes).0);
    let held = in_force(&options, &Config::default(), &file).unwrap();
    let holds = in_force(&Options::default(), &Config::default(), &again).unwrap();
    assert_eq!((holds.width, holds.ascii, holds.who), (held.width, held.ascii, held.who));
    let row = |name: &str| told.lines().find(|l| l.starts_with(name)).unwrap_or_default();
    assert!(row("width").ends_with("# this file") && row("ascii").ends_with("# --ascii"), "{told}");
    assert!(row("lang").ends_with("# the system's") && row("mouse").ends_with("# default"), "{told}");
    assert!(told.starts_with("# The file read: c.toml\n") && told.ends_with("# Themes of your own: mine\n"), "{told}");
}

#[test]
fn many_flaws_are_told_as_a_few_and_a_count() {
    let flaw = |n: usize| Flaw { at: At::Line(n), what: Fault::UnknownKey(CleanText::line("x"), None) };
    let faint = Flaw { at: At::Line(1), what: Fault::Faint(CleanText::line("x"), 2.0) };
    let of = |n: usize| urgent(&(1..=n).map(flaw).chain([faint.clone()]).collect::<Vec<_>>());
    assert_eq!((of(0).len(), of(1).len(), of(4).len()), (0, 1, 4));
    assert_eq!(of(9).last().map(|f| f.what.clone()), Some(Fault::More(6)));
    let said = of(9)[0].say(&CleanText::line("c.toml"), Lang::Fr);
    assert_eq!(&*said, "c.toml:1\u{a0}: clef inconnue «\u{a0}x\u{a0}»");
}

/// Pieces of which files are made, well and ill.
fn any_file() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        prop::sample::select(vec![
            "lang",
            "theme",
            "width",
            "keys",
            "text",
            "themes",
            "mine",
            "table",
            "base",
            "=",
            "[",
            "]",
            "{",
            "}",
            ".",
            "\"",
            "'",
            "\n",
            "#",
            ",",
            "true",
            "72",
            "\"night\"",
            "[\"w\"]",
            "\\u001b",
            "\r\n",
            "[[",
            "]]",
            "\"\"\"",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_file_breaks_the_reading_and_what_is_told_is_clean(text in any_file()) {
        let (config, flaws) = read(&text);
        let lines = text.lines().count() + 1;
        for flaw in &flaws {
            prop_assert!(!matches!(flaw.at, At::Line(line) if !(1..=lines).contains(&line)), "{:?}", flaw);
            for lang in [Lang::Fr, Lang::En] {
                let said = flaw.say(&CleanText::line("c"), lang);
                prop_assert!(!said.chars().any(char::is_control) && !said.is_empty());
            }
        }
        prop_assert!(in_force(&Options::default(), &Config::default(), &config).is_ok());
    }
}

#[test]
fn a_file_of_nothing_but_depth_is_read_at_once() {
    for text in ["a.", "[", "{a=", "[[a.b]]\n", "\"", "\"\"\"\n"].map(|piece| piece.repeat(LARGEST / piece.len())) {
        assert!(text.len() <= LARGEST);
        read(&text);
    }
}
