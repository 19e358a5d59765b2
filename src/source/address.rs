//! Addresses that git must not be given.

/// Why an address is refused; none when it may be used.
#[must_use]
pub fn refusal(url: &str, is_untrusted: bool) -> Option<String> {
    if url.starts_with('-') || names_helper(url) {
        return Some(format!("git must not be given the address `{url}`"));
    }
    (is_untrusted && is_local(url)).then(|| {
        format!("`{url}` is on this machine, and a build for a pull request reads what anybody can reach, nothing else")
    })
}

/// `ext::sh -c …`: a word and two colons name a program that git would start. An IPv6 address has its colons later.
fn names_helper(url: &str) -> bool {
    url.split_once("::").is_some_and(|(word, _)| word.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c)))
}

/// Whether it is a path, told from `host:path` as git does: by a colon before the first slash.
fn is_local(url: &str) -> bool {
    match url.split_once("://") {
        Some((scheme, _)) => scheme.eq_ignore_ascii_case("file"),
        None => url.split('/').next().is_none_or(|first| !first.contains(':')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_starts_a_program_is_refused_always() {
        for url in ["ext::sh -c id", "fd::7", "-u./x", "--upload-pack=x", "::x", "git+ssh::x", "transport::ext::x"] {
            assert!(refusal(url, false).is_some(), "{url}");
        }
    }

    #[test]
    fn what_lies_on_this_machine_is_refused_in_a_pull_request() {
        for url in ["file:///srv/a.git", "FILE:///srv/a.git", "/srv/a.git", "../a.git", "a.git", "./a:b", ""] {
            assert!(refusal(url, false).is_none() && refusal(url, true).is_some(), "{url}");
        }
    }

    #[test]
    fn what_is_remote_may_be_used() {
        for url in [
            "https://example.org/a.git",
            "http://[::1]:8080/a.git",
            "git://example.org/a.git",
            "ssh://git@example.org/a.git",
            "git@example.org:a/b.git",
            "[::1]:a.git",
        ] {
            assert_eq!(refusal(url, true), None, "{url}");
        }
    }
}
