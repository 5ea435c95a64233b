//! `mcp-audit surface`: wheels in, stubs out.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::output;
use crate::fix;
use crate::python::surface::{Wheel, stubs};

/// Write the API of a Python package as stubs: names, parameters and types, without bodies and docstrings.
///
/// Reads wheels (*.whl) without installing or importing them, and writes one `.pyi` file for each module below the
/// output folder. Give wheels that refer to one another together, so that constructors of pydantic models have the
/// fields they inherit. The same wheels give the same files.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Surface {
    /// Wheels to read.
    #[arg(required = true, value_name = "WHEEL")]
    wheels: Vec<PathBuf>,
    /// The folder that becomes the import root of the stubs; it is created if it does not exist.
    #[arg(long, short, value_name = "DIR")]
    output: PathBuf,
}

const EXAMPLES: &str = "Examples:
  pip download --no-deps mcp==2.3.0 mcp-types==2.3.0
  mcp-audit surface mcp-2.3.0-py3-none-any.whl mcp_types-2.3.0-py3-none-any.whl --output stubs
                                 a type checker with `stubs` in its search path sees that release";

impl Surface {
    pub(super) fn run(self, _color: output::Color) -> anyhow::Result<ExitCode> {
        let wheels: Vec<_> = self.wheels.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
        let stubs = stubs(&wheels).map_err(anyhow::Error::msg)?;
        for (path, text) in &stubs {
            fix::create(&self.output, path, text.as_bytes())
                .with_context(|| format!("failed to write `{path}` in `{}`", self.output.display()))?;
        }
        let read: Vec<_> = wheels.iter().map(|wheel| format!("{} {}", wheel.name, wheel.version)).collect();
        output::remark(&format!(
            "{} stubs of {} in {}.",
            stubs.len(),
            crate::report::escaped(&read.join(", ")),
            crate::report::escaped(&self.output.display().to_string())
        ));
        Ok(ExitCode::SUCCESS)
    }
}

fn read(path: &Path) -> anyhow::Result<Wheel> {
    let named = || format!("failed to read `{}`", path.display());
    let file = File::open(path).with_context(named)?;
    Wheel::read(file).map_err(anyhow::Error::msg).with_context(named)
}
