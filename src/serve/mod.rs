//! A live preview of a site: it is served from memory to this machine alone, and made anew when its files change.
//!
//! [`door`] listens on the loopback and answers from a [`stage`], which holds what is shown now: the files of a site, or
//! the [page](poster) that says what is wrong. [`watch`] tells that something was written. What is made of it, and how,
//! is the caller's: here nobody knows what a publication is.

pub mod door;
pub mod event;
pub mod excerpt;
pub mod media;
pub mod mount;
pub mod news;
pub mod poster;
pub mod request;
pub mod response;
pub mod script;
pub mod stage;
pub mod watch;

pub use door::Door;
pub use mount::Mount;
pub use news::News;
pub use stage::{Stage, Staged};
pub use watch::Watch;
