//! What a reader's hands expect, wish by wish: one table of the keys that do it and of what must come of them, played by
//! the real program on a real pseudo-terminal, on guides that are not the one built in.

mod play;
mod table;

use play::{Part, play};

#[test]
fn searching() {
    play(Part::Search);
}

#[test]
fn finding_by_a_few_letters() {
    play(Part::Finding);
}

#[test]
fn following_links() {
    play(Part::Links);
}

#[test]
fn contacts_and_copying() {
    play(Part::Copying);
}

#[test]
fn keeping_up_with_the_file_and_one_s_place() {
    play(Part::Keeping);
}

#[test]
fn having_it_one_s_own_way() {
    play(Part::OwnWay);
}

#[test]
fn by_the_mouse() {
    play(Part::Mouse);
}

#[test]
fn beside_other_programs_and_on_any_terminal() {
    play(Part::Terminal);
}

#[test]
fn without_a_screen() {
    play(Part::Plain);
}
