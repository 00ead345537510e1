//! What went wrong with the progress on disk, and what to do about it. One line each; it names the file.

use super::Lang;
use crate::guide::CleanText;
use std::borrow::Cow;

/// A sentence about trouble with the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Not saved: no space left, or the quota is used up.
    Full(CleanText),
    /// Not saved: the file system can only be read.
    ReadOnly(CleanText),
    /// Not saved: permission denied.
    Denied(CleanText),
    /// Not saved: the folder or the file is gone and could not be made anew.
    Gone(CleanText),
    /// Not saved: something that is not a regular file, or not a folder, stands there.
    NotAFile(CleanText),
    /// Not saved: the file would be larger than the system, or jalon, allows.
    TooLarge(CleanText),
    /// Not saved: the system said this.
    Io(CleanText, CleanText),
    /// Not saved: there is no folder to save in.
    NoHome,
    /// This many lines of a journal could not be read. They are kept.
    Damaged(CleanText, usize),
    /// This many lines of a journal were written by a newer version. They are kept.
    Newer(CleanText, usize),
    /// A journal is too large to be read to its end.
    Oversized(CleanText),
    /// More journals in a folder than are read.
    TooMany(CleanText, usize),
    /// Others' journals in a folder hold more than is read of them, all together.
    TooMuch(CleanText),
    /// A journal had been taken away, and was written again from what is known: so many changes.
    WrittenAgain(CleanText, usize),
    /// A journal could not be read; the system said this.
    Unreadable(CleanText, CleanText),
    /// Somebody's clock is this many days ahead.
    ClockAhead(CleanText, i64),
    /// So many things among the journals, this one the first, are none: a link, a folder, a FIFO, or a name that no
    /// device has. They are not read.
    NotJournals(CleanText, usize),
    /// This many lines of a journal are those of another device than its name says. They are kept.
    Foreign(CleanText, usize),
    /// This many changes of one's own are in the private journal, and not in the shared one.
    Unshared(CleanText, usize),
}

impl Trouble {
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
            Trouble::Full(file) => format!("Non enregistré : disque plein. Libérez de la place pour {file}"),
            Trouble::ReadOnly(file) => {
                format!("Non enregistré : {file} est en lecture seule. Choisissez un autre dossier avec --progress")
            }
            Trouble::Denied(file) => {
                format!("Non enregistré : accès refusé. Donnez-vous le droit d’écrire dans {file}")
            }
            Trouble::Gone(file) => format!("Non enregistré : {file} a disparu. Rétablissez son dossier"),
            Trouble::NotAFile(file) => {
                format!("Non enregistré : {file} n’est pas ce qu’il doit être. Déplacez-le, il sera recréé")
            }
            Trouble::TooLarge(file) => {
                format!("Non enregistré : {file} atteint la taille limite. Commencez un autre parcours avec --run")
            }
            Trouble::Io(file, why) => format!("Non enregistré : {why}. Vérifiez le disque de {file}"),
            Trouble::NoHome => "Non enregistré : aucun dossier personnel. Indiquez HOME ou XDG_STATE_HOME".to_owned(),
            Trouble::Damaged(file, n) => format!(
                "{n} {} dans {file} ; le reste est lu, rien n’est effacé",
                plural(n, "ligne illisible", "lignes illisibles")
            ),
            Trouble::Newer(file, n) => format!(
                "{n} {} par une version plus récente dans {file} ; mettez jalon à jour pour tout voir",
                plural(n, "ligne écrite", "lignes écrites")
            ),
            Trouble::Oversized(file) => format!("{file} est trop grand : seul son début est lu"),
            Trouble::TooMany(folder, n) => format!(
                "{n} {} dans {folder} ; retirez-en pour tout voir",
                plural(n, "journal de trop n’est pas lu", "journaux de trop ne sont pas lus")
            ),
            Trouble::TooMuch(folder) => {
                format!("Les journaux des autres dans {folder} sont trop grands : seul leur début est lu")
            }
            Trouble::WrittenAgain(file, n) => format!(
                "{file} avait été enlevé du disque : jalon l’a réécrit, avec {n} {}",
                plural(n, "changement", "changements")
            ),
            Trouble::Unreadable(file, why) => format!("{file} ne peut être lu : {why}. Vérifiez vos droits"),
            Trouble::ClockAhead(who, days) => format!(
                "L’horloge de {who} avance de {days} {} : ses changements l’emportent d’ici là",
                plural(&days.unsigned_abs().try_into().unwrap_or(usize::MAX), "jour", "jours")
            ),
            Trouble::NotJournals(file, 1) => {
                format!("{file} n’est pas le journal d’un appareil : jalon ne le lit pas, retirez-le")
            }
            Trouble::NotJournals(file, n) => {
                format!("{file}, parmi {n}, n’est pas le journal d’un appareil : jalon ne les lit pas, retirez-les")
            }
            Trouble::Foreign(file, n) => format!(
                "{n} {} dans {file} : {} d’un autre appareil que celui de son nom",
                plural(n, "ligne n’est pas lue", "lignes ne sont pas lues"),
                plural(n, "elle vient", "elles viennent")
            ),
            Trouble::Unshared(guide, n) => format!(
                "{n} {} hors du dossier partagé : « jalon share {guide} » {}",
                plural(n, "changement à vous est resté", "changements à vous sont restés"),
                plural(n, "l’y apporte", "les y apporte")
            ),
        }
        .into()
    }

    fn english(&self) -> Cow<'static, str> {
        let plural = |n: &usize, one, many| Lang::En.plural(*n, one, many);
        match self {
            Trouble::Full(file) => format!("Not saved: the disk is full. Make room for {file}"),
            Trouble::ReadOnly(file) => {
                format!("Not saved: {file} is read-only. Choose another folder with --progress")
            }
            Trouble::Denied(file) => format!("Not saved: permission denied. Allow yourself to write in {file}"),
            Trouble::Gone(file) => format!("Not saved: {file} is gone. Put its folder back"),
            Trouble::NotAFile(file) => {
                format!("Not saved: {file} is not what it should be. Move it away, and it is made anew")
            }
            Trouble::TooLarge(file) => {
                format!("Not saved: {file} has reached the size limit. Start another walk with --run")
            }
            Trouble::Io(file, why) => format!("Not saved: {why}. Check the disk of {file}"),
            Trouble::NoHome => "Not saved: no home folder. Set HOME or XDG_STATE_HOME".to_owned(),
            Trouble::Damaged(file, n) => format!(
                "{n} {} in {file}; the rest is read, nothing is erased",
                plural(n, "unreadable line", "unreadable lines")
            ),
            Trouble::Newer(file, n) => format!(
                "{n} {} by a newer version in {file}; update jalon to see everything",
                plural(n, "line written", "lines written")
            ),
            Trouble::Oversized(file) => format!("{file} is too large: only its beginning is read"),
            Trouble::TooMany(folder, n) => format!(
                "{n} {} in {folder}; take some away to see everything",
                plural(n, "journal too many is not read", "journals too many are not read")
            ),
            Trouble::TooMuch(folder) => {
                format!("The journals of others in {folder} are too large: only their beginning is read")
            }
            Trouble::WrittenAgain(file, n) => format!(
                "{file} had been taken off the disk: jalon wrote it again, with {n} {}",
                plural(n, "change", "changes")
            ),
            Trouble::Unreadable(file, why) => format!("{file} cannot be read: {why}. Check its permissions"),
            Trouble::ClockAhead(who, days) => format!(
                "{who}’s clock is {days} {} ahead: their changes win until then",
                plural(&days.unsigned_abs().try_into().unwrap_or(usize::MAX), "day", "days")
            ),
            Trouble::NotJournals(file, 1) => {
                format!("{file} is no device’s journal: jalon does not read it, take it away")
            }
            Trouble::NotJournals(file, n) => {
                format!("{file}, one of {n}, is no device’s journal: jalon does not read them, take them away")
            }
            Trouble::Foreign(file, n) => format!(
                "{n} {} not read in {file}: of another device than its name says",
                plural(n, "line is", "lines are")
            ),
            Trouble::Unshared(guide, n) => format!(
                "{n} {} of yours stayed out of the shared folder: `jalon share {guide}` brings {} in",
                plural(n, "change", "changes"),
                plural(n, "it", "them")
            ),
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentence_names_its_file_in_both_languages_and_is_one_line() {
        let file = || CleanText::line("/état/x.jsonl");
        let why = || CleanText::line("panne");
        let all = [
            Trouble::Full(file()),
            Trouble::ReadOnly(file()),
            Trouble::Denied(file()),
            Trouble::Gone(file()),
            Trouble::NotAFile(file()),
            Trouble::TooLarge(file()),
            Trouble::Io(file(), why()),
            Trouble::Damaged(file(), 2),
            Trouble::Newer(file(), 1),
            Trouble::Oversized(file()),
            Trouble::TooMany(file(), 3),
            Trouble::TooMuch(file()),
            Trouble::WrittenAgain(file(), 4),
            Trouble::Unreadable(file(), why()),
            Trouble::ClockAhead(file(), 3),
            Trouble::NotJournals(file(), 1),
            Trouble::NotJournals(file(), 2),
            Trouble::Foreign(file(), 1),
            Trouble::Unshared(file(), 2),
        ];
        for trouble in all {
            for lang in [Lang::Fr, Lang::En] {
                let said = trouble.say(lang);
                assert!(said.contains("/état/x.jsonl") && !said.contains('\n'), "{said}");
            }
            let french = trouble.say(Lang::Fr);
            for mark in [':', ';', '!', '?'] {
                assert!(!french.contains(&format!(" {mark}")), "an ordinary space before {mark} in {french}");
            }
            assert!(!french.contains('\''), "{french}");
        }
    }

    #[test]
    fn counts_agree_with_their_nouns() {
        let file = CleanText::line("x");
        assert!(Trouble::Damaged(file.clone(), 1).say(Lang::Fr).starts_with("1 ligne illisible dans"));
        assert!(Trouble::Damaged(file.clone(), 2).say(Lang::Fr).starts_with("2 lignes illisibles dans"));
        assert!(Trouble::Newer(file, 1).say(Lang::En).starts_with("1 line written"));
    }
}
