//! Subjects, paths and areas with what they should be.

use super::*;
use crate::data::{document, rules};

fn shipped() -> WorkRules {
    WorkRules::new(&Rules::default(), &Areas::default().with_shipped())
}

#[test]
fn every_subject_has_the_type_that_a_reader_would_give() {
    use FileKind::{Build, Ci, Data, Docs, Generated, Implementation, Test, Vendored};
    let rules = shipped();
    let code: &[FileKind] = &[Implementation, Test];
    for (subject, kinds, expected) in [
        // Tags.
        ("feat: add a beam search", code, "feature"),
        ("fix(ops)!: round half to even", code, "fix"),
        ("[Bugfix] Wrong stride of the last tile", code, "fix"),
        ("[BugFix][Kernel] Tail of the reduction", code, "fix"),
        ("[CI/Build] Cache the toolchain", code, "ci"),
        ("[Perf] Two rows at once", code, "performance"),
        ("[Docs] How rows are packed", code, "docs"),
        ("[NFC] Sort includes", code, "refactor"),
        ("fix(docs): heading levels", code, "docs"),
        ("chore(deps): new parser", code, "dependencies"),
        ("feat(ci): run on arm as well", code, "ci"),
        ("[`Tests`] More seeds", code, "test"),
        ("x64: tests: more seeds", code, "test"),
        ("cuda : fix rope of odd heads (#77)", code, "fix"),
        ("PR #77: [GPU] Fuse transposes", code, "other"),
        ("Fix typo: tokeniser", code, "docs"),
        ("Reland \"[Perf] Unroll twice\"", code, "performance"),
        ("[Release] 1.2.0", code, "other"),
        // Beginnings.
        ("Revert \"feat: add a beam search\"", code, "revert"),
        ("Revert \"[Bugfix] Wrong stride\" (#12)", code, "revert"),
        ("Automated rollback of commit 0123abcd", code, "revert"),
        ("Bump example from 1.2.3 to 1.2.4 in /app", &[Build], "dependencies"),
        ("Bump the pip group with 3 updates", &[Build, Generated], "dependencies"),
        ("Bump version to 1.2.3", &[Build], "other"),
        ("Integrate LLVM at 0123abcd", code, "dependencies"),
        ("[compiler] Bump LLVM", code, "dependencies"),
        // Paths.
        ("Say more about packing", &[Docs, Data], "docs"),
        ("Make it stricter", &[Test], "test"),
        ("Use a newer runner", &[Ci], "ci"),
        ("Move flags", &[Build, Generated], "build"),
        ("New upstream", &[Vendored], "dependencies"),
        ("Add rows", &[Data], "feature"),
        ("Add a beam search", &[Implementation], "feature"),
        // Words.
        ("Fix typo in docs", code, "docs"),
        ("Fix typos in comments of the scheduler", code, "docs"),
        ("Fix a crash with empty batches", code, "fix"),
        ("Fix flaky test of the scheduler", code, "test"),
        ("Add unit tests for rows", code, "test"),
        ("Add a beam search with tests", code, "feature"),
        ("Optimize softmax for long rows", code, "performance"),
        ("Speed up loading of weights", code, "performance"),
        ("Tune the optimizer's defaults", code, "other"),
        ("Remove dead code of the parser", code, "refactor"),
        ("Rename rows to lines", code, "refactor"),
        ("Support rows of bytes", code, "feature"),
        ("Enable packing by default", code, "feature"),
        ("Don't divide by zero", code, "fix"),
        ("Prevent a race of two writers", code, "fix"),
        ("Fix the build on old compilers", code, "build"),
        ("Arm backend: Add a lowering of tanh", code, "feature"),
        ("Wording", code, "other"),
        ("", code, "other"),
        ("prefixed", code, "other"),
        ("Latest testament", code, "other"),
    ] {
        let (found, reason) = rules.explain_work_type(format!("{subject}\n\nFix: body").as_bytes(), kinds);
        let found = if subject.is_empty() { rules.work_type(b"", kinds) } else { found };
        assert_eq!(found.name(), expected, "{subject}: {reason:?}");
    }
}

#[test]
fn every_path_has_one_kind() {
    let rules = shipped();
    let attributes = Attributes::parse(&[(
        b"".as_slice(),
        b"hsa/*.s linguist-generated\nmirror/** linguist-vendored\nvendor/own/** linguist-vendored=false\n".as_slice(),
    )]);
    for (path, expected) in [
        ("csrc/attention/paged.cu", "implementation"),
        ("src/latest/model.py", "implementation"),
        ("src/contest.py", "implementation"),
        ("examples/train.py", "implementation"),
        ("third_party/lib/a.c", "vendored"),
        ("a/3rdparty/b/tests/c.c", "vendored"),
        ("vendor/github.com/x/y.go", "vendored"),
        ("vendor/own/y.go", "implementation"),
        ("external", "implementation"),
        ("static/jquery.min.js", "vendored"),
        ("mirror/a/b.c", "vendored"),
        ("hsa/kernel.s", "generated"),
        ("proto/rows.pb.cc", "generated"),
        ("proto/rows_pb2.py", "generated"),
        ("ui/package-lock.json", "generated"),
        ("Cargo.lock", "generated"),
        ("uv.lock", "generated"),
        ("tests/cassettes/a.yaml", "generated"),
        (".github/workflows/a.yml", "ci"),
        (".pre-commit-config.yaml", "ci"),
        ("Jenkinsfile", "ci"),
        ("ci/run.sh", "ci"),
        (".github/ISSUE_TEMPLATE/bug.yml", "docs"),
        ("README.md", "docs"),
        ("tests/README.md", "docs"),
        ("docs/conf.py", "docs"),
        ("notebooks/intro.ipynb", "docs"),
        ("tests/rows.csv", "data"),
        ("assets/logo.png", "data"),
        ("configs/h100.json", "data"),
        ("tests/test_rows.py", "test"),
        ("src/rows_test.cc", "test"),
        ("test/Dialect/fold.mlir", "test"),
        ("crates/rows-tests/a.rs", "test"),
        ("pkg/rows_test.go", "test"),
        ("ui/a.spec.ts", "test"),
        ("tests/CMakeLists.txt", "test"),
        ("CMakeLists.txt", "build"),
        ("src/BUILD", "build"),
        ("docker/Dockerfile.rocm", "build"),
        ("requirements/cuda.txt", "build"),
        ("requirements-dev.txt", "build"),
        ("setup.py", "build"),
        ("Cargo.toml", "build"),
        ("ui/package.json", "build"),
        ("a/.clang-format", "build"),
    ] {
        let (kind, reason) = rules.explain_kind(path.as_bytes(), &attributes, false);
        assert_eq!(kind.name(), expected, "{path}: {reason:?}");
    }
    assert_eq!(rules.kind(b"src/a.c", &attributes, true), FileKind::Generated);
    assert_eq!(rules.kind(b"third_party/a.c", &attributes, true), FileKind::Vendored);
    assert_eq!(rules.kind(b"src/\xff\xfe.c", &attributes, false), FileKind::Implementation);
}

#[test]
fn a_file_says_itself_that_it_was_generated() {
    let rules = shipped();
    for (head, expected) in [
        ("// Code generated by a-gen. DO NOT EDIT.\n", true),
        ("# -*- coding: utf-8 -*-\n# Generated by the protocol buffer compiler.  DO NOT EDIT!\n", true),
        ("/*\n * @generated by x\n */\n", true),
        ("// Auto-generated file. Do not edit!\n//   Template: x\n", true),
        ("# This file was automatically generated from rows.py.\n", true),
        ("\"\"\"Scores text generated by models.\"\"\"\n# Text generated by a model\n", false),
        ("print('// @generated')\n", false),
        ("// DO NOT EDIT the table below by hand\n", false),
        ("\0\0\0", false),
        ("", false),
    ] {
        assert_eq!(rules.says_generated(head.as_bytes()), expected, "{head}");
    }
    let late = format!("{}// @generated\n", "int x;\n".repeat(40));
    assert!(!rules.says_generated(late.as_bytes()));
}

#[test]
fn areas_are_found_by_whole_words_and_paths() {
    let rules = shipped();
    let areas = |subject: &str, paths: &[&str]| {
        let paths: Vec<&[u8]> = paths.iter().map(|path| path.as_bytes()).collect();
        let areas = rules.areas(subject.as_bytes(), &paths);
        assert_eq!(rules.explain_areas(subject.as_bytes(), &paths).len(), areas.len(), "{subject}");
        areas.into_iter().map(|area| rules.area_slug(area).to_owned()).collect::<Vec<_>>().join(" ")
    };
    for (subject, paths, expected) in [
        ("Fix KVCache eviction", &[][..], "cache-reuse"),
        ("Evict from the kv-cache", &[], "cache-reuse"),
        ("[MoE] Route twice", &[], "mixture-of-experts"),
        ("Add FP8Linear", &[], "low-precision"),
        ("Round", &["src/paged_attention.py"], "attention"),
        ("Round", &["src/quantile.py"], ""),
        ("Say who paid attention", &[], "attention"),
        ("Attentive readers", &["src/attentive.rs"], ""),
        ("Round", &["csrc/rows.cu"], "kernels hardware-cuda"),
        ("Round", &["csrc/rows.cu", "a", "b", "c", "d"], "kernels hardware-cuda"),
        ("Round", &["csrc/rows.cu", "a", "b", "c", "d", "e"], ""),
        ("Wording\n\nAttention", &[], ""),
    ] {
        assert_eq!(areas(subject, paths), expected, "{subject} {paths:?}");
    }
}

#[test]
fn a_rule_more_is_another_digest_of_its_set_alone() {
    let before = shipped().digests();
    let own: Rules = document::parse(rules::FILE.as_ref(), "kinds:\n- {kind: docs, paths: [book/]}\n").unwrap();
    let after = WorkRules::new(&own, &Areas::default().with_shipped());
    assert_eq!(after.kind(b"book/tests/a.py", &Attributes::default(), false), FileKind::Docs);
    let changed = |after: &BTreeMap<String, Hash>| {
        before
            .iter()
            .filter(|(name, digest)| after[*name] != **digest)
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(changed(&after.digests()), ["kinds"]);
    let parse = |text: &str| document::parse::<Areas>("areas".as_ref(), text).unwrap().with_shipped();
    let more = parse("areas:\n- {slug: rows, title: Rows, description: Rows., words: [row]}\n");
    let after = WorkRules::new(&Rules::default(), &more);
    assert_eq!(changed(&after.digests()), ["areas"]);
    assert_eq!(
        after.areas(b"Fix a row", &[]).into_iter().map(|area| after.area_slug(area)).collect::<Vec<_>>(),
        ["rows"]
    );
    let retitled = parse("areas:\n- {slug: rows, title: T, description: D., words: [row]}\n");
    assert_eq!(WorkRules::new(&Rules::default(), &retitled).digests(), after.digests());
}
