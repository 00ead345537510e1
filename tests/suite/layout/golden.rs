//! Golden layouts: `tests/layout/*.md` at 20, 40 and 80 columns beside `*.20.txt` and so on. Under the rows of each
//! block stand the same rows as letters for roles. `JALON_BLESS=1 cargo test golden` writes them anew: read them.

use super::Desk;
use jalon::guide::InlineStyle;
use jalon::layout::{Line, colour, columns};
use jalon::theme::Role;
use std::fmt::Write;
use std::path::Path;

/// One letter per role: capital where the text is emphasised.
fn letter(role: Role) -> char {
    match role {
        Role::Text => 't',
        Role::Muted => 'm',
        Role::Faint => 'f',
        Role::Heading1 => '1',
        Role::Heading2 => '2',
        Role::Heading3 => '3',
        Role::Heading4 => '4',
        Role::Quote => 'q',
        Role::QuoteBar => 'b',
        Role::Marker => 'k',
        Role::CodeInline => 'i',
        Role::Code => 'c',
        Role::CodeLabel => 'a',
        Role::CodeComment => 'g',
        Role::CodeKeyword => 'w',
        Role::CodeString => 's',
        Role::CodeNumber => 'n',
        Role::CodeFunction => 'u',
        Role::CodeType => 'y',
        Role::CodePunctuation => 'p',
        Role::Link => 'l',
        Role::TableHead => 'h',
        Role::TableRule => 'r',
        Role::Source => 'o',
        Role::Note => '5',
        Role::Good => '6',
        Role::Warning => '7',
        Role::Danger => '8',
        Role::Important => '9',
        other => panic!("the layout gives no {other:?}"),
    }
}

/// A row as letters: a space in an indent stays one, `@` is a slot, `_` is filled ground without text.
fn roles(line: &Line, width: u16) -> String {
    let mut row = String::new();
    for run in &line.runs {
        let text = &line.text[run.range.clone()];
        let loud = [InlineStyle::STRONG, InlineStyle::EMPHASIS, InlineStyle::STRIKE, InlineStyle::UNDERLINE];
        let letter = match letter(run.role) {
            't' if run.origin.is_none() && text.trim_matches(' ').is_empty() => ' ',
            c if loud.iter().any(|s| run.style.has(*s)) => c.to_ascii_uppercase(),
            c => c,
        };
        row.extend(std::iter::repeat_n(letter, columns(text)));
    }
    if let Some((from, Role::Code)) = line.fill {
        let from = usize::from(from).max(row.len());
        row.extend(std::iter::repeat_n(' ', from - row.len()));
        row.extend(std::iter::repeat_n('_', usize::from(width) - from));
    }
    if let Some(slot) = line.slot {
        let column = usize::from(slot.column);
        row.replace_range(column..column + 1, "@");
    }
    row
}

fn picture(desk: &Desk, width: u16) -> String {
    let lines = desk.all(width);
    let mut out = String::new();
    for block in lines.chunk_by(|a, b| a.anchor.block == b.anchor.block) {
        for line in block {
            writeln!(out, "│{}", line.text).unwrap();
        }
        for line in block {
            writeln!(out, "{}", format!("┊{}", roles(line, width)).trim_end()).unwrap();
        }
    }
    out
}

fn desk(source: &str) -> Desk {
    let mut desk = Desk::new(source);
    for (n, block) in desk.guide.blocks() {
        if let jalon::guide::BlockKind::Code { language: Some(language) } = &block.kind {
            desk.colours.insert(n, colour(language, &block.text, &|| true));
        }
    }
    desk
}

fn check(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout");
    let source = std::fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
    let desk = desk(&source);
    for width in [20, 40, 80] {
        let file = folder.join(format!("{name}.{width}.txt"));
        let picture = picture(&desk, width);
        if std::env::var_os("JALON_BLESS").is_some() {
            std::fs::write(&file, &picture).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(picture == expected, "{name} at {width} columns:\n{picture}\nexpected:\n{expected}");
    }
}

macro_rules! golden {
    ($($test:ident: $name:literal),* $(,)?) => {
        $(#[test] fn $test() { check($name) })*

        #[test]
        fn every_golden_guide_is_checked() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/layout");
            for entry in std::fs::read_dir(folder).unwrap() {
                let name = entry.unwrap().file_name().into_string().unwrap();
                let stem = name.split('.').next().unwrap();
                assert!([$($name),*].contains(&stem), "{name}");
            }
        }
    };
}

golden! {
    headings_stand_out_by_weight_and_air: "headings",
    running_text_wraps: "text",
    lists_hang_and_nest: "lists",
    items_have_slots: "items",
    quotes_and_alerts_have_bars: "quotes",
    code_stands_on_a_ground: "code",
    tables_are_balanced_or_read_row_by_row: "tables",
    footnotes_stand_where_they_are_written: "footnotes",
    details_fold: "details",
    images_show_their_text: "images",
    wide_characters_stay_in_their_columns: "wide",
    french_marks_stay_with_their_words: "french",
    deep_nesting_is_drawn_to_twelve: "deep",
}
