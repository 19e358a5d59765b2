//! A mailmap of any bytes, asked about the pairs that stand in it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use signal::mine::ident::Ident;
use signal::mine::mailmap::Mailmap;

fuzz_target!(|bytes: &[u8]| {
    let mailmap = Mailmap::parse(bytes);
    let holds = |part: &[u8]| part.is_empty() || bytes.windows(part.len()).any(|window| window == part);
    let upper = bytes.to_ascii_uppercase();
    for text in [bytes, &upper[..]] {
        for line in text.split(|&byte| byte == b'\n') {
            // The last pair of a line is the one that it maps.
            let begin = line.iter().position(|&byte| byte == b'>').map_or(0, |at| at + 1);
            for field in [line, &line[begin..]] {
                let Ident { name, address, .. } = Ident::parse(field);
                let Some((new_name, new_address)) = mailmap.map(name, address) else { continue };
                assert_ne!((&new_name[..], &new_address[..]), (name, address));
                assert!(new_name == name || holds(&new_name), "a name from nowhere");
                assert!(new_address == address || holds(&new_address), "an address from nowhere");
            }
        }
    }
});
