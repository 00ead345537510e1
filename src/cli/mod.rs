//! What the shell sees: options, commands, plain output.

mod options;
pub use options::{
    Command, Form, Goal, Invocation, Options, Settled, Source, Stop, Verb, manual_commands, manual_options, parse,
};
