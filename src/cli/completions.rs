//! What makes a shell complete jalon's commands, options and files, from the one table.

use super::invocation::ShellName;
use super::options::table;
use crate::theme::ThemeChoice;
use crate::words::Lang;
use clap::builder::PossibleValuesParser;
use clap::{Arg, Command, ValueHint};
use clap_complete::{Shell, generate};

/// In Bash a first word may be a guide as well as a command; the generated function knows commands alone.
const BASH: &str = r#"
_jalon_or_guide() {
    _jalon "$@"
    local cur="${COMP_WORDS[COMP_CWORD]}" file
    if [[ "$COMP_CWORD" -eq 1 && "$cur" != -* ]]; then
        compopt -o filenames 2>/dev/null
        while IFS= read -r file; do
            COMPREPLY+=("$file")
        done < <(compgen -f -- "$cur")
    fi
}

complete -F _jalon_or_guide -o bashdefault -o default jalon
"#;

/// The same in Zsh: where the generated script asks for a command, and what it is to ask for.
const ZSH: [(&str, &str); 2] = [
    (r#"":: :_jalon_commands""#, r#"":: :_jalon_command_or_guide""#),
    (
        "(( $+functions[_jalon_commands] )) ||",
        "(( $+functions[_jalon_command_or_guide] )) ||
_jalon_command_or_guide() {
    _alternative 'commands:command:_jalon_commands' 'files:guide:_files'
}
(( $+functions[_jalon_commands] )) ||",
    ),
];

/// The script for a shell; what it says of commands and options is in this language.
pub fn completions(shell: ShellName, lang: Lang) -> String {
    let (generator, mut script) = match shell {
        ShellName::Bash => (Shell::Bash, Vec::new()),
        ShellName::Zsh => (Shell::Zsh, Vec::new()),
        ShellName::Fish => (Shell::Fish, Vec::new()),
        ShellName::Elvish => (Shell::Elvish, Vec::new()),
        ShellName::PowerShell => (Shell::PowerShell, Vec::new()),
    };
    generate(generator, &mut completed(lang), "jalon", &mut script);
    let script = String::from_utf8_lossy(&script).into_owned();
    match shell {
        ShellName::Bash => script + BASH,
        ShellName::Zsh => ZSH.iter().fold(script, |script, (from, to)| script.replacen(from, to, 1)),
        ShellName::Fish | ShellName::Elvish | ShellName::PowerShell => script,
    }
}

/// The table as completions want it: hints of what a value is, and no guide in front of the commands, which would take
/// the commands' place.
fn completed(lang: Lang) -> Command {
    let table = table(lang);
    let options = table.get_arguments().filter(|arg| !arg.is_positional()).cloned().map(hinted);
    let mut completed = Command::new("jalon").version(env!("CARGO_PKG_VERSION")).args(options);
    // French has flags of its own for these.
    if table.get_arguments().any(|arg| arg.get_id() == "help") {
        completed = completed.disable_help_flag(true).disable_version_flag(true);
    }
    completed.disable_help_subcommand(true).subcommands(table.get_subcommands().cloned())
}

fn hinted(arg: Arg) -> Arg {
    match arg.get_id().as_str() {
        // Themes of one's own have names that nobody knows here; these four always are.
        "theme" => arg.value_parser(PossibleValuesParser::new(ThemeChoice::NAMES.map(|(name, _)| name))),
        "progress" => arg.value_hint(ValueHint::DirPath),
        "config" => arg.value_hint(ValueHint::FilePath),
        "base_url" => arg.value_hint(ValueHint::Url),
        "run" | "width" | "who" => arg.value_hint(ValueHint::Other),
        _ => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::{manual_commands, manual_options};

    #[test]
    fn zsh_takes_a_command_or_a_guide_as_the_first_word() {
        let plain = completions(ShellName::Zsh, Lang::En);
        for (from, to) in ZSH {
            assert!(plain.contains(to), "the generated script no longer has {from}");
        }
        assert!(!plain.contains("\n'::guide -- A file, a folder of guides, `-` for standard input; the guide built in if left out:_files' \\\n\":: "), "no guide stands before the commands");
        assert!(plain.contains("words=($line[1] "), "the command is the first word");
    }

    #[test]
    fn every_shell_is_told_every_command_and_option() {
        for shell in [ShellName::Bash, ShellName::Zsh, ShellName::Fish, ShellName::Elvish, ShellName::PowerShell] {
            for lang in [Lang::Fr, Lang::En] {
                let script = completions(shell, lang);
                for (written, _) in manual_commands(lang) {
                    assert!(script.contains(written.split(' ').next().unwrap()), "{shell:?} {written}");
                }
                for (written, _) in manual_options(lang) {
                    let name = written.split(' ').next().unwrap().trim_start_matches('-');
                    assert!(script.contains(name), "{shell:?} {name}");
                }
                assert!(script.contains("night"), "{shell:?}");
            }
        }
    }
}
