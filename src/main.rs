//! Arguments, run, exit code; nothing else.

fn main() {
    std::process::exit(jalon::edge::shell::main());
}
