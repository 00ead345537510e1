//! Front matter: title, base address, jalon's own keys; other keys are kept, and hidden from the text.

use super::CleanText;

/// What the front matter says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<CleanText>,
    /// `description`
    pub description: Option<CleanText>,
    /// `base_url`
    pub base_url: Option<String>,
    /// `jalon.id`: names the guide, so that its progress follows it through renames.
    pub id: Option<CleanText>,
    /// `jalon.steps: false` finds no steps; `auto` (the default) finds them.
    pub no_steps: bool,
    /// `jalon.values`: headings whose lists are values, whatever their words.
    pub values: Vec<CleanText>,
    /// `jalon.ignore`: headings whose sections hold no items.
    pub ignore: Vec<CleanText>,
    /// Every top-level key with its value on one line, in order, for whoever asks to see it.
    pub all: Vec<(CleanText, CleanText)>,
}
