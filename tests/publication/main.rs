//! The program as its users meet it: tiny publications, git repositories made by a script, the command's own output.

mod cache;
mod check;
mod closed;
mod contract;
mod explain;
mod faults;
mod figures;
mod forks;
mod lines;
mod lives;
mod memory;
mod mining;
mod over_time;
mod people;
mod predictions;
mod privacy;
mod rules;
mod seal;
mod sentences;
mod shallow;
mod site;
mod strange;
mod support;
mod themes;
mod transport;
mod traps;
