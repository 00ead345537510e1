//! A guide opened again: where one reads on, and what is told.

use super::*;
use crate::guide::Anchor;
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::*;

/// The bookmark that a reading leaves behind.
fn bookmark(stage: &Stage) -> Bookmark {
    let reader = &stage.model.reader;
    Bookmark::of(&stage.model.guide, Place { top: reader.top, here: reader.here }, reader.place, stage.model.now)
}

/// The guide as it is opened again some time later, in a window of another size.
fn later(bookmark: &Bookmark, source: &str, passed: i64, size: (u16, u16)) -> Stage {
    let mut stage = sized(source, size.0, size.1);
    stage.model.now = bookmark.at + passed;
    stage.model.resume(bookmark);
    stage
}

#[test]
fn one_reads_on_where_one_left_off() {
    for keys in ["", "jjj", "]]]jj", "G", "1G<enter>", "...", "dddd"] {
        let mut before = stage(BUILT_IN);
        before.press(keys);
        let mut again = later(&bookmark(&before), BUILT_IN, DAY, (120, 40));
        // The line takes a row of the text.
        again.model.notice = None;
        again.tell(Msg::Focus(true));
        assert_eq!(again.model.reader.place, before.model.reader.place, "{keys}");
        assert_eq!(again.first_row(), before.first_row(), "{keys}");
        let narrow = later(&bookmark(&before), BUILT_IN, DAY, (60, 12));
        assert!(narrow.model.reader.lines[0].anchor.block.abs_diff(before.model.reader.top.block) <= 1, "{keys}");
    }
}

#[test]
fn one_line_tells_how_long_ago_how_far_and_what_is_new() {
    let mut before = stage(BUILT_IN);
    before.press("]]]");
    let edited = BUILT_IN
        .replace("## Comment lancer", "## Avant tout\n\nDu neuf.\n\n## Comment lancer")
        .replace("Meetup", "Mobilizon");
    let again = later(&bookmark(&before), &edited, 3 * DAY, (120, 40));
    assert_eq!(again.said(), "il y a 3 jours · étapes 0/5 · 1 section nouvelle, 1 changée");
    let marked: Vec<&str> = again
        .model
        .outline
        .rows
        .iter()
        .filter(|r| r.changed)
        .map(|r| &*again.model.guide.headings[r.heading].text)
        .collect();
    assert_eq!(marked, ["Avant tout", "3. Choisissez votre plateforme"]);
    assert_eq!(again.section(), before.section());
    let soon = later(&bookmark(&before), BUILT_IN, 1000, (120, 40));
    assert_eq!(soon.said(), "à l’instant · étapes 0/5");
    let values = stage("# Nos valeurs\n\n- **A** : x\n- **B** : y\n");
    let values = later(&bookmark(&values), "# Nos valeurs\n\n- **A** : x\n- **B** : y\n", DAY, (120, 40));
    assert_eq!(values.said(), "hier · valeurs 0/2");
    let mut bare = later(&bookmark(&stage("un\n")), "deux\n", DAY, (120, 40));
    assert_eq!(bare.said(), "hier · 1 section changée");
    assert_eq!(bare.press("j").said(), "", "it goes with the next key");
}

#[test]
fn the_line_is_put_right_once_the_zone_is_known_and_never_comes_back() {
    // Half past nine in the evening in UTC, and one in the morning three and a half hours further east.
    let hour = DAY / 24;
    let mut before = stage(BUILT_IN);
    before.model.now = 1000 * DAY + 19 * hour;
    let kept = bookmark(&before);
    let mut again = later(&kept, BUILT_IN, 2 * hour + hour / 2, (120, 40));
    assert_eq!(again.said(), "il y a 2 heures · étapes 0/5");
    again.tell(Msg::Zone(TimeZone::fixed(Offset::from_seconds(3 * 3600 + 1800).unwrap())));
    assert_eq!(again.said(), "hier · étapes 0/5");
    again.press("j").tell(Msg::Zone(TimeZone::UTC));
    assert_eq!(again.said(), "");
}

#[test]
fn a_section_that_is_gone_leaves_one_before_it() {
    let mut before = stage(BUILT_IN);
    before.press("]]]]");
    assert_eq!(before.section(), "3. Choisissez votre plateforme");
    let start = BUILT_IN.split("### 3.").next().unwrap();
    let rest = BUILT_IN.split("### 4.").nth(1).unwrap();
    let again = later(&bookmark(&before), &format!("{start}### 4.{rest}"), DAY, (120, 40));
    assert_eq!(again.section(), "2. Définissez vos valeurs et votre mission");
    assert_eq!(again.said(), "hier · étapes 0/4 · 1 section retirée");
}

#[test]
fn of_a_guide_with_too_many_sections_the_place_alone_is_kept() {
    let many: String = (0..5000).map(|n| format!("# {n} x\n\ntexte\n\n")).collect();
    let mut before = stage(&many);
    before.press("G[");
    let kept = bookmark(&before);
    assert_eq!(kept.prints, None);
    let again = later(&kept, &many.replace("# 7 x", "# sept"), DAY, (120, 40));
    assert_eq!((again.section(), again.said()), (before.section(), "hier".to_owned()));
}

fn spot() -> impl Strategy<Value = Spot> {
    let number = || prop_oneof![0_u32..40, any::<u32>()];
    (any::<Option<u64>>(), number(), number(), number(), number(), any::<u64>())
        .prop_map(|(section, block, byte, nth, length, text)| Spot { section, block, byte, nth, length, text })
}

proptest! {
    #[test]
    fn no_bookmark_leads_out_of_the_guide(
        at in any::<i64>(), top in spot(), here in proptest::option::of(spot()), read in spot(), known in any::<bool>(),
    ) {
        let mut stage = stage(RUNBOOK);
        let prints = known.then(|| Prints::of(&stage.model.guide));
        let section = |spot: Spot| match &prints {
            Some(prints) => Spot { section: prints.sections.get(spot.block as usize % 7).map(|p| p.path), ..spot },
            None => spot,
        };
        let (top, here, read) = (section(top), here.map(section), section(read));
        stage.model.resume(&Bookmark { at, top, here, read, prints });
        let blocks = stage.model.guide.block_count();
        let lines = &stage.model.reader.lines;
        prop_assert!(!lines.is_empty() && lines.iter().all(|l| l.anchor.block < blocks));
        prop_assert!(stage.model.reader.place >= Anchor::default() && stage.model.reader.place.block < blocks);
        stage.press("jk]]Gg");
    }
}
