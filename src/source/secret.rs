//! A secret drawn from the operating system.

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// 32 random bytes in hexadecimal, and a line end.
pub fn generate() -> io::Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| io::Error::other(error.to_string()))?;
    let mut text = bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    text.push('\n');
    Ok(text)
}

/// Lets only the owner read a file, where the system knows owners.
pub fn protect(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
    }
    let _ = path;
    Ok(())
}
