//! What the configuration file can hold: the settings by their names, what each is for, and what each takes.

use super::Lang;
use std::borrow::Cow;

/// A setting of the configuration file. Keys and themes have tables of their own there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Setting {
    /// Language of the interface.
    Lang,
    /// Theme.
    Theme,
    /// Greatest width of the text.
    Width,
    /// ASCII marks.
    Ascii,
    /// Mouse reports at the start.
    Mouse,
    /// The outline stands there at the start.
    Outline,
    /// Who ticks.
    As,
    /// Days after which a value asks to be reviewed.
    ReviewAfterDays,
    /// Ticks of task boxes are written into the guide too.
    WriteBoxes,
    /// Where progress is kept.
    Progress,
    /// What relative links are joined to.
    BaseUrl,
}

/// What a setting takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wants {
    /// `"fr"` or `"en"`.
    Lang,
    /// A line of text that says something.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, from one to another.
    Number(u32, u32),
}

impl Setting {
    /// All settings, in the order of the manual.
    pub const ALL: [Setting; 11] = [
        Setting::Lang,
        Setting::Theme,
        Setting::Width,
        Setting::Ascii,
        Setting::Mouse,
        Setting::Outline,
        Setting::As,
        Setting::ReviewAfterDays,
        Setting::WriteBoxes,
        Setting::Progress,
        Setting::BaseUrl,
    ];

    /// Its name in the configuration file.
    pub fn name(self) -> &'static str {
        match self {
            Setting::Lang => "lang",
            Setting::Theme => "theme",
            Setting::Width => "width",
            Setting::Ascii => "ascii",
            Setting::Mouse => "mouse",
            Setting::Outline => "outline",
            Setting::As => "as",
            Setting::ReviewAfterDays => "review_after_days",
            Setting::WriteBoxes => "write_boxes",
            Setting::Progress => "progress",
            Setting::BaseUrl => "base_url",
        }
    }

    /// The variable of the environment that stands above the file.
    pub fn variable(self) -> String {
        format!("JALON_{}", self.name().to_ascii_uppercase())
    }

    /// What it is for.
    pub fn say(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(self) -> &'static str {
        match self {
            Setting::Lang => "Langue de l’interface : \"fr\" ou \"en\". Par défaut, celle du système.",
            Setting::Theme => "Thème : \"auto\", \"day\", \"night\", \"terminal\", ou l’un des vôtres ([themes.NOM]).",
            Setting::Width => "Largeur du texte, au plus, en colonnes.",
            Setting::Ascii => "Marques et cadres en ASCII seul.",
            Setting::Mouse => "Prendre la souris au départ.",
            Setting::Outline => "Montrer le plan au départ, là où il y a la place.",
            Setting::As => "Qui coche. Par défaut, le nom de l’utilisateur.",
            Setting::ReviewAfterDays => "Au bout de combien de jours une valeur est à revoir.",
            Setting::WriteBoxes => "Écrire les coches des cases à cocher dans le fichier du guide aussi.",
            Setting::Progress => {
                "Dossier où garder l’avancement ; un chemin relatif part du dossier de ce fichier. Par défaut, à côté du \
                 guide s’il est partagé, sinon dans le dossier d’état."
            }
            Setting::BaseUrl => "Adresse à laquelle joindre les liens comme /page, là où le guide n’en donne pas.",
        }
    }

    fn english(self) -> &'static str {
        match self {
            Setting::Lang => "Language of the interface: \"fr\" or \"en\". The system's if left out.",
            Setting::Theme => "Theme: \"auto\", \"day\", \"night\", \"terminal\", or one of your own ([themes.NAME]).",
            Setting::Width => "The text's greatest width, in columns.",
            Setting::Ascii => "Draw marks and frames with ASCII alone.",
            Setting::Mouse => "Take the mouse at the start.",
            Setting::Outline => "Show the outline at the start, where there is room.",
            Setting::As => "Who ticks. The user's name if left out.",
            Setting::ReviewAfterDays => "After how many days a value asks to be reviewed.",
            Setting::WriteBoxes => "Write ticks of task boxes into the guide's file too.",
            Setting::Progress => {
                "The folder to keep progress in; a relative path starts at this file's folder. If left out, beside a \
                 shared guide, else in the state folder."
            }
            Setting::BaseUrl => "The address that links like /page are joined to, where the guide gives none.",
        }
    }
}

impl Wants {
    /// What it takes, to go on from "it takes".
    pub fn say(self, lang: Lang) -> Cow<'static, str> {
        match (self, lang) {
            (Wants::Lang, Lang::Fr) => "\"fr\" ou \"en\"".into(),
            (Wants::Lang, Lang::En) => "\"fr\" or \"en\"".into(),
            (Wants::Text, Lang::Fr) => "un texte entre guillemets droits".into(),
            (Wants::Text, Lang::En) => "a text in quotation marks".into(),
            (Wants::Flag, Lang::Fr) => "true ou false".into(),
            (Wants::Flag, Lang::En) => "true or false".into(),
            (Wants::Number(from, to), Lang::Fr) => format!("un nombre entier de {from} à {to}").into(),
            (Wants::Number(from, to), Lang::En) => format!("a whole number from {from} to {to}").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_setting_is_listed_and_has_a_name_of_its_own() {
        assert!(Setting::ALL.iter().enumerate().all(|(n, setting)| *setting as usize == n));
        assert_eq!(Setting::ALL.len(), Setting::BaseUrl as usize + 1);
        let names: BTreeSet<&str> = Setting::ALL.iter().map(|s| s.name()).collect();
        assert_eq!(names.len(), Setting::ALL.len());
        assert_eq!(Setting::ReviewAfterDays.variable(), "JALON_REVIEW_AFTER_DAYS");
    }
}
