# What every change has to pass; the continuous integration runs the same script.
check:
    .ci/run

# Write the expected pictures and tables anew, after looking at the difference.
bless:
    JALON_BLESS=1 cargo test --test suite

# Make the manual page and the completions that a package carries, then for Debian: cargo deb --no-build.
assets:
    .ci/assets
