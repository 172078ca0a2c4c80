/** SavedModels: what TensorFlow makes of them, in Python and by its own loader, and what we make of what it saves. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import koffi from 'koffi';
import { locateLibrary } from '../../backends/node/library/locate.ts';
import { exportSavedModel, loadSavedModel, readSavedModel } from '../../backends/node/saved-model/index.ts';
import {
  CancelledError,
  compile,
  DTypeError,
  type Feeds,
  Graph,
  GraphError,
  openVariables,
  type Program,
  ShapeError,
  type Sym,
  VariableError,
} from '../../index.node.ts';
import { add, matMul, mul, ones, real, sum } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { FULL } from '../support/effort.ts';
import { failure } from '../support/failure.ts';
import { leaveOut, REQUIRED } from '../support/left-out.ts';
import { requireNative } from '../support/missing-native.ts';
import { hasPythonTensorFlow, type Python, pythonWithTensorFlow } from '../support/python.ts';
import { NETWORKS } from '../support/saved-models.ts';

/** A run that requires TensorFlow installs it for Python, too. */
const inPython = REQUIRED.native || (await hasPythonTensorFlow());
const TOLERANCE = 1e-5;

describe('SavedModel', () => {
  if (!requireNative()) return;

  const folder = mkdtempSync(join(tmpdir(), 'retrograph-saved-model-'));
  after(() => rmSync(folder, { recursive: true }));
  const at = (...names: readonly string[]): string => join(folder, ...names);

  (FULL ? describe : describe.skip)('in Python', function () {
    if (!inPython)
      return leaveOut('SavedModels in Python', 'RETROGRAPH_REQUIRE_NATIVE=1 npm test: pip installs 1.5 GB', false);
    this.timeout(180_000); // Python takes its time to load TensorFlow

    let python: Python;
    before('TensorFlow is installed, the first time', async function () {
      this.timeout(20 * 60_000);
      python = await pythonWithTensorFlow();
    });

    for (const [what, make] of Object.entries(NETWORKS)) {
      it(`${what}: both signatures give our numbers, and training goes on here with what was learned there`, async () => {
        const name = what.replaceAll(/\W+/g, '-');
        const { serve, loss, updates, batch, inputs } = make();
        const train = await compile({ loss }, { backend: 'node', seed: 3, updates });
        const use = await compile(serve, { variables: train.variables });
        const { variables } = train;
        const steps = async (count: number): Promise<number[]> => {
          const losses: number[] = [];
          for (let i = 0; i < count; i++) losses.push((await train.run(batch)).loss.item());
          return losses;
        };
        try {
          // a counter whose lower word is about to overflow
          await variables.restore(
            { tensors: new Map(), seed: 2 ** 40 + 2 ** 31 + 5, runs: 2 ** 24 - 4 },
            { partial: true },
          );
          await steps(2);
          const path = at(name);
          await exportSavedModel(path, { serve: use, train });
          const calls: readonly [string, Feeds][] = [
            ['serve', inputs],
            ...Array.from({ length: 4 }, (): [string, Feeds] => ['train', batch]),
            ['serve', inputs],
          ];
          const saved = ['reloaded', 'module', 'paths'].map((how) => [how, at(`${name}-${how}`)] as const);
          // a saver that writes over what the loader has read
          await exportSavedModel(at(`${name}-saver`), { serve: use, train });
          const answers = (await python.run('saved_model.py', [
            { path, loader: 2, calls, saves: Object.fromEntries(saved) },
            {
              path: at(`${name}-saver`),
              loader: 1,
              calls,
              saves: { saver: at(`${name}-saver`, 'variables', 'variables') },
            },
          ])) as readonly { results: readonly Record<string, unknown>[]; variables: readonly string[] }[];

          const first = await values(use, inputs);
          const losses = (await steps(4)).map((value) => ({ loss: [value] }));
          const expected = [first, ...losses, await values(use, inputs)];
          const next = await steps(3);
          for (const { results, variables: names } of answers) {
            expect(results).to.have.lengthOf(expected.length);
            for (const [i, result] of results.entries()) expectClose(result, expected[i]!, `call ${i}`);
            const own = variables.names().map((n) => `${n.replaceAll(' ', '.')}:0`);
            expect(names).to.include.members(own);
          }
          expect(losses[0]!.loss[0]).to.not.equal(losses[3]!.loss[0]);
          for (const [how, path] of [...saved, ['saver', at(`${name}-saver`)] as const]) {
            const rename = (n: string): string => n.replace('layer.1', 'layer 1'); // as Python had to name it
            await loadSavedModel(variables, path, { rename });
            expectClose({ next: await steps(3) }, { next }, how);
          }
        } finally {
          use.dispose();
          train.dispose();
        }
      });
    }
  });

  it('of variables on another backend, which take them back', async () => {
    const { serve, loss, updates, batch } = NETWORKS['random numbers, and Adam']!();
    const train = await compile({ loss }, { backend: 'wasm', seed: 4, updates });
    const use = await compile(serve, { variables: train.variables });
    await train.run(batch);
    await exportSavedModel(at('wasm'), { serve: use, train });
    const before = await train.variables.snapshot();
    const next = [(await train.run(batch)).loss.item(), (await train.run(batch)).loss.item()];
    const read = await readSavedModel(at('wasm'));
    expect(read.seed).to.equal(4);
    expect(read.runs).to.equal(1);
    expect([...read.tensors].sort()).to.deep.equal([...before.tensors].sort());
    await loadSavedModel(train.variables, at('wasm'), { strict: true });
    expect([(await train.run(batch)).loss.item(), (await train.run(batch)).loss.item()]).to.deep.equal(next);
    use.dispose();
    train.dispose();
  });

  it('a program under two names is written once, and says what it takes and gives', async () => {
    const { use, dispose } = await small();
    const { signatures, variables } = await exportSavedModel(at('twice'), { serve: use, serving_default: use });
    const signature = {
      inputs: { x: { dtype: 'float32', shape: [null, 2] } },
      outputs: { y: { dtype: 'float32', shape: [null, 1] } },
    };
    expect(signatures).to.deep.equal({ serve: signature, serving_default: signature });
    expect(variables.map(({ name }) => name)).to.deep.equal(['w']);
    const bytes = readFileSync(at('twice', 'saved_model.pb')).toString('latin1');
    expect(bytes.match(/\w+\/feeds\/x.{2}Placeholder/gs)).to.deep.equal(['serve/feeds/x\u0012\vPlaceholder']);
    dispose();
  });

  it('tells names apart that are one in TensorFlow', async () => {
    const g = new Graph();
    const [a, b] = [g.placeholder('a b', ['$n']), g.placeholder('a.b', ['$n'])];
    const program = await compile({ 'y z': mul(a, 2), 'y.z': mul(b, 3) }, { backend: 'node' });
    const { signatures } = await exportSavedModel(at('names'), { serve: program });
    expect(loadBySession(at('names'))).to.equal('');
    expect(Object.keys(signatures.serve!.inputs)).to.deep.equal(['a b', 'a.b']);
    const bytes = readFileSync(at('names', 'saved_model.pb')).toString('latin1');
    for (const name of ['feeds/a.b', 'outputs/y.z'])
      for (const own of [name, `${name}_1`]) expect(bytes).to.contain(`serve/${own}:0`);
    program.dispose();
  });

  it('without variables, and with int32 and bool ones', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n']);
    const plain = await compile({ y: mul(x, 2) }, { backend: 'node' });
    await exportSavedModel(at('plain'), { serve: plain });
    expect(loadBySession(at('plain'))).to.equal('');
    expect((await failure(() => readSavedModel(at('plain')))).message).to.contain('no checkpoint');
    plain.dispose();

    const [n, b] = [g.variable('n', [2], [1, -2], { dtype: 'int32' }), g.variable('b', [], true, { dtype: 'bool' })];
    const program = await compile({ n, b }, { backend: 'node' });
    await exportSavedModel(at('types'), { serve: program });
    const { tensors } = await readSavedModel(at('types'));
    expect(tensors.get('n')).to.deep.equal({ data: Int32Array.of(1, -2), shape: [2], dtype: 'int32' });
    expect(tensors.get('b')).to.deep.equal({ data: Uint8Array.of(1), shape: [], dtype: 'bool' });
    program.dispose();
  });

  it("is loaded by TensorFlow's own loader, as Serving does", async () => {
    const { use, train, dispose } = await small();
    await exportSavedModel(at('serving'), { serve: use, train });
    expect(loadBySession(at('serving'))).to.equal('');
    rmSync(at('serving', 'variables', 'variables.data-00000-of-00001'));
    expect(loadBySession(at('serving'))).to.match(/variables/);
    dispose();
  });

  it('appears whole or not at all, and replaces nothing but a SavedModel', async () => {
    const { use, train, dispose } = await small();
    const place = at('whole', 'deep', 'model');
    const controller = new AbortController();
    controller.abort();
    const cancelled = await failure(() => exportSavedModel(place, { serve: use }, { signal: controller.signal }));
    expect(cancelled).to.be.instanceOf(CancelledError);
    expect(readdirSync(at('whole', 'deep'))).to.deep.equal([]);

    await exportSavedModel(place, { serve: use });
    const again = await failure(() => exportSavedModel(place, { serve: use, train }));
    expect(again).to.be.instanceOf(VariableError);
    expect(again.message).to.contain('is there already');
    await train.run({ x: [[1, 2]] });
    await exportSavedModel(place, { serve: use, train }, { overwrite: true });
    expect((await readSavedModel(place)).tensors.get('w')).to.deep.equal({ ...(await train.variables.get('w')) });
    expect(readdirSync(at('whole', 'deep'))).to.deep.equal(['model']);
    expect(readdirSync(place).sort()).to.deep.equal(['saved_model.pb', 'variables']);

    mkdirSync(at('other'));
    writeFileSync(at('other', 'notes.txt'), 'mine');
    for (const path of [at('other'), at('other', 'notes.txt'), at('other', 'notes.txt', 'below')]) {
      const error = await failure(() => exportSavedModel(path, { serve: use }, { overwrite: true }));
      expect(error, path).to.be.instanceOf(VariableError);
    }
    expect(readdirSync(at('other'))).to.deep.equal(['notes.txt']);
    dispose();
  });

  it('refuses what TensorFlow cannot have, and says why', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2]);
    const w = g.variable('w', [2], [1, 2]);
    const variables = await openVariables({ backend: 'node' });
    const y = await compile({ y: mul(x, w) }, { variables });
    const other = await compile({ y: mul(x, w) }, { backend: 'node' });
    const silent = await compile({}, { variables, updates: sgd({ learningRate: 1 }).minimize(sum(w)) });
    const far = await compile({ y: ones(['$m', 2]) }, { variables, dims: { m: 3 } });
    const z = g.variable('z', [1], 0, { dtype: 'complex64' });
    const parts = await compile({ y: real(z) }, { variables });
    const [odd, even] = [g.variable('a b', [], 0), g.variable('a.b', [], 0)];
    const same = await compile({ y: add(odd, even) }, { variables });
    const cases = [
      [{}, GraphError, /at least one signature/],
      [{ serve: y, train: other }, VariableError, /share their variables/],
      [{ train: silent }, GraphError, /'train' has no outputs/],
      [{ serve: far }, ShapeError, /no placeholder has \$m/],
      [{ serve: parts }, DTypeError, /'z' is complex64/],
      [{ serve: same }, GraphError, /'a b' and 'a\.b' would both be 'a\.b'/],
    ] as const;
    for (const [signatures, Class, message] of cases) {
      const error = await failure(() => exportSavedModel(at('refused'), signatures));
      expect(error.message).to.match(message);
      expect(error).to.be.instanceOf(Class);
    }
    expect(readdirSync(folder)).to.not.include('refused');
    for (const program of [y, other, silent, far, parts, same]) program.dispose();
    variables.dispose();
  });

  it('what is no SavedModel, or a damaged one, or that of another network, is a VariableError', async () => {
    const { use, train, dispose } = await small();
    await exportSavedModel(at('damaged'), { serve: use, train });
    const g = new Graph();
    const another = await compile({ y: g.variable('w', [3, 1]) }, { backend: 'node' });
    const misfit = await failure(() => loadSavedModel(another.variables, at('damaged')));
    expect(misfit.message).to.contain("'w' is float32[3, 1], not float32[2, 1]");
    truncateSync(at('damaged', 'variables', 'variables.index'), 20);
    for (const path of [at('nowhere'), at('damaged')]) {
      const error = await failure(() => readSavedModel(path));
      expect(error).to.be.instanceOf(VariableError);
      expect(error.message).to.contain(path);
    }
    another.dispose();
    dispose();
  });
});

/** One product, for use and for training. */
async function small() {
  const g = new Graph();
  const x = g.placeholder('x', ['$batch', 2]);
  const y = matMul(x, g.variable('w', [2, 1], [[1], [2]]));
  const loss = sum(y);
  const train = await compile({ loss }, { backend: 'node', updates: sgd({ learningRate: 0.1 }).minimize(loss) });
  const use = await compile({ y }, { variables: train.variables });
  const dispose = (): void => {
    use.dispose();
    train.dispose();
  };
  return { train, use, dispose };
}

async function values(program: Program<Readonly<Record<string, Sym>>>, feeds: Feeds): Promise<Record<string, unknown>> {
  const results = await program.run(feeds);
  return Object.fromEntries(Object.entries(results).map(([name, value]) => [name, value.array()]));
}

/** The same names, shapes and numbers, to the tolerance, relative to numbers above 1. */
function expectClose(given: Record<string, unknown>, expected: Record<string, unknown>, what: string): void {
  expect(Object.keys(given).sort(), what).to.deep.equal(Object.keys(expected).sort());
  for (const name of Object.keys(expected)) {
    const [a, b] = [[given[name]].flat(9) as number[], [expected[name]].flat(9) as number[]];
    expect(a, `${what}: ${name}`).to.have.lengthOf(b.length);
    b.forEach((value, i) => {
      expect(a[i], `${what}: ${name}[${i}]`).to.be.closeTo(value, TOLERANCE * Math.max(1, Math.abs(value)));
    });
  }
}

/** What TensorFlow's loader, on which Serving is built, says of a folder: '' where it takes it. */
function loadBySession(path: string): string {
  const { framework, main } = locateLibrary();
  koffi.load(framework, { global: true });
  const library = koffi.load(main);
  const call = (declaration: string, ...args: unknown[]): unknown => library.func(declaration)(...args);
  const [status, graph, options] = [
    call('void *TF_NewStatus()'),
    call('void *TF_NewGraph()'),
    call('void *TF_NewSessionOptions()'),
  ];
  try {
    const session = call(
      'void *TF_LoadSessionFromSavedModel(void *options, void *run, const char *path, const char **tags, int count, void *graph, void *meta, void *status)',
      options,
      null,
      path,
      ['serve'],
      1,
      graph,
      null,
      status,
    );
    const message = call('const char *TF_Message(void *status)', status) as string;
    if (session) call('void TF_DeleteSession(void *session, void *status)', session, status);
    return message;
  } finally {
    call('void TF_DeleteSessionOptions(void *options)', options);
    call('void TF_DeleteGraph(void *graph)', graph);
    call('void TF_DeleteStatus(void *status)', status);
  }
}
