//! Roles, the marks drawn for states, and the style that each role has in each theme.

mod contrast;
mod glyphs;
mod own;
mod palette;
mod role;

pub use contrast::READABLE;
pub use glyphs::Glyphs;
pub use own::{Ink, OwnTheme, colour};
pub use palette::{Ground, Theme, ThemeChoice, Themed};
pub use role::Role;
