/** Whatever is done at whatever moment of a native run, the process lives, and each call comes right or to a typed error. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { EFFORT } from '../support/effort.ts';
import { NATIVE } from '../support/here.ts';
import { SEED } from '../support/seed.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CASES = { quick: 40, full: 600, deep: 20_000 }[EFFORT];

describe('a native run', () => {
  // where there is no TensorFlow, test/backends/native.test.ts says so
  if (NATIVE.length === 0) return;

  it('takes any action at any moment', async function () {
    this.timeout(600_000);
    const args = ['--import=./scripts/source.mjs', 'test/support/native-actions.ts', `${CASES}`, `${SEED}`];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, timeout: 500_000 });
    expect(stdout).to.contain('right');
  });
});
