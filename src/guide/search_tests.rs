//! Search: what is found, what counts, and that it is what a slow and simple search finds.

use super::*;
use crate::guide::{Origin, fold};
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

fn guide(source: &str) -> Guide {
    Guide::parse(source, &Origin::default())
}

fn hits(guide: &Guide, typed: &str) -> Hits {
    match Query::read(typed).unwrap() {
        Some(query) => Index::of(guide).find(guide, &query, &|| true).unwrap(),
        None => Hits::default(),
    }
}

/// What stands at the hits.
fn found(source: &str, typed: &str) -> Vec<String> {
    let guide = guide(source);
    let hits = hits(&guide, typed);
    hits.all.iter().map(|h| text(&guide, h).to_owned()).collect()
}

fn text<'g>(guide: &'g Guide, hit: &Hit) -> &'g str {
    guide.block(hit.block).unwrap().text.get(hit.range.start as usize..hit.range.end as usize).unwrap()
}

/// Whether the query is found in a text of one paragraph.
fn finds(paragraph: &str, typed: &str) -> bool {
    !found(paragraph, typed).is_empty()
}

#[test]
fn what_people_type_finds_what_is_written() {
    let pairs = [
        // French.
        ("un événement local", "evenement"),
        ("un ÉVÉNEMENT", "evenement"),
        ("un e\u{301}ve\u{301}nement", "evenement"),
        ("un evenement", "événement"),
        ("l’aide", "l'aide"),
        ("l'aide", "l’aide"),
        ("lʼaide", "l'aide"),
        ("le cœur", "coeur"),
        ("le coeur", "cœur"),
        ("ŒUVRE", "oeuvre"),
        ("ex æquo", "ex aequo"),
        ("Ægir", "aegir"),
        ("où ?", "ou"),
        ("Noël", "noel"),
        ("naïf", "naif"),
        ("reçu", "recu"),
        ("être", "etre"),
        ("à côté", "a cote"),
        ("L’Haÿ-les-Roses", "l'hay"),
        ("quoi\u{a0}?", "quoi ?"),
        ("quoi\u{202f}?", "quoi ?"),
        ("10\u{2009}000 €", "10 000 €"),
        ("co‑animateurs", "co-animateurs"),
        ("2020–2026", "2020-2026"),
        ("le mot\u{ad}clé", "motcle"),
        ("eﬃcace", "efficace"),
        ("ﬁn", "fin"),
        ("et cetera…", "cetera..."),
        // German.
        ("Straße", "strasse"),
        ("STRASSE", "straße"),
        ("STRAẞE", "strasse"),
        ("Übung", "ubung"),
        ("schön", "schon"),
        ("Äpfel", "apfel"),
        ("größer", "grosser"),
        ("Fuß", "fuss"),
        ("Müßiggang", "mussiggang"),
        // Spanish.
        ("mañana", "manana"),
        ("¿Qué?", "que"),
        ("corazón", "corazon"),
        ("pingüino", "pinguino"),
        ("ÁRBOL", "arbol"),
        ("camión", "CAMION"),
        ("Íñigo", "inigo"),
        // Vietnamese.
        ("Đà Nẵng", "da nang"),
        ("Việt Nam", "viet nam"),
        ("phở", "pho"),
        ("tiếng", "tieng"),
        ("nước", "nuoc"),
        ("ưu tiên", "uu tien"),
        ("người", "nguoi"),
        ("đường", "duong"),
        ("Ng\u{75}yê\u{303}n", "nguyen"),
        // Turkish: four letters i, two of them without a dot.
        ("İstanbul", "istanbul"),
        ("istanbul", "İSTANBUL"),
        ("ısı", "isi"),
        ("ISI", "ısı"),
        ("ILIK", "ilik"),
        ("ılık", "ILIK"),
        ("DİYARBAKIR", "diyarbakir"),
        ("şişe", "sise"),
        ("ağaç", "agac"),
        ("çok güzel", "cok guzel"),
        // Others that meet in a guide.
        ("Łódź", "lodz"),
        ("smørrebrød", "smorrebrod"),
        ("Ångström", "angstrom"),
        ("Σίσυφος", "ΣΙΣΥΦΟΣ"),
        ("ёлка", "елка"),
        ("日本語", "本"),
        ("ＡＢＣ", "abc"),
        ("x²", "x2"),
        ("Ⅳ", "iv"),
    ];
    assert!(pairs.len() >= 60);
    for (written, typed) in pairs {
        assert!(finds(written, typed), "{typed} in {written}");
    }
    for (written, typed) in [("ours", "oùrs plus"), ("か", "が"), ("un mot", "unmot"), ("coeur", "cour"), ("a b", "ab")]
    {
        assert!(!finds(written, typed), "{typed} in {written}");
    }
}

#[test]
fn markup_and_line_ends_part_no_word() {
    assert_eq!(found("un **é**v*éne*ment", "evenement"), ["événement"]);
    assert_eq!(found("la mise\nen ligne", "mise en ligne"), ["mise en ligne"]);
    assert_eq!(found("la mise  \nen ligne", "mise en ligne"), ["mise\nen ligne"]);
    assert_eq!(
        found("voir la [page d’accueil](https://a.fr), puis", "la page d'accueil, puis"),
        ["la page d’accueil, puis"]
    );
    assert_eq!(found("lance `make` ici", "lance make ici"), ["lance make ici"]);
}

#[test]
fn everything_that_is_read_is_searched_and_the_front_matter_is_not() {
    let source = "---\ntitle: T\nauthor: mot\n---\n# Le mot\n\n> mot\n\n- mot\n\n| a | mot |\n|---|---|\n| mot | b |\n\n\
        ```sh\necho mot\n```\n\n![un mot](x.png)\n\ntexte[^1]\n\n<details><summary>le mot</summary>\n\nmot\n\n</details>\n\n\
        [^1]: le mot\n";
    let guide = guide(source);
    let hits = hits(&guide, "mot");
    let kinds: Vec<&BlockKind> = hits.all.iter().map(|h| &guide.block(h.block).unwrap().kind).collect();
    assert_eq!(hits.len(), 10, "{kinds:?}");
    assert!(matches!(kinds[0], BlockKind::Heading { .. }));
    assert!(kinds.iter().any(|k| matches!(k, BlockKind::Code { .. })));
    assert!(kinds.iter().any(|k| matches!(k, BlockKind::Summary)));
    assert_eq!(kinds.iter().filter(|k| matches!(k, BlockKind::Table(_))).count(), 2);
}

#[test]
fn no_hit_goes_over_the_border_of_a_cell_or_a_block() {
    assert_eq!(found("| un | deux |\n|---|---|\n| trois | quatre |\n", "un deux"), [""; 0]);
    assert_eq!(found("un\n\ndeux", "un deux"), [""; 0]);
    assert_eq!(found("| a<br>b |\n|---|\n| c |\n", "a b"), ["a\nb"]);
}

#[test]
fn accents_and_capitals_count_where_they_are_typed() {
    let source = "Été, été, ete, ETE";
    let count = |typed: &str| {
        let hits = hits(&guide(source), typed);
        (hits.len(), hits.others)
    };
    assert_eq!(count("ete"), (4, 0), "nothing that counts was typed");
    assert_eq!(count("été"), (2, 2), "accents count, case does not");
    assert_eq!(count("Été"), (1, 3), "both count");
    assert_eq!(count("ETE"), (1, 3), "case counts, and accents were not typed");
    assert_eq!(count("ÈTE"), (4, 0), "written so nowhere: all are hits");
    assert_eq!(found("aAa", "Aa"), ["Aa"], "though one that is not exact begins before it");
    assert_eq!(found("une œuvre, une oeuvre", "œuvre"), ["œuvre"]);
    assert_eq!(found("l’aide, l'aide", "l’aide").len(), 2, "apostrophes never count");
    assert_eq!(found("mise\u{a0}en", "Mise en").len(), 1);
}

#[test]
fn a_hit_is_whole_characters_and_one_place() {
    assert_eq!(found("œuf", "o"), ["œ"]);
    assert_eq!(found("œuf", "eu"), ["œu"]);
    assert_eq!(found("Fuß", "s"), ["ß"], "two letters of one character are one place");
    assert_eq!(found("e\u{301}te\u{301}", "ete"), ["e\u{301}te\u{301}"]);
    assert_eq!(found("각", "가"), ["각"]);
}

#[test]
fn what_is_blank_finds_nothing() {
    for typed in ["", " ", "\u{a0}\t", "\u{301}", "\u{200b}", "re:"] {
        assert_eq!(found("un mot, re: mot", typed), [""; 0], "{typed:?}");
    }
}

#[test]
fn regular_expressions_stand_behind_a_prefix() {
    let source = "Un événement en 2026, l’aide en 2027.\n\n```sh\nsudo make\nmake\n```\n";
    assert_eq!(found(source, r"re:\d{4}"), ["2026", "2027"]);
    assert_eq!(found(source, "re:ev.nement"), ["événement"], "folded, as words are");
    assert_eq!(found(source, "re:l'a[a-z]+"), ["l’aide"]);
    assert_eq!(found(source, "re:[ée]v.nement"), ["événement"]);
    assert_eq!(found(source, "re:^make"), ["make"], "line by line in code");
    assert_eq!(found(source, "re:un|sudo"), ["Un", "sudo"]);
    assert_eq!(found(source, "re:Un"), ["Un"]);
    assert_eq!(found(source, "re:UN"), [""; 0], "a capital counts");
    assert_eq!(found(source, r"re:\W\d"), [" 2", " 2"], "one behind a backslash does not");
    assert_eq!(found("été ETE", r"re:(?-i)E\w+"), ["ETE"]);
    assert_eq!(found("aaa", "re:x*"), [""; 0], "nothing is nowhere");
}

#[test]
fn what_is_wrong_with_an_expression_is_told() {
    for (typed, flaw) in [
        ("re:(a", Flaw::OpenGroup),
        ("re:a)", Flaw::ClosedGroup),
        ("re:[a", Flaw::OpenClass),
        ("re:*a", Flaw::Repetition),
        ("re:a{2", Flaw::Repetition),
        (r"re:a\", Flaw::Escape),
        (r"re:\y", Flaw::Escape),
        ("re:(?=a)", Flaw::Unclear),
        (r"re:\w{900}{9}", Flaw::TooLarge),
    ] {
        assert_eq!(Query::read(typed).err(), Some(flaw), "{typed}");
    }
    let deep = format!("re:{}{}", "(".repeat(500), ")".repeat(500));
    assert_eq!(Query::read(&deep).err(), Some(Flaw::TooLarge));
}

#[test]
fn a_search_that_nobody_waits_for_ends() {
    let long = guide(&"a ".repeat(20_000));
    let query = Query::read("a").unwrap().unwrap();
    assert_eq!(Index::of(&long).find(&long, &query, &|| false), None);
    // Within one block, too, whether it holds hits or none.
    let rows = guide(&format!("| a |\n|---|\n{}", "| b |\n".repeat(2 * ASKED)));
    for (guide, typed) in [(&long, "a"), (&rows, "a"), (&rows, "re:a")] {
        let asked = std::cell::Cell::new(0);
        let wanted = || {
            asked.set(asked.get() + 1);
            asked.get() == 1
        };
        let query = Query::read(typed).unwrap().unwrap();
        assert_eq!(Index::of(guide).find(guide, &query, &wanted), None, "{typed}");
    }
}

#[test]
fn hits_are_found_by_place() {
    let guide = guide("# a\n\nb a a\n\nc\n\na\n");
    let hits = hits(&guide, "a");
    assert_eq!(hits.len(), 4);
    assert_eq!((hits.within(0..2), hits.within(2..3), hits.within(3..9)), (0..3, 3..3, 3..4));
    let from = |block, byte| hits.first_from(Anchor { block, byte, nth: 0 });
    assert_eq!(
        (from(0, 0), from(0, 1), from(1, 2), from(1, 3), from(3, 1)),
        (Some(0), Some(1), Some(1), Some(2), None)
    );
}

/// A character of the folded text, and the bytes of the block that it came from.
type Letter = (char, Range<usize>);

/// Folds character by character, with nothing of the way that is tested but the fold of one character.
fn letters(text: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let folded = fold(c.encode_utf8(&mut [0; 4])).text.replace('ς', "σ");
        if folded.is_empty() {
            // A mark belongs to what it stands on.
            let start = out.last().map(|l| l.1.start);
            out.iter_mut().rev().take_while(|l| Some(l.1.start) == start).for_each(|l| l.1.end = end);
        }
        for c in folded.chars() {
            match out.last_mut().filter(|last| last.0 == ' ' && c == ' ') {
                Some(last) => last.1.end = end,
                None => out.push((c, at..end)),
            }
        }
    }
    out
}

/// A text as it is compared where capitals or accents count: by tables of its own, for the letters of the test.
fn form(text: &str, capitals: bool, accents: bool) -> String {
    let mut out = String::new();
    for c in text.nfkd().filter(|c| *c != '\u{ad}' && (accents || !is_combining_mark(*c))) {
        let c = if c.is_whitespace() { ' ' } else { c };
        let c = if capitals { c.to_string() } else { c.to_lowercase().to_string() };
        let plain = match c.as_str() {
            "œ" if !accents => "oe",
            "ß" if !accents => "ss",
            "ı" if !accents => "i",
            "’" => "'",
            "–" => "-",
            "ς" => "σ",
            " " if out.ends_with(' ') => "",
            other => other,
        };
        out.push_str(plain);
    }
    out
}

/// What the search has to find, and how many others there are.
fn wanted(guide: &Guide, typed: &str) -> (Vec<Hit>, usize) {
    let all = slow(guide, typed, |_| true);
    let capitals = typed.nfkd().any(char::is_uppercase);
    let accents = form(typed, capitals, true) != form(typed, capitals, false);
    let exact = slow(guide, typed, |t| form(t, capitals, accents) == form(typed, capitals, accents));
    match exact.is_empty() || !(capitals || accents) {
        true => (all, 0),
        false => (exact.clone(), all.len().saturating_sub(exact.len())),
    }
}

/// The slow search: every start, letter by letter.
fn slow(guide: &Guide, typed: &str, counts: impl Fn(&str) -> bool) -> Vec<Hit> {
    let wanted: Vec<char> = letters(typed).into_iter().map(|l| l.0).collect();
    let mut hits: Vec<Hit> = Vec::new();
    if wanted.iter().all(|c| *c == ' ') {
        return hits;
    }
    for (block, b) in guide.blocks() {
        let cells: Vec<Range<usize>> = match &b.kind {
            BlockKind::Table(t) => {
                t.rows.iter().flat_map(|r| r.cells.clone()).map(|c| c.start as usize..c.end as usize).collect()
            }
            _ => std::iter::once(0..b.text.len()).collect(),
        };
        for cell in cells {
            let all = letters(b.text.get(cell.clone()).unwrap());
            for start in 0..all.len() {
                let Some(here) = all.get(start..start + wanted.len()) else { break };
                if !here.iter().map(|l| l.0).eq(wanted.iter().copied()) {
                    continue;
                }
                let first = cell.start + here[0].1.start;
                let range = first as u32..(cell.start + here[here.len() - 1].1.end) as u32;
                if !counts(b.text.get(range.start as usize..range.end as usize).unwrap()) {
                    continue;
                }
                if hits.last().is_none_or(|h| h.block < block || h.range.end <= range.start) {
                    hits.push(Hit { block, range });
                }
            }
        }
    }
    hits
}

fn word() -> impl Strategy<Value = String> {
    let letters = vec![
        "a", "b", "e", "é", "e\u{301}", "É", "œ", "oe", "ß", "s", "S", " ", "\u{a0}", "  ", "'", "’", "-", "–", "ı",
        "İ", "i", "\u{ad}", "日", "가", "각", "ς", "Σ", "ﬁ", "f",
    ];
    prop::collection::vec(prop::sample::select(letters), 1..6).prop_map(|parts| parts.concat())
}

fn document() -> impl Strategy<Value = String> {
    let piece = (word(), word(), 0..8_u8).prop_map(|(a, b, kind)| match kind {
        0 => format!("# {a} {b}\n\n"),
        1 => format!("{a}**{b}**\n{a}\n\n"),
        2 => format!("- {a}\n- *{a}*{b}\n\n"),
        3 => format!("| {a} | {b} |\n|---|---|\n| {b}{a} | {a}<br>{b} |\n\n"),
        4 => format!("```\n{a}\n  {b}\n```\n\n"),
        5 => format!("[{a}](https://a.fr){b} ![{b}](x.png)\n\n"),
        6 => format!("{a}  \n{b}\n\n"),
        _ => format!("{a}{b}{a}\n\n"),
    });
    prop::collection::vec(piece, 1..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn hits_are_those_of_a_slow_and_simple_search(source in document(), typed in word()) {
        let wanted = wanted(&guide(&source), &typed);
        for least in [1, usize::MAX] {
            let guide = Guide::parse_in_parts(&source, &Origin::default(), least);
            let hits = hits(&guide, &typed);
            prop_assert_eq!((hits.all, hits.others), wanted.clone());
        }
    }

    #[test]
    fn no_pattern_makes_it_fall(source in document(), typed in "re:[(\\[a-zé*+?{}\\\\1-9).|^$]{0,12}") {
        let guide = guide(&source);
        if let Ok(Some(query)) = Query::read(&typed) {
            let hits = Index::of(&guide).find(&guide, &query, &|| true).unwrap();
            for hit in &hits.all {
                prop_assert!(!text(&guide, hit).is_empty());
            }
        }
    }
}
