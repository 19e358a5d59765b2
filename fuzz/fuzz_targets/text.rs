//! Front matter, and a text with its expressions, as editors write them.

#![no_main]

use std::path::Path;
use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use signal::data::registry::Registry;
use signal::figures::{Figures, Names};
use signal::pages::address::Address;
use signal::pages::expression::{Evaluator, Outcome};
use signal::pages::front_matter::{self, EditionMatter, PageMatter};
use signal::pages::ground::Ground;
use signal::pages::manuscript::Manuscript;
use signal::pages::markdown::{self, Filling};
use signal::pages::markup::elements;
use signal::pages::scanner;
use signal_fuzz::checked;

// The first byte chooses what is read.
fuzz_target!(|text: &str| {
    let mut rest = text.chars();
    let first = rest.next();
    let mut manuscript =
        Manuscript { file: Path::new("a.md").to_owned(), text: rest.as_str().to_owned(), ..Manuscript::default() };
    let said = manuscript.text.clone();
    let failed = match first {
        Some('e') => front_matter::read::<EditionMatter>(&mut manuscript).err(),
        Some('p') => front_matter::read::<PageMatter>(&mut manuscript).err(),
        // A manuscript is refused before when it has signs that the program keeps for itself.
        Some('c') if !said.chars().any(signal::pages::manuscript::is_private) => content(&manuscript),
        _ => None,
    };
    failed.inspect(|faults| checked(faults, Path::new("a.md"), &said));
});

/// A text of a publication of which nothing is known.
fn content(manuscript: &Manuscript) -> Option<signal::plain::Faults> {
    let scanned = match scanner::scan(manuscript) {
        Ok(scanned) => scanned,
        Err(faults) => return Some(faults),
    };
    let registry = Registry::default();
    let ground = Arc::new(Ground::new(Arc::new(Figures::default()), Names::new(&registry), &registry));
    let evaluator = Evaluator::new(&ground, "2024-Q4".parse().expect("a quarter"));
    let filled = scanned.expressions.iter().map(|expression| match evaluator.evaluate(manuscript, expression) {
        Ok(Outcome::Value { text, html, about }) => Filling::Value { text, html, about },
        Ok(Outcome::Chart(_)) => Filling::Block { html: String::new() },
        Err(faults) => {
            checked(&faults, Path::new("a.md"), &manuscript.text);
            Filling::Block { html: String::new() }
        }
    });
    let filled: Vec<Filling> = filled.collect();
    let home = Address::new("a/");
    match markdown::render(manuscript, &scanned, &filled, &home, &home) {
        Ok(rendered) => {
            for element in elements(&rendered.whole()) {
                let name = element.name.to_lowercase();
                assert!(!["script", "iframe", "object", "style", "form"].contains(&name.as_str()), "{name}");
                let is_handler = |name: &str| name.to_lowercase().starts_with("on");
                assert!(!element.attributes.iter().any(|attribute| is_handler(&attribute.name)));
            }
            None
        }
        Err(faults) => Some(faults),
    }
}
