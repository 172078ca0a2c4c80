// Writes the files that list all ops: ops/exports.ts, one for each namespace, ops/catalogue.ts, and ops/samples.ts, which the checks read.
// An op file is one that exports `doc`, with its samples in the file NAME.samples.ts beside it; the others are helpers, but for
// `unsupported.ts`: the names of a family that only say why they are refused, which users may import too.
// Then writes index.ts beside each exports.ts, those of plugins too: its functions as users get them, with their names and parameters.
// With --check nothing is written, and files that are out of date are an error.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openExports } from './signatures.mjs';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const root = `${checkout}ops`;
/** Families that users reach through a namespace, as `losses.huberLoss`. */
const NAMESPACES = ['image', 'linalg', 'losses', 'signal', 'sparse', 'spectral', 'string'];
/** Names in a namespace that tf also has outside of it. */
const OUTSIDE_TOO = ['Reduction', 'enclosingPowerOfTwo', 'fft', 'ifft', 'irfft', 'rfft'];
/** Exports with a capital that are no definition of an op. */
const NOT_AN_OP = ['Reduction'];
/** Builders of the engine that no op file presents as its own. */
const FROM_ENGINE = ['select'];
/** Other folders of functions for users, whose exports.ts are written by hand, and what stands before their names. */
const OTHERS = {
  face: '',
  'plugins/initializers': '',
  'plugins/layers': '',
  'plugins/optimizers': '',
  'plugins/optimizers/schedules': 'schedules.',
  'plugins/regularizers': 'regularizers.',
  'plugins/training': '',
  'plugins/training/graph-metrics': 'metrics.',
};
const WIDTH = 120;
const HEADER = '// Written by scripts/catalogue.mjs: do not edit.\n';

/** The names that a source exports: values, and types with a mark. */
function exportsOf(source) {
  const declared = [...source.matchAll(/^export (?:async )?(const|function|class|interface|type) (\w+)/gm)];
  const listed = [...source.matchAll(/^export (type )?\{([^}]*)\}/gm)];
  const all = [
    ...declared.map(([, kind, name]) => ({ name, type: kind === 'interface' || kind === 'type' })),
    ...listed.flatMap(([, allTypes, list]) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean)
        .map((item) => ({
          name: item.split(/\s+/).at(-1),
          type: allTypes !== undefined || item.startsWith('type '),
        })),
    ),
  ];
  // a type and a value of one name are one export
  return all.filter(({ name, type }) => !type || !all.some((other) => !other.type && other.name === name));
}

function readOps() {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return files
    .filter((path) => /^[^/]+\/.+\.ts$/.test(path) && !/(\/(index|exports)|\.samples)\.ts$/.test(path))
    .map((path) => path.slice(0, -'.ts'.length))
    .sort()
    .flatMap((path) => {
      const names = exportsOf(readFileSync(`${root}/${path}.ts`, 'utf8'));
      const documented = names.some(({ name }) => name === 'doc');
      if (!documented && !path.endsWith('/unsupported')) return [];
      const shown = names.filter(({ name }) => name !== 'doc').sort(byName);
      return [{ path, family: path.split('/')[0], names: shown, op: definitionIn(names), documented }];
    });
}

/** The formatter's order: letter by letter, and of one letter the capital first. */
const sortKey = (name) => name.replace(/[A-Za-z]/g, (c) => c.toLowerCase() + (c < 'a' ? 0 : 1));
const byName = (a, b) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1);

/** The first of the exported OpDefs: they have capitals, and builders have none. */
const definitionIn = (names) =>
  names.find(({ name, type }) => !type && /^[A-Z]/.test(name) && !NOT_AN_OP.includes(name))?.name;

function reexport(names, from) {
  const items = names.map(({ name, type }) => (type ? `type ${name}` : name));
  const line = `export { ${items.join(', ')} } from '${from}';`;
  return line.length <= WIDTH ? line : `export {\n${items.map((item) => `  ${item},\n`).join('')}} from '${from}';`;
}

function exportsOfOps(ops) {
  const lines = [
    ...namespacesIn(ops).map((family) => [`${family}/index`, `export * as ${family} from './${family}/index.ts';\n`]),
    ...ops.flatMap(({ path, family, names }) => {
      const outside = NAMESPACES.includes(family) ? names.filter(({ name }) => OUTSIDE_TOO.includes(name)) : names;
      return outside.length === 0 ? [] : [[path, `${reexport(outside, `./${path}.ts`)}\n`]];
    }),
  ];
  lines.sort(([a], [b]) => (a < b ? -1 : 1));
  const text = lines.map(([, line]) => line).join('');
  const engine = reexport(
    FROM_ENGINE.map((name) => ({ name })),
    '../engine/index.ts',
  );
  return `${HEADER}/** All ops: their builders, named as in tf.*, and their definitions. */\n${engine}\n${text}`;
}

function exportsOfNamespace(family, ops) {
  const lines = ops
    .filter((op) => op.family === family)
    .map(({ path, names }) => reexport(names, `./${path.slice(family.length + 1)}.ts`));
  return `${HEADER}${lines.map((line) => `${line}\n`).join('')}`;
}

const namespacesIn = (ops) => NAMESPACES.filter((name) => ops.some(({ family }) => family === name));

const identifier = (path) => path.replace(/[^A-Za-z0-9](\w)/g, (_, letter) => letter.toUpperCase());

function catalogue(all) {
  const ops = all.filter(({ documented }) => documented);
  const imports = ops.map(({ path }) => `import * as ${identifier(path)} from './${path}.ts';\n`);
  const entries = ops.map(({ path, op }) => {
    const module = identifier(path);
    const args = [`'${path}'`, module, ...(op === undefined ? [] : [`${module}.${op}`])];
    const line = `  entry(${args.join(', ')}),\n`;
    return line.length <= WIDTH + 1 ? line : `  entry(\n${args.map((arg) => `    ${arg},\n`).join('')}  ),\n`;
  });
  return `${HEADER}import type { AnyOp, OpDoc } from '../engine/index.ts';
${imports.join('')}
/** What is documented: an op, or a builder made of ops, which has no definition. */
export interface CatalogueEntry {
  /** As in 'elementwise/add'. */
  readonly path: string;
  readonly op: AnyOp | undefined;
  readonly doc: OpDoc;
}

const entry = (path: string, { doc }: { readonly doc: OpDoc }, op?: AnyOp): CatalogueEntry => ({ path, op, doc });

export const catalogue: readonly CatalogueEntry[] = [
${entries.join('')}];
`;
}

function samples(all) {
  const ops = all.filter(({ documented }) => documented);
  const imports = ops.map(({ path }) => `import { samples as ${identifier(path)} } from './${path}.samples.ts';\n`);
  const entries = ops.map(({ path }) => `  '${path}': ${identifier(path)},\n`);
  return `${HEADER}import { type CatalogueEntry, catalogue } from './catalogue.ts';
${imports.join('')}import type { Sample } from './sample.ts';

/** An entry of the catalogue with the rows that it is checked by. */
export interface SampledEntry extends CatalogueEntry {
  readonly samples: readonly Sample[];
}

const samples: Readonly<Record<string, readonly Sample[]>> = {
${entries.join('')}};

/** All of the catalogue. */
export const sampled: readonly SampledEntry[] = catalogue.map((entry) => ({ ...entry, samples: samples[entry.path]! }));
`;
}

function requireDistinct(ops) {
  const seen = new Map();
  for (const { path, family, names } of ops) {
    for (const { name } of names) {
      const key = NAMESPACES.includes(family) ? `${family}.${name}` : name;
      if (seen.has(key)) throw new Error(`ops/${seen.get(key)}.ts and ops/${path}.ts both export ${name}`);
      seen.set(key, path);
    }
  }
}

/** A folder's functions as users get them; its other exports as they are. */
function face(folder, prefix, exported) {
  const named = (kind) => exported.filter((e) => e.kind === kind).sort(byName);
  const functions = named('function').map(
    ({ name, signature }) =>
      `${name in globalThis ? '// biome-ignore lint/suspicious/noShadowRestrictedNames: as tf has it\n' : ''}export const ${name}: typeof own.${name} = /* @__PURE__ */ expose('${prefix}${name}', '${signature}', own.${name});\n`,
  );
  const engine = `${'../'.repeat(folder.split('/').length)}engine/expose.ts`;
  const values = named('value').length > 0 ? `${reexport(named('value'), './exports.ts')}\n` : '';
  const types = named('type').length > 0 ? `export type * from './exports.ts';\n` : '';
  return `${HEADER}import { expose } from '${engine}';\nimport * as own from './exports.ts';\n\n${types}${values}\n${functions.join('')}`;
}

/** As the formatter has it. */
function formatted(path, text) {
  const biome = `${checkout}node_modules/@biomejs/biome/bin/biome`;
  const args = [biome, 'check', '--write', `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: checkout,
    input: text,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

const checking = process.argv.includes('--check');
const written = [];
/** Writes a file, or where nothing is to be written remembers that it is out of date. */
function put(path, text) {
  if (existsSync(checkout + path) && readFileSync(checkout + path, 'utf8') === text) return;
  written.push(path);
  if (!checking) writeFileSync(checkout + path, text);
}

const ops = readOps();
requireDistinct(ops);
put('ops/exports.ts', exportsOfOps(ops));
put('ops/catalogue.ts', catalogue(ops));
put('ops/samples.ts', formatted('ops/samples.ts', samples(ops)));
for (const family of namespacesIn(ops)) put(`ops/${family}/exports.ts`, exportsOfNamespace(family, ops));

const faces = {
  ops: '',
  ...Object.fromEntries(namespacesIn(ops).map((family) => [`ops/${family}`, `${family}.`])),
  ...OTHERS,
};
const exportsIn = openExports(
  Object.keys(faces).map((folder) => `${checkout}${folder}/exports.ts`),
  checkout,
);
for (const [folder, prefix] of Object.entries(faces)) {
  const path = `${folder}/index.ts`;
  put(path, formatted(path, face(folder, prefix, exportsIn(`${checkout}${folder}/exports.ts`))));
}

if (checking) {
  for (const path of written) console.error(`${path} is out of date: run node scripts/catalogue.mjs`);
  process.exitCode = written.length > 0 ? 1 : 0;
} else {
  const count = ops.filter(({ documented }) => documented).length;
  console.log(`${count} ops; written: ${written.join(', ') || 'nothing'}`);
}
