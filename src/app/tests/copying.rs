//! Contacts, links and the clipboard: what is asked, and what is claimed.

use super::*;

fn copied(stage: &mut Stage) -> (Ticket, String) {
    let effects = stage.done();
    let copy =
        effects.iter().find_map(|e| if let Effect::Copy(ticket, text) = e { Some((*ticket, text)) } else { None });
    let (ticket, text) = copy.unwrap_or_else(|| panic!("{effects:?}"));
    (ticket, text.to_string())
}

#[test]
fn c_and_enter_copy_the_bare_address() {
    let mut stage = stage(BUILT_IN);
    stage.press("c<enter>");
    let (ticket, text) = copied(&mut stage);
    assert_eq!(text, "contact@cto-de-lyon.fr");
    assert_eq!(stage.said(), "", "nothing is claimed before it is so");
    stage.tell(Msg::Copied(ticket, Landing::Taken("xclip")));
    assert_eq!(stage.said(), "copié\u{a0}: contact@cto-de-lyon.fr (xclip)");
    stage.press("Y");
    assert_eq!(copied(&mut stage).1, "mailto:contact@cto-de-lyon.fr");
}

#[test]
fn what_is_only_sent_is_not_called_copied() {
    let mut stage = stage(BUILT_IN);
    stage.press("cy");
    let (ticket, _) = copied(&mut stage);
    stage.tell(Msg::Copied(ticket, Landing::Sent));
    assert_eq!(stage.said(), "envoyé au terminal\u{a0}: contact@cto-de-lyon.fr");
}

#[test]
fn a_late_answer_about_an_earlier_copy_is_dropped() {
    let mut stage = stage(BUILT_IN);
    stage.press("cy");
    let (first, _) = copied(&mut stage);
    stage.press("jy");
    let (second, _) = copied(&mut stage);
    stage.tell(Msg::Copied(first, Landing::Taken("xclip")));
    assert_eq!(stage.said(), "");
    stage.tell(Msg::Copied(second, Landing::Taken("xclip")));
    assert!(stage.said().contains("manifeste"));
    stage.press("k").tell(Msg::Copied(second, Landing::Taken("xclip")));
    assert_eq!(stage.said(), "", "answered once");
}

#[test]
fn without_a_clipboard_the_text_stands_alone_and_the_mouse_is_let_go() {
    let mut stage = stage(BUILT_IN);
    stage.press("cy");
    let (ticket, _) = copied(&mut stage);
    stage.tell(Msg::Copied(ticket, Landing::NoWay(CleanText::line("ni affichage ni terminal"))));
    assert!(
        matches!(&stage.model.overlay, Some(Overlay::Bare(scan)) if scan.text.as_str() == "contact@cto-de-lyon.fr")
    );
    assert_eq!(stage.done(), [Effect::CaptureMouse(false)]);
    stage.press("<esc>");
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.done(), [Effect::CaptureMouse(true)]);
    assert_eq!(stage.said(), "pas de presse-papiers\u{a0}: ni affichage ni terminal");
    stage.press("<esc>");
    assert_eq!(stage.said(), "");
}

#[test]
fn without_a_clipboard_nothing_is_shown_over_what_is_being_typed() {
    let mut stage = stage(BUILT_IN);
    stage.press("cy");
    let (ticket, _) = copied(&mut stage);
    stage.press("3Gsmoi").tell(Msg::Copied(ticket, Landing::NoWay(CleanText::line("rien"))));
    assert!(matches!(stage.model.overlay, Some(Overlay::Prompt(_))));
}

#[test]
fn opening_shows_the_real_target_and_waits_for_a_yes() {
    let mut stage = stage(BUILT_IN);
    stage.press("cGo");
    assert!(
        matches!(&stage.model.overlay, Some(Overlay::Open(q)) if q.target.as_str() == "https://cto-de-lyon.fr/manifeste")
    );
    assert!(stage.done().is_empty());
    stage.press("<esc>o<enter>");
    let effects = stage.done();
    let [Effect::Open(ticket, target)] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(target.as_str(), "https://cto-de-lyon.fr/manifeste");
    stage.tell(Msg::Opened(ticket + 9, Err(CleanText::line("non"))));
    assert_eq!(stage.said(), "");
    stage.tell(Msg::Opened(*ticket, Err(CleanText::line("pas d’affichage"))));
    assert_eq!(stage.said(), "pas ouvert\u{a0}: pas d’affichage");
    stage.press("oy");
    assert_eq!(copied(&mut stage).1, "https://cto-de-lyon.fr/manifeste");
}

/// Clicks on the first cell of a link's text.
fn click_on(stage: &mut Stage, words: &str) {
    let column = stage.model.panes.column;
    let lines = stage.model.reader.lines.iter().enumerate();
    let (row, at) = lines.into_iter().find_map(|(n, l)| Some((n as u16, l.text.find(words)?))).unwrap();
    let before = stage.model.reader.lines[usize::from(row)].text.get(..at).unwrap();
    let x = crate::layout::columns(before) as u16;
    stage.click(column.x + x, column.y + row);
}

#[test]
fn a_click_on_a_link_asks_before_it_opens() {
    let mut stage = sized(RUNBOOK, 120, 60);
    click_on(&mut stage, "piège");
    assert!(matches!(&stage.model.overlay, Some(Overlay::Open(q)) if q.target.as_str() == "https://exemple.fr/b"));
    assert!(stage.done().iter().all(|e| !matches!(e, Effect::Open(..))));
    stage.press("<esc>");
    click_on(&mut stage, "une adresse");
    let joined = "https://cto-de-lyon.fr/etat";
    assert!(
        matches!(&stage.model.overlay, Some(Overlay::Open(q)) if q.target.as_str() == joined),
        "joined to the base"
    );
    stage.press("<esc>");
    click_on(&mut stage, "un fichier");
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.said(), "ne s’ouvre pas d’ici (ni page web ni courriel)\u{a0}: file:///etc/passwd");
}

#[test]
fn a_link_that_names_another_address_than_its_own_is_told() {
    let mut stage = sized(RUNBOOK, 120, 60);
    click_on(&mut stage, "https://banque.fr");
    let Some(Overlay::Open(question)) = &stage.model.overlay else { panic!() };
    assert_eq!(question.target.as_str(), "https://voleur.example/");
    assert_eq!(question.guise.as_deref(), Some("https://banque.fr"));
}

#[test]
fn what_is_asked_about_is_what_is_opened() {
    let mut stage =
        stage("[été](https://b\u{fc}cher.example/été) [lise](mailto:a@b.fr?attach=/etc/passwd&subject=x)\n");
    for (words, target) in [("été", "https://xn--bcher-kva.example/%C3%A9t%C3%A9"), ("lise", "mailto:a@b.fr?subject=x")]
    {
        click_on(&mut stage, words);
        assert!(matches!(&stage.model.overlay, Some(Overlay::Open(q)) if q.target.as_str() == target), "{words}");
        stage.press("<enter>");
        let effects = stage.done();
        assert!(matches!(&effects[..], [Effect::Open(_, opened)] if opened.as_str() == target), "{effects:?}");
    }
}

#[test]
fn an_address_that_is_none_is_too_long_to_be_copied() {
    let path = "x".repeat(9000);
    let model = Model::new(
        Arc::new(Guide::parse(&format!("[m](/{path})"), &Origin::default())),
        Log::default(),
        settings(),
        (120, 40),
        0,
    );
    let mut stage = Stage { model, effects: Vec::new(), n: 0 };
    stage.press("cy");
    assert_eq!(stage.said(), "plus de 8\u{a0}Kio\u{a0}: trop long pour une adresse, pas copié");
    assert!(stage.done().is_empty());
}

#[test]
fn a_link_within_the_guide_jumps() {
    let mut stage = sized(RUNBOOK, 120, 24);
    stage.press("]]");
    click_on(&mut stage, "le début");
    assert_eq!(stage.section(), "Avant");
    stage.press("H");
    click_on(&mut stage, "nulle part");
    assert_eq!(stage.said(), "pas de titre #ailleurs dans ce guide");
}

#[test]
fn a_telephone_number_is_copied_and_not_opened() {
    let mut stage = stage(RUNBOOK);
    stage.press("cgjo");
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.said(), "ne s’ouvre pas d’ici (ni page web ni courriel)\u{a0}: tel:+33123456789");
    stage.press("y");
    assert_eq!(copied(&mut stage).1, "+33123456789");
}

#[test]
fn a_link_without_a_base_address_is_out_of_reach() {
    let model = Model::new(
        Arc::new(Guide::parse("[m](/manifeste)", &Origin::default())),
        Log::default(),
        settings(),
        (120, 40),
        0,
    );
    let mut stage = Stage { model, effects: Vec::new(), n: 0 };
    stage.press("cGo");
    assert!(stage.said().starts_with("hors d’atteinte"));
    stage.press("y");
    assert_eq!(copied(&mut stage).1, "/manifeste");
}

#[test]
fn y_in_the_text_copies_the_section_as_it_is_written() {
    let mut stage = stage(BUILT_IN);
    stage.press("]]y");
    let (ticket, text) = copied(&mut stage);
    assert!(text.starts_with("### 1. Rassemblez une équipe de co-animateurs\n\nCommencez par"), "{text}");
    assert!(text.ends_with("animer la communauté."), "{text}");
    stage.tell(Msg::Copied(ticket, Landing::Sent));
    assert_eq!(
        stage.said(),
        "envoyé au terminal\u{a0}: section «\u{a0}1. Rassemblez une équipe de co-animateurs\u{a0}»"
    );
    stage.press("[y");
    let whole = copied(&mut stage).1;
    assert!(whole.starts_with("## Comment lancer") && whole.contains("### 5."), "sections in it are part of it");
    stage.press("1G<enter>y");
    assert!(copied(&mut stage).1.ends_with("(mailto:contact@cto-de-lyon.fr)"));
}

#[test]
fn a_section_ends_before_the_line_of_a_quoted_or_listed_heading() {
    for marker in ["> ", "- ", "1. "] {
        let mut stage = stage(&format!("# Un\n\ntexte\n\n{marker}# Deux\n"));
        stage.press("y");
        assert_eq!(copied(&mut stage).1, "# Un\n\ntexte", "{marker}");
    }
    let mut stage = stage("---\ntitle: t\n---\n> avant\n\n> # Un\n");
    stage.press("gy");
    assert_eq!(copied(&mut stage).1, "> avant", "before the first heading, the front matter left out");
}

#[test]
fn capital_y_in_the_text_copies_the_code_that_is_being_read() {
    let mut stage = stage("# Un\n\n```sh\nls -l\ncd\n```\n\n## Deux\n\n    make\n");
    stage.press("Y");
    let (ticket, text) = copied(&mut stage);
    assert_eq!(text, "ls -l\ncd", "without its fence, and without a last line feed");
    stage.tell(Msg::Copied(ticket, Landing::Sent));
    assert_eq!(stage.said(), "envoyé au terminal\u{a0}: code (sh), 2 lignes");
    let mut none = self::stage("# Un\n\ntexte `mot`\n");
    none.press("Y");
    assert_eq!(none.said(), "pas de code à l’écran");
}

#[test]
fn where_there_is_no_text_nothing_is_copied() {
    for (guide, key) in [("", "y"), ("\n\n", "y"), ("```\n```\n", "Y")] {
        let mut stage = stage(guide);
        stage.press(key);
        assert!(stage.done().iter().all(|e| !matches!(e, Effect::Copy(..))), "{guide:?}");
        assert!(stage.model.copying.is_none() && !stage.said().is_empty(), "{guide:?}");
    }
}

#[test]
fn contacts_are_selected_by_keys_and_clicks() {
    let mut stage = stage(BUILT_IN);
    let rows = stage.model.panes.contacts_rows;
    stage.click(rows.x + 4, rows.y + 1);
    assert_eq!((stage.model.contacts.selected, stage.model.focus), (1, Panel::Contacts));
    stage.press("kkk");
    assert_eq!(stage.model.contacts.selected, 0);
    stage.press("2");
    let mut none = self::stage("# rien\n");
    none.press("c");
    assert_eq!((none.said().as_str(), none.model.focus), ("ce guide ne donne aucun contact", Panel::Text));
}

#[test]
fn a_place_to_break_a_word_is_not_copied() {
    let mut stage = stage("# T\n\n```sh\nrm a\u{ad}b\n\tc\n```\n");
    stage.press("2Y");
    assert_eq!(copied(&mut stage).1, "rm ab\n\tc");
    stage.press("y");
    assert!(!copied(&mut stage).1.contains('\u{ad}'));
}
