//! The three themes: a style per role. `day` and `night` paint their own ground, so that contrast is known;
//! `terminal` uses the user's 16 colours on the user's ground.

use super::Role;
use crate::guide::InlineStyle;
use ratatui::style::{Color, Modifier, Style};

/// What the reader asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
}

/// The theme in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Themed {
    /// `day`
    Day,
    /// `night`
    Night,
    /// `terminal`
    #[default]
    Terminal,
}

/// What a text stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

impl Theme {
    /// The style of a role: its ink and weight, and its ground where it has one of its own.
    pub fn style(&self, role: Role) -> Style {
        let weight = Style::new().add_modifier(self.weight(role));
        if !self.colour {
            return weight;
        }
        match self.named {
            Themed::Day => painted(role, &DAY).patch(weight),
            Themed::Night => painted(role, &NIGHT).patch(weight),
            Themed::Terminal => sixteen(role).patch(weight),
        }
    }

    /// The ground that a part of the screen is filled with.
    pub fn ground(&self, ground: Ground) -> Style {
        let inks = match self.named {
            _ if !self.colour => return Style::new(),
            Themed::Terminal => return Style::new(),
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

    /// Whether grounds tell the panels apart; where not, a line does.
    pub fn paints_grounds(&self) -> bool {
        self.colour && self.named != Themed::Terminal
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
        match self.named {
            _ if !self.colour => Style::new(),
            Themed::Terminal => Style::new(),
            Themed::Day => Style::new().fg(rgb(DAY.strong)),
            Themed::Night => Style::new().fg(rgb(NIGHT.strong)),
        }
    }

    /// What tells a role apart without colour.
    fn weight(&self, role: Role) -> Modifier {
        match role {
            Role::Heading1 | Role::Heading2 | Role::Heading3 | Role::Heading4 => Modifier::BOLD,
            Role::TableHead | Role::KeyName | Role::PanelTitle | Role::Note | Role::Good => Modifier::BOLD,
            Role::Warning | Role::Danger | Role::Important | Role::Accent => Modifier::BOLD,
            Role::Link => Modifier::UNDERLINED,
            Role::Selected | Role::HitHere if !self.paints_grounds() => Modifier::REVERSED,
            Role::Hit if !self.colour => Modifier::BOLD.union(Modifier::UNDERLINED),
            Role::Selected | Role::HitHere => Modifier::BOLD,
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
        Role::HitHere => inks.page,
    };
    let style = Style::new().fg(rgb(ink));
    match role {
        Role::Code => style.bg(rgb(inks.code)),
        Role::Selected => style.bg(rgb(inks.selected)),
        Role::SelectedFaint => style.bg(rgb(inks.selected_faint)),
        Role::Hit => style.bg(rgb(inks.hit)),
        Role::HitHere => style.bg(rgb(inks.hit_here)),
        _ => style,
    }
}

fn sixteen(role: Role) -> Style {
    let ink = match role {
        Role::Muted | Role::Settled | Role::KeyWord | Role::Pending | Role::CodeComment => Color::DarkGray,
        Role::CodeLabel | Role::Skipped | Role::Faint | Role::QuoteBar | Role::TableRule => Color::DarkGray,
        Role::Heading1 | Role::Heading2 | Role::Accent | Role::Marker | Role::KeyName | Role::Warning => Color::Yellow,
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

    const ALL: [Role; 44] = [
        Role::Text,
        Role::Muted,
        Role::Faint,
        Role::Heading1,
        Role::Heading2,
        Role::Heading3,
        Role::Heading4,
        Role::Quote,
        Role::QuoteBar,
        Role::Marker,
        Role::CodeInline,
        Role::Code,
        Role::CodeLabel,
        Role::CodeComment,
        Role::CodeKeyword,
        Role::CodeString,
        Role::CodeNumber,
        Role::CodeFunction,
        Role::CodeType,
        Role::CodePunctuation,
        Role::Link,
        Role::TableHead,
        Role::TableRule,
        Role::Source,
        Role::Note,
        Role::Good,
        Role::Warning,
        Role::Danger,
        Role::Important,
        Role::Accent,
        Role::Done,
        Role::Settled,
        Role::Open,
        Role::Skipped,
        Role::Due,
        Role::Pending,
        Role::PanelTitle,
        Role::Selected,
        Role::SelectedFaint,
        Role::Hit,
        Role::HitHere,
        Role::KeyName,
        Role::KeyWord,
        Role::Overlay,
    ];

    /// Relative luminance (WCAG 2.1, definition of the same name).
    fn luminance(colour: Color) -> f64 {
        let Color::Rgb(r, g, b) = colour else { panic!("{colour:?} is not painted") };
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: Color, b: Color) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_can_be_read_on_every_ground_it_may_stand_on() {
        for named in [Themed::Day, Themed::Night] {
            let theme = Theme { named, colour: true };
            for role in ALL {
                // Frames and rules are seen, not read (WCAG 2.1, 1.4.11 asks nothing of decoration).
                if matches!(role, Role::Faint | Role::QuoteBar | Role::TableRule) {
                    continue;
                }
                let style = theme.style(role);
                let own = style.bg;
                let mut grounds = vec![
                    theme.ground(Ground::Page).bg,
                    theme.ground(Ground::Side).bg,
                    theme.ground(Ground::Raised).bg,
                    theme.style(Role::Code).bg,
                    theme.style(Role::Selected).bg,
                    theme.style(Role::SelectedFaint).bg,
                ];
                if own.is_some() {
                    grounds = vec![own];
                }
                for ground in grounds.into_iter().flatten() {
                    let ratio = contrast(style.fg.unwrap(), ground);
                    assert!(ratio >= 4.5, "{named:?} {role:?} has {ratio:.2}:1 on {ground}");
                }
            }
        }
    }

    #[test]
    fn without_colour_no_role_has_one() {
        for named in [Themed::Day, Themed::Night, Themed::Terminal] {
            let theme = Theme { named, colour: false };
            for role in ALL {
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
