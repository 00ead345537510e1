//! The figures of a run as the tables of `README.md`. Measures nothing.

use serde_json::Value;

/// The line that the tables begin after, and the one that they end before.
const MARKS: (&str, &str) = ("<!-- figures: written by `table` -->\n", "<!-- /figures -->");

/// A column: its title, and how a cell is told from what is known of a program and a document.
type Column = (&'static str, fn(&Value) -> String);

const COLUMNS: [Column; 8] = [
    ("start, ms", |run| cell(run, "start")),
    ("line down, ms: median / p95", |run| match run.get("key").and_then(Value::as_f64) {
        Some(_) => format!("{} / {}", cell(run, "key"), cell(run, "key_p95")),
        None => String::from("–"),
    }),
    ("bytes a line", |run| cell(run, "key_bytes")),
    ("to the end, ms", |run| cell(run, "end")),
    ("search at 97 %, ms", |run| match run.get("search_ok").and_then(Value::as_bool) {
        Some(false) => String::from("not shown"),
        _ => cell(run, "search"),
    }),
    ("resize, ms", |run| cell(run, "resize")),
    ("print all, ms", |run| cell(run, "print")),
    ("memory, MiB", |run| cell(run, "rss")),
];

/// The page with the tables of these runs between its marks; none where they or the runs are not what they should be.
pub fn page(page: &str, runs: &str) -> Option<String> {
    let runs: Vec<Value> = serde_json::from_str(runs).ok()?;
    let (before, rest) = page.split_once(MARKS.0)?;
    let (_, after) = rest.split_once(MARKS.1)?;
    Some(format!("{before}{}{}{}{after}", MARKS.0, tables(&runs), MARKS.1))
}

/// One table for each document, in the order of the runs.
fn tables(runs: &[Value]) -> String {
    let document = |run: &Value| text(run, "doc");
    let mut documents: Vec<String> = runs.iter().map(document).collect();
    documents.dedup();
    let table = |name: &String| {
        let titles: Vec<&str> = COLUMNS.iter().map(|(title, _)| *title).collect();
        let head = format!("| `{name}` | {} |\n|---|{}\n", titles.join(" | "), "--:|".repeat(COLUMNS.len()));
        let rows = runs.iter().filter(|run| document(run) == *name).map(|run| {
            let cells: Vec<String> = COLUMNS.iter().map(|(_, of)| of(run)).collect();
            format!("| {} | {} |\n", text(run, "program"), cells.join(" | "))
        });
        format!("\n{head}{}", rows.collect::<String>())
    };
    documents.iter().map(table).collect::<String>() + "\n"
}

fn text(run: &Value, name: &str) -> String {
    run.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A figure with as many digits as mean something; why there is none, where that is known.
fn cell(run: &Value, name: &str) -> String {
    match run.get(name).and_then(Value::as_f64) {
        Some(figure) if figure < 10.0 => format!("{figure:.1}"),
        Some(figure) => spaced(figure.round() as u64),
        None if name == "start" && run.get("why").is_some() => text(run, "why"),
        None => String::from("–"),
    }
}

fn spaced(figure: u64) -> String {
    match figure {
        0..1_000 => figure.to_string(),
        _ => format!("{},{:03}", spaced(figure / 1_000), figure % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_become_tables_between_the_marks() {
        let runs = r#"[
            {"program": "jalon", "doc": "a.md", "start": 3.14159, "key": 0.44, "key_p95": 12.6, "key_bytes": 2458,
             "search": 3.0, "search_ok": true, "rss": 8.25},
            {"program": "slow", "doc": "a.md", "start": null, "why": "DNF"},
            {"program": "jalon", "doc": "b.md", "start": 1234567.0, "search": 1.0, "search_ok": false}
        ]"#;
        let old = format!("before\n{}old\n{}\nafter\n", MARKS.0, MARKS.1);
        let page = page(&old, runs).unwrap();
        assert!(page.starts_with("before\n<!-- fig") && page.ends_with("<!-- /figures -->\nafter\n"), "{page}");
        assert!(page.contains("| jalon | 3.1 | 0.4 / 13 | 2,458 | – | 3.0 | – | – | 8.2 |"), "{page}");
        assert!(page.contains("| slow | DNF | – |"), "{page}");
        assert!(
            page.contains("\n| `b.md` |") && page.contains("| jalon | 1,234,567 | – | – | – | not shown |"),
            "{page}"
        );
        assert!(!page.contains("old"));
    }

    #[test]
    fn what_is_no_page_or_no_run_gives_nothing() {
        assert_eq!(page("no marks", "[]"), None);
        assert_eq!(page(&format!("{}{}", MARKS.0, MARKS.1), "no json"), None);
    }
}
