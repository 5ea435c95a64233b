//! One file per subcommand. clap types live here and nowhere else.

mod against;
mod completions;
mod dependents;
mod explain;
mod filters;
mod gate;
#[cfg(feature = "lsp")]
mod lsp;
mod man;
mod migrate;
mod output;
mod paths;
mod plan;
mod progress;
mod rules;
mod scan;
#[cfg(feature = "serve")]
mod serve;
mod surface;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Finds the dependency declarations and code that the next major of an MCP SDK breaks.
///
/// Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 a usage or I/O error.
#[derive(Debug, Parser)]
#[command(name = "mcp-audit", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
struct Arguments {
    /// When to use colours.
    #[arg(long, global = true, value_enum, default_value_t = output::Color::Auto, value_name = "WHEN")]
    color: output::Color,
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "Examples:
  mcp-audit scan                 audit this folder; exit 1 if a fresh install can break
  mcp-audit scan --diff          print the missing bounds as a patch
  mcp-audit scan --fix           write them
  mcp-audit migrate --diff       print what moving to the newest major changes
  mcp-audit plan                 print what is there, what breaks first, and what mends it
  mcp-audit explain DEP001       why a finding matters and what its fix does";

// The list has its own, short texts; a comment here would replace what `COMMAND --help` says, which stands in its file.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(about = "Audit files and folders; this is the CI gate")]
    Scan(scan::Scan),
    #[command(about = "Rewrite code and pins for the newest major")]
    Migrate(migrate::Migrate),
    #[command(about = "Count who depends on a package and would take its next major")]
    Dependents(dependents::Dependents),
    #[command(about = "Write the inventory and the checklist of a migration")]
    Plan(plan::Plan),
    #[command(about = "List the rules")]
    Rules(rules::List),
    #[command(about = "Explain a rule")]
    Explain(explain::Explain),
    #[cfg(feature = "lsp")]
    #[command(about = "Show findings and fixes in an editor, as a language server")]
    Lsp(lsp::Lsp),
    #[cfg(feature = "serve")]
    #[command(about = "Offer the audit to agents, as an MCP server")]
    Serve(serve::Serve),
    #[command(about = "Write the API of a wheel as stubs")]
    Surface(surface::Surface),
    #[command(about = "Print what completes the command line in a shell")]
    Completions(completions::Completions),
    #[command(about = "Print or write the manual pages")]
    Man(man::Man),
}

/// Runs the program on the process's own arguments.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // clap knows whether this is help (0) or a mistake (2), and which stream it belongs on.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let color = arguments.color;
    let outcome = match arguments.command {
        Command::Scan(scan) => scan.run(color),
        Command::Migrate(migrate) => migrate.run(color),
        Command::Dependents(dependents) => dependents.run(color),
        Command::Plan(plan) => plan.run(color),
        Command::Rules(list) => list.run(color),
        Command::Explain(explain) => explain.run(color),
        #[cfg(feature = "lsp")]
        Command::Lsp(lsp) => lsp.run(color),
        #[cfg(feature = "serve")]
        Command::Serve(serve) => serve.run(color),
        Command::Surface(surface) => surface.run(color),
        Command::Completions(completions) => completions.run(color),
        Command::Man(man) => man.run(color),
    };
    match outcome {
        Ok(code) => code,
        Err(error) if output::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::error(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}
