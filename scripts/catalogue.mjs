// Writes the files that list all ops: ops/index.ts and an index for each namespace, what users import, and ops/catalogue.ts, which
// the command line, the gradient check and the tests read. An op file is one that exports `doc`; the others are helpers, but for
// `unsupported.ts`: the names of a family that only say why they are refused, which users may import too.
// With --check nothing is written, and files that are out of date are an error.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../ops', import.meta.url));
/** Families that users reach through a namespace, as `losses.huberLoss`. */
const NAMESPACES = ['image', 'linalg', 'losses', 'signal', 'sparse', 'spectral', 'string'];
/** Names in a namespace that tf also has outside of it. */
const OUTSIDE_TOO = ['Reduction', 'enclosingPowerOfTwo', 'fft', 'ifft', 'irfft', 'rfft'];
/** Exports with a capital that are no definition of an op. */
const NOT_AN_OP = ['Reduction'];
/** Builders of the engine that no op file presents as its own. */
const FROM_ENGINE = ['select'];
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
    .filter((path) => /^[^/]+\/.+\.ts$/.test(path) && !path.endsWith('/index.ts'))
    .map((path) => path.slice(0, -'.ts'.length))
    .sort()
    .flatMap((path) => {
      const names = exportsOf(readFileSync(`${root}/${path}.ts`, 'utf8'));
      const documented = names.some(({ name }) => name === 'doc');
      if (!documented && !path.endsWith('/unsupported')) return [];
      const shown = names.filter(({ name }) => name !== 'doc' && name !== 'samples').sort(byName);
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

function index(ops) {
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

function namespace(family, ops) {
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
  return `${HEADER}import { type AnyOp, type OpDoc, type Sample, type Samples, samplesOf } from '../engine/index.ts';
${imports.join('')}
/** What is documented and checked: an op, or a builder made of ops, which has no definition. */
export interface CatalogueEntry {
  /** As in 'elementwise/add'. */
  readonly path: string;
  readonly op: AnyOp | undefined;
  readonly doc: OpDoc;
  readonly samples: readonly Sample[];
}

interface OpModule {
  readonly doc: OpDoc;
  readonly samples: Samples;
}

const entry = (path: string, { doc, samples }: OpModule, op?: AnyOp): CatalogueEntry => ({
  path,
  op,
  doc,
  samples: samplesOf(samples),
});

export const catalogue: readonly CatalogueEntry[] = [
${entries.join('')}];
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

const ops = readOps();
requireDistinct(ops);
const files = {
  'index.ts': index(ops),
  'catalogue.ts': catalogue(ops),
  ...Object.fromEntries(namespacesIn(ops).map((family) => [`${family}/index.ts`, namespace(family, ops)])),
};
const stale = Object.entries(files).filter(
  ([name, text]) => !existsSync(`${root}/${name}`) || readFileSync(`${root}/${name}`, 'utf8') !== text,
);
if (process.argv.includes('--check')) {
  for (const [name] of stale) console.error(`ops/${name} is out of date: run node scripts/catalogue.mjs`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const [name, text] of stale) writeFileSync(`${root}/${name}`, text);
  console.log(
    `${ops.filter(({ documented }) => documented).length} ops; written: ${stale.map(([name]) => `ops/${name}`).join(', ') || 'nothing'}`,
  );
}
