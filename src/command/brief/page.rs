//! A brief as one page that needs nothing else.

use std::fmt::Write as _;

use super::person::Person;
use super::{Brief, Profile};
use crate::command::output::counted;
use crate::pages::wording::escaped;

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1d1d1f;--soft:#5f6368;--line:#d9d9de;--paper:#fff;--mark:#a12622}\
@media(prefers-color-scheme:dark){:root{--ink:#ececf0;--soft:#a5a7ad;--line:#3a3a40;--paper:#161618;--mark:#ff8a80}}\
body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:72rem;padding:2rem 1.25rem}\
h1{font-size:1.9rem;line-height:1.15;margin:.2rem 0 .6rem}h2{font-size:1.3rem;margin:2.6rem 0 .2rem}\
p{max-width:44rem;margin:.3rem 0}.soft{color:var(--soft)}.until{color:var(--mark);font-weight:600}\
.wide{overflow-x:auto;margin-top:.8rem}table{border-collapse:collapse;width:100%;font-size:.9rem}\
th,td{text-align:left;vertical-align:top;padding:.5rem .9rem .5rem 0;border-bottom:1px solid var(--line)}\
th{color:var(--soft);font-weight:600;white-space:nowrap}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
td.who{min-width:12rem}td.who span{display:block;color:var(--soft);overflow-wrap:anywhere}\
@media print{body{max-width:none;padding:0}h2{break-after:avoid}tr{break-inside:avoid}}";

/// The page.
pub fn html(brief: &Brief) -> String {
    let Brief { title, period, made, expires, profiles } = brief;
    let title = escaped(title);
    let mut text = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex,nofollow\">\n\
         <title>Private brief, {period}: {title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <p class=\"soft\">{title} · private</p>\n<h1>Who does which work, {period}</h1>\n\
         <p class=\"until\">Not to be used from {expires} on. Delete it then.</p>\n\
         <p class=\"soft\">Made on {made} from the mirrors on one machine. It has people’s names and addresses: keep it \
         where it is, and publish nothing of it. Whoever opted out isn’t in it.</p>\n"
    );
    for profile in profiles {
        section(&mut text, profile);
    }
    text + "</body>\n</html>\n"
}

fn section(text: &mut String, profile: &Profile) {
    let Profile { title, description, people } = profile;
    let count = counted(people.len(), "person", "people");
    let _ =
        writeln!(text, "<h2>{}</h2>\n<p>{}</p>\n<p class=\"soft\">{count}</p>", escaped(title), escaped(description));
    if people.is_empty() {
        return;
    }
    text.push_str(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"People\"><table>\n<thead><tr><th>Who</th>\
         <th>Since</th><th class=\"n\">Quarters</th><th class=\"n\">Commits</th><th class=\"n\">Weeks</th><th>Depth</th>\
         <th>Where</th><th>About</th><th>Moved</th><th class=\"n\">Shares files with</th></tr></thead>\n<tbody>\n",
    );
    for person in people {
        row(text, person);
    }
    text.push_str("</tbody>\n</table></div>\n");
}

fn row(text: &mut String, person: &Person) {
    let name = person.name.as_deref().unwrap_or("Not known here");
    let line = |value: &Option<String>| {
        value.as_ref().map(|value| format!("<span>{}</span>", escaped(value))).unwrap_or_default()
    };
    let _ = writeln!(
        text,
        "<tr><td class=\"who\">{}{}{}</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
         <td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"n\">{}</td></tr>",
        escaped(name),
        line(&person.address),
        line(&person.organisation),
        person.since,
        person.quarters,
        person.commits,
        person.weeks,
        person.depth,
        escaped(&person.places),
        escaped(&person.areas),
        escaped(&person.movement),
        person.companions,
    );
}
