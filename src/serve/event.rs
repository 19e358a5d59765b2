//! Tells a page, for as long as it is open, that the site was made anew.

use std::io::{self, Write};
use std::time::Duration;

use super::response::HEADERS;
use super::stage::Stage;

/// After so long without news something is written, to notice that the reader is gone.
const PATIENCE: Duration = Duration::from_secs(10);

/// How soon a page asks again after the connection broke, in milliseconds.
const RETRY: u32 = 300;

/// Writes a server-sent event with the number of each showing but the one that the page `knows`, and ends when it can't.
pub fn tell(stream: &mut impl Write, stage: &Stage, mut knows: u64) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n{HEADERS}\r\nretry: {RETRY}\n\n")?;
    loop {
        stream.flush()?;
        match stage.after(knows, PATIENCE) {
            Some(number) => {
                write!(stream, "data: {number}\n\n")?;
                knows = number;
            }
            None => stream.write_all(b": nothing new\n\n")?,
        }
    }
}
