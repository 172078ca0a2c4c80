// Writes the files that list all ops: ops/exports.ts, one for each namespace, and for documented ops ops/modules.ts and
// ops/sample-modules.ts.
// An op file exports `doc`, and has its samples in NAME.samples.ts beside it. Other files are helpers, except `unsupported.ts`, whose names
// only throw errors that say why they are unsupported; users may import these too.
// Then writes index.ts beside each exports.ts, also those of plugins: the functions for users, which check their arguments by name.
// With --check nothing is written, and outdated files are an error.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openExports } from './signatures.mjs';

const checkout = fileURLToPath(new URL('..', import.meta.url));
const root = `${checkout}ops`;
/** Families that users reach through a namespace, such as `losses.huberLoss`. */
const NAMESPACES = ['image', 'linalg', 'losses', 'signal', 'sparse', 'spectral', 'string'];
/** Names in a namespace that tf also has outside of it. */
const OUTSIDE_TOO = ['Reduction', 'enclosingPowerOfTwo', 'fft', 'ifft', 'irfft', 'rfft'];
/** Builders of the engine that no op file exports. */
const FROM_ENGINE = ['select'];
/** Other folders of functions for users, with handwritten exports.ts, and the prefix of their names in errors. */
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

/** The exports of a source file, by name; types are marked. */
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
  // a type and a value with the same name are one export
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
      return [{ path, family: path.split('/')[0], names: shown, documented }];
    });
}

/** The formatter's order: case-insensitive, the capital first for equal letters. */
const sortKey = (name) => name.replace(/[A-Za-z]/g, (c) => c.toLowerCase() + (c < 'a' ? 0 : 1));
const byName = (a, b) => (sortKey(a.name) < sortKey(b.name) ? -1 : 1);

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

/** Exports each documented op file under its path, for the lists in ops/catalogue.ts and ops/samples.ts. */
function modules(ops, line) {
  return `${HEADER}${ops.map(({ path, documented }) => (documented ? `${line(path)}\n` : '')).join('')}`;
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

/** Exports a folder's functions with checks of arguments; these override the functions of exports.ts. Other exports are unchanged. */
function face(folder, prefix, exported) {
  const functions = exported
    .filter(({ kind }) => kind === 'function')
    .sort(byName)
    .map(
      ({ name, signature }) =>
        `export const ${name}: typeof own.${name} = /* @__PURE__ */ expose('${prefix}${name}', '${signature}', own.${name});\n`,
    );
  const engine = `${'../'.repeat(folder.split('/').length)}engine/expose.ts`;
  return `${HEADER}import { expose } from '${engine}';\nimport * as own from './exports.ts';\n\nexport * from './exports.ts';\n${functions.join('')}`;
}

const checking = process.argv.includes('--check');
const written = [];
/** Writes a file; with --check only records that it is outdated. */
function put(path, text) {
  if (existsSync(checkout + path) && readFileSync(checkout + path, 'utf8') === text) return;
  written.push(path);
  if (!checking) writeFileSync(checkout + path, text);
}

const ops = readOps();
requireDistinct(ops);
put('ops/exports.ts', exportsOfOps(ops));
put(
  'ops/modules.ts',
  modules(ops, (path) => `export * as '${path}' from './${path}.ts';`),
);
put(
  'ops/sample-modules.ts',
  modules(ops, (path) => `export { samples as '${path}' } from './${path}.samples.ts';`),
);
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
  put(path, face(folder, prefix, exportsIn(`${checkout}${folder}/exports.ts`)));
}

if (checking) {
  for (const path of written) console.error(`${path} is out of date: run node scripts/catalogue.mjs`);
  process.exitCode = written.length > 0 ? 1 : 0;
} else {
  const count = ops.filter(({ documented }) => documented).length;
  console.log(`${count} ops; written: ${written.join(', ') || 'nothing'}`);
}
