// Writes docs/ops.md and docs/ops.json, the results of the gradient check on every backend, and the totals in the README.
// Needs a browser and TensorFlow. Takes 15 minutes if the browser has no graphics device. With names of ops, files or families, as in `npm
// run docs -- Tanh losses`, it checks and writes only their rows.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const ops = process.argv.slice(2);
const options = ['--backend', 'cpu,wasm,webgl,webgpu,node', '--seed', '0', '--matrix', 'docs'];
const { status } = spawnSync(process.execPath, ['bin/retrograph.js', 'gradcheck', ...ops, ...options], {
  cwd: root,
  stdio: ['inherit', ops.length === 0 ? 'ignore' : 'inherit', 'inherit'], // the table of all ops is long, and in docs/ops.md anyway
});
const ranges = spawnSync(process.execPath, ['bin/retrograph.js', 'gradcheck', '--range', ...ops, ...options], {
  cwd: root,
  stdio: ['inherit', 'ignore', 'inherit'],
});
if (status === 0 && ranges.status === 0) {
  const totals = readFileSync(`${root}/docs/ops.md`, 'utf8').split('\n\n')[2];
  const readme = readFileSync(`${root}/README.md`, 'utf8');
  writeFileSync(`${root}/README.md`, readme.replace(/(?<=<!-- totals -->\n)[\s\S]*?(?=\n<!-- \/totals -->)/, totals));
}
process.exit(status || (ranges.status ?? 1));
