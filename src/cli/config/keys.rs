//! The tables `[keys.PLACE]`: actions by their names, each with the keys that do it there.

use super::read::{Entry, KEYS, Reading, in_order};
use crate::app::{Clash, Key, Keymap, Remap, Where, bindings};
use crate::cli::nearest::nearest;
use crate::guide::CleanText;
use crate::words::{Action, Fault};
use std::ops::Range;
use toml::de::DeValue;

/// Reads the tables of keys.
pub(super) fn read(value: &DeValue, at: Range<usize>, reading: &mut Reading) -> Vec<Remap> {
    let Some(places) = value.as_table() else {
        reading.flaw(&at, Fault::NotTable(CleanText::line(KEYS)));
        return Vec::new();
    };
    let mut wishes = Vec::new();
    for (key, value) in in_order(places) {
        let name = key.get_ref().as_ref();
        let found = Where::ALL.into_iter().find(|place| place.name() == name);
        match (found, value.get_ref().as_table()) {
            (None, _) => {
                let all = Where::ALL.map(Where::name).join(", ");
                reading.flaw(&key.span(), Fault::UnknownPlace(CleanText::line(name), all));
            }
            (Some(_), None) => {
                reading.flaw(&key.span(), Fault::NotTable(CleanText::line(&format!("{KEYS}.{name}"))));
            }
            (Some(place), Some(actions)) => {
                let rows = in_order(actions).into_iter();
                wishes.extend(rows.filter_map(|(key, value)| wish(place, key.get_ref(), &key.span(), value, reading)));
            }
        }
    }
    // Earlier wishes have the keys: earlier in the file, not in the alphabet.
    wishes.sort_by_key(|(at, _)| at.start);
    let (places, wishes): (Vec<Range<usize>>, Vec<Remap>) = wishes.into_iter().unzip();
    for (n, clash) in Keymap::remapped(&wishes).1 {
        if let (Some(at), Some(wish)) = (places.get(n), wishes.get(n)) {
            reading.flaw(at, told(clash, wish.place.name()));
        }
    }
    wishes
}

fn wish(
    place: Where,
    name: &str,
    at: &Range<usize>,
    value: &Entry,
    reading: &mut Reading,
) -> Option<(Range<usize>, Remap)> {
    let path = CleanText::line(&format!("{KEYS}.{}.{name}", place.name()));
    let Some(action) = named(name) else {
        reading.flaw(at, Fault::UnknownAction(CleanText::line(name), nearest(name, names())));
        return None;
    };
    if !place.takes(action) {
        reading.flaw(at, Fault::OutOfPlace(action, place.name()));
        return None;
    }
    // One key needs no list around it.
    let texts = match value.get_ref() {
        DeValue::String(text) => Some(vec![(text.as_ref(), value.span())]),
        DeValue::Array(list) => list.iter().map(|v| Some((v.get_ref().as_str()?, v.span()))).collect(),
        _ => None,
    };
    let Some(texts) = texts else {
        reading.flaw(at, Fault::NotKeys(path));
        return None;
    };
    let mut keys = Vec::new();
    for (text, at) in texts {
        match Key::read(text) {
            None => reading.flaw(&at, Fault::NoKey(path.clone(), CleanText::line(text))),
            Some(key) => {
                if let Some(sent) = key.sent_as() {
                    reading.flaw(&at, Fault::SentAs(key.spelled(), sent.spelled()));
                }
                keys.push(key);
            }
        }
    }
    // A line of which nothing could be read takes nothing away either.
    let empty = value.get_ref().as_array().is_some_and(|list| list.is_empty());
    (empty || !keys.is_empty()).then(|| (at.clone(), Remap { place, action, keys }))
}

fn told(clash: Clash, place: &'static str) -> Fault {
    match clash {
        Clash::Taken(key, by) => Fault::KeyTaken(key.spelled(), by, place),
        Clash::Kept(key, by) => Fault::KeyKept(key.spelled(), by),
        Clash::Robbed(key, of) => Fault::KeyRobbed(key.spelled(), of, place),
    }
}

/// The action of a name; all of them stand in the table of keys.
fn named(name: &str) -> Option<Action> {
    bindings().iter().map(|binding| binding.action).find(|action| action.name() == name)
}

fn names() -> impl Iterator<Item = &'static str> {
    bindings().iter().map(|binding| binding.action.name())
}
