//! The configuration file: what it says, what is wrong with it, what holds in the end. Pure: the file's text comes in,
//! and where the file is, is the edge's business. One table of settings (`words::Setting`) feeds the reader, the
//! example and what `jalon config` prints.

mod example;
mod force;
mod keys;
mod read;
mod themes;
mod value;
#[cfg(test)]
mod tests;

pub use example::example;
pub use force::{Force, in_force, told};
pub use read::{from_variables, read};
pub use value::{Value, lang_name, written_default};

use crate::app::Remap;
use crate::guide::CleanText;
use crate::theme::OwnTheme;
use crate::words::{Fault, Lang, Setting};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The largest configuration file, in bytes.
pub const LARGEST: usize = 64 * 1024;

/// How many faults are told in a row where the whole list was not asked for.
const SEVERAL: usize = 3;

/// What a file, or the environment, says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// The settings that it gives, each as it may be.
    pub values: BTreeMap<Setting, Value>,
    /// The keys that it changes.
    pub wishes: Vec<Remap>,
    /// The reader's own themes.
    pub themes: Vec<Arc<OwnTheme>>,
}

/// Something wrong with a configuration, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// Where.
    pub at: At,
    /// What.
    pub what: Fault,
}

/// Where something is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// A line of it, from 1 on.
    Line(usize),
    /// A variable of the environment.
    Variable(String),
    /// What is said of all of it.
    All,
}

impl Flaw {
    /// Whether it is worth a word each time the program starts. How well a theme of one's own can be read is said
    /// where one asks for it.
    pub fn is_urgent(&self) -> bool {
        !matches!(self.what, Fault::Faint(..) | Fault::FaintOthers(..))
    }

    /// The flaw in one line: the file, the line, what.
    pub fn say(&self, file: &CleanText, lang: Lang) -> CleanText {
        let what = self.what.say(lang);
        let colon = match lang {
            Lang::Fr => "\u{a0}:",
            Lang::En => ":",
        };
        CleanText::line(&match &self.at {
            At::File => format!("{file}{colon} {what}"),
            At::Line(line) => format!("{file}:{line}{colon} {what}"),
            At::Variable(name) => format!("{name}{colon} {what}"),
            At::All => what.into_owned(),
        })
    }
}

/// The flaws that are told without being asked for: the first ones, and how many more there are.
pub fn urgent(flaws: &[Flaw]) -> Vec<Flaw> {
    let all: Vec<Flaw> = flaws.iter().filter(|flaw| flaw.is_urgent()).cloned().collect();
    // One more line for the last one alone says less than the last one.
    if all.len() <= SEVERAL + 1 {
        return all;
    }
    let more = Flaw { at: At::All, what: Fault::More(all.len() - SEVERAL) };
    all.into_iter().take(SEVERAL).chain([more]).collect()
}
