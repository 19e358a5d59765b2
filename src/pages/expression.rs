//! Evaluates what stands between `{{` and `}}`; every fault points into the editor's own file.

use std::ops::Range;
use std::sync::Arc;

use minijinja::value::{Kwargs, Rest, Value, ValueKind};
use minijinja::{Environment, Error, UndefinedBehavior};

use super::about::About;
use super::chart::Request;
use super::diagnosis::{FUNCTIONS, complain, diagnose, trimmed};
use super::filters;
use super::ground::{Complaint, Ground};
use super::manuscript::Manuscript;
use super::quantity::Quantity;
use super::scanner::Expression;
use super::sources::Sources;
use super::subject::{Subject, UNPRINTABLE, scope_of};
use super::tags::LONGEST;
use super::wording;
use crate::figures::names::PARTS;
use crate::forecast::comparisons;
use crate::forecast::sign::Comparison;
use crate::metrics::Scope;
use crate::plain::{Kind, Period, Result, suggest};

/// More than any sentence needs, and little enough to end at once.
const FUEL: u64 = 20_000;

/// What an expression came to.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A value within a sentence.
    Value {
        /// As it is read.
        text: String,
        /// As an element.
        html: String,
        /// What it opens, where it is a figure.
        about: Option<Box<About>>,
    },
    /// A chart, which takes the place of a paragraph.
    Chart(Arc<Request>),
}

impl Outcome {
    fn figure(quantity: &Quantity) -> Self {
        Self::Value { text: quantity.text(), html: quantity.html(), about: Some(Box::new(About::of(quantity))) }
    }
}

/// Evaluates expressions for one period.
#[derive(Debug)]
pub struct Evaluator {
    environment: Environment<'static>,
}

impl Evaluator {
    /// For texts about `period`.
    #[must_use]
    pub fn new(ground: &Arc<Ground>, period: Period) -> Self {
        let mut environment = Environment::empty();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_fuel(Some(FUEL));
        environment.set_debug(true);
        filters::add(&mut environment);
        let subject = move |ground: &Arc<Ground>, scope: Scope| {
            Value::from_object(Subject { ground: Arc::clone(ground), scope, period: None, current: period })
        };
        let here = Arc::clone(ground);
        environment.add_function("corpus", move || subject(&here, Scope::Corpus));
        for kind in PARTS {
            let here = Arc::clone(ground);
            environment.add_function(kind, move |name: &str| -> Result<Value, Error> {
                Ok(subject(&here, here.part(kind, name)?))
            });
        }
        for kind in ["expansion", "flow", "overlap", "union"] {
            let here = Arc::clone(ground);
            environment.add_function(kind, move |sides: Rest<Value>| -> Result<Value, Error> {
                Ok(Value::from_object(Subject::pair(&here, kind, &sides, period)?))
            });
        }
        let here = Arc::clone(ground);
        environment.add_function("sources", move |of: &Value| -> Result<Value, Error> {
            let to = match of.as_str() {
                Some(name) if !name.contains(':') => here.part("repo", name)?,
                _ => scope_of(&here, of)?,
            };
            let period = of.downcast_object_ref::<Subject>().and_then(|subject| subject.period).unwrap_or(period);
            Ok(Value::from_object(Sources::new(&here, to, period)?))
        });
        let here = Arc::clone(ground);
        environment.add_function("chart", move |kind: &str, options: Kwargs| -> Result<Value, Error> {
            Ok(Value::from_object(Request::read(kind, &options, &here, period)?))
        });
        Self { environment }
    }

    /// Evaluates one expression of a text.
    pub fn evaluate(&self, manuscript: &Manuscript, expression: &Expression) -> Result<Outcome> {
        let inner = expression.inner();
        let code = &manuscript.text[inner.clone()];
        if code.trim().is_empty() {
            let message = "the braces hold nothing";
            let hint = "name a figure, as in `{{ category(\"kernels\").commits }}`";
            return Err(manuscript.fault(Kind::Content, expression.range.clone(), message).hint(hint).into());
        }
        // The engine compares objects with numbers by sort, which is never meant.
        if let Some(Comparison { range, .. }) = comparisons(code).next() {
            let message = "figures aren't compared in a text";
            let hint = "print them, and say in words which is the larger";
            let range = inner.start + range.start..inner.start + range.end;
            return Err(manuscript.fault(Kind::Content, range, message).hint(hint).into());
        }
        self.made(manuscript, inner, printed)
    }

    /// The figure that an expression at a place of a file comes to: one side of a comparison.
    pub fn quantity(&self, manuscript: &Manuscript, range: Range<usize>) -> Result<Quantity> {
        self.made(manuscript, range, |value, _| {
            let subject = value.downcast_object_ref::<Subject>();
            match (value.downcast_object_ref::<Quantity>(), subject.and_then(Subject::own)) {
                (Some(quantity), _) => Ok(quantity.clone()),
                (None, Some(own)) => own,
                (None, None) => {
                    let hint = "compare a figure, as in `corpus().contributors`, with another or with a plain number";
                    Err(Complaint::content("only figures and numbers are compared", hint))
                }
            }
        })
    }

    fn made<T>(
        &self,
        manuscript: &Manuscript,
        inner: Range<usize>,
        make: impl FnOnce(&Value, &str) -> Result<T, Complaint>,
    ) -> Result<T> {
        let code = &manuscript.text[inner.clone()];
        if code.len() > LONGEST {
            let message = format!("the expression has {} bytes, and at most {LONGEST} are read", code.len());
            let hint = "take it apart: a figure, or a chart, for each pair of braces";
            return Err(manuscript.fault(Kind::Content, inner, message).hint(hint).into());
        }
        let compiled = self.environment.compile_expression_owned(code.to_owned());
        let value = compiled.and_then(|compiled| compiled.eval(()));
        let fault = match value.map(|value| make(&value, code)) {
            Ok(Ok(outcome)) => return Ok(outcome),
            Ok(Err(complaint)) => complain(manuscript, trimmed(code, &inner), &complaint),
            Err(error) => diagnose(manuscript, code, &inner, &error),
        };
        Err(fault.into())
    }
}

fn printed(value: &Value, code: &str) -> Result<Outcome, Complaint> {
    if let Some(quantity) = value.downcast_object_ref::<Quantity>() {
        return Ok(Outcome::figure(quantity));
    }
    if let Some(request) = value.downcast_object::<Request>() {
        return Ok(Outcome::Chart(request));
    }
    if let Some(sources) = value.downcast_object_ref::<Sources>() {
        let text = sources.text()?;
        return Ok(Outcome::Value { html: wording::escaped(&text), text, about: Some(Box::new(sources.about()?)) });
    }
    if let Some(subject) = value.downcast_object_ref::<Subject>() {
        if let Some(own) = subject.own() {
            return own.map(|quantity| Outcome::figure(&quantity));
        }
        let hint = "name a metric of it, as in `.contributors`";
        return Err(Complaint::content("a scope can't be printed", hint));
    }
    if value.as_str().is_some() || value.is_number() {
        let text = value.to_string();
        if let Some((_, message)) = text.split_once(UNPRINTABLE) {
            return Err(Complaint::content(message, "print it alone, in braces of its own"));
        }
        return Ok(Outcome::Value { html: wording::escaped(&text), text, about: None });
    }
    if value.is_undefined() {
        let hint = suggest::hint(code.trim(), FUNCTIONS);
        return Err(Complaint::reference(format!("`{}` is undefined", code.trim()), hint));
    }
    let (given, hint) = match value.kind() {
        ValueKind::Plain => ("a function".to_owned(), "call it with `()`, and name a metric, as in `corpus().commits`"),
        kind => (kind.to_string(), "name a figure, as in `corpus().commits`"),
    };
    Err(Complaint::content(format!("{given} can't be printed"), hint))
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::super::scanner;
    use super::*;

    fn evaluate(code: &str) -> Result<Outcome, String> {
        let text = format!("# A line\n\nWörds {{{{ {code} }}}} after.\n");
        let manuscript =
            Manuscript { file: "content/editions/2026-q2.md".into(), text, body: 0, ..Manuscript::default() };
        let scanned = scanner::scan(&manuscript).map_err(|faults| faults.to_string())?;
        let evaluator = Evaluator::new(&fixture::ground(), fixture::period("2026-Q2"));
        evaluator.evaluate(&manuscript, &scanned.expressions[0]).map_err(|fault| fault.to_string())
    }

    fn text(code: &str) -> String {
        match evaluate(code) {
            Ok(Outcome::Value { text, .. }) => text,
            other => panic!("{code}: {other:?}"),
        }
    }

    #[test]
    fn figures_are_found_by_scope_metric_and_period() {
        assert_eq!(text("corpus().commits"), "1,204");
        assert_eq!(text("category('kernels').contributors"), "71");
        assert_eq!(text("repo('ExecuTorch').commits"), "361");
        assert_eq!(text("corpus().at('2025-Q4').commits"), "1,000");
        assert_eq!(text("corpus().before(2).commits"), "1,000");
        assert_eq!(text("corpus().before().commits"), "1,020");
        assert_eq!(text("corpus().commits | at('2025-Q4')"), "1,000");
        assert_eq!(text("corpus().commits | before"), "1,020");
        assert_eq!(text("category('kernels').retention"), "73%");
    }

    #[test]
    fn filters_make_other_figures_and_other_words() {
        assert_eq!(text("category('kernels').contributors | change"), "+18%");
        assert_eq!(text("category('kernels').contributors | change | abs"), "18%");
        assert_eq!(text("category('kernels').contributors | change | percent(1)"), "+18.3%");
        assert_eq!(text("category('kernels').contributors | like_for_like"), "+18%");
        assert_eq!(text("category('kernels').contributors | before | change | abs"), "0%");
        assert_eq!(text("category('kernels').retention | change"), "+1.0 points");
        assert_eq!(text("repo('executorch').commits | share(of=category('edge'))"), "75%");
        assert_eq!(text("repo('executorch').commits | share(of=corpus().commits) | digits(1)"), "30.0%");
        assert_eq!(text("corpus().commits | share(of=corpus().at('2025-Q4'))"), "120%");
        assert_eq!(text("category('kernels').active_repos | spelled"), "three");
        assert_eq!(text("category('kernels').contributors | change | exact"), "+18.3333%");
        assert_eq!(text("'about ' ~ corpus().commits"), "about 1,204");
        assert_eq!(text("\"{{\""), "{{");
    }

    #[test]
    fn every_kind_of_scope_has_a_function() {
        assert_eq!(text("group('systems').contributors"), "80");
        assert_eq!(text("vendor('Meta Platforms').contributors"), "80");
        assert_eq!(text("org('AMD').contributors"), "80");
        assert_eq!(text("area('quantization').contributors"), "80");
        assert_eq!(text("profile('kernel writers').contributors"), "<5");
        assert_eq!(text("profile('kernel writers').contributors | spelled"), "fewer than five");
        assert_eq!(text("union(category('edge'), repo('ExecuTorch'), org('amd')).contributors"), "150");
        assert_eq!(text("union('edge', 'kernels').at('2025-Q4').contributors"), "150");
    }

    #[test]
    fn people_between_scopes_are_figures_by_themselves() {
        assert_eq!(text("overlap(category('edge'), category('kernels'))"), "20");
        assert_eq!(text("overlap('kernels', 'edge').overlap"), "20");
        assert_eq!(text("overlap('kernels', 'edge') | change"), "+43%");
        assert_eq!(text("overlap('kernels', 'edge') | before"), "14");
        assert_eq!(text("overlap('kernels', 'edge').at('2025-Q4')"), "12");
        assert_eq!(text("overlap('kernels', 'edge') | share(of=category('edge'))"), "43%");
        assert_eq!(text("overlap('kernels', 'edge') | streak"), "up for two quarters in a row");
        assert_eq!(text("flow('kernels', 'edge')"), "9");
        assert_eq!(text("flow('kernels', 'edge').flow_rate"), "10%");
        assert_eq!(text("expansion('kernels', 'edge')"), "9");
        assert_eq!(text("'as many as ' ~ flow('kernels', 'edge')"), "as many as 9");
        assert_eq!(text("sources('ExecuTorch')"), "triton (12)");
        assert_eq!(text("sources(category('kernels')).top(3)"), "On-device (<5)");
        let Ok(Outcome::Value { html, .. }) = evaluate("overlap('kernels', 'edge')") else { panic!() };
        let title = "people in both · On-device and GPU Kernels &amp; Performance · 2026-Q2";
        assert_eq!(html, format!("<data value=\"20\" title=\"{title}\">20</data>"));
    }

    #[test]
    fn small_counts_between_scopes_stay_masked_whatever_is_made_of_them() {
        for code in ["", " | exact", " | digits(1)", " | abs"] {
            assert_eq!(text(&format!("flow('edge', 'kernels'){code}")), "<5");
        }
        assert_eq!(text("flow('edge', 'kernels').flow_rate | exact"), "<13%");
        assert_eq!(text("flow('edge', 'kernels') | share(of=category('kernels'))"), "<8%");
        let Ok(Outcome::Value { html, .. }) = evaluate("flow('edge', 'kernels')") else { panic!() };
        assert!(html.starts_with("<data value=\"&lt;5\""), "{html}");
        let withheld = [
            "flow('edge', 'kernels') | change",
            "flow('edge', 'kernels') | streak",
            "flow('edge', 'kernels') | record",
            "category('edge').contributors | share(of=flow('edge', 'kernels'))",
            "flow('edge', 'kernels') | share(of=flow('edge', 'kernels'))",
        ];
        let faults: Vec<String> = withheld.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("withheld", faults.join("\n\n"));
    }

    #[test]
    fn figures_stand_against_their_past_and_their_neighbours() {
        assert_eq!(text("category('kernels').commits | streak"), "up for three quarters in a row");
        assert_eq!(text("category('kernels').commits | streak('up')"), "three quarters in a row");
        assert_eq!(text("category('kernels').contributors | streak"), "up on the quarter before");
        assert_eq!(text("category('kernels').commits | record"), "highest in four quarters");
        assert_eq!(text("category('kernels').commits | before | record('highest')"), "highest in three quarters");
        assert_eq!(text("category('kernels').commits | rank"), "first");
        assert_eq!(text("category('edge').commits | rank(among=group('systems')) | exact"), "2");
        let Ok(Outcome::Value { html, .. }) = evaluate("category('edge').commits | rank") else { panic!() };
        assert_eq!(html, "<data value=\"2\" title=\"commits · On-device · 2026-Q2, rank of 2\">second</data>");
        let faults = [
            "category('kernels').commits | streak('down')",
            "category('kernels').commits | streak('upward')",
            "category('kernels').commits | record('lowest')",
            "category('kernels').active_repos | streak",
            "category('kernels').at('2026-Q3').commits | record",
            "category('kernels').at('2025-Q3').commits | streak",
            "category('kernels').commits | rank(among=category('edge'))",
            "repo('ExecuTorch').commits | rank",
            "category('kernels').commits | rank | change",
            "category('kernels').commits | streak | percent",
            "category('kernels').commits | rank(of=corpus())",
        ];
        let faults: Vec<String> = faults.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("past", faults.join("\n\n"));
    }

    #[test]
    fn pairs_that_cannot_be_say_why() {
        let faults = [
            "overlap('edge')",
            "overlap('edge', 'edge')",
            "overlap(category('edge').at('2025-Q4'), category('kernels'))",
            "overlap('edge', 'kernals')",
            "overlap('edge', 7)",
            "union('edge').contributors",
            "union('edge', 'kernels')",
            "flow('edge', flow('edge', 'kernels'))",
            "flow('edge', group('systems'))",
            "org('intl').contributors",
            "vendor('meta').contributors",
            "area('quantisation').commits",
            "category('edge').contributors + category('kernels').contributors",
            "'about ' ~ corpus()",
            "sources(corpus())",
            "sources('triton')",
            "sources('ExecuTorch').last",
            "sources('ExecuTorch').tpo(3)",
        ];
        let faults: Vec<String> = faults.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("pairs", faults.join("\n\n"));
    }

    #[test]
    fn a_value_says_what_it_is() {
        let Ok(Outcome::Value { html, .. }) = evaluate("category('kernels').contributors") else { panic!() };
        let title = "contributors · GPU Kernels &amp; Performance · 2026-Q2";
        assert_eq!(html, format!("<data value=\"71\" title=\"{title}\">71</data>"));
        let Ok(Outcome::Value { html, .. }) = evaluate("repo('executorch').commits | share(of=category('edge'))")
        else {
            panic!()
        };
        let title = "commits · ExecuTorch · 2026-Q2, as a share of On-device";
        assert_eq!(
            html,
            format!("<data value=\"0.750520\" title=\"{title}\">75%</data>").replace("0.750520", "0.75052")
        );
        let Ok(Outcome::Value { html, .. }) = evaluate("'<b>'") else { panic!() };
        assert_eq!(html, "&lt;b&gt;");
    }

    #[test]
    fn what_has_no_value_says_why() {
        let faults = [
            "category('kernels').contributrs",
            "category('kernals').contributors",
            "repo('excutorch').commits",
            "corpus",
            "corpus()",
            "korpus().commits",
            "kernels",
            "kernels.commits",
            "corpus().commits.value",
            "corpus().commits()",
            "corpus().last(2)",
            "corpus().at('2024-Q1').commits",
            "corpus().at('Q1 2026').commits",
            "corpus().before(40).commits",
            "category('edge').at('2025-Q3').commits",
            "repo('executorch').at('2025-Q3').commits",
            "corpus().at('2025-Q3').contributors | change",
            "corpus().at('2026-Q3').contributors | change",
            "category('kernels').at('2025-Q3').contributors | change",
            "corpus().commits | change",
            "corpus().commits | chnge",
            "corpus() | change",
            "corpus().commits | share",
            "corpus().commits | share(off=corpus())",
            "corpus().commits | share(of='kernels')",
            "corpus().commits | share(of=category('kernels').retention)",
            "corpus().commits | percent",
            "corpus().commits | digits(40)",
            "corpus().commits | digits('two')",
            "corpus().commits + 1",
            "'<' if corpus().commits > 1000 else '>='",
            "'\\'<' if corpus().commits == 1000 else ''",
            "corpus().commits |",
            "category('kernels)",
            "category()",
            "corpus(1).commits",
            "",
            "none",
            "[1, 2]",
        ];
        let faults: Vec<String> = faults.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("expression", faults.join("\n\n"));
    }

    #[test]
    fn charts_are_checked_before_they_are_drawn() {
        let good =
            "chart('trend', scope='category:kernels', metric='contributors', title='Up', context=['repo:executorch'])";
        assert!(matches!(evaluate(good), Ok(Outcome::Chart(_))));
        let good = "chart('bars', metric='contributors', of='categories', title='Up', highlight=['category:edge'])";
        assert!(matches!(evaluate(good), Ok(Outcome::Chart(_))));
        let faults = [
            "chart('pie', metric='contributors', title='Up')",
            "chart('trend', scope='category:kernels', title='Up')",
            "chart('trend', scope='category:kernels', metric='contributors')",
            "chart('trend', metric='contributors', title='Up')",
            "chart('trend', scope='kernels', metric='contributors', title='Up')",
            "chart('trend', scope='category:kernals', metric='contributors', title='Up')",
            "chart('trend', scope='corpus', metric='contributrs', title='Up')",
            "chart('trend', scope='corpus', metric='contributors', title='Up', contxt=['repo:executorch'])",
            "chart('trend', scope='corpus', metric='contributors', title='Up', of='categories')",
            "chart('bars', metric='contributors', title='Up')",
            "chart('bars', metric='commits', of='categories', title='Up')",
            "chart('bars', metric='contributors', of='repos', title='Up')",
            "chart('bars', metric='contributors', of=['category:edge'], highlight=['category:kernels'], title='Up')",
        ];
        let faults: Vec<String> = faults.iter().map(|code| evaluate(code).unwrap_err()).collect();
        insta::assert_snapshot!("chart", faults.join("\n\n"));
    }
}
