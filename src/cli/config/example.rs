//! The example of a configuration file: every setting with what it is for and its default, all keys, a theme. Written
//! from the tables that the reader itself goes by, so it cannot be behind.

use super::value::{quoted, sample};
use crate::app::{Where, bindings};
use crate::theme::{Ground, Role};
use crate::words::{ConfigWord, Lang, Setting};

/// Columns of a comment.
const WIDTH: usize = 98;

/// The name of the theme in the example.
const MINE: &str = "mine";

/// Inks that show what one can write; all can be read on the ground of `night`.
const INKS: [(Role, &str); 4] = [
    (Role::Heading1, "#9ecbff bold"),
    (Role::Link, "#9ecbff underlined"),
    (Role::Selected, "#ffffff on #2b3650 bold"),
    (Role::Muted, "#a8b0bf"),
];

/// The example in a language: a file that changes nothing until a `#` is taken away.
pub fn example(lang: Lang) -> String {
    let mut out = comment(&ConfigWord::Example.say(lang));
    for setting in Setting::ALL {
        out.push('\n');
        out.push_str(&comment(setting.say(lang)));
        out.push_str(&format!("#{} = {}\n", setting.name(), sample(setting).written()));
    }
    out.push('\n');
    out.push_str(&comment(&ConfigWord::Keys.say(lang)));
    for place in Where::ALL {
        out.push_str(&format!("\n[keys.{}]\n", place.name()));
        let rows: Vec<(String, &str)> = bindings()
            .iter()
            .filter(|binding| binding.place == place)
            .map(|binding| (row(binding.action.name(), &binding.keys), binding.action.long(lang)))
            .collect();
        let widest = rows.iter().map(|(row, _)| row.chars().count()).max().unwrap_or_default();
        out.extend(rows.iter().map(|(row, long)| format!("#{row:widest$}  # {long}\n")));
    }
    out.push('\n');
    out.push_str(&comment(&ConfigWord::Themes.say(lang)));
    out.push_str(&format!("\n#[themes.{MINE}]\n#base = \"night\"\n"));
    out.push_str(&comment(&ConfigWord::Roles.say(lang)));
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
    out.push_str(&comment(&roles.join(", ")));
    out.push_str(&format!("#{} = \"#101218\"\n", Ground::NAMES[0].0));
    out.extend(INKS.iter().map(|(role, ink)| format!("#{} = {}\n", role.name(), quoted(ink))));
    out
}

/// An action with its keys, as the file has them.
pub(super) fn row(action: &str, keys: &[crate::app::Key]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| quoted(&key.spelled())).collect();
    format!("{action} = [{}]", keys.join(", "))
}

/// A text as comments, broken at its spaces.
fn comment(text: &str) -> String {
    let mut out = String::new();
    let mut line = String::from("#");
    for word in text.split(' ') {
        if line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line.push_str(word);
    }
    out + &line + "\n"
}

#[cfg(test)]
mod tests {
    use super::super::value::default;
    use super::super::{Config, read};
    use super::*;
    use crate::app::Keymap;
    use crate::theme::{Theme, ThemeChoice, Themed};

    /// The example with every `#` that hides a line taken away; comments have a blank after theirs.
    fn uncommented(lang: Lang) -> String {
        let bare = |line: &str| line.strip_prefix('#').filter(|rest| !rest.starts_with(' ')).unwrap_or(line).to_owned();
        example(lang).lines().map(bare).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn the_example_as_it_is_changes_nothing() {
        for lang in [Lang::Fr, Lang::En] {
            assert_eq!(read(&example(lang)), (Config::default(), Vec::new()));
        }
    }

    #[test]
    fn the_example_with_all_of_it_taken_in_gives_the_defaults_and_nothing_to_complain_of() {
        for lang in [Lang::Fr, Lang::En] {
            let (config, flaws) = read(&uncommented(lang));
            assert_eq!(flaws, []);
            assert_eq!(config.values.len(), Setting::ALL.len());
            for (setting, value) in &config.values {
                assert_eq!(*value, default(*setting).unwrap_or_else(|| sample(*setting)), "{setting:?}");
            }
            assert_eq!(config.wishes.len(), bindings().len());
            assert_eq!(Keymap::remapped(&config.wishes), (Keymap::default(), Vec::new()));
        }
    }

    #[test]
    fn the_theme_of_the_example_is_another_one_than_its_base() {
        let (config, _) = read(&uncommented(Lang::En));
        let mine = config.themes.first().expect("it has one").clone();
        let theme = Theme { named: ThemeChoice::Own(mine).themed(None), colour: true };
        let night = Theme { named: Themed::Night, colour: true };
        assert!(INKS.iter().all(|(role, _)| theme.style(*role) != night.style(*role)));
        assert_eq!(theme.style(Role::Danger), night.style(Role::Danger));
    }

    #[test]
    fn the_example_documents_every_setting_action_and_role() {
        let text = example(Lang::Fr);
        assert!(text.lines().all(|line| line.chars().count() <= 140), "{text}");
        assert!(Setting::ALL.iter().all(|s| text.contains(&format!("\n#{} = ", s.name()))));
        assert!(Role::ALL.iter().all(|role| text.contains(role.name())));
        assert!(bindings().iter().all(|b| text.contains(b.action.long(Lang::Fr))));
    }
}
