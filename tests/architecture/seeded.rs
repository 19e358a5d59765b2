//! One fault at a time, to know that each check fails when it should, and only then.

use crate::rules::{
    Source, import_faults, length_fault, machine_faults, machine_folders, test_modules, unfinished_faults,
};
use crate::rust::{blank, mentions};

fn paths(source: &str, module: &[&str]) -> Vec<String> {
    mentions(source, module).into_iter().map(|mention| mention.path.join("::")).collect()
}

fn of_file<'a>(file: &'a str, text: &'a str) -> Source<'a> {
    Source { file, text, is_test: file.starts_with("tests/") || file.ends_with("/tests.rs") }
}

#[track_caller]
fn refused(file: &str, source: &str, fault: &str) {
    assert_eq!(import_faults(&of_file(file, source)), [fault], "{source}");
}

#[track_caller]
fn accepted(file: &str, source: &str) {
    assert_eq!(import_faults(&of_file(file, source)), [""; 0], "{source}");
}

#[test]
fn comments_and_literals_name_nothing() {
    let source = r##"
        // crate::metrics
        /* crate::metrics /* nested */ crate::pages */
        let a = "crate::metrics \" crate::pages";
        let b = r#"crate::metrics " crate::pages"#;
        let c = br"crate::metrics";
        let d = ('"', '\'', b'"', '\u{1f}');
        fn e<'a>(r#type: &'a str) {}
        plain::here
    "##;
    assert_eq!(paths(source, &["charts"]), ["plain::here"]);
    assert_eq!(blank(source).lines().count(), source.lines().count());
}

#[test]
fn trees_aliases_and_supers_are_spelled_out() {
    let source = "use crate::{data, people::{self, Roster as R}};\nuse super::super::metrics as m;\nm::Scope; R::new(); data::cell::X;";
    let expected = [
        "crate::data",
        "crate::people",
        "crate::people::Roster",
        "crate::metrics",
        "crate::metrics::Scope",
        "crate::people::Roster::new",
        "crate::data::cell::X",
    ];
    assert_eq!(paths(source, &["charts", "line"]), expected);
}

#[test]
fn a_module_inside_a_file_has_a_super_of_its_own() {
    let source = "mod inner { fn a() { super::b(); super::super::c(); } }\nfn d() { super::e(); }";
    assert_eq!(paths(source, &["charts", "line"]), ["crate::charts::line::b", "crate::charts::c", "crate::charts::e"]);
}

#[test]
fn an_import_against_the_flow_is_found() {
    refused(
        "src/charts/line.rs",
        "use crate::plain::Day;\nuse crate::metrics::Scope;\n",
        "src/charts/line.rs:2: `charts` names `crate::metrics::Scope`, against the flow of data",
    );
    refused(
        "src/plain/day.rs",
        "fn f() { crate::data::cell::parse() }",
        "src/plain/day.rs:1: `plain` names `crate::data::cell::parse`, against the flow of data",
    );
    refused(
        "src/publish/mod.rs",
        "use crate::{plain, data};",
        "src/publish/mod.rs:1: `publish` names `crate::data`, against the flow of data",
    );
    refused(
        "src/charts/bars.rs",
        "use super::super::figures::Figures;",
        "src/charts/bars.rs:1: `charts` names `crate::figures::Figures`, against the flow of data",
    );
    refused(
        "src/people/edges.rs",
        "use crate::*;",
        "src/people/edges.rs:1: `people` names `crate::*`, against the flow of data",
    );
    refused(
        "src/main.rs",
        "fn main() { signal::mine::run() }",
        "src/main.rs:1: `main` names `crate::mine::run`, against the flow of data",
    );
    accepted("src/main.rs", "fn main() -> std::process::ExitCode { signal::command::run() }");
    accepted("src/pages/mod.rs", "use crate::{plain::Day, figures::Figures}; use super::pages::chart;");
}

#[test]
fn a_part_of_a_folder_opens_that_part_alone() {
    accepted("src/figures/names.rs", "use crate::data::registry::{self, Repo};");
    refused(
        "src/figures/names.rs",
        "use crate::data::{registry, history};",
        "src/figures/names.rs:1: `figures` names `crate::data::history`, against the flow of data",
    );
    refused(
        "src/figures/names.rs",
        "use crate::data;",
        "src/figures/names.rs:1: `figures` names `crate::data`, against the flow of data",
    );
}

#[test]
fn a_new_folder_has_to_be_placed() {
    refused("src/utils/mod.rs", "", "src/utils/mod.rs: `utils` isn't in the table of folders; say what it may import");
}

#[test]
fn machinery_stays_in_its_folder() {
    accepted("src/mine/walk.rs", "use gix::ObjectId;");
    refused(
        "src/metrics/x.rs",
        "use gix::ObjectId;",
        "src/metrics/x.rs:1: `metrics` uses `gix::ObjectId`, which is for `mine` alone",
    );
    refused(
        "src/data/x.rs",
        "fn f(id: gix::ObjectId) {}",
        "src/data/x.rs:1: `data` uses `gix::ObjectId`, which is for `mine` alone",
    );
    accepted("src/source/git.rs", "use std::process::{Command, Stdio};");
    refused(
        "src/mine/x.rs",
        "use std::process;\nfn f() { process::Command::new(\"git\"); }",
        "src/mine/x.rs:2: `mine` uses `std::process::Command::new`, which is for `source` alone",
    );
    refused(
        "src/mine/x.rs",
        "use std::process::*;",
        "src/mine/x.rs:1: `mine` uses `std::process::*`, which is for `source` alone",
    );
    refused(
        "src/command/serve.rs",
        "use std::{fs, net::TcpListener};",
        "src/command/serve.rs:1: `command` uses `std::net::TcpListener`, which is for `serve` alone",
    );
    refused(
        "src/pages/x.rs",
        "plotters::style::RED;",
        "src/pages/x.rs:1: `pages` uses `plotters::style::RED`, which is for `charts` alone",
    );
    refused(
        "src/charts/x.rs",
        "use minijinja as m;",
        "src/charts/x.rs:1: `charts` uses `minijinja`, which is for `pages` alone",
    );
}

#[test]
fn only_the_source_reads_the_clock() {
    accepted("src/source/fetch.rs", "use std::time::SystemTime; fn f() { SystemTime::now(); }");
    for clock in ["std::time::SystemTime::now", "std::time::Instant::now", "jiff::Timestamp::now", "jiff::Zoned::now"] {
        let fault = format!("src/command/x.rs:1: `command` reads the clock with `{clock}`; only `source` may");
        refused("src/command/x.rs", &format!("fn f() {{ {clock}(); }}"), &fault);
    }
    refused(
        "src/command/x.rs",
        "use std::time::Instant;\nfn f() { Instant::now(); }",
        "src/command/x.rs:2: `command` reads the clock with `std::time::Instant::now`; only `source` may",
    );
}

#[test]
fn tests_may_run_git_but_see_no_later_stage() {
    accepted("src/mine/x.rs", "#[cfg(test)]\nmod tests { use std::process::Command; }");
    accepted("src/mine/x.rs", "#[cfg(all(test, unix))]\nmod tests { use std::process::Command; }");
    accepted("src/mine/tests.rs", "use std::process::Command;");
    refused(
        "src/mine/x.rs",
        "#[cfg(not(test))]\nmod real { use std::process::Command; }",
        "src/mine/x.rs:2: `mine` uses `std::process::Command`, which is for `source` alone",
    );
    refused(
        "src/mine/x.rs",
        "#[cfg(test)]\nmod tests { use crate::metrics::Scope; }",
        "src/mine/x.rs:2: `mine` names `crate::metrics::Scope`, against the flow of data",
    );
    refused(
        "src/mine/x.rs",
        "#[cfg(test)]\nmod tests { fn f() {} }\nuse std::process::Command;",
        "src/mine/x.rs:3: `mine` uses `std::process::Command`, which is for `source` alone",
    );
}

#[test]
fn a_file_that_only_tests_compile_is_known() {
    let files = [
        ("src/charts/mod.rs", "mod trend;\n#[cfg(test)]\nmod golden;\n#[cfg(test)] mod inline { }"),
        ("src/mine/walk.rs", "#[cfg(test)]\nmod tests;"),
    ];
    assert_eq!(test_modules(files.into_iter()), ["src/charts/golden", "src/mine/walk/tests"]);
}

#[test]
fn unfinished_work_is_found() {
    for source in
        ["dbg!(1);", "todo!()", "unimplemented!()", "#[ignore]", "#[ignore = \"slow\"]", "#![allow(dead_code)]"]
    {
        assert_eq!(unfinished_faults(&of_file("src/plain/day.rs", source)).len(), 1, "{source}");
        assert_eq!(unfinished_faults(&of_file("src/plain/day.rs", &format!("// {source}"))), [""; 0], "{source}");
    }
    let unwraps = "a.unwrap();\n#[cfg(test)]\nmod tests { b.unwrap(); }";
    assert_eq!(unfinished_faults(&of_file("src/plain/day.rs", unwraps)).len(), 1);
    assert_eq!(unfinished_faults(&of_file("tests/mine.rs", unwraps)), [""; 0]);
}

#[test]
fn a_long_file_is_found() {
    assert_eq!(length_fault("src/a.rs", &"\n".repeat(500)), None);
    let fault = "src/a.rs: 501 lines; a file has 500 at most, split it by its nouns";
    assert_eq!(length_fault("src/a.rs", &"\n".repeat(501)).as_deref(), Some(fault));
}

#[test]
fn a_folder_of_one_machine_is_found() {
    for folder in machine_folders() {
        let text = format!("fine\nsee ({folder}notes) and \"{folder}\"\n");
        assert_eq!(machine_faults("README.md", &text), [format!("README.md:2: `{folder}` is a folder of one machine")]);
        assert_eq!(machine_faults("README.md", &format!("https://example.org{folder}page")), [""; 0]);
    }
}
