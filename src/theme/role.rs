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
    /// All roles, in the order of the manual.
    pub const ALL: [Role; 45] = [
        Role::Text,
        Role::Muted,
        Role::Faint,
        Role::Heading1,
        Role::Heading2,
        Role::Heading3,
        Role::Heading4,
        Role::Quote,
        Role::QuoteBar,
        Role::Marker,
        Role::CodeInline,
        Role::Code,
        Role::CodeLabel,
        Role::CodeComment,
        Role::CodeKeyword,
        Role::CodeString,
        Role::CodeNumber,
        Role::CodeFunction,
        Role::CodeType,
        Role::CodePunctuation,
        Role::Link,
        Role::TableHead,
        Role::TableRule,
        Role::Source,
        Role::Note,
        Role::Good,
        Role::Warning,
        Role::Danger,
        Role::Important,
        Role::Accent,
        Role::Done,
        Role::Settled,
        Role::Open,
        Role::Skipped,
        Role::Due,
        Role::Pending,
        Role::PanelTitle,
        Role::Selected,
        Role::SelectedFaint,
        Role::Hit,
        Role::HitHere,
        Role::Hint,
        Role::KeyName,
        Role::KeyWord,
        Role::Overlay,
    ];

    /// Its name in a reader's theme.
    pub fn name(self) -> &'static str {
        match self {
            Role::Text => "text",
            Role::Muted => "muted",
            Role::Faint => "faint",
            Role::Heading1 => "heading-1",
            Role::Heading2 => "heading-2",
            Role::Heading3 => "heading-3",
            Role::Heading4 => "heading-4",
            Role::Quote => "quote",
            Role::QuoteBar => "quote-bar",
            Role::Marker => "marker",
            Role::CodeInline => "code-inline",
            Role::Code => "code",
            Role::CodeLabel => "code-label",
            Role::CodeComment => "code-comment",
            Role::CodeKeyword => "code-keyword",
            Role::CodeString => "code-string",
            Role::CodeNumber => "code-number",
            Role::CodeFunction => "code-function",
            Role::CodeType => "code-type",
            Role::CodePunctuation => "code-punctuation",
            Role::Link => "link",
            Role::TableHead => "table-head",
            Role::TableRule => "table-rule",
            Role::Source => "source",
            Role::Note => "note",
            Role::Good => "good",
            Role::Warning => "warning",
            Role::Danger => "danger",
            Role::Important => "important",
            Role::Accent => "accent",
            Role::Done => "done",
            Role::Settled => "settled",
            Role::Open => "open",
            Role::Skipped => "skipped",
            Role::Due => "due",
            Role::Pending => "pending",
            Role::PanelTitle => "panel-title",
            Role::Selected => "selected",
            Role::SelectedFaint => "selected-faint",
            Role::Hit => "hit",
            Role::HitHere => "hit-here",
            Role::Hint => "hint",
            Role::KeyName => "key-name",
            Role::KeyWord => "key-word",
            Role::Overlay => "overlay",
        }
    }

    /// Whether it is seen and not read: WCAG 2.1 (1.4.11) asks no contrast of decoration.
    pub fn is_decoration(self) -> bool {
        matches!(self, Role::Faint | Role::QuoteBar | Role::TableRule)
    }

    /// Whether it is a heading, of a section or of a table's column: one thing, whatever stands in it.
    pub fn is_head(self) -> bool {
        use Role::{Heading1, Heading2, Heading3, Heading4, TableHead};
        matches!(self, Heading1 | Heading2 | Heading3 | Heading4 | TableHead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_role_is_listed_and_has_a_name_of_its_own() {
        assert!(Role::ALL.iter().enumerate().all(|(n, role)| *role as usize == n));
        assert_eq!(Role::ALL.len(), Role::Overlay as usize + 1);
        let names: BTreeSet<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        assert_eq!(names.len(), Role::ALL.len());
    }
}
