/** Values of other realms (an iframe, `vm`, Electron's context bridge, Jest), and of other copies of the library. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';
import {
  checkGradient,
  compile,
  constant,
  dim,
  evaluate,
  Graph,
  type GraphDocument,
  GraphError,
  gradients,
  openVariables,
  print,
  RetrographError,
} from '../../index.node.ts';
import { add, square, sum } from '../../ops/index.ts';
import { createWorkerProgram } from '../../plugins/remote/index.node.ts';
import { accuracy, batches, oneHot } from '../../plugins/training/index.ts';
import { bundle } from '../support/bundle.ts';
import { failure } from '../support/failure.ts';
import { NAMED } from '../support/here.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const context = createContext({});
/** An expression's value, made in another realm. */
const foreign = <T>(expression: string): T => runInContext(expression, context);

/** Each kind of array that holds a dtype, and what else can stand for it. */
const KINDS = {
  float32: { own: Float32Array.of(1, 2), foreign: 'Float32Array.of(1, 2)', values: [1, 2] },
  int32: { own: Int32Array.of(1, 2), foreign: 'Int32Array.of(1, 2)', values: [1, 2] },
  bool: { own: Uint8Array.of(1, 0), foreign: 'Uint8Array.of(1, 0)', values: [true, false] },
  complex64: { own: Float32Array.of(1, 2, 3, 4), foreign: 'Float32Array.of(1, 2, 3, 4)', values: [[1, 2], [3, 4]] },
} as const; // biome-ignore format: as it is
type DType = keyof typeof KINDS;

describe('typed arrays of another realm', () => {
  it("are of none of this one's classes", () => {
    const array = foreign<Float32Array>('Float32Array.of(1)');
    expect(array instanceof Float32Array).to.equal(false);
  });

  for (const dtype of Object.keys(KINDS) as DType[])
    for (const backend of NAMED)
      it(`are taken as ${dtype} wherever this realm's are, on ${backend}`, async () => {
        const { own, values, foreign: expression } = KINDS[dtype];
        const array = foreign<Float32Array>(expression);
        const nested = foreign<number[]>(JSON.stringify(values));
        const g = new Graph();
        const x = g.placeholder('x', ['$n'], dtype);
        const w = g.variable('w', [2], dtype === 'complex64' ? array : nested, { dtype });
        const program = await compile({ x, w, constant: constant(array, dtype) }, { backend });
        const host = { data: array, shape: foreign<number[]>('[2]'), dtype };
        for (const fed of [array, host, nested, own]) {
          const out = await program.run({ x: fed });
          for (const result of Object.values(out)) expect(result.array()).to.deep.equal(values);
        }
        const { variables } = program;
        for (const value of [array, host, nested]) {
          await variables.set(
            'w',
            own.map(() => 0),
          );
          await variables.set('w', value);
          expect((await variables.get('w')).array()).to.deep.equal(values);
        }
        await variables.restore({ tensors: new Map([['w', host]]) });
        expect((await program.run({ x: array })).w.array()).to.deep.equal(values);
        program.dispose();
      });

  it('are taken by builders, checks, documents and helpers of training', async () => {
    const array = foreign<Float32Array>('Float32Array.of(1, 2)');
    expect((await evaluate(add(array, foreign<number[]>('[3, 4]')), {}, { backend: 'cpu' })).array()).to.deep.equal([
      4, 6,
    ]);
    expect((await evaluate(constant([array, array] as never), {}, { backend: 'cpu' })).array()).to.deep.equal([[1, 2], [1, 2]]); // biome-ignore format: as it is
    const g = new Graph();
    const x = g.placeholder('x', [2]);
    const y = g.name('y', sum(square(add(x, array))));
    await checkGradient(y, { x }, { x: array }, { backend: 'cpu' });
    const document = foreign<GraphDocument>(`(${JSON.stringify(g.toJSON({ y }))})`);
    expect(JSON.stringify(document)).to.contain('base64');
    const [batch] = batches(
      { x: foreign<Float32Array>('Float32Array.of(1, 2, 3, 4)') },
      { batchSize: 1, examples: 2, shuffle: false },
    );
    expect([...batch!.x]).to.deep.equal([1, 2]);
    const classes = foreign<Int32Array>('Int32Array.of(1, 0)');
    expect(oneHot(classes, 2).array()).to.deep.equal([[0, 1], [1, 0]]); // biome-ignore format: as it is
    expect(accuracy(classes, foreign<number[]>('[1, 1]'))).to.equal(0.5);
  });

  it('are taken as files', async () => {
    const g = new Graph();
    const program = await compile({ w: g.variable('w', [2], [1, 2]) }, { backend: 'cpu' });
    const bytes = await program.variables.toBytes();
    const copy = foreign<Uint8Array>(`new Uint8Array(${bytes.length})`);
    copy.set(bytes);
    for (const file of [
      bytes,
      copy,
      copy.buffer as ArrayBuffer,
      Buffer.from(bytes),
      new Blob([new Uint8Array(bytes)]),
    ]) {
      await program.variables.set('w', [0, 0]);
      await program.variables.fromBytes(file);
      expect((await program.variables.get('w')).array()).to.deep.equal([1, 2]);
    }
    expect(await failure(() => program.variables.fromBytes('weights' as never))).to.be.instanceOf(RetrographError);
    program.dispose();
  });

  it('go to a worker, and move there where they may', async () => {
    const program = await createWorkerProgram({ y: square(new Graph().placeholder('x', ['$n'])) }, { backend: 'cpu' });
    const array = foreign<Float32Array>('Float32Array.of(1, 2)');
    expect((await program.run({ x: array })).y.array()).to.deep.equal([1, 4]);
    expect((await program.run({ x: array }, { transfer: true })).y.array()).to.deep.equal([1, 4]);
    expect(array.length).to.equal(0);
    program.dispose();
  });

  it('are asked for by no class of this realm', () => {
    const found = ['engine', 'ops', 'plugins', 'backends'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.includes('test'))
        .flatMap((file) => {
          const asks = readFileSync(join(ROOT, folder, file), 'utf8')
            .split(' instanceof ')
            .slice(1)
            .some((rest) =>
              /^(?:Array|ArrayBuffer|SharedArrayBuffer|DataView|\w+Array|Blob|Map|Set|Date)\b/.test(rest),
            );
          return asks ? [`${folder}/${file}`] : [];
        }),
    );
    // what has been made this realm's own, what tfjs or a decoder made here
    expect(found).to.have.members(['engine/types.ts', 'backends/tfjs.ts', 'backends/wasm/binary-kernels.ts']);
  });
});

describe('values of another copy of the library', () => {
  const file = join(ROOT, `another-copy-${process.pid}.mjs`);
  let other: typeof import('../../engine.ts') & { nothing: import('../../engine.ts').Backend };

  before(async () => {
    const { code } = await bundle(
      `export { Graph, dim, constant, Variables } from 'retrograph/engine'; export { nothing } from 'retrograph/backends/null';`,
    );
    writeFileSync(file, code);
    other = await import(pathToFileURL(file).href);
  });
  after(() => rmSync(file, { force: true }));

  const cases: Readonly<Record<string, () => unknown>> = {
    'Sym: add': () => add(1, other.constant([1, 2])),
    'Sym: compile': () => compile({ y: other.constant([1, 2]) }, { backend: 'cpu' }),
    'Sym: evaluate': () => evaluate(other.constant([1, 2]), {}, { backend: 'cpu' }),
    'Sym: gradients': () => gradients(other.constant(1), { x: constant([1]) }),
    'Sym: gradients by': () => gradients(sum(constant([1])), { x: other.constant(1) }),
    'Dim: placeholder': () => new Graph().placeholder('x', [other.dim.mul('$b', 2)]),
    'Dim: dim.add': () => dim.add(1, other.dim.mul('$b', 2)),
    'Graph: print': () => print(new other.Graph() as never),
    'Backend: compile': () => compile({ y: constant([1, 2]) }, { backend: other.nothing }),
    'Variables: compile': () =>
      compile({ y: constant([1]) }, { variables: new other.Variables({ backend: other.nothing }) as never }),
    'Backend: openVariables': () => openVariables({ backend: other.nothing }),
  };
  for (const [what, call] of Object.entries(cases))
    it(`are refused as that: ${what}`, async () => {
      const error = await failure(call);
      expect(error).to.be.instanceOf(GraphError);
      expect(error.message).to.contain(`this ${what.split(':')[0]} belongs to another copy of retrograph`);
    });
});
