//! Command lines as one would write them, for sentences that say what to do next. Runs nothing.

use super::Call;
use crate::cli::Source;
use crate::guide::CleanText;
use std::path::Path;

/// A command of jalon's about the guide, the run, the person and the folder that this call is about.
pub(super) fn jalon(call: &Call, words: &[&str]) -> String {
    let options = &call.asked.options;
    let mut line = vec!["jalon".to_owned()];
    line.extend(words.iter().map(|word| quoted(word)));
    match &call.asked.source {
        Source::BuiltIn => {}
        Source::Stdin => line.push("-".to_owned()),
        Source::Path(path) => line.push(argument(path)),
    }
    if let Some(run) = &options.run {
        line.push(format!("--run {}", quoted(run)));
    }
    if let Some(who) = &options.who {
        line.push(format!("--as {}", quoted(who)));
    }
    if let Some(folder) = &options.progress {
        line.push(format!("--progress {}", argument(folder)));
    }
    line.join(" ")
}

/// A path as an argument, never taken for an option.
pub(super) fn argument(path: &Path) -> String {
    let text = CleanText::line(&path.to_string_lossy());
    let dash = if text.starts_with('-') { "./" } else { "" };
    quoted(&format!("{dash}{text}"))
}

/// A word as the shell takes it for one.
pub(super) fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ',' | ':' | '@' | '+' | '=' | '%');
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_quoted_where_the_shell_would_take_it_apart() {
        assert_eq!(quoted("docs/été-2027.md"), "docs/été-2027.md");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("l'aide; rm"), r"'l'\''aide; rm'");
        assert_eq!(quoted(""), "''");
        assert_eq!(argument(Path::new("-x.md")), "./-x.md");
        assert!(!argument(Path::new("a\u{1b}[2J\nb")).contains(['\u{1b}', '\n']));
    }
}
