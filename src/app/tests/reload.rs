//! The guide read again: what is told, what is kept, what is wrong outside.

use super::*;

fn line(text: &str) -> CleanText {
    CleanText::line(text)
}

#[test]
fn who_asks_for_the_guide_is_answered_once() {
    let mut stage = stage(BUILT_IN);
    stage.press("R").tell(Msg::Unchanged);
    assert_eq!(stage.said(), "guide relu\u{a0}: rien n’a changé");
    stage.press("R").tell(Msg::ReloadFailed(line("fichier disparu"))).press("j");
    assert_eq!(stage.said(), "guide non relu\u{a0}: fichier disparu");
    stage.press("<esc>");
    assert_eq!(stage.said(), "");
    stage.tell(Msg::Unchanged);
    assert_eq!(stage.said(), "", "nobody asked");
}

#[test]
fn a_guide_that_is_gone_is_told_until_it_is_back_and_read_on_meanwhile() {
    for back in [Msg::Unchanged, Msg::Reloaded(guide(BUILT_IN))] {
        let mut stage = stage(BUILT_IN);
        stage.press("]]").tell(Msg::ReloadFailed(line("a.md introuvable"))).press("j");
        assert_eq!(stage.said(), "le texte d’avant reste affiché\u{a0}: a.md introuvable");
        assert_eq!(stage.section(), "1. Rassemblez une équipe de co-animateurs");
        stage.tell(Msg::ReloadFailed(line("a.md est vide")));
        assert_eq!(stage.model.banners.len(), 1, "one thing is wrong, as it is now");
        stage.tell(back).press("j");
        assert_eq!(stage.said(), "");
    }
}

#[test]
fn one_sentence_for_two_concerns_stays_while_one_of_them_does() {
    let mut stage = stage(BUILT_IN);
    let why = || Some(line("pas de surveillance"));
    stage.tell(Msg::Concern(Concern::GuideWatch, why())).tell(Msg::Concern(Concern::JournalWatch, why()));
    assert_eq!(stage.model.banners.len(), 1);
    stage.tell(Msg::Concern(Concern::GuideWatch, None));
    assert_eq!(stage.said(), "pas de surveillance");
    stage.tell(Msg::Concern(Concern::JournalWatch, None));
    assert_eq!(stage.said(), "");
    stage.tell(Msg::Concern(Concern::Journal, Some(line("dossier illisible"))));
    assert_eq!(stage.model.said().map(|n| n.tone), Some(Tone::Trouble));
}

#[test]
fn the_guide_read_again_keeps_the_place_by_its_headings() {
    let mut stage = stage(BUILT_IN);
    stage.press("1jjj<enter>jj1gjh2");
    let (top, section) = (stage.first_row(), stage.section().to_owned());
    assert!(stage.model.outline.rows.iter().any(|r| r.folded));
    let edited = BUILT_IN.replace("## Comment lancer", "## Avant tout\n\nDu neuf.\n\nEncore.\n\n## Comment lancer");
    stage.tell(Msg::Reloaded(guide(&edited)));
    assert_eq!((stage.first_row(), stage.section()), (top.clone(), section.as_str()));
    assert_eq!(stage.said(), "guide relu\u{a0}: 1 section nouvelle");
    let folded: Vec<&str> = stage
        .model
        .outline
        .rows
        .iter()
        .filter(|r| r.folded)
        .map(|r| &*stage.model.guide.headings[r.heading].text)
        .collect();
    assert_eq!(folded, ["Comment lancer votre communauté ?"]);
    let shorter = edited.split("### 2.").next().unwrap();
    stage.tell(Msg::Reloaded(guide(shorter)));
    assert_eq!(stage.section(), "1. Rassemblez une équipe de co-animateurs", "the nearest heading before it");
    stage.tell(Msg::Reloaded(guide("")));
    assert!(stage.model.reader.lines.is_empty());
    stage.tell(Msg::Reloaded(guide(BUILT_IN)));
    assert_eq!((stage.first_row(), stage.section()), (top, section.as_str()), "nobody moved meanwhile");
}

#[test]
fn a_place_that_is_gone_is_sought_until_one_moves() {
    let mut stage = sized(BUILT_IN, 120, 16);
    stage.press("]]]]jj");
    let (top, section) = (stage.first_row(), stage.section().to_owned());
    let half = BUILT_IN.split("### 3.").next().unwrap();
    for shorter in [half, "", half] {
        stage.tell(Msg::Reloaded(guide(shorter))).tell(Msg::Resize(100, 30)).tell(Msg::Resize(120, 16));
        assert_ne!(stage.section(), section);
    }
    stage.tell(Msg::Reloaded(guide(BUILT_IN)));
    assert_eq!((stage.first_row(), stage.section()), (top, section.as_str()));
    stage.tell(Msg::Reloaded(guide(half))).press("k");
    let elsewhere = stage.first_row();
    stage.tell(Msg::Reloaded(guide(BUILT_IN)));
    assert_eq!(stage.first_row(), elsewhere, "one moved on");
}

#[test]
fn a_place_near_the_end_is_kept_though_the_screen_stays_full() {
    let mut stage = stage(BUILT_IN);
    stage.press("1G<enter>");
    assert_eq!(stage.section(), "Besoin d'aide ?");
    stage.tell(Msg::Reloaded(guide(&BUILT_IN.replace("# Pourquoi", "Un mot.\n\n# Pourquoi"))));
    assert_eq!(stage.section(), "Besoin d'aide ?");
}

/// The headings that the outline marks as news.
fn news(stage: &Stage) -> Vec<&str> {
    let marked = stage.model.outline.rows.iter().filter(|r| r.changed);
    marked.map(|r| &*stage.model.guide.headings[r.heading].text).collect()
}

#[test]
fn what_is_new_or_changed_is_marked_until_it_was_visited() {
    let mut stage = stage("# A\n\nun\n\n# B\n\ndeux\n\n## C\n\ntrois\n\n# D\n\nquatre\n");
    let edited = "# A\n\nun\n\n# B\n\ndeux\n\n## C\n\n3\n\n# Neuf\n\nx\n\n# D\n\nquatre et demi\n";
    stage.tell(Msg::Reloaded(guide(edited)));
    assert_eq!(stage.said(), "guide relu\u{a0}: 1 section nouvelle, 2 changées");
    assert_eq!(news(&stage), ["C", "Neuf", "D"]);
    stage.tell(Msg::Resize(100, 30)).press("]");
    assert_eq!((stage.section(), news(&stage)), ("B", vec!["C", "Neuf", "D"]));
    stage.press("]");
    assert_eq!((stage.section(), news(&stage)), ("C", vec!["C", "Neuf", "D"]), "just arrived");
    stage.press("]");
    assert_eq!(news(&stage), ["Neuf", "D"]);
    stage.tell(Msg::Reloaded(guide(&edited.replace("# A", "# Avant\n\n# A"))));
    assert_eq!(news(&stage), ["Avant", "Neuf", "D"], "what was news stays so");
    stage.press("]]]");
    assert_eq!(news(&stage), ["Avant"]);
}

#[test]
fn a_folded_branch_speaks_for_what_is_in_it() {
    let text = "# T\n\n# A\n\n## B\n\n### C\n\nun\n\n# D\n\n## E\n\ndeux\n";
    let mut stage = stage(text);
    stage.press("1jh");
    stage.tell(Msg::Reloaded(guide(&text.replace("un", "1"))));
    assert_eq!(news(&stage), ["A"]);
    stage.press("l");
    assert_eq!(news(&stage), ["C"]);
    stage.press("h").tell(Msg::Reloaded(guide(&text.replace("un", "1").replace("deux", "2"))));
    assert_eq!(news(&stage), ["A", "E"]);
}

#[test]
fn an_edit_that_only_ticks_or_breaks_lines_is_told_to_who_asked() {
    let mut stage = stage(RUNBOOK);
    stage.tell(Msg::Reloaded(guide(&RUNBOOK.replacen("[ ]", "[x]", 1))));
    assert_eq!(stage.said(), "");
    stage.press("R").tell(Msg::Reloaded(guide(RUNBOOK)));
    assert_eq!(stage.said(), "guide relu");
}
