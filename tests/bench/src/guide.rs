//! Guides as people write them, of any size: the same seed and size give the same bytes everywhere. Three marker words
//! stand in each, so that a harness sees on a terminal's raw bytes where it is: [`START`] in the first heading,
//! [`FOUND`] once at 97 %, [`END`] as the last word.

/// In the first heading.
pub const START: &str = "ZQXJ";
/// Once in a paragraph at 97 % of the guide: what is searched for.
pub const FOUND: &str = "WXQPZ";
/// The last word.
pub const END: &str = "QZVK";

const ENGLISH: &str = "we meet on the first Tuesday of each month and whoever comes brings a question that has no \
    answer yet because talks alone teach little while an honest problem told among peers opens more doors than ten \
    slides so write it down early keep it short say what you tried and leave room for what others saw before you";
const FRENCH: &str = "chaque équipe prépare son café où l'on échange sans détour sur ce qui marche et ce qui coince \
    à côté des métiers l'été reste propice aux idées déjà mûres grâce à des hôtes généreux qui prêtent leurs locaux \
    au cœur de la ville même là-bas près du fleuve bientôt naîtra un réseau très soudé prêt à s'épauler";
const ELSEWHERE: [&str; 6] = ["第一步", "東京の仲間", "한국어 안내", "检查清单", "手順を読む", "准备会议室"];
const EMOJI: [&str; 6] = ["🚲", "✅", "🗺️", "⚠️", "👩‍🔬", "🇫🇷"];
const CODE: [(&str, &str); 4] = [
    (
        "rust",
        "/// Sums what was counted.\nfn total(counts: &[u64]) -> Option<u64> {\n    let mut sum = 0_u64;\n    \
        for (nth, count) in counts.iter().enumerate() {\n        sum = sum.checked_add(count * nth as u64)?; // or none\
        \n    }\n    (sum > 7).then_some(sum)\n}\n",
    ),
    (
        "python",
        "import json\n\nclass Visit:\n    \"\"\"Une visite.\"\"\"\n    def __init__(self, who, when=None):\n        \
        self.who, self.when = who, when or 'été'\n\n    def dump(self) -> str:\n        return json.dumps(vars(self))\n",
    ),
    (
        "sh",
        "set -eu\nfor guide in \"$HOME\"/guides/*.md; do\n    [ -s \"$guide\" ] || continue # nothing to read\n    \
        wc -c < \"$guide\" | tee -a sizes.txt\ndone\n",
    ),
    (
        "toml",
        "[reader]\nwidth = 90\ntheme = \"night\" # day, night\n\n[[guides]]\nname = \"accueil\"\nsteps = [1, 2, 3]\n",
    ),
];

/// A guide of about so many bytes.
pub fn guide(bytes: usize, seed: u64) -> String {
    let mut writer = Writer { dice: Dice(seed), sections: 0, text: String::with_capacity(bytes + 4096) };
    writer.heading(1, START);
    writer.paragraph("");
    let found = format!("Here stands {FOUND} once.");
    // A section is some 1,500 bytes: the marker comes at 97 % all the same.
    while writer.text.len() < (bytes / 100 * 97).saturating_sub(1_000) {
        writer.section();
    }
    writer.paragraph(&found);
    while writer.text.len() + 1_500 < bytes {
        writer.section();
    }
    writer.text.push_str("The end of this guide is ");
    writer.text.push_str(END);
    writer.text.push('\n');
    writer.text
}

/// Numbers that look like chance and come again: splitmix64.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `below`.
    pub fn throw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    /// One of some.
    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.throw(of.len())]
    }
}

struct Writer {
    dice: Dice,
    sections: usize,
    text: String,
}

impl Writer {
    fn section(&mut self) {
        let level = [1, 2, 2, 2, 3, 3, 3, 4][self.dice.throw(8)];
        self.heading(level, "");
        for _ in 0..2 + self.dice.throw(5) {
            match self.dice.throw(10) {
                0..4 => self.paragraph(""),
                4 => self.bullets(),
                5 => self.steps(),
                6 => self.tasks(),
                7 => self.table(),
                8 => self.code(),
                _ => self.quote(),
            }
        }
    }

    fn words(&mut self, count: usize) -> String {
        let all: Vec<&str> = if self.dice.throw(3) == 0 { FRENCH } else { ENGLISH }.split_whitespace().collect();
        let from = self.dice.throw(all.len());
        let step = 1 + self.dice.throw(5);
        let words: Vec<&str> = (0..count).map(|n| all[(from + n * step) % all.len()]).collect();
        words.join(" ")
    }

    fn sentence(&mut self) -> String {
        let (before, after) = (2 + self.dice.throw(8), 2 + self.dice.throw(8));
        let (first, last, nth) = (self.words(before), self.words(after), self.sections);
        let word = self.words(2);
        let middle = match self.dice.throw(16) {
            0 | 1 => format!(" **{word}**"),
            2 => format!(" *{word}*"),
            3 => format!(" `{}_{nth}`", word.replace([' ', '\''], "_")),
            4 | 5 => format!(" [{word}](https://exemple.fr/{nth}/{before})"),
            6 => format!(" ~~{word}~~"),
            7 => format!(" {}", self.dice.pick(&ELSEWHERE)),
            8 => format!(" {}", self.dice.pick(&EMOJI)),
            _ => String::new(),
        };
        let mut letters = first.chars();
        let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        format!("{capital}{}{middle} {last}{}", letters.as_str(), self.dice.pick(&[".", ".", ".", " ?", " !"]))
    }

    fn paragraph(&mut self, more: &str) {
        for n in 0..2 + self.dice.throw(5) {
            let sentence = self.sentence();
            self.text.push_str(&sentence);
            self.text.push(' ');
            if n == 0 && !more.is_empty() {
                self.text.push_str(more);
                self.text.push(' ');
            }
        }
        self.end();
    }

    fn heading(&mut self, level: usize, word: &str) {
        self.sections += 1;
        let count = 2 + self.dice.throw(4);
        let line = format!("{} {word} {} {}", "#".repeat(level), self.words(count), self.sections);
        self.text.push_str(&line.replace("  ", " "));
        self.end();
    }

    fn bullets(&mut self) {
        for _ in 0..3 + self.dice.throw(4) {
            let sentence = self.sentence();
            self.line(&format!("- {sentence}"));
            if self.dice.throw(3) == 0 {
                let (one, two) = (self.words(6), self.words(5));
                self.line(&format!("  - {one}\n    1. {two}"));
            }
        }
        self.text.push('\n');
    }

    fn steps(&mut self) {
        for n in 1..4 + self.dice.throw(5) {
            let sentence = self.sentence();
            self.line(&format!("{n}. {sentence}"));
        }
        self.text.push('\n');
    }

    fn tasks(&mut self) {
        for _ in 0..3 + self.dice.throw(4) {
            let (mark, words) = (self.dice.pick(&[" ", "x"]), self.words(7));
            self.line(&format!("- [{mark}] {words}"));
        }
        self.text.push('\n');
    }

    fn table(&mut self) {
        self.line("| Quoi | Count | État | Remarque |\n|:--|--:|:-:|---|");
        for _ in 0..3 + self.dice.throw(7) {
            let row = self.row();
            self.line(&row);
        }
        self.text.push('\n');
    }

    fn row(&mut self) -> String {
        let (name, note, count) = (self.words(2), self.words(3), self.dice.throw(100_000));
        let state = self.dice.pick(&["oui", "non", "檢查", "✅", "⚠️"]);
        format!("| {name} | {count} | {state} | `n{count}` {note} |")
    }

    fn code(&mut self) {
        let (language, text) = CODE[self.dice.throw(CODE.len())];
        let times = 1 + self.dice.throw(2);
        self.line(&format!("```{language}\n{}```", text.repeat(times)));
        self.text.push('\n');
    }

    fn quote(&mut self) {
        let (one, two) = (self.sentence(), self.sentence());
        self.line(&format!("> {one}\n>\n> {two}"));
        self.text.push('\n');
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// Ends a block.
    fn end(&mut self) {
        self.text.truncate(self.text.trim_end().len());
        self.text.push_str("\n\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guide_has_its_size_and_its_markers_and_comes_again() {
        for bytes in [10_000, 1_000_000] {
            let guide = guide(bytes, 1);
            assert!(guide.len().abs_diff(bytes) < 3_000, "{}", guide.len());
            for marker in [START, FOUND, END] {
                assert_eq!(guide.matches(marker).count(), 1, "{marker}");
            }
            assert!(guide.find(FOUND).is_some_and(|at| at > guide.len() * 9 / 10));
            assert_eq!(guide, super::guide(bytes, 1));
            assert_ne!(guide, super::guide(bytes, 2));
        }
    }

    #[test]
    fn a_guide_holds_all_that_guides_hold() {
        let guide = guide(100_000, 1);
        for part in ["\n## ", "\n- ", "\n1. ", "\n- [x] ", "\n| ", "\n```rust\n", "\n> ", "**", "](https://", "é", "第"]
        {
            assert!(guide.contains(part), "{part}");
        }
    }
}
