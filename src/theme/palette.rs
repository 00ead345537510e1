//! The three themes, and what a reader makes of one: a style per role. `day` and `night` paint their own ground, so that contrast is known;
//! `terminal` uses the user's 16 colours on the user's ground.

use super::{OwnTheme, Role};
use crate::guide::InlineStyle;
use ratatui::style::{Color, Modifier, Style};
use std::sync::Arc;

/// What the reader asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    /// Ask the terminal which fits.
    #[default]
    Auto,
    /// Dark ink on light paper.
    Day,
    /// Light ink on a dark ground.
    Night,
    /// The terminal's own 16 colours.
    Terminal,
    /// The reader's own.
    Own(Arc<OwnTheme>),
}

/// The theme in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Themed {
    /// `day`
    Day,
    /// `night`
    Night,
    /// `terminal`
    #[default]
    Terminal,
    /// The reader's own.
    Own(Arc<OwnTheme>),
}

/// What a text stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ground {
    /// The guide's text.
    #[default]
    Page,
    /// The panels beside it, the header and the footer.
    Side,
    /// A dialog.
    Raised,
}

/// A style per role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Which one it is.
    pub named: Themed,
    /// False under `NO_COLOR`: weight and shape alone tell things apart.
    pub colour: bool,
}

/// The inks and grounds of a painted theme.
struct Inks {
    page: u32,
    side: u32,
    raised: u32,
    code: u32,
    selected: u32,
    selected_faint: u32,
    hit: u32,
    hit_here: u32,
    text: u32,
    strong: u32,
    muted: u32,
    faint: u32,
    accent: u32,
    heading: u32,
    blue: u32,
    green: u32,
    violet: u32,
    orange: u32,
    red: u32,
    teal: u32,
}

const NIGHT: Inks = Inks {
    page: 0x191c24,
    side: 0x14161d,
    raised: 0x232835,
    code: 0x12141a,
    selected: 0x2b3448,
    selected_faint: 0x222734,
    hit: 0x4d4220,
    hit_here: 0xf0c674,
    text: 0xd2d7e0,
    strong: 0xf4f6fa,
    muted: 0x97a1b3,
    faint: 0x444c5d,
    accent: 0xf0c674,
    heading: 0xf0c674,
    blue: 0x86b8f5,
    green: 0x8fce9b,
    violet: 0xc9a7f5,
    orange: 0xf2ab7a,
    red: 0xf79090,
    teal: 0x88d3cb,
};

const DAY: Inks = Inks {
    page: 0xfdfbf6,
    side: 0xf4f0e6,
    raised: 0xffffff,
    code: 0xf3efe4,
    selected: 0xe8e0cc,
    selected_faint: 0xebe5d6,
    hit: 0xffe9a6,
    hit_here: 0x7a4a00,
    text: 0x2e3138,
    strong: 0x101216,
    muted: 0x575d69,
    faint: 0xc8c1b0,
    accent: 0x864c00,
    heading: 0x864c00,
    blue: 0x0a559f,
    green: 0x1b6534,
    violet: 0x63399a,
    orange: 0x8f3f00,
    red: 0xa3211a,
    teal: 0x0d5f5c,
};

fn rgb(hex: u32) -> Color {
    Color::from_u32(hex)
}

impl ThemeChoice {
    /// The names of the choices that are always there, in the order of the key that goes through them.
    pub const NAMES: [(&str, ThemeChoice); 4] = [
        ("auto", ThemeChoice::Auto),
        ("day", ThemeChoice::Day),
        ("night", ThemeChoice::Night),
        ("terminal", ThemeChoice::Terminal),
    ];

    /// The theme in force: what was asked for, else what fits the terminal's background; unknown, its own colours.
    pub fn themed(&self, background: Option<(u8, u8, u8)>) -> Themed {
        match (self, background) {
            (ThemeChoice::Own(own), _) => Themed::Own(Arc::clone(own)),
            (ThemeChoice::Day, _) => Themed::Day,
            (ThemeChoice::Night, _) => Themed::Night,
            (ThemeChoice::Terminal, _) | (ThemeChoice::Auto, None) => Themed::Terminal,
            (ThemeChoice::Auto, Some((red, green, blue))) => {
                // Perceived brightness (Rec. 601 luma): good enough to tell paper from night.
                let luma = 299 * u32::from(red) + 587 * u32::from(green) + 114 * u32::from(blue);
                if luma >= 128 * 1000 { Themed::Day } else { Themed::Night }
            }
        }
    }
}

impl Theme {
    /// The style of a role: its ink and weight, and its ground where it has one of its own.
    pub fn style(&self, role: Role) -> Style {
        let weight = Style::new().add_modifier(self.weight(role));
        if !self.colour {
            return weight;
        }
        match &self.named {
            Themed::Day => painted(role, &DAY).patch(weight),
            Themed::Night => painted(role, &NIGHT).patch(weight),
            Themed::Terminal => sixteen(role).patch(weight),
            Themed::Own(own) => own.ink(role).over(self.below(own).style(role)),
        }
    }

    /// The ground that a part of the screen is filled with.
    pub fn ground(&self, ground: Ground) -> Style {
        let inks = match &self.named {
            _ if !self.colour => return Style::new(),
            Themed::Terminal => return Style::new(),
            Themed::Own(own) => {
                let below = self.below(own);
                let text = Style { fg: below.style(Role::Text).fg, ..Style::new() };
                let plain = own.ink(Role::Text).over(text);
                return own.paper(ground, below.ground(ground).patch(Style { fg: plain.fg, ..Style::new() }));
            }
            Themed::Day => &DAY,
            Themed::Night => &NIGHT,
        };
        let paper = match ground {
            Ground::Page => inks.page,
            Ground::Side => inks.side,
            Ground::Raised => inks.raised,
        };
        Style::new().fg(rgb(inks.text)).bg(rgb(paper))
    }

    /// Two modules of a QR code in one cell, dark or not: the upper half's colour as its ink, the lower one's as its ground. Black and
    /// white in every theme, of the 256 colours' fixed part; nothing without colour.
    pub fn scanned(&self, [upper, lower]: [bool; 2]) -> Option<Style> {
        let module = |dark| Color::Indexed(if dark { 16 } else { 231 });
        self.colour.then(|| Style::new().fg(module(upper)).bg(module(lower)))
    }

    /// Whether grounds tell the panels apart; where not, a line does.
    pub fn paints_grounds(&self) -> bool {
        match &self.named {
            _ if !self.colour => false,
            Themed::Terminal => false,
            Themed::Day | Themed::Night => true,
            Themed::Own(own) => own.has_paper() || self.below(own).paints_grounds(),
        }
    }

    /// The theme that a reader's own one stands on. It is never an own one itself.
    fn below(&self, own: &OwnTheme) -> Theme {
        Theme { named: own.base().clone(), colour: self.colour }
    }

    /// The style of running text: its role, and emphasis on top.
    pub fn inline(&self, role: Role, emphasis: InlineStyle) -> Style {
        let own = [
            (InlineStyle::LINK, Role::Link),
            (InlineStyle::FOOTNOTE, Role::Link),
            (InlineStyle::IMAGE, Role::Source),
            (InlineStyle::MATH, Role::Source),
            (InlineStyle::CODE, Role::CodeInline),
            (InlineStyle::KBD, Role::KeyName),
            (InlineStyle::MARK, Role::Hit),
        ];
        let mut style = self.style(role);
        let head = role.is_head();
        for (mark, role) in own {
            match emphasis.has(mark) {
                // What links or is code in a heading keeps the heading's ink.
                true if head => style = style.add_modifier(self.weight(role)),
                true => style = style.patch(self.style(role)),
                false => {}
            }
        }
        if emphasis.has(InlineStyle::STRONG) {
            style = style.add_modifier(Modifier::BOLD);
            if role == Role::Text && !emphasis.has(InlineStyle::LINK) && !emphasis.has(InlineStyle::CODE) {
                style = style.patch(self.strong());
            }
        }
        if emphasis.has(InlineStyle::EMPHASIS) {
            style = style.add_modifier(Modifier::ITALIC);
        }
        if emphasis.has(InlineStyle::STRIKE) {
            style = style.add_modifier(Modifier::CROSSED_OUT);
        }
        if emphasis.has(InlineStyle::UNDERLINE) {
            style = style.add_modifier(Modifier::UNDERLINED);
        }
        style
    }

    fn strong(&self) -> Style {
        match &self.named {
            _ if !self.colour => Style::new(),
            Themed::Terminal => Style::new(),
            Themed::Day => Style::new().fg(rgb(DAY.strong)),
            Themed::Night => Style::new().fg(rgb(NIGHT.strong)),
            // Whoever chose the ink of the text did not choose another one for its strong words.
            Themed::Own(own) if own.ink(Role::Text).colours() => Style::new(),
            Themed::Own(own) => self.below(own).strong(),
        }
    }

    /// What tells a role apart without colour.
    fn weight(&self, role: Role) -> Modifier {
        match role {
            Role::Heading1 | Role::Heading2 | Role::Heading3 | Role::Heading4 => Modifier::BOLD,
            Role::TableHead | Role::KeyName | Role::PanelTitle | Role::Note | Role::Good => Modifier::BOLD,
            Role::Warning | Role::Danger | Role::Important | Role::Accent => Modifier::BOLD,
            Role::Link => Modifier::UNDERLINED,
            Role::Selected | Role::HitHere | Role::Hint if !self.paints_grounds() => Modifier::REVERSED,
            Role::Hit if !self.colour => Modifier::BOLD.union(Modifier::UNDERLINED),
            Role::Selected | Role::HitHere | Role::Hint => Modifier::BOLD,
            Role::SelectedFaint if !self.paints_grounds() => Modifier::BOLD,
            Role::CodeComment | Role::Quote => Modifier::ITALIC,
            Role::Muted | Role::Faint if !self.colour => Modifier::DIM,
            _ => Modifier::empty(),
        }
    }
}

fn painted(role: Role, inks: &Inks) -> Style {
    let ink = match role {
        Role::Text | Role::Overlay | Role::CodePunctuation | Role::Code => inks.text,
        Role::Muted | Role::Settled | Role::Quote | Role::KeyWord | Role::Open | Role::Pending => inks.muted,
        Role::CodeComment | Role::CodeLabel | Role::Skipped | Role::Source | Role::Heading4 => inks.muted,
        Role::Faint | Role::QuoteBar | Role::TableRule => inks.faint,
        Role::Heading1 | Role::Heading2 => inks.heading,
        Role::Heading3 | Role::TableHead | Role::PanelTitle | Role::Selected | Role::SelectedFaint => inks.strong,
        Role::Accent | Role::Marker | Role::KeyName | Role::Warning => inks.accent,
        Role::CodeInline | Role::CodeType => inks.teal,
        Role::CodeKeyword | Role::Important => inks.violet,
        Role::CodeString | Role::Good | Role::Done => inks.green,
        Role::CodeNumber | Role::Due => inks.orange,
        Role::CodeFunction | Role::Link | Role::Note => inks.blue,
        Role::Danger => inks.red,
        Role::Hit => inks.strong,
        Role::HitHere | Role::Hint => inks.page,
    };
    let style = Style::new().fg(rgb(ink));
    match role {
        Role::Code => style.bg(rgb(inks.code)),
        Role::Selected => style.bg(rgb(inks.selected)),
        Role::SelectedFaint => style.bg(rgb(inks.selected_faint)),
        Role::Hit => style.bg(rgb(inks.hit)),
        Role::HitHere => style.bg(rgb(inks.hit_here)),
        Role::Hint => style.bg(rgb(inks.accent)),
        _ => style,
    }
}

fn sixteen(role: Role) -> Style {
    let ink = match role {
        Role::Muted | Role::Settled | Role::KeyWord | Role::Pending | Role::CodeComment => Color::DarkGray,
        Role::CodeLabel | Role::Skipped | Role::Faint | Role::QuoteBar | Role::TableRule => Color::DarkGray,
        Role::Heading1 | Role::Heading2 | Role::Accent | Role::Marker | Role::KeyName | Role::Warning => Color::Yellow,
        Role::Hint => Color::Yellow,
        Role::CodeInline | Role::CodeType => Color::Cyan,
        Role::CodeKeyword | Role::Important => Color::Magenta,
        Role::CodeString | Role::Good | Role::Done => Color::Green,
        Role::CodeNumber | Role::Due => Color::LightRed,
        Role::CodeFunction | Role::Link | Role::Note => Color::Blue,
        Role::Danger => Color::Red,
        // Said and not left out: a mark must not take over the colour of what stood in its cell.
        _ => Color::Reset,
    };
    match role {
        // Black on yellow, as a marker leaves it: underlined are links, and what is reversed is the hit one is at.
        Role::Hit => Style::new().fg(Color::Black).bg(Color::Yellow),
        _ => Style::new().fg(ink),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::READABLE;

    #[test]
    fn every_text_can_be_read_on_every_ground_it_may_stand_on() {
        for named in [Themed::Day, Themed::Night] {
            let theme = Theme { named, colour: true };
            for role in Role::ALL.into_iter().filter(|role| !role.is_decoration()) {
                let ratio = theme.contrast(role).expect("a painted theme knows its colours");
                assert!(ratio >= READABLE, "{theme:?} {role:?} has {ratio:.2}:1");
            }
        }
    }

    #[test]
    fn without_colour_no_role_has_one() {
        for named in [Themed::Day, Themed::Night, Themed::Terminal] {
            let theme = Theme { named, colour: false };
            for role in Role::ALL {
                let style = theme.inline(role, InlineStyle::LINK.with(InlineStyle::STRONG));
                assert_eq!((style.fg, style.bg), (None, None), "{role:?}");
            }
            assert_eq!(theme.ground(Ground::Page), Style::new());
        }
    }

    #[test]
    fn the_selected_row_shows_without_colour() {
        let theme = Theme { named: Themed::Night, colour: false };
        assert!(theme.style(Role::Selected).add_modifier.contains(Modifier::REVERSED));
    }
}
