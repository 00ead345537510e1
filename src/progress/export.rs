//! The state of a walk as a file to hand on: a checklist in Markdown that people read and other programs tick, or JSON
//! with all there is. `import` reads both.
//!
//! ```text
//! # Title
//!
//! ## Group <!-- id -->
//!
//! - [x] Label <!-- id -->
//!   - done by lise, 2026-11-24T09:00:00Z
//!   - note: what was noted
//! - [x] Label <!-- id -->
//!   - skipped by lise, 2026-11-24T09:00:00Z: the reason
//! - [ ] Label <!-- id -->
//! ```

use super::sheet::{Line, Sheet, State};
use super::{Hlc, Log, LogReport, Near, Subject, Walk, history};
use crate::guide::{CleanText, Guide, ItemId, ItemKind};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The version of the JSON.
pub(super) const VERSION: u64 = 1;

/// Opens the section of what is no longer in the guide. Part of the format, so it is in one language.
pub(super) const RETIRED: &str = "No longer in the guide";

/// Marks that section, and a group that is left out.
pub(super) const RETIRED_MARK: &str = "retired";
pub(super) const LEFT_OUT_MARK: &str = "left out";
pub(super) const CHANGED: &str = "text changed since";

/// `export --json`, and what `import` asks of it; the history is for reading only.
#[derive(Serialize, Deserialize)]
pub(super) struct Whole<'a> {
    pub jalon: u64,
    pub guide: Cow<'a, str>,
    #[serde(default)]
    pub run: Cow<'a, str>,
    #[serde(default)]
    pub groups: Vec<WholeGroup<'a>>,
    #[serde(default)]
    pub retired: Vec<WholeRetired<'a>>,
    #[serde(default, skip_deserializing)]
    pub log: Vec<LogReport>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WholeGroup<'a> {
    #[serde(default)]
    pub id: Cow<'a, str>,
    pub title: Cow<'a, str>,
    #[serde(default)]
    pub left_out: bool,
    #[serde(default)]
    pub items: Vec<WholeItem<'a>>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WholeItem<'a> {
    #[serde(default)]
    pub id: Cow<'a, str>,
    #[serde(default)]
    pub kind: Option<ItemKind>,
    pub label: Cow<'a, str>,
    pub state: Cow<'a, str>,
    #[serde(default)]
    pub by: Option<Cow<'a, str>>,
    #[serde(default)]
    pub at: Option<Cow<'a, str>>,
    #[serde(default)]
    pub reason: Option<Cow<'a, str>>,
    #[serde(default)]
    pub note: Option<Cow<'a, str>>,
    #[serde(default)]
    pub changed: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct WholeRetired<'a> {
    #[serde(flatten)]
    pub item: WholeItem<'a>,
    pub stood: Stood<'a>,
}

/// What records say of where an item stood, so that it is found again when its text comes back.
#[derive(Serialize, Deserialize)]
pub(super) struct Stood<'a> {
    pub id: Cow<'a, str>,
    #[serde(default)]
    pub kind: Option<ItemKind>,
    #[serde(default)]
    pub path: Cow<'a, str>,
    #[serde(default)]
    pub place: u32,
    /// Numbers of 64 bits stand as text: many programs read a JSON number as a float.
    #[serde(default)]
    pub body: Cow<'a, str>,
    #[serde(default)]
    pub text: Cow<'a, str>,
    #[serde(default)]
    pub before: u32,
    #[serde(default)]
    pub after: u32,
    #[serde(default)]
    pub section: u32,
    #[serde(default)]
    pub guide: u32,
}

/// The state of a walk as a checklist in Markdown.
pub fn export_markdown(guide: &Guide, log: &Log) -> String {
    let sheet = Sheet::of(guide, log);
    let mut text = format!("# {}\n", escaped(&sheet.title));
    for group in &sheet.groups {
        let mark = if group.left_out { format!("{}, {LEFT_OUT_MARK}", group.id.0) } else { group.id.0.to_string() };
        text.push_str(&format!("\n## {}{}\n\n", escaped(&group.title), comment(&mark)));
        group.lines.iter().for_each(|line| put_line(&mut text, line, &comment(&line.id.0)));
    }
    if !sheet.retired.is_empty() {
        text.push_str(&format!("\n## {RETIRED}{}\n\n", comment(RETIRED_MARK)));
        for (subject, line) in &sheet.retired {
            // Strings and numbers only: serde_json has no way to fail on them.
            let stood = serde_json::to_string(&Stood::of(subject)).unwrap_or_default();
            put_line(&mut text, line, &format!(" <!-- {} -->", harmless(&stood)));
        }
    }
    text
}

/// The state of a walk as JSON, with its whole history.
pub fn export_json(guide: &Guide, log: &Log, walk: &Walk) -> String {
    let sheet = Sheet::of(guide, log);
    let groups = sheet.groups.iter().map(|group| WholeGroup {
        id: group.id.0.as_str().into(),
        title: group.title.as_str().into(),
        left_out: group.left_out,
        items: group.lines.iter().map(WholeItem::of).collect(),
    });
    let retired = sheet.retired.iter().map(|(subject, line)| {
        let (item, stood) = (WholeItem::of(line), Stood::of(subject));
        WholeRetired { item, stood }
    });
    let whole = Whole {
        jalon: VERSION,
        guide: sheet.title.as_str().into(),
        run: walk.run.as_str().into(),
        groups: groups.collect(),
        retired: retired.collect(),
        log: history(log),
    };
    serde_json::to_string_pretty(&whole).unwrap_or_default() + "\n"
}

fn put_line(text: &mut String, line: &Line, mark: &str) {
    let tick = if line.state == State::Todo { ' ' } else { 'x' };
    text.push_str(&format!("- [{tick}] {}{mark}\n", escaped(&line.label)));
    let (verb, reason) = match &line.state {
        State::Todo => ("", None),
        State::Done => ("done", None),
        State::Skipped(reason) => ("skipped", Some(reason).filter(|r| !r.is_empty())),
    };
    let reason = reason.map(|r| format!(": {}", escaped(r))).unwrap_or_default();
    match &line.who {
        Some((by, at)) => {
            let at = Hlc { millis: at.saturating_mul(1000), counter: 0 }.to_rfc3339();
            text.push_str(&format!("  - {verb} by {}, {at}{reason}\n", escaped(by)));
        }
        None if verb == "skipped" => text.push_str(&format!("  - skipped{reason}\n")),
        None => {}
    }
    if line.changed {
        text.push_str(&format!("  - {CHANGED}\n"));
    }
    if !line.note.is_empty() {
        text.push_str(&format!("  - note: {}\n", escaped(&line.note)));
    }
}

/// An id as a comment that shows nowhere. An author's id may hold what would end the comment: then it stands as JSON.
fn comment(id: &str) -> String {
    let plain = !id.starts_with('{') && !id.contains("--") && !id.contains(['>', '<', '"']);
    if plain {
        format!(" <!-- {id} -->")
    } else {
        format!(" <!-- {} -->", harmless(&serde_json::json!(id).to_string()))
    }
}

/// JSON without what would end a comment; both signs stand only in its strings.
fn harmless(json: &str) -> String {
    json.replace('-', "\\u002d").replace('>', "\\u003e").replace('<', "\\u003c")
}

/// A text as Markdown that shows it as it is.
fn escaped(text: &CleanText) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '|' | '#' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl<'a> WholeItem<'a> {
    fn of(line: &'a Line) -> WholeItem<'a> {
        let (state, reason) = match &line.state {
            State::Todo => ("todo", None),
            State::Done if line.kind == Some(ItemKind::Value) => ("upheld", None),
            State::Done => ("done", None),
            State::Skipped(reason) => ("skipped", Some(reason.as_str().into())),
        };
        let at = |seconds: i64| Hlc { millis: seconds.saturating_mul(1000), counter: 0 }.to_rfc3339();
        WholeItem {
            id: line.id.0.as_str().into(),
            kind: line.kind,
            label: line.label.as_str().into(),
            state: state.into(),
            by: line.who.as_ref().map(|(by, _)| by.as_str().into()),
            at: line.who.as_ref().map(|(_, seconds)| at(*seconds).into()),
            reason,
            note: Some(line.note.as_str().into()).filter(|_| !line.note.is_empty()),
            changed: line.changed,
        }
    }
}

impl<'a> Stood<'a> {
    fn of(subject: &'a Subject) -> Stood<'a> {
        let Near { before, after, section, guide, sketch } = *subject.near;
        Stood {
            id: subject.id.0.as_str().into(),
            kind: subject.kind,
            path: subject.path.as_str().into(),
            place: subject.place,
            body: format!("{:016x}", subject.body).into(),
            text: format!("{sketch:016x}").into(),
            before,
            after,
            section,
            guide,
        }
    }

    /// The subject again, cleaned: the file may be anybody's.
    pub(super) fn subject(&self, label: &CleanText) -> Subject {
        let hex = |text: &str| u64::from_str_radix(text, 16).unwrap_or_default();
        let (before, after, section, guide) = (self.before, self.after, self.section, self.guide);
        Subject {
            id: super::event::plain_id(&ItemId((*self.id).into())),
            kind: self.kind,
            label: label.clone(),
            path: super::near::plain_path(&self.path),
            place: self.place,
            body: hex(&self.body),
            ticked: false,
            near: Near { before, after, section, guide, sketch: hex(&self.text) }.into(),
            was: None,
            anew: None,
        }
    }
}
