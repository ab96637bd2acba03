//! `kaishi plan`: stand-alone planning with the same code as the editor and the board. Reads one file, prints one
//! line of JSON; knows no database and no server.

mod assign;
mod layout;
mod matrix;

use std::path::Path;

use anyhow::{Result, anyhow};

/// Plan from a file, print the result
#[derive(clap::Args, Clone, Debug)]
pub struct Plan {
    /// What to plan
    #[command(subcommand)]
    what: What,
}

#[derive(clap::Subcommand, Clone, Debug)]
enum What {
    /// Arrange stalls on a ground (schema venue/1)
    Layout(layout::Layout),
    /// Assign units to stalls (schema market-assign/1)
    Assign(assign::Assign),
    /// Arrange facilities on places (QAPLIB)
    Qap(matrix::Quadratic),
    /// Give each row a column (OR-Library)
    Lap(matrix::Linear),
}

impl Plan {
    /// Plans and prints.
    pub fn run(&self) -> Result<()> {
        let answer = match &self.what {
            What::Layout(layout) => layout.answer()?,
            What::Assign(assign) => assign.answer()?,
            What::Qap(matrix) => matrix.answer()?,
            What::Lap(matrix) => matrix.answer()?,
        };
        println!("{answer}");
        Ok(())
    }
}

/// A file as text, or one sentence that says what is wrong with it.
fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| anyhow!("{} cannot be read: {error}.", file.display()))
}
