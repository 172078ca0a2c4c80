// Writes dist, then checks that package.json points to what is there.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import './source.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** What the page of a started browser loads: users of the package have no bundler to make it. */
async function writePage() {
  const { bundlePage } = await import('../plugins/browser/page-files.ts');
  const folder = `${root}/dist/plugins/browser/page`;
  mkdirSync(folder);
  for (const [path, contents] of await bundlePage()) writeFileSync(`${folder}${path}`, contents);
}

rmSync(`${root}/dist`, { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
// binaries have no source to be mapped to
for (const name of readdirSync(`${root}/dist/backends/wasm/binaries`))
  if (name.endsWith('.map')) rmSync(`${root}/dist/backends/wasm/binaries/${name}`);
await writePage();
run('publint/src/cli.js', 'run', '--pack=false');
