//! Every way out gives the terminal back at once: its settings as they were, every mode off, the usual screen. And a
//! program whose terminal is gone is gone too, whatever it was told about hang-ups.
//!
//! Times are measured in campaigns (`.ci/trust exits`), where they are printed. A run of the tests asks for the best of
//! a few tries, so that a machine that is busy with other things fails nobody.

use crate::pty::{LONG, Running, Terminal, process, sleeps, wait_state};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use rustix::process::{Pid, Signal};
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

/// The longest that giving the terminal back may take.
const AT_ONCE: Duration = Duration::from_millis(200);

/// The longest that an orphan may live, and the processor time that it may use up, in ticks of 10 ms.
const SOON: Duration = Duration::from_secs(2);
const LITTLE: u64 = 5;

/// A way out: its name, and how long after its cause the terminal was as it had been found.
type WayOut = (&'static str, fn() -> Duration);

const WAYS_OUT: [WayOut; 8] = [
    ("quitting", || left(reader(), |running| _ = running.keys("q"), 0)),
    ("an error", a_guide_that_is_none),
    // A part's code is that of a test; `terminal` looks at what the panic leaves to read.
    ("a panic of the thread that draws", || left(part(), |running| _ = running.keys("p"), 0)),
    ("SIGTERM", || left(reader(), |running| running.signal(Signal::TERM), 143)),
    ("SIGINT", || left(reader(), |running| running.signal(Signal::INT), 130)),
    ("SIGHUP", || left(reader(), |running| running.signal(Signal::HUP), 129)),
    ("SIGQUIT", || left(reader(), |running| running.signal(Signal::QUIT), 131)),
    ("SIGTSTP, and SIGCONT", stopped_and_continued),
];

fn reader() -> Running {
    let running = Terminal::new().start();
    running.drawn();
    running
}

fn part() -> Running {
    let running = Terminal::new().part("terminal::plays_a_program_with_faults").start();
    running.sees("keys 0");
    running
}

/// How long it takes; the end and its code are waited for too.
fn left(running: Running, cause: impl FnOnce(&Running), code: u32) -> Duration {
    let began = Instant::now();
    cause(&running);
    running.given_back();
    let took = began.elapsed();
    assert_eq!(running.ends().0, code);
    took
}

/// The screen stands already when what comes through the pipe turns out to be no guide.
fn a_guide_that_is_none() -> Duration {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let terminal = Terminal::new().under("sh", &["-c", "exec \"$0\" - <\"$PIPE\""]);
    let running = terminal.variable("PIPE", pipe.to_str().unwrap()).start();
    let mut writer = OpenOptions::new().write(true).open(&pipe).unwrap();
    running.sees("lecture du guide");
    left(running, |_| (writer.write_all(b"\x7fELF\0\0").unwrap(), drop(writer)).0, 2)
}

fn stopped_and_continued() -> Duration {
    let running = reader();
    let began = Instant::now();
    running.signal(Signal::TSTP);
    wait_state(running.pid(), 'T');
    running.given_back();
    let took = began.elapsed();
    running.signal(Signal::CONT);
    running.wait("the picture again", |screen| screen.alternate_screen());
    took.max(left(running, |running| _ = running.keys("q"), 0))
}

#[test]
fn each_of_eight_ways_out_gives_the_terminal_back_at_once() {
    for (name, leave) in WAYS_OUT {
        let mut best = leave();
        for _ in 0..4 {
            if best <= AT_ONCE {
                break;
            }
            best = best.min(leave());
        }
        assert!(best <= AT_ONCE, "{name}: {} ms at best", best.as_millis());
    }
}

#[test]
#[ignore = "a campaign: .ci/trust exits"]
fn campaign_of_ways_out() {
    for (name, leave) in WAYS_OUT {
        let mut times: Vec<u128> = (0..20).map(|_| leave().as_millis()).collect();
        times.sort_unstable();
        println!("{name}: 20 times, {} ms at the median, {} ms at the most", times[10], times[19]);
    }
}

/// Two shells that start the program: one as it is, one in which it is told to ignore hang-ups.
const SHIELDS: [&str; 2] = ["exec \"$0\"", "trap '' HUP; exec \"$0\""];

/// Lets the program come to rest on a terminal of its own, takes that away, and gives how long it lived on and the ticks
/// that it used up meanwhile.
fn orphaned(shield: &str) -> (Duration, u64) {
    let home = tempfile::tempdir().unwrap();
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new("sh");
    command.args(["-c", shield, env!("CARGO_BIN_EXE_jalon")]);
    command.env_clear();
    command.cwd(home.path());
    for (name, value) in [("TERM", "xterm-256color"), ("USER", "lise"), ("LANG", "fr_FR.UTF-8")] {
        command.env(name, value);
    }
    command.env("HOME", home.path());
    command.env("PATH", std::env::var("PATH").unwrap_or_default());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let pid = Pid::from_raw(child.process_id().unwrap().try_into().unwrap()).unwrap();
    let mut keys = pair.master.take_writer().unwrap();
    let (read, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let listening = {
        let (read, enough) = (Arc::clone(&read), Arc::clone(&enough));
        let mut reader = pair.master.try_clone_reader().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                read.fetch_add(n, SeqCst);
                if enough.load(SeqCst) {
                    return;
                }
            }
        })
    };
    let rests = || (read.load(SeqCst), sleeps(pid));
    // An answer to its question, or it would wait three seconds for one.
    keys.write_all(b"\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?62c").unwrap();
    let deadline = Instant::now() + LONG;
    let mut before = (0, 0);
    while before.0 < 500 || before != rests() {
        assert!(Instant::now() < deadline, "it never rests");
        before = rests();
        thread::sleep(Duration::from_millis(400));
    }
    // The last byte that is read ends the reading: nobody holds the terminal but us.
    enough.store(true, SeqCst);
    keys.write_all(b"j").unwrap();
    listening.join().unwrap();
    thread::sleep(Duration::from_millis(100));
    let used = process(pid).unwrap().1;
    let began = Instant::now();
    drop((keys, pair.master));
    // A zombie until we bury it, which still tells what it used up.
    let ticks = loop {
        match process(pid) {
            Some(('Z', ticks)) => break ticks,
            Some(_) if began.elapsed() < LONG => thread::sleep(Duration::from_millis(2)),
            other => {
                let _ = child.kill();
                panic!("it lives on: {other:?}, {used} ticks before");
            }
        }
    };
    let lived = began.elapsed();
    child.wait().unwrap();
    (lived, ticks - used)
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_at_once_and_costs_nothing() {
    for shield in SHIELDS {
        let (mut lived, mut ticks) = orphaned(shield);
        for _ in 0..3 {
            if lived <= SOON && ticks <= LITTLE {
                break;
            }
            let again = orphaned(shield);
            (lived, ticks) = (lived.min(again.0), ticks.min(again.1));
        }
        assert!(lived <= SOON, "{shield}: it lived on for {} ms", lived.as_millis());
        assert!(ticks <= LITTLE, "{shield}: {ticks} ticks of 10 ms");
    }
}

#[test]
#[ignore = "a campaign: .ci/trust exits"]
fn campaign_of_orphans() {
    let runs: Vec<(Duration, u64)> = (0..100).map(|_| orphaned(SHIELDS[1])).collect();
    let good = runs.iter().filter(|(lived, ticks)| *lived <= SOON && *ticks <= LITTLE).count();
    let (longest, most) = (runs.iter().map(|r| r.0).max().unwrap(), runs.iter().map(|r| r.1).max().unwrap());
    println!(
        "hang-ups ignored: {good}/100 gone, {} ms and {} ms of processor at the most",
        longest.as_millis(),
        most * 10
    );
    assert_eq!(good, 100);
}

#[test]
#[ignore = "a campaign: .ci/trust exits"]
fn campaign_of_ten_idle_seconds() {
    let running = reader();
    thread::sleep(Duration::from_secs(5));
    let before = (running.count(), sleeps(running.pid()), process(running.pid()).unwrap().1);
    thread::sleep(Duration::from_secs(10));
    let after = (running.count(), sleeps(running.pid()), process(running.pid()).unwrap().1);
    println!(
        "10 s idle: {} bytes written, {} wakes, {} ms of processor",
        after.0 - before.0,
        after.1 - before.1,
        (after.2 - before.2) * 10
    );
    assert_eq!(after, before);
    running.keys("q");
    assert_eq!(running.ends().0, 0);
}
