//! What somebody asks for: read, and refused unless it is meant for this server.

use std::io::{self, Read};

/// A request has no more bytes before its body, and no body is read.
const LONGEST: usize = 16 * 1024;

/// It has no more headers.
const HEADERS: usize = 64;

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Whether nothing but the headers is wanted.
    pub is_head: bool,
    /// The path, decoded, with its first slash; without what follows a `?`.
    pub path: String,
    /// What follows the `?`, as written.
    pub query: String,
}

/// Why a request isn't answered with what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: u16,
    /// Why, as a sentence.
    pub reason: String,
}

impl Refusal {
    fn new(status: u16, reason: impl Into<String>) -> Self {
        Self { status, reason: reason.into() }
    }
}

/// Reads a request to the server on `port`.
///
/// # Errors
/// When the connection breaks. Nothing at all is read where it was closed without a word.
pub fn read(stream: &mut impl Read, port: u16) -> io::Result<Option<Result<Request, Refusal>>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 2048];
    loop {
        let count = stream.read(&mut piece)?;
        if count == 0 && bytes.is_empty() {
            return Ok(None);
        }
        bytes.extend_from_slice(&piece[..count]);
        match parse(&bytes, port) {
            Some(request) => return Ok(Some(request)),
            None if count == 0 => return Ok(Some(Err(Refusal::new(400, "The request ends before its headers do.")))),
            None if bytes.len() >= LONGEST => {
                return Ok(Some(Err(Refusal::new(431, "The request has more headers than are read."))));
            }
            None => {}
        }
    }
}

/// The request, once its headers are whole.
fn parse(bytes: &[u8], port: u16) -> Option<Result<Request, Refusal>> {
    let mut headers = [httparse::EMPTY_HEADER; HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(bytes) {
        Ok(httparse::Status::Complete(_)) => {}
        Ok(httparse::Status::Partial) => return None,
        Err(error) => return Some(Err(Refusal::new(400, format!("The request can't be read: {error}.")))),
    }
    let mut hosts = parsed.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => String::from_utf8_lossy(host.value).into_owned(),
        _ => return Some(Err(Refusal::new(400, "The request doesn't name one host."))),
    };
    // A page elsewhere can make its own name lead to this machine; its name is what then stands here.
    if !is_ours(&host, port) {
        let reason = "This preview answers to localhost, 127.0.0.1 and [::1] alone, each with its port.";
        return Some(Err(Refusal::new(421, reason)));
    }
    let is_head = match parsed.method {
        Some("GET") => false,
        Some("HEAD") => true,
        _ => return Some(Err(Refusal::new(405, "This preview answers to GET and HEAD alone."))),
    };
    let target = parsed.path.unwrap_or_default();
    if !target.starts_with('/') {
        return Some(Err(Refusal::new(400, "The request's address doesn't begin with a slash.")));
    }
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let Some(path) = decoded(path) else {
        return Some(Err(Refusal::new(400, "The request's address isn't text.")));
    };
    Some(Ok(Request { is_head, path, query: query.to_owned() }))
}

/// Whether a host is a name of the loopback, with the port of this server.
fn is_ours(host: &str, port: u16) -> bool {
    let names = ["localhost", "127.0.0.1", "[::1]"];
    let port_of = names.iter().find_map(|name| {
        let (start, rest) = host.split_at_checked(name.len())?;
        start.eq_ignore_ascii_case(name).then_some(rest)
    });
    match port_of {
        // Who says no port means the usual one.
        Some("") => port == 80,
        Some(rest) => rest.strip_prefix(':').is_some_and(|given| given == port.to_string()),
        None => false,
    }
}

/// With `%20` and the like as what they stand for; nothing when that isn't text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok().filter(|path| !path.contains('\0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Result<Request, Refusal> {
        read(&mut text.as_bytes(), 4000).expect("no connection to break").expect("something was asked")
    }

    fn status(text: &str) -> u16 {
        ask(text).expect_err(text).status
    }

    #[test]
    fn a_request_is_a_path() {
        let request = ask("GET /a%20b/%C3%BC?x=%20 HTTP/1.1\r\nHost: LocalHost:4000\r\n\r\n").unwrap();
        assert_eq!(request, Request { is_head: false, path: "/a b/ü".to_owned(), query: "x=%20".to_owned() });
        let request = ask("HEAD / HTTP/1.1\r\nhost: [::1]:4000\r\n\r\n").unwrap();
        assert!(request.is_head && request.path == "/" && request.query.is_empty());
        assert_eq!(read(&mut [0_u8; 0].as_slice(), 4000).unwrap(), None);
    }

    #[test]
    fn only_its_own_names_are_answered() {
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000"] {
            assert!(ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).is_ok(), "{host}");
        }
        let others = [
            "evil.example:4000",
            "localhost",
            "localhost:4001",
            "localhost.evil.example:4000",
            "evil.example:4000@localhost:4000",
            "127.0.0.1:04000",
            "127.0.0.2:4000",
            "0.0.0.0:4000",
            "",
        ];
        for host in others {
            assert_eq!(status(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")), 421, "{host}");
        }
        assert_eq!(status("GET / HTTP/1.1\r\nHost: localhost:4000\r\nHost: evil.example\r\n\r\n"), 400);
        assert_eq!(status("GET / HTTP/1.0\r\n\r\n"), 400);
        assert_eq!(status("GET http://evil.example/ HTTP/1.1\r\nHost: localhost:4000\r\n\r\n"), 400);
    }

    #[test]
    fn nothing_but_looking_is_allowed() {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE", "PATCH"] {
            assert_eq!(status(&format!("{method} / HTTP/1.1\r\nHost: localhost:4000\r\n\r\n")), 405, "{method}");
        }
    }

    #[test]
    fn what_is_no_request_is_refused() {
        let host = "Host: localhost:4000\r\n\r\n";
        assert_eq!(status(&format!("GET /%zz HTTP/1.1\r\n{host}")), 400);
        assert_eq!(status(&format!("GET /%ff HTTP/1.1\r\n{host}")), 400);
        assert_eq!(status(&format!("GET /%00 HTTP/1.1\r\n{host}")), 400);
        assert_eq!(status("\u{16}\u{3}\u{1} hello"), 400);
        assert_eq!(status("GET / HTTP/1.1\r\nHost: local"), 400);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(LONGEST))), 431);
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{}{host}", "X: y\r\n".repeat(HEADERS + 1))), 400);
    }
}
