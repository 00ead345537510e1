//! Front matter: title, base address, jalon's own keys; other keys are kept, and hidden from the text.

use super::CleanText;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// What the front matter says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FrontMatter {
    /// `title`
    pub title: Option<CleanText>,
    /// `description`
    pub description: Option<CleanText>,
    /// `base_url`
    pub base_url: Option<String>,
    /// `jalon.id`: names the guide, so that its progress follows it through renames.
    pub id: Option<CleanText>,
    /// `jalon.steps: false` finds no steps; `auto` (the default) finds them.
    pub no_steps: bool,
    /// `jalon.values`: headings whose lists are values, whatever their words.
    pub values: Vec<CleanText>,
    /// `jalon.ignore`: headings whose sections hold no items.
    pub ignore: Vec<CleanText>,
    /// Every top-level key with its value on one line, in order, for whoever asks to see it.
    pub all: Vec<(CleanText, CleanText)>,
}

/// More front matter than this is none.
pub(super) const LARGEST: usize = 64 * 1024;

/// The YAML between `---` and `---` (or `...`) at the very start, and the byte where the text begins. It must open with a
/// key, so that two thematic breaks with text between them stay Markdown.
pub(super) fn split(source: &str) -> Option<(&str, usize)> {
    let rest = source.strip_prefix("---")?;
    let rest = rest.trim_start_matches([' ', '\t']).strip_prefix('\n')?;
    let start = source.len() - rest.len();
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        if at - start > LARGEST {
            return None;
        }
        if matches!(line.trim_end(), "---" | "...") {
            let yaml = source.get(start..at)?;
            return opens_with_a_key(yaml).then_some((yaml, at + line.len()));
        }
        at += line.len();
    }
    None
}

fn opens_with_a_key(yaml: &str) -> bool {
    let line = yaml.lines().map(str::trim_end).find(|l| !l.is_empty() && !l.starts_with('#'));
    line.is_some_and(|line| {
        let key = line.split(':').next().unwrap_or_default().trim_matches(['"', '\'']);
        let after = line.split_once(':').map(|(_, after)| after);
        !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
            && after.is_some_and(|after| after.is_empty() || after.starts_with([' ', '\t']))
    })
}

/// Reads the YAML; an error says why in one line.
pub(super) fn read(yaml: &str) -> Result<FrontMatter, CleanText> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 16,
            max_nodes: 4_096,
            max_aliases: 64,
            max_anchors: 64,
            max_total_scalar_bytes: LARGEST,
        },
    };
    let Keys(keys) = serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
        // The parser's message goes on with an excerpt: the first line says what is wrong.
        CleanText::line(error.to_string().lines().next().unwrap_or_default()).cut(200)
    })?;
    Ok(FrontMatter::from_keys(&keys))
}

/// The top-level keys, in their order.
struct Keys(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("keys with values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = Vec::new();
        while let Some(pair) = map.next_entry()? {
            keys.push(pair);
        }
        Ok(Keys(keys))
    }
}

impl FrontMatter {
    fn from_keys(keys: &[(String, Value)]) -> FrontMatter {
        let mut front = FrontMatter::default();
        for (key, value) in keys {
            front.all.push((CleanText::line(key), CleanText::line(&shown(value)).cut(1_000)));
            match key.as_str() {
                "title" => front.title = line(value).map(|title| CleanText::name(&title)),
                "description" => front.description = line(value),
                "base_url" => front.base_url = line(value).map(|l| l.to_string()),
                "jalon" => front.own_keys(value),
                _ => {}
            }
        }
        front
    }

    fn own_keys(&mut self, value: &Value) {
        self.id = value.get("id").and_then(line);
        // YAML 1.2 has only true and false; people write YAML 1.1's words too.
        self.no_steps = value.get("steps").is_some_and(|steps| {
            *steps == Value::Bool(false) || matches!(steps.as_str(), Some("none" | "no" | "off" | "false"))
        });
        self.values = lines(value.get("values"));
        self.ignore = lines(value.get("ignore"));
    }
}

fn line(value: &Value) -> Option<CleanText> {
    let text = match value {
        Value::String(text) => CleanText::line(text),
        Value::Number(_) | Value::Bool(_) => CleanText::line(&value.to_string()),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A list of lines; a single line is a list of one.
fn lines(value: Option<&Value>) -> Vec<CleanText> {
    match value {
        Some(Value::Array(all)) => all.iter().filter_map(line).collect(),
        Some(one) => line(one).into_iter().collect(),
        None => Vec::new(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(source: &str) -> FrontMatter {
        read(split(source).unwrap().0).unwrap()
    }

    #[test]
    fn titles_and_own_keys_are_read_and_the_rest_is_kept() {
        let read = front(
            "---\ntitle: \"Un titre\"\nbase_url: https://a.org/\ndraft: false\n\
             jalon:\n  id: guide\n  steps: false\n  values: [\"Nos règles\"]\n  ignore: Annexe\n---\n\nTexte\n",
        );
        assert_eq!(read.title.as_deref(), Some("Un titre"));
        assert_eq!(read.base_url.as_deref(), Some("https://a.org/"));
        assert_eq!(read.id.as_deref(), Some("guide"));
        assert!(read.no_steps);
        assert_eq!((read.values.len(), read.ignore.len()), (1, 1));
        let keys: Vec<&str> = read.all.iter().map(|(k, _)| k.as_str()).collect();
        assert_eq!(keys, ["title", "base_url", "draft", "jalon"]);
    }

    #[test]
    fn rules_with_text_between_them_are_markdown() {
        assert_eq!(split("---\nFoo\n---\nBar\n"), None);
        assert_eq!(split("---\n---\n"), None);
        assert_eq!(split("--- \na: 1\n...\nx"), Some(("a: 1\n", 14)));
        assert_eq!(split("---\na: 1\n"), None, "never closed");
        assert_eq!(split("---\nhttp://x\n---\n"), None);
    }

    #[test]
    fn hostile_yaml_is_refused_with_a_reason() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\n\
                    d: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d]\n";
        assert!(read(bomb).is_err());
        let reason = read("title: \"\u{1b}[31mopen\n").unwrap_err();
        assert!(!reason.is_empty() && !reason.contains('\u{1b}'));
    }
}
