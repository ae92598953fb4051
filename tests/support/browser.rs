//! A page in a real browser.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::pty::Home;

/// Opens a page in a headless Chromium, and asserts that its script found `tokens` elements and
/// that the browser had nothing to complain of. Gives the document as it then was; `None` where
/// there is no Chromium, which is said.
pub fn open(home: &Home, html: &str, tokens: usize) -> Option<String> {
    let Some(browser) = chromium() else {
        eprintln!("skipped: there is no Chromium on PATH");
        return None;
    };
    let page = home.path().join("page.html");
    std::fs::write(&page, html).expect("the home can be written");
    let opened = Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-sandbox", "--dump-dom"])
        .args(["--enable-logging=stderr", "--v=0"])
        .arg(format!(
            "--user-data-dir={}",
            home.path().join("browser").display()
        ))
        .arg(format!("file://{}", page.display()))
        .env("HOME", home.path())
        .output()
        .expect("the browser starts");
    let dom = String::from_utf8_lossy(&opened.stdout).into_owned();
    let log = String::from_utf8_lossy(&opened.stderr);
    // The page's script says at its end how many it found.
    let said = format!("data-tokens=\"{tokens}\"");
    assert!(dom.contains(&said), "{said} is not in {dom}\n{log}");
    assert!(!log.contains("CONSOLE"), "{log}");
    Some(dom)
}

/// A Chromium, under the names that distributions give it.
fn chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    let path = std::env::var_os("PATH")?;
    let folders: Vec<_> = std::env::split_paths(&path).collect();
    let mut found = names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    found.find(|file| Path::is_file(file))
}
