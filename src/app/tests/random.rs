//! Any keys, clicks, sizes and answers, in any order: no panic, and what must hold always holds.

use super::*;
use crate::guide::Anchor;
use proptest::prelude::*;
use ratatui::layout::Rect;

/// Guides of every kind, some with nothing in them.
const GUIDES: [&str; 8] = [
    BUILT_IN,
    RUNBOOK,
    "",
    "un seul paragraphe, sans titre ni rien d’autre",
    "# A\n\n1. un\n   1. un un\n   2. un deux\n2. deux\n\n> # B\n>\n> - [ ] c\n",
    "## Nos valeurs\n\n### 1. Une\n\n- [ ] x\n\n### 2. Deux\n\n# 日本語 👩‍👩‍👧 العربية\n\n| a | b |\n|---|---|\n| c | [d](#e) |\n",
    "---\ntitle: T\nx: [\n---\n<details><summary>s</summary>\n\n<details><summary>t</summary>\n\n# dedans\n\n1. a\n2. b\n\n</details>\n\n</details>\n",
    "| a | bb | c | d |\n|---|---|--:|:-:|\n| un[^1] | deux mots | trois | [q](#e) |\n| x | https://exemple.org/a/b/c/d/e/f/g/h/i | 日本語 | deux[^2] |\n\n[^1]: note\n[^2]:\n    > citée[^1]\n\n| seule |\n|---|\n",
];

/// One thing that happens.
#[derive(Clone, Debug)]
enum Happening {
    Key(Key),
    Mouse(Mouse),
    Resize(u16, u16),
    Paste(String),
    /// The disk answers the oldest change, well or ill.
    Saved,
    Refused,
    /// The clipboard answers the last copy.
    Copied(Landing),
    /// The last search is answered.
    Found,
    Reload(usize),
    Later(i64),
    Arrived(bool),
}

fn key() -> impl Strategy<Value = Key> {
    let bound: Vec<Key> = bindings().iter().flat_map(|b| b.keys.iter()).copied().collect();
    let code = prop::sample::select(vec![
        Code::Delete,
        Code::Insert,
        Code::F(5),
        Code::Left,
        Code::Char('w'),
        Code::Char('é'),
    ]);
    let free = (code, any::<[bool; 3]>()).prop_map(|(code, [ctrl, alt, shift])| Key { code, ctrl, alt, shift });
    // Quitting is no end here, but it would be pressed too often.
    prop_oneof![12 => prop::sample::select(bound), 1 => free, 1 => any::<char>().prop_map(Key::char)]
}

fn happening() -> impl Strategy<Value = Happening> {
    let kinds = vec![MouseKind::Press, MouseKind::Release, MouseKind::Drag, MouseKind::WheelUp, MouseKind::WheelDown];
    let cell = prop_oneof![9 => (0_u16..130, 0_u16..45), 1 => any::<(u16, u16)>()];
    let mouse = (prop::sample::select(kinds), cell)
        .prop_map(|(kind, (column, row))| Happening::Mouse(Mouse { kind, column, row, ctrl: false }));
    let size = prop_oneof![6 => (1_u16..200, 1_u16..60), 1 => any::<(u16, u16)>()];
    let landing =
        prop_oneof![Just(Landing::Taken("xclip")), Just(Landing::Sent), Just(Landing::NoWay(CleanText::line("rien"))),];
    prop_oneof![
        60 => key().prop_map(Happening::Key),
        12 => mouse,
        4 => size.prop_map(|(w, h)| Happening::Resize(w, h)),
        1 => any::<String>().prop_map(Happening::Paste),
        6 => Just(Happening::Saved),
        1 => Just(Happening::Refused),
        2 => landing.prop_map(Happening::Copied),
        6 => Just(Happening::Found),
        1 => (0..GUIDES.len()).prop_map(Happening::Reload),
        1 => (0_i64..200 * DAY).prop_map(Happening::Later),
        1 => any::<bool>().prop_map(Happening::Arrived),
    ]
}

fn happen(stage: &mut Stage, what: Happening) {
    match what {
        Happening::Key(key) => _ = stage.tell(Msg::Key(key)),
        Happening::Mouse(mouse) => _ = stage.tell(Msg::Mouse(mouse)),
        Happening::Resize(columns, rows) => _ = stage.tell(Msg::Resize(columns, rows)),
        Happening::Paste(text) => _ = stage.tell(Msg::Paste(text)),
        Happening::Saved => _ = stage.save(),
        Happening::Refused => {
            let ticket = stage.model.pending.first().map_or(999_999, |p| p.ticket);
            stage.tell(Msg::Refused(ticket, CleanText::line("disque plein")));
        }
        Happening::Copied(landing) => {
            let ticket = stage.model.copying.as_ref().map_or(999_999, |c| c.ticket);
            stage.tell(Msg::Copied(ticket, landing));
        }
        Happening::Found => _ = stage.find(),
        Happening::Reload(which) => _ = stage.tell(Msg::Reloaded(guide(GUIDES[which]))),
        Happening::Later(by) => {
            // Time is told with the next message; a focus means nothing else.
            stage.model.now += by;
            stage.tell(Msg::Focus(true));
        }
        Happening::Arrived(done) => {
            if stage.model.guide.items.is_empty() {
                return;
            }
            let subject = crate::progress::Subject::of_item(&stage.model.guide, 0);
            let op = if done { Op::Done } else { Op::Todo };
            let record = stage.record(Change { subject, op });
            stage.tell(Msg::Arrived(vec![record]));
        }
    }
}

/// What holds after every message.
fn check(model: &Model) -> Result<(), TestCaseError> {
    let window = Rect::new(0, 0, model.size.0, model.size.1);
    let panes = &model.panes;
    for part in [panes.column, panes.outline_rows, panes.checklist_rows, panes.contacts_rows, panes.sheet, panes.footer]
    {
        prop_assert_eq!(part.intersection(window), part);
    }
    prop_assert!(model.reader.lines.len() <= usize::from(panes.column.height));
    let (blank, empty) = (model.reader.lines.is_empty(), model.guide.block_count() == 0);
    // A window of nothing has no line to show.
    prop_assert!(blank == empty || (blank && window.is_empty()));
    let lists = [
        (model.outline.top, model.outline.selected, model.outline.rows.len(), panes.outline_rows, panes.outline),
        (
            model.checklist.top,
            model.checklist.selected,
            model.checklist.rows.len(),
            panes.checklist_rows,
            panes.checklist,
        ),
        (model.contacts.top, model.contacts.selected, model.guide.contacts.len(), panes.contacts_rows, panes.contacts),
    ];
    for (top, selected, count, rows, panel) in lists {
        prop_assert!(selected < count || count == 0, "{} of {}", selected, count);
        if panel.is_some() && rows.height > 0 && count > 0 {
            prop_assert!((top..top + usize::from(rows.height)).contains(&selected), "{} from {}", selected, top);
        }
    }
    prop_assert!(!matches!(model.checklist.rows.get(model.checklist.selected), Some(CheckRow::Gap)));
    let focused = match model.focus {
        Panel::Outline => panes.outline,
        Panel::Text => panes.text,
        Panel::Checklist => panes.checklist,
        Panel::Contacts => panes.contacts,
        Panel::Library => panes.library,
    };
    prop_assert!(!panes.fits || focused.is_some(), "{:?} has the focus and is not shown", model.focus);
    prop_assert!((0..model.guide.items.len()).all(|item| model.stands(item).is_some()));
    prop_assert!(model.standings.keys().all(|item| *item < model.guide.items.len()));
    prop_assert!(model.reader.item.is_none_or(|i| model.standing(i).is_some()));
    prop_assert!(model.outline.rows.iter().filter(|r| r.reading).count() <= 1);
    prop_assert!(model.checklist.steps.done <= model.checklist.steps.total);
    let blocks = model.guide.block_count();
    let known = |a: &Anchor| a.block < blocks.max(1);
    prop_assert!(known(&model.reader.place) && model.reader.lines.iter().all(|l| known(&l.anchor)));
    // What is remembered of rows and rows' marks is what would be made anew.
    let anew = crate::layout::Measures::default();
    let layout = crate::layout::Layout { measures: &anew, ..model.layout() };
    let first = model.reader.lines.first().map(|l| l.anchor).unwrap_or_default();
    prop_assert_eq!(&layout.lines(first, model.reader.lines.len()), &model.reader.lines);
    let mut again = model.clone();
    again.outline.told = None;
    super::super::outline::settle(&mut again);
    prop_assert_eq!(&again.outline.rows, &model.outline.rows);
    prop_assert!(!footer_hints(model).is_empty());
    prop_assert!(help_rows(model).len() > bindings().len());
    let finder = &model.finder;
    prop_assert!(finder.at.is_none_or(|at| at < finder.hits.len()));
    prop_assert!(finder.is_on() || (finder.hits.is_empty() && finder.flaw.is_none()));
    if let Some(Overlay::Table(view)) = &model.overlay {
        prop_assert!(view.head.len() + view.lines.len() <= usize::from(panes.sheet.height.max(1)) + 1);
        let width = usize::from(panes.sheet.width.max(1));
        prop_assert!(view.lines.iter().all(|l| view.window.of(l).columns() <= width));
        prop_assert!(!view.head.is_empty() || panes.sheet.height < 2);
    }
    if let Some(Overlay::Footnote(view)) = &model.overlay {
        prop_assert!(!view.lines.is_empty() && view.top < view.lines.len());
    }
    if let Some(Overlay::Prompt(prompt)) = &model.overlay {
        prop_assert!(prompt.input.value().chars().count() <= 1000);
        prop_assert!(!prompt.input.value().contains(char::is_control));
    }
    Ok(())
}

/// What was kept because nothing that it depends on had changed is what deriving it anew gives.
fn derived_anew(model: &Model) -> Result<(), TestCaseError> {
    let mut again = model.clone();
    again.inputs = Default::default();
    again.reader.sight = Default::default();
    again.settle();
    prop_assert_eq!(&again.reader.lines, &model.reader.lines);
    prop_assert_eq!(&again.outline.rows, &model.outline.rows);
    prop_assert_eq!(&again.checklist.rows, &model.checklist.rows);
    prop_assert_eq!(&again.standings, &model.standings);
    prop_assert_eq!((again.reader.place, again.reader.item), (model.reader.place, model.reader.item));
    Ok(())
}

proptest! {
    // 250 walks of 200 steps: 50,000 things happen.
    #![proptest_config(ProptestConfig { cases: 250, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn no_sequence_of_keys_breaks_it(
        which in 0..GUIDES.len(),
        size in (1_u16..200, 1_u16..60),
        walk in prop::collection::vec(happening(), 200),
    ) {
        let mut stage = sized(GUIDES[which], size.0, size.1);
        check(&stage.model)?;
        for what in walk {
            happen(&mut stage, what);
            check(&stage.model)?;
        }
        derived_anew(&stage.model)?;
    }
}

#[test]
fn a_window_of_nothing_breaks_nothing() {
    for guide in GUIDES {
        for (columns, rows) in [(0, 0), (0, 9), (9, 0), (1, 1), (u16::MAX, u16::MAX), (0, 0)] {
            let mut stage = sized(guide, 1, 1);
            stage.tell(Msg::Resize(columns, rows));
            check(&stage.model).unwrap();
            stage.tell(Msg::Resize(80, 24));
            check(&stage.model).unwrap();
            derived_anew(&stage.model).unwrap();
        }
    }
}
