//! Which command, or which other name, a mistyped word was meant as.

/// The command that a word nearly is.
pub fn nearest_command(word: &str) -> Option<&'static str> {
    const NAMES: [&str; 23] = [
        "show",
        "outline",
        "status",
        "next",
        "walk",
        "tick",
        "untick",
        "skip",
        "note",
        "undo",
        "redo",
        "contacts",
        "log",
        "share",
        "runs",
        "reset",
        "archive",
        "unarchive",
        "export",
        "import",
        "config",
        "completions",
        "man",
    ];
    nearest(word, NAMES)
}

/// The name that a word nearly is: the same but for one letter too many, missing, wrong, or two that changed places.
/// Which stroke joins its words does not count.
pub(super) fn nearest(word: &str, names: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let letters = |text: &str| text.chars().map(|c| if c == '_' { '-' } else { c }).collect::<Vec<char>>();
    let word = letters(word);
    names.into_iter().find(|name| letters(name) == word || one_slip(&word, &letters(name)))
}

fn one_slip(a: &[char], b: &[char]) -> bool {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = |of: &[char], skip: usize| of.get(head + skip..).map(<[char]>::to_vec);
    let swapped = a.get(head) == b.get(head + 1) && a.get(head + 1) == b.get(head);
    let same = |x: Option<Vec<char>>, y: Option<Vec<char>>| x.is_some() && x == y;
    same(rest(a, 1), rest(b, 1))
        || same(rest(a, 1), rest(b, 0))
        || same(rest(a, 0), rest(b, 1))
        || swapped && same(rest(a, 2), rest(b, 2))
}

#[cfg(test)]
mod tests {
    use super::super::manual_commands;
    use super::*;

    #[test]
    fn a_command_with_one_slip_is_known() {
        for slip in ["statsu", "stats", "statuss", "Status", "stauts"] {
            assert_eq!(nearest_command(slip), Some("status"), "{slip}");
        }
        for other in ["", "a.md", "status.md", "stat", "guide"] {
            assert_eq!(nearest_command(other), None, "{other}");
        }
        for (written, _) in manual_commands(crate::words::Lang::En) {
            let name = written.split(' ').next().unwrap();
            assert_eq!(nearest_command(&format!("{name}x")), Some(name));
        }
    }
}
