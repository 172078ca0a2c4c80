/** Projects in TypeScript as users set them up, whose sources are in test/types/project. */
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Outcome, runNode } from '../bin/cli.ts';
import { type Entry, exportedEntries } from './exports.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** By the names of their packages: the oldest that is supported, others in use, the newest. */
export const COMPILERS = ['typescript-5.4', 'typescript-5.9', 'typescript', 'typescript-7'];

const SERVER = { lib: ['es2022'], types: ['node'] };
const PAGE = { lib: ['es2022', 'dom'], types: [] };
const BOTH = { lib: ['esnext', 'dom'], types: ['node'] };
const NODE = { module: 'nodenext' };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };

interface Project {
  readonly options: Readonly<Record<string, unknown>>;
  /** Beside `program.ts`. */
  readonly files: readonly string[];
}

/** No `lib` beyond ES2022 and DOM is needed, nor DOM where there are Node's types; no declarations are skipped but tfjs's own. */
export const PROJECTS: Readonly<Record<string, Project>> = {
  'a server': { options: { ...NODE, ...SERVER }, files: ['server.ts'] },
  'a server in CommonJS': { options: { ...NODE, ...SERVER }, files: ['entries.cts'] },
  'a server, bundled': { options: { ...BUNDLER, ...SERVER }, files: ['server.ts'] },
  'a page': { options: { ...NODE, ...PAGE }, files: ['page.ts'] },
  'a page, bundled': { options: { ...BUNDLER, ...PAGE, customConditions: ['browser'] }, files: ['page.ts'] },
  "a page among Node's types": { options: { ...BUNDLER, ...BOTH }, files: ['page.ts', 'server.ts', 'using.ts'] },
  'a user of tfjs': { options: { ...BUNDLER, ...BOTH, skipLibCheck: true }, files: ['tensors.ts'] },
};

/** Copies the sources into a project's folder, with Node's types. */
export function writeSources(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules/@types/node'), join(folder, 'node_modules/@types/node'), 'junction');
  cpSync(join(ROOT, 'test/types/project'), folder, { recursive: true });
  const write = (file: string, entries: readonly Entry[]): void => {
    const imports = entries.map(({ name }, i) => `import * as e${i} from '${name}';\n`).join('');
    const list = entries.map((_, i) => `e${i}`).join(', ');
    writeFileSync(join(folder, file), `${imports}export const entries = [${list}];\n`);
  };
  const entries = exportedEntries();
  write('entries.ts', entries);
  write(
    'entries.cts',
    entries.filter(({ sources }) => sources.length > 0),
  );
}

/** What a compiler says of a project. */
export function typecheck(folder: string, compiler: string, { options, files }: Project): Promise<Outcome> {
  const compilerOptions = {
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    ...options,
  };
  const config = join(folder, 'tsconfig.json');
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ['entries.ts', 'program.ts', ...files] }));
  return runNode([join(ROOT, 'node_modules', compiler, 'bin/tsc'), '-p', config], { cwd: folder });
}
