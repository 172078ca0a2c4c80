/**
 * Runs all benchmarks, each in its own process, with the arguments of the command line (`--json`, `--quick`); with `--peers`, those
 * against other libraries.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
const SCRIPTS = args.includes('--peers') ? ['peers.ts'] : ['sgd-step.ts', 'cnn.ts', 'chain.ts', 'host.ts'];

for (const script of SCRIPTS) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const { status } = spawnSync(
    process.execPath,
    [...process.execArgv, path, ...args.filter((arg) => arg !== '--peers')],
    {
      stdio: 'inherit',
    },
  );
  if (status !== 0) process.exitCode = 1;
}
