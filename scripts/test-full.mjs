// Every test, with the rows that `npm test` leaves out for time: tests read RETROGRAPH_FULL.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const mocha = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
const { status } = spawnSync(process.execPath, [mocha, ...process.argv.slice(2)], {
  stdio: 'inherit',
  env: { ...process.env, RETROGRAPH_FULL: '1' },
});
process.exit(status ?? 1);
