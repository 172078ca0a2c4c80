// What a page has to load: small, only what its program uses, and nothing that makes code of text.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { ErrorClass } from '../engine/error-class.ts';
import { catalogue } from '../ops/catalogue.ts';
import * as ops from '../ops/index.ts';
import { type Bundle, bundle, filesByVite, reached } from './support/bundle.ts';

const NOTES = ['rhodes', 'deeplizard', 'cse473', 'auddy', 'introductory-ml'];
/**
 * kB of 1000 bytes: less than 70 when it was set, of which 3.5 are for what refuses wrong arguments in words, and 4 for the ends of float32:
 * sums in double precision, slopes that do not overflow, limits of memory, types after each rewrite. A half is for runs that a signal ends
 * while their steps run. And a margin of 2 for who adds to what the program uses.
 */
const MOST = 79;

const THREE_OPS = `
  export { compile, Graph, gradients } from 'retrograph';
  export { add, matMul, tanh } from 'retrograph/ops';
`;
const ON_WASM = `export { wasm } from 'retrograph/backends/wasm';`;

/** Those three, and what their rules and theirs are made of. */
const CLOSURE = [
  'ops/complex/conj.ts',
  'ops/elementwise/add.ts',
  'ops/elementwise/multiply.ts',
  'ops/elementwise/neg.ts',
  'ops/elementwise/square.ts',
  'ops/elementwise/sub.ts',
  'ops/elementwise/tanh.ts',
  'ops/matrix/mat-mul.ts',
  'ops/matrix/transpose.ts',
];
/** What they share with other ops. */
const SHARED = ['ops/elementwise/binary.ts', 'ops/elementwise/unary.ts', 'ops/shape/refill.ts'];

/** Files of ops; those of names alone, which an index has, aside. */
const opsIn = (files: readonly string[]): string[] =>
  files.filter((file) => /^ops\/.*(?<!index)\.ts$/.test(file)).sort();
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** What the examples of the notes import, and train with. */
function programOfNotes(): string {
  const text = NOTES.flatMap((folder) => {
    const path = fileURLToPath(new URL(`../examples/${folder}`, import.meta.url));
    return readdirSync(path).filter((file) => file.endsWith('.ts')).map((file) => readFileSync(`${path}/${file}`, 'utf8'));
  }).join('\n'); // biome-ignore format: as it is
  const imported = (from: string): string[] => {
    const lists = [...text.matchAll(new RegExp(`import \\{([^}]*)\\} from '${from}';`, 'g'))];
    const names = lists.flatMap(([, list]) => list!.split(',').map((name) => name.trim().replace(/ as \w+$/, '')));
    return [...new Set(names)].filter((name) => name !== '' && !name.startsWith('type '));
  };
  const called = [...text.matchAll(/\blosses\.(\w+)\(/g)].map(([, name]) => name!);
  const losses = Object.keys(ops.losses).filter((name) => called.includes(name)); // arrays are called losses, too
  return `
    export { ${imported('retrograph').join(', ')} } from 'retrograph';
    export { ${imported('retrograph/ops').join(', ')} } from 'retrograph/ops';
    import * as losses from 'retrograph/ops/losses';
    export const used = [${losses.map((name) => `losses.${name}`).join(', ')}];
    export { ${imported('retrograph/initializers').join(', ')} } from 'retrograph/initializers';
    export { adam, sgd } from 'retrograph/optimizers';
    export { accuracy, batches, confusionMatrix, fit, oneHot } from 'retrograph/training';
    ${ON_WASM}
  `;
}

describe('bundles', () => {
  let notes: Bundle;
  let three: Bundle;

  before(async () => {
    notes = await bundle(programOfNotes());
    three = await bundle(THREE_OPS);
  });

  it(`hold the engine, the ops of the notes' examples, training and wasm in ${MOST} kB`, function () {
    this.test!.title += `: ${kB(notes.gzip)}`;
    expect(notes.files).to.include.members(['ops/losses/softmax-cross-entropy.ts', 'ops/losses/mean-squared-error.ts']);
    expect(notes.files).to.not.include('ops/losses/cosine-distance.ts'); // no example has it
    expect(notes.gzip).to.be.at.most(MOST * 1000);
  });

  it('of three ops hold what their rules are made of, and no other op', function () {
    this.test!.title += `: ${kB(three.gzip)}`;
    expect(opsIn(three.files)).to.deep.equal([...CLOSURE, ...SHARED].sort());
    expect(three.gzip).to.be.below(0.65 * notes.gzip);
  });

  it('of three ops, with wasm, hold what its rules are made of besides', async function () {
    const { files, gzip } = await bundle(THREE_OPS + ON_WASM);
    this.test!.title += `: ${kB(gzip)}`;
    const strange = opsIn(files).filter((file) =>
      /^ops\/(?!elementwise|comparison|shape|matrix|complex|activation)/.test(file),
    );
    // the arithmetic of windows, without any op
    expect(strange).to.deep.equal(['ops/convolution/geometry.ts', 'ops/image/resize.ts', 'ops/pooling/geometry.ts']);
    expect(gzip).to.be.below(0.9 * notes.gzip);
  });

  /** A function of each namespace, as in `losses`; those with capitals are definitions. */
  const ofNamespaces = Object.entries(ops)
    .filter(([, functions]) => Object.prototype.toString.call(functions) === '[object Module]')
    .map(([namespace, functions]) => [namespace, Object.keys(functions).find((key) => /^[a-z]/.test(key))!] as const);
  it('of one function of a namespace hold what it is made of, and no other of them', async () => {
    expect(ofNamespaces.map(([namespace]) => namespace)).to.include.members(['losses', 'linalg', 'image']);
    for (const [namespace, name] of ofNamespaces) {
      const alone = await bundle(`export { ${name} } from 'retrograph/ops/${namespace}';`);
      const used = `export const used = all.${name};`;
      const whole = await bundle(`import * as all from 'retrograph/ops/${namespace}'; ${used}`);
      expect(opsIn(whole.files), namespace).to.deep.equal(opsIn(alone.files));
      // esbuild keeps a namespace that is exported again whole; others do not
      const byVite = await filesByVite(`import { ${namespace} as all } from 'retrograph/ops'; ${used}`);
      expect(opsIn(byVite), namespace).to.deep.equal(opsIn(alone.files));
    }
  });

  it('by vite are no different', async () => {
    expect(opsIn(await filesByVite(THREE_OPS))).to.deep.equal([...CLOSURE, ...SHARED].sort());
  });

  it('of all ops hold neither their samples nor their docs', async () => {
    const { files, code } = await bundle(`export * from 'retrograph/ops';`);
    expect(files.filter((file) => /sample/.test(file))).to.deep.equal([]);
    const told = catalogue.filter(({ doc }) => code.includes(doc.summary));
    expect(told.map(({ path }) => path)).to.deep.equal([]);
  });

  it('reach neither the container, nor the command line, nor what is made for Node', async () => {
    const { files, packages } = await reached('index.browser.ts');
    expect(files).to.include.members(['engine/index.ts', 'backends/wasm/module.ts', 'backends/webgl/module.ts']);
    expect(files.filter((file) => /^(bin|node_modules)\/|^plugins\/(container|tokens)/.test(file))).to.deep.equal([]);
    expect(
      packages.filter((path) => !/^@tensorflow\/tfjs-(core|backend-\w+)(\/wasm-out\/[\w-]+\.js)?$/.test(path)),
    ).to.deep.equal([]);
  });

  it('leave errors their names', async () => {
    const { code } = await bundle(`export * from 'retrograph';`);
    const folder = mkdtempSync(join(tmpdir(), 'retrograph-'));
    const file = join(folder, 'bundle.mjs');
    writeFileSync(file, code);
    const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href);
    rmSync(folder, { recursive: true });
    const errors = Object.entries(exported).filter(
      (entry): entry is [string, ErrorClass] =>
        typeof entry[1] === 'function' && entry[1].prototype instanceof Error && entry[0] !== 'RetrographError',
    );
    expect(errors.length).to.be.above(20);
    for (const [name, Class] of errors) {
      expect(Class.name, 'minified').to.not.equal(name);
      expect(new Class('why').name).to.equal(name);
      expect(String(new Class('why'))).to.equal(`${name}: why`);
    }
  });

  it('make no code of text', async () => {
    const whole = await bundle(`export * from 'retrograph'; export * from 'retrograph/ops'; ${ON_WASM}`);
    for (const { code } of [notes, whole]) expect(code).to.not.match(/\beval\s*\(|\bnew\s+Function\b/);
  });
});
