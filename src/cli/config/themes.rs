//! The tables `[themes.NAME]`: a reader's own themes, each over one of the three.

use super::read::{Reading, THEMES, in_order};
use crate::cli::nearest::nearest;
use crate::guide::CleanText;
use crate::theme::{Ground, Ink, OwnTheme, READABLE, Role, Theme, ThemeChoice, Themed, colour};
use crate::words::Fault;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// The key of the theme that an own one stands on.
const BASE: &str = "base";

/// What an own theme stands on where it does not say.
const USUAL: Themed = Themed::Terminal;

/// Reads the themes.
pub(super) fn read(value: &DeValue, at: Range<usize>, reading: &mut Reading) -> Vec<Arc<OwnTheme>> {
    let Some(themes) = value.as_table() else {
        reading.flaw(&at, Fault::NotTable(CleanText::line(THEMES)));
        return Vec::new();
    };
    let mut read = Vec::new();
    for (key, value) in in_order(themes) {
        let name = CleanText::line(key.get_ref());
        let path = CleanText::line(&format!("{THEMES}.{name}"));
        match value.get_ref().as_table() {
            None => reading.flaw(&key.span(), Fault::NotTable(path)),
            // What was cleaned away could not be asked for by name.
            Some(_) if *name != **key.get_ref() || name.is_empty() || is_built_in(&name) => {
                reading.flaw(&key.span(), Fault::ThemeName(name));
            }
            Some(table) => read.push(Arc::new(theme(name, table, &key.span(), reading))),
        }
    }
    read
}

fn is_built_in(name: &str) -> bool {
    ThemeChoice::NAMES.iter().any(|(known, _)| *known == name)
}

fn theme(name: CleanText, table: &DeTable, at: &Range<usize>, reading: &mut Reading) -> OwnTheme {
    let path = |key: &str| CleanText::line(&format!("{THEMES}.{name}.{key}"));
    let mut own = OwnTheme::on(base(table, &path(BASE), reading), name.clone());
    let mut written = BTreeMap::new();
    for (key, value) in in_order(table).into_iter().filter(|(key, _)| **key.get_ref() != *BASE) {
        let (name, place) = (key.get_ref().as_ref(), key.span());
        let text = value.get_ref().as_str().unwrap_or_default();
        let ground = Ground::NAMES.iter().find(|(known, _)| *known == name);
        match (ground, Role::ALL.into_iter().find(|role| role.name() == name)) {
            (Some((_, ground)), _) => match colour(text) {
                Some(colour) => own.set_paper(*ground, colour),
                None => reading.flaw(&place, Fault::BadPaper(path(name))),
            },
            (None, Some(role)) => match Ink::read(text) {
                Ok(ink) => {
                    own.set_ink(role, ink);
                    written.insert(role, place);
                }
                Err(word) => reading.flaw(&place, Fault::BadInk(path(name), CleanText::line(word))),
            },
            (None, None) => {
                let names =
                    Role::ALL.into_iter().map(Role::name).chain(Ground::NAMES.map(|(name, _)| name)).chain([BASE]);
                reading.flaw(&place, Fault::UnknownRole(CleanText::line(name), nearest(name, names)));
            }
        }
    }
    measure(&own, &written, at, path, reading);
    own
}

fn base(table: &DeTable, path: &CleanText, reading: &mut Reading) -> Themed {
    let Some(value) = table.get(BASE) else { return USUAL };
    match value.get_ref().as_str() {
        Some("day") => Themed::Day,
        Some("night") => Themed::Night,
        Some("terminal") => Themed::Terminal,
        _ => {
            reading.flaw(&value.span(), Fault::ThemeBase(path.clone()));
            USUAL
        }
    }
}

/// Tells of what can hardly be read: each role that is written by its own line, the others together.
fn measure(
    own: &OwnTheme,
    written: &BTreeMap<Role, Range<usize>>,
    at: &Range<usize>,
    path: impl Fn(&str) -> CleanText,
    reading: &mut Reading,
) {
    let theme = Theme { named: Themed::Own(Arc::new(own.clone())), colour: true };
    let faint = |role: &Role| theme.contrast(*role).filter(|ratio| *ratio < READABLE && !role.is_decoration());
    let faint: Vec<(Role, f64)> = Role::ALL.iter().filter_map(|role| Some((*role, faint(role)?))).collect();
    for (role, ratio) in &faint {
        if let Some(place) = written.get(role) {
            reading.flaw(place, Fault::Faint(path(role.name()), *ratio));
        }
    }
    let others: Vec<&(Role, f64)> = faint.iter().filter(|(role, _)| !written.contains_key(role)).collect();
    if let Some((worst, ratio)) = others.iter().min_by(|a, b| a.1.total_cmp(&b.1)) {
        reading.flaw(at, Fault::FaintOthers(others.len(), worst.name(), *ratio));
    }
}
