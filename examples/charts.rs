//! What a change did to the charts, the largest change first: `cargo run --example charts -- main`.
//!
//! Compares the golden drawings under `src/charts/snapshots` with those of a revision. For each that differs it prints
//! the share of its pixels that changed and how many of its marks. With `--out DIR` the drawings are written there as
//! PNG too, the old one and the new one beside each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use signal::charts;

const FOLDER: &str = "src/charts/snapshots";

/// A pixel has changed when a channel differs by more than this: less is the edge of a letter that moved by nothing.
const VISIBLE: u8 = 24;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut revision = "HEAD".to_owned();
    let mut out = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--out" => out = arguments.next().map(PathBuf::from),
            _ => revision = argument,
        }
    }
    match report(&revision, out.as_deref()) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

/// How much of a drawing changed.
struct Change {
    name: String,
    /// From 0 to 1.
    pixels: f64,
    /// Marks that only one of the two has.
    marks: usize,
}

fn report(revision: &str, out: Option<&Path>) -> Result<String, String> {
    let (old, new) = (at_revision(revision)?, in_tree()?);
    let mut names: Vec<&String> = old.keys().chain(new.keys()).collect();
    names.sort();
    names.dedup();
    let mut changes = Vec::new();
    for name in &names {
        let (before, after) = (old.get(*name), new.get(*name));
        if before == after {
            continue;
        }
        let pixels = [before, after].map(|svg| svg.map(|svg| charts::pixels(&whole(svg))));
        let share = match (&pixels[0], &pixels[1]) {
            (Some(before), Some(after)) => difference(before, after),
            _ => 1.0,
        };
        changes.push(Change { name: (*name).clone(), pixels: share, marks: marks(before, after) });
        if let Some(out) = out {
            for (svg, word) in [(before, "old"), (after, "new")] {
                let Some(svg) = svg else { continue };
                let file = out.join(format!("{name}.{word}.png"));
                let written =
                    std::fs::create_dir_all(out).and_then(|()| std::fs::write(&file, charts::png(&whole(svg))));
                written.map_err(|error| format!("{}: {error}", file.display()))?;
            }
        }
    }
    changes.sort_by(|a, b| b.pixels.total_cmp(&a.pixels).then(b.marks.cmp(&a.marks)).then(a.name.cmp(&b.name)));
    let mut text = format!("{} of {} golden charts differ from {revision}\n", changes.len(), names.len());
    for Change { name, pixels, marks } in changes {
        let line = format!("{:>6.2}% of its pixels {marks:>5} marks  {name}\n", pixels * 100.0);
        text.push_str(&line);
    }
    Ok(text)
}

fn is_golden(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "snap")
}

/// The drawings of a revision, by name.
fn at_revision(revision: &str) -> Result<BTreeMap<String, String>, String> {
    // The colon keeps a name that begins with a hyphen from being an option.
    let listed = git(&["ls-tree", "--name-only", "-z", &format!("{revision}:{FOLDER}")])?;
    let names = listed.split('\0').filter(|name| is_golden(name));
    names.map(|name| Ok((short(name), drawing(&git(&["show", &format!("{revision}:{FOLDER}/{name}")])?)))).collect()
}

/// The drawings of the working tree, by name.
fn in_tree() -> Result<BTreeMap<String, String>, String> {
    let entries = std::fs::read_dir(FOLDER).map_err(|error| format!("{FOLDER}: {error}; run it in the project"))?;
    let mut drawings = BTreeMap::new();
    for entry in entries {
        let path = entry.map_err(|error| format!("{FOLDER}: {error}"))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if is_golden(&name) {
            let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
            drawings.insert(short(&name), drawing(&text));
        }
    }
    Ok(drawings)
}

fn git(arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(arguments).output().map_err(|error| format!("git: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}

fn short(name: &str) -> String {
    let stem = name.trim_end_matches(".snap");
    stem.rsplit("__").next().unwrap_or(stem).to_owned()
}

/// What stands below the head of a snapshot.
fn drawing(snapshot: &str) -> String {
    snapshot.splitn(3, "---\n").nth(2).unwrap_or(snapshot).to_owned()
}

/// A drawing for a page lacks what a file of its own has.
fn whole(svg: &str) -> String {
    if svg.contains("xmlns=") {
        return svg.to_owned();
    }
    let style = format!("><style>{}</style>", charts::stylesheet());
    svg.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1).replacen('>', &style, 1)
}

/// The share of the pixels of both that differ, or that only one has.
fn difference(before: &charts::Pixels, after: &charts::Pixels) -> f64 {
    let (width, height) = (before.width.max(after.width), before.height.max(after.height));
    let at = |image: &charts::Pixels, x: usize, y: usize| -> Option<[u8; 4]> {
        let place = (y * image.width + x) * 4;
        (x < image.width && y < image.height).then(|| [0, 1, 2, 3].map(|channel| image.bytes[place + channel]))
    };
    let differ = |x: usize, y: usize| match (at(before, x, y), at(after, x, y)) {
        (Some(a), Some(b)) => a.iter().zip(b).any(|(a, b)| a.abs_diff(b) > VISIBLE),
        (None, None) => false,
        _ => true,
    };
    let changed = (0..height).map(|y| (0..width).filter(|x| differ(*x, y)).count()).sum::<usize>();
    changed as f64 / (width * height).max(1) as f64
}

/// How many lines, each a mark, only one of the two has.
fn marks(before: Option<&String>, after: Option<&String>) -> usize {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    for (svg, sign) in [(before, -1), (after, 1)] {
        for line in svg.into_iter().flat_map(|svg| svg.lines()) {
            *counts.entry(line).or_default() += sign;
        }
    }
    counts.values().map(|count| usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX)).sum()
}
