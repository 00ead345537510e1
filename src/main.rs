//! Arguments, run, exit code; nothing else.

fn main() -> std::process::ExitCode {
    jalon::edge::shell::main()
}
