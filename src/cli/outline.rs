//! `outline`: the headings as a tree, with progress.

use super::page::{Page, Row, Voice};
use super::status::mark;
use crate::guide::{CleanText, Guide, HeadingIndex, ItemKind};
use crate::progress::{Report, Tally, section_items};
use crate::theme::Role;
use serde::Serialize;

/// A heading with its progress and what stands under it.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct Node {
    title: CleanText,
    level: u8,
    /// Settled in this section and the sections in it.
    done: usize,
    total: usize,
    /// The state of the item that the heading itself is.
    state: Option<&'static str>,
    children: Vec<Node>,
}

/// The outline for people.
pub fn outline(guide: &Guide, report: &Report, voice: &Voice) -> Page {
    let mut page = Page::new();
    let states = States::of(guide, report);
    for (index, heading) in guide.headings.iter().enumerate() {
        let tally = states.tally(guide, index);
        let (role, mark) = match states.own(guide, index) {
            Some((kind, state)) => mark(voice.glyphs, Some(kind), state),
            None => voice.roll_up(tally),
        };
        let indent = "  ".repeat(heading.depth.min(12) as usize);
        let text = if heading.depth == 0 { Role::PanelTitle } else { Role::Text };
        let mut row = Row::of(Role::Text, indent).with(role, format!("{mark} ")).with(text, heading.text.as_str());
        if tally.total > 0 && states.own(guide, index).is_none_or(|_| tally.total > 1) {
            row = row.with(Role::Muted, format!("  {}/{}", tally.done, tally.total));
        }
        page.push(row);
    }
    page
}

/// `outline --json`: a list of trees. Headings nest six deep at most, so writing it may recurse.
pub fn outline_json(guide: &Guide, report: &Report) -> String {
    super::json(&tree(guide, report))
}

/// The headings as trees: a stack holds the path to the last one; a heading that is no child of it closes it.
fn tree(guide: &Guide, report: &Report) -> Vec<Node> {
    let states = States::of(guide, report);
    let mut roots: Vec<Node> = Vec::new();
    let mut open: Vec<(u32, Node)> = Vec::new();
    fn close(open: &mut Vec<(u32, Node)>, roots: &mut Vec<Node>) {
        if let Some((_, node)) = open.pop() {
            open.last_mut().map_or(roots, |(_, parent)| &mut parent.children).push(node);
        }
    }
    for (index, heading) in guide.headings.iter().enumerate() {
        while open.last().is_some_and(|(depth, _)| *depth >= heading.depth) {
            close(&mut open, &mut roots);
        }
        let Tally { done, total } = states.tally(guide, index);
        let state = states.own(guide, index).map(|(_, state)| state);
        let node = Node { title: heading.text.clone(), level: heading.level, done, total, state, children: Vec::new() };
        open.push((heading.depth, node));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

/// Per item: its kind and state; none where its group is left out.
struct States(Vec<Option<State>>);

type State = (ItemKind, &'static str);

impl States {
    fn of(guide: &Guide, report: &Report) -> States {
        let mut states = vec![None; guide.items.len()];
        for item in report.items() {
            if let Some(state) = states.get_mut(item.item) {
                *state = Some((item.kind, item.state));
            }
        }
        States(states)
    }

    /// Settled and total of a section, the sections in it included.
    fn tally(&self, guide: &Guide, heading: HeadingIndex) -> Tally {
        let mut tally = Tally::default();
        for (_, state) in section_items(guide, heading).filter_map(|i| self.0.get(i).copied().flatten()) {
            tally.total += 1;
            tally.done += usize::from(matches!(state, "done" | "skipped" | "upheld"));
        }
        tally
    }

    /// The state of the item that the heading itself is.
    fn own(&self, guide: &Guide, heading: HeadingIndex) -> Option<State> {
        let block = guide.headings.get(heading)?.block;
        let first = section_items(guide, heading).start;
        guide.items.get(first).filter(|item| item.block() == block)?;
        self.0.get(first).copied().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::super::page::tests::{plain, voice};
    use super::super::samples;
    use super::*;
    use crate::progress::Op;
    use crate::words::Lang;

    #[test]
    fn the_tree_carries_counts_rolled_up_and_the_marks_of_items() {
        let guide = samples::guide();
        let report = samples::report(&guide, &[(0, Op::Done)]);
        let expected = "\
◐ Étapes  1/2
  ✓ 1. Rassemblez une équipe
  ○ 2. Choisissez un lieu
○ Valeurs  0/1
  Fin
";
        assert_eq!(plain(&outline(&guide, &report, &voice(Lang::Fr))), expected);
    }

    #[test]
    fn the_json_is_a_list_of_trees() {
        let guide = samples::guide();
        let report = samples::report(&guide, &[(0, Op::Done)]);
        let json: serde_json::Value = serde_json::from_str(&outline_json(&guide, &report)).unwrap();
        let expected = serde_json::json!([
            {"title": "Étapes", "level": 2, "done": 1, "total": 2, "state": null, "children": [
                {"title": "1. Rassemblez une équipe", "level": 3, "done": 1, "total": 1, "state": "done", "children": []},
                {"title": "2. Choisissez un lieu", "level": 3, "done": 0, "total": 1, "state": "todo", "children": []},
            ]},
            {"title": "Valeurs", "level": 2, "done": 0, "total": 1, "state": null, "children": []},
            {"title": "Fin", "level": 2, "done": 0, "total": 0, "state": null, "children": []},
        ]);
        assert_eq!(json, expected);
    }
}
