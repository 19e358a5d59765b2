//! Holds the program to its one-way data flow and to the habits of the house.
//!
//! `rules.rs` has the tables; the tests below seed each kind of fault, so that the checks are known to fail.

mod rules;
mod rust;
mod seeded;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use rules::{MAY_IMPORT, Source, import_faults, length_fault, machine_faults, test_modules, unfinished_faults};

/// The project's folder. Asked for when the test runs: clones that share a build folder share its binaries.
fn root() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs the tests").into()
}

/// Every file that git tracks or would track, relative to the project, sorted.
fn tracked() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git is needed to clone the project");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let listed = String::from_utf8(output.stdout).expect("the project's file names are ASCII");
    let mut files: Vec<String> = listed.split_terminator('\0').map(str::to_owned).collect();
    files.sort_unstable();
    files.dedup();
    files
}

/// The texts of the tracked files that `wanted` picks; files that aren't text are left out.
fn texts(wanted: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let root = root();
    let read = |file: String| fs::read_to_string(root.join(&file)).ok().map(|text| (file, text));
    tracked().into_iter().filter(|file| wanted(file)).filter_map(read).collect()
}

fn has_ending(file: &str, endings: &[&str]) -> bool {
    Path::new(file).extension().is_some_and(|ending| endings.iter().any(|one| ending == *one))
}

/// The faults of all tracked Rust files under `folder`.
fn faults_of_sources(folder: &str, faults: impl Fn(&Source) -> Vec<String>) -> Vec<String> {
    let files = texts(|file| file.starts_with(folder) && has_ending(file, &["rs"]));
    let tests = test_modules(files.iter().map(|(file, text)| (file.as_str(), text.as_str())));
    let is_test = |file: &str| {
        let within = |test: &String| file.strip_prefix(test.as_str()).is_some_and(|rest| rest.starts_with(['.', '/']));
        file.starts_with("tests/") || tests.iter().any(within)
    };
    files.iter().flat_map(|(file, text)| faults(&Source { file, text, is_test: is_test(file) })).collect()
}

fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn imports_follow_the_flow_of_data() {
    assert_none(&faults_of_sources("src/", import_faults));
}

#[test]
fn every_folder_of_the_program_is_in_the_table() {
    let files = texts(|file| file.starts_with("src/") && file.ends_with("/mod.rs"));
    let mut found: Vec<&str> = files.iter().filter_map(|(file, _)| file.split('/').nth(1)).collect();
    found.sort_unstable();
    found.dedup();
    let mut listed: Vec<&str> = MAY_IMPORT.iter().map(|(name, _)| *name).collect();
    listed.sort_unstable();
    assert_eq!(found, listed);
}

#[test]
fn the_table_has_one_direction() {
    let place = |name: &str| MAY_IMPORT.iter().position(|(folder, _)| *folder == name);
    for (at, (folder, allowed)) in MAY_IMPORT.iter().enumerate() {
        for name in *allowed {
            let target = name.split("::").next().unwrap_or_default();
            assert!(place(target).is_some_and(|target| target < at), "`{folder}` may import `{name}`, which is later");
        }
    }
}

#[test]
fn right_of_the_miner_nothing_knows_git() {
    let names = |wanted: &str| MAY_IMPORT.iter().find(|(folder, _)| *folder == wanted).expect("it is in the table").1;
    for folder in ["data", "people", "metrics", "figures", "charts", "pages", "publish"] {
        assert!(!names(folder).iter().any(|name| ["source", "mine"].contains(name)), "{folder}");
    }
}

#[test]
fn nothing_is_left_unfinished() {
    assert_none(&faults_of_sources("", unfinished_faults));
}

#[test]
fn files_stay_short() {
    let written = ["rs", "mjs", "js", "css", "html"];
    let places = ["src/", "tests/", "themes/"];
    let files = texts(|file| has_ending(file, &written) && places.iter().any(|place| file.starts_with(place)));
    let faults: Vec<String> = files.iter().filter_map(|(file, text)| length_fault(file, text)).collect();
    assert_none(&faults);
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let files = texts(|_| true);
    let faults: Vec<String> = files.iter().flat_map(|(file, text)| machine_faults(file, text)).collect();
    assert_none(&faults);
}

#[test]
fn locked_packages_name_no_host() {
    let locks = texts(|file| file.ends_with("package-lock.json"));
    assert!(!locks.is_empty());
    for (file, text) in locks {
        assert!(
            !text.contains("\"resolved\""),
            "{file} says where packages came from; tests/browser/.npmrc prevents it"
        );
    }
}
