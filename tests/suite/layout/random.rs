//! Random guides: Markdown put together from pieces that people write and from some that they should not.

use proptest::prelude::*;

/// How much is tried. What failed is written into a test of its own, not into a file beside the sources.
pub(super) fn cases() -> ProptestConfig {
    ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() }
}

/// A guide's source.
pub(super) fn source() -> impl Strategy<Value = String> {
    prop::collection::vec(block(), 0..9).prop_map(|blocks| blocks.concat())
}

/// Words that wrap badly.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "mot",
        "un",
        "a",
        "« oui »",
        "« non",
        "non »",
        "vraiment ?",
        "si !",
        "donc : ainsi",
        "10\u{A0}000\u{202F}€",
        "50 %",
        "anticonstitutionnellement",
        "https://exemple.org/a/b_c?d=e&f=g",
        "日本語",
        "👩‍👩‍👧",
        "🇫🇷",
        "e\u{301}te\u{301}",
        "inter\u{AD}national",
        "*biais*",
        "**gras**",
        "`code  ici`",
        "[lien](x)",
        "![image](y)",
        "![](z.png)",
        "[^1]",
        "<kbd>K</kbd>",
        "السلام",
        "$x$",
        "a<br>b",
        "a\\\nb",
        "\u{301}",
        "&nbsp;",
        "\t",
        "-",
        "1.",
    ]);
    prop::collection::vec(word, 1..14).prop_map(|words| words.join(" "))
}

fn block() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => words().prop_map(|w| format!("{w}\n\n")),
        2 => (1..=6usize, words()).prop_map(|(n, w)| format!("{} {}\n\n", "#".repeat(n), w.replace('\n', " "))),
        1 => Just("---\n\n".to_owned()),
        1 => Just("$$x^2$$\n\n".to_owned()),
        1 => prop::collection::vec("[ \ta-z?!é日]{0,30}", 0..5).prop_map(|l| format!("~~~rust\n{}\n~~~\n\n", l.join("\n"))),
        1 => table(),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let many = prop::collection::vec(inner, 1..4);
        prop_oneof![
            many.clone().prop_map(|b| inside(&b.concat(), "> ", "> ")),
            many.clone().prop_map(|b| inside(&b.concat(), "> [!NOTE]\n> ", "> ")),
            many.clone().prop_map(|b| b.iter().map(|b| inside(b, "- ", "  ")).collect()),
            many.clone().prop_map(|b| b.iter().map(|b| inside(b, "- [x] ", "  ")).collect()),
            many.clone().prop_map(|b| b.iter().map(|b| inside(b, "9. ", "   ")).collect()),
            many.clone().prop_map(|b| inside(&b.concat(), "[^1]: ", "    ")),
            many.prop_map(|b| format!("<details>\n<summary>résumé</summary>\n\n{}\n\n</details>\n\n", b.concat())),
        ]
    })
}

fn table() -> impl Strategy<Value = String> {
    (1..5usize).prop_flat_map(|columns| {
        let row = move || {
            let cell = words().prop_map(|w| w.replace(['\n', '|'], " "));
            prop::collection::vec(cell, columns).prop_map(|cells| format!("| {} |\n", cells.join(" | ")))
        };
        (row(), prop::collection::vec(row(), 0..4))
            .prop_map(move |(head, rows)| format!("{head}|{}\n{}\n", ":-:|".repeat(columns), rows.concat()))
    })
}

fn inside(block: &str, first: &str, then: &str) -> String {
    let mut out = String::new();
    for (n, line) in block.trim_end().lines().enumerate() {
        out += if n == 0 { first } else { then };
        out += line;
        out += "\n";
    }
    out + "\n"
}
