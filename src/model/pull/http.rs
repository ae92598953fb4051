//! Downloads over HTTP, resumed where the server still has the same file.

use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ureq::http::Response;
use ureq::http::header::{AUTHORIZATION, CONTENT_RANGE, ETAG, IF_RANGE, LOCATION, RANGE};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::part::{Origin, Part};
use super::{Progress, PullError};
use crate::words::model as words;

/// Redirects followed at most.
const REDIRECTS: u32 = 10;

/// How long a server may be silent.
const SILENCE: Duration = Duration::from_mins(1);

/// A secret and the one origin it is for.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Scheme, host and port, such as `https://example.org`.
    pub origin: String,
    /// Sent as a bearer token.
    pub token: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials")
            .field("origin", &self.origin)
            .finish_non_exhaustive()
    }
}

/// Downloads `url` into `part`; `path` is what it will become, for error messages.
pub(super) fn download(
    url: &str,
    credentials: Option<&Credentials>,
    part: &mut Part,
    path: &Path,
    cancelled: &AtomicBool,
    progress: &mut dyn FnMut(Progress),
) -> Result<(), PullError> {
    let have = part.len()?;
    let known = part.origin().filter(|it| have > 0 && it.url == url);
    let etag = known.and_then(|it| it.etag);
    let range = etag.as_deref().map(|etag| (have, etag));
    let mut response = get(url, credentials, range)?;
    if response.status() == 416 {
        // Killed after its last byte, and before its name: then there is nothing left to get.
        if whole_length(&response) == Some(have) {
            return Ok(());
        }
        response = get(url, credentials, None)?;
    }
    let resumed = response.status() == 206 && range.is_some();
    let length = response.body().content_length();
    if resumed {
        part.need_space(length.unwrap_or_default())?;
        part.seek_end()?;
    } else {
        part.need_space(length.unwrap_or_default().saturating_sub(have))?;
        let etag = response.headers().get(ETAG).and_then(|it| it.to_str().ok());
        // A weak tag does not promise the same bytes.
        let etag = etag.filter(|it| !it.starts_with("W/")).map(str::to_owned);
        part.restart(&Origin {
            url: url.to_owned(),
            etag,
        })?;
    }
    let mut done = if resumed { have } else { 0 };
    let total = length.map_or(0, |length| length + done);
    progress(Progress::Bytes { done, total });
    let mut body = response.into_body().into_reader();
    let mut buffer = vec![0; 1 << 16];
    loop {
        if cancelled.load(Ordering::Relaxed) {
            return Err(PullError::Cancelled);
        }
        let count = body
            .read(&mut buffer)
            .map_err(|error| PullError::network(url, error))?;
        if count == 0 {
            break;
        }
        part.append(&buffer[..count])?;
        done += count as u64;
        progress(Progress::Bytes { done, total });
    }
    if total > 0 && done < total {
        return Err(PullError::network(
            url,
            words::connection_ended(done, total),
        ));
    }
    tracing::debug!("{} has all its bytes", path.display());
    Ok(())
}

/// The length in `Content-Range: bytes */LENGTH`, with which a server refuses a range.
fn whole_length(response: &Response<Body>) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    range.strip_prefix("bytes */")?.trim().parse().ok()
}

/// A request, its redirects followed by hand: a secret goes to its own origin only.
pub(super) fn get(
    url: &str,
    credentials: Option<&Credentials>,
    range: Option<(u64, &str)>,
) -> Result<Response<Body>, PullError> {
    let agent = agent();
    let mut url = url.to_owned();
    for _ in 0..=REDIRECTS {
        let mut request = agent.get(&url);
        if let Some((from, etag)) = range {
            request = request
                .header(RANGE, format!("bytes={from}-"))
                .header(IF_RANGE, etag);
        }
        if let Some(secret) = credentials
            && origin(&url).is_some_and(|it| it.eq_ignore_ascii_case(&secret.origin))
        {
            request = request.header(AUTHORIZATION, format!("Bearer {}", secret.token));
        }
        let response = request
            .call()
            .map_err(|error| PullError::network(&url, error))?;
        match response.status().as_u16() {
            200 | 206 => return Ok(response),
            416 if range.is_some() => return Ok(response),
            301 | 302 | 303 | 307 | 308 => {
                let location = response
                    .headers()
                    .get(LOCATION)
                    .and_then(|it| it.to_str().ok());
                let Some(next) = location.and_then(|location| join(&url, location)) else {
                    return Err(PullError::network(&url, words::NO_REDIRECT));
                };
                if url.starts_with("https:") && !next.starts_with("https:") {
                    return Err(PullError::network(&url, words::INSECURE_REDIRECT));
                }
                url = next;
            }
            404 => return Err(PullError::NotFound(words::does_not_exist(url))),
            401 | 403 => {
                return Err(PullError::NotFound(words::forbidden(url)));
            }
            status => {
                return Err(PullError::network(&url, words::server_answered(status)));
            }
        }
    }
    Err(PullError::network(&url, words::TOO_MANY_REDIRECTS))
}

fn agent() -> Agent {
    Agent::config_builder()
        .max_redirects(0)
        .http_status_as_error(false)
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(SILENCE))
        .timeout_per_read(Some(SILENCE))
        // Compressed on the way, its bytes could not be counted.
        .accept_encoding("identity")
        .user_agent(concat!("limpid/", env!("CARGO_PKG_VERSION")))
        // A company's own certificates are in the system's store.
        .tls_config(
            TlsConfig::builder()
                .root_certs(RootCerts::PlatformVerifier)
                .build(),
        )
        .build()
        .into()
}

/// Scheme, host and port of an address.
pub(super) fn origin(url: &str) -> Option<&str> {
    let scheme = url.find("://")?;
    let rest = &url[scheme + 3..];
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some(&url[..scheme + 3 + end])
}

/// The address a redirect from `base` leads to.
fn join(base: &str, location: &str) -> Option<String> {
    if location.starts_with("https://") || location.starts_with("http://") {
        return Some(location.to_owned());
    }
    let origin = origin(base)?;
    if let Some(rest) = location.strip_prefix("//") {
        let scheme = base.split("://").next()?;
        return Some(format!("{scheme}://{rest}"));
    }
    if location.starts_with('/') {
        return Some(format!("{origin}{location}"));
    }
    let folder = base[origin.len()..]
        .split(['?', '#'])
        .next()?
        .rsplit_once('/')?
        .0;
    Some(format!("{origin}{folder}/{location}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_is_followed_relative_to_where_it_came_from() {
        let base = "https://a.example:8443/x/y?q=1";
        assert_eq!(origin(base), Some("https://a.example:8443"));
        let lead = |to: &str| join(base, to).expect("somewhere");
        assert_eq!(lead("/z"), "https://a.example:8443/z");
        assert_eq!(lead("z"), "https://a.example:8443/x/z");
        assert_eq!(lead("//b.example/z"), "https://b.example/z");
        assert_eq!(lead("http://c.example"), "http://c.example");
    }

    #[test]
    fn a_secret_is_not_in_the_debug_form() {
        let secret = Credentials {
            origin: "https://a".into(),
            token: "hf_secret".into(),
        };
        assert!(!format!("{secret:?}").contains("hf_secret"));
    }
}
