//! How well a text can be read on what it stands on, as the web's rules measure it (WCAG 2.1).

use super::{Ground, Role, Theme};
use ratatui::style::Color;

/// The least contrast of a text that is to be read (WCAG 2.1, 1.4.3, level AA).
pub const READABLE: f64 = 4.5;

impl Theme {
    /// The least contrast of a role with the grounds that it may stand on; none where the terminal chooses a colour.
    pub fn contrast(&self, role: Role) -> Option<f64> {
        let style = self.style(role);
        let ink = luminance(style.fg?)?;
        let grounds = match style.bg {
            Some(own) => vec![Some(own)],
            None => {
                let papers = [Ground::Page, Ground::Side, Ground::Raised].map(|ground| self.ground(ground).bg);
                let marks = [Role::Code, Role::Selected, Role::SelectedFaint].map(|role| self.style(role).bg);
                papers.into_iter().chain(marks).collect()
            }
        };
        let ratios = grounds.into_iter().map(|ground| luminance(ground?)).map(|ground| ground.map(|g| ratio(ink, g)));
        ratios.collect::<Option<Vec<f64>>>()?.into_iter().reduce(f64::min)
    }
}

/// Contrast ratio (WCAG 2.1, definition of the same name).
fn ratio(a: f64, b: f64) -> f64 {
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance (WCAG 2.1, definition of the same name); none for a colour that the terminal chooses.
fn luminance(colour: Color) -> Option<f64> {
    let Color::Rgb(r, g, b) = colour else { return None };
    let part = |c: u8| {
        let c = f64::from(c) / 255.0;
        if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_is_the_web_s() {
        let of = |a, b| ratio(luminance(Color::from_u32(a)).unwrap(), luminance(Color::from_u32(b)).unwrap());
        assert!((of(0x000000, 0xffffff) - 21.0).abs() < 0.001);
        assert!((of(0x777777, 0xffffff) - 4.48).abs() < 0.005, "the grey that just fails");
        assert!((of(0x123456, 0x123456) - 1.0).abs() < 0.001);
        assert_eq!(luminance(Color::Red), None);
    }
}
