//! A domain that an organisation claims, and how it gets into `data/orgs.yaml`.

use super::amend;
use super::document::{self, Document};
use super::organisations::{Domain, Organisations, is_under, overlap, validate};
use crate::plain::{Day, Diagnostic, Kind, Result};

/// A domain of an organisation.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Which organisation.
    pub slug: String,
    /// What it is called; needed for one that isn't in the file.
    pub name: Option<String>,
    /// The domain.
    pub domain: String,
    /// The first day.
    pub from: Option<Day>,
    /// The first day after.
    pub to: Option<Day>,
}

/// What a file says, without the places where it says so.
type Said = (Vec<(String, String, Vec<Spanning>)>, Vec<String>, Vec<String>);
type Spanning = (String, Option<Day>, Option<Day>);

fn spanning(domain: &Domain) -> Spanning {
    let (from, to) = domain.span();
    (domain.name().to_owned(), from, to)
}

fn said(file: &Organisations) -> Said {
    let one = |it: &super::organisations::Organisation| {
        let domains = it.domains.iter().map(|domain| spanning(&domain.value)).collect();
        (it.slug.value.clone(), it.name.clone(), domains)
    };
    (file.organisations.iter().map(one).collect(), file.free_mail.clone(), file.academia.clone())
}

impl Claim {
    /// The file with the claim in it; none when it is there already. `shipped` has the classes that every publication has.
    ///
    /// Errors: a claim that the file or the classes contradict, and a file written in a way that can't be edited safely.
    pub fn enter(
        &self,
        file: &Document<Organisations>,
        shipped: &Organisations,
    ) -> Result<Option<Document<Organisations>>> {
        let Self { slug, domain, .. } = self;
        let of_all = |class: &[String]| class.iter().any(|suffix| is_under(domain, suffix));
        if of_all(&shipped.free_mail) {
            let message = format!("`{domain}` is a host of mail for everybody, and names no organisation");
            return Err(Diagnostic::new(Kind::Data, message).into());
        }
        let wanted = (domain.clone(), self.from, self.to);
        let at = file.value.organisations.iter().position(|one| one.slug.value == *slug);
        let organisation = at.map(|at| &file.value.organisations[at]);
        if let (Some(organisation), Some(name)) = (organisation, &self.name)
            && organisation.name != *name
        {
            let message = format!("`{slug}` is called `{}` here, not `{name}`", organisation.name);
            let fault = file.fault(Kind::Data, &organisation.slug, message);
            return Err(fault.hint("leave `--name` out, or take another slug").into());
        }
        if organisation.is_some_and(|one| one.domains.iter().any(|held| spanning(&held.value) == wanted)) {
            return Ok(None);
        }
        self.check_free(file)?;
        let mut meant = said(&file.value);
        let text = if let Some(at) = at {
            meant.0[at].2.push(wanted);
            let last = file.value.organisations[at].domains.last().map(|domain| domain.referenced);
            let last = last.map(|at| amend::offset(&file.text, at.line(), at.column()));
            last.and_then(|last| amend::append_after(&file.text, last, &self.item()))
        } else {
            let Some(name) = &self.name else {
                let message = format!("no organisation has the slug `{slug}`");
                let hint = "check the slug, or say with `--name` what the new organisation is called";
                return Err(Diagnostic::new(Kind::Usage, message).hint(hint).into());
            };
            meant.0.push((slug.clone(), name.clone(), vec![wanted]));
            Some(amend::append(&file.text, "organisations", &self.organisation(name)))
        };
        let value = text.as_ref().and_then(|text| document::parse::<Organisations>(&file.file, text).ok());
        match (text, value) {
            (Some(text), Some(value)) if said(&value) == meant => {
                let amended = Document { file: file.file.clone(), text, value };
                validate(&amended)?;
                Ok(Some(amended))
            }
            _ => Err(Diagnostic::new(Kind::Data, "the file is written in a way that can't be edited safely")
                .in_file(&file.file)
                .hint(format!("add `- {}` to `{slug}` by hand; nothing was changed", self.item()))
                .into()),
        }
    }

    fn check_free(&self, file: &Document<Organisations>) -> Result<()> {
        let dated = super::organisations::DatedDomain { domain: self.domain.clone(), from: self.from, to: self.to };
        let wanted = Domain::Dated(dated);
        for organisation in &file.value.organisations {
            for held in &organisation.domains {
                if held.value.name().eq_ignore_ascii_case(&self.domain) && overlap(&held.value, &wanted) {
                    let message =
                        format!("`{}` belongs to `{}` on some of these days", self.domain, organisation.slug.value);
                    let hint = "say with `--from` or `--to` when it changed hands, and date the other entry by hand";
                    return Err(file.fault(Kind::Data, held, message).hint(hint).into());
                }
            }
        }
        Ok(())
    }

    /// A new organisation as an item of a list.
    fn organisation(&self, name: &str) -> String {
        let is_plain = name.starts_with(char::is_alphabetic) && name.chars().all(|c| c.is_alphanumeric() || c == ' ');
        // Every JSON string is a YAML scalar, whatever is in it.
        let quoted = serde_json::to_string(name).expect("a text is JSON");
        let name = if is_plain { name } else { &quoted };
        format!("slug: {}\nname: {name}\ndomains:\n- {}", self.slug, self.item())
    }

    /// As an item of a list.
    fn item(&self) -> String {
        let mut text = self.domain.clone();
        for (word, day) in [("from", self.from), ("to", self.to)] {
            if let Some(day) = day {
                text = format!("{text}, {word}: {day}");
            }
        }
        if self.from.or(self.to).is_some() { format!("{{domain: {text}}}") } else { text }
    }
}

#[cfg(test)]
mod tests {
    use super::super::organisations::FILE;
    use super::*;

    const TEXT: &str = "# Ours.\norganisations:\n- slug: a\n  name: A\n  domains: # all of them\n  - a.test # since ever\n\
                        - {slug: b, name: B, domains: [b.test]}\n# The end.\n";

    fn enter(text: &str, claim: &Claim) -> Result<Option<String>> {
        let value = document::parse(FILE.as_ref(), text).expect("the test's own file");
        let file = Document { file: FILE.into(), text: text.to_owned(), value };
        let shipped = Organisations::default().with_shipped();
        Ok(claim.enter(&file, &shipped)?.map(|amended| amended.text))
    }

    fn claim(slug: &str, domain: &str) -> Claim {
        Claim { slug: slug.to_owned(), name: None, domain: domain.to_owned(), from: None, to: None }
    }

    #[test]
    fn a_domain_goes_to_its_organisation() {
        let text = enter(TEXT, &claim("a", "new.test")).unwrap().unwrap();
        assert_eq!(text, TEXT.replace("since ever\n", "since ever\n  - new.test\n"));
        assert_eq!(enter(&text, &claim("a", "new.test")).unwrap(), None);
        let dated = Claim { from: "2024-02-01".parse().ok(), ..claim("b", "new.test") };
        let text = enter(TEXT, &dated).unwrap().unwrap();
        assert_eq!(text, TEXT.replace("[b.test]", "[b.test, {domain: new.test, from: 2024-02-01}]"));
    }

    #[test]
    fn an_organisation_is_begun() {
        let new = Claim { name: Some("New & Co: Ltd".to_owned()), ..claim("new", "new.test") };
        let text = enter(TEXT, &new).unwrap().unwrap();
        let item = "- slug: new\n  name: \"New & Co: Ltd\"\n  domains:\n  - new.test\n";
        assert_eq!(text, TEXT.replace("# The end", &format!("{item}# The end")));
        let begun = enter("", &new).unwrap().unwrap();
        assert_eq!(begun, format!("organisations:\n{item}"));
    }

    #[test]
    fn a_contradiction_is_refused_where_it_stands() {
        let message = |claim: &Claim| {
            let faults = enter(TEXT, claim).unwrap_err();
            let fault = faults.iter().next().unwrap().clone();
            (fault.place.map_or(0, |place| place.line), fault.message)
        };
        assert_eq!(message(&claim("a", "b.test")), (7, "`b.test` belongs to `b` on some of these days".to_owned()));
        let renamed = Claim { name: Some("C".to_owned()), ..claim("a", "c.test") };
        assert_eq!(message(&renamed), (3, "`a` is called `A` here, not `C`".to_owned()));
        assert_eq!(message(&claim("c", "c.test")).1, "no organisation has the slug `c`");
        assert_eq!(
            message(&claim("a", "gmail.com")).1,
            "`gmail.com` is a host of mail for everybody, and names no organisation"
        );
    }
}
