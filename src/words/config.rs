//! What the example of a configuration says around its settings, and what `jalon config` says of those in force.

use super::Lang;
use crate::guide::CleanText;
use std::borrow::Cow;

/// A sentence about the configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum ConfigWord {
    /// At the head of the example.
    Example,
    /// Over the tables of keys.
    Keys,
    /// Over the themes.
    Themes,
    /// Over the grounds and roles of a theme.
    Roles,
    /// This file is read.
    ReadFrom(CleanText),
    /// This file would be read, but is not there.
    NoFile(CleanText),
    /// There is no folder where a file could be.
    NoFolder,
    /// A value comes from this option or variable.
    From(String),
    /// A value comes from the file.
    FromFile,
    /// A value is the default.
    Default,
    /// A value is the system's.
    System,
    /// There is no value.
    Unset,
    /// The reader's own themes.
    OwnThemes(String),
    /// Nothing is wrong with this file.
    Fine(CleanText),
}

impl ConfigWord {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            ConfigWord::Example => {
                "La configuration de jalon, au format TOML, avec ses valeurs par défaut : retirez le # devant celles à \
                 changer. Une option de la ligne de commande l’emporte sur une variable JALON_…, qui l’emporte sur ce \
                 fichier. « jalon config » dit quel fichier est lu et ce qui vaut ; « jalon config --check » ce qui \
                 cloche."
                    .into()
            }
            ConfigWord::Keys => {
                "Les touches, par lieu et par action. Ce qui est écrit ici remplace toutes les touches de l’action à \
                 cet endroit ; [] les lui retire. Une touche est un caractère (\"g\", \"G\", \"é\") ou un nom : space, \
                 enter, esc, tab, backspace, delete, insert, up, down, left, right, home, end, page-up, page-down, f1 à \
                 f24 ; devant, ctrl-, alt- ou shift-, par exemple \"ctrl-r\" ou \"alt-down\". Le lieu le plus proche \
                 l’emporte sur « everywhere ». Ctrl-c quitte toujours, Échap et Entrée sortent toujours d’un dialogue."
                    .into()
            }
            ConfigWord::Themes => {
                "Vos thèmes : theme = \"mine\" ou --theme mine les choisit, la touche T les passe en revue. « base » est \
                 le thème dont vient tout ce qui n’est pas écrit : \"day\", \"night\" ou \"terminal\". Une couleur est \
                 #rrggbb, ou l’une des seize du terminal : black, red, green, yellow, blue, magenta, cyan, grey, \
                 dark-grey, bright-red… bright-cyan, white, default."
                    .into()
            }
            ConfigWord::Roles => {
                "Les fonds, une couleur chacun (page, side, raised), puis les rôles : une couleur, « on » et celle du \
                 fond, et bold, dim, italic, underlined, reversed, crossed-out ou plain ; tout peut manquer."
                    .into()
            }
            ConfigWord::ReadFrom(file) => format!("Fichier lu : {file}").into(),
            ConfigWord::NoFile(file) => format!("Pas de fichier : {file}").into(),
            ConfigWord::NoFolder => "Pas de fichier : ni HOME ni XDG_CONFIG_HOME ne disent où".into(),
            ConfigWord::From(name) => name.clone().into(),
            ConfigWord::FromFile => "ce fichier".into(),
            ConfigWord::Default => "par défaut".into(),
            ConfigWord::System => "du système".into(),
            ConfigWord::Unset => "non donné".into(),
            ConfigWord::OwnThemes(names) => format!("Vos thèmes : {names}").into(),
            ConfigWord::Fine(file) => format!("{file} : rien à redire.").into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            ConfigWord::Example => {
                "jalon's configuration, in TOML, with its defaults: take the # away in front of what you want to change. \
                 An option of the command line comes before a variable JALON_…, which comes before this file. \
                 `jalon config` says which file is read and what holds; `jalon config --check` what is wrong."
                    .into()
            }
            ConfigWord::Keys => {
                "The keys, by place and by action. What is written here replaces all keys of the action in that place; \
                 [] takes them away. A key is a character (\"g\", \"G\", \"é\") or a name: space, enter, esc, tab, \
                 backspace, delete, insert, up, down, left, right, home, end, page-up, page-down, f1 to f24; before it, \
                 ctrl-, alt- or shift-, such as \"ctrl-r\" or \"alt-down\". The nearest place comes before `everywhere`. \
                 Ctrl-c always quits, Esc and Enter always lead out of a dialog."
                    .into()
            }
            ConfigWord::Themes => {
                "Themes of your own: theme = \"mine\" or --theme mine chooses one, the key T goes through them. `base` is \
                 the theme that gives all that is not written: \"day\", \"night\" or \"terminal\". A colour is #rrggbb, \
                 or one of the terminal's sixteen: black, red, green, yellow, blue, magenta, cyan, grey, dark-grey, \
                 bright-red… bright-cyan, white, default."
                    .into()
            }
            ConfigWord::Roles => {
                "The grounds, one colour each (page, side, raised), then the roles: a colour, `on` and that of the \
                 ground, and bold, dim, italic, underlined, reversed, crossed-out or plain; each may be left out."
                    .into()
            }
            ConfigWord::ReadFrom(file) => format!("The file read: {file}").into(),
            ConfigWord::NoFile(file) => format!("No file: {file}").into(),
            ConfigWord::NoFolder => "No file: neither HOME nor XDG_CONFIG_HOME say where".into(),
            ConfigWord::From(name) => name.clone().into(),
            ConfigWord::FromFile => "this file".into(),
            ConfigWord::Default => "default".into(),
            ConfigWord::System => "the system's".into(),
            ConfigWord::Unset => "not given".into(),
            ConfigWord::OwnThemes(names) => format!("Themes of your own: {names}").into(),
            ConfigWord::Fine(file) => format!("{file}: nothing wrong.").into(),
        }
    }
}
