//! What the full screen says of the world around it: clipboard, links, terminal, faults of its own. One line each.

use super::Lang;
use crate::guide::{CleanText, Refusal};
use std::borrow::Cow;

/// A sentence about the world around the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The Linux console has no clipboard and hands none on.
    ConsoleHasNoClipboard,
    /// More than goes through a terminal at once; how many kibibytes do.
    TooLongForTerminal(usize),
    /// The link is not opened; why.
    Refused(Refusal),
    /// The guide has no folder in which others could stand.
    NoFolder,
    /// A file outside the guide's folder.
    OutsideFolder(CleanText),
    /// A file that is not there.
    NoSuchFile(CleanText),
    /// A file that is no Markdown.
    NoMarkdown(CleanText),
    /// Changes in another guide could not be saved: its title, and why.
    UnsavedElsewhere(CleanText, CleanText),
    /// There is no display, so no browser.
    NoDisplay,
    /// No program that opens links was found, or it failed.
    NoOpener(CleanText),
    /// Changes from elsewhere are looked for every second instead of being told; why.
    Polling(CleanText),
    /// Why changes are looked for: the disk is another machine's.
    NetworkDisk,
    /// The program has a fault; where, and what it said.
    Fault(CleanText, CleanText),
    /// A change was not saved because the program has a fault.
    WriterFault,
    /// A change that could not be saved, told at the end.
    Unsaved(CleanText, Lost),
    /// No editor is named.
    NoEditor,
    /// The editor did not start, or failed; what the system said.
    EditorFailed(CleanText),
    /// The terminal cannot be used; what the system said.
    NoScreen(CleanText),
    /// Standard output is no terminal.
    OutputIsNoTerminal,
}

/// What the change that was lost did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Ticked, or affirmed.
    Done,
    /// Took a tick back.
    Todo,
    /// Skipped.
    Skip,
    /// Wrote a note.
    Note,
    /// Left a group out, or brought it back.
    Group,
    /// A run started over, put away or taken out again.
    Run,
    /// Undid or redid a change.
    Undo,
}

impl Edge {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Edge::ConsoleHasNoClipboard => "la console Linux n’a pas de presse-papiers".into(),
            Edge::TooLongForTerminal(kib) => {
                format!("plus de {kib} Kio : trop long pour passer par le terminal").into()
            }
            Edge::Refused(why) => format!("lien non ouvert ({}) ; il peut être copié", refusal(*why, Lang::Fr)).into(),
            Edge::NoFolder => "ce guide n’est pas un fichier, il n’a pas de voisins".into(),
            Edge::OutsideFolder(it) => format!("hors du dossier du guide, {it}").into(),
            Edge::NoSuchFile(it) => format!("pas de fichier {it}").into(),
            Edge::NoMarkdown(it) => format!("pas un fichier Markdown, {it}").into(),
            Edge::UnsavedElsewhere(title, why) => format!("Non enregistré dans « {title} » : {why}").into(),
            Edge::NoDisplay => "pas d’écran graphique ici : copiez le lien pour l’ouvrir ailleurs".into(),
            Edge::NoOpener(why) => format!("le lien n’a pas pu être ouvert ({why}) ; il peut être copié").into(),
            Edge::Polling(why) => {
                format!("Les changements faits ailleurs sont relus chaque seconde, faute de surveillance ({why})")
                    .into()
            }
            Edge::NetworkDisk => "disque en réseau".into(),
            Edge::Fault(place, what) => {
                format!("arrêt sur un défaut du programme ({place}) : {what}. Ce qui était coché reste enregistré")
                    .into()
            }
            Edge::WriterFault => "Non enregistré : le programme a un défaut. Quittez-le et relancez-le".into(),
            Edge::Unsaved(label, lost) => {
                let what = match lost {
                    Lost::Done => "coché",
                    Lost::Todo => "décoché",
                    Lost::Skip => "passé",
                    Lost::Note => "note",
                    Lost::Group => "groupe écarté ou repris",
                    Lost::Run => "parcours recommencé, archivé ou désarchivé",
                    Lost::Undo => "annulé ou rétabli",
                };
                format!("non enregistré : {what}, « {label} »").into()
            }
            Edge::NoEditor => "pas d’éditeur : nommez-en un dans la variable VISUAL ou EDITOR".into(),
            Edge::EditorFailed(why) => format!("l’éditeur a échoué ({why})").into(),
            Edge::NoScreen(why) => {
                format!("le terminal ne peut pas être utilisé ({why}) ; essayez « jalon show »").into()
            }
            Edge::OutputIsNoTerminal => "la sortie n’est pas un terminal ; essayez « jalon show »".into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Edge::ConsoleHasNoClipboard => "the Linux console has no clipboard".into(),
            Edge::TooLongForTerminal(kib) => format!("over {kib} KiB: too long to pass through the terminal").into(),
            Edge::Refused(why) => format!("link not opened ({}); it can be copied", refusal(*why, Lang::En)).into(),
            Edge::NoFolder => "this guide is no file and has no neighbours".into(),
            Edge::OutsideFolder(it) => format!("outside the guide’s folder, {it}").into(),
            Edge::NoSuchFile(it) => format!("no file {it}").into(),
            Edge::NoMarkdown(it) => format!("no Markdown file, {it}").into(),
            Edge::UnsavedElsewhere(title, why) => format!("Not saved in “{title}”: {why}").into(),
            Edge::NoDisplay => "no graphical display here: copy the link to open it elsewhere".into(),
            Edge::NoOpener(why) => format!("the link could not be opened ({why}); it can be copied").into(),
            Edge::Polling(why) => {
                format!("Changes made elsewhere are read every second, as they cannot be watched ({why})").into()
            }
            Edge::NetworkDisk => "network disk".into(),
            Edge::Fault(place, what) => {
                format!("stopped by a fault of the program ({place}): {what}. What was ticked stays saved").into()
            }
            Edge::WriterFault => "Not saved: the program has a fault. Quit and start it again".into(),
            Edge::Unsaved(label, lost) => {
                let what = match lost {
                    Lost::Done => "ticked",
                    Lost::Todo => "unticked",
                    Lost::Skip => "skipped",
                    Lost::Note => "note",
                    Lost::Group => "group left out or brought back",
                    Lost::Run => "run started over, archived or taken out again",
                    Lost::Undo => "undone or redone",
                };
                format!("not saved: {what}, “{label}”").into()
            }
            Edge::NoEditor => "no editor: name one in the variable VISUAL or EDITOR".into(),
            Edge::EditorFailed(why) => format!("the editor failed ({why})").into(),
            Edge::NoScreen(why) => format!("the terminal cannot be used ({why}); try `jalon show`").into(),
            Edge::OutputIsNoTerminal => "standard output is no terminal; try `jalon show`".into(),
        }
    }
}

/// Why a link is not opened, in a few words.
pub(super) fn refusal(why: Refusal, lang: Lang) -> &'static str {
    match (lang, why) {
        (Lang::Fr, Refusal::Kind) => "ni page web ni courriel",
        (Lang::Fr, Refusal::TooLong) => "trop long",
        (Lang::Fr, Refusal::Host) => "serveur absent ou mal écrit",
        (Lang::Fr, Refusal::User) => "un nom d’utilisateur y masque le vrai serveur",
        (Lang::Fr, Refusal::Address) => "adresse mal formée",
        (Lang::En, Refusal::Kind) => "neither a web page nor a mail",
        (Lang::En, Refusal::TooLong) => "too long",
        (Lang::En, Refusal::Host) => "its host is missing or oddly written",
        (Lang::En, Refusal::User) => "a user name in it hides the real host",
        (Lang::En, Refusal::Address) => "address not well formed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_punctuation_never_stands_alone_at_a_line_s_start() {
        let x = || CleanText::line("x");
        let all = [
            Edge::ConsoleHasNoClipboard,
            Edge::TooLongForTerminal(8),
            Edge::Refused(Refusal::Kind),
            Edge::NoFolder,
            Edge::OutsideFolder(x()),
            Edge::NoSuchFile(x()),
            Edge::NoMarkdown(x()),
            Edge::UnsavedElsewhere(x(), x()),
            Edge::NoDisplay,
            Edge::NoOpener(x()),
            Edge::Polling(x()),
            Edge::NetworkDisk,
            Edge::Fault(x(), x()),
            Edge::WriterFault,
            Edge::Unsaved(x(), Lost::Done),
            Edge::NoEditor,
            Edge::EditorFailed(x()),
            Edge::NoScreen(x()),
            Edge::OutputIsNoTerminal,
        ];
        for sentence in all {
            let french = sentence.say(Lang::Fr);
            for apart in [" :", " ;", " !", " ?", " »", "« ", "'"] {
                assert!(!french.contains(apart), "{french}");
            }
            assert_ne!(french, sentence.say(Lang::En));
        }
    }
}
