// Writes package.json's exports: the files of each entry, by condition.
//   node scripts/exports.mjs            writes them
//   node scripts/exports.mjs --check    fails if they differ
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The module of each entry, or its modules for browsers and for Node. New entries are added here. */
const ENTRIES = {
  '.': { browser: 'index.browser', node: 'index.node' },
  './engine': 'engine',
  './ops': 'ops/index',
  './ops/*': 'ops/*/index',
  './optimizers': 'plugins/optimizers/index',
  './initializers': 'plugins/initializers/index',
  './layers': 'plugins/layers/index',
  './training': 'plugins/training/index',
  './plugins': 'plugins/index',
  './saved-model': 'backends/node/saved-model/index',
  './worker': { browser: 'plugins/remote/index.browser', node: 'plugins/remote/index.node' },
  './worker/serve': { browser: 'plugins/remote/serve.browser', node: 'plugins/remote/serve.node' },
  './backends/cpu': 'backends/cpu/module',
  './backends/wasm': 'backends/wasm/module',
  './backends/webgl': { browser: 'backends/webgl/module', node: 'plugins/browser/index' },
  './backends/webgpu': { browser: 'backends/webgpu/module', node: 'plugins/browser/index' },
  './backends/node': 'backends/node/module',
  './backends/null': 'backends/null/module',
};

/**
 * ES modules wherever possible, so that there is one instance of the library: `require` in a current Node ('module-sync') and in bundlers
 * ('module') gets them too. CommonJS is for older versions of Node, and for test runners that are based on `require`.
 */
const conditions = (path) => ({
  'retrograph-source': `./${path}.ts`,
  import: { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` },
  'module-sync': `./dist/${path}.js`,
  module: `./dist/${path}.js`,
  require: { types: `./dist/cjs/${path}.d.ts`, default: `./dist/cjs/${path}.js` },
  default: `./dist/${path}.js`,
});

const exportsOf = (entry) =>
  typeof entry === 'string' ? conditions(entry) : { browser: conditions(entry.browser), ...conditions(entry.node) };

const exports = {
  ...Object.fromEntries(Object.entries(ENTRIES).map(([name, entry]) => [name, exportsOf(entry)])),
  './retrograph.min.js': { types: './dist/index.page.d.ts', default: './dist/retrograph.min.js' },
  './package.json': './package.json',
};

const file = fileURLToPath(new URL('../package.json', import.meta.url));
const manifest = JSON.parse(readFileSync(file, 'utf8'));
const written = `${JSON.stringify({ ...manifest, exports }, null, 2)}\n`;
if (process.argv.includes('--check')) process.exit(written === readFileSync(file, 'utf8') ? 0 : 1);
writeFileSync(file, written);
