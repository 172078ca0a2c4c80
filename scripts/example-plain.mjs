// Bundles retrograph for examples/browser-plain, and serves that page; with --build, only bundles.
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const page = 'examples/browser-plain';
const modules = ['.', './layers', './ops', './optimizers', './worker', './worker/serve'];

const { name, exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));

/** './worker/serve' becomes 'worker-serve', and '.' the package's name. */
const fileOf = (module) => (module === '.' ? name : module.slice(2).replaceAll('/', '-'));

const options = {
  absWorkingDir: root,
  entryPoints: Object.fromEntries(
    modules.map((module) => [fileOf(module), (exports[module].browser ?? exports[module])['retrograph-source']]),
  ),
  outdir: `${page}/dist`,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  conditions: ['retrograph-source', 'browser'],
  logLevel: 'warning',
};

rmSync(`${root}/${page}/dist`, { recursive: true, force: true });
if (process.argv.includes('--build')) await build(options);
else {
  const server = await (await context(options)).serve({
    servedir: page,
    host: 'localhost',
    port: Number(process.env.PORT) || 0,
  });
  console.log(`http://localhost:${server.port}/`);
}
