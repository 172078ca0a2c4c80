// The whole suite is shared among processes, each with a file at a time; a run of given files is one process, whose output comes as it goes.
const { readdirSync } = require('node:fs');
const { availableParallelism } = require('node:os');

const isWhole = !process.argv.slice(2).some((argument) => argument.startsWith('test/') || argument === '--watch');

/** Those that take minutes go first, so that none of them is alone in the end. */
const LONG = ['platforms', 'package', 'bin/backends', 'ops/samples', 'browser/gpu'].map(
  (name) => `test/${name}.test.ts`,
);
const rank = (file) => (LONG.includes(file) ? LONG.indexOf(file) : LONG.length);

const files = () =>
  readdirSync('test', { recursive: true })
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .sort()
    .sort((a, b) => rank(a) - rank(b));

module.exports = {
  ...(isWhole && { spec: files() }),
  extension: ['test.ts'],
  recursive: true,
  require: ['./test/support/seed.ts', './test/support/verified.ts'],
  'node-option': ['import=tsx', 'conditions=retrograph-source', 'no-experimental-require-module'],
  reporter: 'scripts/reporter.cjs',
  timeout: 120_000,
  parallel: isWhole,
  jobs: Math.min(4, Math.max(2, availableParallelism())),
  exit: true,
};
