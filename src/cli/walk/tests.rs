//! The walk as a conversation: what is said to each answer, with a list for a disk.

use super::super::page::tests::voice;
use super::super::samples::{DEVICE, NINE, report_of, stamp};
use super::*;
use crate::guide::Origin;
use crate::layout::{Colours, Measures, Medium};
use crate::progress::Op;
use std::collections::BTreeSet;

const RUNBOOK: &str = "\
# Livraison

## Déroulé

1. Geler la branche. Prévenir l’équipe.
2. Construire les paquets.

## Nos valeurs

- **Franchise** : on se dit les choses.
- **Calme** : on ne court pas.

Écrire à <ops@exemple.fr> ou voir [le tableau](https://exemple.fr/tableau).
";

/// A walk whose disk is a list.
struct Journey {
    guide: Guide,
    log: Log,
    walker: Walker,
    lang: Lang,
    now: i64,
}

impl Journey {
    fn of(markdown: &str, lang: Lang) -> (Journey, String) {
        let guide = Guide::parse(markdown, &Origin::default());
        let log = Log::default();
        let mut journey = Journey { guide, log, walker: Walker::default(), lang, now: NINE };
        let (walker, page) = journey.see(Walker::begin);
        journey.walker = walker;
        (journey, text(&page))
    }

    fn see<T>(&self, look: impl FnOnce(&Sight<'_>) -> T) -> T {
        let (colours, toggled, voice) = (Colours::new(), BTreeSet::new(), voice(self.lang));
        let measures = Measures::default();
        let report = report_of(&self.guide, &self.log);
        let layout = Layout {
            guide: &self.guide,
            width: voice.width,
            glyphs: voice.glyphs,
            lang: self.lang,
            colours: &colours,
            toggled: &toggled,
            measures: &measures,
            medium: Medium::Paper,
        };
        look(&Sight { layout, report: &report, log: &self.log, device: DEVICE, voice: &voice, now: self.now })
    }

    /// Answers; gives what is said, and at the end the question.
    fn say(&mut self, line: &str) -> String {
        let mut walker = self.walker.clone();
        let page = match self.see(|sight| walker.hear(line, sight)) {
            Turn::Say(page) => page,
            Turn::Record(change) => {
                self.log.add(stamp(self.log.records().len() as u64 + 1, change));
                self.log.settle_for(&self.guide);
                self.see(|sight| walker.recorded(sight))
            }
            Turn::Copy(address) => copied(&address, &Landing::Sent, self.lang),
            Turn::Leave => vec![Row::of(Role::Text, "(left)")],
        };
        self.walker = walker;
        let question = self.see(|sight| self.walker.question(sight));
        text(&[page, vec![question]].concat())
    }

    fn ops(&self) -> Vec<&Op> {
        self.log.records().iter().map(|r| &r.change.op).collect()
    }
}

/// The page as text, ordinary spaces for no-break ones.
fn text(page: &[Row]) -> String {
    super::super::page::tests::plain(page).replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn it_begins_at_the_next_open_item_and_says_where_one_is() {
    let (journey, said) = Journey::of(RUNBOOK, Lang::Fr);
    let expected = "\
Livraison (avancement : 0 sur 4)

Déroulé (avancement : 0 sur 2)
Étape 1 sur 4, à faire : Geler la branche

1. Geler la branche. Prévenir l’équipe.

";
    assert_eq!(said.replace("  ", ""), expected.replace("  ", ""));
    assert_eq!(text(&[journey.see(|s| journey.walker.question(s))]), "fait, passer, note, suivant, aide ?\n");
}

#[test]
fn a_tick_is_said_and_the_next_open_item_follows() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    let said = journey.say("done");
    assert!(said.starts_with("1. Geler la branche: done.\n\nDéroulé (progress: 1 of 2)\nStep 2 of 4, to do"), "{said}");
    let said = journey.say("x");
    assert!(said.contains("Value 3 of 4, to do: Franchise") && said.ends_with("affirm, note, next, help?\n"), "{said}");
    journey.say("affirm");
    assert!(journey.say("affirm").ends_with("Everything is settled.\naffirm, note, next, help?\n"));
    assert_eq!(journey.ops(), [&Op::Done, &Op::Done, &Op::Affirm, &Op::Affirm]);
}

#[test]
fn a_skip_asks_why_and_is_none_without_a_reason() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    assert!(journey.say("skip").starts_with("For what reason?"));
    assert!(journey.say("").starts_with("Nothing was skipped.\n"));
    assert!(journey.say("s").starts_with("For what reason?"));
    assert!(journey.say("too early").starts_with("1. Geler la branche: skipped.\n"));
    assert!(journey.say("passer plus tard").contains("2. Construire les paquets: skipped."));
    let reasons = ["too early", "plus tard"].map(|why| Op::Skip { reason: CleanText::line(why) });
    assert_eq!(journey.ops(), reasons.iter().collect::<Vec<_>>());
    assert!(journey.say("1").contains("skipped just now (2026-11-24, lise): Geler"), "{}", journey.say("1"));
    assert!(journey.say("r").contains("Reason: too early\n"));
}

#[test]
fn a_value_is_not_skipped_and_says_when_it_was_affirmed() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::Fr);
    journey.say("3");
    assert!(journey.say("passer").contains("ne se passe pas"), "{}", journey.say("passer"));
    journey.say("affirmer");
    journey.now = NINE + 3 * 24 * 60 * 60 * 1000;
    let said = journey.say("3");
    assert!(said.contains("Valeur 3 sur 4, affirmée il y a 3 jours (2026-11-24, lise) : Franchise"), "{said}");
}

#[test]
fn a_note_is_asked_for_told_and_taken_away_by_a_dash() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::Fr);
    assert!(journey.say("note").starts_with("Quelle note ?"));
    assert!(journey.say("  ").starts_with("Rien n’a été noté."));
    assert!(journey.say("n à la mairie").contains("note ajoutée"));
    assert!(journey.say("répéter").contains("Note : à la mairie\n"));
    assert!(journey.say("note -").contains("note retirée"));
    assert!(!journey.say("encore").contains("mairie"));
}

#[test]
fn one_goes_on_back_and_to_a_number_or_a_label() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    assert!(journey.say("back").starts_with("This is the first item"));
    assert!(journey.say("").contains("Step 2 of 4"));
    assert!(journey.say("previous").contains("Step 1 of 4"));
    assert!(journey.say("go to 4").contains("Value 4 of 4"));
    assert!(journey.say("next").starts_with("This is the last item"));
    assert!(journey.say("aller paquets").contains("Step 2 of 4"));
    assert!(journey.say("go AN").contains("could be 1. Geler la branche; 3. Franchise;"), "{}", journey.say("go AN"));
    assert!(journey.say("9").starts_with("Nothing answers to that; the numbers go from 1 to 4."));
    assert!(journey.say("go").contains("Value 3 of 4"), "the next open one, steps before values");
    assert_eq!(journey.ops(), [&Op::Done; 0]);
}

#[test]
fn undo_takes_the_last_change_back_and_goes_there() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    assert!(journey.say("undo").starts_with("nothing to undo"));
    journey.say("done");
    let said = journey.say("undo");
    assert!(said.starts_with("undone: “Geler la branche”\n") && said.contains("Step 1 of 4, to do"), "{said}");
    assert!(journey.say("redo").contains("Step 1 of 4, done just now"));
    assert!(journey.say("untick").contains("to do again"));
}

#[test]
fn contacts_are_listed_with_numbers_and_copied_bare() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    let listed = journey.say("contacts");
    let expected = "\
1. ops@exemple.fr, mail, Nos valeurs
2. https://exemple.fr/tableau, web page, le tableau, Nos valeurs
Number to copy? (nothing: go back)
";
    assert_eq!(listed, expected);
    assert!(journey.say("1").starts_with("sent to the terminal: ops@exemple.fr\n"));
    assert!(journey.say("copy 2").starts_with("sent to the terminal: https://exemple.fr/tableau\n"));
    assert!(journey.say("c 3").starts_with("No such contact; the numbers go from 1 to 2."));
    journey.say("c");
    assert!(journey.say("").starts_with("done, skip"), "nothing: back");
    journey.say("c");
    assert_eq!(journey.say("quit").lines().next(), Some("(left)"), "a word is an answer there too");
    let bare = copied(&CleanText::line("a@b.fr"), &Landing::NoWay(CleanText::line("why")), Lang::En);
    assert_eq!(text(&bare), "no clipboard: why\na@b.fr\n");
}

#[test]
fn the_section_is_read_whole_and_the_status_in_words() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::Fr);
    journey.say("fait");
    let section = journey.say("texte");
    assert!(section.contains("Déroulé") && section.contains("Construire") && !section.contains("Franchise"));
    let status = journey.say("état");
    assert!(status.starts_with("Livraison (avancement : 1 sur 4)\n\nDéroulé (avancement : 1 sur 2)\n"), "{status}");
    assert!(status.contains("1. Geler la branche : faite à l’instant (2026-11-24, lise)\n"), "{status}");
    assert!(status.contains("4. Calme : à faire\n"), "{status}");
}

#[test]
fn what_was_carried_over_is_to_be_confirmed_or_refused() {
    let confirm = |answer: &str| {
        let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
        journey.say("done");
        let edited = RUNBOOK.replace("Geler la branche. Prévenir l’équipe.", "Geler la branche principale.");
        let before = std::mem::replace(&mut journey.guide, Guide::parse(&edited, &Origin::default()));
        journey.log.settle_for(&journey.guide);
        let mut walker = journey.walker.clone();
        let (said, meant) = journey.see(|sight| walker.reread(&before, sight));
        journey.walker = walker;
        assert_eq!((text(&said).as_str(), meant), ("guide read again\n", Meant::Still));
        let asked = journey.say("1");
        let carried = "Carried over from a like text, “Geler la branche”, done just now (2026-11-24, lise): \
                       is it the same thing?\n";
        assert!(asked.contains("Step 1 of 4, to confirm: Geler la branche principale\n"), "{asked}");
        assert!(asked.contains(carried) && asked.ends_with("confirm, refuse, next, help?\n"), "{asked}");
        journey.say(answer);
        journey.say("1")
    };
    assert!(confirm("yes").contains("Step 1 of 4, done"), "{}", confirm("yes"));
    assert!(confirm("refuse").contains("Step 1 of 4, to do"), "{}", confirm("refuse"));
}

#[test]
fn an_answer_never_lands_on_another_item_than_the_one_it_was_given_for() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    let edited = RUNBOOK.replace("1. Geler la branche. Prévenir l’équipe.\n2. ", "1. Tout autre chose.\n2. ");
    let before = std::mem::replace(&mut journey.guide, Guide::parse(&edited, &Origin::default()));
    journey.log.settle_for(&journey.guide);
    let mut walker = journey.walker.clone();
    let (said, meant) = journey.see(|sight| walker.reread(&before, sight));
    assert_eq!(meant, Meant::Nothing);
    assert!(text(&said).contains("nothing was done.\n\nDéroulé (progress: 0 of 2)\nStep 1 of 4, to do: Tout autre"));
}

#[test]
fn a_guide_without_items_can_be_read_and_left() {
    let (mut journey, said) = Journey::of("Un texte.\n", Lang::En);
    assert!(said.contains("no steps, tasks or values"));
    for answer in ["done", "next", "skip", "note x"] {
        assert_eq!(journey.say(answer), "This guide has nothing to tick.\ntext, contacts, help, quit?\n", "{answer}");
    }
    assert!(journey.say("text").contains("Un texte."));
    assert!(journey.say("contacts").starts_with("this guide names no contacts"));
    assert!(journey.say("hello").starts_with("Not understood."));
    assert_eq!(journey.say("hello").lines().count(), 2, "one line of help, and the question");
    assert_eq!(journey.say("help").lines().count(), Reply::ALL.len() + 1);
}

#[test]
fn what_is_typed_drives_no_terminal() {
    let (mut journey, _) = Journey::of(RUNBOOK, Lang::En);
    journey.say("note \u{1b}[31mred\u{7}\u{9b}m");
    let said = journey.say("repeat");
    assert!(said.contains("red") && !said.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{said:?}");
    journey.say("skip");
    assert!(journey.say("\u{200b}\u{202e}").starts_with("Nothing was skipped."), "hidden characters are no reason");
}
