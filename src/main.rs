//! The `signal` command.

fn main() {}
