//! Roles, the marks drawn for states, and the style that each role has in each theme.

mod glyphs;
mod palette;
mod role;

pub use glyphs::Glyphs;
pub use palette::{Ground, Theme, ThemeChoice, Themed};
pub use role::Role;
