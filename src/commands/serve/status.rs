//! What a resident engine says of itself, for people and for programs.

use serde_json::json;

use crate::cli::command::ListFormat;
use crate::commands::models::size;
use crate::engine::resident::Status;
use crate::metrics::ProcessMemory;
use crate::text;
use crate::words::commands::serve as words;

/// The status as it is printed.
pub fn print(status: &Status, format: ListFormat) -> String {
    let memory = status
        .engine
        .and_then(ProcessMemory::of)
        .map(|memory| memory.resident);
    match format {
        ListFormat::Text => table(status, memory),
        ListFormat::Json => {
            let object = json!({
                "pid": status.pid,
                "engine_pid": status.engine,
                "model": status.model.to_string_lossy(),
                "ready": status.ready,
                "clients": status.clients,
                "max_clients": status.max_clients,
                "requests": status.requests,
                "max_requests": status.max_requests,
                "memory_bytes": memory,
                "idle_seconds": status.idle_seconds,
                "keep_alive_seconds": status.keep_alive_seconds,
                "ends_in_seconds": ends_in(status),
                "uptime_seconds": status.uptime_seconds,
            });
            format!("{object:#}\n")
        }
    }
}

fn table(status: &Status, memory: Option<u64>) -> String {
    let model = status.model.display().to_string();
    let engine: String = match (status.ready, status.engine) {
        (false, _) => words::LOADS.into(),
        (true, Some(pid)) => words::process(pid),
        (true, None) => words::STARTS_LATER.into(),
    };
    let rows = [
        (words::MODEL, text::visible_line(&model).into_owned()),
        (words::PROCESS, status.pid.to_string()),
        (words::ENGINE, engine),
        (
            words::MEMORY,
            memory.map_or_else(|| words::NOT_KNOWN.into(), size),
        ),
        (
            words::CLIENTS,
            words::of(status.clients, status.max_clients),
        ),
        (
            words::REQUESTS,
            words::of(status.requests, status.max_requests),
        ),
        (words::RUNS_FOR, time(status.uptime_seconds)),
        (
            words::IDLE_FOR,
            status.idle_seconds.map_or("–".into(), time),
        ),
        (
            words::ENDS,
            match (ends_in(status), status.keep_alive_seconds) {
                (Some(seconds), _) => words::ends_in(time(seconds)),
                (None, Some(seconds)) => words::ends_after(time(seconds)),
                (None, None) => words::WHEN_STOPPED.into(),
            },
        ),
    ];
    rows.iter()
        .map(|(label, value)| format!("{label:<9} {value}\n"))
        .collect()
}

fn ends_in(status: &Status) -> Option<u64> {
    let keep_alive = status.keep_alive_seconds?;
    Some(keep_alive.saturating_sub(status.idle_seconds?))
}

/// Seconds as people say them.
fn time(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status() -> Status {
        Status {
            pid: 10,
            engine: None,
            model: "/m/\u{1b}[31mred.gguf".into(),
            ready: true,
            clients: 2,
            max_clients: 16,
            requests: 0,
            max_requests: 64,
            idle_seconds: Some(100),
            keep_alive_seconds: Some(1800),
            uptime_seconds: 4000,
        }
    }

    #[test]
    fn the_status_tells_when_it_ends_and_shows_no_escapes() {
        let text = print(&status(), ListFormat::Text);
        assert!(text.contains("clients   2 of 16\n"), "{text}");
        assert!(text.contains("in 28 min 20 s, if nobody asks\n"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        let busy = Status {
            idle_seconds: None,
            ..status()
        };
        let text = print(&busy, ListFormat::Text);
        assert!(text.contains("30 min after the last request"), "{text}");
        let forever = Status {
            keep_alive_seconds: None,
            ..status()
        };
        let text = print(&forever, ListFormat::Text);
        assert!(text.contains("when it is stopped"), "{text}");
    }

    #[test]
    fn the_status_as_json_has_numbers_and_nulls() {
        let text = print(&status(), ListFormat::Json);
        let object: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(object["ends_in_seconds"], 1700);
        assert_eq!(object["engine_pid"], serde_json::Value::Null);
        assert_eq!(object["clients"], 2);
    }
}
