//! The table of options and commands in the language of the interface. The table itself is English; French is put over
//! it, argument by argument, and a test sees that none is left.

use crate::words::{Foot, Lang, french};
use clap::{Arg, ArgAction, Command};

/// Headings that end as French has them: a colon follows, after a no-break space.
const OPTIONS: &str = "Options\u{a0}";
/// The same.
const ARGUMENTS: &str = "Arguments\u{a0}";

/// Where the options of all commands stand among a command's own, and where the flags about the program do.
const GLOBAL: usize = 100;
/// The same.
const LAST: usize = 1000;

/// What values are called.
const VALUES: [(&str, &str); 10] = [
    ("LANG", "LANGUE"),
    ("THEME", "THÈME"),
    ("DIR", "DOSSIER"),
    ("NAME", "NOM"),
    ("FILE", "FICHIER"),
    ("TEXT", "TEXTE"),
    ("ITEM", "ÉTAPE"),
    ("RUN", "PARCOURS"),
    ("TEMPLATE", "MODÈLE"),
    ("URL", "ADRESSE"),
];

/// The English table in a language.
pub(super) fn in_language(table: Command, lang: Lang) -> Command {
    let table = ordered(table.after_help(Foot::say(lang)), GLOBAL).mut_subcommands(|sub| ordered(sub, 0));
    match lang {
        Lang::En => table.override_usage("jalon [OPTIONS] [GUIDE]\n       jalon [OPTIONS] COMMAND …"),
        Lang::Fr => {
            let table = table.override_usage("jalon [OPTIONS] [GUIDE]\n        jalon [OPTIONS] COMMANDE …");
            let table = over(table, &|arg: &Arg| told(arg, None)).disable_version_flag(true).arg(version());
            let table = table.subcommand_help_heading("Commandes\u{a0}").about(french("jalon").unwrap_or_default());
            table.mut_subcommands(|sub| {
                let name = sub.get_name().to_owned();
                let about = french(&name).map(str::to_owned);
                let sub = over(sub, &|arg: &Arg| told(arg, Some(&name)));
                match about {
                    Some(about) => sub.about(about),
                    None => sub,
                }
            })
        }
    }
}

/// Shows arguments in the order of the table.
fn ordered(command: Command, from: usize) -> Command {
    let mut place = from;
    command.mut_args(|arg| {
        place += 1;
        arg.display_order(place)
    })
}

/// Puts French over the arguments of one command.
fn over(command: Command, told: &dyn Fn(&Arg) -> Option<&'static str>) -> Command {
    let arguments = command.mut_args(|arg| {
        let value = arg.get_value_names().and_then(|names| names.first()).map(|name| name.to_string());
        let value =
            value.and_then(|name| VALUES.iter().find(|(english, _)| *english == name)).map(|(_, french)| *french);
        let help = told(&arg);
        let heading = if arg.is_positional() { ARGUMENTS } else { OPTIONS };
        let arg = arg.help_heading(heading);
        let arg = help.map_or(arg.clone(), |help| arg.help(help));
        value.map_or(arg.clone(), |value| arg.value_name(value))
    });
    arguments
        .help_template("{about-with-newline}\nUsage\u{a0}: {usage}\n\n{all-args}{after-help}")
        .disable_help_flag(true)
        .arg(flag("help", 'h', ArgAction::Help))
}

fn version() -> Arg {
    flag("version", 'V', ArgAction::Version)
}

fn flag(name: &'static str, short: char, action: ArgAction) -> Arg {
    let help = french(&format!("--{name}")).unwrap_or_default();
    Arg::new(name).long(name).short(short).action(action).help(help).help_heading(OPTIONS).display_order(LAST)
}

/// The French of an argument: a command's own, else that of all commands.
fn told(arg: &Arg, command: Option<&str>) -> Option<&'static str> {
    let value = || arg.get_value_names().and_then(|names| names.first()).map_or(String::new(), |name| name.to_string());
    let name = arg.get_long().map_or_else(value, |long| format!("--{long}"));
    command.and_then(|command| french(&format!("{command} {name}"))).or_else(|| french(&name))
}

#[cfg(test)]
mod tests {
    use super::super::options::table;
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_french() {
        let english = table(Lang::En);
        for arg in english.get_arguments() {
            assert!(told(arg, None).is_some(), "{}", arg.get_id());
        }
        for sub in english.get_subcommands() {
            assert!(french(sub.get_name()).is_some(), "{}", sub.get_name());
            for arg in sub.get_arguments() {
                assert!(told(arg, Some(sub.get_name())).is_some(), "{} {}", sub.get_name(), arg.get_id());
            }
        }
    }

    #[test]
    fn french_is_set_properly() {
        let help = table(Lang::Fr).render_help().to_string();
        for mark in [" :", " ;", " ?", " !", "« ", " »", "'"] {
            assert!(!help.contains(mark), "{mark:?} in {help}");
        }
        assert!(
            help.contains("Commandes\u{a0}:") && help.contains("Options\u{a0}:") && help.contains("DOSSIER"),
            "{help}"
        );
    }

    #[test]
    fn both_tables_read_the_same_arguments() {
        for lang in [Lang::Fr, Lang::En] {
            table(lang).debug_assert();
        }
        let names = |lang: Lang| {
            let mut built = table(lang);
            built.build();
            let own = |command: &Command| {
                let mut ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
                ids.sort();
                ids
            };
            built.get_subcommands().map(|sub| (sub.get_name().to_owned(), own(sub))).collect::<Vec<_>>()
        };
        assert_eq!(names(Lang::Fr), names(Lang::En));
    }
}
