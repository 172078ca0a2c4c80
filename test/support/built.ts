/**
 * The command line as an installed package has it, without the packages by which a checkout runs its sources: a process starts in a
 * third of the time. Types are stripped and not checked.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundlePage } from '../../plugins/browser/page-files.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const HOME = join(ROOT, 'node_modules/.cache/retrograph-built');
const FOLDERS = ['engine', 'ops', 'plugins', 'backends', 'face', 'bin', 'examples'];
const COPIED = ['package.json', 'bin/retrograph.js'];

let built: Promise<string> | undefined;

/** The folder of the package. It is built where no other process has built it of the same sources. */
export const builtPackage = (): Promise<string> => {
  built ??= provide();
  return built;
};

async function provide(): Promise<string> {
  const sources = listSources();
  const folder = join(HOME, hashOf([...sources, ...COPIED, 'test/support/built.ts']));
  if (existsSync(folder)) return folder;
  mkdirSync(HOME, { recursive: true });
  for (const old of readdirSync(HOME)) if (!old.startsWith('part-')) rmSync(join(HOME, old), { recursive: true });
  const part = mkdtempSync(join(HOME, 'part-'));
  await writeModules(sources, join(part, 'dist'));
  const page = join(part, 'dist/plugins/browser/page');
  mkdirSync(page);
  for (const [path, contents] of await bundlePage()) writeFileSync(`${page}${path}`, contents);
  for (const file of COPIED) cpSync(join(ROOT, file), join(part, file));
  symlinkSync(join(ROOT, 'node_modules'), join(part, 'node_modules'), 'junction');
  try {
    renameSync(part, folder);
  } catch (e) {
    if (!existsSync(folder)) throw e;
    rmSync(part, { recursive: true }); // another process was first
  }
  return folder;
}

const isSource = (file: string): boolean =>
  file.endsWith('.ts') && !file.endsWith('.d.ts') && !file.includes('/browser-');

const listSources = (): readonly string[] =>
  ['.', ...FOLDERS].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: folder !== '.', encoding: 'utf8' })
      .map((file) => join(folder, file))
      .filter(isSource),
  );

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(join(ROOT, file));
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Each source as a module of its own, as the compiler writes them. */
const writeModules = (sources: readonly string[], outdir: string) =>
  build({
    absWorkingDir: ROOT,
    entryPoints: [...sources],
    outbase: ROOT,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    plugins: [
      {
        name: 'stay apart',
        setup: ({ onResolve }) =>
          onResolve({ filter: /^/ }, ({ path, kind }) =>
            kind === 'entry-point' ? undefined : { path: path.replace(/^(\..*)\.ts$/, '$1.js'), external: true },
          ),
      },
    ],
  });
