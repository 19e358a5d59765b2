//! The mail as a message: both forms, and a head that says from whom and about what.

use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;

use super::Source;
use crate::data::mailing::Mailbox;

/// The bytes of the message: the same edition gives the same ones.
pub fn compose(source: &Source<'_>, html: &str, text: &str) -> Vec<u8> {
    let Source { desk, laid, settings, signs, .. } = source;
    let edition = laid.edition;
    let digest = blake3::Hasher::new().update(text.as_bytes()).update(html.as_bytes()).finalize().to_hex();
    let from = mailbox(&settings.from.value);
    let reply_to = settings.reply_to.as_ref().map_or_else(|| from.clone(), |text| mailbox(&text.value));
    // Who sends it puts each reader's address there.
    let to = settings
        .to
        .as_ref()
        .map_or_else(|| Address::new_group(Some("undisclosed-recipients"), Vec::new()), |text| mailbox(&text.value));
    let day = edition.matter.published_on.unwrap_or(desk.publication.settings.value.as_of.day());
    let id = format!("{}.{}@{}", edition.period.slug(), &digest[..16], host(desk.press.base_url()));
    let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
    let both = ContentType::new("multipart/alternative").attribute("boundary", format!("=_{}", &digest[16..48]));
    let message = MessageBuilder::new()
        .from(from)
        .to(to)
        .reply_to(reply_to)
        .subject(one_line(&edition.matter.title))
        .date(Date::new(day.seconds()))
        .message_id(id)
        .header("List-Unsubscribe", HeaderType::from(Raw::new(format!("<{}>", one_line(&signs.unsubscribe)))))
        .body(MimePart::new(both, parts));
    let mut bytes = Vec::new();
    message.serialize(&mut bytes);
    bytes
}

fn mailbox(text: &str) -> Address<'_> {
    let Mailbox { name, address } = Mailbox::read(text).expect("the settings were checked");
    Address::new_address(name, address)
}

/// Without anything that could begin a line of its own.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The host of an address.
fn host(base_url: &str) -> &str {
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.rsplit('@')
        .next()
        .and_then(|host| host.split(':').next())
        .filter(|host| !host.is_empty())
        .unwrap_or("localhost")
}
