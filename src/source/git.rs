//! Runs the system's git with nothing of the user's in it but credentials' helpers in the environment.

use std::io::{self, BufRead as _, BufReader, Read as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::lock::Lock;
use super::trust;

/// Variables of git that may pass: how to reach a server, never which repository or which configuration.
const PASSED: [&str; 6] =
    ["GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_PROXY_SSL_CAINFO"];

/// Transports that may be used, besides `file` in a trusted build; `ext::` runs commands, `fd::` inherits descriptors.
const PROTOCOLS: &str = "git:http:https:ssh";

/// Why git did not do what it was asked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitError {
    /// git could not be started.
    NotFound,
    /// git said this and failed.
    Failed(String),
}

/// A call of git in a repository, or in none.
#[must_use]
pub fn command(git_dir: Option<&Path>) -> Command {
    let mut command = Command::new("git");
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("GIT_") && !PASSED.contains(&name.as_str()) {
            command.env_remove(name);
        }
    }
    command
        .env(
            "GIT_ALLOW_PROTOCOL",
            if trust::is_untrusted() { PROTOCOLS.to_owned() } else { format!("file:{PROTOCOLS}") },
        )
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", if cfg!(windows) { "NUL" } else { "/dev/null" })
        .env("GIT_NO_REPLACE_OBJECTS", "1")
        .env("GIT_TERMINAL_PROMPT", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null());
    // A stalled server is given up after a minute below a kilobyte a second.
    for setting in [
        "core.hooksPath=/dev/null",
        "core.fsmonitor=false",
        "gc.auto=0",
        "maintenance.auto=false",
        "safe.directory=*",
        "http.lowSpeedLimit=1000",
        "http.lowSpeedTime=60",
        "protocol.version=2",
        "fetch.recurseSubmodules=false",
    ] {
        command.args(["-c", setting]);
    }
    if let Some(folder) = git_dir {
        command.arg("--git-dir").arg(folder);
    }
    command
}

/// What the system's git says of itself, such as `git version 2.47.3`.
pub fn version() -> Result<String, GitError> {
    let Output { status, stdout, stderr } = command(None).arg("--version").output().map_err(|_| GitError::NotFound)?;
    let said = if status.success() { stdout } else { stderr };
    let said = String::from_utf8_lossy(&said).trim().to_owned();
    if status.success() { Ok(said) } else { Err(GitError::Failed(said)) }
}

/// Runs git and gives what it printed. It holds the lock too, so that nobody meets a git whose `signal` was killed.
pub fn run(lock: &Lock, git_dir: Option<&Path>, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    output(lock, command(git_dir).args(arguments))
}

fn output(lock: &Lock, command: &mut Command) -> Result<Vec<u8>, GitError> {
    let input = lock.input().map_err(|error| GitError::Failed(error.to_string()))?;
    let Output { status, stdout, stderr } = command.stdin(input).output().map_err(|_| GitError::NotFound)?;
    if status.success() { Ok(stdout) } else { Err(GitError::Failed(String::from_utf8_lossy(&stderr).into_owned())) }
}

/// The same without asking the remote for what is missing. A git that is older than this setting asks, and then it is
/// here.
pub fn run_offline(lock: &Lock, git_dir: &Path, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let mut command = command(Some(git_dir));
    command.args(arguments).env("GIT_NO_LAZY_FETCH", "1");
    output(lock, &mut command)
}

/// Runs git and gives each record that it prints, as it comes; a NUL ends it. Ends git, and says so with false, when
/// `take` has enough.
pub fn records(
    lock: &Lock,
    git_dir: &Path,
    arguments: &[&str],
    mut take: impl FnMut(&[u8]) -> bool,
) -> Result<bool, GitError> {
    let failed = |error: io::Error| GitError::Failed(error.to_string());
    let mut command = command(Some(git_dir));
    command.args(arguments).stdin(lock.input().map_err(failed)?).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|_| GitError::NotFound)?;
    let (out, mut complaints) = (child.stdout.take(), child.stderr.take());
    let mut reader = BufReader::new(out.expect("it was asked for"));
    let (taken, stderr) = std::thread::scope(|scope| {
        let stderr = scope.spawn(move || {
            let mut bytes = Vec::new();
            let read = complaints.as_mut().map(|pipe| pipe.read_to_end(&mut bytes));
            read.map_or_else(Vec::new, |_| bytes)
        });
        let mut record = Vec::new();
        let taken = loop {
            record.clear();
            match reader.read_until(0, &mut record) {
                Ok(0) => break Ok(true),
                Ok(_) if take(record.strip_suffix(b"\0").unwrap_or(&record)) => {}
                Ok(_) => break Ok(false),
                Err(error) => break Err(failed(error)),
            }
        };
        if !matches!(taken, Ok(true)) {
            // It may have ended by itself.
            let _ = child.kill();
        }
        (taken, stderr.join().unwrap_or_default())
    });
    let status = child.wait().map_err(failed)?;
    let is_whole = taken?;
    if status.success() || !is_whole {
        Ok(is_whole)
    } else {
        Err(GitError::Failed(String::from_utf8_lossy(&stderr).into_owned()))
    }
}

/// As [`run`], for an answer that may be empty: only when the server spoke git's protocol is it an answer. Of a web server's
/// answer that broke off within its headers, git makes a repository without branches.
pub fn ask(lock: &Lock, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
    let answer = run(lock, None, arguments)?;
    if !answer.is_empty() {
        return Ok(answer);
    }
    let input = lock.input().map_err(|error| GitError::Failed(error.to_string()))?;
    let traced = command(None).args(arguments).env("GIT_TRACE_PACKET", "1").stdin(input).output();
    let Output { status, stdout, stderr } = traced.map_err(|_| GitError::NotFound)?;
    let stderr = String::from_utf8_lossy(&stderr);
    if !status.success() {
        return Err(GitError::Failed(
            stderr.lines().filter(|line| !line.contains(" packet: ")).collect::<Vec<_>>().join("\n"),
        ));
    }
    if stdout.is_empty() && !stderr.contains(" packet: ") {
        return Err(GitError::Failed("fatal: the server's answer is empty".to_owned()));
    }
    Ok(stdout)
}

/// The line of git's complaint that says most: the first `fatal:` or `error:`, else the last one.
#[must_use]
pub fn complaint(stderr: &str) -> &str {
    let telling = |line: &&str| line.starts_with("fatal:") || line.starts_with("error:") || line.starts_with("ERROR:");
    stderr.lines().find(telling).or_else(|| stderr.lines().last()).unwrap_or("git said nothing").trim()
}
