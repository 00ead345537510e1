//! What the shell sees: options, commands, plain output. Pure: arguments come in as data, and pages go out as data.
//! Never reads a file, the environment or the clock, and never prints: the edge does, as the invocation says.

mod invocation;
mod config;
mod options;
mod language;
mod misuse;
mod manual;
mod completions;
mod nearest;
mod page;
mod print;
mod shelf;
mod status;
mod outline;
mod show;
mod contacts;
mod journal;
mod answer;
mod runs;
mod walk;
#[cfg(test)]
mod samples;

pub use answer::{Answer, answer};
pub use completions::completions;
pub use config::{
    At, Config, Flaw, Force, LARGEST as LARGEST_CONFIG, Value, example, from_variables, in_force, lang_name,
    read as read_config, told, urgent, written_default,
};
pub use contacts::{contacts, contacts_json};
pub use invocation::{
    About, Command, Form, Goal, Invocation, Options, Settled, ShellName, Shelving, Source, Stop, Verb, WalkVerb,
};
pub use journal::{log, log_json};
pub use manual::{manual, manual_commands, manual_options};
pub use nearest::nearest_command;
pub use options::{hints, parse};
pub use outline::{outline, outline_json};
pub use page::{Page, Piece, Row, Voice, split_at_column};
pub use print::print;
pub use runs::{RunReport, runs, runs_json};
pub use shelf::{shelf, shelf_json};
pub use show::{Marks, next, show, show_plain};
pub use status::{status, status_json};
pub use walk::{Meant, Sight, Turn, Walker, copied};

/// JSON for programs, laid out so that people can read it too, with a line feed at its end.
fn json(data: &impl serde::Serialize) -> String {
    // Writing to memory fails only for maps whose keys are no strings; ours are structs.
    serde_json::to_string_pretty(data).expect("structs of strings and numbers always become JSON") + "\n"
}
