//! A web server with one file, which it can hold back.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;

pub struct Server {
    pub address: String,
    shared: Arc<Shared>,
}

struct Shared {
    body: Vec<u8>,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    /// Bytes of the file that may be sent so far.
    allowed: usize,
    /// The head of every request, in lower case.
    requests: Vec<String>,
}

impl Server {
    /// Serves `body`, and at first only `allowed` bytes of it.
    pub fn start(body: Vec<u8>, allowed: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let shared = Arc::new(Shared {
            body,
            state: Mutex::new(State {
                allowed,
                requests: Vec::new(),
            }),
            changed: Condvar::new(),
        });
        let serving = shared.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let serving = serving.clone();
                // A client that is killed is part of the tests.
                thread::spawn(move || drop(serving.answer(stream)));
            }
        });
        Self { address, shared }
    }

    /// Lets the whole file go.
    pub fn release(&self) {
        self.shared.state.lock().expect("unbroken").allowed = usize::MAX;
        self.shared.changed.notify_all();
    }

    pub fn requests(&self) -> Vec<String> {
        let state = self.shared.state.lock().expect("unbroken");
        state.requests.clone()
    }
}

impl Shared {
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut head = String::new();
        let mut reader = BufReader::new(stream.try_clone()?);
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(());
            }
        }
        let head = head.to_lowercase();
        self.state
            .lock()
            .expect("unbroken")
            .requests
            .push(head.clone());
        let from = head
            .lines()
            .find_map(|line| line.strip_prefix("range: bytes="))
            .and_then(|range| range.trim_end_matches('-').parse().ok())
            .unwrap_or(0_usize);
        let status = if from > 0 {
            "206 Partial Content"
        } else {
            "200 OK"
        };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nETag: \"one\"\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.body.len() - from
        )?;
        let mut sent = from;
        while sent < self.body.len() {
            let mut state = self.state.lock().expect("unbroken");
            while state.allowed <= sent {
                state = self.changed.wait(state).expect("unbroken");
            }
            let end = state.allowed.min(self.body.len());
            drop(state);
            stream.write_all(&self.body[sent..end])?;
            sent = end;
        }
        Ok(())
    }
}
