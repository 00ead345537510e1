//! The guide built in is the user's, byte for byte.

use sha2::{Digest, Sha256};

#[test]
fn the_built_in_guide_is_untouched() {
    let bytes = include_bytes!("../../content/lancer-sa-communaute.md");
    let sum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(sum, "3b399cb34d9d1d8bf4afa7dc23e236c160acac81cf2ae49c1d86e09ce4795fb4");
}
