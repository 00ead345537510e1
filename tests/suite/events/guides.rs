//! Twenty guides to walk through, of every kind, some with nothing in them and some made to hurt; and what somebody
//! does to one in an editor.

use crate::hostile::small;

const EVIL: &str = "---\ntitle: \"x&#27;[31m\u{1b}]0;t\u{7}\"\n---\n# a&#27;[2J&#x9b;5n&#8238;b\u{202e}c\u{200b}d\n\n1. e\u{1b}]52;c;eA==\u{7}\n2. f\n\n\
    - [ ] g\u{9b}6n\n\n```sh\nh\u{1b}[?1003h\n```\n\n| i\u{7f} |\n|---|\n| j\u{0} |\n\n[k\u{2066}](https://a.fr/k) <mailto:l@m.fr>\n\n\
    ![n\u{1b}c](o.png)\n\n<details><summary>p&#27;c</summary>\n\nq\n\n</details>\n\n## r&#7;\n\n- **s\u{feff}**: t\n- **u**: v\n";

/// Guides whose names say what is odd about them.
const OWN: [(&str, &str); 9] = [
    ("nothing", ""),
    ("a paragraph", "un seul paragraphe, sans titre ni rien d’autre"),
    (
        "steps in steps and a heading in a quote",
        "# A\n\n1. un\n   1. un un\n   2. un deux\n2. deux\n\n> # B\n>\n> - [ ] c\n",
    ),
    (
        "values, tasks and scripts",
        "## Nos valeurs\n\n### 1. Une\n\n- [ ] x\n\n### 2. Deux\n\n# 日本語 👩‍👩‍👧 العربية\n\n| a | b |\n|---|---|\n| c | [d](#e) |\n",
    ),
    (
        "folds in folds and a front matter that is none",
        "---\ntitle: T\nx: [\n---\n<details><summary>s</summary>\n\n<details><summary>t</summary>\n\n# dedans\n\n1. a\n2. b\n\n</details>\n\n</details>\n",
    ),
    (
        "tables and notes",
        "| a | bb | c | d |\n|---|---|--:|:-:|\n| un[^1] | deux mots | trois | [q](#e) |\n| x | https://exemple.org/a/b/c/d/e | 日本語 | deux[^2] |\n\n[^1]: note\n[^2]:\n    > citée[^1]\n\n| seule |\n|---|\n",
    ),
    (
        "twins",
        "# Guide\n\n## Avant\n\n- [ ] Relire\n- [ ] Relire\n- [x] Relire\n\n## Après\n\n- [ ] Relire\n1. Relire\n2. Relire\n\n## Après\n\n- [ ] Relire\n",
    ),
    (
        "links to everywhere",
        "# Liens\n\n[a](1.md) [b](2.md#x) [c](#liens) [d](https://e.fr/x) [e](mailto:a@b.fr) [f](javascript:1) [g](../x.md) [h](3.md)\n\n- [ ] [i](4.md)\n\n<a id=\"x\"></a>\n\n[tel](tel:+33123456789)\n",
    ),
    ("words of escapes", EVIL),
];

/// The hostile ones, by name.
const HOSTILE: [(&str, usize); 6] = [
    ("nested lists", 30),
    ("columns of a table", 60),
    ("footnotes that cite each other", 40),
    ("details never closed", 30),
    ("one word of combining marks", 400),
    ("headings", 80),
];

/// The guides: their names and their texts.
pub fn guides() -> Vec<(&'static str, String)> {
    let files = [
        ("the built-in one", include_str!("../../../content/lancer-sa-communaute.md")),
        ("a workshop", include_str!("../guides/atelier.md")),
        ("an onboarding", include_str!("../guides/onboarding.md")),
        ("a runbook", include_str!("../guides/runbook.md")),
    ];
    let written = files.into_iter().chain(OWN).map(|(name, text)| (name, text.to_owned()));
    let many: String = (1..=60).map(|n| format!("## Partie {n}\n\n- [ ] Tâche {n}\n\nTexte {n}.\n\n")).collect();
    let hostile = HOSTILE.into_iter().map(|(name, n)| (name, small(name, n)));
    written.chain(hostile).chain([("sixty parts", many)]).collect()
}

/// The text after an edit: which one, and where, as any numbers.
pub fn edited(text: &str, how: usize, at: usize) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    let line = at % lines.len().max(1);
    match how % 8 {
        0 if !lines.is_empty() => _ = lines.remove(line),
        1 if !lines.is_empty() => lines.insert(line, lines[line]),
        2 => lines.insert(line, "\n## Une partie de plus\n\n- [ ] Et sa tâche\n"),
        3 if !lines.is_empty() => {
            let other = at / 7 % lines.len();
            lines.swap(line, other);
        }
        4 => return text.replacen("[ ]", "[x]", 1 + at % 3),
        5 => return text.replacen("[x]", "[ ]", 1 + at % 3),
        // Saved while the editor was still at it.
        6 => lines.truncate(line),
        _ => lines.rotate_left(line),
    }
    lines.join("\n") + "\n"
}
