//! Settings about mail: how the e-mail edition is sent, and where readers subscribe.

use schemars::JsonSchema;
use serde::Deserialize;

use super::document::{Document, Spanned};
use super::settings::Settings;
use crate::plain::diagnostic::Collector;
use crate::plain::{Diagnostic, Kind, Result};

/// How the e-mail edition is sent.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Who sends it, and so which signs stand for what is different in every copy.
    #[schemars(with = "Sender")]
    pub sender: Spanned<Sender>,
    /// From whom it comes, as `Name <address>` or an address.
    #[schemars(with = "String")]
    pub from: Spanned<String>,
    /// Where answers go; absent: to `from`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub reply_to: Option<Spanned<String>>,
    /// To whom it goes, where that is one address, such as that of a list.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub to: Option<Spanned<String>>,
    /// Where readers unsubscribe, `https:` or `mailto:`, when the sender has no sign for it.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub unsubscribe: Option<Spanned<String>>,
    /// Where the publisher receives letters; it takes the place of the sender's sign.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub postal_address: Option<Spanned<String>>,
    /// How much of an edition is in its mail, unless the edition says otherwise.
    #[serde(default)]
    pub form: Form,
}

/// Who sends the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sender {
    /// buttondown.com.
    Buttondown,
    /// mailchimp.com.
    Mailchimp,
    /// A site that runs Ghost.
    Ghost,
    /// A program that sends the file as it is.
    Plain,
}

/// How much of an edition is in its mail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of it.
    #[default]
    Full,
    /// The lede, the headline figures and the first paragraph of each section.
    Short,
}

/// Where readers subscribe: a link, or a form that posts to a provider.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subscribe {
    /// What the reader reads.
    #[serde(default)]
    pub text: Option<String>,
    /// What the link or the button says.
    #[schemars(with = "String")]
    pub label: Spanned<String>,
    /// Where the link leads or the form posts to.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub url: Option<Spanned<String>>,
    /// Who keeps the list; absent: `url` is a link.
    #[serde(default)]
    #[schemars(with = "Option<Provider>")]
    pub provider: Option<Spanned<Provider>>,
    /// What Buttondown calls the newsletter.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub newsletter: Option<Spanned<String>>,
    /// The name of a plain form's field; absent: `email`.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub field: Option<Spanned<String>>,
}

/// Who keeps the list of subscribers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Provider {
    /// buttondown.com.
    Buttondown,
    /// mailchimp.com.
    Mailchimp,
    /// A site that runs Ghost.
    Ghost,
    /// Anything that takes a form with an address in it.
    Form,
}

/// A form that posts an address.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct PostForm {
    /// Where it posts to.
    pub action: String,
    /// The name of the field for the address.
    pub field: String,
}

/// A person or a list, with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox<'a> {
    /// What it is called.
    pub name: Option<&'a str>,
    /// Its address.
    pub address: &'a str,
}

impl<'a> Mailbox<'a> {
    /// From `Name <address>` or an address; none where it is neither, or would bring a line of its own into a header.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        if text.chars().any(char::is_control) {
            return None;
        }
        let (name, address) = match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => (Some(unquoted(name.trim())), address),
            None => (None, text.trim()),
        };
        let (local, host) = address.rsplit_once('@')?;
        let is_word = |text: &str| {
            !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || "<>()[]:;,\\\"@".contains(c))
        };
        let name = name.filter(|name| !name.is_empty());
        (is_word(local) && is_word(host)).then_some(Self { name, address })
    }
}

fn unquoted(name: &str) -> &str {
    name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name)
}

impl Subscribe {
    /// The form, where the provider takes one.
    #[must_use]
    pub fn form(&self) -> Option<PostForm> {
        let url = self.url.as_ref().map(|url| url.value.clone());
        let (action, field) = match self.provider.as_ref()?.value {
            Provider::Buttondown => {
                let name = &self.newsletter.as_ref()?.value;
                (format!("https://buttondown.com/api/emails/embed-subscribe/{name}"), "email")
            }
            Provider::Mailchimp => (url?, "EMAIL"),
            Provider::Form => (url?, self.field.as_ref().map_or("email", |field| &field.value)),
            // Its address takes JSON from its own script alone, so that a form would be refused.
            Provider::Ghost => return None,
        };
        Some(PostForm { action, field: field.to_owned() })
    }

    /// Where a link leads; none where there is a form.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        let url = &self.url.as_ref()?.value;
        match self.provider.as_ref().map(|provider| provider.value) {
            None => Some(url.clone()),
            Some(Provider::Ghost) => Some(format!("{}/#/portal/signup", url.trim_end_matches('/'))),
            Some(_) => None,
        }
    }
}

/// Checks what the types can't say: addresses that are some, and that nothing is missing that a sender or a provider needs.
pub fn validate(document: &Document<Settings>) -> Result<()> {
    let mut faults = Collector::default();
    if let Some(mail) = &document.value.mail {
        of_mail(document, mail, &mut faults);
    }
    if let Some(fault) = document.value.subscribe.as_ref().and_then(|subscribe| of_subscribe(document, subscribe)) {
        faults.push(fault);
    }
    faults.finish(())
}

fn of_mail(document: &Document<Settings>, mail: &Mail, faults: &mut Collector) {
    for text in [Some(&mail.from), mail.reply_to.as_ref(), mail.to.as_ref()].into_iter().flatten() {
        if Mailbox::read(&text.value).is_none() {
            let message = format!("`{}` is no mail address", text.value.escape_debug());
            let hint = "write `desk@example.org`, or `The desk <desk@example.org>`";
            faults.push(document.fault(Kind::Data, text, message).hint(hint));
        }
    }
    let (name, missing) = match mail.sender.value {
        Sender::Mailchimp => ("mailchimp", [false, false]),
        Sender::Buttondown => ("buttondown", [false, mail.postal_address.is_none()]),
        Sender::Ghost => ("ghost", [false, mail.postal_address.is_none()]),
        Sender::Plain => ("plain", [mail.unsubscribe.is_none(), mail.postal_address.is_none()]),
    };
    let [no_unsubscribe, no_address] = missing;
    if no_unsubscribe {
        let message = format!("the sender `{name}` fills nothing in, and the mail doesn't say where to unsubscribe");
        let hint = "add `unsubscribe: https://…` or `unsubscribe: mailto:…`";
        faults.push(document.fault(Kind::Data, &mail.sender, message).hint(hint));
    }
    if no_address {
        let message = format!("the sender `{name}` has no sign for a postal address, and many laws ask for one");
        faults.push(document.fault(Kind::Data, &mail.sender, message).hint("add `postal_address: …`"));
    }
    if let Some(url) = &mail.unsubscribe {
        if mail.sender.value != Sender::Plain {
            let message = format!("the sender `{name}` fills in an address of its own for each reader");
            faults.push(document.fault(Kind::Data, url, message).hint("leave `unsubscribe` out"));
        } else if !is_address(&url.value, &["https://", "http://", "mailto:"]) {
            faults.push(no_address_fault(document, url, "begin it with https:// or mailto:"));
        }
    }
    if let Some(text) = &mail.postal_address
        && (text.value.trim().is_empty() || text.value.chars().any(|c| c.is_control() && c != '\n'))
    {
        let message = "this is no postal address";
        faults.push(document.fault(Kind::Data, text, message).hint("write it on one line, or on several after `|`"));
    }
}

fn of_subscribe(document: &Document<Settings>, subscribe: &Subscribe) -> Option<Diagnostic> {
    let provider = subscribe.provider.as_ref().map(|provider| provider.value);
    let others = [
        ("newsletter", &subscribe.newsletter, provider == Some(Provider::Buttondown), "the provider `buttondown`"),
        ("field", &subscribe.field, provider == Some(Provider::Form), "the provider `form`"),
        ("url", &subscribe.url, provider != Some(Provider::Buttondown), "a link and the other providers"),
    ];
    for (key, given, wanted, of) in others {
        if let Some(given) = given.as_ref().filter(|_| !wanted) {
            let message = format!("`{key}` is for {of}");
            return Some(document.fault(Kind::Data, given, message).hint(format!("leave `{key}` out")));
        }
    }
    let missing = |message: &str, hint: &str| {
        let fault = match &subscribe.provider {
            Some(provider) => document.fault(Kind::Data, provider, message),
            None => document.fault(Kind::Data, &subscribe.label, message),
        };
        Some(fault.hint(hint))
    };
    let Some(url) = &subscribe.url else {
        return match (provider, &subscribe.newsletter) {
            (Some(Provider::Buttondown), Some(name)) => {
                let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                let is_name = !name.value.is_empty() && name.value.chars().all(is_plain);
                let message = format!("`{}` can't be the name of a newsletter", name.value.escape_debug());
                let hint = "it is the last part of its address, buttondown.com/NAME";
                (!is_name).then(|| document.fault(Kind::Data, name, message).hint(hint))
            }
            (Some(Provider::Buttondown), None) => {
                missing("Buttondown needs to know which newsletter it is", "add `newsletter: NAME`, as in its address")
            }
            (Some(Provider::Mailchimp), _) => missing(
                "Mailchimp needs the address that its form posts to",
                "add `url: https://….list-manage.com/subscribe/post?u=…&id=…`, the `action` of its embedded form",
            ),
            (Some(Provider::Ghost), _) => {
                missing("Ghost needs the address of its site", "add `url: https://…`, where Ghost runs")
            }
            (Some(Provider::Form), _) => missing("a form needs an address that it posts to", "add `url: https://…`"),
            (None, _) => missing("readers can subscribe nowhere", "add `url: …`, or a `provider`"),
        };
    };
    // Where a link leads is asked of every page that it stands on.
    if provider.is_some() && !is_address(&url.value, &["https://"]) {
        return Some(no_address_fault(document, url, "begin it with https://"));
    }
    let is_post = url.value.contains("/subscribe/post?") && url.value.contains("u=") && url.value.contains("id=");
    (provider == Some(Provider::Mailchimp) && !is_post).then(|| {
        let message = "Mailchimp's forms post to another kind of address";
        let hint = "copy `action` of its embedded form, https://….list-manage.com/subscribe/post?u=…&id=…";
        document.fault(Kind::Data, url, message).hint(hint)
    })
}

fn is_address(text: &str, kinds: &[&str]) -> bool {
    let rest = kinds.iter().find_map(|kind| text.strip_prefix(kind));
    let is_sign = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"".contains(c);
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_sign))
}

fn no_address_fault(document: &Document<Settings>, url: &Spanned<String>, hint: &str) -> Diagnostic {
    document.fault(Kind::Data, url, format!("`{}` is not an address", url.value.escape_debug())).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mailboxes_are_read_and_lines_are_not() {
        let read = |text: &'static str| Mailbox::read(text).map(|found| (found.name, found.address));
        assert_eq!(read("desk@a.example"), Some((None, "desk@a.example")));
        assert_eq!(read("<desk@a.example>"), Some((None, "desk@a.example")));
        assert_eq!(read("\"The, desk\" <desk@a.example>"), Some((Some("The, desk"), "desk@a.example")));
        for wrong in
            ["", "desk", "desk@", "@a.example", "a@b@c", "a b@c.example", "a@b.example\r\nBcc: c@d.example", "x <y>"]
        {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
