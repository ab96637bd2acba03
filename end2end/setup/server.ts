// Starts one `kaishi demo` for all stories, on a free loopback port, with a database of its own, and stops it after. A
// story that ends a market's day launches another one for itself.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PATIENCE_MS = 60_000;

export default async function start() {
  const { addresses, stop } = await launch();
  process.env.END2END_ADDRESSES = addresses;
  return stop;
}

/** A demo that is ready: the file with its addresses, and how it ends. */
export async function launch(): Promise<{ addresses: string; stop: () => Promise<void> }> {
  const target = resolve('..', process.env.CARGO_TARGET_DIR ?? 'target');
  const kaishi = process.env.END2END_KAISHI ?? join(target, 'debug', 'kaishi');
  if (!existsSync(kaishi)) throw new Error(`there is no ${kaishi}: run \`make test\`, or \`cargo build -p kaishi\` first`);

  const home = mkdtempSync(join(tmpdir(), 'kaishi-end2end-'));
  const addresses = join(home, 'addresses.json');
  const log = join(home, 'server.log');
  const address = `127.0.0.1:${await freePort()}`;
  const out = openSync(log, 'w');
  const server = spawn(
    kaishi,
    ['demo', '--fresh', '--still', '--addresses', addresses, '--address', address, '--data-dir', join(home, 'data')],
    { stdio: ['ignore', out, out], cwd: home },
  );
  const tail = () => readFileSync(log, 'utf8').split('\n').slice(-15).join('\n');

  const until = Date.now() + PATIENCE_MS;
  while (!(existsSync(addresses) && (await ready(address)))) {
    if (server.exitCode !== null) throw new Error(`kaishi demo ended with ${server.exitCode}:\n${tail()}`);
    if (Date.now() > until) {
      server.kill('SIGKILL');
      throw new Error(`kaishi demo was not ready in time:\n${tail()}`);
    }
    await new Promise((wake) => setTimeout(wake, 100));
  }
  const stop = async () => {
    const gone = new Promise((wake) => server.once('exit', wake));
    server.kill('SIGTERM');
    const killer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await gone;
    clearTimeout(killer);
    rmSync(home, { recursive: true, force: true });
  };
  return { addresses, stop };
}

async function ready(address: string): Promise<boolean> {
  try {
    return (await fetch(`http://${address}/readyz`)).ok;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const probe = createServer();
    probe.once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => found(port));
    });
  });
}
