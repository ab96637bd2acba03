//! The program: reads settings, does one thing.

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;
use kaishi_server::operate;
use kaishi_server::serve::{CommandLine, Verb};

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let line = CommandLine::parse();
    let setting = line.setting.complete(&line.config)?;
    kaishi_server::log::begin(&setting)?;
    match line.verb {
        Verb::Serve => kaishi_server::serve::serve(&setting).await?,
        Verb::Demo(demo) => demo.run(setting).await?,
        Verb::Simulate(simulate) => simulate.run().await?,
        Verb::Plan(plan) => plan.run()?,
        Verb::Retention(retention) => retention.run(&setting).await?,
        Verb::Verify => return operate::verify::verify(&setting).await,
        Verb::Migrate(migrate) => migrate.run(&setting).await?,
        Verb::Backup(backup) => backup.run(&setting).await?,
        Verb::Restore(restore) => restore.run(&setting).await?,
        Verb::Copy(copy) => copy.run(&setting).await?,
        Verb::Export(export) => export.run(&setting).await?,
        Verb::User(user) => user.run(&setting).await?,
        Verb::Key(key) => key.run(&setting).await?,
        Verb::CheckConfig => operate::check::config(&setting).await?,
        Verb::Healthcheck => return operate::check::health(&setting).await,
    }
    Ok(ExitCode::SUCCESS)
}
