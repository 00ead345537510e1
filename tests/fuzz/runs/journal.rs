//! libFuzzer on the target of this name.
#![no_main]

use jalon_fuzz::targets::{Share, journal};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| journal::run(bytes, Share::drawn(bytes)));
