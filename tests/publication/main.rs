//! The program as its users meet it: tiny publications, git repositories made by a script, the command's own output.

mod closed;
mod faults;
mod lines;
mod mining;
mod privacy;
mod strange;
mod support;
mod transport;
