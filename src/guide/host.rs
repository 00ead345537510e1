//! Names of hosts: in ASCII, as they are asked for, whatever letters they are written in. Two names that look alike
//! are told apart by that form, and a browser gets no other one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest name, in its ASCII form.
const LONGEST: usize = 253;
/// The longest label.
const LONGEST_LABEL: usize = 63;

/// A host name in ASCII; none where it is no name. Letters beyond ASCII are mapped as browsers map them, to lower case
/// and NFKC (UTS #46, near enough), and encoded label by label (RFC 5890).
pub(super) fn ascii(host: &str) -> Option<String> {
    if host.is_ascii() {
        return is_name(host).then(|| host.to_owned());
    }
    // A name that cannot fit is not worth mapping.
    if host.len() > 4 * LONGEST {
        return None;
    }
    let mapped: String = host.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let labels: Option<Vec<String>> = mapped.split('.').map(label).collect();
    Some(labels?.join(".")).filter(|name| is_name(name))
}

fn label(label: &str) -> Option<String> {
    if label.is_ascii() {
        return Some(label.to_owned());
    }
    let is_letter = |c: char| c.is_alphanumeric() || c == '-' || is_combining_mark(c);
    let starts = label.starts_with(|c: char| c != '-' && !is_combining_mark(c));
    if !starts || !label.chars().all(is_letter) {
        return None;
    }
    Some(format!("xn--{}", punycode(label)?))
}

/// Labels of ASCII letters, digits, `-` and `_`, none of which looks like an option; one dot may end it.
fn is_name(host: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let label = |l: &str| (1..=LONGEST_LABEL).contains(&l.len()) && !l.starts_with('-') && l.bytes().all(plain);
    host.len() <= LONGEST && host.strip_suffix('.').unwrap_or(host).split('.').all(label)
}

/// Punycode (RFC 3492, section 6.3), without the prefix. None where the numbers grow too large.
fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    let all = u32::try_from(label.chars().count()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128_u32, 0_u32, 72, basic);
    while handled < all {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = (next - n).checked_mul(handled + 1)?.checked_add(delta)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c != n {
                continue;
            }
            let mut rest = delta;
            for k in (BASE..).step_by(BASE as usize) {
                let threshold = k.saturating_sub(bias).clamp(1, 26);
                if rest < threshold {
                    break;
                }
                out.push(digit(threshold + (rest - threshold) % (BASE - threshold))?);
                rest = (rest - threshold) / (BASE - threshold);
            }
            out.push(digit(rest)?);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

fn digit(value: u32) -> Option<char> {
    char::from_digit(value.checked_sub(26).unwrap_or(value + 10), 36)
}

/// Bias adaptation (RFC 3492, section 6.1).
fn adapted(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_letters_have_an_ascii_form() {
        let samples = [
            ("exemple.fr", Some("exemple.fr")),
            ("Exemple.FR", Some("Exemple.FR")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("Bücher.example", Some("xn--bcher-kva.example")),
            ("bu\u{308}cher.example", Some("xn--bcher-kva.example")),
            ("аррӏе.com", Some("xn--80ak6aa92e.com")),
            ("münchen-ost.de", Some("xn--mnchen-ost-9db.de")),
            ("例え.テスト", Some("xn--r8jz45g.xn--zckzah")),
            ("ليهمابتكلموشعربي؟", None),
            ("ليهمابتكلموشعربي.eg", Some("xn--mgbcah9ar9a4efegftvvn.eg")),
            ("ｅｘｅｍｐｌｅ．fr", Some("exemple.fr")),
            ("a℀b.fr", None),
            ("é b.fr", None),
            ("-é.fr", None),
            ("é..fr", None),
            ("", None),
            (".", None),
            ("a_b.fr.", Some("a_b.fr.")),
            ("-a.fr", None),
            ("a.fr..", None),
        ];
        for (host, expected) in samples {
            assert_eq!(ascii(host).as_deref(), expected, "{host}");
        }
        assert_eq!(ascii(&"é".repeat(100)), None);
        assert_eq!(ascii(&"é".repeat(100_000)), None);
    }
}
