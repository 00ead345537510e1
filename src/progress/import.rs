//! Reads what `export` wrote, or a checklist that somebody ticked by hand, and says what must be recorded for the walk
//! to stand as it says there. The file is hostile until it is read here. Records nothing.

use super::event::{LABEL_CHARS, NOTE_CHARS, cut, plain_id};
use super::export::{CHANGED, LEFT_OUT_MARK, RETIRED_MARK, Stood, VERSION, Whole, WholeItem};
use super::sheet::{Line, Sheet, SheetGroup, State};
use super::{Change, Hlc, Log, Subject};
use crate::guide::{CleanText, Guide, ItemId};

/// Most characters of a name.
const NAME_CHARS: usize = 64;

/// Why a file could not be brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadExport {
    /// It holds no checklist.
    NoChecklist,
    /// It is not JSON, or not such JSON. Holds the parser's reason.
    Json(CleanText),
    /// A newer version wrote it.
    Newer,
}

/// What must be recorded for the walk to stand as a file says: only what differs, and nothing of items that the file
/// does not name. What somebody did keeps its name and its time. The journal must be settled for the guide
/// ([`Log::settle_for`]).
pub fn import(text: &str, guide: &Guide, log: &Log) -> Result<Vec<Change>, BadExport> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let sheet = if text.trim_start().starts_with('{') { of_json(text)? } else { of_markdown(text)? };
    Ok(sheet.changes(guide, log))
}

fn of_json(text: &str) -> Result<Sheet, BadExport> {
    let whole: Whole =
        serde_json::from_str(text).map_err(|e| BadExport::Json(CleanText::line(&e.to_string()).cut(200)))?;
    if whole.jalon > VERSION {
        return Err(BadExport::Newer);
    }
    let groups = whole.groups.iter().map(|group| SheetGroup {
        id: plain_id(&ItemId((*group.id).into())),
        title: line_of(&group.title, LABEL_CHARS),
        left_out: group.left_out,
        lines: group.items.iter().map(line_of_json).collect(),
    });
    let retired = whole.retired.iter().map(|retired| {
        let line = line_of_json(&retired.item);
        (retired.stood.subject(&line.label), line)
    });
    Ok(Sheet { title: line_of(&whole.guide, LABEL_CHARS), groups: groups.collect(), retired: retired.collect() })
}

fn line_of_json(item: &WholeItem) -> Line {
    let text = |text: &Option<std::borrow::Cow<str>>| line_of(text.as_deref().unwrap_or_default(), NOTE_CHARS);
    let at = item.at.as_ref().and_then(|at| Hlc::seconds_of(at));
    let state = match item.state.as_ref() {
        "done" | "upheld" | "due" => State::Done,
        "skipped" => State::Skipped(text(&item.reason)),
        _ => State::Todo,
    };
    let who = at.map(|at| (line_of(item.by.as_deref().unwrap_or_default(), NAME_CHARS), at));
    Line {
        id: plain_id(&ItemId((*item.id).into())),
        kind: item.kind,
        label: line_of(&item.label, LABEL_CHARS),
        who: who.filter(|_| state != State::Todo),
        state,
        note: text(&item.note),
        changed: item.changed,
    }
}

/// What a section of the Markdown holds.
enum Section {
    Group(SheetGroup),
    Retired,
}

fn of_markdown(text: &str) -> Result<Sheet, BadExport> {
    let mut sheet = Sheet::default();
    let mut section = Section::Group(blank_group());
    let mut found = false;
    for row in text.lines() {
        if let Some(title) = heading(row) {
            let next = section_of(title);
            if let Section::Group(group) = std::mem::replace(&mut section, next) {
                sheet.groups.push(group);
            }
        } else if let Some((state, rest)) = task(row) {
            found = true;
            let (label, mark) = marked(rest);
            let label = line_of(&unescaped(label), LABEL_CHARS);
            match &mut section {
                Section::Retired => sheet.retired.extend(retired(label, mark, state)),
                Section::Group(group) => {
                    let id = plain_id(&ItemId(mark.unwrap_or_default().into()));
                    group.lines.push(Line { id, label, state, ..Line::default() });
                }
            }
        } else if let Some(detail) = row.strip_prefix("  - ") {
            let line = match &mut section {
                Section::Retired => sheet.retired.last_mut().map(|(_, line)| line),
                Section::Group(group) => group.lines.last_mut(),
            };
            line.into_iter().for_each(|line| take_detail(line, detail));
        }
    }
    if let Section::Group(group) = section {
        sheet.groups.push(group);
    }
    if found { Ok(sheet) } else { Err(BadExport::NoChecklist) }
}

fn blank_group() -> SheetGroup {
    SheetGroup { id: ItemId::default(), title: CleanText::default(), left_out: false, lines: Vec::new() }
}

/// The text of a heading of any level.
fn heading(row: &str) -> Option<&str> {
    let text = row.trim_start_matches('#');
    let level = row.len() - text.len();
    text.strip_prefix(' ').filter(|_| (1..=6).contains(&level))
}

fn section_of(title: &str) -> Section {
    let (title, mark) = marked(title);
    let mark = mark.unwrap_or_default();
    if mark == RETIRED_MARK {
        return Section::Retired;
    }
    let left_out = mark.strip_suffix(LEFT_OUT_MARK).and_then(|id| id.strip_suffix(", "));
    Section::Group(SheetGroup {
        id: plain_id(&ItemId(left_out.unwrap_or(&mark).into())),
        title: line_of(&unescaped(title), LABEL_CHARS),
        left_out: left_out.is_some(),
        lines: Vec::new(),
    })
}

/// A task box and what follows it, at any depth of a list.
fn task(row: &str) -> Option<(State, &str)> {
    let item = row.trim_start_matches(' ').strip_prefix(['-', '*', '+'])?.strip_prefix(' ')?;
    let done = [("[ ] ", State::Todo), ("[x] ", State::Done), ("[X] ", State::Done)];
    done.into_iter().find_map(|(mark, state)| Some((state, item.strip_prefix(mark)?)))
}

/// The text, and what stands in the comment that ends it.
fn marked(text: &str) -> (&str, Option<String>) {
    let split = text.trim_end_matches(' ').strip_suffix(" -->").and_then(|t| t.rsplit_once(" <!-- "));
    let Some((text, mark)) = split else { return (text, None) };
    // An author's id that would end the comment stands as a JSON string.
    (text, Some(serde_json::from_str(mark).unwrap_or_else(|_| mark.to_owned())))
}

fn retired(label: CleanText, mark: Option<String>, state: State) -> Option<(Subject, Line)> {
    let stood: Stood = serde_json::from_str(&mark?).ok()?;
    let subject = stood.subject(&label);
    let line = Line { id: subject.id.clone(), kind: subject.kind, label, state, ..Line::default() };
    Some((subject, line))
}

/// One of the lines under an item; what is none of ours says nothing.
fn take_detail(line: &mut Line, detail: &str) {
    if let Some(note) = detail.strip_prefix("note: ") {
        line.note = line_of(&unescaped(note), NOTE_CHARS);
    } else if detail == CHANGED {
        line.changed = true;
    } else if line.state == State::Todo {
        // The box was unticked by hand; who had ticked it does not matter any more.
    } else if let Some(rest) = detail.strip_prefix("done by ") {
        line.who = who(rest);
    } else if let Some(rest) = detail.strip_prefix("skipped") {
        let (about, reason) = if let Some(reason) = rest.strip_prefix(": ") {
            ("", reason)
        } else {
            split_reason(rest.strip_prefix(" by ").unwrap_or_default())
        };
        line.who = who(about);
        line.state = State::Skipped(line_of(&unescaped(reason), NOTE_CHARS));
    }
}

/// `lise, 2026-11-24T09:00:00Z`
fn who(text: &str) -> Option<(CleanText, i64)> {
    let (by, at) = text.rsplit_once(", ")?;
    Some((line_of(&unescaped(by), NAME_CHARS), Hlc::seconds_of(at)?))
}

/// Who and when, and the reason after them. Names and reasons may hold anything, so the first time between a comma and
/// a colon divides them.
fn split_reason(text: &str) -> (&str, &str) {
    let ends = text.match_indices(": ").filter_map(|(at, _)| text.split_at_checked(at));
    let mut split = ends.filter(|(about, _)| who(about).is_some());
    split.next().map_or((text, ""), |(about, reason)| (about, reason.strip_prefix(": ").unwrap_or_default()))
}

/// Takes the backslashes away that keep signs from being Markdown.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    out
}

fn line_of(raw: &str, most: usize) -> CleanText {
    CleanText::line(cut(raw, most))
}

#[cfg(test)]
#[path = "import_tests.rs"]
mod tests;
