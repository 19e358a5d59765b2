//! The way in: the loopback, and nothing else.

use std::io::{self, ErrorKind, Read as _};
use std::net::{Ipv4Addr, Ipv6Addr, Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::event;
use super::media;
use super::mount::Mount;
use super::request::{self, Request};
use super::response::Response;
use super::script;
use super::stage::{Showing, Stage, Staged};
use crate::pages::wording::escaped;
use crate::plain::{Diagnostic, Kind, Result};

/// More connections at once are refused: a page has one that stays open, and a reader has some dozens of pages.
const MOST: usize = 256;

/// Who says nothing for so long isn't waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Of what was sent beyond the headers no more is taken before the connection is closed.
const REST: u64 = 64 * 1024;

/// A port of the loopback that is listened at.
#[derive(Debug)]
pub struct Door {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Door {
    /// Takes a port; 0 stands for any that is free.
    pub fn open(port: u16) -> Result<Self> {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| refused(port, &error))?;
        let port = first.local_addr().map_err(|error| refused(port, &error))?.port();
        // Some browsers try this one first for `localhost`; a machine may do without it.
        let second = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).ok();
        Ok(Self { listeners: std::iter::once(first).chain(second).collect(), port })
    }

    /// The port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Answers from now on, in threads of its own, with what stands on the stage.
    pub fn answer(self, stage: &Arc<Stage>) {
        let (port, open) = (self.port, Arc::new(AtomicUsize::new(0)));
        for listener in self.listeners {
            let (stage, open) = (Arc::clone(stage), Arc::clone(&open));
            thread::spawn(move || {
                // A connection that broke before it was taken is none.
                for stream in listener.incoming().flatten() {
                    let (stage, open) = (Arc::clone(&stage), Arc::clone(&open));
                    let is_full = open.fetch_add(1, Ordering::Relaxed) >= MOST;
                    thread::spawn(move || {
                        // Whoever went away in between gets no answer.
                        let _ = if is_full { refuse(stream) } else { talk(stream, &stage, port) };
                        open.fetch_sub(1, Ordering::Relaxed);
                    });
                }
            });
        }
    }
}

fn refused(port: u16, error: &io::Error) -> Diagnostic {
    match error.kind() {
        ErrorKind::AddrInUse => {
            let hint = "choose another with `--port N`, or any that is free with `--port 0`";
            Diagnostic::new(Kind::Io, format!("the port {port} is in use")).hint(hint)
        }
        ErrorKind::PermissionDenied => {
            let hint = "choose one from 1024 on with `--port N`";
            Diagnostic::new(Kind::Io, format!("you may not listen at the port {port}")).hint(hint)
        }
        _ => Diagnostic::new(Kind::Io, format!("cannot listen at the port {port}: {error}")),
    }
}

fn refuse(mut stream: TcpStream) -> io::Result<()> {
    stream.set_write_timeout(Some(PATIENCE))?;
    Response::sentence(503, "This preview has too many connections open.").write(&mut stream, false)
}

/// One request and its answer.
fn talk(mut stream: TcpStream, stage: &Stage, port: u16) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let Some(request) = request::read(&mut stream, port)? else { return Ok(()) };
    match request {
        Ok(request) if request.path == script::EVENTS && !request.is_head => {
            return event::tell(&mut stream, stage, request.query.parse().unwrap_or_default());
        }
        Ok(request) => answer(&request, &stage.now()).write(&mut stream, request.is_head)?,
        Err(refusal) => Response::from(refusal).write(&mut stream, false)?,
    }
    // Closed while something that was sent isn't taken, the connection would lose the answer.
    stream.shutdown(Shutdown::Write)?;
    io::copy(&mut stream.take(REST), &mut io::sink()).map(|_| ())
}

/// The answer to a request: it is looked for in what is shown, and nowhere else.
#[must_use]
pub fn answer(request: &Request, (number, staged): &Showing) -> Response {
    if request.path == script::ADDRESS {
        return Response::file(script::ADDRESS, script::SCRIPT.as_bytes().to_vec());
    }
    let page = |status: u16, html: &str| Response::page(status, script::inject(html, *number));
    let (files, base_url) = match &**staged {
        Staged::Site { files, base_url } => (files, base_url),
        Staged::Fault { html } => return page(500, html),
    };
    let mount = Mount::of(base_url);
    let Some(path) = mount.inside(&request.path) else {
        if mount.as_str().starts_with(&request.path) && (request.path.ends_with('/') || is_folder_of(&mount, request)) {
            return Response::elsewhere(mount.as_str().to_owned());
        }
        let place = escaped(mount.as_str());
        let html =
            format!("<!doctype html><title>Not here</title><p>The site stands at <a href=\"{place}\">{place}</a>.");
        return page(404, &html);
    };
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    match files.get(&file) {
        Some(bytes) if media::of(&file) == media::HTML => page(200, &String::from_utf8_lossy(bytes)),
        Some(bytes) => Response::file(&file, bytes.clone()),
        None if files.contains_key(&format!("{path}/index.html")) => Response::elsewhere(format!("{}/", request.path)),
        None => {
            let html = files.get("404.html").map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
            // It is the one page that can't have relative addresses.
            page(404, &html.replace(&format!("{}/", base_url.trim_end_matches('/')), mount.as_str()))
        }
    }
}

fn is_folder_of(mount: &Mount, request: &Request) -> bool {
    mount.as_str().strip_prefix(&request.path).is_some_and(|rest| rest.starts_with('/'))
}
