//! Git itself is an attack surface: nothing in an address, a mirror, a server's answer or the environment runs a
//! program or leads elsewhere.

use std::fs;
use std::path::Path;

use super::{ADA, counted, lengthen, remote};
use crate::support::{Publication, Repo};

fn tracked(name: &str) -> (Publication, Repo) {
    let mut publication = Publication::new();
    let repo = remote(&publication, name);
    let tip = repo.commit(&[], ADA, "2024-01-10", "One");
    repo.branch("main", &tip);
    publication.track(name, &format!("url: 'file://{}'", repo.path.display()));
    (publication, repo)
}

#[test]
fn addresses_that_are_options_or_programs_are_refused() {
    for address in [
        "ext::sh -c touch% pwned",
        "fd::7",
        "-oProxyCommand=touch pwned",
        "--upload-pack=touch pwned",
        "git+ext::sh -c touch% pwned",
        "ssh://-oProxyCommand=touch%20pwned/x",
        "-oProxyCommand=touch pwned:x",
    ] {
        let mut publication = Publication::new();
        publication.track("evil", &format!("url: '{address}'"));
        let run = publication.command(&["mine"]).current_dir(publication.root()).output().unwrap();
        assert_eq!(run.status.code(), Some(3));
        assert!(!publication.root().join("pwned").exists(), "{address}");
        assert!(!publication.root().join(".signal/mirrors/evil.git").exists());
    }
}

#[test]
fn addresses_on_this_machine_are_refused_in_a_pull_request() {
    let (mut publication, repo) = tracked("far");
    let said = "far: its address can't be used (`file://DIR/remotes/far.git` is on this machine, and a build for a \
                pull request reads what anybody can reach, nothing else)\n";
    for (name, value) in [
        ("SIGNAL_UNTRUSTED", "1"),
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_EVENT_NAME", "pull_request_target"),
        ("CI_PIPELINE_SOURCE", "merge_request_event"),
    ] {
        let output = publication.command(&["mine"]).env(name, value).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        let stderr = String::from_utf8(output.stderr).unwrap().replace(&*publication.root().to_string_lossy(), "DIR");
        assert!(stderr.starts_with(said), "{name}={value}: {stderr}");
    }
    for (name, value) in [("SIGNAL_UNTRUSTED", "0"), ("GITHUB_EVENT_NAME", "push")] {
        assert!(publication.command(&["mine"]).env(name, value).status().unwrap().success(), "{name}={value}");
    }
    // A path without a scheme is the same thing.
    publication.track("path", &format!("url: '{}'", repo.path.display()));
    let output = publication.command(&["mine", "--repo", "path"]).env("SIGNAL_UNTRUSTED", "1").output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("path: its address can't be used"));
}

/// A program that leaves a mark when it is run.
#[cfg(unix)]
fn trap(file: &Path, mark: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, format!("#!/bin/sh\ntouch '{}'\nexit 1\n", mark.display())).unwrap();
    fs::set_permissions(file, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(unix)]
#[test]
fn hooks_in_a_mirror_never_run() {
    let (publication, repo) = tracked("far");
    publication.mine(&[]);
    let mirror = publication.root().join(".signal/mirrors/far.git");
    let mark = publication.root().join("mark");
    for hook in ["reference-transaction", "post-checkout", "post-merge", "pre-auto-gc", "post-index-change"] {
        trap(&mirror.join("hooks").join(hook), &mark);
    }
    lengthen(&repo, "main", 1, 5);
    publication.mine(&[]);
    assert_eq!(counted(&publication, "far"), 6);
    assert!(!mark.exists());
    // The hook is one that git would run.
    let copy = Repo { path: mirror };
    let update = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| copy.git(&["update-ref", "refs/x", "HEAD"])));
    assert!(update.is_err() && mark.exists());
}

#[cfg(unix)]
#[test]
fn the_user_s_configuration_is_ignored() {
    let (publication, repo) = tracked("far");
    let home = publication.root().join("home");
    let mark = publication.root().join("mark");
    let program = home.join("program");
    trap(&program, &mark);
    let elsewhere = Repo::new(&publication.root().join("elsewhere.git"));
    lengthen(&elsewhere, "main", 0, 9);
    let configuration = format!(
        "[url \"file://{}\"]\n\tinsteadOf = file://{}\n[core]\n\tsshCommand = {program}\n\tfsmonitor = {program}\n\
         \thooksPath = {home}\n[alias]\n\tfetch = !{program}\n\tls-remote = !{program}\n[uploadpack]\n\
         \tpackObjectsHook = {program}\n[init]\n\ttemplateDir = {home}\n\tdefaultBranch = other\n\
         [fetch]\n\tprune = true\n[include]\n\tpath = {program}\n",
        elsewhere.path.display(),
        repo.path.display(),
        program = program.display(),
        home = home.display(),
    );
    for file in [".gitconfig", ".config/git/config", "system"] {
        let file = home.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &configuration).unwrap();
    }
    let status = publication
        .command(&["mine", "--quiet"])
        .env("HOME", &home)
        .env("XDG_CONFIG_HOME", home.join(".config"))
        .env("GIT_CONFIG_SYSTEM", home.join("system"))
        .env("GIT_CONFIG_GLOBAL", home.join("system"))
        .status()
        .unwrap();
    assert!(status.success());
    assert_eq!(counted(&publication, "far"), 1);
    assert!(!mark.exists());
}

#[cfg(unix)]
#[test]
fn repositories_and_settings_in_the_environment_are_ignored() {
    let (publication, repo) = tracked("far");
    let mark = publication.root().join("mark");
    let program = publication.root().join("program");
    trap(&program, &mark);
    let elsewhere = Repo::new(&publication.root().join("elsewhere.git"));
    lengthen(&elsewhere, "main", 0, 9);
    let instead = format!("url.file://{}.insteadOf", elsewhere.path.display());
    let far = format!("file://{}", repo.path.display());
    let mut command = publication.command(&["mine"]);
    command
        .env("GIT_DIR", &elsewhere.path)
        .env("GIT_COMMON_DIR", &elsewhere.path)
        .env("GIT_OBJECT_DIRECTORY", elsewhere.path.join("objects"))
        .env("GIT_ALTERNATE_OBJECT_DIRECTORIES", elsewhere.path.join("objects"))
        .env("GIT_INDEX_FILE", elsewhere.path.join("index"))
        .env("GIT_NAMESPACE", "elsewhere")
        .env("GIT_EXEC_PATH", publication.root())
        .env("GIT_TEMPLATE_DIR", publication.root())
        .env("GIT_EXTERNAL_DIFF", &program)
        .env("GIT_ALLOW_PROTOCOL", "ext:fd")
        .env("GIT_PROTOCOL_FROM_USER", "1")
        .env("GIT_REPLACE_REF_BASE", "refs/heads")
        .env("GIT_SHALLOW_FILE", "/dev/null")
        .env("GIT_DEFAULT_HASH", "sha256")
        .env("GIT_CONFIG_PARAMETERS", format!("'{instead}={far}'"))
        .env("GIT_CONFIG_COUNT", "2")
        .env("GIT_CONFIG_KEY_0", &instead)
        .env("GIT_CONFIG_VALUE_0", &far)
        .env("GIT_CONFIG_KEY_1", "core.hooksPath")
        .env("GIT_CONFIG_VALUE_1", publication.root());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(counted(&publication, "far"), 1);
    let state = publication.history("far").state.unwrap();
    assert_eq!((state.object_format.as_str(), state.missing), ("sha1", 0));
    assert!(!mark.exists());
}

/// Whatever an address looks like one day, git takes it for one: it stands after `--`, or is the value of a setting.
#[cfg(unix)]
#[test]
fn no_address_stands_where_git_reads_options() {
    use std::os::unix::fs::PermissionsExt;
    let (publication, repo) = tracked("far");
    let (tools, log) = (publication.root().join("tools"), publication.root().join("asked"));
    fs::create_dir_all(&tools).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let real = std::env::split_paths(&path).map(|folder| folder.join("git")).find(|git| git.is_file()).unwrap();
    // What git was asked, a word on a line, and a line `.` at the end of each time.
    let script =
        format!("#!/bin/sh\nprintf '%s\\n' \"$@\" . >> '{}'\nexec '{}' \"$@\"\n", log.display(), real.display());
    fs::write(tools.join("git"), script).unwrap();
    fs::set_permissions(tools.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    let first = std::env::join_paths([tools].into_iter().chain(std::env::split_paths(&path))).unwrap();
    let mine = || publication.command(&["mine"]).env("PATH", &first).output().unwrap();
    assert!(mine().status.success());
    lengthen(&repo, "main", 1, 3);
    assert!(mine().status.success());
    assert_eq!(counted(&publication, "far"), 4);
    let asked = fs::read_to_string(&log).unwrap();
    let address = format!("file://{}", repo.path.display());
    let asked: Vec<Vec<&str>> = asked.split("\n.\n").map(|words| words.lines().collect()).collect();
    let named: Vec<&Vec<&str>> = asked.iter().filter(|words| words.contains(&address.as_str())).collect();
    assert!(named.iter().any(|words| words.contains(&"ls-remote")), "{asked:?}");
    for words in named {
        let at = words.iter().position(|word| *word == address).unwrap();
        let is_setting = at.checked_sub(2).is_some_and(|verb| words[verb..at] == ["config", "remote.origin.url"]);
        assert!(is_setting || words[..at].contains(&"--"), "{words:?}");
    }
}

#[test]
fn git_never_tidies_up_by_itself() {
    let (publication, repo) = tracked("far");
    publication.mine(&[]);
    let mirror = Repo { path: publication.root().join(".signal/mirrors/far.git") };
    // With these settings of the mirror's own, every fetch would pack anew.
    mirror.git(&["config", "gc.auto", "1"]);
    mirror.git(&["config", "gc.autoPackLimit", "1"]);
    mirror.git(&["config", "gc.autoDetach", "false"]);
    mirror.git(&["config", "maintenance.auto", "true"]);
    for round in 0..4 {
        lengthen(&repo, "main", 1 + round * 200, 200);
        publication.mine(&["--quiet"]);
    }
    let packs = fs::read_dir(mirror.path.join("objects/pack")).unwrap().flatten();
    let packs = packs.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "pack")).count();
    assert!(packs >= 4, "{packs} packs");
}
