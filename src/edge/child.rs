//! Other programs, started for a moment: with an argument vector and never through a shell, with no way to our
//! terminal, in a process group of their own so that stopping us does not stop them, and with a deadline.

use std::io::{self, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What became of a program when its time was up.
#[derive(Debug)]
pub enum End {
    /// It ended.
    Ended(ExitStatus),
    /// It runs on.
    Running(Child),
}

/// Starts a program, gives it `input` to read, and waits at most `wait` for its end. What it leaves running behind
/// itself, as clipboard programs do, is not waited for.
pub fn run(program: &str, arguments: &[&str], input: &[u8], wait: Duration) -> io::Result<End> {
    let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(stdin)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()?;
    if let Some(mut pipe) = child.stdin.take() {
        let input = input.to_owned();
        // On a thread of its own: a program that does not read must not hold us. A broken pipe shows in the exit code.
        thread::Builder::new().name("feed".into()).spawn(move || drop(pipe.write_all(&input)))?;
    }
    let deadline = Instant::now() + wait;
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(End::Ended(status));
        }
        if Instant::now() + pause > deadline {
            return Ok(End::Running(child));
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn a_program_reads_its_input_and_its_end_is_told() {
        let script = "test \"$(cat)\" = 'a b'";
        assert!(matches!(run("sh", &["-c", script], b"a b", LONG).unwrap(), End::Ended(s) if s.success()));
        assert!(matches!(run("sh", &["-c", script], b"other", LONG).unwrap(), End::Ended(s) if !s.success()));
        assert!(run("no-such-program-anywhere", &[], b"", LONG).is_err());
    }

    #[test]
    fn what_it_leaves_running_is_not_waited_for() {
        let end = run("sh", &["-c", "cat >/dev/null; sleep 30 & exit 0"], b"x", LONG).unwrap();
        assert!(matches!(end, End::Ended(s) if s.success()));
    }

    #[test]
    fn a_program_that_neither_reads_nor_ends_does_not_hold_us() {
        let input = vec![b'x'; 1 << 20];
        let End::Running(mut child) = run("sleep", &["30"], &input, Duration::from_millis(20)).unwrap() else {
            panic!("it ended");
        };
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
