// Writes dist, then checks that package.json refers to existing files.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './source.mjs';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

function run(script, ...args) {
  const { status } = spawnSync(process.execPath, [`node_modules/${script}`, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** The files under a folder, by relative path. */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1));

/** Writes each module as CommonJS, for users without ES modules. The command line is left out. */
async function writeCommonJs() {
  const cjs = join(dist, 'cjs');
  const files = filesIn(dist).filter((file) => !/^(bin|cjs)\b/.test(file));
  const located = (file) => readFileSync(join(dist, file), 'utf8').includes('import.meta.url');
  const transform = (entryPoints, options = {}) =>
    build({
      absWorkingDir: dist,
      entryPoints,
      outbase: '.',
      outdir: 'cjs',
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      // test runners that use CommonJS modules load dynamic imports by `require` too
      supported: { 'dynamic-import': false },
      logLevel: 'warning',
      ...options,
    });
  const modules = files.filter((file) => file.endsWith('.js'));
  await transform(modules.filter((file) => !located(file)));
  await transform(modules.filter(located), {
    define: { 'import.meta.url': 'moduleUrl' },
    banner: { js: `"use strict";\nconst moduleUrl = require('node:url').pathToFileURL(__filename).href;` },
  });
  for (const file of files.filter((file) => file.endsWith('.d.ts'))) cpSync(join(dist, file), join(cjs, file));
  const sideEffects = ['./backends/tfjs-scope.js', './plugins/remote/serve.*.js'];
  writeFileSync(join(cjs, 'package.json'), JSON.stringify({ type: 'commonjs', sideEffects }));
}

/** Writes the page of a started browser, since users of the package have no bundler to make it. */
async function writePage() {
  const { bundlePage } = await import('../plugins/browser/page-files.ts');
  const folder = join(dist, 'plugins/browser/page');
  mkdirSync(folder);
  for (const [path, contents] of await bundlePage()) writeFileSync(`${folder}${path}`, contents);
}

/**
 * Writes the whole package as one file, for pages without a bundler. Binaries for threads and for the few processors without SIMD stay
 * separate.
 */
const writeSingleFile = () =>
  build({
    absWorkingDir: dist,
    entryPoints: ['index.page.js'],
    outfile: 'retrograph.min.js',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
    plugins: [
      {
        name: 'binaries',
        setup: ({ onResolve }) =>
          onResolve({ filter: /binaries\/(baseline|threaded|thread-scripts)\.js$/ }, ({ path }) => ({
            path: path.replace('.', './backends/wasm'),
            external: true,
          })),
      },
    ],
  });

rmSync(dist, { recursive: true, force: true });
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
for (const file of filesIn(join(dist, 'backends/wasm/binaries')).filter((file) => file.endsWith('.map')))
  rmSync(join(dist, 'backends/wasm/binaries', file)); // source maps of binaries are of no use
await writeCommonJs();
await writePage();
await writeSingleFile();
run('publint/src/cli.js', 'run', '--pack=false');
