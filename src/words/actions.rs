//! Everything that a key can do: its name in the configuration, and what footer, help and manual call it.
//! What it does, and by which keys, is the business of `app`.

use super::Lang;

/// Something that a key can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Leave.
    Quit,
    /// Close what is open; with nothing open, take the notice away or go back to the text.
    Close,
    /// Show the keys.
    Help,
    /// Show all that can be done or gone to.
    Palette,
    /// Focus the next panel.
    NextPanel,
    /// Focus the previous panel.
    PreviousPanel,
    /// Focus the outline.
    Outline,
    /// Focus the text.
    Text,
    /// Focus the checklist.
    Checklist,
    /// Focus the contacts.
    Contacts,
    /// Go to the list of the folder's guides.
    Library,
    /// Search in the text.
    Search,
    /// Search in all guides of the folder.
    SearchGuides,
    /// Show only the rows of the outline or the checklist that hold what is typed.
    Filter,
    /// To the next hit.
    NextHit,
    /// To the previous hit.
    PreviousHit,
    /// Go to the next open step.
    NextOpen,
    /// Take the last change of progress back.
    Undo,
    /// Make what was undone count again.
    Redo,
    /// The next theme.
    Theme,
    /// Fold the outline away, or bring it back.
    HideOutline,
    /// Read the guide again.
    Reload,
    /// Open the guide's file in the reader's editor.
    Edit,
    /// Mouse reports on or off.
    Mouse,
    /// Stop the process, as the shell's `Ctrl-z` does.
    Suspend,
    /// Paint every cell anew.
    Redraw,
    /// One row down.
    Down,
    /// One row up.
    Up,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// Half a page down.
    HalfDown,
    /// Half a page up.
    HalfUp,
    /// To the first row.
    Top,
    /// To the last row.
    Bottom,
    /// Fold a branch or a group, or go to the one around it.
    Fold,
    /// Unfold a branch or a group, or go into it.
    Unfold,
    /// Go to the selected row's place in the text, or open the guide.
    GoTo,
    /// To the next heading.
    NextHeading,
    /// To the previous heading.
    PreviousHeading,
    /// Open or close the `<details>` nearest to the top of the screen; without one, show a footnote.
    Details,
    /// Show the footnotes that are marked on the screen.
    Notes,
    /// Show the table being read by itself.
    Table,
    /// Follow a link on the screen by its letters.
    Follow,
    /// Copy the target of a link on the screen by its letters.
    CopyTarget,
    /// Back to where the last jump came from.
    Back,
    /// Forward again.
    Forward,
    /// Copy the section being read, as Markdown.
    CopySection,
    /// Copy the block of code being read.
    CopyCode,
    /// Show the guide's front matter.
    FrontMatter,
    /// Tick or untick a step or a task, affirm a value.
    Tick,
    /// Skip an item, with a reason.
    Skip,
    /// Write a note on an item.
    Note,
    /// Leave a group out of the count, or bring it back.
    LeaveOut,
    /// Refuse what was carried over to an item by likeness.
    Refuse,
    /// Show an item's journal.
    History,
    /// Say why an item is one.
    Why,
    /// Copy the bare address.
    CopyBare,
    /// Copy the whole link.
    CopyLink,
    /// Open the link, after a question.
    Open,
    /// Show the contact as a QR code.
    Code,
    /// Yes, in a dialog.
    Confirm,
    /// The search before, while one is typed; in a list, the row above.
    Earlier,
    /// The search after, while one is typed; in a list, the row below.
    Later,
    /// The column or the note to the right.
    Next,
    /// The column or the note to the left.
    Previous,
}

impl Action {
    /// Its name in the configuration file.
    pub fn name(self) -> &'static str {
        match self {
            Action::Quit => "quit",
            Action::Close => "close",
            Action::Help => "help",
            Action::Palette => "palette",
            Action::NextPanel => "next-panel",
            Action::PreviousPanel => "previous-panel",
            Action::Outline => "outline",
            Action::Text => "text",
            Action::Checklist => "checklist",
            Action::Contacts => "contacts",
            Action::Library => "library",
            Action::Search => "search",
            Action::SearchGuides => "search-guides",
            Action::Filter => "filter",
            Action::NextHit => "next-hit",
            Action::PreviousHit => "previous-hit",
            Action::NextOpen => "next-open",
            Action::Undo => "undo",
            Action::Redo => "redo",
            Action::Theme => "theme",
            Action::HideOutline => "hide-outline",
            Action::Reload => "reload",
            Action::Edit => "edit",
            Action::Mouse => "mouse",
            Action::Suspend => "suspend",
            Action::Redraw => "redraw",
            Action::Down => "down",
            Action::Up => "up",
            Action::PageDown => "page-down",
            Action::PageUp => "page-up",
            Action::HalfDown => "half-page-down",
            Action::HalfUp => "half-page-up",
            Action::Top => "top",
            Action::Bottom => "bottom",
            Action::Fold => "fold",
            Action::Unfold => "unfold",
            Action::GoTo => "go-to",
            Action::NextHeading => "next-heading",
            Action::PreviousHeading => "previous-heading",
            Action::Details => "details",
            Action::Notes => "notes",
            Action::Table => "table",
            Action::Follow => "follow",
            Action::CopyTarget => "copy-target",
            Action::Back => "back",
            Action::Forward => "forward",
            Action::CopySection => "copy-section",
            Action::CopyCode => "copy-code",
            Action::FrontMatter => "front-matter",
            Action::Tick => "tick",
            Action::Skip => "skip",
            Action::Note => "note",
            Action::LeaveOut => "leave-out",
            Action::Refuse => "refuse",
            Action::History => "journal",
            Action::Why => "why",
            Action::CopyBare => "copy-address",
            Action::CopyLink => "copy-link",
            Action::Open => "open",
            Action::Code => "qr-code",
            Action::Confirm => "confirm",
            Action::Earlier => "earlier",
            Action::Later => "later",
            Action::Next => "next",
            Action::Previous => "previous",
        }
    }

    /// A word or two for the footer.
    pub fn short(self, lang: Lang) -> &'static str {
        self.words(lang).0
    }

    /// What the help and the manual say.
    pub fn long(self, lang: Lang) -> &'static str {
        self.words(lang).1
    }

    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        match lang {
            Lang::Fr => self.french(),
            Lang::En => self.english(),
        }
    }

    fn french(self) -> (&'static str, &'static str) {
        match self {
            Action::Quit => ("quitter", "quitter"),
            Action::Close => ("fermer", "fermer ce qui est ouvert, revenir au texte"),
            Action::Help => ("aide", "montrer les touches"),
            Action::Palette => ("tout trouver", "trouver une action, un titre, une étape, un contact"),
            Action::NextPanel => ("panneau", "panneau suivant"),
            Action::PreviousPanel => ("panneau", "panneau précédent"),
            Action::Outline => ("plan", "aller au plan"),
            Action::Text => ("texte", "aller au texte"),
            Action::Checklist => ("étapes", "aller aux étapes et aux valeurs"),
            Action::Contacts => ("contacts", "aller aux contacts"),
            Action::Library => ("guides", "aller à la liste des guides du dossier"),
            Action::Search => ("chercher", "chercher dans le texte"),
            Action::SearchGuides => ("chercher", "chercher dans tous les guides du dossier"),
            Action::Filter => ("filtrer", "filtrer le plan ou les étapes"),
            Action::NextHit => ("suivant", "occurrence suivante"),
            Action::PreviousHit => ("précédent", "occurrence précédente"),
            Action::NextOpen => ("à faire", "aller à la prochaine étape à faire"),
            Action::Undo => ("annuler", "annuler le dernier changement"),
            Action::Redo => ("rétablir", "rétablir le changement annulé"),
            Action::Theme => ("thème", "changer de thème"),
            Action::HideOutline => ("replier le plan", "replier ou ramener le plan"),
            Action::Reload => ("relire", "relire le fichier"),
            Action::Edit => ("éditeur", "ouvrir le fichier dans l’éditeur, à cette ligne"),
            Action::Mouse => ("souris", "prendre ou rendre la souris"),
            Action::Suspend => ("suspendre", "suspendre le programme"),
            Action::Redraw => ("redessiner", "redessiner l’écran"),
            Action::Down => ("descendre", "une ligne plus bas"),
            Action::Up => ("monter", "une ligne plus haut"),
            Action::PageDown => ("page", "une page plus bas"),
            Action::PageUp => ("page", "une page plus haut"),
            Action::HalfDown => ("demi-page", "une demi-page plus bas"),
            Action::HalfUp => ("demi-page", "une demi-page plus haut"),
            Action::Top => ("début", "au début"),
            Action::Bottom => ("fin", "à la fin"),
            Action::Fold => ("replier", "replier, ou remonter d’un niveau"),
            Action::Unfold => ("déplier", "déplier, ou descendre d’un niveau"),
            Action::GoTo => ("y aller", "aller à cet endroit du texte"),
            Action::NextHeading => ("section", "titre suivant"),
            Action::PreviousHeading => ("section", "titre précédent"),
            Action::Details => ("déplier", "ouvrir ou fermer le premier volet à l’écran, sinon montrer la note"),
            Action::Notes => ("note", "montrer les notes appelées à l’écran"),
            Action::Table => ("tableau", "montrer le tableau en grand"),
            Action::Follow => ("suivre un lien", "suivre un lien de l’écran, désigné par ses lettres"),
            Action::CopyTarget => ("copier un lien", "copier l’adresse d’un lien, désigné par ses lettres"),
            Action::Back => ("revenir", "revenir d’où l’on vient"),
            Action::Forward => ("avancer", "repartir dans l’autre sens"),
            Action::CopySection => ("copier la section", "copier cette section en Markdown"),
            Action::CopyCode => ("copier le code", "copier le bloc de code que l’on lit"),
            Action::FrontMatter => ("fiche", "montrer l’en-tête du fichier"),
            Action::Tick => ("cocher", "cocher ou décocher l’étape, affirmer la valeur"),
            Action::Skip => ("passer", "passer, avec une raison"),
            Action::Note => ("noter", "écrire une note"),
            Action::LeaveOut => ("écarter", "écarter le groupe du compte, ou l’y ramener"),
            Action::Refuse => {
                ("refuser", "refuser ce qui a été reporté d’un autre texte, rouvrir ce dont le texte a changé")
            }
            Action::History => ("journal", "montrer le journal de l’étape ou de la valeur"),
            Action::Why => ("pourquoi", "dire pourquoi c’est une étape ou une valeur"),
            Action::CopyBare => ("copier", "copier l’adresse seule"),
            Action::CopyLink => ("copier le lien", "copier le lien entier"),
            Action::Open => ("ouvrir", "ouvrir, après confirmation"),
            Action::Code => ("code QR", "montrer le contact en code QR"),
            Action::Confirm => ("valider", "valider"),
            Action::Earlier => ("plus haut", "recherche d’avant, ou ligne du dessus"),
            Action::Later => ("plus bas", "recherche d’après, ou ligne du dessous"),
            Action::Next => ("suivante", "colonne ou note suivante"),
            Action::Previous => ("précédente", "colonne ou note précédente"),
        }
    }

    fn english(self) -> (&'static str, &'static str) {
        match self {
            Action::Quit => ("quit", "quit"),
            Action::Close => ("close", "close what is open, go back to the text"),
            Action::Help => ("help", "show the keys"),
            Action::Palette => ("find anything", "find an action, a heading, a step, a contact"),
            Action::NextPanel => ("panel", "next panel"),
            Action::PreviousPanel => ("panel", "previous panel"),
            Action::Outline => ("outline", "go to the outline"),
            Action::Text => ("text", "go to the text"),
            Action::Checklist => ("steps", "go to the steps and values"),
            Action::Contacts => ("contacts", "go to the contacts"),
            Action::Library => ("guides", "go to the list of the folder’s guides"),
            Action::Search => ("search", "search in the text"),
            Action::SearchGuides => ("search", "search in all guides of the folder"),
            Action::Filter => ("filter", "filter the outline or the checklist"),
            Action::NextHit => ("next", "next hit"),
            Action::PreviousHit => ("previous", "previous hit"),
            Action::NextOpen => ("next step", "go to the next open step"),
            Action::Undo => ("undo", "undo the last change"),
            Action::Redo => ("redo", "redo what was undone"),
            Action::Theme => ("theme", "change the theme"),
            Action::HideOutline => ("fold the outline", "fold the outline away, or bring it back"),
            Action::Reload => ("reload", "read the file again"),
            Action::Edit => ("editor", "open the file in the editor, at this line"),
            Action::Mouse => ("mouse", "take the mouse, or let it go"),
            Action::Suspend => ("suspend", "suspend the program"),
            Action::Redraw => ("redraw", "redraw the screen"),
            Action::Down => ("down", "one line down"),
            Action::Up => ("up", "one line up"),
            Action::PageDown => ("page", "one page down"),
            Action::PageUp => ("page", "one page up"),
            Action::HalfDown => ("half page", "half a page down"),
            Action::HalfUp => ("half page", "half a page up"),
            Action::Top => ("top", "to the beginning"),
            Action::Bottom => ("end", "to the end"),
            Action::Fold => ("fold", "fold, or go one level up"),
            Action::Unfold => ("unfold", "unfold, or go one level down"),
            Action::GoTo => ("go to it", "go to this place in the text"),
            Action::NextHeading => ("section", "next heading"),
            Action::PreviousHeading => ("section", "previous heading"),
            Action::Details => ("unfold", "open or close the first fold on the screen, else show the note"),
            Action::Notes => ("note", "show the notes marked on the screen"),
            Action::Table => ("table", "show the table at full width"),
            Action::Follow => ("follow a link", "follow a link on the screen, named by its letters"),
            Action::CopyTarget => ("copy a link", "copy the target of a link, named by its letters"),
            Action::Back => ("back", "go back to where one came from"),
            Action::Forward => ("forward", "go forward again"),
            Action::CopySection => ("copy the section", "copy this section as Markdown"),
            Action::CopyCode => ("copy the code", "copy the block of code being read"),
            Action::FrontMatter => ("front matter", "show the file’s front matter"),
            Action::Tick => ("tick", "tick or untick the step, affirm the value"),
            Action::Skip => ("skip", "skip, with a reason"),
            Action::Note => ("note", "write a note"),
            Action::LeaveOut => ("leave out", "leave the group out of the count, or bring it back"),
            Action::Refuse => ("refuse", "refuse what was carried over from another text, reopen what was changed"),
            Action::History => ("journal", "show the journal of the step or value"),
            Action::Why => ("why", "say why it is a step or a value"),
            Action::CopyBare => ("copy", "copy the bare address"),
            Action::CopyLink => ("copy the link", "copy the whole link"),
            Action::Open => ("open", "open, after a question"),
            Action::Code => ("QR code", "show the contact as a QR code"),
            Action::Confirm => ("confirm", "confirm"),
            Action::Earlier => ("up", "earlier search, or the row above"),
            Action::Later => ("down", "later search, or the row below"),
            Action::Next => ("next", "next column or note"),
            Action::Previous => ("previous", "previous column or note"),
        }
    }
}
