// Every kind of test, with those that `npm test` leaves out for time, and more draws of each; with --deep, long sweeps whole. Tests read
// RETROGRAPH_FULL (test/support/effort.ts).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const mocha = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
const isDeep = process.argv.includes('--deep');
const args = process.argv.slice(2).filter((argument) => argument !== '--deep');
const { status } = spawnSync(process.execPath, [mocha, ...args], {
  stdio: 'inherit',
  env: { ...process.env, RETROGRAPH_FULL: isDeep ? 'deep' : '1' },
});
process.exit(status ?? 1);
