//! The reader's own editor, at the line being read. It is found by `VISUAL` and `EDITOR`, split into words here: no
//! shell sees them, and none sees the guide's name. Has the whole terminal while it runs; whoever calls gives that away
//! and takes it back.

use crate::guide::CleanText;
use crate::words::Edge;
use std::ffi::{OsStr, OsString};
use std::os::fd::BorrowedFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::process::{Command, Stdio};

/// Where nobody says which editor.
const USUAL: &str = "vi";

/// How an editor is told the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lines {
    /// `+12 file`
    Plus,
    /// `file:12`
    Colon,
    /// `--goto file:12`
    Goto,
    /// Nobody knows.
    Untold,
}

/// The editor and its arguments: `VISUAL`, else `EDITOR`, else vi where there is one.
pub fn command(variable: impl Fn(&str) -> Option<OsString>, file: &Path, line: usize) -> Result<Vec<OsString>, Edge> {
    let named = |name| variable(name).map(|value| words(value.as_bytes())).filter(|words| !words.is_empty());
    let usual = || {
        let path = variable("PATH").unwrap_or_default();
        let there = std::env::split_paths(&path).any(|folder| folder.join(USUAL).is_file());
        there.then(|| vec![OsString::from(USUAL)])
    };
    let words = named("VISUAL").or_else(|| named("EDITOR")).or_else(usual).ok_or(Edge::NoEditor)?;
    Ok(with_file(words, file, line))
}

/// Runs the editor on a terminal until it ends.
pub fn run(command: &[OsString], terminal: BorrowedFd<'_>) -> Result<(), Edge> {
    let Some((program, arguments)) = command.split_first() else { return Err(Edge::NoEditor) };
    let name = program.to_string_lossy();
    let failed = |why: String| Edge::EditorFailed(CleanText::line(&format!("{name}: {why}")));
    // Where standard input is no terminal, keys come from another place, and so must the editor's.
    let keys = terminal.try_clone_to_owned().map_err(|e| failed(e.to_string()))?;
    let status = Command::new(program).args(arguments).stdin(Stdio::from(keys)).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(status.to_string())),
        Err(error) => Err(failed(error.to_string())),
    }
}

/// Adds the file and, where the editor is known, the line.
fn with_file(mut words: Vec<OsString>, file: &Path, line: usize) -> Vec<OsString> {
    let style = words.first().map_or(Lines::Untold, |program| lines(program));
    let file = argument(file);
    let mut at_line = file.clone();
    at_line.push(format!(":{line}"));
    match style {
        Lines::Plus => words.extend([format!("+{line}").into(), file]),
        Lines::Colon => words.push(at_line),
        Lines::Goto => words.extend(["--goto".into(), at_line]),
        Lines::Untold => words.push(file),
    }
    words
}

fn lines(program: &OsStr) -> Lines {
    let name = Path::new(program).file_name().unwrap_or_default().to_string_lossy();
    // Debian's `vim.basic`.
    match name.split('.').next().unwrap_or_default() {
        "vi" | "vim" | "nvim" | "gvim" | "nvi" | "elvis" | "nano" | "pico" | "kak" | "micro" | "joe" | "jed" | "ne"
        | "mg" => Lines::Plus,
        name if name.starts_with("emacs") => Lines::Plus,
        "hx" | "helix" | "subl" | "zed" => Lines::Colon,
        "code" | "code-insiders" | "codium" | "vscodium" => Lines::Goto,
        _ => Lines::Untold,
    }
}

/// The file as an argument that is no option: `-x` would be one to most, and vi would obey `+!x`.
fn argument(file: &Path) -> OsString {
    let plain = file.is_absolute() || file.starts_with(".") || file.starts_with("..");
    if plain { file.into() } else { Path::new(".").join(file).into() }
}

/// Splits at blanks; quotes and backslashes keep them together, as in a shell. Nothing is expanded.
fn words(text: &[u8]) -> Vec<OsString> {
    let mut words: Vec<OsString> = Vec::new();
    let (mut word, mut begun, mut quote) = (Vec::new(), false, None);
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (quote, byte) {
            (Some(q), b) if b == q => quote = None,
            (None, b'\'' | b'"') => (quote, begun) = (Some(byte), true),
            (None | Some(b'"'), b'\\') if bytes.peek().is_some() => {
                word.extend(bytes.next());
                begun = true;
            }
            (None, b) if b.is_ascii_whitespace() => {
                if std::mem::take(&mut begun) {
                    words.push(OsString::from_vec(std::mem::take(&mut word)));
                }
            }
            (_, b) => {
                word.push(b);
                begun = true;
            }
        }
    }
    if begun {
        words.push(OsString::from_vec(word));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The command of an environment, as text.
    fn of(set: &[(&str, &str)], file: &str) -> Result<Vec<String>, Edge> {
        let variable = |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| OsString::from(v));
        let command = command(variable, Path::new(file), 12)?;
        Ok(command.into_iter().map(|word| word.into_string().unwrap()).collect())
    }

    #[test]
    fn visual_goes_before_editor_and_vi_comes_last() {
        assert_eq!(of(&[("VISUAL", "nano"), ("EDITOR", "vim")], "/a.md").unwrap()[0], "nano");
        assert_eq!(of(&[("VISUAL", " "), ("EDITOR", "vim")], "/a.md").unwrap()[0], "vim");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        assert_eq!(of(&[("PATH", path)], "/a.md"), Err(Edge::NoEditor));
        std::fs::write(folder.path().join("vi"), "").unwrap();
        assert_eq!(of(&[("PATH", path)], "/a.md").unwrap(), ["vi", "+12", "/a.md"]);
    }

    #[test]
    fn editors_are_told_the_line_in_their_own_way() {
        let told = |editor: &str| of(&[("EDITOR", editor)], "/g.md").unwrap()[1..].join(" ");
        for editor in ["vi", "/usr/bin/vim.basic", "nvim", "nano", "emacs", "emacsclient", "emacs-nox", "kak"] {
            assert_eq!(told(editor), "+12 /g.md", "{editor}");
        }
        assert_eq!(told("emacs -nw"), "-nw +12 /g.md");
        assert_eq!((told("hx"), told("helix")), ("/g.md:12".into(), "/g.md:12".into()));
        assert_eq!(told("code --wait"), "--wait --goto /g.md:12");
        assert_eq!((told("ed"), told("my-editor")), ("/g.md".into(), "/g.md".into()));
    }

    #[test]
    fn a_file_is_never_an_option() {
        for (file, argument) in [
            ("-x.md", "./-x.md"),
            ("+!id.md", "./+!id.md"),
            ("g.md", "./g.md"),
            ("./g.md", "./g.md"),
            ("../g.md", "../g.md"),
            ("a b;c.md", "./a b;c.md"),
        ] {
            assert_eq!(of(&[("EDITOR", "vi")], file).unwrap(), ["vi", "+12", argument]);
        }
        assert_eq!(of(&[("EDITOR", "hx")], "--help").unwrap(), ["hx", "./--help:12"]);
    }

    #[test]
    fn words_are_split_as_a_shell_would_and_nothing_is_expanded() {
        let split =
            |text: &str| words(text.as_bytes()).into_iter().map(|w| w.into_string().unwrap()).collect::<Vec<_>>();
        assert_eq!(split("  a  b\tc "), ["a", "b", "c"]);
        assert_eq!(
            split(r#""/opt/my editor/ed" '-f x' a\ b "q\"q" ''"#),
            ["/opt/my editor/ed", "-f x", "a b", "q\"q", ""]
        );
        assert_eq!(split("$(id) `id` ~ *"), ["$(id)", "`id`", "~", "*"]);
        assert_eq!(split("'open end"), ["open end"]);
        assert_eq!(split("a\\"), ["a\\"]);
        assert_eq!(split(" "), [""; 0]);
    }
}
