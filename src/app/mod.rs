//! The Elm architecture without the screen: model, messages, update. Decides, never draws; pure.

mod key;
mod keymap;
mod remap;
mod spelling;
mod panes;
mod model;
mod msg;
mod settle;
mod update;
mod reader;
mod outline;
mod checklist;
mod contacts;
mod edit;
mod details;
mod dialog;
mod gone;
mod history;
mod filter;
mod finder;
mod fuzzy;
mod overlay;
mod palette;
mod library;
mod quest;
mod links;
mod visit;
mod hints;
mod note;
mod qr;
mod table;
mod mouse;
mod ticking;
mod sections;
mod reload;
mod rest;
mod again;
mod help;
mod help_page;
#[cfg(test)]
mod tests;

pub use again::{Bookmark, since};
pub use checklist::mark_column;
pub use details::{About, Paragraph, foot};
pub use dialog::AIRY_DIALOG;
pub use filter::{Filter, filtered, filtered_count};
pub use finder::{End, Finder, REMEMBERED, SearchLine};
pub use help::{breadcrumb, footer_hints, help_hint, help_rows, key_name, place_name};
pub use help_page::{HelpLine, HelpPage, help_page};
pub use hints::{Errand, Hint, Hints};
pub use history::HistoryView;
pub use key::{Arrows, Code, Key, Mouse, MouseKind};
pub use keymap::{Action, Binding, Keymap, Where, bindings, places};
pub use library::{Card, Cut, Library, Listed, Listing, Survey, order};
pub use model::{
    CheckRow, Checklist, ContactsPanel, Copying, Gone, Known, Mark, Model, Notice, Outline, OutlineRow, Overlay, Panel,
    Pending, Place, Prompt, PromptKind, Question, Reader, Save, Scan, Settings, Tone, Wish,
};
pub use msg::{Concern, Effect, Landing, Msg, Ticket};
pub use note::NoteView;
pub use outline::hits_in;
pub use palette::{Goal, Palette, PaletteRow, palette_count, palette_room, palette_rows};
pub use panes::{LARGEST, MIDDLE, Panes, SMALLEST, Shown, WIDE, arrange};
pub use qr::Qr;
pub use quest::{Find, Quest, QuestLine, Sweep, named};
pub use remap::{Clash, Remap};
pub use rest::{Later, Rest};
pub use sections::{Print, Prints, Spot};
pub use table::TableView;
pub use update::update;
pub use visit::{Entry, GuideNumber, Stop};

use update::focus;
