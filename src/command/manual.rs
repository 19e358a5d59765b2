//! `signal completions` and `signal man`: what shells and readers of manuals know of the commands.

use clap::CommandFactory as _;
use clap_complete::Shell;
use clap_mangen::Man;

use super::arguments::Arguments;
use super::outcome::Outcome;
use super::output::print;
use crate::plain::{Diagnostic, Kind, Result};

/// Prints what a shell completes.
pub fn completions(shell: Shell) -> Result<Outcome> {
    let mut command = Arguments::command();
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut command, "signal", &mut bytes);
    show(&bytes)
}

/// Prints the manual page, with a section on each command.
pub fn page() -> Result<Outcome> {
    let mut bytes = Vec::new();
    let mut command = Arguments::command();
    command.build();
    let written = render(&command, &mut bytes);
    written.map_err(|error| Diagnostic::new(Kind::Io, format!("cannot make the manual page: {error}")))?;
    show(&bytes)
}

fn render(command: &clap::Command, out: &mut Vec<u8>) -> std::io::Result<()> {
    let whole = Man::new(command.clone()).title("SIGNAL");
    whole.render_title(out)?;
    whole.render_name_section(out)?;
    whole.render_synopsis_section(out)?;
    whole.render_description_section(out)?;
    whole.render_options_section(out)?;
    out.extend(b".SH COMMANDS\n");
    commands(command, "signal", out)?;
    whole.render_version_section(out)
}

/// A subsection on each command, and on those below it.
fn commands(command: &clap::Command, above: &str, out: &mut Vec<u8>) -> std::io::Result<()> {
    for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
        let name = format!("{above} {}", one.get_name());
        let own = Man::new(one.clone());
        let mut section = Vec::new();
        own.render_synopsis_section(&mut section)?;
        own.render_description_section(&mut section)?;
        own.render_options_section(&mut section)?;
        out.extend(format!(".SS {}\n", name.replace('-', "\\-")).bytes());
        // In a section of its own, each of these is a paragraph.
        let text = String::from_utf8_lossy(&section).into_owned();
        let lines = text.lines().map(|line| {
            line.strip_prefix(".SH ")
                .map_or(line.to_owned(), |head| format!(".PP\n\\fI{}\\fR\n.br", head.to_lowercase()))
        });
        out.extend((lines.collect::<Vec<_>>().join("\n") + "\n").bytes());
        commands(one, &name, out)?;
    }
    Ok(())
}

fn show(bytes: &[u8]) -> Result<Outcome> {
    print(&String::from_utf8_lossy(bytes)).map(|()| Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &clap::Command, above: &str, text: &str) {
        for one in command.get_subcommands().filter(|one| one.get_name() != "help") {
            let name = format!("{above} {}", one.get_name());
            assert!(text.contains(&format!(".SS {name}\n")), "{name}");
            for option in one.get_arguments().filter(|option| !option.is_global_set()) {
                let Some(long) = option.get_long().filter(|long| *long != "help") else { continue };
                assert!(text.contains(&format!("--{long}")), "{name} --{long}");
            }
            check(one, &name, text);
        }
    }

    #[test]
    fn the_manual_has_every_command_and_every_option() {
        let mut command = Arguments::command();
        command.build();
        let mut bytes = Vec::new();
        render(&command, &mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap().replace("\\-", "-");
        check(&command, "signal", &text);
    }

    #[test]
    fn shells_learn_the_commands() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            let mut bytes = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "signal", &mut bytes);
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains("detectors") && text.contains("base-url"), "{shell}");
        }
    }
}
