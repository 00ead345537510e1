//! A reader's own theme: one of the three, and over it what is written for roles and grounds. Reads single inks,
//! `"#d2d7e0 bold on #101010"`; the file around them is read elsewhere.

use super::{Ground, Role, Themed};
use crate::guide::CleanText;
use ratatui::style::{Color, Modifier, Style};
use std::collections::BTreeMap;

/// A reader's own theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnTheme {
    /// What it is called.
    pub name: CleanText,
    base: Themed,
    inks: BTreeMap<Role, Ink>,
    papers: BTreeMap<Ground, Color>,
}

/// What is written for a role: all of it may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ink {
    fg: Option<Color>,
    bg: Option<Color>,
    weight: Option<Modifier>,
}

/// The names of the terminal's own colours (ECMA-48 8.3.117; the bright ones are customary).
const COLOURS: [(&str, Color); 17] = [
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("grey", Color::Gray),
    ("dark-grey", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// The weights. `plain` takes away what the theme below gives.
const WEIGHTS: [(&str, Modifier); 7] = [
    ("plain", Modifier::empty()),
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed-out", Modifier::CROSSED_OUT),
];

impl OwnTheme {
    /// A theme that is `base` in all things so far. On another own theme it stands as on `terminal`.
    pub fn on(base: Themed, name: CleanText) -> OwnTheme {
        let base = if matches!(base, Themed::Own(_)) { Themed::Terminal } else { base };
        OwnTheme { name, base, inks: BTreeMap::new(), papers: BTreeMap::new() }
    }

    /// Writes an ink for a role.
    pub fn set_ink(&mut self, role: Role, ink: Ink) {
        self.inks.insert(role, ink);
    }

    /// Gives a part of the screen a ground; that of the page is the others' too where they have none.
    pub fn set_paper(&mut self, ground: Ground, colour: Color) {
        self.papers.insert(ground, colour);
    }

    pub(super) fn base(&self) -> &Themed {
        &self.base
    }

    pub(super) fn ink(&self, role: Role) -> Ink {
        self.inks.get(&role).copied().unwrap_or_default()
    }

    pub(super) fn paper(&self, ground: Ground, below: Style) -> Style {
        let page = || self.papers.get(&Ground::Page).filter(|_| below.bg.is_none());
        Style { bg: self.papers.get(&ground).or_else(page).copied().or(below.bg), ..below }
    }

    /// Whether it gives the page a ground.
    pub(super) fn has_paper(&self) -> bool {
        self.papers.contains_key(&Ground::Page)
    }
}

impl Ink {
    /// Reads an ink: a colour, `on` and the colour of the ground, weights; each may be left out. The error is the word
    /// that is none of these.
    pub fn read(text: &str) -> Result<Ink, &str> {
        let mut ink = Ink::default();
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            if let Some((_, weight)) = WEIGHTS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name)) {
                ink.weight = Some(ink.weight.unwrap_or_default() | *weight);
            } else if word.eq_ignore_ascii_case("on") && ink.bg.is_none() {
                let ground = words.next().ok_or(word)?;
                ink.bg = Some(colour(ground).ok_or(ground)?);
            } else if ink.fg.is_none() {
                ink.fg = Some(colour(word).ok_or(word)?);
            } else {
                return Err(word);
            }
        }
        if ink == Ink::default() { Err(text) } else { Ok(ink) }
    }

    /// Whether it names a colour for the text.
    pub(super) fn colours(&self) -> bool {
        self.fg.is_some()
    }

    pub(super) fn over(&self, below: Style) -> Style {
        let mut style = below;
        style.fg = self.fg.or(below.fg);
        style.bg = self.bg.or(below.bg);
        if let Some(weight) = self.weight {
            style.add_modifier = weight;
        } else if self.bg.is_some() {
            // What has a ground of its own needs not be turned over to be seen.
            style.add_modifier.remove(Modifier::REVERSED);
        }
        style
    }
}

/// Reads a colour: `#rrggbb`, `#rgb`, or the name of one of the terminal's sixteen.
pub fn colour(text: &str) -> Option<Color> {
    let Some(hex) = text.strip_prefix('#') else {
        let named = COLOURS.iter().find(|(name, _)| text.eq_ignore_ascii_case(name));
        return named.map(|(_, colour)| *colour);
    };
    if !hex.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(hex, 16).ok()?;
    match hex.len() {
        6 => Some(Color::from_u32(number)),
        3 => {
            let wide = |shift: u32| (number >> shift & 0xf) * 0x11;
            Some(Color::from_u32(wide(8) << 16 | wide(4) << 8 | wide(0)))
        }
        _ => None,
    }
}

impl Ground {
    /// The grounds by their names in a reader's theme.
    pub const NAMES: [(&str, Ground); 3] = [("page", Ground::Page), ("side", Ground::Side), ("raised", Ground::Raised)];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{Theme, ThemeChoice};
    use std::sync::Arc;

    fn own(base: Themed, inks: &[(Role, &str)], page: Option<&str>) -> Theme {
        let mut own = OwnTheme::on(base, CleanText::line("mine"));
        for (role, ink) in inks {
            own.set_ink(*role, Ink::read(ink).unwrap());
        }
        if let Some(page) = page {
            own.set_paper(Ground::Page, colour(page).unwrap());
        }
        Theme { named: ThemeChoice::Own(Arc::new(own)).themed(None), colour: true }
    }

    #[test]
    fn inks_and_colours_are_read_and_what_is_none_is_named() {
        let ink = Ink::read("#f80 on #101010 bold italic").unwrap();
        assert_eq!((ink.fg, ink.bg), (Some(Color::Rgb(0xff, 0x88, 0)), Some(Color::Rgb(16, 16, 16))));
        assert_eq!(ink.weight, Some(Modifier::BOLD | Modifier::ITALIC));
        assert_eq!(Ink::read("bright-red").unwrap().fg, Some(Color::LightRed));
        assert_eq!(Ink::read("plain").unwrap().weight, Some(Modifier::empty()));
        let wrong = [("#12345", "#12345"), ("red blue", "blue"), ("red on", "on"), ("mauve", "mauve"), ("", "")];
        for (text, word) in wrong.into_iter().chain([("#+12345", "#+12345"), ("#é", "#é"), ("red on on", "on")]) {
            assert_eq!(Ink::read(text), Err(word), "{text}");
        }
    }

    #[test]
    fn what_is_not_written_is_that_of_the_theme_below() {
        let theme = own(Themed::Night, &[(Role::Heading1, "#ffffff"), (Role::Selected, "on #400040")], None);
        let night = Theme { named: Themed::Night, colour: true };
        assert_eq!(theme.style(Role::Link), night.style(Role::Link));
        assert_eq!(theme.ground(Ground::Side), night.ground(Ground::Side));
        let heading = theme.style(Role::Heading1);
        assert_eq!(heading.fg, Some(Color::Rgb(255, 255, 255)));
        assert!(heading.add_modifier.contains(Modifier::BOLD), "the weight is kept");
        assert_eq!(theme.style(Role::Selected).fg, night.style(Role::Selected).fg);
        assert!(theme.paints_grounds());
    }

    #[test]
    fn a_page_with_a_ground_gives_it_to_the_panels_where_the_theme_below_paints_none() {
        let theme = own(Themed::Terminal, &[(Role::Text, "#ffffff")], Some("#000"));
        for ground in [Ground::Page, Ground::Side, Ground::Raised] {
            assert_eq!(theme.ground(ground), Style::new().fg(Color::Rgb(255, 255, 255)).bg(Color::Rgb(0, 0, 0)));
        }
        assert!(theme.paints_grounds());
        assert!(!own(Themed::Terminal, &[], None).paints_grounds());
    }

    #[test]
    fn without_colour_an_own_theme_has_none_either() {
        let theme = Theme { colour: false, ..own(Themed::Day, &[(Role::Text, "red on blue")], Some("#000")) };
        for role in Role::ALL {
            assert_eq!((theme.style(role).fg, theme.style(role).bg), (None, None));
        }
        assert_eq!(theme.ground(Ground::Page), Style::new());
    }

    #[test]
    fn a_text_too_faint_to_be_read_is_measured() {
        let theme = own(Themed::Night, &[(Role::Muted, "#555555"), (Role::Link, "red")], None);
        assert!(theme.contrast(Role::Muted).is_some_and(|ratio| ratio < 4.5));
        assert!(theme.contrast(Role::Text).is_some_and(|ratio| ratio >= 4.5));
        assert_eq!(theme.contrast(Role::Link), None, "the terminal's red is the terminal's");
    }
}
