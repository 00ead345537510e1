//! Reads a configuration: what fits is taken, what does not is told with its line, and the rest goes on.

use super::value::{Value, wants};
use super::{At, Config, Flaw, keys, themes};
use crate::cli::nearest::nearest;
use crate::guide::CleanText;
use crate::theme::{OwnTheme, ThemeChoice};
use crate::words::{Fault, Setting};
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue, Error};

/// The tables beside the settings.
pub(super) const KEYS: &str = "keys";
/// The tables beside the settings.
pub(super) const THEMES: &str = "themes";

/// How much of a line is quoted, in characters.
const QUOTED: usize = 60;

/// Reads the text of a file. The flaws come in the order of their lines.
pub fn read(text: &str) -> (Config, Vec<Flaw>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading::of(text, &errors);
    let mut config = Config::default();
    for (key, value) in in_order(document.get_ref()) {
        let (name, at) = (key.get_ref().as_ref(), key.span());
        match (name, Setting::ALL.into_iter().find(|setting| setting.name() == name)) {
            (KEYS, _) => config.wishes = keys::read(value.get_ref(), at, &mut reading),
            (THEMES, _) => config.themes = themes::read(value.get_ref(), at, &mut reading),
            (_, Some(setting)) => match Value::of(value.get_ref(), wants(setting)) {
                Some(value) => drop(config.values.insert(setting, value)),
                None => reading.flaw(&at, Fault::WrongValue(CleanText::line(name), wants(setting))),
            },
            (_, None) => {
                let names = Setting::ALL.into_iter().map(Setting::name).chain([KEYS, THEMES]);
                reading.flaw(&at, Fault::UnknownKey(CleanText::line(name), nearest(name, names)));
            }
        }
    }
    let theme = document.get_ref().get(Setting::Theme.name()).map_or(0..0, |value| value.span());
    reading.theme(&mut config, &theme);
    (config, reading.finish())
}

/// Reads the settings that the environment gives, each by its variable.
pub fn from_variables(variable: impl Fn(&str) -> Option<String>, themes: &[Arc<OwnTheme>]) -> (Config, Vec<Flaw>) {
    let (mut config, mut flaws) = (Config::default(), Vec::new());
    for setting in Setting::ALL {
        let name = setting.variable();
        let Some(text) = variable(&name).filter(|text| !text.is_empty()) else { continue };
        match Value::of_text(&text, wants(setting)) {
            Some(value) => drop(config.values.insert(setting, value)),
            None => flaws.push(Flaw {
                at: At::Variable(name),
                what: Fault::WrongValue(CleanText::line(setting.name()), wants(setting)),
            }),
        }
    }
    if let Some(unknown) = unknown_theme(&config, themes) {
        flaws.push(Flaw {
            at: At::Variable(Setting::Theme.variable()),
            what: Fault::UnknownTheme(unknown, theme_names(themes)),
        });
        config.values.remove(&Setting::Theme);
    }
    (config, flaws)
}

/// The entries of a table as they stand in the file.
pub(super) fn in_order<'a, 'i>(table: &'a DeTable<'i>) -> Vec<(&'a Key<'i>, &'a Entry<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

/// A key of a table, and where it stands.
pub(super) type Key<'i> = toml::Spanned<toml::de::DeString<'i>>;
/// A value of a table, and where it stands.
pub(super) type Entry<'i> = toml::Spanned<DeValue<'i>>;

/// The names of all themes there are, for a message.
pub(super) fn theme_names(own: &[Arc<OwnTheme>]) -> String {
    let built_in = ThemeChoice::NAMES.into_iter().map(|(name, _)| name.to_owned());
    built_in.chain(own.iter().map(|theme| theme.name.to_string())).collect::<Vec<_>>().join(", ")
}

/// The theme that is asked for and that there is not.
fn unknown_theme(config: &Config, own: &[Arc<OwnTheme>]) -> Option<CleanText> {
    let Some(Value::Text(name)) = config.values.get(&Setting::Theme) else { return None };
    let known = ThemeChoice::NAMES.iter().any(|(known, _)| known == name) || own.iter().any(|t| *t.name == **name);
    (!known).then(|| CleanText::line(name))
}

/// A reading under way: where its lines begin, and what was found wrong so far.
pub(super) struct Reading {
    /// The byte after each line feed.
    lines: Vec<usize>,
    flaws: Vec<Flaw>,
    /// Lines that are no TOML: what the parser made of them is a guess.
    broken: Vec<usize>,
}

impl Reading {
    fn of(text: &str, errors: &[Error]) -> Reading {
        let lines: Vec<usize> = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1).collect();
        let mut reading = Reading { lines, flaws: Vec::new(), broken: Vec::new() };
        for error in errors {
            let line = error.span().map(|span| reading.line(&span));
            if line.is_some_and(|line| reading.broken.contains(&line)) {
                continue;
            }
            reading.broken.extend(line);
            let quoted: String =
                text.lines().nth(line.map_or(0, |n| n - 1)).unwrap_or_default().chars().take(QUOTED).collect();
            let what = Fault::NotToml(CleanText::line(error.message()), CleanText::line(quoted.trim()));
            reading.flaws.push(Flaw { at: line.map_or(At::File, At::Line), what });
        }
        reading
    }

    /// The line of a place, from 1 on.
    fn line(&self, at: &Range<usize>) -> usize {
        self.lines.partition_point(|start| *start <= at.start) + 1
    }

    /// Notes a flaw, unless its line is broken anyway.
    pub(super) fn flaw(&mut self, at: &Range<usize>, what: Fault) {
        let line = self.line(at);
        if !self.broken.contains(&line) {
            self.flaws.push(Flaw { at: At::Line(line), what });
        }
    }

    /// A theme is looked for when all are known, for they stand below.
    fn theme(&mut self, config: &mut Config, at: &Range<usize>) {
        if let Some(unknown) = unknown_theme(config, &config.themes) {
            self.flaw(at, Fault::UnknownTheme(unknown, theme_names(&config.themes)));
            config.values.remove(&Setting::Theme);
        }
    }

    fn finish(mut self) -> Vec<Flaw> {
        self.flaws.sort_by(|a, b| a.at.cmp(&b.at));
        self.flaws
    }
}
