//! The chapters of the manual page, and what is only said there: files, variables of the environment, exit status.
//! Commands, options, keys and settings come from their own tables.

use super::Lang;

/// A chapter of the manual page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chapter {
    /// What it is called.
    Name,
    /// How it is called.
    Synopsis,
    /// What it is.
    Description,
    /// Its commands.
    Commands,
    /// Its options.
    Options,
    /// Its keys.
    Keys,
    /// Its configuration.
    Configuration,
    /// The files that it reads and writes.
    Files,
    /// The variables that it heeds.
    Environment,
    /// Its exit status.
    ExitStatus,
    /// A few lines to begin with.
    Examples,
}

impl Chapter {
    /// Its heading.
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Chapter::Name, Lang::Fr) => "NOM",
            (Chapter::Name, Lang::En) => "NAME",
            (Chapter::Synopsis, Lang::Fr) => "SYNOPSIS",
            (Chapter::Synopsis, Lang::En) => "SYNOPSIS",
            (Chapter::Description, Lang::Fr) => "DESCRIPTION",
            (Chapter::Description, Lang::En) => "DESCRIPTION",
            (Chapter::Commands, Lang::Fr) => "COMMANDES",
            (Chapter::Commands, Lang::En) => "COMMANDS",
            (Chapter::Options, Lang::Fr) => "OPTIONS",
            (Chapter::Options, Lang::En) => "OPTIONS",
            (Chapter::Keys, Lang::Fr) => "TOUCHES",
            (Chapter::Keys, Lang::En) => "KEYS",
            (Chapter::Configuration, Lang::Fr) => "CONFIGURATION",
            (Chapter::Configuration, Lang::En) => "CONFIGURATION",
            (Chapter::Files, Lang::Fr) => "FICHIERS",
            (Chapter::Files, Lang::En) => "FILES",
            (Chapter::Environment, Lang::Fr) => "ENVIRONNEMENT",
            (Chapter::Environment, Lang::En) => "ENVIRONMENT",
            (Chapter::ExitStatus, Lang::Fr) => "CODE DE RETOUR",
            (Chapter::ExitStatus, Lang::En) => "EXIT STATUS",
            (Chapter::Examples, Lang::Fr) => "EXEMPLES",
            (Chapter::Examples, Lang::En) => "EXAMPLES",
        }
    }

    /// What it begins with, where it has more to say than its table.
    pub fn opening(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Chapter::Name, Lang::Fr) => "lire un guide en Markdown, et le mettre en pratique",
            (Chapter::Name, Lang::En) => "read, and act on, a Markdown guide",
            (Chapter::Description, Lang::Fr) => {
                "jalon montre un guide en Markdown comme un plan, un texte et une liste à cocher, côte à côte. Il se \
                 souvient, des semaines durant, des étapes faites et des valeurs tenues, et donne les contacts. Le guide \
                 n’est pas touché : titres numérotés, listes ordonnées et cases à cocher sont les étapes, telles qu’elles \
                 sont."
            }
            (Chapter::Description, Lang::En) => {
                "jalon shows a Markdown guide as an outline, a text and a checklist, side by side. It remembers for weeks \
                 which steps are done and which values are upheld, and hands over the contacts. The guide is not touched: \
                 numbered headings, ordered lists and task boxes are the steps, as they stand."
            }
            (Chapter::Keys, Lang::Fr) => "Voici les touches d’origine ; la configuration peut les changer.",
            (Chapter::Keys, Lang::En) => "These are the keys as they come; the configuration can change them.",
            (Chapter::Configuration, Lang::Fr) => {
                "Un fichier TOML. Une option l’emporte sur une variable JALON_…, qui l’emporte sur le fichier. « jalon \
                 config » dit ce qui vaut, « jalon config --check » ce qui cloche, « jalon config --example » montre tout, \
                 avec les touches et les thèmes."
            }
            (Chapter::Configuration, Lang::En) => {
                "One TOML file. An option comes before a variable JALON_…, which comes before the file. `jalon config` says \
                 what holds, `jalon config --check` what is wrong, `jalon config --example` shows all of it, keys and \
                 themes too."
            }
            _ => "",
        }
    }
}

/// A row of the manual: how it is written, and what it is in French and in English.
pub struct ManualRow {
    /// How it is written.
    pub written: &'static str,
    french: &'static str,
    english: &'static str,
}

impl ManualRow {
    /// What it is.
    pub fn say(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => self.french,
            Lang::En => self.english,
        }
    }
}

const fn row(written: &'static str, french: &'static str, english: &'static str) -> ManualRow {
    ManualRow { written, french, english }
}

/// The files that it reads and writes.
pub static FILES: &[ManualRow] = &[
    row(
        "$XDG_CONFIG_HOME/jalon/config.toml",
        "La configuration ; ~/.config là où XDG_CONFIG_HOME n’est pas donné. Lue, jamais écrite.",
        "The configuration; ~/.config where XDG_CONFIG_HOME is not set. Read, never written.",
    ),
    row(
        "$XDG_STATE_HOME/jalon/",
        "L’avancement, un journal par guide, parcours et machine ; ~/.local/state là où XDG_STATE_HOME n’est pas donné.",
        "Progress, one journal per guide, run and device; ~/.local/state where XDG_STATE_HOME is not set.",
    ),
    row(
        ".jalon/",
        "À côté du guide : l’avancement partagé, créé par « jalon share », à ranger dans git.",
        "Beside the guide: shared progress, made by `jalon share`, to be committed with git.",
    ),
];

/// The variables that it heeds, beside those of the settings.
pub static VARIABLES: &[ManualRow] = &[
    row("VISUAL, EDITOR", "L’éditeur à ouvrir à la ligne qu’on lit.", "The editor to open at the line being read."),
    row("JALON_CONFIG", "Le fichier de configuration, comme --config.", "The configuration file, as with --config."),
    row(
        "NO_COLOR",
        "Non vide : pas de couleurs ; gras et formes restent.",
        "Not empty: no colours; weight and shape stay.",
    ),
    row(
        "CLICOLOR, CLICOLOR_FORCE",
        "CLICOLOR=0 : pas de couleurs. CLICOLOR_FORCE, ni vide ni 0 : des couleurs même dans un tube.",
        "CLICOLOR=0: no colours. CLICOLOR_FORCE, neither empty nor 0: colours even into a pipe.",
    ),
    row(
        "TERM",
        "Vide ou « dumb » : le guide s’imprime, comme avec « jalon show ».",
        "Empty or `dumb`: the guide is printed, as with `jalon show`.",
    ),
    row(
        "LC_ALL, LC_MESSAGES, LANG",
        "La langue de l’interface, là où rien d’autre ne la donne.",
        "The language of the interface, where nothing else gives it.",
    ),
];

/// What the exit status says.
pub static STATUSES: &[ManualRow] = &[
    row("0", "Tout va bien.", "All is well."),
    row(
        "1",
        "Il reste à faire (status --exit-code), ou à corriger (config --check).",
        "Something is open (status --exit-code), or wrong (config --check).",
    ),
    row(
        "2",
        "Arguments faux, guide ou configuration illisible, rien d’imprimé.",
        "Wrong arguments, an unreadable guide or configuration, nothing printed.",
    ),
    row(
        "3",
        "L’avancement n’a pu être enregistré, ou une case voulue par --write-boxes écrite.",
        "Progress could not be saved, or a box that --write-boxes asked for not written.",
    ),
    row(
        "101",
        "Une faute du programme, dite sur la sortie d’erreur.",
        "A fault of the program, told on standard error.",
    ),
    row("128 + n", "Le signal n l’a terminé.", "Signal n ended it."),
];

/// A few lines to begin with.
pub static EXAMPLES: &[ManualRow] = &[
    row(
        "jalon runbook.md",
        "Lire le guide ; x coche, c montre les contacts.",
        "Read the guide; x ticks, c shows the contacts.",
    ),
    row("jalon status runbook.md", "Où on en est.", "Where one is."),
    row("jalon tick 3 runbook.md", "Cocher la troisième étape.", "Tick the third step."),
    row(
        "jalon status --exit-code runbook.md && ./annonce",
        "N’annoncer que si tout est fait.",
        "Announce only when all is done.",
    ),
];
