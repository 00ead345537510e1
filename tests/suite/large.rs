//! Large guides on a real terminal: the head shows at once, and the whole takes it over.

use crate::pty::Terminal;
use crate::terminal::session;
use jalon::edge::journal::Journal;
use jalon::edge::places::{GuideName, Place, Wanted};
use jalon::edge::{Session, show};
use jalon::guide::{Guide, Origin};
use jalon::progress::Log;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

/// A guide of some megabytes: its last section holds a word of its own, and a contact.
fn guide(sections: usize) -> String {
    let mut text = "---\ntitle: Long\n---\n\n# Long\n\nVoir [la fin](#fin).\n\n".to_owned();
    for n in 1..=sections {
        text += &format!("## {n}. Étape {n}\n\nOn fait le pas {n}, puis l’on souffle un peu avant le suivant.\n\n");
        text += "- un point\n- un autre, `code`, **gras** et [lien](https://example.org/)\n\n```sh\n# pas un titre\n```\n\n";
    }
    text + "## Fin\n\nMot [rare](mailto:fin@example.org).\n"
}

#[test]
fn a_large_guide_is_read_while_the_rest_is_on_its_way_and_then_ticked() {
    let running = Terminal::new().file("long.md", &guide(9_000)).args(&["long.md"]).start();
    running.sees("On fait le pas 1,").keys("G").sees("rare").keys("g");
    running.sees("On fait le pas 1,").sees("0/9000").keys("]x").sees("1/9000").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn what_is_typed_meanwhile_is_done_when_the_whole_is_there() {
    let running = Terminal::new().file("long.md", &guide(9_000)).args(&["long.md"]).start();
    running.sees("On fait le pas 1,").keys("/pas 8765,\r").sees("8765. Étape 8765").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn one_leaves_while_the_rest_is_being_read() {
    let running = Terminal::new().file("long.md", &guide(60_000)).args(&["long.md"]).start();
    running.sees("On fait le pas 1,").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn who_left_off_further_down_is_not_shown_the_beginning_first() {
    let first = Terminal::new().file("long.md", &guide(2_000)).args(&["long.md"]).start();
    first.sees("On fait le pas 1,").sees("0/2000").keys("/pas 1234,\r").sees("1234. Étape 1234");
    let again = Terminal::new().at_home_of(&first).args(&["long.md"]);
    first.keys("q");
    first.ends();
    let running = again.start();
    running.sees("On fait le pas 1234,");
    assert!(!String::from_utf8_lossy(&running.bytes()).contains("le pas 1,"));
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_panic_while_the_rest_is_read_is_told_and_the_head_read_on_until_it_can_be_read() {
    let running = Terminal::new().part("large::plays_a_guide_whose_rest_panics").start();
    running.sees("la lecture continue").sees("on purpose").sees("début seul").sees("On fait le pas 1,");
    running.keys("]]").sees("On fait le pas 3,");
    // What would wait for the rest does not wait for ever, and what needs it says so.
    running.keys("G").keys("x").sees("la suite du guide manque");
    running.keys("R").sees("on purpose, time 2").sees("début seul");
    running.keys("R").keys("G").sees("rare").sees("0/300").keys("g]x").sees("1/300").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
#[ignore = "a part in other tests"]
fn plays_a_guide_whose_rest_panics() {
    static TIMES: AtomicUsize = AtomicUsize::new(0);
    let (Some(_), Some(home)) = (std::env::var_os("JALON_PART"), std::env::var_os("HOME")) else { return };
    let text = guide(300);
    let open = move |guide: Guide| {
        let wanted = Wanted { guide: GuideName::BuiltIn, run: "default", who: "lise", progress: None };
        let (journal, ..) = Journal::open(Place::find(&wanted, Some(std::path::Path::new(&home).join("state"))));
        session(guide, journal, Log::default())
    };
    let head = Guide::parse_head(&text.as_bytes()[..20_000], text.len(), 10_000, &Origin::default()).unwrap();
    let head = open.clone()(head);
    let rest = move || {
        let time = TIMES.fetch_add(1, SeqCst) + 1;
        assert!(time > 2, "on purpose, time {time}");
        Ok(open(Guide::parse(&text, &Origin::default())))
    };
    show(Session { journal: None, rest: Some(Arc::new(rest)), ..head });
}
