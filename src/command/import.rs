//! `signal import`: a registry of repositories from a list of addresses or a table.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::arguments::{Arguments, ImportOptions};
use super::outcome::Outcome;
use super::output::{counted, quoted};
use super::progress::Progress;
use crate::data::registry::{self, Registry};
use crate::data::{document, document::Document};
use crate::plain::diagnostic::Collector;
use crate::plain::slug::slug;
use crate::plain::{Diagnostic, Kind, Place, Result, atomic, suggest};
use crate::source::{address, trust};

/// The columns that a table may have; the first has to be there.
const COLUMNS: [&str; 10] =
    ["url", "id", "category", "category_title", "group", "aliases", "vendor", "tracked", "branch", "fork_of"];

/// What `url` may be called as well.
const ADDRESSES: [&str; 4] = ["url", "address", "repo", "repository"];

/// A repository of the list, and where it stands there.
struct Entry {
    line: usize,
    fields: BTreeMap<&'static str, String>,
}

/// What is read, and how faults name it.
struct List {
    file: PathBuf,
    text: String,
}

/// Runs the command.
pub fn run(arguments: &Arguments, options: &ImportOptions) -> Result<Outcome> {
    let out = options.out.clone().unwrap_or_else(|| arguments.root.join("data/repos.yaml"));
    if out.symlink_metadata().is_ok() {
        let fault = Diagnostic::new(Kind::Usage, "there is a registry already, and it was left as it is");
        return Err(fault.in_file(&out).hint("write the new one beside it with `--out FILE`").into());
    }
    let list = List::read(&options.list)?;
    let entries = list.entries()?;
    let text = list.registry(&entries, options.category.as_deref())?;
    check(&out, &text)?;
    atomic::write(&out, text.as_bytes())?;
    let repos = counted(entries.len(), "repository", "repositories");
    Progress::new(0, arguments.voice()).say(&format!("{repos} in {}; `signal mine` brings them", out.display()));
    Ok(Outcome::Done)
}

/// That the registry can be read again; what is wrong with it is wrong with the list.
fn check(out: &Path, text: &str) -> Result<()> {
    let value: Registry = document::parse(out, text)?;
    registry::validate(&Document { file: out.to_owned(), text: text.to_owned(), value })
}

impl List {
    fn read(file: &Path) -> Result<Self> {
        let unreadable = |error: &std::io::Error| Diagnostic::io(file, "read the list", error);
        let bytes = if file == Path::new("-") {
            let mut bytes = Vec::new();
            std::io::stdin().read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
            bytes
        } else {
            std::fs::read(file).map_err(|error| unreadable(&error))?
        };
        Ok(Self { file: file.to_owned(), text: document::utf8(file, bytes)? })
    }

    fn fault(&self, line: usize, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(Kind::Syntax, message).at(Place::of_line(&self.file, &self.text, line, 1))
    }

    /// An address a line, or a table with a header.
    fn entries(&self) -> Result<Vec<Entry>> {
        let text = self.text.trim_start_matches('\u{feff}');
        let head = text.lines().find(|line| !is_remark(line)).unwrap_or_default();
        let signs = ['\t', ';', ','];
        let sign = signs.into_iter().find(|sign| head.contains(*sign));
        let is_table = sign.is_some() || ADDRESSES.contains(&head.trim().to_lowercase().as_str());
        let entries = if is_table { self.table(text, sign.unwrap_or(','))? } else { lines(text) };
        if entries.is_empty() {
            let fault = Diagnostic::new(Kind::Data, "the list has no repository").in_file(&self.file);
            return Err(fault.hint("write an address on each line, or a table with a column `url`").into());
        }
        Ok(entries)
    }

    fn table(&self, text: &str, sign: char) -> Result<Vec<Entry>> {
        let delimiter = u8::try_from(sign).expect("the signs are ASCII");
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(csv::Trim::All)
            .comment(Some(b'#'))
            .from_reader(text.as_bytes());
        let wrong = |error: &csv::Error| {
            let line = error.position().map_or(1, csv::Position::line);
            let message = match error.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    let fields = counted(usize::try_from(*len).unwrap_or(usize::MAX), "field", "fields");
                    format!("this line has {fields}, and the first line has {expected_len}")
                }
                _ => format!("the table can't be read: {error}"),
            };
            let hint =
                format!("write `{}` between fields, and quotes around a field that has one", sign.escape_default());
            self.fault(usize::try_from(line).unwrap_or(1), message).hint(hint)
        };
        let header = reader.headers().map_err(|error| wrong(&error))?.clone();
        let mut columns = Vec::new();
        let mut faults = Collector::default();
        for name in &header {
            let lower = name.to_lowercase();
            let is_address = ADDRESSES.contains(&lower.as_str());
            let known = if is_address { Some("url") } else { COLUMNS.iter().find(|column| **column == lower).copied() };
            // Tables have columns of their own; one that is nearly ours is a slip.
            if let Some(near) = suggest::nearest(name, COLUMNS).filter(|_| known.is_none()) {
                let fault = self.fault(1, format!("`{name}` is no column of a registry"));
                faults.push(fault.hint(format!("did you mean `{near}`?")));
            }
            columns.push(known);
        }
        if !columns.contains(&Some("url")) {
            faults.push(self.fault(1, "the table has no column `url`").hint("name the columns in the first line"));
        }
        faults.finish(())?;
        let mut entries = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|error| wrong(&error))?;
            let line = record.position().map_or(1, csv::Position::line);
            let fields = columns.iter().zip(&record).filter_map(|(column, field)| Some(((*column)?, field.to_owned())));
            let fields = fields.filter(|(_, field)| !field.is_empty()).collect();
            entries.push(Entry { line: usize::try_from(line).unwrap_or(1), fields });
        }
        Ok(entries)
    }

    /// The registry, with categories in the order in which they come first.
    fn registry(&self, entries: &[Entry], category: Option<&str>) -> Result<String> {
        let mut faults = Collector::default();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut names = BTreeSet::new();
        let mut categories: Vec<(String, String)> = Vec::new();
        for entry in entries {
            let of = |name: &str| entry.fields.get(name).map(String::as_str);
            let Some(url) = of("url").map(address_of) else {
                faults.push(self.fault(entry.line, "this line has no address").hint("give one, or delete the line"));
                continue;
            };
            if let Some(refusal) = address::refusal(&url, trust::is_untrusted()) {
                faults.push(self.fault(entry.line, refusal).hint("write it as https://HOST/OWNER/NAME"));
                continue;
            }
            let Some((id, name)) = of("id").map_or_else(|| id_of(&url), |id| Some((id.to_owned(), id.to_owned())))
            else {
                let hint = "write it as https://HOST/OWNER/NAME, or give an `id`";
                faults.push(self.fault(entry.line, format!("`{url}` names no repository")).hint(hint));
                continue;
            };
            if let Some(other) = seen.insert(id.to_lowercase(), entry.line) {
                let message = format!("`{id}` stands in line {other} already");
                faults.push(self.fault(entry.line, message).hint("keep one of the two"));
                continue;
            }
            let title = of("category_title").or(of("category")).or(category).unwrap_or("All repositories");
            let own = of("category").map_or_else(|| slug(title), slug);
            let own = if own.is_empty() { "all".to_owned() } else { own };
            let place = categories.iter().position(|(slug, _)| *slug == own).unwrap_or_else(|| {
                let order = categories.len() + 1;
                let group = of("group").map(|group| format!("\n  group: {}", quoted(group))).unwrap_or_default();
                let head = format!("- slug: {own}\n  title: {}\n  order: {order}{group}\n  repos:\n", quoted(title));
                categories.push((own, head));
                order - 1
            });
            let text = &mut categories[place].1;
            let _ = writeln!(text, "  - id: {}\n    url: {}", quoted(&id), quoted(&url));
            // Two repositories may have one short name; it is an alias of the first alone.
            let aliases: Vec<&str> = of("aliases").map_or_else(|| vec![name.as_str()], |all| all.split('|').collect());
            let aliases = aliases.iter().map(|alias| alias.trim()).filter(|alias| !alias.is_empty());
            let aliases: Vec<String> = aliases.filter(|alias| names.insert(alias.to_lowercase())).map(quoted).collect();
            if !aliases.is_empty() {
                let _ = writeln!(text, "    aliases: [{}]", aliases.join(", "));
            }
            for key in ["vendor", "tracked", "branch", "fork_of"] {
                if let Some(value) = of(key) {
                    let _ = writeln!(text, "    {key}: {}", quoted(value));
                }
            }
        }
        let text: String = categories.into_iter().map(|(_, text)| text).collect();
        faults.finish(format!("categories:\n{text}"))
    }
}

/// `owner/name` is short for a repository on GitHub; everything else is an address already.
fn address_of(written: &str) -> String {
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    match written.split_once('/') {
        Some((owner, name)) if is_name(owner) && is_name(name) && !owner.starts_with('.') => {
            format!("https://github.com/{owner}/{name}")
        }
        _ => written.to_owned(),
    }
}

fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

fn lines(text: &str) -> Vec<Entry> {
    let lines = text.lines().enumerate().filter(|(_, line)| !is_remark(line));
    let entry =
        |(at, line): (usize, &str)| Entry { line: at + 1, fields: BTreeMap::from([("url", line.trim().to_owned())]) };
    lines.map(entry).collect()
}

/// The id and the short name of the repository at an address: `vllm-project--vllm` and `vllm`, subgroups included.
#[must_use]
pub fn id_of(url: &str) -> Option<(String, String)> {
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        // As in `git@example.org:owner/name.git`.
        None => url.split_once(':').map_or(url, |(_, path)| path),
    };
    let path = path.split(['?', '#']).next()?.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    let safe = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let parts: Vec<String> = path
        .split('/')
        .map(|part| part.chars().map(safe).collect::<String>())
        .map(|part| part.trim_start_matches(['.', '-']).to_owned())
        .filter(|part| !part.is_empty())
        .collect();
    Some((parts.join("--"), parts.last()?.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> List {
        List { file: "list".into(), text: text.to_owned() }
    }

    fn imported(text: &str) -> String {
        let list = list(text);
        list.entries().and_then(|entries| list.registry(&entries, None)).unwrap_or_else(|faults| faults.to_string())
    }

    #[test]
    fn ids_come_from_addresses() {
        for (url, id, name) in [
            ("https://github.com/vllm-project/vllm.git", "vllm-project--vllm", "vllm"),
            ("https://gitlab.example/a/b/c/", "a--b--c", "c"),
            ("git@example.org:owner/name.git", "owner--name", "name"),
            ("ssh://git@example.org:22/owner/name", "owner--name", "name"),
            ("https://example.org/a/../b c", "a--b-c", "b-c"),
        ] {
            assert_eq!(id_of(url), Some((id.to_owned(), name.to_owned())), "{url}");
        }
        assert_eq!(id_of("https://example.org"), None);
        assert_eq!(id_of("https://example.org/.git"), None);
    }

    #[test]
    fn a_list_becomes_one_category() {
        let text = imported("# ours\nhttps://example.org/a/x\n\nhttps://example.org/b/x.git\n");
        let expected = "categories:\n- slug: all-repositories\n  title: \"All repositories\"\n  order: 1\n  repos:\n  \
                        - id: \"a--x\"\n    url: \"https://example.org/a/x\"\n    aliases: [\"x\"]\n  \
                        - id: \"b--x\"\n    url: \"https://example.org/b/x.git\"\n";
        assert_eq!(text, expected);
        check(Path::new("repos.yaml"), &text).unwrap();
    }

    #[test]
    fn a_table_has_categories_and_what_else_is_known() {
        let text = imported(
            "Category\tRepository\taliases\tvendor\tmegabytes\nLLM Serving & Co\ta/x\tX|ex\tNone: yet\t7\n\
             Kernels\thttps://example.org/a/y\t\t\t\nLLM Serving & Co\thttps://example.org/a/z\t\t\t8\n",
        );
        check(Path::new("repos.yaml"), &text).unwrap();
        let registry: Registry = document::parse(Path::new("repos.yaml"), &text).unwrap();
        let found: Vec<_> = registry.repos().map(|(of, repo)| (of.slug.value.as_str(), repo.title())).collect();
        assert_eq!(found, [("llm-serving-co", "X"), ("llm-serving-co", "z"), ("kernels", "y")]);
        assert_eq!(registry.categories[0].title, "LLM Serving & Co");
        assert_eq!(registry.categories[0].repos[0].vendor.as_deref(), Some("None: yet"));
    }

    #[test]
    fn every_fault_has_its_line() {
        let texts = [
            "",
            "url,catgory\nhttps://example.org/a/x,b\n",
            "category,vendor\na,b\n",
            "https://example.org/a/x\nhttps://example.org/A/X\nhttps://example.org\next::sh -c id\n",
            "url,category\nhttps://example.org/a/x\n",
            "url,category\n,b\n",
            "owner/name\nhttps://github.com/owner/name\n",
        ];
        insta::assert_snapshot!("import_faults", texts.map(imported).join("\n\n"));
    }
}
