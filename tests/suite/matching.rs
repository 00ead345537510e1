//! The ten edits: a guide is revised while somebody walks it. No tick is lost, none lands on an item that nobody
//! ticked, and what the reader sees after each edit is written down here.

use jalon::cli::{Row, Voice, status};
use jalon::guide::{CleanText, Guide, ItemKind, Origin};
use jalon::progress::{Change, Dot, Entry, Hlc, Log, Op, Record, Subject, Walk, report};
use jalon::theme::Glyphs;
use jalon::words::Lang;
use std::collections::BTreeSet;

const NINE: i64 = 1_795_510_800_000;
const NOON: i64 = NINE + 3 * 3600 * 1000;
const LISE: &str = "lise-1a2b3c4d";
const BUILT_IN: &str = include_str!("../../content/lancer-sa-communaute.md");
const RUNBOOK: &str = include_str!("guides/runbook.md");
const ONBOARDING: &str = include_str!("guides/onboarding.md");

fn parse(source: &str) -> Guide {
    Guide::parse(source, &Origin { name: "guide".into(), base_url: None })
}

fn record(log: &Log, guide: &Guide, subject: Subject, op: Op) -> Record {
    let n = log.records().len() as u64 + 1;
    Record {
        dot: Dot { device: LISE.into(), n },
        at: Hlc { millis: NINE + n as i64, counter: 0 },
        by: CleanText::line("lise"),
        change: log.located(guide, Change { subject, op }),
    }
    .as_written()
}

/// Does something to an item of today.
fn act(log: &mut Log, guide: &Guide, item: usize, op: Op) {
    let record = record(log, guide, Subject::of_item(guide, item), op);
    assert!(log.add(record));
    log.settle_for(guide);
}

fn tick(log: &mut Log, guide: &Guide, item: usize) {
    let op = if guide.items[item].kind == ItemKind::Value { Op::Affirm } else { Op::Done };
    act(log, guide, item, op);
}

fn ticked(guide: &Guide, wanted: impl Fn(usize) -> bool) -> Log {
    let mut log = Log::default();
    (0..guide.items.len()).filter(|i| wanted(*i)).for_each(|item| tick(&mut log, guide, item));
    log
}

/// What each item shows: `=` settled, `~` settled and its text changed, `?` carried over and to be confirmed, `.` to do;
/// then how many are no longer in the guide.
fn shown(log: &Log, guide: &Guide) -> String {
    let report = report(guide, log, &Walk::default(), NOON, 90);
    let mark = |item: usize| {
        let told = report.item(item).unwrap();
        assert_eq!(told.at.is_some(), told.by.is_some());
        match (told.state, told.at.is_some(), told.carried, told.changed) {
            ("todo", true, true, true) => '?',
            ("todo", false, false, false) => '.',
            ("done" | "upheld", true, false, false) => '=',
            ("done" | "upheld", true, false, true) => '~',
            odd => panic!("{odd:?}"),
        }
    };
    format!("{} -{}", (0..guide.items.len()).map(mark).collect::<String>(), report.retired.len())
}

/// What `jalon status` prints for such marks: each word beside its item, and beside no other.
fn printed(log: &Log, guide: &Guide, marks: &str) {
    let report = report(guide, log, &Walk::default(), NOON, 90);
    let voice = Voice { lang: Lang::En, glyphs: Glyphs::UNICODE, width: 90, zone: jiff::tz::TimeZone::UTC };
    let rows: Vec<String> = status(&report, &voice).iter().map(Row::plain).collect();
    let row = |n: usize| rows.iter().find(|r| r.trim_start().starts_with(&format!("{n} "))).unwrap();
    for (item, mark) in marks.chars().take(guide.items.len()).enumerate() {
        let (settled, words) = match mark {
            '?' => (false, "carried over, please confirm"),
            '~' => (true, "text changed since"),
            mark => (mark == '=', ""),
        };
        let row = row(report.item(item).unwrap().n);
        let found = ["carried over, please confirm", "text changed since"].into_iter().find(|w| row.contains(w));
        assert_eq!(found.unwrap_or_default(), words, "{row}");
        let (done, told) = (row.contains(['✓', '◆']), row.contains("lise"));
        assert_eq!((done, told), (settled, mark != '.'), "{row}");
    }
    let title = rows.iter().position(|r| r == "No longer in the guide");
    let gone = title.map_or(&[][..], |at| &rows[at + 1..]).iter().take_while(|r| !r.is_empty());
    let gone: Vec<&String> = gone.collect();
    assert_eq!(gone.len(), report.retired.len());
    for (row, retired) in gone.iter().zip(&report.retired) {
        assert!(row.contains(retired.label.as_str()) && row.contains("lise"), "{row}");
    }
}

/// Which items are ticked, of so many.
type Pattern = fn(usize, usize) -> bool;

/// A guide being edited. `truth` says for each item which item of the guide before it is.
struct Draft {
    source: String,
    truth: Vec<Option<usize>>,
}

impl Draft {
    fn of(source: &str) -> Draft {
        Draft { source: source.into(), truth: (0..parse(source).items.len()).map(Some).collect() }
    }

    /// Replaces the one place where these words stand.
    fn put(mut self, from: &str, to: &str) -> Draft {
        assert_eq!(self.source.matches(from).count(), 1, "{from}");
        self.source = self.source.replace(from, to);
        self
    }

    /// Exchanges two parts.
    fn exchange(self, a: &str, b: &str) -> Draft {
        self.put(a, "\u{1}").put(b, a).put("\u{1}", b)
    }

    /// Moves a part behind another, or to the end.
    fn shift(self, part: &str, behind: &str) -> Draft {
        let draft = self.put(part, "");
        let to = format!("{behind}{part}");
        if behind.is_empty() { Draft { source: draft.source + &to, ..draft } } else { draft.put(behind, &to) }
    }

    /// From here to there, the latter not included.
    fn part(&self, from: &str, to: &str) -> String {
        let start = self.source.find(from).unwrap();
        let end = if to.is_empty() { self.source.len() } else { start + self.source[start..].find(to).unwrap() };
        self.source[start..end].to_owned()
    }

    fn truth(mut self, change: impl FnOnce(&mut Vec<Option<usize>>)) -> Draft {
        change(&mut self.truth);
        self
    }

    /// An item that is no longer there.
    fn gone(self, item: usize) -> Draft {
        self.truth(|truth| {
            truth.remove(item);
        })
    }

    /// Plays the edit with several patterns of ticks. `expected` is what one sees who had ticked everything.
    fn shows(self, before: &str, expected: &str) {
        let (old, new) = (parse(before), parse(&self.source));
        let labels: Vec<&str> = new.items.iter().map(|i| i.label.as_str()).collect();
        assert_eq!(new.items.len(), self.truth.len(), "{labels:?}");
        let last = old.items.len() - 1;
        let patterns: [(&str, Pattern); 5] = [
            ("all", |_, _| true),
            ("the first", |i, _| i == 0),
            ("the last", |i, last| i == last),
            ("every second", |i, _| i % 2 == 0),
            ("the others", |i, _| i % 2 == 1),
        ];
        for (name, pattern) in patterns {
            let mut log = ticked(&old, |i| pattern(i, last));
            log.settle_for(&new);
            self.check(name, &old, &new, &log, |i| pattern(i, last));
            if name == "all" {
                assert_eq!(shown(&log, &new), expected, "{labels:?}");
                printed(&log, &new, expected);
            }
            // The edit taken back, all is as it was.
            log.settle_for(&old);
            let again: String = (0..=last).map(|i| if pattern(i, last) { '=' } else { '.' }).collect();
            assert_eq!(shown(&log, &old), format!("{again} -0"), "{name}");
        }
    }

    /// No tick is lost, and none is where nobody ticked.
    fn check(&self, name: &str, old: &Guide, new: &Guide, log: &Log, pattern: impl Fn(usize) -> bool) {
        let old_item = |r: &Record| old.items.iter().position(|i| i.id == r.change.subject.id).unwrap();
        let mut seen = BTreeSet::new();
        for (item, truth) in new.items.iter().zip(&self.truth) {
            if let Some(settled) = log.entry(&item.id).and_then(Entry::settled) {
                let from = old_item(settled);
                assert_eq!(*truth, Some(from), "{name}: a tick of another on {:?}", item.label.as_str());
                assert!(seen.insert(from), "{name}: one tick on two items");
            }
            if let Some(carry) = log.carried(&item.id) {
                let from = old_item(carry.entry.settled().unwrap());
                assert_eq!(*truth, Some(from), "{name}: {:?} offered {:?}", item.label.as_str(), carry.label.as_str());
                assert!(seen.insert(from), "{name}: one tick on two items");
            }
        }
        let retired = report(new, log, &Walk::default(), NOON, 90).retired;
        for gone in &retired {
            let from = old.items.iter().position(|i| i.id == gone.id).unwrap();
            assert!(seen.insert(from), "{name}: told twice: {:?}", gone.label.as_str());
            assert!(!log.history_of_retired(&gone.id).is_empty());
        }
        let ticked: BTreeSet<usize> = (0..old.items.len()).filter(|i| pattern(*i)).collect();
        assert_eq!(seen, ticked, "{name}: lost or invented");
    }
}

mod built_in {
    use super::*;

    fn draft() -> Draft {
        Draft::of(BUILT_IN)
    }

    const THIRD: &str = "### 3. Choisissez votre plateforme";

    #[test]
    fn a_step_reworded() {
        draft().put(THIRD, "### 3. Choisissez une plateforme commune").shows(BUILT_IN, "==?====== -0");
        draft().put(THIRD, "### 3. Trouvez un outil").shows(BUILT_IN, "==?====== -0");
        draft().put("**Pas de prospection**", "**Aucune prospection**").shows(BUILT_IN, "========? -0");
        draft().put("Luma, Meetup, ou d'autres", "D'autres").shows(BUILT_IN, "==~====== -0");
    }

    #[test]
    fn all_renumbered() {
        let mut draft = draft();
        for n in 1..=5 {
            draft = draft.put(&format!("### {n}. "), &format!("### Étape {n}\u{a0}: "));
        }
        draft.shows(BUILT_IN, "========= -0");
    }

    #[test]
    fn a_step_inserted_at_the_top() {
        let mut draft = draft();
        for n in (1..=5).rev() {
            draft = draft.put(&format!("### {n}. "), &format!("### {}. ", n + 1));
        }
        let draft = draft.put("### 2. R", "### 1. Lisez ce guide\n\nJusqu'au bout.\n\n### 2. R");
        draft.truth(|t| t.insert(0, None)).shows(BUILT_IN, ".========= -0");
    }

    #[test]
    fn a_step_deleted() {
        let third = draft().part("### 3. ", "### 4. ");
        draft().put(&third, "").gone(2).shows(BUILT_IN, "======== -1");
        let value = draft().part("- **Bénévolat**", "- **Exclusivité");
        draft().put(&value, "").gone(6).shows(BUILT_IN, "======== -1");
    }

    #[test]
    fn two_steps_swapped() {
        let (two, three) = (draft().part("### 2. ", "### 3. "), draft().part("### 3. ", "### 4. "));
        let swapped = draft().exchange(&two, &three).put("### 3. ", "### 2\u{1}. ").put("### 2. ", "### 3. ");
        swapped.put("\u{1}", "").truth(|t| t.swap(1, 2)).shows(BUILT_IN, "========= -0");
        let (a, b) = (draft().part("- **Bénévolat**", "- **Exc"), draft().part("- **Exc", "- **Pas"));
        draft().exchange(&a, &b).truth(|t| t.swap(6, 7)).shows(BUILT_IN, "========= -0");
    }

    #[test]
    fn a_step_split_in_two() {
        let fourth = draft().part("### 4. ", "### 5. ");
        let halves =
            "### 4. Organisez un apéro\n\nUn apéro tech.\n\n### 5. Organisez une table ronde\n\nAutour d'un sujet.\n\n";
        let split = draft().put(&fourth, halves).put("### 5. Comm", "### 6. Comm");
        split
            .truth(|t| *t = vec![Some(0), Some(1), Some(2), None, None, Some(4), Some(5), Some(6), Some(7), Some(8)])
            .shows(BUILT_IN, "===..===== -1");
    }

    #[test]
    fn a_section_moved() {
        let values = draft().part("## Les valeurs", "## Ressources");
        draft()
            .shift(&values, "grandissent ensemble. C'est un espace où la technique prime, sans prospection ni pression commerciale.\n\n")
            .truth(|t| t.rotate_left(5))
            .shows(BUILT_IN, "========= -0");
        // Under another heading, the words are the same and stand elsewhere.
        draft().put("## Pourquoi", "# Un guide\n\n## Pourquoi").shows(BUILT_IN, "========= -0");
        draft().put("## Comment lancer votre communauté ?", "## En cinq étapes").shows(BUILT_IN, "========= -0");
    }

    #[test]
    fn titles_doubled() {
        let again =
            "## Les valeurs essentielles à préserver\n\n- **Indépendance** : la nôtre.\n- **Bénévolat** : le leur.\n\n";
        draft()
            .put("## Ressources", &format!("{again}## Ressources"))
            .truth(|t| t.extend([None, None]))
            .shows(BUILT_IN, "=========.. -0");
        draft()
            .put("## Les valeurs", &format!("{again}## Les valeurs"))
            .truth(|t| *t = [0, 1, 2, 3, 4, 99, 99, 5, 6, 7, 8].map(|i| Some(i).filter(|i| *i < 99)).to_vec())
            .shows(BUILT_IN, "=====..==== -0");
    }

    #[test]
    fn the_guide_translated() {
        let english = "## How to launch your community\n\n### 1. Gather a team of co-organisers\n\nFind two to four CTOs.\n\n\
            ### 2. Define your values and your mission\n\nBe clear.\n\n### 3. Choose your platform\n\nLuma, Meetup.\n\n\
            ### 4. Organise your first event\n\nStart simple.\n\n### 5. Communicate and grow\n\nShare.\n\n\
            ## The values to keep\n\n- **Independence**: stay independent.\n- **Volunteering**: no pay.\n\
            - **Tech only**: resist.\n- **No sales**: none.\n";
        let translated = Draft { source: english.into(), ..draft() };
        translated.shows(BUILT_IN, "......... -9");
        // The author's ids outlive even that.
        let (mut fr, mut en) = (BUILT_IN.to_owned(), english.to_owned());
        for text in [&mut fr, &mut en] {
            let lines = text.lines().map(|l| {
                let number = l.strip_prefix("### ").and_then(|l| l.chars().next());
                number.map_or(l.to_owned(), |n| format!("{l} {{#etape-{n}}}"))
            });
            *text = lines.collect::<Vec<_>>().join("\n");
        }
        Draft { source: en, ..draft() }.shows(&fr, "~~~~~.... -4");
    }

    #[test]
    fn another_guide_of_the_same_name() {
        let other = |source: &str| Draft { source: source.into(), truth: vec![None; parse(source).items.len()] };
        other(RUNBOOK).shows(BUILT_IN, "............. -9");
        other(ONBOARDING).shows(BUILT_IN, "........... -9");
    }
}

mod runbook {
    use super::*;

    fn draft() -> Draft {
        Draft::of(RUNBOOK)
    }

    #[test]
    fn a_step_reworded() {
        draft().put("Freeze the main branch", "Freeze the release branch").shows(RUNBOOK, "=?=========== -0");
        draft().put("Stop the workers", "Stop all the workers").shows(RUNBOOK, "=====?======= -0");
        draft().put("Tag the version", "Write a blog post").truth(|t| t[11] = None).shows(RUNBOOK, "===========.= -1");
        draft().put("Keep it for a week", "Keep it for a month").shows(RUNBOOK, "====~======== -0");
    }

    #[test]
    fn all_renumbered() {
        let mut draft = draft();
        for n in (1..=6).rev() {
            draft = draft.put(&format!("\n{n}. "), &format!("\n{}. ", n + 4));
        }
        draft.shows(RUNBOOK, "============= -0");
    }

    #[test]
    fn a_step_inserted_at_the_top() {
        draft()
            .put("- [ ] Announce", "- [ ] Read this runbook\n- [ ] Announce")
            .put("1. Take", "1. Take a deep breath\n1. Take")
            .truth(|t| {
                t.insert(4, None);
                t.insert(0, None);
            })
            .shows(RUNBOOK, ".====.========= -0");
    }

    #[test]
    fn a_step_deleted() {
        draft().put("2. Stop the workers\n", "").gone(5).shows(RUNBOOK, "============ -1");
        draft().put("- [ ] Tag the version\n", "").gone(11).shows(RUNBOOK, "============ -1");
        // Of two steps of the same words one is left, and both its neighbours say which.
        draft().put("3. Check the logs\n", "").gone(6).shows(RUNBOOK, "========?=== -1");
        draft().put("6. Check the logs\n", "").gone(9).shows(RUNBOOK, "======?===== -1");
    }

    #[test]
    fn two_steps_swapped() {
        draft()
            .exchange("Freeze the main branch", "Check that all tests are green")
            .truth(|t| t.swap(1, 2))
            .shows(RUNBOOK, "============= -0");
        draft()
            .exchange("Run the migrations", "Start the workers")
            .truth(|t| t.swap(7, 8))
            .shows(RUNBOOK, "============= -0");
    }

    #[test]
    fn a_step_split_in_two() {
        draft()
            .put("4. Run the migrations", "4. Run the first migration\n4. Run the second migration")
            .truth(|t| {
                t[7] = None;
                t.insert(8, None);
            })
            .shows(RUNBOOK, "=======..===== -1");
        draft()
            .put("4. Run the migrations", "4. Run the migrations\n4. Check the migrations")
            .truth(|t| t.insert(8, None))
            .shows(RUNBOOK, "========.===== -0");
    }

    #[test]
    fn a_section_moved() {
        let after = draft().part("## After", "");
        draft().shift(&after, "leads the release.\n\n").truth(|t| t.rotate_right(3)).shows(RUNBOOK, "============= -0");
        draft().put("## After the release", "## Deploy\n\n### Afterwards").shows(RUNBOOK, "============= -0");
        draft().put("## Deploy", "## Put it out").shows(RUNBOOK, "======?==?=== -0");
    }

    #[test]
    fn titles_doubled() {
        draft()
            .put("- [ ] Thank the team", "- [ ] Thank the team\n- [ ] Thank the team")
            .truth(|t| t.push(None))
            .shows(RUNBOOK, "============?. -0");
        draft()
            .put("1. Take", "1. Check the logs\n1. Take")
            .truth(|t| t.insert(4, None))
            .shows(RUNBOOK, "====.==?==?=== -0");
        draft()
            .put("## Deploy", "## Before the release\n\n- [ ] Freeze the main branch\n\n## Deploy")
            .truth(|t| t.insert(4, None))
            .shows(RUNBOOK, "=?==.========= -0");
    }

    #[test]
    fn the_guide_translated() {
        let french = "# Mise en production\n\n## Avant\n\n- [ ] L’annoncer sur la liste\n- [ ] Geler la branche principale\n\
            - [ ] Vérifier que les essais passent\n- [ ] Lire les journaux\n\n## Déployer\n\n1. Sauvegarder la base\n\
            2. Arrêter les tâches\n3. Lire les journaux\n4. Lancer les migrations\n5. Démarrer les tâches\n\
            6. Lire les journaux\n\n## Après\n\n- [ ] Suivre le taux d’erreur\n- [ ] Étiqueter la version\n\
            - [ ] Remercier l’équipe\n";
        Draft { source: french.into(), ..draft() }.shows(RUNBOOK, "............. -13");
    }

    #[test]
    fn another_guide_of_the_same_name() {
        let other = "# Release runbook\n\n## Deploy\n\n1. Call the owner\n2. Press the button\n3. Leave\n";
        Draft { source: other.into(), truth: vec![None; 3] }.shows(RUNBOOK, "... -13");
    }
}

mod onboarding {
    use super::*;

    fn draft() -> Draft {
        Draft::of(ONBOARDING)
    }

    #[test]
    fn a_step_reworded() {
        draft().put("Rencontrer l’équipe", "Faire le tour des bureaux").shows(ONBOARDING, "===?======= -0");
        draft().put("Signer le reçu", "Signer et rendre le reçu").shows(ONBOARDING, "~?========= -0");
        draft().put("**Curiosité**", "**Goût des questions**").shows(ONBOARDING, "==========? -0");
    }

    #[test]
    fn all_renumbered() {
        let mut draft = draft();
        for n in 1..=4 {
            draft = draft.put(&format!("### Jour {n} : "), &format!("### {n}. "));
        }
        draft.shows(ONBOARDING, "=========== -0");
    }

    #[test]
    fn a_step_inserted_at_the_top() {
        let mut draft = draft();
        for n in (1..=4).rev() {
            draft = draft.put(&format!("### Jour {n} :"), &format!("### Jour {} :", n + 1));
        }
        draft
            .put("### Jour 2 :", "### Jour 1 : Trouver le bâtiment\n\nAvec un plan.\n\n### Jour 2 :")
            .truth(|t| t.insert(0, None))
            .shows(ONBOARDING, ".=========== -0");
    }

    #[test]
    fn a_step_deleted() {
        let second = draft().part("### Jour 2", "### Jour 3");
        draft().put(&second, "").gone(3).shows(ONBOARDING, "========== -1");
        // With its section, the first of two tasks of the same words goes; the other is nobody else's.
        let third = draft().part("### Jour 3", "### Jour 4");
        draft().put(&third, "").gone(4).gone(4).gone(4).shows(ONBOARDING, "======== -3");
    }

    #[test]
    fn two_steps_swapped() {
        let (two, three) = (draft().part("### Jour 2", "### Jour 3"), draft().part("### Jour 3", "### Jour 4"));
        draft()
            .exchange(&two, &three)
            .put("### Jour 3", "### Jour \u{1}")
            .put("### Jour 2", "### Jour 3")
            .put("\u{1}", "2")
            .truth(|t| t[3..7].rotate_left(1))
            .shows(ONBOARDING, "=========== -0");
        let (a, b) = (draft().part("- **Bien", "- **Trans"), draft().part("- **Trans", "- **Cur"));
        draft().exchange(&a, &b).truth(|t| t.swap(8, 9)).shows(ONBOARDING, "=========== -0");
    }

    #[test]
    fn a_step_split_in_two() {
        let fourth = draft().part("### Jour 4", "## Nos");
        let halves = "### Jour 4 : Choisir une anomalie\n\nUne facile.\n\n### Jour 5 : La corriger\n\nPas à pas.\n\n";
        draft()
            .put(&fourth, halves)
            .truth(|t| {
                t[7] = None;
                t.insert(8, None);
            })
            .shows(ONBOARDING, "=======..=== -1");
    }

    #[test]
    fn a_section_moved() {
        let values = draft().part("## Nos", "## Questions");
        draft().shift(&values, "---\n\n").truth(|t| t.rotate_right(3)).shows(ONBOARDING, "=========== -0");
        draft().put("## Votre première semaine", "## Les quatre premiers jours").shows(ONBOARDING, "=========== -0");
    }

    #[test]
    fn titles_doubled() {
        draft()
            .put("- [ ] Relire le glossaire", "- [ ] Relire le glossaire\n- [ ] Signer le reçu")
            .truth(|t| t.insert(6, None))
            .shows(ONBOARDING, "====~=.===== -0");
        draft()
            .put("## Nos", "### Jour 5 : Lire la documentation\n\nEncore une fois.\n\n## Nos")
            .truth(|t| t.insert(8, None))
            .shows(ONBOARDING, "========.=== -0");
    }

    #[test]
    fn the_guide_translated() {
        let english = "## Your first week\n\n### Day 1: Get your equipment\n\nAt nine.\n\n- [ ] Sign the receipt\n\
            - [ ] Change the password\n\n### Day 2: Meet the team\n\nA tour.\n\n### Day 3: Read the docs\n\nAll.\n\n\
            - [ ] Read the glossary\n- [ ] Change the password\n\n### Day 4: Ship a small fix\n\nEasy.\n\n\
            ## Our commitments\n\n- **Kindness**: yes.\n- **Openness**: yes.\n- **Curiosity**: yes.\n";
        Draft { source: english.into(), ..draft() }.shows(ONBOARDING, "........... -11");
    }

    #[test]
    fn another_guide_of_the_same_name() {
        let other = |source: &str| Draft { source: source.into(), truth: vec![None; parse(source).items.len()] };
        other(BUILT_IN).shows(ONBOARDING, "......... -11");
        other(RUNBOOK).shows(ONBOARDING, "............. -11");
    }
}
