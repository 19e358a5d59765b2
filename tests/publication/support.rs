//! A publication in a temporary folder, and git repositories with fixed names and dates.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use signal::data::cell::Cell;
use signal::data::history::History;
use signal::plain::Period;
use tempfile::TempDir;

/// A publication with repositories beside it.
pub struct Publication {
    folder: TempDir,
    repos: Vec<(String, String)>,
    pub from: &'static str,
    pub to: &'static str,
    pub as_of: &'static str,
}

impl Publication {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder, repos: Vec::new(), from: "2024-Q1", to: "2025-Q4", as_of: "2026-07-01" }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    /// Registers a repository; `entry` is the rest of its YAML flow mapping, such as `path: repos/a.git`.
    pub fn track(&mut self, id: &str, entry: &str) {
        self.repos.push((id.to_owned(), entry.to_owned()));
        let mut registry = "categories:\n- slug: all\n  title: All\n  repos:\n".to_owned();
        for (id, entry) in &self.repos {
            let _ = writeln!(registry, "  - {{id: {id}, {entry}}}");
        }
        self.write("data/repos.yaml", &registry);
        self.write_settings();
    }

    pub fn write_settings(&self) {
        let settings = format!(
            "title: Test\nbase_url: https://example.org/\nperiods: {{from: {}, to: {}}}\nas_of: {}\n\
             identity: {{key: a key that is only for tests, public: true}}\n",
            self.from, self.to, self.as_of
        );
        self.write("signal.yaml", &settings);
    }

    /// A bare repository inside the publication's folder, tracked under its name.
    pub fn repo(&mut self, name: &str) -> Repo {
        let repo = Repo::new(&self.root().join(format!("repos/{name}.git")));
        self.track(name, &format!("path: repos/{name}.git"));
        repo
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
    }

    pub fn history(&self, id: &str) -> History {
        serde_yaml::from_str(&self.read(&format!("data/history/{id}.yaml"))).unwrap()
    }

    /// All mined files with their bytes.
    pub fn mined(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        for folder in ["data/history", "data/snapshots"] {
            for entry in walkdir::WalkDir::new(self.root().join(folder)).into_iter().flatten() {
                if entry.file_type().is_file() {
                    let name = entry.path().strip_prefix(self.root()).unwrap().to_owned();
                    files.insert(name, fs::read_to_string(entry.path()).unwrap());
                }
            }
        }
        files
    }

    /// Runs `signal --root … arguments`.
    pub fn signal(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        Run::new(&output, self.root())
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_signal"));
        command.arg("--root").arg(self.root()).args(arguments).env("NO_COLOR", "1").stdin(Stdio::null());
        // The tests themselves may run for a pull request.
        for name in ["SIGNAL_UNTRUSTED", "GITHUB_EVENT_NAME", "CI_PIPELINE_SOURCE"] {
            command.env_remove(name);
        }
        command
    }

    /// Mines and expects success.
    pub fn mine(&self, arguments: &[&str]) -> Run {
        let run = self.signal(&[&["mine"], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    /// The counts of all author lines of a repository in a period, added up.
    pub fn cell(&self, id: &str, period: &str) -> Cell {
        let period: Period = period.parse().unwrap();
        let mut sum = Cell::default();
        for line in self.history(id).authors {
            if let Some(cell) = line.active.0.get(&period) {
                sum.add(cell);
            }
        }
        sum
    }
}

/// What a run of the program gave; its own folder is shown as `DIR`.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    pub fn new(output: &Output, root: &Path) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap().replace(&*root.to_string_lossy(), "DIR");
        Self { code: output.status.code().unwrap_or(-1), stdout: text(&output.stdout), stderr: text(&output.stderr) }
    }
}

/// A bare git repository.
pub struct Repo {
    pub path: PathBuf,
}

impl Repo {
    pub fn new(path: &Path) -> Self {
        Self::with_format(path, "sha1")
    }

    pub fn with_format(path: &Path, format: &str) -> Self {
        fs::create_dir_all(path).unwrap();
        let repo = Self { path: path.to_owned() };
        repo.git(&["init", "--quiet", "--bare", "--initial-branch=main", &format!("--object-format={format}")]);
        repo
    }

    /// Runs git in the repository, without anything of the user's.
    pub fn git(&self, arguments: &[&str]) -> String {
        self.feed(arguments, b"")
    }

    pub fn feed(&self, arguments: &[&str], input: &[u8]) -> String {
        let mut child = Command::new("git")
            .arg("--git-dir")
            .arg(&self.path)
            .args(arguments)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap())
            .env("HOME", &self.path)
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "T")
            .env("GIT_AUTHOR_EMAIL", "t@example.invalid")
            .env("GIT_COMMITTER_NAME", "T")
            .env("GIT_COMMITTER_EMAIL", "t@example.invalid")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    /// The id of a tree with the given files.
    pub fn tree(&self, files: &[(&str, &str)]) -> String {
        let mut listing = String::new();
        for (name, text) in files {
            let blob = self.feed(&["hash-object", "-w", "--stdin"], text.as_bytes());
            let _ = writeln!(listing, "100644 blob {blob}\t{name}");
        }
        self.feed(&["mktree"], listing.as_bytes())
    }

    /// Writes a commit whose header lines after the tree are given as bytes.
    pub fn raw_commit(&self, tree: &str, headers: &[u8]) -> String {
        let mut object = format!("tree {tree}\n").into_bytes();
        object.extend_from_slice(headers);
        self.feed(&["hash-object", "-t", "commit", "-w", "--stdin", "--literally"], &object)
    }

    /// A commit by `author` (`Ada <ada@example.org>`), authored and committed at `date` (`2024-07-03` or with a time).
    pub fn commit(&self, parents: &[&str], author: &str, date: &str, message: &str) -> String {
        let tree = self.feed(&["mktree"], b"");
        self.commit_tree(&tree, parents, author, date, message)
    }

    pub fn commit_tree(&self, tree: &str, parents: &[&str], author: &str, date: &str, message: &str) -> String {
        let seconds = seconds(date);
        let mut headers = String::new();
        for parent in parents {
            let _ = writeln!(headers, "parent {parent}");
        }
        let _ = write!(
            headers,
            "author {author} {seconds} +0000\ncommitter C <c@example.org> {seconds} +0000\n\n{message}\n"
        );
        self.raw_commit(tree, headers.as_bytes())
    }

    pub fn branch(&self, name: &str, commit: &str) {
        self.git(&["update-ref", &format!("refs/heads/{name}"), commit]);
    }

    /// What git itself counts: author addresses of the commits without merges that `range` holds between two days.
    pub fn witness(&self, range: &str, since: &str, until: &str) -> Vec<String> {
        let since = format!("--since-as-filter={since}T00:00:00Z");
        let until = format!("--until={until}T23:59:59Z");
        let log = self.git(&["--no-replace-objects", "log", "--no-merges", &since, &until, "--format=%ae", range]);
        log.lines().map(str::to_owned).collect()
    }
}

/// All files below a folder, by their names relative to it.
pub fn tree_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
        (name, fs::read(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

/// Seconds since the epoch of a day, at noon, or of a moment.
pub fn seconds(date: &str) -> i64 {
    let text = if date.contains('T') { date.to_owned() } else { format!("{date}T12:00:00Z") };
    text.parse::<signal::plain::Instant>().unwrap_or_else(|error| panic!("{error}")).0
}
