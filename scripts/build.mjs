// Writes dist, then checks that package.json points to what is there.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });
for (const [script, ...args] of [
  ['typescript/bin/tsc', '-p', 'tsconfig.build.json'],
  ['publint/src/cli.js', 'run', '--pack=false'],
]) {
  const { status } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
