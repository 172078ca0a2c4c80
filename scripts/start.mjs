// Trains the digits, and prints which backends are unavailable on this machine, and how to get them.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../bin/retrograph.js', import.meta.url));
const { status } = spawnSync(process.execPath, [cli, 'train', 'digits', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
if (status === 0) await tellLeftOut();
process.exit(status ?? 1);

/** Prints unavailable backends, by their remedy. */
async function tellLeftOut() {
  await import('./source.mjs');
  const { builtin } = await import('../plugins/builtin.ts');
  const missing = new Map();
  for (const backend of builtin.backends) {
    const { available, remedy = 'not on this system' } = await backend.availability();
    if (!available) missing.set(remedy, [...(missing.get(remedy) ?? []), backend.name]);
  }
  const list = [...missing].map(([remedy, names]) => `${names.join(' and ')} (${remedy})`);
  if (list.length > 0) console.error(`left out, for want of a tool: ${list.join('; ')}`);
}
