//! The Elm architecture without the screen: model, messages, update. Decides, never draws; pure.

mod key;
mod keymap;
mod model;
mod msg;
mod panes;
mod update;

pub use key::{Arrows, Code, Key, Mouse, MouseKind};
pub use keymap::{Action, Binding, Where, action, bindings, key_for, places};
pub use model::{
    CheckRow, Checklist, ContactsPanel, Mark, Model, Notice, Outline, OutlineRow, Overlay, Panel, Pending, Prompt,
    PromptKind, Reader, Save, Settings, Tone,
};
pub use msg::{Effect, Landing, Msg, Ticket};
pub use panes::{LARGEST, MIDDLE, Panes, SMALLEST, Shown, WIDE, arrange};
pub use update::update;
