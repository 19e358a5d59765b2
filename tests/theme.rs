//! The theme `signal`, rendered by the engine that renders it in a build, with contexts as `src/pages` makes them.

use std::fs;
use std::path::{Path, PathBuf};

use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, Value};
use serde_json::Value as Json;

const CATEGORIES: [&str; 12] = [
    "kernels",
    "compilers",
    "distributed",
    "runtimes",
    "serving",
    "training",
    "platform",
    "edge",
    "compression",
    "hardware",
    "debugging",
    "agents",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/signal")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a folder of the theme");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

fn contexts() -> serde_json::Map<String, Json> {
    let text = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/theme/contexts.json"));
    let Json::Object(pages) = serde_json::from_str(&text).expect("JSON") else { panic!("an object") };
    pages
}

/// Names that end in `_html` or `_svg` are markup, as in a build.
fn value(name: &str, json: &Json) -> Value {
    match json {
        Json::Object(map) => Value::from_pairs(map.iter().map(|(key, json)| (key.clone(), value(key, json)))),
        Json::Array(list) => list.iter().map(|json| value(name, json)).collect(),
        Json::String(text) if name.ends_with("_html") || name.ends_with("_svg") => {
            Value::from_safe_string(text.clone())
        }
        other => Value::from(Serde(other)),
    }
}

fn engine() -> Environment<'static> {
    let mut engine = Environment::new();
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    for path in files("templates") {
        let name = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        engine.add_template_owned(name.clone(), read(&path)).unwrap_or_else(|error| panic!("{name}: {error:#}"));
    }
    engine.add_function("asset", |name: String| {
        assert!(root().join("assets").join(&name).is_file(), "no asset {name}");
        Value::from_safe_string(format!("assets/{name}"))
    });
    engine.add_function("link", |path: String| Value::from_safe_string(format!("./{path}")));
    engine.add_function("absolute", |path: String| format!("https://example.org/signal/{path}"));
    engine.add_function("icon", |name: String| {
        let path = root().join("assets/icons").join(format!("{name}.svg"));
        Value::from_safe_string(if name.is_empty() { String::new() } else { read(&path) })
    });
    engine
}

/// `edition-bare` is `edition.html` with everything absent that may be.
fn render(page: &str, context: &Json) -> String {
    let template = format!("{}.html", page.trim_end_matches("-bare"));
    let engine = engine();
    let template = engine.get_template(&template).expect("a template of the contract");
    template.render(value("", context)).unwrap_or_else(|error| panic!("{page}: {error:#}"))
}

fn tags<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.match_indices(&format!("<{name}"))
        .map(|(at, _)| &html[at..at + html[at..].find('>').expect("a tag ends")])
        .filter(|tag| tag[name.len() + 1..].starts_with([' ', '\n']) || tag.len() == name.len() + 1)
        .collect()
}

#[test]
fn every_page_renders_with_all_there_is_and_with_the_least() {
    let pages = contexts();
    for (page, context) in &pages {
        let html = render(page, context);
        assert!(!html.contains("none") || !html.contains(">none<"), "{page} prints an absent value");
        let scripts = html.replace("<script defer src=\"assets/site.js\"></script>", "");
        // What machines are told of a page runs nowhere.
        let scripts = scripts.replace("<script type=\"application/ld+json\">", "");
        assert!(!scripts.contains("<script") && !html.contains(" style="), "{page} brings script or style");
        let open = html.matches("<div").count() + html.matches("<section").count() + html.matches("<span").count();
        let shut = html.matches("</div").count() + html.matches("</section").count() + html.matches("</span").count();
        assert_eq!(open, shut, "{page} leaves an element open");
    }
}

#[test]
fn pages_have_landmarks_and_headings_in_order() {
    for (page, context) in contexts().iter().filter(|(page, _)| *page != "chart" && !page.starts_with("mail")) {
        let html = render(page, context);
        for (landmark, count) in [("main", 1), ("header class=\"masthead\"", 1), ("footer", 1), ("h1", 1)] {
            assert_eq!(tags(&html, landmark).len(), count, "{page}: {landmark}");
        }
        assert!(html.contains("<a class=\"skip\" href=\"#content\">") && html.contains("<html lang=\"en\">"), "{page}");
        let mut level = 1;
        for (at, _) in html.match_indices("<h") {
            let Some(next) = html[at + 2..].chars().next().and_then(|digit| digit.to_digit(10)) else { continue };
            assert!(next <= level + 1, "{page}: a heading jumps from h{level} to h{next}");
            level = next;
        }
        for table in html.split("<table").skip(1) {
            assert!(table.contains("<caption") && table.contains("scope=\"col\""), "{page}: a table without names");
            assert!(table.contains("scope=\"row\""), "{page}: rows without names");
        }
    }
}

#[test]
fn rows_of_the_table_lead_to_their_sections() {
    let pages = contexts();
    let edition = render("edition", &pages["edition"]);
    assert!(edition.contains("<a href=\"#kernels\">") && edition.contains("id=\"kernels\""));
    let home = render("home", &pages["home"]);
    assert!(home.contains("<a href=\"./2026-q2/#kernels\">"));
}

#[test]
fn change_is_told_by_more_than_colour() {
    let html = render("edition", &contexts()["edition"]);
    assert!(html.contains("<span class=\"change change-up\"><span aria-hidden=\"true\">+"));
    assert!(html.contains("<span class=\"unseen\">up 3% on 2026-Q1</span>"));
    let css = read(&root().join("assets/style.css"));
    assert!(css.contains(".change-up::before { border-bottom") && css.contains(".change-down::before { border-top"));
}

#[test]
fn words_of_an_editor_stay_words() {
    let mut context = contexts()["edition"].clone();
    let hostile = Json::from("<script>alert(1)</script>");
    context["edition"]["title"] = hostile.clone();
    context["snapshot"]["rows"][0]["title"] = hostile.clone();
    context["headline"][0]["definition"] = hostile.clone();
    context["site"]["title"] = hostile;
    let html = render("edition", &context);
    assert!(!html.contains("<script>") && html.matches("&lt;script&gt;").count() >= 4);
}

#[test]
fn a_page_asks_no_other_host() {
    let css = read(&root().join("assets/style.css"));
    assert!(css.len() < 30_000, "{} bytes", css.len());
    for outward in ["@import", "url(", "@font-face", "http:", "https:"] {
        assert!(!css.replace("[href^=\"http\"]", "").contains(outward), "style.css has {outward}");
    }
    for path in files("templates") {
        let text = read(&path);
        // The picture of a mail is the site's own, by its whole address.
        let own = text.replace("src=\"{{ absolute(chart.image) }}\"", "");
        let own = own.replace("src=\"{{ asset(\"site.js\") }}\"", "").replace("replace(\"https://\", \"\")", "");
        assert!(!own.contains("://") && !own.contains("src="), "{}", path.display());
    }
}

#[test]
fn the_script_is_small_and_stays_at_home() {
    let script = read(&root().join("assets/site.js"));
    assert!(script.len() < 15_000, "{} bytes", script.len());
    for outward in ["http:", "https:", "innerHTML", "eval(", "import "] {
        assert!(!script.contains(outward), "site.js has {outward}");
    }
}

#[test]
fn every_category_has_a_line_drawing_in_the_colour_of_the_text() {
    for name in CATEGORIES {
        let icon = read(&root().join("assets/icons").join(format!("{name}.svg")));
        assert!(icon.starts_with("<svg class=\"icon\" viewBox=\"0 0 24 24\"") && icon.contains("aria-hidden=\"true\""));
        assert!(icon.contains("stroke=\"currentColor\"") && !icon.contains('#'), "{name}");
    }
    assert_eq!(files("assets/icons").len(), CATEGORIES.len());
}

#[test]
fn text_can_be_read_on_its_paper_by_day_and_by_night() {
    let css = read(&root().join("assets/style.css"));
    let (day, rest) = css.split_once("@media (prefers-color-scheme: dark)").expect("a dark mode");
    let (night, _) = rest.split_once("\n}").expect("an end");
    for (mode, block) in [("day", day), ("night", night)] {
        let paper = luminance(colour(block, "paper"));
        for name in ["ink", "soft", "accent", "up", "down"] {
            let text = luminance(colour(block, name));
            let contrast = (paper.max(text) + 0.05) / (paper.min(text) + 0.05);
            assert!(contrast >= 4.5, "{name} by {mode}: {contrast:.2}");
        }
        let baseline = luminance(colour(block, "baseline"));
        let contrast = (paper.max(baseline) + 0.05) / (paper.min(baseline) + 0.05);
        assert!(contrast >= 3.0, "baseline by {mode}: {contrast:.2}");
    }
}

fn colour(block: &str, name: &str) -> u32 {
    let (_, rest) = block.split_once(&format!("--{name}: #")).unwrap_or_else(|| panic!("no colour {name}"));
    u32::from_str_radix(&rest[..6], 16).expect("six digits")
}

/// WCAG 2.2, relative luminance.
fn luminance(rgb: u32) -> f64 {
    let channel = |shift: u32| {
        let part = f64::from(rgb >> shift & 0xff) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}
