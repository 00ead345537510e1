//! What the command line says of itself in French. The English is written where the table of options and commands is,
//! and a test of `cli` asks for the French of each. And what is said of arguments that are wrong, in both languages.

use super::Lang;
use crate::guide::CleanText;
use std::borrow::Cow;

/// What is said below the list of options.
pub struct Foot;

impl Foot {
    /// The paragraphs in a language.
    pub fn say(lang: Lang) -> &'static str {
        match lang {
            Lang::Fr => {
                "GUIDE est un fichier, un dossier de guides, « - » pour l’entrée standard, ou rien : le guide \
                 intégré. Là où la sortie standard n’est pas un terminal, le guide s’imprime comme avec « jalon show ». Un \
                 fichier qui porte le nom d’une commande s’écrit ./status ou -- status.\n\n\
                 Code de retour : 0 tout va bien ; 1 il reste à faire (status --exit-code) ou à corriger (config --check) ; \
                 2 arguments faux ou guide illisible ; 3 avancement, ou case voulue, non enregistré. « jalon man | man -l - » montre le \
                 manuel."
            }
            Lang::En => {
                "GUIDE is a file, a folder of guides, `-` for standard input, or nothing: the guide built in. \
                 Where standard output is no terminal, the guide is printed as `jalon show` prints it. A file that is named \
                 like a command is written ./status or -- status.\n\n\
                 Exit status: 0 all is well; 1 something is open (status --exit-code) or wrong (config --check); 2 wrong \
                 arguments or an unreadable guide; 3 progress, or a box asked for, could not be saved. `jalon man | man -l -` shows the manual."
            }
        }
    }
}

/// The French of a command, `status`; of an option or an argument of all commands, `--json` or `GUIDE`; or of one
/// command's own, `status --format`. None where there is none yet.
pub fn french(of: &str) -> Option<&'static str> {
    Some(match of {
        "jalon" => "Lire un guide en Markdown, et le mettre en pratique : un plan, un texte, une liste qui se souvient",
        "show" => "Imprimer le guide, mis en page",
        "outline" => "Imprimer les titres en arbre, avec l’avancement",
        "walk" => "Suivre le guide pas à pas, sur des lignes simples : lecteurs d’écran, terminaux simples, tubes",
        "status" => "Imprimer ce qui est fait et ce qui reste à faire",
        "next" => "Imprimer la prochaine étape à faire, avec son texte",
        "tick" => "Cocher une étape ou une tâche ; affirmer une valeur",
        "untick" => "Reprendre une coche, un passage ou une affirmation",
        "skip" => "Passer une étape ou une tâche, en disant pourquoi",
        "note" => "Noter quelque chose sur une étape ; une note vide la retire",
        "undo" => "Annuler le dernier changement fait d’ici",
        "redo" => "Rétablir ce qui vient d’être annulé",
        "contacts" => "Imprimer adresses, numéros et liens, un par ligne",
        "log" => "Imprimer le journal, du plus ancien au plus récent",
        "share" => "Créer le dossier .jalon à côté du guide : l’avancement y vit désormais, pour une équipe",
        "runs" => "Imprimer les parcours de ce guide, le dernier changé d’abord",
        "reset" => "Reprendre le parcours à zéro ; rien n’est effacé, « undo » y revient",
        "archive" => "Ranger un parcours, pour le lister à part ; rien n’est effacé",
        "unarchive" => "Sortir un parcours de l’archive",
        "export" => "Imprimer l’avancement en liste à cocher Markdown, ou en JSON, pour le transmettre",
        "import" => "Reprendre ce que « export » a imprimé, ou une liste cochée à la main",
        "config" => "Imprimer les réglages en vigueur et d’où vient chacun, un fichier d’exemple, ou ce qui cloche",
        "completions" => "Imprimer de quoi compléter les commandes dans un shell",
        "man" => "Imprimer la page de manuel, au format roff",
        "--lang" => "Langue de l’interface : fr, en [par défaut : celle du système]",
        "--theme" => {
            "Couleurs : auto, day, night, terminal (ses 16 couleurs), ou un thème de la configuration [par défaut : auto]"
        }
        "--width" => "Colonnes du texte [par défaut : celles du terminal, 90 au plus]",
        "--ascii" => "Marques et cadres en ASCII seul",
        "--base-url" => "Adresse à laquelle joindre les liens comme /page",
        "--progress" => "Garder l’avancement dans ce dossier",
        "--run" => "L’un de plusieurs parcours du même guide [par défaut : default]",
        "--as" => "Qui coche [par défaut : le nom de l’utilisateur]",
        "--write-boxes" => "Écrire les coches des cases à cocher dans le fichier du guide aussi",
        "--no-mouse" => "Laisser la souris au terminal",
        "--config" => "Fichier de configuration à lire, au lieu du vôtre",
        "--help" => "Afficher cette aide",
        "--version" => "Afficher la version",
        "--json" => "Imprimer du JSON, pour les programmes",
        "GUIDE" => "Un fichier, un dossier de guides, « - » pour l’entrée standard ; sinon le guide intégré",
        "ITEM" => {
            "L’étape : son numéro dans « status », son identifiant, ou une partie de son libellé qui ne va qu’à elle"
        }
        "status --format" => {
            "Imprimer une seule ligne : {done}/{total} {next} ; et aussi {open}, {percent}, {steps}, {values}, {title}"
        }
        "status --exit-code" => "Finir par 0 si tout est fait, par 1 s’il reste à faire",
        "skip --reason" => "Pourquoi",
        "note TEXT" => "La note, sur une ligne",
        "archive RUN" | "unarchive RUN" => "Le parcours, tel que « runs » le nomme",
        "import FILE" => "Ce qui a été exporté ; « - » pour l’entrée standard",
        "config --example" => "Imprimer un fichier avec tous les réglages, touches et thèmes, expliqués",
        "config --check" => "Imprimer ce qui cloche, une ligne chacun ; finir par 1 s’il y a quelque chose",
        "config FILE" => "Le fichier à vérifier [par défaut : celui qui est lu]",
        "completions SHELL" => "Le shell : bash, zsh, fish, elvish ou powershell",
        _ => return None,
    })
}

/// What an argument has to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// One of these.
    OneOf(String),
    /// Columns.
    Columns,
    /// A run's name.
    RunName,
    /// Something, not nothing.
    NotEmpty,
    /// Something that is not known here.
    Unknown,
}

/// What is wrong with a command line.
#[derive(Clone, Debug, PartialEq)]
pub enum Misuse {
    /// There is no such option; perhaps this one was meant.
    Unexpected(CleanText, Option<CleanText>),
    /// These are missing.
    Missing(CleanText),
    /// An argument has a value that it cannot have.
    BadValue(CleanText, CleanText, Rule),
    /// An option is there without its value.
    NoValue(CleanText),
    /// Two arguments exclude each other.
    Conflict(CleanText, CleanText),
    /// An option stands there twice.
    Twice(CleanText),
    /// The guide stands before the command.
    GuideFirst(CleanText),
    /// Something else, in the words of the library that reads arguments.
    Other(CleanText),
}

impl Misuse {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Misuse::Unexpected(what, None) => format!("argument inattendu « {what} » ; voyez « jalon --help »"),
            Misuse::Unexpected(what, Some(near)) => format!("argument inattendu « {what} » ; peut-être « {near} »"),
            Misuse::Missing(what) => format!("il manque {what}"),
            Misuse::BadValue(of, value, rule) => match rule {
                Rule::OneOf(all) => format!("« {value} » ne convient pas à {of} ; il y a {all}"),
                Rule::Columns => format!("« {value} » ne convient pas à {of} : un nombre de 1 à 1000"),
                Rule::RunName => format!(
                    "« {value} » ne convient pas à {of} : des lettres, des chiffres, « - », « _ » et « . », 64 au plus"
                ),
                Rule::NotEmpty => format!("{of} ne peut être vide"),
                Rule::Unknown => format!("« {value} » ne convient pas à {of}"),
            },
            Misuse::NoValue(of) => format!("il manque une valeur à {of}"),
            Misuse::Conflict(one, other) => format!("{one} et {other} ne vont pas ensemble"),
            Misuse::Twice(what) => format!("{what} est donné deux fois"),
            Misuse::GuideFirst(guide) => {
                format!("le guide vient après la commande ; un fichier du nom d’une commande s’écrit « ./{guide} »")
            }
            Misuse::Other(what) => format!("arguments faux ({what})"),
        }
        .into()
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Misuse::Unexpected(what, None) => format!("unexpected argument `{what}`; see `jalon --help`"),
            Misuse::Unexpected(what, Some(near)) => format!("unexpected argument `{what}`; perhaps `{near}`"),
            Misuse::Missing(what) => format!("{what} is missing"),
            Misuse::BadValue(of, value, rule) => match rule {
                Rule::OneOf(all) => format!("`{value}` does not fit {of}; there are {all}"),
                Rule::Columns => format!("`{value}` does not fit {of}: a number from 1 to 1000"),
                Rule::RunName => {
                    format!("`{value}` does not fit {of}: letters, digits, `-`, `_` and `.`, at most 64")
                }
                Rule::NotEmpty => format!("{of} cannot be empty"),
                Rule::Unknown => format!("`{value}` does not fit {of}"),
            },
            Misuse::NoValue(of) => format!("{of} lacks its value"),
            Misuse::Conflict(one, other) => format!("{one} and {other} exclude each other"),
            Misuse::Twice(what) => format!("{what} is given twice"),
            Misuse::GuideFirst(guide) => {
                format!("the guide goes after the command, or write `./{guide}` for a file named like a command")
            }
            Misuse::Other(what) => what.to_string(),
        }
        .into()
    }
}
