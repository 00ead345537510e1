//! Guides of one block that does not end: what no cutting into sections helps with. Each has the three markers of
//! [`crate::guide`]: in a heading above, at 97 % of the block, and below it.

use crate::guide::{Dice, END, FOUND, START};
use std::fmt::Write;

/// One of the endless guides.
pub struct Endless {
    /// What it is, as a file's stem.
    pub name: &'static str,
    /// Of how many parts: words, items, rows, lines.
    pub parts: usize,
    write: fn(&mut String, usize, &str),
}

/// All of them.
pub const ALL: [Endless; 4] = [
    // 20 MB.
    Endless { name: "paragraph", parts: 2_850_000, write: word },
    Endless { name: "list", parts: 300_000, write: item },
    Endless { name: "table", parts: 100_000, write: row },
    Endless { name: "fence", parts: 1_000_000, write: line },
];

const WORDS: [&str; 12] = [
    "chemin",
    "étape",
    "guide",
    "water",
    "*often*",
    "`code`",
    "près",
    "l'été",
    "**fort**",
    "日本語",
    "small",
    "[lien](/a)",
];

impl Endless {
    /// The guide with so many parts.
    pub fn guide(&self, parts: usize) -> String {
        let mut text = format!("# {START} {}\n\n", self.name);
        let (open, close) = match self.name {
            "table" => ("| a | nombre | suite |\n|---|--:|---|\n", ""),
            "fence" => ("```rust\n", "```\n"),
            _ => ("", ""),
        };
        text.push_str(open);
        let mut dice = Dice(7);
        for n in 0..parts {
            let word = if n == parts / 100 * 97 { FOUND } else { dice.pick(&WORDS) };
            (self.write)(&mut text, n, word);
        }
        let _ = write!(text, "\n{close}\nThe end of this guide is {END}\n");
        text
    }
}

fn word(text: &mut String, n: usize, word: &str) {
    text.push_str(word);
    // Lines as people type them, or a parser would see one line of 20 MB.
    text.push(if n % 12 == 11 { '\n' } else { ' ' });
}

fn item(text: &mut String, n: usize, word: &str) {
    let _ = writeln!(text, "- [ ] {n} {word} to do by tomorrow, {word} included");
}

fn row(text: &mut String, n: usize, word: &str) {
    let _ = writeln!(text, "| {word} | {n} | {word} and a few words more |");
}

fn line(text: &mut String, n: usize, word: &str) {
    let _ = writeln!(text, "let value_{n} = call(\"{word}\", {n}); // {word}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use jalon::guide::{BlockKind, Guide, Origin};

    #[test]
    fn each_is_one_block_or_one_list_with_its_markers() {
        for endless in &ALL {
            let text = endless.guide(1_000);
            for marker in [START, FOUND, END] {
                assert!(text.contains(marker), "{} {marker}", endless.name);
            }
            let guide = Guide::parse(&text, &Origin::default());
            let table = guide.blocks().any(|(_, b)| matches!(&b.kind, BlockKind::Table(t) if t.rows.len() == 1_001));
            match endless.name {
                "list" => assert_eq!(guide.items.len(), 1_000),
                "table" => assert!(table),
                _ => assert_eq!(guide.block_count(), 3, "{}", endless.name),
            }
        }
    }
}
