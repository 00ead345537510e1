//! Walking the outline: sections, neighbours, breadcrumbs and fragments.

use super::*;
use crate::guide::Origin;

fn guide(markdown: &str) -> Guide {
    Guide::parse(markdown, &Origin::default())
}

const NESTED: &str = "before\n\n# A\n\na\n\n### B\n\nb\n\n## C\n\n# D\n\nd\n";

#[test]
fn a_heading_stands_under_the_nearest_one_of_a_smaller_level() {
    let guide = guide(NESTED);
    let tree: Vec<_> = guide.headings.iter().map(|h| (h.text.as_str(), h.level, h.parent, h.depth)).collect();
    assert_eq!(tree, [("A", 1, None, 0), ("B", 3, Some(0), 1), ("C", 2, Some(0), 1), ("D", 1, None, 0)]);
}

#[test]
fn sections_are_found_from_places_and_places_from_sections() {
    let guide = guide(NESTED);
    let at = |block| guide.section_at(Anchor::of_block(block));
    assert_eq!((at(0), at(1), at(2), at(4), at(99)), (None, Some(0), Some(0), Some(1), Some(3)));
    let ends: Vec<_> = (0..5).map(|heading| guide.section_end(heading)).collect();
    assert_eq!(ends, [6, 5, 6, 8, 0]);
}

#[test]
fn the_next_and_the_previous_heading_are_found_from_anywhere() {
    let guide = guide(NESTED);
    let places = [0, 1, 2, 6, 7].map(Anchor::of_block);
    assert_eq!(places.map(|at| guide.heading_after(at)), [Some(0), Some(1), Some(1), None, None]);
    assert_eq!(places.map(|at| guide.heading_before(at)), [None, None, Some(0), Some(2), Some(3)]);
    let inside = Anchor { block: 1, byte: 1, nth: 0 };
    assert_eq!(guide.heading_before(inside), Some(0));
}

#[test]
fn the_breadcrumb_goes_from_the_outermost_heading_to_this_one() {
    let guide = guide(NESTED);
    assert_eq!(guide.heading_path(1), [0, 1]);
    assert_eq!(guide.heading_path(3), [3]);
    assert_eq!(guide.heading_path(9), Vec::<usize>::new());
}

#[test]
fn a_sections_source_is_its_markdown() {
    let guide = guide("# A\n\n*a*\n\n## B\n\n> b\n\n# C\n\nc\n");
    let copied: Vec<_> = (0..3).map(|heading| guide.source.get(guide.section_source(heading)).unwrap()).collect();
    assert_eq!(copied, ["# A\n\n*a*\n\n## B\n\n> b", "## B\n\n> b", "# C\n\nc"]);
    assert_eq!(guide.section_source(7), 0..0);
}

#[test]
fn fragments_find_headings_by_id_slug_and_without_accents() {
    let guide = guide("# Été à Lyon !\n\n# Twin\n\n# Twin\n\n# C++ & `code`_x {#named}\n\n# L’aide\n");
    for (fragment, heading) in [
        ("#été-à-lyon-", Some(0)),
        ("#%C3%A9t%C3%A9-%C3%A0-lyon-", Some(0)),
        ("ete-a-lyon-", Some(0)),
        ("#ÉTÉ-À-Lyon-", Some(0)),
        ("#twin", Some(1)),
        ("#twin-1", Some(2)),
        ("#twin-2", None),
        ("#named", Some(3)),
        ("#NAMED", Some(3)),
        ("#c--code_x", Some(3)),
        ("#laide", Some(4)),
        ("#", Some(0)),
        ("#top", Some(0)),
        ("#%FF", None),
        ("#!", None),
    ] {
        assert_eq!(guide.place_named(fragment), heading.map(Anchor::of_block), "{fragment}");
    }
}

#[test]
fn twins_are_numbered_past_headings_that_bear_the_number_as_their_own() {
    let guide = guide("# Twin\n\n# Twin-1\n\n# Twin\n\n# Twin\n\n# Twin-1\n");
    let found = ["twin", "twin-1", "twin-2", "twin-3", "twin-1-1"].map(|name| guide.place_named(name));
    assert_eq!(found, [0, 1, 2, 3, 4].map(|block| Some(Anchor::of_block(block))));
}

#[test]
fn fragments_find_what_html_names() {
    let guide = guide(
        "<a name=\"haut\"></a>\n\n# Un\n\nun <span id='milieu'>mot</span>\n\n## <a id=\"Deux\"></a>Titre {#trois}\n\n\
         <div id=\"bloc\">\n\ndedans\n\n</div>\n\n<p id='Top'></p>\n",
    );
    let text = |name: &str| guide.place_named(name).map(|place| guide.block(place.block).unwrap().text.to_string());
    let samples = [
        ("haut", Some("Un")),
        ("milieu", Some("un mot")),
        ("Deux", Some("Titre")),
        ("deux", Some("Titre")),
        ("trois", Some("Titre")),
        ("bloc", Some("dedans")),
        ("top", Some("dedans")),
        ("quatre", None),
    ];
    for (name, expected) in samples {
        assert_eq!(text(name).as_deref(), expected, "{name}");
    }
}

#[test]
fn an_explicit_id_is_no_part_of_the_text() {
    for (markdown, text, id) in [
        ("## Step {#first}", "Step", Some("first")),
        ("## Step {#first .red key=1} ##", "Step", Some("first")),
        ("Step {#first}\n====", "Step", Some("first")),
        ("## Step {.red}", "Step", None),
        ("## GET /users/{id}", "GET /users/{id}", None),
        ("## Step \\{#first}", "Step {#first}", None),
        ("## Step `{#first}`", "Step {#first}", None),
        ("## Step **{#first}**", "Step {#first}", None),
        ("## Step {#first}\t\t", "Step", Some("first")),
        ("## Step {.red}blue}", "Step {.red}blue}", None),
        ("## {#first}", "", Some("first")),
        ("## Step {#}", "Step {#}", None),
    ] {
        let guide = guide(markdown);
        let heading = &guide.headings[0];
        assert_eq!((heading.text.as_str(), heading.id.as_deref()), (text, id), "{markdown}");
        assert_eq!(guide.block(0).unwrap().text.as_str(), text);
    }
}
