//! What the panels and dialogs are called, and the short words in them. The view says these; what follows from a key
//! is said by `app`.

use super::Lang;
use super::ui::by;
use crate::guide::{CleanText, ContactKind, search::Flaw};
use std::borrow::Cow;

/// A word or a phrase of a panel or a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Title of the contacts.
    Contacts,
    /// What a contact is.
    Kind(ContactKind),
    /// The count of steps.
    Steps,
    /// The count where a guide holds tasks and no steps.
    Tasks,
    /// The count of values.
    Values,
    /// The window has no room for anything else.
    TooSmall,
    /// The guide is being read; which key leaves.
    Reading(Option<String>),
    /// The rest of the guide is being read.
    Rest,
    /// The rest of the guide could not be read.
    NoRest,
    /// The whole guide is on the screen.
    Whole,
    /// A skipped item.
    Skipped,
    /// A value that asks to be reviewed.
    Due,
    /// A group left out of the count.
    LeftOut,
    /// On its way to the disk.
    Saving,
    /// Carried over by likeness: asks to be confirmed.
    Carried,
    /// The text changed since it was settled.
    Changed,
    /// Could not be saved.
    NotSaved,
    /// How many guides a folder holds.
    Guides(usize),
    /// So many guides, and there are more.
    SomeGuides(usize),
    /// A guide that cannot be read.
    Unreadable,
    /// A relative link without a base address.
    OutOfReach,
    /// Title of the help.
    HelpTitle,
    /// Title of the palette.
    PaletteTitle,
    /// Nothing fits what is typed in the palette.
    NothingFits,
    /// What a row of the palette is.
    KindHeading,
    /// What a row of the palette is.
    KindStep,
    /// What a row of the palette is.
    KindTask,
    /// What a row of the palette is.
    KindValue,
    /// What a row of the palette is.
    KindContact,
    /// Title of the front matter.
    FrontMatterTitle,
    /// Title of why an item is one.
    WhyTitle,
    /// Title of a footnote: the so-manieth of so many that are marked on the screen.
    FootnoteTitle(Option<(usize, usize)>),
    /// The first and the last row of a table that are shown, and how many there are.
    Rows(usize, usize, usize),
    /// The first and the last column of a table that are shown, and how many there are.
    Columns(usize, usize, usize),
    /// The hit one is at, counted from 1, how many there are, and how many more differ in case or accents.
    Hits(Option<usize>, usize, usize),
    /// How many hits there are in how many guides.
    HitsInGuides(usize, usize),
    /// The same, while more are looked for.
    HitsSoFar(usize, usize),
    /// What is searched for in all guides.
    Sought(CleanText),
    /// What is searched for stands nowhere.
    NoHits,
    /// Hits are being looked for.
    Searching,
    /// The search went on at the beginning.
    FromFirst,
    /// The search went on at the end.
    FromLast,
    /// How to search by a regular expression.
    PatternHint,
    /// What is wrong with a regular expression.
    Flawed(Flaw),
    /// The question before a link is opened.
    OpenQuestion,
    /// A window is too small for a QR code; the columns and rows that it needs.
    CodeTooSmall(u16, u16),
    /// A text is too long for a QR code.
    CodeTooLong,
    /// Below a text that has no room for all of it.
    MoreText,
    /// Above a text shown alone.
    BareHint,
    /// Before the letters of a link to follow.
    FollowPrompt,
    /// Before the letters of a link to copy.
    CopyPrompt,
    /// A letter that begins no link's letters.
    WrongLetter(char),
    /// Before the reason being typed.
    SkipPrompt,
    /// Before the note being typed.
    NotePrompt,
    /// Why an item is one.
    WhyNumberedHeading,
    /// Why an item is one.
    WhyTaskBox,
    /// Why an item is one.
    WhyOrderedList,
    /// Why an item is one.
    WhyBoldLed,
    /// Why an item is one.
    WhyNumberedValue,
    /// What to do about a false friend, by which key.
    WhyHint(String),
    /// How long ago, in calendar days.
    Ago(i64),
    /// How far down, in per cent.
    Percent(u8),
}

impl Panel {
    /// The phrase in a language.
    pub fn say(&self, lang: Lang) -> Cow<'static, str> {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(&self) -> Cow<'static, str> {
        match self {
            Panel::Contacts => "Contacts".into(),
            Panel::Kind(ContactKind::Mail) => "courriel".into(),
            Panel::Kind(ContactKind::Phone) => "téléphone".into(),
            Panel::Kind(ContactKind::Web) => "lien".into(),
            Panel::Steps => "étapes".into(),
            Panel::Tasks => "tâches".into(),
            Panel::Values => "valeurs".into(),
            Panel::TooSmall => "fenêtre trop petite".into(),
            Panel::Reading(key) => format!("lecture du guide…{}", by(key, " : quitter")).into(),
            Panel::Rest => "lecture de la suite…".into(),
            Panel::NoRest => "début seul".into(),
            Panel::Whole => "tout".into(),
            Panel::Skipped => "passé".into(),
            Panel::Due => "à revoir".into(),
            Panel::LeftOut => "écarté".into(),
            Panel::Saving => "enregistrement…".into(),
            Panel::Carried => "à confirmer".into(),
            Panel::Changed => "texte changé".into(),
            Panel::NotSaved => "non enregistré".into(),
            Panel::Guides(count) => format!("{count} {}", Lang::Fr.plural(*count, "guide", "guides")).into(),
            Panel::SomeGuides(count) => format!("{}, il y en a d’autres", Panel::Guides(*count).say(Lang::Fr)).into(),
            Panel::Unreadable => "illisible".into(),
            Panel::OutOfReach => "hors d’atteinte".into(),
            Panel::HelpTitle => "Touches".into(),
            Panel::PaletteTitle => "Que faire, où aller ?".into(),
            Panel::NothingFits => "rien de tel".into(),
            Panel::KindHeading => "titre".into(),
            Panel::KindStep => "étape".into(),
            Panel::KindTask => "tâche".into(),
            Panel::KindValue => "valeur".into(),
            Panel::KindContact => "contact".into(),
            Panel::FrontMatterTitle => "En-tête du fichier".into(),
            Panel::WhyTitle => "Pourquoi ?".into(),
            Panel::FootnoteTitle(Some((at, of))) if *of > 1 => format!("Note ({at} sur {of})").into(),
            Panel::FootnoteTitle(_) => "Note".into(),
            Panel::Rows(first, last, of) if first == last => format!("ligne {first} sur {of}").into(),
            Panel::Rows(first, last, of) => format!("lignes {first} à {last} sur {of}").into(),
            Panel::Columns(first, last, of) if first == last => format!("colonne {first} sur {of}").into(),
            Panel::Hits(at, of, 0) => hits(*at, *of).into(),
            Panel::Hits(at, of, others) => {
                let named = Lang::Fr.plural(*others, "approchant", "approchants");
                format!("{} (+{others} {named})", hits(*at, *of)).into()
            }
            Panel::HitsInGuides(hits, guides) => format!("{hits} dans {}", Panel::Guides(*guides).say(Lang::Fr)).into(),
            Panel::HitsSoFar(hits, guides) => {
                format!("{}, recherche…", Panel::HitsInGuides(*hits, *guides).say(Lang::Fr)).into()
            }
            Panel::Sought(query) => format!("«\u{a0}{query}\u{a0}»").into(),
            Panel::NoHits => "introuvable".into(),
            Panel::Searching => "recherche…".into(),
            Panel::FromFirst => "repris au début".into(),
            Panel::FromLast => "repris à la fin".into(),
            Panel::PatternHint => "re:… expression régulière".into(),
            Panel::Flawed(flaw) => match flaw {
                Flaw::OpenGroup => "parenthèse ouverte",
                Flaw::ClosedGroup => "parenthèse en trop",
                Flaw::OpenClass => "crochet ouvert",
                Flaw::Repetition => "répétition de rien",
                Flaw::Escape => "\\ sans suite connue",
                Flaw::Unclear => "expression inconnue",
                Flaw::TooLarge => "expression trop grande",
            }
            .into(),
            Panel::Columns(first, last, of) => format!("colonnes {first} à {last} sur {of}").into(),
            Panel::OpenQuestion => "Ouvrir ce lien ?".into(),
            Panel::BareHint => "À sélectionner ou à recopier ; une touche pour revenir".into(),
            Panel::CodeTooSmall(columns, rows) => {
                format!("Fenêtre trop petite pour le code QR : il lui faut {columns} colonnes et {rows} lignes.").into()
            }
            Panel::CodeTooLong => "Texte trop long pour un code QR.".into(),
            Panel::MoreText => "… la suite n’a pas de place ici".into(),
            Panel::FollowPrompt => "Suivre le lien".into(),
            Panel::CopyPrompt => "Copier le lien".into(),
            Panel::WrongLetter(c) => format!("aucun lien ne commence par {c}").into(),
            Panel::SkipPrompt => "Passer, parce que".into(),
            Panel::NotePrompt => "Note".into(),
            Panel::WhyNumberedHeading => {
                "Une étape : son titre porte un numéro, et les titres voisins se suivent à partir de 1.".into()
            }
            Panel::WhyTaskBox => "Une tâche : une case à cocher, écrite [ ] ou [x] dans le guide.".into(),
            Panel::WhyOrderedList => "Une étape : un point d’une liste numérotée.".into(),
            Panel::WhyBoldLed => {
                "Une valeur : un point qui s’ouvre par des mots en gras, sous un titre de valeurs.".into()
            }
            Panel::WhyNumberedValue => "Une valeur : un titre numéroté, sous un titre de valeurs.".into(),
            Panel::WhyHint(key) => {
                format!("Un faux ami ? La touche {key} écarte tout le groupe du compte, et l’y ramène.").into()
            }
            Panel::Ago(days) => match days {
                ..=0 => "aujourd’hui".into(),
                1 => "hier".into(),
                2..=59 => format!("il y a {days} j").into(),
                60..=729 => format!("il y a {} mois", days / 30).into(),
                _ => format!("il y a {} ans", days / 365).into(),
            },
            Panel::Percent(n) => format!("{n}\u{202f}%").into(),
        }
    }

    fn english(&self) -> Cow<'static, str> {
        match self {
            Panel::Contacts => "Contacts".into(),
            Panel::Kind(ContactKind::Mail) => "mail".into(),
            Panel::Kind(ContactKind::Phone) => "telephone".into(),
            Panel::Kind(ContactKind::Web) => "link".into(),
            Panel::Steps => "steps".into(),
            Panel::Tasks => "tasks".into(),
            Panel::Values => "values".into(),
            Panel::TooSmall => "window too small".into(),
            Panel::Reading(key) => format!("reading the guide…{}", by(key, ": quit")).into(),
            Panel::Rest => "reading on…".into(),
            Panel::NoRest => "beginning only".into(),
            Panel::Whole => "all".into(),
            Panel::Skipped => "skipped".into(),
            Panel::Due => "to review".into(),
            Panel::LeftOut => "left out".into(),
            Panel::Saving => "saving…".into(),
            Panel::Carried => "to confirm".into(),
            Panel::Changed => "text changed".into(),
            Panel::NotSaved => "not saved".into(),
            Panel::Guides(count) => format!("{count} {}", Lang::En.plural(*count, "guide", "guides")).into(),
            Panel::SomeGuides(count) => format!("{}, and there are more", Panel::Guides(*count).say(Lang::En)).into(),
            Panel::Unreadable => "unreadable".into(),
            Panel::OutOfReach => "out of reach".into(),
            Panel::HelpTitle => "Keys".into(),
            Panel::PaletteTitle => "What to do, where to go".into(),
            Panel::NothingFits => "nothing like that".into(),
            Panel::KindHeading => "heading".into(),
            Panel::KindStep => "step".into(),
            Panel::KindTask => "task".into(),
            Panel::KindValue => "value".into(),
            Panel::KindContact => "contact".into(),
            Panel::FrontMatterTitle => "Front matter".into(),
            Panel::WhyTitle => "Why?".into(),
            Panel::FootnoteTitle(Some((at, of))) if *of > 1 => format!("Note ({at} of {of})").into(),
            Panel::FootnoteTitle(_) => "Note".into(),
            Panel::Rows(first, last, of) if first == last => format!("row {first} of {of}").into(),
            Panel::Rows(first, last, of) => format!("rows {first} to {last} of {of}").into(),
            Panel::Columns(first, last, of) if first == last => format!("column {first} of {of}").into(),
            Panel::Hits(at, of, 0) => hits(*at, *of).into(),
            Panel::Hits(at, of, others) => format!("{} (+{others} alike)", hits(*at, *of)).into(),
            Panel::HitsInGuides(hits, guides) => format!("{hits} in {}", Panel::Guides(*guides).say(Lang::En)).into(),
            Panel::HitsSoFar(hits, guides) => {
                format!("{}, searching…", Panel::HitsInGuides(*hits, *guides).say(Lang::En)).into()
            }
            Panel::Sought(query) => format!("“{query}”").into(),
            Panel::NoHits => "not found".into(),
            Panel::Searching => "searching…".into(),
            Panel::FromFirst => "from the top".into(),
            Panel::FromLast => "from the end".into(),
            Panel::PatternHint => "re:… regular expression".into(),
            Panel::Flawed(flaw) => match flaw {
                Flaw::OpenGroup => "parenthesis not closed",
                Flaw::ClosedGroup => "parenthesis not opened",
                Flaw::OpenClass => "bracket not closed",
                Flaw::Repetition => "nothing to repeat",
                Flaw::Escape => "nothing known after \\",
                Flaw::Unclear => "unknown expression",
                Flaw::TooLarge => "expression too large",
            }
            .into(),
            Panel::Columns(first, last, of) => format!("columns {first} to {last} of {of}").into(),
            Panel::OpenQuestion => "Open this link?".into(),
            Panel::BareHint => "Select it or write it down; any key goes back".into(),
            Panel::CodeTooSmall(columns, rows) => {
                format!("Window too small for the QR code: it needs {columns} columns and {rows} rows.").into()
            }
            Panel::CodeTooLong => "Text too long for a QR code.".into(),
            Panel::MoreText => "… there is no room here for the rest".into(),
            Panel::FollowPrompt => "Follow the link".into(),
            Panel::CopyPrompt => "Copy the link".into(),
            Panel::WrongLetter(c) => format!("no link begins with {c}").into(),
            Panel::SkipPrompt => "Skip, because".into(),
            Panel::NotePrompt => "Note".into(),
            Panel::WhyNumberedHeading => {
                "A step: its heading bears a number, and its neighbours are numbered from 1 up.".into()
            }
            Panel::WhyTaskBox => "A task: a box to tick, written [ ] or [x] in the guide.".into(),
            Panel::WhyOrderedList => "A step: an item of an ordered list.".into(),
            Panel::WhyBoldLed => "A value: an item that opens with bold words, under a heading of values.".into(),
            Panel::WhyNumberedValue => "A value: a numbered heading under a heading of values.".into(),
            Panel::WhyHint(key) => {
                format!("A false friend? The key {key} leaves the whole group out of the count, and brings it back.")
                    .into()
            }
            Panel::Ago(days) => match days {
                ..=0 => "today".into(),
                1 => "yesterday".into(),
                2..=59 => format!("{days} d ago").into(),
                60..=729 => format!("{} months ago", days / 30).into(),
                _ => format!("{} years ago", days / 365).into(),
            },
            Panel::Percent(n) => format!("{n}%").into(),
        }
    }
}

/// Which hit of how many.
fn hits(at: Option<usize>, of: usize) -> String {
    at.map_or_else(|| of.to_string(), |at| format!("{at}/{of}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_as_people_tell_them() {
        let say = |lang, days| Panel::Ago(days).say(lang).into_owned();
        let french = [-1, 0, 1, 3, 60, 800].map(|days| say(Lang::Fr, days));
        assert_eq!(french, ["aujourd’hui", "aujourd’hui", "hier", "il y a 3 j", "il y a 2 mois", "il y a 2 ans"]);
        let english = [0, 1, 3, 90, 730].map(|days| say(Lang::En, days));
        assert_eq!(english, ["today", "yesterday", "3 d ago", "3 months ago", "2 years ago"]);
    }
}
