//! What every copy of a mail has of its own, as signs that the sender fills in.

use crate::data::mailing::{Mail, Sender};

/// The signs of a mail: where to unsubscribe, and where the publisher receives letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signs {
    /// An address, or what the sender puts one for.
    pub unsubscribe: String,
    /// A postal address, or what the sender puts one for.
    pub postal_address: String,
}

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
}
