//! Bytes become text: byte-order marks, UTF-16, bytes that are no text, and bytes written as `%40`. Never fails.

use std::borrow::Cow;

/// Decoded text, and whether all of it was valid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub is_valid: bool,
}

/// Decodes UTF-8, with or without a byte-order mark, and UTF-16 with one. What is invalid becomes U+FFFD.
pub(super) fn decode(bytes: &[u8]) -> Decoded<'_> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf_8(rest),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => utf_8(bytes),
    }
}

/// Whether a byte-order mark says UTF-16.
pub(super) fn is_utf_16(bytes: &[u8]) -> bool {
    matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
}

fn utf_8(bytes: &[u8]) -> Decoded<'_> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), is_valid: true },
        Err(_) => Decoded { text: String::from_utf8_lossy(bytes), is_valid: false },
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Decoded<'_> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut is_valid = odd.is_empty();
    for decoded in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        is_valid &= decoded.is_ok();
        text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    if !odd.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    Decoded { text: Cow::Owned(text), is_valid }
}

/// Decodes `%40`; what is no UTF-8 then becomes U+FFFD.
pub(super) fn percent_decoded(text: &str) -> String {
    String::from_utf8_lossy(&percent_bytes(text)).into_owned()
}

/// The bytes behind percent-encoding (RFC 3986, 2.1); a percent sign that encodes nothing is itself.
pub(super) fn percent_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = |digit: Option<&u8>| digit.and_then(|&d| char::from(d).to_digit(16));
        match (first, hex(after.first()), hex(after.get(1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_choose_the_encoding() {
        for bytes in
            [&b"caf\xC3\xA9"[..], b"\xEF\xBB\xBFcaf\xC3\xA9", b"\xFF\xFEc\0a\0f\0\xE9\0", b"\xFE\xFF\0c\0a\0f\0\xE9"]
        {
            assert_eq!(decode(bytes), Decoded { text: Cow::Borrowed("café"), is_valid: true }, "{bytes:?}");
        }
    }

    #[test]
    fn invalid_bytes_are_replaced_and_told_of() {
        for (bytes, text) in [
            (&b"a\xFFb"[..], "a\u{FFFD}b"),
            (b"\xFF\xFEa\0\x3D\xD8", "a\u{FFFD}"),
            (b"\xFF\xFEa\0b", "a\u{FFFD}"),
            (b"\xFE\xFF\xDC\x00\0a", "\u{FFFD}a"),
        ] {
            assert_eq!(decode(bytes), Decoded { text: Cow::Borrowed(text), is_valid: false }, "{bytes:?}");
        }
    }
}
