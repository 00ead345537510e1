//! What holds in the end: an option before a variable of the environment, before the file, before the default. And how
//! `jalon config` tells it.

use super::example::row;
use super::read::theme_names;
use super::value::{default, lang, lang_name};
use super::{Config, Value};
use crate::app::{Keymap, Where};
use crate::cli::Options;
use crate::guide::CleanText;
use crate::theme::{OwnTheme, ThemeChoice};
use crate::words::{ConfigWord, Fault, Lang, Setting};
use std::path::PathBuf;
use std::sync::Arc;

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// An option of the command line.
    Option,
    /// A variable of the environment.
    Variable,
    /// The file.
    File,
    /// Nobody gave it: it is the default.
    Default,
}

/// What holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Force {
    /// Language of the interface; none: the system's.
    pub lang: Option<Lang>,
    /// Theme.
    pub theme: ThemeChoice,
    /// The reader's own themes.
    pub themes: Vec<Arc<OwnTheme>>,
    /// The keys.
    pub keymap: Arc<Keymap>,
    /// The text's greatest width.
    pub width: u16,
    /// ASCII marks.
    pub ascii: bool,
    /// Mouse reports at the start.
    pub mouse: bool,
    /// The outline stands there at the start.
    pub outline: bool,
    /// Who ticks; none: the user.
    pub who: Option<CleanText>,
    /// Days after which a value asks to be reviewed.
    pub review_after_days: u32,
    /// Ticks of task boxes are written into the guide too.
    pub write_boxes: bool,
    /// Where progress is kept; none: where it belongs.
    pub progress: Option<PathBuf>,
    /// What relative links are joined to, where the guide gives no address.
    pub base_url: Option<String>,
}

/// The three that speak, the first one first.
struct Layers<'a> {
    options: Config,
    environment: &'a Config,
    file: &'a Config,
}

/// What holds. The error is a theme that an option asks for in vain.
pub fn in_force(options: &Options, environment: &Config, file: &Config) -> Result<Force, Fault> {
    let layers = Layers { options: given(options), environment, file };
    let text = |setting| match layers.find(setting).0 {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    };
    let number = |setting| match layers.find(setting).0 {
        Some(Value::Number(number)) => number,
        _ => 0,
    };
    let flag = |setting| layers.find(setting).0 == Some(Value::Flag(true));
    Ok(Force {
        lang: text(Setting::Lang).as_deref().and_then(lang),
        theme: theme(&text(Setting::Theme).unwrap_or_default(), &file.themes)?,
        themes: file.themes.clone(),
        keymap: Arc::new(Keymap::remapped(&file.wishes).0),
        width: u16::try_from(number(Setting::Width)).unwrap_or(u16::MAX),
        ascii: flag(Setting::Ascii),
        mouse: flag(Setting::Mouse),
        outline: flag(Setting::Outline),
        who: text(Setting::As).map(|who| CleanText::line(&who)),
        review_after_days: number(Setting::ReviewAfterDays),
        write_boxes: flag(Setting::WriteBoxes),
        // An option's path may be no text at all.
        progress: options.progress.clone().or_else(|| text(Setting::Progress).map(PathBuf::from)),
        base_url: text(Setting::BaseUrl),
    })
}

/// A theme by its name.
fn theme(name: &str, own: &[Arc<OwnTheme>]) -> Result<ThemeChoice, Fault> {
    let built_in = ThemeChoice::NAMES.into_iter().find(|(known, _)| *known == name).map(|(_, choice)| choice);
    let own_one = || own.iter().find(|theme| *theme.name == *name).map(|theme| ThemeChoice::Own(Arc::clone(theme)));
    built_in.or_else(own_one).ok_or_else(|| Fault::UnknownTheme(CleanText::line(name), theme_names(own)))
}

/// The settings that options give.
fn given(options: &Options) -> Config {
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let value = |setting| match setting {
        Setting::Lang => options.lang.and_then(|lang| text(lang_name(lang))),
        Setting::Theme => options.theme.as_deref().and_then(text),
        Setting::Width => options.width.map(|n| Value::Number(n.into())),
        Setting::Ascii => options.ascii.then_some(Value::Flag(true)),
        Setting::Mouse => options.no_mouse.then_some(Value::Flag(false)),
        Setting::WriteBoxes => options.write_boxes.then_some(Value::Flag(true)),
        Setting::As => options.who.as_deref().and_then(text),
        Setting::Progress => options.progress.as_ref().and_then(|path| text(&path.to_string_lossy())),
        Setting::BaseUrl => options.base_url.as_deref().and_then(text),
        Setting::Outline | Setting::ReviewAfterDays => None,
    };
    let values = Setting::ALL.into_iter().filter_map(|setting| Some((setting, value(setting)?)));
    Config { values: values.collect(), ..Config::default() }
}

/// The option of a setting.
fn option(setting: Setting) -> String {
    match setting {
        Setting::Mouse => "--no-mouse".to_owned(),
        _ => format!("--{}", setting.name().replace('_', "-")),
    }
}

impl Layers<'_> {
    fn find(&self, setting: Setting) -> (Option<Value>, Origin) {
        let layers = [(&self.options, Origin::Option), (self.environment, Origin::Variable), (self.file, Origin::File)];
        let found = layers.into_iter().find_map(|(layer, origin)| Some((layer.values.get(&setting)?.clone(), origin)));
        found.map_or_else(|| (default(setting), Origin::Default), |(value, origin)| (Some(value), origin))
    }
}

/// What holds and who says so, as a configuration file: which file is read, then every setting, then what is changed
/// of the keys. `system` knows what the system gives where nobody else does.
pub fn told(
    from: &ConfigWord,
    options: &Options,
    environment: &Config,
    file: &Config,
    system: impl Fn(Setting) -> Option<String>,
    lang: Lang,
) -> String {
    let layers = Layers { options: given(options), environment, file };
    let row = |setting: Setting| {
        let (value, origin) = layers.find(setting);
        let word = match origin {
            Origin::Option => ConfigWord::From(option(setting)),
            Origin::Variable => ConfigWord::From(setting.variable()),
            Origin::File => ConfigWord::FromFile,
            Origin::Default => ConfigWord::Default,
        };
        let name = setting.name();
        match (value, system(setting)) {
            (Some(value), _) => (format!("{name} = {}", value.written()), word),
            (None, Some(text)) => (format!("{name} = {}", Value::Text(text).written()), ConfigWord::System),
            (None, None) => (format!("#{name} ="), ConfigWord::Unset),
        }
    };
    let clean = |(row, word): (String, ConfigWord)| (CleanText::line(&row), word);
    let rows: Vec<(CleanText, ConfigWord)> = Setting::ALL.into_iter().map(row).map(clean).collect();
    let widest = rows.iter().map(|(row, _)| row.chars().count()).max().unwrap_or_default();
    let mut out = format!("# {}\n\n", from.say(lang));
    out.extend(rows.iter().map(|(row, word)| format!("{:widest$}  # {}\n", row.to_string(), word.say(lang))));
    out.push_str(&changed_keys(file));
    if !file.themes.is_empty() {
        let names: Vec<&str> = file.themes.iter().map(|theme| &*theme.name).collect();
        out.push_str(&format!("\n# {}\n", ConfigWord::OwnThemes(names.join(", ")).say(lang)));
    }
    out
}

fn changed_keys(file: &Config) -> String {
    let (map, usual) = (Keymap::remapped(&file.wishes).0, Keymap::default());
    let mut out = String::new();
    for place in Where::ALL {
        let changed = map.bindings().iter().filter(|b| b.place == place && !usual.bindings().contains(b));
        let rows: Vec<String> =
            changed.map(|b| format!("{}\n", CleanText::line(&row(b.action.name(), &b.keys)))).collect();
        if !rows.is_empty() {
            out.push_str(&format!("\n[keys.{}]\n{}", place.name(), rows.concat()));
        }
    }
    out
}
