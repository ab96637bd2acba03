//! The program: reads settings, does one thing.

use anyhow::Result;
use clap::Parser as _;
use kaishi_server::serve::{CommandLine, Verb};

#[tokio::main]
async fn main() -> Result<()> {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,kaishi=info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let line = CommandLine::parse();
    let setting = line.setting.complete(&line.config)?;
    match line.verb {
        Verb::Serve => kaishi_server::serve::serve(&setting).await,
        Verb::Demo(demo) => demo.run(setting).await,
        Verb::Simulate(simulate) => simulate.run().await,
        Verb::Retention(retention) => retention.run(&setting).await,
        Verb::Plan(plan) => plan.run(),
    }
}
