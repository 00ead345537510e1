//! libFuzzer on the target of this name.
#![no_main]

use jalon_fuzz::targets::{Share, screen};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| screen::run(bytes, Share::drawn(bytes)));
