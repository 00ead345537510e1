//! What is wrong with a command line, in one line of the reader's language. The library that reads arguments says what
//! it found; how that is said is ours.

use super::invocation::Stop;
use crate::guide::CleanText;
use crate::words::{Lang, Misuse, Rule};
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

/// Why the program stops before it begins.
pub(super) fn stop(error: &Error, lang: Lang) -> Stop {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Stop::Told(error.to_string()),
        _ => wrong(&misuse(error), lang),
    }
}

/// The sentence about a misuse, for standard error.
pub(super) fn wrong(misuse: &Misuse, lang: Lang) -> Stop {
    Stop::Wrong(CleanText::line(&misuse.say(lang)))
}

fn misuse(error: &Error) -> Misuse {
    let told = |kind| error.get(kind).map(text).filter(|text| !text.is_empty());
    let argument = told(ContextKind::InvalidArg).unwrap_or_else(|| CleanText::line(""));
    let value = told(ContextKind::InvalidValue).unwrap_or_else(|| CleanText::line(""));
    match error.kind() {
        ErrorKind::UnknownArgument => Misuse::Unexpected(argument, told(ContextKind::SuggestedArg)),
        ErrorKind::MissingRequiredArgument => Misuse::Missing(argument),
        ErrorKind::ArgumentConflict => match told(ContextKind::PriorArg) {
            Some(prior) if prior != argument => Misuse::Conflict(argument, prior),
            _ => Misuse::Twice(argument),
        },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if value.is_empty() => match value_is_there(error) {
            true => Misuse::BadValue(argument, value, Rule::NotEmpty),
            false => Misuse::NoValue(argument),
        },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let all = told(ContextKind::ValidValue).map(|all| Rule::OneOf(all.to_string()));
            let rule = all.unwrap_or_else(|| rule(&argument, error.kind()));
            Misuse::BadValue(argument, value, rule)
        }
        _ => Misuse::Other(first_paragraph(error)),
    }
}

/// Whether an empty value was given; otherwise none was, where one is needed.
fn value_is_there(error: &Error) -> bool {
    error.kind() == ErrorKind::ValueValidation
}

/// What an argument has to be whose value was refused.
fn rule(argument: &str, kind: ErrorKind) -> Rule {
    match argument.split(' ').next().unwrap_or_default() {
        "--width" => Rule::Columns,
        "--run" => Rule::RunName,
        _ if kind == ErrorKind::InvalidValue => Rule::NotEmpty,
        _ => Rule::Unknown,
    }
}

fn text(value: &ContextValue) -> CleanText {
    CleanText::line(&match value {
        ContextValue::Strings(all) => all.join(", "),
        other => other.to_string(),
    })
}

/// The library's own words as one line: the usage below them is what `--help` is for.
fn first_paragraph(error: &Error) -> CleanText {
    let text = error.to_string();
    let useful = text.lines().map(str::trim).take_while(|l| !l.starts_with("Usage") && !l.starts_with("For more"));
    let joined: Vec<&str> = useful.filter(|l| !l.is_empty()).collect();
    let line = CleanText::line(&joined.join("; "));
    CleanText::line(line.strip_prefix("error: ").unwrap_or(&line))
}
