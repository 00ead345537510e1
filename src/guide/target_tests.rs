//! The policy for links, tried on those that are opened, those that are only read, and those that are neither.

use super::*;
use crate::guide::{BaseUrl, Origin};
use proptest::prelude::*;

fn target(text: &str, base: Option<&str>) -> Target {
    let origin = Origin { name: String::new(), base_url: base.map(|url| BaseUrl::Otherwise(url.to_owned())) };
    Guide::parse("", &origin).target(text)
}

fn opens(link: &str) -> Target {
    Target::Open(CleanText::line(link))
}

fn guide(path: &str, place: Option<&str>) -> Target {
    Target::Guide(Neighbour { path: path.to_owned(), place: place.map(str::to_owned) })
}

#[test]
fn each_target_leads_to_its_kind_of_place() {
    let samples = [
        ("#ici", Target::Place("ici".into())),
        ("autre.md", guide("autre.md", None)),
        ("../a%20b/%C3%A9t%C3%A9.MD?plain=1#o%C3%B9", guide("../a b/été.MD", Some("o%C3%B9"))),
        ("/docs/autre.markdown#", guide("/docs/autre.markdown", Some(""))),
        ("/manifeste", Target::NoBase),
        ("image.png", Target::NoBase),
        ("a%00.md", Target::NoBase),
        ("https://a.fr", opens("https://a.fr")),
        ("mailto:a@b.fr", opens("mailto:a@b.fr")),
        ("//evil.example/x.md", Target::Refused(Refusal::Kind)),
        ("\\\\hote\\partage\\x.md", Target::Refused(Refusal::Kind)),
        ("file:///etc/passwd", Target::Refused(Refusal::Kind)),
        ("C:/x.md", Target::Refused(Refusal::Kind)),
        ("", Target::Refused(Refusal::Kind)),
    ];
    for (text, expected) in samples {
        assert_eq!(target(text, None), expected, "{text}");
    }
    let base = Some("https://a.fr/b/");
    assert_eq!(target("c?d#e", base), opens("https://a.fr/b/c?d#e"));
    assert_eq!(target("/c", base), opens("https://a.fr/c"));
    assert_eq!(target("c.md", base), guide("c.md", None), "what can be read here is read here");
}

#[test]
fn relative_links_are_joined_without_climbing_above_the_root() {
    let samples = [
        ("https://a.org/x/y?q", "../z?k#f", Some("https://a.org/z?k#f")),
        ("https://a.org", "../../z", Some("https://a.org/z")),
        ("https://a.org/x/", "y/..", Some("https://a.org/x/")),
        ("https://a.org/x/", "é", None),
        ("https://a.org/x/", "a b", None),
        ("https://a.org/x/", "a\\b", None),
    ];
    for (base, reference, expected) in samples {
        assert_eq!(joined(base, reference).as_deref(), expected, "{reference}");
    }
}

#[test]
fn web_pages_and_mail_are_opened_as_they_stand() {
    let same = [
        "https://cto-de-lyon.fr/",
        "http://localhost:8080/a?b=c&d#e",
        "https://a.b/x%20y;z,(1)!~*'$",
        "https://[2001:db8::1]:443/",
        "https://example.org?q=1",
        "mailto:contact@cto-de-lyon.fr",
        "mailto:a@b.fr,c@d.fr?subject=Bonjour%20%C3%A0%20vous&body=x%0D%0Ay",
    ];
    for link in same {
        assert_eq!(check(link).as_deref(), Ok(link));
    }
}

#[test]
fn links_are_put_into_the_form_that_is_safe_everywhere() {
    let samples = [
        ("HTTPS://cto-de-lyon.fr/", "https://cto-de-lyon.fr/"),
        ("https://a.fr/été s", "https://a.fr/%C3%A9t%C3%A9%20s"),
        ("https://a.fr/\"><`$(id)`|{}\\^", "https://a.fr/%22%3E%3C%60$(id)%60%7C%7B%7D%5C%5E"),
        ("https://аpple.com/", "https://xn--pple-43d.com/"),
        ("https://bücher.example:81/", "https://xn--bcher-kva.example:81/"),
        ("mailto:a@b.fr?attach=/etc/passwd&cc=x@y.z&SUBJECT=a", "mailto:a@b.fr?subject=a"),
        ("mailto:a@b.fr?attachment=/etc/passwd#x", "mailto:a@b.fr"),
        ("mailto:a@b.fr?subject=x%0D%0ABcc:%20z@z.fr", "mailto:a@b.fr?subject=xBcc%3A%20z%40z.fr"),
        ("mailto:a@b.fr?body=50%&body=a;rm", "mailto:a@b.fr?body=50%25&body=a%3Brm"),
        // Other people stand in a field, too (RFC 6068, 2).
        ("mailto:?to=a@b.fr,c%2Bd@e.fr", "mailto:a@b.fr,c%2Bd@e.fr"),
        ("mailto:a@b.fr?TO=c@d.fr&bcc=e@f.fr", "mailto:a@b.fr,c@d.fr"),
        ("mailto:a%40b.fr", "mailto:a@b.fr"),
        ("mailto:gorby%25kremvax@example.com", "mailto:gorby%25kremvax@example.com"),
        ("mailto:lise@bücher.example", "mailto:lise@xn--bcher-kva.example"),
        ("mailto:a@b.fr,", "mailto:a@b.fr"),
    ];
    for (link, safe) in samples {
        assert_eq!(check(link).as_deref(), Ok(safe));
    }
}

/// Links that are not opened, and why: fifty at least.
pub(crate) const HOSTILE: [(&str, Refusal); 58] = [
    ("javascript:alert(1)", Refusal::Kind),
    ("JavaScript:alert(1)", Refusal::Kind),
    ("java\tscript:alert(1)", Refusal::Kind),
    ("file:///etc/passwd", Refusal::Kind),
    ("file:etc/passwd", Refusal::Kind),
    ("data:text/html,<script>x</script>", Refusal::Kind),
    ("vbscript:x", Refusal::Kind),
    ("smb://host/share", Refusal::Kind),
    ("ssh://-oProxyCommand=x", Refusal::Kind),
    ("ftp://a.fr/x", Refusal::Kind),
    ("tel:+33123456789", Refusal::Kind),
    ("sms:+33123456789?body=x", Refusal::Kind),
    ("vscode://file/etc/passwd", Refusal::Kind),
    ("ms-msdt:/id PCWDiagnostic", Refusal::Kind),
    ("search-ms:query=x&crumb=location:\\\\evil", Refusal::Kind),
    ("x-man-page://1/ls", Refusal::Kind),
    ("steam://run/1", Refusal::Kind),
    ("view-source:https://a.fr", Refusal::Kind),
    ("about:config", Refusal::Kind),
    ("blob:https://a.fr/1", Refusal::Kind),
    ("intent://x#Intent;scheme=http;end", Refusal::Kind),
    ("jar:https://a.fr!/x", Refusal::Kind),
    ("//evil.example/", Refusal::Kind),
    ("///etc/passwd", Refusal::Kind),
    ("\\\\evil\\share", Refusal::Kind),
    ("\\\\evil\\share.md", Refusal::Kind),
    ("C:\\Windows\\calc.exe", Refusal::Kind),
    ("-https://a.fr", Refusal::Kind),
    ("--help=https://a.fr", Refusal::Kind),
    ("https:a.fr", Refusal::Host),
    ("https:/a.fr", Refusal::Host),
    ("https://", Refusal::Host),
    ("https:///path", Refusal::Host),
    ("https://-a.fr/", Refusal::Host),
    ("https://a..fr/", Refusal::Host),
    ("https://a.fr:port/", Refusal::Host),
    ("https://a.fr:123456/", Refusal::Host),
    ("https://a.fr:80:80/", Refusal::Host),
    ("https://a b.fr/", Refusal::Host),
    ("https://a.fr\\x/", Refusal::Host),
    ("https://a℀b.fr/", Refusal::Host),
    ("https://a.fr\\@evil.example/", Refusal::User),
    ("https://[x]/", Refusal::Host),
    ("https://[::1]x/", Refusal::Host),
    ("https://%65vil.example/", Refusal::Host),
    ("https://$(id).example/", Refusal::Host),
    ("https://cto-de-lyon.fr@evil.example/", Refusal::User),
    ("https://a:b@evil.example/", Refusal::User),
    ("https://@evil.example/", Refusal::User),
    ("mailto:", Refusal::Address),
    ("mailto:?attach=/etc/passwd", Refusal::Address),
    ("mailto:a", Refusal::Address),
    ("mailto:-a@b.fr", Refusal::Address),
    ("mailto:a@b@c.fr", Refusal::Address),
    ("mailto:a%0Ab@c.fr", Refusal::Address),
    ("mailto:a%20b@c.fr", Refusal::Address),
    ("mailto:%22a%22@b.fr", Refusal::Address),
    ("mailto:a@-b.fr", Refusal::Address),
];

#[test]
fn hostile_links_are_refused() {
    for (link, why) in HOSTILE {
        assert_eq!(check(link), Err(why), "{link}");
        assert_eq!(target(link, Some("https://a.fr/")), Target::Refused(why), "{link}");
    }
    let long = format!("https://a.fr/{}", "x".repeat(2048));
    let swollen = format!("https://a.fr/{}", "é".repeat(1000));
    let crowd = format!("mailto:{}a@b.fr", "a@b.fr,".repeat(16));
    let samples = [(long, Refusal::TooLong), (swollen, Refusal::TooLong), (crowd, Refusal::Address)];
    for (link, why) in samples {
        assert_eq!(check(&link), Err(why), "{link}");
    }
}

proptest! {
    #[test]
    fn what_passes_is_printable_ascii_of_an_allowed_kind_and_passes_again(
        target in "(https?://|mailto:|[a-z]{0,6}:)?[ -~éＡ。\n]{0,40}"
    ) {
        if let Ok(link) = check(&target) {
            prop_assert!(link.bytes().all(|b| (b'!'..=b'~').contains(&b)));
            prop_assert!(["http://", "https://", "mailto:"].iter().any(|s| link.starts_with(s)));
            prop_assert_eq!(check(&link), Ok(link.clone()));
        }
    }
}
