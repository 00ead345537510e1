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
