//! `signal serve`: what is shown follows what is written, and nobody else is answered.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{Publication, tree_of};

const ADA: &str = "Ada Lovelace <ada@example.org>";
const EDITION: &str = "content/editions/2024-q2.md";
const TEXT: &str = "---\ntitle: Test\nsummary: A test.\n---\n\n{{ corpus().commits }} commits by quick people.\n\n\
                    ## All of it {#all}\n\nText.\n";

/// Whatever takes longer has failed.
const PATIENCE: Duration = Duration::from_mins(1);

/// Two quarters of a repository, mined, with an edition.
fn publication() -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let tip = repo.commit(&[], ADA, "2024-02-01", "1");
    let tip = repo.commit(&[&tip], ADA, "2024-05-01", "2");
    repo.branch("main", &tip);
    publication.to = "2024-Q2";
    publication.write_settings();
    publication.write(EDITION, TEXT);
    publication.mine(&[]);
    publication
}

/// A running server; it ends with the test.
struct Server {
    child: Child,
    port: u16,
    path: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer.
struct Answer {
    head: String,
    body: String,
}

impl Answer {
    fn status(&self) -> u16 {
        self.head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("{}", self.head))
    }

    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_else(|| panic!("no {name} in {}", self.head))
    }
}

impl Server {
    fn start(publication: &Publication, arguments: &[&str]) -> Self {
        let mut command = publication.command(&[&["serve", "--port", "0"], arguments].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split(' ').next().and_then(|url| url.strip_prefix("http://127.0.0.1:"));
        let (port, path) = address.and_then(|address| address.split_once('/')).unwrap_or_else(|| panic!("{line}"));
        Self { child, port: port.parse().unwrap(), path: format!("/{path}") }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// What comes back for the bytes of a request.
    fn say(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text}"));
        Answer { head: head.to_owned(), body: body.to_owned() }
    }

    fn ask(&self, method: &str, path: &str) -> Answer {
        self.say(&format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port))
    }

    fn get(&self, path: &str) -> Answer {
        self.ask("GET", path)
    }

    /// Listens to what pages are told.
    fn listen(&self) -> Events {
        let shown = self.get(&self.path).body;
        let shown = shown.split_once("data-shown=\"").and_then(|(_, rest)| rest.split_once('"')).expect("a number").0;
        let mut stream = self.connect();
        let request =
            format!("GET /.signal/events?{shown} HTTP/1.1\r\nHost: localhost:{}\r\nAccept: */*\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).unwrap();
        let mut events = Events(BufReader::new(stream));
        let head = events.until(str::is_empty);
        assert!(head.contains("200 OK") && head.contains("Content-Type: text/event-stream"), "{head}");
        events
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    fn until(&mut self, is_last: impl Fn(&str) -> bool) -> String {
        let mut text = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream ended after {text}");
            text += &line;
            if is_last(line.trim_end()) {
                return text;
            }
        }
    }

    fn next(&mut self) {
        self.until(|line| line.starts_with("data: "));
    }

    /// Until a page shows what it has to: a file may be read between two halves of a write.
    fn until_shown(&mut self, server: &Server, path: &str, is_shown: impl Fn(&Answer) -> bool) -> Answer {
        loop {
            self.next();
            let answer = server.get(path);
            if is_shown(&answer) {
                return answer;
            }
        }
    }
}

/// Writes beside the place and moves it there, as many editors do.
fn save(root: &Path, file: &str, text: &str) {
    let neighbour = root.join(file).with_extension("md~");
    fs::write(&neighbour, text).unwrap();
    fs::rename(neighbour, root.join(file)).unwrap();
}

#[test]
fn the_site_is_served_as_it_would_be_published() {
    let publication = publication();
    let settings = publication.read("signal.yaml").replace("https://example.org/", "https://example.org/the/site");
    publication.write("signal.yaml", &settings);
    let run = publication.signal(&["build", "--offline", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let server = Server::start(&publication, &[]);
    assert_eq!(server.path, "/the/site/");
    for (path, bytes) in tree_of(&publication.root().join("public")) {
        if path == ".signal-files" {
            continue;
        }
        let address = path.strip_suffix("index.html").unwrap_or(&path);
        let answer = server.get(&format!("/the/site/{address}"));
        assert_eq!((answer.status(), answer.header("Cache-Control")), (200, "no-store"), "{path}");
        if let Some((before, rest)) = answer.body.split_once("<script src=\"/.signal/live.js\"") {
            let without = [before, rest.split_once("</script>").expect("its end").1].concat();
            if path == "404.html" {
                assert_eq!(without, String::from_utf8(bytes).unwrap(), "{path}");
            } else {
                assert_eq!(without.as_bytes(), bytes, "{path}");
            }
            assert_eq!(answer.header("Content-Type"), "text/html; charset=utf-8");
        } else {
            assert!(Path::new(&path).extension().is_none_or(|ending| ending != "html"), "{path} is told nothing");
            assert_eq!(answer.body, String::from_utf8_lossy(&bytes), "{path}");
        }
    }
    assert_eq!(server.get("/the/site/2024-q2").header("Location"), "/the/site/2024-q2/");
    for path in ["/", "/the", "/the/", "/the/site"] {
        assert_eq!(server.get(path).header("Location"), "/the/site/", "{path}");
    }
    for path in ["/the/site/nowhere/", "/the/site/../../signal.yaml", "/the/site/..%2f..%2fsignal.yaml", "/etc/passwd"]
    {
        assert_eq!(server.get(path).status(), 404, "{path}");
    }
    let nowhere = server.get("/the/site/a/b/nowhere.html").body;
    assert!(nowhere.contains("href=\"/the/site/archive/\"") && nowhere.contains("live.js"), "{nowhere}");
    let head = server.ask("HEAD", "/the/site/2024-q2/");
    assert!(head.status() == 200 && head.body.is_empty() && head.header("Content-Length").len() > 3, "{}", head.head);
    assert_eq!(server.get("/.signal/live.js").header("Content-Type"), "text/javascript; charset=utf-8");
}

#[test]
fn only_this_machine_is_answered_and_only_when_it_looks() {
    let publication = publication();
    let server = Server::start(&publication, &[]);
    let port = server.port;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(server.say(&format!("GET / HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n")).status(), 200, "{host}");
    }
    for host in [format!("evil.example:{port}"), "localhost".to_owned(), format!("0.0.0.0:{port}")] {
        let answer = server.say(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(answer.status(), 421, "{host}");
        assert_eq!(answer.body, "This preview answers to localhost, 127.0.0.1 and [::1] alone, each with its port.\n");
        let events = server.say(&format!("GET /.signal/events HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        assert_eq!(events.status(), 421, "{host}");
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.ask(method, "/");
        assert_eq!((answer.status(), answer.header("Allow")), (405, "GET, HEAD"), "{method}");
    }
    let posted = server.say(&format!("POST / HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Length: 5\r\n\r\nhello"));
    assert_eq!(posted.status(), 405);
    assert_eq!(server.say("rubbish\r\n\r\n").status(), 400);
}

#[test]
fn what_is_written_is_shown_and_told() {
    let publication = publication();
    let server = Server::start(&publication, &[]);
    let mut events = server.listen();
    assert!(server.get("/2024-q2/").body.contains("by quick people"));
    publication.write(EDITION, &TEXT.replace("quick", "slow"));
    events.until_shown(&server, "/2024-q2/", |page| page.body.contains("by slow people"));
    save(publication.root(), EDITION, &TEXT.replace("quick", "late"));
    events.until_shown(&server, "/2024-q2/", |page| page.body.contains("by late people"));
    save(publication.root(), EDITION, &TEXT.replace("quick", "early"));
    events.until_shown(&server, "/2024-q2/", |page| page.body.contains("by early people"));

    let before = server.get("/2024-q2/").body;
    let history = publication.read("data/history/a.yaml");
    assert!(before.contains(">1</data>") && history.contains("2024-Q2: 1 own"), "{history}");
    publication.write("data/history/a.yaml", &history.replace("2024-Q2: 1 own", "2024-Q2: 7 own"));
    let is_seven = |page: &Answer| page.body.contains(">7</data>");
    events.until_shown(&server, "/2024-q2/", is_seven);

    let settings = publication.read("signal.yaml");
    save(publication.root(), "signal.yaml", &settings.replace("title: Test", "title: Another"));
    events.until_shown(&server, "/", |page| page.body.contains("Another"));

    publication.write("overrides/templates/404.html", "<!doctype html><title>Lost</title><p>Lost.</p>\n");
    events.until_shown(&server, "/nowhere", |page| page.body.contains("<p>Lost.</p>"));
    publication.write("content/pages/about.md", "---\ntitle: About\n---\n\nUs.\n");
    events.until_shown(&server, "/about/", |page| page.status() == 200);
    fs::remove_file(publication.root().join("content/pages/about.md")).unwrap();
    events.until_shown(&server, "/about/", |page| page.status() == 404);
    assert!(!publication.root().join("public").exists(), "nothing is written");
}

#[test]
fn a_fault_is_every_page_until_it_is_mended() {
    let publication = publication();
    publication.write(EDITION, &TEXT.replace("corpus().commits", "corpus().comits"));
    let server = Server::start(&publication, &[]);
    for path in ["/", "/2024-q2/", "/nowhere"] {
        let page = server.get(path);
        assert_eq!(page.status(), 500, "{path}");
        let seen = ["content/editions/2024-q2.md:6:", "<mark>comits</mark>", "did you mean `commits`?", "live.js"];
        for part in seen {
            assert!(page.body.contains(part), "{part}: {}", page.body);
        }
        assert!(page.body.contains("<b>4</b>---</span>"), "lines around it: {}", page.body);
    }
    let mut events = server.listen();
    publication.write(EDITION, TEXT);
    events.until_shown(&server, "/2024-q2/", |page| page.status() == 200 && page.body.contains("by quick people"));
    publication.write("signal.yaml", &publication.read("signal.yaml").replace("base_url", "baseurl"));
    let page =
        events.until_shown(&server, "/2024-q2/", |page| page.body.contains("there is no setting `baseurl` here"));
    assert!(page.status() == 500 && page.body.contains("signal.yaml:2:1"), "{}", page.body);
    publication.write_settings();
    events.until_shown(&server, "/2024-q2/", |page| page.status() == 200);
    fs::rename(publication.root().join("data"), publication.root().join("elsewhere")).unwrap();
    events.until_shown(&server, "/", |page| page.status() == 500 && page.body.contains("data/repos.yaml"));
    fs::rename(publication.root().join("elsewhere"), publication.root().join("data")).unwrap();
    events.until_shown(&server, "/", |page| page.status() == 200);
}

#[test]
fn drafts_are_shown_unless_nobody_wants_them() {
    let publication = publication();
    publication.write(EDITION, &TEXT.replace("title: Test", "title: Test\ndraft: true"));
    assert_eq!(Server::start(&publication, &[]).get("/2024-q2/").status(), 200);
    assert_eq!(Server::start(&publication, &["--no-drafts"]).get("/2024-q2/").status(), 404);
}

#[test]
fn a_port_in_use_is_said() {
    let publication = publication();
    let server = Server::start(&publication, &[]);
    let run = publication.signal(&["serve", "--port", &server.port.to_string()]);
    let said = run.stderr.replace(&server.port.to_string(), "PORT");
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(said);
}
