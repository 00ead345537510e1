//! QR codes and the clean screen, read back from a real terminal: module by module, as a scanner sees them.

use crate::pty::{Running, Terminal};
use qrcode::{Color, QrCode};
use std::fs;

const GUIDE: &str = "# Astreinte\n\nÉcrire à [l’équipe](mailto:astreinte@exemple.fr,bis@exemple.fr?subject=Panne&attach=/etc/passwd), \
                     appeler [le bureau](tel:+33-4-72-00-00-00), lire [la page](https://exemple.fr/état).\n";

/// The window's cells as modules: dark, light, or none where a cell is neither.
fn modules(screen: &vt100::Screen, (columns, rows): (u16, u16)) -> Vec<Vec<Option<bool>>> {
    let dark = |colour: vt100::Color| match colour {
        vt100::Color::Idx(16) => Some(true),
        vt100::Color::Idx(231) => Some(false),
        _ => None,
    };
    let half = |x: u16, y: u16, upper: bool| {
        let cell = screen.cell(y, x)?;
        match (cell.contents(), upper) {
            ("▀", true) => dark(cell.fgcolor()),
            ("▀", false) | (" ", _) => dark(cell.bgcolor()),
            _ => None,
        }
    };
    let row = |y: u16| (0..columns).map(|x| half(x, y / 2, y.is_multiple_of(2))).collect();
    (0..2 * rows).map(row).collect()
}

/// The text whose code stands on the screen, if it is one of these: found by its corner, compared with the library's
/// own matrix, four light modules around it.
fn is_code_of(rows: &[Vec<Option<bool>>], text: &str, level: qrcode::EcLevel) -> bool {
    let Ok(code) = QrCode::with_error_correction_level(text, level) else { return false };
    let side = code.width() + 8;
    let Some(top) = rows.iter().position(|row| row.iter().any(Option::is_some)) else { return false };
    let Some(left) = rows[top].iter().position(Option::is_some) else { return false };
    let wanted = |x: usize, y: usize| {
        let inside = (4..side - 4).contains(&x) && (4..side - 4).contains(&y);
        inside && code[(x - 4, y - 4)] == Color::Dark
    };
    (0..side)
        .all(|y| (0..side).all(|x| rows.get(top + y).and_then(|row| row.get(left + x)) == Some(&Some(wanted(x, y)))))
}

fn sees_code(running: &Running, size: (u16, u16), text: &str) {
    let levels = [qrcode::EcLevel::L, qrcode::EcLevel::M, qrcode::EcLevel::Q, qrcode::EcLevel::H];
    running.wait(&format!("the code of {text}"), |screen| {
        let rows = modules(screen, size);
        levels.iter().any(|level| is_code_of(&rows, text, *level))
    });
}

#[test]
fn a_contact_s_code_is_the_library_s_module_by_module_in_every_theme() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("astreinte.md");
    fs::write(&file, GUIDE).unwrap();
    for (theme, size) in [("day", (120, 40)), ("night", (80, 24)), ("terminal", (60, 26))] {
        let running = Terminal::new().args(&["--theme", theme, file.to_str().unwrap()]).size(size.0, size.1).start();
        running.drawn().keys("cQ");
        sees_code(&running, size, "mailto:astreinte@exemple.fr,bis@exemple.fr?subject=Panne");
        running.sees("astreinte@exemple.fr, bis@exemple.fr").keys("\x1b").sees("+33-4-72-00-00-00").keys("jQ");
        sees_code(&running, size, "tel:+33-4-72-00-00-00");
        running.keys("\x1b").sees("Contacts").keys("jQ");
        sees_code(&running, size, "https://exemple.fr/%C3%A9tat");
        running.keys("\x1b").sees("Contacts").keys("q");
        assert_eq!(running.ends().0, 0);
    }
}

#[test]
fn a_window_too_small_for_a_code_says_so_and_how_large_it_has_to_be() {
    let running = Terminal::new().size(40, 12).start();
    running.drawn().keys("cQ").sees("il lui faut 33 colonnes et 19 lignes").sees("contact@cto-de-lyon.fr");
    running.resize(40, 19);
    sees_code(&running, (40, 19), "mailto:contact@cto-de-lyon.fr");
    running.keys("\x1b").sees("Contacts").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn a_code_is_spelled_where_only_ascii_is_shown_and_drawn_where_nothing_is_coloured() {
    let running = Terminal::new().args(&["--ascii"]).size(120, 40).start();
    running.drawn().keys("cQ");
    running.wait("a code of two columns a module", |screen| {
        let rows = modules(screen, (120, 40));
        // Every module twice, every row twice: halved, it is the same code.
        let halved: Vec<Vec<Option<bool>>> =
            rows.iter().step_by(2).map(|row| row.iter().skip(27).step_by(2).copied().collect()).collect();
        is_code_of(&halved, "mailto:contact@cto-de-lyon.fr", qrcode::EcLevel::M)
            || is_code_of(&halved, "mailto:contact@cto-de-lyon.fr", qrcode::EcLevel::L)
    });
    running.keys("\x1b").sees("Contacts").keys("q");
    assert_eq!(running.ends().0, 0);
    let running = Terminal::new().variable("NO_COLOR", "1").start();
    running.drawn().keys("cQ").sees("█████████████████████████████████").sees("Échap fermer");
    running.keys("\x1b").sees("Contacts").keys("q");
    assert_eq!(running.ends().0, 0);
}

#[test]
fn without_any_clipboard_the_text_stands_alone_with_its_code_and_any_key_returns() {
    for key in ["q", " ", "\x1b", "x", "\r", "\x1b[B", "c"] {
        let running = Terminal::new().args(&["--theme", "night"]).variable("TERM", "linux").size(80, 24).start();
        running.drawn().keys("cy");
        running.wait("the text at the left edge of its line", |screen| {
            screen.contents().lines().any(|line| line.trim_end() == "contact@cto-de-lyon.fr")
        });
        running.wait("the mouse let go", |screen| screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None);
        sees_code(&running, (80, 24), "contact@cto-de-lyon.fr");
        running.keys(key).sees("Contacts").sees("pas de presse-papiers");
        running.wait("the mouse taken again", |screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
        running.keys("q");
        assert_eq!(running.ends().0, 0, "{key:?}");
    }
}
