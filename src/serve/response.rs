//! What is answered.

use std::io::{self, Write};

use super::media;
use super::request::Refusal;

/// An answer that is known as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// What the body is.
    pub media: &'static str,
    /// Where to look instead.
    pub location: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What every answer says: nothing is kept, nothing is guessed, and no page elsewhere may use it as a part of its own.
pub const HEADERS: &str = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\
                           Cross-Origin-Resource-Policy: same-origin\r\nConnection: close\r\n";

impl Response {
    /// A page.
    #[must_use]
    pub fn page(status: u16, html: String) -> Self {
        Self { status, media: media::HTML, location: None, body: html.into_bytes() }
    }

    /// A file.
    #[must_use]
    pub fn file(path: &str, body: Vec<u8>) -> Self {
        Self { status: 200, media: media::of(path), location: None, body }
    }

    /// A sentence.
    #[must_use]
    pub fn sentence(status: u16, sentence: &str) -> Self {
        Self { status, media: media::of("x.txt"), location: None, body: format!("{sentence}\n").into_bytes() }
    }

    /// The page stands somewhere else.
    #[must_use]
    pub fn elsewhere(path: String) -> Self {
        Self { location: Some(path), ..Self::sentence(302, "The page stands at another address.") }
    }

    /// Writes it; without its body, when that isn't wanted.
    pub fn write(&self, stream: &mut impl Write, is_head: bool) -> io::Result<()> {
        let Self { status, media, location, body } = self;
        let mut head = format!("HTTP/1.1 {status} {}\r\nContent-Type: {media}\r\n", phrase(*status));
        if let Some(path) = location {
            head.extend(["Location: ", &encoded(path), "\r\n"]);
        }
        if *status == 405 {
            head += "Allow: GET, HEAD\r\n";
        }
        head.extend(["Content-Length: ", &body.len().to_string(), "\r\n", HEADERS, "\r\n"]);
        stream.write_all(head.as_bytes())?;
        if !is_head {
            stream.write_all(body)?;
        }
        stream.flush()
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        Self::sentence(refusal.status, &refusal.reason)
    }
}

fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        302 => "Found",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        421 => "Misdirected Request",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Internal Server Error",
    }
}

/// A path as a header may hold it: nothing that was decoded ends a line.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let shown = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    path.bytes().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(response: &Response, is_head: bool) -> String {
        let mut bytes = Vec::new();
        response.write(&mut bytes, is_head).expect("memory takes all");
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn an_answer_says_what_it_is_and_how_long() {
        let text = written(&Response::page(200, "<p>Text".to_owned()), false);
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 7\r\nCache-Control: no-store\r\n";
        assert!(text.starts_with(head) && text.ends_with("\r\nConnection: close\r\n\r\n<p>Text"), "{text}");
        let head = written(&Response::page(200, "<p>Text".to_owned()), true);
        assert!(head.contains("Content-Length: 7") && head.ends_with("\r\n\r\n"), "{head}");
    }

    #[test]
    fn no_header_is_made_of_a_path() {
        let text = written(&Response::elsewhere("/a\r\nSet-Cookie: x/".to_owned()), true);
        assert!(text.contains("Location: /a%0D%0ASet-Cookie%3A%20x/\r\n"), "{text}");
    }
}
