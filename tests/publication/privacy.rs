//! No name and no address of a contributor reaches a file.

use crate::support::Publication;

#[test]
fn mined_files_hold_keys_only() {
    let mut publication = Publication::new();
    let repo = publication.repo("people");
    let tree = repo.tree(&[(".mailmap", "Augusta King <king@lovelace.name> <ada@lovelace.name>\n")]);
    let message =
        "Work by Grace\n\nCo-authored-by: Grace Hopper <grace@navy.example>\nSigned-off-by: Ada <ada@lovelace.name>";
    let one = repo.commit(&[], "Ada Lovelace <ada@lovelace.name>", "2024-01-10", message);
    let two = repo.commit(&[&one], "<script>alert(1)</script> <7+octo@users.noreply.github.com>", "2024-01-11", "x");
    let tip = repo.commit_tree(&tree, &[&two], "\u{1b}[31mRed <red@gmail.com>", "2024-01-12", "y");
    repo.branch("main", &tip);
    publication.mine(&[]);
    for (file, text) in publication.mined() {
        let text = text.to_lowercase();
        for secret in ["ada", "lovelace", "king", "augusta", "grace", "hopper", "octo", "script", "\u{1b}", "@"] {
            // A keyed hash may spell `ada`; a word of its own it never is.
            let found =
                text.split(|c: char| !c.is_alphanumeric() && c != '@' && c != '\u{1b}').any(|word| word == secret);
            assert!(!found, "{secret:?} in {}", file.display());
        }
        assert!(!text.contains('@') && !text.contains('\u{1b}') && !text.contains("lovelace"), "{}", file.display());
    }
}

#[test]
fn another_key_gives_other_hashes_and_the_same_counts() {
    let mut publication = Publication::new();
    let repo = publication.repo("people");
    let tip = repo.commit(&[], "Ada Lovelace <ada@example.org>", "2024-01-10", "x");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let first = publication.history("people");
    let settings = publication.read("signal.yaml").replace("only for tests", "quite another one");
    publication.write("signal.yaml", &settings);
    publication.mine(&[]);
    let second = publication.history("people");
    let address = |history: &signal::data::history::History| history.authors[0].written.as_ref().unwrap().address;
    assert_ne!(address(&first), address(&second));
    assert_eq!(first.authors[0].active, second.authors[0].active);
    assert_ne!(first.state.unwrap().key, second.state.unwrap().key);
}

#[test]
fn who_opted_out_is_folded_into_a_row_without_a_key() {
    let mut publication = Publication::new();
    let repo = publication.repo("people");
    let one = repo.commit(&[], "Ada Lovelace <ada@example.org>", "2024-01-10", "x");
    let tip = repo.commit(&[&one], "Bob Talbot <bob@example.org>", "2024-01-11", "x");
    repo.branch("main", &tip);
    publication.mine(&[]);
    let key = publication.history("people").authors[0].written.as_ref().unwrap().address;
    publication.write("data/people.yaml", &format!("withdrawn: ['{key}']\n"));
    publication.mine(&[]);
    let authors = publication.history("people").authors;
    assert_eq!(authors.len(), 2);
    assert_eq!(authors.iter().filter(|line| line.written.is_none()).count(), 1);
    for (file, text) in publication.mined() {
        assert!(!text.contains(&key.to_string()), "{}", file.display());
    }
    assert_eq!(publication.cell("people", "2024-Q1").own, 2);
}
