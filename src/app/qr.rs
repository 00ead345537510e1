//! QR codes: a text as dark and light modules, for a telephone's camera. How they are painted is the view's business.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code, which scanners need (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// A QR code with the quiet zone around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Qr {
    /// Modules along a side, the quiet zone left out.
    side: usize,
    dark: Vec<bool>,
}

impl Qr {
    /// The code of a text, as small as it gets, and then as sturdy as that size allows; none where it is too long.
    pub fn of(text: &str) -> Option<Qr> {
        let smallest = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
        let version = smallest.version();
        let sturdier = [EcLevel::H, EcLevel::Q, EcLevel::M];
        let code = sturdier.into_iter().find_map(|level| QrCode::with_version(text, version, level).ok());
        let code = code.unwrap_or(smallest);
        let dark = code.to_colors().into_iter().map(|module| module == Color::Dark).collect();
        Some(Qr { side: code.width(), dark })
    }

    /// Modules along a side, the quiet zone included.
    pub fn side(&self) -> usize {
        self.side + 2 * QUIET
    }

    /// Whether a module is dark, counted from the quiet zone's corner; whatever lies outside is light.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < self.side);
        let index = inside(y).zip(inside(x)).map(|(y, x)| y * self.side + x);
        index.and_then(|at| self.dark.get(at)).copied().unwrap_or_default()
    }

    /// The columns and rows that it takes where a cell shows two modules, one above the other.
    pub fn halves(&self) -> (u16, u16) {
        (self.side() as u16, self.side().div_ceil(2) as u16)
    }

    /// The same where a module is two columns wide and a row high.
    pub fn squares(&self) -> (u16, u16) {
        (2 * self.side() as u16, self.side() as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_in_a_quiet_zone() {
        let code = Qr::of("mailto:contact@cto-de-lyon.fr").unwrap();
        assert_eq!(code.side(), 25 + 8, "29 bytes take version 2");
        assert_eq!((code.halves(), code.squares()), ((33, 17), (66, 33)));
        let last = code.side() - 1;
        for n in 0..code.side() {
            assert!((0..QUIET).all(|q| !code.is_dark(n, q) && !code.is_dark(q, n)));
            assert!((0..QUIET).all(|q| !code.is_dark(n, last - q) && !code.is_dark(last - q, n)));
        }
        // A finder pattern: a dark ring of 7, a light one of 5, a dark core of 3.
        let (near, far) = (QUIET, last - QUIET - 6);
        for (x, y) in [(near, near), (far, near), (near, far)] {
            let ring =
                |n: usize, at: usize| (at..7 - at).all(|i| code.is_dark(x + i, y + n) && code.is_dark(x + n, y + i));
            assert!(ring(0, 0) && ring(6, 0) && ring(3, 2), "{x} {y}");
            assert!(!code.is_dark(x + 1, y + 1) && !code.is_dark(x + 5, y + 5));
        }
        assert!(!code.is_dark(500, 500));
    }

    #[test]
    fn what_is_too_long_has_no_code() {
        assert!(Qr::of(&"é".repeat(1400)).is_some());
        assert_eq!(Qr::of(&"x".repeat(3000)), None);
        assert!(Qr::of("").is_some());
    }
}
