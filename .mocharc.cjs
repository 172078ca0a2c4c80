// The whole suite is shared among processes, each with a file at a time; a run of given files is one process, whose output comes as it goes.
const { availableParallelism } = require('node:os');

const isWhole = !process.argv.slice(2).some((argument) => argument.startsWith('test/') || argument === '--watch');

module.exports = {
  extension: ['test.ts'],
  recursive: true,
  require: ['./test/support/seed.ts'],
  'node-option': ['import=tsx', 'conditions=retrograph-source', 'no-experimental-require-module'],
  reporter: 'scripts/reporter.cjs',
  timeout: 120_000,
  parallel: isWhole,
  jobs: Math.min(4, Math.max(2, availableParallelism())),
  exit: true,
};
