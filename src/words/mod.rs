//! Every sentence of the interface, in French and in English. A missing one does not compile: each enum of
//! sentences has one exhaustive match per language. One file per room that speaks.

mod actions;
mod aloud;
mod boxes;
mod dates;
mod config;
mod edge;
mod fault;
mod layout;
mod manual;
mod news;
mod panel;
mod reply;
mod past;
mod settings;
mod shell;
mod team;
mod trouble;
mod ui;
mod usage;

pub use actions::Action;
pub use aloud::{Aloud, Asked, Stands, When};
pub use boxes::BoxTrouble;
pub use config::ConfigWord;
pub use dates::{day, day_number, minute, time_of_day};
pub use edge::{Edge, Lost};
pub use fault::Fault;
pub use layout::LayoutWord;
pub use manual::{Chapter, EXAMPLES, FILES, ManualRow, STATUSES, VARIABLES};
pub use news::{News, Sections, Since};
pub use panel::Panel;
pub use past::{Day, Past, Stood};
pub use reply::Reply;
pub use settings::{Setting, Wants};
pub use shell::{Cannot, Did, Shell};
pub use team::{Company, Team};
pub use trouble::Trouble;
pub use ui::Ui;
pub use usage::{Foot, Misuse, Rule, french};

/// A language of the interface, independent of the guide's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// From a locale's name, such as `fr_FR.UTF-8`: French where it begins with `fr`, English else.
    pub fn from_locale(locale: &str) -> Lang {
        let name = locale.split(['_', '.', '-', '@']).next().unwrap_or_default();
        if name.eq_ignore_ascii_case("fr") { Lang::Fr } else { Lang::En }
    }

    /// The singular or the plural for a count: French counts 0 and 1 in the singular, English only 1.
    pub fn plural<'a>(self, n: usize, one: &'a str, many: &'a str) -> &'a str {
        let single = match self {
            Lang::Fr => n < 2,
            Lang::En => n == 1,
        };
        if single { one } else { many }
    }
}
