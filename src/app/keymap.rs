//! The one table of keys: dispatch, help, footer, README and manual read it.

use super::key::Key;

/// Where a binding holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Where {
    /// In every panel.
    Everywhere,
    /// In the outline, the checklist and the contacts.
    Lists,
    /// In the text.
    Text,
    /// In the checklist.
    Checklist,
    /// In the contacts.
    Contacts,
}

/// Something that a key can do. Named as the configuration names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Leave.
    Quit,
}

/// A row of the table: keys that do the same thing in the same place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binding {
    /// Where it holds.
    pub place: Where,
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
}

/// The table.
pub fn bindings() -> &'static [Binding] {
    &[]
}
