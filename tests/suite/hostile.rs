//! Guides and files made to hurt: the reader shows something, answers keys, and lets nothing through.

mod campaign;
mod escapes;
mod files;
mod inputs;

use inputs::INPUTS;

#[test]
#[ignore = "writes the hostile guides into the folder that JALON_HOSTILE names, for the campaign"]
fn writes_the_hostile_guides() {
    let Some(folder) = std::env::var_os("JALON_HOSTILE") else { return };
    for (n, input) in INPUTS.iter().enumerate() {
        for parts in [4, 2, 1] {
            let text = (input.make)(input.full / parts);
            std::fs::write(std::path::Path::new(&folder).join(format!("{:02}-{parts}.md", n + 1)), text).unwrap();
        }
        println!("{:02} {}", n + 1, input.name);
    }
}
