// Writes docs/ops.md and docs/ops.json, what the gradient check finds, and the totals in the README.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(process.execPath, ['bin/retrograph.js', 'gradcheck', '--seed', '0', '--matrix', 'docs'], {
  cwd: root,
  stdio: 'inherit',
});
if (status === 0) {
  const totals = readFileSync(`${root}/docs/ops.md`, 'utf8').split('\n\n')[2];
  const readme = readFileSync(`${root}/README.md`, 'utf8');
  writeFileSync(`${root}/README.md`, readme.replace(/(?<=<!-- totals -->\n)[\s\S]*?(?=\n<!-- \/totals -->)/, totals));
}
process.exit(status ?? 1);
