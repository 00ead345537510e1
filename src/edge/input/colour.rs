//! Colours as terminals tell them: the forms of X11's `XParseColor` that are in use. Nothing else is taken for one.

/// Reads `rgb:r/g/b`, `rgba:r/g/b/a` (1 to 4 hexadecimal digits each) and `#rgb` to `#rrrrggggbbbb`.
pub(super) fn parse(spec: &str) -> Option<(u8, u8, u8)> {
    let spec = spec.trim();
    if let Some(digits) = spec.strip_prefix('#') {
        let each = digits.len() / 3;
        if !digits.is_ascii() || digits.len() != each * 3 {
            return None;
        }
        let part = |n: usize| digits.get(n * each..(n + 1) * each).and_then(scaled);
        return Some((part(0)?, part(1)?, part(2)?));
    }
    let (form, parts) = spec.split_once(':')?;
    let count = match form {
        "rgb" => 3,
        "rgba" => 4,
        _ => return None,
    };
    let parts: Vec<&str> = parts.split('/').collect();
    let part = |n: usize| parts.get(n).copied().and_then(scaled);
    (parts.len() == count).then_some(())?;
    Some((part(0)?, part(1)?, part(2)?))
}

/// A part of a colour, scaled from its own number of digits to 0..=255.
fn scaled(digits: &str) -> Option<u8> {
    let wide = matches!(digits.len(), 1..=4) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    let value = wide.then(|| u32::from_str_radix(digits, 16).ok())??;
    let largest = (1 << (4 * digits.len())) - 1;
    u8::try_from((value * 255 + largest / 2) / largest).ok()
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn every_form_in_use_is_read() {
        let samples = [
            ("rgb:ffff/0000/8080", (255, 0, 128)),
            ("rgb:ff/00/80", (255, 0, 128)),
            ("rgb:f/0/8", (255, 0, 136)),
            ("rgb:fff/000/800", (255, 0, 128)),
            ("rgba:1919/1c1c/2424/ffff", (0x19, 0x1c, 0x24)),
            ("#191c24", (0x19, 0x1c, 0x24)),
            ("#FFF", (255, 255, 255)),
            ("#19191c1c2424", (0x19, 0x1c, 0x24)),
        ];
        for (spec, rgb) in samples {
            assert_eq!(parse(spec), Some(rgb), "{spec}");
        }
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for spec in
            ["", "#", "#12345", "#gggggg", "#éé", "rgb:", "rgb:1/2", "rgb:1/2/3/4", "rgb:+1/2/3", "rgb:12345/1/1", "?"]
        {
            assert_eq!(parse(spec), None, "{spec}");
        }
    }
}
