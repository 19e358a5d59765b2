//! Commit objects, and the people named in them, of any bytes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signal::mine::actors::Actors;
use signal::mine::address::Address;
use signal::mine::commit::Commit;
use signal::mine::ident::decode;
use signal::mine::mailmap::Mailmap;

thread_local! {
    static ACTORS: Actors = Actors::shipped();
}

fuzz_target!(|bytes: &[u8]| {
    let commit = Commit::parse(bytes);
    assert!(commit.parents.len() * 47 <= bytes.len() + 1);
    let (name, address) = (commit.author.name, commit.author.address);
    assert!(!name.contains(&b'<') && !address.contains(&b'>'));
    let text = decode(address);
    let _ = Address::new(&text).account();
    ACTORS.with(|actors| {
        let _ = actors.actor(&decode(name), &text);
        let _ = actors.credits(commit.message);
    });
    // What follows the headers may be a mailmap as well.
    if let Some(mapped) = Mailmap::parse(commit.message).map(name, address) {
        assert_ne!((mapped.0.as_slice(), mapped.1.as_slice()), (name, address));
    }
});
