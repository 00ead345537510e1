//! Guides made to hurt: each from a number of repetitions, so that a test can take few, the campaign many, and the
//! cost of twice as many can be compared. The first 25 are ideas known from CommonMark parsers' own tests, the next
//! 16 are `trust.md`'s own, and the rest aim at what a reader on a screen does beyond parsing.

use std::fmt::Write;

/// A family of hostile guides.
pub struct Input {
    /// What it is made of.
    pub name: &'static str,
    /// Makes it of so many repetitions.
    pub make: fn(usize) -> String,
    /// Repetitions of the campaign.
    pub full: usize,
}

/// All of them.
pub const INPUTS: [Input; 68] = [
    input("nested strong emphasis", 65_000, |n| format!("{}b{}", "*a **a ".repeat(n), " a** a*".repeat(n))),
    input("emphasis closed and never opened", 65_000, |n| "a_ ".repeat(n)),
    input("emphasis opened and never closed", 65_000, |n| "_a ".repeat(n)),
    input("links closed and never opened", 65_000, |n| "a]".repeat(n)),
    input("links opened and never closed", 65_000, |n| "[a".repeat(n)),
    input("emphasis of two kinds that never match", 50_000, |n| "*a_ ".repeat(n)),
    input("runs of two and three that never match", 50_000, |n| format!("a**b{}", "c* ".repeat(n))),
    input("links opened and emphasis closed", 50_000, |n| "[ a_".repeat(n)),
    input("brackets that nearly are links", 80_000, |n| "[ (](".repeat(n)),
    input("images that nearly are", 80_000, |n| "![[]()".repeat(n)),
    input("nested brackets", 50_000, |n| format!("{}a{}", "[".repeat(n), "]".repeat(n))),
    input("nested quotes", 50_000, |n| format!("{}a", "> ".repeat(n))),
    input("nested lists", 1_000, nested_lists),
    // Behind the part of a file that is looked at to tell text from other things.
    input("NUL bytes", 1_000_000, |n| format!("{}{}def", "abc ".repeat(2_500), "\0".repeat(n))),
    input("runs of backticks, each longer than the last", 5_000, growing_backticks),
    input("link targets in brackets never closed", 30_000, |n| "[a](<b".repeat(n)),
    input("link targets never closed", 30_000, |n| "[a](b".repeat(n)),
    input("comments never closed", 300_000, |n| format!("</{}", "<!--".repeat(n))),
    input("instructions never closed", 300_000, |n| format!("</{}", "<?".repeat(n))),
    input("declarations never closed", 300_000, |n| format!("</{}", "<!A ".repeat(n))),
    input("CDATA never closed", 300_000, |n| format!("</{}", "<![CDATA[".repeat(n))),
    input("blank lines in a deep list", 30_000, |n| format!("{}x{}", "- ".repeat(n), "\n".repeat(n))),
    input("blank lines in a deep list in a quote", 30_000, |n| format!("> {}x\n{}", "- ".repeat(n), ">\n".repeat(n))),
    input("emphasis in a deep quote", 100_000, |n| format!("{}{}", ">".repeat(n), "a*".repeat(n))),
    input("nested emphasis", 60_000, |n| format!("{}a{}", "*".repeat(n), "*".repeat(n))),
    input("footnotes opened at line starts", 50_000, |n| "[^\n".repeat(n)),
    input("wiki links of nothing", 50_000, |n| "[[|]]".repeat(n)),
    input("columns of a table", 2_000, wide_table),
    input("rows of a table", 5_000, long_table),
    input("one line without spaces", 20_000_000, |n| "x".repeat(n)),
    input("one word of combining marks", 20_000_000, |n| format!("e{}", "\u{301}".repeat(n / 2))),
    input("headings", 100_000, |n| numbered(n, |i, all| writeln!(all, "{} {i}. Partie {i}\n", "#".repeat(1 + i % 6)))),
    input("list items", 100_000, |n| numbered(n, |i, all| writeln!(all, "{i}. [ ] Faire la chose {i}."))),
    input("link definitions", 50_000, |n| {
        numbered(n, |i, all| writeln!(all, "[l{i}]: https://exemple.fr/{i}\n\n[l{i}] [l{}]\n", n - i))
    }),
    input("front matter", 1_000_000, |n| format!("---\n{}---\n\n# Titre\n", "clef: valeur\n".repeat(n / 13))),
    input("aliases of aliases", 4_000, alias_bomb),
    input("lines in a fence", 200_000, |n| format!("```rust\n{}```\n", "let a = [1, 2]; // ?\n".repeat(n))),
    input("footnotes that cite each other", 10_000, |n| {
        numbered(n, |i, all| writeln!(all, "[^{i}]: Voir[^{}] et[^{}].\n", i * 7 % n, n - 1 - i))
    }),
    input("images in a paragraph", 50_000, |n| numbered(n, |i, all| write!(all, "![vue {i}](/{i}.png) "))),
    input("styled runs", 100_000, |n| "*a* **b** `c` ".repeat(n / 3)),
    input("hard breaks", 200_000, |n| "ligne\\\n".repeat(n)),
    input("paragraphs of HTML in a deep quote", 50_000, |n| format!("{}{}", "> ".repeat(n), "<p>a".repeat(n))),
    input("details never closed", 50_000, |n| format!("{}{}", "<details>\n\n".repeat(n), "mot\n\n".repeat(n))),
    input("tags closed in the wrong order", 50_000, |n| {
        format!("x {}a{}{}", "<b>".repeat(n) + &"<i>".repeat(n), "</b>a".repeat(n), "</i>a".repeat(n))
    }),
    input("links in links of HTML", 50_000, |n| {
        let open = |i: usize, all: &mut String| write!(all, "<a href='/{i}'>a");
        format!("x {}{}", numbered(n, open), "</a>".repeat(n))
    }),
    input("a long title over many steps", 50_000, |n| {
        let step = |i: usize, all: &mut String| writeln!(all, "## {i}. a\n\n1. b\n2. c\n");
        format!("# {}\n\n{}", "titre ".repeat(n), numbered(n, step))
    }),
    input("a title of one word", 10_000_000, |n| format!("# {}\n\n1. a\n2. b\n", "é".repeat(n / 2))),
    input("marks after an address", 5_000_000, |n| format!("https://a.fr/{}", ";".repeat(n))),
    input("entities after an address", 1_000_000, |n| format!("https://a.fr/{}", "&amp;copy;)".repeat(n))),
    input("bare addresses", 100_000, |n| numbered(n, |i, all| writeln!(all, "a{i}@exemple.fr https://a.fr/{i}"))),
    input("spaces between two sentences", 10_000_000, |n| format!("1. [ ] a b.{}C\n", " ".repeat(n))),
    input("values in values", 100_000, |n| format!("# Valeurs\n\n{}**a** : {}\n", "- ".repeat(n), "mot ".repeat(n))),
    input("one emoji of many", 1_000_000, |n| "👩\u{200d}".repeat(n)),
    input("soft hyphens", 5_000_000, |n| "\u{ad}".repeat(n)),
    // The parser fills rows up with empty cells: at most 2^18 of them, or this would grow with the square.
    input("columns times rows of nothing", 8_000, |n| {
        format!("{}|\n{}|\n{}", "|a".repeat(n), "|-".repeat(n), "|a|\n".repeat(n))
    }),
    input("a long target, referred to often", 100_000, |n| {
        format!("[a]: /{}\n\n{}", "x".repeat(n), "![][a] [b][a] ".repeat(n))
    }),
    input("one long target", 10_000_000, |n| format!("[a](</{}>) ![](</{0}>)", "x".repeat(n / 2))),
    input("dollars", 300_000, |n| format!("{}\n\n{}", "$a ".repeat(n), "$$ a ".repeat(n))),
    input("tildes", 300_000, |n| format!("{}\n\n{}", "~~a ".repeat(n), "~a~~ ".repeat(n))),
    input("lone carriage returns", 10_000_000, |n| format!("a{}b", "\r".repeat(n))),
    input("lines of blanks", 1_000_000, |n| format!("a\n{}b", " \t \n".repeat(n))),
    input("tabs in code", 5_000_000, |n| format!("```sh\n{}x\n```\n", "\t".repeat(n))),
    input("footnotes in footnotes", 100_000, |n| numbered(n, |i, all| write!(all, "[^{i}]: "))),
    input("alerts", 100_000, |n| "> [!NOTE]\n> a\n\n".repeat(n)),
    input("lines of a heading", 200_000, |n| format!("{}===\n", "mot\n".repeat(n))),
    input("a word of a language", 5_000_000, |n| format!("```{}\na\n```\n", "x".repeat(n))),
    input("escapes", 1_000_000, |n| format!("{}{}", "\\*".repeat(n), "&#27;[2J".repeat(n / 8))),
    input("nested definitions of one name", 100_000, |n| "[a]: b\n".repeat(n) + &"[a]".repeat(n)),
];

const fn input(name: &'static str, full: usize, make: fn(usize) -> String) -> Input {
    Input { name, make, full }
}

fn numbered(n: usize, one: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let mut all = String::new();
    for i in 0..n {
        one(i, &mut all).unwrap();
    }
    all
}

/// The indent alone grows with the square: cost is judged by byte here.
fn nested_lists(n: usize) -> String {
    numbered(n, |i, all| writeln!(all, "{}* a", "  ".repeat(i)))
}

fn growing_backticks(n: usize) -> String {
    numbered(n, |i, all| write!(all, "e{}", "`".repeat(i)))
}

fn wide_table(n: usize) -> String {
    let cells = |i: usize| numbered(n, |c, all| write!(all, "| cellule {i}·{c} "));
    format!("{}|\n{}|\n{}|\n{}|\n", cells(0), "|---".repeat(n), cells(1), cells(2))
}

fn long_table(n: usize) -> String {
    let row = |i: usize, all: &mut String| writeln!(all, "| rangée {i} | {} | *c* | d |", "mot ".repeat(i % 40));
    format!("| a | b | c | d |\n|---|:-:|--:|---|\n{}", numbered(n, row))
}

/// Each key doubles what the one before stands for.
fn alias_bomb(n: usize) -> String {
    let line = |i: usize, all: &mut String| match i {
        0 => writeln!(all, "k0: &a0 [x, x]"),
        _ => writeln!(all, "k{i}: &a{i} [*a{}, *a{}]", i - 1, i - 1),
    };
    format!("---\n{}---\n\n# Titre\n", numbered(n.min(2_000), line))
}
