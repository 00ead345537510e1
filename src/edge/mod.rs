//! The only impure room: disk, terminal, clock, threads, processes.

mod boxes;
mod child;
mod clipboard;
pub mod clock;
mod colouring;
mod desk;
mod editor;
mod folder;
mod hall;
mod input;
pub mod journal;
mod keyboard;
mod leave;
mod mail;
mod memory;
mod neighbour;
mod opener;
pub mod places;
mod run;
mod screen;
mod searcher;
mod searches;
pub mod shell;
mod sharing;
mod signals;
mod terminal;
mod visit;
mod volume;
mod watch;
mod worker;

pub use folder::{Folder, Lister, Surveyor};
pub use hall::Wishes;
pub use memory::Memory;
pub use run::{Cast, Original, Session, play, run};
pub use searches::Searches;
pub use visit::{Opener, Visit};
