//! The mail of an edition: a message that a mail library reads, markup for mail programs, words, and its size.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use mail_parser::{HeaderName, HeaderValue, MessageParser, MimeHeaders};

use crate::support::{Publication, tree_of};

const ADA: &str = "Ada Lovelace <ada@example.org>";

const MAIL: &str = "mail: {sender: plain, from: 'The \"desk\" <desk@report.example>', unsubscribe: \
                    'https://report.example/leave?a=1&b=2', postal_address: 1 Example Street}\n";

const TEXT: &str = "{{ corpus().commits }} commits, more than [before](#all) and [elsewhere](https://other.example/x), in \
                    a sentence that is long enough to be broken where a line ends, and then once more.\n\n\
                    {{ chart(\"trend\", scope=\"corpus\", metric=\"commits\", title=\"Commits <rise> & rise\") }}\n\n\
                    ## All of it {#all}\n\nThe first paragraph.\n\n- one\n- two, `code`\n\n\
                    | a | b |\n|---|---|\n| x | {{ corpus().commits }} |\n\n> Said.\n\n1. first\n2. second[^n]\n\n\
                    [^n]: A note.\n\n## The rest\n\nNothing.\n";

fn publication(title: &str, matter: &str, text: &str) -> Publication {
    let mut publication = Publication::new();
    let repo = publication.repo("a");
    let first = repo.commit(&[], ADA, "2024-02-01", "1");
    let second = repo.commit(&[&first], ADA, "2024-05-01", "2");
    repo.branch("main", &second);
    publication.to = "2024-Q4";
    publication.write_settings();
    settings(&publication, MAIL);
    edition(&publication, title, matter, text);
    publication.mine(&["--quiet"]);
    publication
}

fn settings(publication: &Publication, more: &str) {
    publication.write_settings();
    let base = publication.read("signal.yaml");
    publication.write("signal.yaml", &format!("{base}{more}"));
}

fn edition(publication: &Publication, title: &str, matter: &str, text: &str) {
    let front = format!("title: \"{title}\"\nsummary: What it found.\npublished_on: 2024-07-15\n{matter}");
    publication.write("content/editions/2024-q2.md", &format!("---\n{front}---\n{text}"));
}

fn build(publication: &Publication) -> BTreeMap<String, Vec<u8>> {
    let run = publication.signal(&["build", "--offline", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    tree_of(&publication.root().join("public"))
}

fn file(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[&format!("2024-q2/{name}")].clone()).unwrap()
}

/// The values of an attribute, as they are written.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn a_message_has_both_forms_and_nothing_that_a_title_brings_in() {
    let title = "He said \\\"more\\\", ünïcode, and a title that is so long that its line has to be folded \\r\\nBcc: \
                 evil@bad.example";
    let publication = publication(title, "", TEXT);
    let files = build(&publication);
    let bytes = &files["2024-q2/mail.eml"];
    let message = MessageParser::default().parse(bytes).expect("a message");
    let subject = "He said \"more\", ünïcode, and a title that is so long that its line has to be folded Bcc: \
                   evil@bad.example";
    assert_eq!(message.subject(), Some(subject));
    assert!(message.bcc().is_none() && message.cc().is_none());
    let from = message.from().and_then(|from| from.first()).unwrap();
    assert_eq!((from.name(), from.address()), (Some("The \"desk\""), Some("desk@report.example")));
    let reply_to = message.reply_to().and_then(|to| to.first()).unwrap();
    assert_eq!(reply_to.address(), Some("desk@report.example"));
    assert_eq!(message.date().unwrap().to_rfc3339(), "2024-07-15T00:00:00Z");
    let id = message.message_id().unwrap();
    assert!(id.starts_with("2024-q2.") && id.ends_with("@example.org"), "{id}");
    let HeaderValue::Address(list) = message.header(HeaderName::ListUnsubscribe).unwrap() else { panic!("addresses") };
    assert_eq!(list.first().and_then(|one| one.address()), Some("https://report.example/leave?a=1&b=2"));
    let unix = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
    assert_eq!(unix(&message.body_text(0).unwrap()), file(&files, "mail.txt").trim_end());
    assert_eq!(unix(&message.body_html(0).unwrap()), file(&files, "mail.html").trim_end());
    assert_eq!((message.text_body_count(), message.html_body_count(), message.attachment_count()), (1, 1, 0));
    let head = message.content_type().unwrap();
    assert_eq!((head.ctype(), head.subtype()), ("multipart", Some("alternative")));
    assert!(bytes.split(|byte| *byte == b'\n').all(|line| line.len() <= 999 && line.is_ascii()));
    assert!(!bytes.windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r'), "lines end as mail asks for it");
    assert_eq!(&build(&publication)["2024-q2/mail.eml"], bytes, "the same edition, the same bytes");
}

#[test]
fn markup_brings_its_styles_and_absolute_addresses() {
    let files = build(&publication("A <b>title</b>", "byline: The desk\n", TEXT));
    let html = file(&files, "mail.html");
    for foreign in ["var(", "<script", "<svg", "<link", "popover", "<button", "@import", "<b>title"] {
        assert!(!html.contains(foreign), "{foreign} in {html}");
    }
    let addresses = [values(&html, "href"), values(&html, "src")].concat();
    assert!(addresses.len() > 8);
    for address in addresses {
        assert!(address.starts_with("https://"), "{address}");
    }
    assert!(html.contains("<a href=\"https://example.org/2024-q2/#all\""), "{html}");
    assert!(html.contains("href=\"https://report.example/leave?a=1&amp;b=2\""), "{html}");
    let images = values(&html, "src");
    assert_eq!(images, ["https://example.org/2024-q2/charts/commits-rise-rise.png"]);
    assert!(files.contains_key(images[0].strip_prefix("https://example.org/").unwrap()), "the picture is there");
    assert!(html.contains("alt=\"Commits <rise> &amp; rise\""), "{html}");
    assert_eq!(html.matches("<img").count(), values(&html, "alt").len());
    assert!(html.contains("width=\"560\"") && html.contains(" scope=\"row\""), "{html}");
    assert_eq!(html.matches("<style").count(), 1);
    let (_, style) = html.split_once("<style").unwrap();
    let (style, body) = style.split_once("</style>").unwrap();
    assert!(style.contains("prefers-color-scheme:dark") || style.contains("prefers-color-scheme: dark"), "{style}");
    assert!(!style.contains("h1{") && body.contains("<h1 style=\""), "{style}");
    let preheader = body.find("What it found.").unwrap();
    assert!(body[..preheader].contains("display:none") || body[..preheader].contains("display: none"), "{body}");
    assert!(body.contains(">1 Example Street<") && body.contains("No. 1"), "{body}");
}

#[test]
fn words_are_composed_and_keep_to_their_lines() {
    let files = build(&publication(
        "Red \\e[31malert\\e[0m \\u202egnp",
        "corrections: [{on: 2024-08-01, text: Right.}]\n",
        TEXT,
    ));
    let text = file(&files, "mail.txt");
    for line in text.lines() {
        assert!(line.chars().count() <= 72 || line.contains("://"), "{line}");
        assert!(line.trim_end() == line && !line.contains(char::is_control), "{line:?}");
    }
    assert!(text.contains("\nRed [31malert[0m gnp\n"), "{text}");
    assert!(text.contains("1 commits, more than before [1] and elsewhere [2], in"), "{text}");
    assert!(text.contains("\n\n[1] https://example.org/2024-q2/#all\n[2] https://other.example/x\n"), "{text}");
    assert!(text.contains("Chart: Commits <rise> & rise\n"), "{text}");
    assert!(text.contains("\n  2024-Q1"), "{text}");
    assert!(
        text.contains(
            "\nAll of it\n---------\n\nThe first paragraph.\n\n- one\n- two, `code`\n\na  b\nx  1\n\n> Said.\n"
        ),
        "{text}"
    );
    assert!(text.contains("\n1. first\n2. second [note n]\n\nNote n: A note.\n"), "{text}");
    assert!(text.contains("Corrected on 1 August 2024: Right."), "{text}");
    assert!(text.ends_with("1 Example Street\n\nUnsubscribe: https://report.example/leave?a=1&b=2\n"), "{text}");
}

#[test]
fn each_sender_fills_in_its_own_signs() {
    let text =
        format!("{TEXT}\nOthers write `{{{{ subscriber.email }}}}`, `{{% debug %}}`, *|EMAIL|* or %%{{uuid}}%%.\n");
    let publication = publication("A *|FNAME|* title", "", &text);
    for (sender, sign, postal) in [
        ("buttondown", "{{ unsubscribe_url }}", "1 Example Street"),
        ("ghost", "%%{unsubscribe_url}%%", "1 Example Street"),
        ("mailchimp", "*|UNSUB|*", "*|LIST:ADDRESSLINE|*"),
    ] {
        let postal_setting = if sender == "mailchimp" { "" } else { ", postal_address: 1 Example Street" };
        settings(&publication, &format!("mail: {{sender: {sender}, from: desk@report.example{postal_setting}}}\n"));
        let files = build(&publication);
        let (html, text, message) = (file(&files, "mail.html"), file(&files, "mail.txt"), file(&files, "mail.eml"));
        assert!(values(&html, "href").contains(&sign) && html.contains(postal), "{html}");
        assert!(text.ends_with(&format!("{postal}\n\nUnsubscribe: {sign}\n")), "{text}");
        for foreign in ["{{ subscriber", "{% debug", "*|EMAIL", "*|FNAME", "%%{uuid"] {
            assert!(!html.contains(foreign) && !text.contains(foreign), "{foreign} is filled in by the sender");
        }
        assert!(message.contains(&format!("\r\nList-Unsubscribe: <{sign}>\r\n")), "{message}");
    }
    settings(&publication, "");
    assert!(!build(&publication).keys().any(|name| name.contains("mail.")), "no settings, no mail");
}

#[test]
fn a_mail_that_would_be_cut_off_stops_the_build() {
    let paragraph = "Words that say the same over and over, so that there are many of them. ".repeat(10);
    let long = |count: usize| {
        let mut text = "Lede.\n\n## The long one {#long}\n\n".to_owned();
        for _ in 0..count {
            write!(text, "{paragraph}\n\n").unwrap();
        }
        text + "## The short one {#short}\n\nNothing.\n"
    };
    let publication = publication("A title", "", &long(150));
    let run = publication.signal(&["build", "--offline"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    for said in [
        "the mail of 2024-Q2 has 1",
        "longer than 100.0 kB: long 1",
        ", short ",
        "2024-q2.md:8:1",
        "mail: {form: short}",
    ] {
        assert!(run.stderr.contains(said), "{said} in {}", run.stderr);
    }
    assert!(!publication.root().join("public").exists());
    edition(&publication, "A title", "draft: true\n", &long(150));
    let run = publication.signal(&["build", "--offline", "--draft"]);
    assert!(run.code == 0 && run.stderr.contains("of the 100.0 kB that it may have"), "{}", run.stderr);
    edition(&publication, "A title", "mail: {form: short}\n", &long(150));
    let run = publication.signal(&["build", "--offline"]);
    assert!(run.code == 0 && !run.stderr.contains("the mail of"), "{}", run.stderr);
    let files = tree_of(&publication.root().join("public"));
    let (html, text) = (file(&files, "mail.html"), file(&files, "mail.txt"));
    assert_eq!(html.matches("over and over").count(), 10);
    assert!(html.contains("href=\"https://example.org/2024-q2/#long\""), "{html}");
    // The two, and what the data says of the rest.
    assert_eq!(text.matches("Read on: https://example.org/2024-q2/#").count(), 3, "{text}");
    edition(&publication, "A title", "mail: {form: tiny}\n", "Lede.\n");
    let run = publication.signal(&["build", "--offline"]);
    assert!(run.code == 1 && run.stderr.contains("tiny"), "{}", run.stderr);
    edition(&publication, "A title", "", &long(105));
    let run = publication.signal(&["build", "--offline"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("of the 100.0 kB that it may have: long "), "{}", run.stderr);
    let run = publication.signal(&["mail", "2024-Q2"]);
    assert!(run.code == 0 && run.stdout.contains("\nlong") && run.stdout.contains("the full form"), "{}", run.stdout);
    let run = publication.signal(&["mail", "2024-Q3"]);
    assert!(run.code == 1 && run.stderr.contains("there is no edition of 2024-Q3"), "{}", run.stderr);
}

#[test]
fn settings_that_lack_something_are_told() {
    let mut publication = Publication::new();
    publication.track("a", "path: repos/a.git");
    let of_mail = |rest: &str| format!("mail: {{{rest}}}\n");
    let of_form = |rest: &str| format!("subscribe: {{label: Subscribe, {rest}}}\n");
    let cases = [
        (of_mail("sender: plain, from: desk@a.example, postal_address: x"), "doesn't say where to unsubscribe"),
        (
            of_mail("sender: plain, from: desk@a.example, unsubscribe: 'mailto:a@b.example'"),
            "no sign for a postal address",
        ),
        (of_mail("sender: buttondown, from: desk@a.example"), "no sign for a postal address"),
        (of_mail("sender: mailchimp, from: nobody"), "`nobody` is no mail address"),
        (of_mail("sender: mailchimp, from: \"a@b.example\\r\\nBcc: c@d.example\""), "is no mail address"),
        (of_mail("sender: mailchimp, from: a@b.example, to: 'x y@z.example'"), "is no mail address"),
        (of_mail("sender: mailchimp, from: a@b.example, unsubscribe: 'https://a.example'"), "for each reader"),
        (
            of_mail("sender: plain, from: a@b.example, unsubscribe: 'javascript:x', postal_address: x"),
            "`javascript:x` is not an address",
        ),
        (of_mail("sender: pigeon, from: a@b.example"), "pigeon"),
        (of_mail("from: a@b.example"), "sender"),
        (of_form("text: x"), "readers can subscribe nowhere"),
        (of_form("provider: buttondown"), "which newsletter it is"),
        (of_form("provider: buttondown, newsletter: a/b"), "can't be the name of a newsletter"),
        (of_form("provider: buttondown, newsletter: a, url: 'https://a.example'"), "`url` is for"),
        (of_form("provider: mailchimp"), "the address that its form posts to"),
        (of_form("provider: mailchimp, url: 'https://a.example/'"), "post to another kind of address"),
        (of_form("provider: ghost"), "the address of its site"),
        (of_form("provider: form"), "an address that it posts to"),
        (of_form("provider: form, url: 'http://a.example/'"), "is not an address"),
        (of_form("provider: ghost, url: 'https://a.example', field: x"), "`field` is for"),
    ];
    for (more, said) in cases {
        settings(&publication, &more);
        let run = publication.signal(&["build", "--offline"]);
        assert!(
            run.code == 1 && run.stderr.contains(said) && run.stderr.contains("signal.yaml:"),
            "{more}{}",
            run.stderr
        );
    }
}

#[test]
fn readers_subscribe_by_a_form_that_needs_no_script() {
    let publication = publication("A title", "", TEXT);
    let home = |more: &str| {
        settings(&publication, &format!("subscribe: {{label: Subscribe, {more}}}\n"));
        String::from_utf8(build(&publication)["index.html"].clone()).unwrap()
    };
    let html = home("provider: buttondown, newsletter: signal");
    assert!(html.contains(
        "<form class=\"subscribe\" method=\"post\" action=\"https://buttondown.com/api/emails/embed-subscribe/signal\">"
    ));
    assert!(html.contains(
        "<label>E-mail address <input type=\"email\" name=\"email\" autocomplete=\"email\" required></label>"
    ));
    assert!(html.contains("<a href=\"#subscribe\">Subscribe</a>") && html.contains(" id=\"subscribe\""), "{html}");
    let chimp = "https://a.us1.list-manage.com/subscribe/post?u=1&id=2";
    let html = home(&format!("provider: mailchimp, url: '{chimp}'"));
    assert!(html.contains(&chimp.replace('&', "&amp;")) && html.contains("name=\"EMAIL\""), "{html}");
    let html = home("provider: form, url: 'https://list.example/join', field: address");
    assert!(html.contains("action=\"https://list.example/join\"") && html.contains("name=\"address\""), "{html}");
    let html = home("provider: ghost, url: 'https://news.example/'");
    assert!(
        html.contains("<a class=\"action\" href=\"https://news.example/#/portal/signup\">") && !html.contains("<form")
    );
    let html = home("url: 'https://list.example/join'");
    assert!(html.contains("<a class=\"action\" href=\"https://list.example/join\">") && !html.contains("<form"));
}
