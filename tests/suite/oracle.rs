//! What the program may write to a terminal, and nothing else: a list of what is allowed, tried on every byte. Not a
//! list of what is dangerous, for nobody has a whole one.

/// Finds the first thing in the bytes that is not on the list. A sequence still open at the end is not judged.
pub fn offence(bytes: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap(),
        Err(e) => return Some(format!("not UTF-8 at byte {}", e.valid_up_to())),
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\u{1b}' => match sequence(after) {
                Sequence::Allowed(length) => &after[length..],
                Sequence::Open => return None,
                Sequence::Forbidden => {
                    return Some(format!("a sequence: ESC {:?}", after.chars().take(40).collect::<String>()));
                }
            },
            '\r' | '\n' => after,
            c if c.is_control() => return Some(format!("a control character: {c:?}")),
            _ => after,
        };
    }
    None
}

enum Sequence {
    Allowed(usize),
    Open,
    Forbidden,
}

/// Judges what follows an escape.
fn sequence(after: &str) -> Sequence {
    match after.chars().next() {
        None => Sequence::Open,
        Some('[') => {
            let body: String = after[1..].chars().take_while(|c| ('\u{20}'..='\u{3f}').contains(c)).collect();
            match after[1 + body.len()..].chars().next() {
                None => Sequence::Open,
                Some(last) if control_sequence(&body, last) => Sequence::Allowed(body.len() + 2),
                Some(_) => Sequence::Forbidden,
            }
        }
        Some(']') => {
            let body: String = after[1..].chars().take_while(|c| c.is_ascii_graphic()).collect();
            match &after[1 + body.len()..] {
                // Longer than any of ours: it may never end.
                "" | "\u{1b}" if body.len() < 16 * 1024 => Sequence::Open,
                rest if rest.starts_with("\u{1b}\\") && command(&body) => Sequence::Allowed(body.len() + 3),
                _ => Sequence::Forbidden,
            }
        }
        Some(_) => Sequence::Forbidden,
    }
}

/// Colours and weights, places, clearing, rows taken out and put in, the modes that the full screen uses, and the
/// question of what one is.
fn control_sequence(body: &str, last: char) -> bool {
    let numbers = |separators: &str| body.chars().all(|c| c.is_ascii_digit() || separators.contains(c));
    match last {
        'm' => numbers(";:"),
        'H' => numbers(";"),
        'J' => body == "2",
        'L' | 'M' => numbers(""),
        'h' | 'l' => ["?25", "?1000", "?1002", "?1006", "?1049", "?2004", "?2026"].contains(&body),
        'c' => body.is_empty(),
        _ => false,
    }
}

/// A text for the clipboard, and the question for the background.
fn command(body: &str) -> bool {
    match body.strip_prefix("52;c;") {
        Some(payload) => {
            let digits = payload.trim_end_matches('=');
            payload.len() % 4 == 0
                && payload.len() - digits.len() <= 2
                && digits.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/'))
        }
        None => body == "11;?",
    }
}

/// The first character that hides something: from the reader, or the order in which text stands. Joiners, selectors and
/// tags are taken for hiding where nothing around them has a use for them.
pub fn hidden(text: &str) -> Option<char> {
    let mut before = ' ';
    for c in text.chars() {
        let hides = match c {
            '\u{200c}' | '\u{200d}' => before < '\u{a9}',
            '\u{fe0e}' | '\u{fe0f}' => before < '\u{a9}' && !before.is_ascii_digit() && !matches!(before, '#' | '*'),
            '\u{e0020}'..='\u{e007f}' => !matches!(before, '\u{1f3f4}' | '\u{e0020}'..='\u{e007e}'),
            c => HIDING.iter().any(|(first, last)| (*first..=*last).contains(&c)),
        };
        if hides {
            return Some(c);
        }
        before = c;
    }
    None
}

/// Characters that no text needs on a screen: Bidi_Control (UAX #9) and the other invisible ones that `trust.md` lists.
const HIDING: [(char, char); 14] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200b}'),
    ('\u{200e}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{fe00}', '\u{fe0d}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{fff9}', '\u{fffb}'),
    ('\u{1d173}', '\u{1d17a}'),
    ('\u{e0000}', '\u{e001f}'),
];

/// The first character of a line that drives a terminal, ends the line, or hides.
pub fn line_offence(line: &str) -> Option<char> {
    line.chars().find(|c| c.is_control()).or_else(|| hidden(line))
}

#[test]
fn what_the_program_needs_is_allowed() {
    let frame = "\x1b[?1049h\x1b[?25l\x1b[?2026h\x1b[0m\x1b[2J\x1b[3;1H\x1b[2M\x1b[9;1H\x1b[L\x1b[3;12H\x1b[38;2;1;2;3;48:5:7mÉté\x1b[?2026l\r\n";
    assert_eq!(offence(frame.as_bytes()), None);
    assert_eq!(offence(b"\x1b]52;c;Zm8=\x1b\\\x1b]11;?\x1b\\\x1b[c"), None);
    for cut in 0..frame.len() {
        assert_eq!(offence(&frame.as_bytes()[..cut]), None, "cut at {cut}");
    }
}

#[test]
fn everything_else_is_an_offence() {
    let offences = [
        "\x07",
        "\x08",
        "\t",
        "\x7f",
        "\u{85}",
        "\u{9b}31m",
        "\x1bc",
        "\x1bP+q\x1b\\",
        "\x1b_G\x1b\\",
        "\x1b]0;title\x1b\\",
        "\x1b]52;c;?\x1b\\",
        "\x1b]52;p;Zm8=\x1b\\",
        "\x1b]52;c;Zm8\x1b\\",
        "\x1b]52;c;Zm8=\x07",
        "\x1b]8;;https://a.fr\x1b\\",
        "\x1b[5n",
        "\x1b[6n",
        "\x1b[21t",
        "\x1b[?1003h",
        "\x1b[3J",
        "\x1b[1;2L",
        "\x1b[?2M",
        "\x1b[>0q",
        "\x1b[1;1;1r",
        "\x1b[!p",
        "\x1b(0",
    ];
    for bytes in offences {
        assert!(offence(format!("text {bytes} text").as_bytes()).is_some(), "{bytes:?}");
    }
    assert!(offence(b"\xff").is_some());
}
