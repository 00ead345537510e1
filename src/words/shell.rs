//! What the command line says: answers and errors. A path or a name in a sentence is cleaned before it comes here.

use super::Lang;
use crate::guide::CleanText;
use crate::progress::{BadExport, BadTemplate, FIELDS};
use std::borrow::Cow;

/// A sentence of the command line.
#[derive(Clone, Debug, PartialEq)]
pub enum Shell {
    /// Everything is settled.
    AllSettled,
    /// The guide holds nothing to do.
    NoItems,
    /// What comes next: number and label.
    NextIs(String),
    /// Head of the list of what was settled and is no longer in the guide.
    Retired,
    /// After an item: a value was affirmed long ago.
    Due,
    /// After an item: its text is not the one that was settled.
    TextChanged,
    /// After an item: what was settled was carried over from a like one, and waits for a yes.
    CarriedOver,
    /// The journal holds nothing.
    EmptyJournal,
    /// After a record: it was undone.
    TakenBack,
    /// What a record did, by its name in the journal.
    Op(&'static str),
    /// An item was changed so; with its number and label.
    Did(Did, String),
    /// Nothing had to be changed; with the item's number and label.
    Already(Did, String),
    /// No item is meant by these words.
    NoSuchItem(CleanText),
    /// Several items are: their numbers and labels.
    SeveralItems(CleanText, Vec<String>),
    /// A value is not skipped.
    ValueNotSkipped(String),
    /// A guide cannot be read: its path, and why.
    CannotRead(CleanText, Cannot),
    /// No such file, but a command has nearly that name.
    PerhapsCommand(CleanText, &'static str),
    /// A folder without guides.
    NoGuides(CleanText),
    /// A folder with several guides: its path, the names of the first ones, and how many more there are.
    SeveralGuides(CleanText, Vec<String>, usize),
    /// A folder with more guides, or more folders, than are looked at; how many guides are.
    SomeGuides(CleanText, usize),
    /// The guide is empty.
    EmptyGuide(CleanText),
    /// Some bytes are not UTF-8.
    NotUtf8(CleanText),
    /// The front matter was left out of account, and why.
    BadFrontMatter(CleanText, CleanText),
    /// The terminal cannot draw a full screen.
    DumbTerminal,
    /// Keys cannot be read: standard input is no terminal.
    NoKeyboard,
    /// Standard input cannot be read twice.
    ReadOnce,
    /// A template cannot be filled in.
    BadTemplate(BadTemplate),
    /// A file is no export: its name, and why.
    BadExport(CleanText, BadExport),
    /// A file was brought in: its name, and how many things are different now.
    Imported(CleanText, usize),
    /// Printing failed, and why.
    CannotPrint(Cannot),
}

/// What was done to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// Ticked.
    Ticked,
    /// A tick found good for the text as it is now.
    Confirmed,
    /// A value affirmed.
    Affirmed,
    /// Opened again.
    Reopened,
    /// Skipped.
    Skipped,
    /// A note put on it.
    Noted,
    /// Its note taken away.
    Unnoted,
}

/// Why something cannot be read or written.
#[derive(Clone, Debug, PartialEq)]
pub enum Cannot {
    /// It is not there.
    NotFound,
    /// It is not allowed.
    Forbidden,
    /// A folder stands there.
    IsFolder,
    /// Neither a file nor a folder.
    NotFile,
    /// Not text.
    Binary,
    /// Larger than a gibibyte.
    TooLarge,
    /// The system's own words.
    Other(CleanText),
}

impl Shell {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Shell::AllSettled => "Tout est fait.".into(),
            Shell::NoItems => "Ce guide n’a ni étape, ni tâche, ni valeur.".into(),
            Shell::NextIs(item) => format!("Suivant : {item}").into(),
            Shell::Retired => "N’est plus dans le guide".into(),
            Shell::Due => "à revoir".into(),
            Shell::TextChanged => "texte modifié depuis".into(),
            Shell::CarriedOver => "repris d’un texte proche : à confirmer".into(),
            Shell::EmptyJournal => "Rien n’a encore été noté.".into(),
            Shell::TakenBack => "(annulé depuis)".into(),
            Shell::Op(op) => match *op {
                "done" => "fait",
                "todo" => "rouvert",
                "skip" => "passé",
                "note" => "note",
                "affirm" => "affirmé",
                "leave" => "laissé de côté",
                "restore" => "repris",
                "undo" => "annulé",
                "redo" => "rétabli",
                "confirm" => "confirmé",
                "import" => "importé",
                "reset" => "recommencé",
                "archive" => "archivé",
                "unarchive" => "désarchivé",
                other => other,
            }
            .into(),
            Shell::Did(did, item) => match did {
                Did::Ticked => format!("{item} : fait."),
                Did::Confirmed => format!("{item} : confirmé, c’est fait."),
                Did::Affirmed => format!("{item} : valeur affirmée aujourd’hui."),
                Did::Reopened => format!("{item} : à faire de nouveau."),
                Did::Skipped => format!("{item} : passé."),
                Did::Noted => format!("{item} : note ajoutée."),
                Did::Unnoted => format!("{item} : note retirée."),
            }
            .into(),
            Shell::Already(did, item) => match did {
                Did::Ticked | Did::Confirmed => format!("{item} : déjà fait, rien à changer."),
                Did::Affirmed => format!("{item} : valeur déjà affirmée, rien à changer."),
                Did::Reopened => format!("{item} : déjà à faire, rien à changer."),
                Did::Skipped => format!("{item} : déjà passé pour cette raison, rien à changer."),
                Did::Noted => format!("{item} : a déjà cette note, rien à changer."),
                Did::Unnoted => format!("{item} : n’a pas de note, rien à changer."),
            }
            .into(),
            Shell::NoSuchItem(wanted) => {
                format!("rien dans ce guide ne répond à « {wanted} » ; « jalon status » donne les numéros").into()
            }
            Shell::SeveralItems(wanted, items) => {
                format!("« {wanted} » peut désigner {} ; donnez le numéro", items.join(" ; ")).into()
            }
            Shell::ValueNotSkipped(item) => {
                format!("{item} est une valeur : elle s’affirme ou se reprend, elle ne se passe pas").into()
            }
            Shell::CannotRead(path, why) => format!("{path} : {}", why.french()).into(),
            Shell::PerhapsCommand(path, command) => {
                format!("{path} : ce fichier n’existe pas ; la commande s’écrit « {command} »").into()
            }
            Shell::NoGuides(path) => {
                format!("{path} : ce dossier ne contient pas de guide ; donnez un fichier Markdown (.md)").into()
            }
            Shell::SeveralGuides(path, names, more) => {
                let more = if *more > 0 { format!(" et {more} de plus") } else { String::new() };
                let names = names.join(", ");
                format!("{path} : ce dossier contient plusieurs guides, choisissez-en un : {names}{more}").into()
            }
            Shell::SomeGuides(path, count) => {
                format!("{path} : ce dossier en contient davantage ; {count} guides sont pris en compte").into()
            }
            Shell::EmptyGuide(path) => format!("{path} : ce fichier est vide").into(),
            Shell::NotUtf8(path) => {
                format!("{path} : tout n’est pas en UTF-8 ; les octets en cause s’affichent �").into()
            }
            Shell::BadFrontMatter(path, why) => format!("{path} : en-tête illisible, laissé de côté ({why})").into(),
            Shell::DumbTerminal => {
                "ce terminal (TERM) ne sait pas afficher le lecteur ; voici le texte, et « jalon walk » le parcourt pas à pas"
                    .into()
            }
            Shell::NoKeyboard => {
                "l’entrée standard n’est pas un terminal ; voici le texte, comme « jalon show »".into()
            }
            Shell::ReadOnce => "l’entrée standard ne se lit qu’une fois".into(),
            Shell::BadTemplate(BadTemplate::Unknown(name)) => {
                format!("--format : le champ {{{name}}} n’existe pas ; il y a {}", fields()).into()
            }
            Shell::BadTemplate(BadTemplate::Unpaired(part)) => {
                format!("--format : accolade seule dans « {part} » ; doublez-la pour l’écrire telle quelle").into()
            }
            Shell::BadExport(file, why) => match why {
                BadExport::NoChecklist => format!("{file} : pas de liste « - [x] » dans ce fichier"),
                BadExport::Json(why) => format!("{file} : ce n’est pas un export de jalon ({why})"),
                BadExport::Newer => format!("{file} : écrit par une version plus récente ; mettez jalon à jour"),
            }
            .into(),
            Shell::Imported(file, 0) => format!("{file} : rien de nouveau.").into(),
            Shell::Imported(file, n) => {
                let what = Lang::Fr.plural(*n, "élément mis à jour", "éléments mis à jour");
                format!("{file} : {n} {what}.").into()
            }
            Shell::CannotPrint(why) => format!("sortie standard : {}", why.french()).into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Shell::AllSettled => "Everything is settled.".into(),
            Shell::NoItems => "This guide has no steps, tasks or values.".into(),
            Shell::NextIs(item) => format!("Next: {item}").into(),
            Shell::Retired => "No longer in the guide".into(),
            Shell::Due => "due for review".into(),
            Shell::TextChanged => "text changed since".into(),
            Shell::CarriedOver => "carried over, please confirm".into(),
            Shell::EmptyJournal => "Nothing was recorded yet.".into(),
            Shell::TakenBack => "(taken back)".into(),
            Shell::Op(op) => match *op {
                "done" => "done",
                "todo" => "reopened",
                "skip" => "skipped",
                "note" => "note",
                "affirm" => "affirmed",
                "leave" => "left out",
                "restore" => "brought back",
                "undo" => "undone",
                "redo" => "redone",
                "confirm" => "confirmed",
                "import" => "imported",
                "reset" => "started over",
                "archive" => "archived",
                "unarchive" => "unarchived",
                other => other,
            }
            .into(),
            Shell::Did(did, item) => match did {
                Did::Ticked => format!("{item}: done."),
                Did::Confirmed => format!("{item}: confirmed, it is done."),
                Did::Affirmed => format!("{item}: affirmed today."),
                Did::Reopened => format!("{item}: to do again."),
                Did::Skipped => format!("{item}: skipped."),
                Did::Noted => format!("{item}: note added."),
                Did::Unnoted => format!("{item}: note taken away."),
            }
            .into(),
            Shell::Already(did, item) => match did {
                Did::Ticked | Did::Confirmed => format!("{item}: done already, nothing to change."),
                Did::Affirmed => format!("{item}: affirmed already, nothing to change."),
                Did::Reopened => format!("{item}: open already, nothing to change."),
                Did::Skipped => format!("{item}: skipped already for this reason, nothing to change."),
                Did::Noted => format!("{item}: has this note already, nothing to change."),
                Did::Unnoted => format!("{item}: has no note, nothing to change."),
            }
            .into(),
            Shell::NoSuchItem(wanted) => {
                format!("nothing in this guide answers to \"{wanted}\"; `jalon status` tells the numbers").into()
            }
            Shell::SeveralItems(wanted, items) => {
                format!("\"{wanted}\" could be {}; give the number", items.join("; ")).into()
            }
            Shell::ValueNotSkipped(item) => {
                format!("{item} is a value: it is affirmed or taken back, not skipped").into()
            }
            Shell::CannotRead(path, why) => format!("{path}: {}", why.english()).into(),
            Shell::PerhapsCommand(path, command) => {
                format!("{path}: there is no such file; the command is written `{command}`").into()
            }
            Shell::NoGuides(path) => format!("{path}: no guide in this folder; name a Markdown file (.md)").into(),
            Shell::SeveralGuides(path, names, more) => {
                let more = if *more > 0 { format!(" and {more} more") } else { String::new() };
                format!("{path}: several guides in this folder, name one: {}{more}", names.join(", ")).into()
            }
            Shell::SomeGuides(path, count) => {
                format!("{path}: the folder holds more than that; {count} guides are taken into account").into()
            }
            Shell::EmptyGuide(path) => format!("{path}: the file is empty").into(),
            Shell::NotUtf8(path) => format!("{path}: not all of it is UTF-8; the bytes in question show as �").into(),
            Shell::BadFrontMatter(path, why) => format!("{path}: front matter left out of account ({why})").into(),
            Shell::DumbTerminal => {
                "this terminal (TERM) cannot draw the reader; here is the text, and `jalon walk` goes through it step by step"
                    .into()
            }
            Shell::NoKeyboard => "standard input is no terminal; here is the text, as `jalon show` prints it".into(),
            Shell::ReadOnce => "standard input can be read once only".into(),
            Shell::BadTemplate(BadTemplate::Unknown(name)) => {
                format!("--format: there is no field {{{name}}}; there are {}", fields()).into()
            }
            Shell::BadTemplate(BadTemplate::Unpaired(part)) => {
                format!("--format: a brace without its other in \"{part}\"; write it twice to have it as it is").into()
            }
            Shell::BadExport(file, why) => match why {
                BadExport::NoChecklist => format!("{file}: no checklist in it, `- [x]` as `jalon export` prints it"),
                BadExport::Json(why) => format!("{file}: not an export of jalon's ({why})"),
                BadExport::Newer => format!("{file}: written by a newer version; update jalon"),
            }
            .into(),
            Shell::Imported(file, 0) => format!("{file}: nothing new.").into(),
            Shell::Imported(file, n) => {
                format!("{file}: {n} {} brought up to date.", Lang::En.plural(*n, "item", "items")).into()
            }
            Shell::CannotPrint(why) => format!("standard output: {}", why.english()).into(),
        }
    }
}

/// The fields of a template, as one writes them.
fn fields() -> String {
    FIELDS.map(|name| format!("{{{name}}}")).join(", ")
}

impl Cannot {
    pub(super) fn french(&self) -> Cow<'_, str> {
        match self {
            Cannot::NotFound => "introuvable ; vérifiez le chemin".into(),
            Cannot::Forbidden => "accès refusé ; vérifiez les droits".into(),
            Cannot::IsFolder => "c’est un dossier ; donnez un fichier".into(),
            Cannot::NotFile => "ni un fichier ni un dossier ; pour un tube, écrivez « - »".into(),
            Cannot::Binary => "ce n’est pas du texte ; donnez un fichier Markdown".into(),
            Cannot::TooLarge => "plus d’un gibioctet ; partagez le guide".into(),
            Cannot::Other(why) => why.to_string().into(),
        }
    }

    pub(super) fn english(&self) -> Cow<'_, str> {
        match self {
            Cannot::NotFound => "not found; check the path".into(),
            Cannot::Forbidden => "permission denied; check the rights".into(),
            Cannot::IsFolder => "it is a folder; name a file".into(),
            Cannot::NotFile => "neither a file nor a folder; for a pipe write `-`".into(),
            Cannot::Binary => "not text; name a Markdown file".into(),
            Cannot::TooLarge => "more than a gibibyte; split the guide".into(),
            Cannot::Other(why) => why.to_string().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    pub(super) fn french_sets_a_no_break_space_before_double_punctuation() {
        let item = || "1. Un".to_owned();
        let path = || CleanText::line("a.md");
        let said = [
            Shell::NextIs(item()),
            Shell::Did(Did::Ticked, item()),
            Shell::NoSuchItem(path()),
            Shell::SeveralItems(path(), vec![item(), item()]),
            Shell::SeveralGuides(path(), vec![item()], 2),
            Shell::SomeGuides(path(), 1000),
            Shell::ValueNotSkipped(item()),
            Shell::CannotRead(path(), Cannot::NotFound),
            Shell::PerhapsCommand(path(), "show"),
            Shell::DumbTerminal,
            Shell::NoKeyboard,
            Shell::CarriedOver,
            Shell::BadTemplate(BadTemplate::Unknown(path())),
            Shell::BadTemplate(BadTemplate::Unpaired(path())),
            Shell::BadExport(path(), BadExport::NoChecklist),
            Shell::BadExport(path(), BadExport::Newer),
            Shell::Imported(path(), 2),
        ];
        for sentence in said {
            let text = sentence.say(Lang::Fr);
            for mark in [" :", " ;", " ?", " !", " »", "« ", "'"] {
                assert!(!text.contains(mark), "{text:?} has {mark:?}");
            }
        }
    }
}
