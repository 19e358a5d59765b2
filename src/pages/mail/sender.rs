//! What every copy of a mail has of its own, as signs that the sender fills in.

use crate::data::mailing::{Mail, Sender};
use crate::pages::wording::escaped;

/// The signs of a mail: where to unsubscribe, and where the publisher receives letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signs {
    /// An address, or what the sender puts one for.
    pub unsubscribe: String,
    /// A postal address, or what the sender puts one for.
    pub postal_address: String,
}

/// Stands for the address where readers unsubscribe until all else is written; no text can have it.
pub const UNSUBSCRIBE: &str = "unsubscribe:\u{e000}";

/// Stands for the postal address.
pub const POSTAL_ADDRESS: &str = "\u{e001}";

/// How signs of senders begin, with what says the same in markup and in words and is none.
const OPENINGS: [(&str, &str, &str); 4] =
    [("{{", "&#123;{", "{ {"), ("{%", "&#123;%", "{ %"), ("*|", "&#42;|", "* |"), ("%%{", "&#37;%{", "% %{")];

/// What each sender calls the two; nothing where it has no word for it and the settings have to say it.
const WORDS: [(Sender, Option<&str>, Option<&str>); 4] = [
    (Sender::Buttondown, Some("{{ unsubscribe_url }}"), None),
    (Sender::Ghost, Some("%%{unsubscribe_url}%%"), None),
    (Sender::Mailchimp, Some("*|UNSUB|*"), Some("*|LIST:ADDRESSLINE|*")),
    (Sender::Plain, None, None),
];

impl Signs {
    /// As the settings say.
    #[must_use]
    pub fn of(mail: &Mail) -> Self {
        let (_, unsubscribe, postal_address) =
            WORDS.into_iter().find(|(sender, _, _)| *sender == mail.sender.value).expect("every sender has a row");
        let own = |word: Option<&str>| word.map(str::to_owned).unwrap_or_default();
        let postal = mail.postal_address.as_ref().map(|text| text.value.trim().to_owned());
        Self {
            unsubscribe: mail.unsubscribe.as_ref().map_or_else(|| own(unsubscribe), |url| url.value.clone()),
            postal_address: postal.unwrap_or_else(|| own(postal_address)),
        }
    }

    /// Finished markup with the signs in it; what looks like one of them anywhere else doesn't any more.
    #[must_use]
    pub fn in_markup(&self, html: &str) -> String {
        let html = OPENINGS.iter().fold(html.to_owned(), |html, (opening, inert, _)| html.replace(opening, inert));
        let lines: Vec<String> = self.postal_address.lines().map(|line| escaped(line.trim())).collect();
        html.replace(UNSUBSCRIBE, &escaped(&self.unsubscribe)).replace(POSTAL_ADDRESS, &lines.join("<br>"))
    }

    /// The same of words.
    #[must_use]
    pub fn in_words(&self, text: &str) -> String {
        let text = OPENINGS.iter().fold(text.to_owned(), |text, (opening, _, inert)| text.replace(opening, inert));
        let lines: Vec<&str> = self.postal_address.lines().map(str::trim).collect();
        text.replace(UNSUBSCRIBE, &self.unsubscribe).replace(POSTAL_ADDRESS, &lines.join("\n"))
    }
}
