//! Real servers on the loopback, and a wire that breaks.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A server that ends with the test.
pub struct Server {
    pub port: u16,
    child: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody else is given: each once, from below those that the system hands out by itself. A port asked of the
/// system could go to another test's server, or to a connection, before ours listens.
fn free_port() -> u16 {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    loop {
        let turn = NEXT.fetch_add(1, Ordering::Relaxed) + std::process::id() as usize * 16;
        let port = u16::try_from(20_000 + turn % 10_000).unwrap();
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

fn started(mut command: Command, port: u16) -> Server {
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut server = Server { port, child };
    for _ in 0..200 {
        let ended = server.child.try_wait().unwrap();
        assert!(ended.is_none(), "the server ended at once: {command:?}");
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return server;
        }
        thread::sleep(Duration::from_millis(25));
    }
    panic!("the server doesn't answer: {command:?}");
}

/// Where git keeps its own programs.
fn exec_path() -> PathBuf {
    let output = Command::new("git").arg("--exec-path").output().unwrap();
    PathBuf::from(String::from_utf8(output.stdout).unwrap().trim())
}

/// `git daemon` for all repositories under `base`; none, with a word about it, where git came without it. Started without
/// its wrapper, which would leave it behind.
pub fn daemon(base: &Path) -> Option<Server> {
    let program = exec_path().join("git-daemon");
    if !program.exists() {
        println!("skipped: this git has no daemon");
        return None;
    }
    let port = free_port();
    let mut command = Command::new(program);
    command.args(["--listen=127.0.0.1", "--reuseaddr", "--export-all"]);
    command.arg(format!("--port={port}")).arg(format!("--base-path={}", base.display())).arg(base);
    Some(started(command, port))
}

/// lighttpd with `git http-backend` for all repositories under `base`; none, with a word about it, where it isn't
/// installed.
pub fn web_server(base: &Path) -> Option<Server> {
    let program = ["/usr/sbin/lighttpd", "/usr/bin/lighttpd"].into_iter().find(|file| Path::new(file).exists());
    let Some(program) = program else {
        println!("skipped: lighttpd isn't installed; `.ci/run tools` installs it");
        return None;
    };
    let port = free_port();
    let configuration = base.join("lighttpd.conf");
    let text = format!(
        "server.modules = (\"mod_alias\", \"mod_setenv\", \"mod_cgi\")\n\
         server.document-root = \"{base}\"\nserver.bind = \"127.0.0.1\"\nserver.port = {port}\n\
         server.upload-dirs = (\"{base}\")\n\
         alias.url = (\"/git\" => \"{backend}\")\n\
         $HTTP[\"url\"] =~ \"^/git\" {{\n\
         cgi.assign = (\"\" => \"\")\n\
         setenv.add-environment = (\"GIT_PROJECT_ROOT\" => \"{base}\", \"GIT_HTTP_EXPORT_ALL\" => \"1\")\n}}\n",
        base = base.display(),
        backend = exec_path().join("git-http-backend").display(),
    );
    fs::write(&configuration, text).unwrap();
    let mut command = Command::new(program);
    command.arg("-D").arg("-f").arg(configuration);
    Some(started(command, port))
}

/// Stands between git and a server, and breaks every connection after so many bytes of the server's.
pub struct Wire {
    pub port: u16,
    pub budget: Arc<AtomicUsize>,
}

pub fn wire(to: u16) -> Wire {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let budget = Arc::new(AtomicUsize::new(usize::MAX));
    let shared = Arc::clone(&budget);
    // Ends with the test's process.
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let Ok(server) = TcpStream::connect(("127.0.0.1", to)) else { continue };
            let budget = shared.load(Ordering::Relaxed);
            let (client_in, server_out) = (client.try_clone().unwrap(), server.try_clone().unwrap());
            thread::spawn(move || carry(client_in, server_out, usize::MAX));
            thread::spawn(move || carry(server, client, budget));
        }
    });
    Wire { port, budget }
}

fn carry(mut from: TcpStream, mut to: TcpStream, mut budget: usize) {
    let mut buffer = [0; 4096];
    while budget > 0 {
        let wanted = budget.min(buffer.len());
        let Ok(count @ 1..) = from.read(&mut buffer[..wanted]) else { break };
        if to.write_all(&buffer[..count]).is_err() {
            break;
        }
        budget -= count;
    }
    if budget == 0 {
        // Both ways at once, as when a cable is pulled.
        let _ = from.shutdown(Shutdown::Both);
        let _ = to.shutdown(Shutdown::Both);
    } else {
        let _ = to.shutdown(Shutdown::Write);
    }
}
