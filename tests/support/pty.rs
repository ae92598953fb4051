//! The real program in a real terminal of a given size.
//!
//! A thread feeds what the program writes to a vt100 emulator; tests wait for text instead of
//! sleeping. Every program has a home of its own.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(feature = "llama")]
use base64::Engine as _;
#[cfg(feature = "llama")]
use base64::engine::general_purpose::STANDARD;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use tempfile::TempDir;

/// Long enough for a model to load and answer on a busy machine.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// The model the tests talk to: `LIMPID_TEST_MODEL`, else the default one in `models/`.
pub fn test_model() -> PathBuf {
    let path = std::env::var_os("LIMPID_TEST_MODEL").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        PathBuf::from,
    );
    assert!(
        path.exists(),
        "{} is missing; `make test` gets it",
        path.display()
    );
    path
}

/// A home that nothing else uses, with all of XDG's folders in it.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The variables that a program is started with, and nothing else: what the developer's
    /// shell exports must not decide a test.
    pub fn environment(&self) -> Vec<(String, String)> {
        let home = self.path().to_str().expect("temporary paths are UTF-8");
        let mut variables = vec![
            ("HOME".to_owned(), home.to_owned()),
            ("PATH".to_owned(), std::env::var("PATH").unwrap_or_default()),
            ("LANG".to_owned(), "C.UTF-8".to_owned()),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            // Engines side by side would wait for each other's threads at every barrier.
            ("LIMPID_THREADS".to_owned(), "1".to_owned()),
            (
                "LIMPID_MODEL".to_owned(),
                test_model().to_string_lossy().into_owned(),
            ),
        ];
        for (name, folder) in [
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_RUNTIME_DIR", "run"),
        ] {
            variables.push((name.to_owned(), format!("{home}/{folder}")));
        }
        variables
    }

    /// Every file in it, with its content.
    pub fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        fn walk(folder: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    walk(&path, found);
                } else if path.is_file() {
                    let content = std::fs::read(&path).unwrap_or_default();
                    found.push((path, content));
                }
            }
        }
        let mut found = Vec::new();
        walk(self.path(), &mut found);
        found
    }
}

/// What the reader thread has seen.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    closed: bool,
    /// The reader is to let go of the terminal.
    hanging_up: bool,
}

struct Shared {
    seen: Mutex<Seen>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().expect("the reader thread lives")
    }
}

/// A program running in a terminal.
pub struct Pty {
    // Both are `Some` until `hang_up` closes the terminal.
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    shared: Arc<Shared>,
}

impl Pty {
    /// Starts limpid with `arguments` in a terminal of `columns` x `rows`.
    pub fn limpid(home: &Home, arguments: &[&str], (columns, rows): (u16, u16)) -> Self {
        Self::limpid_with(home, arguments, &[], (columns, rows))
    }

    /// The same, with variables of the environment changed.
    pub fn limpid_with(
        home: &Home,
        arguments: &[&str],
        variables: &[(&str, &str)],
        size: (u16, u16),
    ) -> Self {
        let mut all = vec![env!("CARGO_BIN_EXE_limpid")];
        all.extend(arguments);
        Self::command(home, &all, variables, size)
    }

    /// Starts any program, such as a shell that is to start limpid.
    pub fn command(
        home: &Home,
        command: &[&str],
        variables: &[(&str, &str)],
        (columns, rows): (u16, u16),
    ) -> Self {
        let pair = native_pty_system()
            .openpty(size(columns, rows))
            .expect("a pseudo-terminal can be opened");
        let mut builder = CommandBuilder::new(command[0]);
        builder.args(&command[1..]);
        builder.cwd(home.path());
        builder.env_clear();
        for (name, value) in home.environment() {
            builder.env(name, value);
        }
        for (name, value) in variables {
            builder.env(name, value);
        }
        let child = pair
            .slave
            .spawn_command(builder)
            .expect("the program starts");
        // So that the reader sees the end when the program ends.
        drop(pair.slave);
        let reader = pair.master.try_clone_reader().expect("a pty can be read");
        let writer = pair.master.take_writer().expect("a pty can be written");
        let shared = Arc::new(Shared {
            seen: Mutex::new(Seen {
                parser: vt100::Parser::new(cells(rows), cells(columns), 1000),
                raw: Vec::new(),
                closed: false,
                hanging_up: false,
            }),
            changed: Condvar::new(),
        });
        let theirs = Arc::clone(&shared);
        thread::spawn(move || follow(reader, &theirs));
        Self {
            master: Some(pair.master),
            writer: Some(writer),
            child,
            shared,
        }
    }

    /// Types. Use `\r` for Enter, `\x03` for Ctrl-C, `\x04` for Ctrl-D, `\x1b[A` for Up.
    pub fn send(&mut self, keys: &str) {
        self.send_bytes(keys.as_bytes());
    }

    pub fn send_bytes(&mut self, bytes: &[u8]) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(bytes).expect("the terminal takes input");
        writer.flush().expect("the terminal takes input");
    }

    /// Waits until `text` is on the screen.
    pub fn wait_for(&self, text: &str) {
        self.wait_until(&format!("{text:?} on the screen"), |screen, _| {
            screen.contents().contains(text)
        });
    }

    /// Waits until `text` is not on the screen any more.
    #[cfg(feature = "llama")]
    pub fn wait_gone(&self, text: &str) {
        self.wait_until(&format!("{text:?} gone from the screen"), |screen, _| {
            !screen.contents().contains(text)
        });
    }

    /// Waits until a condition on the screen and on all bytes so far holds.
    pub fn wait_until(&self, what: &str, holds: impl Fn(&vt100::Screen, &[u8]) -> bool) {
        let deadline = Instant::now() + PATIENCE;
        let mut seen = self.shared.lock();
        while !holds(seen.parser.screen(), &seen.raw) {
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && !seen.closed,
                "waited for {what}; the screen was:\n{}",
                seen.parser.screen().contents()
            );
            seen = self
                .shared
                .changed
                .wait_timeout(seen, left)
                .expect("the reader thread lives")
                .0;
        }
    }

    /// Waits until the program has sent these bytes, in this order, after the first `from`.
    #[cfg(feature = "llama")]
    pub fn wait_for_bytes(&self, from: usize, parts: &[&[u8]]) {
        self.wait_until(&format!("{parts:?} after byte {from}"), |_, raw| {
            let mut rest = &raw[from..];
            parts.iter().all(|part| {
                let at = rest.windows(part.len()).position(|it| it == *part);
                at.is_some_and(|at| {
                    rest = &rest[at + part.len()..];
                    true
                })
            })
        });
    }

    /// What was copied last, as OSC 52 of the program carries it.
    #[cfg(feature = "llama")]
    pub fn copied(&self) -> String {
        let raw = self.raw();
        let begin = b"\x1b]52;c;";
        let at = raw
            .windows(begin.len())
            .rposition(|window| window == begin)
            .expect("something was copied");
        let rest = &raw[at + begin.len()..];
        let end = rest
            .windows(2)
            .position(|window| window == b"\x1b\\")
            .expect("the sequence ends");
        let bytes = STANDARD.decode(&rest[..end]).expect("it is base64");
        String::from_utf8(bytes).expect("it is UTF-8")
    }

    /// What the screen shows, a line for each row.
    pub fn screen(&self) -> String {
        self.shared.lock().parser.screen().contents()
    }

    /// Looks at the emulator itself: cells, cursor, modes.
    pub fn with_screen<T>(&self, look: impl FnOnce(&vt100::Screen) -> T) -> T {
        look(self.shared.lock().parser.screen())
    }

    /// Every byte the program has written so far.
    pub fn raw(&self) -> Vec<u8> {
        self.shared.lock().raw.clone()
    }

    /// Changes the terminal's size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let mut seen = self.shared.lock();
        seen.parser
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master
            .as_ref()
            .expect("the terminal is open")
            .resize(size(columns, rows))
            .expect("a pty can be resized");
    }

    /// The terminal's modes as the system keeps them: canonical input and echo.
    pub fn is_cooked(&self) -> bool {
        let master: &dyn MasterPty = self.master.as_deref().expect("the terminal is open");
        let termios = master.get_termios().expect("a pty has modes");
        // The type of the flags is of a crate that we do not depend on; their names are POSIX's.
        let text = format!("{:?}", termios.local_flags);
        let names: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
        names.contains(&"ICANON") && names.contains(&"ECHO")
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("the program was started")
    }

    /// Sends a signal by its name, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let status = std::process::Command::new("kill")
            .args([format!("-{name}"), self.pid().to_string()])
            .status()
            .expect("kill runs");
        assert!(status.success(), "kill -{name} failed");
    }

    /// Closes the terminal, as a lost connection does. Types one `x`, so that the reader, which
    /// holds the terminal open, wakes and lets go.
    pub fn hang_up(&mut self) {
        self.shared.lock().hanging_up = true;
        self.send("x");
        let seen = self.shared.lock();
        let (seen, waited) = self
            .shared
            .changed
            .wait_timeout_while(seen, PATIENCE, |seen| !seen.closed)
            .expect("the reader thread lives");
        assert!(!waited.timed_out(), "the program answered no key");
        drop(seen);
        self.writer = None;
        self.master = None;
    }

    /// Waits until the program has ended, and returns its exit code; 128 + n where a signal
    /// ended it.
    pub fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child can be asked") {
                // Its last words may still be on the way.
                let seen = self.shared.lock();
                let _ =
                    self.shared
                        .changed
                        .wait_timeout_while(seen, Duration::from_secs(2), |seen| !seen.closed);
                return match status.signal() {
                    Some(signal) => panic!("ended by signal: {signal}"),
                    None => status.exit_code(),
                };
            }
            assert!(
                Instant::now() < deadline,
                "the program did not end; the screen was:\n{}",
                self.screen()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // A failed test must not leave a program behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

fn follow(mut reader: Box<dyn Read + Send>, shared: &Shared) {
    let mut buffer = [0; 16 * 1024];
    loop {
        let count = reader.read(&mut buffer).unwrap_or(0);
        let mut seen = shared.lock();
        if count == 0 || seen.hanging_up {
            drop(reader);
            seen.closed = true;
            shared.changed.notify_all();
            return;
        }
        seen.raw.extend_from_slice(&buffer[..count]);
        seen.parser.process(&buffer[..count]);
        shared.changed.notify_all();
    }
}

#[test]
fn a_program_in_a_pty_is_seen_typed_to_resized_and_ended() {
    let home = Home::new();
    let script = "printf 'what? '; read answer; stty size; echo \"said $answer\"; exit 7";
    let mut pty = Pty::command(&home, &["/bin/sh", "-c", script], &[], (40, 10));
    pty.wait_for("what?");
    assert!(pty.is_cooked());
    pty.resize(80, 24);
    pty.send("sky\r");
    pty.wait_for("said sky");
    assert!(pty.screen().contains("24 80"), "{}", pty.screen());
    assert_eq!(pty.exit_code(), 7);
}

#[test]
fn hanging_up_a_pty_reaches_the_program() {
    let home = Home::new();
    let script = "trap 'echo gone > hup; exit 3' HUP; echo ready; while :; do read line; done";
    let mut pty = Pty::command(&home, &["/bin/sh", "-c", script], &[], (40, 10));
    pty.wait_for("ready");
    pty.hang_up();
    assert_eq!(pty.exit_code(), 3);
    assert!(home.path().join("hup").exists());
}
