//! What a piece of the screen is, never how it looks.

/// What a piece of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// Text that stands back: breadcrumbs, dates, counts.
    Muted,
    /// Marks, rules and frames: seen, not read.
    Faint,
    /// Headings of level 1.
    Heading1,
    /// Headings of level 2.
    Heading2,
    /// Headings of level 3.
    Heading3,
    /// Headings of levels 4 to 6.
    Heading4,
    /// A block quote's text.
    Quote,
    /// A quote's bar.
    QuoteBar,
    /// A bullet or an item's number.
    Marker,
    /// Code in running text.
    CodeInline,
    /// A block of code.
    Code,
    /// The language label and the frame of a block of code.
    CodeLabel,
    /// In code: a comment.
    CodeComment,
    /// In code: a keyword.
    CodeKeyword,
    /// In code: a string.
    CodeString,
    /// In code: a number or another constant.
    CodeNumber,
    /// In code: a function's name.
    CodeFunction,
    /// In code: a type's name.
    CodeType,
    /// In code: punctuation and operators.
    CodePunctuation,
    /// A link's text.
    Link,
    /// A table's head.
    TableHead,
    /// A table's rules.
    TableRule,
    /// Mathematics and diagrams, as source.
    Source,
    /// An alert or a state that informs.
    Note,
    /// An alert or a state that helps; done.
    Good,
    /// An alert or a state that asks for attention.
    Warning,
    /// An alert or a state that tells of danger; an error.
    Danger,
    /// An alert of weight.
    Important,
    /// The brand colour: the place one is at, progress bars.
    Accent,
    /// A step done, a value upheld: its mark.
    Done,
    /// A settled item's text.
    Settled,
    /// Still open: its mark.
    Open,
    /// Skipped.
    Skipped,
    /// Due for review.
    Due,
    /// Being saved.
    Pending,
    /// Title of a panel.
    PanelTitle,
    /// The row that the keys act on.
    Selected,
    /// The same in a panel without focus.
    SelectedFaint,
    /// A search hit.
    Hit,
    /// The hit one is at.
    HitHere,
    /// Letters over a link, by which it is chosen.
    Hint,
    /// A key's name in the footer and the help.
    KeyName,
    /// A key's meaning.
    KeyWord,
    /// Background of dialogs.
    Overlay,
}

impl Role {
    /// Whether it is a heading, of a section or of a table's column: one thing, whatever stands in it.
    pub fn is_head(self) -> bool {
        use Role::{Heading1, Heading2, Heading3, Heading4, TableHead};
        matches!(self, Heading1 | Heading2 | Heading3 | Heading4 | TableHead)
    }
}
