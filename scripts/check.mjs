// Runs all checks that do not run the engine, two at a time. Runs every one, and shows the output of those that fail.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const layers = [
  'engine',
  'ops',
  'plugins',
  'backends',
  'bin',
  'bench',
  'test',
  'face',
  'examples',
  'index.node.ts',
  'index.browser.ts',
  'index.page.ts',
  'engine.ts',
]
  .filter((path) => existsSync(`${root}/${path}`))
  .join(' ');
const checks = [
  ['types', 'typescript/bin/tsc', '--noEmit'],
  ['types of the example pages', 'typescript/bin/tsc', '--noEmit -p examples/browser-vite'],
  ['lint and format', '@biomejs/biome/bin/biome', 'ci --colors=off --error-on-warnings .'],
  ['dead exports', 'knip/bin/knip.js', '--no-progress'],
  ['import rules', 'dependency-cruiser/bin/dependency-cruise.mjs', `--config .dependency-cruiser.cjs ${layers}`],
  ['lists of ops', '../scripts/catalogue.mjs', '--check'],
];

function run([name, script, args]) {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [`node_modules/${script}`, ...args.split(' ')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const append = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    child.on('error', append);
    child.on('close', (code) => {
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      if (code !== 0) console.log(`\n${output.trimEnd()}\n`);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
      resolve(code === 0);
    });
  });
}

const queue = [...checks];
const results = [];
async function worker() {
  for (let check = queue.shift(); check; check = queue.shift()) results.push(await run(check));
}
await Promise.all([worker(), worker()]);
process.exit(results.every(Boolean) ? 0 : 1);
