// Runs all tests, including those that `npm test` leaves out for time, and more draws of each; with --deep, whole sweeps too. Tests read
// RETROGRAPH_FULL (test/support/effort.ts). With --after-quick, leaves out files that do the same in `npm test`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const mocha = fileURLToPath(new URL('../node_modules/mocha/bin/mocha.js', import.meta.url));
const options = new Set(process.argv.slice(2).filter((argument) => /^--(deep|after-quick)$/.test(argument)));
const args = process.argv.slice(2).filter((argument) => !options.has(argument));

/** Modules that tell a test how much to do, and which tools are installed. */
const ASKED = ['test/support/effort.ts', 'test/support/left-out.ts'];

/** Test files that import neither of these modules, directly or indirectly. */
async function filesThatDoTheSame() {
  const files = readdirSync(`${root}/test`, { recursive: true })
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: files,
    outdir: 'unwritten',
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const asks = (file, seen = new Set()) =>
    ASKED.includes(file) ||
    (!seen.has(file) &&
      seen.add(file) &&
      metafile.inputs[file].imports.some(({ path, external }) => !external && asks(path, seen)));
  return files.filter((file) => !asks(file));
}

const ignored = options.has('--after-quick') ? await filesThatDoTheSame() : [];
const { status } = spawnSync(process.execPath, [mocha, ...args, ...ignored.map((file) => `--ignore=${file}`)], {
  stdio: 'inherit',
  env: { ...process.env, RETROGRAPH_FULL: options.has('--deep') ? 'deep' : '1' },
});
process.exit(status ?? 1);
