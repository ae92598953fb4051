//! How soon there is something to see: from the start of the process to the first frame of the
//! interface, and to the model being ready.

use std::io::Read;
use std::num::NonZeroU16;
use std::path::Path;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};

const ROUNDS: usize = 21;

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has cells")
}

/// Starts limpid in a terminal; when the frame was there, and when the model was.
fn start() -> (Duration, Duration) {
    let home = tempfile::tempdir().expect("a temporary folder can be made");
    let size = PtySize {
        rows: 50,
        cols: 200,
        pixel_width: 0,
        pixel_height: 0,
    };
    let pty = native_pty_system()
        .openpty(size)
        .expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_limpid"));
    command.env("HOME", home.path());
    command.env("TERM", "xterm-256color");
    command.env("LANG", "C.UTF-8");
    if std::env::var_os("LIMPID_MODEL").is_none() {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        command.env(
            "LIMPID_MODEL",
            models.join("SmolLM2-135M-Instruct.Q4_1.gguf"),
        );
    }
    let mut reader = pty.master.try_clone_reader().expect("it can be read");
    let started = Instant::now();
    let mut child = pty.slave.spawn_command(command).expect("limpid starts");
    let mut screen = vt100::Parser::new(cells(size.rows), cells(size.cols), 0);
    let mut until = |text: &str| {
        let mut buffer = vec![0; 1 << 16];
        while !screen.screen().contents().contains(text) {
            let count = reader.read(&mut buffer).expect("limpid lives");
            screen.process(&buffer[..count]);
        }
        started.elapsed()
    };
    // The status line is drawn last.
    let frame = until("F1 help");
    let ready = until("is ready.");
    child.kill().expect("it can be ended");
    child.wait().expect("it ends");
    (frame, ready)
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn main() {
    let (frames, models) = (0..ROUNDS).map(|_| start()).unzip();
    println!(
        "{ROUNDS} starts at 200x50: first frame after {:.1} ms, model ready after {:.0} ms (medians)",
        median(frames),
        median(models)
    );
}
