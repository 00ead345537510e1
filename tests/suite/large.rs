//! Large guides on a real terminal: the head shows at once, and the whole takes it over.

use crate::pty::Terminal;

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
