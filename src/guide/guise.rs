//! Links whose text is dressed as another address: `[https://bank.fr](https://thief.example)`. A list of hints, for
//! people to be told of; what may be opened is decided elsewhere.

use super::target::{Mail, address, check, scheme};
use super::{CleanText, host};

/// Endings by which a bare word is taken for a host: those that people know, and countries'. Left out are those that
/// are also endings of files' names, as in `setup.sh` and `README.md`.
const ENDINGS: &str = " com net org edu gov mil int info biz name pro app dev page cloud online site store shop blog \
    xyz tech club live news media group agency academy email bank money paris bzh alsace corsica wiki work world zone \
    ac ad ae af ag ai al am ao ar at au az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cd cf cg ch ci \
    ck cl cm cn co cr cu cv cw cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fm fo fr ga gb gd ge gf gg gh gi gl \
    gm gn gp gq gr gt gu gy hk hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz \
    la lb lc li lk lr ls lt lu lv ly ma mc me mg mk mm mn mo mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np \
    nr nu nz om pa pe pf pg ph pk pm pn pr pt pw py qa re ro ru rw sa sb sc sd se sg si sk sl sm sn sr ss st su sv sx \
    sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw ";

/// The address that a link's text names, where it is another one than the link's own. `link` is a checked one.
pub fn guise(shown: &str, link: &str) -> Option<CleanText> {
    let real = real(link)?;
    let around = |c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '_' | '[' | ']'));
    let words = shown.split(char::is_whitespace).map(|word| word.trim_matches(around));
    let other = |word: &&str| named(word).is_some_and(|named| !real.iter().all(|real| named.is(real)));
    words.into_iter().find(other).map(CleanText::line)
}

/// A host, or a mail address.
#[derive(Debug, PartialEq)]
enum Named {
    Host(String),
    Mail(String),
}

impl Named {
    /// Whether somebody who reads this finds what they expect. Who has a host's name has those below it, too.
    fn is(&self, real: &Named) -> bool {
        match (self, real) {
            (Named::Mail(a), Named::Mail(b)) => a == b,
            (Named::Mail(_), Named::Host(_)) => false,
            (Named::Host(a), Named::Host(b)) => a == b || b.strip_suffix(a.as_str()).is_some_and(|b| b.ends_with('.')),
            (Named::Host(a), Named::Mail(b)) => b.rsplit_once('@').is_some_and(|(_, b)| a == b),
        }
    }
}

/// Where a checked link leads: one host, or each of a mail's addresses.
fn real(link: &str) -> Option<Vec<Named>> {
    match scheme(link) {
        (Some(scheme), rest) if scheme == "mailto" => {
            Some(Mail::read(rest).ok()?.to.iter().map(|to| Named::Mail(to.to_lowercase())).collect())
        }
        _ => Some(vec![Named::Host(host_of(link)?)]),
    }
}

/// The address that a word names, if it looks like one.
fn named(word: &str) -> Option<Named> {
    if let (Some(scheme), rest) = scheme(word) {
        if scheme == "mailto" {
            return named(rest);
        }
        if rest.starts_with("//") {
            // A text may name what no link could be opened as; then it surely names something else.
            let told = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
            return Some(Named::Host(host_of(word).unwrap_or_else(|| told.to_lowercase())));
        }
    }
    if word.contains('@') {
        return address(word).map(|a| Named::Mail(a.to_lowercase()));
    }
    let bare = word.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let name = plain(&host::ascii(bare)?);
    let ending = name.rsplit_once('.')?.1;
    let known = ENDINGS.split(' ').any(|known| known == ending) || ending.starts_with("xn--");
    let quad = name.split('.').count() == 4 && name.split('.').all(|n| n.parse::<u8>().is_ok());
    (known || quad || bare.to_lowercase().starts_with("www.")).then_some(Named::Host(name))
}

/// The host of a web page, without `www.` and port.
fn host_of(link: &str) -> Option<String> {
    let checked = check(link).ok()?;
    let authority = checked.split_once("://")?.1.split(['/', '?', '#']).next()?;
    let port = authority.rfind(':').filter(|_| !authority.ends_with(']')).unwrap_or(authority.len());
    authority.get(..port).map(plain)
}

fn plain(host: &str) -> String {
    let lower = host.trim_end_matches('.').to_lowercase();
    lower.strip_prefix("www.").map(str::to_owned).unwrap_or(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_names_another_address_is_told() {
        let samples = [
            ("https://banque.fr", "https://voleur.example/", Some("https://banque.fr")),
            ("banque.fr", "https://voleur.example/banque.fr", Some("banque.fr")),
            ("Allez sur www.banque.fr, vite", "https://voleur.example/", Some("www.banque.fr")),
            ("(banque.fr/compte)", "https://banque.fr.voleur.example/", Some("banque.fr/compte")),
            ("https://banque.fr@x", "https://voleur.example/", Some("https://banque.fr@x")),
            ("banque.fr", "https://xbanque.fr/", Some("banque.fr")),
            ("https://apple.com", "https://xn--pple-43d.com/", Some("https://apple.com")),
            ("lise@exemple.fr", "mailto:voleur@exemple.fr", Some("lise@exemple.fr")),
            ("lise@exemple.fr", "mailto:lise@exemple.fr,voleur@x.fr", Some("lise@exemple.fr")),
            ("lise@exemple.fr", "https://exemple.fr/", Some("lise@exemple.fr")),
            ("192.168.1.1", "https://voleur.example/", Some("192.168.1.1")),
            ("банк.рф", "https://voleur.example/", Some("банк.рф")),
            ("https://Banque.fr:443/x", "https://www.banque.fr/autre", None),
            ("banque.fr", "https://compte.banque.fr/", None),
            ("https://bücher.example/é", "https://xn--bcher-kva.example/%C3%A9", None),
            ("Lise@Exemple.fr", "mailto:lise@exemple.fr?subject=x", None),
            ("exemple.fr", "mailto:lise@exemple.fr", None),
            ("notre manifeste", "https://voleur.example/", None),
            ("README.md, setup.sh, Node.js, p.ex. v1.2", "https://exemple.fr/", None),
            ("@lise", "https://exemple.fr/", None),
            ("", "https://exemple.fr/", None),
        ];
        for (shown, link, expected) in samples {
            assert_eq!(guise(shown, link).as_deref(), expected, "{shown} -> {link}");
        }
    }
}
