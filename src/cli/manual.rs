//! The manual page, in roff, and the rows that the README's tables are made of. All of it comes from the tables that
//! the program itself goes by.

use super::config::written_default;
use super::options::table;
use crate::app::{Arrows, Where, bindings, place_name};
use crate::words::{Chapter, EXAMPLES, FILES, Foot, Lang, ManualRow, STATUSES, Setting, VARIABLES};
use clap::{Arg, Command};

/// The options as rows: how each is written, what it does.
pub fn manual_options(lang: Lang) -> Vec<(String, String)> {
    let table = table(lang);
    let rows = table.get_arguments().filter(|arg| arg.get_long().is_some() && !is_about_the_program(arg));
    rows.map(|arg| (written(arg), arg.get_help().map(ToString::to_string).unwrap_or_default())).collect()
}

/// The commands as rows: how each is written, what it does.
pub fn manual_commands(lang: Lang) -> Vec<(String, String)> {
    table(lang).get_subcommands().map(|sub| (usage(sub), about(sub))).collect()
}

/// The manual page in a language.
pub fn manual(lang: Lang) -> String {
    let mut page = Page::default();
    page.raw(&format!(".TH JALON 1 \"\" \"jalon {}\"", env!("CARGO_PKG_VERSION")));
    page.chapter(Chapter::Name, lang);
    page.text(&format!("jalon - {}", Chapter::Name.opening(lang)));
    page.chapter(Chapter::Synopsis, lang);
    let command = match lang {
        Lang::Fr => "COMMANDE",
        Lang::En => "COMMAND",
    };
    page.raw(".B jalon");
    page.text("[OPTIONS] [GUIDE]");
    page.raw(".br\n.B jalon");
    page.text(&format!("[OPTIONS] {command} …"));
    page.chapter(Chapter::Description, lang);
    page.text(Chapter::Description.opening(lang));
    for paragraph in Foot::say(lang).split("\n\n").take(1) {
        page.paragraph(paragraph);
    }
    page.chapter(Chapter::Commands, lang);
    for sub in table(lang).get_subcommands() {
        page.row(&usage(sub), &about(sub));
        for arg in sub.get_arguments().filter(|arg| arg.get_long().is_some() && !is_about_the_program(arg)) {
            page.part(&written(arg), &arg.get_help().map(ToString::to_string).unwrap_or_default());
        }
    }
    page.chapter(Chapter::Options, lang);
    page.rows(manual_options(lang).iter().map(|(written, does)| (written.clone(), does.clone())));
    page.chapter(Chapter::Keys, lang);
    page.text(Chapter::Keys.opening(lang));
    for place in Where::ALL {
        page.raw(&format!(".SS \"{}\"", escaped(&place_name(place).say(lang))));
        page.rows(bindings().iter().filter(|binding| binding.place == place).map(|binding| {
            let keys: Vec<String> = binding.keys.iter().map(|key| key.name(lang, Arrows::Drawn)).collect();
            (keys.join(", "), binding.action.long(lang).to_owned())
        }));
    }
    page.chapter(Chapter::Configuration, lang);
    page.text(Chapter::Configuration.opening(lang));
    page.rows(Setting::ALL.into_iter().map(|setting| {
        let value = written_default(setting).map(|value| format!(" = {value}")).unwrap_or_default();
        (format!("{}{value}", setting.name()), setting.say(lang).to_owned())
    }));
    let rows = |rows: &[ManualRow]| rows.iter().map(|row| (row.written.to_owned(), row.say(lang).to_owned())).collect();
    let chapters: [(Chapter, Vec<(String, String)>); 4] = [
        (Chapter::Files, rows(FILES)),
        (Chapter::Environment, rows(VARIABLES)),
        (Chapter::ExitStatus, rows(STATUSES)),
        (Chapter::Examples, rows(EXAMPLES)),
    ];
    for (chapter, rows) in chapters {
        page.chapter(chapter, lang);
        if chapter == Chapter::Environment {
            page.rows(Setting::ALL.into_iter().map(|setting| (setting.variable(), setting.say(lang).to_owned())));
        }
        page.rows(rows.into_iter());
    }
    page.roff
}

fn about(command: &Command) -> String {
    command.get_about().map(ToString::to_string).unwrap_or_default()
}

/// A command as a usage line writes it.
fn usage(command: &Command) -> String {
    let own = command.get_arguments().filter(|arg| !arg.is_global_set() && !is_about_the_program(arg));
    own.fold(command.get_name().to_owned(), |line, arg| match arg.is_required_set() {
        true => format!("{line} {}", written(arg)),
        false => format!("{line} [{}]", written(arg)),
    })
}

/// An argument as one writes it.
fn written(arg: &Arg) -> String {
    let value = arg.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
    match arg.get_long() {
        Some(long) if arg.get_action().takes_values() => format!("--{long} {value}"),
        Some(long) => format!("--{long}"),
        None => value.to_owned(),
    }
}

fn is_about_the_program(arg: &Arg) -> bool {
    matches!(arg.get_id().as_str(), "help" | "version")
}

/// A page of roff being written, with the macros of man(7).
#[derive(Default)]
struct Page {
    roff: String,
}

impl Page {
    fn raw(&mut self, line: &str) {
        self.roff.push_str(line);
        self.roff.push('\n');
    }

    fn chapter(&mut self, chapter: Chapter, lang: Lang) {
        self.raw(&format!(".SH \"{}\"", escaped(chapter.title(lang))));
    }

    fn text(&mut self, text: &str) {
        let text = escaped(text);
        // A line that begins so would be taken for a request.
        let guard = if text.starts_with(['.', '\'']) { "\\&" } else { "" };
        self.raw(&format!("{guard}{text}"));
    }

    fn paragraph(&mut self, text: &str) {
        self.raw(".PP");
        self.text(text);
    }

    fn row(&mut self, head: &str, text: &str) {
        self.raw(".TP");
        self.raw(&format!("\\fB{}\\fR", escaped(head)));
        self.text(text);
    }

    fn rows(&mut self, rows: impl Iterator<Item = (String, String)>) {
        rows.for_each(|(head, text)| self.row(&head, &text));
    }

    /// A row inside a row.
    fn part(&mut self, head: &str, text: &str) {
        self.raw(".RS");
        self.row(head, text);
        self.raw(".RE");
    }
}

/// Text as roff takes it literally: a backslash and a hyphen mean something else there, and quotation marks end an
/// argument.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\(rs"),
            '-' => out.push_str("\\-"),
            '"' => out.push_str("\\(dq"),
            '\u{a0}' => out.push_str("\\~"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_option_and_every_command_with_a_sentence() {
        for lang in [Lang::Fr, Lang::En] {
            let rows = [manual_options(lang), manual_commands(lang)].concat();
            assert!(rows.iter().any(|r| r.0 == "--width N") && rows.iter().any(|r| r.0 == "--no-mouse"));
            assert!(rows.iter().all(|r| r.1.len() > 5 && r.0 != "--help"), "{rows:?}");
        }
        let skip = |lang| manual_commands(lang).into_iter().map(|r| r.0).find(|r| r.starts_with("skip")).unwrap();
        assert_eq!(skip(Lang::En), "skip ITEM --reason TEXT [GUIDE]");
        assert_eq!(skip(Lang::Fr), "skip ÉTAPE --reason TEXTE [GUIDE]");
    }

    #[test]
    fn the_manual_has_every_key_setting_and_variable() {
        for lang in [Lang::Fr, Lang::En] {
            let page = manual(lang);
            for binding in bindings() {
                let keys: Vec<String> = binding.keys.iter().map(|key| key.name(lang, Arrows::Drawn)).collect();
                let row = format!("\\fB{}\\fR\n{}\n", escaped(&keys.join(", ")), escaped(binding.action.long(lang)));
                assert!(page.contains(&row), "{row}");
            }
            for setting in Setting::ALL {
                assert!(
                    page.contains(&escaped(setting.say(lang))) && page.contains(&setting.variable()),
                    "{setting:?}"
                );
            }
            assert!(FILES.iter().chain(VARIABLES).chain(STATUSES).all(|row| page.contains(&escaped(row.say(lang)))));
        }
    }

    #[test]
    fn roff_s_own_characters_are_text() {
        let mut page = Page::default();
        page.text(".jalon/ \\ \"a-b\"");
        assert_eq!(page.roff, "\\&.jalon/ \\(rs \\(dqa\\-b\\(dq\n");
        for line in manual(Lang::En).lines().filter(|line| line.starts_with(['.', '\''])) {
            let request = line.split(' ').next().unwrap();
            assert!([".TH", ".SH", ".SS", ".TP", ".PP", ".RS", ".RE", ".B", ".br"].contains(&request), "{line}");
        }
    }
}
