//! jalon: a full-screen terminal reader for Markdown guides that people act on.
//!
//! # The map
//!
//! Rooms in reading order; a room imports rooms above it only, and `tests/suite/architecture.rs`
//! reads the sources and says which rule broke.
//!
//! ```text
//!   guide     what is true of the guide though nobody reads it         pure
//!   progress  what people did with the guide                           pure
//!   words     every sentence of the interface, French and English      pure
//!   theme     roles, marks, and the style of each role                 pure
//!   layout    the guide at a width: lines around an anchor             pure
//!   app       model, messages, update: decides, never draws            pure
//!   view      draws, never decides
//!   cli       what the shell sees: options, commands, plain output
//!   edge      disk, terminal, clock, threads: the only impure room
//! ```
//!
//! ```text
//!   outline            text                                checklist
//!  ┌──────────────────┬───────────────────────────────────┬─────────────────────┐
//!  │ view::outline    │ view::reader                      │ view::checklist     │
//!  │ app::outline     │ app::reader ← layout::lines       │ app::checklist      │
//!  │ guide::outline   │ guide::document                   │ progress::state     │
//!  │                  │                                   ├─────────────────────┤
//!  │                  │                                   │ guide::contacts     │
//!  └──────────────────┴───────────────────────────────────┴─────────────────────┘
//!    view::status: the footer, from app::keymap and words
//! ```
//!
//! # Invariants
//!
//! 1. Parsing never fails.
//! 2. Only [`guide::CleanText`] leaves the guide.
//! 3. The view writes nothing; derived state has one writer, `Model::settle`, at the end of `update`.
//! 4. A place is an [`guide::Anchor`], never a row; nothing that counts rows of a document is a `u16`.
//! 5. Layout knows no colours, ticks or hits: roles and slots, painted when drawn.
//! 6. Effects are comparable data, performed only in edge; each answers with a message.
//! 7. One focus, one overlay: enums, no pair of booleans that can contradict each other.
//! 8. A tick drawn as done is on disk. Until then it is drawn as pending; a failed save stays visible.
//! 9. The program rests: the loop blocks on one mailbox; all waiting input is drained before drawing.
//! 10. One table of keys, one of options; help, footer, README and manual read them.
//! 11. No recursion over the document.

pub mod guide;
pub mod progress;
pub mod words;
pub mod theme;
pub mod layout;
pub mod app;
pub mod view;
pub mod cli;
pub mod edge;
