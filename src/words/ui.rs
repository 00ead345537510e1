//! What the full screen tells in its row of notices, and the words of footer and help. What panels and dialogs say has
//! files of its own.

use super::Lang;
use super::edge::refusal;
use crate::guide::search::Flaw;
use crate::guide::{CleanText, Refusal};
use std::borrow::Cow;

/// A sentence or a word of the full screen.
#[derive(Clone, Debug, PartialEq)]
pub enum Ui {
    // Changes of progress.
    /// A step is done.
    NowDone(CleanText),
    /// An item is to do again.
    NowTodo(CleanText),
    /// An item is skipped.
    NowSkipped(CleanText),
    /// A value is affirmed.
    NowAffirmed(CleanText),
    /// A note is written.
    NowNoted(CleanText),
    /// A note is taken away.
    NoteGone(CleanText),
    /// This run was started over.
    StartedOver(CleanText),
    /// This run was put away.
    RunArchived(CleanText),
    /// This run was taken out again.
    RunUnarchived(CleanText),
    /// A group is left out; by which key it comes back.
    NowLeftOut(CleanText, Option<String>),
    /// A group is back.
    NowRestored(CleanText),
    /// A change was undone.
    Undone(CleanText),
    /// A change was redone.
    Redone(CleanText),
    /// Somebody else did something.
    By(CleanText, Box<Ui>),
    /// Changes of others came, too many to tell.
    ByMany(usize),
    /// So many changes that were on disk are there no more.
    OffTheDisk(usize),
    /// There is nothing to undo.
    NothingToUndo,
    /// There is nothing to redo.
    NothingToRedo,
    /// An undo has to wait for changes that could not be saved.
    UnsavedFirst,
    /// No step is open.
    AllSettled,
    /// There is no step where one reads.
    NoItemHere,
    /// The selected row is no item.
    NoItemSelected,
    // Places.
    /// The guide has no headings.
    NoOutline,
    /// The guide has no items.
    NoItems,
    /// The guide has no contacts.
    NoContacts,
    /// There is nothing to open on the screen.
    NoDetails,
    /// There is no table on the screen.
    NoTable,
    /// No footnote is marked on the screen.
    NoNote,
    /// The guide has no front matter.
    NoFrontMatter,
    /// There is no link on the screen.
    NoLink,
    /// A link to a place that the guide does not have.
    NoSuchPlace(CleanText),
    /// The guide that a link leads to is being opened.
    Opening(CleanText),
    /// The guide that a link leads to could not be opened; why.
    NotFollowed(CleanText),
    /// There was no jump.
    NoWayBack,
    /// No list of guides is open.
    NoLibrary,
    /// Nothing can be done of this before a guide is open.
    OpenFirst,
    /// What was asked for waits for the rest of the guide, and is done then.
    Later,
    /// The rest of the guide is being read, and nothing can be changed before.
    RestAwaited,
    /// The rest of the guide could not be read, so nothing can be changed.
    RestMissing,
    /// The rest of the guide could not be read; why.
    RestUnread(CleanText),
    /// The folder was looked through again.
    ListedAgain,
    /// There is nothing further on.
    NoWayForward,
    // Searching.
    /// What was searched for stands nowhere.
    NotFound(CleanText),
    /// Nothing was searched for yet.
    NoSearch,
    /// What is wrong with a regular expression.
    BadPattern(Flaw),
    /// What Esc does while hits are shown.
    ClearHits,
    // Copying and opening.
    /// A copy was confirmed: what, and by which program.
    Copied(CleanText, &'static str),
    /// A copy was sent to the terminal, which does not answer.
    Sent(CleanText),
    /// Nothing could be copied; why.
    NoClipboard(CleanText),
    /// A section, as what was copied.
    Section(CleanText),
    /// A block of code in a language, as what was copied, and how many lines it has.
    CodeBlock(Option<CleanText>, usize),
    /// There is no code on the screen.
    NoCode,
    /// There is no text to copy.
    NothingToCopy,
    /// An address is too long to be one; how many kibibytes are not.
    TooLongToCopy(usize),
    /// A link was handed to the system.
    Opened(CleanText),
    /// A link could not be opened; why.
    NotOpened(CleanText),
    /// A link is never opened; why.
    Refused(CleanText, Refusal),
    /// A relative link without a base address.
    NoBase(CleanText),
    /// A link whose text is another address than its target.
    Disguised(CleanText),
    // The program itself.
    /// The theme follows the terminal.
    ThemeAuto,
    /// The theme.
    ThemeDay,
    /// The theme.
    ThemeNight,
    /// The theme.
    ThemeTerminal,
    /// A theme of the reader's own, by its name.
    ThemeOwn(CleanText),
    /// Mouse reports are on.
    MouseOn(Option<String>),
    /// Mouse reports are off.
    MouseOff(Option<String>),
    /// There is no file that could be edited.
    NoFileToEdit,
    /// The guide was read again.
    Reloaded,
    /// The guide was read again, and is what it was.
    Unchanged,
    /// The guide could not be read again; why.
    NotReloaded(CleanText),
    /// The guide's file cannot be read any more, why, and an earlier text of it is shown.
    EarlierText(CleanText),
    /// A worker panicked.
    WorkerGone(CleanText),
    /// Hidden characters were removed.
    Hidden(usize),
    /// Bytes that are not UTF-8.
    NotUtf8,
    /// The front matter could not be read; why.
    BadFrontMatter(CleanText),
    // The footer and the help.
    /// What Enter does while typing.
    Save,
    /// What Esc does while typing.
    Cancel,
    /// Keys that hold in every panel.
    Everywhere,
    /// Keys of the lists.
    InLists,
    /// Keys of the text.
    InText,
    /// Keys of the checklist.
    InChecklist,
    /// Keys of the contacts.
    InContacts,
    /// The list of a folder's guides, as a place of keys.
    InLibrary,
    /// Keys while a line is being typed.
    InLine,
    /// Keys of dialogs.
    InDialogs,
    /// What the arrows do, in the footer.
    Move,
    /// What ticking a settled step does.
    Untick,
    /// What ticking an item does to which progress was carried over.
    Confirm,
    /// What was carried over belongs to the item.
    NowConfirmed(CleanText),
    /// Nothing was carried over to the item, and its text did not change.
    NothingCarried,
    /// What is no longer in the guide cannot be ticked; which key shows its journal.
    NotInGuide(Option<String>),
    /// What ticking a value does.
    Affirm,
    /// What Enter does in the question before a link is opened.
    OpenIt,
    /// What `i` does on a group left out.
    Restore,
    /// What Enter does in the palette.
    Choose,
    /// What Enter does in a footnote.
    GoToIt,
    /// What the arrows do in a table.
    Columns,
    /// What the arrows do in a footnote.
    Notes,
    /// What Enter does on a fold that is open.
    Fold,
    // Keys.
    /// A key’s name.
    KeyShift,
    /// A key’s name.
    KeySpace,
    /// A key’s name.
    KeyEnter,
    /// A key’s name.
    KeyEsc,
    /// A key’s name.
    KeyTab,
    /// A key’s name.
    KeyBackspace,
    /// A key’s name.
    KeyDelete,
    /// A key’s name.
    KeyInsert,
    /// A key’s name.
    KeyUp,
    /// A key’s name.
    KeyDown,
    /// A key’s name.
    KeyLeft,
    /// A key’s name.
    KeyRight,
    /// A key’s name.
    KeyHome,
    /// A key’s name.
    KeyEnd,
    /// A key’s name.
    KeyPageUp,
    /// A key’s name.
    KeyPageDown,
}

impl Ui {
    /// The sentence in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Ui::NowDone(it) => format!("{} : fait", fr(it)).into(),
            Ui::NowTodo(it) => format!("{} : de nouveau à faire", fr(it)).into(),
            Ui::NowSkipped(it) => format!("{} : passé", fr(it)).into(),
            Ui::NowAffirmed(it) => format!("{} : affirmée aujourd’hui", fr(it)).into(),
            Ui::NowNoted(it) => format!("{} : note enregistrée", fr(it)).into(),
            Ui::NoteGone(it) => format!("{} : note retirée", fr(it)).into(),
            Ui::StartedOver(run) => format!("parcours {} : recommencé depuis le début", fr(run)).into(),
            Ui::RunArchived(run) => format!("parcours {} : archivé", fr(run)).into(),
            Ui::RunUnarchived(run) => format!("parcours {} : sorti des archives", fr(run)).into(),
            Ui::NowLeftOut(it, key) => format!("{} : écarté du compte{}", fr(it), by(key, " : l’y ramener")).into(),
            Ui::NowRestored(it) => format!("{} : ramené dans le compte", fr(it)).into(),
            Ui::Undone(it) => format!("annulé : {}", fr(it)).into(),
            Ui::Redone(it) => format!("rétabli : {}", fr(it)).into(),
            Ui::By(who, what) => format!("{who} : {}", what.say(Lang::Fr)).into(),
            Ui::ByMany(it) => {
                format!("{it} {} d’ailleurs", Lang::Fr.plural(*it, "changement venu", "changements venus")).into()
            }
            Ui::OffTheDisk(it) => {
                let what = Lang::Fr.plural(
                    *it,
                    "changement n’est plus sur le disque, ni compté",
                    "changements ne sont plus sur le disque, ni comptés",
                );
                format!("Journal enlevé : {it} {what}").into()
            }
            Ui::NothingToUndo => "rien à annuler".into(),
            Ui::NothingToRedo => "rien à rétablir".into(),
            Ui::UnsavedFirst => {
                "des changements ne sont pas enregistrés : rien ne peut être annulé pour l’instant".into()
            }
            Ui::AllSettled => "tout est fait".into(),
            Ui::NoItemHere => "pas d’étape à cet endroit du texte".into(),
            Ui::NoItemSelected => "choisir d’abord une étape ou une valeur".into(),
            Ui::NoOutline => "ce guide n’a pas de titres".into(),
            Ui::NoItems => "ce guide n’a ni étapes ni valeurs".into(),
            Ui::NoContacts => "ce guide ne donne aucun contact".into(),
            Ui::NoDetails => "rien à déplier à l’écran".into(),
            Ui::NoTable => "pas de tableau à l’écran".into(),
            Ui::NoNote => "pas d’appel de note à l’écran".into(),
            Ui::NoFrontMatter => "ce fichier n’a pas d’en-tête".into(),
            Ui::NoLink => "pas de lien à l’écran".into(),
            Ui::NoSuchPlace(it) => format!("pas de titre {it} dans ce guide").into(),
            Ui::Opening(it) => format!("ouverture de {it}…").into(),
            Ui::NotFollowed(why) => format!("lien non suivi : {why}").into(),
            Ui::NoLibrary => "pas de liste : elle s’ouvre par « jalon DOSSIER »".into(),
            Ui::OpenFirst => "ouvrez d’abord un guide".into(),
            Ui::Later => "la suite du guide arrive : ce sera fait dès qu’elle est là".into(),
            Ui::RestAwaited => "la suite du guide arrive ; un instant".into(),
            Ui::RestMissing => "la suite du guide manque : rien ne peut être coché".into(),
            Ui::RestUnread(why) => format!("seul le début du guide est là, car sa lecture a échoué ({why})").into(),
            Ui::ListedAgain => "dossier relu".into(),
            Ui::NoWayBack => "aucun endroit où revenir".into(),
            Ui::NoWayForward => "aucun endroit où repartir".into(),
            Ui::NotFound(it) => format!("introuvable : {}", fr(it)).into(),
            Ui::NoSearch => "rien n’a encore été cherché".into(),
            Ui::BadPattern(flaw) => {
                format!("expression régulière : {}", super::Panel::Flawed(*flaw).say(Lang::Fr)).into()
            }
            Ui::ClearHits => "effacer".into(),
            Ui::Copied(what, via) => format!("copié : {what} ({via})").into(),
            Ui::Sent(it) => format!("envoyé au terminal : {it}").into(),
            Ui::NoClipboard(it) => format!("pas de presse-papiers : {it}").into(),
            Ui::Section(it) => format!("section {}", fr(it)).into(),
            Ui::CodeBlock(language, lines) => {
                let called = language.as_ref().map(|l| format!(" ({l})")).unwrap_or_default();
                format!("code{called}, {lines} {}", Lang::Fr.plural(*lines, "ligne", "lignes")).into()
            }
            Ui::NoCode => "pas de code à l’écran".into(),
            Ui::NothingToCopy => "rien à copier ici".into(),
            Ui::TooLongToCopy(kib) => format!("plus de {kib} Kio : trop long pour une adresse, pas copié").into(),
            Ui::Opened(it) => format!("ouvert : {it}").into(),
            Ui::NotOpened(it) => format!("pas ouvert : {it}").into(),
            Ui::Refused(it, why) => format!("ne s’ouvre pas d’ici ({}) : {it}", refusal(*why, Lang::Fr)).into(),
            Ui::NoBase(it) => format!("hors d’atteinte sans adresse de base (--base-url) : {it}").into(),
            Ui::Disguised(it) => format!("Attention : le texte du lien annonce une autre adresse, {it}").into(),
            Ui::ThemeAuto => "thème : automatique".into(),
            Ui::ThemeDay => "thème : jour".into(),
            Ui::ThemeNight => "thème : nuit".into(),
            Ui::ThemeOwn(name) => format!("thème : {name}").into(),
            Ui::ThemeTerminal => "thème : couleurs du terminal".into(),
            Ui::MouseOn(key) => format!("souris prise{}", by(key, " : la rendre au terminal")).into(),
            Ui::MouseOff(key) => format!("souris rendue au terminal{}", by(key, " : la reprendre")).into(),
            Ui::NoFileToEdit => "ce guide n’a pas de fichier à modifier".into(),
            Ui::Reloaded => "guide relu".into(),
            Ui::NotReloaded(it) => format!("guide non relu : {it}").into(),
            Ui::Unchanged => "guide relu : rien n’a changé".into(),
            Ui::EarlierText(it) => format!("le texte d’avant reste affiché : {it}").into(),
            Ui::WorkerGone(it) => format!("erreur interne, la lecture continue : {it}").into(),
            Ui::Hidden(it) => format!(
                "{it} {} du guide",
                Lang::Fr.plural(*it, "caractère invisible retiré", "caractères invisibles retirés")
            )
            .into(),
            Ui::NotUtf8 => {
                "ce fichier n’est pas entièrement en UTF-8 : les octets illisibles sont remplacés par U+FFFD".into()
            }
            Ui::BadFrontMatter(it) => format!("en-tête illisible, laissé de côté : {it}").into(),
            Ui::Save => "enregistrer".into(),
            Ui::Cancel => "abandonner".into(),
            Ui::Everywhere => "Partout".into(),
            Ui::InLists => "Plan, étapes, contacts".into(),
            Ui::InText => "Texte".into(),
            Ui::InChecklist => "Étapes et valeurs".into(),
            Ui::InContacts => "Contacts".into(),
            Ui::InLibrary => "Guides d’un dossier".into(),
            Ui::InLine => "Pendant la saisie".into(),
            Ui::InDialogs => "Fenêtres".into(),
            Ui::Move => "se déplacer".into(),
            Ui::Untick => "décocher".into(),
            Ui::Confirm => "confirmer".into(),
            Ui::NowConfirmed(it) => format!("{} : confirmé", fr(it)).into(),
            Ui::NothingCarried => "rien n’a été reporté sur cet élément, son texte n’a pas changé".into(),
            Ui::NotInGuide(key) => {
                format!("plus dans le guide : rien n’y change plus{}", by(key, " : son journal")).into()
            }
            Ui::Affirm => "affirmer".into(),
            Ui::OpenIt => "ouvrir".into(),
            Ui::Restore => "ramener".into(),
            Ui::Choose => "choisir".into(),
            Ui::GoToIt => "y aller".into(),
            Ui::Columns => "colonnes".into(),
            Ui::Notes => "autres notes".into(),
            Ui::Fold => "replier".into(),
            Ui::KeyShift => "Maj".into(),
            Ui::KeySpace => "espace".into(),
            Ui::KeyEnter => "Entrée".into(),
            Ui::KeyEsc => "Échap".into(),
            Ui::KeyTab => "Tab".into(),
            Ui::KeyBackspace => "Retour".into(),
            Ui::KeyDelete => "Suppr".into(),
            Ui::KeyInsert => "Inser".into(),
            Ui::KeyUp => "Haut".into(),
            Ui::KeyDown => "Bas".into(),
            Ui::KeyLeft => "Gauche".into(),
            Ui::KeyRight => "Droite".into(),
            Ui::KeyHome => "Début".into(),
            Ui::KeyEnd => "Fin".into(),
            Ui::KeyPageUp => "PgPréc".into(),
            Ui::KeyPageDown => "PgSuiv".into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Ui::NowDone(it) => format!("{}: done", en(it)).into(),
            Ui::NowTodo(it) => format!("{}: to do again", en(it)).into(),
            Ui::NowSkipped(it) => format!("{}: skipped", en(it)).into(),
            Ui::NowAffirmed(it) => format!("{}: affirmed today", en(it)).into(),
            Ui::NowNoted(it) => format!("{}: note saved", en(it)).into(),
            Ui::NoteGone(it) => format!("{}: note removed", en(it)).into(),
            Ui::StartedOver(run) => format!("run {}: started over", en(run)).into(),
            Ui::RunArchived(run) => format!("run {}: archived", en(run)).into(),
            Ui::RunUnarchived(run) => format!("run {}: out of the archive", en(run)).into(),
            Ui::NowLeftOut(it, key) => {
                format!("{}: left out of the count{}", en(it), by(key, ": bring it back")).into()
            }
            Ui::NowRestored(it) => format!("{}: back in the count", en(it)).into(),
            Ui::Undone(it) => format!("undone: {}", en(it)).into(),
            Ui::Redone(it) => format!("redone: {}", en(it)).into(),
            Ui::By(who, what) => format!("{who}: {}", what.say(Lang::En)).into(),
            Ui::ByMany(it) => format!("{it} {} from elsewhere", Lang::En.plural(*it, "change", "changes")).into(),
            Ui::OffTheDisk(it) => {
                let what = Lang::En.plural(*it, "change is", "changes are");
                format!("Journal taken away: {it} {what} on disk no more, and not counted").into()
            }
            Ui::NothingToUndo => "nothing to undo".into(),
            Ui::NothingToRedo => "nothing to redo".into(),
            Ui::UnsavedFirst => "some changes are not saved yet: nothing can be undone for now".into(),
            Ui::AllSettled => "everything is settled".into(),
            Ui::NoItemHere => "no step at this place of the text".into(),
            Ui::NoItemSelected => "select a step or a value first".into(),
            Ui::NoOutline => "this guide has no headings".into(),
            Ui::NoItems => "this guide has no steps and no values".into(),
            Ui::NoContacts => "this guide names no contacts".into(),
            Ui::NoDetails => "nothing to unfold on the screen".into(),
            Ui::NoTable => "no table on the screen".into(),
            Ui::NoNote => "no footnote is marked on the screen".into(),
            Ui::NoFrontMatter => "this file has no front matter".into(),
            Ui::NoLink => "no link on the screen".into(),
            Ui::NoSuchPlace(it) => format!("no heading {it} in this guide").into(),
            Ui::Opening(it) => format!("opening {it}…").into(),
            Ui::NotFollowed(why) => format!("link not followed: {why}").into(),
            Ui::NoLibrary => "there is no list: `jalon FOLDER` opens one".into(),
            Ui::OpenFirst => "open a guide first".into(),
            Ui::Later => "the rest of the guide is on its way: it will be done then".into(),
            Ui::RestAwaited => "the rest of the guide is on its way; one moment".into(),
            Ui::RestMissing => "the rest of the guide is missing: nothing can be ticked".into(),
            Ui::RestUnread(why) => {
                format!("only the beginning of the guide is there, for it could not be read ({why})").into()
            }
            Ui::ListedAgain => "folder read again".into(),
            Ui::NoWayBack => "nowhere to go back to".into(),
            Ui::NoWayForward => "nowhere to go forward to".into(),
            Ui::NotFound(it) => format!("not found: {}", en(it)).into(),
            Ui::NoSearch => "nothing was searched for yet".into(),
            Ui::BadPattern(flaw) => format!("regular expression: {}", super::Panel::Flawed(*flaw).say(Lang::En)).into(),
            Ui::ClearHits => "clear".into(),
            Ui::Copied(what, via) => format!("copied: {what} ({via})").into(),
            Ui::Sent(it) => format!("sent to the terminal: {it}").into(),
            Ui::NoClipboard(it) => format!("no clipboard: {it}").into(),
            Ui::Section(it) => format!("section {}", en(it)).into(),
            Ui::CodeBlock(language, lines) => {
                let called = language.as_ref().map(|l| format!(" ({l})")).unwrap_or_default();
                format!("code{called}, {lines} {}", Lang::En.plural(*lines, "line", "lines")).into()
            }
            Ui::NoCode => "no code on the screen".into(),
            Ui::NothingToCopy => "nothing to copy here".into(),
            Ui::TooLongToCopy(kib) => format!("over {kib} KiB: too long for an address, not copied").into(),
            Ui::Opened(it) => format!("opened: {it}").into(),
            Ui::NotOpened(it) => format!("not opened: {it}").into(),
            Ui::Refused(it, why) => format!("cannot be opened from here ({}): {it}", refusal(*why, Lang::En)).into(),
            Ui::NoBase(it) => format!("out of reach without a base address (--base-url): {it}").into(),
            Ui::Disguised(it) => format!("Beware: the link’s text names another address, {it}").into(),
            Ui::ThemeAuto => "theme: automatic".into(),
            Ui::ThemeDay => "theme: day".into(),
            Ui::ThemeNight => "theme: night".into(),
            Ui::ThemeOwn(name) => format!("theme: {name}").into(),
            Ui::ThemeTerminal => "theme: the terminal’s colours".into(),
            Ui::MouseOn(key) => format!("mouse taken{}", by(key, ": give it back to the terminal")).into(),
            Ui::MouseOff(key) => format!("mouse given back to the terminal{}", by(key, ": take it again")).into(),
            Ui::NoFileToEdit => "this guide has no file to edit".into(),
            Ui::Reloaded => "guide read again".into(),
            Ui::Unchanged => "guide read again: nothing changed".into(),
            Ui::NotReloaded(it) => format!("guide not read again: {it}").into(),
            Ui::EarlierText(it) => format!("the earlier text stays on the screen: {it}").into(),
            Ui::WorkerGone(it) => format!("internal error, reading goes on: {it}").into(),
            Ui::Hidden(it) => format!(
                "{it} {} from the guide",
                Lang::En.plural(*it, "hidden character removed", "hidden characters removed")
            )
            .into(),
            Ui::NotUtf8 => "this file is not all UTF-8: unreadable bytes are replaced by U+FFFD".into(),
            Ui::BadFrontMatter(it) => format!("front matter unreadable, left aside: {it}").into(),
            Ui::Save => "save".into(),
            Ui::Cancel => "cancel".into(),
            Ui::Everywhere => "Everywhere".into(),
            Ui::InLists => "Outline, checklist, contacts".into(),
            Ui::InText => "Text".into(),
            Ui::InChecklist => "Checklist".into(),
            Ui::InContacts => "Contacts".into(),
            Ui::InLibrary => "Guides of a folder".into(),
            Ui::InLine => "While typing".into(),
            Ui::InDialogs => "Dialogs".into(),
            Ui::Move => "move".into(),
            Ui::Untick => "untick".into(),
            Ui::Confirm => "confirm".into(),
            Ui::NowConfirmed(it) => format!("{}: confirmed", en(it)).into(),
            Ui::NothingCarried => "nothing was carried over to this item, its text did not change".into(),
            Ui::NotInGuide(key) => {
                format!("no longer in the guide: nothing changes in it{}", by(key, ": its journal")).into()
            }
            Ui::Affirm => "affirm".into(),
            Ui::OpenIt => "open".into(),
            Ui::Restore => "bring back".into(),
            Ui::Choose => "choose".into(),
            Ui::GoToIt => "go to it".into(),
            Ui::Columns => "columns".into(),
            Ui::Notes => "other notes".into(),
            Ui::Fold => "fold".into(),
            Ui::KeyShift => "Shift".into(),
            Ui::KeySpace => "Space".into(),
            Ui::KeyEnter => "Enter".into(),
            Ui::KeyEsc => "Esc".into(),
            Ui::KeyTab => "Tab".into(),
            Ui::KeyBackspace => "Backspace".into(),
            Ui::KeyDelete => "Del".into(),
            Ui::KeyInsert => "Ins".into(),
            Ui::KeyUp => "Up".into(),
            Ui::KeyDown => "Down".into(),
            Ui::KeyLeft => "Left".into(),
            Ui::KeyRight => "Right".into(),
            Ui::KeyHome => "Home".into(),
            Ui::KeyEnd => "End".into(),
            Ui::KeyPageUp => "PgUp".into(),
            Ui::KeyPageDown => "PgDn".into(),
        }
    }
}

/// After a sentence: by which key, if by any, and what for.
pub(super) fn by(key: &Option<String>, what: &str) -> String {
    key.as_ref().map_or_else(String::new, |key| format!(" ({key}{what})"))
}

/// In French quotation marks, which hold on to what they enclose.
fn fr(text: &str) -> String {
    format!("«\u{a0}{text}\u{a0}»")
}

fn en(text: &str) -> String {
    format!("“{text}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_the_quotation_marks_of_the_language() {
        let done = Ui::NowDone(CleanText::line("Une étape"));
        assert_eq!(done.say(Lang::Fr), "«\u{a0}Une étape\u{a0}»\u{a0}: fait");
        assert_eq!(done.say(Lang::En), "“Une étape”: done");
    }

    #[test]
    fn counts_choose_the_right_number() {
        assert_eq!(Ui::Hidden(1).say(Lang::Fr), "1 caractère invisible retiré du guide");
        assert_eq!(Ui::Hidden(2).say(Lang::Fr), "2 caractères invisibles retirés du guide");
        assert_eq!(Ui::Hidden(2).say(Lang::En), "2 hidden characters removed from the guide");
    }

    #[test]
    fn no_french_sentence_may_break_before_its_punctuation() {
        let source = include_str!("ui.rs");
        let french = source.split("fn french").nth(1).unwrap().split("fn english").next().unwrap();
        let sentences: Vec<&str> = french.lines().filter(|l| l.contains("=>")).collect();
        assert!(sentences.len() > 60, "the sentences were not found");
        for sentence in sentences {
            let loose = [" :", " ;", " !", " ?", " »", "'"].into_iter().find(|l| sentence.contains(l));
            assert_eq!(loose, None, "{sentence}");
        }
    }
}
