//! `mcp-audit completions SHELL`: generated from the definitions that `--help` prints, so neither can be behind.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, output};

/// Print a script that completes subcommands, options and their values.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell that is to read it.
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "Examples:
  mcp-audit completions bash > ~/.local/share/bash-completion/completions/mcp-audit
  mcp-audit completions zsh > \"${fpath[1]}/_mcp-audit\"
  mcp-audit completions fish > ~/.config/fish/completions/mcp-audit.fish
  mcp-audit completions powershell >> $PROFILE";

/// clap_complete 4.6 spells the state of a program with a hyphen in its name in two ways, so that nothing behind a
/// subcommand would be completed (clap-rs/clap#6421).
const STATE: (&str, &str) = ("mcp__subcmd__audit", "mcp__audit");

impl Completions {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        // In memory first: the generator panics where it cannot write, and a closed pipe is no reason to.
        let mut script = Vec::new();
        let mut command = Arguments::command();
        let name = command.get_name().to_owned();
        clap_complete::generate(self.shell, &mut command, name, &mut script);
        if self.shell == Shell::Bash {
            script = String::from_utf8(script)?.replace(STATE.0, STATE.1).into_bytes();
        }
        output::answer(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}
