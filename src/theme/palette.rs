//! The three themes: a style per role.

use super::Role;
use ratatui::style::{Color, Modifier, Style};

/// What the reader asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// Ask the terminal which fits.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Day,
    /// Light ink on a dark ground.
    Night,
    /// The terminal's own 16 colours.
    Terminal,
}

/// The theme in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Themed {
    /// `day`
    Day,
    /// `night`
    Night,
    /// `terminal`
    #[default]
    Terminal,
}

/// A style per role.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    /// Which one it is.
    pub named: Themed,
    /// False under `NO_COLOR`: weight and shape alone tell things apart.
    pub colour: bool,
}

impl Theme {
    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        match role {
            Role::Heading1 | Role::Heading2 | Role::Heading3 => Style::new().add_modifier(Modifier::BOLD),
            Role::Muted => Style::new().fg(Color::DarkGray),
            _ => Style::new(),
        }
    }
}
