//! What the command line says of sharing and of runs. Paths and names in a sentence are cleaned before they come here.

use super::{Lang, Shell};
use crate::guide::CleanText;
use std::borrow::Cow;

/// A sentence about sharing or runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Team {
    /// Only a file has a place beside it.
    NeedsFile,
    /// `--progress` says that progress lives elsewhere.
    NeedsNoFolder,
    /// Something else stands where the shared folder should.
    InTheWay(CleanText),
    /// The shared folder was made.
    Made(CleanText),
    /// The shared folder was there.
    Already(CleanText),
    /// So many changes were brought into it.
    Brought(usize),
    /// So many changes stay private, for a reset ended them.
    Stays(usize),
    /// Above the commands that hand it on.
    HandOn,
    /// What a commit that hands it on is called.
    CommitMessage,
    /// A run was started over: its name, how many were settled, whether others share it, and how to take it back.
    StartedOver(CleanText, usize, Company, String),
    /// A run in which nothing is settled or noted.
    NothingToReset(CleanText),
    /// A change was taken back: its name in the journal, about what, and how to bring it back.
    Undone(&'static str, CleanText, String),
    /// A change was brought back: its name in the journal, and about what.
    Redone(&'static str, CleanText),
    /// Nothing was done here that could be taken back.
    NothingToUndo,
    /// Nothing was taken back last.
    NothingToRedo,
    /// A run was put away: its name, and how to take it out.
    Archived(CleanText, String),
    /// A run was taken out again.
    Unarchived(CleanText),
    /// It is put away already.
    AlreadyArchived(CleanText),
    /// It is not put away.
    NotArchived(CleanText),
    /// No run is called so: its name, and those that there are.
    NoSuchRun(CleanText, Vec<String>),
    /// Head of the list of runs put away.
    ArchivedRuns,
    /// After a run in which nothing was recorded.
    NeverUsed,
    /// More runs than are listed: how many.
    MoreRuns(usize),
}

/// Who else a change concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// Nobody.
    Alone,
    /// Everybody who shares the guide.
    Team,
}

impl Team {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        let plural = |n: &usize, one, many| Lang::Fr.plural(*n, one, many);
        match self {
            Team::NeedsFile => "share : il faut un guide dans un fichier, à côté duquel mettre le dossier .jalon ; \
                                écrivez « jalon share GUIDE »"
                .into(),
            Team::NeedsNoFolder => {
                "share : avec --progress, ou « progress » dans la configuration, l’avancement vit dans ce dossier-là ; retirez-le pour partager".into()
            }
            Team::InTheWay(path) => {
                format!("{path} : un lien ou un fichier est à la place du dossier ; déplacez-le et recommencez").into()
            }
            Team::Made(path) => {
                format!("{path} est créé : l’avancement y vit désormais, pour tous ceux qui ont ce dossier.").into()
            }
            Team::Already(path) => format!("{path} existe déjà : l’avancement est partagé.").into(),
            Team::Brought(n) => {
                format!("{n} {} de votre côté.", plural(n, "changement repris", "changements repris")).into()
            }
            Team::Stays(n) => format!(
                "{n} {} d’avant le nouveau départ {} dans votre journal privé.",
                plural(n, "changement", "changements"),
                plural(n, "reste", "restent")
            )
            .into(),
            Team::HandOn => "Pour le transmettre :".into(),
            Team::CommitMessage => "Partager l’avancement".into(),
            Team::StartedOver(run, settled, company, back) => {
                let team = if *company == Company::Team { ", pour tous ceux qui partagent ce guide" } else { "" };
                let were = plural(settled, "élément était réglé", "éléments étaient réglés");
                format!("Parcours {run} recommencé{team} : {settled} {were}. Rien n’est effacé, « {back} » l’annule.")
                    .into()
            }
            Team::NothingToReset(run) => format!("Parcours {run} : rien n’y est noté, rien à recommencer.").into(),
            Team::Undone(op, label, back) => {
                format!("Annulé : {}, {label}. « {back} » le rétablit.", Shell::Op(op).say(Lang::Fr)).into()
            }
            Team::Redone(op, label) => format!("Rétabli : {}, {label}.", Shell::Op(op).say(Lang::Fr)).into(),
            Team::NothingToUndo => "Rien à annuler : rien n’a été noté d’ici.".into(),
            Team::NothingToRedo => "Rien à rétablir.".into(),
            Team::Archived(run, back) => {
                format!("Parcours {run} archivé. Rien n’est effacé, « {back} » l’en sort.").into()
            }
            Team::Unarchived(run) => format!("Parcours {run} sorti des archives.").into(),
            Team::AlreadyArchived(run) => format!("Parcours {run} : déjà archivé, rien à changer.").into(),
            Team::NotArchived(run) => format!("Parcours {run} : pas archivé, rien à changer.").into(),
            Team::NoSuchRun(run, known) if known.is_empty() => {
                format!("il n’y a pas de parcours {run}, ni aucun autre ; « --run {run} » en commence un").into()
            }
            Team::NoSuchRun(run, known) => {
                format!("il n’y a pas de parcours {run} ; il y a {}", known.join(", ")).into()
            }
            Team::ArchivedRuns => "Archivés".into(),
            Team::NeverUsed => "pas encore commencé".into(),
            Team::MoreRuns(n) => {
                format!("et {n} {}.", plural(n, "parcours de plus, non lu", "parcours de plus, non lus")).into()
            }
        }
    }

    fn english(&self) -> Cow<'static, str> {
        let plural = |n: &usize, one, many| Lang::En.plural(*n, one, many);
        match self {
            Team::NeedsFile => {
                "share needs a guide in a file, to put the folder .jalon beside it; write `jalon share GUIDE`".into()
            }
            Team::NeedsNoFolder => {
                "share: with --progress, or `progress` in the configuration, progress lives in that folder; leave it out to share".into()
            }
            Team::InTheWay(path) => {
                format!("{path}: a link or a file stands where the folder should; move it away and try again").into()
            }
            Team::Made(path) => {
                format!("{path} is made: progress lives there now, for everybody who has this folder.").into()
            }
            Team::Already(path) => format!("{path} is there already: progress is shared.").into(),
            Team::Brought(n) => format!("{n} {} of yours brought in.", plural(n, "change", "changes")).into(),
            Team::Stays(n) => format!(
                "{n} {} from before the run was started over {} in your private journal.",
                plural(n, "change", "changes"),
                plural(n, "stays", "stay")
            )
            .into(),
            Team::HandOn => "To hand it on:".into(),
            Team::CommitMessage => "Share progress".into(),
            Team::StartedOver(run, settled, company, back) => {
                let team = if *company == Company::Team { " for everybody who shares this guide" } else { "" };
                let were = plural(settled, "item was", "items were");
                format!(
                    "Run {run} started over{team}: {settled} {were} settled. Nothing is erased, `{back}` undoes this."
                )
                .into()
            }
            Team::NothingToReset(run) => format!("Run {run}: nothing recorded in it, nothing to start over.").into(),
            Team::Undone(op, label, back) => {
                format!("Taken back: {}, {label}. `{back}` brings it back.", Shell::Op(op).say(Lang::En)).into()
            }
            Team::Redone(op, label) => format!("Brought back: {}, {label}.", Shell::Op(op).say(Lang::En)).into(),
            Team::NothingToUndo => "Nothing to undo: nothing was recorded from here.".into(),
            Team::NothingToRedo => "Nothing to redo.".into(),
            Team::Archived(run, back) => {
                format!("Run {run} archived. Nothing is erased, `{back}` takes it out again.").into()
            }
            Team::Unarchived(run) => format!("Run {run} taken out of the archive.").into(),
            Team::AlreadyArchived(run) => format!("Run {run}: archived already, nothing to change.").into(),
            Team::NotArchived(run) => format!("Run {run}: not archived, nothing to change.").into(),
            Team::NoSuchRun(run, known) if known.is_empty() => {
                format!("there is no run {run}, nor any other; `--run {run}` begins one").into()
            }
            Team::NoSuchRun(run, known) => format!("there is no run {run}; there are {}", known.join(", ")).into(),
            Team::ArchivedRuns => "Archived".into(),
            Team::NeverUsed => "not begun yet".into(),
            Team::MoreRuns(n) => format!("and {n} {}.", plural(n, "more run, not read", "more runs, not read")).into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_is_one_line_in_both_languages_and_set_as_each_sets_its_marks() {
        let run = || CleanText::line("ete-2027");
        let back = || "jalon undo a.md".to_owned();
        let all = [
            Team::NeedsFile,
            Team::NeedsNoFolder,
            Team::InTheWay(run()),
            Team::Made(run()),
            Team::Already(run()),
            Team::Brought(2),
            Team::Stays(2),
            Team::HandOn,
            Team::CommitMessage,
            Team::StartedOver(run(), 0, Company::Team, back()),
            Team::StartedOver(run(), 2, Company::Alone, back()),
            Team::NothingToReset(run()),
            Team::Undone("done", run(), back()),
            Team::Redone("reset", run()),
            Team::NothingToUndo,
            Team::NothingToRedo,
            Team::Archived(run(), back()),
            Team::Unarchived(run()),
            Team::AlreadyArchived(run()),
            Team::NotArchived(run()),
            Team::NoSuchRun(run(), Vec::new()),
            Team::NoSuchRun(run(), vec!["default".into()]),
            Team::ArchivedRuns,
            Team::NeverUsed,
            Team::MoreRuns(1),
        ];
        for sentence in all {
            let (french, english) = (sentence.say(Lang::Fr), sentence.say(Lang::En));
            assert!(french != english && !french.contains('\n') && !english.contains('\n'), "{french}");
            for mark in [" :", " ;", " ?", " !", " »", "« ", "'"] {
                assert!(!french.contains(mark), "{french:?} has {mark:?}");
            }
        }
    }
}
