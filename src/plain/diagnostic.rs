//! The one way in which anything is said to be wrong: kind, place, source line, message, hint.

use std::fmt;
use std::path::{Path, PathBuf};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// What sort of thing is wrong; it decides the exit code and is the `kind` of machine-readable output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The command was called with words that it doesn't take.
    Usage,
    /// A file isn't what its format asks for.
    Syntax,
    /// A name refers to nothing.
    Reference,
    /// A file that should be there isn't.
    Missing,
    /// Text of the editor can't become a page.
    Content,
    /// A template can't be rendered.
    Theme,
    /// Data contradicts itself or the settings.
    Data,
    /// Words say something that the figures don't.
    Claim,
    /// A figure would point at somebody.
    Masked,
    /// A published edition isn't what was sealed.
    Seal,
    /// A git repository can't be had or read.
    Source,
    /// The books don't balance.
    Books,
    /// The operating system refused.
    Io,
}

impl Kind {
    /// The word that stands for the kind in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Usage => "usage",
            Self::Syntax => "syntax",
            Self::Reference => "reference",
            Self::Missing => "missing",
            Self::Content => "content",
            Self::Theme => "theme",
            Self::Data => "data",
            Self::Claim => "claim",
            Self::Masked => "masked",
            Self::Seal => "seal",
            Self::Source => "source",
            Self::Books => "books",
            Self::Io => "io",
        }
    }
}

/// Where in a file; lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user would name it.
    pub file: PathBuf,
    /// The line.
    pub line: usize,
    /// The first column of what is meant.
    pub column: usize,
    /// How many characters are meant; at least 1.
    pub width: usize,
    /// The line's text.
    pub source: String,
}

impl Place {
    /// The place of a byte range in a text that was read from `file`; the range is cut to its first line.
    #[must_use]
    pub fn of_bytes(file: &Path, text: &str, range: std::ops::Range<usize>) -> Self {
        let start = floor_char(text, range.start);
        let begin = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let stop = floor_char(text, range.end).clamp(start, end);
        Self {
            file: file.to_owned(),
            line: text[..begin].matches('\n').count() + 1,
            column: text[begin..start].chars().count() + 1,
            width: text[start..stop].chars().count().max(1),
            source: text[begin..end].trim_end_matches('\r').to_owned(),
        }
    }

    /// The place of a line and column in a text that was read from `file`.
    #[must_use]
    pub fn of_line(file: &Path, text: &str, line: usize, column: usize) -> Self {
        let source = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        Self { file: file.to_owned(), line: line.max(1), column: column.max(1), width: 1, source: source.to_owned() }
    }
}

fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What sort.
    pub kind: Kind,
    /// What is wrong, as a clause without a full stop.
    pub message: String,
    /// Where, when it is in a file.
    pub place: Option<Place>,
    /// The file, when the fault is the file and not a place in it.
    pub file: Option<PathBuf>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// A fault without a place.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), place: None, file: None, hint: None }
    }

    /// The same, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, about a whole file.
    #[must_use]
    pub fn in_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// A refusal of the operating system, about a file.
    #[must_use]
    pub fn io(file: &Path, doing: &str, error: &std::io::Error) -> Self {
        Self::new(Kind::Io, format!("cannot {doing}: {error}")).in_file(file)
    }

    /// As text for a terminal, with the source line and the place marked under it.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let hint = self.hint.as_deref().map(printable);
        let mut group = Level::ERROR
            .primary_title(printable(&self.message))
            .id(self.kind.name())
            .elements(None::<Snippet<'_, annotate_snippets::Annotation<'_>>>);
        if let Some(place) = &self.place {
            let source = printable(&place.source);
            let span = span_of(&source, place.column, place.width);
            let snippet = Snippet::source(source)
                .line_start(place.line)
                .path(printable(&place.file.to_string_lossy()))
                .annotation(AnnotationKind::Primary.span(span));
            group = group.element(snippet);
        } else if let Some(file) = &self.file {
            group = group.element(annotate_snippets::Origin::path(printable(&file.to_string_lossy())));
        }
        if let Some(hint) = hint {
            group = group.element(Level::HELP.message(hint));
        }
        renderer.render(&[group])
    }
}

/// Control characters and those that turn the direction of writing made visible: text from a repository or a server may
/// carry what a terminal would obey.
#[must_use]
pub fn printable(text: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| if c.is_control() && c != '\n' && c != '\t' || turns(c) { '\u{fffd}' } else { c };
    text.chars().map(shown).collect()
}

fn span_of(source: &str, column: usize, width: usize) -> std::ops::Range<usize> {
    let byte = |chars: usize| source.char_indices().nth(chars).map_or(source.len(), |(at, _)| at);
    byte(column - 1)..byte(column - 1 + width)
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

/// Everything that was found wrong, at least one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults(Vec<Diagnostic>);

impl Faults {
    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    /// The sort of the first.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.0[0].kind
    }
}

impl From<Diagnostic> for Faults {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<String> = self.0.iter().map(|one| one.render(false)).collect();
        f.write_str(&texts.join("\n\n"))
    }
}

/// What a stage returns.
pub type Result<T, E = Faults> = std::result::Result<T, E>;

/// Collects faults so that a user sees all of them at once.
#[derive(Default)]
pub struct Collector(Vec<Diagnostic>);

impl Collector {
    /// Notes one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// The value of a result, or its faults noted.
    pub fn keep<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|faults| self.0.extend(faults.0)).ok()
    }

    /// `value` when nothing was noted.
    pub fn finish<T>(self, value: T) -> Result<T> {
        if self.0.is_empty() { Ok(value) } else { Err(Faults(self.0)) }
    }
}
