//! Panels, dialogs, notices, theme, mouse, hints.

use super::*;
use crate::progress::Subject;
use crate::theme::Themed;
use unicode_width::UnicodeWidthStr;

fn focus_of(stage: &mut Stage, keys: &str) -> Panel {
    stage.press(keys).model.focus
}

#[test]
fn tab_goes_round_the_panels_and_passes_over_empty_ones() {
    let mut stage = stage(BUILT_IN);
    let mut round = |key: &str| (0..4).map(|_| focus_of(&mut stage, key)).collect::<Vec<_>>();
    assert_eq!(round("<tab>"), [Panel::Checklist, Panel::Contacts, Panel::Outline, Panel::Text]);
    assert_eq!(round("<S-tab>"), [Panel::Outline, Panel::Contacts, Panel::Checklist, Panel::Text]);
    let mut bare = self::stage("# Un\n\ntexte\n");
    assert_eq!(focus_of(&mut bare, "<tab>"), Panel::Outline);
    assert_eq!(focus_of(&mut bare, "<tab>"), Panel::Text);
    assert_eq!(focus_of(&mut self::stage("texte"), "<tab>"), Panel::Text);
}

#[test]
fn digits_work_with_and_without_shift_on_azerty() {
    let mut stage = stage(BUILT_IN);
    for (keys, panel) in [("1", Panel::Outline), ("é", Panel::Text), ("\"", Panel::Checklist), ("&", Panel::Outline)] {
        assert_eq!(focus_of(&mut stage, keys), panel, "{keys}");
    }
    let mut bare = self::stage("texte");
    bare.press("3");
    assert_eq!(bare.said(), "ce guide n’a ni étapes ni valeurs");
}

#[test]
fn the_outline_folds_away_and_comes_back_when_it_is_asked_for() {
    let mut stage = stage(BUILT_IN);
    stage.press("1o");
    assert_eq!((stage.model.panes.outline, stage.model.focus), (None, Panel::Text));
    assert_eq!(focus_of(&mut stage, "<S-tab>"), Panel::Contacts, "what is folded away is passed over");
    stage.press("1");
    assert!(stage.model.panes.outline.is_some());
    let mut narrow = sized(BUILT_IN, 80, 24);
    assert_eq!(focus_of(&mut narrow, "o"), Panel::Outline, "where it is not shown, it is fetched");
    assert_eq!(focus_of(&mut narrow, "o"), Panel::Text);
}

#[test]
fn each_width_shows_the_panel_with_the_focus() {
    for (columns, rows) in [(120, 40), (80, 24), (80, 8), (40, 12), (20, 5)] {
        let mut stage = sized(BUILT_IN, columns, rows);
        for key in ["1", "2", "3", "c"] {
            let focus = focus_of(&mut stage, key);
            let panes = &stage.model.panes;
            let shown = match focus {
                Panel::Outline => panes.outline,
                Panel::Text => panes.text,
                Panel::Checklist => panes.checklist,
                Panel::Contacts => panes.contacts,
                Panel::Library => panes.library,
            };
            assert!(shown.is_some(), "{focus:?} at {columns}x{rows}");
        }
    }
}

#[test]
fn esc_takes_one_thing_away_at_a_time() {
    let mut stage = stage(BUILT_IN);
    stage.tell(Msg::JournalTrouble(CleanText::line("journal abîmé")));
    stage.tell(Msg::WorkerPanicked(CleanText::line("oups")));
    stage.tell(Msg::JournalTrouble(CleanText::line("journal abîmé")));
    assert_eq!(stage.model.banners.len(), 2, "the same trouble is told once");
    stage.press("3?");
    for (open, banners, focus) in [
        (false, 2, Panel::Checklist),
        (false, 1, Panel::Checklist),
        (false, 0, Panel::Checklist),
        (false, 0, Panel::Text),
    ] {
        stage.press("<esc>");
        let model = &stage.model;
        assert_eq!((model.overlay.is_some(), model.banners.len(), model.focus), (open, banners, focus));
    }
    assert!(stage.done().is_empty(), "Esc never quits");
}

#[test]
fn trouble_with_the_journal_goes_once_it_is_over() {
    let mut stage = stage(BUILT_IN);
    stage.tell(Msg::JournalTrouble(CleanText::line("journal abîmé")));
    stage.tell(Msg::JournalTrouble(CleanText::line("journal trop grand")));
    stage.tell(Msg::JournalMended(CleanText::line("journal abîmé")));
    let told: Vec<&str> = stage.model.banners.iter().map(|banner| banner.text.as_str()).collect();
    assert_eq!(told, ["journal trop grand"]);
}

#[test]
fn what_was_taken_off_the_disk_is_told_until_it_is_back() {
    let mut stage = stage(BUILT_IN);
    let item = |stage: &Stage, item| Change { subject: Subject::of_item(&stage.model.guide, item), op: Op::Done };
    let records: Vec<Record> = (0..3)
        .map(|n| {
            let change = item(&stage, n);
            stage.record(change)
        })
        .collect();
    let told = |stage: &Stage| -> Vec<String> { stage.model.banners.iter().map(|b| b.text.to_string()).collect() };
    stage.tell(Msg::Arrived(records.clone()));
    stage.tell(Msg::OnDisk(records[..2].to_vec()));
    assert!(told(&stage)[0].contains("1 changement"), "{:?}", told(&stage));
    stage.tell(Msg::OnDisk(records[..1].to_vec()));
    assert_eq!(told(&stage).len(), 1, "in one line");
    assert!(told(&stage)[0].contains("2 changements"), "{:?}", told(&stage));
    stage.tell(Msg::Arrived(records[2..].to_vec()));
    assert!(told(&stage)[0].contains("1 changement "), "{:?}", told(&stage));
    stage.tell(Msg::OnDisk(records.clone()));
    assert_eq!(told(&stage), [""; 0]);
    assert_eq!(stage.model.log.records().len(), 3);

    stage.tell(Msg::OnDisk(Vec::new())).press("<esc>").tell(Msg::Arrived(records[..1].to_vec()));
    stage.tell(Msg::OnDisk(Vec::new()));
    assert!(told(&stage)[0].contains("1 changement "), "what one took away is not told again: {:?}", told(&stage));
}

#[test]
fn the_help_names_every_key_and_scrolls_to_its_end() {
    let mut stage = sized(BUILT_IN, 80, 24);
    stage.press("?");
    let rows = help_rows(&stage.model);
    for binding in bindings() {
        for key in binding.keys.iter() {
            let name = key.name(Lang::Fr, Arrows::Drawn);
            let told = rows.iter().any(|(k, w)| k.split("  ").any(|k| k == name) && w == binding.action.long(Lang::Fr));
            assert!(told, "{name} {:?}", binding.action);
        }
    }
    assert_eq!(rows[0], (String::new(), "Texte".into()), "the place one is in comes first");
    let top = |s: &Stage| match s.model.overlay {
        Some(Overlay::Help { top }) => top,
        _ => panic!(),
    };
    stage.press("j");
    assert_eq!(top(&stage), 1);
    stage.press("G");
    assert_eq!(top(&stage), help_page(&stage.model).lines.len() - 19, "the last row stands at the bottom");
    stage.press("jg");
    assert_eq!(top(&stage), 0);
    stage.press("q");
    assert!(stage.model.overlay.is_none() && stage.done().is_empty(), "q closes the help and does not leave");
}

#[test]
fn no_word_of_the_help_is_cut_in_any_window() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20), (40, 12), (30, 8)] {
        let stage = sized(BUILT_IN, columns, rows);
        let page = help_page(&stage.model);
        let mut told: Vec<String> = Vec::new();
        for line in &page.lines {
            let HelpLine::Keys(keys, words) = line else { continue };
            let width = (1 + keys.width()).max(usize::from(page.words_at) + words.width());
            assert!(width < usize::from(page.width) && page.width + 6 <= columns, "{columns}: {line:?}");
            match told.last_mut().filter(|_| keys.is_empty()) {
                Some(last) => *last = format!("{last} {words}").trim().to_owned(),
                None => told.push(words.clone()),
            }
        }
        let wanted: Vec<&str> = bindings().iter().map(|b| b.action.long(Lang::Fr)).collect();
        assert!(wanted.iter().all(|words| told.iter().any(|t| t == words)), "{columns}: {told:?}");
    }
}

#[test]
fn the_help_of_an_ascii_screen_spells_its_arrows() {
    let mut settings = settings();
    settings.ascii = true;
    let model = Model::new(guide(BUILT_IN), Log::default(), settings, (120, 40), 0);
    let keys: String = help_rows(&model).into_iter().map(|r| r.0).collect();
    assert!(!keys.contains(['↑', '↓', '←', '→']) && keys.contains("Haut"));
}

#[test]
fn the_front_matter_is_shown_on_demand() {
    let mut stage = stage(BUILT_IN);
    stage.press("i");
    assert!(matches!(stage.model.overlay, Some(Overlay::FrontMatter { .. })));
    let mut bare = self::stage("texte");
    bare.press("i");
    assert_eq!(bare.said(), "ce fichier n’a pas d’en-tête");
}

#[test]
fn the_theme_follows_the_terminal_and_the_key() {
    let mut stage = stage(BUILT_IN);
    assert_eq!(stage.model.themed, Themed::Terminal, "before the terminal answered");
    stage.tell(Msg::Background { rgb: (250, 250, 240) });
    assert_eq!(stage.model.themed, Themed::Day);
    stage.tell(Msg::Background { rgb: (20, 30, 40) });
    assert_eq!(stage.model.themed, Themed::Night);
    let mut cycle = || {
        stage.press("T");
        (stage.model.themed.clone(), stage.said())
    };
    assert_eq!(cycle(), (Themed::Day, "thème\u{a0}: jour".into()));
    assert_eq!(cycle(), (Themed::Night, "thème\u{a0}: nuit".into()));
    assert_eq!(cycle(), (Themed::Terminal, "thème\u{a0}: couleurs du terminal".into()));
    assert_eq!(cycle(), (Themed::Night, "thème\u{a0}: automatique".into()));
}

#[test]
fn a_theme_that_was_asked_for_holds_from_the_first_frame() {
    let mut settings = settings();
    settings.theme = crate::theme::ThemeChoice::Day;
    assert_eq!(Model::new(guide(""), Log::default(), settings, (80, 24), 0).themed, Themed::Day);
}

#[test]
fn keys_of_the_program_ask_the_edge() {
    let mut stage = stage(BUILT_IN);
    stage.press("m<C-z><C-l>Rm").tell(Msg::Resumed).press("q<C-c>");
    let expected = [
        Effect::CaptureMouse(false),
        Effect::Suspend,
        Effect::Redraw,
        Effect::Reload,
        Effect::CaptureMouse(true),
        Effect::Redraw,
        Effect::Quit,
        Effect::Quit,
    ];
    assert_eq!(stage.done(), expected);
}

#[test]
fn what_was_odd_in_the_guide_is_told_until_it_is_mended() {
    let mut stage = stage("un\u{202e}deux");
    assert_eq!(stage.said(), "1 caractère invisible retiré du guide");
    stage.tell(Msg::Reloaded(guide("un deux"))).press("j");
    assert_eq!(stage.said(), "");
}

#[test]
fn the_footer_says_what_the_keys_do_here() {
    let hints = |s: &Stage| footer_hints(&s.model).into_iter().map(|(k, w)| format!("{k} {w}")).collect::<Vec<_>>();
    let mut stage = stage(BUILT_IN);
    assert_eq!(
        hints(&stage),
        ["j se déplacer", "/ chercher", ". à faire", "c contacts", "Tab panneau", "? aide", "q quitter"]
    );
    stage.keys("]]x");
    assert!(hints(&stage).contains(&"x décocher".to_owned()));
    stage.press("3G");
    assert_eq!(hints(&stage)[0], "espace affirmer");
    assert!(hints(&stage).contains(&"F1 aide".to_owned()), "? says why here: {:?}", hints(&stage));
    stage.press("s");
    assert_eq!(hints(&stage), ["Entrée enregistrer", "Échap abandonner"]);
    stage.press("<esc>co");
    assert_eq!(hints(&stage), ["Entrée ouvrir", "y copier", "Échap fermer"]);
}

#[test]
fn the_reader_s_own_themes_come_after_the_others() {
    let mine = Arc::new(crate::theme::OwnTheme::on(Themed::Day, CleanText::line("mine")));
    let settings = Settings { themes: vec![Arc::clone(&mine)], ..settings() };
    let model = Model::new(guide(""), Log::default(), settings, (80, 24), 0);
    let mut stage = Stage { model, effects: Vec::new(), n: 0 };
    stage.press("TTTT");
    assert_eq!((&stage.model.themed, stage.said()), (&Themed::Own(mine), "thème\u{a0}: mine".into()));
    stage.press("T");
    assert_eq!((&stage.model.themed, stage.said()), (&Themed::Terminal, "thème\u{a0}: automatique".into()));
}
