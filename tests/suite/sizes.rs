//! Any size of the window, and any window: every screen is drawn at each, from one cell to what a terminal only claims
//! to have; and with `--ascii` the interface draws no other marks.

use crate::commands::Home;
use crate::pty::Terminal;
use jalon::app::{
    Card, Code, Effect, Entry, Find, Key, Landing, Library, Listing, Model, Msg, Overlay, Settings, Survey, Sweep,
    Ticket, update,
};
use jalon::guide::search::Excerpt;
use jalon::guide::{CleanText, Guide, Origin};
use jalon::progress::{Change, Dot, Hlc, Log, Op, Record, Subject};
use jalon::theme::ThemeChoice;
use jalon::view;
use jalon::words::{Lang, Panel};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// A guide with all that has a screen of its own; ASCII alone.
const GUIDE: &str = "\
---
title: Moving the office
base_url: https://example.org/
---

# Moving the office

Ask [Zoe](mailto:zoe@example.org) or see [the plan](/plan)[^1].

| what | where | by |
|---|---|---|
| boxes | https://example.org/boxes/order/now | Zoe |

> [!NOTE]
> A quote, and in it
>
> > another.

## Before

1. Tell the landlord. Three months ahead.
2. Order the boxes.
   - [ ] large
   - [x] small

```sh
order --boxes 40 --large --and-a-line-that-is-wider-than-forty-columns
```

## Values

- **Calm**: nobody carries more than one box.
- **Care**: nothing is dropped.

---

<details><summary>More</summary>

Folded ![a map](map.png) x<sup>2</sup>.

</details>

[^1]: A note.
";

/// Every screen: its name, and the keys that lead there. A dialog's name says which.
const SCREENS: [(&str, &str); 21] = [
    ("text", ""),
    ("outline", "1"),
    ("checklist", "3"),
    ("contacts", "c"),
    ("Help", "?"),
    ("Prompt", "3gjs"),
    ("Prompt", "3gje"),
    ("Why", "3gj?"),
    ("History", "3gjJ"),
    ("FrontMatter", "i"),
    ("Table", "t"),
    ("Footnote", "r"),
    ("Search", "/bo"),
    ("Filter", "1/be"),
    ("Palette", ":con"),
    ("Hints", "f"),
    ("Open", "co"),
    ("Bare", "cy"),
    ("Code", "cQ"),
    ("library", ""),
    ("Quest", "/bo"),
];

/// A model in which one step is done, another skipped and a value affirmed long ago.
fn model(ascii: bool, size: (u16, u16)) -> Model {
    let guide = Guide::parse(GUIDE, &Origin { name: "move".into(), base_url: None });
    let settings = Settings {
        theme: ThemeChoice::Night,
        ascii,
        who: CleanText::line("zoe"),
        device: "zoe-1a2b3c4d".into(),
        file: Some(CleanText::line("move.md")),
        ..Settings::default()
    };
    let skip = Op::Skip { reason: CleanText::line("later") };
    let note = Op::Note { text: CleanText::line("by mail") };
    let changes = [(0, Op::Done), (0, note), (1, skip), (guide.items.len() - 1, Op::Affirm)];
    let record = |(n, (item, op)): (usize, (usize, Op))| Record {
        dot: Dot { device: "zoe-1a2b3c4d".into(), n: n as u64 + 1 },
        at: Hlc { millis: 1, counter: n as u32 },
        by: CleanText::line("zoe"),
        change: Change { subject: Subject::of_item(&guide, item), op },
    };
    let log: Log = changes.into_iter().enumerate().map(record).collect();
    Model::new(Arc::new(guide), log, settings, size, 400 * 24 * 3_600_000)
}

/// The model that a screen is opened in: of the guide, or of a folder's list.
fn begun(name: &str, ascii: bool, size: (u16, u16)) -> Model {
    let mut model = model(ascii, size);
    if !["library", "Quest"].contains(&name) {
        return model;
    }
    let guides = ["first-of-all.md", "moving-house.md", "sub/third.md"].map(Into::into).to_vec();
    model.list(Library::new(Listing { guides, cut: None }));
    let effects = update(&mut model, Msg::Entered(Entry::Plain));
    let card = |title: &str| Card { title: CleanText::line(title), trouble: None, ..model.card(0) };
    let cards = vec![("first-of-all.md".into(), card("First of all")), ("sub/third.md".into(), card("Moving boxes"))];
    let ticket = |effect: &Effect| if let Effect::Survey(ticket) = effect { Some(*ticket) } else { None };
    let ticket = effects.iter().find_map(ticket).unwrap();
    update(&mut model, Msg::Surveyed(ticket, Survey::Read(cards)));
    update(&mut model, Msg::Surveyed(ticket, Survey::Done));
    model
}

/// Two guides hold what is searched for.
fn answer(model: &mut Model, ticket: Ticket) {
    let line = CleanText::new;
    let first = Excerpt { before: line("Order the "), hit: line("bo"), behind: line("xes, forty of them, and tape") };
    let find = |hits| Find { hits, first: Some(first.clone()) };
    let finds = vec![("first-of-all.md".into(), find(12)), ("moving-house.md".into(), find(3))];
    update(model, Msg::Swept(ticket, Sweep::Found(finds)));
    update(model, Msg::Swept(ticket, Sweep::Done));
}

/// A screen, opened where there is room.
fn screen((name, keys): (&str, &str), ascii: bool) -> Model {
    let mut model = begun(name, ascii, (120, 40));
    for key in keys.chars() {
        for effect in update(&mut model, Msg::Key(Key::char(key))) {
            if let Effect::Sweep(ticket, ..) = effect {
                answer(&mut model, ticket);
            }
        }
    }
    if let Some(copying) = model.copying.clone().filter(|_| name == "Bare") {
        update(&mut model, Msg::Copied(copying.ticket, Landing::NoWay(CleanText::line("no way"))));
    }
    let open = model.overlay.as_ref().map(|overlay| format!("{overlay:?}"));
    let is_dialog = name.starts_with(char::is_uppercase);
    assert_eq!(open.is_some(), is_dialog, "{name}");
    assert!(open.is_none_or(|open| open.starts_with(name)), "{name}");
    model
}

fn draw(model: &Model) -> Buffer {
    let area = Rect::new(0, 0, model.size.0, model.size.1);
    let mut buffer = Buffer::empty(area);
    view::draw(model, area, &mut buffer);
    buffer
}

/// The rows of the screen as text.
fn rows(model: &Model) -> String {
    let buffer = draw(model);
    let row = |y: u16| (0..model.size.0).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..model.size.1).map(|y| row(y).trim_end().to_owned() + "\n").collect()
}

#[test]
fn every_screen_is_drawn_at_every_small_size() {
    for named in SCREENS {
        let mut model = screen(named, false);
        for rows in 1..=20 {
            for columns in 1..=40 {
                update(&mut model, Msg::Resize(columns, rows));
                draw(&model);
            }
        }
        update(&mut model, Msg::Resize(120, 40));
        // Hints stand for the links of the rows that were there: they go with them.
        if named.0 != "Hints" {
            assert_eq!(rows(&model), rows(&screen(named, false)), "{named:?} does not come back as it was");
        }
    }
}

#[test]
fn every_screen_opens_and_answers_keys_in_windows_of_any_shape() {
    let shapes = [(1, 1), (1, 400), (1000, 1), (2, 3), (20, 5), (19, 5), (20, 4), (40, 12), (70, 9), (110, 6)];
    for (name, keys) in SCREENS {
        for shape in shapes {
            let mut model = begun(name, false, shape);
            for key in keys.chars().chain("jkG g".chars()) {
                update(&mut model, Msg::Key(Key::char(key)));
                draw(&model);
            }
            for code in [Code::PageDown, Code::Right, Code::End, Code::Up, Code::Enter, Code::Esc, Code::Esc] {
                update(&mut model, Msg::Key(Key::plain(code)));
                draw(&model);
            }
            assert_eq!(model.size, shape, "{name}");
        }
    }
}

#[test]
fn a_size_that_nobody_has_is_bounded() {
    for (columns, rows) in [(u16::MAX, u16::MAX), (u16::MAX, 1), (1, u16::MAX), (0, 0), (0, 9), (9, 0)] {
        let mut model = screen(SCREENS[0], false);
        update(&mut model, Msg::Resize(columns, rows));
        assert!(model.size.0 <= 1000 && model.size.1 <= 400, "{columns}x{rows}: {:?}", model.size);
        draw(&model);
    }
}

#[test]
fn with_ascii_the_interface_draws_no_other_marks() {
    // Sentences keep their typography: quotation marks, apostrophes, and the dots of what goes on.
    let is_word = |c: &char| c.is_ascii() || c.is_alphabetic() || "’“”".contains(*c);
    let searching = Panel::Searching.say(Lang::En);
    let odd = |ascii: bool| {
        let mut found = BTreeSet::new();
        for named in SCREENS {
            for size in [(120, 40), (80, 24), (40, 12), (20, 5), (5, 2)] {
                let mut model = screen(named, ascii);
                update(&mut model, Msg::Resize(size.0, size.1));
                let text = rows(&model).replace(&*searching, "");
                found.extend(text.chars().filter(|c| !is_word(c)).map(|c| (named.0, c)));
            }
        }
        found
    };
    assert_eq!(odd(true), BTreeSet::new());
    assert!(odd(false).len() > 30, "without it there are many");
}

#[test]
fn with_ascii_what_is_printed_of_an_ascii_guide_is_ascii() {
    let home = Home::new();
    home.file("move.md", GUIDE);
    home.good(&["tick", "1", "move.md"]);
    home.good(&["note", "1", "by mail", "move.md"]);
    home.good(&["skip", "2", "--reason", "later", "move.md"]);
    for command in ["show", "outline", "status", "next", "contacts", "log", "walk", "export"] {
        let said = home.good(&[command, "--ascii", "move.md"]);
        let other: String = said.chars().filter(|c| !c.is_ascii()).collect();
        assert!(other.is_empty() && !said.is_empty(), "{command}: {other} in {said}");
    }
    let said = home.good(&["status", "move.md"]);
    assert!(!said.is_ascii(), "without it there are marks");
}

#[test]
fn a_storm_of_sizes_ends_in_the_right_picture() {
    let running = Terminal::new().size(100, 30).start();
    running.sees("Lancer sa communauté").keys("]]");
    for n in 0..1000_u16 {
        running.resize(20 + n * 7 % 150, 5 + n * 11 % 50);
        // A hand that drags a corner: the program draws in between.
        thread::sleep(Duration::from_millis(1));
    }
    running.resize(97, 31);
    let calm = Terminal::new().size(97, 31).start();
    calm.sees("Lancer sa communauté").keys("]]");
    // Both come to rest at one picture: the storm neither moved the place nor left a cell behind.
    let picture = calm.settled();
    assert!(picture.contains("Comment lancer votre communauté"), "{picture}");
    running.wait("the picture of a window that was never another size", |screen| screen.contents() == picture);
    for running in [running, calm] {
        running.keys("q");
        assert_eq!(running.ends().0, 0);
    }
}

#[test]
fn a_terminal_that_claims_to_be_huge_costs_little() {
    let running = Terminal::new().start();
    running.sees("Lancer sa communauté");
    running.claim(u16::MAX, u16::MAX);
    // Rows that no window of the test has show that it was drawn.
    running.writes("\x1b[399;");
    let status = fs::read_to_string(format!("/proc/{}/status", running.pid().as_raw_nonzero())).unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM:")).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    // Two pictures of what is drawn at the most, and the program itself, which is large where it is built for tests.
    assert!(kib < 80 * 1024, "{kib} KiB at the most");
    running.claim(120, 40);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn dialogs_are_all_among_the_screens() {
    // A new dialog does not compile here until it has its line in the list above.
    let name = |overlay: &Overlay| match overlay {
        Overlay::Help { .. } => "Help",
        Overlay::Prompt(_) => "Prompt",
        Overlay::Search(_) => "Search",
        Overlay::Filter(_) => "Filter",
        Overlay::Quest(_) => "Quest",
        Overlay::Palette(_) => "Palette",
        Overlay::Why(_) => "Why",
        Overlay::FrontMatter { .. } => "FrontMatter",
        Overlay::Bare(_) => "Bare",
        Overlay::Code(_) => "Code",
        Overlay::Open(_) => "Open",
        Overlay::Hints(_) => "Hints",
        Overlay::Table(_) => "Table",
        Overlay::Footnote(_) => "Footnote",
        Overlay::History(_) => "History",
    };
    for named in SCREENS {
        let model = screen(named, false);
        assert!(model.overlay.as_ref().is_none_or(|overlay| name(overlay) == named.0));
    }
}
