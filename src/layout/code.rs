//! Code's colours: syntect's scopes become roles. The only file that names `syntect`. Pure and slow: called by the
//! worker, never while drawing.

use crate::theme::Role;
use std::ops::Range;
use std::sync::LazyLock;
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// A longer block stays plain.
pub(super) const MOST_BYTES: usize = 256 * 1024;

/// Lines that are coloured; the rest of the block stays plain.
const MOST_LINES: usize = 2_000;

/// A longer line stays plain.
const LONGEST_LINE: usize = 4 * 1024;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Scopes' names and the roles that they have; the longest name that a scope begins with counts.
const ROLES: &[(&str, Option<Role>)] = &[
    ("comment", Some(Role::CodeComment)),
    ("punctuation.definition.comment", Some(Role::CodeComment)),
    ("string", Some(Role::CodeString)),
    ("punctuation.definition.string", Some(Role::CodeString)),
    ("constant", Some(Role::CodeNumber)),
    ("constant.character.escape", Some(Role::CodeNumber)),
    ("keyword", Some(Role::CodeKeyword)),
    ("keyword.operator", Some(Role::CodePunctuation)),
    ("keyword.operator.word", Some(Role::CodeKeyword)),
    ("keyword.operator.logical", Some(Role::CodePunctuation)),
    ("storage", Some(Role::CodeKeyword)),
    ("variable.language", Some(Role::CodeKeyword)),
    ("variable.function", Some(Role::CodeFunction)),
    ("entity.name", Some(Role::CodeType)),
    ("entity.name.function", Some(Role::CodeFunction)),
    ("entity.name.macro", Some(Role::CodeFunction)),
    ("entity.name.tag", Some(Role::CodeKeyword)),
    ("entity.name.label", Some(Role::CodeNumber)),
    ("entity.other.inherited-class", Some(Role::CodeType)),
    ("entity.other.attribute-name", Some(Role::CodeFunction)),
    ("support.function", Some(Role::CodeFunction)),
    ("support.macro", Some(Role::CodeFunction)),
    ("support.type", Some(Role::CodeType)),
    ("support.class", Some(Role::CodeType)),
    ("support.constant", Some(Role::CodeNumber)),
    ("punctuation", Some(Role::CodePunctuation)),
    ("markup.inserted", Some(Role::CodeString)),
    ("markup.deleted", Some(Role::CodeNumber)),
    ("markup.heading", Some(Role::CodeKeyword)),
    // What stands inside a string and is code again has the colours of code.
    ("meta.interpolation", None),
    ("meta.embedded", None),
];

static RULES: LazyLock<Vec<(Scope, Option<Role>)>> = LazyLock::new(|| {
    let scopes = ROLES.iter().filter_map(|(name, role)| Scope::new(name).ok().map(|scope| (scope, *role)));
    scopes.collect()
});

/// The roles of a block of code, in order and not overlapping; what is plain code has none. An unknown language and
/// code beyond the budgets give nothing. `keep_going` is asked before each line: when it says no, the rest stays plain.
pub fn colour(language: &str, text: &str, keep_going: &dyn Fn() -> bool) -> Vec<(Range<u32>, Role)> {
    let Some(syntax) = syntax(language).filter(|_| text.len() <= MOST_BYTES) else { return Vec::new() };
    let mut state = ParseState::new(syntax);
    let mut scopes = ScopeStack::new();
    let mut found: Vec<(Range<u32>, Role)> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n').take(MOST_LINES) {
        if !keep_going() {
            break;
        }
        if line.len() <= LONGEST_LINE && colour_line(line, start, &mut state, &mut scopes, &mut found).is_none() {
            break;
        }
        start += line.len();
    }
    found
}

/// Whether code in this language can be coloured.
fn syntax(language: &str) -> Option<&'static SyntaxReference> {
    let lower = language.to_ascii_lowercase();
    let token = match lower.as_str() {
        "" | "text" | "plain" | "plaintext" | "txt" | "mermaid" => return None,
        "shell" | "console" | "shell-session" | "zsh" => "sh",
        "golang" => "go",
        "jsonc" | "json5" => "json",
        "docker" => "dockerfile",
        "c++" => "cpp",
        "csharp" | "c#" => "cs",
        "node" | "mjs" | "cjs" => "js",
        "python3" => "py",
        other => other,
    };
    SYNTAXES.find_syntax_by_token(token)
}

/// Colours one line. None where the syntax is at fault: the rest of the block stays plain.
fn colour_line(
    line: &str,
    start: usize,
    state: &mut ParseState,
    scopes: &mut ScopeStack,
    found: &mut Vec<(Range<u32>, Role)>,
) -> Option<()> {
    let operations = state.parse_line(line, &SYNTAXES).ok()?;
    let text = line.trim_end_matches('\n').len();
    let mut at = 0;
    for (next, operation) in &operations {
        add(found, start + at..start + text.min(*next), role(scopes));
        at = *next;
        scopes.apply(operation).ok()?;
    }
    add(found, start + at..start + text, role(scopes));
    Some(())
}

fn add(found: &mut Vec<(Range<u32>, Role)>, range: Range<usize>, role: Option<Role>) {
    let (Some(role), Ok(start), Ok(end)) = (role, u32::try_from(range.start), u32::try_from(range.end)) else { return };
    if start >= end {
        return;
    }
    match found.last_mut() {
        Some((last, r)) if *r == role && last.end == start => last.end = end,
        _ => found.push((start..end, role)),
    }
}

/// Keys of JSON: strings by their form, names by what they are.
static KEYS: LazyLock<Option<Scope>> = LazyLock::new(|| Scope::new("meta.mapping.key").ok());

/// The role of the innermost scope that has one.
fn role(scopes: &ScopeStack) -> Option<Role> {
    if KEYS.is_some_and(|key| scopes.as_slice().iter().any(|scope| key.is_prefix_of(*scope))) {
        return Some(Role::CodeKeyword);
    }
    let rule = |scope: &Scope| {
        let rules = RULES.iter().filter(|(rule, _)| rule.is_prefix_of(*scope));
        rules.max_by_key(|(rule, _)| rule.len()).map(|(_, role)| *role)
    };
    scopes.as_slice().iter().rev().find_map(rule).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(language: &str, text: &str) -> Vec<(String, Role)> {
        let coloured = colour(language, text, &|| true);
        let part = |r: Range<u32>| text.get(r.start as usize..r.end as usize).unwrap().to_owned();
        coloured.into_iter().map(|(r, role)| (part(r), role)).collect()
    }

    #[test]
    fn rust_is_coloured_by_what_its_words_are() {
        let found = roles("rust", "// why\nfn twice(n: u32) -> u32 { n * 2 }\nlet s = \"é\";\n");
        for (text, role) in [
            ("// why", Role::CodeComment),
            ("fn", Role::CodeKeyword),
            ("twice", Role::CodeFunction),
            ("->", Role::CodePunctuation),
            ("2", Role::CodeNumber),
            ("\"é\"", Role::CodeString),
        ] {
            assert!(found.contains(&(text.to_owned(), role)), "{text} {role:?} in {found:?}");
        }
    }

    #[test]
    fn a_key_is_no_string() {
        let found = roles("json", "{\"name\": \"jalon\"}");
        assert!(found.contains(&("\"name\"".into(), Role::CodeKeyword)), "{found:?}");
        assert!(found.contains(&("\"jalon\"".into(), Role::CodeString)), "{found:?}");
    }

    #[test]
    fn ranges_are_in_order_and_on_characters() {
        let text = "echo \"é $HOME\" | tr a-z A-Z # où ?\nif [ -f é ]; then :; fi";
        let found = colour("sh", text, &|| true);
        assert!(!found.is_empty());
        assert!(found.windows(2).all(|w| w[0].0.end <= w[1].0.start));
        assert!(found.iter().all(|(r, _)| text.get(r.start as usize..r.end as usize).is_some()));
    }

    #[test]
    fn an_unknown_language_is_plain() {
        assert!(colour("klingon", "fn x() {}", &|| true).is_empty());
        assert!(colour("", "fn x() {}", &|| true).is_empty());
    }

    #[test]
    fn what_is_beyond_the_budgets_is_plain() {
        let long = format!("let a = 1;\n// {}\nlet b = 2;", "x".repeat(LONGEST_LINE));
        let found = colour("rust", &long, &|| true);
        assert!(found.iter().any(|(r, _)| r.start > LONGEST_LINE as u32), "lines after a long one are coloured");
        assert!(!found.iter().any(|(_, role)| *role == Role::CodeComment));
        assert!(colour("rust", &"let a = 1;\n".repeat(30_000), &|| true).is_empty(), "too many bytes");
        let tall = colour("rust", &"let a;\n".repeat(3_000), &|| true);
        assert!(tall.last().is_some_and(|(r, _)| r.end <= 7 * MOST_LINES as u32));
    }

    #[test]
    fn it_stops_when_told() {
        let asked = std::cell::Cell::new(0);
        let found = colour("rust", &"let a = 1;\n".repeat(100), &|| {
            asked.set(asked.get() + 1);
            asked.get() <= 3
        });
        assert!(found.iter().all(|(r, _)| r.end <= 33));
        assert!(!found.is_empty());
    }
}
