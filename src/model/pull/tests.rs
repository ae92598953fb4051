//! Pulls from real servers on this machine that misbehave in turn.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::*;
use crate::model::catalog::Entry;

/// What a server does.
#[derive(Clone)]
struct Manner {
    body: Vec<u8>,
    etag: &'static str,
    /// Ends the connection after this many bytes of a body, once.
    cut: Option<usize>,
    /// Answers with a redirect to this address.
    redirect: Option<String>,
    /// Declares this length.
    length: Option<u64>,
}

struct Server {
    address: String,
    /// The head of every request.
    requests: Arc<Mutex<Vec<String>>>,
    manner: Arc<Mutex<Manner>>,
}

impl Server {
    fn start(body: &[u8]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let manner = Arc::new(Mutex::new(Manner {
            body: body.to_vec(),
            etag: "\"one\"",
            cut: None,
            redirect: None,
            length: None,
        }));
        let (seen, how) = (requests.clone(), manner.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, how) = (seen.clone(), how.clone());
                // A client that leaves early is part of the test.
                thread::spawn(move || drop(answer(stream, &seen, &how)));
            }
        });
        Self {
            address,
            requests,
            manner,
        }
    }

    fn behave(&self, change: impl FnOnce(&mut Manner)) {
        change(&mut self.manner.lock().expect("a manner"));
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("requests").clone()
    }
}

fn answer(
    mut stream: TcpStream,
    seen: &Mutex<Vec<String>>,
    how: &Mutex<Manner>,
) -> std::io::Result<()> {
    let mut head = String::new();
    let mut reader = BufReader::new(stream.try_clone()?);
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let head = head.to_lowercase();
    seen.lock().expect("requests").push(head.clone());
    let manner = {
        let mut manner = how.lock().expect("a manner");
        let now = manner.clone();
        manner.cut = None;
        now
    };
    if let Some(to) = manner.redirect {
        return write!(
            stream,
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
        );
    }
    let range = head
        .lines()
        .find_map(|line| line.strip_prefix("range: bytes="));
    let from: usize = range
        .and_then(|it| it.trim_end_matches('-').parse().ok())
        .unwrap_or(0);
    if from >= manner.body.len() && range.is_some() {
        return write!(
            stream,
            "HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */{}\r\n\
             Content-Length: 0\r\nConnection: close\r\n\r\n",
            manner.body.len()
        );
    }
    let same = head.contains(&format!("if-range: {}", manner.etag));
    let (status, body) = if from > 0 && same {
        ("206 Partial Content", &manner.body[from..])
    } else {
        ("200 OK", &manner.body[..])
    };
    let length = manner.length.unwrap_or(body.len() as u64);
    write!(
        stream,
        "HTTP/1.1 {status}\r\nETag: {}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n",
        manner.etag
    )?;
    stream.write_all(&body[..manner.cut.unwrap_or(body.len()).min(body.len())])
}

fn body() -> Vec<u8> {
    (0..300_000_u32).flat_map(u32::to_le_bytes).collect()
}

fn entry(server: &Server, body: &[u8]) -> Entry {
    Entry {
        sampling: std::collections::BTreeMap::new(),
        name: "it".into(),
        aliases: Vec::new(),
        title: "It".into(),
        file: "it.gguf".into(),
        size: body.len() as u64,
        sha256: fingerprint::hex(&Sha256::digest(body)),
        licence: "none".into(),
        sources: vec![Source::Https {
            url: format!("{}/it.gguf", server.address),
        }],
    }
}

fn pull(store: &Path, entry: &Entry) -> Result<PathBuf, PullError> {
    pull_as(store, entry, None, &mut |_| ())
}

fn pull_as(
    store: &Path,
    entry: &Entry,
    credentials: Option<Credentials>,
    progress: &mut dyn FnMut(Progress),
) -> Result<PathBuf, PullError> {
    Pull {
        store,
        fingerprints: None,
        offline: false,
        credentials,
        hub: "http://127.0.0.1:9",
        cancelled: &AtomicBool::new(false),
        progress,
    }
    .entry(entry)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .flatten()
        .map(|it| it.file_name().to_string_lossy().into_owned())
        .collect()
}

#[test]
fn a_whole_download_is_there_under_its_name_alone() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    let file = pull(store.path(), &entry(&server, &body)).expect("it comes");
    assert_eq!(fs::read(file).expect("a file"), body);
    assert_eq!(names(store.path()), ["it.gguf"]);
    pull(store.path(), &entry(&server, &body)).expect("it is there");
    assert_eq!(
        server.requests().len(),
        1,
        "what is there is not fetched again"
    );
}

#[test]
fn half_a_download_is_never_a_model_and_is_gone_on_with() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    server.behave(|manner| manner.cut = Some(400_000));
    let error = pull(store.path(), &entry(&server, &body)).expect_err("it was cut");
    assert!(matches!(error, PullError::Network { .. }), "{error}");
    assert!(!store.path().join("it.gguf").exists());
    let file = pull(store.path(), &entry(&server, &body)).expect("the rest comes");
    assert_eq!(fs::read(file).expect("a file"), body);
    let requests = server.requests();
    assert!(
        requests[1].contains("range: bytes=400000-"),
        "{}",
        requests[1]
    );
    assert!(requests[1].contains("if-range: \"one\""), "{}", requests[1]);
}

#[test]
fn a_pull_killed_between_the_last_byte_and_the_name_is_finished() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    let entry = entry(&server, &body);
    let note = part::Origin {
        url: format!("{}/it.gguf", server.address),
        etag: Some("\"one\"".into()),
    };
    let write = |bytes: &[u8]| {
        let note = serde_json::to_vec(&note).expect("a note");
        fs::write(store.path().join("it.gguf.part"), bytes).expect("written");
        fs::write(store.path().join("it.gguf.part.json"), note).expect("written");
    };
    write(&body);
    let file = pull(store.path(), &entry).expect("nothing is missing");
    assert_eq!(fs::read(&file).expect("a file"), body);
    fs::remove_file(&file).expect("removed");
    // A part that is longer than the whole is none of it.
    write(&[&body[..], b"more"].concat());
    let file = pull(store.path(), &entry).expect("it begins anew");
    assert_eq!(fs::read(file).expect("a file"), body);
    assert_eq!(server.requests().len(), 3);
}

#[test]
fn another_version_on_the_server_begins_anew() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&vec![7; 1_200_000]);
    server.behave(|manner| manner.cut = Some(500_000));
    pull(store.path(), &entry(&server, &body)).expect_err("it was cut");
    server.behave(|manner| {
        manner.body.clone_from(&body);
        manner.etag = "\"two\"";
    });
    let file = pull(store.path(), &entry(&server, &body)).expect("it comes");
    assert_eq!(fs::read(file).expect("a file"), body);
}

#[test]
fn a_stopped_pull_keeps_what_came() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    let cancelled = AtomicBool::new(false);
    let mut progress = |step| {
        if matches!(step, Progress::Bytes { done, .. } if done > 100_000) {
            cancelled.store(true, Ordering::Relaxed);
        }
    };
    let stopped = Pull {
        store: store.path(),
        fingerprints: None,
        offline: false,
        credentials: None,
        hub: "",
        cancelled: &cancelled,
        progress: &mut progress,
    }
    .entry(&entry(&server, &body));
    assert!(matches!(stopped, Err(PullError::Cancelled)));
    let kept = fs::metadata(store.path().join("it.gguf.part"))
        .expect("a part")
        .len();
    assert!(kept > 100_000, "{kept}");
    pull(store.path(), &entry(&server, &body)).expect("the rest comes");
    assert!(server.requests()[1].contains(&format!("range: bytes={kept}-")));
}

#[test]
fn a_flipped_byte_fails_and_leaves_the_final_path_untouched() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    server.behave(|manner| manner.body[77] ^= 1);
    let error = pull(store.path(), &entry(&server, &body)).expect_err("a byte is wrong");
    assert!(matches!(error, PullError::Checksum { .. }), "{error}");
    assert_eq!(names(store.path()), Vec::<String>::new());
}

#[test]
fn a_file_of_the_same_name_is_never_overwritten() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    fs::write(store.path().join("it.gguf"), "mine").expect("written");
    let error = pull(store.path(), &entry(&server, &body)).expect_err("it is another file");
    assert!(matches!(error, PullError::Occupied { .. }), "{error}");
    assert_eq!(
        fs::read(store.path().join("it.gguf")).expect("a file"),
        b"mine"
    );
}

#[test]
fn a_redirect_to_another_origin_gets_no_authorization() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let (hub, other) = (Server::start(&body), Server::start(&body));
    hub.behave(|manner| manner.redirect = Some(format!("{}/elsewhere", other.address)));
    let secret = Credentials {
        origin: hub.address.clone(),
        token: "hf_secret".into(),
    };
    pull_as(store.path(), &entry(&hub, &body), Some(secret), &mut |_| ()).expect("it comes");
    assert!(hub.requests()[0].contains("authorization: bearer hf_secret"));
    assert!(
        !other.requests()[0].contains("authorization"),
        "{}",
        other.requests()[0]
    );
}

#[test]
fn ten_pulls_at_once_leave_one_right_file() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    let entry = entry(&server, &body);
    thread::scope(|scope| {
        let pulls: Vec<_> = (0..10)
            .map(|_| scope.spawn(|| pull(store.path(), &entry)))
            .collect();
        for one in pulls {
            one.join().expect("it ends").expect("it comes");
        }
    });
    assert_eq!(names(store.path()), ["it.gguf"]);
    assert_eq!(
        fs::read(store.path().join("it.gguf")).expect("a file"),
        body
    );
    assert_eq!(server.requests().len(), 1, "one of them fetched it");
}

#[test]
fn a_disk_without_room_is_known_beforehand_and_the_bytes_are_named() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    server.behave(|manner| manner.length = Some(1 << 60));
    let error = pull(store.path(), &entry(&server, &body)).expect_err("too much");
    assert!(
        matches!(error, PullError::NoSpace { needed, .. } if needed == 1 << 60),
        "{error}"
    );
    assert!(error.to_string().contains(&(1_u64 << 60).to_string()));
}

#[test]
fn the_next_source_is_tried_and_offline_tries_none() {
    let (store, body) = (TempDir::new().expect("a store"), body());
    let server = Server::start(&body);
    let mut entry = entry(&server, &body);
    entry.sources.insert(
        0,
        Source::Https {
            url: "http://127.0.0.1:9/it.gguf".into(),
        },
    );
    let mut failures = 0;
    let mut count = |step| failures += usize::from(matches!(step, Progress::Failed(_)));
    pull_as(store.path(), &entry, None, &mut count).expect("the second has it");
    assert_eq!(failures, 1);
    let other = TempDir::new().expect("a store");
    let offline = Pull {
        store: other.path(),
        fingerprints: None,
        offline: true,
        credentials: None,
        hub: "",
        cancelled: &AtomicBool::new(false),
        progress: &mut |_| (),
    }
    .entry(&entry);
    assert!(matches!(offline, Err(PullError::Offline(_))));
    assert_eq!(names(other.path()), Vec::<String>::new());
}

#[test]
fn a_repository_is_listed_chosen_from_and_checked() {
    let store = TempDir::new().expect("a store");
    let body = b"a model, one would think".to_vec();
    let server = Server::start(&body);
    let sha256 = fingerprint::hex(&Sha256::digest(&body));
    let listing = format!(
        r#"[{{"path":"README.md"}},{{"path":"m-Q4_K_M.gguf","lfs":{{"oid":"{sha256}","size":{}}}}}]"#,
        body.len()
    );
    // The listing comes first, then the file.
    let files = server.manner.clone();
    server.behave(|manner| manner.body = listing.into_bytes());
    let mut step = |step| {
        if matches!(step, Progress::From(_)) {
            files.lock().expect("a manner").body.clone_from(&body);
        }
    };
    let file = Pull {
        store: store.path(),
        fingerprints: None,
        offline: false,
        credentials: None,
        hub: &server.address,
        cancelled: &AtomicBool::new(false),
        progress: &mut step,
    }
    .repository("org/repo:q4_k_m")
    .expect("it comes");
    assert_eq!(file, store.path().join("org/repo/m-Q4_K_M.gguf"));
    assert_eq!(fs::read(file).expect("a file"), body);
    assert!(server.requests()[0].starts_with("get /api/models/org/repo/tree/main"));
    assert!(server.requests()[1].starts_with("get /org/repo/resolve/main/m-q4_k_m.gguf"));
}
