//! What an e-mail address says: local part, domain, and the account behind a forge's no-reply address.

/// An address, folded to lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The whole.
    pub text: String,
    /// Before the last `@`; all of it when there is none.
    pub local: String,
    /// After the last `@`; empty when there is none.
    pub domain: String,
}

/// The account that a no-reply address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoReply {
    /// The forge's own host, `github.com`.
    pub forge: String,
    /// The login.
    pub login: String,
    /// The account's number.
    pub number: Option<String>,
}

impl Address {
    /// Splits an address.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').unwrap_or((&text, ""));
        Self { local: local.to_owned(), domain: domain.trim_end_matches('.').to_owned(), text: text.clone() }
    }

    /// The account: `7+ada@users.noreply.github.com`, `7-ada@users.noreply.gitlab.com`, `ada@users.noreply.github.com`.
    #[must_use]
    pub fn account(&self) -> Option<NoReply> {
        let forge = forge_of(&self.domain)?;
        let numbered = self.local.split_once('+').or_else(|| self.local.split_once('-'));
        let (number, login) = match numbered {
            Some((number, login)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
                (Some(number.to_owned()), login)
            }
            _ => (None, self.local.as_str()),
        };
        (!login.is_empty()).then(|| NoReply { forge: forge.to_owned(), login: login.to_owned(), number })
    }

    /// Whether the domain is one of a forge's no-reply hosts.
    #[must_use]
    pub fn is_no_reply(&self) -> bool {
        forge_of(&self.domain).is_some()
    }

    /// Whether the domain has the form of a host name, so that it may stand in a file in clear.
    #[must_use]
    pub fn has_plain_domain(&self) -> bool {
        self.domain.contains('.')
            && self.domain.len() <= 253
            && self.domain.split('.').all(|label| {
                !label.is_empty() && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            })
    }
}

/// `users.noreply.github.com` and `noreply.codeberg.org` belong to `github.com` and `codeberg.org`.
fn forge_of(domain: &str) -> Option<&str> {
    let forge = domain.strip_prefix("users.noreply.").or_else(|| domain.strip_prefix("noreply."))?;
    // `noreply.github.com` itself is where the forge's own robots write from.
    (forge.contains('.') && domain != "noreply.github.com").then_some(forge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(text: &str) -> Option<(String, String, Option<String>)> {
        Address::new(text).account().map(|it| (it.forge, it.login, it.number))
    }

    #[test]
    fn both_forms_of_no_reply_name_an_account() {
        let some = |forge: &str, login: &str, number: Option<&str>| {
            Some((forge.to_owned(), login.to_owned(), number.map(str::to_owned)))
        };
        assert_eq!(account("7+Ada@users.noreply.github.com"), some("github.com", "ada", Some("7")));
        assert_eq!(account("ada@users.noreply.github.com"), some("github.com", "ada", None));
        assert_eq!(account("7-ada@users.noreply.gitlab.com"), some("gitlab.com", "ada", Some("7")));
        assert_eq!(account("ada-l@users.noreply.github.com"), some("github.com", "ada-l", None));
        assert_eq!(account("ada@noreply.codeberg.org"), some("codeberg.org", "ada", None));
        assert_eq!(account("noreply@github.com"), None);
        assert_eq!(account("ada@example.org"), None);
        assert_eq!(account("7+@users.noreply.github.com"), None);
    }

    #[test]
    fn strange_addresses_have_no_plain_domain() {
        assert!(Address::new("ada@us.ibm.com").has_plain_domain());
        for strange in ["", "ada", "ada@", "ada@host", "a@b@", "a@b..c", "a@\"x\".org", "a@x.org>", "a@xn\u{e9}.org"] {
            assert!(!Address::new(strange).has_plain_domain(), "{strange}");
        }
    }
}
