//! What jalon is built from: licences, sources and versions of every dependency, held against `.deny.toml`.
//! Asks cargo alone, and only for what is downloaded already; `JALON_LICENCES=all` asks for every platform.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

const DENY: &str = include_str!("../../.deny.toml");
const LOCK: &str = include_str!("../../Cargo.lock");

/// The licences that `.deny.toml` allows.
fn allowed() -> BTreeSet<&'static str> {
    let list = DENY.split("allow = [\n").nth(1).unwrap().split("\n]").next().unwrap();
    list.lines().map(|l| l.trim().trim_matches([',', '"'])).collect()
}

/// The crates that `.deny.toml` wants once.
fn wanted_once() -> Vec<&'static str> {
    let rows = DENY.lines().filter(|l| l.contains("deny-multiple-versions"));
    rows.map(|l| l.split('"').nth(1).unwrap()).collect()
}

/// Whether an SPDX expression can be met by allowed licences alone. `/` is the old way to write `OR`.
fn met(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let good = any_of(&mut rest, allowed);
    good && rest.is_empty()
}

fn any_of(rest: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut good = all_of(rest, allowed);
    while let Some(("OR", more)) = rest.split_first().map(|(w, m)| (*w, m)) {
        *rest = more;
        good |= all_of(rest, allowed);
    }
    good
}

fn all_of(rest: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    let mut good = one(rest, allowed);
    while let Some(("AND", more)) = rest.split_first().map(|(w, m)| (*w, m)) {
        *rest = more;
        good &= one(rest, allowed);
    }
    good
}

fn one(rest: &mut &[&str], allowed: &BTreeSet<&str>) -> bool {
    match **rest {
        ["(", ref more @ ..] => {
            *rest = more;
            let good = any_of(rest, allowed);
            let closed = rest.first() == Some(&")");
            *rest = rest.get(1..).unwrap_or_default();
            good && closed
        }
        [name, "WITH", exception, ref more @ ..] => {
            *rest = more;
            allowed.contains(format!("{name} WITH {exception}").as_str())
        }
        [name, ref more @ ..] => {
            *rest = more;
            allowed.contains(name)
        }
        [] => false,
    }
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--manifest-path"]);
    cargo.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"));
    if std::env::var("JALON_LICENCES").as_deref() != Ok("all") {
        cargo.args(["--offline", "--filter-platform", "host-tuple"]);
    }
    let told = cargo.output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap();
    assert!(packages.len() > 50);
    let allowed = allowed();
    let sins: Vec<String> = packages
        .iter()
        .map(|p| (p["name"].as_str().unwrap(), p["license"].as_str().unwrap_or("none declared")))
        .filter(|(_, licence)| !met(licence, &allowed))
        .map(|(name, licence)| format!("{name}: {licence}"))
        .collect();
    assert!(sins.is_empty(), "not in .deny.toml's list:\n{}", sins.join("\n"));
}

#[test]
fn licence_expressions_are_read_as_spdx_means_them() {
    let list = BTreeSet::from(["MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "Unicode-3.0"]);
    let good = [
        "MIT",
        "GPL-3.0 OR MIT",
        "GPL-3.0/MIT",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception",
        "GPL-3.0 AND MIT OR Apache-2.0",
    ];
    for expression in good {
        assert!(met(expression, &list), "{expression}");
    }
    let bad = ["GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "MIT WITH X", "", "(MIT", "MIT)", "none declared"];
    for expression in bad {
        assert!(!met(expression, &list), "{expression}");
    }
}

/// Name to versions and sources, from the lock file.
fn locked() -> BTreeMap<&'static str, Vec<(&'static str, Option<&'static str>)>> {
    let mut out: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for package in LOCK.split("[[package]]").skip(1) {
        let field = |name: &str| {
            let line = package.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(" = "));
            line.map(|value| value.trim_matches('"'))
        };
        out.entry(field("name").unwrap()).or_default().push((field("version").unwrap(), field("source")));
    }
    out
}

#[test]
fn everything_comes_from_the_one_registry() {
    for (name, versions) in locked() {
        for (version, source) in versions {
            let fine = match source {
                None => name == "jalon",
                Some(source) => source.starts_with("registry+") && source.ends_with("/crates.io-index"),
            };
            assert!(fine, "{name} {version} comes from {source:?}");
        }
    }
}

#[test]
fn what_counts_columns_and_writes_cells_is_there_once() {
    let locked = locked();
    assert_eq!(wanted_once().len(), 3);
    for name in wanted_once() {
        assert_eq!(locked[name].len(), 1, "{name}: {:?}", locked[name]);
    }
}
